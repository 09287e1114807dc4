"""Whether a claim costs the same however many there are: in the file, and in the store before it."""
import hashlib
import os
import sqlite3
import time

from commands import run
from stores import KINDS, POSTGRES, SQLITE, claims_file, new_store, process, verify

MILLION = 1_000_000


def claim_time(kind, size):
    return f"{size:,} claims in one file, {kind}: time a claim"


def claim_peak(kind, size):
    return f"{size:,} claims in one file, {kind}: peak memory"


def verify_time(kind, size):
    return f"verify of {size:,} claims, {kind}"


def verify_peak(kind, size):
    return f"verify of {size:,} claims, {kind}: peak memory"


class Sizes:
    """Files of several sizes, each into a new store, which is then verified."""

    def __init__(self, bench):
        self.bench = bench
        self.sizes = list(bench.options.sizes)
        if bench.options.million and MILLION not in self.sizes:
            self.sizes.append(MILLION)

    def round(self):
        for size in self.sizes:
            for kind in KINDS:
                self.bench.figures.attempt(claim_time(kind, size), lambda: self.measure(kind, size))

    def measure(self, kind, size):
        add = self.bench.figures.add
        store = new_store(self.bench, kind)
        try:
            done = process(self.bench, store, claims_file(self.bench, size))
            add("ms", claim_time(kind, size), done.milliseconds_a_claim)
            add("MB", claim_peak(kind, size), done.cost.peak_megabytes)
            cost = verify(self.bench, store)
            add("s", verify_time(kind, size), cost.seconds)
            add("MB", verify_peak(kind, size), cost.peak_megabytes)
        finally:
            store.close()


# A response of the mean length that the five agents' have, in a row that all checks of the table accept. The keys are
# spread over the index as payments' keys are, which end a digest.
RESPONSE = b'{"filler":"' + b"0123456789" * 28 + b'"}'
FILL = """
INSERT INTO {table} (key, effect, status, fingerprint, response, content_type, response_status, response_digest, agent,
  agent_version, epoch, attempts, root_key, lamport, retention, created_at, completed_at, expires_at)
SELECT 'idemp:pay:CLM-' || name || ':16.64:16.64', 'pay', 'COMPLETED', '{digest}', {response}, 'application/json', 200,
  '{digest}', 'PaymentAgent', '1.0.0', 1, 1, 'idemp:intake:SAMPLE01:FILLER:' || name, 2, 'financial', {now} + number,
  {now} + number, {expiry} + number
FROM {names}
"""
NAMES_POSTGRES = "(SELECT number, left(md5(number::text), 20) AS name FROM generate_series(1, {count}) AS number) AS names"
# The order of the keys, so that SQLite fills each page of the index once.
NAMES_SQLITE = (
    "(WITH RECURSIVE numbers(number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < {count})"
    " SELECT number, lower(hex(randomblob(10))) AS name FROM numbers ORDER BY name)")


def filling(table, names, response, count):
    """Returns the statement that puts so many completed keys into a store's table."""
    now = int(time.time()) * 1_000_000
    expiry = now + 30 * 86_400 * 1_000_000
    digest = hashlib.sha256(RESPONSE).hexdigest()
    return FILL.format(
        table=table, names=names.format(count=count), response=response, digest=digest, now=now, expiry=expiry)


def keys_time(kind, count):
    return f"the pipeline, {kind}, with {count:,} keys in the store: time a claim"


class Keys:
    """The same claims into an empty store and into a copy of one that is full of keys, in turns."""

    def __init__(self, bench):
        self.bench = bench
        self.count = bench.options.keys
        self.filled = {}

    def fill(self, kind):
        """Makes the store that the rounds begin with copies of: its tables by the program, its keys by one statement."""
        program = self.bench.options.program
        if kind == SQLITE:
            file = self.bench.fresh() / "filled.db"
            run(program, "migrate", "--store", f"sqlite:{file}")
            database = sqlite3.connect(file)
            database.execute(filling("effect_keys", NAMES_SQLITE, f"x'{RESPONSE.hex()}'", self.count))
            database.commit()
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            database.close()
            self.filled[kind] = file
        else:
            url, name = self.bench.server.database()
            run(program, "migrate", "--store", url)
            response = f"'\\x{RESPONSE.hex()}'::bytea"
            self.bench.server.psql(filling("paidonce.effect_keys", NAMES_POSTGRES, response, self.count), name)
            self.bench.server.psql("VACUUM ANALYZE paidonce.effect_keys", name)
            self.filled[kind] = name

    def round(self):
        for kind in KINDS:
            for count in (0, self.count):
                self.bench.figures.attempt(keys_time(kind, count), lambda: self.measure(kind, count))

    def measure(self, kind, count):
        # Filled by the first round that needs it: the groups before it have the machine to themselves.
        if count and kind not in self.filled:
            self.fill(kind)
        store = new_store(self.bench, kind, self.filled[kind] if count else None)
        try:
            if kind == POSTGRES:
                self.bench.server.psql("CHECKPOINT")
            # The copy is on the disk before the clock starts.
            os.sync()
            done = process(self.bench, store, claims_file(self.bench, self.bench.options.keys_claims))
            self.bench.figures.add("ms", keys_time(kind, count), done.milliseconds_a_claim)
        finally:
            store.close()
