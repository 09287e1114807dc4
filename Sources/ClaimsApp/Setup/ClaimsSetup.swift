package import ClaimPipeline
import ClaimsDomain
import DurableExecution
import PaymentGateway

/// What a run needs before there is a store: its rules, and a bank that answers. A run that cannot begin fails here, and
/// leaves no file behind.
package struct ClaimsSetup: Sendable {
  package let configuration: ClaimsConfiguration
  package let rules: RuleSource
  /// The plan members nobody knows are enrolled in.
  let enrollment: PlanID?
  /// Nil where the run is to have a bank in this process.
  private let gateway: (any PaymentBank)?

  /// - Throws: `SetupError`.
  package init(_ configuration: ClaimsConfiguration) async throws {
    self.configuration = configuration
    rules = try RuleSource(folder: configuration.plans, ruleset: configuration.ruleset)
    let ruleset = rules.ruleset
    enrollment = try configuration.enroll.map { try Self.plan($0, in: ruleset) }
    gateway = try await Self.gateway(configuration)
  }

  /// Opens the store, and makes or upgrades its tables where that is needed.
  ///
  /// - Throws: `StoreFailure`.
  package func openStore() async throws -> any ClaimStore {
    try await configuration.store.open(cache: configuration.cache)
  }

  /// The bank to pay with, and its books where it is in this process. Those are made only beside a store that is fit
  /// for use.
  ///
  /// - Throws: `SetupError`.
  func bank() throws(SetupError) -> (bank: any PaymentBank, books: Bank?) {
    if let gateway { (gateway, nil) } else { try embeddedBank() }
  }

  private func embeddedBank() throws(SetupError) -> (bank: any PaymentBank, books: Bank?) {
    do {
      let bank = try Bank(path: configuration.store.bankPath)
      return (EmbeddedBank(bank), bank)
    } catch {
      throw .unavailable("\(error)")
    }
  }

  private static func plan(_ name: String, in ruleset: Ruleset) throws(SetupError) -> PlanID {
    guard ruleset.plans[PlanID(name)] != nil else {
      let known = ruleset.plans.keys.map(\.text).sorted().joined(separator: ", ")
      throw .usage("--enroll \(name): there is no such plan; the plans are \(known)")
    }
    return PlanID(name)
  }

  private static func gateway(_ configuration: ClaimsConfiguration) async throws(SetupError) -> (any PaymentBank)? {
    guard let gateway = configuration.gateway else { return nil }
    let url: BankURL
    do {
      url = try BankURL(gateway)
    } catch {
      throw .usage("--gateway: \(error)")
    }
    let bank = HTTPPaymentBank(url)
    // Asked before anything is decided: with nobody there, nothing is to be half done.
    if let failure = await bank.unreachable() { throw .unavailable("\(failure.message)") }
    return bank
  }
}
