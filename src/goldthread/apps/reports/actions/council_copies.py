"""Giving the council its copy of an approved version, and the answers to what it said of it.

Nothing crosses but by an act of its own, and always what was approved: the copy is kept as its bytes then were.
"""

import json
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.inspections import actions as inspections
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.inspections.queries import OwnPart, sides_of
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.apps.reports import queries
from goldthread.apps.reports.actions.checking import NoteNeeded
from goldthread.apps.reports.document import Document
from goldthread.apps.reports.models import AccuracyAnswer, CouncilCopy, Report
from goldthread.apps.submissions import sealing
from goldthread.apps.submissions.actions import make_key
from goldthread.domain import lifecycle
from goldthread.domain.accuracy_check import DayError, require_last_day
from goldthread.kernel.working_days import bank_holidays

Copy, Comment = lifecycle.CouncilCopy, lifecycle.AccuracyComment


@transaction.atomic
def give_copy(
    *, report: Report, until: date, client_key: UUID, by: Actor, because: str = "", version: int | None = None
) -> CouncilCopy:  # fmt: skip
    """Give the council its copy of an approved version, exactly as it was approved. The same key twice is one copy.

    An inspection in moderation moves on to the check of facts; at an earlier stage a reason is needed, which the
    journal keeps. Raises NoteNeeded without one, Refused where the council has a copy already that is not settled.
    """
    require(by, Permission.ACCURACY_RELEASE, report.target())
    if existing := CouncilCopy.objects.filter(inspection=report.inspection, client_key=client_key).first():
        return existing
    report = Report.objects.select_for_update().select_related("inspection").get(pk=report.pk)
    require_unchanged(report, version, about=report, chain=report.inspection_id)
    document = _as_approved(report)
    _require_no_other(report)
    _require_day(until)
    inspection = report.inspection
    stages = (lifecycle.Inspection.MODERATION, lifecycle.Inspection.ACCURACY)
    if inspection.status not in stages and not because.strip():
        raise NoteNeeded("Say why the council is given its copy before the judgements have been moderated.")
    make_key(inspection=inspection, by=by)
    last = CouncilCopy.objects.filter(inspection=inspection).aggregate(last=Max("number"))["last"] or 0
    copy = CouncilCopy(
        inspection=inspection, side=Side.TEAM, released_at=timezone.now(), report=report, number=last + 1,
        until=until, client_key=client_key, created_by_id=id_of(by), content_hash=document.digest(),
    )  # fmt: skip
    copy.sealed = _sealed_document(copy, document)
    copy.save()
    # Whoever has the version open otherwise is told that it went to the council.
    report.version += 1
    report.save(update_fields=["version"])
    journal(
        Events.COUNCIL_COPY_GIVEN, by=by, about=report, chain=inspection.pk, side=Side.TEAM, digest=copy.content_hash,
        copy=copy.number, until=until.isoformat(), because=because.strip(),
    )  # fmt: skip
    if inspection.status == lifecycle.Inspection.MODERATION:
        inspections.move(inspection=inspection, to=lifecycle.Inspection.ACCURACY, by=by)
    return copy


@transaction.atomic
def move_last_day(*, copy: CouncilCopy, until: date, because: str, version: int, by: Actor) -> CouncilCopy:
    """Give the council another last day for comments, with the reason. It may come sooner or later, but after today."""
    copy = fresh(copy, version, by, Permission.ACCURACY_RELEASE)
    if copy.status not in (Copy.OUT, Copy.COMMENTED):
        raise Refused("The council cannot comment on this copy any more, so it has no last day to move.")
    _require_day(until)
    if not because.strip():
        raise NoteNeeded("Say why the last day is moved. The council reads it.")
    was, copy.until, copy.version = copy.until, until, copy.version + 1
    copy.save(update_fields=["until", "version"])
    journal(
        Events.COUNCIL_COPY_DAY, by=by, about=copy, chain=copy.inspection_id, side=Side.TEAM, was=was.isoformat(),
        until=until.isoformat(), because=because.strip(),
    )  # fmt: skip
    return copy


@transaction.atomic
def take_copy_back(*, copy: CouncilCopy, because: str, version: int, by: Actor) -> CouncilCopy:
    """Take a copy back, on the record: the council cannot read it any more; its comments stay."""
    copy = fresh(copy, version, by, Permission.ACCURACY_RELEASE)
    lifecycle.require_move(Copy, copy.status, Copy.TAKEN_BACK)
    if not because.strip():
        raise NoteNeeded("Say why the copy is taken back. It stays in the journal.")
    copy.status, copy.version = Copy.TAKEN_BACK, copy.version + 1
    copy.save(update_fields=["status", "version"])
    journal(
        Events.COUNCIL_COPY_TAKEN_BACK, by=by, about=copy, chain=copy.inspection_id, side=Side.TEAM,
        because=because.strip(),
    )  # fmt: skip
    return copy


