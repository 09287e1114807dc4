#!/usr/bin/env python3
"""Workers with a primary and a synchronous standby: the primary dies under load, and the standby takes over.

    make failover

The workers are not informed: libpq finds the host that accepts writes. Afterward the bank's own database must show one
payment for each claim, and the standby's database must hold every claim.
"""
import argparse
import asyncio
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time

from books import check
from cluster import Postgres, ordinary_user
from fleet import Bank, Worker

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


async def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("claims_program", help="the program under trial, best a release build")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1_000_000))
    parser.add_argument("--claims", type=int, default=4_000)
    parser.add_argument("--workers", type=int, default=3)
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="paidonce-failover-")
    os.chmod(folder, 0o755)
    if user := ordinary_user():
        os.chown(folder, user["user"], user["group"])
    print(f"failover: seed {options.seed}, {options.claims} claims, {options.workers} workers, in {folder}")

    primary = Postgres(folder, "primary", 5432, ["synchronous_standby_names=standby"])
    standby = Postgres(folder, "standby", 5433)
    bank = Bank(options.claims_program, folder, f"lose-reply:commit:0.01,seed={options.seed}")
    workers = []
    try:
        primary.create()
        primary.start()
        await primary.ready()
        standby.copy_of(primary)
        standby.start()
        await standby.ready()
        while primary.query("SELECT sync_state FROM pg_stat_replication") != "sync":
            await asyncio.sleep(0.1)
        bank.start()
        both = f"postgres:///postgres?host={folder},{folder}&port=5432,5433&user=paidonce&target_session_attrs=read-write"
        claims_file = os.path.join(folder, "claims.837")
        with open(claims_file, "wb") as file:
            subprocess.run(
                [sys.executable, os.path.join(ROOT, "Benchmarks", "generate_claims.py"), str(options.claims),
                 str(options.seed)], stdout=file, check=True)
        subprocess.run(
            [options.claims_program, "submit", claims_file, "--store", both, "--received", "2026-06-01"], check=True,
            stdout=subprocess.DEVNULL)
        workers = [
            Worker(
                number,
                [options.claims_program, "work", "--store", both, "--gateway", f"http://127.0.0.1:{bank.port}",
                 "--enroll", "PPO", "--batch", "50", "--lease", "3"], folder)
            for number in range(1, options.workers + 1)]

        waiting = "SELECT count(*) FROM paidonce.claim_queue"
        share = random.Random(options.seed).uniform(0.3, 0.6)
        while int(primary.query(waiting)) > options.claims * share:
            await asyncio.sleep(0.05)
        left = int(primary.query(waiting))
        primary.stop("immediate")
        died = time.monotonic()
        standby.promote()
        print(f"  the primary died with {left} claims in the queue; promoted {time.monotonic() - died:.1f} s later")
        while int(standby.query(waiting)) == left:
            await asyncio.sleep(0.05)
        print(f"  the workers go on {time.monotonic() - died:.1f} s after the death")
        deadline = time.monotonic() + 180
        while int(standby.query(waiting)) > 0 and time.monotonic() < deadline:
            await asyncio.sleep(0.2)
        findings = [f"worker {w.number} ended by itself, {w.process.returncode}" for w in workers if not w.is_alive]
        for worker in workers:
            worker.stop()
        bank.stop()
        more, paid = check(options.claims_program, standby, bank.database, options.claims)
        findings += more
        print(f"  the bank has {paid} standing payments")
    finally:
        for worker in workers:
            if worker.is_alive:
                worker.kill()
        for server in (primary, standby):
            server.stop("immediate")
    for finding in findings:
        print(f"BROKEN  {finding}")
    if findings:
        print(f"logs and databases are in {folder}; repeat it with SEED={options.seed}")
        return 1
    shutil.rmtree(folder, ignore_errors=True)
    print("nothing lost, nothing paid twice")
    return 0


sys.exit(asyncio.run(main()))
