import ClaimsDomain
import DurableExecution

/// What is to be paid, to whom, for which decision.
package struct PaymentRequest: Encodable, Sendable {
  package let claim: ClaimRow
  package let payee: Payee
  package let decision: DecidedAmounts
  /// `paid` or `denied`: what the claim is once it is closed.
  package let outcome: ClaimStatus

  package var key: PaymentKey {
    PaymentKey(
      claimID: claim.id, totalAllowed: decision.allowed, memberResponsibility: decision.memberResponsibility)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(claim.id, forKey: .claimID)
    try container.encode(payee, forKey: .payee)
    try container.encode(decision.planPaid, forKey: .amount)
    try container.encode(decision.allowed, forKey: .allowed)
    try container.encode(decision.memberResponsibility, forKey: .memberResponsibility)
  }

  enum CodingKeys: String, CodingKey {
    case payee, amount, allowed
    case claimID = "claim_intake_id"
    case memberResponsibility = "member_responsibility"
  }

  static func paymentID(under key: KeyText) -> PaymentID { PaymentID("PAY-\(key.digest.prefix(20))") }

  static func eobID(under key: KeyText) -> EOBID { EOBID("EOB-\(key.digest.prefix(20))") }

  /// The row of the payment this request makes under a key.
  func payment(under key: KeyText, trackingID: TrackingID?, state: PaymentRow.State) -> PaymentRow {
    PaymentRow(
      id: Self.paymentID(under: key), claimID: claim.id, eobID: Self.eobID(under: key), effectKey: key,
      trackingID: trackingID, payee: payee, amount: decision.planPaid, state: state)
  }

  /// The claim's row once it is closed.
  func closed(as status: ClaimStatus, under key: KeyText) -> ClaimRow {
    claim.advanced { row in
      row.status = status
      row.keys.payment = key
    }
  }
}
