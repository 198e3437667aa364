"""The redactor: makes versions without what was taken out, and looks at each again before anybody has it.

A page with a look is drawn, its pixels made black, and a new file made of the pictures alone. Any other text is
written anew. What was made is then read in the sandbox as a stranger's file would be, and searched for what was taken
out; where anything of it is left, nothing is kept.
"""

import logging

from django.conf import settings

from goldthread.apps.access.policy import PROGRAMME
from goldthread.apps.access.policy import Refused as NotAllowed
from goldthread.apps.documents import holdings
from goldthread.apps.documents.actions import redacting
from goldthread.apps.documents.models import Document, Redaction
from goldthread.apps.submissions.sealing import CannotUnseal
from goldthread.domain.redacting import still_there, without
from goldthread.engines import page_pictures
from goldthread.engines.documents import read_document
from goldthread.engines.durable import StoreDamaged
from goldthread.engines.redacting import burn_page, faults_of
from goldthread.kernel.picture_pdf import made_of
from goldthread.kernel.refusal import Refused

logger = logging.getLogger("goldthread.documents")

CHANGE = "Choose that as an area of the page too, and have it made again."


class Left(Exception):
    """Something of what was to be taken out is left. The message says what and where in words, never the passage."""


def make_next() -> bool:
    """Make and verify one more version; False where none waits."""
    redaction = redacting.claim_next(by=PROGRAMME)
    if redaction is None:
        return False
    try:
        data, ending = _made(redaction.document, redaction)
        if len(data) > settings.UPLOAD_CAP_BYTES:
            raise Left("The version would be larger than a document may be. Divide the document first.")
        redacting.finish(redaction=redaction, data=data, ending=ending, by=PROGRAMME)
    except (Left, ValueError) as left:
        redacting.refuse(redaction=redaction, because=str(left), by=PROGRAMME)
    except Refused as refusal:
        redacting.refuse(redaction=redaction, because=f"{refusal.reason} {refusal.mend}", by=PROGRAMME)
    except NotAllowed as refusal:
        redacting.refuse(redaction=redaction, because=refusal.reason, by=PROGRAMME)
    except (OSError, StoreDamaged, CannotUnseal):
        logger.warning("a redacted version could not be made; it will be tried again")
    return True


def make_all() -> int:
    """Make everything that was asked for, and say how many were taken up."""
    count = 0
    while make_next():
        count += 1
    return count


def _made(document: Document, redaction: Redaction) -> tuple[bytes, str]:
    """The file and its ending. Raises Left where it is not free of what was taken out; Refused."""
    choice = holdings.choice_of(redaction)
    places = redacting.standings(choice)
    if document.drawable:
        return _of_pictures(document, choice["passages"], places), "pdf"
    return _of_text(document, choice["passages"], places), "txt"


def _of_pictures(document: Document, passages: list[str], places: list[redacting.Standing]) -> bytes:
    boxes = [one.box for one in places if one.box]
    with holdings.clear_file(document) as path:
        made = made_of([burn_page(path, document.ending, at, boxes) for at in range(1, document.pages + 1)])
    with holdings.in_memory(made) as path:
        if faults := faults_of(path, document.pages, boxes):
            raise Left(f"The made file was not sound: {'; '.join(faults[:5])}. Nothing was kept.")
        told = read_document(path, "pdf", most_pages=settings.DOCUMENT_MOST_PAGES)
        if told.characters or told.pointed:
            raise Left("The made file has text beneath its pictures, so it was not kept.")
        seen = [
            page_pictures.read_page(
                path, "pdf", number, languages=settings.OCR_LANGUAGES, memory=settings.OCR_MEMORY,
                seconds=settings.OCR_SECONDS,
            ).text
            for number in range(1, document.pages + 1)
        ]  # fmt: skip
    _nothing_left(passages, seen, "page")
    return made


def _of_text(document: Document, passages: list[str], places: list[redacting.Standing]) -> bytes:
    parts = [
        without(page.text, [one.span for one in places if one.page == number])
        for number, page in enumerate(holdings.pages_of(document), 1)
    ]
    made = "\n\n".join(parts).encode()
    with holdings.in_memory(made) as path:
        told = read_document(path, "txt", most_pages=settings.DOCUMENT_MOST_PAGES)
    _nothing_left(passages, [*(page.text for page in told.pages), "\n".join(page.text for page in told.pages)], "part")
    return made


def _nothing_left(passages: list[str], pages: list[str], unit: str) -> None:
    if left := still_there(passages, pages):
        where = ", ".join(f"line {which} of the passages on {unit} {number}" for which, number in left[:5])
        raise Left(f"The made file was read again, and something is still there: {where}. Nothing was kept. {CHANGE}")
