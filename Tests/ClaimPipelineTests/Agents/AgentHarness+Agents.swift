@testable import ClaimPipeline
import StoreSQL
import ClaimsDomain
import DurableExecution
import PaymentGateway
import SQLiteStore
import TestSupport

extension AgentHarness {
  static let all = [intake, eligibility, adjudication, payment, closing, void, audit]

  static let intake = AgentHarness(agent: "intake", refusesContent: true) { _, store, runner, variation in
    var claim = SampleClaim.make(variation == .effect ? "A-2" : "A-1")
    if variation == .content {
      claim.lines[0].charge = Money(cents: 1)
      claim.charge = Money(cents: 1)
    }
    let call = ActivityCall(
      IntakeActivity<SQLiteTransaction>.Request(
        claim: claim, ruleset: RulesetID("test-1"), receivedOn: CalendarDate(year: 2026, month: 4, day: 1) ?? .openEnd))
    return try answer(await store.transaction { try runner.run(IntakeActivity(), [call], in: $0) })
  }

  static let eligibility = AgentHarness(agent: "eligibility", refusesContent: false) { _, store, runner, variation in
    let key = EligibilityKey(
      memberID: MemberID(variation == .none ? "W1" : "W2"), planID: SampleRuleset.planID,
      dateOfService: CalendarDate(year: 2026, month: 3, day: 2) ?? .openEnd)
    let call = ActivityCall(EligibilityActivity<SQLiteTransaction>.Request(key: key, spans: []))
    return try answer(await store.transaction { try runner.run(EligibilityActivity(), [call], in: $0) })
  }

  static let adjudication = AgentHarness(agent: "adjudication", refusesContent: true) {
    world, store, runner, variation in
    var (claim, row) = try await Self.claim(variation == .effect ? "A-2" : "A-1", .received, in: store)
    if variation == .content { claim.digest = String(repeating: "f", count: 64) }
    let call = ActivityCall(
      AdjudicationActivity<SQLiteTransaction>.Request(
        claim: claim, row: row, eligibilityKey: KeyText("idemp:elig:test"),
        coverage: EligibilityResponse(standing: .memberUnknown, spans: [])))
    let activity = AdjudicationActivity<SQLiteTransaction>(adjudicator: Adjudicator(ruleset: world.ruleset))
    return try answer(await store.transaction { try runner.run(activity, [call], in: $0) })
  }

  static let payment = AgentHarness(agent: "payment", refusesContent: true) { world, store, runner, variation in
    let request = try await paymentRequest(store, variation, paid: 10_000)
    let activity = PaymentActivity<SQLiteTransaction>(bank: EmbeddedBank(world.bank))
    return try await remote(activity, request, store, runner)
  }

  static let closing = AgentHarness(agent: "payment without money", refusesContent: true) {
    _, store, runner, variation in
    let request = try await paymentRequest(store, variation, paid: 0)
    return try answer(
      await store.transaction { try runner.run(ClosingActivity(), [ActivityCall(request)], in: $0) })
  }

  static let void = AgentHarness(agent: "void", refusesContent: true) { world, store, runner, variation in
    let request = try await paymentRequest(store, variation == .effect ? .effect : .none, paid: 10_000)
    let bank = EmbeddedBank(world.bank)
    _ = try await remote(PaymentActivity<SQLiteTransaction>(bank: bank), request, store, runner)
    let id = PaymentRequest.paymentID(under: request.key.text)
    var payment =
      try await store.read { try $0.payments([id])[id] }
      ?? request.payment(
        under: request.key.text, trackingID: nil, state: .paid)
    if variation == .content { payment.amount = Money(cents: 1) }
    return try await remote(
      VoidActivity<SQLiteTransaction>(bank: bank), .init(payment: payment, reason: "test"), store, runner)
  }

  static let audit = AgentHarness(agent: "audit", refusesContent: true) { _, store, runner, variation in
    let (_, row) = try await claim("A-1", .received, in: store)
    let evidence = AuditEvidence(responseDigests: [variation == .content ? "other" : "one"])
    let call = ActivityCall(
      AuditActivity<SQLiteTransaction>.Request(
        claim: row, adjudicationID: AdjudicationID("ADJ-1"), event: variation == .effect ? "denied" : "paid",
        evidence: evidence))
    return try answer(await store.transaction { try runner.run(AuditActivity(), [call], in: $0) })
  }

  private static func paymentRequest(
    _ store: SQLiteStore, _ variation: Variation, paid: Int64
  ) async throws -> PaymentRequest {
    let (claim, row) = try await Self.claim(variation == .effect ? "A-2" : "A-1", .adjudicated, in: store)
    return PaymentRequest(
      claim: row,
      payee: Payee(
        reference: claim.billingProvider.reference, name: variation == .content ? "Somebody else" : "Juniper"),
      decision: DecidedAmounts(
        allowed: Money(cents: paid + 3_000), memberResponsibility: Money(cents: 3_000), planPaid: Money(cents: paid)),
      outcome: .paid)
  }

  private static func remote<A: RemoteActivity>(
    _ activity: A, _ request: A.Request, _ store: SQLiteStore, _ runner: DurableRunner
  ) async throws -> Answer where A.Transaction == SQLiteTransaction {
    let intents = try await store.transaction { try runner.intend(activity, [ActivityCall(request)], in: $0) }
    if case .answered(let outcome)? = intents.first { return try answer([outcome]) }
    let settled = await runner.settle(activity, intents.compactMap(\.owned), keepingLeasesIn: store)
    return try answer(await store.transaction { try runner.record(activity, settled, in: $0) })
  }
}
