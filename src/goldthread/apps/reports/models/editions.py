"""Editions of the report, their points with the thread of the full one, and correction notices."""

from datetime import datetime
from typing import ClassVar

from django.db import models

from goldthread.apps.findings.models import Finding, Judgement
from goldthread.apps.inspections.models import Walled
from goldthread.apps.reports.models.versions import Publication, Report
from goldthread.domain import lifecycle
from goldthread.domain.easy import FORMS, LANGUAGES, Form


class Edition(Walled):
    """One version of the report told again: for children and young people or in easy read, in one language.

    `headings` are the headings of its parts, by part, where its language is not English. `native_reader` is who read
    a translation as a speaker of the language; empty until somebody has. `recognised` is what the last scan marked by
    the lists, by point: kinds of doubts and no words of anybody.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="editions")
    form = models.CharField(max_length=12)
    language = models.CharField(max_length=2, default="en")
    title = models.CharField(max_length=200)
    headings = models.JSONField(default=dict)
    native_reader = models.CharField(max_length=120, blank=True)
    status = models.CharField(max_length=20, default=lifecycle.Edition.DRAFT)
    submitted_by = models.ForeignKey("access.Person", null=True, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey("access.Person", null=True, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    check_note = models.TextField(blank=True)
    content_hash = models.CharField(max_length=64, blank=True)
    recognised = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "client_key"], name="one_edition_a_client_key"),
            models.UniqueConstraint(fields=["report", "form", "language"], name="one_edition_a_form_and_language"),
        ]
        ordering: ClassVar = ["report", "form", "language"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What people call it: its form, and its language where that is not English."""
        told = FORMS[Form(self.form)].title
        return told if self.language == "en" else f"{told}, in {LANGUAGES[self.language]}"

    @property
    def slug(self) -> str:
        """How it is named in the address of what is published."""
        return self.form if self.language == "en" else f"{self.form}-{self.language}"

    def closed_because(self) -> str:
        """Only a draft may be changed."""
        if self.status in (lifecycle.Edition.DRAFT, lifecycle.Edition.RETURNED):
            return ""
        return "This edition is no longer a draft, so it cannot be changed. Have it sent back first."

    def journal_subject(self) -> tuple[str, str, str]:
        """By its form and its version."""
        told = f"the edition “{self.name}” of version {self.report.number} of the report"
        return ("edition", str(self.pk), told)


class EditionPoint(models.Model):
    """What an edition says of one finding or judgement of the full report, in whole sentences, or why it leaves it out.

    Every sentence of it has the point's thread. Without a finding or a judgement it tells about the report itself.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="points")
    order = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    symbol = models.CharField(max_length=20, blank=True)
    because = models.CharField(max_length=500, blank=True)
    finding = models.ForeignKey(Finding, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    judgement = models.ForeignKey(Judgement, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "order"], name="one_edition_point_an_order"),
        ]
        ordering: ClassVar = ["order"]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.order}"

    @property
    def key(self) -> str:
        """What it rests on, as a form names it."""
        if self.finding_id:
            return f"finding:{self.finding_id}"
        return f"judgement:{self.judgement_id}" if self.judgement_id else "about"


class PublishedEdition(models.Model):
    """A published edition: exactly what was approved, beside the full report, without any thread.

    `odt` is empty for what was published before there was an OpenDocument file.
    """

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="publication")
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="editions")
    slug = models.SlugField(max_length=20)
    content = models.JSONField()
    pdf = models.BinaryField()
    word = models.BinaryField()
    odt = models.BinaryField(null=True)
    sha256 = models.JSONField(default=dict)
    published_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["publication", "slug"], name="one_published_edition_a_slug"),
        ]
        ordering: ClassVar = ["slug"]

    def __str__(self) -> str:
        return f"{self.publication_id} {self.slug}"

    @property
    def public_from(self) -> datetime:
        """From when everybody may read it: never before its full report."""
        return max(self.published_at, self.publication.published_at)


class CorrectionNotice(Walled):
    """A notice that a published report is wrong in one place: what it says there, what is right, and why.

    The report itself is never edited. `wrong` are words of the paragraph `place` as it was published.
    """

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="corrections")
    number = models.PositiveIntegerField()
    place = models.CharField(max_length=70)
    label = models.CharField(max_length=300)
    wrong = models.TextField()
    right = models.TextField()
    why = models.TextField()
    status = models.CharField(max_length=20, default=lifecycle.CorrectionNotice.SUBMITTED)
    checked_by = models.ForeignKey("access.Person", null=True, on_delete=models.PROTECT, related_name="+")
    check_note = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "client_key"], name="one_correction_a_client_key"),
            models.UniqueConstraint(fields=["publication", "number"], name="one_correction_a_number"),
        ]
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return f"Correction {self.number}"

    @property
    def public_from(self) -> datetime | None:
        """From when everybody may read it: never before its report. None while it is not passed."""
        return max(self.published_at, self.publication.published_at) if self.published_at else None

    def journal_subject(self) -> tuple[str, str, str]:
        """By its number; never in its words."""
        return ("correction", str(self.pk), f"correction notice {self.number} of {self.publication.slug}")
