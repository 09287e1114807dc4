package import BankProtocol
import ClaimPipeline
package import ClaimStore
package import ClaimsDomain
package import DurableExecution

/// Compares the records of a store with the books of its bank.
///
/// A store that was restored from a backup is behind its bank: the bank has made payments that the store does not know
/// about. The same is true of a second store that pays through the same bank. Such a store pays nothing until it is
/// reconciled.
package struct Reconciliation: Sendable {
  private let store: ClaimStore
  private let books: any BankBooks
  private let link: BankLink
  private let pageSize: Int

  /// - Parameter link: the bank whose books they are.
  package init(_ store: ClaimStore, with books: any BankBooks, of link: BankLink, pageSize: Int = 500) {
    self.store = store
    self.books = books
    self.link = link
    self.pageSize = pageSize
  }

  /// How a store's records compare with its bank's books.
  package enum Standing: Hashable, Sendable {
    /// Every transfer in the bank's books is accounted for.
    case level
    /// The bank has made transfers that this store does not account for.
    case behind(transfers: Int)
    /// The bank's books lack this transfer, which is on record here, so the books are not the same ones as before.
    case bankLost(String)
  }

  /// Compares the store with the books without recording any transfers.
  ///
  /// - Throws: `StoreFailure`, and any error from the books.
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

  /// Records every transfer that this store does not account for, so that the claims they pay are closed with them and
  /// never paid again. Afterward the store is level with its bank.
  ///
  /// - Returns: the number of transfers found by this call.
  /// - Throws: `BooksFailure` when the bank has lost transfers, `StoreFailure`, and any error from the books. A second
  ///   call continues where this one stopped.
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

  /// Returns a transfer that is on record here and missing from the bank's books.
  private func lostTransfer(_ through: Int64) async throws -> String? {
    guard try await books.statement().newestTransfer >= through else { return "transfer number \(through)" }
    guard let newest = try await store.read({ try $0.newestPayment() }) else { return nil }
    let transfers = try await books.transfers(references: [newest.claim.text])
    return transfers.contains { $0.id == newest.transferID } ? nil : newest.transferID
  }

  /// Reads the books from a given transfer on. The bank is read before the store: every transfer it made for us was
  /// recorded as intended before it was made.
  ///
  /// - Parameter body: receives each page, and the transfers on it that this store does not account for.
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

/// The bank's books lack a transfer that they once had, so they cannot be relied on.
package struct BooksFailure: Error, CustomStringConvertible {
  package let lost: String

  package var description: String {
    "the bank has lost \(lost), which is on record here; nothing was done: find out which books are right"
  }
}

/// A transfer that no payment here accounts for, and what it means for its claim.
package struct OpenTransfer: Hashable, Sendable {
  package let transfer: BankTransfer
  package let meaning: Meaning

  package enum Meaning: Hashable, Sendable {
    /// The claim is not in this store. Claims taken in after the backup are lost here but not at the bank.
    case claimNotHere
    /// The claim is in progress, and will be closed with the transfer.
    case claimUnderWay
    /// The bank refused the claim's payment because of this transfer, which pays the same amount to the same payee.
    /// Once the key is released, the claim is closed with the transfer.
    case refusedForIt(KeyText)
    /// A different amount is due, or the same amount to a different payee. The payment under the key was refused for
    /// that reason.
    case differs(due: Money, KeyText)
    /// The claim waits for a person, is denied, or is replaced, but the bank has paid it.
    case notDue(ClaimStatus)
    /// Another transfer already pays the claim here.
    case paidTwice
    /// The transfer replaced the claim's payment here, whose money came back.
    case paidAnew
    /// The transfer's money came back, so the claim can be paid once its key is released; nil when no key needs to be
    /// released.
    case cameBack(KeyText?)
    /// The transfer returned the money of a payment that is paid here.
    case returned
  }

  /// Returns all open transfers, oldest first.
  ///
  /// - Throws: `StoreFailure`.
  package static func all(in transaction: ClaimTransaction, pageSize: Int = 500) throws -> [OpenTransfer] {
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
  ///   - row: the claim that the transfer is for, if it is in this store.
  ///   - payments: the payments of the claim.
  ///   - returned: the bank's payments whose money came back.
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
