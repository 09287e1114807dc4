#!/usr/bin/env python3
"""A store is restored to a point in the past under load, so that its bank has made payments it knows nothing of.

    make restore                                     both ways to name the point
    Tests/Chaos/restore.py PROGRAM --by time         one of them

PostgreSQL archives its log; a base backup is taken while claims are paid, and later a point is named. Claims go on being
paid, until the server, its disk, the workers and the service are lost at once. The backup is restored up to that point.
Then nothing that pays may pay anything before `claims reconcile`; after it all claims are sent again, in another order. At
the end the bank's own database must show one standing payment for each claim, and every invariant must hold.

With --left-running nobody ends the workers, as somebody should. They look every few seconds whether the store is behind its
bank, and end by themselves. It shows what becomes of the seconds before.
"""
import argparse
import asyncio
import os
import random
import shutil
import sys

from books import check, transfers
from cluster import Postgres, ordinary_user
from fleet import Bank, Service, Worker
from inbox import join, split
from load import Load
from trial import RECEIVED, Stopped, generate, last_line, play, queue_is_empty, run, take_back, until

PART = 25
# How the point is named, and the plan that unknown members are enrolled in after the restore; before it, PPO. By another
# plan other amounts are due for claims that the bank has paid.
WAYS = {"name": "PPO", "time": "HMO"}


