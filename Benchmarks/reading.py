"""Reading X12 with its guide checked, beside pyx12 and linuxforhealth-x12; and how fast the program starts."""
import re
import shutil
import sqlite3
import statistics
import sys
from typing import NamedTuple

from commands import Costed, run
from servers import ROOT
from stores import SQLITE, claims_file

# The subcommand that only reads and judges. It is looked for in the program's help.
CHECK = "check"
OURS = "this program, the whole guide checked"
PYX12 = "pyx12 (x12valid)"
LINUXFORHEALTH = "linuxforhealth-x12, models"
STARTS = 10


def speed(what):
    return f"{what}, speed"


def peak(what):
    return f"{what}, peak memory"


class Reader(NamedTuple):
    """A command that reads a file of so many claims. `verdict` is what it must say where its exit status does not tell."""
    command: list
    claims: int
    accept: tuple = (0,)
    verdict: str = ""


class Reading:
    """Three readers of the same claims. The slow ones read fewer. The time for a single claim is taken off."""

    def __init__(self, bench):
        self.bench = bench
        self.figures = bench.figures
        program = bench.options.program
        self.readers = {}
        if re.search(rf"^ +{CHECK} ", run(program, "--help"), re.MULTILINE):
            self.readers[OURS] = Reader([program, CHECK], bench.options.x12_claims)
        else:
            self.figures.leave_out(speed(OURS), "no command reads without writing")
        if not bench.options.without_peers:
            self.figures.attempt(speed(PYX12), self.install_pyx12)
            self.figures.attempt(speed(LINUXFORHEALTH), self.install_linuxforhealth)

    def install_pyx12(self):
        folder = self.bench.folder / "pyx12"
        run(ROOT / "Tests/Support/python-environment.sh", folder, "pyx12==4.0.0")
        # Its exit status is 1 for a good file and 0 for a bad one, so its words decide.
        self.readers[PYX12] = Reader(
            [folder / "bin/x12valid", "--quiet"], self.bench.options.x12_peer_claims, accept=(0, 1), verdict=": OK")

    def install_linuxforhealth(self):
        # Its settings are of pydantic's first version.
        python = self.bench.folder / "linuxforhealth/bin/python"
        run(sys.executable, "-m", "venv", self.bench.folder / "linuxforhealth")
        run(python, "-m", "pip", "install", "-q", "linuxforhealth-x12", "pydantic[dotenv]<2")
        script = self.bench.here / "peers/linuxforhealth_read.py"
        self.readers[LINUXFORHEALTH] = Reader([python, script], self.bench.options.x12_peer_claims)

    def round(self):
        for what, reader in self.readers.items():
            self.figures.attempt(speed(what), lambda: self.measure(what, reader))

    def measure(self, what, reader):
        file, one = claims_file(self.bench, reader.claims), claims_file(self.bench, 1)
        start, whole = self.cost(reader, one), self.cost(reader, file)
        if whole.seconds <= start.seconds:
            raise RuntimeError(f"{reader.claims} claims are too few to tell")
        self.figures.add(
            "MB/s", speed(what), (file.stat().st_size - one.stat().st_size) / 1e6 / (whole.seconds - start.seconds))
        self.figures.add("MB", peak(what), whole.peak_megabytes)

    def cost(self, reader, file):
        # x12valid writes its answer beside the file, so the file gets a folder of its own.
        place = self.bench.fresh()
        copy = shutil.copy(file, place / "claims.837")
        command = Costed(self.bench.cost_tool, place, *reader.command, copy, accept=reader.accept)
        cost = command.wait()
        if reader.verdict not in command.errors.read_text(errors="replace"):
            raise RuntimeError(f"the file is not accepted: {command.last_line()}")
        shutil.rmtree(place)
        return cost

    def versions(self):
        return [
            f"{name} {version}" for folder, name in (("pyx12", "pyx12"), ("linuxforhealth", "linuxforhealth-x12"))
            if (version := self.version(self.bench.folder / folder / "bin/python", name))
        ]

    @staticmethod
    def version(python, name):
        try:
            return run(python, "-c", f"from importlib.metadata import version; print(version('{name}'))").strip()
        except (RuntimeError, OSError):
            return None


SHOW = "claims show, of a store with all claims of a run"
HELP = "claims --help"


class Start:
    """The wall milliseconds of commands that people wait for."""

    def __init__(self, bench):
        self.bench = bench

    def round(self):
        self.bench.figures.attempt(SHOW, self.show)
        self.bench.figures.attempt(HELP, lambda: self.measure(HELP, "--help"))

    def show(self):
        store = self.bench.pipeline.last_store(SQLITE)
        with sqlite3.connect(f"file:{store.file}?mode=ro", uri=True) as database:
            claim, = database.execute("SELECT claim_intake_id FROM claims LIMIT 1").fetchone()
        database.close()
        self.measure(SHOW, "show", claim, "--store", store.address)

    def measure(self, what, *arguments):
        times = []
        for _ in range(STARTS):
            command = Costed(self.bench.cost_tool, self.bench.fresh(), self.bench.options.program, *arguments)
            times.append(command.wait().seconds * 1000)
        self.bench.figures.add("ms", what, statistics.median(times))
