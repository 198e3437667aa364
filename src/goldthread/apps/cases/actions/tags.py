"""Tagging the reason of an answer with themes, and taking the figures of the roll-up out of the house."""

from collections.abc import Sequence

from django.db import transaction

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.cases import shelving
from goldthread.apps.cases.models import CaseReview, ReasonTag
from goldthread.apps.cases.tagging import LONGEST_TAG, MOST_TAGS, tidy_tag
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events


@transaction.atomic
def tag_reason(
    *, review: CaseReview, question: str, tags: Sequence[str], seen: Sequence[str], by: Actor
) -> tuple[str, ...]:  # fmt: skip
    """Put tags on the reason of one answer, and take off those of `seen` that are not among them any more.

    What somebody else put on meanwhile stays. Tags are no part of the evidence, so a signed-off review may be tagged.
    Raises Refused where there is no answer, for a tag that is too long, and for too many.
    """
    require(by, Permission.CASE_REVIEW_TAG, review.target())
    review = CaseReview.objects.select_for_update(of=("self",)).select_related("inspection", "case__draw").get(
        pk=review.pk
    )  # fmt: skip
    if question not in shelving.NOTES and not review.answers.filter(question=question).exists():
        raise Refused("There is no answer here yet to put a tag on.")
    wanted = list(dict.fromkeys(tag for one in tags if (tag := tidy_tag(one))))
    if too_long := next((one for one in wanted if len(one) > LONGEST_TAG), ""):
        raise Refused(f"“{too_long[:20]}…” is too long for a tag: at most {LONGEST_TAG} letters fit.")
    held = set(review.tags.filter(question=question).values_list("tag", flat=True))
    gone, new = held & {tidy_tag(one) for one in seen} - set(wanted), [one for one in wanted if one not in held]
    if len(held - gone) + len(new) > MOST_TAGS:
        raise Refused(f"At most {MOST_TAGS} tags stand on one answer. Choose those that matter.")
    who = None if by.programme else by.id
    ReasonTag.objects.filter(review=review, question=question, tag__in=gone).delete()
    for tag in new:
        ReasonTag.objects.create(review=review, question=question, tag=tag, by_id=who)
    if gone or new:
        journal(
            Events.REASON_TAGGED, by=by, about=review, chain=review.inspection_id, question=question, put_on=len(new),
            taken_off=len(gone),
        )  # fmt: skip
    return tuple(sorted((held - gone) | set(new)))


@transaction.atomic
def record_roll_up_export(*, inspection: Inspection, what: str, form: str, rows: int, by: Actor) -> None:
    """Write in the journal that somebody takes the roll-up out of the house. Before it leaves."""
    require(by, Permission.CASE_REVIEW_READ, inspection.target())
    journal(Events.EXPORTED, by=by, about=inspection, chain=inspection.pk, what=what, form=form, rows=rows)
