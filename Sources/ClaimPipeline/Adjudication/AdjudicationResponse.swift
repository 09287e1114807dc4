package import ClaimsDomain

/// What was decided, with every rule that had a say.
package struct AdjudicationResponse: Hashable, Sendable, Codable {
  package var adjudicationID: AdjudicationID
  /// The plan the member was in on the day of service; nil when none covered them.
  package var planID: PlanID?
  package var verdict: Verdict
  /// What the plan owes for paying late; nil where it owes nothing for it.
  package var promptPay: PromptPay?
  /// Claims that a person has to look at beside this one: those it may be the same care as.
  package var otherClaims: [ClaimIntakeID]

  package enum Verdict: Hashable, Sendable {
    case decided(Decision)
    /// Nothing was decided: a person has to look first.
    case suspended(SuspenseReason)
  }

  package init(
    adjudicationID: AdjudicationID, planID: PlanID?, verdict: Verdict, promptPay: PromptPay? = nil,
    otherClaims: [ClaimIntakeID] = []
  ) {
    self.adjudicationID = adjudicationID
    self.planID = planID
    self.verdict = verdict
    self.promptPay = promptPay
    self.otherClaims = otherClaims
  }

  enum CodingKeys: String, CodingKey {
    case decision
    case suspended = "suspended_for"
    case adjudicationID = "adjudication_id"
    case planID = "plan_id"
    case promptPay = "prompt_pay"
    case otherClaims = "other_claims"
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    adjudicationID = try container.decode(AdjudicationID.self, forKey: .adjudicationID)
    planID = try container.decodeIfPresent(PlanID.self, forKey: .planID)
    promptPay = try container.decodeIfPresent(PromptPay.self, forKey: .promptPay)
    otherClaims = try container.decodeIfPresent([ClaimIntakeID].self, forKey: .otherClaims) ?? []
    if let reason = try container.decodeIfPresent(SuspenseReason.self, forKey: .suspended) {
      verdict = .suspended(reason)
    } else {
      verdict = .decided(try container.decode(Decision.self, forKey: .decision))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(adjudicationID, forKey: .adjudicationID)
    try container.encodeIfPresent(planID, forKey: .planID)
    try container.encodeIfPresent(promptPay, forKey: .promptPay)
    if !otherClaims.isEmpty { try container.encode(otherClaims, forKey: .otherClaims) }
    switch verdict {
    case .decided(let decision): try container.encode(decision, forKey: .decision)
    case .suspended(let reason): try container.encode(reason, forKey: .suspended)
    }
  }
}
