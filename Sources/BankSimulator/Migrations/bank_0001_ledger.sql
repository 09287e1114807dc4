-- The bank's own books. Nothing in here knows of claims: a reference is whatever the payer wrote on the order.

-- Who the bank is: a name it gave itself when its books were opened, and never changes.
CREATE TABLE bank (
  id      INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  bank_id TEXT    NOT NULL CHECK (length(bank_id) BETWEEN 1 AND 64)
) STRICT;

CREATE TRIGGER bank_is_never_another BEFORE UPDATE ON bank
BEGIN SELECT RAISE(ABORT, 'a bank keeps its identity'); END;

CREATE TRIGGER bank_is_never_forgotten BEFORE DELETE ON bank
BEGIN SELECT RAISE(ABORT, 'a bank keeps its identity'); END;

-- What was asked for, once per tracking id, and how far it got.
CREATE TABLE payments (
  tracking_id     TEXT NOT NULL PRIMARY KEY CHECK (length(tracking_id) > 0),
  idempotency_key TEXT NOT NULL UNIQUE CHECK (length(idempotency_key) > 0),
  payee_reference TEXT NOT NULL CHECK (length(payee_reference) > 0),
  payee_name      TEXT NOT NULL,
  amount_cents    INTEGER NOT NULL CHECK (amount_cents > 0),
  payer           TEXT NOT NULL CHECK (length(payer) > 0),
  reference       TEXT NOT NULL CHECK (length(reference) > 0),
  -- What it is for, whatever the reference: the same for all payments that correct one another.
  origin          TEXT NOT NULL CHECK (length(origin) > 0),
  -- The payment of the same payer and origin that this one corrects. Each is corrected once at most.
  corrects        TEXT REFERENCES payments (tracking_id),
  state           TEXT NOT NULL CHECK (state IN ('prepared', 'committed', 'voided')),
  outgoing        INTEGER REFERENCES transfers (number),
  returned        INTEGER REFERENCES transfers (number),
  void_reason     TEXT,
  CHECK (
    CASE state
      WHEN 'committed' THEN outgoing IS NOT NULL AND returned IS NULL
      WHEN 'voided' THEN (outgoing IS NULL) = (returned IS NULL)
      ELSE outgoing IS NULL AND returned IS NULL
    END
  ),
  CHECK ((state = 'voided') = (void_reason IS NOT NULL))
) STRICT, WITHOUT ROWID;

-- The bank's own rule, whatever keys it is sent: one standing payment for each payer and origin, unless the order
-- names the payment it corrects.
CREATE UNIQUE INDEX one_standing_payment ON payments (payer, origin) WHERE state = 'committed' AND corrects IS NULL;

-- A payment that came back has corrected nothing, so another may take its place.
CREATE UNIQUE INDEX one_correction ON payments (corrects) WHERE state = 'committed';

-- The money: one row for each movement. What a payment cost is the sum of its rows and nothing else.
-- Rows are never deleted, so numbers are never used again.
CREATE TABLE transfers (
  number          INTEGER PRIMARY KEY,
  tracking_id     TEXT NOT NULL REFERENCES payments (tracking_id),
  direction       TEXT NOT NULL CHECK (direction IN ('out', 'back')),
  amount_cents    INTEGER NOT NULL,
  payer           TEXT NOT NULL,
  payee_reference TEXT NOT NULL,
  reference       TEXT NOT NULL,
  origin          TEXT NOT NULL,
  booked_at       TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
  -- One payment goes out once and comes back once.
  UNIQUE (tracking_id, direction),
  CHECK (CASE direction WHEN 'out' THEN amount_cents > 0 ELSE amount_cents < 0 END)
) STRICT;

CREATE INDEX transfers_by_reference ON transfers (reference, direction);

CREATE TRIGGER transfers_come_back_whole BEFORE INSERT ON transfers
WHEN NEW.direction = 'back' AND NOT EXISTS (
  SELECT 1 FROM transfers
  WHERE tracking_id = NEW.tracking_id AND direction = 'out' AND amount_cents = -NEW.amount_cents
)
BEGIN SELECT RAISE(ABORT, 'only the whole of an outgoing transfer can come back'); END;

CREATE TRIGGER transfers_are_never_changed BEFORE UPDATE ON transfers
BEGIN SELECT RAISE(ABORT, 'transfers are append-only'); END;

CREATE TRIGGER transfers_are_never_deleted BEFORE DELETE ON transfers
BEGIN SELECT RAISE(ABORT, 'transfers are append-only'); END;

-- The first answer under an idempotency key, kept as bytes: a repeat gets exactly these.
CREATE TABLE responses (
  idempotency_key TEXT NOT NULL CHECK (length(idempotency_key) > 0),
  operation       TEXT NOT NULL CHECK (operation IN ('prepare', 'commit', 'void')),
  fingerprint     BLOB NOT NULL CHECK (length(fingerprint) = 32),
  status          INTEGER NOT NULL CHECK (status BETWEEN 200 AND 499),
  content_type    TEXT NOT NULL CHECK (length(content_type) > 0),
  body            BLOB NOT NULL CHECK (length(body) > 0),
  PRIMARY KEY (idempotency_key, operation)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER responses_are_never_changed BEFORE UPDATE ON responses
BEGIN SELECT RAISE(ABORT, 'stored responses are append-only'); END;

CREATE TRIGGER responses_are_never_deleted BEFORE DELETE ON responses
BEGIN SELECT RAISE(ABORT, 'stored responses are append-only'); END;

-- The newest epoch heard for one piece of work. It is kept apart from payments because asking about an id that was never
-- prepared shuts the door on older owners too. Making a payment and taking it back have a key each, so each has a fence
-- of its own; and a fence holds only for requests under the key it was raised with, so that a stranger fences nobody.
CREATE TABLE fences (
  tracking_id     TEXT NOT NULL CHECK (length(tracking_id) > 0),
  idempotency_key TEXT NOT NULL CHECK (length(idempotency_key) > 0),
  -- No work changes hands that often: a larger number would only shut out its owners for good.
  epoch           INTEGER NOT NULL CHECK (epoch BETWEEN 1 AND 2147483647),
  PRIMARY KEY (tracking_id, idempotency_key)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER fences_only_rise BEFORE UPDATE ON fences WHEN NEW.epoch < OLD.epoch
BEGIN SELECT RAISE(ABORT, 'a fence never falls'); END;
