"""Whether what was recommended has made a difference: a goal's share at the baseline beside the share found later.

A goal asks that a share of files (k of n, from a measure or from a question of an instrument) reach a target. What is
said of it never rests on actions that somebody calls complete, but on the next sample:

- **Change** [J]: improved, or worse, where the interval of the difference between the two shares lies wholly on one
  side of nothing, at a one-sided level of 95%. The interval is Newcombe's hybrid score interval (Newcombe 1998,
  Statistics in Medicine 17: 873-890, method 10), as for themes in `rising`. No finite-population correction: change is
  said of the practice of a time and not only of the children who happened to be on the list, so a list that was
  counted whole does not make one child a change.
- **Target**: surely reached, or surely not, where the 95% Wilson interval of the later share lies wholly on one side
  of the target (Wilson 1927; for a sample from a list of known length after O'Neill 2021). Here the list's length
  counts: a whole list at 100% has reached a target of 100%, which no sample can show.
- **Slipping** [J]: a goal that was closed has slipped where the target is surely not reached any more; or where the
  share is worse than it stood at closing, and the target is not surely reached still.

- **Pools** [J]: a draw of fewer than ten files is joined with the draws next to it, of the same definition, until there
  are ten; a draw counts in one pool alone, so that no file is judged twice. What was counted whole is never joined
  with what was counted whole before: those are the same children again.

Fewer than ten files on a side say nothing of change [J]. Across a change of definition nothing is said at all. Each
reading is tested by itself: of many goals that stand still, about one in twenty would be called improved by chance
alone, and about one in twenty worse.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from goldthread.domain.control_charts import Direction
from goldthread.domain.intervals import Interval, wilson, wilson_finite
from goldthread.domain.rising import Counted, difference

FEWEST_FILES = 10
"""Fewer files than these at the baseline, or later, do not tell a change from chance [J]."""


class Verdict(StrEnum):
    """What is said of the change since the baseline."""

    IMPROVED = "improved"
    NO_CLEAR_CHANGE = "no clear change"
    WORSE = "worse"
    TOO_LITTLE = "not enough evidence"
    DEFINED_ANEW = "not comparable"


class Reach(StrEnum):
    """What is said of the target."""

    SURELY = "surely reached"
    SURELY_NOT = "surely not reached"
    CANNOT_TELL = "cannot be told"


NOTHING_SAID: dict[Verdict, str] = {
    Verdict.TOO_LITTLE: f"There are fewer than {FEWEST_FILES} files at the baseline or now, too few to tell a change.",
    Verdict.DEFINED_ANEW: "The definition has changed since the baseline, so the two shares are not compared. "
    "Set a new baseline by the definition in force.",
}
"""Why nothing is said of the change."""


@dataclass(frozen=True, slots=True)
class Sampled:
    """A share as it was found: `met` of `of` files, by which version of the definition.

    `listed` is how many files there were to draw from; None where that is not known, or the files are a draw from no
    list. Raises ValueError unless 0 <= met <= of, and of <= listed.
    """

    met: int
    of: int
    definition: str
    listed: int | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.met <= self.of:
            raise ValueError("a share is so many of the files looked at, from none to all")
        if self.listed is not None and self.of > self.listed:
            raise ValueError("more files were looked at than there are on the list")

    @property
    def interval(self) -> Interval | None:
        """The range of shares, from 0 to 1, that fit what was found on this list; None where no file was looked at."""
        if not self.of:
            return None
        return wilson(self.met, self.of) if self.listed is None else wilson_finite(self.met, self.of, self.listed)

    @property
    def few(self) -> bool:
        """Whether there are too few files to tell a change from chance."""
        return self.of < FEWEST_FILES

    @property
    def whole(self) -> bool:
        """Whether every file of the list was looked at, so that nothing of it was left to a draw."""
        return self.listed == self.of

    def joins(self, other: "Sampled") -> bool:
        """Whether two may be counted together: both are draws, by one definition."""
        return self.listed is None and other.listed is None and self.definition == other.definition


@dataclass(frozen=True, slots=True)
class Aim:
    """Which way is better, and the share that is asked for, in per cent.

    Raises ValueError where neither way is better, and for a target outside 0 to 100.
    """

    better: Direction
    target: int

    def __post_init__(self) -> None:
        if self.better is Direction.NEITHER:
            raise ValueError("a goal needs to know which way is better")
        if not 0 <= self.target <= 100:
            raise ValueError("a target is from 0 to 100 per cent")


@dataclass(frozen=True, slots=True)
class Change:
    """What is said of the change, and the difference of the two shares with its interval.

    The difference is later less earlier, from -1 to 1; its interval is of 90%, 5% on each side. Both are None where
    nothing is said.
    """

    verdict: Verdict
    difference: float | None = None
    interval: Interval | None = None


def together(found: Sequence[Sampled]) -> Sampled:
    """What several draws of one definition found, counted together; what stands alone is itself."""
    first = found[0]
    if len(found) == 1:
        return first
    return Sampled(sum(one.met for one in found), sum(one.of for one in found), first.definition)


def pools(found: Sequence[Sampled]) -> list[int]:
    """How many of what was found, the oldest first, make up each pool: as many draws as it takes to have ten files.

    The last pool may be short: it waits for the next draw. One that a change of definition follows stays short.
    """
    sizes: list[int] = []
    at = 0
    while at < len(found):
        size = 1
        while together(found[at : at + size]).few and at + size < len(found) and found[at].joins(found[at + size]):
            size += 1
        sizes.append(size)
        at += size
    return sizes


def newest_pool(found: Sequence[Sampled]) -> int:
    """How many of what was found last make up a pool, going back no further than it takes to have ten files."""
    size = min(1, len(found))
    while size and size < len(found) and together(found[-size:]).few and found[-1].joins(found[-size - 1]):
        size += 1
    return size


def change(aim: Aim, earlier: Sampled, later: Sampled) -> Change:
    """Whether the later share is better than the earlier one by more than chance explains."""
    if earlier.definition != later.definition:
        return Change(Verdict.DEFINED_ANEW)
    if earlier.few or later.few:
        return Change(Verdict.TOO_LITTLE)
    interval = difference(Counted(earlier.met, earlier.of), Counted(later.met, later.of))
    rose, fell = interval.low > 0, interval.high < 0
    verdict = Verdict.NO_CLEAR_CHANGE
    if rose or fell:
        verdict = Verdict.IMPROVED if rose is (aim.better is Direction.HIGH) else Verdict.WORSE
    return Change(verdict, later.met / later.of - earlier.met / earlier.of, interval)


def reach(aim: Aim, defined: str, found: Sampled) -> Reach:
    """Whether what was found reaches the target, which was set by the definition `defined`.

    A share by another definition, and one of no files, tell nothing of the target.
    """
    interval = found.interval
    if interval is None or found.definition != defined:
        return Reach.CANNOT_TELL
    target = aim.target / 100
    if aim.better is Direction.HIGH:
        surely, surely_not = interval.low >= target, interval.high < target
    else:
        surely, surely_not = interval.high <= target, interval.low > target
    return Reach.SURELY if surely else Reach.SURELY_NOT if surely_not else Reach.CANNOT_TELL


def has_slipped(aim: Aim, at_closing: Sampled, later: Sampled) -> bool:
    """Whether a goal that was closed on `at_closing` has slipped since, by what was found later.

    Too few files, and a share by another definition, never make a goal slip: that would reopen it on nothing.
    """
    since = change(aim, at_closing, later).verdict
    if since is Verdict.DEFINED_ANEW or later.few:
        return False
    reached = reach(aim, at_closing.definition, later)
    return reached is Reach.SURELY_NOT or (since is Verdict.WORSE and reached is not Reach.SURELY)
