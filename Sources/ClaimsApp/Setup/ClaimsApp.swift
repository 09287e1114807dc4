package import BankProtocol
package import ClaimOperations
package import ClaimPipeline
package import ClaimStore
package import ClaimsDomain
package import DurableExecution

/// The parts of a run, wired together: a store, a bank, rules, a runner, and the agents over them.
package struct ClaimsApp: Sendable {
  package let store: ClaimStore
  package let bank: any PaymentBank
  /// The bank's own books; nil in a trial, which has no bank.
  package let books: (any BankBooks)?
  package let ruleset: Ruleset
  /// What letters to members say besides the decision.
  package let letters: LetterTerms
  /// The requirements of trading partners.
  package let partners: PartnerProfiles
  package let runner: DurableRunner
  package let processor: ClaimProcessor
  /// Processes the claims of concurrent requests.
  package let concurrentClaims: ConcurrentClaims
  /// What reads paper forms.
  package let paper: any FormSource
  /// What asks a model about forms in doubt; nil for none.
  package let model: ModelReader?
  private let received: DayOfReceipt
  /// Where the store was, and its bank, when they were opened; nil in a trial.
  let opened: OpenedStore?
  /// What became of the claims that this process has worked on.
  package let outcomes = OutcomeTally()
  /// How the member files differ from the store.
  package let members: MemberDirectoryChanges

  /// Builds a run. Whatever the run needs besides the store is established first, so a run that cannot begin leaves no
  /// files behind.
  ///
  /// - Parameters:
  ///   - store: an open store to use; nil to open the one in the configuration.
  ///   - paper: what reads paper forms; nil for the tools of this machine.
  ///   - wrap: wraps the bank that the run uses.
  ///   - refusesStoreBehindBank: whether to refuse a store that is behind its bank. Only demonstrations pass false.
  /// - Throws: `SetupError`, `StoreFailure`.
  package static func build(
    _ configuration: ClaimsConfiguration, over store: ClaimStore? = nil, paper: (any FormSource)? = nil,
    wrappingBank wrap: (any PaymentBank) -> any PaymentBank = { $0 },
    refusingStoreBehindBank refusesStoreBehindBank: Bool = true
  ) async throws -> ClaimsApp {
    let rules = try RuleSource(folder: configuration.plans, ruleset: configuration.ruleset)
    let letters = try LetterTerms(rules.ruleset, rules.services, payer: configuration.payer)
    let enrollment = try configuration.enroll.map { try plan($0, in: rules.ruleset) }
    let paper = paper ?? PaperPages(tables: rules.ruleset.tables)
    let runner = DurableRunner(worker: .thisProcess(), leaseDuration: configuration.leaseDuration)
    var settings = ClaimProcessor.Settings(
      receivedOn: configuration.received.given, enrollment: enrollment, patience: configuration.patience,
      partners: rules.partners)
    if configuration.isTrial {
      settings.patience = .zero
      return ClaimsApp(
        rules, letters, over: try await configuration.openStore(), NoBank(), nil, runner, settings, paper,
        configuration.received)
    }
    try configuration.bank.check(for: configuration.store)
    // The bank is contacted before anything is decided, so that a run without a bank leaves no work half done.
    _ = try await configuration.bank.gatewayIdentity()
    let store = if let store { store } else { try await configuration.openStore() }
    guard
      let connection = try await BankConnection.find(
        configuration.bank, of: store, at: configuration.store, to: .pay)
    else { throw SetupError.unavailable("\(configuration.store) has no bank") }
    if refusesStoreBehindBank { try await connection.refuseUnlessLevel(with: store, at: configuration.store) }
    settings.link = connection.isOnRecord ? nil : connection.link
    try await register(rules.ruleset, in: store)
    let members = try await MemberDirectoryLoad(store: store).load(rules.members)
    let model = configuration.pageModel?.reader(over: store, by: runner)
    return ClaimsApp(
      rules, letters, over: store, wrap(connection.bank), connection.books, runner, settings, paper,
      configuration.received, members, model, opened: OpenedStore(at: configuration.store, connection))
  }

  private init(
    _ rules: RuleSource, _ letters: LetterTerms, over store: ClaimStore, _ bank: any PaymentBank,
    _ books: (any BankBooks)?,
    _ runner: DurableRunner, _ settings: ClaimProcessor.Settings, _ paper: any FormSource,
    _ received: DayOfReceipt, _ members: MemberDirectoryChanges = MemberDirectoryChanges(),
    _ model: ModelReader? = nil, opened: OpenedStore? = nil
  ) {
    (self.opened, self.model) = (opened, model)
    (self.store, self.bank, self.books, self.runner, self.members) = (store, bank, books, runner, members)
    (ruleset, partners, self.letters, self.paper) = (rules.ruleset, rules.partners, letters, paper)
    self.received = received
    processor = ClaimProcessor(store: store, runner: runner, bank: bank, ruleset: rules.ruleset, settings: settings)
    concurrentClaims = ConcurrentClaims(processor)
  }

  /// Reads claims and paper forms of files.
  ///
  /// - Parameter day: the day on which they count as received; nil for that of the configuration.
  /// - Throws: `StoreFailure`.
  package func feed(_ sources: [ClaimSource], receivedOn day: CalendarDate? = nil) async throws -> ClaimFeed {
    let received = day.map(DayOfReceipt.day) ?? received
    let stated = try await received.stated(by: store)
    let forms = FormIntake(
      store, source: paper, receivedOn: received.given, stated: stated, model: model)
    return ClaimFeed(sources, partners: partners, forms: forms, stated: stated)
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

  private static func plan(_ name: String, in ruleset: Ruleset) throws(SetupError) -> PlanID {
    guard ruleset.plans[PlanID(name)] != nil else {
      let known = ruleset.plans.keys.map(\.text).sorted().joined(separator: ", ")
      throw .usage("--enroll \(name): there is no such plan; the plans are \(known)")
    }
    return PlanID(name)
  }
}
