"""A proxy that cuts or silences connections on command, and delivers messages twice, as a network may."""
import asyncio


class Proxy:
    """Forwards bytes between its clients and one target: ("unix", path) or ("tcp", host, port)."""

    def __init__(self, target):
        self.target = target
        self.connections = set()
        self.made = 0
        # When to cut each of the next COMMITs: "before" it reaches the server, or "after" the server has answered.
        self.commits_to_cut = []
        self.answers_to_repeat = 0
        self.is_silent = False
        # Called once at the next payment order: "before" it reaches the bank, or "after" the bank has answered.
        self.at_payment = None
        self.struck = {"commit-cut-before": 0, "commit-cut-after": 0, "connection-cut": 0, "answered-twice": 0}

    async def start(self):
        self.server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self.server.sockets[0].getsockname()[1]

    async def _serve(self, reader, writer):
        try:
            if self.target[0] == "unix":
                far_reader, far_writer = await asyncio.open_unix_connection(self.target[1])
            else:
                far_reader, far_writer = await asyncio.open_connection(*self.target[1:])
        except OSError:
            writer.close()
            return
        link = Link(self, reader, writer, far_reader, far_writer)
        self.connections.add(link)
        try:
            await link.run()
        except asyncio.CancelledError:
            link.abort()
        finally:
            self.connections.discard(link)

    def cut_all(self):
        for link in list(self.connections):
            self.struck["connection-cut"] += 1
            link.abort()

    def silence_all(self):
        """Silences all existing and new connections: they stay open and forward nothing."""
        self.is_silent = True

    def silence_one(self, chance):
        """Silences one of the existing connections."""
        links = sorted(self.connections, key=lambda link: link.number)
        if not links:
            return False
        chance.choice(links).is_silent = True
        return True

    def close(self):
        self.server.close()
        for link in list(self.connections):
            link.abort()


class Link:
    def __init__(self, proxy, reader, writer, far_reader, far_writer):
        self.proxy, self.reader, self.writer = proxy, reader, writer
        self.far_reader, self.far_writer = far_reader, far_writer
        self.cut_after_answer = False
        self.call_after_answer = None
        self.is_silent = False
        proxy.made += 1
        self.number = proxy.made

    async def heard(self):
        """Waits until the connection is no longer silent."""
        while self.is_silent or self.proxy.is_silent:
            await asyncio.sleep(0.05)

    async def run(self):
        pumps = [asyncio.create_task(self._to_server()), asyncio.create_task(self._to_client())]
        await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        for pump in pumps:
            pump.cancel()
        self.abort()

    def abort(self):
        for writer in (self.writer, self.far_writer):
            writer.transport.abort()

    async def _to_server(self):
        try:
            while data := await self.reader.read(65536):
                await self.heard()
                # The Bind message of the prepared statement "commit" (PostgreSQL protocol 3.0, 55.7).
                if self.proxy.commits_to_cut and b"\0commit\0" in data:
                    moment = self.proxy.commits_to_cut.pop(0)
                    self.proxy.struck[f"commit-cut-{moment}"] += 1
                    if moment == "before":
                        return
                    self.cut_after_answer = True
                if self.proxy.at_payment and b"/commit HTTP" in data:
                    (moment, call), self.proxy.at_payment = self.proxy.at_payment, None
                    if moment == "before":
                        await call()
                    else:
                        self.call_after_answer = call
                self.far_writer.write(data)
                await self.far_writer.drain()
        except OSError:
            pass

    async def _to_client(self):
        try:
            while data := await self.far_reader.read(65536):
                await self.heard()
                if self.cut_after_answer:
                    return
                if self.call_after_answer:
                    call, self.call_after_answer = self.call_after_answer, None
                    await call()
                self.writer.write(data)
                if self.proxy.answers_to_repeat > 0:
                    self.proxy.answers_to_repeat -= 1
                    self.proxy.struck["answered-twice"] += 1
                    self.writer.write(data)
                await self.writer.drain()
        except OSError:
            pass
