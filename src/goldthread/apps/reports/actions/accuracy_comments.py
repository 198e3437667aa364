"""What the council says of the facts of its copy, and what it is answered.

A comment stays on the council's side until it is sent, an answer on the team's until it is given. A comment that comes
late is taken as a recorded exception.
"""

import json
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from goldthread.apps.access.actions import require, require_version
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.documents import queries as documents
from goldthread.apps.documents.models import WITH_THE_TEAM, Document
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.apps.reports import queries
from goldthread.apps.reports.actions.accuracy_proof import let_go, send_proof
from goldthread.apps.reports.actions.checking import NoteNeeded
from goldthread.apps.reports.actions.council_copies import fresh, id_of
from goldthread.apps.reports.actions.holding import hold_for_accepted
from goldthread.apps.reports.models import AccuracyAnswer, AccuracyComment, CouncilCopy
from goldthread.apps.submissions import sealing
from goldthread.domain import lifecycle
from goldthread.domain.accuracy_check import KINDS, VERDICTS, Verdict, place_of


class ChangeNeeded(Refused):
    """A comment was accepted and nothing said of what it changes."""


Copy, Comment = lifecycle.CouncilCopy, lifecycle.AccuracyComment


@transaction.atomic
def write_comment(
    *, copy: CouncilCopy, place: str, kind: str, says: str, proposes: str, proof: str, document: UUID | None,
    client_key: UUID, by: Actor,
) -> AccuracyComment:  # fmt: skip
    """Draft a comment on one paragraph of a copy. Nobody of the team sees it before it is sent. The same key is once.

    Raises Refused for an empty comment, for a paragraph that there is not, and where no comment can be taken any more.
    """
    require(by, Permission.ACCURACY_COMMENT, copy.target())
    if existing := AccuracyComment.objects.filter(inspection=copy.inspection, client_key=client_key).first():
        return existing
    _require_open(copy)
    where = place_of(place)
    if where is None or where not in queries.labels(copy):
        raise Refused("Choose the paragraph that you comment on.")
    _sound(kind, says)
    comment = AccuracyComment(
        inspection=copy.inspection, side=Side.AUTHORITY, copy=copy, section=where.section, paragraph=where.number,
        kind=kind, document=_document(copy.inspection, document, by), client_key=client_key, created_by_id=id_of(by),
    )  # fmt: skip
    comment.sealed = _sealed_words(comment, {"says": says, "proposes": proposes, "proof": proof})
    comment.save()
    journal(
        Events.ACCURACY_COMMENT_WRITTEN, by=by, about=comment, chain=copy.inspection_id, side=Side.AUTHORITY, kind=kind
    )
    return comment


@transaction.atomic
def change_comment(
    *, comment: AccuracyComment, kind: str, says: str, proposes: str, proof: str, document: UUID | None, version: int,
    by: Actor,
) -> AccuracyComment:  # fmt: skip
    """Change a draft of a comment. Raises Clash where it was changed meanwhile, Refused once it was sent."""
    comment = _fresh_comment(comment)
    require(by, Permission.ACCURACY_COMMENT, comment.target())
    held = queries.words_of(comment)
    yours = {"says": says.strip(), "proposes": proposes.strip(), "proof": proof.strip()}
    require_version(
        comment.version, version, theirs={name: held[name] for name in yours}, yours=yours, about=comment
    )  # fmt: skip
    require(by, Permission.ACCURACY_COMMENT, comment.target(changing=True))
    _sound(kind, says)
    comment.kind, comment.document = kind, _document(comment.inspection, document, by)
    comment.sealed, comment.version = _sealed_words(comment, yours), comment.version + 1
    comment.save(update_fields=["kind", "document", "sealed", "version"])
    journal(
        Events.ACCURACY_COMMENT_CHANGED, by=by, about=comment, chain=comment.inspection_id, side=Side.AUTHORITY,
        kind=kind,
    )  # fmt: skip
    return comment


