"""PDF: text page by page, headings from its outline, pages that are pictures, comments counted."""

import ctypes
from typing import Any

import pypdfium2
import pypdfium2.raw as raw

from goldthread.kernel.document_text import Extracted, Page
from goldthread.kernel.refusal import Refused
from goldthread.readers.documents.parts import MOST_CHARACTERS, too_much

FEW = 12
"""A page with a picture and fewer letters than this is a picture: a page number or a stamp is no text."""

_ENDS = (".", "!", "?", ":", ";")
_SHORT = 40
"""A line shorter than this is a heading or a cell, and is not joined with the next."""

_COMMENTS = (raw.FPDF_ANNOT_TEXT, raw.FPDF_ANNOT_FREETEXT)


def read(data: bytes, most_pages: int) -> Extracted:
    """The text of a PDF. Raises Refused: password, damaged, too many pages."""
    document = opened(data)
    count = len(document)
    if not count:
        raise _damaged()
    if count > most_pages:
        raise Refused(
            f"This PDF has {count:,} pages; at most {most_pages:,} are taken in one file.",
            "Divide it into several files, and send each.",
            code="pages",
        )
    headings = _headings(document)
    pages, comments, whole, under = [], 0, 0, ""
    for number in range(count):
        page = document[number]
        text = _text(page)
        whole += len(text)
        if whole > MOST_CHARACTERS:
            raise too_much()
        under = headings.get(number, under)
        comments += _comments(page)
        picture = sum(letter.isalnum() for letter in text) < FEW and _has_picture(page)
        pages.append(Page(text, under, picture))
        page.close()
    return Extracted("page", tuple(pages), {"comments": comments} if comments else {})


def opened(data: bytes) -> Any:
    """The document, open. Raises Refused: password, damaged."""
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as problem:
        if "assword" in str(problem):
            raise Refused(
                "This PDF is protected with a password, so it cannot be read.",
                "Save a copy without the password and send the copy. Please do not send the password.",
                code="password",
            ) from None
        raise _damaged() from None


def _damaged() -> Refused:
    return Refused(
        "This PDF is damaged or was cut short, so it cannot be read.",
        "Make it again from the document it came from, check that it opens, and send the new file.",
        code="damaged",
    )


def _text(page: Any) -> str:
    try:
        held = page.get_textpage()
        text = held.get_text_range()
        held.close()
    except pypdfium2.PdfiumError:
        return ""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").replace("\ufffe", "-").split("\n")
    return _joined([line.strip() for line in lines]).strip()


def _joined(lines: list[str]) -> str:
    """Lines that a page broke in the middle of a sentence, made one again: long ones that go on in the next."""
    long = 0.6 * max(map(len, lines), default=0)
    told: list[str] = []
    open_line = False
    for line in lines:
        if open_line and line and (line[0].islower() or not told[-1].endswith(_ENDS)):
            told[-1] = f"{told[-1]} {line}"
        else:
            told.append(line)
        open_line = len(line) >= max(long, _SHORT)
    return "\n".join(told)


def _has_picture(page: Any) -> bool:
    try:
        return next(iter(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)), None) is not None
    except pypdfium2.PdfiumError:
        return False


def _headings(document: Any) -> dict[int, str]:
    found: dict[int, str] = {}
    try:
        for mark in document.get_toc(max_depth=3):
            place = mark.get_dest()
            index = place.get_index() if place is not None else None
            if index is not None:
                found.setdefault(index, " ".join(mark.get_title().split())[:200])
            if len(found) > 2_000:
                break
    except (pypdfium2.PdfiumError, AttributeError, ValueError):
        return found
    return found


def _comments(page: Any) -> int:
    count = 0
    for at in range(min(raw.FPDFPage_GetAnnotCount(page), 1_000)):
        mark = raw.FPDFPage_GetAnnot(page, at)
        if mark:
            count += raw.FPDFAnnot_GetSubtype(mark) in _COMMENTS
            raw.FPDFPage_CloseAnnot(ctypes.cast(mark, raw.FPDF_ANNOTATION))
    return count
