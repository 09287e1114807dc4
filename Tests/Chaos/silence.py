"""Workers, networks and servers that fall silent: the other workers wait for them for two leases at most."""
import asyncio
import os
import signal
import subprocess
import time

from proxy import Proxy


class SilenceFaults:
    """Faults for a campaign with workers, a store, a seeded random generator, a lease in seconds and findings."""

    async def stop_at_any_moment(self):
        """Suspends a worker at any moment, also in the middle of a pipeline, a transaction or a call to the bank."""
        worker = self.random.choice(self.workers)
        await asyncio.sleep(self.random.random())
        worker.process.send_signal(signal.SIGSTOP)
        try:
            await self.others_go_on(worker, f"worker {worker.number} was stopped")
        finally:
            worker.go_on()

    async def silent_network(self):
        """Silences the network between another worker and the store; then that worker dies."""
        worker, way = await self.worker_with_a_way_of_its_own()
        if not await self.until_it_holds_claims(worker):
            return await self.leave_out(worker, way)
        way.silence_all()
        await self.others_go_on(worker, "one worker's network fell silent")
        worker.kill()
        await self.others_go_on(worker, "a worker died behind a silent network")
        self.workers.remove(worker)
        way.close()

    async def silent_connection(self):
        """Silences one of a worker's connections. The others still work, and must not keep its claims forever."""
        worker, way = await self.worker_with_a_way_of_its_own()
        if not await self.until_it_holds_claims(worker):
            return await self.leave_out(worker, way)
        if not way.silence_one(self.random):
            return await self.leave_out(worker, way)
        await self.others_go_on(None, "one connection of a worker fell silent")
        await asyncio.to_thread(worker.stop)
        self.workers.remove(worker)
        way.close()

    async def freeze_server(self):
        """Suspends every process of the database. A worker that is asked to end during that time ends."""
        worker = self.random.choice(self.workers)
        processes = [self.store.process.pid, *self.store.children()]
        for process in processes:
            os.kill(process, signal.SIGSTOP)
        try:
            await asyncio.sleep(1)
            began = time.monotonic()
            await asyncio.to_thread(worker.stop)
            print(f"  asked to end while the server was frozen, a worker ended in {time.monotonic() - began:.1f} s")
            await asyncio.sleep(max(0, self.lease - (time.monotonic() - began)))
        finally:
            for process in processes:
                try:
                    os.kill(process, signal.SIGCONT)
                except ProcessLookupError:
                    pass
            worker.start()
        await self.others_go_on(None, "the server was frozen")

    # The rule

    async def others_go_on(self, silent, what):
        """Checks that the other workers keep finishing claims, apart from the claims that the silent worker holds."""
        allowed = 2 * self.lease
        end = time.monotonic() + 2.5 * self.lease
        done, changed = -1, time.monotonic()
        longest = 0
        while time.monotonic() < end:
            left, ended = await self.left_for_others(silent), await self.at_their_end()
            if left == 0 or ended > done:
                changed = time.monotonic()
            longest = max(longest, time.monotonic() - changed)
            done = max(done, ended)
            await asyncio.sleep(0.1)
        self.longest_standstill = max(self.longest_standstill, longest)
        if longest > allowed:
            self.findings.append(f"the others stood still for {longest:.1f} s, since {what}")

    async def left_for_others(self, silent):
        sql = "SELECT count(*) FROM paidonce.claim_queue WHERE status <> 'dead'"
        if silent:
            sql += f" AND coalesce(lease_owner, '') NOT LIKE '%/{silent.process.pid}/%'"
        try:
            return int(await asyncio.to_thread(self.store.query, sql))
        except (RuntimeError, subprocess.TimeoutExpired):
            return 1 << 30

    async def at_their_end(self):
        try:
            return int(await asyncio.to_thread(
                self.store.query, "SELECT count(*) FROM paidonce.claims WHERE audit_key IS NOT NULL"))
        except (RuntimeError, subprocess.TimeoutExpired):
            return -1

    # The worker it happens to

    async def worker_with_a_way_of_its_own(self):
        way = Proxy(("unix", self.store.socket))
        await way.start()
        worker = self.new_worker(len(self.workers) + 1, store_port=way.port)
        self.workers.append(worker)
        return worker, way

    async def until_it_holds_claims(self, worker):
        held = f"SELECT count(*) FROM paidonce.claim_queue WHERE lease_owner LIKE '%/{worker.process.pid}/%'"
        for number in range(300):
            if number % 20 == 0:
                # The others may have left it nothing.
                await self.inbox.release(200, at_once=True)
            count = await self.count(held)
            if 0 < count < self.options.claims:
                await asyncio.sleep(self.random.random() / 2)
                return True
            await asyncio.sleep(0.05)
        return False

    async def leave_out(self, worker, way):
        worker.kill()
        self.workers.remove(worker)
        way.close()
        return "the worker found nothing to do"