@transaction.atomic
def drop_comment(*, comment: AccuracyComment, version: int, by: Actor) -> AccuracyComment:
    """Drop a draft unsent. It is kept, and shown to nobody; files that came in with it alone are taken back."""
    comment = _fresh_comment(comment)
    require(by, Permission.ACCURACY_COMMENT, comment.target(changing=True))
    require_unchanged(comment, version, about=comment, chain=comment.inspection_id)
    lifecycle.require_move(Comment, comment.status, Comment.DROPPED)
    comment.status, comment.version = Comment.DROPPED, comment.version + 1
    comment.save(update_fields=["status", "version"])
    let_go(queries.proofs_of(comment), by=by)
    journal(
        Events.ACCURACY_COMMENT_DROPPED, by=by, about=comment, chain=comment.inspection_id, side=Side.AUTHORITY
    )  # fmt: skip
    return comment


@transaction.atomic
def send_comments(*, copy: CouncilCopy, seen: str, because: str, version: int, by: Actor) -> list[AccuracyComment]:
    """Send every draft on a copy together, or say that there is nothing to comment on.

    `seen` names the drafts as the page showed them. After the last day, or after others were sent, they are taken as
    recorded exceptions, which need a reason. Raises NoteNeeded without one, Refused where a draft came or changed
    meanwhile, and where a file of one cannot go, with all that is in the way.
    """
    copy = fresh(copy, version, by, Permission.ACCURACY_COMMENT)
    _require_open(copy)
    rows = queries.drafts(copy, by)
    if queries.seen(rows) != seen:
        raise Refused("A comment was written, changed or dropped meanwhile. Read them again, then send.")
    sent_before = copy.sent_at is not None
    exception = queries.exception_now(copy)
    if sent_before and not rows:
        raise Refused("There is nothing to send: write a comment first.")
    note = queries.note_missing(copy, rows, because)
    if wrong := queries.hindrances(copy, rows, by):
        raise Refused(" ".join([*wrong, note]).strip())
    if note:
        raise NoteNeeded(note)
    files = send_proof(rows, exception=exception or "", by=by)
    last = AccuracyComment.objects.filter(inspection=copy.inspection).aggregate(last=Max("number"))["last"] or 0
    for number, one in enumerate(rows, last + 1):
        lifecycle.require_move(Comment, one.status, Comment.SENT)
        if exception:
            one.sealed = _sealed_words(one, {**queries.words_of(one), "because": because})
        one.status, one.number, one.released_at = Comment.SENT, number, timezone.now()
        one.exception, one.version = exception or "", one.version + 1
        one.save(update_fields=["sealed", "status", "number", "released_at", "exception", "version"])
    if copy.status != Copy.COMMENTED:
        lifecycle.require_move(Copy, copy.status, Copy.COMMENTED)
    copy.status, copy.version, copy.sent_at = Copy.COMMENTED, copy.version + 1, copy.sent_at or timezone.now()
    copy.save(update_fields=["status", "version", "sent_at"])
    journal(
        Events.COUNCIL_COPY_COMMENTED, by=by, about=copy, chain=copy.inspection_id, side=Side.AUTHORITY,
        comments=len(rows), exception=exception or "", files=files,
    )  # fmt: skip
    return rows


