-- The tables of claims, SQLite, step 1, beside those of the durable runner. Amounts are integer cents; instants are
-- microseconds since 1970 (UTC); days are ISO 8601 text, which sorts as it should. What the types hold to, the tables hold to
-- again.

-- Claims --------------------------------------------------------------------------------------------------------------

CREATE TABLE rulesets (
  id     TEXT NOT NULL PRIMARY KEY,
  digest TEXT NOT NULL CHECK (length(digest) = 64)
) STRICT, WITHOUT ROWID;

-- Spans of enrolment by each number a claim may name the person by; a dependent can have more than one.
CREATE TABLE coverages (
  number        TEXT    NOT NULL,
  member_id     TEXT    NOT NULL,
  first_day     TEXT    NOT NULL,
  last_day      TEXT    NOT NULL,
  family_id     TEXT    NOT NULL,
  plan_id       TEXT    NOT NULL,
  covers_family INTEGER NOT NULL CHECK (covers_family IN (0, 1)),
  PRIMARY KEY (number, first_day),
  CHECK (first_day <= last_day)
) STRICT, WITHOUT ROWID;

CREATE INDEX coverages_by_family ON coverages (family_id, number);

-- Numbers whose coverage an enrollment transaction has settled: no member file changes it. The digest is SHA-256 of the spans
-- that the transaction left, none among them.
CREATE TABLE settled_enrollments (
  number          TEXT NOT NULL PRIMARY KEY,
  effect_key      TEXT NOT NULL,
  coverage_digest TEXT NOT NULL CHECK (length(coverage_digest) = 64)
) STRICT, WITHOUT ROWID;

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
  CONSTRAINT paid_only_if_adjudicated CHECK (
    status NOT IN ('adjudicated', 'paid', 'denied')
    OR (adjudication_id IS NOT NULL AND allowed_cents IS NOT NULL AND member_cents IS NOT NULL AND paid_cents IS NOT NULL)),
  CONSTRAINT paid_within_allowed CHECK (paid_cents IS NULL OR (paid_cents >= 0 AND paid_cents <= allowed_cents)),
  CONSTRAINT allowed_within_charge CHECK (allowed_cents IS NULL OR allowed_cents <= charge_cents)
) STRICT, WITHOUT ROWID;

CREATE INDEX claims_by_number ON claims (claim_number);
CREATE INDEX claims_by_eligibility ON claims (eligibility_key) WHERE eligibility_key IS NOT NULL;
CREATE INDEX claims_by_revised ON claims (revises) WHERE revises IS NOT NULL;
CREATE INDEX claims_suspended ON claims (received_on, claim_intake_id) WHERE status = 'suspended';
CREATE INDEX claims_unfinished ON claims (claim_intake_id) WHERE audit_key IS NULL;
-- What a check run has to look at, so that it costs what is due and not what is stored.
CREATE INDEX claims_untold ON claims (claim_intake_id) WHERE told = 0 AND audit_key IS NOT NULL;

-- What was submitted, in canonical JSON. Beside the claims, so that a step of one does not carry it along.
CREATE TABLE claim_bodies (
  claim_intake_id TEXT NOT NULL PRIMARY KEY REFERENCES claims (claim_intake_id),
  body            BLOB NOT NULL
) STRICT;

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
) STRICT, WITHOUT ROWID;

CREATE INDEX decisions_by_claim ON decisions (claim_intake_id);

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
  PRIMARY KEY (adjudication_id, number),
  CONSTRAINT line_balances CHECK (charge_cents = paid_cents + adjusted_cents),
  CONSTRAINT line_paid_within_allowed CHECK (paid_cents >= 0 AND paid_cents <= allowed_cents AND allowed_cents <= charge_cents),
  CONSTRAINT denied_pays_nothing CHECK (denied = 0 OR (paid_cents = 0 AND allowed_cents = 0))
) STRICT, WITHOUT ROWID;

CREATE INDEX decision_lines_allowed ON decision_lines (signature, claim_intake_id) WHERE NOT denied;

CREATE INDEX decision_lines_near ON decision_lines (near_signature, claim_intake_id)
  WHERE NOT denied AND near_signature <> '';

