"""What is wrong with fieldwork before any plan is made: each fault is a sentence with the names in it.

A task that nobody can ever do is found here, with the reason; what is impossible only because there is too much of it
is found by working the timetable out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from goldthread.domain.timetable.checking import check
from goldthread.domain.timetable.eligible import (
    barred,
    days_of,
    fits_into,
    has_specialism,
    invited,
    people_of,
    speaks,
)
from goldthread.domain.timetable.fieldwork import Fieldwork, Person, Task
from goldthread.domain.timetable.plans import Booking, Plan
from goldthread.domain.timetable.words import clock, day_words, duration, listed


@dataclass(frozen=True, slots=True)
class Fault:
    """What stands in the way of a task, and what would mend it."""

    task: str
    says: str
    mend: str


def faults(fieldwork: Fieldwork) -> list[Fault]:
    """Every task that no plan could ever place, with the first reason that holds."""
    return [fault for task in fieldwork.tasks if (fault := next(_of_task(fieldwork, task), None)) is not None]


def _of_task(fieldwork: Fieldwork, task: Task) -> Iterator[Fault]:
    yield from _of_days(fieldwork, task)
    yield from _of_must(fieldwork, task)
    able = people_of(fieldwork, task)
    yield from _of_skills(fieldwork, task, able)
    if len(able) < task.seats:
        names = listed([one.name for one in fieldwork.people if invited(task, one) and barred(fieldwork, task, one)])
        because = f" ({names} in conflict)" if names else ""
        yield Fault(
            task.id, f"“{task.title}” needs {task.seats} people, and {len(able)} can take part{because}.",
            "ask for fewer people, open it to more, or have a conflict of interest waived",
        )  # fmt: skip
    if not any(_day_serves(fieldwork, task, able, day) for day in days_of(fieldwork, task)):
        at = f" at {clock(task.at)}" if task.at is not None else ""
        yield Fault(
            task.id,
            f"“{task.title}” ({duration(task.minutes)}) fits into no day{at} between {day_words(task.first)} and "
            f"{day_words(task.last)} on which {_who(fieldwork, task)} there.",
            "open its window, change its hour, or let others take part",
        )  # fmt: skip


def _of_days(fieldwork: Fieldwork, task: Task) -> Iterator[Fault]:
    if not fieldwork.days or task.last < fieldwork.days[0] or task.first > fieldwork.days[-1]:
        yield Fault(
            task.id, f"“{task.title}” may lie between {day_words(task.first)} and {day_words(task.last)}, "
            "outside fieldwork.", "move its window into fieldwork",
        )  # fmt: skip
    elif not any(True for _ in days_of(fieldwork, task)):
        yield Fault(
            task.id, f"“{task.title}” has no working day between {day_words(task.first)} and {day_words(task.last)}.",
            "open its window",
        )  # fmt: skip
    longest = max((fieldwork.work_minutes(one, day) for one in fieldwork.people for day in one.hours), default=0)
    if task.minutes > longest:
        yield Fault(
            task.id, f"“{task.title}” takes {duration(task.minutes)}, longer than any day of the team "
            f"({duration(longest)}).", "divide it",
        )  # fmt: skip


def _of_must(fieldwork: Fieldwork, task: Task) -> Iterator[Fault]:
    for person in (fieldwork.person[one] for one in task.must):
        if barred(fieldwork, task, person):
            yield Fault(
                task.id, f"“{task.title}” must have {person.name}, who has a conflict of interest in it.",
                "choose somebody else, or have the conflict waived",
            )  # fmt: skip


def _of_skills(fieldwork: Fieldwork, task: Task, able: list[Person]) -> Iterator[Fault]:
    for word, needed, holds in (
        ("speaks", task.language, speaks), ("has the specialism", task.specialism, has_specialism),
    ):  # fmt: skip
        if needed and not any(holds(task, one) for one in able):
            others = [one.name for one in fieldwork.people if holds(task, one)]
            because = f" (only {listed(others)}, who may not)" if others else ""
            yield Fault(
                task.id, f"“{task.title}” needs {needed}, and nobody who may take part {word} it{because}.",
                "bring in somebody who does, or take the need off",
            )  # fmt: skip


def _day_serves(fieldwork: Fieldwork, task: Task, able: list[Person], day: date) -> bool:
    there = [one for one in able if fits_into(fieldwork, task, one, day)]
    ids = {one.id for one in there}
    if len(there) < task.seats or not set(task.must) <= ids:
        return False
    skills = ((task.language, speaks), (task.specialism, has_specialism))
    return all(any(holds(task, one) for one in there) for needed, holds in skills if needed)


def _who(fieldwork: Fieldwork, task: Task) -> str:
    if task.must:
        names = [fieldwork.person[one].name for one in task.must]
        return f"{listed(names)} {'are' if len(names) > 1 else 'is'}"
    return "enough of those who can are"


def faults_of_locked(fieldwork: Fieldwork, locked: tuple[Booking, ...]) -> list[str]:
    """What is wrong with choices that are to stay: they must keep the hard rules, alone and together."""
    return [one.says for one in check(fieldwork, Plan.of(locked)).breaches]
