"""What a timetable of fieldwork is made from, the timetables that were worked out, and the days of the phases."""

from datetime import date
from typing import ClassVar

from django.db import models

from goldthread.apps.access.policy import Target
from goldthread.apps.inspections.models import Walled
from goldthread.domain import lifecycle
from goldthread.domain.phase_days import PERIODS, PeriodKind
from goldthread.domain.timetable import KINDS


class Sites(Walled):
    """Where the team works and how long it takes from each site to another: one sheet for an inspection."""

    written = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["inspection"], name="one_sheet_of_sites")]

    def __str__(self) -> str:
        return f"Sites of {self.inspection}"

    def journal_subject(self) -> tuple[str, str, str]:
        """The sheet."""
        return ("sites", str(self.pk), "the sites of fieldwork")


class Availability(Walled):
    """When one of the team is there, and what they bring. Hours are minutes after midnight."""

    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    hours_from = models.PositiveSmallIntegerField(default=540)
    hours_to = models.PositiveSmallIntegerField(default=1020)
    weekdays = models.JSONField(default=list)
    away = models.JSONField(default=list)
    specialisms = models.JSONField(default=list)
    languages = models.JSONField(default=list)
    home = models.CharField(max_length=80, blank=True)
    balanced = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "person"], name="one_availability_a_person")
        ]

    def __str__(self) -> str:
        return f"Availability of {self.person}"

    def journal_subject(self) -> tuple[str, str, str]:
        """Whose it is."""
        return ("availability", str(self.pk), f"the availability of {self.person.name}")


class Task(Walled):
    """One thing to be placed. `must` holds ids of people; `about` pairs an interest with a team, person or family.

    `of_case` is the case that it reviews, or reads again. Hours are minutes after midnight.
    """

    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=[(kind.value, words) for kind, words in KINDS.items()])
    minutes = models.PositiveSmallIntegerField()
    first = models.DateField(null=True, blank=True)
    last = models.DateField(null=True, blank=True)
    seats = models.PositiveSmallIntegerField(default=1)
    must = models.JSONField(default=list)
    site = models.CharField(max_length=80, blank=True)
    at = models.PositiveSmallIntegerField(null=True, blank=True)
    specialism = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=60, blank=True)
    second_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="seconds")
    about = models.JSONField(default=list)
    of_case = models.UUIDField(null=True, blank=True)
    taken_out = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "client_key"], name="one_task_a_client_key"),
            models.UniqueConstraint(fields=["inspection", "number"], name="one_task_number_an_inspection"),
            models.UniqueConstraint(fields=["inspection", "of_case", "kind"], name="one_task_a_case_and_kind"),
        ]
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return self.title

    def closed_because(self) -> str:
        """What was taken out stays out."""
        return "This task was taken out of the timetable." if self.taken_out else ""

    def journal_subject(self) -> tuple[str, str, str]:
        """The task by its number."""
        return ("task", str(self.pk), f"task {self.number} of fieldwork")


class Timetable(Walled):
    """One timetable: asked for, worked out by the worker, then moved about by hand. `bookings` is the best so far.

    Before `from_day` nothing was placed, where it is given: what lay there stayed.
    """

    number = models.PositiveIntegerField()
    status = models.CharField(max_length=20, default=lifecycle.Timetable.WAITING)
    seconds = models.PositiveSmallIntegerField(default=60)
    from_day = models.DateField(null=True, blank=True)
    bookings = models.JSONField(default=list)
    says = models.CharField(max_length=300, blank=True)
    why_left_out = models.JSONField(default=dict)
    note = models.CharField(max_length=300, blank=True)
    stop_asked = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "client_key"], name="one_timetable_a_client_key"),
            models.UniqueConstraint(fields=["inspection", "number"], name="one_timetable_number_an_inspection"),
        ]
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return f"Timetable {self.number}"

    @property
    def working(self) -> bool:
        """Whether the worker has yet to finish it."""
        return self.status in (lifecycle.Timetable.WAITING, lifecycle.Timetable.WORKING)

    def closed_because(self) -> str:
        """While it is worked out nothing in it can be moved."""
        return "This timetable is still being worked out. Take the best so far first." if self.working else ""

    def journal_subject(self) -> tuple[str, str, str]:
        """The timetable by its number."""
        return ("timetable", str(self.pk), f"timetable {self.number}")


class MovedPhase(Walled):
    """One move of a phase, kept for good. Without days it takes the phase back to those that are worked out."""

    number = models.PositiveIntegerField()
    phase = models.CharField(max_length=40)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    because = models.CharField(max_length=300)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "number"], name="one_move_of_a_phase_a_number")
        ]
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return f"{self.phase} moved"

    @property
    def days(self) -> tuple[date, date] | None:
        """The days it was given; None where it was taken back to those that are worked out."""
        return (self.starts, self.ends) if self.starts and self.ends else None

    def journal_subject(self) -> tuple[str, str, str]:
        """The phase by its name in the framework."""
        return ("phase", f"{self.inspection_id}:{self.phase}"[:60], f"the phase “{self.phase.replace('-', ' ')}”")


class MarkedPeriod(Walled):
    """School holidays, or the time before an election, as they are in this authority."""

    kind = models.CharField(max_length=20, choices=[(kind.value, words) for kind, (words, _) in PERIODS.items()])
    says = models.CharField(max_length=120, blank=True)
    starts = models.DateField()
    ends = models.DateField()
    taken_out = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "client_key"], name="one_period_a_client_key")
        ]
        ordering: ClassVar = ["starts"]

    def __str__(self) -> str:
        return f"{self.kind}, {self.starts} to {self.ends}"

    def target(self, *, changing: bool = False) -> Target:
        """The inspection itself: both sides read its days."""
        return self.inspection.target(closed_because=self.closed_because() if changing else "")

    def closed_because(self) -> str:
        """What was taken out stays out."""
        return "This period was taken out." if self.taken_out else ""

    def journal_subject(self) -> tuple[str, str, str]:
        """By its kind."""
        return ("period", str(self.pk), f"a marked period: {PERIODS[PeriodKind(self.kind)][0].lower()}")


class AppliedTimetable(Walled):
    """That a timetable's people were given their cases. `changes` holds, of each case, who had it before and after."""

    timetable = models.ForeignKey(Timetable, on_delete=models.PROTECT, related_name="applied")
    changes = models.JSONField(default=list)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "client_key"], name="one_applied_timetable_a_client_key")
        ]
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.timetable} given out"

    def journal_subject(self) -> tuple[str, str, str]:
        """The timetable by its number."""
        return ("timetable", str(self.timetable_id), f"timetable {self.timetable.number}")
