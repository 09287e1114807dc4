#!/usr/bin/env python3
"""Measures how fast pages are read, on one core, and how much memory that takes:

    speed.py PAGE-TRIAL FILE...

Prints a line for each file: pages a second, and the peak memory of the largest process among the reader and its tools.
"""
import json
import resource
import subprocess
import sys
import time


def main():
    program, files = sys.argv[1], sys.argv[2:]
    for path in files:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        began = time.monotonic()
        run = subprocess.run(["taskset", "--cpu-list", "0", program, "--limits-only", path], stdout=subprocess.PIPE, text=True, check=True)
        seconds = time.monotonic() - began
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        said = json.loads(run.stdout)
        worked = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        pages = len(said["pages"])
        kinds = ", ".join(sorted({page["source"] for page in said["pages"]})) or said.get("refused")
        print(f"{path}: {pages} pages ({kinds}), {pages / seconds:.2f} a second, {worked / max(pages, 1):.2f} s of processor each, "
              f"at most {after.ru_maxrss >> 10} MB in one process", flush=True)


main()
