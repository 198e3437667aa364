"""An inspection's timetable: the framework's phases laid on working days from the call day and its fieldwork."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from goldthread.apps.drafting import known
from goldthread.domain import calendar, lifecycle
from goldthread.domain.framework import Phase, Timetable
from goldthread.kernel.working_days import bank_holidays


@dataclass(frozen=True, slots=True)
class Stretch:
    """One phase with its days. `now` is true while today lies within it and the authority has been told;
    `planned` while today lies within it and the inspection is still being set up."""

    title: str
    says: str
    starts: date
    ends: date
    checked: bool
    now: bool
    planned: bool
    fieldwork: bool

    @property
    def when(self) -> str:
        """How the stretch stands to today, for a list of facts."""
        return "Now" if self.now else "By the timetable" if self.planned else "Next"


@dataclass(frozen=True, slots=True)
class Due:
    """Something asked of the authority, and the day it is due."""

    ref: str
    title: str
    says: str
    due: date
    checked: bool
    overdue: bool


def plan_of(inspection: Any) -> Timetable:
    """The timetable of the framework whose fieldwork is as long as this inspection's, or comes nearest."""
    eve = inspection.fieldwork_from - timedelta(days=1)
    typed = calendar.working_days_between(eve, inspection.fieldwork_to, bank_holidays())
    return min(known.framework(inspection.framework).timetables, key=lambda one: abs(_span(one) - typed))


def stretches(inspection: Any, today: date) -> list[Stretch]:
    """The phases of the inspection's framework as days.

    The framework's working days are a template: what comes before fieldwork is counted from the call, fieldwork
    has the days that were typed in, and what follows is counted from its last day.
    """
    begun = inspection.status != lifecycle.Inspection.SET_UP
    plan = plan_of(inspection)
    first, last = plan.fieldwork[0].start, plan.fieldwork[-1].end
    found = []
    for phase in plan.phases:
        starts, ends = _days_of(inspection, phase, first, last)
        if phase.fieldwork and phase is plan.fieldwork[-1]:
            ends = inspection.fieldwork_to
        if starts <= ends:
            within = starts <= today <= ends
            found.append(
                Stretch(
                    phase.title, phase.says, starts, ends, phase.checked, within and begun, within and not begun,
                    phase.fieldwork,
                )
            )  # fmt: skip
    return found


def without_days(inspection: Any) -> list[str]:
    """Titles of phases for which the fieldwork that was typed in leaves no day."""
    placed = {one.title for one in stretches(inspection, inspection.call_day)}
    return [one.title for one in plan_of(inspection).phases if one.title not in placed]


def framework_says(inspection: Any) -> tuple[date, date] | None:
    """The days of fieldwork by the framework's own count from the call, where other days were typed in."""
    plan = plan_of(inspection)
    said = _day(inspection.call_day, plan.fieldwork[0].start), _day(inspection.call_day, plan.fieldwork[-1].end)
    return None if said == (inspection.fieldwork_from, inspection.fieldwork_to) else said


def _days_of(inspection: Any, phase: Phase, first: int, last: int) -> tuple[date, date]:
    if phase.fieldwork:
        starts, ends = (_later(inspection.fieldwork_from, day - first) for day in (phase.start, phase.end))
        return starts, min(ends, inspection.fieldwork_to)
    if phase.start > last:
        return _day(inspection.fieldwork_to, phase.start - last), _day(inspection.fieldwork_to, phase.end - last)
    starts, ends = _day(inspection.call_day, phase.start), _day(inspection.call_day, phase.end)
    # Analysis ends where fieldwork begins; the day of the call stays the day of the call.
    return starts, max(starts, min(ends, inspection.fieldwork_from - timedelta(days=1)))


def _span(plan: Timetable) -> int:
    return plan.fieldwork[-1].end - plan.fieldwork[0].start + 1


def _later(day: date, offset: int) -> date:
    return day if offset == 0 else _day(day, offset)


def requests(inspection: Any, today: date) -> list[Due]:
    """What the framework asks of the authority, with due days."""
    return [
        Due(one.ref, one.title, one.says, day, one.checked, day < today)
        for one in known.framework(inspection.framework).requests
        for day in [_day(inspection.call_day, one.due)]
    ]


def holidays_between(starts: date, ends: date) -> list[date]:
    """Bank holidays that fall within the inspection, which every count of working days leaves out."""
    return sorted(day for day in bank_holidays() if starts <= day <= ends)


def next_stretch(inspection: Any, today: date) -> Stretch | None:
    """The phase that is running, or the next one."""
    return next((one for one in stretches(inspection, today) if one.ends >= today), None)


def weeks(starts: date, ends: date) -> int:
    """Calendar weeks, begun ones counted, from the first day to the last."""
    return -(-((ends - starts) + timedelta(days=1)).days // 7)


def _day(call_day: date, offset: int) -> date:
    return calendar.add_working_days(call_day, offset, bank_holidays())
