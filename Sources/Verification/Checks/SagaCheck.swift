import ClaimStore
import DurableExecution

/// The saga of a payment that the bank was asked for stands where the payment stands.
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
    // One that was refused first has kept the saga of that.
    case .nothingDue: [nil, .compensated]
    case .reversed: payment.trackingID == nil ? [nil, .compensated] : [.completed]
    case .intended: [.running]
    case .paid:
      switch dossier.keys[payment.effectKey]?.status {
      case .completed: [.completed]
      // The books refused what the bank had paid: it is to be taken back.
      case .failed, .pending: [.compensating]
      case nil: [.completed, .compensating]
      }
    case .refused, .voided: [.compensated]
    }
  }
}
