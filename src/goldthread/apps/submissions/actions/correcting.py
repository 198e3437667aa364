"""Saying what values mean that were not understood, taking it back, and having a file read again."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.inspections.queries import sides_of
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.apps.submissions.corrections import LONGEST, Memory
from goldthread.apps.submissions.models import Correction, Submission
from goldthread.domain import lifecycle

NOT_YOURS = "These lists are the other side's: only whoever handed them in can say what is meant in them."

Meanings = Mapping[tuple[str, str], str]
"""From a code list and a value as it is written, to the code that it means."""


def _require_own_side(submission: Submission, by: Actor) -> None:
    require(by, Permission.SUBMISSION_UPLOAD, submission.target())
    if not by.programme and Side(submission.side) not in sides_of(submission.inspection, by):
        raise Refused(NOT_YOURS)
    require(by, Permission.SUBMISSION_UPLOAD, submission.target(changing=True))


@transaction.atomic
def say_meanings(*, submission: Submission, meanings: Meanings, version: int | None, by: Actor) -> int:
    """Remember what values mean, from now on, for this authority; how many were new. The submission stays as it is.

    A value that meant another code before means the new one from now on. Raises Refused on a value or code that there
    is not, and Overtaken where somebody said something meanwhile.
    """
    _require_own_side(submission, by)
    memory = Memory(submission.inspection, submission.side)
    require_unchanged(memory, version, about=memory, chain=submission.inspection_id)
    known = {
        (one.field, one.form): one
        for one in Correction.objects.select_for_update().filter(
            inspection=submission.inspection, side=submission.side, taken_back_at=None
        )
    }
    said: dict[str, int] = {}
    for (field, written), code in meanings.items():
        form, code = _checked(field, written, code)
        before = known.get((field, form))
        if before is not None and before.code == code:
            continue
        if before is not None:
            _end(before, by)
        known[field, form] = Correction.objects.create(
            inspection=submission.inspection, side=submission.side, field=field, form=form, code=code,
            written=written[:LONGEST], created_by_id=None if by.programme else by.id,
        )  # fmt: skip
        said[field] = said.get(field, 0) + 1
    if said:
        journal(
            Events.CORRECTIONS_SAID, by=by, about=memory, chain=submission.inspection_id, side=submission.side,
            values=said,
        )  # fmt: skip
    return sum(said.values())


def _checked(field: str, written: str, code: str) -> tuple[str, str]:
    """The plain form of a value and the code as its list has it. Raises Refused."""
    from goldthread.readers.corrections import Unusable, correction

    try:
        (_, form), known = correction(field, written, code)
    except Unusable as error:
        says = str(error)
        raise Refused(says[0].upper() + says[1:]) from None
    if len(form) > LONGEST:
        raise Refused("This value is too long to be one of a list.")
    return form, known


@transaction.atomic
def take_back(*, correction: Correction, by: Actor) -> Correction:
    """Forget what a value means: from now on it is left to the user again. What was read with it stays as it is."""
    row = Correction.objects.select_for_update(of=("self",)).select_related("inspection").get(pk=correction.pk)
    require(by, Permission.SUBMISSION_UPLOAD, row.target())
    if row.taken_back_at is None:
        _end(row, by)
        memory = Memory(row.inspection, row.side)
        journal(
            Events.CORRECTION_TAKEN_BACK, by=by, about=memory, chain=row.inspection_id, side=row.side, field=row.field
        )
    return row


def _end(row: Correction, by: Actor) -> None:
    row.taken_back_at, row.taken_back_by_id = timezone.now(), None if by.programme else by.id
    row.version += 1
    row.save(update_fields=["taken_back_at", "taken_back_by", "version"])


@transaction.atomic
def read_again(*, submission: Submission, client_key: UUID, by: Actor) -> Submission:
    """Have a file read once more, with what was said of its values since and against what was handed over since.

    The new reading is a submission of its own, handed over by itself; the first stays as it was. The same key twice
    gives the same one.
    """
    _require_own_side(submission, by)
    known = Submission.objects.filter(inspection=submission.inspection, client_key=client_key).first()
    if known is not None:
        return known
    if not submission.readable:
        raise Refused("Only what was read once can be read again.")
    of_team = submission.side == Side.TEAM
    row = Submission.objects.create(
        inspection=submission.inspection, side=submission.side, label=submission.label, sha256=submission.sha256,
        size=submission.size, parts=submission.parts, blob_key=submission.blob_key, client_key=client_key, progress=5,
        as_at=None if submission.as_at_guessed else submission.as_at,
        reading_of_id=submission.reading_of_id or submission.pk, step="Waiting for its turn to be read again",
        created_by_id=None if by.programme else by.id,
        hand_over=lifecycle.HandOver.SUBMITTED if of_team else lifecycle.HandOver.STAGED,
        released_at=timezone.now() if of_team else None,
    )  # fmt: skip
    journal(
        Events.SUBMISSION_READ_AGAIN, by=by, about=row, chain=row.inspection_id, side=row.side,
        first=str(row.reading_of_id),
    )  # fmt: skip
    return row


__all__ = ["read_again", "say_meanings", "take_back"]
