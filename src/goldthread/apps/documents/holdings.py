"""Where documents lie: the files as they were sent and the text that was read of them, under the inspection's key."""

from __future__ import annotations

import json
import os
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings

from goldthread.apps.documents.models import (
    Document,
    DocumentMeaning,
    DocumentText,
    PageFromImage,
    PagePicture,
    Redaction,
)
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.submissions import sealing

if TYPE_CHECKING:
    from goldthread.engines.blobs import BlobStore, Receipt
    from goldthread.kernel.document_text import Page
    from goldthread.kernel.image_text import ImageText

CHUNK = 1 << 20
YOUNG_SECONDS = 3600
"""A file younger than this may belong to an upload whose row is about to be written; the sweeper leaves it."""


def keep_file(inspection: Inspection, path: Path, *, cap: int) -> Receipt:
    """Keep the file at a path, sealed and on the disk. Raises kernel.refusal.Refused: too large, or no room."""
    with path.open("rb") as clear:
        return _blobs(inspection).receive(iter(lambda: clear.read(CHUNK), b""), cap)


def whole_file(document: Document) -> bytes:
    """The bytes as they were sent. Raises StoreDamaged where they are spoilt or gone."""
    from goldthread.engines.durable import StoreDamaged

    try:
        return _blobs(document.inspection).read(document.blob_key)
    except KeyError:
        raise StoreDamaged("a document is gone from the store") from None


@contextmanager
def clear_file(document: Document) -> Iterator[str]:
    """A path to what was sent, held in memory only and gone afterwards: clear bytes never touch the disk."""
    with in_memory(whole_file(document)) as path:
        yield path


def sealed_text(document: Document, pages: Iterable[Page]) -> bytes:
    """Text as it is kept: packed, then sealed."""
    held = json.dumps([[page.heading, page.text, page.picture] for page in pages], ensure_ascii=False)
    packed = zlib.compress(held.encode("utf-8", "replace"), 6)
    return sealing.seal(document.inspection, packed, purpose=_purpose(document))


def pages_of(document: Document) -> list[Page]:
    """The text of a document, page by page; nothing where none was read. Raises CannotUnseal."""
    from goldthread.kernel.document_text import Page

    row = DocumentText.objects.filter(document=document).first()
    if row is None:
        return []
    packed = sealing.unseal(document.inspection, bytes(row.sealed), purpose=_purpose(document))
    pages = [Page(text, heading, picture) for heading, text, picture in json.loads(zlib.decompress(packed))]
    if document.picture_pages:
        _overlay(document, pages)
    return pages


def _overlay(document: Document, pages: list[Page]) -> None:
    """Put the text that was read from pictures onto the pages that are pictures."""
    from goldthread.kernel.document_text import Page

    for row in PageFromImage.objects.filter(document=document, characters__gt=0, page__lte=len(pages)):
        before, read = pages[row.page - 1], image_text_of(document, row)
        pages[row.page - 1] = Page(read.text, before.heading, True, read.sure, read.unsure)


def sealed_image_text(document: Document, number: int, read: ImageText) -> bytes:
    """What was read from the picture of a page, as it is kept."""
    from goldthread.kernel.image_text import to_bytes

    packed = zlib.compress(to_bytes(read), 6)
    return sealing.seal(document.inspection, packed, purpose=f"document-image-text:{document.pk}:{number}")


def image_text_of(document: Document, row: PageFromImage) -> ImageText:
    """What `sealed_image_text` kept. Raises CannotUnseal."""
    from goldthread.kernel.image_text import from_bytes

    purpose = f"document-image-text:{document.pk}:{row.page}"
    return from_bytes(zlib.decompress(sealing.unseal(document.inspection, bytes(row.sealed), purpose=purpose)))


def keep_picture(document: Document, jpeg: bytes) -> str:
    """Keep the picture of a page, sealed and on the disk, and give its name. Raises kernel.refusal.Refused: no room."""
    return keep_bytes(document.inspection, jpeg).name


