import DurableExecution
import ClaimsDomain
package import ClaimPipeline
import GRDB

extension SQLiteTransaction {
  private static let insert = """
    INSERT INTO audit_records (audit_id, claim_intake_id, adjudication_id, event, effect_key, evidence, at)
    VALUES (?, ?, ?, ?, ?, ?, ?)
    """

  package func insert(_ audits: [AuditRow]) throws {
    try each("audit.insert", Self.insert, audits) {
      [
        $0.id, $0.claimID.text, $0.adjudicationID.text, $0.event, $0.effectKey.text, $0.evidence, now.microseconds,
      ]
    }
  }
}
