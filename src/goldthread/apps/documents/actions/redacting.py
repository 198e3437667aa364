"""Taking passages out of a document: chosen and looked for, asked for by somebody, made and verified, or refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.documents import holdings
from goldthread.apps.documents.actions.receiving import About, record
from goldthread.apps.documents.desk import Desk
from goldthread.apps.documents.models import Document, PageFromImage, Redaction
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.domain import lifecycle
from goldthread.domain.redacting import (
    LEAST,
    MOST,
    MOST_AREAS,
    MOST_PASSAGES,
    Box,
    every_place,
    without,
)
from goldthread.engines import page_pictures

Status = lifecycle.Redaction
MOST_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Standing:
    """Where something that is taken out stands: the number of its passage from 0, or -1 of an area, and where.

    On pages with a look it is a box; in a text, from which character to before which of its part. Of a passage that
    goes over a line, or of whose words each has a box, every box but the first is `more` of the same.
    """

    which: int
    page: int
    box: Box | None = None
    span: tuple[int, int] = (0, 0)
    more: bool = False


def why_not(document: Document) -> str:
    """Why nothing can be taken out of a document as it now is, in words; empty where it can."""
    if document.withdrawn or not document.ready:
        return "Only a document that was read in, and was not taken back, can be redacted."
    if not document.drawable and not document.text_read:
        return "The text of files of this kind is not read. Save it as PDF, upload that, and redact it."
    if not document.drawable:
        return ""
    if not page_pictures.can_read():
        return "This installation does not read text from pictures, so it could not verify what it makes."
    if document.pages > settings.DOCUMENT_MOST_PICTURES:
        return f"At most {settings.DOCUMENT_MOST_PICTURES:,} pages can be redacted in one file. Divide it first."
    read = document.from_images.filter(reading__in=("read", "refused")).count()
    if read < document.picture_pages:
        return "Its pages are still being read from their pictures. Come back in a few minutes."
    return ""


def choose(
    *, document: Document, passages: Sequence[str], areas: Sequence[Box], client_key: UUID, by: Actor
) -> Redaction:  # fmt: skip
    """Note what is to be taken out of a document, with every place at which it stands. The same key twice is once.

    Raises Refused where nothing is chosen, or something chosen stands nowhere.
    """
    require(by, Permission.DOCUMENT_UPLOAD, document.target())
    require(by, Permission.DOCUMENT_UPLOAD, document.target(changing=True))
    if existing := Redaction.objects.filter(inspection=document.inspection_id, client_key=client_key).first():
        return existing
    if trouble := why_not(document):
        raise Refused(trouble)
    _sound(document, passages, areas)
    places = _in_pages(document, passages) if document.drawable else _in_text(document, passages)
    standing = {one.which for one in places}
    if lost := [str(which) for which in range(1, len(passages) + 1) if which - 1 not in standing]:
        where = f"line {lost[0]}" if len(lost) == 1 else f"lines {', '.join(lost[:-1])} and {lost[-1]}"
        raise Refused(
            f"What you wrote in {where} stands nowhere in this document. Write it as it stands, or leave it out."
        )
    places += [Standing(-1, area.page, area) for area in areas]
    return _chosen(document, passages, areas, places, client_key, by)


def _sound(document: Document, passages: Sequence[str], areas: Sequence[Box]) -> None:
    if not passages and not areas:
        raise Refused("Write at least one passage, or choose an area of a page.")
    if len(passages) > MOST_PASSAGES or len(areas) > MOST_AREAS:
        raise Refused(f"At most {MOST_PASSAGES} passages and {MOST_AREAS} areas can be taken out at once.")
    if any(not LEAST <= len(one) <= MOST for one in passages):
        raise Refused(f"A passage has {LEAST} to {MOST} characters. Divide a longer one into several lines.")
    if areas and not document.drawable:
        raise Refused("Pages of files of this kind have no look of their own. Take passages out by their words.")
    if any(one.page > document.pages for one in areas):
        raise Refused(f"This document has {document.pages:,} pages. An area is on one that it has not.")


def _in_text(document: Document, passages: Sequence[str]) -> list[Standing]:
    pages = holdings.pages_of(document)
    return [
        Standing(which, number, span=span)
        for number, page in enumerate(pages, 1)
        for which, passage in enumerate(passages)
        for span in every_place(passage, page.text)
    ]  # fmt: skip


def _in_pages(document: Document, passages: Sequence[str]) -> list[Standing]:
    """By the letters of pages that have them, and by what was read from those that are pictures."""
    found = _in_images(document, passages)
    if document.ending == "pdf" and passages:
        from goldthread.engines.redacting import places_in
        from goldthread.kernel.refusal import Refused as FileRefused

        try:
            with holdings.clear_file(document) as path:
                held = places_in(path, passages)
        except FileRefused as refusal:
            raise Refused(f"{refusal.reason} {refusal.mend}") from None
        for which, boxes in held:
            found += _one_standing(which, boxes)
    return found


def _in_images(document: Document, passages: Sequence[str]) -> list[Standing]:
    found = []
    for row in PageFromImage.objects.filter(document=document, characters__gt=0):
        read = holdings.image_text_of(document, row)
        for which, passage in enumerate(passages):
            for start, end in every_place(passage, read.text):
                words = [one for one in read.words if one.start < end and start < one.end]
                found += _one_standing(which, [Box(row.page, *one.place).wider(20) for one in words])
    return found


def _one_standing(which: int, boxes: Sequence[Box]) -> list[Standing]:
    return [Standing(which, box.page, box, more=number > 0) for number, box in enumerate(boxes)]


@transaction.atomic
def _chosen(
    document: Document, passages: Sequence[str], areas: Sequence[Box], places: Sequence[Standing], client_key: UUID,
    by: Actor,
) -> Redaction:  # fmt: skip
    made = Redaction(
        inspection=document.inspection, side=Side.AUTHORITY, document=document, client_key=client_key,
        created_by_id=None if by.programme else by.id,
    )  # fmt: skip
    made.sealed = holdings.sealed_choice(made, {
        "passages": list(passages), "areas": [_edges(area) for area in areas],
        "places": [
            [one.which, one.page, _edges(one.box) if one.box else None, list(one.span), one.more] for one in places
        ],
    })  # fmt: skip
    made.save()
    journal(
        Events.REDACTION_CHOSEN, by=by, about=made, chain=document.inspection_id, side=Side.AUTHORITY,
        passages=len(passages), areas=len(areas), places=len(places),
    )  # fmt: skip
    return made


def _edges(box: Box) -> list[int]:
    return [box.page, box.left, box.top, box.right, box.bottom]


def standings(choice: dict[str, Any]) -> list[Standing]:
    """Where everything stands that is taken out, from what was kept."""
    return [
        Standing(int(which), int(page), Box(*edges) if edges else None, (int(span[0]), int(span[1])), bool(more))
        for which, page, edges, span, more in choice["places"]
    ]


@transaction.atomic
def ask(*, redaction: Redaction, by: Actor) -> Redaction:
    """Have the version made without what was chosen. It is made by the programme, and verified before it is kept."""
    row = Redaction.objects.select_for_update(of=("self",)).select_related("document__inspection").get(pk=redaction.pk)
    require(by, Permission.DOCUMENT_UPLOAD, row.document.target())
    require(by, Permission.DOCUMENT_UPLOAD, row.document.target(changing=True))
    if row.status in (Status.ASKED, Status.MADE):
        return row
    lifecycle.require_move(Status, Status(row.status), Status.ASKED)
    newest = Document.objects.filter(inspection=row.document.inspection_id, number=row.document.number)
    if newest.exclude(status="withdrawn").exclude(reading="refused").order_by("-edition").first() != row.document:
        raise Refused(f"There is a newer version than {row.document.mark}. Open that one, and redact it.")
    row.status, row.version = Status.ASKED, row.version + 1
    row.asked_by_id = None if by.programme else UUID(by.id)
    row.save(update_fields=["status", "version", "asked_by"])
    journal(Events.REDACTION_ASKED, by=by, about=row, chain=row.document.inspection_id, side=Side.AUTHORITY)
    return row


@transaction.atomic
def claim_next(*, by: Actor) -> Redaction | None:
    """The next version to make; one that was tried three times is refused. None where none waits."""
    rows = Redaction.objects.select_for_update(of=("self",)).select_related("document__inspection", "inspection")
    for row in rows.filter(status=Status.ASKED).order_by("created_at"):
        require(by, Permission.DOCUMENT_UPLOAD, row.document.target())
        if row.attempts < MOST_ATTEMPTS:
            row.attempts += 1
            row.save(update_fields=["attempts"])
            return row
        _refused(row, "It was tried three times and could not be made.", by)
    return None


@transaction.atomic
def refuse(*, redaction: Redaction, because: str, by: Actor) -> None:
    """Note why no version was made."""
    row = Redaction.objects.select_for_update(of=("self",)).select_related("document__inspection").get(pk=redaction.pk)
    require(by, Permission.DOCUMENT_UPLOAD, row.document.target())
    if row.status == Status.ASKED:
        _refused(row, because, by)


def _refused(row: Redaction, because: str, by: Actor) -> None:
    lifecycle.require_move(Status, Status(row.status), Status.REFUSED)
    row.status, row.refusal, row.version = Status.REFUSED, because, row.version + 1
    row.save(update_fields=["status", "refusal", "version"])
    journal(Events.REDACTION_REFUSED, by=by, about=row, chain=row.document.inspection_id, side=Side.AUTHORITY)


@transaction.atomic
def finish(*, redaction: Redaction, data: bytes, ending: str, by: Actor) -> Document | None:
    """Keep the version that was made and verified, staged as any other; None where somebody else has meanwhile."""
    row = Redaction.objects.select_for_update(of=("self",)).select_related("document__inspection").get(pk=redaction.pk)
    require(by, Permission.DOCUMENT_UPLOAD, row.document.target())
    if row.status != Status.ASKED:
        return None
    lifecycle.require_move(Status, Status(row.status), Status.MADE)
    source = row.document
    kept = holdings.keep_bytes(source.inspection, data)
    made = record(
        desk=Desk(source.inspection, by), kept=kept, label=f"redacted-{source.number}.{ending}", ending=ending,
        about=About(source.kind), replaces=source, client_key=row.pk, by=by,
    )  # fmt: skip
    passages = holdings.choice_of(row)["passages"]
    made.title = without(made.title, [span for one in passages for span in every_place(one, made.title)])[:160]
    made.created_by_id = row.asked_by_id
    made.save(update_fields=["title", "created_by"])
    row.status, row.made, row.version = Status.MADE, made, row.version + 1
    row.save(update_fields=["status", "made", "version"])
    journal(
        Events.REDACTION_MADE, by=by, about=row, chain=source.inspection_id, side=Side.AUTHORITY, sha256=kept.sha256,
        pages=source.pages,
    )  # fmt: skip
    return made