CREATE INDEX decision_lines_of_day ON decision_lines (care_day, claim_intake_id) WHERE NOT denied AND care_day <> '';

-- A bucket `visits:…` counts visits, 1 each; all others count cents.
CREATE TABLE accumulator_entries (
  effect_key      TEXT    NOT NULL,
  holder_kind     TEXT    NOT NULL CHECK (holder_kind IN ('member', 'family')),
  holder          TEXT    NOT NULL,
  plan_id         TEXT    NOT NULL,
  plan_year       INTEGER NOT NULL,
  bucket          TEXT    NOT NULL CHECK (
    bucket IN ('deductible', 'out-of-pocket', 'deductible:out-of-network', 'out-of-pocket:out-of-network')
    OR ((substr(bucket, 1, 7) = 'visits:' OR substr(bucket, 1, 5) = 'paid:' OR substr(bucket, 1, 6) = 'copay:') AND holder_kind = 'member')),
  amount_cents    INTEGER NOT NULL CHECK (amount_cents <> 0),
  claim_intake_id TEXT    NOT NULL REFERENCES claims (claim_intake_id),
  PRIMARY KEY (holder_kind, holder, plan_id, plan_year, bucket, effect_key)
) STRICT, WITHOUT ROWID;

CREATE INDEX accumulator_entries_by_claim ON accumulator_entries (claim_intake_id);

CREATE TRIGGER accumulator_entries_are_not_changed BEFORE UPDATE ON accumulator_entries
BEGIN SELECT RAISE(ABORT, 'accumulator entries are append-only'); END;

-- Queue ---------------------------------------------------------------------------------------------------------------

-- Claims that wait for a worker, as they were submitted; a claim that is at its end leaves. The intake key lets each in
-- once. Nothing here is ever changed: what is, stands in claim_queue, so that a lease does not carry the text along.
CREATE TABLE queued_claims (
  intake_key   TEXT    NOT NULL PRIMARY KEY,
  payer_id     TEXT    NOT NULL,
  received_on  TEXT    NOT NULL,
  body         BLOB    NOT NULL,
  source       TEXT    NOT NULL,
  place        TEXT    NOT NULL,
  submitted_at INTEGER NOT NULL
) STRICT;

CREATE TRIGGER queued_claims_are_not_changed BEFORE UPDATE ON queued_claims
BEGIN SELECT RAISE(ABORT, 'queued claims stay as they were submitted'); END;

