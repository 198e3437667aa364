"""A document's text for reading and citing: sentences that can be chosen, and paging through numbered pages."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from django.core.paginator import Page, Paginator

from goldthread.domain.anchoring import sentences as spans


def sentences(text: str) -> list[tuple[int, str]]:
    """The sentences of a page, numbered from 1."""
    return [(number, text[start:end]) for number, (start, end) in enumerate(spans(text), 1)]


def chosen(text: str, first: str, last: str) -> str:
    """The words from one sentence to another, both included; empty where none is chosen."""
    held = spans(text)
    numbers = [int(one) for one in (first, last) if one.isascii() and one.isdigit() and len(one) < 6]
    numbers = [one for one in numbers if 1 <= one <= len(held)]
    if not numbers:
        return ""
    return text[held[min(numbers) - 1][0] : held[max(numbers) - 1][1]]


def between(text: str, start: str, end: str) -> str:
    """The words from one character to before another; empty where these are no places in the text."""
    if not all(one.isascii() and one.isdigit() and len(one) < 9 for one in (start, end)):
        return ""
    return text[int(start) : int(end)].strip()


def around(text: str, near: str) -> tuple[tuple[str, bool], ...]:
    """A page in pieces, the stretch marked that means what was asked, as “start-end”; nothing where it is no place."""
    start, _, end = near.partition("-")
    words = between(text, start, end)
    if not words:
        return ()
    first, last = int(start), int(start) + len(text[int(start) : int(end)])
    return tuple(piece for piece in ((text[:first], False), (text[first:last], True), (text[last:], False)) if piece[0])


def parted(
    pieces: Sequence[tuple[str, bool]], unsure: Sequence[tuple[int, int]]
) -> list[tuple[str, bool, bool]]:  # fmt: skip
    """A page in pieces, each with whether it was found and whether the reading of the picture was unsure of it."""
    told: list[tuple[str, bool, bool]] = []
    begins = 0
    for text, found in pieces:
        ends = begins + len(text)
        cuts = {begins, ends, *(at for span in unsure for at in span if begins < at < ends)}
        places = sorted(cuts)
        for first, last in pairwise(places):
            doubted = any(start <= first and last <= end for start, end in unsure)
            told.append((text[first - begins : last - begins], found, doubted))
        begins = ends
    return told


def picked(text: str, words: str, start: int) -> tuple[int, int]:
    """The numbers of the first and the last sentence that words, which begin at a place or soon after, stand in."""
    held = spans(text)
    begins = text.find(words, start)
    # Sentences chosen in the wrong order begin before the first of them.
    begins = text.find(words) if begins < 0 else begins
    if not words or begins < 0 or not held:
        return 1, 0
    last = begins + len(words) - 1
    numbers = [number for number, (_, end) in enumerate(held, 1) if end > begins]
    first = numbers[0] if numbers else len(held)
    return first, max(first, *(number for number, (at, _) in enumerate(held, 1) if at <= last), 1)


def begins_at(text: str, first: str, start: str) -> int:
    """At which character what was chosen begins: by its place, or by its first sentence; 0 where nothing was chosen."""
    if start.isascii() and start.isdigit() and len(start) < 9:
        return int(start)
    held = spans(text)
    number = int(first) if first.isascii() and first.isdigit() and len(first) < 6 else 0
    return held[number - 1][0] if 1 <= number <= len(held) else 0


def number_of(asked: str, most: int) -> int:
    """The number of the page that is asked for; the first where it is none."""
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
    return min(max(1, number), max(1, most))


def paged(count: int, number: int, a_page: int) -> Page[Any]:
    """A page of a list that is known by its length alone, for the links to the others."""
    return Paginator(range(count), a_page).get_page(number)
