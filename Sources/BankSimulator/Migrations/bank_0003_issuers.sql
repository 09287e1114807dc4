-- Who ordered what, and what the bank has signed. Foreign keys are off while this runs, and checked at its end.

-- What the bank's own key is made from. It is made with this step, and never changes.
CREATE TABLE bank_secret (
  id    INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  bytes BLOB    NOT NULL CHECK (length(bytes) = 32)
) STRICT;

CREATE TRIGGER bank_secret_is_never_another BEFORE UPDATE ON bank_secret
BEGIN SELECT RAISE(ABORT, 'a bank keeps its key'); END;

CREATE TRIGGER bank_secret_is_never_forgotten BEFORE DELETE ON bank_secret
BEGIN SELECT RAISE(ABORT, 'a bank keeps its key'); END;

-- Keys and tracking ids belong to the issuer who ordered under them: '' where nobody had to sign.
CREATE TABLE issued_payments (
  issuer          TEXT NOT NULL DEFAULT '' CHECK (length(issuer) IN (0, 43)),
  tracking_id     TEXT NOT NULL CHECK (length(tracking_id) > 0),
  idempotency_key TEXT NOT NULL CHECK (length(idempotency_key) > 0),
  payee_reference TEXT NOT NULL CHECK (length(payee_reference) > 0),
  payee_name      TEXT NOT NULL,
  amount_cents    INTEGER NOT NULL CHECK (amount_cents > 0),
  payer           TEXT NOT NULL CHECK (length(payer) > 0),
  reference       TEXT NOT NULL CHECK (length(reference) > 0),
  -- What it is for, whatever the reference: the same for all payments that correct one another.
  origin          TEXT NOT NULL CHECK (length(origin) > 0),
  -- The payment of the same issuer, payer and origin that this one corrects. Each is corrected once at most.
  corrects        TEXT,
  state           TEXT NOT NULL CHECK (state IN ('prepared', 'committed', 'voided')),
  outgoing        INTEGER REFERENCES transfers (number),
  returned        INTEGER REFERENCES transfers (number),
  void_reason     TEXT,
  PRIMARY KEY (issuer, tracking_id),
  UNIQUE (issuer, idempotency_key),
  FOREIGN KEY (issuer, corrects) REFERENCES payments (issuer, tracking_id),
  CHECK (
    CASE state
      WHEN 'committed' THEN outgoing IS NOT NULL AND returned IS NULL
      WHEN 'voided' THEN (outgoing IS NULL) = (returned IS NULL)
      ELSE outgoing IS NULL AND returned IS NULL
    END
  ),
  CHECK ((state = 'voided') = (void_reason IS NOT NULL))
) STRICT, WITHOUT ROWID;

INSERT INTO issued_payments
SELECT '', tracking_id, idempotency_key, payee_reference, payee_name, amount_cents, payer, reference, origin, corrects,
  state, outgoing, returned, void_reason
FROM payments;

CREATE TABLE issued_transfers (
  number          INTEGER PRIMARY KEY,
  issuer          TEXT NOT NULL DEFAULT '',
  tracking_id     TEXT NOT NULL,
  direction       TEXT NOT NULL CHECK (direction IN ('out', 'back')),
  amount_cents    INTEGER NOT NULL,
  payer           TEXT NOT NULL,
  payee_reference TEXT NOT NULL,
  reference       TEXT NOT NULL,
  origin          TEXT NOT NULL,
  booked_at       TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
  -- One payment goes out once and comes back once.
  UNIQUE (issuer, tracking_id, direction),
  FOREIGN KEY (issuer, tracking_id) REFERENCES payments (issuer, tracking_id),
  CHECK (CASE direction WHEN 'out' THEN amount_cents > 0 ELSE amount_cents < 0 END)
) STRICT;

INSERT INTO issued_transfers
SELECT number, '', tracking_id, direction, amount_cents, payer, payee_reference, reference, origin, booked_at
FROM transfers;

CREATE TABLE issued_responses (
  issuer          TEXT NOT NULL DEFAULT '',
  idempotency_key TEXT NOT NULL CHECK (length(idempotency_key) > 0),
  operation       TEXT NOT NULL CHECK (operation IN ('prepare', 'commit', 'void')),
  fingerprint     BLOB NOT NULL CHECK (length(fingerprint) = 32),
  status          INTEGER NOT NULL CHECK (status BETWEEN 200 AND 499),
  content_type    TEXT NOT NULL CHECK (length(content_type) > 0),
  body            BLOB NOT NULL CHECK (length(body) > 0),
  PRIMARY KEY (issuer, idempotency_key, operation)
) STRICT, WITHOUT ROWID;

