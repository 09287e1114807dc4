"""The campaign's PostgreSQL servers: run by an ordinary user, on a Unix socket, stopped by their own pids."""
import asyncio
import glob
import os
import pwd
import shutil
import signal
import subprocess


def ordinary_user():
    """Returns the user to run PostgreSQL as. Root must not run it; any other user runs it directly."""
    if os.getuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
            return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
        except KeyError:
            continue
    raise SystemExit("chaos: there is no ordinary user to run PostgreSQL as")


def program(name):
    found = sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{name}"))
    path = found[-1] if found else shutil.which(name)
    if not path:
        raise SystemExit(f"chaos: {name} is not there; install postgresql")
    return path


class Store:
    """A database that has an address."""

    def query(self, sql):
        answer = subprocess.run(
            [program("psql"), self.address(), "-XAtq", "-c", sql], capture_output=True, text=True, timeout=60)
        if answer.returncode != 0:
            raise RuntimeError(answer.stderr.strip())
        return answer.stdout.strip()


class Postgres(Store):
    def __init__(self, folder, name="primary", port=5432, settings=()):
        self.folder, self.name, self.port = folder, name, port
        self.data = os.path.join(folder, name)
        self.settings = list(settings)
        self.process = None

    @property
    def socket(self):
        return os.path.join(self.folder, f".s.PGSQL.{self.port}")

    def address(self, host=None):
        return f"postgres:///postgres?host={host or self.folder}&port={self.port}&user=paidonce"

    def create(self):
        self._run("initdb", "-D", self.data, "-U", "paidonce", "--auth=trust", "--encoding=UTF8", "--locale=C")

    def copy_of(self, primary):
        """Makes a standby that streams from a primary."""
        self._copy(primary, "-R", "-X", "stream")

    def restore_from(self, backup, archive, target):
        """Restores a base backup up to a point in the past: a setting of PostgreSQL that names it."""
        self._run("cp", "-a", backup, self.data)
        self._run("touch", os.path.join(self.data, "recovery.signal"))
        self.settings += [f"restore_command=cp {archive}/%f %p", target, "recovery_target_action=promote"]

    def back_up(self, path):
        """Makes a base backup of this server, to be completed from its archive."""
        Postgres(self.folder, os.path.basename(path))._copy(self, "-X", "none")

    def _copy(self, primary, *options):
        self._run(
            "pg_basebackup", "-D", self.data, "-h", primary.folder, "-p", str(primary.port), "-U", "paidonce", "-c", "fast",
            "-d", f"application_name={self.name}", *options)

    def start(self):
        settings = ["listen_addresses=", f"port={self.port}", "max_connections=200", *self.settings]
        options = [word for setting in settings for word in ("-c", setting)]
        log = open(os.path.join(self.folder, f"{self.name}.log"), "ab")
        self.process = subprocess.Popen(
            [program("postgres"), "-D", self.data, "-k", self.folder, *options], stdin=subprocess.DEVNULL, stdout=log,
            stderr=log, cwd=self.folder, **ordinary_user())

    async def ready(self, seconds=60):
        for _ in range(seconds * 10):
            if subprocess.run([program("pg_isready"), "-q", "-h", self.folder, "-p", str(self.port)]).returncode == 0:
                return
            await asyncio.sleep(0.1)
        raise SystemExit(f"chaos: {self.name} does not answer; see {self.folder}/{self.name}.log")

    def stop(self, how="fast"):
        """Stops the server by its pid: SIGINT is a fast shutdown; SIGQUIT is an immediate one, which acts like a crash."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT if how == "immediate" else signal.SIGINT)
            self.process.wait(60)

    def children(self):
        """Returns the processes that serve sessions and the background processes."""
        with open(f"/proc/{self.process.pid}/task/{self.process.pid}/children") as children:
            return [int(process) for process in children.read().split()]

    def promote(self):
        self._run("pg_ctl", "-D", self.data, "promote", "-w")

    def dump(self, path):
        with open(path, "wb") as file:
            subprocess.run([program("pg_dump"), self.address()], stdout=file, check=True, **ordinary_user())

    def restore(self, path):
        """Replaces the whole schema with the one that `dump` wrote."""
        self.query("DROP SCHEMA IF EXISTS paidonce CASCADE")
        with open(path, "rb") as file:
            subprocess.run(
                [program("psql"), self.address(), "-Xq", "-v", "ON_ERROR_STOP=1"], stdin=file,
                stdout=subprocess.DEVNULL, check=True, **ordinary_user())

    def _run(self, name, *arguments):
        answer = subprocess.run(
            [program(name), *arguments], capture_output=True, text=True, cwd=self.folder, **ordinary_user())
        if answer.returncode != 0:
            raise SystemExit(f"chaos: {name} failed: {answer.stderr.strip()}")
