"""Documents as pages show them: how each stands, what its sender should know, what became of each file of an upload."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from goldthread.apps.access.policy import Actor
from goldthread.apps.documents import actions, queries
from goldthread.kernel.document_text import told
from goldthread.web.presenters.task import Task, address

NOT_OPENED = "It is being read now. If it turns out to be damaged, the list of files says so."
"""What is told of files whose bytes are kept, and in which nobody has looked yet."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: received, again (it was here already) or refused, in words, and where it is seen."""

    name: str
    state: str
    says: str
    address: str = ""

    def told(self) -> dict[str, str]:
        """The same for the page's script."""
        return {"state": self.state, "says": self.says, "address": self.address}


def outcome(name: str, received: Any, actor: Actor) -> Outcome:
    """What became of a file that was taken in, or was there already."""
    document = received.document
    seen = queries.visible_to(actor).filter(pk=document.pk).exists()
    where = address("document", document.inspection_id, document.pk) if seen else ""
    if not received.again:
        return Outcome(name, "received", f"{document.mark}: sent. {NOT_OPENED}", where)
    if not seen:
        return Outcome(name, "again", "A colleague has uploaded the same file, byte for byte. It was not kept twice.")
    return Outcome(name, "again", f"{_same(document)} It was not kept twice.", where)


def taken_out(zipped: str, one: Any, actor: Actor) -> Outcome:
    """What became of a document of a zip, under the name that it was packed under."""
    name = f"{zipped}: {one.name}"
    return outcome(name, one.received, actor) if one.received else Outcome(name, "refused", one.refused)


def _same(document: Any) -> str:
    return f"It is the same, byte for byte, as {document.mark}, “{document.title}”."


def not_sent(document: Any) -> dict[str, str]:
    """What the page's script is told of a file that is here already: as which document, and where that is seen."""
    where = address("document", document.inspection_id, document.pk)
    return Outcome("", "again", f"{_same(document)} It was not sent again.", where).told()


def once_read(document: Any) -> dict[str, str]:
    """What the page's script is told of a file whose reading has ended."""
    where = address("document", document.inspection_id, document.pk)
    if document.reading == "refused":
        return Outcome("", "refused", f"{document.mark}: {document.refusal} {document.mend}", where).told()
    pages = f"{document.pages:,} {document.unit}{'' if document.pages == 1 else 's'}"
    says = f"{document.mark}: received and read in, {pages}. {pictures(document)}".strip()
    return Outcome("", "received", says, where).told()


def counted(outcomes: list[Outcome]) -> str:
    """How many files became what; what none became is not told."""
    named = (("received", "received"), ("again", "here already"), ("refused", "not kept"))
    counts = [(sum(one.state == state for one in outcomes), says) for state, says in named]
    return ", ".join(f"{count:,} {says}" for count, says in counts if count)


def to_submit(actor: Actor, mine: list[Any]) -> Iterator[Task]:
    """Documents of the council that wait to be submitted, a task for each inspection."""
    for inspection in mine:
        if queries.may_submit(actor, inspection) and (count := len(queries.awaiting_submission(actor, inspection))):
            where = address("documents_submit", inspection.pk)
            yield Task("Submit documents to the team", inspection.title, where, count)


def state(document: Any) -> tuple[str, str]:
    """How a document stands, in words, and a quiet colour for it."""
    if document.status == "withdrawn":
        return queries.STATUSES[document.status], "red"
    if document.reading == "refused":
        return queries.READINGS["refused"], "red"
    if document.waiting:
        return queries.READINGS[document.reading], "blue"
    colour = {"staged": "yellow", "submitted": "green"}.get(document.status, "grey")
    return queries.STATUSES[document.status], colour


def pictures(document: Any) -> str:
    """What is said of pages that are pictures, and of files whose text is not read; empty where all is text."""
    if not document.ready:
        return ""
    if not document.text_read and not document.drawable:
        return "The text of files of this kind is not read, so it cannot be searched or cited here. It can be kept."
    if not document.picture_pages:
        return "" if document.characters else "There is no text in it."
    return " ".join(_pictures(queries.seen_of(document), document.pages))


def _pictures(seen: queries.Seen, whole: int) -> Iterator[str]:
    """Sentence by sentence: how many pages are pictures, and what became of reading them."""
    count = seen.pictures
    one = "Its one page is a picture" if whole == 1 else f"1 of {whole:,} pages is a picture"
    of = one if count == 1 else f"{count:,} of {whole:,} pages are pictures"
    if not queries.can_see():
        yield f"{of}: nothing there can be searched, since this installation does not read text from pictures."
        return
    yield f"{of}." if seen.waiting or seen.left_out or not seen.read else f"{of}, read from the image."
    if seen.waiting:
        yield f"The text of {_pages(seen.waiting)} is still to be read from the image. That goes on by itself."
    if seen.read and (seen.waiting or seen.left_out):
        yield f"{_pages(seen.read).capitalize()} {'was' if seen.read == 1 else 'were'} read from the image."
    if seen.read:
        yield "Words read so may be wrong: compare them with the picture before you cite."
    if seen.empty:
        yield f"On {_pages(seen.empty)} no text was found."
    if seen.refused:
        yield f"{_pages(seen.refused).capitalize()} could not be read."
    if seen.left_out > 0:
        yield f"{_pages(seen.left_out).capitalize()} will not be read: that many pictures are too many for one file."


def _pages(count: int) -> str:
    return f"{count:,} page{'s' if count != 1 else ''}"


def page_seen(document: Any, number: int, page: Any) -> str:
    """What is said above a page that is a picture: how far its text was read from it, and how sure that was."""
    if page is None or not page.picture:
        return ""
    row = queries.seen(document, number)
    if row is None and not queries.seen_of(document).waiting:
        why = "its document has too many of them" if queries.can_see() else "this installation does not read pictures"
        return f"This page is a picture. Its text is not read from it: {why}."
    if row is not None and row.reading == "refused":
        return f"This page is a picture, and its text could not be read from it. {row.refusal}"
    if row is None or row.reading != "read":
        return "This page is a picture. Its text is still to be read from it; that goes on by itself."
    if not row.characters:
        return "This page is a picture, and no text was found in it."
    of = f"{row.unsure:,} word{'s' if row.unsure != 1 else ''}"
    marked = f" {of} of which it was less sure {'are' if row.unsure != 1 else 'is'} underlined." if row.unsure else ""
    return f"Read from an image, {row.sure} in a hundred sure.{marked} Compare it with the picture before you cite it."


def alike(actor: Actor, document: Any) -> list[tuple[Any, Any]]:
    """Documents that are nearly the same, each with what differs; nothing for one that was taken back."""
    if document.withdrawn or not document.text_read:
        return []
    found = queries.near_copies(actor, [document]).get(document.pk, [])
    return [(one, queries.what_differs(document, one.document)) for one in found]


def pointed(document: Any) -> list[tuple[str, str]]:
    """What its sender may have overlooked: how many of what, and what that means."""
    return told(document.pointed)


def limits() -> dict[str, int]:
    """What is taken at most, as the page of uploading says it."""
    return {
        "megabytes": settings.UPLOAD_CAP_BYTES // (1024 * 1024), "pages": settings.DOCUMENT_MOST_PAGES,
        "files": settings.DOCUMENT_MOST_FILES, "packed": actions.MOST_PACKED,
    }  # fmt: skip
