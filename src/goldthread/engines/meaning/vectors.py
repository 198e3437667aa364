"""What documents mean, held in memory: a vector for each stretch of their text, and the nearest ones to a question.

A vector tells of its text, so whoever keeps one seals it. It is kept in 8 bits a number: what is nearest stays nearest.
"""

import threading
from collections.abc import Collection
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from goldthread.engines.meaning import SIZE

LEAST_LIKENESS = 0.20
"""What is less like a question than this is not shown: the cosine of the angle between them. Ours: of the 60 questions
of the invented library 53 have their answer above, and names and numbers that stand nowhere find nothing above."""

A_BLOCK = 1_024

_STRETCH = np.dtype([("page", "<u4"), ("start", "<u4"), ("end", "<u4"), ("scale", "<f4"), ("told", "i1", (SIZE,))])
_PLACE = ["page", "start", "end", "scale"]


@dataclass(frozen=True, slots=True)
class Near:
    """A page that means something near to what was asked: the stretch of it that is nearest, and how near, to 1."""

    document: str
    page: int
    start: int
    end: int
    likeness: float


def packed(places: list[tuple[int, int, int]], vectors: NDArray[np.float32]) -> bytes:
    """Stretches with their vectors as they are kept: each place is a page and from which character to which."""
    held = np.zeros(len(places), _STRETCH)
    if places:
        most = np.maximum(np.abs(vectors).max(axis=1), 1e-9)
        for name, column in zip(("page", "start", "end"), zip(*places, strict=True), strict=True):
            held[name] = column
        held["scale"] = most / 127
        held["told"] = np.rint(vectors / most[:, None] * 127)
    return held.tobytes()


@dataclass(frozen=True, slots=True)
class _Joined:
    """All documents' stretches one after another, and which document each belongs to."""

    names: list[str]
    owners: NDArray[np.int64]
    told: NDArray[np.int8]
    places: NDArray[np.void]


@dataclass(slots=True)
class VectorIndex:
    """The vectors of one inspection's documents. `held` names each document that is in it, with a stamp of its own."""

    held: dict[str, int] = field(default_factory=dict)
    _parts: dict[str, tuple[NDArray[np.int8], NDArray[np.void]]] = field(default_factory=dict)
    _whole: _Joined | None = None
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def put(self, document: str, stamp: int, kept: bytes) -> None:
        """Take a document in, or anew, from what `packed` made of it."""
        rows = np.frombuffer(kept, _STRETCH)
        with self._lock:
            self._parts[document], self._whole = (rows["told"].copy(), rows[_PLACE].copy()), None
            self.held[document] = stamp

    def drop(self, document: str) -> None:
        """Take a document out."""
        with self._lock:
            if self.held.pop(document, None) is not None:
                del self._parts[document]
                self._whole = None

    def nearest(self, asked: NDArray[np.float32], within: Collection[str], *, most: int) -> list[Near]:
        """The pages of those documents alone that are nearest, the nearest first, each with its nearest stretch."""
        with self._lock:
            whole = self._joined()
        mine = np.fromiter((name in within for name in whole.names), bool, len(whole.names))
        if not len(whole.owners) or not mine.any():
            return []
        likeness = np.empty(len(whole.owners), np.float32)
        for first in range(0, len(likeness), A_BLOCK):
            likeness[first : first + A_BLOCK] = whole.told[first : first + A_BLOCK].astype(np.float32) @ asked
        likeness *= whole.places["scale"]
        chosen = np.flatnonzero((likeness >= LEAST_LIKENESS) & mine[whole.owners])
        found: dict[tuple[str, int], Near] = {}
        for at in chosen[np.argsort(-likeness[chosen], kind="stable")]:
            if len(found) >= most:
                break
            name, row = whole.names[whole.owners[at]], whole.places[at]
            page = int(row["page"])
            found.setdefault((name, page), Near(name, page, int(row["start"]), int(row["end"]), float(likeness[at])))
        return list(found.values())

    def _joined(self) -> _Joined:
        if self._whole is None:
            names = list(self._parts)
            sizes = [len(self._parts[name][0]) for name in names]
            told = np.concatenate([np.zeros((0, SIZE), np.int8), *(self._parts[name][0] for name in names)])
            places = np.concatenate([np.zeros(0, _STRETCH)[_PLACE], *(self._parts[name][1] for name in names)])
            self._whole = _Joined(names, np.repeat(np.arange(len(names)), sizes), told, places)
            # What is joined is not held twice: each part looks at its piece of the whole.
            end = 0
            for name, size in zip(names, sizes, strict=True):
                self._parts[name] = (told[end : end + size], places[end : end + size])
                end += size
        return self._whole
