"""What the trials on one machine have in common: a folder, claims, the program run to its end, and waiting."""
import asyncio
import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from cluster import ordinary_user

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
RECEIVED = ("--received", "2026-06-01")


class Stopped(Exception):
    """The trial cannot go on: something that it waits for did not come, or came out otherwise than promised."""


def make_folder(name):
    """Returns a new folder in which an ordinary user may run PostgreSQL."""
    folder = tempfile.mkdtemp(prefix=f"paidonce-{name}-")
    os.chmod(folder, 0o755)
    if user := ordinary_user():
        os.chown(folder, user["user"], user["group"])
    return folder


def generate(path, count, seed):
    with open(path, "wb") as file:
        subprocess.run(
            [sys.executable, os.path.join(ROOT, "Benchmarks", "generate_claims.py"), str(count), str(seed)], stdout=file,
            check=True)


def run(*command, seconds=300):
    """Runs the program to its end, and returns its exit status, None if it does not end, and all that it said."""
    try:
        answer = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=seconds)
        return answer.returncode, answer.stdout.decode().strip()
    except subprocess.TimeoutExpired as late:
        return None, (late.stdout or b"").decode().strip()


def last_line(said):
    """Returns the last line of what the program said, without the address of the store."""
    return re.sub(r"postgres:\S+|sqlite:\S+", "the store", said.splitlines()[-1] if said else "nothing")


async def until(question, seconds, what):
    """Asks, in a thread of its own, until the answer is yes. Returns how long that took."""
    began = time.monotonic()
    while not await asyncio.to_thread(question):
        if time.monotonic() - began > seconds:
            raise Stopped(f"{what}: not within {seconds} s")
        await asyncio.sleep(0.05)
    return time.monotonic() - began


def queue_is_empty(store):
    return store.query("SELECT count(*) FROM paidonce.claim_queue WHERE status <> 'dead'") == "0"


def take_back(program, *bank):
    """Takes back what is not due any more, as a person does after a restore: claims were decided in another order, so
    sometimes another amount is due. Returns how many transfers there were, and those that no person expects."""
    said = subprocess.run([program, "reconcile", "--output", "json", *bank], stdout=subprocess.PIPE, text=True).stdout
    left = [json.loads(line) for line in said.splitlines()][:-1]
    strange = [transfer for transfer in left if transfer["meaning"] not in ("differs", "not-due")]
    for transfer in left:
        subprocess.run(
            [program, "reconcile", "take-back", transfer["transfer_id"], "--by", "chaos", "--reason",
             "not due by the decision of today", *bank], stdout=subprocess.DEVNULL, check=True)
    return len(left), strange


async def play(name, options, trial):
    """Plays one trial in a folder of its own, and says what came of it. `trial` ends all that it has started by itself."""
    task = asyncio.current_task()
    for number in (signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    folder = make_folder(name)
    print(f"{name}: seed {options.seed}, {options.claims} claims, {options.workers} workers, in {folder}", flush=True)
    findings = ["the trial did not come to its end"]
    with contextlib.ExitStack() as started:
        try:
            findings = await trial(folder, started)
        except Stopped as reason:
            findings = [str(reason)]
        except asyncio.TimeoutError:
            findings = ["the service did not accept all claims in time"]
    for finding in findings:
        print(f"BROKEN  {finding}")
    if findings or options.keep:
        print(f"logs and databases are in {folder}; repeat it with SEED={options.seed}")
    else:
        shutil.rmtree(folder, ignore_errors=True)
    return findings
