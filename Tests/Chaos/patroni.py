#!/usr/bin/env python3
"""Workers and the service on a cluster that Patroni leads: its machines die, freeze and lose one another under load.

    make failover                                   this after failover.py
    Tests/Chaos/patroni.py PROGRAM --only freeze    one trial; see TRIALS

There are three machines, each with etcd and a PostgreSQL: the fewest that elect a leader without the one that is lost, and
on which every commit still reaches two disks meanwhile. Each is a network namespace, so this needs root. Workers and
service know haproxy's address only, are told nothing, and are never restarted. After each trial all claims must be at
their end, the bank's own database must show one payment for each, and every invariant must hold.
"""
import argparse
import asyncio
import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from books import check
from cluster import ordinary_user
from fleet import Bank, Service, Worker
from inbox import split
from load import Load
from machines import move_into_own_network
from patroni_cluster import TTL, PatroniCluster

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
NEEDED = ("patroni", "patronictl", "etcd", "haproxy", "nft", "ip", "setpriv")
# Longer than it takes to take over. The lock lasts TTL; by etcd's API 3 for up to another TTL, if the primary's machine led
# etcd as well.
LONG = TTL + 20


class Trials:
    def __init__(self, cluster):
        self.cluster = cluster

    @contextlib.asynccontextmanager
    async def kill(self):
        """All of the primary's machine dies at once, and is started again when another has taken over."""
        machine = await self.cluster.primary()
        machine.kill()
        yield LONG
        self.cluster.start(machine)

    @contextlib.asynccontextmanager
    async def partition(self):
        """The primary's machine is unplugged, and plugged in again."""
        machine = await self.cluster.primary()
        machine.unplug()
        yield LONG
        machine.plug_in()

    @contextlib.asynccontextmanager
    async def peers(self):
        """The primary's machine loses the other two, but haproxy, workers and service still reach it."""
        machine = await self.cluster.primary()
        machine.cut_off_from([other for other in self.cluster.machines if other is not machine])
        yield LONG
        machine.connect_again()

    @contextlib.asynccontextmanager
    async def freeze(self):
        """All of the primary's machine is frozen for longer than its lock lasts, and goes on as if nothing had been."""
        machine = await self.cluster.primary()
        machine.freeze()
        yield LONG
        machine.go_on()

    @contextlib.asynccontextmanager
    async def standby(self):
        """The machine of the synchronous standby is frozen; nobody takes over from it, but commits wait for it."""
        machine = await self.cluster.synchronous_standby()
        machine.freeze()
        yield LONG
        machine.go_on()

    @contextlib.asynccontextmanager
    async def switchover(self):
        """Somebody makes the synchronous standby the primary."""
        await self.cluster.switch_over()
        yield 5

    @contextlib.asynccontextmanager
    async def etcd(self):
        """All of etcd is frozen; the machines still reach one another (failsafe_mode)."""
        for process in self.cluster.etcds.values():
            process.send_signal(signal.SIGSTOP)
        yield LONG
        for process in self.cluster.etcds.values():
            process.send_signal(signal.SIGCONT)

    @contextlib.asynccontextmanager
    async def etcd_alone(self):
        """The same without failsafe_mode, as Patroni has it by itself: the primary steps down."""
        await self.cluster.configure(failsafe_mode=False)
        await asyncio.sleep(10)  # It takes effect with the next round of each machine.
        async with self.etcd() as seconds:
            yield seconds
        for _ in range(100):
            try:
                await self.cluster.configure(failsafe_mode=True)
                break
            except (RuntimeError, OSError):  # There is no primary yet.
                await asyncio.sleep(1)


TRIALS = ("kill", "partition", "peers", "freeze", "standby", "switchover", "etcd", "etcd_alone")
TAKEN_OVER = ("kill", "partition", "peers", "freeze", "switchover")


