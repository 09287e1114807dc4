package import BankProtocol
package import ClaimStore
package import ClaimsDomain
package import DurableExecution

/// The closing of a claim, with or without money: `idemp:pay:{claim_intake_id}:{total_allowed}:{member_responsibility}`.
///
/// A payment that the bank has made and that came back cannot be made again under its key, since the bank would answer
/// with the first receipt. What is due again is another payment. Its key names the one that came back:
/// `…:{tracking_id}`.
package struct PaymentKey: EffectKey {
  package typealias Response = PaymentResponse
  package static let effect = "pay"
  package static let retention = Retention.financial

  package let claimID: ClaimIntakeID
  package let totalAllowed: Money
  package let memberResponsibility: Money
  /// The payment that came back; nil for the first one.
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

  /// The key of the payment that is made when the one under this key came back.
  package var next: PaymentKey {
    PaymentKey(
      claimID: claimID, totalAllowed: totalAllowed, memberResponsibility: memberResponsibility,
      anewAfter: TrackingID(of: text))
  }
}

/// A claim was closed: its EOB is posted, and what was due is paid.
package struct PaymentResponse: Hashable, Sendable, Codable {
  /// `paid`, also where the member owes all of it; `denied`.
  package var status: ClaimStatus
  package var paymentID: PaymentID
  package var eobID: EOBID
  package var amount: Money
  /// What of it, and of what was withheld, is for paying late; nil for nothing.
  package var interest: Money?
  /// What was not paid out, since the payee owed it; nil for nothing.
  package var withheld: Money?
  package var payee: Payee
  /// The bank's word; nil when nothing was due.
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

  enum CodingKeys: String, CodingKey {
    case status, amount, interest, withheld, payee, receipt
    case paymentID = "payment_id"
    case eobID = "eob_id"
  }
}

/// Pay, then post to the ledger. A payment whose posting is refused is voided.
package enum PaymentSaga {
  static let pay = "pay"
  static let post = "post"
  static let void = "void"

  static let definition = Saga("payment", steps: [.init(pay, undoneBy: void), .init(post)])

  /// The id of a payment's saga: the payment's key, so that there is one for each payment whatever the claim goes through.
  package static func id(of key: KeyText) -> String { key.text }
}
