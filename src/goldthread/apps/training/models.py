"""Trainings, the attempts of reviewers at practice cases, and who stood aside.

They have tables of their own: no count, figure, shelf or report of real cases can meet an answer to a practice case.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar

from django.db import models

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Target
from goldthread.apps.access.roles import ROLES
from goldthread.apps.inspections.models import Membership, Walled
from goldthread.domain import lifecycle
from goldthread.domain.calibration import PROPOSED, Level
from goldthread.domain.practice_case import PracticeCase
from goldthread.domain.practice_cases import load

REVIEWERS = tuple(slug for slug, role in ROLES.items() if Permission.PRACTICE_WRITE in role.may)
"""The roles whose holders review practice cases, and so see no answer before their own is signed off."""


class Training(Walled):
    """One training of a team: its practice cases, and when a reviewer counts as calibrated.

    With `first_sight` only answers count that were given before their reviewer had seen the model's. An inspection has
    one open training at a time; opening another closes it, and it stays to be read.
    """

    number = models.PositiveIntegerField()
    cases = models.JSONField(default=list)
    status = models.CharField(max_length=20, default=lifecycle.Training.OPEN)
    level_per_cent = models.PositiveSmallIntegerField(default=PROPOSED.per_cent)
    level_cases = models.PositiveSmallIntegerField(default=PROPOSED.cases)
    level_urgent = models.BooleanField(default=PROPOSED.urgent)
    first_sight = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "client_key"], name="one_training_a_client_key"),
            models.UniqueConstraint(fields=["inspection", "number"], name="one_training_number_an_inspection"),
            models.UniqueConstraint(
                fields=["inspection"], condition=models.Q(status="open"), name="one_open_training_an_inspection"
            ),
        ]
        ordering: ClassVar = ["-number"]

    def __str__(self) -> str:
        return f"Training {self.number}"

    @property
    def open(self) -> bool:
        """Whether its cases may still be begun and signed off."""
        return self.status == lifecycle.Training.OPEN

    @property
    def level(self) -> Level:
        """When a reviewer counts as calibrated."""
        return Level(self.level_per_cent, self.level_cases, self.level_urgent)

    def practice_cases(self) -> list[PracticeCase]:
        """Its practice cases, in their order."""
        return [load(slug) for slug in self.cases]

    def owners(self) -> Iterable[str]:
        """A training is the own of each who reviews here: all of them see it, each their own part of it."""
        held = Membership.objects.filter(inspection=self.inspection_id, role__in=REVIEWERS)
        return [*super().owners(), *(str(one) for one in held.values_list("person_id", flat=True))]

    def closed_because(self) -> str:
        """A closed training stays as it was."""
        return "" if self.open else "This training is closed. What was answered in it stays as it is."

    def journal_subject(self) -> tuple[str, str, str]:
        """By its number."""
        return ("training", str(self.pk), f"training {self.number}")


class PracticeReview(Walled):
    """One attempt of one reviewer at one practice case.

    `seen_before` says that the reviewer had seen the model answers of the case when it was begun: in an earlier
    attempt, in another training, or standing aside. `reflection` is sealed, and its reviewer's alone.
    """

    training = models.ForeignKey(Training, on_delete=models.PROTECT, related_name="reviews")
    case = models.CharField(max_length=60)
    instrument = models.CharField(max_length=60)
    reviewer = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="practice_reviews")
    attempt = models.PositiveSmallIntegerField(default=1)
    seen_before = models.BooleanField(default=False)
    status = models.CharField(max_length=20, default=lifecycle.PracticeReview.DRAFT)
    saved_at = models.DateTimeField(null=True, blank=True)
    signed_off_at = models.DateTimeField(null=True, blank=True)
    reflection = models.BinaryField(null=True, blank=True)
    reflection_version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["training", "case", "reviewer", "attempt"], name="one_attempt_a_number"),
            models.UniqueConstraint(
                fields=["training", "case", "reviewer"], condition=models.Q(status="draft"),
                name="one_attempt_at_a_time",
            ),
        ]  # fmt: skip
        ordering: ClassVar = ["case", "attempt", "created_at"]

    def __str__(self) -> str:
        return f"Attempt {self.attempt} at {self.case}"

    @property
    def practice_case(self) -> PracticeCase:
        """The case that it is of."""
        return load(self.case)

    @property
    def signed_off(self) -> bool:
        """Whether its reviewer is done with it, and is shown the model answers."""
        return self.status == lifecycle.PracticeReview.SIGNED_OFF

    @property
    def draft(self) -> bool:
        """Whether its reviewer is still at work on it."""
        return self.status == lifecycle.PracticeReview.DRAFT

    def owners(self) -> Iterable[str]:
        """It is its reviewer's own."""
        return [str(self.reviewer_id)]

    def closed_because(self) -> str:
        """Signed off it stays; in a closed training, or once its reviewer stood aside, it is not gone on with."""
        if self.signed_off:
            return "This practice case is signed off. Take it again if you like: the first attempt stays."
        if self.training.aside.filter(person_id=self.reviewer_id).exists():
            return "You stood aside in this training, so you review none of its cases."
        return self.training.closed_because()

    def target(self, *, changing: bool = False) -> Target:
        """A draft is its reviewer's alone; signed off, it is kept from whoever has still to review the same case."""
        asked = super().target(changing=changing)
        if self.draft:
            return replace(asked, sealed_for=frozenset({str(self.reviewer_id)}))
        return replace(asked, sealed_from=self._still_to_review())

    def _still_to_review(self) -> frozenset[str]:
        may = Membership.objects.filter(inspection=self.inspection_id, role__in=REVIEWERS)
        done = PracticeReview.objects.filter(
            training=self.training_id, case=self.case, status=lifecycle.PracticeReview.SIGNED_OFF
        )
        seen = {*done.values_list("reviewer_id", flat=True), *self.training.aside.values_list("person_id", flat=True)}
        return frozenset(str(one) for one in may.values_list("person_id", flat=True) if one not in seen)

    def journal_subject(self) -> tuple[str, str, str]:
        """By its case and attempt."""
        return ("practice-review", str(self.pk), f"{self.case.replace('-', ' case ')}, attempt {self.attempt}")


class PracticeAnswer(models.Model):
    """One answer of an attempt, or one of its closing notes. Its words are sealed as those of real files would be."""

    review = models.ForeignKey(PracticeReview, on_delete=models.PROTECT, related_name="answers")
    question = models.CharField(max_length=40)
    value = models.CharField(max_length=30, blank=True)
    words = models.BinaryField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["review", "question"], name="one_practice_answer")]

    def __str__(self) -> str:
        return f"{self.question} of {self.review_id}"


class StoodAside(models.Model):
    """Somebody who leads a training and reviews none of its cases, so that they see every answer. Never taken back."""

    training = models.ForeignKey(Training, on_delete=models.PROTECT, related_name="aside")
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["training", "person"], name="one_standing_aside")]

    def __str__(self) -> str:
        return f"{self.person} aside in {self.training}"
