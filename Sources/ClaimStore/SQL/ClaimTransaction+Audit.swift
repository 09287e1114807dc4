package import ClaimsDomain
import DurableExecution
import DurableSQL

private enum SQL {
  static let insert = Statement(
    "audit.insert",
    insertInto: "audit_records",
    "audit_id, claim_intake_id, adjudication_id, event, effect_key, evidence, at")
}

extension ClaimTransaction {
  package func insert(_ audits: [AuditRow]) throws {
    let now = try now
    try afterInserts.run(
      SQL.insert,
      audits.map {
        [
          .text($0.id), .text($0.claimID.text), .text($0.adjudicationID.text), .text($0.event),
          .text($0.effectKey.text), .text($0.evidence), .integer(now.microseconds),
        ]
      })
  }
}

private enum RulesetsSQL {
  static let insert = Statement(
    "rulesets.insert", "INSERT INTO rulesets (id, digest) VALUES ($1, $2) ON CONFLICT DO NOTHING")
  static let select = Statement("rulesets.select", "SELECT digest FROM rulesets WHERE id = $1")
}

extension ClaimTransaction {
  package func register(_ ruleset: RulesetID, digest: String) throws -> String {
    try besideClaims.run(RulesetsSQL.insert, [[.text(ruleset.text), .text(digest)]])
    return try besideClaims.ask(RulesetsSQL.select, [.text(ruleset.text)]) { try $0.text() }.first ?? digest
  }
}

/// The names of the locks that whole transactions hold against each other.
enum LockName {
  static let cashBook = "cash-book"
  /// Serializes the numbering of a claim's notes, assignments, and proposals.
  static func desk(of claim: ClaimIntakeID) -> String { "desk:\(claim.text)" }

  static let payeeHolds = "payee-holds"
  static let checkRun = "check-run"
  /// Serializes the removal of page images, so that two purges do not remove those of one form.
  static let formPages = "form-pages"
  static let memberDirectory = "member-directory"
}
