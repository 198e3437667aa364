"""Words that were written as one, taken apart into words that are known: 'abuseorneglect'."""

from collections.abc import Collection

_SHORTEST = 3
_SHORT = frozenset(["of", "or", "to", "at", "in", "no", "by", "is", "on", "as", "be", "la", "gp"])
"""Words of two letters that may stand inside; any other would be found in every long word."""
_MOST_PARTS = 9
_LONG_WORD = 4
_MORE_PARTS_FROM = 7
"""A shorter word is parted into two only, of three letters each: chance finds short words in it."""
_DENIED_BY_IN = ("ble", "ant")
"""'Ineligible' is not 'in' and 'eligible': an 'in' before such an ending says the opposite of it."""


def parted(word: str, known: Collection[str]) -> list[str] | None:
    """The fewest known words that a word which is not known itself is made of, in order; None where there are none."""
    if word in known or not word.isalpha():
        return None
    if len(word) < _MORE_PARTS_FROM:
        return _in_two(word, known)
    best: list[list[str] | None] = [[], *([None] * len(word))]
    for end in range(1, len(word) + 1):
        for start in range(end):
            part, before = word[start:end], best[start]
            if before is None or not (part in _SHORT or (len(part) >= _SHORTEST and part in known)):
                continue
            made = best[end]
            if len(before) < _MOST_PARTS and (made is None or _cost([*before, part]) < _cost(made)):
                best[end] = [*before, part]
    whole = best[-1]
    if whole is not None and whole[0] == "in" and whole[-1].endswith(_DENIED_BY_IN):
        return None
    return whole if whole is not None and any(len(part) >= _LONG_WORD for part in whole) else None


def _cost(parts: list[str]) -> tuple[int, int]:
    """Fewer words first, then one long word rather than two of the same length."""
    return len(parts), -max(map(len, parts))


def _in_two(word: str, known: Collection[str]) -> list[str] | None:
    return next(
        ([word[:at], word[at:]] for at in range(_SHORTEST, len(word) - 2) if word[:at] in known and word[at:] in known),
        None,
    )
