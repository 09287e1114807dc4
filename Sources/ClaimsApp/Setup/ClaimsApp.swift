package import ClaimPipeline
package import ClaimsDomain
package import DurableExecution
package import PaymentGateway

/// The one place where parts are wired together: a store, a bank, rules, a runner, and the agents over them.
package struct ClaimsApp<Store: ClaimStore>: Sendable {
  package let store: Store
  package let bank: any PaymentBank
  /// The bank's books, when it is in this process.
  package let books: Bank?
  package let ruleset: Ruleset
  package let runner: DurableRunner
  package let processor: ClaimProcessor<Store>
  /// Decided claims that a change of coverage would decide differently.
  package let touchedByCoverage: [ClaimIntakeID]

  /// Wires a run over an open store, and enrols the members of the member files.
  ///
  /// - Parameter wrap: puts something between the run and its bank.
  /// - Throws: `SetupError`, `StoreFailure`.
  package init(
    _ setup: ClaimsSetup, over store: Store, wrappingBank wrap: (any PaymentBank) -> any PaymentBank = { $0 }
  ) async throws {
    let configuration = setup.configuration
    self.store = store
    ruleset = setup.rules.ruleset
    let reached = try setup.bank()
    (bank, books) = (wrap(reached.bank), reached.books)
    try await Self.register(ruleset, in: store)
    touchedByCoverage = try await MemberDirectoryLoad(store: store).load(setup.rules.members)
    runner = DurableRunner(worker: .thisProcess(), leaseDuration: configuration.leaseDuration)
    processor = ClaimProcessor(
      store: store, runner: runner, bank: bank, ruleset: ruleset,
      settings: .init(
        receivedOn: configuration.receivedOn, enrollment: setup.enrollment, patience: configuration.patience,
        partners: setup.rules.partners))
  }

  /// Wires a trial over an open store: nothing is registered, nobody is enrolled, and there is no bank.
  package init(trying setup: ClaimsSetup, over store: Store) throws {
    let configuration = setup.configuration
    self.store = store
    ruleset = setup.rules.ruleset
    (bank, books) = (NoBank(), nil)
    touchedByCoverage = []
    runner = DurableRunner(worker: .thisProcess(), leaseDuration: configuration.leaseDuration)
    processor = ClaimProcessor(
      store: store, runner: runner, bank: bank, ruleset: ruleset,
      settings: .init(receivedOn: configuration.receivedOn, enrollment: setup.enrollment, patience: .zero))
  }

  /// - Throws: `SetupError.usage` when the name stands for other content.
  private static func register(_ ruleset: Ruleset, in store: Store) async throws {
    let known = try await store.transaction { try $0.register(ruleset.id, digest: ruleset.digest) }
    guard known == ruleset.digest else {
      throw SetupError.usage(
        "--ruleset \(ruleset.id): this store has decided claims by that name with other plans or fees; "
          + "changed rules need a new name")
    }
  }
}
