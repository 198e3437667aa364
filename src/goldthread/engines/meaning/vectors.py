"""What documents mean, held in memory: a vector for each stretch of their text, and the nearest ones to a question.

A vector tells of its text, so whoever keeps one seals it. It is kept in 8 bits a number: what is nearest stays nearest.
What says the same, but for amounts, is held once with all its places. What stands in many of the documents that are
searched is weighed down: a stock sentence is about everything, and so about nothing that was asked.
"""

import hashlib
import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from goldthread.engines.meaning import SIZE

LEAST_LIKENESS = 0.20
"""What is less like a question than this is not shown: the cosine of the angle between them. Ours: of the 60 questions
of the invented library 53 have their answer above, and names and numbers that stand nowhere find nothing above."""

LEAST_SHARE, CLEAR = 0.5, 0.5
"""Nor what is less like it than this share of the best, where a clear answer is there: it leaves no room for vague
ones. What is more than clear, as the very words of a question are, asks no more of the others. Ours; of the answers
that were found none is lost."""

STOCK = 0.3
"""How much of likeness a sentence loses that stands in every document; less by the logarithm of its documents. Ours: of
0 to 0.3 the best on one half of the 60 questions (25 of 30 found, 9 without), and on the other (23 of 30, 11 without).
"""

FEW = 100
"""In fewer documents than this a sentence that comes again is weighed as though there were so many."""

ALIKE = 0.85
"""From this likeness on two sentences say the same: a stock sentence misread from a picture is still one. Ours."""

WIDESPREAD, MOST_STOCK, MOST_WEIGHED = 4, 1_000, 200
"""What stands in so many documents is a stock sentence; so many of them, the most frequent, are compared with so many
of the nearest."""

OTHERWISE = 0.04
"""How much less it counts to be like a question in other words for it than to be like the question itself. Ours."""

A_BLOCK = 1_024

_STRETCH = np.dtype([("page", "<u4"), ("start", "<u4"), ("end", "<u4"), ("scale", "<f4"), ("same", "<u8"),
                     ("told", "i1", (SIZE,))])  # fmt: skip
_PLACE = ["page", "start", "end"]


@dataclass(frozen=True, slots=True)
class Near:
    """A page that means something near to what was asked: the stretch of it that is nearest, and how near, to 1.

    `documents` is in how many of the documents that are searched that stretch stands.
    """

    document: str
    page: int
    start: int
    end: int
    likeness: float
    documents: int = 1


Worthy: TypeAlias = Callable[[str, int, int, int], bool]
"""Whether a stretch says something: its document, its page, from which character to which."""


@dataclass(frozen=True, slots=True)
class _Counted:
    """In how many of certain documents each saying stands, and the stock sentences among them with their vectors."""

    asked: bytes
    documents: NDArray[np.int64]
    stock: NDArray[np.int64]
    vectors: NDArray[np.float32]


def packed(
    places: Sequence[tuple[int, int, int]], vectors: NDArray[np.float32], same: Sequence[int] | None = None
) -> bytes:
    """Stretches with their vectors as they are kept: each place is a page and from which character to which.

    `same` is one number for all stretches that say the same; without it those are the same whose vectors are.
    """
    held = np.zeros(len(places), _STRETCH)
    if places:
        most = np.maximum(np.abs(vectors).max(axis=1), 1e-9)
        for name, column in zip(("page", "start", "end"), zip(*places, strict=True), strict=True):
            held[name] = column
        held["scale"] = most / 127
        held["told"] = np.rint(vectors / most[:, None] * 127)
        held["same"] = [_number(row) for row in held["told"]] if same is None else np.array(same, np.uint64)
    return held.tobytes()


def _number(row: NDArray[np.int8]) -> int:
    return int.from_bytes(hashlib.blake2b(row.tobytes(), digest_size=8).digest(), "big")


