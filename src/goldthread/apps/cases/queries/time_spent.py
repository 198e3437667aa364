"""Reading how long reviews take: a reviewer their own, the lead totals alone; pauses and hand-overs."""

from dataclasses import dataclass

from django.utils import timezone

from goldthread.apps.access import policy
from goldthread.apps.access.models import Person
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.cases.interests import Interests
from goldthread.apps.cases.models import CaseReview, HandOver
from goldthread.apps.cases.queries.cases import reviewers, sees_every_case
from goldthread.apps.cases.reading_twice import reads_blind
from goldthread.apps.cases.sealed import opened
from goldthread.apps.inspections.models import Inspection
from goldthread.domain import lifecycle
from goldthread.domain.time_on_a_review import FEWEST_REVIEWERS, usual_minutes


@dataclass(frozen=True, slots=True)
class TimeTaken:
    """How long the signed-off reviews of an inspection took, all together: nothing of any one person."""

    files: int
    minutes: int
    usual: int

    @property
    def hours(self) -> int:
        """The sum in whole hours."""
        return round(self.minutes / 60)


def time_taken(inspection: Inspection, actor: Actor) -> TimeTaken | None:
    """What the lead is told: totals over signed-off reviews on which any time was counted or said.

    None for whoever sees only their own cases, and while fewer than `FEWEST_REVIEWERS` people have signed any off:
    with two, each would know the other's.
    """
    if not sees_every_case(actor, inspection):
        return None
    rows = CaseReview.objects.filter(inspection=inspection, status=lifecycle.CaseReview.SIGNED_OFF).order_by()
    told = [
        (reviewer, round(seconds / 60) + said)
        for reviewer, seconds, said in rows.values_list("reviewer_id", "seconds_spent", "minutes_said")
        if seconds or said
    ]
    if len({reviewer for reviewer, _ in told}) < FEWEST_REVIEWERS:
        return None
    minutes = [one for _, one in told]
    return TimeTaken(len(minutes), sum(minutes), usual_minutes(minutes) or 0)


def pause_note(review: CaseReview) -> str:
    """What a reviewer noted for themselves when they paused; for the reviewer's own page."""
    return opened(review.inspection, review.pause_note, f"pause of review {review.pk}").get("note", "")


@dataclass(frozen=True, slots=True)
class HandedOver:
    """One hand-over of a review, opened."""

    row: HandOver
    note: str


def hand_overs(review: CaseReview) -> list[HandedOver]:
    """From whom to whom a review went, with each note, in order; for whoever may see the review."""
    rows = review.hand_overs.select_related("frm", "to", "by")
    purpose = f"hand-over of review {review.pk}"
    return [HandedOver(one, opened(review.inspection, one.note, purpose).get("note", "")) for one in rows]


def may_hand_over(actor: Actor, review: CaseReview) -> bool:
    """Whether a page should offer to hand a review over."""
    may = policy.decide(actor, Permission.CASE_REVIEW_HAND_OVER, review.target(), timezone.now()).allowed
    at_work = review.case.status == lifecycle.Case.IN_REVIEW and review.case.allocated_to_id == review.reviewer_id
    return may and review.draft and not review.second and at_work and review.case.draw.live


def who_can_take(review: CaseReview) -> list[Person]:
    """Who could take a review on, by name: no conflict of interest in it, and no reading of their own of the file."""
    begun = set(CaseReview.objects.filter(case=review.case).values_list("reviewer_id", flat=True))
    pair, apart = review.case.read_again, Interests()
    return [
        one
        for one in reviewers(review.inspection)
        if one.pk not in begun
        and (pair is None or pair.reader_id != one.pk)
        and (pair is None or not pair.waits or reads_blind(review.inspection, one))
        and apart.between(review.case, one) is None
    ]
