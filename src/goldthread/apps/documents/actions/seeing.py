"""Carrying pages that are pictures from waiting to read: their text, or why it could not be read."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.documents import holdings
from goldthread.apps.documents.actions.redacting import standings
from goldthread.apps.documents.models import (
    Document,
    DocumentMeaning,
    DocumentText,
    NearCopy,
    PageFromImage,
    Reading,
    Redaction,
    Status,
)
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.domain import lifecycle
from goldthread.domain.redacting import TAKEN_OUT
from goldthread.domain.written_language import language_of
from goldthread.kernel.document_text import Page
from goldthread.kernel.image_text import without

if TYPE_CHECKING:
    from goldthread.kernel.image_text import ImageText

MOST_ATTEMPTS = 3
STALE = timedelta(minutes=5)
TOLD_EVERY = 20
"""After so many pages searches are told of what was read of a long document so far."""
OPEN = (Reading.RECEIVED, Reading.READING)


@transaction.atomic
def take_in_hand(*, document: Document, pages: list[Page], by: Actor) -> int:
    """Note which pages of a document are pictures that are to be read, as many as are taken, and say how many."""
    row = Document.objects.select_for_update(of=("self",)).select_related("inspection").get(pk=document.pk)
    require(by, Permission.DOCUMENT_UPLOAD, row.target())
    numbers = [number for number, page in enumerate(pages, 1) if page.picture][: settings.DOCUMENT_MOST_PICTURES]
    made = [PageFromImage(document=row, page=number) for number in numbers]
    PageFromImage.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


@transaction.atomic
def claim_next(*, by: Actor) -> PageFromImage | None:
    """The next page to read from its picture, claimed; None where there is none. Older documents come first."""
    while True:
        now = timezone.now()
        stale = Q(reading=Reading.READING, claimed_at__lt=now - STALE)
        found = (
            PageFromImage.objects.select_for_update(of=("self",)).select_related("document__inspection")
            .filter(Q(reading=Reading.RECEIVED) | stale).exclude(document__status=Status.WITHDRAWN)
            .order_by("document__created_at", "page").first()
        )  # fmt: skip
        if found is None:
            return None
        require(by, Permission.DOCUMENT_UPLOAD, found.document.target())
        if found.attempts < MOST_ATTEMPTS:
            break
        _move(found, Reading.REFUSED)
        found.refusal = "It was tried three times."
        found.save(update_fields=["reading", "refusal"])
        _come_to_an_end(found.document, by)
    _move(found, Reading.READING)
    found.claimed_at, found.attempts = now, found.attempts + 1
    found.save(update_fields=["reading", "claimed_at", "attempts"])
    return found


@transaction.atomic
def finish(*, page: PageFromImage, read: ImageText, by: Actor) -> None:
    """Keep what was read from a picture, sealed. What somebody else has taken over meanwhile is left to them."""
    row = _mine(page, by)
    if row is None:
        return
    _move(row, Reading.READ)
    read = _without_bars(row, read)
    row.sealed = holdings.sealed_image_text(row.document, row.page, read)
    row.languages, row.characters, row.sure, row.unsure = read.languages, len(read.text), read.sure, len(read.unsure)
    row.save()
    _come_to_an_end(row.document, by)


def _without_bars(row: PageFromImage, read: ImageText) -> ImageText:
    """Of a version from which passages were taken out: the black bars are no words."""
    redaction = Redaction.objects.filter(made=row.document_id).select_related("inspection").first()
    if redaction is None:
        return read
    boxes = [one.box for one in standings(holdings.choice_of(redaction)) if one.box and one.box.page == row.page]
    return without(read, [(one.left, one.top, one.right, one.bottom) for one in boxes], TAKEN_OUT)


@transaction.atomic
def refuse(*, page: PageFromImage, refusal: str, by: Actor) -> None:
    """Note why a picture could not be read; the page stays a picture."""
    row = _mine(page, by)
    if row is None:
        return
    _move(row, Reading.REFUSED)
    row.refusal = refusal
    row.save(update_fields=["reading", "refusal"])
    _come_to_an_end(row.document, by)


@transaction.atomic
def give_back(*, page: PageFromImage, by: Actor) -> None:
    """Reading was cut short: it is tried again."""
    row = _mine(page, by)
    if row is not None:
        _move(row, Reading.RECEIVED)
        row.claimed_at = None
        row.save(update_fields=["reading", "claimed_at"])


def _mine(page: PageFromImage, by: Actor) -> PageFromImage | None:
    rows = PageFromImage.objects.select_for_update(of=("self",)).select_related("document__inspection")
    row = rows.get(pk=page.pk)
    require(by, Permission.DOCUMENT_UPLOAD, row.document.target())
    return row if row.reading == Reading.READING and row.attempts == page.attempts else None


def _move(row: PageFromImage, to: Reading) -> None:
    """One step; of a claim that was cut short, back and on again."""
    if row.reading == Reading.READING and to == Reading.READING:
        row.reading = Reading.RECEIVED
    lifecycle.require_move(Reading, Reading(row.reading), to)
    row.reading = to


def _come_to_an_end(document: Document, by: Actor) -> None:
    """Tell searches of what was read so far; after the last page, say so, and have the whole compared anew."""
    row = Document.objects.select_for_update(of=("self",)).select_related("inspection").get(pk=document.pk)
    pages = PageFromImage.objects.filter(document=row)
    left = pages.filter(reading__in=OPEN).count()
    seen = pages.filter(characters__gt=0).count()
    if left and seen - row.pages_seen < TOLD_EVERY:
        return
    row.pages_seen = seen
    if left:
        row.save(update_fields=["pages_seen"])
        return
    row.text_read = row.text_read or bool(seen)
    whole = holdings.pages_of(row)
    row.characters = sum(len(page.text) for page in whole)
    row.language = language_of("\n".join(page.text for page in whole))
    row.save(update_fields=["pages_seen", "text_read", "characters", "language"])
    DocumentText.objects.filter(document=row).update(sketch=b"")
    DocumentMeaning.objects.filter(document=row).delete()
    NearCopy.objects.filter(Q(later=row) | Q(earlier=row)).delete()
    refused = pages.filter(reading=Reading.REFUSED).count()
    journal(
        Events.DOCUMENT_SEEN, by=by, about=row, chain=row.inspection_id, side=row.side, pages=seen, refused=refused,
        empty=pages.count() - seen - refused,
    )  # fmt: skip
