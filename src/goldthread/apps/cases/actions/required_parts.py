"""Requiring a practitioner's part of every review, and letting single cases off with a reason."""

from uuid import UUID, uuid4

from django.db import transaction

from goldthread.apps.access.actions import require, require_version
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.cases.models import CaseReview, PartRequired, PartWaiver
from goldthread.apps.cases.required_parts import standing_waiver
from goldthread.apps.cases.sealed import sealed_words
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.apps.submissions.actions import make_key

LONGEST_BECAUSE = 300


@transaction.atomic
def require_parts(*, inspection: Inspection, required: bool, because: str, version: int, by: Actor) -> PartRequired:
    """Say whether every review needs its practitioner's part before it counts, and why. Off until somebody says so.

    What is signed off already stays as it is. Raises Clash where the setting was changed meanwhile.
    """
    require(by, Permission.CASE_ALLOCATE, inspection.target(side=Side.TEAM))
    because = " ".join(because.split())
    if not because:
        raise Refused("Say why: it stands beside the setting, and the journal keeps it.")
    if len(because) > LONGEST_BECAUSE:
        raise Refused(f"The reason has {len(because)} characters; shorten it to {LONGEST_BECAUSE}.")
    held, made = PartRequired.objects.select_for_update().get_or_create(
        inspection=inspection, defaults={"side": Side.TEAM, "created_by_id": _id(by)}
    )
    theirs = {"required": _words(held.required), "because": held.because}
    yours = {"required": _words(required), "because": because}
    require_version(0 if made else held.version, version, theirs=theirs, yours=yours, about=held)
    held.required, held.because, held.changed_by_id = required, because, _id(by)
    held.version += not made
    held.save()
    journal(Events.PART_REQUIRED, by=by, about=held, chain=inspection.pk, required=required, because=because)
    return held


@transaction.atomic
def waive_part(*, review: CaseReview, because: str, client_key: UUID, version: int, by: Actor) -> PartWaiver:
    """Let a case count without its practitioner's part, with a reason. The same key twice gives the same waiver."""
    require(by, Permission.CASE_ALLOCATE, review.target())
    if existing := PartWaiver.objects.filter(inspection_id=review.inspection_id, client_key=client_key).first():
        return existing
    review = CaseReview.objects.select_for_update(of=("self",)).select_related("inspection", "case").get(pk=review.pk)
    require_unchanged(review, version, about=review, chain=review.inspection_id)
    if not review.draft or review.second:
        raise Refused("Only a first review that is not signed off can be let off the practitioner's part.")
    if standing_waiver(review.case) is not None:
        raise Refused("The part is waived already.")
    if not because.strip():
        raise Refused("Say why the review counts without its practitioner's part.")
    make_key(inspection=review.inspection, by=by)
    made = PartWaiver(
        id=uuid4(), inspection=review.inspection, side=Side.TEAM, case=review.case, client_key=client_key,
        created_by_id=_id(by),
    )  # fmt: skip
    made.because = sealed_words(review.inspection, {"because": because.strip()}, made.purpose) or b""
    made.save(force_insert=True)
    _turned(review)
    journal(Events.PART_WAIVED, by=by, about=review, chain=review.inspection_id)
    return made


@transaction.atomic
def require_part_again(*, review: CaseReview, version: int, by: Actor) -> CaseReview:
    """Take a waiver back: the review needs its practitioner's part again. What is signed off stays so."""
    require(by, Permission.CASE_ALLOCATE, review.target())
    review = CaseReview.objects.select_for_update(of=("self",)).select_related("inspection", "case").get(pk=review.pk)
    require_unchanged(review, version, about=review, chain=review.inspection_id)
    waiver = standing_waiver(review.case)
    if waiver is None:
        raise Refused("The part is not waived.")
    waiver.standing, waiver.version = False, waiver.version + 1
    waiver.save(update_fields=["standing", "version"])
    _turned(review)
    journal(Events.PART_NOT_WAIVED, by=by, about=review, chain=review.inspection_id)
    return review


def _turned(review: CaseReview) -> None:
    review.version += 1
    review.save(update_fields=["version"])


def _words(required: bool) -> str:
    return "yes" if required else "no"


def _id(by: Actor) -> str | None:
    return None if by.programme else by.id
