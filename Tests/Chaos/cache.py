"""A Redis in front of the store: run by an ordinary user, on a Unix socket, with nothing on disk, stopped by its pid."""
import os
import random
import shutil
import signal
import subprocess
import time

from cluster import ordinary_user


class Redis:
    def __init__(self, folder):
        self.folder = os.path.join(folder, "cache")
        self.socket = os.path.join(self.folder, "redis.sock")
        self.process = None

    def create(self):
        os.mkdir(self.folder)
        if user := ordinary_user():
            os.chown(self.folder, user["user"], user["group"])

    def start(self):
        program = shutil.which("redis-server")
        if not program:
            raise SystemExit("chaos: redis-server is not there; install it")
        log = open(os.path.join(self.folder, "redis.log"), "ab")
        self.process = subprocess.Popen(
            [program, "--port", "0", "--unixsocket", self.socket, "--unixsocketperm", "777", "--save", "",
             "--appendonly", "no", "--dir", self.folder], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            **ordinary_user())
        for _ in range(100):
            if self.ask("PING", check=False) == "PONG":
                return
            time.sleep(0.05)
        raise SystemExit("chaos: the cache does not start")

    def ask(self, *words, check=True, script=None):
        answer = subprocess.run(
            ["redis-cli", "--raw", "-s", self.socket, *words], input=script, capture_output=True, text=True, timeout=30)
        if check and answer.returncode != 0:
            raise RuntimeError(answer.stderr.strip())
        return answer.stdout.strip()

    def flush(self):
        """Removes all entries, so that every key seems new."""
        return self.ask("FLUSHALL") == "OK"

    def lie(self, seed):
        """Removes a third of the entries, fills a third with garbage, and moves entries of a third to other keys."""
        names = self.ask("KEYS", "paidonce:*").split("\n")
        if len(names) < 3:
            return False
        random.Random(seed).shuffle(names)
        third = len(names) // 3
        lost, rubbish, swapped = names[:third], names[third:2 * third], names[2 * third:]
        commands = [f"DEL {name}" for name in lost] + [f"SET {name} lies" for name in rubbish]
        commands += [f"RENAME {one} {other}" for one, other in zip(swapped[::2], swapped[1::2])]
        self.ask(script="\n".join(commands) + "\n")
        return True

    def freeze(self, seconds):
        self.process.send_signal(signal.SIGSTOP)
        time.sleep(seconds)
        self.process.send_signal(signal.SIGCONT)

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.kill()
            self.process.wait(30)
