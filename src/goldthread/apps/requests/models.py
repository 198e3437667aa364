"""What the council is asked for, who of it answers, and what each side said."""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from django.db import models

from goldthread.apps.inspections.models import Walled
from goldthread.apps.submissions.models import Submission
from goldthread.domain import lifecycle

Status = lifecycle.InformationRequest

WAITING = (Status.ASKED, Status.SEEN, Status.SENT_BACK)
"""States in which the council has still to answer."""


class InformationRequest(Walled):
    """Something that the team asks the council for. It stands on the team's side and crosses the wall as it is asked.

    `ref` is its number in the framework's template, and empty where somebody added it. `owner` is who of the council
    answers, where that is said. `submission` is the hand-in that the council named as its answer.
    """

    number = models.PositiveIntegerField()
    ref = models.CharField(max_length=12, blank=True)
    title = models.CharField(max_length=160)
    says = models.TextField(blank=True)
    why = models.TextField(blank=True)
    due = models.DateField()
    owner = models.ForeignKey("access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=20, default=Status.ASKED)
    first_answered_at = models.DateTimeField(null=True, blank=True)
    submission = models.ForeignKey(Submission, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "client_key"], name="one_request_a_client_key"),
            models.UniqueConstraint(fields=["inspection", "number"], name="one_request_a_number"),
            models.UniqueConstraint(
                fields=["inspection", "ref"], condition=~models.Q(ref=""), name="one_request_a_ref"
            ),
        ]
        ordering: ClassVar = ["due", "number"]

    def __str__(self) -> str:
        return self.mark

    @property
    def mark(self) -> str:
        """What people call it: A12, with A for asked."""
        return f"A{self.number}"

    def owners(self) -> Iterable[str]:
        """Whoever asked for it, and whoever of the council answers."""
        return [*super().owners(), *([str(self.owner_id)] if self.owner_id else [])]

    def journal_subject(self) -> tuple[str, str, str]:
        """By its number; never in its words."""
        return ("information-request", str(self.pk), f"request {self.mark}")

    @property
    def waiting(self) -> bool:
        """Whether the council has still to answer: never yet, or again."""
        return self.status in WAITING

    def late(self, today: date) -> bool:
        """Whether it waits past the day on which it was due."""
        return self.waiting and self.due < today


class RequestTurn(models.Model):
    """One thing done or said about a request, by either side."""

    request = models.ForeignKey(InformationRequest, on_delete=models.PROTECT, related_name="turns")
    kind = models.CharField(max_length=20)
    says = models.TextField(blank=True)
    by = models.ForeignKey("access.Person", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} of {self.request_id}"
