package import BankProtocol
package import ClaimStore
package import ClaimsDomain
import DurableExecution

/// Checks a whole store against its invariants. It reads page by page, each page in a consistent view of its own, and
/// keeps only sums and findings, so memory does not grow with the store. It may run while others work.
package struct Verifier: Sendable {
  let store: ClaimStore
  let settings: Settings

  package struct Settings: Sendable {
    /// The number of rows in a page.
    package var pageSize: Int
    /// The number of pages read and checked concurrently.
    package var concurrency: Int
    /// The number of findings kept. Further ones are only counted.
    package var findingsLimit: Int

    package init(pageSize: Int = 100, concurrency: Int = 3, findingsLimit: Int = 1_000) {
      self.pageSize = pageSize
      self.concurrency = concurrency
      self.findingsLimit = findingsLimit
    }
  }

  package init(store: ClaimStore, settings: Settings = Settings()) {
    self.store = store
    self.settings = settings
  }

  /// Checks everything.
  ///
  /// - Parameters:
  ///   - rulesets: the rulesets that the store's decisions were made by. If one is missing, limits and near signatures
  ///     are not fully checked, and a note says so.
  ///   - bank: the bank's own books; nil leaves the bank out.
  /// - Throws: `StoreFailure` when the store cannot be read, `MoneyError` when its sums exceed 64 bits, and any error
  ///   from the bank's books. A violated invariant is a finding, never an error.
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
    try await add(to: &tally, "forms") { try await forms() }
    let accountedFor = tally.accumulatorEntries
    try await add(to: &tally, "accumulators") { try await accumulators(accountedFor: accountedFor, rulesets) }
    if let bank { try await add(to: &tally, "transfers") { try await transfers(at: bank) } }
    return tally.report
  }

  /// Runs one part of the verification. If its rows cannot be read, or their tables are gone, that is reported as a
  /// finding and the other parts go on.
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

  /// Reads pages until none is left.
  ///
  /// - Parameter next: reads the next page, given the last row of the previous one.
  func pages<Row: Sendable>(
    _ next: @escaping @Sendable (ClaimTransaction, Row?) throws -> [Row], _ body: ([Row]) async throws -> Void
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
