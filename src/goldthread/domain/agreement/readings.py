"""Answers as they were handed in, by case, reviewer and question, brought together in pairs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from goldthread.domain.agreement.agreeing import SEED, Agreement, Pair, agreement
from goldthread.domain.agreement.direction import Direction, Drift, Period, Step, direction, drift
from goldthread.domain.agreement.scales import Scale


class Reading(NamedTuple):
    """What one reviewer answered to one question about one case, and when."""

    case: str
    reviewer: str
    question: str
    grade: str
    day: date | None = None


class ReadTwice(NamedTuple):
    """One question about one case, answered by two reviewers; the first as it came first."""

    case: str
    question: str
    first: Reading
    second: Reading

    @property
    def pair(self) -> Pair:
        """The two answers alone. The question is part of no pair, so that those of several can be counted together."""
        return Pair(self.case, self.first.grade, self.second.grade)


@dataclass(frozen=True, slots=True)
class Paired:
    """What was read twice, and what was left out: read once only, or by a third reviewer."""

    twice: tuple[ReadTwice, ...]
    once: int
    more: int


class ReadingError(ValueError):
    """Answers that cannot be paired. The message is one plain sentence that says which and how to mend it."""


def paired(readings: Iterable[Reading]) -> Paired:
    """Bring answers together that two reviewers gave to the same question about the same case.

    Raises ReadingError where one reviewer answered twice. Of three reviewers the first two are compared.
    """
    held: dict[tuple[str, str], list[Reading]] = {}
    for one in readings:
        some = held.setdefault((one.case, one.question), [])
        if any(other.reviewer == one.reviewer for other in some):
            raise ReadingError(
                f"{one.reviewer} answered “{one.question}” of case {one.case} twice; leave one of the two rows out."
            )
        some.append(one)
    twice = [ReadTwice(case, question, some[0], some[1]) for (case, question), some in held.items() if len(some) > 1]
    return Paired(
        tuple(twice),
        sum(len(some) == 1 for some in held.values()),
        sum(max(0, len(some) - 2) for some in held.values()),
    )


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One reviewer beside whoever read the same files: how often and by how much kinder, and over time."""

    reviewer: str
    direction: Direction
    drift: Drift


def agreement_of(twice: Iterable[ReadTwice], scale: Scale, seed: str = SEED) -> Agreement:
    """How far the two readers agree over all these pairs, which stand on one scale."""
    return agreement((one.pair for one in twice), scale, seed)


def steps_of(twice: Iterable[ReadTwice], scale: Scale, reviewer: str) -> list[Step]:
    """By how many steps each grade of a reviewer is kinder than the other reader's, on an ordered scale."""
    found = []
    for one in twice:
        for own, other in ((one.first, one.second), (one.second, one.first)):
            if own.reviewer == reviewer and scale.holds(own.grade, other.grade):
                found.append(Step(one.case, scale.kinder_by(own.grade, other.grade), own.day))
    return found


def reviewers_of(
    twice: Sequence[ReadTwice], scale: Scale, period: Period = Period.WEEK, seed: str = SEED
) -> list[Reviewed]:
    """Each reviewer, by name, beside whoever read the same files."""
    names = sorted({one.reviewer for pair in twice for one in (pair.first, pair.second)})
    found = []
    for name in names:
        steps = steps_of(twice, scale, name)
        found.append(Reviewed(name, direction(steps, seed), drift(steps, period, seed)))
    return found
