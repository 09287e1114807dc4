import ClaimStore
import ClaimsDomain
import DurableExecution

@testable import ClaimPipeline

extension RandomValues {
  mutating func intakeRequest() -> IntakeActivity<ClaimTransaction>.Request {
    IntakeActivity<ClaimTransaction>.Request(claim: claim(), ruleset: id(), receivedOn: day())
  }

  mutating func eligibilityRequest() -> EligibilityActivity<ClaimTransaction>.Request {
    EligibilityActivity<ClaimTransaction>.Request(
      key: EligibilityKey(memberID: id(), planID: id(), dateOfService: day()), spans: list { $0.coverage() })
  }

  mutating func adjudicationRequest() -> AdjudicationActivity<ClaimTransaction>.Request {
    AdjudicationActivity<ClaimTransaction>.Request(
      claim: claim(), row: row(), eligibilityKey: KeyText(text()), circumstances: nil)
  }

  mutating func paymentRequest() -> PaymentRequest {
    PaymentRequest(
      claim: row(), payee: payee(),
      decision: DecidedAmounts(allowed: money(), memberResponsibility: money(), planPaid: money()), outcome: .paid,
      promptPay: maybe { $0.promptPay() }, priorClaims: list { $0.id() })
  }

  mutating func auditRequest() -> AuditActivity<ClaimTransaction>.Request {
    AuditActivity<ClaimTransaction>.Request(
      claim: row(), adjudicationID: id(), event: text(), evidence: AuditEvidence(responseDigests: list { $0.text() }))
  }

  private mutating func row() -> ClaimRow {
    ClaimRow(
      id: id(), claimNumber: id(), payerID: id(), memberID: id(), receivedOn: day(), ruleset: id(), charge: money(),
      status: one(of: ClaimStatus.allCases), keys: ClaimKeys(intake: KeyText(text())))
  }
}
