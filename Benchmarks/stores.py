"""The stores that the program writes into: a SQLite file, or a database of the private PostgreSQL with a bank beside it."""
import json
import pathlib
import shutil
from typing import NamedTuple

from commands import Cost, Costed
from servers import Bank

SQLITE = "SQLite"
POSTGRES = "PostgreSQL"
KINDS = [SQLITE, POSTGRES]


class SQLiteStore:
    """A file, which the program's own bank has another beside. `template` is a file to begin with a copy of."""
    kind = SQLITE

    def __init__(self, bench, template=None):
        self.file = bench.fresh() / "claims.db"
        self.address = f"sqlite:{self.file}"
        self.bank_options = []
        if template:
            shutil.copyfile(template, self.file)

    def close(self):
        shutil.rmtree(self.file.parent, ignore_errors=True)


class PostgresStore:
    """A database, and a bank that is a server of its own. `template` is a database to begin with a copy of."""
    kind = POSTGRES

    def __init__(self, bench, template=None):
        self.server = bench.server
        self.address, self.name = bench.server.database(template)
        self.bank = Bank(bench.options.program, bench.fresh() / "bank.db")
        self.bank_options = ["--gateway", self.bank.address]

    def close(self):
        self.bank.close()
        self.server.drop(self.name)


def new_store(bench, kind, template=None):
    return SQLiteStore(bench, template) if kind == SQLITE else PostgresStore(bench, template)


class Processed(NamedTuple):
    """A file whose claims were taken to a payment. The seconds are the program's own, from the first claim to the last."""
    claims: int
    seconds: float
    cost: Cost

    @property
    def rate(self):
        return self.claims / self.seconds

    @property
    def milliseconds_a_claim(self):
        return self.seconds * 1000 / self.claims


def process(bench, store, file):
    """Takes the claims of a file to a payment. All must be new, since a claim that is replayed costs much less."""
    command = Costed(
        bench.cost_tool, bench.fresh(), bench.options.program, "process", file, "--store", store.address, "--enroll", "PPO",
        "--output", "json", *store.bank_options)
    cost = command.wait()
    summary = json.loads(command.last_line())["summary"]
    command.output.unlink()
    if summary["replayed"]:
        raise RuntimeError(f"{summary['replayed']} claims were in the store already")
    return Processed(summary["claims"], summary["seconds"], cost)


def verify(bench, store):
    """Checks every invariant of a store, against its bank too, and returns what that cost."""
    command = [bench.options.program, "verify", "--store", store.address, *store.bank_options]
    return Costed(bench.cost_tool, bench.fresh(), *command).wait()


def claims_file(bench, count):
    """Returns a file with so many claims. It is made once."""
    file = pathlib.Path(bench.folder / f"claims-{count}.837")
    if not file.exists():
        bench.generate(file, count)
    return file