class Campaign:
    def __init__(self, options, folder):
        self.options, self.folder = options, folder
        self.random = random.Random(options.seed)
        self.cluster = PatroniCluster(folder, options.etcd_api)
        self.trials = Trials(self.cluster)
        self.workers, self.service = [], None
        self.submitted = 0

    async def set_up(self):
        options = self.options
        began = time.monotonic()
        self.cluster.create()
        if not await self.cluster.whole():
            raise SystemExit(f"patroni: the cluster does not come up; see the logs in {self.folder}")
        print(f"  three machines, two of them standbys, after {time.monotonic() - began:.0f} s", flush=True)
        # A slow bank, so that there is something under way whenever a fault strikes.
        self.bank = Bank(
            options.claims_program, self.folder, f"lose-reply:commit:0.01,delay=20ms:any:1,seed={options.seed}")
        self.bank.start()
        claims_file = os.path.join(self.folder, "claims.837")
        with open(claims_file, "wb") as file:
            subprocess.run(
                [sys.executable, os.path.join(ROOT, "Benchmarks", "generate_claims.py"),
                 str(options.claims * len(options.only)), str(options.seed)], stdout=file, check=True)
        self.header, self.claims = split(claims_file)
        common = ["--store", self.cluster.address(), "--gateway", f"http://127.0.0.1:{self.bank.port}", "--enroll", "PPO"]
        self.service = Service([options.claims_program, "serve", "--received", "2026-06-01", *common], self.folder)
        self.workers = [
            Worker(number, [options.claims_program, "work", "--batch", "10", "--lease", "3", *common], self.folder)
            for number in range(1, options.workers + 1)]
        self.processes = [worker.process.pid for worker in self.workers] + [self.service.process.pid]

    async def play(self):
        """Returns the findings of the first trial that has any; what comes after it would say nothing."""
        for number, name in enumerate(self.options.only):
            findings = await self.trial(number, name)
            for finding in findings:
                print(f"    BROKEN  {finding}", flush=True)
            if findings:
                return findings
        return []

    async def trial(self, number, name):
        """Sends claims, strikes when some of them are paid, ends the fault, and waits until all of them are at their end."""
        claims, self.claims = self.claims[:self.options.claims], self.claims[self.options.claims:]
        self.submitted += len(claims)
        load = Load(self.service, self.bank.database, self.header, f"trial-{number}")
        part = len(claims) // 4
        before, during = claims[:part], claims[part:2 * part]
        watcher = asyncio.create_task(load.watch())
        senders = [
            asyncio.create_task(load.trickle(rest, LONG + 20, only_queue))
            for rest, only_queue in ((claims[2 * part:3 * part], True), (claims[3 * part:], False))]
        findings = []
        try:
            await asyncio.sleep(1 + self.random.random())
            old, paid = await self.cluster.primary(), load.paid()
            await load.send(before)
            share = self.random.uniform(0.1, 0.5)
            for _ in range(200):
                if load.paid() - paid >= len(before) * share:
                    break
                await asyncio.sleep(0.02)
            struck = time.monotonic()
            async with getattr(self.trials, name)() as seconds:
                await asyncio.sleep(seconds)
                # There is plenty under way at the end of the fault, too.
                senders.append(asyncio.create_task(load.send(during)))
                await asyncio.sleep(self.random.random() / 2)
                had_work = not all(sender.done() for sender in senders[:2])
            if not had_work:
                findings.append("there were no claims left to send before the fault was over; give it more (--claims)")
            if not await self.cluster.whole():
                findings.append("the cluster did not become whole again in two minutes")
            load.hurries = True
            done, waiting = await asyncio.wait(senders, timeout=120)
            findings += [str(sender.exception()) for sender in done if sender.exception()]
            if waiting:
                findings.append(f"the service did not accept {len(waiting)} files within two minutes after the fault")
            await self.until_the_queue_is_empty()
            new = await self.cluster.primary()
        finally:
            for task in (watcher, *senders):
                task.cancel()
        if name in TAKEN_OVER and new is old:
            findings.append("no other machine took over")
        findings += self.who_did_not_go_on()
        more, _ = await asyncio.to_thread(
            check, self.options.claims_program, self.cluster, self.bank.database, self.submitted)
        findings += more
        odd = {status: count for status, count in load.answers.items() if status not in (200, 202, 409, 503)}
        print(f"  {name:<10} {'held' if not findings else 'BROKEN':<6} "
              f"no payment for {load.payments.seconds:4.1f} s, nothing accepted for {load.accepted.seconds:4.1f} s; "
              f"{old.name} -> {new.name}; {load.paid() - paid} payments, {time.monotonic() - struck:.0f} s; "
              f"answers {dict(sorted(load.answers.items()))}", flush=True)
        if odd:
            print(f"             answers that are neither done nor \"try again\": {odd}", flush=True)
        return findings

    async def until_the_queue_is_empty(self):
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            with contextlib.suppress(RuntimeError, subprocess.TimeoutExpired):
                if await asyncio.to_thread(self.cluster.query, "SELECT count(*) FROM paidonce.claim_queue") == "0":
                    return
            await asyncio.sleep(0.2)

    def who_did_not_go_on(self):
        findings = [f"worker {w.number} ended by itself, {w.process.returncode}" for w in self.workers if not w.is_alive]
        if not self.service.is_alive:
            findings.append(f"the service ended by itself, {self.service.process.returncode}")
        if [w.process.pid for w in self.workers] + [self.service.process.pid] != self.processes:
            findings.append("workers or service are not the processes they were")
        return findings

    def tear_down(self):
        with contextlib.ExitStack() as stack:  # Whatever fails, the rest is ended too.
            stack.callback(self.cluster.remove)
            if hasattr(self, "bank") and self.bank.process.poll() is None:
                stack.callback(self.bank.stop)
            for process in (*self.workers, self.service):
                if process and process.is_alive:
                    stack.callback(process.kill)


