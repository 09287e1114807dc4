import DurableSQL

extension OrphanKind {
  /// The statement that finds rows of this kind; its one argument is the maximum number of rows.
  var select: Statement { Self.selects[self] ?? written }

  private static let selects = Dictionary(uniqueKeysWithValues: allCases.map { ($0, $0.written) })

  private var written: Statement {
    switch self {
    case .bodyWithoutClaim:
      Statement(
        "verify.bodyWithoutClaim",
        """
        SELECT claim_intake_id FROM claim_bodies b
        WHERE NOT EXISTS (SELECT 1 FROM claims c WHERE c.claim_intake_id = b.claim_intake_id) LIMIT $1
        """)
    case .decisionWithoutClaim:
      Statement(
        "verify.decisionWithoutClaim",
        """
        SELECT adjudication_id FROM decisions d
        WHERE NOT EXISTS (SELECT 1 FROM claims c WHERE c.claim_intake_id = d.claim_intake_id) LIMIT $1
        """)
    case .lineWithoutDecision:
      Statement(
        "verify.lineWithoutDecision",
        """
        SELECT DISTINCT adjudication_id FROM decision_lines l
        WHERE NOT EXISTS (SELECT 1 FROM decisions d WHERE d.adjudication_id = l.adjudication_id) LIMIT $1
        """)
    case .entryWithoutClaim:
      Statement(
        "verify.entryWithoutClaim",
        """
        SELECT DISTINCT effect_key FROM accumulator_entries e
        WHERE NOT EXISTS (SELECT 1 FROM claims c WHERE c.claim_intake_id = e.claim_intake_id) LIMIT $1
        """)
    case .paymentWithoutClaim:
      Statement(
        "verify.paymentWithoutClaim",
        """
        SELECT payment_id FROM payments p
        WHERE NOT EXISTS (SELECT 1 FROM claims c WHERE c.claim_intake_id = p.claim_intake_id) LIMIT $1
        """)
    case .postingWithoutClaim:
      Statement(
        "verify.postingWithoutClaim",
        """
        SELECT DISTINCT effect_key FROM ledger_postings l
        WHERE NOT EXISTS (SELECT 1 FROM claims c WHERE c.claim_intake_id = l.claim_intake_id) LIMIT $1
        """)
    case .auditWithoutClaim:
      Statement(
        "verify.auditWithoutClaim",
        """
        SELECT audit_id FROM audit_records a
        WHERE NOT EXISTS (SELECT 1 FROM claims c WHERE c.claim_intake_id = a.claim_intake_id) LIMIT $1
        """)
    case .sagaWithoutPayment:
      Statement(
        "verify.sagaWithoutPayment",
        """
        SELECT id FROM sagas s
        WHERE name = 'payment' AND NOT EXISTS (SELECT 1 FROM payments p WHERE p.effect_key = s.id) LIMIT $1
        """)
    case .strayPosting:
      Statement(
        "verify.strayPosting",
        """
        SELECT DISTINCT effect_key FROM ledger_postings l
        WHERE EXISTS (SELECT 1 FROM claims c WHERE c.claim_intake_id = l.claim_intake_id)
        AND NOT EXISTS (
          SELECT 1 FROM decisions d WHERE d.effect_key = l.effect_key AND d.claim_intake_id = l.claim_intake_id)
        AND NOT EXISTS (
          SELECT 1 FROM payments p WHERE p.effect_key = l.effect_key AND p.claim_intake_id = l.claim_intake_id)
        AND NOT EXISTS (
          SELECT 1 FROM claims c WHERE c.claim_intake_id = l.claim_intake_id AND c.status = 'replaced'
          AND l.effect_key = 'idemp:reversal:' || c.claim_intake_id)
        LIMIT $1
        """)
    case .auditWithoutKey:
      Statement(
        "verify.auditWithoutKey",
        """
        SELECT audit_id FROM audit_records a
        WHERE NOT EXISTS (SELECT 1 FROM effect_keys k WHERE k.key = a.effect_key)
        AND NOT EXISTS (SELECT 1 FROM archived_keys k WHERE k.key = a.effect_key) LIMIT $1
        """)
    case .eventWithoutKey:
      Statement(
        "verify.eventWithoutKey",
        """
        SELECT DISTINCT effect_key FROM events e
        WHERE NOT EXISTS (SELECT 1 FROM effect_keys k WHERE k.key = e.effect_key)
        AND NOT EXISTS (SELECT 1 FROM archived_keys k WHERE k.key = e.effect_key)
        AND NOT EXISTS (SELECT 1 FROM retired_keys k WHERE k.key = e.effect_key) LIMIT $1
        """)
    case .strayBalance:
      // SQLite sorts what it groups, in memory. What adds nothing to a balance is left out, which is nearly every payment.
      Statement(
        "verify.strayBalance",
        """
        SELECT payee FROM (
          SELECT payee, CASE state WHEN 'reversed' THEN amount_cents ELSE -withheld_cents END AS cents FROM payments
          WHERE state = 'reversed' OR withheld_cents <> 0
          UNION ALL SELECT payee, -owed_cents FROM payee_balances WHERE owed_cents <> 0) AS sides
        GROUP BY payee HAVING sum(cents) <> 0 LIMIT $1
        """)
    case .settledWithoutKey:
      Statement(
        "verify.settledWithoutKey",
        """
        SELECT DISTINCT effect_key FROM settled_enrollments s
        WHERE NOT EXISTS (SELECT 1 FROM effect_keys k WHERE k.key = s.effect_key)
        AND NOT EXISTS (SELECT 1 FROM archived_keys k WHERE k.key = s.effect_key) LIMIT $1
        """)
    case .remittanceWithoutKey:
      Statement(
        "verify.remittanceWithoutKey",
        """
        SELECT remittance_id FROM remittances r
        WHERE NOT EXISTS (SELECT 1 FROM effect_keys k WHERE k.key = r.effect_key)
        AND NOT EXISTS (SELECT 1 FROM archived_keys k WHERE k.key = r.effect_key) LIMIT $1
        """)
    case .remittanceWithoutClaims:
      Statement(
        "verify.remittanceWithoutClaims",
        """
        SELECT remittance_id FROM remittances r
        WHERE NOT EXISTS (SELECT 1 FROM remitted_claims c WHERE c.remittance_id = r.remittance_id) LIMIT $1
        """)
    case .untoldClaim:
      Statement(
        "verify.untoldClaim",
        """
        SELECT r.claim_intake_id FROM remitted_claims r JOIN check_runs c ON c.run = r.run
        WHERE c.state = 'closed' AND r.remittance_id IS NULL LIMIT $1
        """)
    case .falselyTold:
      Statement(
        "verify.falselyTold",
        """
        SELECT claim_intake_id FROM claims c WHERE told = 1 AND NOT EXISTS (
          SELECT 1 FROM remitted_claims r WHERE r.claim_intake_id = c.claim_intake_id AND r.part = 'settlement') LIMIT $1
        """)
    case .paymentBegunOnHold:
      Statement(
        "verify.paymentBegunOnHold",
        """
        SELECT payee FROM payee_holds h WHERE lifted_at IS NULL AND under_way < (
          SELECT count(*) FROM sagas s JOIN payments p ON p.effect_key = s.id
          WHERE s.state IN ('running', 'compensating') AND p.payee = h.payee AND p.state = 'intended') LIMIT $1
        """)
    case .keyInTwoPlaces:
      Statement(
        "verify.keyInTwoPlaces",
        """
        SELECT key FROM archived_keys a WHERE EXISTS (SELECT 1 FROM effect_keys k WHERE k.key = a.key) LIMIT $1
        """)
    }
  }
}
