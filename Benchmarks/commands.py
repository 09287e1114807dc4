"""Commands of other programs: what they print, and what they cost."""
import os
import pathlib
import statistics
import subprocess
import time
from typing import NamedTuple


class Failed(RuntimeError):
    """A command that did not succeed, with the last of the command's own words."""

    def __init__(self, command, code, words):
        lines = words.strip().splitlines() or ["without a word"]
        super().__init__(f"{pathlib.Path(command[0]).name} exited with {code}: {lines[-1][-300:]}")


def run(*command, **options):
    """Runs a command and returns its output."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, **options)
    if done.returncode != 0:
        raise Failed(command, done.returncode, done.stderr or done.stdout)
    return done.stdout


class Cost(NamedTuple):
    """What a command cost."""
    seconds: float
    cpu_seconds: float
    peak_megabytes: float


class Costed:
    """A running command whose cost `limit/cost.c` measures. Its output goes to a file, so that reading it costs nothing."""

    def __init__(self, tool, place, *command, accept=(0,), **options):
        self.command = command
        self.accept = accept
        self.measured = place / "cost"
        self.output = place / "output"
        self.errors = place / "errors"
        with open(self.output, "wb") as output, open(self.errors, "wb") as errors:
            self.process = subprocess.Popen(
                [str(part) for part in (tool, self.measured, *command)], stdin=subprocess.DEVNULL, stdout=output,
                stderr=errors, **options)

    def wait(self):
        """Waits for the end of the command and returns its cost."""
        code = self.process.wait()
        if code not in self.accept:
            raise Failed(self.command, code, self.errors.read_text(errors="replace") or self.last_line())
        seconds, cpu, kilobytes = self.measured.read_text().split()
        return Cost(float(seconds), float(cpu), int(kilobytes) * 1024 / 1e6)

    def last_line(self):
        """Returns the last line of the output, however long the output is."""
        with open(self.output, "rb") as file:
            file.seek(max(0, os.path.getsize(self.output) - 65536))
            lines = file.read().splitlines()
        return lines[-1].decode(errors="replace") if lines else ""


def fsync_probe(folder):
    """Returns the median milliseconds of writing and syncing 8 kB."""
    times = []
    with open(folder / "probe", "wb", buffering=0) as file:
        for _ in range(50):
            began = time.monotonic()
            file.write(b"x" * 8192)
            os.fsync(file.fileno())
            times.append((time.monotonic() - began) * 1000)
    return statistics.median(times)


def percentile(times, part):
    """Returns the value that `part` of the sorted values do not exceed; 0.5 is the median."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]