async def main(options):
    task = asyncio.current_task()
    for number in (signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    folder = tempfile.mkdtemp(prefix="paidonce-patroni-")
    os.chmod(folder, 0o755)
    print(f"patroni: seed {options.seed}, {options.claims} claims a trial, {options.workers} workers, in {folder}", flush=True)
    findings = ["the campaign did not come to its end"]
    campaign = Campaign(options, folder)
    try:
        await campaign.set_up()
        findings = await campaign.play()
    finally:
        campaign.tear_down()
        if findings:
            print(f"logs and databases are in {folder}; repeat it with SEED={options.seed}")
        else:
            shutil.rmtree(folder, ignore_errors=True)
    if not findings:
        print("nothing lost, nothing paid twice, nobody restarted")
    return 1 if findings else 0


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("claims_program", type=os.path.abspath, help="the program under trial, best a release build")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1_000_000))
    parser.add_argument("--claims", type=int, default=300, help="those of one trial")
    parser.add_argument("--workers", type=int, default=3)
    parser.add_argument("--only", action="append", choices=TRIALS, metavar="NAME", help=f"one of {', '.join(TRIALS)}")
    parser.add_argument(
        "--etcd-api", type=int, choices=(2, 3), default=2, help="3 is safe from Patroni 3.0.3 on; see patroni_cluster.py")
    found = parser.parse_args()
    found.only = found.only or list(TRIALS)
    return found


if __name__ == "__main__":
    chosen = options()
    if os.getuid() != 0:
        print("patroni: needs root, since each machine gets a network of its own", file=sys.stderr)
        sys.exit(2)
    if missing := [name for name in NEEDED if not shutil.which(name)]:
        print(f"patroni: {', '.join(missing)} not found; make failover installs them", file=sys.stderr)
        sys.exit(2)
    ordinary_user()
    move_into_own_network()
    try:
        sys.exit(asyncio.run(main(chosen)))
    except (KeyboardInterrupt, asyncio.CancelledError):
        print("stopped; everything that was started has ended")
        sys.exit(130)
