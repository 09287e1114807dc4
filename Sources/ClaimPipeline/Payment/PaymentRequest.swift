package import ClaimStore
package import BankProtocol
package import ClaimsDomain
package import DurableExecution

/// What is to be paid, to whom, for which decision.
package struct PaymentRequest: Encodable, Sendable {
  package let claim: ClaimRow
  package let payee: Payee
  package let decision: DecidedAmounts
  /// `paid` or `denied`: what the claim is once it is closed.
  package let outcome: ClaimStatus
  /// What is owed for paying late.
  package let promptPay: PromptPay?
  /// The claims whose place it takes.
  package let priorClaims: [ClaimIntakeID]
  /// The first claim of the chain (`ClaimChain`).
  package private(set) var origin: ClaimIntakeID
  /// The payment for the nearest predecessor that the bank has paid; nil where it has paid none.
  package private(set) var corrects: TrackingID?
  /// What the bank is to move: what was decided and the interest on it, without what is withheld.
  package private(set) var amount: Money
  /// Interest, for which days, and what is withheld of both for what the payee owes. None of it is part of what is asked:
  /// the same payment may find another day and another balance.
  package private(set) var interest = Money.zero
  package private(set) var late: DateRange?
  package private(set) var withheld = Money.zero

  package init(
    claim: ClaimRow, payee: Payee, decision: DecidedAmounts, outcome: ClaimStatus, promptPay: PromptPay? = nil,
    priorClaims: [ClaimIntakeID] = []
  ) {
    self.claim = claim
    self.payee = payee
    self.decision = decision
    self.outcome = outcome
    self.promptPay = promptPay
    self.priorClaims = priorClaims
    origin = claim.id
    key = PaymentKey(
      claimID: claim.id, totalAllowed: decision.allowed, memberResponsibility: decision.memberResponsibility)
    amount = decision.planPaid
  }

  /// The same as a correction of what was paid before.
  func correcting(_ payment: TrackingID?, of origin: ClaimIntakeID) -> PaymentRequest {
    var request = self
    request.origin = origin
    request.corrects = payment
    return request
  }

  /// The same with interest, and with a part of the whole withheld.
  ///
  /// - Throws: `MoneyError.overflow`.
  func settled(interest: Money, for late: DateRange?, withholding part: Money) throws(MoneyError) -> PaymentRequest {
    var request = self
    request.interest = interest
    request.late = late
    request.withheld = part
    request.amount = try decision.planPaid + interest - part
    return request
  }

  package private(set) var key: PaymentKey

  /// The same after the payment under its key came back.
  var anew: PaymentRequest {
    var request = self
    request.key = key.next
    return request
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

  package static func paymentID(under key: KeyText) -> PaymentID { PaymentID("PAY-\(key.digest.prefix(20))") }

  package static func eobID(under key: KeyText) -> EOBID { EOBID("EOB-\(key.digest.prefix(20))") }

  /// The row of the payment this request makes under a key.
  func payment(under key: KeyText, trackingID: TrackingID?, state: PaymentRow.State) -> PaymentRow {
    PaymentRow(
      id: Self.paymentID(under: key), claimID: claim.id, eobID: Self.eobID(under: key), effectKey: key,
      trackingID: trackingID, payee: payee, amount: amount, interest: interest, late: late,
      withheld: withheld, state: state)
  }

  /// The claim's row once it is closed.
  func closed(as status: ClaimStatus, under key: KeyText) -> ClaimRow {
    claim.advanced { row in
      row.status = status
      row.keys.payment = key
    }
  }
}
