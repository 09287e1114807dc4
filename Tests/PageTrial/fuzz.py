#!/usr/bin/env python3
"""Reads thousands of mutated PDFs and pictures as pages of forms:

    fuzz.py PAGE-TRIAL --count 10000 --seed 7 --jobs 2

A file depends only on the seed and its number. Each must be refused or read in its time, in a process that does not grow;
what breaks that is kept in .build/fuzz-forms, and the exit status is 1.
"""
import argparse
import collections
import json
import pathlib
import random
import selectors
import subprocess
import sys
import tempfile
import threading

import hostile

SECONDS = 30
MOST_MEMORY = 300 << 10


def seeds(folder):
    """Small files of each kind, so that a case takes a fraction of a second."""
    made = {name: data for name, _, data in hostile.pdfs() if name in ("plain.pdf", "scripts.pdf", "title.pdf")}
    sheet = folder / "sheet.pdf"
    content = "BT /F 12 Tf 8 20 Td (1Z23 X) Tj ET 0.5 w 4 8 m 68 8 l S"
    sheet.write_bytes(hostile.simple(content, leaf=hostile.page(box="0 0 72 36")))
    made["sheet.pdf"] = sheet.read_bytes()
    for kind, options in {"png": ["-png", "-r", "300"], "jpg": ["-jpeg", "-r", "300"], "tif": ["-tiff", "-r", "204", "-mono"]}.items():
        subprocess.run(["pdftoppm", "-singlefile", *options, str(sheet), str(folder / "sheet")], check=True)
        made[f"sheet.{kind}"] = (folder / f"sheet.{kind}").read_bytes()
    # A scan in a PDF.
    picture = made["sheet.jpg"]
    image = hostile.stream(picture, "/Type/XObject/Subtype/Image/Width 300/Height 150/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/DCTDecode")
    made["scan.pdf"] = hostile.simple("72 0 0 36 0 0 cm /X Do", leaf=hostile.page(box="0 0 72 36", more="/XObject<</X 6 0 R>>"), more=[image])
    return list(made.items())


def mutated(pool, seed, number):
    chance = random.Random(f"{seed} {number}")
    name, data = chance.choice(pool)
    data = bytearray(data)
    for _ in range(chance.choice([1, 1, 2, 4, 16])):
        at, size = chance.randrange(len(data) + 1), chance.choice([1, 2, 4, 16, 200])
        match chance.randrange(7):
            case 0: data[at:at + 1] = bytes([chance.randrange(256)])
            case 1: del data[at:at + size]
            case 2: data[at:at] = data[at:at + size] * chance.choice([1, 2, 50])
            case 3: data[at:at] = chance.randbytes(size)
            case 4: data[at:at + 4] = chance.choice([b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\x7f", b"9999", b"-1 0", b"1e99"])
            case 5: del data[at:]
            case 6:
                other = chance.choice(pool)[1]
                start = chance.randrange(len(other))
                data[at:at] = other[start:start + size * 8]
        if not data:
            break
    return name, bytes(data)


class Reader:
    """A process that reads files, begun again when it has ended."""

    def __init__(self, program):
        self.program = program
        self.process = None

    def read(self, path):
        if self.process is None or self.process.poll() is not None:
            self.process = subprocess.Popen(
                [self.program, "--run-seconds", "10", "--file-seconds", str(SECONDS)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.process.stdin.write(f"{path}\n")
        self.process.stdin.flush()
        with selectors.DefaultSelector() as waiting:
            waiting.register(self.process.stdout, selectors.EVENT_READ)
            if not waiting.select(SECONDS + 20):
                self.process.kill()
                return "hang", {}
        line = self.process.stdout.readline()
        if not line:
            return f"crash: status {self.process.wait()}", {}
        said = json.loads(line)
        if said["peak"] > MOST_MEMORY:
            return f"memory: {said['peak'] >> 10} MB", said
        text = said.get("refused", "")
        if "\n" in text or len(text) > 200 or not text.isascii():
            return "a refusal that is not one plain line", said
        return None, said


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--count", type=int, default=10000)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    kept = pathlib.Path(".build/fuzz-forms")
    kept.mkdir(parents=True, exist_ok=True)
    tally, found, lock = collections.Counter(), [], threading.Lock()
    numbers = iter(range(arguments.count))
    with tempfile.TemporaryDirectory() as place:
        folder = pathlib.Path(place)
        pool = seeds(folder)

        def work(job):
            reader = Reader(arguments.program)
            while True:
                with lock:
                    number = next(numbers, None)
                if number is None:
                    return
                name, data = mutated(pool, arguments.seed, number)
                path = folder / f"{job}-{name}"
                path.write_bytes(data)
                fault, said = reader.read(path)
                with lock:
                    tally["refused" if said.get("refused") else "read"] += 1
                    tally["slowest"] = max(tally["slowest"], round(said.get("seconds", SECONDS)))
                    tally["peak"] = max(tally["peak"], said.get("peak", 0))
                    if fault:
                        (kept / f"seed-{arguments.seed}-case-{number}-{name}").write_bytes(data)
                        found.append(number)
                        print(f"fuzz-forms: case {number}, {name}: {fault}", flush=True)
                    if (number + 1) % 1000 == 0:
                        print(f"fuzz-forms: {number + 1} files", flush=True)

        threads = [threading.Thread(target=work, args=(job,)) for job in range(arguments.jobs)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    left = list(pathlib.Path(tempfile.gettempdir()).glob("claims-page-*"))
    print(f"fuzz-forms: seed {arguments.seed}: {tally['read']} files read, {tally['refused']} refused, {len(found)} faults; "
          f"slowest {tally['slowest']} s, peak memory of the reader {tally['peak'] >> 10} MB, {len(left)} folders left")
    sys.exit(1 if found else 0)


main()
