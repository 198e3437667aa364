"""Taking passages out of a document: where words stand in a text, and areas of a page, as people write them.

A passage is found as its words stand: letters of either case, whatever became of spaces, line ends, quotation marks
and dashes between them, and only where they are words of their own: "Ann" is not found in "Annual".
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LEAST, MOST = 2, 300
"""A passage that is looked for has so many characters at least, and at most."""
MOST_PASSAGES, MOST_AREAS = 60, 200
WHOLE = 10_000
"""A place on a page is told in ten-thousandths of its width or height."""
TAKEN_OUT = "[taken out]"
"""What stands in a text in the place of what was taken out."""

_SAME = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-"})
_AREA = re.compile(r"(?:page\s+)?(\d{1,5})\s*:\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})", re.IGNORECASE)
_WHOLE_PAGE = re.compile(r"(?:page\s+)?(\d{1,5})\s*:\s*(?:all|whole)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a page, the first being 1: left, top, right and bottom in ten-thousandths of its width or height."""

    page: int
    left: int
    top: int
    right: int
    bottom: int

    @property
    def sound(self) -> bool:
        """Whether it lies on the page and is no mere line."""
        across = 0 <= self.left < self.right <= WHOLE
        return self.page >= 1 and across and 0 <= self.top < self.bottom <= WHOLE

    def wider(self, by: int) -> "Box":
        """The same with a margin, within the page."""
        return Box(
            self.page, max(0, self.left - by), max(0, self.top - by), min(WHOLE, self.right + by),
            min(WHOLE, self.bottom + by),
        )  # fmt: skip


def every_place(passage: str, text: str) -> list[tuple[int, int]]:
    """From where to where each standing of a passage in a text goes; nothing where it stands nowhere."""
    words = passage.translate(_SAME).replace("\xad", "").split()
    if not words:
        return []
    # A word may be broken at the end of a line, with a hyphen or without it being seen.
    broken = r"(?:\xad\s*|-\s*\n\s*)?"
    parts = [broken.join(re.escape(sign) for sign in word) for word in words]
    before, after = (r"(?<!\w)" if words[0][0].isalnum() else ""), (r"(?!\w)" if words[-1][-1].isalnum() else "")
    pattern = re.compile(before + r"[\s\x00\xa0]+".join(parts) + after, re.IGNORECASE)
    return [match.span() for match in pattern.finditer(text.translate(_SAME))]


def passages_of(written: str) -> list[str]:
    """The passages that somebody wrote, a line each, without those that are there twice."""
    return list(dict.fromkeys(" ".join(line.split()) for line in written.splitlines() if line.strip()))


def areas_of(written: str) -> tuple[list[Box], list[int]]:
    """The areas that somebody wrote, a line each, as “3: 10 40 60 45” (page: left top right bottom, in hundredths) or
    “3: all”; and the numbers of the lines that are none."""
    found, wrong = [], []
    for number, line in enumerate((line.strip() for line in written.splitlines()), 1):
        if not line:
            continue
        told, whole = _AREA.fullmatch(line), _WHOLE_PAGE.fullmatch(line)
        box = None
        if told:
            page, *edges = (int(one) for one in told.groups())
            box = Box(page, *(100 * edge for edge in edges))
        elif whole:
            box = Box(int(whole.group(1)), 0, 0, WHOLE, WHOLE)
        if box is not None and box.sound:
            found.append(box)
        else:
            wrong.append(number)
    return found, wrong


def without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """A text with each of these stretches gone, and said to be gone."""
    told, at = [], 0
    for start, end in merged(spans):
        told.append(text[at:start] + TAKEN_OUT)
        at = end
    return "".join(told) + text[at:]


def merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches in order, those that overlap as one."""
    told: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if told and start < told[-1][1]:
            told[-1] = (told[-1][0], max(told[-1][1], end))
        else:
            told.append((start, end))
    return told


def still_there(passages: Sequence[str], pages: Sequence[str]) -> list[tuple[int, int]]:
    """Which passages stand on which pages after all: the number of the passage and that of the page, from 1."""
    return [
        (which, number)
        for number, text in enumerate(pages, 1)
        for which, passage in enumerate(passages, 1)
        if every_place(passage, text)
    ]  # fmt: skip
