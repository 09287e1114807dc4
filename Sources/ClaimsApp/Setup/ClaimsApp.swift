import ClaimOperations
package import BankProtocol
package import ClaimPipeline
package import ClaimStore
package import ClaimsDomain
package import DurableExecution

/// Wires the parts together: a store, a bank, rules, a runner, and the agents over them.
package struct ClaimsApp: Sendable {
  package let store: ClaimStore
  package let bank: any PaymentBank
  /// The bank's own books; nil in a trial, which has no bank.
  package let books: (any BankBooks)?
  package let ruleset: Ruleset
  package let runner: DurableRunner
  package let processor: ClaimProcessor
  /// Decided claims that a change of coverage would decide differently.
  package let touchedByCoverage: [ClaimIntakeID]
  /// The number of people whose coverage in a member file differs from an enrollment transaction, which takes
  /// precedence.
  package let membersLeftAsSettled: Int
  /// The number of dependents in a member file who may be others on record, under a corrected birth date, and are left out.
  package let membersLeftOut: Int

  /// Wires a run over an open store, and enrolls the members in the member files.
  ///
  /// - Parameters:
  ///   - wrap: wraps the bank that the run uses.
  ///   - isLevel: whether to refuse a store that is behind its bank. Every store that matters requires this.
  /// - Throws: `SetupError`, `StoreFailure`.
  package init(
    _ setup: ClaimsSetup, over store: ClaimStore, wrappingBank wrap: (any PaymentBank) -> any PaymentBank = { $0 },
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
    membersLeftOut = members.leftOut
    runner = DurableRunner(worker: .thisProcess(), leaseDuration: configuration.leaseDuration)
    processor = ClaimProcessor(
      store: store, runner: runner, bank: bank, ruleset: ruleset,
      settings: .init(
        receivedOn: configuration.receivedOn, enrollment: setup.enrollment, patience: configuration.patience,
        partners: setup.rules.partners, link: connection.isOnRecord ? nil : connection.link))
  }

  /// Wires a trial over an open store. It registers nothing, enrolls no members, and has no bank.
  package init(trying setup: ClaimsSetup, over store: ClaimStore) throws {
    let configuration = setup.configuration
    self.store = store
    ruleset = setup.rules.ruleset
    (bank, books) = (NoBank(), nil)
    (touchedByCoverage, membersLeftAsSettled, membersLeftOut) = ([], 0, 0)
    runner = DurableRunner(worker: .thisProcess(), leaseDuration: configuration.leaseDuration)
    processor = ClaimProcessor(
      store: store, runner: runner, bank: bank, ruleset: ruleset,
      settings: .init(receivedOn: configuration.receivedOn, enrollment: setup.enrollment, patience: .zero))
  }

  /// - Throws: `SetupError.usage` when the name already refers to other content.
  private static func register(_ ruleset: Ruleset, in store: ClaimStore) async throws {
    let known = try await store.transaction { try $0.register(ruleset.id, digest: ruleset.digest) }
    guard known == ruleset.digest else {
      throw SetupError.usage(
        "--ruleset \(ruleset.id): this store has decided claims by that name with other plans or fees; "
          + "changed rules need a new name")
    }
  }
}

/// The configuration of a run from its command line.
package struct ClaimsConfiguration: Sendable {
  package var store: StoreLocation
  /// The cache; nil for none.
  package var cache: CacheLocation?
  /// Where to find the bank. By default it runs in this process, with its books next to the store.
  package var bank = BankOptions()
  /// The folder of plans, fees, and members; nil for the samples in the binary.
  package var plans: String?
  /// The ruleset name for decisions; nil for a name derived from the content of the rules.
  package var ruleset: String?
  /// The plan in which to enroll unknown members.
  package var enroll: String?
  /// The day of receipt; nil for today.
  package var receivedOn: CalendarDate?
  package var leaseDuration = Duration.seconds(5)
  /// How long to wait for claims that another worker is processing; nil for three leases.
  package var patience: Duration?

  package init(store: StoreLocation) {
    self.store = store
  }
}

/// What a run needs before the store is open: its rules and a bank that responds. A run that cannot begin fails here
/// and leaves no files behind.
package struct ClaimsSetup: Sendable {
  package let configuration: ClaimsConfiguration
  package let rules: RuleSource
  /// The plan in which unknown members are enrolled.
  let enrollment: PlanID?

  /// - Parameter isTrial: whether the run pays nothing and so needs no bank.
  /// - Throws: `SetupError`.
  package init(_ configuration: ClaimsConfiguration, isTrial: Bool = false) async throws {
    self.configuration = configuration
    rules = try RuleSource(folder: configuration.plans, ruleset: configuration.ruleset)
    let ruleset = rules.ruleset
    enrollment = try configuration.enroll.map { try Self.plan($0, in: ruleset) }
    guard !isTrial else { return }
    try configuration.bank.check(for: configuration.store)
    // The bank is contacted before anything is decided, so that a run without a bank leaves no work half done.
    _ = try await configuration.bank.gatewayStatement()
  }

  /// Opens the store, and creates or upgrades its tables if needed.
  ///
  /// - Throws: `StoreFailure`.
  package func openStore() async throws -> ClaimStore {
    try await configuration.store.open(cache: configuration.cache, lease: configuration.leaseDuration)
  }

  /// Connects to the bank that the store is paid from. New books are created only for a usable store that has no bank
  /// yet.
  ///
  /// - Throws: `SetupError`, `StoreFailure`.
  func connectToBank(of store: ClaimStore) async throws -> BankConnection {
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
