"""Whether one text says a figure that another does not: what an edition says in figures, the full report must say.

A share may be told as the full report tells it, in whole per cent, or as "about 9 in 10". Everything else must be said
as it stands there, in figures or in words. "One" alone is no figure: it is mostly a pronoun.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_IN_WORDS = (
    {word: number for number, word in enumerate(_UNITS)}
    | {word: 20 + 10 * number for number, word in enumerate(_TENS)}
    | {"dozen": 12, "half": 50, "halves": 50, "quarter": 25, "third": 33, "hundred": 100, "thousand": 1000}
)
_SHARES = {"half", "quarter", "third", "halves"}
_NUMBER = r"(?:\d[\d,]*(?:\.\d+)?|" + "|".join(sorted(_IN_WORDS, key=len, reverse=True)) + r")"
_ABOUT = re.compile(r"\b(?:about|around|nearly|almost|roughly)\s+$", re.IGNORECASE)
_PAIR = re.compile(rf"\b({_NUMBER})\s+(?:out\s+of|in|of)\s+(?:every\s+)?({_NUMBER})\b", re.IGNORECASE)
_PARTS: Mapping[str, int] = {"half": 2, "halve": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_FRACTION = re.compile(rf"\b(a|{_NUMBER})[\s-]+({'|'.join(_PARTS)})s?\b", re.IGNORECASE)
_PERCENT = re.compile(rf"\b({_NUMBER})\s*(?:%|per\s*cent\b)", re.IGNORECASE)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAY = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+({_MONTHS})\b")
_LONE = re.compile(rf"(?<![\w.,])({_NUMBER})(?![\w%])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a text: as it is written, its numbers, its share in per cent where it is one, whether it is told as
    about, its day and month where it is a date, and whether it is a fraction in words, such as "a third"."""

    written: str
    numbers: tuple[float, ...]
    share: float | None = None
    about: bool = False
    day: str = ""
    fraction: bool = False


def figures(text: str) -> list[Figure]:
    """The figures of a text: days like "3 November" first, then pairs ("9 of 10"), fractions, per cents, the rest."""
    folded = re.sub(r"\s+", " ", text)
    found: list[Figure] = []
    for pattern, make in ((_DAY, _date), (_PAIR, _pair), (_FRACTION, _fraction), (_PERCENT, _percent), (_LONE, _lone)):
        for match in pattern.finditer(folded):
            told = make(match, _ABOUT.search(folded[: match.start()]) is not None)
            if told is not None:
                found.append(told)
        folded = pattern.sub(lambda match: "~" * len(match.group()), folded)
    return found


def not_said(text: str, full: str) -> list[str]:
    """The figures that a text says and the full one does not, as they are written."""
    held = figures(full)
    return [one.written for one in figures(text) if not any(_same(one, other) for other in held)]


def _same(one: Figure, full: Figure) -> bool:
    if one.day or full.day:
        # The 3 of 3 November is not 3 of anything.
        return one.day == full.day
    lone_share = full.share is not None and len(full.numbers) == 1
    if one.share is None:
        # 91 of something is not the 91 of 91%.
        return not lone_share and set(one.numbers) <= set(full.numbers)
    if len(one.numbers) == 1:
        return full.share is not None and one.share in (full.share, round(full.share))
    # "1 in 4" says no more than "a quarter": a unit share is a share, and nobody takes it for a count.
    as_share = one.fraction or one.numbers[0] == 1
    if one.numbers == full.numbers or (as_share and lone_share and round(one.share) == full.share):
        return True
    return one.about and one.numbers[1] == 10 and full.share is not None and round(full.share / 10) == one.numbers[0]


def _value(written: str) -> float:
    word = written.lower()
    return float(_IN_WORDS[word]) if word in _IN_WORDS else float(written.replace(",", ""))


def _date(match: re.Match[str], about: bool) -> Figure | None:
    return Figure(match.group(), (), None, about, f"{int(match.group(1))} {match.group(2)}")


def _pair(match: re.Match[str], about: bool) -> Figure | None:
    first, second = _value(match.group(1)), _value(match.group(2))
    share = 100 * first / second if second and first <= second else None
    return Figure(match.group(), (first, second), share, about)


def _fraction(match: re.Match[str], about: bool) -> Figure | None:
    first = 1.0 if match.group(1).lower() == "a" else _value(match.group(1))
    parts = float(_PARTS[match.group(2).lower()])
    return Figure(match.group(), (first, parts), 100 * first / parts, about, fraction=True) if first < parts else None


def _percent(match: re.Match[str], about: bool) -> Figure | None:
    value = _value(match.group(1))
    return Figure(match.group(), (value,), value, about)


def _lone(match: re.Match[str], about: bool) -> Figure | None:
    word = match.group(1).lower()
    if word == "one":
        return None
    value = _value(match.group(1))
    return Figure(match.group(), (value,), value if word in _SHARES else None, about)
