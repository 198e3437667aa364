"""Report versions, their sentences with the thread to findings, sign-off and publication."""

from django.db import models

from goldthread.apps.findings.models import Finding, Judgement
from goldthread.apps.inspections.models import Walled
from goldthread.domain import lifecycle


class Report(Walled):
    """One version of an inspection's report."""

    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    status = models.CharField(max_length=20, default=lifecycle.Report.DRAFT)
    submitted_by = models.ForeignKey("access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey("access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    check_note = models.TextField(blank=True)
    content_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inspection", "number"], name="one_report_number")]
        ordering = ["-number"]

    def __str__(self) -> str:
        return self.title

    def closed_because(self) -> str:
        """Only a draft may be changed."""
        if self.status in (lifecycle.Report.DRAFT, lifecycle.Report.RETURNED):
            return ""
        return "This version is no longer a draft, so it cannot be changed. Send it back or compose a new version."

    def journal_subject(self) -> tuple[str, str, str]:
        """The report by its version."""
        return ("report", str(self.pk), f"version {self.number} of the report")


class Section(models.Model):
    """One section of a version, in the order of the framework's outline."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="sections")
    slug = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    area = models.CharField(max_length=40, blank=True)
    order = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "slug"], name="one_section_a_slug")]
        ordering = ["order"]

    def __str__(self) -> str:
        return self.title


class Sentence(models.Model):
    """One sentence of a section. Its thread begins at a finding or a judgement; without either it rests on nothing,
    and the team's copy says so."""

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="sentences")
    order = models.PositiveSmallIntegerField()
    text = models.TextField()
    finding = models.ForeignKey(Finding, null=True, blank=True, on_delete=models.PROTECT, related_name="sentences")
    judgement = models.ForeignKey(Judgement, null=True, blank=True, on_delete=models.PROTECT, related_name="sentences")
    paragraph = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["section", "order"], name="one_sentence_an_order")]
        ordering = ["order"]

    def __str__(self) -> str:
        return f"{self.section_id} {self.order}"


class Publication(models.Model):
    """A published report: exactly the bytes that were approved, and nothing that leads back to the evidence."""

    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="publication")
    slug = models.SlugField(max_length=120, unique=True)
    title = models.CharField(max_length=200)
    authority = models.CharField(max_length=120)
    framework = models.CharField(max_length=40)
    synthetic = models.BooleanField(default=False)
    content = models.JSONField()
    pdf = models.BinaryField()
    word = models.BinaryField()
    sha256 = models.JSONField(default=dict)
    published_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.title