-- Whose turn it is, and who is at it: a row for each queued claim.
CREATE TABLE claim_queue (
  intake_key    TEXT    NOT NULL PRIMARY KEY REFERENCES queued_claims (intake_key),
  priority      INTEGER NOT NULL,
  turn          INTEGER NOT NULL,
  status        TEXT    NOT NULL CHECK (status IN ('waiting', 'leased', 'dead')),
  attempts      INTEGER NOT NULL CHECK (attempts >= 0),
  epoch         INTEGER NOT NULL CHECK (epoch >= 0),
  lease_owner   TEXT,
  lease_expires INTEGER,
  lease_length  INTEGER CHECK (lease_length >= 0),
  not_before    INTEGER NOT NULL,
  reason        TEXT,
  CONSTRAINT queue_lease_iff_leased CHECK (
    (status = 'leased') = (lease_owner IS NOT NULL)
    AND (lease_owner IS NULL) = (lease_expires IS NULL)
    AND (lease_owner IS NULL) = (lease_length IS NULL)),
  CONSTRAINT reason_iff_dead CHECK ((status = 'dead') = (reason IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX claim_queue_next ON claim_queue (priority DESC, turn, intake_key) WHERE status = 'waiting';
CREATE INDEX claim_queue_leases ON claim_queue (lease_expires) WHERE status = 'leased';

-- How far each payer's claims are in taking turns.
CREATE TABLE queue_turns (
  payer_id  TEXT    NOT NULL,
  priority  INTEGER NOT NULL,
  last_turn INTEGER NOT NULL,
  PRIMARY KEY (payer_id, priority)
) STRICT, WITHOUT ROWID;

-- How many claims the queue holds at most, those that were set aside not among them. Whoever submits adds to it, under the
-- row's lock, and counts anew when that seems to be too many; workers, who only take away, leave it alone.
CREATE TABLE queue_size (
  id         INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  at_most    INTEGER NOT NULL CHECK (at_most >= 0),
  counted_at INTEGER NOT NULL
) STRICT;

INSERT INTO queue_size (id, at_most, counted_at) VALUES (1, 0, 0);

-- Money ---------------------------------------------------------------------------------------------------------------

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
  CONSTRAINT nothing_due_is_zero CHECK (state IN ('reversed', 'refused') OR (state = 'nothing-due') = (amount_cents = 0)),
  CONSTRAINT paid_has_transfer CHECK (
    state NOT IN ('paid', 'voided', 'reversed') OR amount_cents = 0 OR transfer_id IS NOT NULL),
  CONSTRAINT interest_of_late_days CHECK (
    (late_from IS NULL) = (late_through IS NULL) AND (late_from IS NOT NULL OR interest_cents = 0))
) STRICT, WITHOUT ROWID;

-- The third protection, enough by itself: whatever keys and bank may say, a claim has one standing payment at most.
CREATE UNIQUE INDEX one_standing_payment ON payments (claim_intake_id) WHERE state IN ('intended', 'paid', 'nothing-due');

CREATE INDEX payments_reversed ON payments (payee, claim_intake_id) WHERE state = 'reversed';
CREATE INDEX payments_by_claim ON payments (claim_intake_id);

-- The bank this store is paid from, for good from the first intent to pay. Its identity decides; the address only says
-- where it was last found. Every transfer of the bank up to accounted_through is accounted for here.
CREATE TABLE bank_link (
  id                INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  bank_id           TEXT    NOT NULL CHECK (length(bank_id) > 0),
  address           TEXT    NOT NULL CHECK (length(address) > 0),
  accounted_through INTEGER NOT NULL CHECK (accounted_through >= 0)
) STRICT;

-- Transfers that the bank has made and that no payment here accounted for when they were found: what a store that was
-- restored from a backup has lost. Claims they are for are never paid again, only closed with them.
CREATE TABLE found_transfers (
  number          INTEGER NOT NULL PRIMARY KEY,
  transfer_id     TEXT    NOT NULL,
  tracking_id     TEXT    NOT NULL,
  amount_cents    INTEGER NOT NULL CHECK (amount_cents <> 0),
  payer_id        TEXT    NOT NULL,
  payee           TEXT    NOT NULL,
  claim_intake_id TEXT    NOT NULL,
  -- The first of the claims that took one another's place.
  origin          TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX found_transfers_by_claim ON found_transfers (claim_intake_id);
CREATE INDEX found_transfers_by_origin ON found_transfers (origin);
CREATE INDEX found_transfers_by_tracking ON found_transfers (tracking_id);
CREATE INDEX payments_by_tracking ON payments (tracking_id) WHERE tracking_id IS NOT NULL;

-- What payees owe of payments whose decision was reversed. Later payments withhold it, and none withholds more. The step
-- counts its changes: by it a payment says which reversals came before what it withholds.
CREATE TABLE payee_balances (
  payee      TEXT    NOT NULL PRIMARY KEY,
  owed_cents INTEGER NOT NULL CHECK (owed_cents >= 0),
  step       INTEGER NOT NULL CHECK (step >= 1)
) STRICT, WITHOUT ROWID;

-- Double entry in one row: what is debited to one account is credited to another, so the ledger cannot but sum to zero.
CREATE TABLE ledger_postings (
  effect_key      TEXT    NOT NULL,
  number          INTEGER NOT NULL,
  debit           TEXT    NOT NULL,
  credit          TEXT    NOT NULL,
  amount_cents    INTEGER NOT NULL CHECK (amount_cents > 0),
  claim_intake_id TEXT    NOT NULL REFERENCES claims (claim_intake_id),
  party           TEXT    NOT NULL,
  posted_at       INTEGER NOT NULL,
  PRIMARY KEY (effect_key, number),
  CONSTRAINT two_accounts CHECK (debit <> credit)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER ledger_postings_are_not_changed BEFORE UPDATE ON ledger_postings
BEGIN SELECT RAISE(ABORT, 'ledger postings are append-only'); END;

CREATE TABLE closed_cash_book (
  id      INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  through TEXT    NOT NULL
) STRICT;

CREATE TABLE audit_records (
  audit_id        TEXT    NOT NULL PRIMARY KEY,
  claim_intake_id TEXT    NOT NULL REFERENCES claims (claim_intake_id),
  adjudication_id TEXT    NOT NULL,
  event           TEXT    NOT NULL,
  effect_key      TEXT    NOT NULL UNIQUE,
  evidence        TEXT    NOT NULL CHECK (length(evidence) = 64),
  at              INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Remittances ---------------------------------------------------------------------------------------------------------

-- Check runs: each has its claims from its beginning. One at a time is under way.
CREATE TABLE check_runs (
  run      INTEGER NOT NULL PRIMARY KEY CHECK (run >= 1),
  paid_on  TEXT    NOT NULL,
  state    TEXT    NOT NULL CHECK (state IN ('open', 'closed')),
  begun_at INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX one_open_check_run ON check_runs (state) WHERE state = 'open';

-- What providers were told, a row a file; the file itself is the response of the key. What is paid is what the bank has
-- moved, and what a payee owes after it follows from that: a remittance out of balance cannot be written down.
CREATE TABLE remittances (
  remittance_id     TEXT    NOT NULL PRIMARY KEY,
  number            INTEGER NOT NULL UNIQUE CHECK (number >= 1),
  run               INTEGER NOT NULL REFERENCES check_runs (run),
  payee             TEXT    NOT NULL,
  payee_name        TEXT    NOT NULL,
  effect_key        TEXT    NOT NULL UNIQUE,
  claim_count       INTEGER NOT NULL CHECK (claim_count >= 1),
  claims_paid_cents INTEGER NOT NULL,
  interest_cents    INTEGER NOT NULL,
  amount_cents      INTEGER NOT NULL CHECK (amount_cents >= 0),
  owed_before_cents INTEGER NOT NULL CHECK (owed_before_cents >= 0),
  owed_before_trace TEXT,
  owed_after_cents  INTEGER NOT NULL CHECK (owed_after_cents >= 0),
  owed_after_trace  TEXT,
  digest            TEXT    NOT NULL CHECK (length(digest) = 64),
  CONSTRAINT check_balances CHECK (owed_after_cents = owed_before_cents + amount_cents - claims_paid_cents - interest_cents),
  CONSTRAINT owed_under_a_trace CHECK (
    (owed_before_cents > 0) = (owed_before_trace IS NOT NULL)
    AND (owed_after_cents > 0) = (owed_after_trace IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX remittances_by_payee ON remittances (payee, number);
CREATE INDEX remittances_by_run ON remittances (run, number);

CREATE TRIGGER remittances_are_not_changed BEFORE UPDATE ON remittances
BEGIN SELECT RAISE(ABORT, 'remittances are append-only'); END;

-- The claims of check runs: each is told once how it was settled, and once that this is taken back. Those without a
-- remittance are due to be told.
CREATE TABLE remitted_claims (
  claim_intake_id TEXT    NOT NULL REFERENCES claims (claim_intake_id),
  part            TEXT    NOT NULL CHECK (part IN ('reversal', 'settlement')),
  payment_id      TEXT    NOT NULL REFERENCES payments (payment_id),
  run             INTEGER NOT NULL REFERENCES check_runs (run),
  payee           TEXT    NOT NULL,
  remittance_id   TEXT    REFERENCES remittances (remittance_id),
  PRIMARY KEY (claim_intake_id, part)
) STRICT, WITHOUT ROWID;

CREATE INDEX remitted_claims_due ON remitted_claims (run, payee, part, claim_intake_id) WHERE remittance_id IS NULL;
CREATE INDEX remitted_claims_told ON remitted_claims (remittance_id) WHERE remittance_id IS NOT NULL;
