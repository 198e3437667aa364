"""What somebody of the authority may read of a published report before everybody may."""

from typing import ClassVar

from django.db import models

from goldthread.apps.access.policy import Target
from goldthread.apps.access.roles import Side
from goldthread.apps.inspections.models import Walled
from goldthread.apps.reports.models.versions import Publication
from goldthread.domain import lifecycle


class PrePublicationCopy(Walled):
    """A report under embargo, given to one named person of the authority. It ends when everybody may read the report.

    Nobody but `reader` opens it, not even the team: the team has the report itself.
    """

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="pre_copies")
    reader = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=20, default=lifecycle.PrePublicationCopy.OUT)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "client_key"], name="one_pre_copy_a_client_key"),
            models.UniqueConstraint(
                fields=["publication", "reader"], condition=models.Q(status=lifecycle.PrePublicationCopy.OUT),
                name="one_pre_copy_a_reader",
            ),
        ]  # fmt: skip
        ordering: ClassVar = ["created_at"]

    def __str__(self) -> str:
        return f"Pre-publication copy for {self.reader}"

    @property
    def live(self) -> bool:
        """Whether it was not taken back."""
        return self.status != lifecycle.PrePublicationCopy.TAKEN_BACK

    def target(self, *, changing: bool = False) -> Target:
        """Let through the wall to its reader, and kept from everybody else."""
        reader = frozenset({str(self.reader_id)})
        return Target(within=self.inspection, side=Side.TEAM, released=True, owners=reader, sealed_for=reader)

    def journal_subject(self) -> tuple[str, str, str]:
        """By whose it is and the version's number."""
        number = self.publication.report.number
        return ("pre-copy", str(self.pk), f"the pre-publication copy of version {number} for {self.reader.name}")
