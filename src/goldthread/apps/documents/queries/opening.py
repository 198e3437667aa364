"""Opening what searches need soon after a start, so that nobody's first search waits for it.

Text and vectors lie sealed, and are indexed in memory (`searching`, `meant`). A thread of the process that serves pages
does that for the inspections whose documents came last, as many as are held at a time, before anybody asks.
"""

import logging
import threading
from uuid import UUID

from django.db import DatabaseError, close_old_connections
from django.db.models import Max

from goldthread.apps.documents.models import Document, Reading, Status
from goldthread.apps.documents.queries import meant, searching
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.submissions.sealing import CannotUnseal

A_MOMENT = 1.5
"""Seconds for which a search waits for what is being opened, before it says so."""

logger = logging.getLogger("goldthread.documents")

_OPENING: dict[UUID, threading.Event] = {}


def begin() -> threading.Thread | None:
    """Open what searches need, beside everything else; None where there is no document to search."""
    try:
        chosen = latest()
    except DatabaseError:
        # A database that is still to be made has no documents.
        return None
    finally:
        close_old_connections()
    if not chosen:
        return None
    _OPENING.update({one: threading.Event() for one in chosen})
    thread = threading.Thread(target=_open_all, args=(chosen,), name="open-search", daemon=True)
    thread.start()
    return thread


def latest() -> list[UUID]:
    """The inspections whose documents came last, the last of all first: as many as are held at a time."""
    rows = Document.objects.filter(reading=Reading.READ, text_read=True).exclude(status=Status.WITHDRAWN)
    found = rows.values_list("inspection").annotate(last=Max("created_at")).order_by("-last")
    return [inspection for inspection, _ in found[: searching.MOST_HELD]]


def still_opening(inspection: Inspection, *, wait: float = A_MOMENT) -> bool:
    """Whether its documents are being opened for searching at this moment, after a moment's patience."""
    done = _OPENING.get(inspection.pk)
    return done is not None and not done.wait(wait)


def _open_all(chosen: list[UUID]) -> None:
    try:
        # The last of all stays the one that was asked for last.
        for pk in chosen:
            _open(pk)
    finally:
        for pk in chosen:
            _OPENING.pop(pk).set()
        close_old_connections()


def _open(pk: UUID) -> None:
    try:
        inspection = Inspection.objects.get(pk=pk)
        searching.index_of(inspection)
        if meant.meaning_at_hand():
            meant.near(inspection, ["ready"], frozenset())
    except (CannotUnseal, DatabaseError, Inspection.DoesNotExist):
        # Whoever searches is told what is wrong by the search itself.
        logger.warning("documents could not be opened for searching after the start")
    _OPENING[pk].set()
