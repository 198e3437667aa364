"""The team's meetings as pages show them: day by day, and what is still to be looked at."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from goldthread.apps.fieldwork import queries as fieldwork
from goldthread.apps.meetings import queries
from goldthread.domain.timetable.words import day_words

AFTER = timedelta(days=14)
"""For how long after fieldwork a day is offered: the team meets on to judge."""


def days(inspection: Any, held: Sequence[Any], looks: Iterable[Any], today: date) -> list[dict[str, Any]]:
    """Each day of fieldwork that has come, and each other that has a record, the latest first."""
    by_day = {one.day: one for one in held}
    counted: dict[Any, tuple[int, int]] = {}
    for one in looks:
        all_, done = counted.get(one.meeting_id, (0, 0))
        counted[one.meeting_id] = (all_ + 1, done + (one.done_at is not None))
    come = {day for day in fieldwork.days_of(inspection) if day <= today}
    rows = []
    for day in sorted(come | set(by_day), reverse=True):
        meeting = by_day.get(day)
        all_, done = counted.get(meeting.pk, (0, 0)) if meeting else (0, 0)
        rows.append({
            "day": day, "words": day_words(day), "meeting": meeting, "looks": all_, "done": done,
            "there": len(meeting.attended) if meeting else 0,
        })  # fmt: skip
    return rows


def days_to_write(inspection: Any, written: set[date], today: date) -> list[date]:
    """The days from the call on, working days only, of which there is no record yet; none to come."""
    last = min(today, inspection.fieldwork_to + AFTER)
    count = (last - inspection.call_day).days + 1
    every = (inspection.call_day + timedelta(days=n) for n in range(max(0, count)))
    return [day for day in every if day.weekday() < 5 and day not in written]


def looks(rows: Iterable[Any], today: date) -> list[dict[str, Any]]:
    """What is to be looked at, opened, with whether its day is over."""
    return [{"look": one, "says": queries.text_of(one), "late": one.late(today)} for one in rows]
