#!/usr/bin/env python3
"""Counts the instructions of five hot paths, and fails if one is more than 3 % away from the figure on record.

    Benchmarks/instructions.py              compares with instructions.json
    Benchmarks/instructions.py --update     takes new figures and writes instructions.json
    Benchmarks/instructions.py --self-test  shows, without counting, that a figure which is 4 % off fails
    Benchmarks/instructions.py --profiles FOLDER  compares, and keeps what cg_annotate needs to name the functions

Valgrind's cachegrind counts. Times vary too much on a shared machine; counts do not.

The program is the debug build, since `make test` makes that one anyway, and an optimized build takes too long for CI. So
this guard finds work that was added, such as a second pass over a file, if it is more than 3 % of its path. It cannot find
what the optimizer does better or worse, and its figures say nothing about speed. `make bench` measures that.

The figures are those of one compiler. They also depend on valgrind, the C library, SQLite, and the processor's
architecture. On a machine where one of these differs, the guard says so in one line, counts nothing, and passes.

What is counted:

- process: `claims process`, from reading the file to the payments, into a new SQLite store; for each claim
- replay: the same command again; for each claim
- verify: `claims verify` of that store; for each claim
- read: `claims submit` of a file whose claims are all in the queue: X12 read, checked, and looked up; for each claim
- show: `claims show`, the whole command with its start

The count for each claim is the difference between a file of 50 claims and one of 10, divided by 40, so that the start does
not count. Five things make runs alike: hashing without a random seed, a fixed day of receipt, one processor for all threads
of the program, one batch at a time, and a lease so long that none is renewed on a slow machine.
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import platform
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from typing import NamedTuple

from commands import run
from servers import ROOT

HERE = pathlib.Path(__file__).resolve().parent
FIGURES = HERE / "instructions.json"
# Always the same, since the memory's layout, and with it a count, varies with the name by up to 1 %.
FOLDER = ROOT / ".build/instructions"
# How far a count may be from its figure. Runs in one folder are within 0.2 % of each other; runs in different ones, 1 %.
ALLOWED = 0.03
FEW, MANY = 10, 50
PER_CLAIM = ["process", "replay", "verify", "read"]
RECEIVED = ["--received", "2026-04-01"]
AN_HOUR = "3600000"
TIMEOUT_SECONDS = 600
TO_RECORD = "record the new figure with `make instructions UPDATE=1`, and give the reason in the commit"


class Sized:
    """The commands over a file of so many claims, on one processor."""

    def __init__(self, counter, claims, processor):
        self.counter = counter
        self.claims = claims
        self.processor = str(processor)
        self.place = counter.folder / str(claims)
        self.place.mkdir()
        self.file = self.place / "claims.837"
        with open(self.file, "wb") as output:
            subprocess.run([sys.executable, HERE / "generate_claims.py", str(claims)], stdout=output, check=True)

    def counts(self):
        """Runs each command and returns the instructions that it took."""
        store, queue = (["--store", f"sqlite:{self.place}/{name}.db"] for name in ("claims", "queue"))
        process = [
            "process", self.file, *RECEIVED, *store, "--enroll", "PPO", "--jobs", "1", "--lease-milliseconds", AN_HOUR,
            "--output", "json",
        ]
        submit = ["submit", self.file, *RECEIVED, *queue]
        counts = {
            "process": self.count("process", process, self.none_replayed),
            "replay": self.count("replay", process, self.all_replayed),
            "verify": self.count("verify", ["verify", *store]),
        }
        run(self.counter.program, *submit, env=self.counter.environment)
        counts["read"] = self.count("read", submit, self.none_queued)
        if self.claims == MANY:
            counts["show"] = self.count("show", ["show", f"GEN-{MANY}", *store])
        return counts

    def count(self, path, command, is_right=lambda output: True):
        log = self.place / f"{path}.log"
        output = run(
            "taskset", "--cpu-list", self.processor, "valgrind", "--tool=cachegrind", "--cache-sim=no",
            f"--cachegrind-out-file={self.counter.profile(path, self.claims)}", f"--log-file={log}",
            self.counter.program, *command, env=self.counter.environment, timeout=TIMEOUT_SECONDS)
        if not is_right(output):
            raise RuntimeError(f"{path} of {self.claims} claims did not do what is to be counted: {output[-300:]}")
        refs, = re.findall(r"I +refs: +([\d,]+)", log.read_text(errors="replace"))
        return int(refs.replace(",", ""))

    def none_replayed(self, output):
        return self.summary(output) == (self.claims, 0)

    def all_replayed(self, output):
        return self.summary(output) == (self.claims, self.claims)

    def none_queued(self, output):
        return output.startswith(f"0 claims queued, {self.claims} in the queue already")

    @staticmethod
    def summary(output):
        summary = json.loads(output.splitlines()[-1])["summary"]
        return summary["claims"], summary["replayed"]


class Counter:
    """What the counted commands share: the program without its debug information, and its environment."""

    def __init__(self, options, folder):
        self.folder = folder
        self.profiles = options.profiles
        self.program = folder / "claims"
        # Valgrind 3.19 cannot read the debug information. It reads the symbols, which take time and only name functions.
        run("strip", "--strip-debug" if self.profiles else "--strip-all", "-o", self.program, options.program)
        preloaded = folder / "sigsuspend.so"
        run("clang", "-shared", "-fPIC", "-o", preloaded, HERE / "sigsuspend.c")
        # Nothing else from outside, such as CLAIMS_STORE.
        self.environment = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
        self.environment |= {"LD_PRELOAD": str(preloaded), "SWIFT_DETERMINISTIC_HASHING": "1", "TZ": "UTC"}

    def profile(self, path, claims):
        return self.profiles / f"{path}-{claims}" if self.profiles else "/dev/null"

    def measure(self):
        """Returns the count of each path. The two files are counted at the same time if there are two processors."""
        processors = sorted(os.sched_getaffinity(0))
        sizes = [Sized(self, claims, processors[at % len(processors)]) for at, claims in enumerate((MANY, FEW))]
        with concurrent.futures.ThreadPoolExecutor(min(len(processors), len(sizes))) as pool:
            many, few = pool.map(Sized.counts, sizes)
        return {path: round((many[path] - few[path]) / (MANY - FEW)) for path in PER_CLAIM} | {"show": many["show"]}


def setting():
    """Returns what the counts depend on besides the source."""
    return {
        "compiler": re.search(r"Swift version [^\n]*", run("swift", "--version"))[0].strip(),
        "valgrind": run("valgrind", "--version").strip(),
        "C library": os.confstr("CS_GNU_LIBC_VERSION"),
        "SQLite": sqlite3.sqlite_version,
        "architecture": platform.machine(),
    }


def why_not_compared(record, here):
    """Returns what is not as it was when the figures were taken, in one line, or nothing."""
    differences = [
        f"{what} is {here.get(what)}, and the figures are of {taken}" for what, taken in record["taken_with"].items()
        if here.get(what) != taken
    ]
    if differences:
        return f"not compared: {'; '.join(differences)}. Take new ones with `make instructions UPDATE=1`"


class Verdict(NamedTuple):
    path: str
    passes: bool
    line: str


def verdicts(record, counts):
    """Returns a verdict on each path that is on record or was counted."""
    figures = record["instructions"]
    return [verdict(path, figures.get(path), counts.get(path)) for path in sorted({*figures, *counts})]


def verdict(path, figure, count):
    if figure is None:
        return Verdict(path, False, f"{path}: FAILED: counted, but not on record; {TO_RECORD}")
    if count is None:
        return Verdict(path, False, f"{path}: FAILED: on record, but not counted; {TO_RECORD}")
    change = count / figure - 1
    both = f"on record {figure:,}, counted {count:,}, {change * 100:+.2f} %"
    if abs(change) <= ALLOWED:
        return Verdict(path, True, f"{path}: {both}")
    return Verdict(path, False, f"{path}: FAILED: {both}; find the cause, or {TO_RECORD}")


def compare(options, record):
    """Counts, prints a line for each path, and returns the status to exit with."""
    began = time.monotonic()
    found = verdicts(record, measure(options))
    for each in found:
        say(each.line)
    failed = sum(not each.passes for each in found)
    which = f"{failed} of {len(found)} paths are not" if failed else f"all {len(found)} paths are"
    say(f"{which} within {ALLOWED * 100:.0f} % of the figures on record; counted in {time.monotonic() - began:.0f} s")
    return 1 if failed else 0


def update(options, here):
    counts = measure(options)
    FIGURES.write_text(json.dumps({"taken_with": here, "instructions": counts}, indent=2) + "\n")
    for path, count in counts.items():
        say(f"{path}: {count:,} is on record now")


def self_test(record, here):
    """Shows that the guard can fail, and that it compares only what can be compared."""
    figures = record["instructions"]

    def failing(counts):
        return [each.path for each in verdicts(record, counts) if not each.passes]

    for path, figure in figures.items():
        for factor, expected in ((1.04, [path]), (0.96, [path]), (1.02, []), (0.98, []), (1, [])):
            found = failing(figures | {path: round(figure * factor)})
            assert found == expected, f"{path} times {factor}: {found}"
        found = failing({other: count for other, count in figures.items() if other != path})
        assert found == [path], f"{path} is not counted: {found}"
    assert failing(figures | {"new": 1}) == ["new"]
    assert why_not_compared({"taken_with": here}, here) is None
    for what in here:
        reason = why_not_compared({"taken_with": here}, here | {what: "another"})
        assert reason and "\n" not in reason, reason
    say("self-test: a count 4 % off fails, one 2 % off passes, and figures of another compiler are not compared")


def measure(options):
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    try:
        return Counter(options, FOLDER).measure()
    finally:
        shutil.rmtree(FOLDER)


def say(line):
    print(f"instructions: {line}", flush=True)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / ".build/debug/claims", help="a debug build")
    parser.add_argument("--update", action="store_true", help="write new figures")
    parser.add_argument("--self-test", action="store_true", help="count nothing, and test the comparison")
    parser.add_argument("--profiles", type=pathlib.Path, metavar="FOLDER", help="keep a profile of each command here")
    options = parser.parse_args()
    if options.profiles:
        options.profiles = options.profiles.resolve()
        options.profiles.mkdir(parents=True, exist_ok=True)
    return options


def main():
    options, here = arguments(), setting()
    if options.update:
        return update(options, here)
    record = json.loads(FIGURES.read_text())
    if options.self_test:
        return self_test(record, here)
    if reason := why_not_compared(record, here):
        return say(reason)
    return compare(options, record)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (RuntimeError, OSError, subprocess.SubprocessError) as error:
        sys.exit(f"instructions: FAILED: {error}")
