"""Two inspections of one authority side by side: what held, what slipped, what came back, and what was put right.

A point of the later report is taken for the same thing where it tells of the same service and its words point to the
same theme. That is by words alone, so somebody has to read both before leaning on it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from goldthread.domain.watch.recurrence import themes_in


class Became(StrEnum):
    """What the later report says of a point of the earlier one."""

    SLIPPED = "slipped"
    BACK = "came back"
    HELD = "held"
    PUT_RIGHT = "put right"
    NOT_TOLD = "not told of again"


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a report: the services it tells of, whether it tells of something done well, and its words."""

    services: frozenset[str]
    well: bool
    text: str

    def same_as(self, other: "Point") -> bool:
        """Whether both tell of one service and one theme, by their words."""
        return bool(self.services & other.services) and bool(set(themes_in(self.text)) & set(themes_in(other.text)))


@dataclass(frozen=True, slots=True)
class Told:
    """A point of the earlier report, what became of it, and the points of the later one by which that is said."""

    then: Point
    became: Became
    now: tuple[Point, ...]


def told(then: Point, later: Iterable[Point]) -> Told:
    """What became of one point. Where the later report says both that it is well and that it is not, it is not."""
    same = [one for one in later if then.same_as(one)]
    short = tuple(one for one in same if not one.well)
    if short:
        return Told(then, Became.SLIPPED if then.well else Became.BACK, short)
    if same:
        return Told(then, Became.HELD if then.well else Became.PUT_RIGHT, tuple(same))
    return Told(then, Became.NOT_TOLD, ())


def beside(earlier: Iterable[Point], later: Iterable[Point]) -> tuple[tuple[Told, ...], tuple[Point, ...]]:
    """Every point of the earlier report with what became of it, and what the later one says for the first time.

    What slipped stands first, then what came back, what held, what was put right, and what is not told of again.
    """
    held = list(later)
    order = list(Became)
    found = sorted((told(one, held) for one in earlier), key=lambda one: order.index(one.became))
    known = {id(point) for one in found for point in one.now}
    return tuple(found), tuple(one for one in held if id(one) not in known)
