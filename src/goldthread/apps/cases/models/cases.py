"""Sample draws, the cases drawn, their reviews, and urgent concerns about a child."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from django.db import models

from goldthread.apps.access.policy import Target
from goldthread.apps.evidence.models import EvidenceItem
from goldthread.apps.inspections.models import Walled
from goldthread.apps.submissions.models import Submission
from goldthread.domain import lifecycle

if TYPE_CHECKING:
    from goldthread.apps.cases.models.practitioners import PractitionersPart
    from goldthread.apps.cases.models.second_readings import SecondReading


class Draw(Walled):
    """One draw: the plan, the seed, the frame's hash and the counts, so that anybody can draw it again.

    `as_at` is the day the frame was made for; `strata_by` the columns that divide it. `minimum_per_stratum` is null
    where the plan left it to the rule of `domain.sampling`. `population` is of a dip-sample its theme; `particulars`
    is what the design asks beyond size and seed. `unknown` holds, sealed, who of a list that was given nobody knows.
    """

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="draws")
    number = models.PositiveIntegerField()
    purpose = models.CharField(max_length=300)
    population = models.CharField(max_length=30)
    says = models.CharField(max_length=200, blank=True)
    as_at = models.DateField()
    strata_by = models.JSONField(default=list)
    size = models.PositiveIntegerField()
    seed = models.CharField(max_length=60)
    minimum_per_stratum = models.PositiveSmallIntegerField(null=True, blank=True)
    design = models.CharField(max_length=30, default="proportional")
    particulars = models.JSONField(default=dict)
    listed = models.PositiveIntegerField(null=True, blank=True)
    listed_twice = models.PositiveIntegerField(default=0)
    unknown = models.BinaryField(null=True, blank=True)
    unknown_count = models.PositiveIntegerField(default=0)
    algorithm = models.CharField(max_length=30)
    frame_hash = models.CharField(max_length=64)
    frame_size = models.PositiveIntegerField()
    strata = models.JSONField(default=list)
    excluded = models.JSONField(default=list)
    instrument = models.CharField(max_length=60)
    status = models.CharField(max_length=20, default=lifecycle.Draw.DRAWN)
    superseded_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "client_key"], name="one_draw_a_client_key"),
            models.UniqueConstraint(fields=["inspection", "number"], name="one_draw_number_an_inspection"),
        ]
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return f"Draw {self.number}"

    @property
    def live(self) -> bool:
        """Whether its cases are still worked on."""
        return self.status == lifecycle.Draw.DRAWN

    def owners(self) -> Iterable[str]:
        """A draw is the own of whoever made it, and of each who was given a file of it to read, first or second."""
        cases = self.cases.order_by()
        given = cases.exclude(allocated_to=None).values_list("allocated_to_id", flat=True).distinct()
        again = cases.exclude(second_reading=None).values_list("second_reading__reader_id", flat=True).distinct()
        return [*super().owners(), *(str(one) for one in (*given, *again))]

    def closed_because(self) -> str:
        """A superseded draw stays as it was."""
        return "" if self.live else "This draw was replaced, so nothing about it can be changed."

    def journal_subject(self) -> tuple[str, str, str]:
        """The draw by its number."""
        return ("draw", str(self.pk), f"draw {self.number} of {self.size} files")


class Case(Walled):
    """One child's file that was drawn, under the child's pseudonym.

    `number` is the place in the draw, reserves after those chosen. `reserve_place` is the place in the stratum's
    reserve at the draw and never changes; `reserve` says whether the case still waits there. `siblings` is for how many
    children of the frame it stands as one of them. `content_kinds` are codes of `domain.content_notices`, by comma.
    """

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="cases")
    number = models.PositiveIntegerField()
    pseudonym = models.CharField(max_length=16)
    stratum = models.CharField(max_length=200)
    stratum_values = models.JSONField(default=dict)
    reason = models.CharField(max_length=300)
    siblings = models.PositiveSmallIntegerField(default=1)
    reserve = models.BooleanField(default=False)
    reserve_place = models.PositiveIntegerField(null=True, blank=True)
    came_in_for = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    status = models.CharField(max_length=20, default=lifecycle.Case.DRAWN)
    allocated_to = models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="allocated_cases"
    )
    allocated_at = models.DateTimeField(null=True, blank=True)
    set_aside_because = models.CharField(max_length=300, blank=True)
    instrument = models.CharField(max_length=60, blank=True)
    content_kinds = models.CharField(max_length=120, blank=True)
    content_said_by = models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    content_said_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["draw", "number"], name="one_case_number_a_draw")]
        ordering: ClassVar = ["draw__number", "number"]

    def __str__(self) -> str:
        return f"Case {self.number}"

    def owners(self) -> Iterable[str]:
        """A case is the own of the inspector it was given to, and of whoever reads it a second time."""
        second = self.read_again
        readers = (self.allocated_to_id, second.reader_id if second else None)
        return [str(one) for one in readers if one]

    @property
    def read_again(self) -> SecondReading | None:
        """Its second reading, where it was picked for one."""
        return getattr(self, "second_reading", None)

    def closed_because(self) -> str:
        """Nothing is done any more to a case of a replaced draw, nor to one in reserve."""
        if not self.draw.live:
            return "The draw that this case belongs to was replaced."
        return "This case is in reserve. It comes in when another case is set aside." if self.reserve else ""

    def journal_subject(self) -> tuple[str, str, str]:
        """The case by its number; never by its pseudonym."""
        return ("case", str(self.pk), f"case {self.number} of draw {self.draw.number}")


class CaseReview(Walled):
    """One reviewer's review of one case on one instrument. Signed off, it is evidence and may only be superseded.

    Its version counts every saved answer, so that signing off is refused on anything but what was read.
    The closing grades are copied from the answers when it is signed off. `seconds_spent` were counted while its page
    was open and in use, the last of them at `active_at`; `minutes_said` its reviewer added in so many words.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reviews")
    reviewer = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="case_reviews")
    instrument = models.CharField(max_length=60)
    status = models.CharField(max_length=20, default=lifecycle.CaseReview.DRAFT)
    practice_grade = models.CharField(max_length=30, blank=True)
    record_grade = models.CharField(max_length=30, blank=True)
    saved_at = models.DateTimeField(null=True, blank=True)
    signed_off_at = models.DateTimeField(null=True, blank=True)
    replaces = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    seconds_spent = models.PositiveIntegerField(default=0)
    minutes_said = models.PositiveIntegerField(default=0)
    active_at = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    pause_note = models.BinaryField(null=True, blank=True)
    given_back_because = models.CharField(max_length=500, blank=True)
    given_back_by = models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    evidence_item = models.ForeignKey(
        EvidenceItem, null=True, blank=True, on_delete=models.PROTECT, related_name="case_reviews"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "reviewer"],
                condition=~models.Q(status="superseded"),
                name="one_live_review_a_reviewer",
            )
        ]
        ordering: ClassVar = ["created_at"]

    def __str__(self) -> str:
        return f"Review of {self.case}"

    def owners(self) -> Iterable[str]:
        """A review is its reviewer's own."""
        return [str(self.reviewer_id)]

    @property
    def signed_off(self) -> bool:
        """Whether it is evidence."""
        return self.status == lifecycle.CaseReview.SIGNED_OFF

    @property
    def draft(self) -> bool:
        """Whether its reviewer is still at work on it."""
        return self.status == lifecycle.CaseReview.DRAFT

    def closed_because(self) -> str:
        """A signed-off review is evidence; one of a case that was taken away waits with it."""
        if self.signed_off:
            return "This review is signed off. Ask the lead or the quality-assurance manager to give it back."
        if self.status == lifecycle.CaseReview.SUPERSEDED:
            return "This review was given back and another has taken its place."
        if self.case.status == lifecycle.Case.SET_ASIDE:
            return "The case was set aside, so its review is closed."
        if (part := self.with_practitioner) is not None:
            return (
                f"This review is with {part.practitioner.name} until the end of {part.due:%-d %B %Y}. Until they have "
                "sent their part nothing is changed, so that they answer what they read."
            )
        if self.second:
            if self.case.second_reading.status == lifecycle.SecondReading.CALLED_OFF:
                return "The second reading of this case was called off, so its review is closed."
        elif self.case.allocated_to_id != self.reviewer_id:
            return "The case was given to somebody else, so this review is closed."
        return self.case.closed_because()

    @property
    def second(self) -> bool:
        """Whether it is the second reading of its case."""
        pair = self.case.read_again
        return pair is not None and pair.reader_id == self.reviewer_id

    @property
    def with_practitioner(self) -> PractitionersPart | None:
        """The practitioner's part that is out: the review was shown, and nothing has come back yet."""
        if not self.draft:
            return None
        out = self.practitioners_parts.filter(status=lifecycle.PractitionersPart.RELEASED)
        return out.select_related("practitioner").first()

    @property
    def minutes_spent(self) -> int:
        """How long it was worked on, as far as that was counted or said."""
        return round(self.seconds_spent / 60) + self.minutes_said

    @property
    def held_back(self) -> bool:
        """Whether its case is to be read twice and not both readings are signed off: it is nobody's to lean on yet."""
        pair = self.case.read_again
        return pair is not None and pair.waits

    def target(self, *, changing: bool = False) -> Target:
        """The review as the policy asks about it: kept from the other reader until both are signed off."""
        asked = super().target(changing=changing)
        pair = self.case.read_again
        if pair is None or not pair.waits:
            return asked
        return replace(asked, sealed_from=frozenset(self.case.owners()) - {str(self.reviewer_id)})

    def journal_subject(self) -> tuple[str, str, str]:
        """The review by its case's number."""
        return ("case-review", str(self.pk), f"the review of case {self.case.number} of draw {self.case.draw.number}")


