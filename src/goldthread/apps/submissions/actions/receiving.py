"""Receiving a file: sealed and on the disk before anybody is told that it was received."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
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
from goldthread.apps.submissions import holdings, packing, sealing
from goldthread.apps.submissions.desk import Desk, desk_of
from goldthread.apps.submissions.models import InspectionKey, Submission
from goldthread.domain import lifecycle

if TYPE_CHECKING:
    from goldthread.engines.blobs import Receipt

LABEL_LENGTH = 160
EMPTY = "The file is empty. Save it again, check that it opens, and upload it once more."
ONE_EMPTY = "One of the files is empty. Leave it out, or save it again, and upload them once more."
MOST_FILES = 90
TOO_MANY = f"More than {MOST_FILES} files were chosen. Put the files of the return into one zip, and upload that."


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


@dataclass(frozen=True, slots=True)
class Sent:
    """One file as it was sent: the upload, the name it was sent under, and its declared type."""

    upload: Upload
    label: str
    declared: str = ""


def receive(
    *, inspection: Inspection, upload: Upload, label: str, client_key: UUID, by: Actor, as_at: date | None = None,
    side: Side | None = None, declared: str = "", also: Sequence[Sent] = (), before: Sequence[Sent] = (),
) -> Submission:  # fmt: skip
    """Take in what is handed in and give the receipt. The same key twice gives the same submission.

    The sealed bytes are flushed to the disk before the row is committed. `side` is for the programme itself, which
    stands on none; anybody else's file stands on their own side. `label` is the name that the file was sent under and
    `declared` its type; both must fit what it is. `also` are more files of the same return, `before` those of the
    return of the year before: all of them are sealed as one. Raises Refused in plain English.
    """
    desk = desk_of(inspection, by, side=side)
    require(by, Permission.SUBMISSION_UPLOAD, desk.target())
    if inspection.for_training:
        raise Refused("This is a training inspection. It has practice cases of its own, and takes no data of children.")
    now = [Sent(upload, label, declared), *also]
    files = [*now, *before]
    parts = _parts(now, before)
    with _as_one(files, parts) as path:
        if existing := _sent_before(inspection, client_key, by):
            return _same(existing, path)
        _check(files)
        make_key(inspection=inspection, by=by)
        kept = _keep(inspection, path)
    return _record(desk, kept, label=_label(now), parts=parts, as_at=as_at, client_key=client_key, by=by)


def _check(files: Sequence[Sent]) -> None:
    """Raise Refused where a file is too large or empty, or is not what its name says."""
    if len(files) > MOST_FILES:
        raise Refused(TOO_MANY)
    if any(one.upload.too_large for one in files):
        cap = settings.UPLOAD_CAP_BYTES // (1024 * 1024)
        if len(files) > 1:
            raise Refused(f"The files are together larger than {cap} MB. Choose those of one return and year alone.")
        raise Refused(f"The file is larger than {cap} MB. Save it without pictures and unused sheets, then try again.")
    if not all(one.upload.size for one in files):
        raise Refused(EMPTY if len(files) == 1 else ONE_EMPTY)
    for one in files:
        _check_name(one)


def _parts(now: Sequence[Sent], before: Sequence[Sent]) -> list[dict[str, Any]]:
    """What the row says of each file; nothing where one file stands for itself."""
    if len(now) == 1 and not before:
        return []
    of = [(packing.NOW, one) for one in now] + [(packing.BEFORE, one) for one in before]
    return [
        packing.part_of(one.upload.memory_path(), clean_label(one.label), when, at) for at, (when, one) in enumerate(of)
    ]


@contextmanager
def _as_one(files: Sequence[Sent], parts: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    paths = [one.upload.memory_path() for one in files]
    if not parts:
        yield paths[0]
        return
    with packing.package(paths, parts) as path:
        yield path


def _label(now: Sequence[Sent]) -> str:
    first = clean_label(now[0].label)
    if len(now) == 1:
        return first
    more = f" and {len(now) - 1} more file{'' if len(now) == 2 else 's'}"
    return f"{first[: LABEL_LENGTH - len(more)]}{more}"


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


def _same(existing: Submission, path: str) -> Submission:
    """The earlier submission, if of the same bytes: who goes back in a browser sends a new file under an old key."""
    with Path(path).open("rb") as held:
        if hashlib.file_digest(held, "sha256").hexdigest() == existing.sha256:
            return existing
    raise Refused("Another file was sent from this page already. Choose this file once more and send it again.")


def _check_name(sent: Sent) -> None:
    from goldthread.kernel.refusal import Refused as FileRefused
    from goldthread.readers.naming import check_name

    try:
        check_name(sent.label, sent.upload.memory_path(), sent.declared)
    except FileRefused as refusal:
        raise Refused(f"{refusal.reason} {refusal.mend}") from None


def _keep(inspection: Inspection, path: str) -> Receipt:
    from goldthread.kernel.reading import Refused as FileRefused

    try:
        return holdings.keep_file(inspection, Path(path), cap=settings.UPLOAD_CAP_BYTES + packing.MOST_BESIDES)
    except FileRefused as refusal:
        raise Refused(f"{refusal.reason} {refusal.mend}") from None


@transaction.atomic
def make_key(*, inspection: Inspection, by: Actor) -> None:
    """Make the inspection's data key where it has none yet: whatever is sealed needs one."""
    if not InspectionKey.objects.filter(inspection=inspection).exists():
        wrapped = sealing.wrap(sealing.new_key(), inspection=inspection.pk)
        InspectionKey.objects.create(inspection=inspection, wrapped=wrapped)


@transaction.atomic
def _record(
    desk: Desk, kept: Receipt, *, label: str, parts: list[dict[str, Any]], as_at: date | None, client_key: UUID,
    by: Actor,
) -> Submission:  # fmt: skip
    if existing := _sent_before(desk.inspection, client_key, by):
        return existing  # the same form, sent twice at once
    of_team = desk.side is Side.TEAM
    submission = Submission.objects.create(
        inspection=desk.inspection, side=desk.side, label=label, sha256=kept.sha256, size=kept.size, parts=parts,
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
