"""An inspection's timetable: the framework's phases laid on working days from the call day."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from goldthread.domain import calendar
from goldthread.domain.frameworks import load
from goldthread.kernel.working_days import bank_holidays


@dataclass(frozen=True, slots=True)
class Stretch:
    """One phase with its days. `now` is true while today lies within it."""

    title: str
    says: str
    starts: date
    ends: date
    checked: bool
    now: bool


@dataclass(frozen=True, slots=True)
class Due:
    """Something asked of the authority, and the day it is due."""

    ref: str
    title: str
    says: str
    due: date
    checked: bool
    overdue: bool


def stretches(inspection: Any, today: date) -> list[Stretch]:
    """The phases of the inspection's framework as days."""
    found = []
    for phase in load(inspection.framework).phases:
        starts, ends = (_day(inspection.call_day, offset) for offset in (phase.start, phase.end))
        found.append(Stretch(phase.title, phase.says, starts, ends, phase.checked, starts <= today <= ends))
    return found


def requests(inspection: Any, today: date) -> list[Due]:
    """What the framework asks of the authority, with due days."""
    return [
        Due(one.ref, one.title, one.says, day, one.checked, day < today)
        for one in load(inspection.framework).requests
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
