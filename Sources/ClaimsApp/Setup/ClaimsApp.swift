package import ClaimStore
package import BankProtocol
package import ClaimPipeline
package import ClaimsDomain
package import DurableExecution

/// The one place where parts are wired together: a store, a bank, rules, a runner, and the agents over them.
package struct ClaimsApp<Store: ClaimStore>: Sendable {
  package let store: Store
  package let bank: any PaymentBank
  /// The bank's own books; nil in a trial, which has no bank.
  package let books: (any BankBooks)?
  package let ruleset: Ruleset
  package let runner: DurableRunner
  package let processor: ClaimProcessor<Store>
  /// Decided claims that a change of coverage would decide differently.
  package let touchedByCoverage: [ClaimIntakeID]
  /// People whom a member file has otherwise than an enrollment transaction, which holds.
  package let membersLeftAsSettled: Int

  /// Wires a run over an open store, and enrols the members of the member files.
  ///
  /// - Parameters:
  ///   - wrap: puts something between the run and its bank.
  ///   - isLevel: whether a store that is behind its bank is refused, as every store is that matters.
  /// - Throws: `SetupError`, `StoreFailure`.
  package init(
    _ setup: ClaimsSetup, over store: Store, wrappingBank wrap: (any PaymentBank) -> any PaymentBank = { $0 },
    refusingStoreBehindBank isLevel: Bool = true
  ) async throws {
    let configuration = setup.configuration
    self.store = store
    ruleset = setup.rules.ruleset
    let connection = try await setup.connectToBank(of: store)
    if isLevel { try await connection.refuseUnlessLevel(with: store, at: configuration.store) }
    (bank, books) = (wrap(connection.bank), connection.books)
    try await Self.register(ruleset, in: store)
    let members = try await MemberDirectoryLoad(store: store).load(setup.rules.members)
    (touchedByCoverage, membersLeftAsSettled) = (members.touched, members.leftAsSettled)
    runner = DurableRunner(worker: .thisProcess(), leaseDuration: configuration.leaseDuration)
    processor = ClaimProcessor(
      store: store, runner: runner, bank: bank, ruleset: ruleset,
      settings: .init(
        receivedOn: configuration.receivedOn, enrollment: setup.enrollment, patience: configuration.patience,
        partners: setup.rules.partners, link: connection.isOnRecord ? nil : connection.link))
  }

  /// Wires a trial over an open store: nothing is registered, nobody is enrolled, and there is no bank.
  package init(trying setup: ClaimsSetup, over store: Store) throws {
    let configuration = setup.configuration
    self.store = store
    ruleset = setup.rules.ruleset
    (bank, books) = (NoBank(), nil)
    (touchedByCoverage, membersLeftAsSettled) = ([], 0)
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
