"""The evidence shelf: every item that a finding may cite, whoever put it there."""

from django.db import models

from goldthread.apps.inspections.models import Walled


class EvidenceKind(models.TextChoices):
    """Where an item came from; the columns of the triangulation matrix."""

    DATA = "data", "Data"
    CASE_REVIEW = "case-review", "Case review"
    DOCUMENT = "document", "Document"
    CONVERSATION = "conversation", "Conversation"
    OBSERVATION = "observation", "Observation"
    SURVEY = "survey", "Survey"


class EvidenceItem(Walled):
    """One item. It holds a title, a summary, a kind and the hash of its source; the source keeps the rest."""

    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=EvidenceKind.choices)
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    area_slugs = models.CharField(max_length=300, blank=True)
    themes = models.JSONField(default=list)
    detail = models.JSONField(default=dict)
    source_hash = models.CharField(max_length=64, blank=True)
    about_from = models.DateField(null=True, blank=True)
    about_to = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=12, default="current")
    replaced_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaces")
    withdrawn_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inspection", "number"], name="one_shelf_mark_an_inspection")]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.mark} {self.title}"

    @property
    def mark(self) -> str:
        """Its shelf mark, as people quote it."""
        return f"E{self.number:04d}"

    @property
    def areas(self) -> list[str]:
        """Slugs of the areas of the framework that it speaks of."""
        return self.area_slugs.strip("|").split("|") if self.area_slugs else []

    @property
    def current(self) -> bool:
        """Whether it still stands; an item that does not marks all that leans on it *check again*."""
        return self.status == "current"

    def journal_subject(self) -> tuple[str, str, str]:
        """The item by its shelf mark."""
        return ("evidence-item", str(self.pk), f"evidence item {self.mark}")
