"""Reading case reviews and urgent concerns."""

from collections.abc import Mapping
from typing import Protocol
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from goldthread.apps.access import policy
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Target
from goldthread.apps.cases import asked, shelving
from goldthread.apps.cases.models import Answer, Case, CaseReview, UrgentConcern
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.inspections.queries import visible, wall
from goldthread.domain import lifecycle
from goldthread.domain.instrument import Problem, check_answers

NOTES = shelving.NOTES


class Asked(Protocol):
    """Anything that the policy can be asked about."""

    def target(self, *, changing: bool = False) -> Target: ...


def may(actor: Actor, permission: Permission, thing: Asked) -> bool:
    """Whether a page should offer an act on a draw, a case, a review or a concern."""
    return policy.decide(actor, permission, thing.target(changing=True), timezone.now()).allowed


def may_give_back(actor: Actor, review: CaseReview) -> bool:
    """Whether a page should offer to give a signed-off review back."""
    return policy.decide(actor, Permission.CASE_REVIEW_GIVE_BACK, review.target(), timezone.now()).allowed


def may_tag(actor: Actor, review: CaseReview) -> bool:
    """Whether a page should offer to put tags on reasons; a signed-off review may be tagged too."""
    return policy.decide(actor, Permission.CASE_REVIEW_TAG, review.target(), timezone.now()).allowed


def reviews_visible_to(actor: Actor) -> QuerySet[CaseReview]:
    """Reviews that an actor may read. One that is still being written is its reviewer's own, and the lead's, the
    quality-assurance manager's and the analyst's to read; one that was signed off is the whole team's.

    Of a case that is read twice every review counts as still being written until both readings are in, and neither
    reader sees the other's whatever their role.
    """
    rows = CaseReview.objects.select_related(
        "inspection", "case", "case__draw", "case__draw__submission", "case__inspection", "case__allocated_to",
        "reviewer", "evidence_item", "given_back_by", "replaces__evidence_item", "case__second_reading",
    )  # fmt: skip
    waits = Q(case__second_reading__status=lifecycle.SecondReading.GIVEN)
    draft = Q(status=lifecycle.CaseReview.DRAFT) | waits
    written = wall(actor, Permission.CASE_REVIEW_READ, own=("reviewer",))
    being_written = wall(actor, Permission.CASE_REVIEW_READ_DRAFT, own=("reviewer",))
    seen = rows.filter((draft & being_written) | (~draft & written))
    if not actor.signed_in or actor.programme:
        return seen
    me = UUID(actor.id)
    reads = Q(case__allocated_to_id=me) | Q(case__second_reading__reader_id=me)
    return seen.exclude(waits & reads & ~Q(reviewer_id=me))


def review(actor: Actor, inspection: UUID, review: UUID) -> CaseReview:
    """One review of an inspection. Raises CaseReview.DoesNotExist where the actor may not see it."""
    return reviews_visible_to(actor).get(inspection_id=inspection, pk=review)


def reviews_of_case(case: Case, actor: Actor) -> list[CaseReview]:
    """Every review of a case, the first begun first."""
    return list(reviews_visible_to(actor).filter(case=case).order_by("created_at"))


def answers_of(review: CaseReview) -> Mapping[str, Answer]:
    """What was answered so far, closing notes among it, by question."""
    return {one.question: one for one in review.answers.all()}


def problems(review: CaseReview) -> list[Problem]:
    """What stands between a review and signing it off, in the order of the page."""
    instrument = asked.require_held(review.instrument)
    return check_answers(instrument, asked.as_form(review.answers.all()), asked.child_group(review.case))


def concerns(actor: Actor) -> QuerySet[UrgentConcern]:
    """Urgent concerns that an actor may read, the latest first: an inspector those about the files given to them."""
    rows = UrgentConcern.objects.select_related(
        "inspection", "case", "case__draw", "case__inspection", "created_by", "acknowledged_by", "review"
    )
    own = ("created_by", "case__allocated_to")
    return visible(rows, actor, Permission.CASE_READ, own=own).order_by("-created_at")


def open_concerns(actor: Actor, inspection: Inspection | None = None) -> list[UrgentConcern]:
    """Urgent concerns that nobody has answered, oldest first: in one inspection, or wherever the actor may answer."""
    rows = concerns(actor).filter(acknowledged_at=None).order_by("created_at")
    if inspection is not None:
        return list(rows.filter(inspection=inspection))
    return [one for one in rows if may(actor, Permission.CONCERN_ACKNOWLEDGE, one)]


def concern(actor: Actor, inspection: UUID, concern: UUID) -> UrgentConcern:
    """One urgent concern. Raises UrgentConcern.DoesNotExist where the actor may not see it."""
    return concerns(actor).get(inspection_id=inspection, pk=concern)
