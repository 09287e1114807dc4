#!/usr/bin/env python3
"""Draws many forms, has them read, and holds what was read against the truth:

    report.py PROGRAM --count 500 --seed 1                  PDFs with text, in every look: every box must be right
    report.py PROGRAM --count 50 --seed 1 --scan noise      scans: no box may be wrong without being in doubt

PROGRAM is `claims-forms`. Prints the figures by box, which character was taken for which, and how many claims a person has
to touch; exits with 1 when a promise is broken. Run it with the Python that `setup.sh` makes.
"""
import argparse
import collections
import json
import pathlib
import subprocess
import sys
import tempfile
import time

import scanning

HERE = pathlib.Path(__file__).resolve().parent


class Tally:
    """What became of the boxes of one name, and of the whole."""

    def __init__(self):
        self.by_box = collections.defaultdict(collections.Counter)
        self.taken_for = collections.Counter()
        self.corrected = collections.Counter()
        self.forms = collections.Counter()
        self.examples = []
        self.doubts = []
        self.seconds = collections.Counter()
        self.faults = []

    def note(self, box, fate, example=None):
        name = ".".join(part for part in box.split(".") if not part.isdigit())
        self.by_box[name][fate] += 1
        if example and fate in ("wrong", "lost", "invented"):
            self.examples.append(example)

    def total(self, fate):
        return sum(counter[fate] for counter in self.by_box.values())


def characters_of(value, text):
    """The characters that were typed for a value, as far as the text read can be compared with them."""
    if len(value) == 10 and value[4] == value[7] == "-":
        long, short = value[5:7] + value[8:] + value[:4], value[5:7] + value[8:] + value[2:4]
        return long if len(text) == 8 else short
    return plain(value)


def plain(text):
    return "".join(character for character in text.upper() if character.isalnum())


def compare(tally, file, form, truth, difference):
    read = {field["field"]: field for field in form["fields"]}
    for name, value in truth["fields"].items():
        field = read.get(name)
        if field is None:
            tally.note(name, "lost", f"{file} {name}: {value!r} was not seen")
            continue
        text = plain(field["text"])
        typed = characters_of(value, text)
        if len(text) == len(typed) and text != "X":
            for was, now in zip(typed, text):
                if was != now:
                    tally.taken_for[(was, now)] += 1
        if field.get("correction"):
            tally.corrected[field["correction"]] += 1
        if field["doubts"]:
            tally.note(name, "doubted")
            tally.doubts.append(f"{file} {name}: {', '.join(field['doubts'])}: {value!r} stands there as {field['text']!r}")
        elif field.get("value") == value:
            tally.note(name, "right")
        else:
            tally.note(name, "wrong", f"{file} {name}: {value!r} was read as {field.get('value')!r}")
    for name, field in read.items():
        if name not in truth["fields"]:
            fate = "doubted" if field["doubts"] else "invented"
            if field["doubts"]:
                tally.doubts.append(f"{file} {name}: {', '.join(field['doubts'])}: nothing stands there as {field['text']!r}")
            tally.note(name, fate, f"{file} {name}: nothing was read as {field.get('value')!r}")
    if difference is None:
        tally.forms["a person looks"] += 1
    elif difference:
        tally.forms["wrong claim"] += 1
        tally.examples.append(f"{file}: the claim differs from the 837: {'; '.join(difference)[:300]}")
    else:
        tally.forms["claim without a person"] += 1


def read(tally, program, folder):
    files = [path for path in sorted(folder.iterdir()) if path.suffix not in (".json", ".837")]
    run = subprocess.run([*program, *map(str, files)], check=True, capture_output=True, text=True)
    for line in run.stdout.splitlines():
        report = json.loads(line)
        truth = json.loads((folder / report["file"]).with_suffix(".json").read_text())
        tally.seconds["words"] += report["pageSeconds"]
        tally.seconds["forms"] += report["formSeconds"]
        tally.seconds["pages"] += sum(len(form["pages"]) for form in truth["forms"])
        if report.get("fault") or len(report["forms"]) != len(truth["forms"]):
            tally.faults.append(f"{report['file']}: {report.get('fault') or 'other forms than were drawn'}")
            tally.forms["not read"] += len(truth["forms"])
            continue
        for form, expected, difference in zip(report["forms"], truth["forms"], report["differences"]):
            compare(tally, report["file"], form, expected, difference)


def show(tally, out, doubts):
    fates = ["right", "doubted", "wrong", "lost", "invented"]
    boxes = sum(sum(counter.values()) for counter in tally.by_box.values())
    forms = sum(tally.forms.values())
    print(f"{forms} forms on {tally.seconds['pages']} pages; {boxes} boxes with something in them", file=out)
    for fate in fates:
        print(f"  {fate:<10}{tally.total(fate):>8}  {100 * tally.total(fate) / max(1, boxes):6.2f} %", file=out)
    for name, count in sorted(tally.forms.items()):
        print(f"  {name:<24}{count:>6}  {100 * count / max(1, forms):6.1f} %", file=out)
    print(f"  words {tally.seconds['words']:.1f} s, forms {tally.seconds['forms']:.1f} s", file=out)
    rows = [(name, counter) for name, counter in tally.by_box.items() if sum(counter.values()) != counter["right"]]
    if rows:
        print(f"\n{'box':<18}" + "".join(f"{fate:>10}" for fate in fates), file=out)
    for name, counter in sorted(rows, key=lambda row: -(sum(row[1].values()) - row[1]["right"]))[:40]:
        print(f"{name:<18}" + "".join(f"{counter[fate]:>10}" for fate in fates), file=out)
    if tally.taken_for:
        print("\ntaken for another: " + ", ".join(f"{was} for {now} {count}" for (was, now), count in tally.taken_for.most_common(25)), file=out)
    if tally.corrected:
        print("put right: " + ", ".join(f"{what} {count}" for what, count in tally.corrected.most_common(15)), file=out)
    for example in tally.faults[:10] + tally.examples[:20] + tally.doubts[:doubts]:
        print("  " + example, file=out)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--look", default="mixed")
    parser.add_argument("--scan", choices=scanning.WEARS)
    parser.add_argument("--pictures", action="store_true", help="PDFs go through the sandbox, as they do in service")
    parser.add_argument("--least", type=float, default=None, help="of scans: the least share of boxes right, in percent")
    parser.add_argument("--doubts", type=int, default=20, help="how many boxes in doubt to name")
    arguments = parser.parse_args()
    tally = Tally()
    start = time.time()
    for first in range(0, arguments.count, 25):
        with tempfile.TemporaryDirectory() as folder:
            options = ["--seed", str(arguments.seed * 100 + first // 25), "--count", str(min(25, arguments.count - first))]
            options += ["--scan", arguments.scan, "--look", "plain"] if arguments.scan else ["--look", arguments.look]
            subprocess.run([sys.executable, str(HERE / "generate.py"), folder, *options], check=True)
            read(tally, [arguments.program] if arguments.scan or arguments.pictures else [arguments.program, "--words"], pathlib.Path(folder))
        print(f"{min(first + 25, arguments.count)} of {arguments.count} after {time.time() - start:.0f} s", file=sys.stderr)
    show(tally, sys.stdout, arguments.doubts)
    unnoticed = tally.total("wrong") + tally.total("lost") + tally.total("invented") + tally.forms["wrong claim"]
    right = 100 * tally.total("right") / max(1, sum(sum(counter.values()) for counter in tally.by_box.values()))
    broken = unnoticed > 0 or tally.faults or (not arguments.scan and right < 100) or (arguments.least and right < arguments.least)
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
