package import ClaimStore
package import ClaimsDomain
package import DurableExecution

/// Checks a claim without regard to other claims, and stores it.
package struct IntakeActivity<Transaction: IntakeRecords>: LocalActivity {
  package typealias Key = IntakeKey
  package var agent = AgentVersion("IntakeAgent", "1.0.0")
  package let eventType = "claim-received"
  /// The requirements for senders of claims. A later change does not affect a claim that was accepted: its key holds
  /// the response.
  var partners = PartnerProfiles()

  package struct Request: Encodable, Sendable {
    package let claim: SubmittedClaim
    package let ruleset: RulesetID
    package let receivedOn: CalendarDate

    /// Encodes the claim alone: the day of receipt and the ruleset are not part of what was sent.
    package func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(claim.payer.id, forKey: .payerID)
      try container.encode(claim.claimNumber, forKey: .claimNumber)
      try container.encode(claim.digest, forKey: .digest)
      try container.encode(claim.charge, forKey: .charge)
    }

    enum CodingKeys: String, CodingKey {
      case digest, charge
      case payerID = "payer_id"
      case claimNumber = "claim_number"
    }
  }

  package func key(for request: Request) -> IntakeKey { IntakeKey(of: request.claim) }

  package func stream(for request: Request, key: KeyText) -> String { IntakeKey(of: request.claim).claimID.text }

  package func facts(of response: IntakeResponse) -> [String: String] { ["status": ClaimStatus.received.rawValue] }

  package func perform(
    _ calls: [OwnedCall<Request>], in transaction: Transaction
  ) throws -> Answers<KeyText, Result<IntakeResponse, ActivityFailure>> {
    var rows: [StoredClaim] = []
    let answers: Answers<KeyText, Result<IntakeResponse, ActivityFailure>> = try calls.answers { call in
      let request = call.request
      let id = key(for: request).claimID
      let validation = ClaimValidation(received: request.receivedOn, partners: partners)
      if let fault = validation.firstFault(in: request.claim) {
        return .failure(.intakeRejected(fault, of: request.claim.kind))
      }
      let body = try CanonicalJSON.bytes(of: request.claim)
      rows.append(
        StoredClaim(row: Self.row(id, request, key: call.effectKey), care: ClaimCare(of: request.claim), body: body))
      return .success(
        IntakeResponse(claimIntakeID: id, receivedOn: request.receivedOn, ruleset: request.ruleset))
    }
    if !rows.isEmpty { try transaction.insert(rows) }
    return answers
  }

  private static func row(_ id: ClaimIntakeID, _ request: Request, key: KeyText) -> ClaimRow {
    ClaimRow(
      id: id, claimNumber: request.claim.claimNumber, payerID: request.claim.payer.id,
      memberID: request.claim.memberID, receivedOn: request.receivedOn,
      revises: request.claim.priorClaims.first, ruleset: request.ruleset, charge: request.claim.charge,
      status: .received,
      keys: ClaimKeys(intake: key))
  }
}

extension IntakeActivity.Request: CanonicalObject {
  package func writeMembers(to object: inout CanonicalWriter) throws {
    try object.member("charge", claim.charge)
    try object.member("claim_number", claim.claimNumber)
    try object.member("digest", claim.digest)
    try object.member("payer_id", claim.payer.id)
  }
}

extension ClaimCare {
  fileprivate init(of claim: SubmittedClaim) {
    self.init(provider: ProviderReference(claim.billingProvider.reference), days: claim.careDays)
  }
}
