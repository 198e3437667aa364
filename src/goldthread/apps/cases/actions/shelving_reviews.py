"""Putting a signed-off review on the evidence shelf, as it was signed or as it stands after moderation."""

from collections.abc import Mapping

from django.db import transaction

from goldthread.apps.access.policy import Actor
from goldthread.apps.cases import asked, shelving
from goldthread.apps.cases.models import CaseReview
from goldthread.apps.cases.practitioners_part import for_the_shelf
from goldthread.apps.drafting import known
from goldthread.apps.evidence import actions as evidence
from goldthread.apps.evidence.models import EvidenceItem, EvidenceKind


@transaction.atomic
def shelve_review(*, review: CaseReview, by: Actor, moderated: Mapping[str, str] | None = None) -> EvidenceItem:
    """Put a review on the shelf; called by the action that closes it, which has asked leave.

    `moderated` are the answers that stand after a second reading: they take the place of the review's own item, and
    the item keeps both.
    """
    answers = list(review.answers.all())
    own = {id: one.value for id, one in asked.as_form(answers).items()}
    values = {**own, **(moderated or {})}
    instrument, framework = asked.require_held(review.instrument), known.framework(review.inspection.framework)
    told = shelving.detail(review, values) | for_the_shelf(review)
    if moderated is not None:
        told |= {"moderated": True, "original": own}
        earlier = review.evidence_item
    else:
        earlier = review.replaces.evidence_item if review.replaces else None
        # One that the lead withdrew meanwhile stays withdrawn.
        earlier = earlier if earlier is not None and earlier.status == "superseded" else None
    after = ", read twice" if moderated is not None else ""
    return evidence.shelve(
        inspection=review.inspection, kind=EvidenceKind.CASE_REVIEW, by=by,
        title=f"Review of case {review.case.number} of draw {review.case.draw.number}{after}",
        summary=shelving.summary(instrument, review, values),
        areas=shelving.areas(framework, instrument, review, values), themes=shelving.themes(instrument, values),
        detail=told, source_hash=shelving.content_hash(review, answers), replaces=earlier,
    )  # fmt: skip
