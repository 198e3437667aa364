"""Cases that reviewers take with them to work without a connection: the leave, the packs, what came back."""

from datetime import datetime

from django.db import models
from django.utils import timezone

from goldthread.apps.cases.models import Case, CaseReview
from goldthread.apps.inspections.models import Walled
from goldthread.domain import lifecycle
from goldthread.domain.offline_pack import DEFAULT_CASES, DEFAULT_HOURS


class OfflineLeave(Walled):
    """One inspection's setting, off where there is no row: whether cases may be taken offline, how many, how long."""

    allowed = models.BooleanField(default=False)
    most_cases = models.PositiveSmallIntegerField(default=DEFAULT_CASES)
    hours = models.PositiveSmallIntegerField(default=DEFAULT_HOURS)
    because = models.CharField(max_length=300, blank=True)
    changed_by = models.ForeignKey("access.Person", null=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inspection"], name="one_offline_leave_an_inspection")]

    def __str__(self) -> str:
        return f"Offline packs in {self.inspection}"

    def journal_subject(self) -> tuple[str, str, str]:
        """The setting."""
        return ("offline-leave", str(self.pk), "whether cases may be taken offline")


class OfflinePack(Walled):
    """Some cases of one reviewer on one device, until it says that it holds nothing more.

    `key` is the pack's own, sealed under the inspection's, and gone once the pack has ended. `heard_at` is when the
    device last spoke; `purged_at` when it says it purged, which may be earlier than when it could tell.
    """

    number = models.PositiveIntegerField()
    status = models.CharField(max_length=20, default=lifecycle.OfflinePack.OUT)
    key = models.BinaryField(null=True)
    over_at = models.DateTimeField()
    placed_at = models.DateTimeField(null=True, blank=True)
    heard_at = models.DateTimeField(null=True, blank=True)
    returned = models.PositiveIntegerField(default=0)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey("access.Person", null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_because = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_how = models.CharField(max_length=20, blank=True)
    purged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inspection", "client_key"], name="one_offline_pack_a_client_key"),
            models.UniqueConstraint(fields=["inspection", "number"], name="one_offline_pack_a_number"),
        ]
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"Offline pack {self.number}"

    @property
    def purpose(self) -> str:
        """Under what its key is sealed."""
        return f"offline pack {self.pk}"

    @property
    def ended(self) -> bool:
        """Whether its device holds nothing more, as far as anybody knows."""
        return self.status == lifecycle.OfflinePack.ENDED

    @property
    def withdrawn(self) -> bool:
        """Whether the lead took the leave back."""
        return self.withdrawn_at is not None

    def over(self, now: datetime | None = None) -> bool:
        """Whether its time is over, so that its device has purged it or will when it next wakes."""
        return (now or timezone.now()) >= self.over_at

    def usable(self, now: datetime | None = None) -> bool:
        """Whether it may still be opened."""
        return self.status == lifecycle.OfflinePack.OUT and not self.over(now)

    def journal_subject(self) -> tuple[str, str, str]:
        """The pack by its number."""
        return ("offline-pack", str(self.pk), f"offline pack {self.number}")


class PackedCase(models.Model):
    """One case of a pack, with the review that there was of it when it was taken; none where it was not begun."""

    pack = models.ForeignKey(OfflinePack, on_delete=models.PROTECT, related_name="packed")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    review = models.ForeignKey(CaseReview, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pack", "case"], name="one_place_in_a_pack")]
        ordering = ["case__draw__number", "case__number"]

    def __str__(self) -> str:
        return f"{self.case_id} in {self.pack_id}"


class KeptAnswer(Walled):
    """An answer made offline that could not simply be taken in: another stood in its place, or the review was closed.

    `typed` holds it sealed, and `stood` what it was weighed against when its reviewer chose. `why` is `clash` or
    `refused`, and `says` of a refusal its words.
    """

    pack = models.ForeignKey(OfflinePack, on_delete=models.PROTECT, related_name="kept")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    review = models.ForeignKey(CaseReview, null=True, on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=40)
    typed = models.BinaryField()
    stood = models.BinaryField(null=True)
    typed_at = models.DateTimeField()
    why = models.CharField(max_length=20)
    says = models.CharField(max_length=500, blank=True)
    chosen = models.CharField(max_length=20, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pack", "case", "question"],
                condition=models.Q(settled_at=None),
                name="one_open_clash_a_question",
            )
        ]
        ordering = ["case__draw__number", "case__number", "created_at"]

    def __str__(self) -> str:
        return f"{self.question} of {self.case_id}"

    @property
    def purpose(self) -> str:
        """Under what its words are sealed."""
        return f"answer made offline {self.pk}"

    @property
    def open(self) -> bool:
        """Whether its reviewer has still to choose."""
        return self.settled_at is None

    def closed_because(self) -> str:
        """What was chosen stays chosen; the review itself can still be changed."""
        return "" if self.open else "This was settled already. The answer itself can be changed in the review."

    def journal_subject(self) -> tuple[str, str, str]:
        """By its pack and case; never in its words."""
        return (
            "offline-answer", str(self.pk),
            f"offline pack {self.pack.number}, case {self.case.number} of draw {self.case.draw.number}",
        )  # fmt: skip
