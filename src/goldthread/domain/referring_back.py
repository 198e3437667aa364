"""A child referred back: how serious a concern is, and how soon the council is asked to answer it.

Source: published reports count two kinds, children at immediate risk and children for whom delay or drift needs
action (Sandwell 2015, Isle of Wight, Enfield 2015); the handbook of the single inspection framework has a form for
referring one child's case back to the authority (annex H). No source gives a time in which to answer: the usual times
are the house's own, and whoever refers a child back may ask for another.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from goldthread.domain.calendar import add_working_days

END_OF_WORK = time(17)
"""When a working day ends; an answer within so many working days is due by then."""


class Seriousness(StrEnum):
    """How serious a concern about a child is."""

    IMMEDIATE = "immediate"
    DRIFT = "drift"


@dataclass(frozen=True, slots=True)
class Level:
    """A level of seriousness in words, and the usual time in which an answer is asked for."""

    title: str
    says: str
    usual: str


LEVELS: Mapping[Seriousness, Level] = {
    Seriousness.IMMEDIATE: Level(
        "A child may be at risk of significant harm now",
        "What you saw would lead to a section 47 enquiry, or to moving the child today.",
        "24-hours",
    ),
    Seriousness.DRIFT: Level(
        "A child is waiting for something that cannot wait for the report",
        "Delay or drift: nobody acts on what is known, a plan stands still, a child is not seen.",
        "2-working-days",
    ),
}


@dataclass(frozen=True, slots=True)
class Within:
    """A time in which an answer is asked for: hours by the clock, or whole working days."""

    title: str
    hours: int = 0
    working_days: int = 0


WITHIN: Mapping[str, Within] = {
    "4-hours": Within("Within 4 hours", hours=4),
    "24-hours": Within("Within 24 hours", hours=24),
    "2-working-days": Within("Within 2 working days", working_days=2),
    "5-working-days": Within("Within 5 working days", working_days=5),
}


class UnknownTime(ValueError):
    """A seriousness or a time in which to answer that there is not."""


def within_of(seriousness: str, asked: str = "") -> str:
    """The time in which to answer: the one that was asked for, else the usual one. Raises UnknownTime."""
    try:
        usual = LEVELS[Seriousness(seriousness)].usual
    except ValueError:
        raise UnknownTime("Say how serious the concern is.") from None
    if asked and asked not in WITHIN:
        raise UnknownTime("Choose one of the times in which to answer.")
    return asked or usual


def respond_by(within: str, told_at: datetime, holidays: Set[date]) -> datetime:
    """Until when an answer is asked for, in the time zone of `told_at`.

    Hours go by the clock, nights and weekends among them: a child at risk does not wait for Monday.
    """
    asked = WITHIN[within]
    if asked.hours:
        return told_at + timedelta(hours=asked.hours)
    day = add_working_days(told_at.date(), asked.working_days, holidays)
    return datetime.combine(day, END_OF_WORK, tzinfo=told_at.tzinfo)
