"""Availability and tasks in words, as the two texts of a clash show them."""

from goldthread.apps.fieldwork.models import Availability, Task
from goldthread.domain.timetable.words import clock


def availability_words(held: Availability) -> dict[str, str]:
    """Each field as its form shows it."""
    return {
        "hours_from": clock(held.hours_from),
        "hours_to": clock(held.hours_to),
        "weekdays": ", ".join(held.weekdays),
        "away": ", ".join(held.away),
        "specialisms": ", ".join(held.specialisms),
        "languages": ", ".join(held.languages),
        "home": held.home,
        "balanced": "yes" if held.balanced else "no",
    }


def task_words(task: Task) -> dict[str, str]:
    """Each field as its form shows it."""
    return {
        "title": task.title,
        "kind": task.kind,
        "minutes": str(task.minutes),
        "first": task.first.isoformat() if task.first else "",
        "last": task.last.isoformat() if task.last else "",
        "seats": str(task.seats),
        "must": ", ".join(task.must),
        "site": task.site,
        "at": "" if task.at is None else clock(task.at),
        "specialism": task.specialism,
        "language": task.language,
        "teams": ", ".join(subject for interest, subject in task.about if interest == "team"),
    }
