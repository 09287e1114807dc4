-- The tables of claims, PostgreSQL, step 5: batches, and the events that other systems are told of.

-- Batches -------------------------------------------------------------------------------------------------------------

-- What was submitted together, to be worked on later. The ID is made from the content and the sender, so that the same
-- submission again is the same batch. What became of its claims is not kept here: it is read where they are.
CREATE TABLE batches (
  batch_id     exact_text NOT NULL PRIMARY KEY,
  sender       exact_text NOT NULL CHECK (sender <> ''),
  submitted_at BIGINT     NOT NULL,
  -- The claims that have an intake key: as many as there are in batch_claims.
  claims       BIGINT     NOT NULL CHECK (claims >= 0),
  -- The claims that could not be read, or that the queue could not hold.
  unreadable   BIGINT     NOT NULL CHECK (unreadable >= 0),
  -- Whether all of it has been taken in. A submission that was cut short, or found the queue full, goes on when it is sent
  -- again.
  is_whole     BOOLEAN    NOT NULL
);

CREATE INDEX batches_by_age ON batches (submitted_at, batch_id);
CREATE INDEX batches_by_sender ON batches (sender, submitted_at, batch_id);

CREATE TABLE batch_claims (
  batch_id   exact_text NOT NULL REFERENCES batches (batch_id),
  intake_key exact_text NOT NULL,
  PRIMARY KEY (batch_id, intake_key)
);

-- Webhooks ------------------------------------------------------------------------------------------------------------

-- Systems outside that are told of events. A URL that was removed and is added again is another receiver.
CREATE TABLE webhook_receivers (
  receiver_id exact_text NOT NULL PRIMARY KEY,
  url         exact_text NOT NULL CHECK (url <> ''),
  -- The types of events, with spaces between them; empty for all.
  types       exact_text NOT NULL,
  added_at    BIGINT     NOT NULL,
  removed_at  BIGINT
);

CREATE UNIQUE INDEX one_webhook_per_url ON webhook_receivers (url) WHERE removed_at IS NULL;

-- What receivers check signatures with. They are kept as they are: whoever signs has to have them. The newest has no end; the
-- older ones sign too until theirs.
CREATE TABLE webhook_secrets (
  receiver_id exact_text NOT NULL REFERENCES webhook_receivers (receiver_id),
  number      BIGINT     NOT NULL CHECK (number >= 1),
  secret      BYTEA      NOT NULL CHECK (length(secret) = 32),
  ends_at     BIGINT,
  PRIMARY KEY (receiver_id, number)
);

CREATE UNIQUE INDEX one_newest_secret ON webhook_secrets (receiver_id) WHERE ends_at IS NULL;

-- Who is told of what: read by every transaction that writes such an event, and empty where there is no receiver. A type *
-- is every type.
CREATE TABLE webhook_subscriptions (
  type        exact_text NOT NULL,
  receiver_id exact_text NOT NULL,
  PRIMARY KEY (type, receiver_id)
);

-- What is sent, a row for each receiver and event, written with the event. There is no foreign key to the receivers: the
-- check would lock the same row in every transaction that writes an event.
CREATE TABLE webhook_deliveries (
  number          BIGINT     GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  receiver_id     exact_text NOT NULL,
  effect_key      exact_text NOT NULL,
  event_epoch     BIGINT     NOT NULL,
  type            exact_text NOT NULL,
  claim_intake_id exact_text NOT NULL,
  body            BYTEA      NOT NULL,
  status          exact_text NOT NULL CHECK (status IN ('waiting', 'sending', 'delivered', 'dead')),
  attempts        BIGINT     NOT NULL CHECK (attempts >= 0),
  epoch           BIGINT     NOT NULL CHECK (epoch >= 0),
  lease_owner     exact_text,
  lease_expires   BIGINT,
  lease_length    BIGINT     CHECK (lease_length >= 0),
  not_before      BIGINT     NOT NULL,
  -- How the last attempt went.
  answer          exact_text,
  created_at      BIGINT     NOT NULL,
  ended_at        BIGINT,
  CONSTRAINT one_delivery_per_event UNIQUE (receiver_id, effect_key, event_epoch),
  CONSTRAINT delivery_lease_iff_sending CHECK (
    (status = 'sending') = (lease_owner IS NOT NULL)
    AND (lease_owner IS NULL) = (lease_expires IS NULL)
    AND (lease_owner IS NULL) = (lease_length IS NULL)),
  CONSTRAINT end_iff_ended CHECK ((status IN ('delivered', 'dead')) = (ended_at IS NOT NULL))
);

CREATE INDEX webhook_deliveries_next ON webhook_deliveries (receiver_id, not_before, number) WHERE status = 'waiting';
CREATE INDEX webhook_deliveries_leases ON webhook_deliveries (receiver_id, lease_expires) WHERE status = 'sending';
CREATE INDEX webhook_deliveries_of_claim ON webhook_deliveries (receiver_id, claim_intake_id, number)
  WHERE status IN ('waiting', 'sending');
CREATE INDEX webhook_deliveries_dead ON webhook_deliveries (number) WHERE status = 'dead';
CREATE INDEX webhook_deliveries_made ON webhook_deliveries (ended_at) WHERE status = 'delivered';
