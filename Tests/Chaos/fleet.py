"""The program under test: workers, the service and the bank, as real processes."""
import asyncio
import json
import os
import re
import signal
import subprocess
import time
import urllib.error
import urllib.request


class Bank:
    """The bank's server. It keeps its port when it restarts."""

    def __init__(self, claims, folder, faults):
        self.claims, self.folder, self.faults = claims, folder, faults
        self.database = os.path.join(folder, "bank.db")

    def start(self):
        command = [self.claims, "gateway", "--port", "0", "--db", self.database]
        if self.faults:
            command += ["--faults", self.faults]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=open(os.path.join(self.folder, "bank.log"), "ab"), text=True)
        for line in self.process.stdout:
            if found := re.search(r"http://127\.0\.0\.1:(\d+)", line):
                self.port = int(found[1])
                return
        raise SystemExit("chaos: the bank does not start")

    def faults_struck(self):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/faults", timeout=10) as answer:
            return json.load(answer)

    def stop(self):
        self.process.terminate()
        self.process.wait(30)


class Service:
    """`claims serve`, and a sender of claims over HTTP."""

    def __init__(self, command, folder):
        self.log = os.path.join(folder, "service.log")
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [*command, "--port", "0"], stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=folder)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with open(self.log) as log:
                said = log.read()
            url, token = re.search(r"listening on (\S+),", said), re.search(r"paidonce_[0-9a-f]+", said)
            if url and token:
                self.url, self.token = url[1], token[0]
                return
            time.sleep(0.1)
        raise SystemExit(f"chaos: the service does not start; see {self.log}")

    @property
    def is_alive(self):
        return self.process.poll() is None

    def send(self, claims, key, only_queue):
        """Sends a file of claims, to be queued or to be paid before the answer. Returns the status, 0 without an answer."""
        headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": key}
        if only_queue:
            headers["Prefer"] = "respond-async"
        request = urllib.request.Request(f"{self.url}/v1/claims", claims.encode(), headers)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                answer.read()
                return answer.status
        except urllib.error.HTTPError as refusal:
            return refusal.code
        except OSError:
            return 0

    def stop(self):
        if self.is_alive:
            self.process.terminate()
            self.process.wait(60)

    def kill(self):
        self.process.kill()
        self.process.wait()


class Worker:
    def __init__(self, number, command, folder):
        self.number, self.command, self.environment = number, command, None
        self.log = os.path.join(folder, f"worker-{number}.log")
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            self.command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=open(self.log, "ab"),
            env={**os.environ, **(self.environment or {})})

    @property
    def is_alive(self):
        return self.process.poll() is None

    def kill(self):
        """Kills the worker with SIGKILL, so that it cleans nothing up."""
        self.process.kill()
        self.process.wait()

    async def freeze(self, seconds):
        """Suspends the worker for the given time, and then resumes it."""
        self.process.send_signal(signal.SIGSTOP)
        await asyncio.sleep(seconds)
        if self.is_alive:
            self.process.send_signal(signal.SIGCONT)

    @property
    def is_stopped(self):
        with open(f"/proc/{self.process.pid}/stat") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] == "T"

    def go_on(self):
        self.process.send_signal(signal.SIGCONT)

    def told(self, text):
        with open(self.log, errors="replace") as log:
            return text in log.read()

    def late_acts_refused(self):
        return self._told(r"(\d+) late acts of ours were refused")

    def lies_found_out(self):
        return self._told(r"the cache was wrong about (\d+) keys")

    def _told(self, pattern):
        """Returns the sum of the counts that match the pattern in the worker's log."""
        with open(self.log, errors="replace") as log:
            return sum(int(count) for count in re.findall(pattern, log.read()))

    def stop(self):
        """Ends the worker with SIGTERM: it finishes its work, or leaves it to other workers if that takes too long."""
        if self.is_alive:
            self.process.terminate()
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                raise SystemExit(f"chaos: worker {self.number} does not stop; see {self.log}")