INSERT INTO issued_responses
SELECT '', idempotency_key, operation, fingerprint, status, content_type, body FROM responses;

CREATE TABLE issued_fences (
  issuer          TEXT NOT NULL DEFAULT '',
  tracking_id     TEXT NOT NULL CHECK (length(tracking_id) > 0),
  idempotency_key TEXT NOT NULL CHECK (length(idempotency_key) > 0),
  -- No work changes hands that often: a larger number would only shut out its owners for good.
  epoch           INTEGER NOT NULL CHECK (epoch BETWEEN 1 AND 2147483647),
  PRIMARY KEY (issuer, tracking_id, idempotency_key)
) STRICT, WITHOUT ROWID;

INSERT INTO issued_fences SELECT '', tracking_id, idempotency_key, epoch FROM fences;

-- Each table takes the other's place with its indexes and triggers.
DROP TABLE fences;
DROP TABLE responses;
DROP TABLE transfers;
DROP TABLE payments;
ALTER TABLE issued_payments RENAME TO payments;
ALTER TABLE issued_transfers RENAME TO transfers;
ALTER TABLE issued_responses RENAME TO responses;
ALTER TABLE issued_fences RENAME TO fences;

-- The bank's own rule, whatever keys it is sent: one standing payment for each issuer, payer and origin, unless the order
-- names the payment it corrects.
CREATE UNIQUE INDEX one_standing_payment ON payments (issuer, payer, origin)
WHERE state = 'committed' AND corrects IS NULL;

-- A payment that came back has corrected nothing, so another may take its place.
CREATE UNIQUE INDEX one_correction ON payments (issuer, corrects) WHERE state = 'committed';

-- Finds the corrections that stand, as in step 2.
CREATE INDEX standing_corrections ON payments (issuer, payer, origin)
WHERE state = 'committed' AND corrects IS NOT NULL;

CREATE INDEX transfers_by_reference ON transfers (reference, direction);

CREATE TRIGGER transfers_come_back_whole BEFORE INSERT ON transfers
WHEN NEW.direction = 'back' AND NOT EXISTS (
  SELECT 1 FROM transfers
  WHERE issuer = NEW.issuer AND tracking_id = NEW.tracking_id AND direction = 'out' AND amount_cents = -NEW.amount_cents
)
BEGIN SELECT RAISE(ABORT, 'only the whole of an outgoing transfer can come back'); END;

CREATE TRIGGER transfers_are_never_changed BEFORE UPDATE ON transfers
BEGIN SELECT RAISE(ABORT, 'transfers are append-only'); END;

CREATE TRIGGER transfers_are_never_deleted BEFORE DELETE ON transfers
BEGIN SELECT RAISE(ABORT, 'transfers are append-only'); END;

CREATE TRIGGER responses_are_never_changed BEFORE UPDATE ON responses
BEGIN SELECT RAISE(ABORT, 'stored responses are append-only'); END;

CREATE TRIGGER responses_are_never_deleted BEFORE DELETE ON responses
BEGIN SELECT RAISE(ABORT, 'stored responses are append-only'); END;

CREATE TRIGGER fences_only_rise BEFORE UPDATE ON fences WHEN NEW.epoch < OLD.epoch
BEGIN SELECT RAISE(ABORT, 'a fence never falls'); END;

-- What the bank has signed about each transfer, so that everybody who asks gets the same bytes. A transfer made before
-- this step is signed when it is first asked for.
CREATE TABLE receipts (
  number INTEGER NOT NULL PRIMARY KEY REFERENCES transfers (number),
  signed TEXT    NOT NULL CHECK (length(signed) BETWEEN 1 AND 8192)
) STRICT;

CREATE TRIGGER receipts_are_never_changed BEFORE UPDATE ON receipts
BEGIN SELECT RAISE(ABORT, 'receipts are append-only'); END;

CREATE TRIGGER receipts_are_never_deleted BEFORE DELETE ON receipts
BEGIN SELECT RAISE(ABORT, 'receipts are append-only'); END;
