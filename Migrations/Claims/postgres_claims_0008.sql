-- The tables of claims, PostgreSQL, step 8: what claims are found by besides their own columns.

-- The procedures of a claim's lines (else their revenue codes), the check runs that reported it, and the reasons that it was
-- denied, reduced or left waiting for: `CO-97`, a remark such as `N130`, or the matter that it waits for. Reasons of claims that
-- were decided before this step are not here, nor anything that an older program does beside it; such claims are found by
-- everything else. The day of receipt lets a page be read in order.
CREATE TABLE claim_marks (
  kind            exact_text NOT NULL CHECK (kind IN ('procedure', 'reason', 'run')),
  code            exact_text NOT NULL CHECK (code <> ''),
  received_on     exact_text NOT NULL,
  claim_intake_id exact_text NOT NULL REFERENCES claims (claim_intake_id),
  PRIMARY KEY (kind, code, received_on, claim_intake_id)
);

INSERT INTO claim_marks (kind, code, received_on, claim_intake_id)
SELECT DISTINCT 'procedure', l.code, c.received_on, c.claim_intake_id
FROM decision_lines l JOIN claims c ON c.claim_intake_id = l.claim_intake_id WHERE l.code <> '';

INSERT INTO claim_marks (kind, code, received_on, claim_intake_id)
SELECT DISTINCT 'run', CAST(m.run AS TEXT), c.received_on, c.claim_intake_id
FROM remittances m JOIN remitted_claims r ON r.remittance_id = m.remittance_id
JOIN claims c ON c.claim_intake_id = r.claim_intake_id;
