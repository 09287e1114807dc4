import ClaimPipeline
import ClaimStore
import BankProtocol
import ClaimsDomain
import DurableExecution

/// Each payment is what the decision made due, to whom it was due, under the key that follows from both.
struct PaymentCheck: DossierCheck {
  func findings(in dossier: ClaimDossier) -> [Finding] {
    dossier.payments.flatMap { payment in
      (faults(of: payment, in: dossier) + answerFaults(of: payment, in: dossier)).map {
        Finding(.paymentFollowsDecision, "payment \(payment.id)", $0)
      }
    }
  }

  private func faults(of payment: PaymentRow, in dossier: ClaimDossier) -> [String] {
    guard dossier.row.keys.adjudication != nil else { return ["its claim was never decided"] }
    guard let adjudication = dossier.adjudication else { return [] }
    guard case .decided(let decision) = adjudication.verdict else { return ["its claim was suspended undecided"] }
    var faults: [String] = []
    let key = PaymentKey(
      claimID: dossier.id, totalAllowed: decision.allowed, memberResponsibility: decision.memberResponsibility)
    if !key.isFollowed(by: payment.effectKey) { faults.append("its key is not that of the decision's amounts") }
    if (try? payment.amount + payment.withheld) != (try? decision.paid + payment.interest) {
      faults.append("its amount, with what is withheld, is not what was decided, with interest")
    }
    if (try? adjudication.promptPay?.interest(on: decision.paid, for: payment.late) ?? .zero) != payment.interest {
      faults.append("its interest is not that of the days it came late")
    }
    // A payment that corrects another has the days of that one.
    if dossier.row.revises == nil, let late = payment.late,
      late != adjudication.promptPay?.lateDays(received: dossier.row.receivedOn, paid: late.last)
    {
      faults.append("the days it came late do not begin when it was due")
    }
    if payment.id != PaymentRequest.paymentID(under: payment.effectKey)
      || payment.eobID != PaymentRequest.eobID(under: payment.effectKey)
    {
      faults.append("its id or its EOB's is not the one of its key")
    }
    if let provider = dossier.submitted?.billingProvider,
      payment.payee != Payee(reference: provider.reference, name: provider.name)
    {
      faults.append("its payee is not the billing provider of the claim")
    }
    return faults
  }

  /// What the row says of the payment against what was answered when it was done.
  private func answerFaults(of payment: PaymentRow, in dossier: ClaimDossier) -> [String] {
    guard let reading = dossier.readings[payment.effectKey] else { return [] }
    switch (reading, payment.state) {
    case (.payment(let response), .paid), (.payment(let response), .nothingDue), (.payment(let response), .reversed):
      // The sum of both amounts was held against the decision.
      let isSame =
        response.paymentID == payment.id && (response.withheld ?? .zero) == payment.withheld
        && (response.interest ?? .zero) == payment.interest
        && response.eobID == payment.eobID
        && response.receipt?.transferID == payment.transferID && response.receipt?.trackingID == payment.trackingID
      return isSame ? [] : ["its row and the answer that was given name different ids or transfers"]
    case (.pending, .intended), (.refused, .refused), (.refused, .voided), (.refused, .paid), (.broken, _),
      (.pending, .refused), (.pending, .voided), (.pending, .paid):
      // A refused payment that a person released is pending again.
      return []
    default:
      return ["it is \(payment.state.rawValue), which is not how its key ended"]
    }
  }
}

extension PaymentKey {
  /// Whether a key is this one, or that of a payment made anew after those under this one came back.
  fileprivate func isFollowed(by key: KeyText) -> Bool {
    var own = self
    for _ in 0..<100 {
      if own.text == key { return true }
      own = own.next
    }
    return false
  }
}
