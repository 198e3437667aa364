"""The timetable of fieldwork as its page shows it."""

from collections.abc import Iterable
from typing import Any

from goldthread.apps.fieldwork.queries import Shown, availabilities
from goldthread.domain.timetable import KINDS, Booking, Kind
from goldthread.domain.timetable.words import clock, day_words, duration

MOST_BREACHES = 20


def people(held: Shown, inspection: Any) -> list[dict[str, Any]]:
    """Everybody with their days, what they bring, and their load."""
    loads = {one.person.id: one for one in held.verdict.loads}
    said = availabilities(inspection)
    return [
        {
            "id": one.id,
            "name": one.name,
            "said": one.id in said,
            "days": len(one.hours),
            "brings": ", ".join(sorted([*one.specialisms, *one.languages])),
            "home": one.home,
            "minutes": duration(loads[one.id].minutes),
            "available": duration(loads[one.id].available),
            "percent": loads[one.id].percent,
            "balanced": one.balanced,
        }
        for one in held.fieldwork.people
    ]


def days(held: Shown, person: str) -> list[dict[str, Any]]:
    """Each day on which something is, hour by hour; of one person only where asked."""
    person = person if person in held.fieldwork.person else ""
    found = []
    for day in held.fieldwork.days:
        bookings = [one for one in held.plan.bookings if one.day == day and (not person or person in one.people)]
        if bookings:
            found.append({"day": day, "words": day_words(day), "rows": [_row(held, one) for one in bookings]})
    return found


def _row(held: Shown, booking: Booking) -> dict[str, Any]:
    task = held.fieldwork.task[booking.task]
    return {
        "from": clock(booking.start),
        "until": clock(booking.start + task.minutes),
        "task": task,
        "kind": KINDS[task.kind],
        "people": ", ".join(held.fieldwork.person[one].name for one in booking.people),
        "site": held.fieldwork.site[task.site].name if task.site else "",
        "locked": booking.locked,
    }


def tasks(held: Shown, rows: Iterable[Any]) -> list[dict[str, Any]]:
    """What is to be placed: where each is, or why it is left out."""
    why = held.timetable.why_left_out if held.timetable else {}
    found = []
    for row in rows:
        booking = held.booking(str(row.pk))
        found.append(
            {
                "row": row,
                "kind": KINDS[Kind(row.kind)],
                "takes": duration(row.minutes),
                "where": f"{day_words(booking.day)}, {clock(booking.start)}" if booking else "",
                "why": "" if booking else why.get(str(row.pk), ""),
            }
        )
    return found


def breaches(held: Shown) -> list[str]:
    """Which hard rules the plan breaks, because something was changed since it was made."""
    return [one.says for one in held.verdict.breaches[:MOST_BREACHES]]


def initial_of(booking: Booking | None) -> dict[str, Any]:
    """Where a task is, for the form that moves it."""
    if booking is None:
        return {}
    return {
        "day": booking.day.isoformat(), "start": booking.start, "people": list(booking.people),
        "locked": booking.locked,
    }  # fmt: skip
