"""Drawn files of a version, kept by what they were drawn from: the second reader does not wait for the drawing.

A draft tells of findings that are not public, so what is kept lies sealed under the inspection's key, and goes with it.
Nothing is written to the database: to look at a report changes nothing.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from goldthread.apps.inspections.models import Inspection
from goldthread.apps.reports.document import Document
from goldthread.apps.reports.rendering import open_document, pdf, word
from goldthread.apps.submissions import sealing

FORMS: dict[str, Callable[..., bytes]] = {"pdf": pdf.render, "docx": word.render, "odt": open_document.render}
MOST_KEPT = 20
"""Files kept for an inspection; the ones that nobody has asked for longest go first."""


def drawn(document: Document, inspection: Inspection, form: str, *, draft: bool, imprint: str = "") -> bytes:
    """The document as a file of one of `FORMS`: the one that is kept where there is one, else drawn and kept."""
    path = _folder(inspection) / f"{_name(document, draft, imprint)}.{form}"
    if (held := _read(inspection, path)) is not None:
        return held
    made = FORMS[form](document, draft=draft, imprint=imprint)
    _keep(inspection, path, made)
    return made


def marked(document: Document, form: str, mark: str, *, imprint: str = "") -> bytes:
    """The document as a file of one of `FORMS` with one reader's mark on every page: drawn for them, not kept."""
    return FORMS[form](document, draft=False, mark=mark, imprint=imprint)


def _name(document: Document, draft: bool, imprint: str) -> str:
    # What draws belongs to the name: a new version of Goldthread draws anew.
    told = f"{document.digest()}:{'draft' if draft else 'published'}:{imprint}:{_drawer()}"
    return hashlib.sha256(told.encode()).hexdigest()


def _drawer() -> str:
    here = Path(__file__).parent
    parts = [path.read_bytes() for path in sorted(here.iterdir()) if path.suffix in (".py", ".typ")]
    return hashlib.sha256(b"".join(parts)).hexdigest()


def _folder(inspection: Inspection) -> Path:
    return Path(settings.DATA) / "drawn" / str(inspection.pk)


def _read(inspection: Inspection, path: Path) -> bytes | None:
    try:
        held = sealing.unseal(inspection, path.read_bytes(), purpose=_purpose(path))
        os.utime(path)
    except (OSError, ValueError, sealing.CannotUnseal):
        # Gone, spoilt, or under a key that is gone: it is drawn again.
        return None
    return held


def _keep(inspection: Inspection, path: Path, made: bytes) -> None:
    part = path.with_name(f".part-{os.getpid()}-{path.name}")
    # A full disk, or an inspection without a key, costs the next reader a second and nobody their report.
    with suppress(OSError, sealing.CannotUnseal):
        sealed = sealing.seal(inspection, made, purpose=_purpose(path))
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            part.write_bytes(sealed)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        for old in sorted(path.parent.glob("*.*"), key=lambda one: one.stat().st_mtime, reverse=True)[MOST_KEPT:]:
            old.unlink(missing_ok=True)


def _purpose(path: Path) -> str:
    return f"drawn:{path.name}"
