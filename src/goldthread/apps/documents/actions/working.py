"""What the team does with the library: marks documents as read, notes, tags, and takes copies out."""

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.db import transaction

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.documents import holdings
from goldthread.apps.documents.desk import TeamDesk
from goldthread.apps.documents.models import Document, DocumentNote, DocumentRead, DocumentTag
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.apps.submissions import sealing

TAG_LENGTH = 40
MOST_TAGS = 12


@transaction.atomic
def mark_read(*, document: Document, read: bool, by: Actor) -> None:
    """Say that one has read this version, or that one has not after all. Twice is once."""
    _require(document, by)
    mine = DocumentRead.objects.filter(document=document, person_id=UUID(by.id))
    if read == mine.exists():
        return
    if read:
        DocumentRead.objects.create(document=document, person_id=UUID(by.id))
    else:
        mine.delete()
    event = Events.DOCUMENT_READ if read else Events.DOCUMENT_UNREAD
    journal(event, by=by, about=document, chain=document.inspection_id, side=Side.TEAM)


@transaction.atomic
def note(*, document: Document, says: str, page: int, client_key: UUID, by: Actor) -> DocumentNote:
    """Write a note on a document or on one of its pages, sealed. The same key twice gives the same note."""
    _require(document, by)
    rows = DocumentNote.objects.filter(inspection=document.inspection)
    if existing := rows.filter(client_key=client_key).first():
        return existing
    if not says.strip():
        raise Refused("Write something, or go back.")
    if not 0 <= page <= document.pages:
        raise Refused(f"There is no page {page}: this document has {document.pages:,}.")
    made = DocumentNote(
        inspection=document.inspection, side=Side.TEAM, document=document, page=page, client_key=client_key,
        created_by_id=None if by.programme else by.id,
    )  # fmt: skip
    made.words = sealing.seal(document.inspection, says.strip().encode(), purpose=f"document-note:{made.pk}")
    made.save()
    journal(Events.DOCUMENT_NOTED, by=by, about=document, chain=document.inspection_id, side=Side.TEAM)
    return made


@transaction.atomic
def tag(*, document: Document, tag: str, by: Actor) -> None:
    """Put a tag on a document, in all its versions. One that is there stays."""
    _require(document, by)
    word = " ".join(tag.lower().split())
    if not word:
        raise Refused("Write a word or two.")
    if len(word) > TAG_LENGTH:
        raise Refused(f"A tag has at most {TAG_LENGTH} characters. Shorten it.")
    rows = DocumentTag.objects.filter(inspection=document.inspection, number=document.number)
    if rows.filter(tag=word).exists():
        return
    if rows.count() >= MOST_TAGS:
        raise Refused(f"A document has at most {MOST_TAGS} tags. Take one off first.")
    DocumentTag.objects.create(
        inspection=document.inspection, number=document.number, tag=word, by_id=None if by.programme else by.id
    )
    journal(Events.DOCUMENT_TAGGED, by=by, about=document, chain=document.inspection_id, side=Side.TEAM)


@transaction.atomic
def untag(*, document: Document, tag: str, by: Actor) -> None:
    """Take a tag off a document. What is off stays off."""
    _require(document, by)
    rows = DocumentTag.objects.filter(inspection=document.inspection, number=document.number, tag=tag)
    if rows.delete()[0]:
        journal(Events.DOCUMENT_UNTAGGED, by=by, about=document, chain=document.inspection_id, side=Side.TEAM)


@transaction.atomic
def take_out(*, document: Document, by: Actor) -> bytes:
    """The file as it was sent, for somebody to keep; the journal says so first. Raises StoreDamaged."""
    require(by, Permission.DOCUMENT_READ, document.target())
    data = holdings.whole_file(document)
    journal(
        Events.EXPORTED, by=by, about=document, chain=document.inspection_id, what="the original file",
        form=document.ending, rows=1, side=document.side,
    )  # fmt: skip
    return data


@transaction.atomic
def take_bundle(*, inspection: Inspection, documents: Sequence[Document], by: Actor) -> list[tuple[Document, bytes]]:
    """Several files as they were sent, for somebody to keep together; the journal says so first.

    Raises Refused where there is none, or they are more than one sending may hold; StoreDamaged.
    """
    for one in documents:
        require(by, Permission.DOCUMENT_READ, one.target())
    if not documents:
        raise Refused("No document fits, so there is nothing to download.")
    size, most = sum(one.size for one in documents), settings.UPLOAD_CAP_BYTES
    if size > most:
        raise Refused(
            f"These {len(documents):,} documents are {size // 1024**2:,} MB together, and {most // 1024**2} MB can be "
            "downloaded at once. Narrow the list down by kind, area or year, and download each part."
        )
    held = [(one, holdings.whole_file(one)) for one in documents]
    journal(
        Events.EXPORTED, by=by, about=inspection, chain=inspection.pk, what="documents with an index", form="zip",
        rows=len(held), side=Side.AUTHORITY,
    )  # fmt: skip
    return held


def _require(document: Document, by: Actor) -> None:
    require(by, Permission.DOCUMENT_READ, document.target(changing=True))
    require(by, Permission.DOCUMENT_WORK, TeamDesk(document.inspection, by).target())
