"""Files that prove a comment on the facts: taken in as every document of the council is, and sent with the comment.

They go the one way in that documents have: sealed, told by their bytes, read in the sandbox, on the council's side
until the comment is sent.
"""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.documents import actions as documents
from goldthread.apps.documents.models import WITH_THE_TEAM, Document, Reading
from goldthread.apps.documents.queries import may_submit
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
    return _attach(comment, received.document, by)


@transaction.atomic
def _attach(comment: AccuracyComment, document: Document, by: Actor) -> AccuracyProof:
    row = _draft(comment, by)
    held, made = AccuracyProof.objects.get_or_create(comment=row, document=document)
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
    """Take a file off a draft. The document stays among the council's own, unsent; it can be taken back there."""
    row = _draft(comment, by)
    held = AccuracyProof.objects.filter(comment=row, pk=proof).select_related("document").first()
    if held is None:
        raise Refused("This file is not on the comment any more.")
    row.version += 1
    row.save(update_fields=["version"])
    mark = held.document.mark
    held.delete()
    journal(
        Events.ACCURACY_PROOF_TAKEN_OFF, by=by, about=row, chain=row.inspection_id, side=Side.AUTHORITY, document=mark
    )  # fmt: skip


def send_proof(rows: Sequence[AccuracyComment], *, exception: str, by: Actor) -> int:
    """Submit the files of comments that are being sent, within the caller's transaction; how many have gone.

    What comes with a late comment is marked late. Raises Refused where a file is still being read, cannot be read, was
    taken back, or where the sender may not submit documents for the council.
    """
    held = list(AccuracyProof.objects.filter(comment__in=rows).select_related("document__inspection"))
    waiting = {one.document_id: one.document for one in held if one.document.status not in WITH_THE_TEAM}
    for document in waiting.values():
        _require_ready(document)
    if waiting:
        inspection = next(iter(waiting.values())).inspection
        if not may_submit(by, inspection):
            raise Refused(
                "Files go with these comments, and only the nominated officer submits files for the council. Ask the "
                "nominated officer to send the comments."
            )
        documents.submit(inspection=inspection, documents=[(one, one.version) for one in waiting.values()], by=by)
    AccuracyProof.objects.filter(pk__in=[one.pk for one in held]).update(exception=exception)
    return len(held)


def _require_ready(document: Document) -> None:
    if document.status == lifecycle.Document.WITHDRAWN:
        raise Refused(f"{document.mark} was taken back. Take it off the comment, then send.")
    if document.reading == Reading.REFUSED:
        raise Refused(f"{document.mark}: {document.refusal} {document.mend} Take it off the comment, or mend it first.")
    if not document.ready:
        raise Refused(f"{document.mark} is still being looked through for safety. Wait a minute, then send again.")


def _draft(comment: AccuracyComment, by: Actor) -> AccuracyComment:
    rows = AccuracyComment.objects.select_for_update(of=("self",)).select_related("inspection", "copy__report")
    row = rows.get(pk=comment.pk)
    require(by, Permission.ACCURACY_COMMENT, row.target(changing=True))
    return row
