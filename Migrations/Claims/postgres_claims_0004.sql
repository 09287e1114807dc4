-- The tables of claims, PostgreSQL, step 4: payees on hold, what people write down about claims that wait, and acts on many
-- claims.

-- Payees to whom nothing is paid until a person lifts the hold, by the name that payments have for them. `number` counts the
-- holds of a payee. `under_way` is how many payments to it had been committed to when the hold began: the bank may have
-- them, so they go on.
CREATE TABLE payee_holds (
  payee      exact_text NOT NULL CHECK (trim(payee) <> ''),
  number      BIGINT NOT NULL CHECK (number >= 1),
  held_at     BIGINT NOT NULL,
  held_by     exact_text NOT NULL CHECK (trim(held_by) <> ''),
  held_for    exact_text NOT NULL CHECK (trim(held_for) <> ''),
  under_way   BIGINT NOT NULL CHECK (under_way >= 0),
  lifted_at   BIGINT,
  lifted_by   exact_text CHECK (trim(lifted_by) <> ''),
  lifted_for  exact_text CHECK (trim(lifted_for) <> ''),
  PRIMARY KEY (payee, number),
  CONSTRAINT lifted_by_somebody CHECK (
    (lifted_at IS NULL) = (lifted_by IS NULL) AND (lifted_at IS NULL) = (lifted_for IS NULL))
);

CREATE UNIQUE INDEX one_hold_of_a_payee ON payee_holds (payee) WHERE lifted_at IS NULL;

-- A hold is lifted once; nothing else of it changes.
CREATE TRIGGER payee_holds_are_only_lifted BEFORE UPDATE ON payee_holds
FOR EACH ROW WHEN (OLD.lifted_at IS NOT NULL OR NEW.payee <> OLD.payee OR NEW.number <> OLD.number
  OR NEW.held_at <> OLD.held_at OR NEW.held_by <> OLD.held_by OR NEW.held_for <> OLD.held_for
  OR NEW.under_way <> OLD.under_way)
EXECUTE FUNCTION refuse('a hold is only lifted, and once');

CREATE TRIGGER payee_holds_are_not_deleted BEFORE DELETE ON payee_holds
FOR EACH ROW EXECUTE FUNCTION refuse('holds stay on record');

-- Whatever the program may think: no payment to a payee on hold is begun.
CREATE FUNCTION refuse_payment_on_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM payee_holds h WHERE h.payee = NEW.payee AND h.lifted_at IS NULL) THEN
    RAISE EXCEPTION 'the payee is on hold' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER no_payment_while_on_hold BEFORE INSERT ON payments
FOR EACH ROW WHEN (NEW.state = 'intended') EXECUTE FUNCTION refuse_payment_on_hold();

CREATE TRIGGER no_payment_again_while_on_hold BEFORE UPDATE ON payments
FOR EACH ROW WHEN (NEW.state = 'intended' AND OLD.state <> 'intended') EXECUTE FUNCTION refuse_payment_on_hold();

-- What people have written down about a claim that waits. It may be about the member, so it is shown with the claim alone.
CREATE TABLE claim_notes (
  claim_intake_id exact_text NOT NULL REFERENCES claims (claim_intake_id),
  number          BIGINT     NOT NULL CHECK (number >= 1),
  person          exact_text NOT NULL CHECK (trim(person) <> ''),
  text            exact_text NOT NULL CHECK (trim(text) <> ''),
  at              BIGINT     NOT NULL,
  PRIMARY KEY (claim_intake_id, number)
);

CREATE TRIGGER claim_notes_are_not_changed BEFORE UPDATE ON claim_notes
FOR EACH ROW EXECUTE FUNCTION refuse('notes are append-only');

CREATE TRIGGER claim_notes_are_not_deleted BEFORE DELETE ON claim_notes
FOR EACH ROW EXECUTE FUNCTION refuse('notes are append-only');

-- Who looks after a claim that waits: the last row of a claim counts. Null for nobody.
CREATE TABLE claim_assignments (
  claim_intake_id exact_text NOT NULL REFERENCES claims (claim_intake_id),
  number          BIGINT     NOT NULL CHECK (number >= 1),
  person          exact_text NOT NULL CHECK (trim(person) <> ''),
  assignee        exact_text CHECK (trim(assignee) <> ''),
  at              BIGINT     NOT NULL,
  PRIMARY KEY (claim_intake_id, number)
);

CREATE TRIGGER claim_assignments_are_not_changed BEFORE UPDATE ON claim_assignments
FOR EACH ROW EXECUTE FUNCTION refuse('assignments are append-only');

CREATE TRIGGER claim_assignments_are_not_deleted BEFORE DELETE ON claim_assignments
FOR EACH ROW EXECUTE FUNCTION refuse('assignments are append-only');

-- One act on many claims, that a person has confirmed. `digest` is of what the person was shown. Finished once each of its
-- claims has an outcome.
CREATE TABLE bulk_acts (
  digest      exact_text NOT NULL PRIMARY KEY CHECK (length(digest) = 16),
  content     exact_text NOT NULL CHECK (length(content) = 64),
  act         exact_text NOT NULL,
  person      exact_text NOT NULL CHECK (trim(person) <> ''),
  reason      exact_text NOT NULL CHECK (trim(reason) <> ''),
  at          BIGINT     NOT NULL,
  finished_at BIGINT
);

CREATE INDEX bulk_acts_by_content ON bulk_acts (content);

-- What the act is on, in order: a claim, or the key of one. Each is done by itself; `outcome` says what became of it.
CREATE TABLE bulk_subjects (
  digest  exact_text NOT NULL REFERENCES bulk_acts (digest),
  number  BIGINT     NOT NULL CHECK (number >= 1),
  subject exact_text NOT NULL,
  outcome exact_text CHECK (outcome IN ('done', 'unchanged', 'refused', 'unfinished')),
  detail  exact_text,
  PRIMARY KEY (digest, number),
  CONSTRAINT detail_of_outcome CHECK (outcome IS NOT NULL OR detail IS NULL)
);

CREATE INDEX bulk_subjects_open ON bulk_subjects (digest, number) WHERE outcome IS NULL;
