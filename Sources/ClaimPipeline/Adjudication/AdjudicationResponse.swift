package import ClaimsDomain

/// What was decided, with every rule that had a say.
package struct AdjudicationResponse: Hashable, Sendable, Codable {
  package var adjudicationID: AdjudicationID
  /// The plan the member was in on the day of service; nil when none covered them.
  package var planID: PlanID?
  package var verdict: Verdict

  package enum Verdict: Hashable, Sendable {
    case decided(Decision)
    /// Nothing was decided: a person has to look first.
    case suspended(Suspense)
  }

  package init(adjudicationID: AdjudicationID, planID: PlanID?, verdict: Verdict) {
    self.adjudicationID = adjudicationID
    self.planID = planID
    self.verdict = verdict
  }

  enum CodingKeys: String, CodingKey {
    case decision
    case suspended = "suspended_for"
    case otherClaim = "suspended_beside"
    case adjudicationID = "adjudication_id"
    case planID = "plan_id"
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    adjudicationID = try container.decode(AdjudicationID.self, forKey: .adjudicationID)
    planID = try container.decodeIfPresent(PlanID.self, forKey: .planID)
    if let reason = try container.decodeIfPresent(SuspenseReason.self, forKey: .suspended) {
      let other = try container.decodeIfPresent(ClaimIntakeID.self, forKey: .otherClaim)
      verdict = .suspended(Suspense(reason, beside: other))
    } else {
      verdict = .decided(try container.decode(Decision.self, forKey: .decision))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(adjudicationID, forKey: .adjudicationID)
    try container.encodeIfPresent(planID, forKey: .planID)
    switch verdict {
    case .decided(let decision): try container.encode(decision, forKey: .decision)
    case .suspended(let suspense):
      try container.encode(suspense.reason, forKey: .suspended)
      try container.encodeIfPresent(suspense.otherClaim, forKey: .otherClaim)
    }
  }
}
