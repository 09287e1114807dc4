"""Compares what a command printed with what the page says it prints.

Times, rates and moments are compared by their form. In the page, … is any text within a line, and … alone any lines.
"""

import re

FORMS = [
    (re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(\.\d+)?(Z|[+-]\d{4})?"), "<moment>"),
    (re.compile(r"\b\d[\d,.]* (s|ms|seconds)\b"), "<time>"),
    (re.compile(r"\b\d[\d,.]* claims/s\b"), "<rate>"),
]
# What bash itself says of a process that the page has killed.
ABOUT_A_JOB = re.compile(r"^bash: line \d+: +\d+ (Killed|Terminated)")


def form(line, varies):
    line = line.rstrip()
    for pattern, word in FORMS:
        line = pattern.sub(word, line)
    if varies and varies in line:
        line = " ".join(re.sub(r"\d[\d,.]*", "<number>", line).split())
    return line


def agree(printed, actual, varies=None):
    """Says whether lines of a page describe the actual lines."""
    pattern = ""
    for line in printed:
        if line.strip() == "…":
            pattern += r"(?:.*\n)*?"
        else:
            pattern += ".*".join(re.escape(part) for part in form(line, varies).split("…")) + r"\n"
    text = "".join(form(line, varies) + "\n" for line in trimmed(actual))
    return re.fullmatch(pattern, text) is not None


def trimmed(lines):
    lines = [line.rstrip() for line in lines if not ABOUT_A_JOB.match(line)]
    while lines and not lines[-1]:
        lines.pop()
    return lines
