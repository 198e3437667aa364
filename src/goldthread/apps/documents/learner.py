"""The learner: works out what documents mean, one after another, when nothing waits to be read."""

import logging
from uuid import UUID

from goldthread.apps.access.policy import PROGRAMME
from goldthread.apps.documents import holdings
from goldthread.apps.documents.actions import learning
from goldthread.apps.documents.models import Document, Reading, Status
from goldthread.apps.submissions.sealing import CannotUnseal
from goldthread.domain.stretches import stretches
from goldthread.engines import meaning

logger = logging.getLogger("goldthread.documents")

_FAILED: set[UUID] = set()
"""What this process could not work out. It is tried again when the process is started anew."""


def learn_next() -> bool:
    """Work out what one more document means; False where none is left, or this installation cannot.

    What the team has comes before what the council has still to submit.
    """
    if not meaning.at_hand():
        return False
    left = (
        Document.objects.filter(reading=Reading.READ, text_read=True).exclude(status=Status.WITHDRAWN)
        .exclude(meaning__model=meaning.NAME).exclude(pk__in=_FAILED).select_related("inspection")
    )  # fmt: skip
    document = (
        left.filter(status=Status.SUBMITTED).order_by("created_at").first() or left.order_by("created_at").first()
    )
    if document is None:
        return False
    try:
        count, packed = worked_out(document)
        learning.keep_meaning(document=document, model=meaning.NAME, stretches=count, packed=packed, by=PROGRAMME)
    except (CannotUnseal, ValueError, MemoryError):
        _FAILED.add(document.pk)
        logger.warning("what a document means could not be worked out; it is found by its words")
    return True


def learn_all() -> int:
    """Work out everything that is left, and say how many documents that were."""
    count = 0
    while learn_next():
        count += 1
    return count


def worked_out(document: Document) -> tuple[int, bytes]:
    """How many stretches a document has, and their vectors, packed. Raises CannotUnseal."""
    from goldthread.engines.meaning.vectors import packed

    pages = [page.text for page in holdings.pages_of(document)]
    places = [(number, start, end) for number, text in enumerate(pages, 1) for start, end in stretches(text)]
    told = meaning.the_model().vectors([pages[number - 1][start:end] for number, start, end in places])
    return len(places), packed(places, told)
