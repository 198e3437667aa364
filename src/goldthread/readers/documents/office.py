"""Word and OpenDocument texts: paragraphs and headings, cut at page breaks where the file has them.

The container is guarded before a part is inflated, and each part is read by the standard library's parser with document
types refused. What was struck out, and comments, are counted and not read as text.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from goldthread.kernel.document_text import Extracted, Page
from goldthread.kernel.refusal import Refused
from goldthread.readers.documents.parts import Parts
from goldthread.readers.guard import Container, ContainerLimits, open_container

LIMITS = ContainerLimits(total_bytes=400_000_000, part_bytes=100_000_000)
MOST_DEPTH = 256
"""Tables within tables within text boxes go deep; beyond this no writer goes."""

Attributes = dict[str, str]


class _Unsafe(Exception):
    """A document type, an entity, or elements too deep."""


def damaged() -> Refused:
    """What is said of a document that does not hold together."""
    return Refused(
        "This document is damaged or was cut short, so it cannot be read.",
        "Open it, save it afresh, check that it opens, and send the new file.",
        code="damaged",
    )


def parse(
    container: Container, name: str, start: Callable[[str, Attributes], None], end: Callable[[str], None],
    text: Callable[[str], None],
) -> None:  # fmt: skip
    """Go through a part. Names come without their prefix. Raises Refused where it is unsafe or broken."""
    depth = 0
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True

    def begins(tag: str, attributes: Attributes) -> None:
        nonlocal depth
        depth += 1
        if depth > MOST_DEPTH:
            raise _Unsafe
        start(_local(tag), {_local(key): value for key, value in attributes.items()})

    def ends(tag: str) -> None:
        nonlocal depth
        depth -= 1
        end(_local(tag))

    def refuse(*_: object) -> None:
        raise _Unsafe

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = begins, ends, text
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    try:
        for chunk in container.chunks(name):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except _Unsafe:
        raise Refused(
            "This file is not built as a document should be, and could be unsafe to open.",
            "Open it, save it as PDF, and send that file.",
            code="unsafe",
        ) from None
    except expat.ExpatError:
        raise damaged() from None


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


@dataclass(slots=True)
class _Word:
    """What is kept while a Word document is gone through."""

    parts: Parts
    words: list[str] = field(default_factory=list)
    style: str = ""
    skipping: int = 0
    texts: int = 0
    changes: int = 0
    hidden: int = 0

    def start(self, tag: str, attributes: Attributes) -> None:
        """A paragraph, a run, a break, a mark of a change."""
        if self.skipping or tag in ("Fallback", "delText"):
            self.skipping += 1
        elif tag == "p":
            self.flush()
        elif tag == "pStyle":
            self.style = attributes.get("val", "")
        elif tag == "t":
            self.texts += 1
        elif tag == "tab":
            self.words.append("\t")
        elif tag in ("br", "cr", "lastRenderedPageBreak"):
            self._break(tag, attributes)
        elif tag in ("ins", "del", "moveFrom") and "author" in attributes:
            self.changes += 1
        elif tag == "vanish" and attributes.get("val", "true") not in ("0", "false"):
            self.hidden += 1

    def _break(self, tag: str, attributes: Attributes) -> None:
        if self.parts.paged and (tag == "lastRenderedPageBreak" or attributes.get("type") == "page"):
            if tag == "br" and not self.words and not self.parts.lines:
                return
            self.flush()
            self.parts.turn()
        elif tag != "lastRenderedPageBreak":
            self.words.append("\n")

    def end(self, tag: str) -> None:
        """The end of a paragraph is where its text is kept."""
        if self.skipping:
            self.skipping -= 1
        elif tag == "t":
            self.texts -= 1
        elif tag == "p":
            self.flush()
            self.style = ""
        elif tag == "tc":
            self.words.append(" ")

    def text(self, words: str) -> None:
        """Letters count only where they are text."""
        if self.texts and not self.skipping:
            self.words.append(words)

    def flush(self) -> None:
        """The paragraph so far."""
        heading = self.style.lower().startswith(("heading", "title", "subtitle"))
        self.parts.add("".join(self.words), heading=heading)
        self.words = []


def read_word(data: bytes) -> Extracted:
    """The text of a .docx. Raises Refused."""
    container = open_container(data, LIMITS)
    _refuse_macros(container)
    if "word/document.xml" not in container.parts:
        raise damaged()
    breaks = _counts(container, "word/document.xml", ("lastRenderedPageBreak",))["lastRenderedPageBreak"]
    word = _Word(Parts(paged=bool(breaks)))
    parse(container, "word/document.xml", word.start, word.end, word.text)
    word.flush()
    for name in ("word/footnotes.xml", "word/endnotes.xml"):
        if name in container.parts:
            notes = _Word(word.parts)
            parse(container, name, notes.start, notes.end, notes.text)
            notes.flush()
    pages = _or_picture(word.parts.done(), any(name.startswith("word/media/") for name in container.parts))
    comments = _counts(container, "word/comments.xml", ("comment",))["comment"]
    pointed = {"tracked-changes": word.changes, "comments": comments, "hidden-text": word.hidden,
               "links-out": _links_out(container)}  # fmt: skip
    return Extracted("page" if word.parts.paged else "part", pages, {k: v for k, v in pointed.items() if v})


def _or_picture(pages: tuple[Page, ...], pictures: bool) -> tuple[Page, ...]:
    if not any(page.text for page in pages):
        return (Page("", "", picture=pictures),)
    return pages


def _refuse_macros(container: Container) -> None:
    if any(name.casefold().endswith("vbaproject.bin") for name in container.parts):
        raise Refused(
            "This document holds macros, and files with macros are not opened.",
            "Open it, save it as .docx or .pdf, and send that file.",
            code="macros",
        )


def _links_out(container: Container) -> int:
    """Templates and pictures that lie outside the file; ordinary links of the text are none."""
    name = "word/_rels/document.xml.rels"
    found = 0

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal found
        outside = attributes.get("TargetMode") == "External" and not attributes.get("Type", "").endswith("/hyperlink")
        found += tag == "Relationship" and outside

    if name in container.parts:
        parse(container, name, start, lambda _: None, lambda _: None)
    return found


def _counts(container: Container, name: str, tags: tuple[str, ...]) -> dict[str, int]:
    counted = dict.fromkeys(tags, 0)

    def start(tag: str, _: Attributes) -> None:
        if tag in counted:
            counted[tag] += 1

    if name in container.parts:
        parse(container, name, start, lambda _: None, lambda _: None)
    return counted


@dataclass(slots=True)
class _Odt:
    """What is kept while an OpenDocument text is gone through."""

    parts: Parts
    words: list[str] = field(default_factory=list)
    skipping: int = 0
    inside: int = 0
    pictures: int = 0
    pointed: dict[str, int] = field(default_factory=dict)

    def start(self, tag: str, attributes: Attributes) -> None:
        """A paragraph, a heading, a space, a mark of a change."""
        if tag in ("annotation", "changed-region"):
            code = "comments" if tag == "annotation" else "tracked-changes"
            self.pointed[code] = self.pointed.get(code, 0) + 1
        if self.skipping or tag in ("annotation", "tracked-changes"):
            self.skipping += 1
        elif tag in ("p", "h"):
            self.inside += 1
        elif tag in ("tab", "s"):
            self.words.append("\t" if tag == "tab" else " ")
        elif tag == "line-break":
            self.words.append("\n")
        elif tag == "soft-page-break" and self.parts.paged:
            self.parts.add("".join(self.words))
            self.words = []
            self.parts.turn()
        elif tag == "image":
            self.pictures += 1

    def end(self, tag: str) -> None:
        """The end of a paragraph is where its text is kept."""
        if self.skipping:
            self.skipping -= 1
        elif tag in ("p", "h"):
            self.inside -= 1
            self.parts.add("".join(self.words), heading=tag == "h")
            self.words = []

    def text(self, words: str) -> None:
        """Letters count only in paragraphs and headings."""
        if self.inside and not self.skipping:
            self.words.append(words)


def read_open_text(data: bytes) -> Extracted:
    """The text of an .odt. Raises Refused."""
    container = open_container(data, LIMITS)
    if "content.xml" not in container.parts:
        raise damaged()
    _refuse_sealed(container)
    breaks = _counts(container, "content.xml", ("soft-page-break",))["soft-page-break"]
    odt = _Odt(Parts(paged=bool(breaks)))
    parse(container, "content.xml", odt.start, odt.end, odt.text)
    pages = _or_picture(odt.parts.done(), bool(odt.pictures))
    return Extracted("page" if odt.parts.paged else "part", pages, odt.pointed)


def _refuse_sealed(container: Container) -> None:
    manifest = "META-INF/manifest.xml"
    if manifest in container.parts and b"encryption-data" in container.whole(manifest):
        raise Refused(
            "This document is protected with a password, so it cannot be read.",
            "Save a copy without the password and send the copy. Please do not send the password.",
            code="password",
        )
