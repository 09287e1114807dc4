-- The tables of the durable runner, SQLite, step 1. Instants are microseconds since 1970 (UTC). What the types hold to, the
-- tables hold to again.

-- One row per effect key. A response is there exactly when the key is not pending; a lease exactly when it is.
CREATE TABLE effect_keys (
  key             TEXT    NOT NULL PRIMARY KEY,
  effect          TEXT    NOT NULL,
  status          TEXT    NOT NULL CHECK (status IN ('PENDING', 'COMPLETED', 'FAILED')),
  fingerprint     TEXT    NOT NULL CHECK (length(fingerprint) = 64),
  response        BLOB,
  content_type    TEXT,
  response_status INTEGER,
  response_digest TEXT    CHECK (length(response_digest) = 64),
  agent           TEXT    NOT NULL,
  agent_version   TEXT    NOT NULL,
  epoch           INTEGER NOT NULL CHECK (epoch >= 1),
  lease_owner     TEXT,
  lease_expires   INTEGER,
  lease_length    INTEGER CHECK (lease_length >= 0),
  attempts        INTEGER NOT NULL CHECK (attempts >= 1),
  root_key        TEXT    NOT NULL,
  parent_key      TEXT,
  child_key       TEXT,
  lamport         INTEGER NOT NULL CHECK (lamport >= 1),
  retention       TEXT    NOT NULL,
  created_at      INTEGER NOT NULL,
  completed_at    INTEGER,
  expires_at      INTEGER NOT NULL,
  CONSTRAINT response_iff_done CHECK (
    (status = 'PENDING') = (response IS NULL)
    AND (response IS NULL) = (content_type IS NULL)
    AND (response IS NULL) = (response_status IS NULL)
    AND (response IS NULL) = (response_digest IS NULL)
    AND (response IS NULL) = (completed_at IS NULL)),
  CONSTRAINT lease_iff_pending CHECK (
    (status = 'PENDING') = (lease_owner IS NOT NULL)
    AND (lease_owner IS NULL) = (lease_expires IS NULL)
    AND (lease_owner IS NULL) = (lease_length IS NULL))
) STRICT;

-- So that the newest are found without reading all: of the whole table, and of what people look for in it.
CREATE INDEX effect_keys_by_age ON effect_keys (created_at, lamport);
CREATE INDEX effect_keys_pending ON effect_keys (created_at, lamport) WHERE status = 'PENDING';
CREATE INDEX effect_keys_failed ON effect_keys (created_at, lamport) WHERE status = 'FAILED';
CREATE INDEX effect_keys_expiry ON effect_keys (expires_at) WHERE status <> 'PENDING';

-- Records past their expiry: the same columns, still answered, never payable again. The number says how far a process has
-- read the archive, so it grows and is never given out again: not even the last one, when its key leaves (AUTOINCREMENT).
CREATE TABLE archived_keys (
  sequence        INTEGER PRIMARY KEY AUTOINCREMENT,
  key             TEXT    NOT NULL UNIQUE,
  effect          TEXT    NOT NULL,
  status          TEXT    NOT NULL CHECK (status IN ('COMPLETED', 'FAILED')),
  fingerprint     TEXT    NOT NULL CHECK (length(fingerprint) = 64),
  response        BLOB    NOT NULL,
  content_type    TEXT    NOT NULL,
  response_status INTEGER NOT NULL,
  response_digest TEXT    NOT NULL CHECK (length(response_digest) = 64),
  agent           TEXT    NOT NULL,
  agent_version   TEXT    NOT NULL,
  epoch           INTEGER NOT NULL CHECK (epoch >= 1),
  lease_owner     TEXT    CHECK (lease_owner IS NULL),
  lease_expires   INTEGER CHECK (lease_expires IS NULL),
  lease_length    INTEGER CHECK (lease_length IS NULL),
  attempts        INTEGER NOT NULL CHECK (attempts >= 1),
  root_key        TEXT    NOT NULL,
  parent_key      TEXT,
  child_key       TEXT,
  lamport         INTEGER NOT NULL CHECK (lamport >= 1),
  retention       TEXT    NOT NULL,
  created_at      INTEGER NOT NULL,
  completed_at    INTEGER NOT NULL,
  expires_at      INTEGER NOT NULL
) STRICT;

CREATE INDEX archived_keys_by_age ON archived_keys (created_at, lamport);
CREATE INDEX archived_keys_failed ON archived_keys (created_at, lamport) WHERE status = 'FAILED';

-- Answers that no longer hold, taken out of use by a change of what they were about. Kept for the record.
CREATE TABLE retired_keys (
  id              INTEGER PRIMARY KEY,
  key             TEXT    NOT NULL,
  response        BLOB    NOT NULL,
  response_digest TEXT    NOT NULL,
  reason          TEXT    NOT NULL,
  retired_at      INTEGER NOT NULL
) STRICT;

CREATE INDEX retired_keys_by_key ON retired_keys (key);

-- What happened, in order. Append-only: triggers refuse to change or delete a line.
CREATE TABLE events (
  sequence      INTEGER PRIMARY KEY,
  effect_key    TEXT    NOT NULL,
  epoch         INTEGER NOT NULL,
  stream        TEXT    NOT NULL,
  type          TEXT    NOT NULL,
  agent         TEXT    NOT NULL,
  agent_version TEXT    NOT NULL,
  lamport       INTEGER NOT NULL,
  at            INTEGER NOT NULL,
  facts         BLOB    NOT NULL,
  CONSTRAINT one_event_per_outcome UNIQUE (effect_key, epoch)
) STRICT;

CREATE INDEX events_stream ON events (stream, sequence);

CREATE TRIGGER events_are_not_changed BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;

CREATE TRIGGER events_are_not_deleted BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;

CREATE TABLE sagas (
  id      TEXT    NOT NULL PRIMARY KEY,
  name    TEXT    NOT NULL,
  state   TEXT    NOT NULL CHECK (state IN ('running', 'compensating', 'completed', 'compensated')),
  step    TEXT    NOT NULL,
  version INTEGER NOT NULL CHECK (version >= 1)
) STRICT, WITHOUT ROWID;

CREATE INDEX sagas_under_way ON sagas (state) WHERE state IN ('running', 'compensating');

-- Acts of people: who changed something by hand, why, and what was set aside for it.
CREATE TABLE operator_acts (
  id     INTEGER PRIMARY KEY,
  act    TEXT    NOT NULL,
  key    TEXT    NOT NULL,
  person TEXT    NOT NULL CHECK (trim(person) <> ''),
  reason TEXT    NOT NULL CHECK (trim(reason) <> ''),
  waived TEXT    NOT NULL,
  at     INTEGER NOT NULL
) STRICT;

CREATE INDEX operator_acts_by_key ON operator_acts (key);

-- What all who use the store share and nobody outside may know: a cache beside it keeps its content sealed with one.
CREATE TABLE secrets (
  name  TEXT NOT NULL PRIMARY KEY,
  bytes BLOB NOT NULL CHECK (length(bytes) = 32)
) STRICT, WITHOUT ROWID;
