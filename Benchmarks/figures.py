"""The figures of a run: a value for each round of a measurement, and what was left out."""
import statistics
import sys
from typing import NamedTuple


class Figure(NamedTuple):
    group: str
    unit: str
    values: list


class Figures:
    def __init__(self):
        self.taken = {}
        self.left_out = {}
        self.tables = {}
        self.group = ""

    def add(self, unit, what, value):
        """Adds what one round gave."""
        self.taken.setdefault(what, Figure(self.group, unit, [])).values.append(value)
        print(f"{what:<72} {shown(value):>12} {unit}", flush=True)

    def attempt(self, what, work):
        """Runs one round of a measurement. One that fails is left out from then on, and the report gives the reason."""
        if what in self.left_out:
            return
        try:
            work()
        except (RuntimeError, OSError, ValueError) as error:
            self.leave_out(what, str(error))

    def leave_out(self, what, why):
        # A traceback ends with what happened.
        self.left_out[what] = (self.group, (why.strip().splitlines() or ["no reason given"])[-1][:160])
        print(f"{what}: left out: {why}", file=sys.stderr, flush=True)

    def median(self, what):
        """Returns the median of the rounds, or nothing where the measurement was not made."""
        figure = self.taken.get(what)
        return statistics.median(figure.values) if figure else None

    def ratio(self, what, other):
        """Returns the ratio of two medians, or nothing where one of them is missing."""
        left, right = self.median(what), self.median(other)
        return left / right if left is not None and right else None


def shown(value):
    """Returns a number with as many digits as are worth reading."""
    magnitude = abs(value)
    if magnitude >= 100:
        return f"{value:,.0f}"
    return f"{value:,.1f}" if magnitude >= 10 else f"{value:,.2f}" if magnitude >= 0.1 else f"{value:,.3f}"
