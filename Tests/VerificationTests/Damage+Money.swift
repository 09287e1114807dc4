import ClaimPipeline

// Decisions and money.
extension Damage {
  static let decisions: [Damage] = [
    .store(
      "an amount of a decision line is another", .decisionBalances,
      by: "UPDATE decision_lines SET paid_cents = paid_cents + 100 WHERE adjudication_id = \(adjudication(of: "PAID"))"),
    .store(
      "a decision line balances, and is another", .decisionBalances,
      by: """
        UPDATE decision_lines SET paid_cents = paid_cents - 100, adjusted_cents = adjusted_cents + 100
        WHERE adjudication_id = \(adjudication(of: "PAID"))
        """),
    .store(
      "a decision line is deleted", .decisionBalances,
      by: "DELETE FROM decision_lines WHERE number = 2 AND adjudication_id = \(adjudication(of: "SURGERY"))"),
    .store(
      "the signature of a decision line is another", .decisionBalances,
      by: "UPDATE decision_lines SET signature = '' WHERE adjudication_id = \(adjudication(of: "PAID"))"),
    .store(
      "the totals of a decision are others", .decisionBalances,
      by: "UPDATE decisions SET member_cents = 0 WHERE adjudication_id = \(adjudication(of: "PAID"))"),
    .store(
      "a decision is deleted with its lines", .decisionBalances, .ledgerFollowsClaims,
      by: """
        DELETE FROM decisions WHERE adjudication_id = \(adjudication(of: "PAID"));
        DELETE FROM decision_lines WHERE adjudication_id = \(adjudication(of: "PAID"))
        """),
  ]

  static let accumulators: [Damage] = [
    .store(
      "an accumulator entry is removed", .accumulatorsFollowDecisions,
      by: """
        DELETE FROM accumulator_entries WHERE claim_intake_id = \(id(of: "SURGERY"))
        AND holder_kind = 'member' AND bucket = 'deductible'
        """),
    .store(
      "an accumulator entry is changed", .accumulatorsFollowDecisions,
      by: """
        UPDATE accumulator_entries SET amount_cents = 1 WHERE claim_intake_id = \(id(of: "SURGERY"))
        AND holder_kind = 'family' AND bucket = 'out-of-pocket'
        """),
    .store(
      "an accumulator entry is added under the claim's key", .accumulatorsFollowDecisions,
      by: """
        INSERT INTO accumulator_entries SELECT effect_key, holder_kind, holder, plan_id, plan_year + 1, bucket,
        amount_cents, claim_intake_id FROM accumulator_entries WHERE claim_intake_id = \(id(of: "PAID")) LIMIT 1
        """),
    .store(
      "an accumulator entry is added under a key of its own", .accumulatorsFollowDecisions,
      by: """
        INSERT INTO accumulator_entries VALUES
        ('made-up', 'member', 'M-1', 'PPO', 2026, 'out-of-pocket', 100, \(id(of: "PAID")))
        """),
    .store(
      "a family has more on its deductible than its plan asks", .limitsHold, .accumulatorsFollowDecisions,
      by: """
        UPDATE accumulator_entries SET amount_cents = 100001 WHERE claim_intake_id = \(id(of: "SURGERY"))
        AND holder_kind = 'family' AND bucket = 'deductible'
        """),
  ]

  static let payments: [Damage] = [
    .store(
      "the amount of a payment is another", .paymentFollowsDecision, .bankMatchesPayments,
      by: "UPDATE payments SET amount_cents = 1 WHERE claim_intake_id = \(id(of: "PAID"))"),
    .store(
      "the payee of a payment is another", .paymentFollowsDecision, .bankMatchesPayments,
      by: "UPDATE payments SET payee = '9999999999' WHERE claim_intake_id = \(id(of: "PAID"))"),
    .store(
      "the name of a payee is another", .paymentFollowsDecision,
      by: "UPDATE payments SET payee_name = 'Somebody' WHERE claim_intake_id = \(id(of: "OWED"))"),
    .store(
      "a second payment stands", .oneStandingPayment, .paymentFollowsDecision, .keysOnRecord, .sagaFollowsPayment,
      .bankMatchesPayments,
      by: """
        INSERT INTO payments SELECT 'PAY-2', claim_intake_id, 'EOB-2', 'idemp:pay:2:1.00:0.00', 'trk-2', payee,
        payee_name, amount_cents, state, transfer_id FROM payments WHERE claim_intake_id = \(id(of: "PAID"))
        """),
    .store(
      "a payment is deleted", .paymentFollowsDecision, .noOrphans, .ledgerFollowsClaims, .bankTransfersKnown,
      by: "DELETE FROM payments WHERE claim_intake_id = \(id(of: "PAID"))"),
    .store(
      "a denied claim has a payment that is paid", .paymentFollowsDecision, .sagaFollowsPayment, .bankMatchesPayments,
      by: "UPDATE payments SET state = 'paid' WHERE claim_intake_id = \(id(of: "COSMETIC"))"),
    .store(
      "the transfer of a payment is another", .paymentFollowsDecision, .bankMatchesPayments,
      by: "UPDATE payments SET transfer_id = 'transfer-0' WHERE claim_intake_id = \(id(of: "PAID"))"),
    .store(
      "a saga is still running when its payment is made", .sagaFollowsPayment,
      by: "UPDATE sagas SET state = 'running' WHERE id = \(key("payment", of: "PAID"))"),
    .store(
      "the saga of a voided payment says that it is done", .sagaFollowsPayment,
      by: "UPDATE sagas SET state = 'completed' WHERE id = \(key("payment", of: "UNPOSTED"))"),
    .store(
      "the saga of a payment is gone", .sagaFollowsPayment,
      by: "DELETE FROM sagas WHERE id = \(key("payment", of: "PAID"))"),
  ]

