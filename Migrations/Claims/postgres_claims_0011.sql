-- The tables of claims, PostgreSQL, step 11: the page images of accepted forms may leave by a retention schedule.

-- A form whose page images have left, how many there were, and when they left. What was read, every act on the form, its
-- claim, and the digest of the images stay.
CREATE TABLE form_pages_gone (
  draft_id exact_text NOT NULL PRIMARY KEY REFERENCES form_drafts (draft_id),
  pages    BIGINT     NOT NULL CHECK (pages >= 1),
  gone_at  BIGINT     NOT NULL
);

-- Images are the evidence for a claim: they stay while the form waits, and while its claim could still be decided or paid.
CREATE FUNCTION refuse_early_loss_of_pages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
      SELECT 1 FROM form_drafts d JOIN claims c ON c.claim_intake_id = d.claim_intake_id
      WHERE d.draft_id = NEW.draft_id AND d.state = 'accepted' AND c.status IN ('paid', 'denied', 'replaced'))
    OR NEW.pages <> (SELECT count(*) FROM form_pages p WHERE p.draft_id = NEW.draft_id) THEN
    RAISE EXCEPTION 'the page images of a form leave once its claim is closed' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER form_pages_leave_closed_claims BEFORE INSERT ON form_pages_gone
FOR EACH ROW EXECUTE FUNCTION refuse_early_loss_of_pages();

CREATE TRIGGER form_pages_gone_are_not_changed BEFORE UPDATE ON form_pages_gone
FOR EACH ROW EXECUTE FUNCTION refuse('what is known of page images that have left stays');

CREATE TRIGGER form_pages_gone_are_not_deleted BEFORE DELETE ON form_pages_gone
FOR EACH ROW EXECUTE FUNCTION refuse('what is known of page images that have left stays');

CREATE OR REPLACE FUNCTION refuse_loss_of_page() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM form_drafts d WHERE d.draft_id = OLD.draft_id AND d.state <> 'discarded')
    AND NOT EXISTS (SELECT 1 FROM form_pages_gone g WHERE g.draft_id = OLD.draft_id) THEN
    RAISE EXCEPTION 'the page images of a form are kept until it is discarded, or they leave on record'
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN OLD;
END $$;

CREATE FUNCTION refuse_return_of_page() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM form_pages_gone g WHERE g.draft_id = NEW.draft_id) THEN
    RAISE EXCEPTION 'page images that have left do not come back' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER form_pages_do_not_return BEFORE INSERT ON form_pages
FOR EACH ROW EXECUTE FUNCTION refuse_return_of_page();
