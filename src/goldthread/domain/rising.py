"""Whether a theme is rising: of the files audited lately, do more fall short on it than of those audited before?

The rule [J]: the last three rounds together are laid beside the three before them. A theme is rising where the part of
files that fall short on it is higher, and the lower end of the interval for the difference is above nothing, at a
one-sided level of 95%. It is falling by the same rule the other way. The interval is Newcombe's hybrid score interval
for two independent shares (Newcombe 1998, Statistics in Medicine 17: 873-890, method 10). With fewer than ten files on
either side, or fewer than five files that fall short in all, nothing is said. Of many themes one in twenty would seem
to rise by chance alone; the page says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from typing import NamedTuple

from goldthread.domain.intervals import Interval, wilson

ONE_SIDED = 1.6448536269514722
"""The standard normal value that leaves 5% on one side."""

ROUNDS = 3
"""How many rounds are put together, and laid beside as many before them."""

FEWEST_FILES, FEWEST_SHORT = 10, 5


class Verdict(StrEnum):
    """What is said of a theme."""

    RISING = "rising"
    FALLING = "falling"
    NO_CHANGE = "no change that can be told from chance"
    TOO_FEW = "too few files to say"


class Counted(NamedTuple):
    """Of how many files audited how many fall short on a theme."""

    short: int
    files: int


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of a theme, from which counts, and the interval of the difference of the two shares."""

    verdict: Verdict
    before: Counted
    lately: Counted
    difference: float | None = None
    interval: Interval | None = None


def difference(before: Counted, lately: Counted, z: float = ONE_SIDED) -> Interval:
    """The interval for the share lately less the share before (Newcombe's method 10).

    Raises ValueError unless each side has at least one file, and no more that fall short than files.
    """
    one, other = before.short / before.files if before.files else 0.0, lately.short / max(lately.files, 1)
    low_one, high_one = wilson(before.short, before.files, z)
    low, high = wilson(lately.short, lately.files, z)
    gap = other - one
    return Interval(
        gap - sqrt((other - low) ** 2 + (high_one - one) ** 2), gap + sqrt((high - other) ** 2 + (one - low_one) ** 2)
    )


def told(rounds: Sequence[Counted]) -> Told:
    """What is said of a theme from its counts by round, the earliest first. Fewer than six rounds say nothing."""
    lately, before = _together(rounds[-ROUNDS:]), _together(rounds[-2 * ROUNDS : -ROUNDS])
    few = min(lately.files, before.files) < FEWEST_FILES or lately.short + before.short < FEWEST_SHORT
    if len(rounds) < 2 * ROUNDS or few:
        return Told(Verdict.TOO_FEW, before, lately)
    interval = difference(before, lately)
    verdict = Verdict.NO_CHANGE
    if interval.low > 0:
        verdict = Verdict.RISING
    elif interval.high < 0:
        verdict = Verdict.FALLING
    return Told(verdict, before, lately, lately.short / lately.files - before.short / before.files, interval)


def _together(rounds: Sequence[Counted]) -> Counted:
    return Counted(sum(one.short for one in rounds), sum(one.files for one in rounds))
