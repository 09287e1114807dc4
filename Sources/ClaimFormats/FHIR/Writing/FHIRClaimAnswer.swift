package import ClaimsDomain

/// What is known about one claim, from which its ClaimResponse and its ExplanationOfBenefit are made. Nothing is looked up.
package struct FHIRClaimAnswer: Sendable {
  package var claim: SubmittedClaim
  /// The outcome, with our numbers.
  package var report: ClaimReport
  /// Nil for a claim that is not decided.
  package var decision: Decision?
  /// The plan that the claim was decided under; nil when no plan lists the member.
  package var planID: PlanID?
  package var receivedOn: CalendarDate
  /// When the outcome was recorded, as an instant in UTC; nil when it is not yet.
  package var recordedAt: String?
  /// The reference on the provider's bank statement; nil when no payment was sent.
  package var paymentReference: String?
  /// Our number of the claim that this one replaces.
  package var replaces: ClaimIntakeID?

  package init(
    claim: SubmittedClaim, report: ClaimReport, decision: Decision?, planID: PlanID? = nil, receivedOn: CalendarDate,
    recordedAt: String? = nil,
    paymentReference: String? = nil, replaces: ClaimIntakeID? = nil
  ) {
    self.claim = claim
    self.report = report
    self.decision = decision
    self.planID = planID
    self.receivedOn = receivedOn
    self.recordedAt = recordedAt
    self.paymentReference = paymentReference
    self.replaces = replaces
  }
}

// MARK: What both answers say

extension FHIRClaimAnswer {
  /// - Parameter insurer: the payer's own name; nil for the one that the claim gives.
  func writeContained(insurer: String? = nil, to json: inout OrderedJSON) {
    FHIRParties(
      subscriber: claim.subscriber, patient: claim.patient,
      payer: Payer(id: claim.payer.id, name: insurer ?? claim.payer.name), provider: claim.billingProvider,
      rendering: claim.renderingProvider
    ).writeContained(to: &json)
  }

  var isReplaced: Bool { report.status == .replaced }

  func writeType(to json: inout OrderedJSON) {
    json.concept("type", FHIRSystem.claimType.uri, claim.kind.rawValue)
    if claim.kind == .institutional {
      json.concept("subType", FHIRWritten.subType, claim.isInpatient ? "inpatient" : "outpatient")
    }
    json.part("use", "claim")
  }

  func writeInsurance(to json: inout OrderedJSON, isNumbered: Bool) {
    json.list("insurance", [()]) { json, _ in
      if isNumbered { json.number("sequence", 1) }
      json.key("focal")
      json.bool(true)
      json.reference("coverage", to: "coverage")
    }
  }

  func writeTotals(_ amounts: [FHIRAmount], to json: inout OrderedJSON) {
    json.list("total", amounts) { json, part in
      json.concept("category", [part.category])
      json.money("amount", part.amount)
    }
  }
}
