-- The tables of claims, SQLite, step 2.

-- Who has a number, as a member file or an enrollment transaction says: a claim that says otherwise is another person's.
-- Null where nobody has said it.
ALTER TABLE coverages ADD COLUMN last_name TEXT;
ALTER TABLE coverages ADD COLUMN first_name TEXT;
ALTER TABLE coverages ADD COLUMN birth_date TEXT;

-- How many days of a line are kept: one where it was denied, or was decided before this step.
ALTER TABLE decision_lines ADD COLUMN days INTEGER NOT NULL DEFAULT 1 CHECK (days >= 1);

-- The days of a line that was allowed, but the first, which stands in `decision_lines`. Signatures as there.
CREATE TABLE further_days (
  adjudication_id TEXT    NOT NULL,
  number          INTEGER NOT NULL,
  day             INTEGER NOT NULL CHECK (day BETWEEN 1 AND 365),
  claim_intake_id TEXT    NOT NULL,
  near_signature  TEXT    NOT NULL,
  care_day        TEXT    NOT NULL,
  PRIMARY KEY (adjudication_id, number, day),
  FOREIGN KEY (adjudication_id, number) REFERENCES decision_lines (adjudication_id, number),
  CHECK (near_signature <> '' OR care_day <> '')
) STRICT, WITHOUT ROWID;

CREATE INDEX further_days_near ON further_days (near_signature, claim_intake_id) WHERE near_signature <> '';

CREATE INDEX further_days_of_care ON further_days (care_day, claim_intake_id) WHERE care_day <> '';
