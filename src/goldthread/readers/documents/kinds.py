"""What kind of document a file is, by its first bytes and the names of its parts, and whether its name says the same.

No parser is needed for that, so it may be asked before the sandbox is. Texts are known by their ending alone.
"""

import os
from collections.abc import Mapping
from pathlib import Path

from goldthread.kernel.refusal import Refused

_HEAD, _TAIL = 8_192, 131_072

READ: Mapping[str, str] = {
    "pdf": "a PDF", "docx": "a Word document", "odt": "an OpenDocument text", "xlsx": "an Excel workbook",
    "ods": "an OpenDocument spreadsheet", "csv": "a CSV table", "txt": "a text", "eml": "an e-mail",
    "msg": "a message of Outlook",
}  # fmt: skip
"""Kinds whose text is read."""

KEPT: Mapping[str, str] = {
    "png": "a picture", "jpg": "a picture", "tif": "a picture", "webp": "a picture", "gif": "a picture",
    "pptx": "a set of slides", "odp": "a set of slides", "rtf": "a rich text",
    "doc": "a Word document of the old form",
}  # fmt: skip
"""Kinds that are kept as they are, and whose text is not read."""

PICTURES = frozenset({"png", "jpg", "tif", "webp", "gif"})

_ALIKE: Mapping[str, str] = {"jpeg": "jpg", "tiff": "tif", "text": "txt", "md": "txt", "tsv": "csv", "dotx": "docx"}

_NOT_TAKEN: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(
        ("docm", "dotm", "xlsm", "xltm", "xlam", "pptm", "potm"),
        ("This file is of a kind that holds macros, and such files are not opened.",
         "Open it, save it as .docx, .xlsx or .pdf, and send that file."),
    ),
    **dict.fromkeys(
        ("xls", "xlsb", "xlt"),
        ("This is a workbook in a form that is not read.",
         "Open it in Excel or LibreOffice, save it as .xlsx, and send that file."),
    ),
    **dict.fromkeys(
        ("zip", "7z", "rar", "gz", "tar"),
        ("This is a packed file.", "Take the documents out of it, choose all of them together, and send those."),
    ),
    **dict.fromkeys(
        ("exe", "com", "bat", "cmd", "ps1", "js", "vbs", "scr", "msi", "jar", "dll", "lnk", "hta", "html", "htm",
         "mht", "svg", "xml"),
        ("This is a program or a web page, not a document.", "Save what it shows as a PDF, and send that file."),
    ),
}  # fmt: skip

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "pdf"), (b"\x89PNG\r\n", "png"), (b"\xff\xd8\xff", "jpg"), (b"GIF8", "gif"), (b"II*\x00", "tif"),
    (b"MM\x00*", "tif"), (b"{\\rtf", "rtf"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"), (b"MZ", "exe"),
    (b"\x7fELF", "exe"), (b"7z\xbc\xaf", "7z"), (b"Rar!", "rar"), (b"\x1f\x8b", "gz"),
)  # fmt: skip
_OPENDOCUMENT: tuple[tuple[bytes, str], ...] = (
    (b"opendocument.text", "odt"), (b"opendocument.spreadsheet", "ods"), (b"opendocument.presentation", "odp"),
)  # fmt: skip
_TEXTS = ("txt", "csv", "eml")
_OLD = ("doc", "msg", "docx", "xlsx", "pptx")
"""Endings under which an old compound file is let pass by name: of the later ones, a password wraps them so."""


def ending_of(name: str) -> str:
    """The ending of a file's name as the house calls it; empty where there is none that is plain."""
    ending = Path(name.strip().lower()).suffix[1:]
    plain = ending.isascii() and ending.isalnum() and len(ending) <= 6
    return _ALIKE.get(ending, ending) if plain else ""


def kind_of(name: str, path: Path | str) -> str:
    """What kind of document the file is, as an ending. Raises Refused where it is empty, of a kind that is not taken,
    or named as one thing and another."""
    ending = ending_of(name)
    if ending in _NOT_TAKEN:
        reason, mend = _NOT_TAKEN[ending]
        raise Refused(reason, mend, code="macros" if ending in ("docm", "xlsm", "pptm", "dotm", "xltm") else "kind")
    with Path(path).open("rb") as held:
        head = held.read(_HEAD)
        held.seek(0, os.SEEK_END)
        held.seek(max(0, held.tell() - _TAIL))
        tail = held.read(_TAIL)
    if not head.strip(b"\x00 \t\r\n"):
        raise Refused("This file is empty.", "Check that the document was saved, and send it again.", code="empty")
    return _agreed(ending, _sniffed(head, tail), head)


def _agreed(ending: str, holds: str, head: bytes) -> str:
    if holds in _NOT_TAKEN:
        reason, mend = _NOT_TAKEN[holds]
        raise Refused(reason, mend, code="kind")
    if holds == "ole" and ending in _OLD:
        return ending
    if holds == "text" and (ending in _TEXTS or not ending):
        return ending or "txt"
    if not ending and (holds in READ or holds in KEPT):
        return holds
    if ending == holds:
        return ending
    if ending in READ or ending in KEPT:
        raise _mislabelled(ending, holds)
    raise Refused(
        "Files of this kind are not taken.",
        "Save the document as PDF, Word (.docx), OpenDocument (.odt), Excel (.xlsx) or text, and send that file.",
        code="kind",
    )


def _mislabelled(ending: str, holds: str) -> Refused:
    what = READ.get(holds) or KEPT.get(holds) or {"text": "plain text", "ole": "a file of an old form"}.get(holds)
    is_one = f"holds {what}" if what else "is none: it is damaged, or something else was given that name"
    says = (READ.get(ending) or KEPT[ending]).removeprefix("a ").removeprefix("an ")
    return Refused(
        f"This file is named as {says} (.{ending}), but {is_one}.",
        "Open it, check that it is the right file, save it afresh, and send the new one.",
        code="mislabelled",
    )


def _sniffed(head: bytes, tail: bytes) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    for mark, kind in _MAGIC:
        if start.startswith(mark):
            return kind
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    if head.startswith(b"PK\x03\x04"):
        return _zipped(head, tail)
    lowered = start[:512].lower()
    if lowered.startswith((b"<!doctype html", b"<html", b"<svg", b"<?xml", b"<script")):
        return "html"
    return "" if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")) else "text"


def _zipped(head: bytes, tail: bytes) -> str:
    for words, kind in _OPENDOCUMENT:
        if words in head[:200]:
            return kind
    if b"[Content_Types].xml" in tail:
        for folder, kind in ((b"word/", "docx"), (b"xl/", "xlsx"), (b"ppt/", "pptx")):
            if folder in tail:
                return kind
    return "zip"
