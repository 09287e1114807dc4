-- The tables of claims, SQLite, step 12: rows are stored in the order in which they come, and found by an index. Until now a
-- row's place was its identifier, which ends in a digest, so that each claim changed pages all over a large file.
--
-- Each table is copied aside and made anew, since SQLite cannot change how a table is stored. References to it hold again
-- when the step is complete, and the program checks them before it commits.

-- Claims --------------------------------------------------------------------------------------------------------------

CREATE TABLE claims_aside AS SELECT * FROM claims;
DROP TABLE claims;

CREATE TABLE claims (
  claim_intake_id       TEXT    NOT NULL PRIMARY KEY,
  claim_number          TEXT    NOT NULL,
  payer_id              TEXT    NOT NULL,
  member_id             TEXT    NOT NULL,
  received_on           TEXT    NOT NULL,
  revises               TEXT,
  ruleset               TEXT    NOT NULL,
  charge_cents          INTEGER NOT NULL CHECK (charge_cents >= 0),
  status                TEXT    NOT NULL CHECK (status IN ('received', 'adjudicated', 'paid', 'denied', 'suspended', 'replaced')),
  intake_key            TEXT    NOT NULL UNIQUE,
  eligibility_key       TEXT,
  adjudication_key      TEXT,
  payment_key           TEXT,
  audit_key             TEXT,
  adjudication_id       TEXT,
  allowed_cents         INTEGER,
  member_cents          INTEGER,
  paid_cents            INTEGER,
  version               INTEGER NOT NULL CHECK (version >= 1),
  told                  INTEGER NOT NULL DEFAULT 0 CHECK (told IN (0, 1)),
  provider              TEXT,
  first_service         TEXT,
  last_service          TEXT
    CONSTRAINT service_in_order CHECK (
      (first_service IS NULL) = (last_service IS NULL) AND first_service <= last_service),
  CONSTRAINT paid_only_if_adjudicated CHECK (
    status NOT IN ('adjudicated', 'paid', 'denied')
    OR (adjudication_id IS NOT NULL AND allowed_cents IS NOT NULL AND member_cents IS NOT NULL AND paid_cents IS NOT NULL)),
  CONSTRAINT paid_within_allowed CHECK (paid_cents IS NULL OR (paid_cents >= 0 AND paid_cents <= allowed_cents)),
  CONSTRAINT allowed_within_charge CHECK (allowed_cents IS NULL OR allowed_cents <= charge_cents)
) STRICT;

INSERT INTO claims SELECT * FROM claims_aside;
DROP TABLE claims_aside;

CREATE INDEX claims_by_number ON claims (claim_number);
CREATE INDEX claims_by_eligibility ON claims (eligibility_key) WHERE eligibility_key IS NOT NULL;
CREATE INDEX claims_by_revised ON claims (revises) WHERE revises IS NOT NULL;
CREATE INDEX claims_unfinished ON claims (claim_intake_id) WHERE audit_key IS NULL;
CREATE INDEX claims_untold ON claims (claim_intake_id) WHERE told = 0 AND audit_key IS NOT NULL;
CREATE INDEX claims_by_day ON claims (received_on, claim_intake_id);
CREATE INDEX claims_by_member ON claims (member_id, received_on, claim_intake_id);
CREATE INDEX claims_by_provider ON claims (provider, received_on, claim_intake_id) WHERE provider IS NOT NULL;
CREATE INDEX claims_by_status ON claims (status, received_on, claim_intake_id) WHERE status <> 'paid';

-- Decisions -----------------------------------------------------------------------------------------------------------

CREATE TABLE decisions_aside AS SELECT * FROM decisions;
DROP TABLE decisions;

CREATE TABLE decisions (
  adjudication_id TEXT    NOT NULL PRIMARY KEY,
  claim_intake_id TEXT    NOT NULL REFERENCES claims (claim_intake_id),
  effect_key      TEXT    NOT NULL UNIQUE,
  ruleset         TEXT    NOT NULL,
  charge_cents    INTEGER NOT NULL,
  allowed_cents   INTEGER NOT NULL,
  paid_cents      INTEGER NOT NULL,
  adjusted_cents  INTEGER NOT NULL,
  member_cents    INTEGER NOT NULL,
  CONSTRAINT claim_balances CHECK (charge_cents = paid_cents + adjusted_cents),
  CONSTRAINT claim_paid_within_allowed CHECK (paid_cents >= 0 AND paid_cents <= allowed_cents AND allowed_cents <= charge_cents)
) STRICT;

INSERT INTO decisions SELECT * FROM decisions_aside;
DROP TABLE decisions_aside;

CREATE INDEX decisions_by_claim ON decisions (claim_intake_id);

-- Decision lines ------------------------------------------------------------------------------------------------------

CREATE TABLE decision_lines_aside AS SELECT * FROM decision_lines;
DROP TABLE decision_lines;

