import BankProtocol
import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution

/// Checks that each payment has the amount and payee that the decision made due, under the key derived from both.
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
    // A payment that corrects another keeps the late days of the original.
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

  /// Compares a payment's row with the answer recorded when the payment was done.
  private func answerFaults(of payment: PaymentRow, in dossier: ClaimDossier) -> [String] {
    guard let reading = dossier.readings[payment.effectKey] else { return [] }
    switch (reading, payment.state) {
    case (.payment(let response), .paid), (.payment(let response), .nothingDue), (.payment(let response), .reversed):
      // The sum of both amounts has already been compared with the decision.
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
  /// Returns whether a key is this one, or that of a payment made again after earlier ones came back.
  fileprivate func isFollowed(by key: KeyText) -> Bool {
    var own = self
    for _ in 0..<100 {
      if own.text == key { return true }
      own = own.next
    }
    return false
  }
}

/// Checks that the saga of each payment ordered from the bank is in the state that matches the payment.
struct SagaCheck: DossierCheck {
  func findings(in dossier: ClaimDossier) -> [Finding] {
    dossier.payments.compactMap { payment in
      let state = dossier.sagas[payment.effectKey]?.state
      guard !expected(payment, in: dossier).contains(state) else { return nil }
      let word = state?.rawValue ?? "gone"
      return Finding(
        .sagaFollowsPayment, "payment \(payment.id)", "it is \(payment.state.rawValue), and its saga is \(word)")
    }
  }

  private func expected(_ payment: PaymentRow, in dossier: ClaimDossier) -> [SagaRecord.State?] {
    switch payment.state {
    // A payment that was refused first keeps the saga of the refused attempt.
    case .nothingDue: [nil, .compensated]
    case .reversed: payment.trackingID == nil ? [nil, .compensated] : [.completed]
    case .intended: [.running]
    case .paid:
      switch dossier.keys[payment.effectKey]?.status {
      case .completed: [.completed]
      // The books refused what the bank had paid, so the payment has to be taken back.
      case .failed, .pending: [.compensating]
      case nil: [.completed, .compensating]
      }
    case .refused, .voided: [.compensated]
    }
  }
}

/// Checks that a claim has at most one standing payment, and a status that agrees with it.
struct StandingCheck: DossierCheck {
  func findings(in dossier: ClaimDossier) -> [Finding] {
    let standing = dossier.payments.filter(\.state.isStanding)
    guard standing.count <= 1 else {
      return [Finding(.oneStandingPayment, dossier.subject, "\(standing.count) payments of it stand: it is paid twice")]
    }
    guard let status = dossier.agreedStatus, !agrees(status, standing.first?.state, dossier) else { return [] }
    let state = standing.first.map { "its payment is \($0.state.rawValue)" } ?? "no payment of it stands"
    return [Finding(.paymentFollowsDecision, dossier.subject, "it is \(status.rawValue), and \(state)")]
  }

  private func agrees(_ status: ClaimStatus, _ state: PaymentRow.State?, _ dossier: ClaimDossier) -> Bool {
    switch status {
    case .received, .replaced: state == nil
    case .adjudicated: state == nil || state == .intended
    case .paid: state == .paid || state == .nothingDue
    case .denied: state == .nothingDue
    // The claim was suspended undecided, was refused, or was paid by the bank and refused by the books.
    case .suspended: state == nil || dossier.row.keys.payment != nil && state != .nothingDue
    }
  }
}
