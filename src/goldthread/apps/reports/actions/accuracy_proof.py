"""Files that prove a comment on the facts: taken in as every document of the council is, and sent with the comment.

They go the one way in that documents have: sealed, told by their bytes, read in the sandbox, on the council's side
until the comment is sent.
"""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import PROGRAMME, Actor, Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.documents import actions as documents
from goldthread.apps.documents.models import WITH_THE_TEAM, Document
from goldthread.apps.documents.queries import may_upload
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.apps.reports.models import AccuracyComment, AccuracyProof
from goldthread.apps.submissions.actions.receiving import Upload
from goldthread.domain import lifecycle

MOST_PROOFS = 10
"""Files that one comment may have [J]: whoever answers it has to look at each."""


def add_proof(*, comment: AccuracyComment, upload: Upload, label: str, client_key: UUID, by: Actor) -> AccuracyProof:
    """Take one file in as proof of a draft. The same bytes again are kept once, also where they are a document already.

    Raises Refused in plain English: for a kind, a size or a number that is not taken, and once the comment was sent.
    """
    require(by, Permission.ACCURACY_COMMENT, comment.target(changing=True))
    if comment.proofs.count() >= MOST_PROOFS:
        raise Refused(f"A comment has at most {MOST_PROOFS} files. Put what belongs together into one file.")
    if label.strip().lower().endswith(".zip"):
        raise Refused("A zip is not taken as proof. Choose the files in it that prove the comment, one by one.")
    received = documents.receive(
        inspection=comment.inspection, upload=upload, label=label, about=documents.About(), client_key=client_key,
        by=by,
    )  # fmt: skip
    return _attach(comment, received.document, by, brought=not received.again)


@transaction.atomic
def _attach(comment: AccuracyComment, document: Document, by: Actor, *, brought: bool) -> AccuracyProof:
    row = _draft(comment, by)
    held, made = AccuracyProof.objects.get_or_create(
        comment=row, document=document, defaults={"brought": brought}
    )  # fmt: skip
    if made:
        # Whoever sends the comments must have seen that a file goes with them.
        row.version += 1
        row.save(update_fields=["version"])
        journal(
            Events.ACCURACY_PROOF_ADDED, by=by, about=row, chain=row.inspection_id, side=Side.AUTHORITY,
            document=document.mark, sha256=document.sha256,
        )  # fmt: skip
    return held


@transaction.atomic
def take_proof_off(*, comment: AccuracyComment, proof: int, by: Actor) -> None:
    """Take a file off a draft. A document that came in with it alone is taken back too; one that was the council's own
    before stays."""
    row = _draft(comment, by)
    held = AccuracyProof.objects.filter(comment=row, pk=proof).select_related("document").first()
    if held is None:
        raise Refused("This file is not on the comment any more.")
    row.version += 1
    row.save(update_fields=["version"])
    let_go([held], by=by)
    mark = held.document.mark
    held.delete()
    journal(
        Events.ACCURACY_PROOF_TAKEN_OFF, by=by, about=row, chain=row.inspection_id, side=Side.AUTHORITY, document=mark
    )  # fmt: skip


def let_go(proofs: Sequence[AccuracyProof], *, by: Actor) -> int:
    """Take the documents back that came in as these proofs and serve no other comment, within the caller's transaction;
    how many. What the team has is left. Whoever may not upload lets them go all the same: it is what the act means."""
    gone = 0
    for one in proofs:
        document = Document.objects.select_related("inspection").get(pk=one.document_id)
        if not one.brought or not document.staged:
            continue
        others = AccuracyProof.objects.filter(document=document).exclude(pk=one.pk)
        heir = others.exclude(comment__status=lifecycle.AccuracyComment.DROPPED).first()
        if heir is not None:
            AccuracyProof.objects.filter(pk=heir.pk).update(brought=True)
            continue
        who = by if may_upload(by, document.inspection) else PROGRAMME
        documents.withdraw(document=document, because="", version=document.version, by=who)
        gone += 1
    return gone


def send_proof(rows: Sequence[AccuracyComment], *, exception: str, by: Actor) -> int:
    """Submit the files of comments that are being sent, within the caller's transaction; how many have gone.

    What comes with a late comment is marked late. The caller has asked what keeps them from being sent.
    """
    held = list(AccuracyProof.objects.filter(comment__in=rows).select_related("document__inspection"))
    waiting = {one.document_id: one.document for one in held if one.document.status not in WITH_THE_TEAM}
    if waiting:
        inspection = next(iter(waiting.values())).inspection
        documents.submit(inspection=inspection, documents=[(one, one.version) for one in waiting.values()], by=by)
    AccuracyProof.objects.filter(pk__in=[one.pk for one in held]).update(exception=exception)
    return len(held)


def _draft(comment: AccuracyComment, by: Actor) -> AccuracyComment:
    rows = AccuracyComment.objects.select_for_update(of=("self",)).select_related("inspection", "copy__report")
    row = rows.get(pk=comment.pk)
    require(by, Permission.ACCURACY_COMMENT, row.target(changing=True))
    return row
