-- The tables of claims, SQLite, step 10: paper forms that wait for a person.

-- A form that could not be read without doubt. Its digest is that of its page images, so the same form is here once.
-- `reading` is what was read, and never changes; `corrected` is what people have made of it; `doubts` counts the fields of
-- `corrected` that a person must look at. `version` is the number of acts on the form. An accepted form has its claim.
CREATE TABLE form_drafts (
  draft_id        TEXT    NOT NULL PRIMARY KEY CHECK (draft_id = 'FRM-' || substr(digest, 1, 20)),
  digest          TEXT    NOT NULL UNIQUE CHECK (length(digest) = 64),
  kind            TEXT    NOT NULL CHECK (kind IN ('cms1500', 'ub04')),
  source          TEXT    NOT NULL,
  received_on     TEXT    NOT NULL,
  received_at     INTEGER NOT NULL,
  reading         BLOB    NOT NULL CHECK (length(reading) BETWEEN 2 AND 1048576),
  corrected       BLOB    NOT NULL CHECK (length(corrected) BETWEEN 2 AND 1048576),
  doubts          INTEGER NOT NULL CHECK (doubts >= 0),
  state           TEXT    NOT NULL CHECK (state IN ('waiting', 'accepted', 'discarded')),
  version         INTEGER NOT NULL CHECK (version >= 0),
  claim_intake_id TEXT    UNIQUE REFERENCES claims (claim_intake_id),
  CONSTRAINT accepted_with_its_claim CHECK ((state = 'accepted') = (claim_intake_id IS NOT NULL)),
  CONSTRAINT accepted_without_doubt CHECK (state <> 'accepted' OR doubts = 0)
) STRICT;

CREATE INDEX form_drafts_by_state ON form_drafts (state, received_at, draft_id);

CREATE TRIGGER form_drafts_end_once BEFORE UPDATE ON form_drafts
WHEN OLD.state <> 'waiting' OR NEW.version <> OLD.version + 1 OR NEW.draft_id <> OLD.draft_id
  OR NEW.digest <> OLD.digest OR NEW.kind <> OLD.kind OR NEW.source <> OLD.source
  OR NEW.received_on <> OLD.received_on OR NEW.received_at <> OLD.received_at OR NEW.reading <> OLD.reading
BEGIN SELECT RAISE(ABORT, 'a form is corrected while it waits, and ends once'); END;

CREATE TRIGGER form_drafts_are_not_deleted BEFORE DELETE ON form_drafts
BEGIN SELECT RAISE(ABORT, 'forms stay on record'); END;

-- The page images of a form, as PNG. Width and height are those of the paper, in thousandths of a point. The images of a
-- discarded form are removed.
CREATE TABLE form_pages (
  draft_id        TEXT    NOT NULL REFERENCES form_drafts (draft_id),
  page            INTEGER NOT NULL CHECK (page >= 1),
  width           INTEGER NOT NULL CHECK (width > 0),
  height          INTEGER NOT NULL CHECK (height > 0),
  pixels_per_inch INTEGER NOT NULL CHECK (pixels_per_inch BETWEEN 1 AND 2400),
  image           BLOB    NOT NULL CHECK (length(image) BETWEEN 1 AND 16777216),
  PRIMARY KEY (draft_id, page)
) STRICT;

CREATE TRIGGER form_pages_are_not_changed BEFORE UPDATE ON form_pages
BEGIN SELECT RAISE(ABORT, 'page images stay as they came'); END;

CREATE TRIGGER form_pages_are_kept BEFORE DELETE ON form_pages
WHEN EXISTS (SELECT 1 FROM form_drafts d WHERE d.draft_id = OLD.draft_id AND d.state <> 'discarded')
BEGIN SELECT RAISE(ABORT, 'the page images of a form are kept until it is discarded'); END;

-- What people have done to a form: a field's value before and after, or the end of the form. The values are about the
-- member: they are shown with the form alone.
CREATE TABLE form_acts (
  draft_id TEXT    NOT NULL REFERENCES form_drafts (draft_id),
  number   INTEGER NOT NULL CHECK (number >= 1),
  act      TEXT    NOT NULL CHECK (act IN ('correct', 'accept', 'discard')),
  field    TEXT    CHECK (field <> ''),
  was      TEXT,
  becomes  TEXT,
  person   TEXT    NOT NULL CHECK (trim(person) <> ''),
  reason   TEXT    NOT NULL CHECK (trim(reason) <> ''),
  at       INTEGER NOT NULL,
  PRIMARY KEY (draft_id, number),
  CONSTRAINT a_correction_has_a_field CHECK ((act = 'correct') = (field IS NOT NULL)),
  CONSTRAINT only_a_correction_has_values CHECK (act = 'correct' OR (was IS NULL AND becomes IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TRIGGER form_acts_are_not_changed BEFORE UPDATE ON form_acts
BEGIN SELECT RAISE(ABORT, 'acts on a form are append-only'); END;

CREATE TRIGGER form_acts_are_not_deleted BEFORE DELETE ON form_acts
BEGIN SELECT RAISE(ABORT, 'acts on a form are append-only'); END;
