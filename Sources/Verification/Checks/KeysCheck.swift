import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution

/// Checks that every key the claim names is on record, with the bytes that were first answered.
struct KeysCheck: DossierCheck {
  func findings(in dossier: ClaimDossier) -> [Finding] {
    let gone = dossier.namedKeys.filter { dossier.keys[$0] == nil }.map { key in
      Finding(.keysOnRecord, key.shown, "\(dossier.subject) names it and it is gone: its effect could be done again")
    }
    let broken = dossier.readings.compactMap { key, reading in Finding(key, reading) }
    return gone + missingCoverage(of: dossier) + broken
  }

  /// Reports missing coverage. A retired answer is no longer under its key but is still on record.
  private func missingCoverage(of dossier: ClaimDossier) -> [Finding] {
    guard let key = dossier.row.keys.eligibility, dossier.keys[key] == nil, dossier.retiredCoverage.isEmpty else {
      return []
    }
    return [Finding(.keysOnRecord, key.shown, "the coverage that \(dossier.subject) was decided by is gone")]
  }
}

extension Finding {
  /// Returns nil for a key that can be read.
  init?(_ key: KeyText, _ reading: KeyReading) {
    guard case .broken(let invariant, let meaning) = reading else { return nil }
    self.init(invariant, key.shown, meaning)
  }
}

/// One view of a claim's dossier. A check is pure: its findings depend on the dossier alone.
///
/// A check ignores whatever another check has found broken, so that one fault is one finding rather than ten.
protocol DossierCheck: Sendable {
  func findings(in dossier: ClaimDossier) -> [Finding]
}

extension ClaimDossier {
  /// The findings of all checks.
  package var findings: [Finding] {
    let checks: [any DossierCheck] = [
      KeysCheck(), HistoryCheck(), FoldCheck(), ReceivedCheck(), DecisionCheck(), PaymentCheck(), StandingCheck(),
      SagaCheck(), LedgerCheck(), AccumulatorCheck(), AuditCheck(),
    ]
    return checks.flatMap { $0.findings(in: self) }
  }
}

/// Checks that one event reports each outcome of the claim, and that logical time grows from each step to the next.
struct HistoryCheck: DossierCheck {
  func findings(in dossier: ClaimDossier) -> [Finding] {
    // Many claims share one eligibility answer, whose events are in a stream of their own.
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

  /// Returns whether a key was asked again. Changed coverage is requested again under the same key, later than the
  /// decisions that rest on the first answer.
  private func wasAskedAnew(_ row: KeyRow) -> Bool {
    row.key.effect == EligibilityKey.effect && row.epoch > .first
  }
}

/// Checks that the claim's row equals the fold of its events.
struct FoldCheck: DossierCheck {
  func findings(in dossier: ClaimDossier) -> [Finding] {
    guard let fold = dossier.fold else {
      return [Finding(.stateIsFold, dossier.subject, "an event of it does not read: its state cannot be told again")]
    }
    // A missing event is reported by another check.
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

  /// Returns a contradiction between the events and rows other than the claim's own.
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
