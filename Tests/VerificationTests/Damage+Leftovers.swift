import ClaimPipeline
import Verification

// Damage to audits, to leftovers and at the bank.
extension Damage {
  static let audits: [Damage] = [
    .store(
      "the evidence of an audit is another", .auditRestsOnEvidence,
      by: "UPDATE audit_records SET evidence = '\(noDigest)' WHERE claim_intake_id = \(id(of: "PAID"))"),
    .store(
      "an audit record is deleted", .auditRestsOnEvidence,
      by: "DELETE FROM audit_records WHERE claim_intake_id = \(id(of: "PAID"))"),
    .store(
      "an audit record is of another outcome", .auditRestsOnEvidence,
      by: "UPDATE audit_records SET event = 'denied' WHERE claim_intake_id = \(id(of: "PAID"))"),
    .store(
      "a response was rewritten with its digest", .auditRestsOnEvidence,
      by: """
        UPDATE effect_keys SET response = replaced, response_digest = digest(replaced) FROM (
          SELECT key AS changed, swapped(response, 'Cedar', 'Elder') AS replaced
          FROM effect_keys) AS changes
        WHERE key = changed AND key = \(key("payment", of: "PAID"))
        """),
    .store(
      "a decision was rewritten with its digest, out of balance", .decisionBalances,
      by: """
        UPDATE effect_keys SET response = replaced, response_digest = digest(replaced) FROM (
          SELECT key AS changed, swapped(response, '120.00', '121.00') AS replaced
          FROM effect_keys) AS changes
        WHERE key = changed AND key = \(key("adjudication", of: "PAID"))
        """),
  ]

  static let leftovers: [Damage] = [
    .store(
      "a claim is deleted", .noOrphans,
      by: "DELETE FROM claims WHERE claim_number = 'PAID'"),
    .store(
      "a payment is for a claim that never was", .noOrphans,
      by: """
        INSERT INTO payments VALUES
        ('PAY-0', 'CLM-0', 'EOB-0', 'idemp:pay:0:0.00:0.00', NULL, 'x', 'x', 0, 0, NULL, NULL, 0, NULL, NULL, 'nothing-due',
        NULL, NULL, NULL)
        """),
    .store(
      "a saga has no payment", .noOrphans,
      by: "INSERT INTO sagas VALUES ('idemp:pay:0:1.00:0.00', 'payment', 'completed', 'post', 3)"),
    .store(
      "an event is of no key", .keysOnRecord,
      by: """
        INSERT INTO events (effect_key, epoch, stream, type, agent, agent_version, lamport, at, facts)
        VALUES ('idemp:elig:made-up', 1, 'eligibility-0', 'eligibility-checked', 'a', '1', 1, 1, bytes('{}'))
        """),
  ]

  static let bank: [Damage] = [
    .bank(
      "a transfer is gone at the bank", .bankMatchesPayments,
      by: "DELETE FROM transfers WHERE number = 1"),
    .bank(
      "a payment is made twice at the bank", .bankPaysOnce,
      by: """
        INSERT INTO transfers (tracking_id, direction, amount_cents, payer, payee_reference, reference, origin)
        SELECT 'trk-twice', direction, amount_cents, payer, payee_reference, reference, origin FROM transfers ORDER BY number LIMIT 1
        """),
    .bank(
      "the bank has paid somebody we know nothing of", .bankTransfersKnown,
      by: """
        INSERT INTO transfers (tracking_id, direction, amount_cents, payer, payee_reference, reference, origin)
        VALUES ('trk-unknown', 'out', 100, '99999', 'x', 'CLM-unknown', 'CLM-unknown')
        """),
    .bank(
      "a transfer is of another amount", .bankMatchesPayments,
      by: "UPDATE transfers SET amount_cents = amount_cents + 1 WHERE number = 1"),
    .bank(
      "a payment that stands with us was taken back", .bankMatchesPayments,
      by: """
        INSERT INTO transfers (tracking_id, direction, amount_cents, payer, payee_reference, reference, origin)
        SELECT tracking_id, 'back', -amount_cents, payer, payee_reference, reference, origin FROM transfers ORDER BY number LIMIT 1
        """),
    .bank(
      "a voided payment stands at the bank", .bankMatchesPayments,
      by: "DELETE FROM transfers WHERE direction = 'back'"),
  ]
}
