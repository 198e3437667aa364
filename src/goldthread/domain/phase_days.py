"""The phases of a framework as days of one inspection: as they are worked out, and as somebody moved them.

A framework counts its phases in working days from the call. An inspection has dates of fieldwork of its own: what comes
before it is counted from the call, fieldwork has the days that were typed in, and what follows is counted from its last
day. The lead inspector can move each phase; what was worked out stands beside it.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from goldthread.domain.calendar import add_working_days, is_working_day, working_days_between
from goldthread.domain.framework import Phase, Timetable


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of an inspection that its phases are laid on."""

    call_day: date
    fieldwork_from: date
    fieldwork_to: date


@dataclass(frozen=True, slots=True)
class Laid:
    """A phase with its days. `counted` are those that were worked out, and the same where nobody moved it."""

    phase: Phase
    starts: date
    ends: date
    counted: tuple[date, date]

    @property
    def moved(self) -> bool:
        """Whether somebody gave it other days than were worked out."""
        return (self.starts, self.ends) != self.counted


class PhaseError(ValueError):
    """Days that a phase cannot have. The message is one sentence for the person who gave them."""


class PeriodKind(StrEnum):
    """A period in which something of an inspection is harder, or held back."""

    SCHOOL_HOLIDAY = "school-holiday"
    PRE_ELECTION = "pre-election"


PERIODS: Mapping[PeriodKind, tuple[str, str]] = {
    PeriodKind.SCHOOL_HOLIDAY: (
        "School holidays", "Schools are shut, and many workers and families are away. Dates differ by authority."
    ),
    PeriodKind.PRE_ELECTION: (
        "Pre-election period",
        "Reports on a whole authority are held back in the periods before local and general elections (gov.uk, 2019; "
        "Local Government Lawyer, March 2024). Dates differ by authority.",
    ),
}  # fmt: skip
"""What each kind of period is called, and why it matters. No dates are shipped: none hold for every authority."""


@dataclass(frozen=True, slots=True)
class Period:
    """A period that somebody marked, with both of its days."""

    kind: PeriodKind
    says: str
    starts: date
    ends: date


def plan_for(timetables: Sequence[Timetable], dates: Dates, holidays: Set[date]) -> Timetable:
    """The timetable whose fieldwork is as long as this inspection's, or comes nearest."""
    eve = dates.fieldwork_from - timedelta(days=1)
    typed = working_days_between(eve, dates.fieldwork_to, holidays)
    return min(timetables, key=lambda one: abs(one.fieldwork[-1].end - one.fieldwork[0].start + 1 - typed))


def lay(
    plan: Timetable, dates: Dates, holidays: Set[date], moved: Mapping[str, tuple[date, date]] | None = None
) -> list[Laid]:
    """The phases of a timetable as days, in their order. A phase for which fieldwork leaves no day is left out."""
    found = []
    for phase in plan.phases:
        starts, ends = _counted(plan, phase, dates, holidays)
        if phase.fieldwork and phase is plan.fieldwork[-1]:
            ends = dates.fieldwork_to
        if starts <= ends:
            now = (moved or {}).get(phase.slug, (starts, ends))
            found.append(Laid(phase, *now, (starts, ends)))
    return found


def require_days(laid: Laid, starts: date, ends: date, dates: Dates, holidays: Set[date]) -> None:
    """Raise PhaseError for days that the phase cannot have."""
    if ends < starts:
        raise PhaseError("It must end on or after the day on which it begins.")
    if starts < dates.call_day:
        raise PhaseError(f"Nothing can begin before the day of the call, {dates.call_day:%-d %B %Y}.")
    if laid.phase.fieldwork and not dates.fieldwork_from <= starts <= ends <= dates.fieldwork_to:
        raise PhaseError("It must lie within fieldwork, whose dates stand under “Change the details”.")
    for day in (starts, ends):
        if not is_working_day(day, holidays):
            raise PhaseError(f"{day:%A %-d %B %Y} is no working day: it is a weekend or a bank holiday.")


def shifted(
    laid: Sequence[Laid], slug: str, ends: date, holidays: Set[date]
) -> dict[str, tuple[date, date]]:  # fmt: skip
    """The days of all that follows a phase, moved by as many working days as the end of that phase moves.

    Phases of fieldwork stay: their days are typed in.
    """
    place = next(n for n, one in enumerate(laid) if one.phase.slug == slug)
    was = laid[place].ends
    by = (
        working_days_between(was, ends, holidays) if ends >= was else -working_days_between(ends, was, holidays)
    )  # fmt: skip
    return {
        one.phase.slug: (add_working_days(one.starts, by, holidays), add_working_days(one.ends, by, holidays))
        for one in laid[place + 1 :]
        if not one.phase.fieldwork and by
    }


def overlapping(starts: date, ends: date, periods: Sequence[Period]) -> list[Period]:
    """The marked periods that share a day with these, the earliest first."""
    return sorted((one for one in periods if one.starts <= ends and starts <= one.ends), key=lambda one: one.starts)


def days_left(today: date, ends: date, holidays: Set[date]) -> int:
    """Working days from tomorrow up to and including the last; negative where the last is over."""
    if ends >= today:
        return working_days_between(today, ends, holidays)
    return -working_days_between(ends, today, holidays)


def _counted(plan: Timetable, phase: Phase, dates: Dates, holidays: Set[date]) -> tuple[date, date]:
    first, last = plan.fieldwork[0].start, plan.fieldwork[-1].end

    def after(day: date, offset: int) -> date:
        return add_working_days(day, offset, holidays)

    if phase.fieldwork:
        starts, ends = (after(dates.fieldwork_from, day - first) for day in (phase.start, phase.end))
        return starts, min(ends, dates.fieldwork_to)
    if phase.start > last:
        return after(dates.fieldwork_to, phase.start - last), after(dates.fieldwork_to, phase.end - last)
    starts, ends = after(dates.call_day, phase.start), after(dates.call_day, phase.end)
    # Analysis ends where fieldwork begins; the day of the call stays the day of the call.
    return starts, max(starts, min(ends, dates.fieldwork_from - timedelta(days=1)))
