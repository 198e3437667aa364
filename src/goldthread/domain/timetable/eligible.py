"""Who could take part in a task, and why others could not."""

from collections.abc import Iterator
from datetime import date

from goldthread.domain.timetable.fieldwork import Fieldwork, Hours, Person, Task


def barred(fieldwork: Fieldwork, task: Task, person: Person) -> bool:
    """Whether a conflict of interest keeps somebody from a task."""
    return any(one.person == person.id and one.touches(task) for one in fieldwork.conflicts)


def invited(task: Task, person: Person) -> bool:
    """Whether somebody may take part as far as the task itself says."""
    return not task.may or person.id in task.may or person.id in task.must


def has_skill(task: Task, person: Person) -> bool:
    """Whether somebody has the specialism and the language of a task."""
    return has_specialism(task, person) and speaks(task, person)


def has_specialism(task: Task, person: Person) -> bool:
    """Whether somebody has the specialism that a task needs."""
    return not task.specialism or task.specialism in person.specialisms


def speaks(task: Task, person: Person) -> bool:
    """Whether somebody speaks the language that a task needs."""
    return not task.language or task.language in person.languages


def fits_into(fieldwork: Fieldwork, task: Task, person: Person, day: date) -> bool:
    """Whether a day of somebody's is long enough for a task, at its hour where that is settled."""
    hours = person.hours.get(day)
    if hours is None or task.minutes > fieldwork.work_minutes(person, day):
        return False
    return task.at is None or within(hours, task.at, task.minutes)


def within(hours: Hours, start: int, minutes: int) -> bool:
    """Whether so many minutes from a start on lie within the hours."""
    return hours.start <= start and start + minutes <= hours.end


def days_of(fieldwork: Fieldwork, task: Task) -> Iterator[date]:
    """The days of fieldwork that lie within a task's window."""
    return (day for day in fieldwork.days if task.first <= day <= task.last)


def people_of(fieldwork: Fieldwork, task: Task) -> list[Person]:
    """Who may take part in a task and has no conflict of interest in it."""
    return [one for one in fieldwork.people if invited(task, one) and not barred(fieldwork, task, one)]
