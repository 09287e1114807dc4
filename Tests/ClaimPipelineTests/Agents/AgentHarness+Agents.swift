import BankSimulator
import ClaimStore
import ClaimsDomain
import DurableExecution
import TestSupport
import Testing

@testable import ClaimPipeline

extension AgentHarness {
  static func intake(
    _ store: ClaimStore, _ runner: DurableRunner, _ variation: Variation
  ) async throws -> Answer {
    var claim = SampleClaim.make(variation == .effect ? "A-2" : "A-1")
    if variation == .content {
      claim.lines[0].charge = Money(cents: 1)
      claim.charge = Money(cents: 1)
    }
    let call = ActivityCall(
      IntakeActivity<ClaimTransaction>.Request(
        claim: claim, ruleset: RulesetID("test-1"), receivedOn: CalendarDate(year: 2026, month: 4, day: 1) ?? .openEnd))
    return answer(try await store.transaction { try runner.run(IntakeActivity(), call, in: $0) })
  }

  static func eligibility(
    _ store: ClaimStore, _ runner: DurableRunner, _ variation: Variation
  ) async throws -> Answer {
    let key = EligibilityKey(
      memberID: MemberID(variation == .none ? "W1" : "W2"), planID: SampleRuleset.planID,
      dateOfService: CalendarDate(year: 2026, month: 3, day: 2) ?? .openEnd)
    let call = ActivityCall(EligibilityActivity<ClaimTransaction>.Request(key: key, spans: []))
    return answer(try await store.transaction { try runner.run(EligibilityActivity(), call, in: $0) })
  }

  static func adjudication(
    _ world: ClaimsWorld, _ store: ClaimStore, _ runner: DurableRunner, _ variation: Variation
  ) async throws -> Answer {
    var (claim, row) = try await AgentRequest.claim(variation == .effect ? "A-2" : "A-1", .received, in: store)
    if variation == .content { claim.digest = String(repeating: "f", count: 64) }
    let call = ActivityCall(
      AdjudicationActivity<ClaimTransaction>.Request(
        claim: claim, row: row, eligibilityKey: KeyText("idemp:elig:test"),
        circumstances: .init(received: row.receivedOn, spans: [])))
    let activity = AdjudicationActivity<ClaimTransaction>(adjudicator: Adjudicator(ruleset: world.ruleset))
    return answer(try await store.transaction { try runner.run(activity, call, in: $0) })
  }

  static func payment(
    _ world: ClaimsWorld, _ store: ClaimStore, _ runner: DurableRunner, _ variation: Variation
  ) async throws -> Answer {
    let request = try await paymentRequest(store, variation, cents: 10_000)
    let activity = PaymentActivity<ClaimTransaction>(bank: EmbeddedBank(world.bank))
    return try await remote(activity, request, store, runner)
  }

  static func closing(
    _ store: ClaimStore, _ runner: DurableRunner, _ variation: Variation
  ) async throws -> Answer {
    let request = try await paymentRequest(store, variation, cents: 0)
    return answer(
      try await store.transaction { try runner.run(ClosingActivity(), ActivityCall(request), in: $0) })
  }

  static func void(
    _ world: ClaimsWorld, _ store: ClaimStore, _ runner: DurableRunner, _ variation: Variation
  ) async throws -> Answer {
    let request = try await paymentRequest(store, variation == .effect ? .effect : .none, cents: 10_000)
    let bank = EmbeddedBank(world.bank)
    _ = try await remote(PaymentActivity<ClaimTransaction>(bank: bank), request, store, runner)
    let id = PaymentRequest.paymentID(under: request.key.text)
    var payment =
      try await store.read { try $0.payments([id])[id] }
      ?? request.payment(under: request.key.text, trackingID: nil, state: .paid)
    if variation == .content { payment.amount = Money(cents: 1) }
    return try await remote(
      VoidActivity<ClaimTransaction>(bank: bank), .init(payment: payment, reason: "test"), store, runner)
  }

  static func audit(
    _ store: ClaimStore, _ runner: DurableRunner, _ variation: Variation
  ) async throws -> Answer {
    let (_, row) = try await AgentRequest.claim("A-1", .received, in: store)
    let evidence = AuditEvidence(responseDigests: [variation == .content ? "other" : "one"])
    let call = ActivityCall(
      AuditActivity<ClaimTransaction>.Request(
        claim: row, adjudicationID: AdjudicationID("ADJ-1"), event: variation == .effect ? "denied" : "paid",
        evidence: evidence))
    return answer(try await store.transaction { try runner.run(AuditActivity(), call, in: $0) })
  }

  private static func paymentRequest(
    _ store: ClaimStore, _ variation: Variation, cents: Int64
  ) async throws -> PaymentRequest {
    try await AgentRequest.payment(
      of: variation == .effect ? "A-2" : "A-1", cents, to: variation == .content ? "Somebody else" : "Juniper",
      in: store)
  }

  private static func remote<Activity: RemoteActivity>(
    _ activity: Activity, _ request: Activity.Request, _ store: ClaimStore, _ runner: DurableRunner
  ) async throws -> Answer where Activity.Transaction == ClaimTransaction {
    switch try await store.transaction({ try runner.intend(activity, ActivityCall(request), in: $0) }) {
    case .answered(let outcome): return answer(outcome)
    case .owned(let intent):
      let settled = await runner.settle(activity, [intent], keepingLeasesIn: store)
      let recorded = try await store.transaction { try runner.record(activity, settled, in: $0) }
      return answer(try #require(recorded[intent.call.effectKey]))
    }
  }
}
