-- The tables of claims, PostgreSQL, step 12: nothing to do, since PostgreSQL stores rows in the order in which they come. The
-- step keeps the numbers of the two databases alike.

DO $$ BEGIN END $$;
