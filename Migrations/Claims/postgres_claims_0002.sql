-- The tables of claims, PostgreSQL, step 2.

-- Who has a number, as a member file or an enrollment transaction says: a claim that says otherwise is another person's.
-- Null where nobody has said it.
ALTER TABLE coverages ADD COLUMN last_name exact_text;
ALTER TABLE coverages ADD COLUMN first_name exact_text;
ALTER TABLE coverages ADD COLUMN birth_date exact_text;

-- How many days of a line are kept: one where it was denied, or was decided before this step.
ALTER TABLE decision_lines ADD COLUMN days BIGINT NOT NULL DEFAULT 1 CHECK (days >= 1);

-- The days of a line that was allowed, but the first, which stands in `decision_lines`. Signatures as there.
CREATE TABLE further_days (
  adjudication_id exact_text NOT NULL,
  number          BIGINT     NOT NULL,
  day             BIGINT     NOT NULL CHECK (day BETWEEN 1 AND 365),
  claim_intake_id exact_text NOT NULL,
  near_signature  exact_text NOT NULL,
  care_day        exact_text NOT NULL,
  PRIMARY KEY (adjudication_id, number, day),
  FOREIGN KEY (adjudication_id, number) REFERENCES decision_lines (adjudication_id, number),
  CHECK (near_signature <> '' OR care_day <> '')
);

CREATE INDEX further_days_near ON further_days (near_signature, claim_intake_id) WHERE near_signature <> '';

CREATE INDEX further_days_of_care ON further_days (care_day, claim_intake_id) WHERE care_day <> '';
