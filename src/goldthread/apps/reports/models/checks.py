"""What each checker of a version said of it: kept for good, and counted only for exactly what they saw."""

from typing import ClassVar

from django.db import models

from goldthread.apps.reports.models.versions import Report


class ReportCheck(models.Model):
    """One checker's check of a version. `content_hash` is the digest of what they saw.

    `counts` ends when the version goes back, is taken back, or says anything else than they saw. Nobody but its
    checker sees one while it waits for the other.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="checks")
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    passes = models.BooleanField()
    note = models.TextField(blank=True)
    content_hash = models.CharField(max_length=64)
    counts = models.BooleanField(default=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["report", "person"], condition=models.Q(counts=True), name="one_check_of_a_person_counts"
            )
        ]
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.report_id} {self.at:%Y-%m-%d}"

    def journal_subject(self) -> tuple[str, str, str]:
        """Apart from the report: a check changes nothing of it until both are in."""
        return ("report-check", str(self.pk), f"a check of version {self.report.number} of the report")
