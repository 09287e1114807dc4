package import ClaimStore
import ClaimPipeline
import ClaimsDomain
import DurableExecution

/// What a run needs before there is a store: its rules, and a bank that answers. A run that cannot begin fails here,
/// and leaves no file behind.
package struct ClaimsSetup: Sendable {
  package let configuration: ClaimsConfiguration
  package let rules: RuleSource
  /// The plan members nobody knows are enrolled in.
  let enrollment: PlanID?

  /// - Parameter isTrial: whether nothing is to be paid, so that no bank is needed.
  /// - Throws: `SetupError`.
  package init(_ configuration: ClaimsConfiguration, isTrial: Bool = false) async throws {
    self.configuration = configuration
    rules = try RuleSource(folder: configuration.plans, ruleset: configuration.ruleset)
    let ruleset = rules.ruleset
    enrollment = try configuration.enroll.map { try Self.plan($0, in: ruleset) }
    guard !isTrial else { return }
    try configuration.bank.check(for: configuration.store)
    // The bank is asked before anything is decided, so that a run without a bank leaves nothing half done.
    _ = try await configuration.bank.gatewayStatement()
  }

  /// Opens the store, and makes or upgrades its tables where that is needed.
  ///
  /// - Throws: `StoreFailure`.
  package func openStore() async throws -> any ClaimStore {
    try await configuration.store.open(cache: configuration.cache, lease: configuration.leaseDuration)
  }

  /// The bank that the store is paid from. Its books are made only beside a store that is fit for use and has no bank
  /// yet.
  ///
  /// - Throws: `SetupError`, `StoreFailure`.
  func connectToBank(of store: some ClaimStore) async throws -> BankConnection {
    let location = configuration.store
    guard
      let connection = try await BankConnection.find(configuration.bank, of: store, at: location, to: .pay)
    else { throw SetupError.unavailable("\(location) has no bank") }
    return connection
  }

  private static func plan(_ name: String, in ruleset: Ruleset) throws(SetupError) -> PlanID {
    guard ruleset.plans[PlanID(name)] != nil else {
      let known = ruleset.plans.keys.map(\.text).sorted().joined(separator: ", ")
      throw .usage("--enroll \(name): there is no such plan; the plans are \(known)")
    }
    return PlanID(name)
  }
}
