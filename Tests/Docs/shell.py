"""A bash for one page: its commands share a folder, variables and servers, as they do for somebody who follows it."""

import os
import re
import secrets
import select
import shlex
import shutil
import signal
import socket
import subprocess
import time

# What a fresh clone has that the pages name.
PARTS = ["Fixtures", "Benchmarks/generate_claims.py"]
PORT = re.compile(r"((?:127\.0\.0\.1|localhost):|--port )(\d{4,5})\b")


class Silent(Exception):
    """A command did not end."""


class Shell:
    def __init__(self, root, program, folder):
        self.folder = folder
        self.ports = {}
        for part in PARTS:
            target = folder / part
            target.parent.mkdir(parents=True, exist_ok=True)
            (shutil.copytree if (root / part).is_dir() else shutil.copy)(root / part, target)
        keep = {name: value for name, value in os.environ.items() if not name.startswith(("CLAIMS_", "PG"))}
        keep |= {"PATH": f"{program.parent}:{os.environ['PATH']}", "HOME": str(folder), "TZ": "UTC", "LC_ALL": "C.UTF-8"}
        keep["CLAIMS_PORT"] = self.port("8080")
        self.process = subprocess.Popen(
            ["bash", "--noprofile", "--norc"], cwd=folder, env=keep, start_new_session=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def port(self, printed):
        """Returns a free port that takes the place of a printed one, which something else may be using.

        It is below those that the system gives to connections: one of them could be taken before the server starts.
        """
        while printed not in self.ports:
            port = 20_000 + secrets.randbelow(10_000)
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) != 0 and str(port) not in self.ports.values():
                    self.ports[printed] = str(port)
        return self.ports[printed]

    def run(self, command, patience=300):
        """Runs a command to its end, or starts it if it ends in &; returns its lines and its exit status."""
        command = PORT.sub(lambda match: match[1] + self.port(match[2]), command)
        is_server = command.endswith("&") and re.search(r"claims serve|--port", command)
        if command.endswith("&"):
            command = f"(exec {command[:-1].strip()}) >> servers.log 2>&1 &"
        mark = "end-" + secrets.token_hex(8)
        script = f"eval {shlex.quote(command)} < /dev/null; _s=$?; printf '\\n%s %s\\n' {mark} $_s; (exit $_s)\n"
        self.process.stdin.write(script.encode())
        self.process.stdin.flush()
        text, status = self.until(mark, command, patience)
        if is_server:
            self.wait_for_port(command)
        for printed, actual in self.ports.items():
            text = text.replace(f":{actual}", f":{printed}")
        return text.splitlines(), status

    def until(self, mark, command, patience):
        seen, end = b"", time.monotonic() + patience
        while True:
            ready, _, _ = select.select([self.process.stdout], [], [], max(0, end - time.monotonic()))
            part = os.read(self.process.stdout.fileno(), 1 << 16) if ready else b""
            if not part:
                raise Silent(f"no end of: {command}\n{seen.decode(errors='replace')}")
            seen += part
            if found := re.search(rb"\n?" + mark.encode() + rb" (\d+)\n", seen):
                return seen[:found.start()].decode(errors="replace"), int(found[1])

    def wait_for_port(self, command):
        named = re.search(r"--port (\d+)", command)
        port = int(named[1] if named else self.ports["8080"])
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.1)
        raise Silent(f"nothing listens: {command}\n{(self.folder / 'servers.log').read_text(errors='replace')}")

    def close(self):
        """Ends the shell and the servers that it started."""
        for way in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(self.process.pid, way)
            except ProcessLookupError:
                break
            time.sleep(0.2)
        self.process.wait()
