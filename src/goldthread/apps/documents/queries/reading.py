"""A document being read: its pages, what was noted and cited of it, and what is still to be read."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from goldthread.apps.access import policy
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.access.remembering import once
from goldthread.apps.documents import holdings
from goldthread.apps.documents.actions.anchoring import words_of
from goldthread.apps.documents.desk import TeamDesk
from goldthread.apps.documents.models import (
    Document,
    DocumentNote,
    DocumentRead,
    DocumentTag,
    PageFromImage,
    PagePicture,
    Passage,
    Reading,
    Status,
)
from goldthread.apps.documents.queries.library import may, visible_to
from goldthread.apps.evidence.models import EvidenceItem
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.inspections.queries import visible
from goldthread.apps.requests.models import InformationRequest
from goldthread.apps.submissions import sealing
from goldthread.engines import page_pictures
from goldthread.kernel.document_text import Page


@dataclass(frozen=True, slots=True)
class NoteRead:
    """A note as its readers see it."""

    says: str
    page: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PassageRead:
    """A passage as its readers see it: the words, where they stand, and their item of the shelf."""

    words: str
    page: int
    start: int
    end: int
    status: str
    item: EvidenceItem


@dataclass(frozen=True, slots=True)
class Seen:
    """Of the pages of a document that are pictures: how many were read, show no text, could not be read, or wait."""

    pictures: int = 0
    read: int = 0
    empty: int = 0
    refused: int = 0
    waiting: int = 0

    @property
    def left_out(self) -> int:
        """How many are not to be read: there are too many, or nothing here reads pictures."""
        return self.pictures - self.read - self.empty - self.refused - self.waiting


def texts_of(document: Document) -> list[Page]:
    """The text of a document, page by page. Raises CannotUnseal."""
    return once(("text of", document.pk), lambda: holdings.pages_of(document))


def page_of(document: Document, number: int) -> Page | None:
    """One page; None where there is none of that number."""
    pages = texts_of(document)
    return pages[number - 1] if 1 <= number <= len(pages) else None


def can_see() -> bool:
    """Whether this installation reads text from pictures at all."""
    return page_pictures.can_read()


def seen(document: Document, number: int) -> PageFromImage | None:
    """How far a page that is a picture has been read from it; None where it is none, or is not to be read."""
    return PageFromImage.objects.filter(document=document, page=number).first()


def seen_of(document: Document) -> Seen:
    """How far the pictures of a document have been read."""
    rows = PageFromImage.objects.filter(document=document).values_list("reading", "characters")
    counted = Counter(("read" if characters else "empty") if state == Reading.READ else state
                      for state, characters in rows)  # fmt: skip
    waiting = counted[Reading.RECEIVED] + counted[Reading.READING]
    if not counted and page_pictures.can_read():
        # Which of its pages are to be read is noted a moment after it was read in.
        waiting = min(document.picture_pages, settings.DOCUMENT_MOST_PICTURES)
    return Seen(document.picture_pages, counted["read"], counted["empty"], counted[Reading.REFUSED], waiting)


def from_images(places: Iterable[tuple[UUID, int]]) -> set[tuple[UUID, int]]:
    """Which of these pages have their text from a picture, each as its document and its number."""
    asked = set(places)
    rows = PageFromImage.objects.filter(document__in={document for document, _ in asked}, characters__gt=0)
    return asked & set(rows.values_list("document_id", "page"))


def has_picture(document: Document, number: int) -> bool:
    """Whether a page is kept as a picture."""
    return PagePicture.objects.filter(document=document, page=number).exists()


def picture(document: Document, number: int) -> bytes | None:
    """A page as a JPEG; None where it was not drawn yet. Raises StoreDamaged."""
    rows = PagePicture.objects.select_related("document__inspection")
    row = rows.filter(document=document, page=number).first()
    return holdings.picture_of(row) if row else None


def notes(actor: Actor, document: Document) -> list[NoteRead]:
    """What the team wrote of a document in any version, the oldest first; nothing for the council."""
    rows = visible(DocumentNote.objects.select_related("created_by", "inspection"), actor, Permission.EVIDENCE_READ)
    of_number = rows.filter(inspection=document.inspection_id, document__number=document.number)
    return [
        NoteRead(
            sealing.unseal(one.inspection, bytes(one.words), purpose=f"document-note:{one.pk}").decode(),
            one.page if one.document_id == document.pk else 0, one.created_by.name if one.created_by else "",
            one.created_at,
        )
        for one in of_number.order_by("created_at")
    ]  # fmt: skip


def passages(actor: Actor, document: Document) -> list[PassageRead]:
    """What was cited of this version, in the order of its pages; nothing for the council."""
    rows = visible(Passage.objects.select_related("inspection", "evidence_item"), actor, Permission.EVIDENCE_READ)
    return [
        PassageRead(words_of(one), one.page, one.start, one.end, one.status, one.evidence_item)
        for one in rows.filter(document=document).order_by("page", "start")
    ]


def of_source(items: Iterable[EvidenceItem]) -> dict[UUID, Passage]:
    """The latest place of each item that quotes a document."""
    rows = Passage.objects.filter(evidence_item__in=[item.pk for item in items]).select_related("document")
    return {one.evidence_item_id: one for one in rows.order_by("created_at")}


def tags(actor: Actor, document: Document) -> list[str]:
    """The team's tags on a document; nothing for the council."""
    if not may_see_work(actor, document):
        return []
    rows = DocumentTag.objects.filter(inspection=document.inspection_id, number=document.number)
    return list(rows.values_list("tag", flat=True))


