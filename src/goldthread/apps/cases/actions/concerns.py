"""Urgent concerns: recorded at once, and before the lead until somebody says what is being done."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.cases.models import Case, CaseReview, UrgentConcern
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events


@transaction.atomic
def raise_urgent_concern(
    *, case: Case, says: str, client_key: UUID, by: Actor, review: CaseReview | None = None
) -> UrgentConcern:
    """Record that a child may be unsafe now. Anybody of the team who may read the case may; nothing else is asked.

    The same key twice gives the same concern. The journal names the case, never the words.
    """
    require(by, Permission.CASE_READ, case.target())
    if existing := UrgentConcern.objects.filter(inspection_id=case.inspection_id, client_key=client_key).first():
        return existing
    if not says.strip():
        raise Refused("Say what the concern is.")
    concern = UrgentConcern.objects.create(
        inspection_id=case.inspection_id, side=case.side, client_key=client_key,
        created_by_id=None if by.programme else by.id, case=case, review=review, says=says.strip(),
    )  # fmt: skip
    journal(Events.URGENT_CONCERN_RAISED, by=by, about=concern, chain=case.inspection_id)
    return concern


@transaction.atomic
def follow_answer(*, review: CaseReview, says: str, by: Actor) -> UrgentConcern:
    """Keep the concern that a review's own answer tells of: new words replace those nobody has answered yet.

    Once answered, a concern stands as it was, and new words raise another.
    """
    require(by, Permission.CASE_REVIEW_WRITE, review.target(changing=True))
    latest = UrgentConcern.objects.filter(review=review).order_by("-created_at").first()
    if latest is not None and latest.says == says.strip():
        return latest
    if latest is None or not latest.open:
        # The version the review has now is part of no other key, so each new text is a concern of its own.
        key = UUID(int=review.pk.int ^ review.version)
        return raise_urgent_concern(case=review.case, says=says, client_key=key, by=by, review=review)
    latest.says, latest.version = says.strip(), latest.version + 1
    latest.save(update_fields=["says", "version"])
    journal(Events.URGENT_CONCERN_RAISED, by=by, about=latest, chain=latest.inspection_id, reworded=True)
    return latest


@transaction.atomic
def acknowledge_concern(*, concern: UrgentConcern, done: str, version: int, by: Actor) -> UrgentConcern:
    """Answer an urgent concern: what is being done, by whom. It then leaves the lead's home page."""
    rows = UrgentConcern.objects.select_for_update().select_related("inspection", "case", "case__draw")
    concern = rows.get(pk=concern.pk)
    require(by, Permission.CONCERN_ACKNOWLEDGE, concern.target())
    require_unchanged(concern, version, about=concern, chain=concern.inspection_id)
    require(by, Permission.CONCERN_ACKNOWLEDGE, concern.target(changing=True))
    if not done.strip():
        raise Refused("Say what is being done about it, and by whom.")
    concern.acknowledged_at, concern.done, concern.version = timezone.now(), done.strip(), concern.version + 1
    concern.acknowledged_by_id = None if by.programme else by.id
    concern.save(update_fields=["acknowledged_at", "acknowledged_by", "done", "version"])
    journal(Events.URGENT_CONCERN_ACKNOWLEDGED, by=by, about=concern, chain=concern.inspection_id)
    return concern
