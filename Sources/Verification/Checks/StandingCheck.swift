import ClaimStore
import DurableExecution

/// A claim has one standing payment at most, and is closed as that payment says.
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
    // Suspended undecided, refused, or paid by the bank where the books refused it.
    case .suspended: state == nil || dossier.row.keys.payment != nil && state != .nothingDue
    }
  }
}
