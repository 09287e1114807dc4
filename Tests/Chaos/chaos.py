#!/usr/bin/env python3
"""A fault campaign with real processes: workers on one PostgreSQL, a bank over HTTP, and many kinds of failure.

    make chaos SEED=7                      the whole campaign, repeatable by its seed
    make chaos CLAIMS=20000 KILLS=20       more claims, more deaths

Workers are killed and frozen. The database restarts as after a crash, its disk is full for a while, and connections are
cut in the middle of a commit. The bank loses replies, hangs and answers twice; another bank answers in its place. The
store is restored to an earlier day. A worker's clock is wrong by days. The Redis in front of the store is flushed,
filled with false entries, frozen and killed. Workers stop at any moment, their network or one of their connections
falls silent, and the database's processes freeze: the other workers continue within two leases.
Afterward the bank's own database must show one payment for each claim, and every invariant must hold.
"""
import argparse
import asyncio
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from books import check, transfers
from cache import Redis
from cluster import Postgres, ordinary_user
from fleet import Bank, Worker
from inbox import Inbox
from proxy import Proxy
from silence import SilenceFaults
from trial import take_back

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
LEASE = 3
HANGS = "hang-after:commit:0.02:count=6"


class Campaign(SilenceFaults):
    def __init__(self, options):
        self.options = options
        self.random = random.Random(options.seed)
        self.folder = tempfile.mkdtemp(prefix="paidonce-chaos-")
        os.chmod(self.folder, 0o755)
        self.done = {}
        self.lease = LEASE
        self.findings = []
        self.longest_standstill = 0
        self.bank_hangs = True

    # Setup

    async def set_up(self):
        options = self.options
        self.disk = os.path.join(self.folder, "db")
        os.mkdir(self.disk)
        self.has_own_disk = options.disk_full and subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={options.disk_megabytes}m,mode=0755", "chaos", self.disk],
            stderr=subprocess.DEVNULL).returncode == 0
        if user := ordinary_user():
            os.chown(self.disk, user["user"], user["group"])
        self.store = Postgres(self.disk, settings=["max_wal_size=64MB", "min_wal_size=32MB", "wal_recycle=off"])
        self.store.create()
        self.store.start()
        await self.store.ready()
        self.to_store = Proxy(("unix", self.store.socket))
        await self.to_store.start()
        self.cache = Redis(self.folder)
        self.cache.create()
        self.cache.start()
        self.bank = Bank(
            options.claims_program, self.folder,
            f"lose-reply:commit:0.01,{HANGS},drop:prepare:0.005,error503-after:commit:0.005,"
            f"other-reply:any:0.005,"
            f"delay=50ms:any:0.02,seed={options.seed}")
        self.bank.start()
        self.to_bank = Proxy(("tcp", "127.0.0.1", self.bank.port))
        await self.to_bank.start()

        self.claims_file = os.path.join(self.folder, "claims.837")
        with open(self.claims_file, "wb") as file:
            subprocess.run(
                [sys.executable, os.path.join(ROOT, "Benchmarks", "generate_claims.py"), str(options.claims),
                 str(options.seed)], stdout=file, check=True)
        self.inbox = Inbox(options.claims_program, self.claims_file, os.path.join(self.folder, "inbox"), self.store)
        await self.inbox.release(options.claims // 50)
        self.workers = [self.new_worker(number) for number in range(1, options.workers + 1)]

    async def run_to_end(self, *arguments):
        """Runs the program and prints the last line of its output."""
        process = await asyncio.create_subprocess_exec(
            self.options.claims_program, *arguments, stdout=asyncio.subprocess.PIPE)
        output, _ = await process.communicate()
        print("  claims", arguments[0] + ":", output.decode().strip().splitlines()[-1])

    def new_worker(self, number, bank_port=None, store_port=None):
        address = f"postgres://paidonce@127.0.0.1:{store_port or self.to_store.port}/postgres"
        return Worker(
            number,
            [self.options.claims_program, "work", "--store", address, "--cache", f"unix://{self.cache.socket}", "--gateway",
             f"http://127.0.0.1:{bank_port or self.to_bank.port}", "--enroll", "PPO", "--jobs", "2", "--batch", "50", "--lease",
             str(LEASE), "--lease-milliseconds", str(LEASE * 1000)], self.folder)

    # Faults

    async def kill(self):
        worker = self.random.choice(self.workers)
        worker.kill()
        await asyncio.sleep(self.random.random())
        worker.start()

    async def freeze(self):
        await self.random.choice(self.workers).freeze(LEASE + 1 + self.random.random())

    async def freeze_before_payment(self):
        return await self.freeze_at("before")

    async def freeze_after_payment(self):
        return await self.freeze_at("after")

    async def freeze_at(self, moment):
        """Starts another worker, suspends it at the worst moment until its leases have ended, and resumes it."""
        to_bank = Proxy(("tcp", "127.0.0.1", self.bank.port))
        await to_bank.start()
        stopped = asyncio.Event()

        async def stop():
            worker.process.send_signal(signal.SIGSTOP)
            while not worker.is_stopped:
                await asyncio.sleep(0.01)
            stopped.set()

        to_bank.at_payment = (moment, stop)
        worker = self.new_worker(len(self.workers) + 1, bank_port=to_bank.port)
        self.workers.append(worker)
        for _ in range(15):
            # The other workers may have left it no claims.
            await self.inbox.release(200, at_once=True)
            try:
                await asyncio.wait_for(stopped.wait(), 2)
                break
            except asyncio.TimeoutError:
                continue
        else:
            to_bank.at_payment = None
            return "it found nothing to pay"
        # Wait until other workers have taken over all its claims.
        held = ("SELECT count(*) FROM paidonce.effect_keys WHERE status = 'PENDING' AND effect = 'pay' "
                f"AND lease_owner LIKE '%/{worker.process.pid}/%'")
        for _ in range(300):
            if await self.count(held) == 0:
                break
            await asyncio.sleep(0.2)
        worker.go_on()

    async def restart_database(self):
        await asyncio.to_thread(self.store.stop, "immediate")
        await asyncio.sleep(self.random.random())
        self.store.start()
        await self.store.ready()

    async def cut_commits(self):
        self.to_store.commits_to_cut += [self.random.choice(["before", "after"]) for _ in range(3)]

    async def cut_connections(self):
        self.to_store.cut_all()
        self.to_bank.cut_all()

    async def answer_twice(self):
        self.to_bank.answers_to_repeat += 3

    async def wrong_clock(self):
        """Runs one worker with a clock that jumps by days."""
        library = os.path.join(self.folder, "wrong_clock.so")
        compiler = shutil.which("cc") or shutil.which("clang")
        if not compiler or subprocess.run(
                [compiler, "-shared", "-fPIC", "-o", library, os.path.join(HERE, "wrong_clock.c"), "-ldl"]).returncode:
            return "there is no C compiler"
        worker = self.random.choice(self.workers)
        worker.kill()
        worker.environment = {
            "LD_PRELOAD": library, "WRONG_CLOCK_SECONDS": str(self.random.choice([-3, 3]) * 86_400)}
        worker.start()

    async def fill_disk(self):
        if not self.has_own_disk:
            return "needs the right to mount"
        filler = os.path.join(self.disk, "filler")
        with open(filler, "wb") as file:
            try:
                while True:
                    file.write(bytes(1 << 20))
                    file.flush()
            except OSError:
                pass
        await asyncio.sleep(2)
        os.remove(filler)
        if self.store.process.poll() is not None:
            self.store.start()
        await self.store.ready()

    async def flush_cache(self):
        await asyncio.to_thread(self.cache.flush)

    async def fill_cache_with_lies(self):
        if not await asyncio.to_thread(self.cache.lie, self.random.random()):
            return "there is nothing in it"

    async def freeze_cache(self):
        await asyncio.to_thread(self.cache.freeze, 1)

    async def kill_cache(self):
        self.cache.stop()
        await asyncio.sleep(self.random.random())
        await asyncio.to_thread(self.cache.start)

    async def swap_bank(self):
        """Lets another bank answer at the bank's address for a while. It must not carry out requests meant for ours."""
        if not hasattr(self, "other_bank"):
            os.mkdir(os.path.join(self.folder, "other"))
            self.other_bank = Bank(self.options.claims_program, os.path.join(self.folder, "other"), None)
            self.other_bank.start()
        mine, self.to_bank.target = self.to_bank.target, ("tcp", "127.0.0.1", self.other_bank.port)
        self.to_bank.cut_all()
        before = self.to_bank.made
        deadline = time.monotonic() + 10
        while self.to_bank.made == before and time.monotonic() < deadline:
            await asyncio.sleep(0.05)
        await asyncio.sleep(1)
        reached = self.to_bank.made - before
        self.to_bank.target = mine
        self.to_bank.cut_all()
        if reached == 0:
            return "nobody had anything to pay meanwhile"

    async def back_up(self):
        self.backup = os.path.join(self.folder, "backup.sql")
        self.paid_before_backup = len(transfers(self.bank.database))
        await asyncio.to_thread(self.store.dump, self.backup)

    async def restore_backup(self):
        """Kills the whole fleet and restores the store to an earlier day. The bank still has all its payments."""
        if len(transfers(self.bank.database)) == self.paid_before_backup:
            return "nothing was paid since the backup"
        async with self.inbox.closed:
            await self.restore_store()

    async def restore_store(self):
        for worker in self.workers:
            worker.kill()
        await asyncio.to_thread(self.store.restore, self.backup)
        # A worker that finds its store behind the bank reports it and ends; it pays nothing.
        refused = self.workers[0]
        refused.start()
        if await asyncio.to_thread(refused.process.wait, 60) != 69 or not refused.told("claims reconcile"):
            raise SystemExit("chaos: a store behind its bank was not refused")
        store, bank = self.store.address(), f"http://127.0.0.1:{self.to_bank.port}"
        await self.run_to_end("reconcile", "--store", store, "--gateway", bank)
        # Claims submitted after the backup are lost, so they are sent again, as senders are asked to do.
        await self.run_to_end("submit", self.inbox.folder, "--store", store, "--received", "2026-06-01")
        for worker in self.workers:
            worker.start()

    # The campaign

    def plan(self):
        options = self.options
        acts = [self.kill] * options.kills + [self.restart_database] * options.restarts + [self.freeze] * options.freezes
        acts += [self.cut_commits] * 3 + [self.cut_connections] * 2 + [self.answer_twice] * 2 + [self.wrong_clock]
        acts += [self.fill_disk] if options.disk_full else []
        acts += [self.stop_at_any_moment] * options.stops + [self.freeze_server]
        acts += [self.flush_cache, self.fill_cache_with_lies] * 3 + [self.freeze_cache, self.kill_cache]
        self.random.shuffle(acts)
        # These acts come while there is plenty to pay, since each needs its own batch.
        for act in (
                self.freeze_before_payment, self.freeze_after_payment, self.silent_network, self.silent_connection,
                self.swap_bank, self.swap_bank):
            acts.insert(self.random.randrange(len(acts) // 2), act)
        for number in range(options.restores):
            acts.insert(8 * number, self.back_up)
            acts.insert(8 * number + self.random.randrange(3, 7), self.restore_backup)
        return acts

    def silences(self):
        return (self.stop_at_any_moment, self.silent_network, self.silent_connection, self.freeze_server)

    async def play(self):
        began = time.monotonic()
        acts = self.plan()
        for number, act in enumerate(acts):
            # Each act releases its share of the claims while it runs, so that no act strikes an idle fleet. Silences need
            # many claims at once, to show whether the other workers continue.
            if act in self.silences():
                await self.until_the_bank_hangs_no_more()
                await self.inbox.release(self.options.claims // 15, at_once=True)
            share = asyncio.create_task(self.inbox.release(self.inbox.left // (len(acts) - number + 1)))
            await asyncio.sleep(0.5)
            skipped = await act()
            self.done[act.__name__] = self.done.get(act.__name__, 0) + (0 if skipped else 1)
            if skipped:
                print(f"  {act.__name__} was left out: {skipped}")
            await share
        await self.inbox.release(self.inbox.left, at_once=True)
        await self.run_to_end(
            "submit", self.claims_file, "--store", self.store.address(), "--received", "2026-06-01")  # People submit files twice.
        deadline = time.monotonic() + 120
        while await self.remaining() > 0:
            if time.monotonic() > deadline:
                break
            await asyncio.sleep(0.2)
        print(f"  {time.monotonic() - began:.0f} s of work under faults")

    async def until_the_bank_hangs_no_more(self):
        """Waits until the bank no longer hangs: a worker waits ten seconds for its answer, during any other silence."""
        if self.bank_hangs:
            while flat(await asyncio.to_thread(self.bank.faults_struck))[HANGS] < 6 and self.inbox.left:
                if await self.remaining() < self.inbox.PART:
                    await self.inbox.release(self.inbox.PART)
                await asyncio.sleep(0.5)
            await asyncio.sleep(11)
            self.bank_hangs = False

    async def settle_by_hand(self):
        """Does what a person does at the end: takes back payments that are not due, and continues with their claims.

        After a restore, claims are decided in another order than before, so sometimes another amount is due."""
        bank = ["--store", self.store.address(), "--gateway", f"http://127.0.0.1:{self.bank.port}"]
        left, strange = await asyncio.to_thread(take_back, self.options.claims_program, *bank)
        if strange:
            self.findings.append(f"{len(strange)} transfers are open, {strange[0]} among them")
        print(f"  {left} transfers were not due any more, and were taken back by hand")
        if left:
            await self.run_to_end(
                "process", self.claims_file, "--enroll", "PPO", "--received", "2026-06-01", *bank)

    async def remaining(self):
        return await self.count("SELECT count(*) FROM paidonce.claim_queue WHERE status <> 'dead'")

    async def count(self, sql):
        try:
            return int(await asyncio.to_thread(self.store.query, sql))
        except (RuntimeError, subprocess.TimeoutExpired):
            return self.options.claims

    # The verdict

    async def judge(self):
        # The proxies must keep running, so that work in progress can finish.
        died = [worker for worker in self.workers if not worker.is_alive]
        await asyncio.gather(*(asyncio.to_thread(worker.stop) for worker in self.workers))
        struck = {**self.done, **{k: v for k, v in self.to_store.struck.items() if v}}
        struck["answered-twice"] = self.to_bank.struck["answered-twice"]
        struck.update({f"bank {k}": v for k, v in flat(self.bank.faults_struck()).items()})
        print("  struck:", ", ".join(f"{name} {count}" for name, count in struck.items()))
        late = sum(worker.late_acts_refused() for worker in self.workers)
        print(f"  late acts of frozen workers refused by epoch: {late}")
        struck["late act refused"] = late
        lies = sum(worker.lies_found_out() for worker in self.workers)
        print(f"  what the cache said and the store did not bear out: {lies}")
        struck["lie of the cache"] = lies
        await self.settle_by_hand()
        self.bank.stop()
        if hasattr(self, "other_bank"):
            self.other_bank.stop()
            strangers = len(transfers(self.other_bank.database))
        findings, paid = check(self.options.claims_program, self.store, self.bank.database, self.options.claims)
        if hasattr(self, "other_bank") and strangers:
            findings.append(f"another bank has paid {strangers} claims")
        print(f"  the longest the others stood still for one that was silent: {self.longest_standstill:.1f} s")
        findings += self.findings
        findings += [f"worker {worker.number} ended by itself, {worker.process.returncode}" for worker in died]
        findings += [f"{name} never struck" for name, count in struck.items() if count == 0]
        if findings or self.options.keep:
            # The store's disk is removed with the campaign.
            self.store.dump(os.path.join(self.folder, "store.sql"))
        return findings, paid

    def tear_down(self):
        for worker in getattr(self, "workers", []):
            if worker.is_alive:
                worker.kill()
        if hasattr(self, "bank") and self.bank.process.poll() is None:
            self.bank.stop()
        self.store.stop("immediate")
        if hasattr(self, "other_bank") and self.other_bank.process.poll() is None:
            self.other_bank.stop()
        if hasattr(self, "cache"):
            self.cache.stop()
        if self.has_own_disk:
            subprocess.run(["umount", self.disk])


def flat(report):
    return {fault["fault"]: fault["fired"] for fault in report["faults"]}


async def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("claims_program", help="the program under trial, best a release build")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1_000_000))
    parser.add_argument(
        "--claims", type=int, default=20_000, help="fewer may leave a fault without work to strike at")
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--kills", type=int, default=8)
    parser.add_argument("--restarts", type=int, default=2)
    parser.add_argument("--freezes", type=int, default=2)
    parser.add_argument("--restores", type=int, default=2)
    parser.add_argument("--stops", type=int, default=3, help="SIGSTOPs at any moment")
    parser.add_argument("--no-disk-full", dest="disk_full", action="store_false")
    parser.add_argument("--disk-megabytes", type=int, default=2_000)
    parser.add_argument("--keep", action="store_true", help="keep the folder with logs and databases")
    options = parser.parse_args()
    campaign = Campaign(options)
    print(f"chaos: seed {options.seed}, {options.claims} claims, {options.workers} workers, in {campaign.folder}")
    findings = ["the campaign did not come to its end"]
    try:
        await campaign.set_up()
        await campaign.play()
        findings, paid = await campaign.judge()
        print(f"  the bank has {paid} standing payments")
    finally:
        campaign.tear_down()
        if findings or options.keep:
            print(f"  logs and databases are in {campaign.folder}")
        else:
            shutil.rmtree(campaign.folder, ignore_errors=True)
    for finding in findings:
        print(f"BROKEN  {finding}")
    print("nothing lost, nothing paid twice" if not findings else f"repeat it with SEED={options.seed}")
    return 1 if findings else 0


sys.exit(asyncio.run(main()))
