package import BankProtocol
package import ClaimStore
package import ClaimsDomain
package import DurableExecution

/// The key for closing a claim, with or without money:
/// `idemp:pay:{claim_intake_id}:{total_allowed}:{member_responsibility}`.
///
/// A payment that the bank has made and that was returned cannot be made again under its key, because the bank would
/// answer with the first receipt. If the amount is due again, it is another payment, whose key names the returned one:
/// `…:{tracking_id}`.
package struct PaymentKey: EffectKey {
  package typealias Response = PaymentResponse
  package static let effect = "pay"
  package static let retention = Retention.financial

  package let claimID: ClaimIntakeID
  package let totalAllowed: Money
  package let memberResponsibility: Money
  /// The payment that was returned; nil for the first payment.
  package let anewAfter: TrackingID?

  package init(
    claimID: ClaimIntakeID, totalAllowed: Money, memberResponsibility: Money, anewAfter: TrackingID? = nil
  ) {
    self.anewAfter = anewAfter
    self.claimID = claimID
    self.totalAllowed = totalAllowed
    self.memberResponsibility = memberResponsibility
  }

  package var segments: [String] {
    [claimID.text, totalAllowed.description, memberResponsibility.description]
      + [anewAfter?.text].compactMap(\.self)
  }

  /// The key of the payment to make after the one under this key was returned.
  package var next: PaymentKey {
    PaymentKey(
      claimID: claimID, totalAllowed: totalAllowed, memberResponsibility: memberResponsibility,
      anewAfter: TrackingID(of: text))
  }
}

extension PaymentKey {
  /// The claim that a payment's key is of; nil for the key of another effect.
  package static func claim(of key: KeyText) -> ClaimIntakeID? {
    guard key.effect == effect else { return nil }
    return key.text.split(separator: ":").dropFirst(2).first.map { ClaimIntakeID(String($0)) }
  }
}

/// The response for a closed claim: its EOB is posted, and the amount due is paid.
package struct PaymentResponse: Hashable, Sendable, Codable {
  /// `paid`, even if the member owes the full amount, or `denied`.
  package var status: ClaimStatus
  package var paymentID: PaymentID
  package var eobID: EOBID
  package var amount: Money
  /// The part of the amount paid and withheld that is interest for late payment; nil for none.
  package var interest: Money?
  /// The amount withheld because the payee owed it; nil for none.
  package var withheld: Money?
  package var payee: Payee
  /// The bank's receipt; nil when nothing was due.
  package var receipt: BankReceipt?

  init(status: ClaimStatus, of payment: PaymentRow, receipt: BankReceipt?) {
    self.status = status
    paymentID = payment.id
    eobID = payment.eobID
    amount = payment.amount
    interest = payment.interest == .zero ? nil : payment.interest
    withheld = payment.withheld == .zero ? nil : payment.withheld
    payee = payment.payee
    self.receipt = receipt
  }

  /// The facts of the event that records the response.
  var facts: [String: String] {
    var facts = ["status": status.rawValue, "payment_id": paymentID.text, "amount": amount.description]
    if let interest { facts["interest"] = interest.description }
    if let withheld { facts["withheld"] = withheld.description }
    return facts
  }

  enum CodingKeys: String, CodingKey {
    case status, amount, interest, withheld, payee, receipt
    case paymentID = "payment_id"
    case eobID = "eob_id"
  }
}

extension PaymentResponse: CanonicalObject {
  package func writeMembers(to object: inout CanonicalWriter) throws {
    try object.member("amount", amount)
    try object.member("eob_id", eobID)
    try object.member("interest", interest)
    try object.member("payee", payee)
    try object.member("payment_id", paymentID)
    try object.member("receipt", receipt)
    try object.member("status", status)
    try object.member("withheld", withheld)
  }
}
