#!/usr/bin/env python3
"""Two versions of the program on one store: the newer one takes over under load, process by process.

    make upgrade OLD=path                       OLD is a program with an older schema
    Tests/Chaos/upgrade.py OLD NEW --bank new   the bank is the newer program's from the beginning

The older workers and service are under load when `NEW migrate` runs. They end by themselves with 69 and a plain line, and
newer ones take their places; an OLD of a version that does not look at its schema goes on, and its processes are ended one
after another while newer ones join. An older process that starts afterward must refuse the store with a plain line. At the
end the bank's own database must show one payment for each claim, and every invariant must hold by the newer program. A SQLite store of the older program, opened by the newer one, must give every
claim its recorded answer, under the same keys, byte for byte.
"""
import argparse
import asyncio
import os
import random
import re
import sqlite3
import sys
import time

from books import check
from cluster import Postgres
from fleet import Bank, Service, Worker
from inbox import split
from load import Load
from trial import RECEIVED, Stopped, generate, last_line, play, queue_is_empty, run, until

PART = 10
TRIES = 10
KEYS = "SELECT key, fingerprint, response_digest, response, epoch FROM effect_keys WHERE status <> 'PENDING' ORDER BY key"


class Upgrade:
    def __init__(self, options, folder, started):
        self.options, self.folder, self.started = options, folder, started
        self.old, self.new = options.old, options.new
        self.random = random.Random(options.seed)
        self.findings, self.workers, self.services = [], [], []

    async def play(self):
        await self.set_up()
        await self.under_load()
        self.judge()
        return self.findings

    async def set_up(self):
        self.store = Postgres(self.folder)
        self.started.callback(lambda: self.store.stop("immediate"))
        self.store.create()
        self.store.start()
        await self.store.ready()
        # A slow bank, so that there is something under way at any moment.
        self.bank = Bank(
            self.new if self.options.bank == "new" else self.old, self.folder,
            f"lose-reply:commit:0.01,delay=20ms:any:1,seed={self.options.seed}")
        self.bank.start()
        self.started.callback(lambda: self.bank.process.poll() is None and self.bank.stop())
        self.started.callback(self.end_fleet)
        file = os.path.join(self.folder, "claims.837")
        generate(file, self.options.claims, self.options.seed)
        self.header, self.claims = split(file)
        self.rules = [
            "--store", self.store.address(), "--gateway", f"http://127.0.0.1:{self.bank.port}", "--enroll", "PPO"]
        self.start_service(self.old, "old")
        for _ in range(self.options.workers):
            self.start_worker(self.old)

    def start_service(self, program, name):
        folder = os.path.join(self.folder, name)
        os.mkdir(folder)
        self.services.append(Service([program, "serve", *RECEIVED, *self.rules], folder))

    def start_worker(self, program):
        command = [program, "work", "--batch", "10", "--lease", "3", *self.rules]
        self.workers.append(Worker(len(self.workers) + 1, command, self.folder))

    def end_fleet(self):
        for process in (*self.workers, *self.services):
            if process.is_alive:
                process.kill()

    # Under load

    async def under_load(self):
        self.load = Load(self.services[0], self.bank.database, self.header, "claims")
        third = len(self.claims) // 3
        burst, queued, paid = self.claims[:third], self.claims[third:2 * third], self.claims[2 * third:]
        senders = [
            asyncio.create_task(self.load.trickle(list(claims), 60, only_queue))
            for claims, only_queue in ((queued, True), (paid, False))]
        watcher = asyncio.create_task(self.load.watch())
        try:
            await self.paid_more(10, "the older workers")
            senders += [
                asyncio.create_task(self.load.send(burst[start:start + PART], only_queue=start % (2 * PART) == 0))
                for start in range(0, third, PART)]
            await self.paid_more(self.random.randrange(1, third // 3), "the older workers, with plenty to do")
            await self.migrate()
            if await self.older_ones_end():
                await self.older_ones_are_refused()
                await self.take_their_places()
            else:
                await self.who_goes_on()
                await self.older_ones_are_refused()
                await self.change_workers()
                await self.change_service()
            self.load.hurries = True
            await asyncio.wait_for(asyncio.gather(*senders), 120)
            await until(lambda: queue_is_empty(self.store), 120, "an empty queue")
        finally:
            for task in (watcher, *senders):
                task.cancel()
        print(f"  no payment for {self.load.payments.seconds:.1f} s at most, nothing accepted for "
              f"{self.load.accepted.seconds:.1f} s; the service answered {dict(sorted(self.load.answers.items()))}", flush=True)

    async def paid_more(self, count, by):
        paid = self.load.paid()
        took = await until(lambda: self.load.paid() >= paid + count, 60, f"{count} payments by {by}")
        print(f"  {by}: {count} payments in {took:.1f} s", flush=True)

    async def migrate(self):
        before = await asyncio.to_thread(self.status)
        print(f"  NEW migrate --status: {before}")
        if "pending: " not in before:
            raise Stopped("OLD has NEW's schema: the trial would show nothing")
        # Its steps lock tables that others hold, so PostgreSQL may find a deadlock and end either. Nothing is changed then,
        # and it says that it is to be tried again.
        for _ in range(TRIES):
            began = time.monotonic()
            status, said = await asyncio.to_thread(run, self.new, "migrate", "--store", self.store.address())
            print(f"  NEW migrate, {self.load.paid()} payments: {time.monotonic() - began:.1f} s, exit status {status}: "
                  f"{last_line(said)}", flush=True)
            if status == 0:
                return
            if status != 69 or "try again" not in said:
                break
        raise Stopped("the store could not be migrated under load")

    def status(self):
        """Returns what the newer program says about the schema of the store, on one line."""
        status, said = run(self.new, "migrate", "--status", "--store", self.store.address())
        said = re.sub(r"postgres:\S+", "the store", said)
        return f"exit status {status}: {'; '.join(said.splitlines())}"

    async def older_ones_end(self):
        """Returns whether the older processes have looked at the schema and ended by themselves, as they should."""
        older = [*self.workers, *self.services]
        try:
            await until(lambda: not any(process.is_alive for process in older), 30, "the end of the older processes")
        except Stopped:
            return False
        for process in older:
            with open(process.log, errors="replace") as log:
                said = log.read()
            if process.process.returncode != 69 or "newer version" not in said:
                self.findings.append(f"an older process ended with {process.process.returncode}: {last_line(said)}")
        print(f"  the older processes ended by themselves, {self.load.paid()} payments", flush=True)
        return True

    async def take_their_places(self):
        count, self.workers = len(self.workers), []
        await asyncio.to_thread(self.start_service, self.new, "new")
        self.load.service = self.services[-1]
        for _ in range(count):
            self.start_worker(self.new)
        await self.paid_more(5, "the newer workers and service")

    async def who_goes_on(self):
        """Finds out whether the older processes pay on a schema newer than theirs, as they were started before it."""
        await self.paid_more(10, "older processes alone, on the newer schema")
        self.who_ended("after the migration")

    def who_ended(self, when):
        ended = [f"worker {w.number} ended by itself {when}, {w.process.returncode}" for w in self.workers
                 if not w.is_alive and w.process.returncode != 0]
        if not self.services[-1].is_alive:
            ended.append(f"the service ended by itself {when}, {self.services[-1].process.returncode}")
        self.findings += ended

    async def older_ones_are_refused(self):
        for command in (["work", "--until-empty"], ["serve", "--port", "0"]):
            status, said = await asyncio.to_thread(run, self.old, *command, *self.rules, seconds=60)
            print(f"  OLD {command[0]}, started now: exit status {status}: {last_line(said)}", flush=True)
            if status != 69 or "newer version" not in said:
                self.findings.append(f"OLD {command[0]} was not refused on a newer schema")

    async def change_workers(self):
        """Lets the newer workers join one after another, and ends an older one each time."""
        for old in list(self.workers):
            self.start_worker(self.new)
            joined = self.workers[-1]
            await self.paid_more(5, "older and newer workers")
            await asyncio.to_thread(old.stop)
            if old.process.returncode not in (0, 130):
                self.findings.append(f"older worker {old.number} ended with {old.process.returncode}")
            print(f"  worker {joined.number} of NEW joined, worker {old.number} of OLD ended with "
                  f"{old.process.returncode}, {self.load.paid()} payments", flush=True)
        await self.paid_more(5, "the newer workers, with the older service")

    async def change_service(self):
        old = self.services[0]
        await asyncio.to_thread(self.start_service, self.new, "new")
        self.load.service = self.services[-1]
        await asyncio.to_thread(old.stop)
        print(f"  the older service ended with {old.process.returncode}, {self.load.paid()} payments", flush=True)
        await self.paid_more(5, "the newer workers and service")

    def judge(self):
        self.who_ended("at the end")
        for worker in self.workers:
            worker.stop()
        for service in self.services:
            service.stop()
        self.bank.stop()
        found, standing = check(self.new, self.store, self.bank.database, len(self.claims))
        self.findings += found
        _, said = run(self.new, "verify", "--store", self.store.address(), "--bank-db", self.bank.database)
        print(f"  the bank ({self.options.bank}) made {self.load.paid()} payments, {standing} stand; "
              f"NEW verify: {last_line(said)}")
        print(f"  NEW migrate --status: {self.status()}")


async def sqlite_pass(options, folder, _):
    """The older program's store, opened by the newer one: the same file again must be replayed under the same keys."""
    file, store = os.path.join(folder, "claims.837"), f"sqlite:{folder}/claims.db"
    generate(file, options.claims, options.seed)
    process = ["process", file, *RECEIVED, "--enroll", "PPO", "--store", store]
    findings = []
    for program, name in ((options.old, "OLD"), (options.new, "NEW")):
        if program is options.new:
            before = keys(folder)
            status, said = run(program, "migrate", "--store", store)
            print(f"  NEW migrate: exit status {status}: {last_line(said)}")
            _, again = run(options.old, *process)
            print(f"  OLD process, on the newer schema: {last_line(again)}")
        status, said = run(program, *process)
        print(f"  {name} process: exit status {status}: {summary(said)}")
    after = keys(folder)
    if not before or before != after:
        findings.append(f"{len(before)} keys before and {len(after)} after, {len(set(before) ^ set(after))} of them differ")
    else:
        print(f"  {len(after)} keys, with the same fingerprints, responses and digests as before")
    status, said = run(options.new, "verify", "--store", store)
    print(f"  NEW verify: {last_line(said)}")
    if status != 0:
        findings.append("claims verify: " + said.splitlines()[-1])
    return findings


def summary(said):
    """Returns the counts at the end of what `claims process` says, on one line."""
    counts = re.findall(r"^(.) (paid|denied|suspended|replayed|rejected) +(\d+)", said, re.M)
    return ", ".join(f"{word} {count}" for _, word, count in counts)


def keys(folder):
    connection = sqlite3.connect(f"file:{folder}/claims.db?mode=ro", uri=True)
    try:
        return connection.execute(KEYS).fetchall()
    finally:
        connection.close()


async def main(options):
    findings = await play("upgrade", options, lambda folder, started: Upgrade(options, folder, started).play())
    findings += await play("upgrade-sqlite", options, lambda *place: sqlite_pass(options, *place))
    if not findings:
        print("nothing lost, nothing paid twice")
    return 1 if findings else 0


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("old", type=os.path.abspath, help="the program with the older schema")
    parser.add_argument("new", type=os.path.abspath, help="the program under trial, best a release build")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1_000_000))
    parser.add_argument("--claims", type=int, default=300)
    parser.add_argument("--workers", type=int, default=3)
    parser.add_argument("--bank", choices=("old", "new"), default="old", help="whose program the bank is, throughout")
    parser.add_argument("--keep", action="store_true", help="keep the folder with logs and databases")
    found = parser.parse_args()
    if "--received" not in run(found.old, "serve", "--help")[1]:
        parser.error(f"{found.old} has no `serve --received`")
    return found


if __name__ == "__main__":
    try:
        sys.exit(asyncio.run(main(options())))
    except (KeyboardInterrupt, asyncio.CancelledError):
        print("stopped; everything that was started has ended")
        sys.exit(130)
