"""Reads the fenced blocks of a Markdown page, with the comments before them that say how a block is checked.

<!-- run: no, REASON -->            the commands are not run
<!-- run: not compared, REASON -->  they are run, and what they print is not looked at
<!-- exit: 65 -->                   the statuses with which the commands may end, with commas; without it 0
<!-- varies: TEXT -->               in lines with this text, numbers may differ
<!-- needs: jq -->                  what has to be installed for it
<!-- file: PATH -->                 not commands: the text of a file that later commands of the page use
<!-- from: PATH -->                 not commands: lines of a file of the repository, which the tests compile
"""

import dataclasses
import re

DIRECTIVE = re.compile(r"^<!-- (run|exit|varies|needs|file|from): (.*?) -->$")
FENCE = re.compile(r"^```(\w*)\s*$")
# What begins a command in a block that is indented instead of fenced.
INDENTED_COMMAND = re.compile(r"^ {4,}(\$ |(claims|make|curl|swift|docker|apt-get|sqlite3|psql|pg_\w+) )")


@dataclasses.dataclass
class Step:
    """A command and the lines that the page prints below it."""

    command: str
    printed: list
    line: int


@dataclasses.dataclass
class Block:
    page: str
    line: int
    language: str
    lines: list
    directives: dict

    @property
    def is_transcript(self):
        return bool(self.lines) and self.lines[0].startswith("$ ")

    @property
    def reason_not_to_run(self):
        verdict, _, reason = self.directives.get("run", "").partition(", ")
        return reason if verdict == "no" else None

    @property
    def is_compared(self):
        return not self.directives.get("run") and any(step.printed for step in self.steps())

    def steps(self):
        """Splits a transcript at its prompts. A command goes on in the next line after a backslash, a pipe or &&."""
        steps = []
        unfinished = False
        for number, line in enumerate(self.lines, self.line + 1):
            if line.startswith("$ ") and not unfinished:
                steps.append(Step(line[2:], [], number))
            elif unfinished:
                steps[-1].command += "\n" + line.strip()
            else:
                steps[-1].printed.append(line)
                continue
            unfinished = line.endswith(("\\", "|", "&&"))
        return steps


def read(path, name):
    """Returns the blocks of a page, and complaints about blocks that nothing could check."""
    blocks, complaints, directives, block, before = [], [], {}, None, ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        fence = FENCE.match(line)
        if block is not None:
            if line == "```":
                blocks.append(block)
                block = None
            else:
                block.lines.append(line)
        elif fence:
            block = Block(name, number, fence[1], [], directives)
            directives = {}
        elif match := DIRECTIVE.match(line):
            directives[match[1]] = match[2]
        else:
            if directives and line.strip():
                complaints.append(f"{name}:{number}: a comment for a block that does not follow")
                directives = {}
            if INDENTED_COMMAND.match(line) and not before.strip():
                complaints.append(f"{name}:{number}: commands in an indented block: fence them, and begin each with $")
        before = line
    if block is not None:
        complaints.append(f"{name}:{block.line}: a block without an end")
    return blocks, complaints
