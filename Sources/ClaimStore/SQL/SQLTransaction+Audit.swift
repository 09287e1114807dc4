package import DurableSQL
import DurableExecution
import ClaimsDomain

private enum SQL {
  static let insert = Statement(
    "audit.insert",
    """
    INSERT INTO audit_records (audit_id, claim_intake_id, adjudication_id, event, effect_key, evidence, at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    """)
}

extension SQLTransaction {
  package func insert(_ audits: [AuditRow]) throws {
    try run(
      SQL.insert,
      audits.map {
        [
          .text($0.id), .text($0.claimID.text), .text($0.adjudicationID.text), .text($0.event),
          .text($0.effectKey.text), .text($0.evidence), .integer(now.microseconds),
        ]
      })
  }
}
