import BankProtocol
import ClaimStore
import ClaimsDomain
import DurableExecution

/// Checks the payments of one claim against what the bank says it has moved for the claim.
struct BankCheck {
  let claimID: ClaimIntakeID
  let payments: [PaymentRow]
  /// The keys of payments that the bank made and the books refused. Their money may be on its way back.
  let undone: Set<KeyText>
  /// The bank's transfers under the claim's reference.
  let transfers: [BankTransfer]
  /// Payments that were found at the bank and whose money came back.
  let returned: Set<TrackingID>

  init(_ dossier: ClaimDossier, transfers: [BankTransfer], returned: Set<TrackingID>) {
    claimID = dossier.id
    payments = dossier.payments
    undone = Set(dossier.payments.map(\.effectKey).filter { dossier.sagas[$0]?.state == .compensating })
    self.transfers = transfers
    self.returned = returned
  }

  /// The number of payments that are only intended here and that the bank has already made. The run that ordered them
  /// died before it received the answer.
  var intentsAtBank: Int {
    payments.filter { payment in
      payment.state == .intended && transfers.contains { $0.trackingID == payment.trackingID }
    }.count
  }

  var findings: [Finding] {
    let standing = transfers.reduce(0) { $0 + ($1.amount.isNegative ? -1 : 1) }
    guard standing <= 1 else {
      return [
        Finding(.bankPaysOnce, "claim \(claimID)", "\(standing) transfers of it stand at the bank: it is paid twice")
      ]
    }
    let known = Set(payments.compactMap(\.trackingID)).union(returned)
    let unknown = transfers.filter { !known.contains($0.trackingID) }.map { transfer in
      Finding(
        .bankTransfersKnown, transfer.id,
        "it was made for claim \(claimID), which has no such payment; see `claims reconcile`")
    }
    return unknown + payments.flatMap(faults)
  }

  private func faults(of payment: PaymentRow) -> [Finding] {
    let own = transfers.filter { $0.trackingID == payment.trackingID && payment.trackingID != nil }
    let (out, back) = (own.filter { !$0.amount.isNegative }, own.filter(\.amount.isNegative))
    var faults: [String] = []
    switch payment.state {
    case .paid:
      if out.count != 1 { faults.append("it is paid, and the bank has not made it") }
      if !back.isEmpty, !undone.contains(payment.effectKey) { faults.append("it is paid, and the bank took it back") }
    case .intended:
      if !back.isEmpty { faults.append("it is intended, and the bank took it back") }
    case .reversed where payment.amount != .zero:
      if out.count != 1 || !back.isEmpty { faults.append("it was reversed, and at the bank it does not stand") }
    case .refused:
      // A refused payment may have been made before a restore, and have come back.
      if out.count != back.count { faults.append("it is refused, and the bank has moved money") }
    case .nothingDue, .reversed:
      if !own.isEmpty { faults.append("it is \(payment.state.rawValue), and the bank has moved money") }
    case .voided:
      if out.count != 1 || back.count != 1 { faults.append("it is voided, and at the bank it is not out and back") }
    }
    if let made = out.first, !agree(made, payment) {
      faults.append("the bank's transfer is of another amount, number or payee")
    }
    return faults.map { Finding(.bankMatchesPayments, "payment \(payment.id)", $0) }
  }

  private func agree(_ transfer: BankTransfer, _ payment: PaymentRow) -> Bool {
    transfer.amount == payment.amount && transfer.payee == payment.payee.reference
      && (payment.transferID == nil || transfer.id == payment.transferID)
  }
}
