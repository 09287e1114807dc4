-- The tables of claims, SQLite, step 8: what claims are found by besides their own columns.

-- The procedures of a claim's lines (else their revenue codes), and the reasons that it was denied, reduced or left waiting
-- for: `CO-97`, a remark such as `N130`, or the matter that it waits for. Reasons of claims that were decided before this step
-- are not here; they are found by everything else. With the day of
-- receipt a page is read in its order.
CREATE TABLE claim_marks (
  kind            TEXT NOT NULL CHECK (kind IN ('procedure', 'reason')),
  code            TEXT NOT NULL CHECK (code <> ''),
  received_on     TEXT NOT NULL,
  claim_intake_id TEXT NOT NULL REFERENCES claims (claim_intake_id),
  PRIMARY KEY (kind, code, received_on, claim_intake_id)
) STRICT, WITHOUT ROWID;

INSERT INTO claim_marks (kind, code, received_on, claim_intake_id)
SELECT DISTINCT 'procedure', l.code, c.received_on, c.claim_intake_id
FROM decision_lines l JOIN claims c ON c.claim_intake_id = l.claim_intake_id WHERE l.code <> '';
