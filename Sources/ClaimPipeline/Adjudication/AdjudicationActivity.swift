package import ClaimStore
package import ClaimsDomain
package import DurableExecution

/// Decides claims one after another, so that each claim sees how much of the year's deductible the earlier ones used.
package struct AdjudicationActivity<Transaction: AdjudicationRecords>: LocalActivity {
  package typealias Key = AdjudicationKey
  package var agent = AgentVersion("AdjudicationAgent", "1.0.0")
  package let eventType = "claim-adjudicated"
  let adjudicator: Adjudicator

  package struct Request: Encodable, Sendable {
    package let claim: SubmittedClaim
    package let row: ClaimRow
    package let eligibilityKey: KeyText
    /// Nil for a claim that was decided before: its decision is replayed, never made again.
    package let circumstances: Adjudicator.Circumstances?

    package func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(row.id, forKey: .claimID)
      try container.encode(row.ruleset, forKey: .ruleset)
      try container.encode(claim.digest, forKey: .digest)
    }

    enum CodingKeys: String, CodingKey {
      case ruleset, digest
      case claimID = "claim_intake_id"
    }
  }

  package func key(for request: Request) -> AdjudicationKey {
    AdjudicationKey(claimID: request.row.id, ruleset: request.row.ruleset)
  }

  package func stream(for request: Request, key: KeyText) -> String { request.row.id.text }

  package func facts(of response: AdjudicationResponse) -> [String: String] {
    switch response.verdict {
    case .suspended(let reason):
      [
        "status": ClaimStatus.suspended.rawValue, "adjudication_id": response.adjudicationID.text,
        "reason": reason.code,
      ]
    case .decided(let decision):
      [
        "status": ClaimStatus.adjudicated.rawValue, "adjudication_id": response.adjudicationID.text,
        "allowed": decision.allowed.description, "plan_paid": decision.paid.description,
        "member_responsibility": decision.memberResponsibility.description,
      ]
    }
  }

  package func perform(
    _ calls: [OwnedCall<Request>], in transaction: Transaction
  ) throws -> Answers<KeyText, Result<AdjudicationResponse, ActivityFailure>> {
    var session = try AdjudicationSession(adjudicator, calls, in: transaction)
    let answers: Answers<KeyText, Result<AdjudicationResponse, ActivityFailure>> = try calls.answers { call in
      let id = AdjudicationID("ADJ-\(call.effectKey.digest.prefix(20))")
      return try session.decide(call, as: id)
    }
    try session.write(to: transaction)
    return answers
  }
}

extension AdjudicationActivity.Request: CanonicalObject {
  package func writeMembers(to object: inout CanonicalWriter) throws {
    try object.member("claim_intake_id", row.id)
    try object.member("digest", claim.digest)
    try object.member("ruleset", row.ruleset)
  }
}
