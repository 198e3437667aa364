"""Written words made comparable: mended, without case and marks, and how far one spelling is from another."""

import html
import re
import unicodedata
from functools import lru_cache

_APOSTROPHES = re.compile("['\u2018\u2019\u201b\u02bc\u00b4`]")
_NOT_WORD = re.compile(r"[^a-z0-9]+")

_SPOILT = {
    "â€™": "'", "â€˜": "'", "â€œ": '"', "â€\u009d": '"', "â€“": "-", "â€”": "-", "â€¦": " ",
    "Ã©": "é", "Â\u00a0": " ", "Â": "",
    "\u0092": "'", "\u0091": "'", "\u0096": "-", "\u0097": "-", "\u2044": "/", "\u00ad": "",
}  # fmt: skip
"""Marks as they look after being written in one character set and read in another, and what they were."""

_LOST_APOSTROPHE = re.compile(r"(?<=[a-z])[?\ufffd\u25a1](?=s\b)", re.IGNORECASE)
_RUN_TOGETHER = re.compile(r"(?<=[a-z]{4})(?=[A-Z][a-z]{3})")
_DOTTED = re.compile(r"\b(?:[a-z]\.){2,}(?:[a-z]\b)?")
_PLUS = re.compile(r"(?<=\d)\s*\+")


@lru_cache(maxsize=65_536)
def plain(written: str) -> str:
    """Words without case, apostrophes, brackets or other marks, one space between: what two spellings share."""
    low = unicodedata.normalize("NFKC", _APOSTROPHES.sub("", written)).casefold()
    return _NOT_WORD.sub(" ", low).strip()


def mended(written: str) -> str:
    """The text with what transport did to it undone: HTML entities, spoilt apostrophes, odd spaces, words run together.

    Case is kept; marks that part words are kept.
    """
    if "&" in written:
        written = html.unescape(html.unescape(written))
    for spoilt, mark in _SPOILT.items():
        if spoilt in written:
            written = written.replace(spoilt, mark)
    written = unicodedata.normalize("NFKC", _LOST_APOSTROPHE.sub("'", written))
    return " ".join(_RUN_TOGETHER.sub(" ", written.replace("_", " ")).split())


def words(written: str) -> list[str]:
    """The words of a mended text, in order: low case, '&' and '+' as 'and', 'G.P.' as 'gp', '18+' as '18 plus'."""
    low = _PLUS.sub(" plus ", _APOSTROPHES.sub("", written.casefold()))
    low = _DOTTED.sub(lambda match: f"{match.group().replace('.', '').strip()} ", low)
    low = low.replace("&", " and ").replace("+", " and ")
    return [word for word in _NOT_WORD.split(low) if word]


def distance(one: str, other: str, most: int) -> int:
    """How many letters must be put in, left out, changed or swapped with their neighbour; `most` + 1 if more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        row = [i]
        for j, b in enumerate(other, start=1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return last[-1]
