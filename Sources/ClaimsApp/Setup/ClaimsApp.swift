package import ClaimPipeline
package import ClaimsDomain
package import DurableExecution
import Foundation
package import PaymentGateway
package import SQLiteStore

/// The one place where parts are wired together: a store, a bank, rules, a runner, and the agents over them.
package struct ClaimsApp: Sendable {
  package let store: SQLiteStore
  package let bank: any PaymentBank
  /// The bank's books, when it is in this process.
  package let books: Bank?
  package let ruleset: Ruleset
  package let runner: DurableRunner
  package let processor: ClaimProcessor<SQLiteStore>
  /// Decided claims that a change of coverage would decide differently.
  package let touchedByCoverage: [ClaimIntakeID]

  /// Opens everything a run needs, and enrols the members of the member files.
  ///
  /// - Throws: `SetupError`, `StoreFailure`.
  package init(_ configuration: ClaimsConfiguration) async throws {
    let rules = try RuleSource(folder: configuration.plans, ruleset: configuration.ruleset)
    ruleset = rules.ruleset
    let enrollment = try configuration.enroll.map { try Self.plan($0, in: rules.ruleset) }
    // The gateway is asked before the store is made, and a bank's own books are made only beside a store that is fit
    // for use: a run that cannot begin leaves no file behind.
    let gateway = try await Self.gateway(configuration)
    store = try SQLiteStore(path: configuration.store.path, probe: configuration.deathWatch?.probe)
    let reached = try gateway.map { (bank: $0, books: nil) } ?? Self.bank(beside: configuration.store)
    books = reached.books
    bank = configuration.deathWatch.map { WatchedBank(bank: reached.bank, watch: $0) } ?? reached.bank
    if !configuration.hasProtections { try store.dropStandingPaymentConstraint() }
    try await Self.register(rules.ruleset, in: store)
    touchedByCoverage = try await MemberDirectoryLoad(store: store).load(rules.members)
    runner = DurableRunner(
      worker: .thisProcess(), leaseDuration: configuration.leaseDuration, keyPolicy: configuration.keys,
      gatewayKeyPolicy: configuration.keys)
    processor = ClaimProcessor(
      store: store, runner: runner, bank: bank, ruleset: rules.ruleset,
      settings: .init(receivedOn: configuration.receivedOn, enrollment: enrollment))
  }

  private static func plan(_ name: String, in ruleset: Ruleset) throws(SetupError) -> PlanID {
    guard ruleset.plans[PlanID(name)] != nil else {
      let known = ruleset.plans.keys.map(\.text).sorted().joined(separator: ", ")
      throw .usage("--enroll \(name): there is no such plan; the plans are \(known)")
    }
    return PlanID(name)
  }

  /// - Returns: nil where the run is to have a bank in this process.
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

  private static func bank(
    beside store: StoreLocation
  ) throws(SetupError) -> (bank: any PaymentBank, books: Bank?) {
    do {
      let bank = try Bank(path: store.bankPath)
      return (EmbeddedBank(bank), bank)
    } catch {
      throw .unavailable("\(error)")
    }
  }

  /// - Throws: `SetupError.usage` when the name stands for other content.
  private static func register(_ ruleset: Ruleset, in store: SQLiteStore) async throws {
    let known = try await store.transaction { try $0.register(ruleset.id, digest: ruleset.digest) }
    guard known == ruleset.digest else {
      throw SetupError.usage(
        "--ruleset \(ruleset.id): this store has decided claims by that name with other plans or fees; "
          + "changed rules need a new name")
    }
  }
}
