"""What gathers around a review: the practitioner's part, tags on its reasons, its way from hand to hand."""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from django.db import models
from django.utils import timezone

from goldthread.apps.cases.models.cases import CaseReview
from goldthread.apps.inspections.models import Walled
from goldthread.domain import lifecycle


class PractitionersPart(Walled):
    """A finished review that one named practitioner of the council was shown before it counts.

    It stands on the team's side and crosses the wall as it is made; of the council it is the practitioner's alone.
    `due` is the last day for an answer, `working_days` working days after the release. `shown` holds, sealed, the
    answers and reasons as they were shown: what the team changes afterwards is its own. What they write is theirs
    until it is sent: the team sees nothing of it before.
    """

    review = models.ForeignKey(CaseReview, on_delete=models.PROTECT, related_name="practitioners_parts")
    practitioner = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=20, default=lifecycle.PractitionersPart.RELEASED)
    shown = models.BinaryField()
    working_days = models.PositiveSmallIntegerField()
    due = models.DateField()
    saved_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["review"],
                condition=models.Q(status__in=("released", "sent")),
                name="one_open_part_a_review",
            ),
            models.UniqueConstraint(fields=["inspection", "client_key"], name="one_part_a_client_key"),
        ]
        ordering: ClassVar = ["created_at"]

    def __str__(self) -> str:
        return f"Part in {self.review}"

    def owners(self) -> Iterable[str]:
        """It is the practitioner's own, whoever of the team released it."""
        return [str(self.practitioner_id)]

    @property
    def released(self) -> bool:
        """Whether the practitioner may still write."""
        return self.status == lifecycle.PractitionersPart.RELEASED

    @property
    def sent(self) -> bool:
        """Whether it was sent and is still to be weighed."""
        return self.status == lifecycle.PractitionersPart.SENT

    @property
    def answered(self) -> bool:
        """Whether the practitioner sent it."""
        return self.sent_at is not None

    def overdue(self, today: date | None = None) -> bool:
        """Whether the due day is over without an answer."""
        return self.released and (today or timezone.localdate()) > self.due

    def closed_because(self) -> str:
        """What was sent is sent; what the team ended is over, and so is what it took up elsewhere."""
        if self.released:
            review = self.review
            gone = review.case.status == lifecycle.Case.SET_ASIDE or review.case.allocated_to_id != review.reviewer_id
            if not review.draft or gone or not review.case.draw.live:
                return "The team no longer works on this review, so there is nothing to add to it."
            return ""
        return {
            lifecycle.PractitionersPart.TAKEN_BACK: "The team took this review back, so nothing can be added to it.",
            lifecycle.PractitionersPart.GONE_ON: "The due day is over, and the team went on without your part.",
        }.get(lifecycle.PractitionersPart(self.status), "You sent your part, and it stays as you sent it.")

    def journal_subject(self) -> tuple[str, str, str]:
        """By its case's number."""
        case = self.review.case
        return ("practitioners-part", str(self.pk), f"the review of case {case.number} of draw {case.draw.number}")


class PractitionersWord(models.Model):
    """What a practitioner says of one question, or of the whole, and what the reviewer made of a correction.

    `words` are sealed: what the file did not show, and why the answer should be another. `proposed` is another answer
    of the instrument. `original` is what was answered when a correction was accepted; `because` is sealed too.
    """

    part = models.ForeignKey(PractitionersPart, on_delete=models.PROTECT, related_name="words_said")
    question = models.CharField(max_length=40)
    words = models.BinaryField(null=True, blank=True)
    proposed = models.CharField(max_length=30, blank=True)
    decision = models.CharField(max_length=10, blank=True)
    original = models.CharField(max_length=30, blank=True)
    because = models.BinaryField(null=True, blank=True)
    decided_by = models.ForeignKey("access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["part", "question"], name="one_word_a_question")]

    def __str__(self) -> str:
        return f"{self.question} of {self.part_id}"


class ReasonTag(models.Model):
    """A theme that somebody put on the reason of one answer: one of the instrument's, or one of the team's own."""

    review = models.ForeignKey(CaseReview, on_delete=models.PROTECT, related_name="tags")
    question = models.CharField(max_length=40)
    tag = models.CharField(max_length=60)
    by = models.ForeignKey("access.Person", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "question", "tag"], name="one_tag_a_reason_once")
        ]
        ordering: ClassVar = ["tag"]

    def __str__(self) -> str:
        return self.tag


class HandOver(models.Model):
    """A review that was handed to another reviewer as it stood, with a sealed note."""

    review = models.ForeignKey(CaseReview, on_delete=models.PROTECT, related_name="hand_overs")
    frm = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    note = models.BinaryField()
    by = models.ForeignKey("access.Person", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return f"Hand-over of {self.review_id}"
