"""Shares of files audited or of people asked, look by look, and grades of the same files side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb

from goldthread.domain.intervals import Z
from goldthread.domain.rising import FEWEST_FILES, ROUNDS, Counted, difference
from goldthread.domain.watch.kinds import KINDS, Sign
from goldthread.domain.watch.series import Month, Watched

BEFORE = 4
"""How many times as many looks are held against as are taken as one now [J]: their luck stays while the others' passes.
"""

DOUBT = 0.025
"""How often chance alone may make over-optimism of a toss of a coin."""

FEWEST_DIFFERING = 6
"""With fewer files graded otherwise no toss of coins is that rare, whichever way they fall."""


@dataclass(frozen=True, slots=True)
class Look:
    """One round of audits or one survey: in which month, and how many of how many it was well with."""

    period: str
    met: int
    of: int


def watch_shares(looks: Sequence[Look], *, judged: str | None, sign: Sign, together: int = ROUNDS) -> Watched:
    """Watch a share look by look, in order of time; the last `together` looks are taken as one.

    Held against are up to `BEFORE` times as many looks up to the judgement, or, where those have fewer than ten files,
    the first `together` that there are. Fewer than ten on a side say nothing.
    """
    place = sum(one.period <= judged for one in looks) if judged else 0
    against = looks[max(0, place - BEFORE * together) : place]
    before = _of(against) >= FEWEST_FILES
    if not before:
        place, against = together, looks[:together]
    watched = looks[place:]
    names = tuple(one.period for one in against)
    if _of(against) < FEWEST_FILES or not watched:
        return Watched(names, before, (), 0.0, None, "There are too few looks, or too few files or answers in them.")
    held = _together(against)
    months = []
    for number in range(1, len(watched) + 1):
        lately = _together(watched[max(0, number - together) : number])
        if lately.files >= FEWEST_FILES:
            gap = difference(held, lately, Z)
            worse, better = (frozenset({sign}) if told else frozenset() for told in (gap.high < 0, gap.low > 0))
            months.append(Month(watched[number - 1].period, worse, better))
    why = "" if months else "Fewer than ten files or answers lie after those held against."
    return Watched(names, before, tuple(months), KINDS[sign].rate() if months else 0.0, None, why)


def _of(looks: Sequence[Look]) -> int:
    return sum(one.of for one in looks)


def _together(looks: Sequence[Look]) -> Counted:
    return Counted(sum(one.met for one in looks), _of(looks))


def over_optimistic(kinder: int, harsher: int) -> bool:
    """Whether grades beside others of the same files are kinder more often than a toss of a coin explains.

    Of `kinder` + `harsher` that differ: the exact chance of so many kinder, or more, is 2.5% at most. That needs six
    at least. Raises ValueError for a negative count.
    """
    if min(kinder, harsher) < 0:
        raise ValueError("a count cannot be negative")
    differ = kinder + harsher
    return bool(differ) and sum(comb(differ, more) for more in range(kinder, differ + 1)) / 2**differ <= DOUBT
