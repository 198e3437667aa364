"""Where a quotation stands in a text: found by its words, whatever became of spaces and line ends between them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

LEAST, MOST = 3, 1_500
"""A quotation has so many characters at least, and at most."""

FULL_LINE = 60
"""Characters of a line that was broken because it was full. Ours: headings and lines of forms are shorter."""

_SAME = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "\xa0": " ", "\xad": ""})


@dataclass(frozen=True, slots=True)
class Place:
    """A passage: its page, the first being 1, and from which character to before which."""

    page: int
    start: int
    end: int


def find(quotation: str, text: str, *, near: int = 0) -> tuple[int, int] | None:
    """From where to where the words of a quotation stand in a text; of several places the one nearest to `near`.

    Quotation marks, dashes and spaces may differ; a letter may not.
    """
    words = quotation.translate(_SAME).split()
    if not words:
        return None
    pattern = re.compile(r"\s+".join(re.escape(word) for word in words), re.IGNORECASE)
    # A soft hyphen has no place in the comparison; all other signs are one for one, so places stay as they are.
    plain = text.translate({**_SAME, ord("\xad"): "\xad"})
    found = [match.span() for match in pattern.finditer(plain)]
    return min(found, key=lambda span: abs(span[0] - near), default=None)


def find_again(quotation: str, pages: Sequence[str], was: Place) -> Place | None:
    """Where the same words stand in another version: on the page nearest to where they stood; None where nowhere."""
    order = sorted(range(1, len(pages) + 1), key=lambda number: (abs(number - was.page), number))
    for number in order:
        span = find(quotation, pages[number - 1], near=was.start)
        if span is not None:
            return Place(number, *span)
    return None


def sentences(text: str) -> list[tuple[int, int]]:
    """From where to where each sentence of a text goes; a line end after which a new paragraph begins ends one too.

    A line that breaks off within a sentence, as those of a PDF do, goes on in the next.
    """
    found, start = [], 0
    for match in re.finditer(r"(?<=[.!?;])[\"”’')]*\s+|\n+", text):
        if text[start : match.start()].strip() and not _goes_on(text, match):
            found.append((start, match.end()))
            start = match.end()
    if text[start:].strip():
        found.append((start, len(text)))
    return [_trimmed(text, *span) for span in found]


def _goes_on(text: str, gap: re.Match[str]) -> bool:
    """Whether a line end is within a sentence: a full line with no end mark, or a small letter after it."""
    if gap[0] != "\n":
        return False
    before = text[text.rfind("\n", 0, gap.start()) + 1 : gap.start()].rstrip()
    after = text[gap.end() : gap.end() + 1]
    if before[-1:] in ".!?;:" or not after.isalnum():
        return False
    return after.islower() or len(before) >= FULL_LINE


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))
