"""The check of facts: what a council may say of the draft of a report, by when, and what it may be answered.

The days come from the framework's own phase. No framework says how a comment is to be made; the kinds are ours.
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from goldthread.domain.calendar import add_working_days, is_working_day
from goldthread.domain.framework import Phase

PHASE = "accuracy"
"""The phase of a framework whose length is the time for comments."""

USUAL_DAYS = 5
"""Working days for comments where a framework has no such phase: five in all of Ofsted's remits since 2020, by the
trade press on its consultation (Schools Week, Tes)."""


class Kind(StrEnum):
    """What a comment says is wrong with a paragraph."""

    FACT = "fact"
    WORDING = "wording"
    EVIDENCE = "evidence"
    OTHER = "other"


KINDS: Mapping[Kind, str] = {
    Kind.FACT: "A fact is wrong",
    Kind.WORDING: "The wording is unclear or misleads",
    Kind.EVIDENCE: "Evidence is missing",
    Kind.OTHER: "Anything else",
}


class Verdict(StrEnum):
    """What became of a comment."""

    ACCEPTED = "accepted"
    IN_PART = "in-part"
    NOT_ACCEPTED = "not-accepted"


VERDICTS: Mapping[Verdict, str] = {
    Verdict.ACCEPTED: "Accepted",
    Verdict.IN_PART: "Accepted in part",
    Verdict.NOT_ACCEPTED: "Not accepted",
}


class Exceptional(StrEnum):
    """Why a comment is taken as a recorded exception. It is answered as the others are."""

    LATE = "late"
    AGAIN = "again"


EXCEPTIONS: Mapping[Exceptional, str] = {
    Exceptional.LATE: "Late: sent after the last day for comments",
    Exceptional.AGAIN: "Sent after the council's other comments",
}


class DayError(ValueError):
    """A last day for comments that cannot be. The message is one sentence for the person who gave it."""


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph or point of a section, counted from 1; 0 is the section as a whole, its table and chart with it."""

    section: str
    number: int

    def __str__(self) -> str:
        return f"{self.section}.{self.number}"


def place_of(written: str) -> Place | None:
    """The place that `str()` of one gives; None where it is none."""
    section, _, number = written.rpartition(".")
    whole = number.isascii() and number.isdigit() and len(number) < 5
    return Place(section, int(number)) if section and whole else None


def days_allowed(phases: Iterable[Phase]) -> tuple[int, bool]:
    """Working days for comments under a framework, and whether its own text was checked for them."""
    for phase in phases:
        if phase.slug == PHASE:
            return phase.end - phase.start + 1, phase.checked
    return USUAL_DAYS, False


def last_day(released: date, days: int, holidays: Set[date]) -> date:
    """The last day for comments: that many working days after the day of release, which is not counted itself."""
    return add_working_days(released, days, holidays)


def require_last_day(day: date, today: date, holidays: Set[date]) -> None:
    """Raise DayError for a day on which comments cannot end."""
    if day <= today:
        raise DayError("The last day must come after today, so that there is time to comment.")
    if not is_working_day(day, holidays):
        raise DayError(f"{day:%A %-d %B %Y} is no working day: it is a weekend or a bank holiday.")


def exception_of(today: date, until: date, *, sent_before: bool) -> Exceptional | None:
    """Whether a comment sent today is an exception, and which. Being late is said first."""
    if today > until:
        return Exceptional.LATE
    return Exceptional.AGAIN if sent_before else None
