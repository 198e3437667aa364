"""Searching the text of documents: which index, what may be searched, and what is shown of it.

Text lies sealed. It is opened and indexed in memory, once for each inspection in each process that serves pages, and
what has come or gone since is added or dropped at each search. Three inspections are held at a time.
"""

import threading
from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from uuid import UUID

from goldthread.apps.access.policy import Actor
from goldthread.apps.documents import holdings
from goldthread.apps.documents.models import Document, Reading, Status
from goldthread.apps.documents.queries.library import Choice, library
from goldthread.apps.documents.queries.meant import Known, known, near
from goldthread.apps.documents.queries.written_ids import written_ids
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.submissions import sealing
from goldthread.domain.fusing import fused
from goldthread.domain.search_words import Search, Sought, otherwise, partly, searched, trouble, understood
from goldthread.domain.stretches import beyond_its_names, says_something

if TYPE_CHECKING:
    from goldthread.engines.fulltext import TextIndex
    from goldthread.engines.meaning.vectors import Near

MOST_HELD = 3
A_PAGE = 20
OF_SOME = 0.5
"""How much the order of pages that have some of the words only counts beside the order by meaning. Ours."""

_HELD: OrderedDict[UUID, "TextIndex"] = OrderedDict()
_LOCK = threading.Lock()
_FILLING: dict[UUID, threading.Lock] = {}


STOCK_FROM = 4
"""A sentence that stands in so many documents is told as one that does."""

WAYS: Mapping[str, str] = {"": "Words and meaning", "words": "Words only", "meaning": "Meaning only"}
"""How text can be searched, in words."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A page that was found, with its heading and some of its text in pieces: (text, whether it was sought).

    `near` is where its nearest stretch stands, where it was found by its meaning and has not the words, and `also` in
    how many documents that stretch stands where it is a stock sentence, else 0.
    """

    document: Document
    page: int
    heading: tuple[tuple[str, bool], ...]
    pieces: tuple[tuple[str, bool], ...]
    near: str = ""
    also: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """What a search found: hits with their documents, how many pages in how many documents, and what else was meant.

    `trouble` says why nothing was looked for, or not what was meant, and how to mend it.
    Where no page had every word as it was typed: `mended` are the words that were put right, each with what was sought
    instead; `nowhere` those that no page has; and with `some` the hits have some of the words only.
    `way` is how it was searched, of `WAYS`; `worded` is how many pages have the words, and `near` how many were found
    by their meaning alone. `common` are words that were not looked for: nearly every page has them. `at_its_word` says
    that only words were sought because quotation marks or a minus stood in the question. `otherwise` are the other
    words of the field for the question with which texts were compared by meaning.
    """

    hits: tuple[Hit, ...] = ()
    pages: int = 0
    documents: int = 0
    also: tuple[str, ...] = ()
    searched: int = 0
    trouble: str = ""
    mended: tuple[tuple[str, str], ...] = ()
    nowhere: tuple[str, ...] = ()
    some: bool = False
    way: str = "words"
    near: int = 0
    known: Known = field(default_factory=Known)
    at_its_word: bool = False
    worded: int = 0
    common: tuple[str, ...] = ()
    otherwise: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Worded:
    """The pages that have the words, the best first, and what became of the words.

    `common` are words that nearly every page has: they were left away, or, where it is `vague`, nothing else was found.
    """

    order: tuple[tuple[str, int], ...]
    asked: Search
    mended: tuple[tuple[str, str], ...] = ()
    nowhere: tuple[str, ...] = ()
    common: tuple[Sought, ...] = ()
    vague: bool = False

    def left_away(self, had: bool) -> tuple[str, ...]:
        """The common words that were not looked for, where pages are shown (`had`) that have others, or none is."""
        return () if self.vague and had else tuple(" ".join(one.ways[0]) for one in self.common)


def search(actor: Actor, inspection: Inspection, choice: Choice, *, number: int = 1) -> Result:
    """One page of what fits, the best first. Only documents that the actor may see are searched or counted.

    Pages that have the words and pages that mean the same are two orders, brought together by reciprocal rank.
    Raises CannotUnseal where the inspection's key is gone: then nothing of its text is left to search.
    """
    rows = library(actor, inspection, choice)
    # Of a thousand documents that may be searched only the ids are needed; a page of hits needs twenty of them whole.
    texts = dict(written_ids(rows, "pk", "text_read"))
    asked, wrong = understood(choice.words, choice.place), trouble(choice.words)
    if not texts or not asked:
        return Result(also=asked.also, searched=len(texts), trouble=wrong)
    done = known(inspection, {pk for pk, read in texts.items() if read})
    exact = bool(asked.left_out) or any(one.exact for one in asked.sought)
    # A field is one of words: what means the same is looked for in the text.
    way = _way(choice.by, exact or bool(asked.place), done)
    index = index_of(inspection)
    worded = _worded(index, asked, texts.keys())
    questions = () if way == "words" else _questions(choice.words, worded)
    close = _close(index, inspection, questions, texts.keys()) if questions else {}
    if way == "meaning" or (close and worded.vague):
        worded = replace(worded, order=())
    order = _together(worded, list(close))
    had = set(worded.order)
    first = A_PAGE * (number - 1)
    # A page that has some of the words only is there for what it means, where it means what was asked.
    by_meaning = close.keys() if worded.asked.some else close.keys() - had
    shown = [(at, close[at] if at in by_meaning else None) for at in order[first : first + A_PAGE]]
    by_id = {str(one.pk): one for one in rows.filter(pk__in={document for (document, _), _ in shown})}
    hits = tuple(
        hit for at, by in shown if at[0] in by_id and (hit := _hit(index, worded.asked, by_id[at[0]], at[1], by))
    )  # fmt: skip
    return _told(worded, Result(
        hits, len(order), len({document for document, _ in order}), searched=len(texts), trouble=wrong,
        mended=worded.mended, way=way, near=len(by_meaning), known=done,
        at_its_word=exact and choice.by != "words" and bool(done.documents), otherwise=questions[1:],
    ))  # fmt: skip