@transaction.atomic
def give_answers(*, copy: CouncilCopy, version: int, by: Actor) -> CouncilCopy:
    """Give the council every answer, and what changed between its copy and the next version, as that was approved.

    Raises Refused while a comment waits, and where an answer names a changed paragraph but no later version
    is approved.
    """
    copy = fresh(copy, version, by, Permission.ACCURACY_RELEASE)
    lifecycle.require_move(Copy, copy.status, Copy.ANSWERS_GIVEN)
    answers = AccuracyAnswer.objects.filter(comment__copy=copy)
    if waiting := copy.comments.filter(status=Comment.SENT).count():
        told = "1 comment waits" if waiting == 1 else f"{waiting} comments wait"
        raise Refused(f"{told} for an answer. Answers are given together.")
    later = queries.next_version(copy)
    if later is not None:
        document = _as_checked(later)
        if untrue := queries.said_to_be_changed(copy, document, answers):
            raise Refused(f"An answer says that this is changed, and it stands as it was in version {later.number}: "
                          f"{'; '.join(untrue)}. Change it there, or take it out of the answer.")  # fmt: skip
        copy.next_report, copy.next_hash = later, document.digest()
        copy.next_sealed = _sealed_document(copy, document)
    elif answers.exclude(changed="").exists():
        raise Refused("An answer says that a paragraph is changed, and there is no later version. Make it from the "
                      "council's copy, have it approved, then give the answers.")  # fmt: skip
    now = timezone.now()
    answers.filter(released_at=None).update(released_at=now)
    copy.status, copy.version, copy.answers_given_at = Copy.ANSWERS_GIVEN, copy.version + 1, now
    copy.save()
    journal(
        Events.ACCURACY_ANSWERS_GIVEN, by=by, about=copy, chain=copy.inspection_id, side=Side.TEAM,
        answers=answers.count(), digest=copy.next_hash,
    )  # fmt: skip
    return copy


@transaction.atomic
def record_copy_file(*, copy: CouncilCopy, form: str, by: Actor) -> None:
    """Write in the journal that somebody takes a marked copy out as a file. Refused for the council once it closed."""
    require(by, Permission.ACCURACY_READ, copy.target())
    if not queries.readable(copy, by, timezone.localdate()):
        raise Refused(queries.closed_because(copy))
    journal(Events.COUNCIL_COPY_FILE, by=by, about=copy, chain=copy.inspection_id, side=_side(copy.inspection, by),
            form=form)  # fmt: skip


@transaction.atomic
def record_comments_export(*, part: OwnPart, form: str, rows: int, by: Actor) -> None:
    """Write in the journal that somebody takes the list of comments out of the house."""
    require(by, Permission.ACCURACY_READ, part.target())
    journal(
        Events.EXPORTED, by=by, about=part.inspection, chain=part.inspection.pk, what="comments on the facts",
        form=form, rows=rows, side=_side(part.inspection, by),
    )  # fmt: skip


def _as_checked(report: Report) -> Document:
    """The document of a version that was approved, also where it was published before the answers were given."""
    if report.status == lifecycle.Report.PUBLISHED:
        return queries.published_document(report.publication)
    return _as_approved(report)


def _as_approved(report: Report) -> Document:
    """The document of an approved version. Raises Refused where it is not approved, or is not what was approved."""
    if why := queries.why_no_copy(report):
        raise Refused(why)
    document = queries.document(report)
    if document.digest() != report.content_hash:
        raise Refused(
            "A judgement or a figure changed after this version was approved. Send it back to be checked again."
        )
    return document


def _require_no_other(report: Report) -> None:
    open_ones = CouncilCopy.objects.filter(inspection=report.inspection, status__in=(Copy.OUT, Copy.COMMENTED))
    if (other := open_ones.select_related("report").first()) is not None:
        raise Refused(
            f"The council has a copy of version {other.report.number}, and its check is not over. Give the answers on "
            "it, or take it back, first."
        )


def _require_day(until: date) -> None:
    try:
        require_last_day(until, timezone.localdate(), bank_holidays())
    except DayError as error:
        raise Refused(str(error)) from None


def fresh(copy: CouncilCopy, version: int, by: Actor, permission: Permission) -> CouncilCopy:
    """The copy as it now is, locked. Raises Overtaken where that is not how the actor saw it."""
    rows = CouncilCopy.objects.select_for_update(of=("self",)).select_related("inspection", "report")
    copy = rows.get(pk=copy.pk)
    require(by, permission, copy.target())
    require_unchanged(copy, version, about=copy, chain=copy.inspection_id)
    return copy


def _sealed_document(copy: CouncilCopy, document: Document) -> bytes:
    return sealing.seal(copy.inspection, json.dumps(document.as_json()).encode(), purpose=copy.purpose)


def _side(inspection: Inspection, by: Actor) -> Side:
    return Side.AUTHORITY if sides_of(inspection, by) == {Side.AUTHORITY} else Side.TEAM


def id_of(by: Actor) -> str | None:
    """Who acts, as a row names them; None for the programme."""
    return None if by.programme else by.id
