import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution
import Testing
import Verification

/// A claim's state is the fold of its events.
@Suite struct ClaimFoldTests {
  private let received = EffectEvent.madeUp("idemp:intake:P:C:1", facts: ["status": "received"])
  private let adjudicated = EffectEvent.madeUp(
    "idemp:adj:CLM:R",
    facts: [
      "status": "adjudicated", "adjudication_id": "ADJ", "allowed": "150.00", "plan_paid": "120.00",
      "member_responsibility": "30.00",
    ])
  private let refused = EffectEvent.madeUp("idemp:pay:CLM:150.00:30.00", facts: ["code": "payee-refused"])
  private let paid = EffectEvent.madeUp(
    "idemp:pay:CLM:150.00:30.00", facts: ["status": "paid", "payment_id": "PAY", "amount": "120.00"])
  private let voided = EffectEvent.madeUp("idemp:void:PAY", facts: ["status": "suspended", "payment_id": "PAY"])

  @Test func `nothing has happened to a claim without events`() throws {
    #expect(try ClaimFold(of: []) == ClaimFold())
  }

  @Test func `each event takes the claim a step further`() throws {
    var fold = ClaimFold()
    for (event, status) in [(received, ClaimStatus.received), (adjudicated, .adjudicated), (paid, .paid)] {
      try fold.apply(event)
      #expect(fold.status == status)
    }
    #expect(
      fold.amounts
        == DecidedAmounts(
          allowed: Money(cents: 150_00), memberResponsibility: Money(cents: 30_00), planPaid: Money(cents: 120_00)))
    #expect(fold.amountPaid == Money(cents: 120_00))
    #expect(fold.paymentKey == paid.key)
  }

  @Test func `a refused payment suspends the claim, and one that is made after all pays it`() throws {
    #expect(try ClaimFold(of: [received, adjudicated, refused]).status == .suspended)
    #expect(try ClaimFold(of: [received, adjudicated, refused, paid]).status == .paid)
  }

  @Test func `a payment that is taken back suspends the claim`() throws {
    #expect(try ClaimFold(of: [received, adjudicated, refused, voided]).status == .suspended)
  }

  @Test(arguments: ["[]", "{", "{\"status\":\"gone\"}", "{\"amount\":\"1.234\"}"])
  func `facts that no agent writes do not fold`(_ facts: String) {
    #expect(throws: ClaimFold.UnreadableFacts.self) {
      try ClaimFold(of: [.madeUp("idemp:intake:P:C:1", bytes: Array(facts.utf8))])
    }
  }
}

extension EffectEvent {
  fileprivate static func madeUp(_ key: String, facts: [String: String]) -> EffectEvent {
    madeUp(key, bytes: (try? CanonicalJSON.bytes(of: facts)) ?? [])
  }

  fileprivate static func madeUp(_ key: String, bytes: [UInt8]) -> EffectEvent {
    EffectEvent(
      key: KeyText(key), epoch: .first, stream: "CLM", type: "made-up", agent: AgentVersion("Agent", "1.0.0"),
      lamport: LamportTime(1), at: Timestamp(microseconds: 0), facts: bytes)
  }
}
