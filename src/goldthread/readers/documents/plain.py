"""Texts, tables as text, and e-mails; and workbooks, a sheet a page, through the guard of the lists."""

import csv
import email
import email.policy
import io
from email.message import EmailMessage
from html.parser import HTMLParser

from goldthread.kernel.document_text import Extracted, Page
from goldthread.readers.decoding import decode
from goldthread.readers.documents.parts import MOST_CHARACTERS, Parts, too_much

MOST_PARTS = 500
"""Parts of an e-mail that are looked at."""


def read_text(data: bytes) -> Extracted:
    """A plain text, in parts; a line on its own in capitals or with a number in front stays as it is."""
    parts = Parts()
    for line in decode(data).data.decode("utf-8", "replace").splitlines():
        parts.add(clean(line))
    return Extracted("part", parts.done())


def read_csv(data: bytes) -> Extracted:
    """A table of text, its cells parted by a bar."""
    text = decode(data).data.decode("utf-8", "replace")
    mark = max(",;\t", key=text.split("\n", 1)[0].count)
    parts = Parts()
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark):
            parts.add(_row(row))
    except csv.Error:
        return read_text(data)
    return Extracted("part", parts.done())


def _row(cells: list[str]) -> str:
    return " | ".join(clean(" ".join(cell.split())) for cell in cells if cell and cell.strip())


def clean(line: str) -> str:
    """A line without signs that are not shown."""
    return "".join(sign for sign in line if sign == "\t" or sign.isprintable())


class _Words(HTMLParser):
    """The words of a page, without what only a browser would use."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Blocks begin new lines; scripts and styles are passed over."""
        self.silent += tag in ("script", "style", "head")
        if tag in ("p", "br", "div", "tr", "li", "h1", "h2", "h3"):
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """The end of what is passed over."""
        if tag in ("script", "style", "head") and self.silent:
            self.silent -= 1

    def handle_data(self, data: str) -> None:
        """Words."""
        if not self.silent:
            self.found.append(data)


def read_mail(data: bytes) -> Extracted:
    """An e-mail: who, when and what about, its text, and the names of what is attached; nothing attached is opened."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    parts, attached = Parts(), 0
    subject = clean(str(message.get("subject", "")))
    parts.add(subject, heading=True)
    for name in ("From", "To", "Cc", "Date"):
        if message.get(name):
            parts.add(f"{name}: {clean(str(message.get(name)))}")
    for number, part in enumerate(message.walk()):
        if number >= MOST_PARTS:
            break
        if part.is_attachment():
            attached += 1
            parts.add(f"Attached: {clean(part.get_filename() or 'a file without a name')}")
    for line in _body(message).splitlines():
        parts.add(clean(line))
    return Extracted("part", parts.done(), {"attachments": attached} if attached else {})


def _body(message: EmailMessage) -> str:
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        return ""
    try:
        text = str(body.get_content())
    except (LookupError, UnicodeError, KeyError):
        return ""
    if body.get_content_type() != "text/html":
        return text
    return words_of_page(text)


def words_of_page(text: str) -> str:
    """The words of an e-mail that is written as a web page."""
    words = _Words()
    words.feed(text)
    return "".join(words.found)


def read_workbook(data: bytes) -> Extracted:
    """A workbook: each sheet a page, its rows as lines. Raises Refused as the reader of lists does."""
    from goldthread.readers.guard import open_container
    from goldthread.readers.workbook import open_workbook

    book = open_workbook(data)
    pages, hidden, whole = [], 0, 0
    for sheet in book.sheets():
        hidden += sheet.hidden
        lines = [line for row in sheet.cells.iter_rows() if (line := _row([cell or "" for cell in row]))]
        whole += sum(map(len, lines))
        if whole > MOST_CHARACTERS:
            raise too_much()
        pages.append(Page("\n".join(lines), sheet.name[:200]))
    names = open_container(data).parts
    comments = sum(name.startswith(("xl/comments", "xl/threadedComments")) for name in names)
    pointed = {"hidden-sheets": hidden, "comments": comments}
    return Extracted("sheet", tuple(pages) or (Page(""),), {k: v for k, v in pointed.items() if v})
