import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution

/// Checks that charge = paid + adjustments on every line and on the claim, both in the response and in the rows written
/// with it. A response that does not balance cannot even be read (`KeyReading`).
struct DecisionCheck: DossierCheck {
  func findings(in dossier: ClaimDossier) -> [Finding] {
    guard let key = dossier.row.keys.adjudication, let response = dossier.adjudication else { return [] }
    var faults: [String] = []
    if key != AdjudicationKey(claimID: dossier.id, ruleset: dossier.row.ruleset).text {
      faults.append("its adjudication key is not that of the claim and its ruleset")
    }
    switch response.verdict {
    case .suspended:
      if !dossier.decisions.isEmpty { faults.append("it was suspended, and there is a decision about it") }
    case .decided(let decision):
      faults += self.faults(in: decision, of: response.adjudicationID, under: key, dossier)
    }
    return faults.map { Finding(.decisionBalances, dossier.subject, $0) }
  }

  private func faults(
    in decision: Decision, of id: AdjudicationID, under key: KeyText, _ dossier: ClaimDossier
  ) -> [String] {
    var faults: [String] = []
    if let submitted = dossier.submitted, decision.charge != submitted.charge {
      faults.append("it was decided about another charge than it was submitted with")
    }
    let row = dossier.row
    let amounts = DecidedAmounts(
      allowed: decision.allowed, memberResponsibility: decision.memberResponsibility, planPaid: decision.paid)
    // A row that differs from the events is reported by another check.
    if row.amounts == dossier.fold?.amounts, row.amounts != amounts {
      faults.append("its row and its events have other totals than its decision")
    }
    if row.adjudicationID == dossier.fold?.adjudicationID, row.adjudicationID != id {
      faults.append("its row and its events name another adjudication than was answered")
    }
    guard dossier.decisions.count == 1, let stored = dossier.decisions.first else {
      return faults + ["it has \(dossier.decisions.count) rows of decisions where it should have one"]
    }
    return faults + rowFaults(stored, decision, id, key, dossier)
  }

  private func rowFaults(
    _ stored: StoredDecision, _ decision: Decision, _ id: AdjudicationID, _ key: KeyText, _ dossier: ClaimDossier
  ) -> [String] {
    var faults: [String] = []
    if stored.id != id || stored.effectKey != key || stored.ruleset != decision.ruleset {
      faults.append("the row of its decision has another id, key or ruleset than the decision that was answered")
    }
    if stored.totals != StoredDecision.Amounts(decision) {
      faults.append("the totals in the row of its decision are not those of the decision that was answered")
    }
    let expected = decision.lines.sorted { $0.number < $1.number }
    guard stored.lines.map(\.number) == expected.map(\.number) else {
      return faults + ["its decision has other lines in the database than in the answer"]
    }
    for (line, answered) in zip(stored.lines, expected) where !agree(line, answered, dossier) {
      faults.append("line \(line.number) of its decision is not in the database as it was answered")
    }
    return faults
  }

  private func agree(_ line: StoredDecision.Line, _ answered: LineDecision, _ dossier: ClaimDossier) -> Bool {
    line.claimID == dossier.id && line.code == answered.code && line.isDenied == answered.isDenied
      && line.amounts == StoredDecision.Amounts(answered) && hasItsSignatures(line, dossier)
  }

  /// Checks a line's signatures. A changed signature would let the same care, or care that must not be paid alongside
  /// it, be paid under another claim.
  private func hasItsSignatures(_ line: StoredDecision.Line, _ dossier: ClaimDossier) -> Bool {
    guard let submitted = dossier.submitted,
      let service = submitted.lines.first(where: { $0.number == line.number })
    else { return true }
    let snapshots = dossier.coverageSnapshots
    return snapshots.isEmpty
      || snapshots.contains { spans in
        let member = AllowedServices.member(of: dossier.row, among: spans)
        // Without the rules, it is unknown which signatures the plan asked for.
        let sought = dossier.ruleset.map { ruleset in
          [SignatureDigests.Sought(by: ruleset.plan(of: service, in: submitted, among: spans))]
        }
        return (sought ?? SignatureDigests.Sought.possible).contains { sought in
          let expected = SignatureDigests(of: service, in: submitted, member: member, seeking: sought)
          return line.signature == expected.exact && line.days.count == line.dayCount
            && line.days == Self.days(of: line, expected, dossier.id)
        }
      }
  }

  /// Returns the days as the database stores them.
  private static func days(
    of line: StoredDecision.Line, _ expected: SignatureDigests, _ claim: ClaimIntakeID
  ) -> [StoredDecision.Day] {
    expected.keptDays(isDenied: line.isDenied || line.dayCount == 1).map {
      StoredDecision.Day(claimID: claim, nearSignature: $0.near, careDay: $0.careDay)
    }
  }
}

extension StoredDecision.Amounts {
  /// Returns nil when the adjustments do not add up within 64 bits.
  fileprivate init?(_ decision: Decision) {
    guard let adjusted = try? decision.lines.flatMap(\.adjustments).map(\.amount).total() else { return nil }
    self.init(
      charge: decision.charge, allowed: decision.allowed, paid: decision.paid, adjusted: adjusted,
      memberResponsibility: decision.memberResponsibility)
  }

  fileprivate init?(_ line: LineDecision) {
    guard let adjusted = try? line.adjustments.map(\.amount).total() else { return nil }
    self.init(
      charge: line.charge, allowed: line.allowed, paid: line.paid, adjusted: adjusted,
      memberResponsibility: line.memberResponsibility)
  }
}
