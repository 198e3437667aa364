"""The worker: reads documents one after another in the sandbox, beside the reading of child-level data."""

import logging
import threading
import time

from django.conf import settings
from django.db import OperationalError, close_old_connections

from goldthread.apps.access.policy import PROGRAMME
from goldthread.apps.documents import holdings, learner, redactor, seer
from goldthread.apps.documents.actions import reading
from goldthread.apps.documents.models import Document
from goldthread.engines.durable import StoreDamaged

logger = logging.getLogger("goldthread.documents")

SECONDS_BETWEEN_LOOKS = 1.0
SECONDS_BETWEEN_SWEEPS = 3600.0
SECONDS_AFTER_A_FAILURE = 5.0
PATIENCE = 20.0
"""Seconds that somebody waits on a page for a document that is being read already."""


def run(stop: threading.Event) -> None:
    """Read whatever arrives until `stop` is set; what is being read then is finished first."""
    begin()
    left = SECONDS_BETWEEN_SWEEPS
    while not stop.is_set():
        try:
            # What is uploaded is read before pictures are, and pictures before what was read is understood.
            read = read_next() is not None
            busy = read or redactor.make_next() or seer.see_next() or learner.compare_next() or learner.learn_next()
        except OperationalError:
            logger.warning("the database could not be reached; trying again")
            close_old_connections()
            stop.wait(SECONDS_AFTER_A_FAILURE)
            continue
        if not busy:
            stop.wait(SECONDS_BETWEEN_LOOKS)
            left -= SECONDS_BETWEEN_LOOKS
            if left <= 0:
                holdings.sweep()
                left = SECONDS_BETWEEN_SWEEPS


def begin() -> None:
    """What is done once before reading: dead readers' claims are put back, leftovers are swept."""
    reading.free_dead_claims(by=PROGRAMME)
    holdings.sweep()


def read_next() -> Document | None:
    """Read the next document that waits, and give it as it is afterwards; None where none waits."""
    document = reading.claim_next(by=PROGRAMME)
    return None if document is None else _read(document)


def read_at_once(document: Document) -> Document:
    """Read one document for somebody who waits for it, and give it as it is afterwards.

    Where the worker has it in hand already, it is waited for, at most `PATIENCE` seconds; then it may still be waiting.
    """
    claimed = reading.claim(document=document, by=PROGRAMME)
    if claimed is not None:
        return _read(claimed)
    until = time.monotonic() + PATIENCE
    while True:
        row = Document.objects.select_related("inspection").get(pk=document.pk)
        if not row.waiting or time.monotonic() > until:
            return row
        time.sleep(0.2)


def read_all() -> int:
    """Read everything that waits, and say how many were taken up."""
    count = 0
    while read_next() is not None:
        count += 1
    return count


def _read(document: Document) -> Document:
    from goldthread.engines.documents import read_document
    from goldthread.kernel.refusal import Refused

    try:
        with holdings.clear_file(document) as path:
            extracted = read_document(path, document.ending, most_pages=settings.DOCUMENT_MOST_PAGES)
    except Refused as refused:
        return reading.refuse(
            document=document, refusal=refused.reason, mend=refused.mend, code=refused.code, by=PROGRAMME
        )
    except (OSError, StoreDamaged):
        logger.warning("a document could not be opened; it will be tried again")
        return reading.give_back(document=document, by=PROGRAMME)
    return reading.finish(document=document, extracted=extracted, by=PROGRAMME)
