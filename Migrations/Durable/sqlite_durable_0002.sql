-- Runs of flows: what each was begun with, so that any process can go on with it. Its state is that of its key.
CREATE TABLE flows (
  key   TEXT NOT NULL PRIMARY KEY,
  name  TEXT NOT NULL,
  input BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX flows_by_name ON flows (name);
