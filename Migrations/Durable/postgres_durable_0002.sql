-- Runs of flows: what each was begun with, so that any process can go on with it. Its state is that of its key.
CREATE TABLE flows (
  key   exact_text NOT NULL PRIMARY KEY,
  name  exact_text NOT NULL,
  input BYTEA NOT NULL
);

CREATE INDEX flows_by_name ON flows (name);
