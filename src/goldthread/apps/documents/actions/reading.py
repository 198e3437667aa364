"""Carrying a document from received to read: the text of it, or why it cannot be read."""

import os
import socket
from datetime import timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.documents import holdings
from goldthread.apps.documents.models import Document, DocumentText, Reading, Status
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.domain import lifecycle
from goldthread.domain.written_language import language_of
from goldthread.kernel.document_text import Extracted

MOST_ATTEMPTS = 3
STALE = timedelta(minutes=5)
TRIED = "This file could not be read; it was tried three times."
TRIED_MEND = "Save it again as PDF and send that. If it fails again, tell the administrator."


@transaction.atomic
def claim_next(*, by: Actor) -> Document | None:
    """The next document to read, claimed; None where there is none. A claim that was cut short is claimed again."""
    while True:
        now = timezone.now()
        stale = Q(reading=Reading.READING, claimed_at__lt=now - STALE)
        found = (
            Document.objects.select_for_update(of=("self",)).select_related("inspection")
            .filter(Q(reading=Reading.RECEIVED) | stale).exclude(status=Status.WITHDRAWN)
            .order_by("created_at").first()
        )  # fmt: skip
        if found is None:
            return None
        require(by, Permission.DOCUMENT_UPLOAD, found.target())
        if found.attempts < MOST_ATTEMPTS:
            break
        _refused(found, TRIED, TRIED_MEND, "tried", by)
    return _claimed(found)


@transaction.atomic
def claim(*, document: Document, by: Actor) -> Document | None:
    """One document, claimed to be read before those that wait longer; None where it is read, or somebody reads it."""
    row = Document.objects.select_for_update(of=("self",)).select_related("inspection").get(pk=document.pk)
    require(by, Permission.DOCUMENT_UPLOAD, row.target())
    return _claimed(row) if row.reading == Reading.RECEIVED and row.attempts < MOST_ATTEMPTS else None


def _claimed(row: Document) -> Document:
    if row.reading == Reading.READING:
        row.reading = Reading.RECEIVED
    lifecycle.require_move(Reading, row.reading, Reading.READING)
    row.reading, row.claimed_at, row.attempts = Reading.READING, timezone.now(), row.attempts + 1
    row.claimed_by = f"{socket.gethostname()[:60]}:{os.getpid()}"
    row.save(update_fields=["reading", "claimed_at", "claimed_by", "attempts"])
    return row


@transaction.atomic
def finish(*, document: Document, extracted: Extracted, by: Actor) -> Document:
    """Keep what was read, sealed. What somebody else has taken over meanwhile is left to them."""
    row = Document.objects.select_for_update(of=("self",)).select_related("inspection").get(pk=document.pk)
    require(by, Permission.DOCUMENT_UPLOAD, row.target())
    if row.reading != Reading.READING or row.attempts != document.attempts:
        return row
    lifecycle.require_move(Reading, row.reading, Reading.READ)
    DocumentText.objects.create(document=row, sealed=holdings.sealed_text(row, extracted.pages))
    row.reading, row.unit, row.text_read = Reading.READ, extracted.unit, extracted.read
    row.pages, row.picture_pages = len(extracted.pages), len(extracted.pictures)
    row.language = language_of("\n".join(page.text for page in extracted.pages))
    row.characters, row.pointed, row.version = extracted.characters, dict(extracted.pointed), row.version + 1
    row.save()
    journal(
        Events.DOCUMENT_READ_IN, by=by, about=row, chain=row.inspection_id, side=row.side, pages=row.pages,
        pictures=row.picture_pages,
    )  # fmt: skip
    return row


@transaction.atomic
def refuse(*, document: Document, refusal: str, mend: str, code: str, by: Actor) -> Document:
    """Refuse a document in plain English: what is wrong with it, and how to mend it."""
    row = Document.objects.select_for_update(of=("self",)).select_related("inspection").get(pk=document.pk)
    require(by, Permission.DOCUMENT_UPLOAD, row.target())
    if row.reading == Reading.READING and row.attempts == document.attempts:
        _refused(row, refusal, mend, code, by)
    return row


@transaction.atomic
def give_back(*, document: Document, by: Actor) -> Document:
    """Reading was cut short: it is tried again, or refused after the third time."""
    row = Document.objects.select_for_update(of=("self",)).select_related("inspection").get(pk=document.pk)
    require(by, Permission.DOCUMENT_UPLOAD, row.target())
    if row.reading != Reading.READING or row.attempts != document.attempts:
        return row
    if row.attempts >= MOST_ATTEMPTS:
        _refused(row, TRIED, TRIED_MEND, "tried", by)
        return row
    lifecycle.require_move(Reading, row.reading, Reading.RECEIVED)
    row.reading, row.claimed_at, row.claimed_by = Reading.RECEIVED, None, ""
    row.save(update_fields=["reading", "claimed_at", "claimed_by"])
    return row


@transaction.atomic
def free_dead_claims(*, by: Actor) -> int:
    """Put back what a reader of this machine had claimed when it died."""
    freed = 0
    for row in Document.objects.filter(reading=Reading.READING):
        host, _, pid = row.claimed_by.partition(":")
        if host == socket.gethostname()[:60] and pid.isdigit() and not Path(f"/proc/{pid}").exists():
            give_back(document=row, by=by)
            freed += 1
    return freed


def _refused(row: Document, refusal: str, mend: str, code: str, by: Actor) -> None:
    if row.reading == Reading.RECEIVED:
        row.reading = Reading.READING
    lifecycle.require_move(Reading, row.reading, Reading.REFUSED)
    row.reading, row.refusal, row.mend, row.version = Reading.REFUSED, refusal, mend, row.version + 1
    row.save(update_fields=["reading", "refusal", "mend", "version"])
    journal(Events.DOCUMENT_REFUSED, by=by, about=row, chain=row.inspection_id, side=row.side, code=code)
