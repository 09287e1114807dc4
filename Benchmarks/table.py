"""The report: one Markdown file with the machine, the figures, and each bound that is asked beside what was measured."""
import datetime
import os
import platform
import sqlite3
import statistics
import subprocess
from typing import NamedTuple

import latency
import peer_runs
import reading
import rows
import sizes
import throughput
import workers
from commands import run
from figures import shown
from stores import KINDS

TITLES = {
    "machine": "The machine during the run", "pipeline": "The pipeline", "steps": "Five trivial durable steps",
    "peers": "The same steps in other libraries", "latency": "Latency", "x12": "Reading X12", "startup": "Start-up",
    "workers": "Workers on one queue, PostgreSQL", "held": "A read snapshot held by somebody else, PostgreSQL",
    "rows": "What a claim takes", "sizes": "Sizes", "keys": "A store full of keys",
}
AT_LEAST, AT_MOST = "at least", "at most"


class Asked(NamedTuple):
    """A figure or a ratio, and the bound it is asked to keep; without a bound it is only shown."""
    what: str
    value: float
    side: str = ""
    bound: float = 0
    unit: str = ""

    def line(self):
        unit = f" {self.unit}" if self.unit else ""
        measured = "not measured" if self.value is None else f"{shown(self.value)}{unit}"
        if not self.side:
            return f"| {self.what} | {measured} | | |"
        if self.value is None:
            verdict = ""
        else:
            kept = self.value >= self.bound if self.side == AT_LEAST else self.value <= self.bound
            verdict = "kept" if kept else "missed"
        return f"| {self.what} | {measured} | {self.side} {self.bound:g}{unit} | {verdict} |"


def throughput_bounds(figures):
    flows, commits, batches = (throughput.STEPS[mode] for mode in ("flows", "commits", "batches"))
    for kind in KINDS:
        value = figures.ratio(throughput.pipeline(kind), throughput.limit(kind))
        yield Asked(f"the pipeline against its rows alone, {kind}", value, AT_LEAST, 0.5)
    for steps, what, bounds in (
        (flows, "five steps in a resumable flow", {}),
        (commits, "five steps with a commit each", {peer_runs.DBOS: 20, peer_runs.ABSURD: 9}),
        (batches, "five steps committed by the hundred",
         {peer_runs.DBOS: 60, peer_runs.ABSURD: 25, peer_runs.NAIVE_GUARD: 19}),
    ):
        for peer in peer_runs.PEERS:
            value = figures.ratio(steps, peer.name)
            bound = (AT_LEAST, bounds[peer.name]) if peer.name in bounds else ()
            yield Asked(f"{what}, against {peer.short_name}", value, *bound)


def waiting_bounds(figures):
    def p50(what):
        return latency.at(what, 50)

    yield Asked("a step against an INSERT, p50", figures.ratio(p50(latency.STEP), p50(latency.INSERT)), AT_MOST, 2)
    yield Asked("a replay against a SELECT, p50", figures.ratio(p50(latency.REPLAY), p50(latency.SELECT)), AT_MOST, 2)
    ours = reading.speed(reading.OURS)
    yield Asked("reading X12, the whole guide checked", figures.median(ours), AT_LEAST, 100, "MB/s")
    yield Asked("reading X12 against pyx12", figures.ratio(ours, reading.speed(reading.PYX12)), AT_LEAST, 300)
    yield Asked("reading X12 against linuxforhealth-x12", figures.ratio(ours, reading.speed(reading.LINUXFORHEALTH)))
    yield Asked("claims show", figures.median(reading.SHOW), AT_MOST, 30, "ms")


