package import ClaimsDomain
package import DurableExecution

/// Holds what a store has on record against the books of its bank.
///
/// A store that was restored from a backup is behind its bank: the bank has made payments that the store knows nothing
/// of. So is a second store that is paid from the same bank. Such a store pays nothing before it is reconciled.
package struct Reconciliation<Store: ClaimStore>: Sendable {
  private let store: Store
  private let books: any BankBooks
  private let link: BankLink
  private let pageSize: Int

  /// - Parameter link: the bank whose books they are.
  package init(_ store: Store, with books: any BankBooks, of link: BankLink, pageSize: Int = 500) {
    self.store = store
    self.books = books
    self.link = link
    self.pageSize = pageSize
  }

  /// How a store and its bank stand to each other.
  package enum Standing: Hashable, Sendable {
    /// Every transfer of the bank is accounted for.
    case level
    /// The bank has made transfers that nothing here accounts for.
    case behind(transfers: Int)
    /// The bank's books end before transfers that were accounted for here: they are not the books they were.
    case bankLost(after: Int64)
  }

  /// Compares without finding anything out for good.
  ///
  /// - Throws: `StoreFailure`, what the books throw.
  package func standing() async throws -> Standing {
    let through = try await store.read { try $0.bankLink() }?.accountedThrough ?? 0
    guard try await books.statement().newestTransfer >= through else { return .bankLost(after: through) }
    var unknown = 0
    try await pages(after: through) { page, transfers in
      unknown += transfers.count
      guard unknown == 0, let end = page.last else { return }
      try await store.transaction { try $0.account(through: end.number) }
    }
    return unknown == 0 ? .level : .behind(transfers: unknown)
  }

  /// Puts every transfer on record that nothing here accounts for, so that the claims they are for are closed with them
  /// and never paid again. From then on the store is level with its bank.
  ///
  /// - Returns: how many were found now.
  /// - Throws: `StoreFailure`, what the books throw. Run again, it goes on.
  package func reconcile() async throws -> Int {
    let through = try await store.read { try $0.bankLink() }?.accountedThrough ?? 0
    var found = 0
    try await pages(after: through) { page, transfers in
      guard let end = page.last else { return }
      try await store.transaction { [link] transaction in
        try transaction.link(to: link)
        try transaction.keep(found: transfers)
        try transaction.account(through: end.number)
      }
      found += transfers.count
    }
    return found
  }

  /// Reads the books on from a transfer. The bank is read first: whatever it has moved for us was intended, and on
  /// record, before that.
  ///
  /// - Parameter body: given each page, and those of it that nothing here accounts for.
  private func pages(
    after number: Int64, _ body: (_ page: [BankTransfer], _ unknown: [BankTransfer]) async throws -> Void
  ) async throws {
    var last = number
    while true {
      let page = try await books.transfers(after: last, limit: pageSize)
      guard let end = page.last else { return }
      let known = try await store.read { try $0.accountedFor(among: page.map(\.trackingID)) }
      try await body(page, page.filter { !known.contains($0.trackingID) })
      last = end.number
    }
  }
}

/// A transfer that no payment of ours accounts for, and what it means for its claim.
package struct OpenTransfer: Hashable, Sendable {
  package let transfer: BankTransfer
  package let meaning: Meaning

  package enum Meaning: Hashable, Sendable {
    /// The claim is not in this store: what was taken in after the backup is lost here, and not at the bank.
    case claimNotHere
    /// The claim is on its way, and is closed with the transfer when it gets there.
    case claimUnderWay
    /// The bank refused the claim's payment because of this transfer, which pays the same. Once the key is released, the
    /// claim is closed with the transfer.
    case refusedForIt(KeyText)
    /// Another amount is due, or the same to another payee.
    case differs(due: Money)
    /// The claim waits for a person, is denied or replaced, and the bank has paid it.
    case notDue(ClaimStatus)
    /// Another transfer pays the claim here.
    case paidTwice
    /// The transfer came back.
    case returned
  }

  /// All there are, oldest first.
  ///
  /// - Throws: `StoreFailure`.
  package static func all(in transaction: some ClaimTransaction, pageSize: Int = 500) throws -> [OpenTransfer] {
    var all: [OpenTransfer] = []
    var last: Int64 = 0
    while case let page = try transaction.unaccountedTransfers(after: last, limit: pageSize), let end = page.last {
      let ids = Array(Set(page.map { ClaimIntakeID($0.reference) }))
      let rows = try transaction.claims(ids)
      let payments = Dictionary(grouping: try transaction.payments(of: ids), by: \.claimID)
      for transfer in page {
        let id = ClaimIntakeID(transfer.reference)
        all.append(
          OpenTransfer(transfer: transfer, meaning: Meaning(of: transfer, for: rows[id], payments[id] ?? [])))
      }
      last = end.number
    }
    let returned = Set(all.map(\.transfer).filter(\.amount.isNegative).map(\.trackingID))
    return all.map { open in
      returned.contains(open.transfer.trackingID) ? OpenTransfer(transfer: open.transfer, meaning: .returned) : open
    }
  }
}

extension OpenTransfer.Meaning {
  fileprivate init(of transfer: BankTransfer, for row: ClaimRow?, _ payments: [PaymentRow]) {
    guard let row else {
      self = .claimNotHere
      return
    }
    if payments.contains(where: { $0.state == .paid || $0.state == .intended }) {
      self = .paidTwice
    } else if let refused = payments.last(where: { $0.state == .refused }) {
      let isSame = refused.amount == transfer.amount && refused.payee.reference == transfer.payee
      self = isSame ? .refusedForIt(refused.effectKey) : .differs(due: refused.amount)
    } else {
      self = row.status.isTerminal ? .notDue(row.status) : .claimUnderWay
    }
  }
}