@dataclass(frozen=True, slots=True)
class _Joined:
    """Every saying once, in `told` with its `scale`, and all places of all sayings: `saying` is ascending."""

    names: list[str]
    told: NDArray[np.int8]
    scale: NDArray[np.float32]
    saying: NDArray[np.int64]
    owners: NDArray[np.int64]
    places: NDArray[np.void]

    def vectors(self, sayings: NDArray[np.int64]) -> NDArray[np.float32]:
        """The vectors of some sayings."""
        return self.told[sayings].astype(np.float32) * self.scale[sayings, None]

    def documents_of(self, mine: NDArray[np.bool_]) -> NDArray[np.int64]:
        """In how many of those documents each saying stands."""
        pairs = np.unique(self.saying * len(self.names) + self.owners)
        mine_of = mine[pairs % len(self.names)]
        return np.bincount(pairs[mine_of] // len(self.names), minlength=len(self.told))


@dataclass(slots=True)
class VectorIndex:
    """The vectors of one inspection's documents. `held` names each document that is in it, with a stamp of its own."""

    held: dict[str, int] = field(default_factory=dict)
    _parts: dict[str, tuple[NDArray[np.uint64], NDArray[np.void]]] = field(default_factory=dict)
    _sayings: dict[int, tuple[float, bytes]] = field(default_factory=dict)
    _whole: _Joined | None = None
    _counted: _Counted | None = None
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def put(self, document: str, stamp: int, kept: bytes) -> None:
        """Take a document in, or anew, from what `packed` made of it."""
        rows = np.frombuffer(kept, _STRETCH)
        with self._lock:
            for at, same in enumerate(rows["same"].tolist()):
                if same not in self._sayings:
                    self._sayings[same] = (float(rows["scale"][at]), rows["told"][at].tobytes())
            self._parts[document] = (rows["same"].copy(), rows[_PLACE].copy())
            self._whole = self._counted = None
            self.held[document] = stamp

    def drop(self, document: str) -> None:
        """Take a document out."""
        with self._lock:
            if self.held.pop(document, None) is not None:
                del self._parts[document]
                self._whole = self._counted = None

    def nearest(
        self, asked: NDArray[np.float32], within: Collection[str], *, most: int, worthy: Worthy | None = None
    ) -> list[Near]:
        """The pages of those documents alone that are nearest, the nearest first, each with its nearest stretch.

        `asked` is the question in a row, and in further rows the same question in other words, of which each stretch
        is compared with the one that it is most like. A stretch that is not `worthy` is passed over, where that is
        asked.
        """
        with self._lock:
            whole = self._joined()
            mine = np.fromiter((name in within for name in whole.names), bool, len(whole.names))
            if not len(whole.told) or not mine.any():
                return []
            counted = self._documents(whole, mine)
        questions = np.atleast_2d(asked).T
        less = np.where(np.arange(questions.shape[1]) > 0, OTHERWISE, 0).astype(np.float32)
        likeness = np.empty(len(whole.told), np.float32)
        for first in range(0, len(likeness), A_BLOCK):
            block = slice(first, first + A_BLOCK)
            like = whole.told[block].astype(np.float32) @ questions * whole.scale[block, None]
            likeness[block] = (like - less).max(axis=1)
        return _Looking(whole, mine, counted, likeness, worthy or (lambda *_: True)).pages(most)

    def _documents(self, whole: _Joined, mine: NDArray[np.bool_]) -> _Counted:
        """In how many of those documents each saying stands; of the last that were asked for it is kept."""
        asked = mine.tobytes()
        if self._counted is None or self._counted.asked != asked:
            documents = whole.documents_of(mine)
            often = np.argsort(-documents, kind="stable")[:MOST_STOCK]
            stock = often[documents[often] >= WIDESPREAD]
            self._counted = _Counted(asked, documents, stock, whole.vectors(stock))
        return self._counted

    def _joined(self) -> _Joined:
        if self._whole is None:
            names = list(self._parts)
            same = np.concatenate([np.zeros(0, np.uint64), *(self._parts[name][0] for name in names)])
            places = np.concatenate([np.zeros(0, _STRETCH)[_PLACE], *(self._parts[name][1] for name in names)])
            owners = np.repeat(np.arange(len(names)), [len(self._parts[name][0]) for name in names])
            numbers, saying = np.unique(same, return_inverse=True)
            # What stood only in what was dropped goes here.
            self._sayings = {number: self._sayings[number] for number in numbers.tolist()}
            told = np.frombuffer(b"".join(row for _, row in self._sayings.values()), np.int8).reshape(-1, SIZE)
            scale = np.array([scale for scale, _ in self._sayings.values()], np.float32)
            order = np.argsort(saying, kind="stable")
            self._whole = _Joined(names, told, scale, saying[order], owners[order], places[order])
        return self._whole


@dataclass(frozen=True, slots=True)
class _Looking:
    """One look through the sayings: which are near enough, and on which pages they stand."""

    whole: _Joined
    mine: NDArray[np.bool_]
    counted: _Counted
    likeness: NDArray[np.float32]
    worthy: Worthy

    def pages(self, most: int) -> list[Near]:
        """The first page of each saying, the best first, then the others: one sentence on many pages is one answer.

        A stock sentence is shown once, with the number of documents in which it stands.
        """
        first: dict[tuple[str, int], Near] = {}
        more: dict[tuple[str, int], Near] = {}
        met: set[int] = set()
        best = 0.0
        for saying, same, worth in self._order():
            if worth < max(LEAST_LIKENESS, LEAST_SHARE * min(best, CLEAR)) or len(first) >= most:
                break
            documents = int(self.counted.documents[same])
            if same in met and documents >= WIDESPREAD:
                continue
            for near in self._places(saying, documents, 1 if documents >= WIDESPREAD else most):
                at = (near.document, near.page)
                if at not in first:
                    (more if same in met else first).setdefault(at, near)
                    met.add(same)
                    best = best or worth
        return list((first | {at: near for at, near in more.items() if at not in first}).values())[:most]

    def _order(self) -> list[tuple[int, int, float]]:
        """Sayings that are near, the best first: each with the stock sentence that it is, or itself, and its worth."""
        chosen = np.flatnonzero((self.likeness >= LEAST_LIKENESS) & (self.counted.documents > 0))
        chosen = chosen[np.argsort(-self._worth(chosen, chosen), kind="stable")]
        same = chosen.copy()
        if len(self.counted.stock) and len(chosen):
            alike = self.whole.vectors(chosen[:MOST_WEIGHED]) @ self.counted.vectors.T
            which, how = alike.argmax(axis=1), alike.max(axis=1)
            same[:MOST_WEIGHED] = np.where(how >= ALIKE, self.counted.stock[which], same[:MOST_WEIGHED])
        worth = self._worth(chosen, same)
        best = np.argsort(-worth, kind="stable")
        return list(zip(chosen[best].tolist(), same[best].tolist(), worth[best].tolist(), strict=True))

    def _worth(self, sayings: NDArray[np.int64], same: NDArray[np.int64]) -> NDArray[np.float64]:
        """Likeness, less what a stock sentence loses; each counts in as many documents as what it is the same as."""
        documents = np.maximum(self.counted.documents[sayings], self.counted.documents[same])
        lost = STOCK * np.log(documents) / np.log(max(FEW, int(self.mine.sum())))
        return np.asarray(self.likeness[sayings] - lost, np.float64)

    def _places(self, saying: int, documents: int, most: int) -> list[Near]:
        """The first pages on which a saying stands and says something."""
        whole, found = self.whole, []
        begin, end = np.searchsorted(whole.saying, (saying, saying + 1))
        for at in (begin + np.flatnonzero(self.mine[whole.owners[begin:end]]))[: max(most, 3)]:
            name, (page, start, stop) = whole.names[whole.owners[at]], whole.places[at].tolist()
            if self.worthy(name, page, start, stop):
                found.append(Near(name, page, start, stop, float(self.likeness[saying]), documents))
        return found[:most]
