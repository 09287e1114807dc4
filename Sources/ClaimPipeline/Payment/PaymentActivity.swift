package import BankProtocol
package import ClaimStore
package import ClaimsDomain
package import DurableExecution

/// Pays a provider through the bank and posts the payment to the ledger.
package struct PaymentActivity<Transaction: PayingRecords>: RemoteActivity {
  package typealias Key = PaymentKey
  package typealias Request = PaymentRequest
  package var agent = Self.agentVersion
  package let eventType = "claim-paid"
  let bank: any PaymentBank
  /// The bank to record with the first intent; nil if it is already on record.
  var link: BankLink?

  package static var agentVersion: AgentVersion { AgentVersion("PaymentAgent", "1.0.0") }

  package func key(for request: PaymentRequest) -> PaymentKey { request.key }

  package func stream(for request: PaymentRequest, key: KeyText) -> String { request.claim.id.text }

  package func facts(of response: PaymentResponse) -> [String: String] { response.facts }

  // MARK: Before the bank

  package func intend(_ calls: [OwnedCall<PaymentRequest>], in transaction: Transaction) throws {
    if let link { try transaction.link(to: link) }
    let payments = calls.map {
      $0.request.payment(under: $0.effectKey, trackingID: $0.record.trackingID, state: .intended)
    }
    let known = try calls.allSatisfy { $0.record.epoch == .first } ? [:] : transaction.payments(payments.map(\.id))
    let fresh = payments.filter { known[$0.id] == nil }
    try transaction.recover(fresh.map(PayeeBalance.init(recoveredBy:)).summed())
    try transaction.insert(fresh)
    try transaction.save(
      fresh.map { SagaChange(PaymentSaga.definition.begun(id: PaymentSaga.id(of: $0.effectKey)), over: nil) })
    // A payment that the bank refused and a person released is intended again.
    let released = payments.filter { known[$0.id]?.state == .refused }
    try transaction.update(released)
    let sagas = try transaction.sagas(released.map { PaymentSaga.id(of: $0.effectKey) })
    try transaction.save(sagas.values.map { SagaChange(PaymentSaga.definition.restarted($0), over: $0) })
  }

  // MARK: The bank

  package func prepare(_ calls: [RemoteCall<PaymentRequest>]) async -> Answers<KeyText, RemoteReply<TrackingID>> {
    let replies = await bank.prepare(calls.map(order))
    return calls.replies { call in
      switch replies[call.trackingID] {
      case .done(let prepared)?: .done(prepared.trackingID)
      case .refused(let failure)?: .refused(failure)
      case .unclear(let failure)?: .unclear(failure)
      case .fenced?: .fenced
      case nil: nil
      }
    }
  }

  package func commit(_ calls: [RemoteCall<PaymentRequest>]) async -> Answers<KeyText, RemoteReply<BankReceipt>> {
    let replies = await bank.commit(calls.map(order))
    return calls.replies { replies[$0.trackingID] }
  }

  package func standing(
    of calls: [RemoteCall<PaymentRequest>]
  ) async -> Answers<KeyText, RemoteStanding<BankReceipt>> {
    let standings = await bank.standing(of: calls.map(order))
    return calls.replies { standings[$0.trackingID] }
  }

  private func order(_ call: RemoteCall<PaymentRequest>) -> PaymentOrder {
    PaymentOrder(
      idempotencyKey: call.idempotencyKey.text, trackingID: call.trackingID, epoch: call.epoch,
      payer: call.request.claim.payerID, payee: call.request.payee, amount: call.request.amount,
      reference: call.request.claim.id.text, origin: call.request.origin.text, corrects: call.request.corrects)
  }

  // MARK: After the bank

  package func complete(
    _ done: [(call: OwnedCall<PaymentRequest>, receipt: BankReceipt)], in transaction: Transaction
  ) throws -> Answers<KeyText, Result<PaymentResponse, ActivityFailure>> {
    let undone = try undone(done.map(\.call), in: transaction)
    let made = done.filter { !undone.contains($0.call.effectKey) }
    let closedThrough = try transaction.cashBookClosedThrough()
    let today = try transaction.now.day
    let refusal = closedThrough.flatMap {
      today <= $0 ? ActivityFailure.postingRefused(closedThrough: $0) : nil
    }
    let payments = made.map { paid($0) }
    try transaction.update(payments)
    try transaction.update(
      made.map { $0.call.request.closed(as: refusal == nil ? .paid : .suspended, under: $0.call.effectKey) })
    if refusal == nil { try transaction.post(payments.flatMap { PaymentPostings($0).all }) }
    try moveSagas(of: made.map(\.call), in: transaction) { saga in
      let posted = PaymentSaga.definition.advanced(saga)
      return refusal == nil ? PaymentSaga.definition.advanced(posted) : PaymentSaga.definition.refused(posted)
    }
    return Answers(done, id: \.call.effectKey) { done in
      if undone.contains(done.call.effectKey) { return .failure(.paymentUndone) }
      if let refusal { return .failure(refusal) }
      return .success(PaymentResponse(status: .paid, of: paid(done), receipt: done.receipt.unsigned))
    }
  }

  /// The row of a payment that the bank has made.
  private func paid(_ done: (call: OwnedCall<PaymentRequest>, receipt: BankReceipt)) -> PaymentRow {
    var payment = done.call.request.payment(
      under: done.call.effectKey, trackingID: done.receipt.trackingID, state: .paid)
    payment.transferID = done.receipt.transferID
    payment.receipt = done.receipt.signed
    return payment
  }

  /// Payments that the books refused before. The bank reports such a payment as made, which is correct, but it is being
  /// voided: releasing its key does not make it valid.
  private func undone(_ calls: [OwnedCall<PaymentRequest>], in transaction: Transaction) throws -> Set<KeyText> {
    let again = calls.filter { $0.record.epoch > .first }.map(\.effectKey)
    let sagas = try transaction.sagas(again.map(PaymentSaga.id))
    return Set(again.filter { sagas[PaymentSaga.id(of: $0)].map { $0.state != .running } ?? false })
  }

  package func refused(
    _ calls: [(call: OwnedCall<PaymentRequest>, failure: ActivityFailure)], in transaction: Transaction
  ) throws {
    try transaction.update(
      calls.map {
        $0.call.request.payment(under: $0.call.effectKey, trackingID: $0.call.record.trackingID, state: .refused)
      })
    try transaction.update(calls.map { $0.call.request.closed(as: .suspended, under: $0.call.effectKey) })
    try moveSagas(of: calls.map(\.call), in: transaction, by: PaymentSaga.definition.refused)
  }

  private func moveSagas(
    of calls: [OwnedCall<PaymentRequest>], in transaction: Transaction, by move: (SagaRecord) -> SagaRecord
  ) throws {
    // Under its first epoch, a payment's saga is as it was begun. The versions in the store prove it.
    let (begun, again) = (calls.filter { $0.record.epoch == .first }, calls.filter { $0.record.epoch > .first })
    let stored = try again.isEmpty ? [:] : transaction.sagas(again.map { PaymentSaga.id(of: $0.effectKey) })
    let sagas = begun.map { PaymentSaga.definition.begun(id: PaymentSaga.id(of: $0.effectKey)) } + stored.values
    try transaction.save(sagas.map { SagaChange(move($0), over: $0) })
  }
}

