"""Receiving documents: each file by itself, sealed and on the disk before anybody is told that it was received."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Max, Sum

from goldthread.apps.access.actions import require, require_version
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.documents import holdings
from goldthread.apps.documents.desk import Desk
from goldthread.apps.documents.models import Document, Reading, Status
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.apps.requests import queries as requests
from goldthread.apps.requests.models import InformationRequest
from goldthread.apps.submissions import actions as submissions
from goldthread.apps.submissions.actions.receiving import Upload, clean_label
from goldthread.domain.document_kinds import KINDS

if TYPE_CHECKING:
    from goldthread.engines.blobs import Receipt

EMPTY = "This file is empty. Check that the document was saved, and send it again."
THERE = "The same file, byte for byte, is here already"


@dataclass(frozen=True, slots=True)
class About:
    """What the council says of a document; of a new version, what it says of the version before stands."""

    kind: str = "other"
    about_from: date | None = None
    about_to: date | None = None
    areas: Sequence[str] = ()
    asked: InformationRequest | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a file. `again` says that these bytes were here already, so that nothing was stored."""

    document: Document
    again: bool = False


def receive(
    *, inspection: Inspection, upload: Upload, label: str, about: About, client_key: UUID, by: Actor,
    replaces: Document | None = None,
) -> Received:  # fmt: skip
    """Take one document in and give its receipt. The same bytes again are told, and not stored twice.

    `label` is the name that the file was sent under; it must fit what the file is. `client_key` is that of the form:
    with the bytes it names the sending, so that each file of a form has its own. Raises Refused in plain English.
    """
    desk = Desk(inspection, by)
    require(by, Permission.DOCUMENT_UPLOAD, desk.target())
    if inspection.for_training:
        raise Refused("This is a training inspection. It takes no documents of a council.")
    if upload.too_large:
        cap = settings.UPLOAD_CAP_BYTES // (1024 * 1024)
        raise Refused(f"The file is larger than {cap} MB. Save it with smaller pictures, or divide it, and send that.")
    if not upload.size:
        raise Refused(EMPTY)
    _sound(about, inspection, by)
    path = Path(upload.memory_path())
    with path.open("rb") as held:
        sha256 = hashlib.file_digest(held, "sha256").hexdigest()
    key = uuid5(client_key, sha256)
    if existing := here_already(inspection, sha256) or Document.objects.filter(client_key=key).first():
        return Received(existing, again=True)
    ending = _kind(label, path)
    submissions.make_key(inspection=inspection, by=by)
    _room(inspection, upload.size)
    kept = _keep(inspection, path)
    try:
        made = record(
            desk=desk, kept=kept, label=clean_label(label), ending=ending, about=about, replaces=replaces,
            client_key=key, by=by,
        )  # fmt: skip
    except IntegrityError:
        # The same bytes, sent twice at once.
        if existing := here_already(inspection, sha256):
            return Received(existing, again=True)
        raise
    return Received(made)


def here_already(inspection: Inspection, sha256: str) -> Document | None:
    """The document of these very bytes, if the council has it here and it was neither withdrawn nor refused."""
    rows = Document.objects.filter(inspection=inspection, sha256=sha256)
    return rows.exclude(status=Status.WITHDRAWN).exclude(reading=Reading.REFUSED).first()


def _kind(label: str, path: Path) -> str:
    from goldthread.kernel.refusal import Refused as FileRefused
    from goldthread.readers.documents.kinds import kind_of

    try:
        return kind_of(label, path)
    except FileRefused as refusal:
        raise Refused(f"{refusal.reason} {refusal.mend}") from None


def _room(inspection: Inspection, size: int) -> None:
    held = Document.objects.filter(inspection=inspection).exclude(status=Status.WITHDRAWN)
    if held.count() >= settings.DOCUMENT_MOST_FILES:
        raise Refused(f"There are {settings.DOCUMENT_MOST_FILES:,} documents here, which is as many as are taken.")
    whole = held.aggregate(whole=Sum("size"))["whole"] or 0
    if whole + size > settings.DOCUMENT_MOST_BYTES:
        gigabytes = settings.DOCUMENT_MOST_BYTES // 10**9
        raise Refused(f"With this file the documents would take more than {gigabytes} GB, so it was not kept.")


def _keep(inspection: Inspection, path: Path) -> Receipt:
    from goldthread.kernel.refusal import Refused as FileRefused

    try:
        return holdings.keep_file(inspection, path, cap=settings.UPLOAD_CAP_BYTES)
    except FileRefused as refusal:
        raise Refused(f"{refusal.reason} {refusal.mend}") from None