  static let ledger: [Damage] = [
    .store(
      "the posting of a payment is missing", .ledgerFollowsClaims,
      by: "DELETE FROM ledger_postings WHERE effect_key = \(key("payment", of: "PAID"))"),
    .store(
      "the accrual of a decision is missing", .ledgerFollowsClaims,
      by: "DELETE FROM ledger_postings WHERE number = 1 AND effect_key = \(key("adjudication", of: "PAID"))"),
    .store(
      "a payment is posted twice", .ledgerFollowsClaims,
      by: """
        INSERT INTO ledger_postings SELECT effect_key, 2, debit, credit, amount_cents, claim_intake_id, party, posted_at
        FROM ledger_postings WHERE effect_key = \(key("payment", of: "PAID"))
        """),
    .store(
      "a posting is of another amount", .ledgerFollowsClaims,
      by: "UPDATE ledger_postings SET amount_cents = 1 WHERE effect_key = \(key("payment", of: "PAID"))"),
    .store(
      "a voided payment is posted", .ledgerFollowsClaims,
      by: """
        INSERT INTO ledger_postings SELECT effect_key, 1, 'claims-payable', 'cash', amount_cents, claim_intake_id, payee,
        0 FROM payments WHERE claim_intake_id = \(id(of: "UNPOSTED"))
        """),
    .store(
      "a posting stands under a key of its own", .ledgerFollowsClaims,
      by: """
        INSERT INTO ledger_postings VALUES ('made-up', 1, 'claims-payable', 'cash', 100, \(id(of: "PAID")), 'x', 0)
        """),
    .store(
      "a posting is to an account that does not exist", .readableRows,
      by: "UPDATE ledger_postings SET credit = 'pocket' WHERE effect_key = \(key("payment", of: "PAID"))"),
  ]

  static let audits: [Damage] = [
    .store(
      "the evidence of an audit is another", .auditRestsOnEvidence,
      by: "UPDATE audit_records SET evidence = printf('%064d', 0) WHERE claim_intake_id = \(id(of: "PAID"))"),
    .store(
      "an audit record is deleted", .auditRestsOnEvidence,
      by: "DELETE FROM audit_records WHERE claim_intake_id = \(id(of: "PAID"))"),
    .store(
      "an audit record is of another outcome", .auditRestsOnEvidence,
      by: "UPDATE audit_records SET event = 'denied' WHERE claim_intake_id = \(id(of: "PAID"))"),
    .store(
      "a response was rewritten with its digest", .auditRestsOnEvidence,
      by: """
        UPDATE effect_keys SET response = replaced, response_digest = sha256(replaced) FROM (
          SELECT key AS changed, CAST(replace(CAST(response AS TEXT), 'Cedar', 'Elder') AS BLOB) AS replaced
          FROM effect_keys)
        WHERE key = changed AND key = \(key("payment", of: "PAID"))
        """),
    .store(
      "a decision was rewritten with its digest, out of balance", .decisionBalances,
      by: """
        UPDATE effect_keys SET response = replaced, response_digest = sha256(replaced) FROM (
          SELECT key AS changed, CAST(replace(CAST(response AS TEXT), '120.00', '121.00') AS BLOB) AS replaced
          FROM effect_keys)
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
        ('PAY-0', 'CLM-0', 'EOB-0', 'idemp:pay:0:0.00:0.00', NULL, 'x', 'x', 0, 'nothing-due', NULL)
        """),
    .store(
      "a saga has no payment", .noOrphans,
      by: "INSERT INTO sagas VALUES ('idemp:pay:0:1.00:0.00', 'payment', 'completed', 'post', 3)"),
    .store(
      "an event is of no key", .keysOnRecord,
      by: """
        INSERT INTO events (effect_key, epoch, stream, type, agent, agent_version, lamport, at, facts)
        VALUES ('idemp:elig:made-up', 1, 'eligibility-0', 'eligibility-checked', 'a', '1', 1, 1, CAST('{}' AS BLOB))
        """),
  ]

  static let bank: [Damage] = [
    .bank(
      "a transfer is gone at the bank", .bankMatchesPayments,
      by: "DELETE FROM transfers WHERE number = 1"),
    .bank(
      "a payment is made twice at the bank", .bankPaysOnce,
      by: """
        INSERT INTO transfers (tracking_id, direction, amount_cents, payee_reference, reference)
        SELECT 'trk-twice', direction, amount_cents, payee_reference, reference FROM transfers ORDER BY number LIMIT 1
        """),
    .bank(
      "the bank has paid somebody we know nothing of", .bankTransfersKnown,
      by: """
        INSERT INTO transfers (tracking_id, direction, amount_cents, payee_reference, reference)
        VALUES ('trk-unknown', 'out', 100, 'x', 'CLM-unknown')
        """),
    .bank(
      "a transfer is of another amount", .bankMatchesPayments,
      by: "UPDATE transfers SET amount_cents = amount_cents + 1 WHERE number = 1"),
    .bank(
      "a payment that stands with us was taken back", .bankMatchesPayments,
      by: """
        INSERT INTO transfers (tracking_id, direction, amount_cents, payee_reference, reference)
        SELECT tracking_id, 'back', -amount_cents, payee_reference, reference FROM transfers ORDER BY number LIMIT 1
        """),
    .bank(
      "a voided payment stands at the bank", .bankMatchesPayments,
      by: "DELETE FROM transfers WHERE direction = 'back'"),
  ]
}