/// A request for a payment: the amount, the payee, and the decision it is for.
package struct PaymentRequest: Encodable, Sendable {
  package let claim: ClaimRow
  package let payee: Payee
  package let decision: DecidedAmounts
  /// `paid` or `denied`: the claim's status once it is closed.
  package let outcome: ClaimStatus
  /// The terms of interest for late payment.
  package let promptPay: PromptPay?
  /// The claims that this claim replaces.
  package let priorClaims: [ClaimIntakeID]
  /// The first claim of the chain (`ClaimChain`).
  package private(set) var origin: ClaimIntakeID
  /// The payment for the nearest predecessor that the bank has paid; nil where it has paid none.
  package private(set) var corrects: TrackingID?
  /// The amount for the bank to transfer: the decided amount plus interest, less what is withheld.
  package private(set) var amount: Money
  /// The interest, the days it is for, and the amount withheld from the payment and its interest for what the payee
  /// owes. These are not part of the request's identity: the same payment may be made on another day and with another
  /// balance.
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

  /// A copy of this request that corrects an earlier payment.
  func correcting(_ payment: TrackingID?, of origin: ClaimIntakeID) -> PaymentRequest {
    var request = self
    request.origin = origin
    request.corrects = payment
    return request
  }

  /// A copy of this request with interest, and with a part of the total withheld.
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

  /// A copy of this request with a new key, for use after the payment under the current key was returned.
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

  /// The row of the payment that this request makes under a key.
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

extension PaymentRequest: CanonicalObject {
  package func writeMembers(to object: inout CanonicalWriter) throws {
    try object.member("allowed", decision.allowed)
    try object.member("amount", decision.planPaid)
    try object.member("claim_intake_id", claim.id)
    try object.member("member_responsibility", decision.memberResponsibility)
    try object.member("payee", payee)
  }
}
