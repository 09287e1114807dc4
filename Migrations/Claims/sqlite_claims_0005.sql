-- The tables of claims, SQLite, step 5: batches, and the events that other systems are told of.

-- Batches -------------------------------------------------------------------------------------------------------------

-- What was submitted together, to be worked on later. The ID is made from the content and the sender, so that the same
-- submission again is the same batch. What became of its claims is not kept here: it is read where they are.
CREATE TABLE batches (
  batch_id     TEXT    NOT NULL PRIMARY KEY,
  sender       TEXT    NOT NULL CHECK (sender <> ''),
  submitted_at INTEGER NOT NULL,
  -- The claims that have an intake key: as many as there are in batch_claims.
  claims       INTEGER NOT NULL CHECK (claims >= 0),
  -- The claims that could not be read, or that the queue could not hold.
  unreadable   INTEGER NOT NULL CHECK (unreadable >= 0),
  -- Whether all of it has been taken in. A submission that was cut short, or found the queue full, goes on when it is sent
  -- again.
  is_whole     INTEGER NOT NULL CHECK (is_whole IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE INDEX batches_by_age ON batches (submitted_at, batch_id);
CREATE INDEX batches_by_sender ON batches (sender, submitted_at, batch_id);

CREATE TABLE batch_claims (
  batch_id   TEXT    NOT NULL REFERENCES batches (batch_id),
  intake_key TEXT    NOT NULL,
  PRIMARY KEY (batch_id, intake_key)
) STRICT, WITHOUT ROWID;
