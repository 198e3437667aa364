"""Receiving a file: sealed and on the disk before anybody is told that it was received."""

from __future__ import annotations

import hashlib
import unicodedata
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.apps.submissions import holdings, sealing
from goldthread.apps.submissions.desk import Desk, desk_of
from goldthread.apps.submissions.models import InspectionKey, Submission
from goldthread.domain import lifecycle

if TYPE_CHECKING:
    from goldthread.engines.blobs import Receipt

LABEL_LENGTH = 160
EMPTY = "The file is empty. Save the workbook again, check that it opens, and upload it once more."


class Upload(Protocol):
    """A file held in memory, as `web.uploads` gives it."""

    too_large: bool

    @property
    def size(self) -> int | None:
        """How many bytes it has."""
        ...

    def memory_path(self) -> str:
        """A path at which its bytes can be read while it lives."""
        ...


def receive(
    *, inspection: Inspection, upload: Upload, label: str, client_key: UUID, by: Actor,
    as_at: date | None = None, side: Side | None = None, declared: str = "",
) -> Submission:  # fmt: skip
    """Take in a file and give the receipt. The same key twice gives the same submission.

    The sealed bytes are flushed to the disk before the row is committed. `side` is for the programme itself, which
    stands on none; anybody else's file stands on their own side. `label` is the name that the file was sent under and
    `declared` its type; both must fit what it is. Raises Refused in plain English.
    """
    desk = desk_of(inspection, by, side=side)
    require(by, Permission.SUBMISSION_UPLOAD, desk.target())
    if existing := _sent_before(inspection, client_key, by):
        return _same(existing, upload)
    if upload.too_large:
        cap = settings.UPLOAD_CAP_BYTES // (1024 * 1024)
        raise Refused(f"The file is larger than {cap} MB. Save it without pictures and unused sheets, then try again.")
    if not upload.size:
        raise Refused(EMPTY)
    _check_name(label, upload, declared)
    _key_for(inspection=inspection, by=by)
    kept = _keep(inspection, upload)
    return _record(
        desk, kept, label=clean_label(label), as_at=as_at, client_key=client_key, by=by,
    )  # fmt: skip


def clean_label(written: str) -> str:
    """What somebody called a file, as a label only: no folders, no control or direction-changing signs."""
    name = written.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in name)
    return " ".join(shown.split())[:LABEL_LENGTH] or "Unnamed file"


def _sent_before(inspection: Inspection, client_key: UUID, by: Actor) -> Submission | None:
    existing = Submission.objects.filter(inspection=inspection, client_key=client_key).first()
    if existing and not by.programme and str(existing.created_by_id) != by.id:
        raise Refused("Open the upload page again and choose the file once more.")
    return existing


def _same(existing: Submission, upload: Upload) -> Submission:
    """The earlier submission, if of the same bytes: who goes back in a browser sends a new file under an old key."""
    with Path(upload.memory_path()).open("rb") as held:
        if hashlib.file_digest(held, "sha256").hexdigest() == existing.sha256:
            return existing
    raise Refused("Another file was sent from this page already. Choose this file once more and send it again.")


def _check_name(label: str, upload: Upload, declared: str) -> None:
    from goldthread.kernel.refusal import Refused as FileRefused
    from goldthread.readers.naming import check_name

    try:
        check_name(label, upload.memory_path(), declared)
    except FileRefused as refusal:
        raise Refused(f"{refusal.reason} {refusal.mend}") from None


def _keep(inspection: Inspection, upload: Upload) -> Receipt:
    from goldthread.kernel.reading import Refused as FileRefused

    try:
        return holdings.keep_file(inspection, Path(upload.memory_path()), cap=settings.UPLOAD_CAP_BYTES)
    except FileRefused as refusal:
        raise Refused(f"{refusal.reason} {refusal.mend}") from None


@transaction.atomic
def _key_for(*, inspection: Inspection, by: Actor) -> None:
    """Make the inspection's data key where it has none yet."""
    if not InspectionKey.objects.filter(inspection=inspection).exists():
        wrapped = sealing.wrap(sealing.new_key(), inspection=inspection.pk)
        InspectionKey.objects.create(inspection=inspection, wrapped=wrapped)


@transaction.atomic
def _record(desk: Desk, kept: Receipt, *, label: str, as_at: date | None, client_key: UUID, by: Actor) -> Submission:
    if existing := _sent_before(desk.inspection, client_key, by):
        return existing  # the same form, sent twice at once
    of_team = desk.side is Side.TEAM
    submission = Submission.objects.create(
        inspection=desk.inspection, side=desk.side, label=label, sha256=kept.sha256, size=kept.size,
        blob_key=kept.name, as_at=as_at, client_key=client_key, step="Received; waiting for its turn to be read",
        progress=5, created_by_id=None if by.programme else by.id,
        hand_over=lifecycle.HandOver.SUBMITTED if of_team else lifecycle.HandOver.STAGED,
        released_at=timezone.now() if of_team else None,
    )  # fmt: skip
    journal(
        Events.SUBMISSION_RECEIVED, by=by, about=submission, chain=desk.inspection.pk, side=desk.side,
        size=kept.size, sha256=kept.sha256,
    )  # fmt: skip
    return submission
