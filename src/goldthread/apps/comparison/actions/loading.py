"""Loading published figures, and choosing as which authority an inspection is compared."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from django.db import transaction

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused, Target
from goldthread.apps.comparison import figures
from goldthread.apps.comparison.models import ComparedAs, Kind, PublishedFile
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.journal.actions import SITE
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.apps.submissions.actions.receiving import clean_label


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


def load(*, inspection: Inspection | None, upload: Upload, label: str, client_key: UUID, by: Actor) -> PublishedFile:
    """Take in a file of published figures, in force from now on; the one of its kind before it stays on record.

    Its columns tell whether it holds figures or neighbours. Without an inspection it holds for all that have none of
    their own. The same key twice gives the same file. The figures are on the disk before the row is written. Raises
    Refused, in plain English, for what is no such file.
    """
    _require(inspection, by)
    if upload.too_large:
        cap = settings.UPLOAD_CAP_BYTES // (1024 * 1024)
        raise Refused(f"The file is larger than {cap} MB. Take fewer years or fewer measures into the download.")
    if not upload.size:
        raise Refused("The file is empty. Fetch it again, check that it opens, and load it once more.")
    with Path(upload.memory_path()).open("rb") as held:
        sha256 = hashlib.file_digest(held, "sha256").hexdigest()
    if existing := PublishedFile.objects.filter(client_key=client_key).first():
        return _same(existing, sha256)
    read = _read(upload)
    return _record(inspection, read, label=label, sha256=sha256, size=upload.size, client_key=client_key, by=by)


def _require(inspection: Inspection | None, by: Actor) -> None:
    require(by, Permission.BENCHMARK_LOAD, inspection.target() if inspection is not None else Target())


def _same(existing: PublishedFile, sha256: str) -> PublishedFile:
    if existing.sha256 == sha256:
        return existing
    raise Refused("Another file was sent from this page already. Choose this file once more and send it again.")


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read of a file: of which kind it is, where it is kept, and what is in it."""

    kind: Kind
    key: str
    about: dict[str, Any]


def _read(upload: Upload) -> _Read:
    from goldthread.kernel.refusal import Refused as FileRefused

    try:
        found = figures.read(upload.memory_path())
        return _Read(figures.kind_of(found), figures.keep(found), figures.about(found))
    except FileRefused as refusal:
        raise Refused(f"{refusal.reason} {refusal.mend}") from None


@transaction.atomic
def _record(
    inspection: Inspection | None, read: _Read, *, label: str, sha256: str, size: int, client_key: UUID, by: Actor
) -> PublishedFile:
    if existing := PublishedFile.objects.filter(client_key=client_key).first():
        return _same(existing, sha256)  # the same form, sent twice at once
    row = PublishedFile.objects.create(
        inspection=inspection, kind=read.kind, label=clean_label(label), sha256=sha256, size=size,
        store_key=read.key, about=read.about, client_key=client_key, created_by_id=None if by.programme else by.id,
    )  # fmt: skip
    chain = inspection.pk if inspection is not None else SITE
    journal(Events.BENCHMARK_LOADED, by=by, about=row, chain=chain, kind=row.kind, sha256=sha256, size=size)
    return row


@transaction.atomic
def compare_as(*, inspection: Inspection, authority: str, model: str, version: int, by: Actor) -> ComparedAs:
    """Choose as which authority, by its three-figure code, and by which neighbour model an inspection is compared.

    Blank leaves it open: then the inspection's own name and the newest model decide. Raises Refused for an authority
    that there is not, and Overtaken where somebody chose meanwhile.
    """
    require(by, Permission.BENCHMARK_LOAD, inspection.target())
    from goldthread.domain.benchmarks import authorities

    if authority and authority not in {one.code for one in authorities()}:
        raise Refused("Choose one of the authorities offered.")
    row, _ = ComparedAs.objects.select_for_update().get_or_create(inspection=inspection)
    said = {"authority": authority, "model": model}
    now = {"authority": row.authority, "model": row.model}
    require_unchanged(row, version, about=row, chain=inspection.pk)
    if said == now:
        return row
    row.authority, row.model, row.version = authority, model[:20], row.version + 1
    row.chosen_by_id = None if by.programme else by.id
    row.save()
    journal(Events.COMPARED_AS, by=by, about=row, chain=inspection.pk, **said)
    return row
