#!/usr/bin/env python3
"""Checks that the folders of each target do not depend on each other in a circle, by the types that their files name.

Files beside the folders are above them. Prints each circle with the types that form it; exits with 1 if there is one.
"""
import collections
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent / "Sources"
MODIFIERS = r"(?:(?:package|public|private|fileprivate|final|indirect|@\w+(?:\([^)]*\))?) )*"
TYPE = re.compile(rf"^( *)({MODIFIERS})(?:struct|enum|class|protocol|typealias|actor) (\w+)", re.M)


def code(text):
    """Returns the text without comments and string literals."""
    text = re.sub(r"//.*", "", text)
    text = re.sub(r'"""[\s\S]*?"""', "", text)
    return re.sub(r'"(?:[^"\\\n]|\\.)*"', "", text)


def graph(target):
    """Returns, for each folder, the folders that it depends on, each with the types."""
    texts = {file: code(file.read_text()) for file in sorted(target.rglob("*.swift"))}
    folder = {file: file.relative_to(target).parts[0] if file.parent != target else "" for file in texts}
    declared, nested = {}, collections.defaultdict(set)
    for file, text in texts.items():
        for indent, modifiers, name in TYPE.findall(text):
            if indent or "private" in modifiers:
                nested[folder[file]].add(name)
            else:
                declared.setdefault(name, folder[file])
    needs = collections.defaultdict(lambda: collections.defaultdict(set))
    for file, text in texts.items():
        here = folder[file]
        for name in set(re.findall(r"(?<!\.)\b[A-Z]\w+\b", text)):
            there = declared.get(name)
            if there is not None and there != here and name not in nested[here]:
                needs[here][there].add(name)
    return needs


def reachable(needs, start):
    seen, left = set(), [start]
    while left:
        for next_folder in needs.get(left.pop(), {}):
            if next_folder not in seen:
                seen.add(next_folder)
                left.append(next_folder)
    return seen


def main():
    circles = 0
    targets = [path for path in sorted(ROOT.iterdir()) if any(path.rglob("*.swift"))]
    for target in targets:
        needs = graph(target)
        for here in sorted(needs):
            for there, names in sorted(needs[here].items()):
                if here in reachable(needs, there):
                    circles += 1
                    print(f"{target.name}: {here or '(top)'} needs {there or '(top)'}: {', '.join(sorted(names))}")
    print(f"{len(targets)} targets, {circles} dependencies in circles")
    return 1 if circles else 0


sys.exit(main())
