"""Stretches of a text: what is compared with a question by what it means, and which of them say the same."""

import hashlib
import re

from goldthread.domain.anchoring import sentences

SHORTEST = 12
"""A stretch of fewer characters says nothing: a number of a page, a line of a form."""

_AMOUNT = re.compile(
    r"(\b(?:sections?|parts?|regulations?|schedules?|paragraphs?|chapters?|stages?|levels?|forms?)\s+)?\d+(?:[.,]\d+)*",
    re.IGNORECASE,
)


def stretches(text: str) -> list[tuple[int, int]]:
    """From where to where each stretch of a page goes, in order: a sentence each, so that none means two things."""
    return [(start, end) for start, end in sentences(text) if end - start >= SHORTEST]


def unnumbered(text: str) -> str:
    """A stretch as its meaning is worked out: every amount is one and the same, and so are spaces.

    The number of a section, part or stage names a thing, and stays.
    """
    return " ".join(_AMOUNT.sub(lambda found: found[0] if found[1] else "7", text).split())


def sameness(text: str) -> int:
    """A number for what a stretch says but for its amounts: of two stretches it is the same where they say the same."""
    return int.from_bytes(hashlib.blake2b(unnumbered(text).casefold().encode(), digest_size=8).digest(), "big")
