import DurableExecution
package import ClaimPipeline
package import ClaimsDomain
import GRDB

extension SQLiteTransaction {
  private static let allowed = """
    SELECT signature, claim_intake_id FROM decision_lines
    WHERE denied = 0 AND signature IN (SELECT value FROM json_each(?))
    """
  private static let insert = """
    INSERT INTO decisions (adjudication_id, claim_intake_id, effect_key, ruleset, charge_cents, allowed_cents, \
    paid_cents, adjusted_cents, member_cents) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    """
  private static let insertLine = """
    INSERT INTO decision_lines (adjudication_id, number, claim_intake_id, code, charge_cents, allowed_cents, \
    paid_cents, adjusted_cents, member_cents, denied, signature) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """

  package func allowedServices(_ signatures: [String]) throws -> [String: Set<ClaimIntakeID>] {
    var claims: [String: Set<ClaimIntakeID>] = [:]
    for row in try rows("decisions.allowed", Self.allowed, in: signatures) {
      claims[row["signature"], default: []].insert(ClaimIntakeID(row["claim_intake_id"]))
    }
    return claims
  }

  package func insert(_ decisions: [DecisionRow]) throws {
    let adjusted = try decisions.map { try $0.decision.lines.flatMap(\.adjustments).map(\.amount).total() }
    try each("decisions.insert", Self.insert, Array(zip(decisions, adjusted))) { row, adjusted in
      let decision = row.decision
      return [
        row.id.text, row.claimID.text, row.effectKey.text, decision.ruleset.text, decision.charge.cents,
        decision.allowed.cents, decision.paid.cents, adjusted.cents, decision.memberResponsibility.cents,
      ]
    }
    let lines = try decisions.flatMap { row in
      try row.decision.lines.map { (row, $0, try $0.adjustments.map(\.amount).total()) }
    }
    try each("decisions.insertLines", Self.insertLine, lines) { row, line, adjusted in
      [
        row.id.text, line.number, row.claimID.text, line.code, line.charge.cents, line.allowed.cents,
        line.paid.cents, adjusted.cents, line.memberResponsibility.cents, line.isDenied,
        row.signatures[line.number] ?? "",
      ]
    }
  }
}
