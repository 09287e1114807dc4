import ClaimPipeline
import Verification

// Damage to decisions and money.
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
      "the near signature of a decision line is gone", .decisionBalances,
      by: "UPDATE decision_lines SET near_signature = '' WHERE adjudication_id = \(adjudication(of: "OWED"))"),
    .store(
      "a decision line has a near signature that its plan did not ask for", .decisionBalances,
      by: "UPDATE decision_lines SET near_signature = signature WHERE adjudication_id = \(adjudication(of: "PAID"))"),
    .store(
      "the care day of a decision line is gone", .decisionBalances,
      by: "UPDATE decision_lines SET care_day = '' WHERE adjudication_id = \(adjudication(of: "OWED"))"),
    .store(
      "a decision line has a care day that its plan did not ask for", .decisionBalances,
      by: "UPDATE decision_lines SET care_day = signature WHERE adjudication_id = \(adjudication(of: "PAID"))"),
    .store(
      "a further day of a decision line is gone", .decisionBalances,
      by: "DELETE FROM further_days WHERE day = 2 AND adjudication_id = \(adjudication(of: "THREE-DAYS"))"),
    .store(
      "a further day of a decision line is another claim's", .decisionBalances,
      by: "UPDATE further_days SET claim_intake_id = 'CLM-0' WHERE adjudication_id = \(adjudication(of: "THREE-DAYS"))"),
    .store(
      "the near signature of a further day is another", .decisionBalances,
      by: """
        UPDATE further_days SET near_signature = care_day
        WHERE day = 1 AND adjudication_id = \(adjudication(of: "THREE-DAYS"))
        """),
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
      "an accumulator entry is of a bucket that does not exist", .readableRows, .accumulatorsFollowDecisions,
      by: """
        UPDATE accumulator_entries SET bucket = 'bucket' WHERE claim_intake_id = \(id(of: "SURGERY"))
        AND holder_kind = 'member' AND bucket = 'deductible'
        """),
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
      "care is paid that another claim is paid for", .oneClaimPerCare, .decisionBalances,
      by: """
        UPDATE decision_lines SET signature = (
          SELECT signature FROM decision_lines WHERE adjudication_id = \(adjudication(of: "PAID")) LIMIT 1)
        WHERE adjudication_id = \(adjudication(of: "SURGERY"))
        """),
    .store(
      "the coverage that an enrollment transaction left is another", .coverageAsSettled,
      by: """
        INSERT INTO settled_enrollments SELECT number, \(key("payment", of: "PAID")), '\(noDigest)' FROM coverages
        WHERE number = 'M-1'
        """),
    .store(
      "the key of an enrollment transaction is gone", .coverageAsSettled, .keysOnRecord,
      by: "INSERT INTO settled_enrollments VALUES ('M-9', 'idemp:enroll:gone', '\(noDigest)')"),
    .store(
      "a payment is in a state that does not exist", .readableRows,
      by: "UPDATE payments SET state = 'lost' WHERE claim_intake_id = \(id(of: "PAID"))"),
    .store(
      "a saga is in a state that does not exist", .readableRows,
      by: "UPDATE sagas SET state = 'lost' WHERE id = \(key("payment", of: "PAID"))"),
    .store(
      "the amount of a payment is another", .paymentFollowsDecision, .bankMatchesPayments,
      by: "UPDATE payments SET amount_cents = 1 WHERE claim_intake_id = \(id(of: "PAID"))"),
    .store(
      "a payment has interest that nobody owes", .paymentFollowsDecision,
      by: """
        UPDATE payments SET interest_cents = 100, late_from = '2026-05-18', late_through = '2026-06-01'
        WHERE claim_intake_id = \(id(of: "PAID"))
        """),
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
        payee_name, amount_cents, interest_cents, late_from, late_through, withheld_cents, withheld_step, reversed_step,
        state, transfer_id, NULL, NULL FROM payments WHERE claim_intake_id = \(id(of: "PAID"))
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
}
