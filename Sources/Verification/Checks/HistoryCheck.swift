import ClaimPipeline
import ClaimStore
import DurableExecution

/// Every outcome of the claim is told by one event, and logical time grows from each step to the next.
struct HistoryCheck: DossierCheck {
  func findings(in dossier: ClaimDossier) -> [Finding] {
    // Many claims share an eligibility answer, whose events are in a stream of their own.
    let own = dossier.keys.values.filter { $0.key.effect != EligibilityKey.effect }
    return own.flatMap { OutcomeCheck(row: $0, events: dossier.events(of: $0.key)).findings }
      + own.compactMap { time(of: $0, in: dossier) }
  }

  private func time(of row: KeyRow, in dossier: ClaimDossier) -> Finding? {
    guard let parent = row.parent, let before = dossier.keys.values.first(where: { $0.lineageName == parent }),
      before.lamport >= row.lamport, !wasAskedAnew(before)
    else { return nil }
    return Finding(.logicalTimeGrows, row.key.shown, "its logical time is not after that of the step it follows")
  }

  /// Coverage that changed is asked for again under the same key, later than the decisions that rest on the first answer.
  private func wasAskedAnew(_ row: KeyRow) -> Bool {
    row.key.effect == EligibilityKey.effect && row.epoch > .first
  }
}
