"""Practice that inspectors watched, and what was said and promised at meetings of children in care."""

from datetime import date
from typing import ClassVar

from django.db import models

from goldthread.apps.evidence.models import EvidenceItem
from goldthread.apps.inspections.models import Walled
from goldthread.domain import lifecycle
from goldthread.domain.hearing import PRACTICE


class Observation(Walled):
    """One observation on the short form. `sealed` holds what was seen, and what the shelf is to say of it."""

    number = models.PositiveIntegerField()
    day = models.DateField()
    kind = models.CharField(max_length=20)
    team = models.CharField(max_length=80, blank=True)
    area_slugs = models.CharField(max_length=300, blank=True)
    sealed = models.BinaryField()
    status = models.CharField(max_length=20, default=lifecycle.Observation.DRAFT)
    evidence_item = models.ForeignKey(
        EvidenceItem, null=True, blank=True, on_delete=models.PROTECT, related_name="observations"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "client_key"], name="one_observation_a_client_key"),
            models.UniqueConstraint(fields=["inspection", "number"], name="one_observation_a_number"),
        ]
        ordering: ClassVar = ["-number"]

    def __str__(self) -> str:
        return self.mark

    @property
    def mark(self) -> str:
        """What people call it: O3."""
        return f"O{self.number}"

    @property
    def what(self) -> str:
        """What was watched, in words."""
        return PRACTICE[self.kind]

    @property
    def purpose(self) -> str:
        """For what its words are sealed."""
        return f"observation:{self.pk}"

    @property
    def areas(self) -> list[str]:
        """Slugs of the areas of the framework of which it speaks."""
        return self.area_slugs.strip("|").split("|") if self.area_slugs else []

    @property
    def draft(self) -> bool:
        """Whether it can be changed."""
        return self.status == lifecycle.Observation.DRAFT

    def closed_because(self) -> str:
        """What is on the shelf is opened again before it is changed."""
        return "" if self.draft else "This observation is on the shelf. Open it again to change it."

    def journal_subject(self) -> tuple[str, str, str]:
        """By its number; never in its words."""
        return ("observation", str(self.pk), f"observation {self.mark}")


class CareCouncil(Walled):
    """One meeting of a council of children in care, or of a forum of care leavers. `sealed` holds what was said."""

    day = models.DateField()
    name = models.CharField(max_length=120)
    people = models.PositiveSmallIntegerField()
    sealed = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "client_key"], name="one_care_council_a_client_key")
        ]
        ordering: ClassVar = ["-day", "-created_at"]

    def __str__(self) -> str:
        return f"{self.name}, {self.day}"

    @property
    def purpose(self) -> str:
        """For what its words are sealed."""
        return f"care-council:{self.pk}"

    def journal_subject(self) -> tuple[str, str, str]:
        """By its day; never in its words."""
        return ("care-council", str(self.pk), f"the meeting of children in care of {self.day:%-d %B %Y}")


class Promise(Walled):
    """What was promised there: by whom, as an office and not as a person, by when, and what became of it."""

    meeting = models.ForeignKey(CareCouncil, on_delete=models.PROTECT, related_name="promises")
    sealed = models.BinaryField()
    by_whom = models.CharField(max_length=120)
    due = models.DateField()
    status = models.CharField(max_length=20, default=lifecycle.Promise.OPEN)
    outcome = models.BinaryField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "client_key"], name="one_promise_a_client_key")
        ]
        ordering: ClassVar = ["due", "created_at"]

    def __str__(self) -> str:
        return f"A promise by {self.due}"

    @property
    def purpose(self) -> str:
        """For what its words are sealed."""
        return f"promise:{self.pk}"

    def late(self, today: date) -> bool:
        """Whether its day is over and nobody has said what became of it."""
        return self.status == lifecycle.Promise.OPEN and self.due < today

    def journal_subject(self) -> tuple[str, str, str]:
        """By its meeting; never in its words."""
        return ("promise", str(self.pk), f"a promise of the meeting of {self.meeting.day:%-d %B %Y}")