def size_bounds(figures, options):
    small, *larger = sorted({*options.sizes, sizes.MILLION})
    for kind in KINDS:
        for size in larger:
            value = figures.ratio(sizes.claim_time(kind, size), sizes.claim_time(kind, small))
            bound = (AT_MOST, 1.2) if size == sizes.MILLION else ()
            yield Asked(f"time a claim of {size:,} claims against {small:,}, {kind}", value, *bound)
    for kind in KINDS:
        seconds = figures.median(sizes.verify_time(kind, sizes.MILLION))
        peak = figures.median(sizes.verify_peak(kind, sizes.MILLION))
        yield Asked(f"verify of a million, {kind}", seconds, AT_MOST, 60, "s")
        yield Asked(f"verify of a million, peak memory, {kind}", peak, AT_MOST, 100, "MB")
    for kind in KINDS:
        value = figures.ratio(sizes.keys_time(kind, options.keys), sizes.keys_time(kind, 0))
        yield Asked(f"time a claim with {options.keys:,} keys in the store against none, {kind}", value)


def worker_bounds(figures):
    one = workers.rate(1)
    for count in workers.COUNTS[1:]:
        bound = (AT_LEAST, 1.6) if count == 4 else ()
        yield Asked(f"{count} workers against one", figures.ratio(workers.rate(count), one), *bound)
    value = figures.ratio(workers.FREE, workers.HELD)
    yield Asked("time with a read snapshot held against without", value, AT_MOST, 1.15)


def bounds(figures, options):
    return [
        *throughput_bounds(figures), *waiting_bounds(figures), *size_bounds(figures, options), *worker_bounds(figures)
    ]


def versions(bench):
    found = [
        f"claims {run(bench.options.program, '--version').strip()}",
        f"PostgreSQL {bench.server.psql('SHOW server_version').strip()}", f"SQLite {sqlite3.sqlite_version}",
        f"Python {platform.python_version()}",
    ]
    if bench.peers and bench.peers.redis:
        found.append("Redis " + run("redis-server", "--version").split("v=")[1].split()[0])
    for group in (bench.peers, bench.reading):
        found += group.versions() if group else []
    return ", ".join(found)


def machine():
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores ({platform.machine()}), {memory:.0f} GB of memory"


def group_lines(figures, group):
    """Returns the table of a group's figures."""
    taken = {what: figure for what, figure in figures.taken.items() if figure.group == group}
    left_out = {what: why for what, (its, why) in figures.left_out.items() if its == group}
    if not taken and not left_out:
        return []
    lines = ["", f"## {TITLES[group]}", "", "| what | unit | median | smallest | greatest |", "|---|---|---:|---:|---:|"]
    for what, (_, unit, values) in taken.items():
        lines.append(
            f"| {what} | {unit} | {shown(statistics.median(values))} | {shown(min(values))} | {shown(max(values))} |")
    lines += [f"| {what} | not measured: {why.replace('|', '/')} | | | |" for what, why in left_out.items()]
    return lines


def extra_lines(figures):
    for title, (header, content) in figures.tables.items():
        yield from ["", f"## {title}", "", f"| {' | '.join(header)} |", "|---" + "|---:" * (len(header) - 1) + "|"]
        for name, *values in content:
            yield f"| {name} | {' | '.join(shown(value) for value in values)} |"


def report(bench):
    figures, options = bench.figures, bench.options
    lines = [
        "# Results", "",
        "Written by `make bench`. Rates depend on the machine; the ratios at the end are of one run. A figure is the median "
        "of the rounds, with the smallest and the greatest; what is compared is measured in turns.", "",
        f"{datetime.date.today().isoformat()}, {machine()}, {bench.versions}.",
        f"{options.claims:,} claims, {options.runs:,} runs of five steps; {options.worker_claims:,} claims for the workers, "
        f"{options.held_claims:,} while a snapshot is held, {options.keys_claims:,} into a store full of keys. "
        f"Rounds: {bench.rounds_done}; of sizes and keys: {min(options.long_rounds, bench.rounds_done)}.",
    ]
    for group in TITLES:
        lines += group_lines(figures, group)
    lines += extra_lines(figures)
    lines += [
        "", "## Ratios and bounds", "", "Ratios are of medians.", "", "| what | measured | asked | |",
        "|---|---:|---:|---|", *(asked.line() for asked in bounds(figures, options)),
    ]
    return "\n".join(lines) + "\n"
