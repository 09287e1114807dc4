"""Submits claims gradually, so that there is work as long as faults occur."""
import asyncio
import os
import re
import subprocess


class Inbox:
    # The number of claims in a file, and the pause after each file in seconds: slower than the fleet works.
    PART = 80
    PAUSE = 0.5

    def __init__(self, program, claims_file, folder, store):
        os.mkdir(folder)
        self.program, self.folder, self.store = program, folder, store
        self.header, self.claims = split(claims_file)
        self.released = 0
        self.files = 0
        # Held while no claims may be submitted.
        self.closed = asyncio.Lock()

    @property
    def left(self):
        return len(self.claims) - self.released

    async def release(self, count, at_once=False):
        """Submits the given number of further claims."""
        end = min(self.released + count, len(self.claims))
        while self.released < end:
            async with self.closed:
                if self.released >= end:
                    return
                part = self.claims[self.released:end if at_once else min(end, self.released + self.PART)]
                path = os.path.join(self.folder, f"part-{self.files:04d}.837")
                with open(path, "w") as file:
                    file.write(join(self.header, part))
                # The store may be down, frozen or full. Senders retry.
                while await asyncio.to_thread(self._submit, path) != 0:
                    await asyncio.sleep(0.3)
                self.released += len(part)
                self.files += 1
            await asyncio.sleep(self.PAUSE)

    def _submit(self, path):
        return subprocess.run(
            [self.program, "submit", path, "--store", self.store.address(), "--received", "2026-06-01"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode


def split(claims_file):
    """Returns the segments before the first subscriber, and the segments of each claim."""
    with open(claims_file) as file:
        segments = file.read().split("\n")[:-1]
    starts = [index for index, segment in enumerate(segments) if re.match(r"HL\*\d+\*1\*22\*", segment)]
    end = next(index for index, segment in enumerate(segments) if segment.startswith("SE*"))
    return segments[:starts[0]], [segments[a:b] for a, b in zip(starts, starts[1:] + [end])]


def join(header, claims):
    """Returns an interchange with the given claims, with its loops numbered from 1."""
    body, level = [], 1
    for claim in claims:
        for segment in claim:
            if segment.startswith("HL*"):
                _, _, parent, code, child = segment.split("*")
                level += 1
                segment = f"HL*{level}*{1 if code == '22' else level - 1}*{code}*{child}"
            body.append(segment)
    transaction = len(header) - 2 + len(body) + 1
    return "\n".join([*header, *body, f"SE*{transaction}*0001~", "GE*1*1~", "IEA*1*000000001~", ""])
