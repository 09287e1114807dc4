import ClaimStore
import ClaimPipeline
import ClaimsDomain
import DurableExecution

/// The claim's text is still the claim that was sent: it derives the same key, and the row says the same of it.
struct ReceivedCheck: DossierCheck {
  func findings(in dossier: ClaimDossier) -> [Finding] {
    fault(in: dossier).map { [Finding(.claimAsReceived, dossier.subject, $0)] } ?? []
  }

  private func fault(in dossier: ClaimDossier) -> String? {
    let row = dossier.row
    guard let submitted = dossier.submitted else { return "its text is gone or does not read" }
    let key = IntakeKey(of: submitted)
    guard key.text == row.keys.intake, key.claimID == row.id else {
      return "its text does not derive its intake key: it is another claim's, or was changed"
    }
    guard submitted.charge == row.charge, (try? submitted.lines.map(\.charge).total()) == row.charge else {
      return "the charge of its row, of its text and of its lines are not the same"
    }
    guard submitted.memberID == row.memberID, submitted.payer.id == row.payerID,
      submitted.claimNumber == row.claimNumber, submitted.priorClaims.first == row.revises
    else { return "its row names another member, payer, claim number or prior claim than its text" }
    guard case .intake(let response)? = dossier.readings[row.keys.intake] else { return nil }
    guard response.claimIntakeID == row.id, response.receivedOn == row.receivedOn, response.ruleset == row.ruleset
    else {
      return "its row names another day of receipt or ruleset than its provider was answered"
    }
    return nil
  }
}
