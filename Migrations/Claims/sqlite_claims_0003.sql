-- The tables of claims, SQLite, step 3: what claims are found by.

-- The billing provider as payments name it (the NPI, else the tax ID, else the name), and the first and the last day of
-- care. Null in the rows of claims that were taken in before this step; they are found by everything else.
ALTER TABLE claims ADD COLUMN provider TEXT;
ALTER TABLE claims ADD COLUMN first_service TEXT;
ALTER TABLE claims ADD COLUMN last_service TEXT CONSTRAINT service_in_order CHECK (
  (first_service IS NULL) = (last_service IS NULL) AND first_service <= last_service);

-- Claims are listed newest first, a page at a time. A page reads one of these indexes from where the last page ended,
-- and leaves out the claims that do not match: payers, amounts and days of care have no index of their own.
--
-- All claims; the claims of a payer, of an amount, or of days of care; paid claims.
CREATE INDEX claims_by_day ON claims (received_on, claim_intake_id);
-- The claims of a member.
CREATE INDEX claims_by_member ON claims (member_id, received_on, claim_intake_id);
-- The claims of a provider.
CREATE INDEX claims_by_provider ON claims (provider, received_on, claim_intake_id) WHERE provider IS NOT NULL;
-- The claims of a status other than `paid`. Most claims are paid: a page of those is found by the day, and a claim leaves
-- this index when it is paid. It also serves the work list of suspended claims, which had an index of its own.
CREATE INDEX claims_by_status ON claims (status, received_on, claim_intake_id) WHERE status <> 'paid';
DROP INDEX claims_suspended;
