-- The tables of claims, SQLite, step 9: which trace a queued claim belongs to.

-- Where the submission was in its sender's trace, as the header `traceparent` has it (W3C Trace Context). Null outside any
-- trace. It is for those who watch the work: nothing about the claim depends on it.
ALTER TABLE queued_claims ADD COLUMN traceparent TEXT
  CONSTRAINT traceparent_is_one CHECK (length(traceparent) = 55);
