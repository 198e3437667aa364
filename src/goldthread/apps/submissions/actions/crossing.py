"""Crossing the wall: the authority hands a submission to the team, or takes it away."""

from django.db import transaction
from django.utils import timezone

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.apps.submissions.actions.shelving import shelve_measures, withdraw_items
from goldthread.apps.submissions.models import Submission
from goldthread.domain import lifecycle


@transaction.atomic
def hand_over(*, submission: Submission, version: int, by: Actor) -> Submission:
    """Hand a submission that was read to the team: its tables under pseudonyms, issues and measures cross the wall."""
    row = Submission.objects.select_for_update().select_related("inspection").get(pk=submission.pk)
    require(by, Permission.SUBMISSION_HAND_OVER, row.target())
    require_unchanged(row, version, about=row, chain=row.inspection_id)
    require(by, Permission.SUBMISSION_HAND_OVER, row.target(changing=True))
    lifecycle.require_move(lifecycle.HandOver, row.hand_over, lifecycle.HandOver.SUBMITTED)
    if not row.readable:
        raise Refused("Only a submission that has been read can be handed over.")
    row.hand_over, row.version = lifecycle.HandOver.SUBMITTED, row.version + 1
    row.released_at = row.handed_over_at = timezone.now()
    row.handed_over_by_id = None if by.programme else by.id
    row.save(update_fields=["hand_over", "version", "released_at", "handed_over_at", "handed_over_by"])
    items = shelve_measures(submission=row, by=by)
    journal(
        Events.SUBMISSION_HANDED_OVER, by=by, about=row, chain=row.inspection_id, side=row.side,
        sha256=row.sha256, rows=sum(row.lists.get("rows", {}).values()), items=items,
    )  # fmt: skip
    return row


@transaction.atomic
def withdraw(*, submission: Submission, because: str, version: int, by: Actor) -> Submission:
    """Take a submission away: silently before the hand-over, on the record and with a reason after it.

    Items on the shelf that rest on it are withdrawn too, and whatever leans on them is marked *check again*.
    """
    row = Submission.objects.select_for_update().select_related("inspection").get(pk=submission.pk)
    require(by, _may_withdraw(row), row.target())
    require_unchanged(row, version, about=row, chain=row.inspection_id)
    require(by, _may_withdraw(row), row.target(changing=True))
    move = lifecycle.require_move(lifecycle.HandOver, row.hand_over, lifecycle.HandOver.WITHDRAWN)
    because = " ".join(because.split())
    if move.needs_reason and not because:
        raise Refused("Say why the submission is withdrawn: findings may rest on it already.")
    row.hand_over, row.withdrawn_because, row.version = lifecycle.HandOver.WITHDRAWN, because[:300], row.version + 1
    row.save(update_fields=["hand_over", "withdrawn_because", "version"])
    items = withdraw_items(submission=row, because=f"The submission it rests on was withdrawn: {because}")
    journal(
        Events.SUBMISSION_WITHDRAWN, by=by, about=row, chain=row.inspection_id, side=row.side, items=items,
        was_with_the_team=row.released_at is not None,
    )  # fmt: skip
    return row


def _may_withdraw(row: Submission) -> Permission:
    # What the team itself uploaded never crossed, so whoever may upload may withdraw it.
    return Permission.SUBMISSION_UPLOAD if row.side == Side.TEAM else Permission.SUBMISSION_HAND_OVER
