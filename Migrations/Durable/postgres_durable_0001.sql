-- The tables of the durable runner, PostgreSQL, step 1. The same tables, columns and constraints as SQLite's, by the same
-- names; a test holds the two together. Instants are microseconds since 1970 (UTC). Text compares byte by byte, as it does in
-- SQLite and in Swift. What the types hold to, the tables hold to again.

CREATE DOMAIN exact_text AS TEXT COLLATE "C";

CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'restrict_violation'; END $$;

-- One row per effect key. A response is there exactly when the key is not pending; a lease exactly when it is.
CREATE TABLE effect_keys (
  key             exact_text NOT NULL PRIMARY KEY,
  effect          exact_text NOT NULL,
  status          exact_text NOT NULL CHECK (status IN ('PENDING', 'COMPLETED', 'FAILED')),
  fingerprint     exact_text NOT NULL CHECK (length(fingerprint) = 64),
  response        BYTEA,
  content_type    exact_text,
  response_status BIGINT,
  response_digest exact_text CHECK (length(response_digest) = 64),
  agent           exact_text NOT NULL,
  agent_version   exact_text NOT NULL,
  epoch           BIGINT     NOT NULL CHECK (epoch >= 1),
  lease_owner     exact_text,
  lease_expires   BIGINT,
  lease_length    BIGINT     CHECK (lease_length >= 0),
  attempts        BIGINT     NOT NULL CHECK (attempts >= 1),
  root_key        exact_text NOT NULL,
  parent_key      exact_text,
  child_key       exact_text,
  lamport         BIGINT     NOT NULL CHECK (lamport >= 1),
  retention       exact_text NOT NULL,
  created_at      BIGINT     NOT NULL,
  completed_at    BIGINT,
  expires_at      BIGINT     NOT NULL,
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
);

-- So that the newest are found without reading all: of the whole table, and of what people look for in it.
CREATE INDEX effect_keys_by_age ON effect_keys (created_at, lamport);
CREATE INDEX effect_keys_pending ON effect_keys (created_at, lamport) WHERE status = 'PENDING';
CREATE INDEX effect_keys_failed ON effect_keys (created_at, lamport) WHERE status = 'FAILED';
CREATE INDEX effect_keys_expiry ON effect_keys (expires_at) WHERE status <> 'PENDING';

-- Records past their expiry: the same columns, still answered, never payable again. The number says how far a process has
-- read the archive, so it grows and is never given out again.
CREATE TABLE archived_keys (
  sequence        BIGINT     GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key             exact_text NOT NULL UNIQUE,
  effect          exact_text NOT NULL,
  status          exact_text NOT NULL CHECK (status IN ('COMPLETED', 'FAILED')),
  fingerprint     exact_text NOT NULL CHECK (length(fingerprint) = 64),
  response        BYTEA      NOT NULL,
  content_type    exact_text NOT NULL,
  response_status BIGINT     NOT NULL,
  response_digest exact_text NOT NULL CHECK (length(response_digest) = 64),
  agent           exact_text NOT NULL,
  agent_version   exact_text NOT NULL,
  epoch           BIGINT     NOT NULL CHECK (epoch >= 1),
  lease_owner     exact_text CHECK (lease_owner IS NULL),
  lease_expires   BIGINT     CHECK (lease_expires IS NULL),
  lease_length    BIGINT     CHECK (lease_length IS NULL),
  attempts        BIGINT     NOT NULL CHECK (attempts >= 1),
  root_key        exact_text NOT NULL,
  parent_key      exact_text,
  child_key       exact_text,
  lamport         BIGINT     NOT NULL CHECK (lamport >= 1),
  retention       exact_text NOT NULL,
  created_at      BIGINT     NOT NULL,
  completed_at    BIGINT     NOT NULL,
  expires_at      BIGINT     NOT NULL
);

CREATE INDEX archived_keys_by_age ON archived_keys (created_at, lamport);
CREATE INDEX archived_keys_failed ON archived_keys (created_at, lamport) WHERE status = 'FAILED';

-- Answers that no longer hold, taken out of use by a change of what they were about. Kept for the record.
CREATE TABLE retired_keys (
  id              BIGINT     GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key             exact_text NOT NULL,
  response        BYTEA      NOT NULL,
  response_digest exact_text NOT NULL,
  reason          exact_text NOT NULL,
  retired_at      BIGINT     NOT NULL
);

CREATE INDEX retired_keys_by_key ON retired_keys (key);

-- What happened, in order. Append-only: triggers refuse to change or delete a line.
CREATE TABLE events (
  sequence      BIGINT     GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  effect_key    exact_text NOT NULL,
  epoch         BIGINT     NOT NULL,
  stream        exact_text NOT NULL,
  type          exact_text NOT NULL,
  agent         exact_text NOT NULL,
  agent_version exact_text NOT NULL,
  lamport       BIGINT     NOT NULL,
  at            BIGINT     NOT NULL,
  facts         BYTEA      NOT NULL,
  CONSTRAINT one_event_per_outcome UNIQUE (effect_key, epoch)
);

CREATE INDEX events_stream ON events (stream, sequence);

CREATE TRIGGER events_are_not_changed BEFORE UPDATE ON events
FOR EACH ROW EXECUTE FUNCTION refuse('events are append-only');

CREATE TRIGGER events_are_not_deleted BEFORE DELETE ON events
FOR EACH ROW EXECUTE FUNCTION refuse('events are append-only');

CREATE TABLE sagas (
  id      exact_text NOT NULL PRIMARY KEY,
  name    exact_text NOT NULL,
  state   exact_text NOT NULL CHECK (state IN ('running', 'compensating', 'completed', 'compensated')),
  step    exact_text NOT NULL,
  version BIGINT     NOT NULL CHECK (version >= 1)
);

CREATE INDEX sagas_under_way ON sagas (state) WHERE state IN ('running', 'compensating');

-- Acts of people: who changed something by hand, why, and what was set aside for it.
CREATE TABLE operator_acts (
  id     BIGINT     GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  act    exact_text NOT NULL,
  key    exact_text NOT NULL,
  person exact_text NOT NULL CHECK (trim(person) <> ''),
  reason exact_text NOT NULL CHECK (trim(reason) <> ''),
  waived exact_text NOT NULL,
  at     BIGINT     NOT NULL
);

CREATE INDEX operator_acts_by_key ON operator_acts (key);

-- What all who use the store share and nobody outside may know: a cache beside it keeps its content sealed with one.
CREATE TABLE secrets (
  name  exact_text NOT NULL PRIMARY KEY,
  bytes BYTEA      NOT NULL CHECK (length(bytes) = 32)
);
