"""Searching the text of documents: which index, what may be searched, and what is shown of it.

Text lies sealed. It is opened and indexed in memory, once for each inspection in each process that serves pages, and
what has come or gone since is added or dropped at each search. Three inspections are held at a time.
"""

import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from goldthread.apps.access.policy import Actor
from goldthread.apps.documents import holdings
from goldthread.apps.documents.models import Document, Reading, Status
from goldthread.apps.documents.queries.library import Choice, library
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.submissions import sealing
from goldthread.domain.search_words import partly, trouble, understood

if TYPE_CHECKING:
    from goldthread.engines.fulltext import Found, TextIndex

MOST_HELD = 3
A_PAGE = 20

_HELD: OrderedDict[UUID, "TextIndex"] = OrderedDict()
_LOCK = threading.Lock()
_FILLING: dict[UUID, threading.Lock] = {}


@dataclass(frozen=True, slots=True)
class Result:
    """What a search found: hits with their documents, how many pages in how many documents, and what else was meant.

    `trouble` says why nothing was looked for, or not what was meant, and how to mend it.
    Where no page had every word as it was typed: `mended` are the words that were put right, each with what was sought
    instead; `nowhere` those that no page has; and with `some` the hits have some of the words only.
    """

    hits: tuple[tuple[Document, int, str, tuple[tuple[str, bool], ...]], ...] = ()
    pages: int = 0
    documents: int = 0
    also: tuple[str, ...] = ()
    searched: int = 0
    trouble: str = ""
    mended: tuple[tuple[str, str], ...] = ()
    nowhere: tuple[str, ...] = ()
    some: bool = False


def search(actor: Actor, inspection: Inspection, choice: Choice, *, number: int = 1) -> Result:
    """One page of what fits, the best first. Only documents that the actor may see are searched or counted.

    Raises CannotUnseal where the inspection's key is gone: then nothing of its text is left to search.
    """
    rows = list(library(actor, inspection, choice))
    asked, wrong = understood(choice.words), trouble(choice.words)
    if not rows or not asked:
        return Result(also=asked.also, searched=len(rows), trouble=wrong)
    by_id = {str(one.pk): one for one in rows}
    index, first = index_of(inspection), A_PAGE * (number - 1)
    found: Found = index.search(asked, by_id.keys(), first=first, count=A_PAGE)
    mended: tuple[tuple[str, str], ...] = ()
    nowhere: tuple[str, ...] = ()
    if not found.pages:
        put = index.mended(asked, by_id.keys())
        asked, mended, nowhere = put.search, put.words, put.nowhere
        found = index.search(asked, by_id.keys(), first=first, count=A_PAGE) if mended else found
    if not found.pages and (fewer := partly(asked)):
        asked, found = fewer, index.search(fewer, by_id.keys(), first=first, count=A_PAGE)
    hits = tuple((by_id[one.document], one.page, one.heading, one.pieces) for one in found.hits)
    return Result(hits, found.pages, found.documents, asked.also, len(rows), wrong, mended, nowhere, asked.some)


def marked_page(document: Document, number: int, words: str) -> tuple[tuple[str, bool], ...]:
    """The text of a page with what was sought marked, mended as in a search; nothing where none of it stands there."""
    asked = understood(words)
    if not asked:
        return ()
    index, pk = index_of(document.inspection), str(document.pk)
    if marked := index.found_on(asked, pk, number):
        return marked
    put = index.mended(asked, [pk]).search
    return index.found_on(partly(put) or put, pk, number)


def index_of(inspection: Inspection) -> "TextIndex":
    """The index of an inspection as its documents now are. Raises CannotUnseal where its key is gone."""
    from goldthread.engines.fulltext import TextIndex

    with _LOCK:
        filling = _FILLING.setdefault(inspection.pk, threading.Lock())
        if inspection.pk in _HELD:
            _HELD.move_to_end(inspection.pk)
        else:
            _HELD[inspection.pk] = TextIndex()
            while len(_HELD) > MOST_HELD:
                _HELD.popitem(last=False)
        index = _HELD[inspection.pk]
    # Two that ask at once fill it once.
    with filling:
        _bring_up_to_date(index, inspection)
    return index


def _bring_up_to_date(index: "TextIndex", inspection: Inspection) -> None:
    rows = Document.objects.filter(inspection=inspection, reading=Reading.READ).exclude(status=Status.WITHDRAWN)
    wanted = {str(pk): title for pk, title in rows.values_list("pk", "title")}
    for gone in index.held.keys() - wanted.keys():
        index.drop(gone)
    new = [pk for pk, title in wanted.items() if index.held.get(pk) != title]
    if not wanted:
        return
    try:
        sealing.key_of(inspection)
        for document in _in_batches(new):
            pages = [(page.heading, page.text) for page in holdings.pages_of(document)]
            index.put(str(document.pk), document.title, document.title, pages)
    except sealing.CannotUnseal:
        with _LOCK:
            _HELD.pop(inspection.pk, None)
        raise


def _in_batches(ids: list[str]) -> Iterable[Document]:
    for at in range(0, len(ids), 100):
        yield from Document.objects.filter(pk__in=ids[at : at + 100]).select_related("inspection")
