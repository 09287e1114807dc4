"""What is stored for a claim: rows, values, and their bytes, by table; and what the write-ahead log grows by."""
import json
import pathlib
import sqlite3

from stores import POSTGRES, SQLITE

WAL = "bytes of write-ahead log a claim, PostgreSQL"
FILE = "bytes of the file a claim, SQLite"
SHOWN = 8
TOTALS = [
    ("rows", "rows", "rows"), ("values", "values", "values"), ("bytes", "bytes", "bytes of values"),
    ("index_bytes", "bytes", "bytes of indexes"),
]
HEADER = ["table", "rows a claim", "values a claim", "bytes of values a claim", "bytes of indexes a claim"]


class Rows:
    """Read from the stores of the last pipeline run."""

    def __init__(self, bench):
        self.bench = bench

    def round(self):
        self.bench.figures.attempt(WAL, self.postgres)
        self.bench.figures.attempt(FILE, self.sqlite)

    def sqlite(self):
        store = self.bench.pipeline.last_store(SQLITE)
        with sqlite3.connect(f"file:{store.file}?mode=ro", uri=True) as database:
            claims, = database.execute("SELECT count(*) FROM claims").fetchone()
        database.close()
        log = pathlib.Path(f"{store.file}-wal")
        size = store.file.stat().st_size + (log.stat().st_size if log.exists() else 0)
        self.bench.figures.add("bytes", FILE, size / claims)

    def postgres(self):
        store = self.bench.pipeline.last_store(POSTGRES)
        tables = [self.table(store, name, columns) for name, columns in self.columns(store).items()]
        claims = next(table for table in tables if table["name"] == "claims")["rows"]
        self.bench.figures.add("bytes", WAL, self.bench.pipeline.wal)
        total = {key: sum(table[key] for table in tables) for key, *_ in TOTALS}
        for key, unit, what in TOTALS:
            self.bench.figures.add(unit, f"{what} a claim, PostgreSQL", total[key] / claims)
        tables.sort(key=lambda table: -(table["bytes"] + table["index_bytes"]))
        lines = [
            [table["name"]] + [table[key] / claims for key, *_ in TOTALS]
            for table in [*tables[:SHOWN], {"name": "all tables", **total}]
        ]
        self.bench.figures.tables["What is stored for a claim, PostgreSQL"] = (HEADER, lines)

    def columns(self, store):
        """Returns the columns of each table of the program."""
        found = self.bench.server.psql(
            "SELECT json_object_agg(name, columns) FROM (SELECT table_name AS name, json_agg(column_name) AS columns"
            " FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)"
            " WHERE table_schema = 'paidonce' AND table_type = 'BASE TABLE' GROUP BY table_name) AS tables", store.name)
        return json.loads(found)

    def table(self, store, name, columns):
        """Returns what a table holds. A value counts with the bytes it takes in the row, compressed where it is."""
        quoted = [f'"{column}"' for column in columns]
        found = self.bench.server.psql(
            f"SELECT json_build_object('rows', count(*), 'values', coalesce(sum(num_nonnulls({', '.join(quoted)})), 0),"
            f" 'bytes', coalesce(sum({' + '.join(f'coalesce(pg_column_size({column}), 0)' for column in quoted)}), 0),"
            f" 'index_bytes', pg_indexes_size('paidonce.\"{name}\"')) FROM paidonce.\"{name}\"", store.name)
        return {"name": name, **json.loads(found)}
