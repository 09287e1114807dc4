package import ClaimsDomain
package import DurableExecution

/// The key of one decision: `idemp:adj:{claim_intake_id}:{ruleset_version}`.
package struct AdjudicationKey: EffectKey {
  package typealias Response = AdjudicationResponse
  package static let effect = "adj"
  package static let retention = Retention.financial

  package let claimID: ClaimIntakeID
  package let ruleset: RulesetID

  package init(claimID: ClaimIntakeID, ruleset: RulesetID) {
    self.claimID = claimID
    self.ruleset = ruleset
  }

  package var segments: [String] { [claimID.text, ruleset.text] }
}

/// The outcome of an adjudication, with every rule that contributed to it.
package struct AdjudicationResponse: Hashable, Sendable, Codable {
  package var adjudicationID: AdjudicationID
  /// The member's plan on the date of service; nil when no plan covered the member.
  package var planID: PlanID?
  package var verdict: Verdict
  /// What the plan owes for paying late; nil when it owes nothing.
  package var promptPay: PromptPay?

  package enum Verdict: Hashable, Sendable {
    case decided(Decision)
    /// No decision was made: a person has to review the claim first.
    case suspended(Suspense)
  }

  package init(adjudicationID: AdjudicationID, planID: PlanID?, verdict: Verdict, promptPay: PromptPay? = nil) {
    self.adjudicationID = adjudicationID
    self.planID = planID
    self.verdict = verdict
    self.promptPay = promptPay
  }

  enum CodingKeys: String, CodingKey {
    case decision
    case suspended = "suspended_for"
    case suspendedLines = "suspended_lines"
    case otherClaims = "suspended_beside"
    case resemblances = "suspended_resembling"
    case adjudicationID = "adjudication_id"
    case planID = "plan_id"
    case promptPay = "prompt_pay"
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    adjudicationID = try container.decode(AdjudicationID.self, forKey: .adjudicationID)
    planID = try container.decodeIfPresent(PlanID.self, forKey: .planID)
    promptPay = try container.decodeIfPresent(PromptPay.self, forKey: .promptPay)
    if let reason = try container.decodeIfPresent(SuspenseReason.self, forKey: .suspended) {
      let others = try container.decodeIfPresent([ClaimIntakeID].self, forKey: .otherClaims) ?? []
      let lines = try container.decodeIfPresent([Int].self, forKey: .suspendedLines) ?? []
      let resemblances = try container.decodeIfPresent([Resemblance].self, forKey: .resemblances) ?? []
      verdict = .suspended(Suspense(reason, lines: lines, beside: others, resemblances: resemblances))
    } else {
      verdict = .decided(try container.decode(Decision.self, forKey: .decision))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(adjudicationID, forKey: .adjudicationID)
    try container.encodeIfPresent(planID, forKey: .planID)
    try container.encodeIfPresent(promptPay, forKey: .promptPay)
    switch verdict {
    case .decided(let decision): try container.encode(decision, forKey: .decision)
    case .suspended(let suspense):
      try container.encode(suspense.reason, forKey: .suspended)
      if !suspense.lines.isEmpty { try container.encode(suspense.lines, forKey: .suspendedLines) }
      if !suspense.otherClaims.isEmpty { try container.encode(suspense.otherClaims, forKey: .otherClaims) }
      if !suspense.resemblances.isEmpty { try container.encode(suspense.resemblances, forKey: .resemblances) }
    }
  }
}

extension AdjudicationResponse: CanonicalObject {
  package func writeMembers(to object: inout CanonicalWriter) throws {
    try object.member("adjudication_id", adjudicationID)
    if case .decided(let decision) = verdict { try object.member("decision", decision) }
    try object.member("plan_id", planID)
    try object.member("prompt_pay", promptPay)
    if case .suspended(let suspense) = verdict {
      if !suspense.otherClaims.isEmpty { try object.member("suspended_beside", suspense.otherClaims) }
      try object.member("suspended_for", suspense.reason)
      if !suspense.lines.isEmpty { try object.member("suspended_lines", suspense.lines) }
      if !suspense.resemblances.isEmpty { try object.member("suspended_resembling", suspense.resemblances) }
    }
  }
}
