import ClaimsDomain
import TestSupport
import Testing

@Suite("A check reports what the bank has already moved, and carries what is owed beyond that")
struct MovedCheckTests {
  private static func plan(_ claims: String..., moved: String, carried: ForwardedBalance? = nil, trace: String = "T2")
    throws -> CheckPlan
  {
    try CheckPlan(claimsPaid: claims.map(Sample.money), moved: Sample.money(moved), carried: carried, trace: trace)
  }

  @Test("without reversals or debts, the payment is the sum of the claims, without a PLB")
  func plain() throws {
    let plan = try Self.plan("100.00", "0.00", "20.50", moved: "120.50")
    #expect(plan.payment == (try Sample.money("120.50")) && plan.adjustments.isEmpty && plan.carriedForward == nil)
  }

  @Test(
    "after a reversal and a withheld correction, the remaining debt is carried forward, and is recovered on the next check"
  )
  func reversal() throws {
    let first = try Self.plan("-80.00", "50.00", "100.00", moved: "100.00", trace: "T1")
    #expect(first.payment == (try Sample.money("100.00")))
    #expect(first.adjustments.map(\.amount.description) == ["-30.00"])
    #expect(first.carriedForward == ForwardedBalance(try Sample.money("30.00"), from: "T1"))

    let second = try Self.plan("45.00", moved: "15.00", carried: first.carriedForward)
    #expect(second.adjustments.map(\.reference) == ["T1"])
    #expect(second.adjustments.map(\.amount.description) == ["30.00"])
    #expect(second.carriedForward == nil)
  }

  @Test("a debt keeps its trace while checks move exactly the sum of their claims (RFI 738)")
  func untouched() throws {
    let carried = ForwardedBalance(try Sample.money("30.00"), from: "T1")
    let plan = try Self.plan("45.00", moved: "45.00", carried: carried)
    #expect(plan.adjustments.isEmpty && plan.carriedForward == carried)
  }

  @Test("a payment that is less than the amount due, without a debt to explain it, is refused with the difference")
  func missing() throws {
    let difference = try #require(
      try RemittanceDifference(expected: Sample.money("100.00"), found: Sample.money("99.99")))
    #expect(throws: RemittanceError.paidLessThanDue(difference, check: "T2")) {
      try Self.plan("100.00", moved: "99.99")
    }
    #expect(throws: RemittanceError.negativePayment(check: "T2")) { try Self.plan("-1.00", moved: "-1.00") }
  }

  @Test("interest is separate from the claims: one L6 adds it to the payment, and a reversal takes it back")
  func interest() throws {
    func check(_ items: [CheckItem], carried: ForwardedBalance? = nil, trace: String) throws -> CheckPlan {
      try CheckDraft(payee: Sample.payee, items: items, carried: carried).plan(trace: trace)
    }
    let (late, later) = (try Self.claim(paid: 100_00, interest: 1_50), try Self.claim(paid: 40_00, interest: 60))
    let first = try check([CheckItem(late, moved: Sample.money("101.50"))], trace: "T1")
    #expect(first.payment.description == "101.50" && first.interest.description == "1.50")
    #expect(first.adjustments.map(\.reason) == [.interestOwed])
    #expect(first.adjustments.map(\.amount.description) == ["-1.50"])

    let items = [CheckItem(try late.reversed(), moved: .zero), CheckItem(later, moved: .zero)]
    let second = try check(items, trace: "T2")
    #expect(second.adjustments.map(\.reason) == [.interestOwed, .forwardingBalance])
    #expect(second.adjustments.map(\.amount.description) == ["0.90", "-60.90"])
    #expect(second.carriedForward == ForwardedBalance(try Sample.money("60.90"), from: "T2"))
  }

  private static func claim(_ number: String = "C", paid: Int64, interest: Int64) throws -> ClaimPayment {
    let text = Money(cents: paid).description
    var details = Sample.details()
    if interest > 0 { details.amounts.append(.interest(Money(cents: interest))) }
    return try Sample.claim(number, charge: text, paid: text, details: details)
  }

  @Test(
    "for any claims, reversals, recoveries and interest, every check balances, pays what moved, and owes what is left")
  func property() throws {
    for seed in UInt64(1)...2_000 {
      var random = SeededGenerator(seed: seed)
      var (owed, carried) = (Int64(0), ForwardedBalance?.none)
      for number in 1...4 {
        var items: [CheckItem] = []
        var claimsPaid = Int64(0)
        for claim in 0..<Int.random(in: 1...5, using: &random) {
          let paid = Int64.random(in: 0...20_000, using: &random)
          let interest = Bool.random(using: &random) ? Int64.random(in: 0...(paid / 50), using: &random) : 0
          let payment = try Self.claim("C-\(claim)", paid: paid, interest: interest)
          if Bool.random(using: &random) {
            items.append(CheckItem(try payment.reversed(), moved: .zero))
            owed += paid + interest
            claimsPaid -= paid
          } else {
            let kept = Int64.random(in: 0...min(owed, paid + interest), using: &random)
            items.append(CheckItem(payment, moved: Money(cents: paid + interest - kept)))
            owed -= kept
            claimsPaid += paid
          }
        }
        let draft = CheckDraft(payee: Sample.payee, items: items, carried: carried)
        let trace = "T\(number)"
        let plan = try draft.plan(trace: trace)
        // The initializer throws if the check does not balance, or if a correction precedes its reversal.
        let issuer = RemittanceIssuer(payer: Sample.payer, taxID: "591112222")
        let advice = try draft.advice(plan, from: issuer, on: Sample.day("2026-03-20"), trace: trace)
        #expect(advice.payment.amount == (try items.map(\.moved).total()), "seed \(seed)")
        #expect(advice.claims.map(\.paid.cents).reduce(0, +) == claimsPaid, "seed \(seed)")
        #expect(plan.carriedForward?.amount.cents ?? 0 == owed, "seed \(seed)")
        let lastReversal = advice.claims.lastIndex { $0.status == .reversal } ?? -1
        #expect(advice.claims.firstIndex { $0.status != .reversal } ?? .max > lastReversal, "seed \(seed)")
        carried = plan.carriedForward
      }
    }
  }
}
