-- Finds the corrections that stand for a payer and an origin. Without it, each order would look at all payments there are;
-- one_standing_payment finds only what corrects nothing.
CREATE INDEX standing_corrections ON payments (payer, origin) WHERE state = 'committed' AND corrects IS NOT NULL;
