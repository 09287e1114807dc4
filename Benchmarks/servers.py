"""The servers of a run: a private PostgreSQL, a private Redis, and the program's bank. Each is stopped by its own pid."""
import os
import pathlib
import subprocess
import time

from commands import run

ROOT = pathlib.Path(__file__).resolve().parent.parent


class Server:
    """A script that prints "ready" when its server answers, and stops it when the pipe to the script is closed."""

    def __init__(self, script, *arguments):
        self.script = subprocess.Popen(
            [ROOT / "Tests/Support" / script, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True)
        if self.script.stdout.readline().strip() != "ready":
            self.script.stdin.close()
            raise RuntimeError(self.script.stderr.read().strip() or f"{script} did not start its server")

    def close(self):
        self.script.stdin.close()
        self.script.wait()


class Postgres(Server):
    """A private PostgreSQL on a unix socket. Every commit is synced to the disk, as its default settings have it."""

    def __init__(self, folder):
        # Short, since the path of a socket may have about a hundred characters.
        self.folder = folder / "pg"
        self.socket = self.folder / "run"
        super().__init__("private-postgres.sh", self.folder, "shared_buffers=256MB")
        self.databases = 0

    def command(self, program, database="postgres"):
        """Returns the beginning of a command of PostgreSQL's own programs for this server."""
        return [program, "-h", self.socket, "-U", "paidonce", "-d", database]

    def psql(self, sql, database="postgres"):
        return run(*self.command("psql", database), "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", sql)

    def database(self, template=None):
        """Makes a database, empty or a copy of another, and returns its URL and its name."""
        self.databases += 1
        name = f"bench{self.databases}"
        self.psql(f"CREATE DATABASE {name}" + (f" TEMPLATE {template} STRATEGY file_copy" if template else ""))
        return f"postgresql://paidonce@/{name}?host={self.socket}", name

    def drop(self, name):
        self.psql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def wal_position(self):
        """Returns the bytes of the write-ahead log that were ever written."""
        return int(self.psql("SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')"))

    def wait_for_disconnection(self, database):
        """Waits until the programs that have ended are gone from the server too."""
        for _ in range(100):
            connected = self.psql(
                f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{database}' AND backend_type = 'client backend'")
            if int(connected) == 0:
                return
            time.sleep(0.05)
        raise RuntimeError(f"somebody is still connected to {database}")

    def cpu_seconds(self):
        """Returns the CPU seconds of the server's processes, including those that have ended."""
        first = int((self.folder / "data/postmaster.pid").read_text().split()[0])
        return cpu_seconds(first) + sum(cpu_seconds(child) for child in children(first))


class Redis(Server):
    """A private Redis on a unix socket that keeps nothing on disk."""

    def __init__(self, folder):
        self.socket = folder / "redis/redis.sock"
        super().__init__("private-redis.sh", folder / "redis")


class Bank:
    """The program's bank as a server of its own, with its own database."""

    def __init__(self, program, file):
        self.process = subprocess.Popen(
            [program, "gateway", "--port", "0", "--db", file], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        words = (word for line in self.process.stdout for word in line.split())
        address = next((word for word in words if word.startswith("http://")), None)
        if not address:
            raise RuntimeError("the bank did not start")
        self.address = address.rstrip(".,")

    def cpu_seconds(self):
        return cpu_seconds(self.process.pid)

    def close(self):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()


# Processes, as Linux has them

TICKS = os.sysconf("SC_CLK_TCK")


def fields(pid):
    """Returns the fields of a process after its name, which may contain blanks."""
    return pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def cpu_seconds(pid):
    """Returns the CPU seconds of a process and of its children that have ended."""
    try:
        return sum(int(ticks) for ticks in fields(pid)[11:15]) / TICKS
    except FileNotFoundError:
        return 0


def children(pid):
    """Returns the processes that a process has started and that still run."""
    found = []
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if int(fields(entry.name)[1]) == pid:
                    found.append(int(entry.name))
            except FileNotFoundError:
                continue
    return found
