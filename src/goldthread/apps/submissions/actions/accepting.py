"""Accepting a query with a reason, and taking that back. What was accepted is not changed: it is counted apart."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.inspections.queries import role_titles
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.apps.submissions import accepting, sealing
from goldthread.apps.submissions.models import Acceptance, Submission


@transaction.atomic
def accept(
    *, submission: Submission, rule: str, table: str, row: int, reason: str, client_key: UUID, by: Actor
) -> Acceptance:
    """Say that a query is right as it stands, and why. Once accepted it stays so: a second sending gives the first.

    Raises Refused where there is no such query, where it is an error or a note, and where no reason is given.
    """
    _require(submission, by)
    issue = accepting.issue_at(submission, rule, table, row)
    if issue is None:
        raise Refused("This row does not break that rule. Open the rows with issues again and choose from there.")
    if issue.severity != "query":
        raise Refused("Only a query can be accepted: an error is mended, and a note asks for nothing.")
    key = accepting.key_of(issue)
    if key is None:
        raise Refused("This query names no child, or was read before reasons were kept. Have the file read again.")
    held = dict(zip(("rule", "table", "child", "cells"), key, strict=True))
    if existing := accepting.in_force(submission).filter(**held).first():
        return existing
    if not reason.strip():
        raise Refused("Say why it is right as it stands: whoever reads it next year was not there.")
    made = Acceptance(
        inspection=submission.inspection, side=submission.side, submission=submission, client_key=client_key,
        created_by_id=None if by.programme else by.id, role=", ".join(role_titles(submission.inspection, by))[:80],
        **held,
    )  # fmt: skip
    made.sealed = sealing.seal(submission.inspection, reason.strip().encode(), purpose=made.purpose)
    made.save()
    journal(
        Events.ISSUE_ACCEPTED, by=by, about=made, chain=submission.inspection_id, side=submission.side, rule=rule
    )  # fmt: skip
    return made


@transaction.atomic
def reopen_accepted(*, submission: Submission, acceptance: UUID, by: Actor) -> None:
    """Take an acceptance back: the query counts again, here and in later hand-ins. The reason stays with it.

    Raises Refused where it was taken back already.
    """
    _require(submission, by)
    row = accepting.in_force(submission).select_for_update(of=("self",)).filter(pk=acceptance).first()
    if row is None:
        raise Refused("This acceptance was taken back already, or there is none.")
    row.taken_back_at, row.taken_back_by_id = timezone.now(), None if by.programme else UUID(by.id)
    row.save(update_fields=["taken_back_at", "taken_back_by"])
    journal(
        Events.ISSUE_REOPENED, by=by, about=row, chain=submission.inspection_id, side=submission.side, rule=row.rule
    )  # fmt: skip


def _require(submission: Submission, by: Actor) -> None:
    require(by, Permission.SUBMISSION_UPLOAD, submission.target(changing=True))
    if not accepting.may_accept(by, submission):
        raise Refused("Only the side that handed the data in can accept a query of it, once it is read.")


__all__ = ["accept", "reopen_accepted"]
