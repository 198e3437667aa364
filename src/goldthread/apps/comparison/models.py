"""What a submission is compared with: published figures that were loaded, and the authority's own series."""

import uuid
from collections.abc import Iterable

from django.db import models

from goldthread.apps.access.models import Person
from goldthread.apps.access.policy import Target
from goldthread.apps.inspections.models import Inspection, Walled


class Kind(models.TextChoices):
    """What a file of published figures holds."""

    LAIT = "lait", "Figures of all authorities"
    NEIGHBOURS = "neighbours", "Statistical neighbours"


class PublishedFile(models.Model):
    """One file of published figures, as it was loaded; never changed. The latest of its kind is in force.

    It holds for one inspection, or without one for all that have none of their own. The figures are public: they lie
    unsealed in the store, under `store_key`. `about` says what is in them, for the page that shows it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    inspection = models.ForeignKey(Inspection, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    label = models.CharField(max_length=160)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    store_key = models.CharField(max_length=80)
    about = models.JSONField(default=dict)
    client_key = models.UUIDField(default=uuid.uuid4, unique=True)
    created_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.label

    @property
    def source(self) -> str:
        """What the figures are said to come from."""
        return f"{self.label} (SHA-256 {self.sha256[:12]})"

    def journal_subject(self) -> tuple[str, str, str]:
        """The file by its hash."""
        what = "published figures" if self.kind == Kind.LAIT else "statistical neighbours"
        return ("published-file", str(self.pk), f"{what}, SHA-256 {self.sha256[:12]}")


class ComparedAs(models.Model):
    """As which authority an inspection is compared, and by which version of the neighbour model; blank is left open.

    Without a choice the authority is the one of the inspection's own name, and the model is the newest.
    """

    inspection = models.OneToOneField(Inspection, on_delete=models.PROTECT, related_name="+")
    authority = models.CharField(max_length=8, blank=True)
    model = models.CharField(max_length=20, blank=True)
    chosen_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.inspection_id} as {self.authority}"

    def target(self) -> Target:
        """The inspection's own set-up: both sides see it."""
        return self.inspection.target()

    def journal_subject(self) -> tuple[str, str, str]:
        """The choice; which it is stands in the detail."""
        return ("compared-as", str(self.inspection_id), "which authority to compare as")


class Series(Walled):
    """One side's view of one measure over time: its target with where that comes from, and its new limits.

    `version` counts every change of either.
    """

    code = models.CharField(max_length=12)
    target_value = models.FloatField(null=True)
    target_source = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inspection", "side", "code"], name="one_series_a_measure")]

    def __str__(self) -> str:
        return f"{self.code} of {self.inspection_id}"

    def owners(self) -> Iterable[str]:
        """It is nobody's own: it belongs to a side."""
        return []

    def journal_subject(self) -> tuple[str, str, str]:
        """The measure by its code."""
        return ("series", str(self.pk), f"the series of {self.code}")


class Rebased(models.Model):
    """A decision to draw a series' limits anew from a month on: who took it, when and why; and who took it back."""

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="rebased")
    period = models.CharField(max_length=7)
    because = models.CharField(max_length=300)
    client_key = models.UUIDField(default=uuid.uuid4, unique=True)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["series", "period"], condition=models.Q(taken_back_at=None), name="limits_once_a_month"
            )
        ]
        ordering = ["period", "pk"]

    def __str__(self) -> str:
        return f"{self.series_id} from {self.period}"

    def target(self) -> Target:
        """The series that it belongs to."""
        return self.series.target()


class PastGrade(models.Model):
    """One grade that an earlier inspection gave the authority, with where it was read; taken back, never changed.

    It is published, so both sides see it. `grade` is blank where the inspection gave none.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    framework = models.CharField(max_length=60)
    area = models.CharField(max_length=120)
    grade = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=300)
    client_key = models.UUIDField(default=uuid.uuid4, unique=True)
    created_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["on", "area", "pk"]

    def __str__(self) -> str:
        return f"{self.area}, {self.on}"

    def target(self) -> Target:
        """The inspection: it is part of its set-up."""
        return self.inspection.target()

    def journal_subject(self) -> tuple[str, str, str]:
        """The grade by its day."""
        return ("past-grade", str(self.pk), f"a grade of {self.on:%-d %B %Y}")


class PastTheme(models.Model):
    """One theme that an earlier inspection told the authority to improve, with where it was read; taken back, never
    changed. It is published, so both sides see it. `theme` is a slug of `domain.watch.recurrence`."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    theme = models.CharField(max_length=30)
    source = models.CharField(max_length=300)
    client_key = models.UUIDField(default=uuid.uuid4, unique=True)
    created_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["on", "theme", "pk"]

    def __str__(self) -> str:
        return f"{self.theme}, {self.on}"

    def target(self) -> Target:
        """The inspection: it is part of its set-up."""
        return self.inspection.target()

    def journal_subject(self) -> tuple[str, str, str]:
        """The theme by its day."""
        return ("past-theme", str(self.pk), f"a theme of the inspection of {self.on:%-d %B %Y}")
