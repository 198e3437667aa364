"""Which people and days a task may have, and what each would cost where a rule is relaxed for it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from goldthread.domain.timetable import Booking, Fieldwork, Person, Task
from goldthread.domain.timetable.eligible import (
    barred,
    days_of,
    fits_into,
    has_specialism,
    invited,
    people_of,
    speaks,
)

Cell = tuple[str, date]
"""One day of one person."""

MOST_OVERTIME = 120
"""How many minutes a day may be longer where hours are relaxed."""

OVERTIME = 4
"""What relaxing costs: a minute of a longer day; the rest of the prices are of one task."""

OTHER_DAY, NOT_INVITED, WITHOUT_LANGUAGE, WITHOUT_SPECIALISM, IN_CONFLICT = 200, 500, 900, 700, 2000


@dataclass(frozen=True, slots=True)
class Option:
    """One person on one day, with what it costs to allow it."""

    person: str
    day: date
    cost: int = 0


class Options:
    """The options of every task: those within the rules, and for relaxed tasks those outside them too.

    What is `fixed` has one option, its own. `cells` are the days of people to which everything else keeps, where given.
    """

    def __init__(
        self, fieldwork: Fieldwork, fixed: Iterable[Booking], *, cells: frozenset[Cell] | None = None,
        relaxed: frozenset[str] = frozenset(),
    ) -> None:  # fmt: skip
        self.fieldwork = fieldwork
        self.relaxed = relaxed
        self.fixed: Mapping[str, Booking] = {one.task: one for one in fixed}
        self._cells = cells

    def of(self, task: Task) -> list[Option]:
        """Every person and day that a task may have."""
        if booking := self.fixed.get(task.id):
            return [Option(one, booking.day) for one in booking.people]
        if task.id in self.relaxed:
            return list(self._relaxed(task))
        must = [self.fieldwork.person[one] for one in task.must]
        days = [
            day for day in days_of(self.fieldwork, task)
            if all(fits_into(self.fieldwork, task, one, day) for one in must)
        ]  # fmt: skip
        return [
            Option(one.id, day)
            for one in people_of(self.fieldwork, task)
            if task.seats > 1 or (speaks(task, one) and has_specialism(task, one))
            for day in days
            if (self._cells is None or (one.id, day) in self._cells) and fits_into(self.fieldwork, task, one, day)
        ]

    def _relaxed(self, task: Task) -> Iterator[Option]:
        fieldwork = self.fieldwork
        must = [fieldwork.person[one] for one in task.must]
        for person in fieldwork.people:
            price = self._price(task, person)
            for day in (one for one in fieldwork.days if all(one in each.hours for each in must)):
                hours = person.hours.get(day)
                if hours is None or task.minutes > hours.minutes + MOST_OVERTIME:
                    continue
                away = min(abs((day - task.first).days), abs((day - task.last).days))
                late = 0 if task.first <= day <= task.last else OTHER_DAY + 20 * away
                yield Option(person.id, day, price + late)

    def _price(self, task: Task, person: Person) -> int:
        price = 0 if invited(task, person) else NOT_INVITED
        price += IN_CONFLICT if barred(self.fieldwork, task, person) else 0
        if task.seats == 1:
            price += 0 if speaks(task, person) else WITHOUT_LANGUAGE
            price += 0 if has_specialism(task, person) else WITHOUT_SPECIALISM
        return price
