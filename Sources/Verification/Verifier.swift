package import ClaimStore
package import BankProtocol
package import ClaimsDomain
import DurableExecution

/// Holds a whole store to its invariants. It reads in pages, each a consistent view of its own, and keeps nothing of a
/// page but sums and findings, so memory does not grow with the store. It may run while others work.
package struct Verifier<Store: ClaimStore>: Sendable {
  let store: Store
  let settings: Settings

  package struct Settings: Sendable {
    /// Rows of one page.
    package var pageSize: Int
    /// Pages read and checked at once.
    package var concurrency: Int
    /// Findings kept; more are only counted.
    package var findingsLimit: Int

    package init(pageSize: Int = 500, concurrency: Int = 3, findingsLimit: Int = 1_000) {
      self.pageSize = pageSize
      self.concurrency = concurrency
      self.findingsLimit = findingsLimit
    }
  }

  package init(store: Store, settings: Settings = Settings()) {
    self.store = store
    self.settings = settings
  }

  /// Checks everything.
  ///
  /// - Parameters:
  ///   - rulesets: what the store's decisions were made by; without one of them limits and near signatures are not
  ///     checked in full, and a note says so.
  ///   - bank: the bank's own books; nil leaves the bank out.
  /// - Throws: `StoreFailure` when the store cannot be read, `MoneyError` when its sums leave 64 bits, and what the
  ///   bank's books throw. A break of an invariant is a finding, never an error.
  package func verify(
    rulesets: [RulesetID: Ruleset] = [:], bank: (any BankBooks)? = nil
  ) async throws -> VerificationReport {
    var tally = VerificationTally()
    try await add(to: &tally, "schema") { try await shape() }
    try await add(to: &tally, "claims") { try await claims(rulesets, bank: bank) }
    for isArchived in [false, true] {
      try await add(to: &tally, "keys") { try await looseKeys(isArchived: isArchived) }
    }
    try await add(to: &tally, "tables") { try await tables() }
    try await add(to: &tally, "care") { try await carePaidAgain() }
    try await add(to: &tally, "members") { try await members() }
    try await add(to: &tally, "remittances") { try await remittances() }
    let accountedFor = tally.accumulatorEntries
    try await add(to: &tally, "accumulators") { try await accumulators(accountedFor: accountedFor, rulesets) }
    if let bank { try await add(to: &tally, "transfers") { try await transfers(at: bank) } }
    return tally.report
  }

  /// One part of the work. Where even its rows do not read, or what they stand in is gone, that is its finding, and the
  /// other parts go on.
  private func add(
    to tally: inout VerificationTally, _ part: String, _ check: () async throws -> VerificationTally
  ) async throws {
    do {
      try tally.add(try await check(), limit: settings.findingsLimit)
    } catch StoreFailure.corrupt(let what) {
      tally.report([Finding(.readableRows, part, what)], limit: settings.findingsLimit)
    } catch StoreFailure.failed(let why) where tally.hasForeignTables {
      tally.report([Finding(.readableRows, part, "they cannot be read: \(why)")], limit: settings.findingsLimit)
    }
  }

  /// Reads pages until there is none.
  ///
  /// - Parameter next: given the last row of the page before, reads the next one.
  func pages<Row: Sendable>(
    _ next: @escaping @Sendable (Store.Transaction, Row?) throws -> [Row], _ body: ([Row]) async throws -> Void
  ) async throws {
    var last: Row?
    while true {
      let page = try await store.read { [last] transaction in try next(transaction, last) }
      guard let end = page.last else { return }
      try await body(page)
      last = end
    }
  }
}
