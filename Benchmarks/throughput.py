"""Throughput: the pipeline, the limit that its rows set, and five trivial steps."""
import shutil

from commands import run
from stores import KINDS, POSTGRES, SQLITE, claims_file, new_store, process

STEPS = {
    "flows": "five steps, a resumable flow, PostgreSQL",
    "commits": "five steps, a commit each, PostgreSQL",
    "batches": "five steps, a hundred runs a commit, PostgreSQL",
}
STEPS_SQLITE = {
    "commits": "five steps, a commit each, SQLite",
    "batches": "five steps, a hundred runs a commit, SQLite",
}
# Runs are so much faster in batches that a measurement needs more of them.
RUNS_FACTOR = {"flows": 2, "commits": 2, "batches": 20}


def pipeline(kind):
    return f"the pipeline, {kind}"


def limit(kind):
    return f"limit, exactly these rows into {kind}"


class Pipeline:
    """The pipeline into each store. The last stores are kept, since other measurements read them."""

    def __init__(self, bench):
        self.bench = bench
        self.last = {}
        self.wal = None

    def round(self):
        for kind in KINDS:
            self.bench.figures.attempt(pipeline(kind), lambda: self.measure(kind))
            if pipeline(kind) not in self.bench.figures.left_out:
                self.bench.figures.attempt(limit(kind), lambda: self.measure_limit(kind))

    def measure(self, kind):
        self.bench.figures.add("claims/s", pipeline(kind), self.run(kind).rate)

    def run(self, kind):
        """Takes the claims into a new store, and notes what the write-ahead log of PostgreSQL grows by."""
        server = self.bench.server
        store = new_store(self.bench, kind)
        if kind in self.last:
            self.last.pop(kind).close()
        # The store is closed with the others, also after a failure.
        self.last[kind] = store
        before = server.wal_position()
        done = process(self.bench, store, claims_file(self.bench, self.bench.options.claims))
        if kind == POSTGRES:
            self.wal = (server.wal_position() - before) / done.claims
        return done

    def last_store(self, kind):
        """Returns the store of the last run, after a first one if need be."""
        if kind not in self.last:
            self.run(kind)
        return self.last[kind]

    def measure_limit(self, kind):
        """Puts the rows of the last store into an empty one of the same schema, by a bare loop."""
        store = self.last[kind]
        if kind == SQLITE:
            place = self.bench.fresh()
            out = run(self.bench.limit_tool, "sqlite", store.file, place / "limit.db")
            shutil.rmtree(place)
        else:
            out = run(self.bench.limit_tool, "postgres", store.address, "paidonce", "limit_of_rows")
            self.bench.server.psql("SET client_min_messages = warning; DROP SCHEMA limit_of_rows CASCADE", store.name)
        count, seconds = out.split()
        self.bench.figures.add("claims/s", limit(kind), int(count) / float(seconds))

    def close(self):
        for store in self.last.values():
            store.close()


class Steps:
    """Five trivial steps, through the library's public interface."""

    def __init__(self, bench):
        self.bench = bench

    def round(self):
        for mode, what in STEPS.items():
            self.bench.figures.attempt(what, lambda: self.postgres(mode, what))
        for mode, what in STEPS_SQLITE.items():
            self.bench.figures.attempt(what, lambda: self.measure(self.bench.fresh() / "steps.db", mode, what, 1))

    def postgres(self, mode, what):
        url, name = self.bench.server.database()
        self.measure(url, mode, what, 2 if mode == "batches" else 64)
        self.bench.server.drop(name)

    def measure(self, store, mode, what, concurrency):
        runs = self.bench.options.runs * RUNS_FACTOR[mode]
        count, seconds = run(self.bench.options.steps, store, mode, runs, concurrency).split()
        self.bench.figures.add("runs/s", what, int(count) / float(seconds))
