import ClaimsDomain
import Testing

@Suite("The amount that a provider owes is carried from check to check")
struct CheckPlanTests {
  @Test("a check that neither pays nor recovers anything leaves the balance unchanged (RFI 738)")
  func held() throws {
    let carried = ForwardedBalance(try Sample.money("40.00"), from: "T1")
    let plan = try CheckPlan(claimsPaid: [Sample.money("0.00")], carried: carried, trace: "T2")
    #expect(plan.payment == .zero && plan.adjustments.isEmpty && plan.carriedForward == carried)
  }

  @Test("a second negative check combines both balances into one (RFI 738)")
  func joined() throws {
    let carried = ForwardedBalance(try Sample.money("40.00"), from: "T1")
    let plan = try CheckPlan(claimsPaid: [Sample.money("-10.00")], carried: carried, trace: "T2")
    #expect(plan.adjustments.map(\.reference) == ["T1", "T2"])
    #expect(plan.adjustments.map(\.amount.description) == ["40.00", "-50.00"])
    #expect(plan.carriedForward == ForwardedBalance(try Sample.money("50.00"), from: "T2"))
  }

  @Test("a check that exactly meets the balance pays nothing and carries nothing")
  func met() throws {
    let carried = ForwardedBalance(try Sample.money("40.00"), from: "T1")
    let plan = try CheckPlan(claimsPaid: [Sample.money("40.00")], carried: carried, trace: "T2")
    #expect(plan.payment == .zero && plan.adjustments.count == 1 && plan.carriedForward == nil)
  }

  @Test("a postponed recovery does not reduce this check, and reduces a later one by the whole amount (RFI 227, 1756)")
  func recovery() throws {
    let (overpaid, claim) = (try Sample.money("30.00"), ClaimIntakeID("CLM-OLD"))
    let now = try CheckPlan(
      claimsPaid: [Sample.money("100.00"), Sample.money("-30.00")],
      adjustments: [.postponedRecovery(of: overpaid, claim: claim)], carried: nil, trace: "T1")
    #expect(now.payment == (try Sample.money("100.00")))
    let later = try CheckPlan(
      claimsPaid: [Sample.money("100.00")], adjustments: [.recovery(of: overpaid, claim: claim)], carried: nil,
      trace: "T2")
    #expect(later.payment == (try Sample.money("70.00")))
  }

  @Test("interest increases the payment, and an adjustment of zero is refused (RFI 264)")
  func interest() throws {
    let plan = try CheckPlan(
      claimsPaid: [Sample.money("100.00")], adjustments: [.interest(Sample.money("1.25"))], carried: nil, trace: "T1")
    #expect(plan.payment == (try Sample.money("101.25")))
    #expect(throws: RemittanceError.emptyProviderAdjustment(check: "T1")) {
      try CheckPlan(claimsPaid: [], adjustments: [ProviderAdjustment(.adjustment, .zero)], carried: nil, trace: "T1")
    }
  }
}
