"""Whether every review of an inspection needs its practitioner's part before it counts, and what was let off."""

from typing import ClassVar

from django.db import models

from goldthread.apps.cases.models.cases import Case
from goldthread.apps.inspections.models import Walled


class PartRequired(Walled):
    """One inspection's setting, off where there is no row. `because` says why it was changed last."""

    required = models.BooleanField(default=False)
    because = models.CharField(max_length=300, blank=True)
    changed_by = models.ForeignKey("access.Person", null=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection"], name="one_setting_of_parts_an_inspection")
        ]

    def __str__(self) -> str:
        return f"Practitioner's part in {self.inspection}"

    def journal_subject(self) -> tuple[str, str, str]:
        """The setting."""
        return ("part-required", str(self.pk), "whether every review needs its practitioner's part")


class PartWaiver(Walled):
    """A case whose reviews count without a practitioner's part. `because` is sealed: it may tell of the child."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="part_waivers")
    because = models.BinaryField()
    standing = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(standing=True), name="one_standing_waiver_a_case"
            ),
            models.UniqueConstraint(fields=["inspection", "client_key"], name="one_waiver_a_client_key"),
        ]
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return f"Waiver in {self.case}"

    @property
    def purpose(self) -> str:
        """Under what its reason is sealed."""
        return f"waiver {self.pk}"

    def closed_because(self) -> str:
        """A waiver that was taken back stays so."""
        return "" if self.standing else "This waiver was taken back already."

    def journal_subject(self) -> tuple[str, str, str]:
        """By its case's number."""
        return ("part-waiver", str(self.pk), f"the part of the practitioner in case {self.case.number}")
