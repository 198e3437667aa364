"""The timetable of fieldwork: who does what, when and where.

`Fieldwork` is what it is made from, `Plan` what was made, `check` holds the one against the other, and `faults` says
what no plan could ever do.
"""

from goldthread.domain.timetable.calendar_file import calendar_of
from goldthread.domain.timetable.checking import Breach, Load, Verdict, check
from goldthread.domain.timetable.faults import Fault, faults, faults_of_locked
from goldthread.domain.timetable.fieldwork import (
    INTERESTS,
    KINDS,
    Conflict,
    Fieldwork,
    Hours,
    Interest,
    Kind,
    Person,
    Settings,
    Site,
    Task,
)
from goldthread.domain.timetable.half_way import Ahead, ahead_of
from goldthread.domain.timetable.plans import Booking, Plan
from goldthread.domain.timetable.rules import AIMS, HARD_RULES

__all__ = [
    "AIMS",
    "HARD_RULES",
    "INTERESTS",
    "KINDS",
    "Ahead",
    "Booking",
    "Breach",
    "Conflict",
    "Fault",
    "Fieldwork",
    "Hours",
    "Interest",
    "Kind",
    "Load",
    "Person",
    "Plan",
    "Settings",
    "Site",
    "Task",
    "Verdict",
    "ahead_of",
    "calendar_of",
    "check",
    "faults",
    "faults_of_locked",
]
