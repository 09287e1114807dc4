import ClaimOperations
import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution

/// Checks a remittance against its claims, their payments, and its file.
struct RemittanceCheck: Sendable {
  let totals: RemittedTotals
  /// The remittance's key; nil when it is gone, which another check reports.
  let key: KeyRow?

  var findings: [Finding] {
    (claimFaults + fileFaults).map { Finding(.toldOnce, "remittance \(totals.remittance.id)", $0) }
  }

  private var claimFaults: [String] {
    let row = totals.remittance
    // A remittance without claims is reported by another check.
    guard totals.claimCount > 0 else { return [] }
    var faults: [String] = []
    if totals.claimCount != row.claimCount { faults.append("other claims than it tells of are on record as told") }
    if totals.unsettled > 0 { faults.append("a claim it tells of is not closed, or is another payee's") }
    if totals.claimsPaid != row.claimsPaid { faults.append("what it says of its claims is not what was decided") }
    if totals.interest != row.interest { faults.append("its interest is not that of its payments") }
    if totals.moved != row.amount { faults.append("it pays another amount than the bank was told to move") }
    if row.id != RemittanceRequest.remittanceID(under: row.effectKey) {
      faults.append("its id is not the one of its key")
    }
    return faults
  }

  private var fileFaults: [String] {
    guard let key, let digest = key.responseDigest, digest != totals.remittance.digest else { return [] }
    return ["its file is not the one that was first written"]
  }
}

/// Checks that the claim's text is still the claim that was sent: it derives the same key, and the row agrees with it.
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
