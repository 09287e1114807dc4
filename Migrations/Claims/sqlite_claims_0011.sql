-- The tables of claims, SQLite, step 11: the page images of accepted forms may leave by a retention schedule.

-- A form whose page images have left, how many there were, and when they left. What was read, every act on the form, its
-- claim, and the digest of the images stay.
CREATE TABLE form_pages_gone (
  draft_id TEXT    NOT NULL PRIMARY KEY REFERENCES form_drafts (draft_id),
  pages    INTEGER NOT NULL CHECK (pages >= 1),
  gone_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Images are the evidence for a claim: they stay while the form waits, and while its claim could still be decided or paid.
CREATE TRIGGER form_pages_leave_closed_claims BEFORE INSERT ON form_pages_gone
WHEN NOT EXISTS (
    SELECT 1 FROM form_drafts d JOIN claims c ON c.claim_intake_id = d.claim_intake_id
    WHERE d.draft_id = NEW.draft_id AND d.state = 'accepted' AND c.status IN ('paid', 'denied', 'replaced'))
  OR NEW.pages <> (SELECT count(*) FROM form_pages p WHERE p.draft_id = NEW.draft_id)
BEGIN SELECT RAISE(ABORT, 'the page images of a form leave once its claim is closed'); END;

CREATE TRIGGER form_pages_gone_are_not_changed BEFORE UPDATE ON form_pages_gone
BEGIN SELECT RAISE(ABORT, 'what is known of page images that have left stays'); END;

CREATE TRIGGER form_pages_gone_are_not_deleted BEFORE DELETE ON form_pages_gone
BEGIN SELECT RAISE(ABORT, 'what is known of page images that have left stays'); END;

DROP TRIGGER form_pages_are_kept;
CREATE TRIGGER form_pages_are_kept BEFORE DELETE ON form_pages
WHEN EXISTS (SELECT 1 FROM form_drafts d WHERE d.draft_id = OLD.draft_id AND d.state <> 'discarded')
  AND NOT EXISTS (SELECT 1 FROM form_pages_gone g WHERE g.draft_id = OLD.draft_id)
BEGIN SELECT RAISE(ABORT, 'the page images of a form are kept until it is discarded, or they leave on record'); END;

CREATE TRIGGER form_pages_do_not_return BEFORE INSERT ON form_pages
WHEN EXISTS (SELECT 1 FROM form_pages_gone g WHERE g.draft_id = NEW.draft_id)
BEGIN SELECT RAISE(ABORT, 'page images that have left do not come back'); END;
