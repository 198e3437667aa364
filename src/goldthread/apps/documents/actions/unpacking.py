"""Receiving the documents of a zip: each as if it had been sent by itself."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO
from uuid import UUID

from django.conf import settings

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.documents.actions.receiving import EMPTY, About, Received, receive
from goldthread.apps.documents.desk import Desk
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.submissions.actions.receiving import Upload

MOST_PACKED = 500
"""Documents that are taken out of one zip; a proposal of ours."""


@dataclass(frozen=True, slots=True)
class TakenOut:
    """What became of one document of a zip: received, or refused in words."""

    name: str
    received: Received | None = None
    refused: str = ""


class _Held:
    """A document of a zip as an upload."""

    too_large = False

    def __init__(self, held: IO[bytes]) -> None:
        self._held = held
        self.size: int | None = os.fstat(held.fileno()).st_size

    def memory_path(self) -> str:
        """A path to the bytes for as long as they are held."""
        return f"/proc/{os.getpid()}/fd/{self._held.fileno()}"


def receive_packed(
    *, inspection: Inspection, upload: Upload, about: About, client_key: UUID, by: Actor
) -> Iterator[TakenOut]:  # fmt: skip
    """Take in every document of a zip, one after another, each with its own receipt and its own line in the journal.

    One that is refused keeps no other back, and what was taken in stays so. The zip itself is not kept. Raises Refused,
    in plain English, where the zip as a whole cannot be opened.
    """
    from goldthread.kernel.refusal import Refused as FileRefused
    from goldthread.readers.documents.packed import taken_out

    require(by, Permission.DOCUMENT_UPLOAD, Desk(inspection, by).target())
    if upload.too_large or not upload.size:
        raise Refused(f"The file is larger than {settings.UPLOAD_CAP_BYTES // 1024**2} MB. Pack the documents into "
                      "several zip files." if upload.too_large else EMPTY)  # fmt: skip
    try:
        for entry in taken_out(upload.memory_path(), cap=settings.UPLOAD_CAP_BYTES, most=MOST_PACKED):
            if entry.held is None:
                why = entry.refused
                yield TakenOut(entry.name, refused=f"{why.reason} {why.mend}" if why else "")
                continue
            with entry.held as held:
                yield _taken(inspection, held, entry.name, about, client_key, by)
    except FileRefused as refusal:
        raise Refused(f"{refusal.reason} {refusal.mend}") from None


def _taken(
    inspection: Inspection, held: IO[bytes], name: str, about: About, client_key: UUID, by: Actor
) -> TakenOut:  # fmt: skip
    label = name.rpartition("/")[2]
    try:
        received = receive(
            inspection=inspection, upload=_Held(held), label=label, about=about, client_key=client_key, by=by
        )
    except Refused as refusal:
        if refusal.hidden:
            raise
        return TakenOut(name, refused=refusal.reason)
    return TakenOut(name, received)
