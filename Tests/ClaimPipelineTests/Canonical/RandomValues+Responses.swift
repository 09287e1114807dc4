import BankProtocol
import ClaimStore
import DurableExecution

@testable import ClaimPipeline
@testable import ClaimsDomain

extension RandomValues {
  mutating func intakeResponse() -> IntakeResponse {
    IntakeResponse(claimIntakeID: id(), receivedOn: day(), ruleset: id())
  }

  mutating func eligibilityResponse() -> EligibilityResponse {
    EligibilityResponse(
      standing: one(of: [.active, .notYetEffective, .terminated, .memberUnknown]), spans: list { $0.coverage() })
  }

  mutating func adjudicationResponse() throws -> AdjudicationResponse {
    let verdict: AdjudicationResponse.Verdict =
      if flag() {
        .decided(try decision())
      } else {
        .suspended(
          Suspense(
            one(of: SuspenseReason.allCases), lines: list { $0.number(1...99) }, beside: list { $0.id() },
            resemblances: list { $0.resemblance() }))
      }
    return AdjudicationResponse(
      adjudicationID: id(), planID: maybe { $0.id() }, verdict: verdict, promptPay: maybe { $0.promptPay() })
  }

  private mutating func resemblance() -> Resemblance {
    Resemblance(
      to: id(), line: number(1...99), otherLine: maybe { $0.number(1...99) },
      traits: list { $0.one(of: Resemblance.Trait.allCases) })
  }

  mutating func paymentResponse() -> PaymentResponse {
    let payment = PaymentRow(
      id: id(), claimID: id(), eobID: id(), effectKey: KeyText(text()), trackingID: nil, payee: payee(),
      amount: money(), interest: one(of: [.zero, money()]), withheld: one(of: [.zero, money()]), state: .paid)
    return PaymentResponse(
      status: one(of: ClaimStatus.allCases), of: payment,
      receipt: maybe { BankReceipt(trackingID: TrackingID($0.text()), transferID: $0.text(), amount: $0.money()) })
  }

  mutating func auditResponse() -> AuditResponse { AuditResponse(auditID: text(), evidence: text()) }

  mutating func payee() -> Payee { Payee(reference: text(), name: text()) }

  mutating func coverage() -> Coverage {
    Coverage(
      memberID: id(), familyID: id(), planID: id(), effective: days(), coversFamily: flag(),
      identity: maybe { MemberIdentity(name: $0.personName(), birthDate: $0.maybe { $0.day() }) })
  }

  mutating func promptPay() -> PromptPay {
    PromptPay(
      days: number(0...400), yearLength: one(of: YearLength.allCases),
      rates: list { PromptPayRate(from: $0.day(), percent: AnnualRate(scaled: Int64($0.number(0...9_999_999)))) })
  }

  // MARK: Decisions

  private mutating func decision() throws -> Decision {
    try Decision(lines: try list { try $0.lineDecision() }, ruleset: id())
  }

  private mutating func lineDecision() throws -> LineDecision {
    let isDenied = flag()
    let paid = isDenied ? Money.zero : charge()
    let adjustments = list { $0.adjustment() }
    let adjusted = try adjustments.map(\.amount).total()
    return try LineDecision(
      number: number(1...99), code: text(), charge: try paid + adjusted, allowed: paid, paid: paid,
      adjustments: adjustments, isDenied: isDenied, network: one(of: NetworkStatus.allCases),
      use: maybe { $0.benefitUse() },
      credit: maybe { CostShareCredit(deductible: $0.money(), outOfPocket: $0.money()) })
  }

  private mutating func adjustment() -> Adjustment {
    let explanation = RuleExplanation(
      one(of: RuleID.allCases), list { RuleInput($0.text(), $0.text()) })
    return Adjustment(
      one(of: AdjustmentGroup.allCases), text(), remark: maybe { $0.text() }, amount: charge(), by: explanation)
  }

  private mutating func benefitUse() -> BenefitUse {
    var use = BenefitUse(benefit: text(), visits: maybe { $0.number(0...1) }, paid: maybe { $0.money() })
    use.copay = maybe { BenefitUse.Copay($0.bucket(), $0.money()) }
    return use
  }

  private mutating func bucket() -> AccumulatorScope.Bucket {
    one(of: [
      .deductible, .outOfPocket, .outOfNetworkDeductible, .outOfNetworkOutOfPocket, .visits(benefit: "visit"),
      .paid(benefit: "drugs"), .copay(benefit: "visit", visit: "2026-03-02 1234567893"),
    ])
  }
}
