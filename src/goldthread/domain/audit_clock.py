"""When an audit is due, and how it stands with it: done in time, done late, overdue, due soon, or not yet due.

A working day is one of `domain.calendar`. An audit is done on the day on which its review was first signed off; one
that was given back is open again until it is signed off once more.
"""

from collections import Counter
from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from goldthread.domain.calendar import add_working_days
from goldthread.domain.intervals import Interval, wilson


class Standing(StrEnum):
    """How it stands with one audit on a day."""

    IN_TIME = "in-time"
    LATE = "late"
    OVERDUE = "overdue"
    SOON = "soon"
    NOT_YET = "not-yet"


STANDINGS = {
    Standing.IN_TIME: "Done in time",
    Standing.LATE: "Done late",
    Standing.OVERDUE: "Open and overdue",
    Standing.SOON: "Due soon",
    Standing.NOT_YET: "Not yet due",
}
"""Every standing in words."""


@dataclass(frozen=True, slots=True)
class Audit:
    """One file to be audited: by when, and when it was done; None while it is open."""

    due: date
    done: date | None = None


def standing(audit: Audit, today: date, soon: int, holidays: Set[date]) -> Standing:
    """How it stands with an audit today. Soon is within so many working days, today among them."""
    if audit.done is not None:
        return Standing.IN_TIME if audit.done <= audit.due else Standing.LATE
    if audit.due < today:
        return Standing.OVERDUE
    return Standing.SOON if audit.due <= add_working_days(today, soon, holidays) else Standing.NOT_YET


@dataclass(frozen=True, slots=True)
class Timeliness:
    """How many audits stand how. What counts against the time are those done and those overdue, and no others."""

    in_time: int
    late: int
    overdue: int
    not_yet: int

    @property
    def all(self) -> int:
        """Every audit."""
        return self.in_time + self.late + self.overdue + self.not_yet

    @property
    def done(self) -> int:
        """How many are done."""
        return self.in_time + self.late

    @property
    def judged(self) -> int:
        """Of how many it is known whether they were done in time: those that are done, and those overdue."""
        return self.in_time + self.late + self.overdue

    @property
    def interval(self) -> Interval | None:
        """The 95% interval of the share done in time, for how the programme works as such; None where nothing is
        judged. Every audit is counted, so the doubt is about the process and not about which were picked."""
        return wilson(self.in_time, self.judged) if self.judged else None


def timeliness(standings: Iterable[Standing]) -> Timeliness:
    """The counts. What is due soon is not yet due."""
    held = Counter(standings)
    return Timeliness(
        held[Standing.IN_TIME], held[Standing.LATE], held[Standing.OVERDUE],
        held[Standing.SOON] + held[Standing.NOT_YET],
    )  # fmt: skip
