"""The peers: other libraries, with the same five trivial steps, in an environment that is thrown away."""
import contextlib
import json
import subprocess
import sys
import time
from typing import NamedTuple

from commands import run
from servers import Redis

NAIVE_GUARD = "five steps, the naive guard (Redis SET NX, a row in PostgreSQL)"
DBOS = "five steps, DBOS Transact"
ABSURD = "five steps, absurd"
PROCRASTINATE = "five jobs in a chain, procrastinate"
POWERTOOLS = "five steps, Powertools for AWS Lambda on Redis (nothing on disk)"


class Peer(NamedTuple):
    """A peer with the settings that were best on two cores."""
    name: str
    short_name: str
    script: str
    # The first is the peer itself.
    packages: list
    processes: int = 2
    concurrency: int = 4
    redis: bool = False


PEERS = [
    Peer(DBOS, "DBOS", "dbos_steps.py", ["dbos", "psycopg[binary]"], concurrency=8),
    Peer(ABSURD, "absurd", "absurd_steps.py", ["absurd-sdk", "absurdctl", "psycopg[binary]"], processes=1, concurrency=8),
    Peer(PROCRASTINATE, "procrastinate", "procrastinate_steps.py", ["procrastinate", "psycopg[binary]"], concurrency=4),
    Peer(NAIVE_GUARD, "the naive guard", "guard_steps.py", ["psycopg[binary]", "redis"], concurrency=4, redis=True),
    Peer(
        POWERTOOLS, "Powertools", "powertools_steps.py", ["aws-lambda-powertools[redis]", "boto3"], concurrency=2,
        redis=True),
]


class PeerRuns:
    def __init__(self, bench):
        self.bench = bench
        self.figures = bench.figures
        self.redis = None
        folder = bench.folder / "peers"
        run(sys.executable, "-m", "venv", folder)
        self.python = folder / "bin/python"
        for peer in PEERS:
            self.figures.attempt(peer.name, lambda: self.install(peer))

    def install(self, peer):
        run(self.python, "-m", "pip", "install", "-q", *peer.packages)
        if peer.redis and not self.redis:
            self.redis = Redis(self.bench.folder)

    def round(self):
        for peer in PEERS:
            self.figures.attempt(peer.name, lambda: self.figures.add("runs/s", peer.name, self.rate(peer)))

    def rate(self, peer):
        """Runs the steps in a new database. The clock runs while all processes of the peer do."""
        url, name = self.bench.server.database()
        self.prepare(peer, url, name)
        each = max(1, self.bench.options.runs // peer.processes)
        place = self.bench.fresh()
        command = [self.python, self.bench.here / "peers" / peer.script, url, each, peer.concurrency]
        command += [self.redis.socket] if peer.redis else []
        with contextlib.ExitStack() as stack:
            processes = [self.start(command, place / f"errors{number}", stack) for number in range(peer.processes)]
            self.expect("ready", processes, place)
            began = time.monotonic()
            for process in processes:
                process.stdin.write("\n")
                process.stdin.flush()
            self.expect("done", processes, place)
            seconds = time.monotonic() - began
            for process in processes:
                process.communicate()
        self.bench.server.drop(name)
        return each * peer.processes / seconds

    @staticmethod
    def start(command, errors, stack):
        """Starts a process of a peer. One that still runs when the stack is left, after a failure, is ended."""
        with open(errors, "wb") as file:
            process = stack.enter_context(subprocess.Popen(
                [str(part) for part in command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=file, text=True))
        stack.callback(process.kill)
        return process

    @staticmethod
    def expect(word, processes, place):
        """Waits until every process has said the word. Other lines are the library's own."""
        for number, process in enumerate(processes):
            if not any(line.strip() == word for line in process.stdout):
                process.wait()
                raise RuntimeError((place / f"errors{number}").read_text(errors="replace").strip()[-300:])

    def prepare(self, peer, url, name):
        """Makes the tables that a peer does not make itself."""
        if peer.name == ABSURD and self.bench.options.absurd_sql:
            run(*self.bench.server.command("psql", name), "-X", "-q", "-f", self.bench.options.absurd_sql)
        elif peer.name == ABSURD:
            run(self.python.parent / "absurdctl", "init", "-d", url)
        elif peer.name == PROCRASTINATE:
            run(self.python, self.bench.here / "peers" / peer.script, url, 0, 1)
        elif peer.name == NAIVE_GUARD:
            self.bench.server.psql("CREATE TABLE results (key text PRIMARY KEY, response text NOT NULL)", name)

    def versions(self):
        """Returns the names and versions of the peers, and of the client of Redis."""
        names = (peer.packages[0].partition("[")[0] for peer in PEERS)
        wanted = {name: name for name in names}
        wanted["redis"] = "redis-py"
        listed = json.loads(run(self.python, "-m", "pip", "list", "--format=json"))
        # pip may list a name with underscores that is installed with hyphens.
        found = {item["name"].replace("_", "-"): item["version"] for item in listed}
        return [f"{shown} {found[name]}" for name, shown in wanted.items() if name in found]

    def close(self):
        if self.redis:
            self.redis.close()
