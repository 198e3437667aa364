"""Bytes made into text, without guessing more than is safe: UTF-8, UTF-16, and Windows-1252 with a word about it.

What comes out is UTF-8 without a mark and with plain line ends. A file that is no text is refused here, before any
parser sees it, and so is one whose lines are longer than any return has.
"""

import re
from typing import NamedTuple

from goldthread.kernel.reading import Refused

LONGEST_LINE = 1_000_000
_HEAD = 1_000
_NOTHING = b"\x00 \t\r\n\xef\xbb\xbf"

SAVE_AS_CSV = "Save the table as CSV (comma separated, UTF-8) and send that file."

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_SINGLE_BYTE = frozenset({"windows-1252", "cp1252", "iso-8859-1", "latin-1", "latin1", "iso-8859-15"})
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")

SAYS_1252 = "The text was not in UTF-8; it was read as Windows-1252, as older systems write it."


class Text(NamedTuple):
    """Text as UTF-8 bytes, and what to say about how it had to be read, if anything."""

    data: bytes
    says: str = ""


def _not_text() -> Refused:
    return Refused("This file is not text, or it is damaged: it holds NUL bytes.", SAVE_AS_CSV, code="nul")


def _unknown_text() -> Refused:
    return Refused("The letters of this file are in a form that cannot be told.", SAVE_AS_CSV, code="encoding")


def _wide(data: bytes) -> str | None:
    """Which UTF-16 bytes without a mark are, by where their zeros stand: plain English has one in every two."""
    head = data[:400]
    odd, even = head[1::2].count(0), head[0::2].count(0)
    if len(head) >= 8 and odd > 0.8 * len(head[1::2]) and not even:
        return "utf-16-le"
    if len(head) >= 8 and even > 0.8 * len(head[0::2]) and not odd:
        return "utf-16-be"
    return None


def _from_wide(data: bytes, encoding: str) -> bytes:
    try:
        return data.decode(encoding).encode()
    except UnicodeError:
        raise _unknown_text() from None


def decode(data: bytes) -> Text:
    """The text of a file as UTF-8. Raises Refused for what is no text."""
    # Of a long file nearly always the first letters tell, and are no copy of all of it.
    if not data[:_HEAD].strip(_NOTHING) and not data.strip(_NOTHING):
        raise Refused("This file is empty.", "Check that it was saved, and send it again.", code="empty")
    mark, encoding = next(((m, e) for m, e in _MARKS if data.startswith(m)), (b"", _wide(data) or "utf-8"))
    data = data[len(mark) :]
    if encoding != "utf-8":
        data = _from_wide(data, encoding)
    if b"\x00" in data:
        raise _not_text()
    declared = _DECLARED.match(data)
    if declared is not None and not mark and declared.group(1).decode().lower() in _SINGLE_BYTE:
        return _single_byte(data)
    if data.isascii():
        return Text(data)
    try:
        data.decode()
    except UnicodeDecodeError:
        return _single_byte(data)
    return Text(data)


def _single_byte(data: bytes) -> Text:
    if data.isascii():
        return Text(data)
    try:
        return Text(data.decode("cp1252").encode(), SAYS_1252)
    except UnicodeDecodeError:
        raise _unknown_text() from None


def plain_lines(data: bytes) -> bytes:
    """The text with line feeds only. Raises Refused where a line is longer than a table's can be."""
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    at = 0
    while len(data) - at > LONGEST_LINE:
        end = data.rfind(b"\n", at, at + LONGEST_LINE)
        if end < 0:
            raise Refused(
                "This file has a line of more than a million letters, which no return has.",
                SAVE_AS_CSV,
                code="long-line",
            )
        at = end + 1
    return data
