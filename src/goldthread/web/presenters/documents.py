"""Documents as pages show them: how each stands, what its sender should know, what became of each file of an upload."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from goldthread.apps.access.policy import Actor
from goldthread.apps.documents import actions, queries
from goldthread.kernel.document_text import told
from goldthread.web.presenters.task import Task, address


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
        return Outcome(name, "received", f"{document.mark}: received and safe. Its text is read by itself.", where)
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
    if not document.text_read:
        return "The text of files of this kind is not read, so it cannot be searched or cited here. It can be kept."
    count, whole = document.picture_pages, document.pages
    if not count:
        return "" if document.characters else "There is no text in it."
    of = "Its one page is a picture" if whole == 1 else f"{count:,} of {whole:,} pages are pictures"
    if count == 1 < whole:
        of = f"1 of {whole:,} pages is a picture"
    return f"{of}: nothing there can be searched until it is read by OCR."


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
