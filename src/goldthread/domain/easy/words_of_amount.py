"""Words that say how much or how good, without a number: what an edition says in them, the full report must say too."""

import re

AMOUNTS = (
    "all", "every", "everybody", "everyone", "always", "most", "nearly all", "almost all", "majority", "many", "often",
    "usually", "some", "sometimes", "few", "rarely", "seldom", "hardly", "none", "nobody", "never",
)  # fmt: skip
"""Words of amount [J]. "No" alone is left out: it mostly denies something and counts nothing."""

GRADES = ("outstanding", "requires improvement", "inadequate")
"""Grades that are no everyday words; "good" is one, so that it says no grade by itself."""


def amounts_not_said(text: str, full: str) -> list[str]:
    """The words of amount that a text uses and the full one does not, in the order of `AMOUNTS`."""
    return [one for one in AMOUNTS if _has(text, one) and not _has(full, one)]


def grades_not_said(text: str, full: str) -> list[str]:
    """The grades that a text names and the full one does not."""
    return [one for one in GRADES if _has(text, one) and not _has(full, one)]


def _has(text: str, word: str) -> bool:
    return re.search(rf"\b{word}\b", text, re.IGNORECASE) is not None
