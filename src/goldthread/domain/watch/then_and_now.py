"""Two inspections of one authority side by side: what held, what slipped, what came back, and what was put right.

A point of the later report is taken for the same thing where it tells of the same service, its words point to the same
theme, and both use at least one word that says more than of whom they tell. Each point is taken once at most, with the
one whose words are nearest. That is by words alone, so somebody has to read both before leaning on it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from goldthread.domain.watch.recurrence import themes_in

_WORD = re.compile(r"[^\W\d_]{4,}")
_STEM = 5
"""So many letters of a word are held against those of another: “assessments” and “assessed” are one word [J]."""
_OF_WHOM = frozenset(
    word[:_STEM]
    for word in (
        "about", "after", "always", "authority", "because", "been", "before", "being", "care", "carers", "child",
        "council", "each", "enough", "every", "families", "family", "from", "have", "into", "leavers", "leaving",
        "local", "many", "more", "most", "must", "need", "often", "other", "parents", "people", "service", "should",
        "social", "some", "team", "than", "that", "their", "them", "then", "there", "these", "they", "this", "those",
        "very", "well", "were", "what", "when", "where", "which", "while", "whom", "whose", "will", "with",
        "workers", "young",
    )
)  # fmt: skip
"""Words that say of whom a point tells, or join others: they make no two points the same."""


class Became(StrEnum):
    """What the later report says of a point of the earlier one."""

    SLIPPED = "slipped"
    BACK = "came back"
    HELD = "held"
    PUT_RIGHT = "put right"
    NOT_TOLD = "nothing said of it now"


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a report: the services it tells of, whether it tells of something done well, and its words."""

    services: frozenset[str]
    well: bool
    text: str

    def near(self, other: "Point") -> float:
        """How near the words of two points of one service and one theme are, from 0 (another thing) to 1."""
        if not self.services & other.services or not set(themes_in(self.text)) & set(themes_in(other.text)):
            return 0.0
        ours, theirs = _words(self.text), _words(other.text)
        return 2 * len(ours & theirs) / (len(ours) + len(theirs)) if ours & theirs else 0.0


def _words(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in _WORD.findall(text.casefold())) - _OF_WHOM


@dataclass(frozen=True, slots=True)
class Told:
    """A point of the earlier report, what became of it, and the point of the later one by which that is said."""

    then: Point
    became: Became
    now: tuple[Point, ...]


def told(then: Point, later: Iterable[Point]) -> Told:
    """What became of one point, by whichever of the later report is nearest to it."""
    return beside([then], later)[0][0]


def beside(earlier: Iterable[Point], later: Iterable[Point]) -> tuple[tuple[Told, ...], tuple[Point, ...]]:
    """Every point of the earlier report with what became of it, and what the later one says for the first time.

    The nearest two are taken for one another first, and of two that are as near that which is not well. What slipped
    stands first, then what came back, what held, what was put right, and of what nothing is said.
    """
    held, points = list(later), list(earlier)
    pairs = sorted(
        (-near, now.well, first, second)
        for first, then in enumerate(points)
        for second, now in enumerate(held)
        if (near := then.near(now))
    )
    same: dict[int, int] = {}
    for _, _, first, second in pairs:
        if first not in same and second not in same.values():
            same[first] = second
    order = list(Became)
    found = [_became(then, held[same[place]] if place in same else None) for place, then in enumerate(points)]
    known = set(same.values())
    return (
        tuple(sorted(found, key=lambda one: order.index(one.became))),
        tuple(one for place, one in enumerate(held) if place not in known),
    )


def _became(then: Point, now: Point | None) -> Told:
    if now is None:
        return Told(then, Became.NOT_TOLD, ())
    if now.well:
        return Told(then, Became.HELD if then.well else Became.PUT_RIGHT, (now,))
    return Told(then, Became.SLIPPED if then.well else Became.BACK, (now,))
