"""Claims sent to the service while something is done to its store, and how long nothing came of them."""
import asyncio
import collections
import sqlite3
import time

from inbox import join


class Load:
    """The claims of one trial. They are sent until the service accepts them, as senders are asked to."""

    def __init__(self, service, bank_database, header, name):
        self.service, self.bank_database, self.header, self.name = service, bank_database, header, name
        self.answers = collections.Counter()
        self.sent = 0
        self.accepted = Standstill()
        self.payments = Standstill()
        self.hurries = False

    async def send(self, claims, only_queue=True):
        self.sent += 1
        key, text = f"{self.name}-{self.sent}", join(self.header, claims)
        while True:
            status = await asyncio.to_thread(self.service.send, text, key, only_queue)
            self.answers[status] += 1
            if status in (200, 202):
                return self.accepted.is_over()
            if 400 <= status < 500 and status != 409:
                raise RuntimeError(f"the service refused claims for good, with {status}")
            await asyncio.sleep(0.3)

    async def trickle(self, claims, seconds, only_queue):
        """Sends one claim after another, so as to take the given time, or what is left at once when it is told to hurry."""
        pause = seconds / len(claims)
        while claims and not self.hurries:
            await self.send([claims.pop()], only_queue)
            began = time.monotonic()
            while time.monotonic() < began + pause and not self.hurries:
                await asyncio.sleep(0.05)
        if claims:
            await self.send(claims, only_queue)

    def paid(self):
        """Returns the number of transfers in the bank's own database."""
        connection = sqlite3.connect(f"file:{self.bank_database}?mode=ro", uri=True)
        try:
            return connection.execute("SELECT count(*) FROM transfers").fetchone()[0]
        finally:
            connection.close()

    async def watch(self):
        count = self.paid()
        while True:
            await asyncio.sleep(0.05)
            if (now := self.paid()) > count:
                count = now
                self.payments.is_over()


class Standstill:
    """The longest time between two of the same events."""

    def __init__(self):
        self.last = time.monotonic()
        self.seconds = 0

    def is_over(self):
        now = time.monotonic()
        self.seconds = max(self.seconds, now - self.last)
        self.last = now
