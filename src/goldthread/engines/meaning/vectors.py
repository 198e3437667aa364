"""What documents mean, held in memory: a vector for each stretch of their text, and the nearest ones to a question.

A vector tells of its text, so whoever keeps one seals it. It is kept in 8 bits a number: what is nearest stays nearest.
What says the same, but for amounts, is held once with all its places. What stands in many of the documents that are
searched is weighed down: a stock sentence is about everything, and so about nothing that was asked.
"""

import hashlib
import threading
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from goldthread.engines.meaning import SIZE

LEAST_LIKENESS = 0.20
"""What is less like a question than this is not shown: the cosine of the angle between them. Ours: of the 60 questions
of the invented library 53 have their answer above, and names and numbers that stand nowhere find nothing above."""

STOCK = 0.3
"""How much of likeness a sentence loses that stands in every document; less by the logarithm of its documents. Ours: of
0 to 0.3 the best on one half of the 60 questions (25 of 30 found, 9 without), and on the other (23 of 30, 11 without).
"""

FEW = 100
"""In fewer documents than this a sentence that comes again is weighed as though there were so many."""

A_BLOCK = 1_024

_STRETCH = np.dtype([("page", "<u4"), ("start", "<u4"), ("end", "<u4"), ("scale", "<f4"), ("same", "<u8"),
                     ("told", "i1", (SIZE,))])  # fmt: skip
_PLACE = ["page", "start", "end"]


@dataclass(frozen=True, slots=True)
class Near:
    """A page that means something near to what was asked: the stretch of it that is nearest, and how near, to 1."""

    document: str
    page: int
    start: int
    end: int
    likeness: float


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
    _counted: tuple[bytes, NDArray[np.int64]] | None = None
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

    def nearest(self, asked: NDArray[np.float32], within: Collection[str], *, most: int) -> list[Near]:
        """The pages of those documents alone that are nearest, the nearest first, each with its nearest stretch."""
        with self._lock:
            whole = self._joined()
            mine = np.fromiter((name in within for name in whole.names), bool, len(whole.names))
            if not len(whole.told) or not mine.any():
                return []
            documents = self._documents(whole, mine)
        likeness = np.empty(len(whole.told), np.float32)
        for first in range(0, len(likeness), A_BLOCK):
            likeness[first : first + A_BLOCK] = whole.told[first : first + A_BLOCK].astype(np.float32) @ asked
        likeness *= whole.scale
        chosen = np.flatnonzero((likeness >= LEAST_LIKENESS) & (documents > 0))
        worth = likeness[chosen] - STOCK * np.log(documents[chosen]) / np.log(max(FEW, int(mine.sum())))
        order = [int(saying) for saying in chosen[np.argsort(-worth, kind="stable")]]
        return _pages(whole, mine, order, likeness, most)

    def _documents(self, whole: _Joined, mine: NDArray[np.bool_]) -> NDArray[np.int64]:
        """In how many of those documents each saying stands; of the last that were asked for it is kept."""
        asked = mine.tobytes()
        if self._counted is None or self._counted[0] != asked:
            self._counted = (asked, whole.documents_of(mine))
        return self._counted[1]

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


def _pages(
    whole: _Joined, mine: NDArray[np.bool_], order: Sequence[int], likeness: NDArray[np.float32], most: int
) -> list[Near]:
    """The first page of each saying in this order, then the others: one sentence on many pages is one answer."""
    first: dict[tuple[str, int], Near] = {}
    more: dict[tuple[str, int], Near] = {}
    for saying in order:
        begin, end = np.searchsorted(whole.saying, (saying, saying + 1))
        held = first
        for at in begin + np.flatnonzero(mine[whole.owners[begin:end]])[:most]:
            name, (page, start, stop) = whole.names[whole.owners[at]], whole.places[at].tolist()
            if (name, page) not in first:
                held.setdefault((name, page), Near(name, page, start, stop, float(likeness[saying])))
                held = more
        if len(first) >= most:
            break
    return list((first | {at: near for at, near in more.items() if at not in first}).values())[:most]
