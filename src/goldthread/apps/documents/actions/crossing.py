"""Crossing the wall: the council submits documents to the team, several at once, or takes one back."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused, Target
from goldthread.apps.documents.actions.anchoring import anchor_again, lose_passages
from goldthread.apps.documents.actions.seeing import OPEN
from goldthread.apps.documents.desk import Desk
from goldthread.apps.documents.models import WITH_THE_TEAM, Document, Passage, Redaction, Status
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.domain import lifecycle
from goldthread.engines import page_pictures


@transaction.atomic
def submit_proof(*, document: Document, under: Permission, of: Target, by: Actor) -> Document:
    """Submit a document as part of an act by which its sender shows the team something, in the caller’s transaction.

    `under` is the permission of that act and `of` what it is about: it crosses the wall with it, also where its sender
    submits no documents otherwise. It must be their own. Raises Refused as `submit` does.
    """
    require(by, under, of)
    require(by, Permission.DOCUMENT_UPLOAD, document.target())
    if document.created_by_id is None or str(document.created_by_id) != by.id:
        raise Refused("Only who sent this document can show it to the team with what they say.")
    return _submit(document, document.version, by, under=Permission.DOCUMENT_UPLOAD)


@transaction.atomic
def submit(*, inspection: Inspection, documents: Sequence[tuple[Document, int]], by: Actor) -> list[Document]:
    """Submit documents to the team's library, each as it was seen: a document and the version of it that was shown.

    A new version takes the place of the one before: what was cited of that is found again in the new one, or marked.
    Raises Overtaken where one was changed meanwhile, Refused where one cannot be submitted; then none is.
    """
    require(by, Permission.DOCUMENT_SUBMIT, Desk(inspection, by).target())
    if not documents:
        raise Refused("Choose at least one document to submit.")
    return [_submit(document, version, by) for document, version in documents]


def _submit(document: Document, version: int, by: Actor, *, under: Permission = Permission.DOCUMENT_SUBMIT) -> Document:
    row = Document.objects.select_for_update(of=("self",)).select_related("inspection").get(pk=document.pk)
    require(by, under, row.target())
    require_unchanged(row, version, about=row, chain=row.inspection_id)
    lifecycle.require_move(Status, row.status, Status.SUBMITTED)
    if not row.ready:
        raise Refused(f"{row.mark} has not been read, so it cannot be submitted. Leave it out.")
    if Redaction.objects.filter(document=row, made__isnull=False).exclude(made__status=Status.WITHDRAWN).exists():
        raise Refused(
            f"Passages were taken out of {row.mark}, and a version without them is here. Submit that one. To submit "
            "the whole all the same, take the version without them back first."
        )
    if _half_read(row):
        raise Refused(
            f"{row.mark} is still being read from its pictures, and passages of the version before are cited. Submit "
            "it in a few minutes, so that they are found again in it."
        )
    row.status, row.version = Status.SUBMITTED, row.version + 1
    row.released_at = row.submitted_at = timezone.now()
    row.submitted_by_id = None if by.programme else by.id
    row.save(update_fields=["status", "version", "released_at", "submitted_at", "submitted_by"])
    journal(Events.DOCUMENT_SUBMITTED, by=by, about=row, chain=row.inspection_id, side=row.side, sha256=row.sha256)
    _supersede(row, by)
    return row


def _half_read(row: Document) -> bool:
    """Whether what was cited of the version before would be looked for in pages that are not read yet."""
    cited = Passage.objects.filter(
        document__inspection=row.inspection_id, document__number=row.number, status="current"
    ).exists()
    left = row.from_images.filter(reading__in=OPEN).exists()
    return cited and page_pictures.can_read() and (left or bool(row.picture_pages and not row.from_images.exists()))


def _supersede(new: Document, by: Actor) -> None:
    """Every earlier version that the team has gives way to this one."""
    earlier = Document.objects.select_for_update(of=("self",)).filter(
        inspection_id=new.inspection_id, number=new.number, edition__lt=new.edition, status=Status.SUBMITTED
    )
    for old in earlier.select_related("inspection"):
        lifecycle.require_move(Status, old.status, Status.SUPERSEDED)
        old.status, old.version = Status.SUPERSEDED, old.version + 1
        old.save(update_fields=["status", "version"])
        found, lost = anchor_again(old=old, new=new, by=by)
        journal(
            Events.DOCUMENT_SUPERSEDED, by=by, about=old, chain=new.inspection_id, side=old.side, found=found, lost=lost
        )


@transaction.atomic
def withdraw(*, document: Document, because: str, version: int, by: Actor) -> Document:
    """Take a document back: silently before the team has it, on the record and with a reason after that.

    What was cited of it is withdrawn from the shelf, and whatever leans on that is marked *check again*.
    """
    row = Document.objects.select_for_update(of=("self",)).select_related("inspection").get(pk=document.pk)
    permission = Permission.DOCUMENT_UPLOAD if row.staged else Permission.DOCUMENT_SUBMIT
    require(by, permission, row.target())
    require_unchanged(row, version, about=row, chain=row.inspection_id)
    require(by, permission, row.target(changing=True))
    because = " ".join(because.split())
    if lifecycle.require_move(Status, row.status, Status.WITHDRAWN).needs_reason and not because:
        raise Refused("Say why the document is taken back: findings may rest on it already.")
    was_there = row.status in WITH_THE_TEAM
    row.status, row.withdrawn_because, row.version = Status.WITHDRAWN, because[:300], row.version + 1
    row.save(update_fields=["status", "withdrawn_because", "version"])
    items = lose_passages(document=row, because=f"The document it quotes was taken back: {because}", by=by)
    journal(
        Events.DOCUMENT_WITHDRAWN, by=by, about=row, chain=row.inspection_id, side=row.side, items=items,
        was_with_the_team=was_there,
    )  # fmt: skip
    return row
