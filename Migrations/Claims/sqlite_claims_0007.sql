-- The tables of claims, SQLite, step 7: acts that a second person has to approve.

-- What an examiner has proposed about a claim, since it moves more money than one person may. `body` is the claim as it
-- would be decided; null where a decided claim would be paid as it is. `moves` is what the plan would pay more, or less.
CREATE TABLE proposed_acts (
  claim_intake_id TEXT    NOT NULL REFERENCES claims (claim_intake_id),
  number          INTEGER NOT NULL CHECK (number >= 1),
  act             TEXT    NOT NULL CHECK (trim(act) <> ''),
  waived          TEXT    NOT NULL,
  body            BLOB,
  moves           INTEGER NOT NULL,
  person          TEXT    NOT NULL CHECK (trim(person) <> ''),
  reason          TEXT    NOT NULL CHECK (trim(reason) <> ''),
  at              INTEGER NOT NULL,
  closed_as       TEXT    CHECK (closed_as IN ('approved', 'declined')),
  closed_by       TEXT    CHECK (trim(closed_by) <> ''),
  closed_for      TEXT    CHECK (trim(closed_for) <> ''),
  closed_at       INTEGER,
  PRIMARY KEY (claim_intake_id, number),
  CONSTRAINT closed_by_somebody CHECK (
    (closed_as IS NULL) = (closed_by IS NULL) AND (closed_as IS NULL) = (closed_for IS NULL)
    AND (closed_as IS NULL) = (closed_at IS NULL)),
  CONSTRAINT approved_by_another CHECK (closed_as IS NULL OR closed_as <> 'approved' OR closed_by <> person)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX one_open_proposal ON proposed_acts (claim_intake_id) WHERE closed_as IS NULL;
CREATE INDEX proposed_acts_open ON proposed_acts (at, claim_intake_id) WHERE closed_as IS NULL;

-- A proposal is closed once; nothing else of it changes.
CREATE TRIGGER proposed_acts_are_only_closed BEFORE UPDATE ON proposed_acts
WHEN OLD.closed_as IS NOT NULL OR NEW.claim_intake_id <> OLD.claim_intake_id OR NEW.number <> OLD.number
  OR NEW.act <> OLD.act OR NEW.waived <> OLD.waived OR NEW.body IS NOT OLD.body OR NEW.moves <> OLD.moves
  OR NEW.person <> OLD.person OR NEW.reason <> OLD.reason OR NEW.at <> OLD.at
BEGIN SELECT RAISE(ABORT, 'a proposal is only closed, and once'); END;

CREATE TRIGGER proposed_acts_are_not_deleted BEFORE DELETE ON proposed_acts
BEGIN SELECT RAISE(ABORT, 'proposals stay on record'); END;