class Answer(models.Model):
    """One answer of a review, or one of its closing notes; each has a version of its own.

    `more` is what stands beside value and reason: where it was seen, what is to be done and by whom.
    """

    review = models.ForeignKey(CaseReview, on_delete=models.PROTECT, related_name="answers")
    question = models.CharField(max_length=40)
    value = models.CharField(max_length=30, blank=True)
    why = models.TextField(blank=True)
    more = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["review", "question"], name="one_answer_a_question")]

    def __str__(self) -> str:
        return f"{self.question} of {self.review_id}"


class UrgentConcern(Walled):
    """A child who may be unsafe now. It stands before the lead until somebody says what is being done."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="concerns")
    review = models.ForeignKey(CaseReview, null=True, blank=True, on_delete=models.PROTECT, related_name="concerns")
    says = models.TextField()
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    done = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "client_key"], name="one_concern_a_client_key")
        ]
        ordering: ClassVar = ["created_at"]

    def __str__(self) -> str:
        return f"Urgent concern in {self.case}"

    def owners(self) -> Iterable[str]:
        """A concern is the own of whoever raised it, and of whoever has the file.

        Not of a second reader: what the first one found urgent is part of the first one's answers.
        """
        has_it = [str(self.case.allocated_to_id)] if self.case.allocated_to_id else []
        return [*super().owners(), *has_it]

    @property
    def open(self) -> bool:
        """Whether nobody has yet said what is being done."""
        return self.acknowledged_at is None

    def closed_because(self) -> str:
        """What was acknowledged stays as it is."""
        return "" if self.open else "This concern was acknowledged already."

    def journal_subject(self) -> tuple[str, str, str]:
        """The concern by its case's number; never in its words."""
        return ("urgent-concern", str(self.pk), f"case {self.case.number} of draw {self.case.draw.number}")
