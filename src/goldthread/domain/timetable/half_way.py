"""A timetable worked out anew when fieldwork is half through: what lies behind stays, what is left lies ahead."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from goldthread.domain.timetable.checking import check
from goldthread.domain.timetable.fieldwork import Fieldwork, Task
from goldthread.domain.timetable.plans import Booking, Plan


@dataclass(frozen=True, slots=True)
class Ahead:
    """What is left to be worked out from a day on: the fieldwork, and the plan with what lies before it locked.

    `behind` is what lies before the day, as it was. Of it, what no longer keeps the rules is not given to whoever works
    the rest out, because nobody can mend it any more.
    """

    fieldwork: Fieldwork
    present: Plan
    behind: tuple[Booking, ...]

    def whole(self, plan: Plan) -> Plan:
        """A plan of what is left, with everything that lies behind, as it was."""
        tasks = {one.task for one in self.behind}
        return Plan.of([*self.behind, *(one for one in plan.bookings if one.task not in tasks)])


def ahead_of(fieldwork: Fieldwork, present: Plan, day: date) -> Ahead:
    """What is left from a day on. A booking before it stays where it is; nothing else is placed before it.

    A task whose window ended before the day, and that was never placed, has no day left.
    """
    behind = tuple(one for one in present.bookings if one.day < day)
    held = tuple(replace(one, locked=True) for one in behind)
    broken = {task for breach in check(fieldwork, Plan.of(held)).breaches for task in breach.tasks}
    who = {one.task: one.people for one in behind}
    tasks = tuple(
        _left(fieldwork, task, day, broken, who) if task.id not in who else _freed(fieldwork, task, broken, who)
        for task in fieldwork.tasks
        if task.id not in broken
    )
    kept = [one for one in held if one.task not in broken]
    later = [one for one in present.bookings if one.day >= day]
    return Ahead(replace(fieldwork, tasks=tasks), Plan.of([*kept, *later]), behind)


def _left(
    fieldwork: Fieldwork, task: Task, day: date, broken: Iterable[str], who: dict[str, tuple[str, ...]]
) -> Task:  # fmt: skip
    return _freed(fieldwork, replace(task, first=max(task.first, day)), broken, who)


def _freed(fieldwork: Fieldwork, task: Task, broken: Iterable[str], who: dict[str, tuple[str, ...]]) -> Task:
    """A second reading whose first is not given on: whoever read first is kept from it all the same."""
    if task.second_to not in broken:
        return task
    may = task.may or tuple(one.id for one in fieldwork.people)
    first = who.get(task.second_to, ())
    return replace(task, second_to="", may=tuple(one for one in may if one not in first))
