"""How a written word may have slipped from a known one: by which letters, and how far before it is another word."""

from goldthread.readers.spelling import distance

SHORTEST_SPELT = 4
FIRST_MAY_SLIP = 7
"""In a shorter word a wrong first letter is rather another word: 'mother' and 'other'."""

_LONG_ENOUGH = 5
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE_KEYS = {row[at]: row[max(at - 1, 0) : at + 2].replace(row[at], "") for row in _ROWS for at in range(len(row))}
"""The keys to the left and right of each letter."""


def first_may_slip(word: str, known: str) -> bool:
    """Whether a word may be a known one with its first letter wrong: left out, or changed for the second."""
    if len(word) >= FIRST_MAY_SLIP:
        return True
    if known[1:] == word[1:] and len(word) >= _LONG_ENOUGH:
        return word[0] in _BESIDE_KEYS.get(known[0], "")
    lost = known[1:] == word and len(known) > SHORTEST_SPELT
    return lost or (known[1::-1] == word[:2] and known[2:] == word[2:])


def nearly(word: str, known: str) -> bool:
    """Whether a word is so near to a known one that nobody should be sure that it is another."""
    return distance(word, known, 2) <= (2 if len(word) >= FIRST_MAY_SLIP else 1)
