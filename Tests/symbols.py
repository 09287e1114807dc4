#!/usr/bin/env python3
"""Compares the public symbols of the libraries, as last built, with the lists in docs/api.

symbols.py         prints the differences, and exits with 1 if there are any
symbols.py write   rewrites the lists: do this in the commit that changes the API on purpose
"""
import json
import pathlib
import subprocess
import sys
import tempfile

PRODUCTS = ["DurableExecution", "DurableSQL", "DurableSQLite", "DurablePostgres", "DurableDriver", "DurableTesting"]
ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILT = ROOT / ".build/debug"


def module_maps():
    found = list((ROOT / ".build/checkouts").glob("*/Sources/*/include/module.modulemap"))
    found += (ROOT / ".build/checkouts").glob("GRDB.swift/Sources/*/module.modulemap")
    found += (ROOT / "Sources").glob("*/module.modulemap")
    found += BUILT.glob("*.build/module.modulemap")
    return [part for path in sorted(found) for part in ("-Xcc", f"-fmodule-map-file={path}")]


def symbols(product, maps, folder):
    machine = subprocess.run(["swift", "-print-target-info"], capture_output=True, check=True).stdout
    target = json.loads(machine)["target"]["triple"]
    command = ["swift", "symbolgraph-extract", "-module-name", product, "-I", str(BUILT / "Modules"), *maps]
    command += ["-target", target, "-minimum-access-level", "public", "-output-dir", folder]
    run = subprocess.run(command, capture_output=True, text=True)
    files = sorted(pathlib.Path(folder).glob(f"{product}*.symbols.json"))
    if run.returncode != 0 or not files:
        sys.exit(f"{product}: its symbols cannot be read; build first with `swift build`\n{run.stderr[-2000:]}")
    lines = set()
    for file in files:
        for symbol in json.loads(file.read_text())["symbols"]:
            # Members that the compiler derives from a conformance are not promises of their own.
            if "::SYNTHESIZED::" in symbol["identifier"]["precise"]:
                continue
            text = "".join(part["spelling"] for part in symbol["declarationFragments"])
            lines.add(f"{'.'.join(symbol['pathComponents'])}: {' '.join(text.split())}")
    return sorted(lines)


def main():
    writes = sys.argv[1:] == ["write"]
    different = False
    maps = module_maps()
    with tempfile.TemporaryDirectory() as folder:
        for product in PRODUCTS:
            now = symbols(product, maps, folder)
            path = ROOT / f"docs/api/{product}.txt"
            if writes:
                path.parent.mkdir(exist_ok=True)
                path.write_text("".join(line + "\n" for line in now))
                continue
            listed = path.read_text().splitlines() if path.exists() else []
            for line in sorted(set(listed) - set(now)):
                different = True
                print(f"{product}: gone: {line}")
            for line in sorted(set(now) - set(listed)):
                different = True
                print(f"{product}: new: {line}")
    return 1 if different else 0


sys.exit(main())