def all_tags(inspection: Inspection) -> list[str]:
    """Every tag of an inspection, in order; the page asks only for the team."""
    return sorted(set(DocumentTag.objects.filter(inspection=inspection).values_list("tag", flat=True)))


def may_see_work(actor: Actor, document: Document) -> bool:
    """Whether the actor stands where the team's notes and tags may be seen."""
    target = TeamDesk(document.inspection, actor).target()
    return policy.decide(actor, Permission.EVIDENCE_READ, target, timezone.now()).allowed


def read_by(actor: Actor, rows: Iterable[Document]) -> set[UUID]:
    """Which of these the actor has marked as read."""
    reads = DocumentRead.objects.filter(document__in=[one.pk for one in rows], person_id=actor.id)
    return set(reads.values_list("document_id", flat=True))


def unread_by(actor: Actor, inspection: Inspection) -> int:
    """How many of the newest versions the actor has still to read."""
    rows = visible_to(actor).filter(inspection=inspection, status=Status.SUBMITTED)
    return rows.exclude(readers__person_id=actor.id).count()


def queue(actor: Actor, inspection: Inspection) -> dict[str, tuple[int, int, int]]:
    """For each area: how many documents speak of it, how many nobody has read, how many the actor has not.

    A document of several areas counts in each; those of none stand under the empty slug.
    """
    rows = list(visible_to(actor).filter(inspection=inspection, status=Status.SUBMITTED))
    reads = DocumentRead.objects.filter(document__in=[one.pk for one in rows]).values_list("document_id", "person_id")
    anybody = {document for document, _ in reads}
    mine = {document for document, person in reads if str(person) == actor.id}
    whole: Counter[str] = Counter()
    nobody: Counter[str] = Counter()
    left: Counter[str] = Counter()
    for one in rows:
        for area in one.areas or [""]:
            whole[area] += 1
            nobody[area] += one.pk not in anybody
            left[area] += one.pk not in mine
    return {area: (whole[area], nobody[area], left[area]) for area in whole}


def of_request(actor: Actor, asked: InformationRequest) -> list[Document]:
    """Documents that the council says answer a request, as far as the actor may see them."""
    rows = visible_to(actor).filter(inspection=asked.inspection_id, asked=asked)
    return [one for one in rows.exclude(status=Status.WITHDRAWN) if may(actor, Permission.DOCUMENT_READ, one)]
