import ClaimOperations
package import BankProtocol
package import ClaimPipeline
package import ClaimStore
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

  /// Wires a run over an open store, and enrolls the members of the member files.
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

/// What a run is told on its command line.
package struct ClaimsConfiguration: Sendable {
  package var store: StoreLocation
  /// Nil for none.
  package var cache: CacheLocation?
  /// Where the bank is; without anything a bank in this process, with books of its own beside the store.
  package var bank = BankOptions()
  /// A folder of plans, fees and members; nil for the samples in the binary.
  package var plans: String?
  /// What decisions name; nil for a name made from the content of the rules.
  package var ruleset: String?
  /// Enrolls members nobody knows in this plan.
  package var enroll: String?
  /// The day of receipt; nil for today.
  package var receivedOn: CalendarDate?
  package var leaseDuration = Duration.seconds(5)
  /// How long to wait for claims another worker is at; nil for three leases.
  package var patience: Duration?

  package init(store: StoreLocation) {
    self.store = store
  }
}

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