def _told(worded: _Worded, found: Result) -> Result:
    """What was found, with what became of its words."""
    had = bool(worded.order)
    if found.way == "meaning":
        return found
    return replace(
        found, also=worded.asked.also, nowhere=worded.nowhere, some=worded.asked.some and had,
        worded=found.pages - found.near, common=worded.left_away(had),
    )  # fmt: skip


def _way(chosen: str, exact: bool, done: Known) -> str:
    """How it is searched: what is exact is taken at its word, and what is not known has no meaning yet."""
    if exact or not done.documents or chosen == "words":
        return "words"
    return "meaning" if chosen == "meaning" else ""


def _worded(index: "TextIndex", asked: Search, within: Collection[str]) -> _Worded:
    order = index.order(asked, within)
    mended: tuple[tuple[str, str], ...] = ()
    nowhere: tuple[str, ...] = ()
    common: tuple[Sought, ...] = ()
    if not order:
        put = index.mended(asked, within)
        asked, mended, nowhere = put.search, put.words, put.nowhere
        order = index.order(asked, within) if mended else order
    if not order and (fewer := partly(asked)):
        common = tuple(one for one in index.common(fewer, within) if not one.exact)
        kept = [one for one in fewer.sought if one not in common]
        asked = searched(kept, fewer.left_out, some=True, place=fewer.place) if kept else fewer
        order, common = index.order(asked, within), common if kept else ()
        if not order:
            asked, order = fewer, index.order(fewer, within)
            return _Worded(tuple(order), asked, mended, nowhere, common, vague=bool(common))
    return _Worded(tuple(order), asked, mended, nowhere, common)


def _together(worded: _Worded, close: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """One order of both; what has some of the words only counts for less than what means the same."""
    if not close:
        return list(worded.order)
    return fused(worded.order, close, weights=(OF_SOME if worded.asked.some else 1.0, 1.0))


def _questions(typed: str, worded: _Worded) -> tuple[str, ...]:
    """What was typed, slips put right, and after it the same in other words of the field."""
    put = dict(worded.mended)
    question = " ".join(put.get(word.casefold(), word) for word in typed.split())
    return (question, *otherwise(question))


def _close(
    index: "TextIndex", inspection: Inspection, questions: Sequence[str], within: Collection[str]
) -> dict[tuple[str, int], "Near"]:  # fmt: skip
    def worthy(document: str, page: int, start: int, end: int) -> bool:
        text, *names = index.stretch(document, page, start, end)
        if rest := beyond_its_names(text, names):
            # What means something here is the title, which is found by its words; is the rest more than stock?
            return says_something(rest) and index.documents_with(rest, within, most=STOCK_FROM) < STOCK_FROM
        return says_something(text, names)

    return {(one.document, one.page): one for one in near(inspection, questions, within, worthy=worthy)}


def _hit(index: "TextIndex", asked: Search, document: Document, page: int, by: "Near | None") -> Hit | None:
    """A page as a hit; None where its document was taken back this very moment.

    What was found by its meaning is shown by the stretch that means it, not by a word that happens to stand there.
    """
    span = (by.start, by.end) if by else (0, 0)
    try:
        told = index.hit(understood("") if by else asked, str(document.pk), page, else_=span)
    except LookupError:
        return None
    stock = by.documents if by and by.documents >= STOCK_FROM else 0
    return Hit(document, page, told.heading, told.pieces, f"{span[0]}-{span[1]}" if by else "", stock)


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
    # The text of pictures comes after the rest: a document of which more is known is taken in anew.
    wanted = {pk: f"{title}\n{seen}" for pk, title, seen in written_ids(rows, "pk", "title", "pages_seen")}
    for gone in index.held.keys() - wanted.keys():
        index.drop(gone)
    new = [pk for pk, stamp in wanted.items() if index.held.get(pk) != stamp]
    if not wanted:
        return
    try:
        sealing.key_of(inspection)
        for document in _in_batches(new):
            pages = [(page.heading, page.text) for page in holdings.pages_of(document)]
            index.put(str(document.pk), f"{document.title}\n{document.pages_seen}", document.title, pages)
    except sealing.CannotUnseal:
        with _LOCK:
            _HELD.pop(inspection.pk, None)
        raise


def _in_batches(ids: list[str]) -> Iterable[Document]:
    for at in range(0, len(ids), 100):
        yield from Document.objects.filter(pk__in=ids[at : at + 100]).select_related("inspection")
