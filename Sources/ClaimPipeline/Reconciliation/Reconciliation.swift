package import ClaimStore
package import BankProtocol
import ClaimsDomain
import DurableExecution

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
