"""A PostgreSQL cluster as it is advised for production: Patroni, etcd, and haproxy before it.

Patroni speaks etcd's API 2. By API 3, Patroni before 3.0.3 overwrites another machine's lock when its own has ended: a
primary that comes back from a partition becomes the primary again, without the commits that were answered meanwhile.
"""
import asyncio
import contextlib
import json
import os
import shutil
import subprocess
import urllib.error
import urllib.request

from cluster import Store, program
from machines import NETWORK, Machine, as_ordinary_user

SCOPE = "claims"
PORT = 5000
# Patroni asks for ttl >= loop_wait + 2 * retry_timeout. Its own values are 30, 10 and 10.
TTL, LOOP_WAIT, RETRY_TIMEOUT = 20, 5, 5

HAPROXY = """\
defaults
    mode tcp
    timeout connect 2s
    timeout check 2s
    timeout client 30m
    timeout server 30m

listen primary
    bind 127.0.0.1:{port}
    option httpchk OPTIONS /primary
    http-check expect status 200
    default-server inter 1s fall 2 rise 1 on-marked-down shutdown-sessions
"""


class PatroniCluster(Store):
    """Three machines, each with etcd, Patroni and its PostgreSQL. Reached through haproxy, which asks Patroni."""

    def __init__(self, folder, etcd_api=2):
        self.folder, self.etcd_api = folder, etcd_api
        self.machines = [Machine(name, number, folder) for number, name in enumerate(["db1", "db2", "db3"], 1)]
        self.etcds = {}
        self.proxy = None

    def address(self):
        return f"postgres://paidonce@127.0.0.1:{PORT}/postgres"

    def create(self):
        for machine in self.machines:
            machine.create()
            self._write(machine, "patroni.yml", json.dumps(self._settings(machine), indent=1))
        for machine in self.machines:
            self.start(machine)
        configuration = HAPROXY.format(port=PORT) + "".join(
            f"    server {machine.name} {machine.address}:5432 check port 8008\n" for machine in self.machines)
        path = os.path.join(self.folder, "haproxy.cfg")
        with open(path, "w") as file:
            file.write(configuration)
        with open(os.path.join(self.folder, "haproxy.log"), "ab") as log:
            self.proxy = subprocess.Popen(
                as_ordinary_user([shutil.which("haproxy") or "/usr/sbin/haproxy", "-db", "-f", path]),
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)

    def start(self, machine):
        """Starts what runs on a machine, for the first time or after it has died."""
        self.etcds[machine] = machine.run("etcd", [
            "etcd", "--name", machine.name, "--data-dir", os.path.join(machine.folder, "etcd"),
            "--listen-client-urls", f"http://{machine.address}:2379",
            "--advertise-client-urls", f"http://{machine.address}:2379",
            "--listen-peer-urls", f"http://{machine.address}:2380",
            "--initial-advertise-peer-urls", f"http://{machine.address}:2380",
            "--initial-cluster", ",".join(f"{m.name}=http://{m.address}:2380" for m in self.machines),
            "--initial-cluster-token", SCOPE, "--enable-v2"])
        machine.run("patroni", ["patroni", os.path.join(machine.folder, "patroni.yml")])

    def _settings(self, machine):
        # Patroni reads YAML, and JSON is YAML.
        user = {"username": "paidonce"}
        return {
            "scope": SCOPE, "name": machine.name,
            "restapi": {"listen": f"{machine.address}:8008", "connect_address": f"{machine.address}:8008"},
            "etcd3" if self.etcd_api == 3 else "etcd": {"hosts": [f"{m.address}:2379" for m in self.machines]},
            "bootstrap": {
                "dcs": {
                    "ttl": TTL, "loop_wait": LOOP_WAIT, "retry_timeout": RETRY_TIMEOUT,
                    "synchronous_mode": True, "synchronous_mode_strict": True, "failsafe_mode": True,
                    "postgresql": {"use_pg_rewind": True, "parameters": {"max_connections": 200}}},
                "initdb": [{"encoding": "UTF8"}, {"locale": "C"}, {"auth": "trust"}]},
            "postgresql": {
                "listen": f"{machine.address}:5432", "connect_address": f"{machine.address}:5432",
                "data_dir": os.path.join(machine.folder, "data"), "bin_dir": os.path.dirname(program("postgres")),
                "pgpass": os.path.join(machine.folder, "pgpass"),
                "authentication": {"superuser": user, "replication": user, "rewind": user},
                "parameters": {"unix_socket_directories": machine.folder},
                "pg_hba": ["local all all trust", f"host all all {NETWORK}.0/24 trust",
                           f"host replication all {NETWORK}.0/24 trust"]}}

    def _write(self, machine, name, text):
        path = os.path.join(machine.folder, name)
        with open(path, "w") as file:
            file.write(text)
        os.chmod(path, 0o644)

    # What it is doing

    async def primary(self):
        """Returns the machine whose Patroni says that it is the primary."""
        return await self._the_one_that_is("primary")

    async def synchronous_standby(self):
        return await self._the_one_that_is("synchronous")

    async def _the_one_that_is(self, role):
        # Patroni says it a round after it is so.
        for _ in range(60):
            answers = await asyncio.gather(*(asyncio.to_thread(self._is, machine, role) for machine in self.machines))
            if answers.count(True) == 1:
                return self.machines[answers.index(True)]
            await asyncio.sleep(0.5)
        raise RuntimeError(f"there is not one machine whose Patroni says that it is {role}")

    def _is(self, machine, role):
        try:
            with urllib.request.urlopen(f"http://{machine.address}:8008/{role}", timeout=3) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    async def whole(self, seconds=120):
        """Waits until both standbys stream, one of them synchronously. Returns whether that came about."""
        streaming = ("SELECT count(*), count(*) FILTER (WHERE sync_state = 'sync') FROM pg_stat_replication "
                     "WHERE state = 'streaming' AND application_name IN ('db1', 'db2', 'db3')")
        for _ in range(2 * seconds):
            try:
                if await asyncio.to_thread(self.query, streaming) == "2|1":
                    return True
            except (RuntimeError, subprocess.TimeoutExpired):
                pass
            await asyncio.sleep(0.5)
        return False

    # What people do to it

    async def switch_over(self):
        primary = await self.primary()
        settings = os.path.join(primary.folder, "patroni.yml")
        await self._patronictl("-c", settings, "switchover", SCOPE, "--master", primary.name, "--force")

    async def configure(self, **settings):
        """Changes settings of the whole cluster while it runs."""
        machine = await self.primary()
        request = urllib.request.Request(
            f"http://{machine.address}:8008/config", json.dumps(settings).encode(), method="PATCH")
        with urllib.request.urlopen(request, timeout=10):
            pass

    async def _patronictl(self, *words):
        process = await asyncio.create_subprocess_exec(
            *as_ordinary_user(["patronictl", *words]), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT)
        output, _ = await process.communicate()
        with open(os.path.join(self.folder, "patronictl.log"), "ab") as log:
            log.write(output)
        if process.returncode != 0:
            raise RuntimeError(f"patronictl failed: {output.decode().strip().splitlines()[-1]}")

    def remove(self):
        with contextlib.ExitStack() as stack:  # Whatever fails, the rest is removed too.
            for machine in self.machines:
                stack.callback(machine.remove)
            if self.proxy and self.proxy.poll() is None:
                self.proxy.kill()
                self.proxy.wait()
