-- The tables of claims, SQLite, step 13: the group or policy of a coverage, by which members and sponsors refer to it.

ALTER TABLE coverages ADD COLUMN group_number TEXT;
