"""XML made safe and plain before it is read: sound, without a document type, comments, or marked sections.

The standard library's parser goes through the whole of it, so that what is cut short or badly nested is refused, and
says where comments, instructions and marked sections stand; these are cut out or written plainly. What is left has
only elements and text, which `xml_events` can take apart a column at a time. A document type is refused, not
neutralised: whatever it would have changed would otherwise be lost without a word.
"""

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from goldthread.kernel.reading import Refused

MOST_ELEMENTS = 5_000_000
MOST_DEPTH = 64

EXPORT_AGAIN = "Export the return from your system again, check that the file is whole, and send the new one."

_ENDS = {"comment": b"-->", "instruction": b"?>", "section": b"]]>"}
_SECTION_START = len(b"<![CDATA[")


class _DocumentType(Exception):
    """There is a document type."""


@dataclass(slots=True)
class _Seen:
    """What the parser passed: the root element, and where that stands which is to be cut out."""

    root: str = ""
    cuts: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SoundXml:
    """A document with elements and text only, in UTF-8, and the name of its root element without its prefix.

    `start` is where it begins in the bytes, behind the declaration that it is XML.
    """

    root: str
    data: bytes
    start: int = 0


def refuse_deep() -> Refused:
    """What is said of elements within elements beyond the limit."""
    return Refused(
        f"This XML file has elements more than {MOST_DEPTH} deep, which no return has.", EXPORT_AGAIN, code="depth"
    )


def refuse_many() -> Refused:
    """What is said of more elements than the limit."""
    return Refused(
        f"This XML file has more than {MOST_ELEMENTS:,} elements, far more than any authority's return.",
        "Check that it is the right file and holds one authority and one year; then send it again.",
        code="elements",
    )


def _parser(seen: _Seen) -> expat.XMLParserType:
    parser = expat.ParserCreate("utf-8")

    def document_type(*_: object) -> None:
        raise _DocumentType

    def root(name: str, _: object) -> None:
        seen.root = name
        parser.StartElementHandler = None

    def cut(kind: str) -> None:
        seen.cuts.append((parser.CurrentByteIndex, kind))

    parser.StartDoctypeDeclHandler = document_type
    parser.EntityDeclHandler = document_type
    parser.StartElementHandler = root
    parser.CommentHandler = lambda _: cut("comment")
    parser.ProcessingInstructionHandler = lambda *_: cut("instruction")
    parser.StartCdataSectionHandler = lambda: cut("section")
    return parser


def _refuse_broken(error: expat.ExpatError) -> Refused:
    ended = (
        expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS],
        expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_TOKEN],
        expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION],
        expat.errors.codes[expat.errors.XML_ERROR_PARTIAL_CHAR],
    )
    if error.code in ended:
        return Refused("This XML file was cut short: its last elements are not closed.", EXPORT_AGAIN, code="cut-short")
    if error.code == expat.errors.codes[expat.errors.XML_ERROR_UNDEFINED_ENTITY]:
        return Refused(
            f"This XML file uses a name for a letter that it does not explain, on line {error.lineno}.",
            "Export the return from your system again; letters need no names there. Then send the new file.",
            code="entity",
        )
    return Refused(
        f"This XML file is not sound: it breaks off on line {error.lineno}.", EXPORT_AGAIN, code="xml-broken"
    )


def _escaped(text: bytes) -> bytes:
    """The text of a marked section as plain text. The library's own way to do so fetches a client of the web."""
    return text.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")


def _plain(data: bytes, cuts: list[tuple[int, str]]) -> bytes:
    parts: list[bytes] = []
    at = 0
    for start, kind in cuts:
        end = data.index(_ENDS[kind], start)
        parts.append(data[at:start])
        if kind == "section":
            parts.append(_escaped(data[start + _SECTION_START : end]))
        at = end + len(_ENDS[kind])
    parts.append(data[at:])
    return b"".join(parts)


def sound_xml(data: bytes) -> SoundXml:
    """The document in these bytes of UTF-8, checked and made plain. Raises Refused for anything unsafe or broken."""
    if data.count(b"<") > 2 * MOST_ELEMENTS + 1_000:
        raise refuse_many()
    data = data.lstrip()
    seen = _Seen()
    try:
        _parser(seen).Parse(data, True)
    except _DocumentType:
        raise Refused(
            "This XML file has a document type or entities, which no return has and which can be unsafe.",
            "Export the return from your system again without a DTD, and send that file.",
            code="dtd",
        ) from None
    except expat.ExpatError as error:
        raise _refuse_broken(error) from None
    start = data.index(b"?>") + 2 if data.startswith(b"<?xml") else 0
    if seen.cuts:
        data = _plain(data, seen.cuts)
    return SoundXml(re.sub(r"^.*:", "", seen.root), data, start)
