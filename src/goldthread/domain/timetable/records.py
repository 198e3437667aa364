"""A plan as plain data that JSON can hold, and back."""

from datetime import date
from typing import Any

from goldthread.domain.timetable.fieldwork import Fieldwork
from goldthread.domain.timetable.plans import Booking, Plan
from goldthread.domain.timetable.reading import minutes_of
from goldthread.domain.timetable.words import clock

_NO_PLAN = "this is no plan: it must have bookings, each with task, day, start and people, as this program writes them."


class PlanError(ValueError):
    """The data is no plan of this fieldwork. The message is a plain sentence."""


def plan_as_data(plan: Plan) -> list[dict[str, Any]]:
    """The bookings, each with what is needed to read it back."""
    return [
        {
            "task": one.task, "day": one.day.isoformat(), "start": clock(one.start), "people": list(one.people),
            "locked": one.locked,
        }
        for one in plan.bookings
    ]  # fmt: skip


def plan_from_data(data: Any, fieldwork: Fieldwork) -> Plan:
    """A plan from data. What is not of this fieldwork any more is left out, unless it is locked. Raises PlanError."""
    if not isinstance(data, list):
        raise PlanError(_NO_PLAN)
    bookings = []
    for one in data:
        try:
            start = minutes_of(str(one["start"]))
            people = tuple(str(name) for name in one["people"])
            booking = Booking(
                str(one["task"]), date.fromisoformat(str(one["day"])), -1 if start is None else start, people,
                one.get("locked") is True,
            )  # fmt: skip
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise PlanError(_NO_PLAN) from error
        if booking.start < 0:
            raise PlanError(f"“{one['start']}” of “{booking.task}” is no hour; write it as 9:30.")
        unknown = [name for name in people if name not in fieldwork.person]
        if booking.locked and (unknown or booking.task not in fieldwork.task):
            raise PlanError(f"“{booking.task}” is locked, and it or its people are no longer part of the fieldwork.")
        if not unknown and booking.task in fieldwork.task:
            bookings.append(booking)
    return Plan.of(bookings)
