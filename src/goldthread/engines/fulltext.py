"""An index of words, held in memory: SQLite's own full-text engine over pages of documents.

It is never written to a disk. What it is made of lies sealed; the index lives as long as the process, and is gone with
it. Whoever may see only some of the documents searches only those: the ids are part of the question, counts included.
"""

import json
import re
import sqlite3
import threading
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from goldthread.domain.search_words import (
    IN_HEADINGS,
    IN_TITLES,
    MOST_MENDED,
    SMALL,
    Search,
    Sought,
    said,
    searched,
    slips_allowed,
)

TITLE = 0
"""The page under which a document's title is kept."""

OPEN, CLOSE = "\x02", "\x03"
"""Marks around what was found; texts hold no control characters of their own."""

COMMON_SHARE, COMMON_PAGES = 0.25, 20
"""What stands on more than this share of the pages, and on more pages than this, is common. Ours."""

_SAYS_AROUND = 40
_WORD = re.compile(r"[^\W\d_]{4,40}", re.UNICODE)
_ANY_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_FOUND = (
    "FROM words JOIN page ON page.id = words.rowid "
    "WHERE words MATCH :asked AND page.document IN (SELECT value FROM json_each(:within))"
)


@dataclass(frozen=True, slots=True)
class Hit:
    """One page that was found, with its heading and some of its text in pieces: (text, found)."""

    document: str
    page: int
    heading: tuple[tuple[str, bool], ...]
    pieces: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Some of the hits of a search, how many there are in all, and in how many documents."""

    hits: tuple[Hit, ...] = ()
    pages: int = 0
    documents: int = 0


@dataclass(frozen=True, slots=True)
class Mended:
    """A search after slips of spelling: as it is then, the words that were mended, and those that stand nowhere."""

    search: Search
    words: tuple[tuple[str, str], ...] = ()
    nowhere: tuple[str, ...] = ()


@dataclass(slots=True)
class TextIndex:
    """The index of one inspection's documents. `held` names each document that is in it, with a stamp of its own."""

    held: dict[str, str] = field(default_factory=dict)
    _places: dict[int, tuple[str, int]] = field(default_factory=dict)
    _spelt: set[str] = field(default_factory=set)
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _database: sqlite3.Connection = field(init=False)

    def __post_init__(self) -> None:
        self._database = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        self._database.execute("CREATE TABLE page (id INTEGER PRIMARY KEY, document TEXT, number INT, heading TEXT)")
        self._database.execute("CREATE INDEX page_document ON page (document)")
        self._database.execute(
            "CREATE VIRTUAL TABLE words USING fts5 (heading, text, tokenize='porter unicode61 remove_diacritics 2')"
        )

    def put(self, document: str, stamp: str, title: str, pages: Iterable[tuple[str, str]]) -> None:
        """Take a document in, or anew: its title, then heading and text of each page."""
        rows = [(TITLE, title, title), *((number, *page) for number, page in enumerate(pages, 1))]
        with self._lock:
            self.drop(document)
            self._spelt.update(*(_WORD.findall(text.casefold()) for _, _, text in rows))
            self._database.execute("BEGIN")
            for number, heading, text in rows:
                at = self._database.execute(
                    "INSERT INTO page (document, number, heading) VALUES (?, ?, ?)", (document, number, heading)
                ).lastrowid
                self._places[int(at or 0)] = (document, number)
                self._database.execute("INSERT INTO words (rowid, heading, text) VALUES (?, ?, ?)",
                                       (at, "" if number == TITLE else heading, text))  # fmt: skip
            self._database.execute("COMMIT")
            self.held[document] = stamp

    def drop(self, document: str) -> None:
        """Take a document out."""
        with self._lock:
            if self.held.pop(document, None) is None:
                return
            for (at,) in self._database.execute("SELECT id FROM page WHERE document = ?", (document,)).fetchall():
                del self._places[at]
            self._database.execute(
                "DELETE FROM words WHERE rowid IN (SELECT id FROM page WHERE document = ?)", (document,)
            )
            self._database.execute("DELETE FROM page WHERE document = ?", (document,))

    def search(self, search: Search, within: Collection[str], *, first: int = 0, count: int = 20) -> Found:
        """The best hits, beginning with the `first`, among those documents alone; counts are of those alone too."""
        order = self.order(search, within)
        hits = tuple(self.hit(search, *at) for at in order[first : first + count])
        return Found(hits, len(order), len({document for document, _ in order}))

    def order(self, search: Search, within: Collection[str]) -> list[tuple[str, int]]:
        """Every page that fits among those documents alone, the best first: its document and its number."""
        asked = expression(search)
        if not asked or not within:
            return []
        with self._lock:
            rows = self._database.execute(
                "SELECT rowid, bm25(words, 3.0, 1.0) FROM words WHERE words MATCH ?", (asked,)
            ).fetchall()
            places = self._places
            found = [(worth, places[at]) for at, worth in rows if places[at][0] in within]
        if search.place == IN_TITLES:
            found = [one for one in found if one[1][1] == TITLE]
        # Sorted here: to join and sort within the engine takes three times as long where most pages fit.
        return [place for _, place in sorted(found)]

    def common(self, search: Search, within: Collection[str]) -> tuple[Sought, ...]:
        """What of a search stands on so many of those documents' pages that it tells none of them from another."""
        found = []
        with self._lock:
            most = max(COMMON_PAGES, COMMON_SHARE * sum(document in within for document, _ in self._places.values()))
            for one in search.sought:
                rows = self._database.execute("SELECT rowid FROM words WHERE words MATCH ?", (_any(one),)).fetchall()
                if len(rows) > most and sum(self._places[at][0] in within for (at,) in rows) > most:
                    found.append(one)
        return tuple(found)

    def hit(self, search: Search, document: str, number: int, *, else_: tuple[int, int] = (0, 0)) -> Hit:
        """One page as a hit: around what is sought, or from one character to another where nothing of it stands there.

        Raises LookupError where the page is not in the index. The question itself would cut a piece out of every page,
        shown or not, so each that is shown is asked for by itself.
        """
        with self._lock:
            at, heading = self._database.execute(
                "SELECT id, heading FROM page WHERE document = ? AND number = ?", (document, number)
            ).fetchone() or (None, "")
            if at is None:
                raise LookupError("this page is not in the index")
            asked = expression(search)
            row = self._database.execute(
                f"SELECT highlight(words, 0, '{OPEN}', '{CLOSE}'), "  # noqa: S608
                f"snippet(words, 1, '{OPEN}', '{CLOSE}', ' … ', {_SAYS_AROUND}) FROM words "
                "WHERE words MATCH ? AND rowid = ?",
                (asked, at),
            ).fetchone() if asked else None  # fmt: skip
            if row is not None:
                return Hit(document, number, pieces(row[0]), pieces(row[1]))
            (text,) = self._database.execute("SELECT text FROM words WHERE rowid = ?", (at,)).fetchone()
        return Hit(document, number, pieces(heading), ((text[slice(*else_)], False),))

    def stretch(self, document: str, number: int, start: int, end: int) -> tuple[str, str, str]:
        """Some of the text of a page, with the heading of the page and the document's title; empty where it is gone."""
        with self._lock:
            row = self._database.execute(
                "SELECT substr(words.text, ?, ?), page.heading, titled.heading FROM page "
                "JOIN words ON words.rowid = page.id JOIN page AS titled ON titled.document = page.document "
                "WHERE page.document = ? AND page.number = ? AND titled.number = ?",
                (start + 1, end - start, document, number, TITLE),
            ).fetchone()
        return row or ("", "", "")

    def mended(self, search: Search, within: Collection[str]) -> Mended:
        """The search with each word that stands nowhere in those documents put right, where they have one like it.

        What stands in other documents is never offered: it would tell of them. What is exact stays as it is, and so
        does a sentence of many words.
        """
        if len(search.sought) > MOST_MENDED:
            return Mended(search)
        held: list[Sought] = []
        put: dict[str, str] = {}
        nowhere: list[str] = []
        for one in search.sought:
            if one.exact or one.ways[0][0] in SMALL or self._pages_with(one, within, most=1):
                held.append(one)
                continue
            words = {word: self._like(word, within) for word in one.ways[0]}
            put |= {word: other for word, other in words.items() if other != word}
            nowhere += [word for word, other in words.items() if not other]
            held.append(said(tuple(words.values())) if all(words.values()) else one)
        told = tuple((word, other) for word, other in put.items() if other)
        return Mended(searched(held, search.left_out, place=search.place), told, tuple(nowhere))

    def _like(self, word: str, within: Collection[str]) -> str:
        """The word itself where it is there, else the nearest that is there, the most frequent first; or nothing."""
        if self._pages_with(Sought(((word,),)), within, most=1):
            return word
        slips = slips_allowed(word)
        if not slips:
            return ""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        with self._lock:
            near = process.extract(word, sorted(self._spelt), scorer=OSA.distance, score_cutoff=slips, limit=None)
        for distance in range(1, slips + 1):
            counted = {
                other: self._pages_with(Sought(((other,),)), within) for other, slip, _ in near if slip == distance
            }
            if any(counted.values()):
                return max(counted, key=lambda other: (counted[other], other[:1] == word[:1], other))
        return ""

    def _pages_with(self, one: Sought, within: Collection[str], *, most: int = 1_000) -> int:
        """On how many of those pages it stands; no more than `most` are counted."""
        told = {"asked": _any(one), "within": json.dumps(list(within)), "most": most}
        with self._lock:
            return len(self._database.execute(f"SELECT 1 {_FOUND} LIMIT :most", told).fetchall())

    def documents_with(self, text: str, within: Collection[str], *, most: int) -> int:
        """In how many of those documents a text stands word by word; no more than `most` are counted."""
        told = {
            "asked": '"' + " ".join(_ANY_WORD.findall(text)) + '"',
            "within": json.dumps(list(within)),
            "most": most,
        }
        with self._lock:
            rows = self._database.execute(f"SELECT DISTINCT page.document {_FOUND} LIMIT :most", told).fetchall()
        return len(rows)

    def found_on(self, search: Search, document: str, number: int) -> tuple[tuple[str, bool], ...]:
        """The whole text of one page in pieces, what is sought marked; nothing where the page has none of it."""
        asked = expression(search)
        if not asked:
            return ()
        with self._lock:
            row = self._database.execute(
                f"SELECT highlight(words, 1, '{OPEN}', '{CLOSE}') FROM words JOIN page ON page.id = words.rowid "  # noqa: S608
                "WHERE words MATCH ? AND page.document = ? AND page.number = ?",
                (asked, document, number),
            ).fetchone()
        return pieces(row[0]) if row else ()


def pieces(marked: str) -> tuple[tuple[str, bool], ...]:
    """A text with marks as pieces, each with whether it was found."""
    held: list[tuple[str, bool]] = []
    for number, piece in enumerate(marked.split(OPEN)):
        found, mark, rest = piece.partition(CLOSE) if number else ("", "", piece)
        if mark:
            held.append((found, True))
        else:
            rest = found + rest
        if rest:
            held.append((rest, False))
    return tuple(held)


def expression(search: Search) -> str:
    """The search in the engine's own words; empty where nothing is sought. Every word stands in quotation marks."""
    if not search:
        return ""
    must = [_any(one) for one in search.sought if one.exact or not search.some]
    loose = [_any(one) for one in search.sought if search.some and not one.exact]
    asked = " AND ".join([*must, *(["(" + " OR ".join(loose) + ")"] if loose else [])])
    whole = " NOT ".join([f"({asked})", *(_any(one) for one in search.left_out)])
    return f"heading : ({whole})" if search.place == IN_HEADINGS else whole


def _any(sought: Sought) -> str:
    return "(" + " OR ".join('"' + " ".join(way) + '"' for way in sought.ways) + ")"
