"""Workers on PostgreSQL: how many claims a second they take from one queue, and what holds them back."""
import os
import subprocess
import time

from commands import Costed, run
from stores import POSTGRES, claims_file, new_store

COUNTS = [1, 2, 4, 8]


def rate(workers):
    return f"{workers} worker{'s' if workers > 1 else ''}"


def share(workers):
    return f"{rate(workers)}: share of all cores that the run used"


def queued(bench, store, claims):
    """Queues the claims of a file."""
    run(bench.options.program, "submit", claims_file(bench, claims), "--store", store.address)
    bench.server.psql("ANALYZE", store.name)


def work(bench, store, workers):
    """Lets workers take all claims that are queued, and returns the wall seconds and the workers' CPU seconds."""
    began = time.monotonic()
    running = [
        Costed(
            bench.cost_tool, bench.fresh(), bench.options.program, "work", "--store", store.address, "--enroll", "PPO",
            "--until-empty", "--output", "json", *store.bank_options)
        for _ in range(workers)
    ]
    costs = [worker.wait() for worker in running]
    return time.monotonic() - began, sum(cost.cpu_seconds for cost in costs)


def paid_up(bench, store, claims):
    """Fails unless every claim of the run has come to its end."""
    done = int(bench.server.psql("SELECT count(*) FROM paidonce.claims WHERE audit_key IS NOT NULL", store.name))
    if done != claims:
        raise RuntimeError(f"{done} of {claims} claims were worked on to the end")


class Workers:
    """The same claims, taken by more and more workers."""

    def __init__(self, bench):
        self.bench = bench

    def round(self):
        for workers in COUNTS:
            self.bench.figures.attempt(rate(workers), lambda: self.measure(workers))

    def measure(self, workers):
        claims, add = self.bench.options.worker_claims, self.bench.figures.add
        store = new_store(self.bench, POSTGRES)
        try:
            queued(self.bench, store, claims)
            before = self.bench.server.cpu_seconds(), store.bank.cpu_seconds()
            seconds, cpu = work(self.bench, store, workers)
            self.bench.server.wait_for_disconnection(store.name)
            server, bank = self.bench.server.cpu_seconds() - before[0], store.bank.cpu_seconds() - before[1]
            paid_up(self.bench, store, claims)
            add("claims/s", rate(workers), claims / seconds)
            for who, used in (("the workers", cpu), ("PostgreSQL", server), ("the bank", bank)):
                add("ms", f"{rate(workers)}: CPU of {who} a claim", used * 1000 / claims)
            add("%", share(workers), (cpu + server + bank) * 100 / seconds / os.cpu_count())
        finally:
            store.close()


FREE = "one worker, with no snapshot held"
HELD = "one worker, with a read snapshot held"


class Snapshot:
    """A transaction of somebody else that reads, and stays open: no version of a row that it may see can be removed."""

    def __init__(self, server, database):
        self.server = server
        self.database = database
        self.session = subprocess.Popen(
            [str(part) for part in (*server.command("psql", database), "-X", "-q", "-A", "-t")], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True)
        self.session.stdin.write(
            "BEGIN ISOLATION LEVEL REPEATABLE READ;\n"
            "SELECT count(*) FROM paidonce.effect_keys;\nSELECT pg_backend_pid();\n")
        self.session.stdin.flush()
        self.session.stdout.readline()
        self.pid = int(self.session.stdout.readline())

    def check(self):
        """Fails unless the transaction holds back the removal of old versions."""
        held = self.server.psql(
            "SELECT backend_xmin IS NOT NULL AND state = 'idle in transaction' FROM pg_stat_activity"
            f" WHERE pid = {self.pid}", self.database)
        if held.strip() != "t":
            raise RuntimeError("the snapshot is not held")

    def close(self):
        self.session.communicate("ROLLBACK;\n")


class Held:
    """One worker without and with a snapshot held, in turns."""

    def __init__(self, bench):
        self.bench = bench

    def round(self):
        for what in (FREE, HELD):
            self.bench.figures.attempt(what, lambda: self.measure(what))

    def measure(self, what):
        claims = self.bench.options.held_claims
        store = new_store(self.bench, POSTGRES)
        snapshot = None
        try:
            queued(self.bench, store, claims)
            if what == HELD:
                snapshot = Snapshot(self.bench.server, store.name)
                snapshot.check()
            seconds, _ = work(self.bench, store, 1)
            if snapshot:
                snapshot.check()
            paid_up(self.bench, store, claims)
            self.bench.figures.add("claims/s", what, claims / seconds)
        finally:
            if snapshot:
                snapshot.close()
            store.close()
