package import ClaimStore
package import ClaimsDomain
package import DurableExecution

/// Takes a snapshot of a member's coverage.
package struct EligibilityActivity<Transaction: EligibilityRecords>: LocalActivity {
  package typealias Key = EligibilityKey
  package var agent = AgentVersion("EligibilityAgent", "1.0.0")
  package let eventType = "eligibility-checked"

  package struct Request: Encodable, Sendable {
    package let key: EligibilityKey
    /// The directory's current content; not part of the request's identity.
    package let spans: [Coverage]

    package func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(key.memberID, forKey: .memberID)
      try container.encode(key.planID, forKey: .planID)
      try container.encode(key.dateOfService, forKey: .dateOfService)
    }

    enum CodingKeys: String, CodingKey {
      case memberID = "member_id"
      case planID = "plan_id"
      case dateOfService = "date_of_service"
    }
  }

  package func key(for request: Request) -> EligibilityKey { request.key }

  package func stream(for request: Request, key: KeyText) -> String { "eligibility-\(key.digest.prefix(20))" }

  package func facts(of response: EligibilityResponse) -> [String: String] {
    ["standing": response.standing.rawValue]
  }

  package func perform(
    _ calls: [OwnedCall<Request>], in transaction: Transaction
  ) -> Answers<KeyText, Result<EligibilityResponse, ActivityFailure>> {
    calls.answers { call in
      let standing = CoverageStanding(on: call.request.key.dateOfService, among: call.request.spans)
      return .success(EligibilityResponse(standing: .init(standing), spans: call.request.spans))
    }
  }
}

extension EligibilityActivity.Request: CanonicalObject {
  package func writeMembers(to object: inout CanonicalWriter) throws {
    try object.member("date_of_service", key.dateOfService)
    try object.member("member_id", key.memberID)
    try object.member("plan_id", key.planID)
  }
}
