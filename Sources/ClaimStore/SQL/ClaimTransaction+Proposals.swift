package import ClaimsDomain
package import DurableExecution
import DurableSQL

private enum SQL {
  static let columns: DialectText = "claim_intake_id, number, act, waived, body, moves, person, reason, at"
  /// Whether the act can still be done: the claim is not replaced, and not paid where it was to be.
  static let standing: DialectText = "c.status <> 'replaced' AND (p.body IS NOT NULL OR c.status = 'suspended')"
  static let open = Statement(
    "proposals.open",
    """
    SELECT p.claim_intake_id, p.number, p.act, p.waived, p.body, p.moves, p.person, p.reason, p.at
    FROM proposed_acts p JOIN claims c ON c.claim_intake_id = p.claim_intake_id
    WHERE p.claim_intake_id = $1 AND p.closed_as IS NULL AND \(standing)
    """)
  static let all = Statement(
    "proposals.all",
    """
    SELECT p.claim_intake_id, p.number, p.act, p.waived, p.body, p.moves, p.person, p.reason, p.at
    FROM proposed_acts p JOIN claims c ON c.claim_intake_id = p.claim_intake_id
    WHERE p.closed_as IS NULL AND \(standing) AND (p.at, p.claim_intake_id) > ($1, $2)
    ORDER BY p.at, p.claim_intake_id LIMIT $3
    """)
  static let last = Statement(
    "proposals.last", "SELECT COALESCE(max(number), 0) FROM proposed_acts WHERE claim_intake_id = $1")
  static let insert = Statement("proposals.insert", insertInto: "proposed_acts", columns)
  static let lapse = Statement(
    "proposals.lapse",
    """
    UPDATE proposed_acts SET closed_as = 'declined', closed_by = $1, closed_for = 'the claim was paid meanwhile', closed_at = $2
    WHERE claim_intake_id = $3 AND closed_as IS NULL
    """)
  static let close = Statement(
    "proposals.close",
    """
    UPDATE proposed_acts SET closed_as = $1, closed_by = $2, closed_for = $3, closed_at = $4
    WHERE claim_intake_id = $5 AND number = $6 AND closed_as IS NULL
    """)
}

extension ClaimTransaction {
  package func openProposal(of claim: ClaimIntakeID) throws -> ProposedAct? {
    try sql.ask(SQL.open, [.text(claim.text)]) { try ProposedAct(columns: &$0) }.first
  }

  package func openProposals(after place: ListPlace?, limit: Int) throws -> [ProposedAct] {
    try sql.ask(SQL.all, place.arguments + [.count(limit)]) { try ProposedAct(columns: &$0) }
  }

  package func lockProposals(of claim: ClaimIntakeID) throws {
    try besideClaims.session.lock([LockName.desk(of: claim)], .exclusive)
  }

  package func propose(_ act: ProposedAct) throws -> ProposedAct {
    let now = try now.microseconds
    try sql.run(SQL.lapse, [[.text(act.signOff.person), .integer(now), .text(act.claim.text)]])
    let last = try besideClaims.ask(SQL.last, [.text(act.claim.text)]) { try $0.count() }.first ?? 0
    let numbered = act.numbered(last + 1)
    try sql.run(
      SQL.insert,
      [
        [
          .text(act.claim.text), .count(numbered.number), .text(act.act),
          .text(act.waived.joined(separator: " ")), .bytes(optional: act.body), .integer(act.moves.cents),
          .text(act.signOff.person), .text(act.signOff.reason), .integer(act.at.microseconds),
        ]
      ])
    return numbered
  }

  package func close(_ act: ProposedAct, as outcome: ProposalOutcome, by signOff: SignOff) throws {
    let now = try now
    try besideClaims.run(
      SQL.close, [act],
      {
        [
          .text(outcome.rawValue), .text(signOff.person), .text(signOff.reason), .integer(now.microseconds),
          .text($0.claim.text), .count($0.number),
        ]
      }, orFail: { _ in .stale("the proposal for claim \(act.claim)") })
  }
}

extension ProposedAct {
  fileprivate init(columns: inout Columns) throws {
    let claim = ClaimIntakeID(try columns.text())
    let number = try columns.count()
    let (act, waived) = (try columns.text(), try columns.text())
    let (body, moves) = (try columns.bytesOrNil(), Money(cents: try columns.integer()))
    let (person, reason) = (try columns.text(), try columns.text())
    let signOff: SignOff
    do {
      signOff = try SignOff(by: person, reason: reason)
    } catch {
      throw StoreFailure.corrupt("the proposal for claim \(claim) is nobody's")
    }
    self.init(
      claim: claim, act: act, waived: waived.split(separator: " ").map(String.init), body: body, moves: moves,
      by: signOff, at: Timestamp(microseconds: try columns.integer()))
    self = numbered(number)
  }
}
