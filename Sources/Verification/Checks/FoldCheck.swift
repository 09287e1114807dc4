import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution

/// The claim's row says what its events fold to.
struct FoldCheck: DossierCheck {
  func findings(in dossier: ClaimDossier) -> [Finding] {
    guard let fold = dossier.fold else {
      return [Finding(.stateIsFold, dossier.subject, "an event of it does not read: its state cannot be told again")]
    }
    // An event that is gone is reported as such.
    guard dossier.hasWholeHistory else { return [] }
    let differing = difference(fold, dossier.row)
    var findings: [Finding] = []
    if !differing.isEmpty {
      findings.append(
        Finding(
          .stateIsFold, dossier.subject,
          "its row and its events say different things of its \(differing.joined(separator: ", "))"))
    }
    if let contradiction = contradiction(fold, dossier) {
      findings.append(Finding(.stateIsFold, dossier.subject, contradiction))
    }
    return findings
  }

  private func difference(_ fold: ClaimFold, _ row: ClaimRow) -> [String] {
    let comparisons = [
      ("status", fold.status == row.status),
      ("adjudication id", fold.adjudicationID == row.adjudicationID),
      ("amounts", fold.amounts == row.amounts),
      ("intake key", fold.intakeKey == row.keys.intake),
      ("adjudication key", fold.adjudicationKey == row.keys.adjudication),
      ("payment key", fold.paymentKey == row.keys.payment),
      ("audit key", fold.auditKey == row.keys.audit),
    ]
    return comparisons.filter { !$0.1 }.map(\.0)
  }

  /// What the events say of rows other than the claim's own.
  private func contradiction(_ fold: ClaimFold, _ dossier: ClaimDossier) -> String? {
    if let key = fold.paymentKey, let id = fold.paymentID, id != PaymentRequest.paymentID(under: key) {
      return "its events name a payment that is not the one of its payment key"
    }
    if let paid = fold.amountPaid, let decided = fold.amounts?.planPaid, paid != decided {
      return "its events say that another amount was paid than was decided"
    }
    if let key = fold.auditKey, let id = fold.auditID,
      let audit = dossier.audits.first(where: { $0.effectKey == key }), audit.id != id
    {
      return "its events name an audit record that is not the one of its audit key"
    }
    return nil
  }
}