CREATE TABLE decision_lines (
  adjudication_id TEXT    NOT NULL REFERENCES decisions (adjudication_id),
  number          INTEGER NOT NULL,
  claim_intake_id TEXT    NOT NULL,
  code            TEXT    NOT NULL,
  charge_cents    INTEGER NOT NULL CHECK (charge_cents >= 0),
  allowed_cents   INTEGER NOT NULL,
  paid_cents      INTEGER NOT NULL,
  adjusted_cents  INTEGER NOT NULL,
  member_cents    INTEGER NOT NULL,
  denied          INTEGER NOT NULL CHECK (denied IN (0, 1)),
  -- SHA-256 of who, whom, when, what, how much and where: finds care that was given once and billed twice.
  signature       TEXT    NOT NULL,
  -- SHA-256 of whom, the first day and the code, or the share of an anesthesia: finds care that may be the same. Empty where
  -- the plan does not ask.
  near_signature  TEXT    NOT NULL,
  -- SHA-256 of who, whom and the day: finds care that is edited together. Empty where the plan has no such edits.
  care_day        TEXT    NOT NULL,
  days            INTEGER NOT NULL DEFAULT 1 CHECK (days >= 1),
  PRIMARY KEY (adjudication_id, number),
  CONSTRAINT line_balances CHECK (charge_cents = paid_cents + adjusted_cents),
  CONSTRAINT line_paid_within_allowed CHECK (paid_cents >= 0 AND paid_cents <= allowed_cents AND allowed_cents <= charge_cents),
  CONSTRAINT denied_pays_nothing CHECK (denied = 0 OR (paid_cents = 0 AND allowed_cents = 0))
) STRICT;

INSERT INTO decision_lines SELECT * FROM decision_lines_aside;
DROP TABLE decision_lines_aside;

CREATE INDEX decision_lines_allowed ON decision_lines (signature, claim_intake_id) WHERE NOT denied;
CREATE INDEX decision_lines_near ON decision_lines (near_signature, claim_intake_id)
  WHERE NOT denied AND near_signature <> '';
CREATE INDEX decision_lines_of_day ON decision_lines (care_day, claim_intake_id) WHERE NOT denied AND care_day <> '';

-- Payments ------------------------------------------------------------------------------------------------------------

CREATE TABLE payments_aside AS SELECT * FROM payments;
DROP TABLE payments;

CREATE TABLE payments (
  payment_id      TEXT    NOT NULL PRIMARY KEY,
  claim_intake_id TEXT    NOT NULL REFERENCES claims (claim_intake_id),
  eob_id          TEXT    NOT NULL UNIQUE,
  effect_key      TEXT    NOT NULL UNIQUE,
  tracking_id     TEXT,
  payee           TEXT    NOT NULL,
  payee_name      TEXT    NOT NULL,
  amount_cents    INTEGER NOT NULL CHECK (amount_cents >= 0),
  interest_cents  INTEGER NOT NULL CHECK (interest_cents >= 0),
  late_from       TEXT,
  late_through    TEXT,
  withheld_cents  INTEGER NOT NULL CHECK (withheld_cents >= 0),
  withheld_step   INTEGER,
  reversed_step   INTEGER,
  state           TEXT    NOT NULL CHECK (state IN ('intended', 'paid', 'nothing-due', 'refused', 'voided', 'reversed')),
  transfer_id     TEXT,
  receipt         TEXT
    CONSTRAINT receipt_of_transfer CHECK (
      receipt IS NULL OR (length(receipt) BETWEEN 1 AND 8192 AND transfer_id IS NOT NULL)),
  return_receipt  TEXT
    CONSTRAINT return_receipt_of_void CHECK (
      return_receipt IS NULL OR (length(return_receipt) BETWEEN 1 AND 8192 AND state = 'voided')),
  CONSTRAINT nothing_due_is_zero CHECK (state IN ('reversed', 'refused') OR (state = 'nothing-due') = (amount_cents = 0)),
  CONSTRAINT paid_has_transfer CHECK (
    state NOT IN ('paid', 'voided', 'reversed') OR amount_cents = 0 OR transfer_id IS NOT NULL),
  CONSTRAINT interest_of_late_days CHECK (
    (late_from IS NULL) = (late_through IS NULL) AND (late_from IS NOT NULL OR interest_cents = 0))
) STRICT;

INSERT INTO payments SELECT * FROM payments_aside;
DROP TABLE payments_aside;

CREATE UNIQUE INDEX one_standing_payment ON payments (claim_intake_id) WHERE state IN ('intended', 'paid', 'nothing-due');
CREATE INDEX payments_reversed ON payments (payee, claim_intake_id) WHERE state = 'reversed';
CREATE INDEX payments_by_claim ON payments (claim_intake_id);
CREATE INDEX payments_by_tracking ON payments (tracking_id) WHERE tracking_id IS NOT NULL;

CREATE TRIGGER no_payment_while_on_hold BEFORE INSERT ON payments
WHEN NEW.state = 'intended' AND EXISTS (SELECT 1 FROM payee_holds h WHERE h.payee = NEW.payee AND h.lifted_at IS NULL)
BEGIN SELECT RAISE(ABORT, 'the payee is on hold'); END;

CREATE TRIGGER no_payment_again_while_on_hold BEFORE UPDATE ON payments
WHEN NEW.state = 'intended' AND OLD.state <> 'intended'
  AND EXISTS (SELECT 1 FROM payee_holds h WHERE h.payee = NEW.payee AND h.lifted_at IS NULL)
BEGIN SELECT RAISE(ABORT, 'the payee is on hold'); END;

-- Audit records -------------------------------------------------------------------------------------------------------

CREATE TABLE audit_records_aside AS SELECT * FROM audit_records;
DROP TABLE audit_records;

CREATE TABLE audit_records (
  audit_id        TEXT    NOT NULL PRIMARY KEY,
  claim_intake_id TEXT    NOT NULL REFERENCES claims (claim_intake_id),
  adjudication_id TEXT    NOT NULL,
  event           TEXT    NOT NULL,
  effect_key      TEXT    NOT NULL UNIQUE,
  evidence        TEXT    NOT NULL CHECK (length(evidence) = 64),
  at              INTEGER NOT NULL
) STRICT;

INSERT INTO audit_records SELECT * FROM audit_records_aside;
DROP TABLE audit_records_aside;
