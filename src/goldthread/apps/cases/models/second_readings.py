"""Second readings: which files are read twice, what was settled where readers differ, and the council's own audits."""

from collections.abc import Iterable
from typing import ClassVar

from django.db import models

from goldthread.apps.cases.models.cases import Case, CaseReview, Draw
from goldthread.apps.inspections.models import Walled
from goldthread.domain import lifecycle


class SecondReadings(Walled):
    """How the files of one draw were picked for a second reading: the share, the seed, and out of how many.

    `signed_before` were signed off before anybody could be kept from reading them, and so could not be picked.
    """

    draw = models.OneToOneField(Draw, on_delete=models.PROTECT, related_name="second_readings")
    share = models.PositiveSmallIntegerField()
    seed = models.CharField(max_length=60)
    algorithm = models.CharField(max_length=30)
    files = models.PositiveIntegerField(default=0)
    signed_before = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"Second readings of {self.draw}"

    def closed_because(self) -> str:
        """Nothing more is given out of a replaced draw."""
        return self.draw.closed_because()

    def journal_subject(self) -> tuple[str, str, str]:
        """The second readings by their draw."""
        return ("second-readings", str(self.pk), f"draw {self.draw.number}")


class SecondReading(Walled):
    """One case that is read twice: by whom the second time, and what came of comparing the two.

    `first` and `second` are the two reviews as they were signed off when both were in; they stay as they are.
    """

    plan = models.ForeignKey(SecondReadings, on_delete=models.PROTECT, related_name="readings")
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="second_reading")
    reader = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="second_readings")
    place = models.PositiveIntegerField()
    status = models.CharField(max_length=20, default=lifecycle.SecondReading.GIVEN)
    first = models.ForeignKey(CaseReview, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(CaseReview, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    compared_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey("access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    called_off_because = models.CharField(max_length=300, blank=True)
    opened_again_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["case__draw__number", "case__number"]

    def __str__(self) -> str:
        return f"Second reading of {self.case}"

    def owners(self) -> Iterable[str]:
        """It is the own of both readers."""
        return self.case.owners()

    @property
    def waits(self) -> bool:
        """Whether one of the two readings, or both, are still to be signed off."""
        return self.status == lifecycle.SecondReading.GIVEN

    @property
    def compared(self) -> bool:
        """Whether differences are being settled."""
        return self.status == lifecycle.SecondReading.COMPARED

    @property
    def settled(self) -> bool:
        """Whether no difference is left open."""
        return self.status == lifecycle.SecondReading.SETTLED

    def closed_because(self) -> str:
        """Only what is laid side by side can be settled."""
        if self.waits:
            return "Both readings must be signed off before anything is settled."
        return "This second reading was called off." if self.status == lifecycle.SecondReading.CALLED_OFF else ""

    def journal_subject(self) -> tuple[str, str, str]:
        """The second reading by its case's number."""
        case = self.case
        return ("second-reading", str(self.pk), f"the second reading of case {case.number} of draw {case.draw.number}")


class Settlement(models.Model):
    """What stands for one question on which two readings differ, and why. Both readings keep their own answers."""

    reading = models.ForeignKey(SecondReading, on_delete=models.PROTECT, related_name="settlements")
    question = models.CharField(max_length=40)
    value = models.CharField(max_length=30, blank=True)
    why = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey("access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reading", "question"], name="one_settlement_a_question")
        ]

    def __str__(self) -> str:
        return f"{self.question} of {self.reading_id}"


class OwnAudit(Walled):
    """What the council's own audit graded one file, in the instrument's own grades, and where that can be read."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="own_audits")
    question = models.CharField(max_length=40)
    grade = models.CharField(max_length=30)
    source = models.CharField(max_length=300)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "question"], name="one_own_grade_a_question")]

    def __str__(self) -> str:
        return f"{self.question} of {self.case_id}"

    def journal_subject(self) -> tuple[str, str, str]:
        """The audit by its case's number."""
        return ("own-audit", str(self.pk), f"case {self.case.number} of draw {self.case.draw.number}")
