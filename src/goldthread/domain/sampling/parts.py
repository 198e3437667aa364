"""The order in which people list the parts of a frame."""

import re
from collections.abc import Iterable

_FIGURES = re.compile(r"(\d+)")
_BELOW = re.compile(r"\bunder (?=\d)", re.IGNORECASE)


def in_order(names: Iterable[str]) -> list[str]:
    """Names of parts as a reader looks for them: by their words, and the ages within them by their figures.

    “1 to 4” stands before “10 to 15”, and “Under 1” before both.
    """
    return sorted(names, key=_place)


def _place(name: str) -> tuple[tuple[int, float, str], ...]:
    below = bool(_BELOW.search(name))
    pieces = _FIGURES.split(_BELOW.sub("", name))
    # A piece of words and a figure are never compared with each other: the first number of a place tells them apart.
    return tuple(
        (1, int(one) - 0.5 * below, "") if one.isdecimal() else (0, 0.0, one.casefold()) for one in pieces if one
    )
