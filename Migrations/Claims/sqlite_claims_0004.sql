-- The tables of claims, SQLite, step 4: payees on hold, what people write down about claims that wait, and acts on many
-- claims.

-- Payees to whom nothing is paid until a person lifts the hold, by the name that payments have for them. `number` counts the
-- holds of a payee. `under_way` is how many payments to it had been committed to when the hold began: the bank may have
-- them, so they go on.
CREATE TABLE payee_holds (
  payee       TEXT    NOT NULL CHECK (trim(payee) <> ''),
  number      INTEGER NOT NULL CHECK (number >= 1),
  held_at     INTEGER NOT NULL,
  held_by     TEXT    NOT NULL CHECK (trim(held_by) <> ''),
  held_for    TEXT    NOT NULL CHECK (trim(held_for) <> ''),
  under_way   INTEGER NOT NULL CHECK (under_way >= 0),
  lifted_at   INTEGER,
  lifted_by   TEXT    CHECK (trim(lifted_by) <> ''),
  lifted_for  TEXT    CHECK (trim(lifted_for) <> ''),
  PRIMARY KEY (payee, number),
  CONSTRAINT lifted_by_somebody CHECK (
    (lifted_at IS NULL) = (lifted_by IS NULL) AND (lifted_at IS NULL) = (lifted_for IS NULL))
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX one_hold_of_a_payee ON payee_holds (payee) WHERE lifted_at IS NULL;

-- A hold is lifted once; nothing else of it changes.
CREATE TRIGGER payee_holds_are_only_lifted BEFORE UPDATE ON payee_holds
WHEN OLD.lifted_at IS NOT NULL OR NEW.payee <> OLD.payee OR NEW.number <> OLD.number OR NEW.held_at <> OLD.held_at
  OR NEW.held_by <> OLD.held_by OR NEW.held_for <> OLD.held_for OR NEW.under_way <> OLD.under_way
BEGIN SELECT RAISE(ABORT, 'a hold is only lifted, and once'); END;

CREATE TRIGGER payee_holds_are_not_deleted BEFORE DELETE ON payee_holds
BEGIN SELECT RAISE(ABORT, 'holds stay on record'); END;

-- Whatever the program may think: no payment to a payee on hold is begun.
CREATE TRIGGER no_payment_while_on_hold BEFORE INSERT ON payments
WHEN NEW.state = 'intended' AND EXISTS (SELECT 1 FROM payee_holds h WHERE h.payee = NEW.payee AND h.lifted_at IS NULL)
BEGIN SELECT RAISE(ABORT, 'the payee is on hold'); END;

CREATE TRIGGER no_payment_again_while_on_hold BEFORE UPDATE ON payments
WHEN NEW.state = 'intended' AND OLD.state <> 'intended'
  AND EXISTS (SELECT 1 FROM payee_holds h WHERE h.payee = NEW.payee AND h.lifted_at IS NULL)
BEGIN SELECT RAISE(ABORT, 'the payee is on hold'); END;

-- What people have written down about a claim that waits. It may be about the member, so it is shown with the claim alone.
CREATE TABLE claim_notes (
  claim_intake_id TEXT    NOT NULL REFERENCES claims (claim_intake_id),
  number          INTEGER NOT NULL CHECK (number >= 1),
  person          TEXT    NOT NULL CHECK (trim(person) <> ''),
  text            TEXT    NOT NULL CHECK (trim(text) <> ''),
  at              INTEGER NOT NULL,
  PRIMARY KEY (claim_intake_id, number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER claim_notes_are_not_changed BEFORE UPDATE ON claim_notes
BEGIN SELECT RAISE(ABORT, 'notes are append-only'); END;

CREATE TRIGGER claim_notes_are_not_deleted BEFORE DELETE ON claim_notes
BEGIN SELECT RAISE(ABORT, 'notes are append-only'); END;

-- Who looks after a claim that waits: the last row of a claim counts. Null for nobody.
CREATE TABLE claim_assignments (
  claim_intake_id TEXT    NOT NULL REFERENCES claims (claim_intake_id),
  number          INTEGER NOT NULL CHECK (number >= 1),
  person          TEXT    NOT NULL CHECK (trim(person) <> ''),
  assignee        TEXT    CHECK (trim(assignee) <> ''),
  at              INTEGER NOT NULL,
  PRIMARY KEY (claim_intake_id, number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER claim_assignments_are_not_changed BEFORE UPDATE ON claim_assignments
BEGIN SELECT RAISE(ABORT, 'assignments are append-only'); END;

CREATE TRIGGER claim_assignments_are_not_deleted BEFORE DELETE ON claim_assignments
BEGIN SELECT RAISE(ABORT, 'assignments are append-only'); END;

-- One act on many claims, that a person has confirmed. `digest` is of what the person was shown. Finished once each of its
-- claims has an outcome.
CREATE TABLE bulk_acts (
  digest      TEXT    NOT NULL PRIMARY KEY CHECK (length(digest) = 16),
  content     TEXT    NOT NULL CHECK (length(content) = 64),
  act         TEXT    NOT NULL,
  person      TEXT    NOT NULL CHECK (trim(person) <> ''),
  reason      TEXT    NOT NULL CHECK (trim(reason) <> ''),
  at          INTEGER NOT NULL,
  finished_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX bulk_acts_by_content ON bulk_acts (content);

-- What the act is on, in order: a claim, or the key of one. Each is done by itself; `outcome` says what became of it.
CREATE TABLE bulk_subjects (
  digest  TEXT    NOT NULL REFERENCES bulk_acts (digest),
  number  INTEGER NOT NULL CHECK (number >= 1),
  subject TEXT    NOT NULL,
  outcome TEXT    CHECK (outcome IN ('done', 'unchanged', 'refused', 'unfinished')),
  detail  TEXT,
  PRIMARY KEY (digest, number),
  CONSTRAINT detail_of_outcome CHECK (outcome IS NOT NULL OR detail IS NULL)
) STRICT, WITHOUT ROWID;

CREATE INDEX bulk_subjects_open ON bulk_subjects (digest, number) WHERE outcome IS NULL;