def _sound(about: About, inspection: Inspection, by: Actor) -> None:
    if about.kind not in KINDS:
        raise Refused("Choose what kind of document it is.")
    if about.about_from and about.about_to and about.about_to < about.about_from:
        raise Refused("The last day that it speaks of must be on or after the first.")
    if about.asked is not None and about.asked not in requests.visible_to(by).filter(inspection=inspection):
        raise Refused("Choose a request that you can see.")


@transaction.atomic
def record(
    *, desk: Desk, kept: Receipt, label: str, ending: str, about: About, replaces: Document | None, client_key: UUID,
    by: Actor,
) -> Document:  # fmt: skip
    """The row of a file that is kept, staged, as a document of its own or the next version of one; and its journal
    entry. Raises Refused where there is a newer version than the one it takes the place of."""
    rows = Document.objects.filter(inspection=desk.inspection)
    Inspection.objects.select_for_update().get(pk=desk.inspection.pk)
    fields = _of_version(replaces, by) if replaces is not None else _of_first(rows, label, about)
    document = Document.objects.create(
        inspection=desk.inspection, side=Side.AUTHORITY, label=label, sha256=kept.sha256, size=kept.size,
        blob_key=kept.name, ending=ending, client_key=client_key, created_by_id=None if by.programme else by.id,
        **fields,
    )  # fmt: skip
    journal(
        Events.DOCUMENT_RECEIVED, by=by, about=document, chain=desk.inspection.pk, side=Side.AUTHORITY,
        size=kept.size, sha256=kept.sha256,
    )  # fmt: skip
    return document


def _of_first(rows: Any, label: str, about: About) -> dict[str, Any]:
    number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
    return {"number": number, "title": Path(label).stem.strip() or label, **_said(about)}


def _said(about: About) -> Mapping[str, Any]:
    return {
        "kind": about.kind, "about_from": about.about_from, "about_to": about.about_to, "asked": about.asked,
        "area_slugs": "|" + "|".join(about.areas) + "|" if about.areas else "",
    }  # fmt: skip


def _of_version(before: Document, by: Actor) -> dict[str, Any]:
    require(by, Permission.DOCUMENT_UPLOAD, before.target())
    rows = Document.objects.filter(inspection=before.inspection_id, number=before.number)
    last = rows.exclude(status=Status.WITHDRAWN).exclude(reading=Reading.REFUSED).order_by("-edition").first()
    if last is None or last.pk != before.pk:
        raise Refused(f"There is a newer version than {before.mark} already. Open that one, and replace it.")
    edition = (rows.aggregate(last=Max("edition"))["last"] or 0) + 1
    same = ("number", "title", "kind", "about_from", "about_to", "area_slugs", "asked")
    return {"edition": edition, "replaces": before, **{name: getattr(before, name) for name in same}}


def words_of(document: Document) -> dict[str, str]:
    """What is said of a document, field by field, as the two texts of a clash show it."""
    return {
        "title": document.title, "kind": document.kind, "about_from": _day(document.about_from),
        "about_to": _day(document.about_to),
    }  # fmt: skip


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


@transaction.atomic
def describe(*, document: Document, title: str, about: About, version: int, by: Actor) -> Document:
    """Say what a document is, what time and which areas it speaks of and which request it answers; while it is staged.

    Raises Clash where it was changed meanwhile, Refused once the team has it.
    """
    row = Document.objects.select_for_update(of=("self",)).select_related("inspection").get(pk=document.pk)
    require(by, Permission.DOCUMENT_UPLOAD, row.target())
    theirs = words_of(row)
    yours = {"title": title, "kind": about.kind, "about_from": _day(about.about_from), "about_to": _day(about.about_to)}
    require_version(row.version, version, theirs=theirs, yours=yours, about=row)
    if not row.staged:
        raise Refused("The team has this document as it was described. Send a new version to describe it otherwise.")
    if not title.strip():
        raise Refused("Say what the document is called.")
    _sound(about, row.inspection, by)
    row.title, row.version = " ".join(title.split())[:160], row.version + 1
    for name, value in _said(about).items():
        setattr(row, name, value)
    row.save()
    journal(Events.DOCUMENT_DESCRIBED, by=by, about=row, chain=row.inspection_id, side=Side.AUTHORITY)
    return row
