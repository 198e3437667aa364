"""Stretches of a text: what is compared with a question by what it means, and which of them say the same."""

import hashlib
import re
from collections.abc import Iterable

from goldthread.domain.anchoring import sentences

ENDED, UNENDED = 4, 6
"""From how many words on a sentence that is ended, and one that is not, says something by itself."""

_LETTERS = re.compile(r"[^\W\d_]+")
_HEAD = re.compile(r"^(?:from|to|cc|bcc|sent|date|subject):[^\n]*$", re.IGNORECASE | re.MULTILINE)
"""A line of the head of a message."""
_END = re.compile(r"[.!?;][\"”’')\]]*\s*\Z")

SHORTEST = 12
"""A stretch of fewer characters says nothing: a number of a page, a line of a form."""

_AMOUNT = re.compile(
    r"(\b(?:sections?|parts?|regulations?|schedules?|paragraphs?|chapters?|stages?|levels?|forms?)\s+)?\d+(?:[.,]\d+)*",
    re.IGNORECASE,
)


CELL, SENTENCE = " | ", 6
"""What stands between the cells of a row, and from how many words on a cell says something by itself."""


def stretches(text: str) -> list[tuple[int, int]]:
    """From where to where each stretch of a page goes, in order: a sentence each, so that none means two things.

    A row of a table is one, unless a cell of it is a sentence: then each cell is.
    """
    found = [cell for start, end in sentences(text) for cell in _cells(text, start, end)]
    return [(start, end) for start, end in found if end - start >= SHORTEST]


def _cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    cells = text[start:end].split(CELL)
    if len(cells) == 1 or all(len(cell.split()) < SENTENCE for cell in cells):
        return [(start, end)]
    found = []
    for cell in cells:
        found.append((start, start + len(cell)))
        start += len(cell) + len(CELL)
    return found


def says_something(text: str, names: Iterable[str] = ()) -> bool:
    """Whether a stretch is an answer by itself: not a heading, a scrap of a line, or one of the `names` of its page.

    Ours: four words where it ends as a sentence does, six where it does not.
    """
    text = _HEAD.sub("", text)
    words = _LETTERS.findall(text.casefold())
    if len(words) < (ENDED if _END.search(text) else UNENDED):
        return False
    said = " ".join(words)
    return all(said not in " ".join(_LETTERS.findall(name.casefold())) for name in names)


def beyond_its_names(text: str, names: Iterable[str]) -> str:
    """What a stretch says besides the title or heading that runs into it; empty where none of the `names` does.

    A text that was read from a page has no full stop behind its title, so that the sentence below joins it.
    """
    rest = " ".join(text.split())
    for name in names:
        plain = " ".join(name.split())
        if len(_LETTERS.findall(plain)) > 1 and rest.casefold().startswith(plain.casefold()):
            return rest[len(plain) :].lstrip(" .:–-,0123456789")
    return ""


def unnumbered(text: str) -> str:
    """A stretch as its meaning is worked out: every amount is one and the same, and so are spaces.

    The number of a section, part or stage names a thing, and stays.
    """
    return " ".join(_AMOUNT.sub(lambda found: found[0] if found[1] else "7", text).split())


def sameness(text: str) -> int:
    """A number for what a stretch says but for its amounts: of two stretches it is the same where they say the same."""
    return int.from_bytes(hashlib.blake2b(unnumbered(text).casefold().encode(), digest_size=8).digest(), "big")
