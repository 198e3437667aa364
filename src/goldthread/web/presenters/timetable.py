"""An inspection's timetable: the framework's phases laid on working days from the call day and its fieldwork."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from goldthread.apps.drafting import known
from goldthread.apps.fieldwork import phases as fieldwork
from goldthread.apps.reports import queries as reports
from goldthread.domain import calendar, lifecycle
from goldthread.domain.framework import Timetable
from goldthread.domain.phase_days import PERIODS, PeriodKind, days_left, overlapping
from goldthread.domain.statement_of_action import FROM_REPORT, WHERE_PRIORITY
from goldthread.kernel.working_days import bank_holidays

PUBLIC = (lifecycle.Inspection.PUBLISHED, lifecycle.Inspection.CHALLENGE_WINDOW, lifecycle.Inspection.ARCHIVED)
"""Statuses in which the report is out, and speaks of its own time."""
PUBLISHING = ("publication", "authority-publishes")
"""The phases of a framework in which its report is published, by their slugs."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """One phase with its days. `now` is true while today lies within it and the authority has been told;
    `planned` while today lies within it and the inspection is still being set up.

    `counted` are the days that are worked out, `because` why somebody moved it, `left` how many working days are left
    of it, and `falls_in` the marked periods that it shares a day with. `published` is the day of publication that it
    is counted from, and nothing where it is counted otherwise, or still. `over` says that it is done before its days
    are, as publishing is once the report is out.
    """

    slug: str
    title: str
    says: str
    starts: date
    ends: date
    checked: bool
    now: bool
    planned: bool
    fieldwork: bool
    counted: tuple[date, date]
    because: str
    left: int
    falls_in: list[str]
    published: date | None
    over: bool = False

    @property
    def when(self) -> str:
        """How the stretch stands to today, for a list of facts."""
        return "Now" if self.now else "By the timetable" if self.planned else "Next"

    @property
    def moved(self) -> bool:
        """Whether somebody gave it other days than were worked out."""
        return (self.starts, self.ends) != self.counted


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
    return fieldwork.plan_of(inspection)


def stretches(inspection: Any, today: date) -> list[Stretch]:
    """The phases of the inspection's framework as days: as they are worked out, or as somebody moved them."""
    begun = inspection.status != lifecycle.Inspection.SET_UP
    moves, periods = fieldwork.latest_moves(inspection), fieldwork.periods_of(inspection)
    published, found = reports.published_on(inspection), []
    laid = reports.phases_now(inspection, moves)
    done = _published(inspection, [one.phase.slug for one in laid])
    for place, one in enumerate(laid):
        over, phase = place < done, one.phase
        within = one.starts <= today <= one.ends and not over
        because = moves[phase.slug].because if one.moved and phase.slug in moves else ""
        found.append(
            Stretch(
                phase.slug, phase.title, phase.says, one.starts, one.ends, phase.checked, within and begun,
                within and not begun, phase.fieldwork, one.counted, because,
                days_left(today, one.ends, bank_holidays()),
                [period_words(each) for each in overlapping(one.starts, one.ends, periods)],
                published if phase.slug in FROM_REPORT else None, over,
            )
        )  # fmt: skip
    return found


def _published(inspection: Any, slugs: list[str]) -> int:
    """How many phases are over because the report is published: all up to the last in which it would be."""
    if inspection.status not in PUBLIC and reports.published_on(inspection) is None:
        return 0
    return max((place + 1 for place, slug in enumerate(slugs) if slug in PUBLISHING), default=0)


def period_words(period: Any) -> str:
    """A marked period in a line."""
    title = PERIODS[PeriodKind(period.kind)][0]
    named = f"{title} ({period.says})" if period.says else title
    return f"{named}, {period.starts:%-d %b %Y} to {period.ends:%-d %b %Y}"


def clocks(inspection: Any, today: date) -> list[Stretch]:
    """What follows fieldwork and is not over: draft, check of facts, publication, and the council's own days.

    What is asked only where a priority action is named is told once a published report names one.
    """
    laid = stretches(inspection, today)
    last = max((place for place, one in enumerate(laid) if one.fieldwork), default=-1)
    return [one for one in laid[last + 1 :] if one.ends >= today and not one.over and _sure(one)]


def _sure(one: Stretch) -> bool:
    """Whether there is such a phase here: of those for a priority action it is known once a report names one."""
    return one.slug not in WHERE_PRIORITY or one.published is not None


def without_days(inspection: Any) -> list[str]:
    """Titles of phases for which the fieldwork that was typed in leaves no day."""
    placed = {one.phase.title for one in fieldwork.phases_of(inspection)}
    return [one.title for one in plan_of(inspection).phases if one.title not in placed]


def framework_says(inspection: Any) -> tuple[date, date] | None:
    """The days of fieldwork by the framework's own count from the call, where other days were typed in."""
    plan = plan_of(inspection)
    said = _day(inspection.call_day, plan.fieldwork[0].start), _day(inspection.call_day, plan.fieldwork[-1].end)
    return None if said == (inspection.fieldwork_from, inspection.fieldwork_to) else said


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
    laid = stretches(inspection, today)
    return next((one for one in laid if one.ends >= today and not one.over and _sure(one)), None)


def weeks(starts: date, ends: date) -> int:
    """Calendar weeks, begun ones counted, from the first day to the last."""
    return -(-((ends - starts) + timedelta(days=1)).days // 7)


def _day(call_day: date, offset: int) -> date:
    return calendar.add_working_days(call_day, offset, bank_holidays())
