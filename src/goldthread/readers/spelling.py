"""Written words made comparable: mended, without case and marks, and how far one spelling is from another."""

import html
import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache

_APOSTROPHES = re.compile("['\u2018\u2019\u201b\u02bc\u00b4`]")
_NOT_WORD = re.compile(r"[^a-z0-9]+")

_SPOILT = {
    "â€™": "'", "â€˜": "'", "â€œ": '"', "â€\u009d": '"', "â€“": "-", "â€”": "-", "â€¦": " ",
    "Ã©": "é", "Â\u00a0": " ", "Â": "",
    "\u0092": "'", "\u0091": "'", "\u0096": "-", "\u0097": "-", "\u2044": "/", "\u00ad": "",
    "\u200b": "", "\u200c": "", "\u200d": "", "\ufeff": "",
}  # fmt: skip
"""Marks as they look after being written in one character set and read in another, and what they were."""

_LOST_APOSTROPHE = re.compile(r"(?<=[a-z])[?\ufffd\u25a1](?=[st]\b)", re.IGNORECASE)
_RUN_TOGETHER = re.compile(r"(?<=[a-z]{4})(?=[A-Z][a-z]{3})|(?<=[a-z]{4})(?=\d)|(?<=[a-z]\d)(?=[A-Z][a-z]{3})")
_DOTTED = re.compile(r"\b(?:[a-z]\.){2,}(?:[a-z]\b)?")
_PLURAL = re.compile(r"(?<=[a-z]{2})\((?:e?s)\)")
_DENIED = re.compile(r"\b(does|did|has|have|is|was|were|could|would)nt\b")
_CANNOT = re.compile(r"\bcan(?:no)?t\b")
_WITHOUT = re.compile(r"\bw/o(?:ut)?\b")
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
    """The words of a mended text, in order: low case, '&' and '+' as 'and', 'G.P.' as 'gp', '18+' as '18 plus'.

    'carer(s)' is 'carers', 'doesn't' is 'does not', 'w/o' is 'without'.
    """
    low = _PLUS.sub(" plus ", _APOSTROPHES.sub("", _PLURAL.sub("s", written.casefold())))
    low = _WITHOUT.sub("without", _CANNOT.sub("can not", _DENIED.sub(r"\1 not", low)))
    low = _DOTTED.sub(lambda match: f"{match.group().replace('.', '').strip()} ", low)
    low = low.replace("&", " and ").replace("+", " and ")
    return [word for word in _NOT_WORD.split(low) if word]


def distance(one: str, other: str, most: int) -> int:
    """How many letters must be put in, left out, changed or swapped with their neighbour; `most` + 1 if more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    return _osa()(one, other, score_cutoff=most)


@cache
def _osa() -> Callable[..., int]:
    """The distance itself. Loaded only where something is misspelt: the library takes as long as many a file."""
    from rapidfuzz.distance import OSA

    return OSA.distance
