#!/usr/bin/env python3
"""Runs every command of the README and of docs/*.md as printed, and compares what it prints with the page.

    Tests/Docs/run_blocks.py --program .build/debug/claims
    Tests/Docs/run_blocks.py --program .build/debug/claims --page docs/tour.md --update

How a block is marked is in pages.py, and what may differ in compare.py. --update writes what was printed this time into
the pages: look at the difference before you commit it.
"""

import argparse
import collections
import os
import pathlib
import shutil
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

import compare
import pages
from shell import Shell, Silent

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
README_WORDS = 1800


class Report:
    def __init__(self):
        self.failures = []
        self.not_run = []
        self.counts = collections.Counter()
        self.updates = []

    def add(self, other):
        self.failures += other.failures
        self.not_run += other.not_run
        self.counts += other.counts
        self.updates += other.updates


def all_pages():
    """Returns the pages, with those first that take longest."""
    docs = sorted(f"docs/{page.name}" for page in (ROOT / "docs").glob("*.md"))
    return sorted(["README.md"] + docs, key=lambda name: name not in ("README.md", "docs/tour.md"))


def check_page(name, program):
    """Runs the blocks of a page in one folder, from the top to the bottom."""
    report = Report()
    blocks, report.failures = pages.read(ROOT / name, name)
    report.counts["pages"] += 1
    with tempfile.TemporaryDirectory(prefix="pages-") as folder:
        shell = Shell(ROOT, program, pathlib.Path(folder))
        try:
            for block in blocks:
                check_block(block, shell, report)
        except Silent as silent:
            report.failures.append(f"{name}: {silent}")
        finally:
            shell.close()
    return report


def check_block(block, shell, report):
    place = f"{block.page}:{block.line}"
    if path := block.directives.get("from"):
        report.counts["from files"] += 1
        if not is_in_file(block.lines, ROOT / path):
            report.failures.append(f"{place}: these lines are not in {path}")
    elif block.language == "swift":
        report.failures.append(f"{place}: say which file these lines are from: <!-- from: PATH -->")
    elif path := block.directives.get("file"):
        target = shell.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("\n".join(block.lines) + "\n", encoding="utf-8")
    elif block.is_transcript and (reason := block.reason_not_to_run or missing(block)):
        report.counts["not run"] += 1
        report.not_run.append(f"{place}: {reason}")
        if not block.reason_not_to_run and os.environ.get("CI") == "true":
            report.failures.append(f"{place}: {reason}")
    elif block.is_transcript:
        report.counts["run"] += 1
        report.counts["compared"] += block.is_compared
        for step in block.steps():
            check_step(block, step, shell, report)


def check_step(block, step, shell, report):
    lines, status = shell.run(step.command)
    report.counts["commands"] += 1
    place = f"{block.page}:{step.line}: {step.command}"
    allowed = [int(code) for code in block.directives.get("exit", "0").split(",")]
    if status not in allowed:
        report.failures.append(f"{place}\n  exit status {status}\n" + indented(lines))
    elif step.printed and not block.directives.get("run"):
        if not compare.agree(step.printed, lines, block.directives.get("varies")):
            report.failures.append(f"{place}\n  printed in the page:\n{indented(step.printed)}\n  now:\n{indented(lines)}")
            report.updates.append((block.page, step, compare.trimmed(lines)))


def missing(block):
    tools = [tool for tool in block.directives.get("needs", "").split() if not shutil.which(tool)]
    return f"{', '.join(tools)} is not installed" if tools else None


def is_in_file(lines, path):
    """Says whether the lines stand in a file one after the other, whatever they are indented by."""
    wanted = [line.strip() for line in lines]
    there = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    return any(there[start:start + len(wanted)] == wanted for start in range(len(there)))


def indented(lines):
    return "\n".join("    " + line for line in lines)


def update(updates):
    """Writes printed lines into their pages, from the last to the first, so that line numbers stay right."""
    for page, step, lines in sorted(updates, key=lambda each: -each[1].line):
        text = (ROOT / page).read_text(encoding="utf-8").splitlines()
        begin = step.line + step.command.count("\n")
        text[begin:begin + len(step.printed)] = lines
        (ROOT / page).write_text("\n".join(text) + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", type=pathlib.Path, required=True, help="claims, with claims-demo beside it")
    parser.add_argument("--page", action="append", help="only this page; may be repeated")
    parser.add_argument("--update", action="store_true", help="write the new output into the pages")
    options = parser.parse_args()
    program = options.program.resolve()
    if not os.access(program, os.X_OK):
        sys.exit(f"{options.program}: no such program; build it: swift build --product claims")
    names = options.page or all_pages()
    report = Report()
    with ThreadPoolExecutor(3) as pool:
        for result in pool.map(lambda name: check_page(name, program), names):
            report.add(result)
    words = len((ROOT / "README.md").read_text(encoding="utf-8").split())
    if words > README_WORDS:
        report.failures.append(f"README.md has {words} words; {README_WORDS} is the limit")
    for line in report.not_run:
        print(f"not run: {line}")
    for failure in report.failures:
        print(f"\nFAILED {failure}")
    if options.update:
        update(report.updates)
    print("{pages} pages, {commands} commands, {run} blocks run, {compared} blocks compared, {not run} blocks not run, "
          "{from files} blocks found in their files".format_map(report.counts))
    print(f"README.md: {words} words of {README_WORDS}")
    return 1 if report.failures else 0


if __name__ == "__main__":
    sys.exit(main())