def picture_of(row: PagePicture) -> bytes:
    """The picture of a page. Raises StoreDamaged where it is spoilt or gone."""
    from goldthread.engines.durable import StoreDamaged

    try:
        return _blobs(row.document.inspection).read(row.blob_key)
    except KeyError:
        raise StoreDamaged("the picture of a page is gone from the store") from None


def sealed_choice(redaction: Redaction, choice: Mapping[str, Any]) -> bytes:
    """What is to be taken out of a document, as it is kept."""
    held = json.dumps(choice, ensure_ascii=False).encode()
    return sealing.seal(redaction.inspection, held, purpose=f"document-redaction:{redaction.pk}")


def choice_of(redaction: Redaction) -> dict[str, Any]:
    """What `sealed_choice` kept. Raises CannotUnseal."""
    held: dict[str, Any] = json.loads(
        sealing.unseal(redaction.inspection, bytes(redaction.sealed), purpose=f"document-redaction:{redaction.pk}")
    )
    return held


def keep_bytes(inspection: Inspection, data: bytes) -> Receipt:
    """Keep a file that was made here, sealed and on the disk. Raises kernel.refusal.Refused: no room."""
    return _blobs(inspection).receive(iter([data]), len(data))


@contextmanager
def in_memory(data: bytes) -> Iterator[str]:
    """A path to bytes that were made here, held in memory only and gone afterwards."""
    handle = os.memfd_create("made", os.MFD_CLOEXEC)
    try:
        with os.fdopen(os.dup(handle), "wb") as held:
            held.write(data)
        yield f"/proc/{os.getpid()}/fd/{handle}"
    finally:
        os.close(handle)


def sealed_sketch(document: Document, sketch: tuple[int, ...]) -> bytes:
    """What a text is compared by, as it is kept: from it one could tell whether given words stand in the text."""
    packed = b"".join(one.to_bytes(8, "big") for one in sketch)
    return sealing.seal(document.inspection, packed, purpose=f"document-sketch:{document.pk}")


def sketch_of(inspection: Inspection, document: UUID, sealed: bytes) -> tuple[int, ...]:
    """What `sealed_sketch` kept. Raises CannotUnseal."""
    packed = sealing.unseal(inspection, sealed, purpose=f"document-sketch:{document}")
    return tuple(int.from_bytes(packed[at : at + 8], "big") for at in range(0, len(packed), 8))


def sealed_meaning(document: Document, packed: bytes) -> bytes:
    """Vectors as they are kept: they give much of their text away, so they lie under the same key."""
    return sealing.seal(document.inspection, packed, purpose=f"document-meaning:{document.pk}")


def meaning_of(row: DocumentMeaning, inspection: Inspection) -> bytes:
    """The vectors of a document. Raises CannotUnseal."""
    return sealing.unseal(inspection, bytes(row.sealed), purpose=f"document-meaning:{row.document_id}")


def sweep(*, now: float | None = None) -> int:
    """Remove files that belong to no document, and say how many."""
    now, count = time.time() if now is None else now, 0
    for folder in _folder().glob("*"):
        wanted = _keys(folder.name)
        for path in [*folder.glob(".part-*"), *folder.glob("??/*")]:
            if path.name not in wanted and now - path.stat().st_mtime > YOUNG_SECONDS:
                path.unlink(missing_ok=True)
                count += 1
    return count


def _purpose(document: Document) -> str:
    return f"document-text:{document.pk}"


def _keys(inspection: str) -> set[str]:
    try:
        # What was refused is of no more use to anybody: its bytes go, its receipt stays.
        rows = Document.objects.filter(inspection_id=UUID(inspection)).exclude(reading="refused")
        pictures = PagePicture.objects.filter(document__inspection_id=UUID(inspection))
    except ValueError:
        return set()
    return {*rows.values_list("blob_key", flat=True), *pictures.values_list("blob_key", flat=True)}


def _folder() -> Path:
    return Path(settings.DATA) / "documents"


def _blobs(inspection: Inspection) -> BlobStore:
    from goldthread.engines.blobs import BlobStore

    return BlobStore(
        _folder() / str(inspection.pk),
        seal=lambda data: sealing.seal(inspection, data, purpose="document"),
        unseal=lambda data: sealing.unseal(inspection, data, purpose="document"),
    )
