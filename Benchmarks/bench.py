#!/usr/bin/env python3
"""Measures this program, its limits and its peers in one run, and writes RESULTS.md.

    Benchmarks/bench.py [--claims 4000] [--runs 1000] [--rounds 3] [--absurd-sql FILE] [--without-peers]

Everything runs on this machine alone: a private PostgreSQL on a unix socket with its own settings (fsync is on), SQLite
files beside it, and the peers from PyPI in an environment that is thrown away. The rounds are interleaved, so that a busy
minute hits all. A figure is the median of the rounds, with the smallest and the greatest.

absurd takes its tables from a file of its project (`sql/absurd.sql`); without `--absurd-sql` it is fetched by `absurdctl`.
What cannot be installed is left out, and the table says so.
"""
import argparse
import datetime
import json
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent


def run(*command, **options):
    """Runs a command and returns its output. A failure ends the run with the command's own words."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, **options)
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]} exited with {done.returncode}: {done.stderr.strip()[-400:]}")
    return done.stdout


class Postgres:
    """A private server. It is stopped when this process closes the pipe to its script."""

    def __init__(self, folder):
        # Short, since the path of a socket may have about a hundred characters.
        self.folder = folder / "pg"
        self.script = subprocess.Popen(
            [ROOT / "Tests/Support/private-postgres.sh", self.folder, "shared_buffers=256MB"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        if self.script.stdout.readline().strip() != "ready":
            raise RuntimeError("the private PostgreSQL did not start")
        self.databases = 0

    def psql(self, sql, database="postgres"):
        return run("psql", "-X", "-q", "-A", "-t", "-h", self.folder / "run", "-U", "paidonce", "-d", database, "-c", sql)

    def database(self):
        """Returns the URL of a new database."""
        self.databases += 1
        name = f"bench{self.databases}"
        self.psql(f"CREATE DATABASE {name}")
        return f"postgresql://paidonce@/{name}?host={self.folder / 'run'}", name

    def close(self):
        self.script.stdin.close()
        self.script.wait()


def fsync_probe(folder):
    """Returns the median milliseconds of writing and syncing 8 kB."""
    times = []
    with open(folder / "probe", "wb", buffering=0) as file:
        for _ in range(50):
            began = time.monotonic()
            file.write(b"x" * 8192)
            os.fsync(file.fileno())
            times.append((time.monotonic() - began) * 1000)
    return statistics.median(times)


class Bench:
    def __init__(self, options, folder, server):
        self.options = options
        self.folder = folder
        self.server = server
        self.figures = {}
        self.left_out = {}
        self.turns = 0
        self.file = folder / "claims.837"
        self.file.write_text(run(sys.executable, HERE / "generate_claims.py", options.claims))

    def take(self, name, work):
        """Adds what one round of a measurement returns: a rate, or several named ones."""
        if name in self.left_out:
            return
        self.turns += 1
        try:
            rate = work()
        except (RuntimeError, OSError) as error:
            self.left_out[name] = str(error)
            return
        self.figures.setdefault(name, []).append(rate)
        print(f"{name:<58} {rate:>10,.0f}", flush=True)

    def fresh(self):
        place = self.folder / f"turn{self.turns}"
        place.mkdir()
        return place

    # The program

    def process(self, store, *more):
        out = run(self.options.program, "process", self.file, "--store", store, "--enroll", "PPO", "--output", "json", *more)
        summary = json.loads(out.splitlines()[-1])["summary"]
        return summary["claims"] / summary["seconds"]

    def sqlite(self):
        place = self.fresh()
        rate = self.process(f"sqlite:{place / 'claims.db'}")
        self.last_sqlite = place / "claims.db"
        return rate

    def postgres(self):
        place = self.fresh()
        url, name = self.server.database()
        gateway = subprocess.Popen(
            [self.options.program, "gateway", "--port", "0", "--db", place / "bank.db"], stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True)
        try:
            address = next(word for line in gateway.stdout for word in line.split() if word.startswith("http://"))
            rate = self.process(url, "--gateway", address.rstrip(".,"))
        finally:
            gateway.terminate()
            gateway.wait()
        self.last_postgres = (url, name)
        return rate

    # The limits

    def limit_sqlite(self):
        count, seconds = run(self.limit, "sqlite", self.last_sqlite, self.fresh() / "limit.db").split()
        return int(count) / float(seconds)

    def limit_postgres(self):
        url, _ = self.last_postgres
        count, seconds = run(self.limit, "postgres", url, "paidonce", f"limit{self.turns}").split()
        return int(count) / float(seconds)

    # Five trivial steps

    def steps(self, mode, concurrency):
        def work():
            url, _ = self.server.database()
            count, seconds = run(self.options.steps, url, mode, self.options.runs * (20 if mode == "batches" else 2), concurrency).split()
            return int(count) / float(seconds)
        return work

    def steps_sqlite(self, mode):
        def work():
            place = self.fresh() / "steps.db"
            count, seconds = run(self.options.steps, place, mode, self.options.runs * (20 if mode == "batches" else 2), 1).split()
            return int(count) / float(seconds)
        return work

    def peer(self, script, prepare=None, concurrency=4, processes=2):
        def work():
            url, name = self.server.database()
            if prepare:
                prepare(url, name)
            each = self.options.runs // processes
            began = [
                subprocess.Popen(
                    [self.python, HERE / script, url, str(each), str(concurrency)], stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE, text=True)
                for _ in range(processes if not prepare else 1)
            ]
            rate = 0
            for process in began:
                out, error = process.communicate()
                if process.returncode != 0:
                    raise RuntimeError(error.strip()[-300:])
                count, seconds = out.split()[-2:]
                rate += int(count) / float(seconds)
            return rate
        return work

    def absurd_tables(self, url, name):
        if self.options.absurd_sql:
            run("psql", "-X", "-q", "-h", self.server.folder / "run", "-U", "paidonce", "-d", name, "-f",
                self.options.absurd_sql)
        else:
            run(self.python.parent / "absurdctl", "init", "-d", url)

    # The run

    def prepare(self):
        self.limit = self.folder / "limit"
        include = run("pg_config", "--includedir").strip()
        run("cc", "-O2", f"-I{include}", "-o", self.limit, HERE / "limit/limit.c", "-lsqlite3", "-lpq")
        self.python = pathlib.Path(sys.executable)
        if not self.options.without_peers:
            run(sys.executable, "-m", "venv", self.folder / "peers")
            self.python = self.folder / "peers/bin/python"
            run(self.python, "-m", "pip", "install", "-q", "dbos", "psycopg[binary]", "absurd-sdk", "absurdctl")

    def measure(self):
        for _ in range(self.options.rounds):
            self.take("claims/s: the pipeline, SQLite", self.sqlite)
            self.take("claims/s: limit, exactly these rows into SQLite", self.limit_sqlite)
            self.take("claims/s: the pipeline, PostgreSQL", self.postgres)
            self.take("claims/s: limit, exactly these rows into PostgreSQL", self.limit_postgres)
            self.take("runs/s: five steps, a resumable flow, PostgreSQL", self.steps("flows", 16))
            self.take("runs/s: five steps, a commit each, PostgreSQL", self.steps("commits", 16))
            self.take("runs/s: five steps, a hundred runs a commit, PostgreSQL", self.steps("batches", 2))
            self.take("runs/s: five steps, a commit each, SQLite", self.steps_sqlite("commits"))
            self.take("runs/s: five steps, a hundred runs a commit, SQLite", self.steps_sqlite("batches"))
            if not self.options.without_peers:
                self.take("runs/s: five steps, DBOS Transact", self.peer("peers_dbos.py", concurrency=2))
                self.take(
                    "runs/s: five steps, absurd", self.peer("peers_absurd.py", self.absurd_tables, concurrency=8, processes=1))

    def median(self, name):
        return statistics.median(self.figures[name]) if name in self.figures else None

    def ratio(self, name, other):
        left, right = self.median(name), self.median(other)
        return f"{left / right:.2f}" if left and right else "not measured"

    def report(self, probe, load):
        versions = [
            f"PostgreSQL {self.server.psql('SHOW server_version').strip()}",
            f"SQLite {self.server_version_of_sqlite()}",
        ]
        if not self.options.without_peers:
            names = run(self.python, "-m", "pip", "list", "--format=json")
            versions += [
                f"{item['name']} {item['version']}" for item in json.loads(names)
                if item["name"] in ("dbos", "absurd-sdk", "psycopg")
            ]
        lines = [
            "# Results", "",
            "Written by `make bench`. Rates depend on the machine; the ratios below them are of one run.", "",
            f"{datetime.date.today().isoformat()}, {os.cpu_count()} cores ({platform.machine()}), "
            f"{', '.join(versions)}.",
            f"Load before the run {load:.1f}; writing and syncing 8 kB takes {probe:.2f} ms. "
            f"{self.options.claims:,} claims, {self.options.runs:,} runs, {self.options.rounds} rounds, interleaved.", "",
            "| what | median | smallest | greatest |", "|---|---:|---:|---:|",
        ]
        for name, rates in self.figures.items():
            lines.append(f"| {name} | {statistics.median(rates):,.0f} | {min(rates):,.0f} | {max(rates):,.0f} |")
        for name, why in self.left_out.items():
            lines.append(f"| {name} | left out | | {why.splitlines()[-1][:120] if why else ''} |")
        ratios = [
            ("the pipeline against its rows alone, SQLite", "claims/s: the pipeline, SQLite",
             "claims/s: limit, exactly these rows into SQLite"),
            ("the pipeline against its rows alone, PostgreSQL", "claims/s: the pipeline, PostgreSQL",
             "claims/s: limit, exactly these rows into PostgreSQL"),
            ("five steps in a resumable flow, against DBOS", "runs/s: five steps, a resumable flow, PostgreSQL",
             "runs/s: five steps, DBOS Transact"),
            ("five steps in a resumable flow, against absurd", "runs/s: five steps, a resumable flow, PostgreSQL",
             "runs/s: five steps, absurd"),
            ("five steps with a commit each, against DBOS", "runs/s: five steps, a commit each, PostgreSQL",
             "runs/s: five steps, DBOS Transact"),
            ("five steps with a commit each, against absurd", "runs/s: five steps, a commit each, PostgreSQL",
             "runs/s: five steps, absurd"),
            ("five steps committed by the hundred, against DBOS",
             "runs/s: five steps, a hundred runs a commit, PostgreSQL", "runs/s: five steps, DBOS Transact"),
            ("five steps committed by the hundred, against absurd",
             "runs/s: five steps, a hundred runs a commit, PostgreSQL", "runs/s: five steps, absurd"),
        ]
        lines += ["", "| ratio of medians | |", "|---|---:|"]
        lines += [f"| {what} | {self.ratio(left, right)} |" for what, left, right in ratios]
        return "\n".join(lines) + "\n"

    @staticmethod
    def server_version_of_sqlite():
        import sqlite3
        return sqlite3.sqlite_version


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=4000)
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--absurd-sql", type=pathlib.Path)
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / ".build/release/claims")
    parser.add_argument("--steps", type=pathlib.Path, default=ROOT / ".build/benchmarks/release/Steps")
    parser.add_argument("--without-peers", action="store_true")
    parser.add_argument("--output", type=pathlib.Path, default=HERE / "RESULTS.md")
    options = parser.parse_args()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="bench-", dir=os.environ.get("TMPDIR", "/tmp")))
    # The server runs as an ordinary user.
    folder.chmod(0o755)
    load = os.getloadavg()[0]
    server = Postgres(folder)
    try:
        bench = Bench(options, folder, server)
        probe = fsync_probe(folder)
        bench.prepare()
        bench.measure()
        options.output.write_text(bench.report(probe, load))
        print(options.output.read_text())
    finally:
        server.close()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
