"""What changed between two versions of a text, paragraph by paragraph and word by word, as a reader can be told it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

ALIKE = 0.4
"""From which share of common words on a paragraph counts as the same one, changed. Ours: below it, two paragraphs laid
into each other are harder to read than one taken out and one put in."""

_WORDS = re.compile(r"\S+\s*|\s+")


class Change(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    OUT = "out"
    IN = "in"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in a row that share one fate."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A paragraph before and after, each with its number from 1; None where there is none on that side."""

    before: int | None
    after: int | None
    pieces: tuple[Piece, ...]

    @property
    def changed(self) -> bool:
        """Whether anything of it changed."""
        return any(one.change is not Change.SAME for one in self.pieces)


def words(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces by which one text becomes the other. What stayed and what went make the text before; what stayed and
    what came make the text after, white space folded."""
    old, new = (_WORDS.findall(" ".join(text.split())) for text in (before, after))
    # Compared without the space after them: a word that comes to stand last is the same word.
    matcher = SequenceMatcher(None, [one.strip() for one in old], [one.strip() for one in new], autojunk=False)
    found: list[Piece] = []
    for does, a, b, c, d in matcher.get_opcodes():
        if does == "equal":
            found.append(Piece(Change.SAME, "".join(new[c:d])))
            continue
        if a < b:
            found.append(Piece(Change.OUT, "".join(old[a:b])))
        if c < d:
            found.append(Piece(Change.IN, "".join(new[c:d])))
    return tuple(found)


def paragraphs(before: Sequence[str], after: Sequence[str]) -> list[Pair]:
    """The paragraphs of both, in the order of the newer, what went standing where it stood."""
    told = []
    for old, new in _aligned(before, after):
        was, now = before[old] if old is not None else "", after[new] if new is not None else ""
        told.append(Pair(None if old is None else old + 1, None if new is None else new + 1, words(was, now)))
    return told


def _aligned(before: Sequence[str], after: Sequence[str]) -> list[tuple[int | None, int | None]]:
    """Pairs of places in order: the way through both that keeps most in common."""
    likes = [[_alike(old, new) for new in after] for old in before]
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for i in reversed(range(len(before))):
        for j in reversed(range(len(after))):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], likes[i][j] and likes[i][j] + best[i + 1][j + 1])
    found: list[tuple[int | None, int | None]] = []
    i = j = 0
    while i < len(before) and j < len(after):
        if likes[i][j] and best[i][j] == likes[i][j] + best[i + 1][j + 1]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            found.append((i, None))
            i += 1
        else:
            found.append((None, j))
            j += 1
    found += [(one, None) for one in range(i, len(before))]
    return found + [(None, one) for one in range(j, len(after))]


def _alike(old: str, new: str) -> float:
    share = SequenceMatcher(None, old.split(), new.split(), autojunk=False).ratio() if old != new else 1.0
    return share if share >= ALIKE else 0.0
