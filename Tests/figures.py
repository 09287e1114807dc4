#!/usr/bin/env python3
"""Prints figures about the source. With a seed, also prints ten random doc comments, to be read aloud."""
import random
import re
import statistics
import subprocess
import sys

# The files to read to see how a claim is paid, from `ProcessClaim` to the bank.
PAY = [
    "Sources/ClaimPipeline/ProcessClaim.swift",
    "Sources/ClaimPipeline/Payment/PaymentAgent.swift",
    "Sources/ClaimPipeline/Payment/PaymentActivity.swift",
    "Sources/ClaimPipeline/Payment/PaymentKey.swift",
    "Sources/ClaimPipeline/Payment/PaymentTerms.swift",
    "Sources/ClaimPipeline/Payment/AdoptionActivity.swift",
    "Sources/BankProtocol/PaymentBank.swift",
    "Sources/ClaimStore/Rows/PaymentRecords.swift",
    "Sources/DurableExecution/Runner/RunRemote.swift",
    "Sources/DurableExecution/Runner/Settle.swift",
]


def swift_files(folder):
    listed = subprocess.run(["git", "ls-files", "-z", folder], capture_output=True, check=True).stdout
    return sorted(name for name in listed.decode().split("\0") if name.endswith(".swift"))


def percentile(values, part):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * part))] if values else 0


def code_of(line):
    """Returns the line without its strings and its comment, so that braces in them do not count."""
    line = re.sub(r'"(\\.|[^"\\])*"', '""', line)
    return line.split("//")[0]


def functions(lines):
    """Returns the number of lines of each function and initializer that has a body."""
    lengths, at = [], 0
    start = re.compile(r"^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:[a-z]+(?:\([a-z]+\))?\s+)*(?:func\b|init[?(<])")
    while at < len(lines):
        if not start.match(lines[at]):
            at += 1
            continue
        depth, begun, end = 0, False, at
        while end < len(lines):
            code = code_of(lines[end])
            for character in code:
                if character == "{":
                    depth, begun = depth + 1, True
                elif character == "}":
                    depth -= 1
            if begun and depth <= 0:
                break
            if not begun and end > at and (lines[end].strip() == "" or start.match(lines[end])):
                break
            end += 1
        if begun:
            lengths.append(end - at + 1)
        at = end + 1 if begun else at + 1
    return lengths


def doc_comments(name, lines):
    found, at = [], 0
    while at < len(lines):
        if lines[at].strip().startswith("///"):
            end = at
            while end < len(lines) and lines[end].strip().startswith("///"):
                end += 1
            symbol = lines[end].strip() if end < len(lines) else ""
            found.append((name, at + 1, [line.strip() for line in lines[at:end]], symbol))
            at = end
        else:
            at += 1
    return found


def main():
    seed = sys.argv[1] if len(sys.argv) > 1 else ""
    sources = {name: open(name).read().splitlines() for name in swift_files("Sources")}
    tests = {name: open(name).read().splitlines() for name in swift_files("Tests")}
    sizes = [len(lines) for lines in sources.values()]
    lengths = [length for lines in sources.values() for length in functions(lines)]
    written = [line for lines in sources.values() for line in lines if line.strip()]
    docs = [line for line in written if line.strip().startswith("///")]
    short = sum(size <= 20 for size in sizes)
    print(f"files               {len(sizes)}")
    print(f"lines a file        median {statistics.median(sizes):.0f}, p95 {percentile(sizes, .95)}, max {max(sizes)}")
    print(f"20 lines or fewer   {100 * short / len(sizes):.0f} %")
    print(f"lines a function    p95 {percentile(lengths, .95)}, max {max(lengths)}")
    print(f"tests to source     {sum(map(len, tests.values())) / sum(sizes):.2f}")
    print(f"doc lines           {100 * len(docs) / len(written):.0f} %")
    durable = [line for name, lines in sources.items() if name.startswith("Sources/DurableExecution/") for line in lines]
    public = re.compile(r"\s*public (?!import|init\(from|func encode)")
    print(f"public, DurableExecution  {sum(bool(public.match(line)) for line in durable)}")
    missing = [name for name in PAY if name not in sources]
    if missing:
        sys.exit("figures: no longer there: " + ", ".join(missing))
    print(f'files to read "pay" {len(PAY)}')
    if seed:
        drawn = random.Random(seed)
        every = [comment for name, lines in sources.items() for comment in doc_comments(name, lines)]
        print(f"\nten doc comments, seed {seed}")
        for name, line, text, symbol in drawn.sample(every, 10):
            print(f"\n{name}:{line}")
            print("\n".join("  " + part for part in text))
            print("  " + symbol)


main()
