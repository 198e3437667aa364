"""How long until something happens, when for some it has not happened yet: Kaplan-Meier curves.

For re-referral and return to care: the clock starts when a child leaves, and stops at the return or, for those not
back yet, at the as-at date. The interval is Greenwood's on the log-minus-log scale, which stays between 0 and 1.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import exp, log, sqrt

from goldthread.domain.intervals import Z


@dataclass(frozen=True, slots=True)
class Wait:
    """How many days one child was followed, and whether it ended with the event."""

    days: int
    happened: bool


@dataclass(frozen=True, slots=True)
class Step:
    """The curve at one day on which the event happened to somebody: the share still without it, and its interval."""

    day: int
    at_risk: int
    happened: int
    still: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Curve:
    """A survival curve: how many were followed, to how many it happened, and its steps."""

    followed: int
    happened: int
    longest: int
    steps: tuple[Step, ...]

    def at(self, day: int) -> Step | None:
        """The curve on a day. None after the last day on which anybody was followed."""
        if day > self.longest:
            return None
        before = [step for step in self.steps if step.day <= day]
        return before[-1] if before else Step(0, self.followed, 0, 1.0, 1.0, 1.0)

    def back_by(self, day: int) -> tuple[float, float, float] | None:
        """The share to whom it has happened by a day, with its interval."""
        step = self.at(day)
        return None if step is None else (1 - step.still, 1 - step.high, 1 - step.low)


def kaplan_meier(waits: Sequence[Wait], z: float = Z) -> Curve:
    """The curve of some waits. Those censored on a day count as at risk on that day.

    Raises ValueError for no waits, or a negative one.
    """
    if not waits:
        raise ValueError("a curve needs somebody to follow")
    if any(wait.days < 0 for wait in waits):
        raise ValueError("nobody can be followed for less than no time")
    still, sum_of_risk = 1.0, 0.0
    steps: list[Step] = []
    all_days, of_day = sorted(wait.days for wait in waits), Counter(wait.days for wait in waits if wait.happened)
    for day, happened in sorted(of_day.items()):
        at_risk = len(waits) - bisect_left(all_days, day)
        still *= 1 - happened / at_risk
        if at_risk > happened:
            sum_of_risk += happened / (at_risk * (at_risk - happened))
            low, high = _interval(still, sum_of_risk, z)
        else:
            low, high = 0.0, steps[-1].high if steps else 1.0
        steps.append(Step(day, at_risk, happened, still, low, high))
    return Curve(len(waits), sum(wait.happened for wait in waits), max(wait.days for wait in waits), tuple(steps))


def _interval(still: float, sum_of_risk: float, z: float) -> tuple[float, float]:
    spread = z * sqrt(sum_of_risk) / abs(log(still))
    centre = log(-log(still))
    return exp(-exp(centre + spread)), exp(-exp(centre - spread))


def waits_until_return(
    ends: Mapping[str, Iterable[date]], starts: Mapping[str, Iterable[date]], as_at: date
) -> list[Wait]:
    """For every end of a child's case, the days until the next start, or until the as-at date where there was none.

    A start on the day of the end is no return: the case was passed on. Ends after the as-at date are left out, and a
    start after it has not happened yet.
    """
    waits = []
    for child, days in ends.items():
        returns = sorted(day for day in starts.get(child, ()) if day <= as_at)
        for end in sorted(day for day in days if day <= as_at):
            back = next((day for day in returns if day > end), None)
            waits.append(Wait(((back or as_at) - end).days, back is not None))
    return waits
