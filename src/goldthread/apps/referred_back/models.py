"""Children whose cases were referred back to the council, and what each side said."""

from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.utils import timezone

from goldthread.apps.cases.models import UrgentConcern
from goldthread.apps.inspections.models import Walled
from goldthread.domain import lifecycle
from goldthread.domain.referring_back import LEVELS, WITHIN, Seriousness


class ReferralBack(Walled):
    """A concern about one child as the council was told of it, until the team is content with what was done.

    It stands on the team's side and crosses the wall as it is made: `released_at` is when the council was told. The
    clock runs from then to `respond_by`, and stops with the first answer.
    """

    concern = models.OneToOneField(UrgentConcern, on_delete=models.PROTECT, related_name="referral_back")
    number = models.PositiveIntegerField()
    seriousness = models.CharField(max_length=20)
    within = models.CharField(max_length=20)
    respond_by = models.DateTimeField()
    first_answered_at = models.DateTimeField(null=True, blank=True)
    status = models.CharField(max_length=20, default=lifecycle.ReferralBack.TOLD)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inspection", "number"], name="one_referral_back_a_number"),
        ]
        ordering = ["-number"]

    def __str__(self) -> str:
        return self.mark

    @property
    def mark(self) -> str:
        """What people call it: R2."""
        return f"R{self.number}"

    @property
    def case(self) -> object:
        """The case that it is about."""
        return self.concern.case

    def owners(self) -> Iterable[str]:
        """Whoever referred the child back, and who reads the file first; not a second reader, who knows of none."""
        first = self.concern.case.allocated_to_id
        return [*super().owners(), *([str(first)] if first else [])]

    def journal_subject(self) -> tuple[str, str, str]:
        """By its number and the case's; never in its words."""
        case = self.concern.case
        return ("referral-back", str(self.pk), f"{self.mark}, case {case.number} of draw {case.draw.number}")

    @property
    def serious(self) -> str:
        """How serious it is, in words."""
        return LEVELS[Seriousness(self.seriousness)].title

    @property
    def asked_within(self) -> str:
        """In what time an answer was asked for, in words."""
        return WITHIN[self.within].title

    @property
    def waiting(self) -> bool:
        """Whether the council has still to answer: never yet, or again."""
        return self.status == lifecycle.ReferralBack.TOLD

    def overdue(self, now: datetime | None = None) -> bool:
        """Whether the first answer is late: it came after the time asked for, or has not come and the time is over."""
        return (self.first_answered_at or now or timezone.now()) > self.respond_by


class ReferralTurn(models.Model):
    """One thing said of a referral back: what the council was told, its answer, and what the team made of it."""

    referral = models.ForeignKey(ReferralBack, on_delete=models.PROTECT, related_name="turns")
    kind = models.CharField(max_length=20)
    says = models.TextField()
    by = models.ForeignKey("access.Person", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} of {self.referral_id}"
