#!/usr/bin/env python3
"""Measures this program, its limits and its peers in one run, and writes RESULTS.md.

    Benchmarks/bench.py [--claims 4000] [--runs 1000] [--rounds 3] [--absurd-sql FILE] [--without-peers]
    Benchmarks/bench.py --only sizes,keys --million --keys 5000000 --output long.md

Everything runs on this machine alone: a private PostgreSQL on a unix socket with its own settings (fsync is on), SQLite
files beside it, a private Redis where redis-server is installed, and the peers from PyPI in an environment that is thrown
away. A round measures each group once, so that a busy minute hits all. The report is written anew after each round.

The groups are pipeline, steps, peers, latency, x12, startup, workers, held and rows. Two take long and are left out unless
they are asked for: sizes (also by --million), and keys (also by --keys).

absurd takes its tables from a file of its project (`sql/absurd.sql`); without `--absurd-sql` it is fetched by `absurdctl`.
What cannot be installed is left out, and the report says so.
"""
import argparse
import contextlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import table
from commands import fsync_probe, run
from figures import Figures
from latency import Latency
from peer_runs import PeerRuns
from reading import Reading, Start
from rows import Rows
from servers import ROOT, Postgres
from sizes import Keys, Sizes
from throughput import Pipeline, Steps
from workers import Held, Workers

HERE = pathlib.Path(__file__).resolve().parent
GROUPS = ["pipeline", "steps", "peers", "latency", "x12", "startup", "workers", "held", "rows"]
LONG_GROUPS = ["sizes", "keys"]
MANY_KEYS = 5_000_000


class Bench:
    """What the measurements share: the options, the folder, the server, and the figures."""

    here = HERE

    def __init__(self, options, folder, server):
        self.options = options
        self.folder = folder
        self.server = server
        self.figures = Figures()
        self.places = 0
        self.rounds_done = 0
        self.limit_tool = self.compile("limit", f"-I{run('pg_config', '--includedir').strip()}", "-lsqlite3", "-lpq")
        self.cost_tool = self.compile("cost")
        self.pipeline = Pipeline(self)
        self.peers = self.reading = None
        self.groups = {name: self.group(name) for name in options.only}
        self.versions = table.versions(self)

    def compile(self, name, *flags):
        tool = self.folder / f"{name}-tool"
        run("cc", "-O2", "-o", tool, HERE / f"limit/{name}.c", *flags)
        return tool

    def group(self, name):
        """Returns the measurements of a group, after what they need is installed."""
        self.figures.group = name
        if name == "pipeline":
            return self.pipeline
        if name == "peers":
            self.peers = PeerRuns(self)
            return self.peers
        if name == "x12":
            self.reading = Reading(self)
            return self.reading
        others = {
            "steps": Steps, "latency": Latency, "startup": Start, "workers": Workers, "held": Held, "rows": Rows,
            "sizes": Sizes, "keys": Keys,
        }
        return others[name](self)

    def fresh(self):
        """Makes a folder for one measurement."""
        self.places += 1
        place = self.folder / f"place{self.places}"
        place.mkdir()
        return place

    @staticmethod
    def generate(file, claims):
        with open(file, "wb") as output:
            subprocess.run([sys.executable, HERE / "generate_claims.py", str(claims)], stdout=output, check=True)

    def measure(self):
        for number in range(self.options.rounds):
            self.probe()
            for name, group in self.groups.items():
                if name not in LONG_GROUPS or number < self.options.long_rounds:
                    self.figures.group = name
                    group.round()
            self.rounds_done += 1
            self.options.output.write_text(table.report(self))

    def probe(self):
        """Notes how fast the disk is and how busy the machine is."""
        self.figures.group = "machine"
        self.figures.add("ms", "writing and syncing 8 kB", fsync_probe(self.folder))
        self.figures.add("processes", "load, mean of the last minute", os.getloadavg()[0])

    def close(self):
        with contextlib.ExitStack() as stack:
            stack.callback(self.pipeline.close)
            if self.peers:
                stack.callback(self.peers.close)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=4000, help="claims of the pipeline")
    parser.add_argument("--runs", type=int, default=1000, help="runs of five steps")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--long-rounds", type=int, default=1, help="rounds of the groups that take long")
    parser.add_argument("--only", type=lambda names: names.split(","), default=GROUPS, help="groups, with commas")
    parser.add_argument("--latency-steps", type=int, default=2000)
    parser.add_argument("--x12-claims", type=int, default=100_000, help="claims of the file that this program reads")
    parser.add_argument("--x12-peer-claims", type=int, default=2000, help="claims of the file that the other readers read")
    parser.add_argument("--worker-claims", type=int, default=8000)
    parser.add_argument("--held-claims", type=int, default=5000)
    parser.add_argument(
        "--sizes", type=lambda sizes: [int(size) for size in sizes.split(",")], default=[10_000, 100_000],
        help="claims in one file, with commas")
    parser.add_argument("--million", action="store_true", help="a million claims too; takes 40 GB of disk")
    parser.add_argument("--keys", type=int, default=0, help=f"keys in a full store, for example {MANY_KEYS}")
    parser.add_argument("--keys-claims", type=int, default=10_000)
    parser.add_argument("--absurd-sql", type=pathlib.Path)
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / ".build/release/claims")
    parser.add_argument("--steps", type=pathlib.Path, default=ROOT / ".build/benchmarks/release/Steps")
    parser.add_argument("--without-peers", action="store_true")
    parser.add_argument("--output", type=pathlib.Path, default=HERE / "RESULTS.md")
    options = parser.parse_args()
    asked = {*options.only, *(["sizes"] if options.million else []), *(["keys"] if options.keys else [])}
    unknown = asked - {*GROUPS, *LONG_GROUPS}
    if unknown:
        parser.error(f"unknown groups: {', '.join(sorted(unknown))}; there are {', '.join(GROUPS + LONG_GROUPS)}")
    if options.without_peers:
        asked.discard("peers")
    options.only = [name for name in GROUPS + LONG_GROUPS if name in asked]
    options.keys = options.keys or MANY_KEYS
    return options


def main():
    options = arguments()
    with contextlib.ExitStack() as stack:
        folder = pathlib.Path(tempfile.mkdtemp(prefix="bench-", dir=os.environ.get("TMPDIR", "/tmp")))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        # The server runs as an ordinary user.
        folder.chmod(0o755)
        server = Postgres(folder)
        stack.callback(server.close)
        bench = Bench(options, folder, server)
        stack.callback(bench.close)
        bench.measure()
        print(options.output.read_text())


if __name__ == "__main__":
    main()