@transaction.atomic
def answer_comment(
    *, comment: AccuracyComment, verdict: str, reasons: str, changed: str, version: int, by: Actor, unchanged: str = ""
) -> AccuracyAnswer:  # fmt: skip
    """Answer a comment, or change an answer that the council has not been given. `version` is the comment's.

    What is accepted, wholly or in part, names the paragraph that reads otherwise, or says in `unchanged` why none needs
    to. Raises ChangeNeeded where it does neither; Refused for whoever reviewed or wrote in this inspection, without a
    verdict or reasons, and for a changed paragraph that there is not.
    """
    comment = _fresh_comment(comment)
    require(by, Permission.ACCURACY_ANSWER, comment.target())
    held = AccuracyAnswer.objects.filter(comment=comment).select_related("inspection").first()
    theirs = {
        "reasons": queries.reasons_of(held) if held else "",
        "unchanged": queries.unchanged_because(held) if held else "",
    }
    yours = {"reasons": reasons.strip(), "unchanged": unchanged.strip()}
    require_version(comment.version, version, theirs=theirs, yours=yours, about=comment)
    _may_answer(comment, held, by)
    _sound_answer(comment, verdict, yours["reasons"], changed, yours["unchanged"])
    answer = held or AccuracyAnswer(inspection=comment.inspection, side=Side.TEAM, comment=comment)
    answer.verdict, answer.changed, answer.created_by_id = verdict, changed, id_of(by)
    answer.sealed = sealing.seal(comment.inspection, reasons.strip().encode(), purpose=answer.purpose)
    words = "" if changed or verdict == Verdict.NOT_ACCEPTED else yours["unchanged"]
    answer.unchanged = (
        sealing.seal(comment.inspection, words.encode(), purpose=answer.unchanged_purpose) if words else None
    )
    answer.save()
    if comment.status != Comment.ANSWERED:
        lifecycle.require_move(Comment, comment.status, Comment.ANSWERED)
    comment.status, comment.version = Comment.ANSWERED, comment.version + 1
    comment.save(update_fields=["status", "version"])
    journal(Events.ACCURACY_ANSWERED, by=by, about=answer, chain=comment.inspection_id, side=Side.TEAM, verdict=verdict)
    if changed:
        hold_for_accepted(comment=comment, by=by)
    return answer


def _sound_answer(comment: AccuracyComment, verdict: str, reasons: str, changed: str, unchanged: str) -> None:
    if verdict not in list(VERDICTS):
        raise Refused("Choose what becomes of the comment.")
    if not reasons:
        raise Refused("Give the reasons: the council reads them.")
    where = place_of(changed)
    if changed and (where is None or where not in queries.labels(comment.copy)):
        raise Refused("Choose a paragraph of the council's copy, or none.")
    if changed and verdict == Verdict.NOT_ACCEPTED:
        raise Refused("A comment that is not accepted changes no paragraph. Choose none.")
    if not changed and not unchanged and verdict != Verdict.NOT_ACCEPTED:
        raise ChangeNeeded(
            "Choose the paragraph that reads otherwise in the next version, or say why nothing needs to change."
        )


def _require_open(copy: CouncilCopy) -> None:
    if not copy.live:
        raise Refused("The lead inspector has taken this copy back, so nothing can be said of it. Your words are kept.")
    if queries.is_published(copy):
        raise Refused("The report is published, so its draft cannot be commented on. Write to the lead inspector.")


def _may_answer(comment: AccuracyComment, held: AccuracyAnswer | None, by: Actor) -> None:
    if why := queries.not_outside(comment.inspection, by):
        raise Refused(why)
    if held is not None and (closed := held.closed_because()):
        raise Refused(closed)
    if not comment.copy.live:
        raise Refused("The copy that this comment is about was taken back, so it is not answered.")


def _sound(kind: str, says: str) -> None:
    if kind not in list(KINDS):
        raise Refused("Choose what is wrong with the paragraph.")
    if not says.strip():
        raise Refused("Write what is wrong: an empty comment cannot be answered.")


def _document(inspection: Inspection, document: UUID | None, by: Actor) -> Document | None:
    """The document that proves a comment: one that the team has, else it could not look at it."""
    if document is None:
        return None
    found = documents.visible_to(by).filter(inspection=inspection, pk=document, status__in=WITH_THE_TEAM).first()
    if found is None:
        raise Refused("Choose a document that was submitted to the team, or none.")
    return found


def _fresh_comment(comment: AccuracyComment) -> AccuracyComment:
    rows = AccuracyComment.objects.select_for_update(of=("self",)).select_related("inspection", "copy__report")
    return rows.get(pk=comment.pk)


def _sealed_words(comment: AccuracyComment, words: dict[str, str]) -> bytes:
    told = {name: text.strip() for name, text in words.items() if text.strip()}
    return sealing.seal(comment.inspection, json.dumps(told).encode(), purpose=comment.purpose)
