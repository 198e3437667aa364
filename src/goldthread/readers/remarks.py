"""What people write beside a value that its list does not know: remarks in brackets, behind a dash, local codes."""

import re
from collections.abc import Collection

from goldthread.readers.phrases import Lexicon
from goldthread.readers.spelling import words
from goldthread.readers.weak_words import DENIALS, UNSAYING

_BRACKETED = re.compile(r"[(\[][^()\[\]]*[)\]]?")
_LOCAL_CODE = re.compile(r"\s*([A-Z0-9]{2,8})\s*[-:–]")
_BEHIND = re.compile(r"(.+?)(?:\s+[-–]\s*|\s*[-–]\s+|\s*;\s*|\s*[(\[])(.+)", re.DOTALL)
_DECLINED = frozenset({"declined", "declines", "refused", "refuses", "unsure", "unknown", "maybe"})


def without_remarks(tokens: list[str], text: str, lexicon: Lexicon) -> list[str]:
    """The words without a system's own code in front, and without brackets that hold nothing the list knows."""
    left = list(tokens)
    local = _LOCAL_CODE.match(text)
    if local is not None and left and left[0] == words(local.group(1))[0] and left[0] not in lexicon.known:
        left = left[1:]
    for remark in _BRACKETED.findall(text):
        inside = words(remark)
        if not lexicon.hear(inside, long=False).said:
            left = [token for token in left if token not in inside or token in lexicon.known]
    return left


def before_remark(text: str, lexicon: Lexicon, codes: Collection[str]) -> str | None:
    """What stands before a remark that says nothing in the list and takes nothing back: 'Yes' of 'Yes - see plan'.

    None where there is no such remark or one of the list's codes stands in it, and in lists of names, where what
    stands behind is part of the name.
    """
    match = _BEHIND.fullmatch(text)
    if match is None or lexicon.sheet.numbers_matter:
        return None
    inside = words(match.group(2))
    takes_back = not (DENIALS | UNSAYING | _DECLINED | frozenset(codes)).isdisjoint(inside)
    return None if takes_back or lexicon.hear(inside, long=False, shortened=True).said else match.group(1)
