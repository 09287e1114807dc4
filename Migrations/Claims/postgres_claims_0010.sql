-- The tables of claims, PostgreSQL, step 10: paper forms that wait for a person.

-- A form that could not be read without doubt. Its digest is that of its page images, so the same form is here once.
-- `reading` is what was read, and never changes; `corrected` is what people have made of it; `doubts` counts the fields of
-- `corrected` that a person must look at. `version` is the number of acts on the form. An accepted form has its claim.
CREATE TABLE form_drafts (
  draft_id        exact_text NOT NULL PRIMARY KEY CHECK (draft_id = 'FRM-' || substr(digest, 1, 20)),
  digest          exact_text NOT NULL UNIQUE CHECK (length(digest) = 64),
  kind            exact_text NOT NULL CHECK (kind IN ('cms1500', 'ub04')),
  source          exact_text NOT NULL,
  received_on     exact_text NOT NULL,
  received_at     BIGINT     NOT NULL,
  reading         BYTEA      NOT NULL CHECK (length(reading) BETWEEN 2 AND 1048576),
  corrected       BYTEA      NOT NULL CHECK (length(corrected) BETWEEN 2 AND 1048576),
  doubts          BIGINT     NOT NULL CHECK (doubts >= 0),
  state           exact_text NOT NULL CHECK (state IN ('waiting', 'accepted', 'discarded')),
  version         BIGINT     NOT NULL CHECK (version >= 0),
  claim_intake_id exact_text UNIQUE REFERENCES claims (claim_intake_id),
  CONSTRAINT accepted_with_its_claim CHECK ((state = 'accepted') = (claim_intake_id IS NOT NULL)),
  CONSTRAINT accepted_without_doubt CHECK (state <> 'accepted' OR doubts = 0)
);

CREATE INDEX form_drafts_by_state ON form_drafts (state, received_at, draft_id);

CREATE TRIGGER form_drafts_end_once BEFORE UPDATE ON form_drafts
FOR EACH ROW WHEN (OLD.state <> 'waiting' OR NEW.version <> OLD.version + 1 OR NEW.draft_id <> OLD.draft_id
  OR NEW.digest <> OLD.digest OR NEW.kind <> OLD.kind OR NEW.source <> OLD.source
  OR NEW.received_on <> OLD.received_on OR NEW.received_at <> OLD.received_at OR NEW.reading <> OLD.reading)
EXECUTE FUNCTION refuse('a form is corrected while it waits, and ends once');

CREATE TRIGGER form_drafts_are_not_deleted BEFORE DELETE ON form_drafts
FOR EACH ROW EXECUTE FUNCTION refuse('forms stay on record');

-- The page images of a form, as PNG. Width and height are those of the paper, in thousandths of a point. The images of a
-- discarded form are removed.
CREATE TABLE form_pages (
  draft_id        exact_text NOT NULL REFERENCES form_drafts (draft_id),
  page            BIGINT     NOT NULL CHECK (page >= 1),
  width           BIGINT     NOT NULL CHECK (width > 0),
  height          BIGINT     NOT NULL CHECK (height > 0),
  pixels_per_inch BIGINT     NOT NULL CHECK (pixels_per_inch BETWEEN 1 AND 2400),
  image           BYTEA      NOT NULL CHECK (length(image) BETWEEN 1 AND 16777216),
  PRIMARY KEY (draft_id, page)
);

CREATE TRIGGER form_pages_are_not_changed BEFORE UPDATE ON form_pages
FOR EACH ROW EXECUTE FUNCTION refuse('page images stay as they came');

CREATE FUNCTION refuse_loss_of_page() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM form_drafts d WHERE d.draft_id = OLD.draft_id AND d.state <> 'discarded') THEN
    RAISE EXCEPTION 'the page images of a form are kept until it is discarded' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN OLD;
END $$;

CREATE TRIGGER form_pages_are_kept BEFORE DELETE ON form_pages
FOR EACH ROW EXECUTE FUNCTION refuse_loss_of_page();

-- What people have done to a form: a field's value before and after, or the end of the form. The values are about the
-- member: they are shown with the form alone.
CREATE TABLE form_acts (
  draft_id exact_text NOT NULL REFERENCES form_drafts (draft_id),
  number   BIGINT     NOT NULL CHECK (number >= 1),
  act      exact_text NOT NULL CHECK (act IN ('correct', 'accept', 'discard')),
  field    exact_text CHECK (field <> ''),
  was      exact_text,
  becomes  exact_text,
  person   exact_text NOT NULL CHECK (trim(person) <> ''),
  reason   exact_text NOT NULL CHECK (trim(reason) <> ''),
  at       BIGINT     NOT NULL,
  PRIMARY KEY (draft_id, number),
  CONSTRAINT a_correction_has_a_field CHECK ((act = 'correct') = (field IS NOT NULL)),
  CONSTRAINT only_a_correction_has_values CHECK (act = 'correct' OR (was IS NULL AND becomes IS NULL))
);

CREATE TRIGGER form_acts_are_not_changed BEFORE UPDATE ON form_acts
FOR EACH ROW EXECUTE FUNCTION refuse('acts on a form are append-only');

CREATE TRIGGER form_acts_are_not_deleted BEFORE DELETE ON form_acts
FOR EACH ROW EXECUTE FUNCTION refuse('acts on a form are append-only');
