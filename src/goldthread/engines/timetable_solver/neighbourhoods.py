"""Parts of a plan that are worked out anew while the rest stays: some days of some people, chosen by chance."""

import random
from collections.abc import Iterator

from goldthread.domain.timetable import Booking, Fieldwork, Plan
from goldthread.engines.timetable_solver.options import Cell

SMALL = 6_000
"""With so few options the whole is worked out at once, which can also prove that nothing better is to be had."""

CELLS = (24, 36, 54, 80)
"""How many days of people are freed at once; more where less has stopped helping."""


class Neighbourhoods:
    """One part after another. `failed` widens them, `helped` narrows them again."""

    def __init__(self, fieldwork: Fieldwork, seed: int = 1) -> None:
        self._fieldwork = fieldwork
        self._chance = random.Random(seed)  # noqa: S311 - nothing secret, and to be repeated
        self._width, self._failures = 0, 0

    def helped(self) -> None:
        """The last part was made better."""
        self._failures = 0

    def failed(self) -> None:
        """The last part could not be made better."""
        self._failures += 1
        if self._failures % 8 == 0:
            self._width = (self._width + 1) % len(CELLS)

    def next(self, plan: Plan) -> frozenset[Cell]:
        """Some days of some people, about something that a plan misses."""
        people = [one.id for one in self._fieldwork.people]
        days = list(self._fieldwork.days)
        count = CELLS[self._width]
        must = list(self._missed(plan))
        begin = self._chance.choice(must) if must and self._chance.random() < 0.7 else None
        width = self._chance.choice([2, 3, len(people) // 2, len(people)])
        width = max(1, min(width, len(people)))
        length = max(1, min(len(days), count // width))
        chosen = self._some(people, width, begin[0] if begin else None)
        when = self._some(days, length, begin[1] if begin else None)
        return frozenset((person, day) for person in chosen for day in when)

    def _some(self, everything: list, count: int, one: object) -> list:  # type: ignore[type-arg]
        chosen = self._chance.sample(everything, count)
        return [one, *[each for each in chosen if each != one][: count - 1]] if one is not None else chosen

    def _missed(self, plan: Plan) -> Iterator[Cell]:
        """Days of people on which a plan misses an aim, or on which something that is left out could be."""
        tasks, people = self._fieldwork.task, self._fieldwork.person
        placed = set()
        for booking in plan.bookings:
            placed.add(booking.task)
            site = tasks[booking.task].site
            yield from ((one, booking.day) for one in booking.people if site and people[one].home not in ("", site))
        for task in self._fieldwork.tasks:
            if task.id not in placed:
                for day in self._fieldwork.days:
                    if task.first <= day <= task.last:
                        yield from ((one.id, day) for one in self._fieldwork.people if day in one.hours)

    def fixed(self, plan: Plan, cells: frozenset[Cell]) -> list[Booking]:
        """What stays: every booking that is locked or has somebody outside these days."""
        return [
            one for one in plan.bookings
            if one.locked or not all((person, one.day) in cells for person in one.people)
        ]  # fmt: skip