class Restore:
    def __init__(self, options, by, folder, started):
        self.options, self.by, self.folder, self.started = options, by, folder, started
        self.program = options.claims_program
        self.random = random.Random(options.seed)
        self.archive = os.path.join(folder, "archive")
        self.settings = [
            "archive_mode=on", f"archive_command=test ! -f {self.archive}/%f && cp %p {self.archive}/%f", "archive_timeout=5"]
        self.plan = "PPO"
        self.findings, self.workers, self.service = [], [], None

    async def play(self):
        await self.set_up()
        await self.load_until_it_is_lost()
        await self.restore()
        if self.options.left_running:
            await self.they_end_by_themselves()
        self.plan = WAYS[self.by]
        self.try_all_that_pays()
        self.reconcile()
        self.start_fleet()
        await self.send_again()
        await self.settle()
        self.judge()
        return self.findings

    async def set_up(self):
        os.mkdir(self.archive)
        if user := ordinary_user():
            os.chown(self.archive, user["user"], user["group"])
        self.store = Postgres(self.folder, "primary", settings=self.settings)
        self.started.callback(lambda: self.store.stop("immediate"))
        self.store.create()
        self.store.start()
        await self.store.ready()
        # A slow bank, so that there is something under way at any moment.
        self.bank = Bank(self.program, self.folder, f"lose-reply:commit:0.01,delay=20ms:any:1,seed={self.options.seed}")
        self.bank.start()
        self.started.callback(lambda: self.bank.process.poll() is None and self.bank.stop())
        self.started.callback(self.end_fleet)
        self.file = os.path.join(self.folder, "claims.837")
        generate(self.file, self.options.claims, self.options.seed)
        self.header, self.claims = split(self.file)
        self.start_fleet()

    def paying(self):
        return ["--store", self.store.address(), "--gateway", f"http://127.0.0.1:{self.bank.port}"]

    def start_fleet(self):
        rules = [*self.paying(), "--enroll", self.plan]
        # The service says its address and its token in a log of its own.
        folder = os.path.join(self.folder, f"service-{self.store.name}")
        os.mkdir(folder)
        self.service = Service([self.program, "serve", *RECEIVED, *rules], folder)
        self.workers = [
            Worker(number, [self.program, "work", "--batch", "10", "--lease", "3", *rules], self.folder)
            for number in range(1, self.options.workers + 1)]

    def end_fleet(self):
        for process in (*self.workers, self.service):
            if process and process.is_alive:
                process.kill()

    # Until it is lost

    async def load_until_it_is_lost(self):
        """Takes the backup and names the point while claims are paid, lets more be paid, and kills everything at once."""
        load = Load(self.service, self.bank.database, self.header, "first")
        fifth = len(self.claims) // 5
        steady = [self.claims[:fifth], self.claims[fifth:2 * fifth]]
        bursts = [self.claims[2 * fifth:3 * fifth], self.claims[3 * fifth:4 * fifth]]
        # What is left, a fifth, is sent after the restore only.
        senders = [asyncio.create_task(load.trickle(list(claims), 90, only)) for claims, only in zip(steady, (True, False))]
        try:
            await until(lambda: load.paid() >= 3, 60, "the first payments")
            backup = os.path.join(self.folder, "backup")
            await asyncio.to_thread(self.store.back_up, backup)
            print(f"  a base backup was taken, {load.paid()} payments", flush=True)
            senders.append(asyncio.create_task(self.burst(load, bursts[0])))
            await self.paid_more(load, len(bursts[0]) // 3)
            self.name_the_point()
            print(f"  the point is named, {load.paid()} payments", flush=True)
            senders.append(asyncio.create_task(self.burst(load, bursts[1])))
            await self.paid_more(load, len(bursts[1]) // 3)
            await self.archived()
        finally:
            if not self.options.left_running:
                self.end_fleet()
            for sender in senders:
                sender.cancel()
        self.store.stop("immediate")
        shutil.rmtree(self.store.data)
        print(f"  everything is lost, {load.paid()} payments", flush=True)

    async def burst(self, load, claims):
        await asyncio.gather(*(
            load.send(claims[start:start + PART], only_queue=start % (2 * PART) == 0) for start in range(0, len(claims), PART)))

    async def paid_more(self, load, count):
        paid = load.paid()
        await until(lambda: load.paid() >= paid + count, 120, f"{count} more payments")

    def name_the_point(self):
        if self.by == "name":
            self.store.query("SELECT pg_create_restore_point('before')")
            self.target = "recovery_target_name=before"
        else:
            self.target = f"recovery_target_time={self.store.query('SELECT clock_timestamp()')}"

    async def archived(self):
        """Waits until the log up to now is in the archive; what is not archived is lost with the disk."""
        name = self.store.query("SELECT pg_walfile_name(pg_switch_wal())")
        archived = f"SELECT coalesce(last_archived_wal >= '{name}', false) FROM pg_stat_archiver"
        await until(lambda: self.store.query(archived) == "t", 60, "the archive")

    def what_the_store_knows(self):
        count = "SELECT count(*) FROM paidonce."
        return (f"{self.store.query(count + 'claims')} claims, "
                f"{self.store.query(count + 'payments WHERE transfer_id IS NOT NULL')} payments made, "
                f"{self.store.query(count + '''payments WHERE state = 'intended' AND transfer_id IS NULL''')} under way, "
                f"{self.store.query(count + 'claim_queue')} in the queue")

    # After it

    async def restore(self):
        self.store = Postgres(self.folder, "restored", settings=self.settings)
        self.store.restore_from(os.path.join(self.folder, "backup"), self.archive, self.target)
        self.store.start()
        await self.store.ready()
        took = await until(lambda: self.store.query("SELECT pg_is_in_recovery()") == "f", 120, "the end of the recovery")
        print(f"  restored by {self.target.split('=')[0]} after {took:.1f} s: {self.what_the_store_knows()}", flush=True)
        if not self.options.left_running and self.known() >= self.made():
            raise Stopped("the store is not behind its bank: the trial shows nothing")

    async def they_end_by_themselves(self):
        """Those that nobody has ended must find out that their store was restored."""
        left = [*self.workers, self.service]
        await until(lambda: not any(process.is_alive for process in left), 120, "the end of those that were left running")
        for process in left:
            with open(process.log, errors="replace") as log:
                said = log.read()
            print(f"  left running, it ended with {process.process.returncode}: {last_line(said)}", flush=True)
            if process.process.returncode != 69:
                self.findings.append(f"a process that was left running ended with {process.process.returncode}")

    def made(self):
        return sum(paid for paid, _ in transfers(self.bank.database).values())

    def known(self):
        return int(self.store.query("SELECT count(*) FROM paidonce.payments WHERE transfer_id IS NOT NULL"))

    def try_all_that_pays(self):
        """Nothing that pays may pay anything, and each must say why."""
        made = self.made()
        rules = [*self.paying(), "--enroll", self.plan]
        for command in (["work", "--until-empty"], ["process", self.file, *RECEIVED], ["serve", "--port", "0", *RECEIVED]):
            status, said = run(self.program, *command, *rules, seconds=60)
            print(f"  claims {command[0]}: exit status {status}: {last_line(said)}", flush=True)
            if status != 69 or "is behind its bank" not in said or "claims reconcile" not in said:
                self.findings.append(f"claims {command[0]} was not refused on a store behind its bank")
        if self.made() != made:
            self.findings.append(f"{self.made() - made} payments were made on a store behind its bank")

    def reconcile(self):
        made = self.made()
        status, said = run(self.program, "reconcile", *self.paying())
        print(f"  claims reconcile: exit status {status}: {last_line(said)}", flush=True)
        if self.made() != made:
            self.findings.append("reconciling moved money")

    async def send_again(self):
        """Sends all claims as their senders would, in another order: files to the queue, files to the service."""
        parts = [self.claims[start:start + PART] for start in range(0, len(self.claims), PART)]
        self.random.shuffle(parts)
        inbox = os.path.join(self.folder, "again")
        os.mkdir(inbox)
        for number, part in enumerate(parts):
            with open(os.path.join(inbox, f"part-{number:03d}.837"), "w") as file:
                file.write(join(self.header, part))
        load = Load(self.service, self.bank.database, self.header, "again")
        submit = asyncio.to_thread(run, self.program, "submit", inbox, "--store", self.store.address(), *RECEIVED)
        await asyncio.wait_for(asyncio.gather(submit, *(load.send(part, False) for part in parts[::2])), 180)
        await until(lambda: queue_is_empty(self.store), 120, "an empty queue")
        print(f"  all claims are sent again, {self.made()} payments; answers {dict(load.answers)}", flush=True)

    async def settle(self):
        """Takes back what is not due any more, and sends the whole file once more."""
        self.findings += [f"worker {w.number} ended by itself, {w.process.returncode}" for w in self.workers if not w.is_alive]
        if not self.service.is_alive:
            self.findings.append(f"the service ended by itself, {self.service.process.returncode}")
        left, strange = await asyncio.to_thread(take_back, self.program, *self.paying())
        self.findings += [f"a transfer is open that nobody expects: {transfer}" for transfer in strange]
        _, said = run(self.program, "process", self.file, *RECEIVED, *self.paying(), "--enroll", self.plan)
        print(f"  {left} transfers were not due any more and were taken back; claims process: {last_line(said)}")

    def judge(self):
        for worker in self.workers:
            worker.stop()
        self.service.stop()
        self.bank.stop()
        found, standing = check(self.program, self.store, self.bank.database, len(self.claims))
        self.findings += found
        _, said = run(self.program, "verify", "--store", self.store.address(), "--bank-db", self.bank.database)
        print(f"  the bank made {self.made()} payments, {standing} stand; claims verify: {last_line(said)}")


async def main(options):
    findings = []
    for by in options.by:
        print(f"the point is named by {by}")
        findings += await play("restore", options, lambda folder, started: Restore(options, by, folder, started).play())
    if not findings:
        print("nothing lost, nothing paid twice")
    return 1 if findings else 0


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("claims_program", type=os.path.abspath, help="the program under trial, best a release build")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1_000_000))
    parser.add_argument("--claims", type=int, default=300)
    parser.add_argument("--workers", type=int, default=3)
    parser.add_argument("--by", action="append", choices=WAYS, help="how the point is named; both, one after the other")
    parser.add_argument("--left-running", action="store_true", help="workers and service live through the restore")
    parser.add_argument("--keep", action="store_true", help="keep the folder with logs and databases")
    found = parser.parse_args()
    found.by = found.by or list(WAYS)
    return found


if __name__ == "__main__":
    try:
        sys.exit(asyncio.run(main(options())))
    except (KeyboardInterrupt, asyncio.CancelledError):
        print("stopped; everything that was started has ended")
        sys.exit(130)
