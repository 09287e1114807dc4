-- The tables of claims, PostgreSQL, step 7: acts that a second person has to approve.

-- What an examiner has proposed about a claim, since it moves more money than one person may. `body` is the claim as it
-- would be decided; null where a decided claim would be paid as it is. `moves` is what the plan would pay more, or less.
CREATE TABLE proposed_acts (
  claim_intake_id exact_text NOT NULL REFERENCES claims (claim_intake_id),
  number          BIGINT     NOT NULL CHECK (number >= 1),
  act             exact_text NOT NULL CHECK (trim(act) <> ''),
  waived          exact_text NOT NULL,
  body            BYTEA,
  moves           BIGINT     NOT NULL,
  person          exact_text NOT NULL CHECK (trim(person) <> ''),
  reason          exact_text NOT NULL CHECK (trim(reason) <> ''),
  at              BIGINT     NOT NULL,
  closed_as       exact_text CHECK (closed_as IN ('approved', 'declined')),
  closed_by       exact_text CHECK (trim(closed_by) <> ''),
  closed_for      exact_text CHECK (trim(closed_for) <> ''),
  closed_at       BIGINT,
  PRIMARY KEY (claim_intake_id, number),
  CONSTRAINT closed_by_somebody CHECK (
    (closed_as IS NULL) = (closed_by IS NULL) AND (closed_as IS NULL) = (closed_for IS NULL)
    AND (closed_as IS NULL) = (closed_at IS NULL)),
  CONSTRAINT approved_by_another CHECK (closed_as IS NULL OR closed_as <> 'approved' OR closed_by <> person)
);

CREATE UNIQUE INDEX one_open_proposal ON proposed_acts (claim_intake_id) WHERE closed_as IS NULL;
CREATE INDEX proposed_acts_open ON proposed_acts (at, claim_intake_id) WHERE closed_as IS NULL;

-- A proposal is closed once; nothing else of it changes.
CREATE TRIGGER proposed_acts_are_only_closed BEFORE UPDATE ON proposed_acts
FOR EACH ROW WHEN (OLD.closed_as IS NOT NULL OR NEW.claim_intake_id <> OLD.claim_intake_id OR NEW.number <> OLD.number
  OR NEW.act <> OLD.act OR NEW.waived <> OLD.waived OR NEW.body IS DISTINCT FROM OLD.body OR NEW.moves <> OLD.moves
  OR NEW.person <> OLD.person OR NEW.reason <> OLD.reason OR NEW.at <> OLD.at)
EXECUTE FUNCTION refuse('a proposal is only closed, and once');

CREATE TRIGGER proposed_acts_are_not_deleted BEFORE DELETE ON proposed_acts
FOR EACH ROW EXECUTE FUNCTION refuse('proposals stay on record');
