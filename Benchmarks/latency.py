"""Latency: a durable step and its replay, beside the least that the same server can do."""
from commands import percentile, run

STEP = "a step, PostgreSQL"
REPLAY = "a replay of it, PostgreSQL"
INSERT = "an INSERT of 600 bytes by pgbench, a commit each"
SELECT = "a SELECT by primary key by pgbench"
ROW = "0123456789" * 60


def at(what, part):
    return f"{what}, p{part}"


class Latency:
    """One connection or one file, one step after another."""

    def __init__(self, bench):
        self.bench = bench
        self.count = bench.options.latency_steps

    def round(self):
        attempt = self.bench.figures.attempt
        attempt("a step and its replay, PostgreSQL", self.postgres)
        attempt("an INSERT and a SELECT by pgbench", self.pgbench)
        attempt("a step and its replay, SQLite", lambda: self.steps(self.bench.fresh() / "steps.db", "SQLite"))

    def postgres(self):
        url, name = self.bench.server.database()
        self.steps(url, "PostgreSQL")
        self.bench.server.drop(name)

    def steps(self, store, kind):
        lines = run(self.bench.options.steps, store, "latency", self.count).splitlines()
        for what, line in zip((f"a step, {kind}", f"a replay of it, {kind}"), lines, strict=True):
            for part, microseconds in zip((50, 99), line.split(), strict=True):
                self.bench.figures.add("µs", at(what, part), int(microseconds))

    def pgbench(self):
        """Over the same socket, prepared once, with the primary key that a step's row has: a text."""
        _, name = self.bench.server.database()
        self.bench.server.psql("CREATE TABLE answers (key text PRIMARY KEY, response text NOT NULL)", name)
        self.bench.server.psql("CREATE SEQUENCE runs", name)
        self.transactions(name, INSERT, f"INSERT INTO answers VALUES ('step-1-run-' || nextval('runs'), '{ROW}');")
        self.transactions(
            name, SELECT, f"\\set run random(1, {self.count})\n"
            "SELECT response FROM answers WHERE key = 'step-1-run-' || :run;")
        self.bench.server.drop(name)

    def transactions(self, name, what, script):
        place = self.bench.fresh()
        (place / "script.sql").write_text(script + "\n")
        command = self.bench.server.command("pgbench", name)
        # pgbench takes the database as its argument; its -d is for debugging.
        run(*command[:-2], "-n", "-M", "prepared", "-c", 1, "-t", self.count, "-f", place / "script.sql", "-l",
            "--log-prefix", place / "log", name)
        times = [int(line.split()[2]) for file in place.glob("log.*") for line in file.read_text().splitlines()]
        for part in (50, 99):
            self.bench.figures.add("µs", at(what, part), percentile(times, part / 100))
