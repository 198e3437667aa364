"""Who grades more kindly, by how much, and whether that changes over time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from random import Random
from typing import NamedTuple

from goldthread.domain.agreement.agreeing import ONE_FILE, SEED, TOO_ALIKE
from goldthread.domain.agreement.resampling import RESAMPLES, Figure, percentile_interval, resampled
from goldthread.domain.intervals import wilson

FEWEST_OF_A_HALF = 5
"""Files that the earlier and the later half must each hold before a change between them is told."""

NONE_COMPARED = "Nothing of theirs has been compared yet."


class Step(NamedTuple):
    """One grade beside another of the same file: by how many steps it is kinder, and on which day it was given."""

    case: str
    kinder_by: int
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Direction:
    """How often grades were kinder (over-optimistic) or harsher than those beside them, and by how much on average.

    `steps` is above nought where they were kinder. Intervals draw whole files.
    """

    files: int
    grades: int
    kinder: int
    harsher: int
    kinder_share: Figure
    harsher_share: Figure
    steps: Figure

    @property
    def same(self) -> int:
        """How many grades were the same."""
        return self.grades - self.kinder - self.harsher

    @property
    def leans(self) -> str:
        """“kinder” or “harsher” where the interval of the average leaves nought out; otherwise nothing."""
        return leaning(self.steps)


def leaning(figure: Figure) -> str:
    """“kinder” or “harsher” where an interval of steps leaves nought out; an empty string where it does not."""
    if figure.interval is None or figure.interval.low <= 0 <= figure.interval.high:
        return ""
    return "kinder" if figure.interval.low > 0 else "harsher"


def direction(steps: Iterable[Step], seed: str = SEED) -> Direction:
    """Grades beside those they are compared with: shares kinder and harsher, and the average in steps."""
    return _direction(tuple(sorted(steps, key=lambda one: (one.case, one.kinder_by))), seed)


# Pure, and asked for the same steps at every opening of the page.
@lru_cache(maxsize=256)
def _direction(held: tuple[Step, ...], seed: str) -> Direction:
    files = list(_by_file(held).values())
    kinder, harsher = sum(one.kinder_by > 0 for one in held), sum(one.kinder_by < 0 for one in held)
    return Direction(
        len(files), len(held), kinder, harsher, _share(files, kinder, len(held), 1, seed),
        _share(files, harsher, len(held), -1, seed), _average(files, seed),
    )  # fmt: skip


class Period(StrEnum):
    """How time is parted."""

    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Stretch:
    """One week (by its Monday) or month (by its first day): how many files and grades, and the average in steps."""

    begins: date
    files: int
    grades: int
    steps: Figure


@dataclass(frozen=True, slots=True)
class Drift:
    """How kindly somebody graded over time; `change` is the later half of their files less the earlier."""

    stretches: tuple[Stretch, ...]
    change: Figure

    @property
    def turns(self) -> str:
        """“kinder” or “harsher” where the change is more than chance; otherwise nothing."""
        return leaning(self.change)


def drift(steps: Iterable[Step], period: Period = Period.WEEK, seed: str = SEED) -> Drift:
    """Grades over time. Those without a day are left out."""
    dated = (one for one in steps if one.day is not None)
    return _drift(tuple(sorted(dated, key=lambda one: (_day(one), one.case, one.kinder_by))), period, seed)


@lru_cache(maxsize=256)
def _drift(held: tuple[Step, ...], period: Period, seed: str) -> Drift:
    parted: dict[date, list[Step]] = {}
    for one in held:
        parted.setdefault(_begins(_day(one), period), []).append(one)
    stretches = []
    for begins, some in parted.items():
        files = list(_by_file(some).values())
        stretches.append(Stretch(begins, len(files), len(some), _average(files, seed)))
    return Drift(tuple(stretches), _change(held, seed))


def _change(held: Sequence[Step], seed: str) -> Figure:
    files = list(_by_file(held).values())
    middle = len(files) // 2
    early, late = files[:middle], files[middle:]
    if len(early) < FEWEST_OF_A_HALF:
        return Figure(None, None, f"Drift is told from {2 * FEWEST_OF_A_HALF} dated files on; there are {len(files)}.")
    dice = Random(seed)  # noqa: S311 - drawn to be repeated, not to be secret

    def drawn(half: list[_Part]) -> float:
        return _ratio([half[int(dice.random() * len(half))] for _ in half])

    halves = [[_Part(sum(file), len(file)) for file in half] for half in (late, early)]
    found = [drawn(halves[0]) - drawn(halves[1]) for _ in range(RESAMPLES)]
    value = _ratio(halves[0]) - _ratio(halves[1])
    interval = percentile_interval(found)
    return Figure(value, interval, "" if interval else TOO_ALIKE)


def _by_file(steps: Iterable[Step]) -> dict[str, list[int]]:
    files: dict[str, list[int]] = {}
    for one in steps:
        files.setdefault(one.case, []).append(one.kinder_by)
    return files


def _share(files: list[list[int]], count: int, of: int, sign: int, seed: str) -> Figure:
    if not of:
        return Figure(None, None, NONE_COMPARED)
    if all(len(file) == 1 for file in files):
        return Figure(count / of, wilson(count, of))
    if count in (0, of):
        whole = len(files)
        return Figure(count / of, wilson(whole if count else 0, whole))
    parts = [[_Part(sum(step * sign > 0 for step in file), len(file))] for file in files]
    found = resampled(parts, _ratio, seed)
    interval = percentile_interval(found)
    return Figure(count / of, interval, "" if interval else ONE_FILE if len(files) == 1 else TOO_ALIKE)


def _average(files: list[list[int]], seed: str) -> Figure:
    if not files:
        return Figure(None, None, NONE_COMPARED)
    parts = [_Part(sum(file), len(file)) for file in files]
    if len(files) == 1:
        return Figure(_ratio(parts), None, ONE_FILE)
    interval = percentile_interval(resampled([[part] for part in parts], _ratio, seed))
    return Figure(_ratio(parts), interval, "" if interval else TOO_ALIKE)


class _Part(NamedTuple):
    """What one file adds above and below the line of a ratio."""

    counted: int
    of: int


def _ratio(parts: Sequence[_Part]) -> float:
    return sum(part[0] for part in parts) / sum(part[1] for part in parts)


def _begins(day: date, period: Period) -> date:
    return day.replace(day=1) if period is Period.MONTH else date.fromordinal(day.toordinal() - day.weekday())


def _day(step: Step) -> date:
    return step.day or date.min
