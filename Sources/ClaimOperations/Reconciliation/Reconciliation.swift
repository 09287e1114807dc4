import ClaimPipeline
package import BankProtocol
package import ClaimStore
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
    /// The bank's books lack this transfer, which is on record here: they are not the books they were.
    case bankLost(String)
  }

  /// Compares without finding anything out for good.
  ///
  /// - Throws: `StoreFailure`, what the books throw.
  package func standing() async throws -> Standing {
    let through = try await store.read { try $0.bankLink() }?.accountedThrough ?? 0
    if let lost = try await lostTransfer(through) { return .bankLost(lost) }
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
  /// - Throws: `BooksFailure` where the bank has lost transfers, `StoreFailure`, what the books throw. Run again, it goes on.
  package func reconcile() async throws -> Int {
    let through = try await store.read { try $0.bankLink() }?.accountedThrough ?? 0
    if let lost = try await lostTransfer(through) { throw BooksFailure(lost: lost) }
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

  /// A transfer that is on record here, and that the bank's books lack.
  private func lostTransfer(_ through: Int64) async throws -> String? {
    guard try await books.statement().newestTransfer >= through else { return "transfer number \(through)" }
    guard let newest = try await store.read({ try $0.newestPayment() }) else { return nil }
    let transfers = try await books.transfers(references: [newest.claim.text])
    return transfers.contains { $0.id == newest.transferID } ? nil : newest.transferID
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
      let known = try await store.read { try $0.accountedFor(among: page) }
      try await body(page, page.filter { !known.contains($0.number) })
      last = end.number
    }
  }
}

/// The bank's books lack a transfer that they had: nothing can be told from them.
package struct BooksFailure: Error, CustomStringConvertible {
  package let lost: String

  package var description: String {
    "the bank has lost \(lost), which is on record here; nothing was done: find out which books are right"
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
    /// Another amount is due, or the same to another payee. The payment under the key was refused for that.
    case differs(due: Money, KeyText)
    /// The claim waits for a person, is denied or replaced, and the bank has paid it.
    case notDue(ClaimStatus)
    /// Another transfer pays the claim here.
    case paidTwice
    /// It took the place of the claim's payment here, which came back.
    case paidAnew
    /// It came back, so the claim can be paid once its key is released; nil where no key needs to be.
    case cameBack(KeyText?)
    /// The money of a payment that is paid here came back by it.
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
      let returned = FoundPayment.returned(among: try transaction.foundTransfers(for: ids))
      for transfer in page {
        let id = ClaimIntakeID(transfer.reference)
        let meaning = Meaning(of: transfer, for: rows[id], payments[id] ?? [], returned: returned)
        all.append(OpenTransfer(transfer: transfer, meaning: meaning))
      }
      last = end.number
    }
    return all
  }
}

extension OpenTransfer.Meaning {
  /// - Parameters:
  ///   - row: the claim it is for, where it is here.
  ///   - payments: the claim's.
  ///   - returned: payments of the bank of which the money came back.
  init(of transfer: BankTransfer, for row: ClaimRow?, _ payments: [PaymentRow], returned: Set<TrackingID>) {
    guard !transfer.amount.isNegative else {
      self = .returned
      return
    }
    guard let row else {
      self = .claimNotHere
      return
    }
    let paid = payments.filter { $0.state == .paid || $0.state == .intended }
    if !paid.isEmpty {
      let stands = paid.contains { $0.trackingID.map { !returned.contains($0) } ?? false }
      self = stands ? .paidTwice : .paidAnew
    } else if let refused = payments.last(where: { $0.state == .refused }) {
      guard !returned.contains(transfer.trackingID) else {
        let isOwn = TrackingID(of: refused.effectKey) == transfer.trackingID
        self = .cameBack(isOwn ? nil : refused.effectKey)
        return
      }
      let isSame = refused.amount == transfer.amount && refused.payee.reference == transfer.payee
      self = isSame ? .refusedForIt(refused.effectKey) : .differs(due: refused.amount, refused.effectKey)
    } else {
      self = row.status.isTerminal ? .notDue(row.status) : .claimUnderWay
    }
  }
}
