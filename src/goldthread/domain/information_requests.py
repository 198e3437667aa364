"""Asking a council for information: when it is due, and what of it may be there already.

Frameworks say how many working days after the call a thing is due. Munro's study of the first eleven inspections of
2013 and 2014 found that the volume and variety of what was asked for was the main burden on a council's staff: so
nothing is asked for before it was shown what is there.
"""

import re
from collections.abc import Set
from dataclasses import dataclass
from datetime import date

from goldthread.domain.calendar import add_working_days

LEAST_SHARED = 2
"""How many words two names must share for one to be shown beside the other, where one is not told by the other."""

_WORD = re.compile(r"[a-z0-9][a-z0-9'-]*")
_LEAST_LETTERS = 4
_EMPTY = frozenset({
    "about", "after", "all", "also", "annual", "authority", "before", "been", "being", "between", "both", "child",
    "children", "council", "does", "each", "every", "from", "have", "here", "into", "last", "latest", "list", "local",
    "many", "more", "most", "much", "number", "other", "over", "report", "service", "should", "since", "some", "such",
    "than", "that", "their", "them", "then", "there", "these", "they", "this", "those", "through", "under", "what",
    "when", "where", "which", "while", "will", "with", "within", "year", "your",
})  # fmt: skip
"""Words that stand in most names of such things, and so tell one from another in none."""

_NOT_ALONE = frozenset({"care", "case", "episode", "header", "help", "need", "person", "plan", "review", "status"})
"""Words that tell something beside another, and nothing alone."""


@dataclass(frozen=True, slots=True)
class Named:
    """One thing that is there already: what it is called, and what it is in a few words. `of` is any handle of it."""

    name: str
    says: str
    of: object = None


@dataclass(frozen=True, slots=True)
class Match:
    """Something that is there already and may be what is asked for, with the words by which it was found."""

    thing: Named
    words: tuple[str, ...]


def due_day(call_day: date, offset: int, today: date, holidays: Set[date]) -> date:
    """The working day on which something is due that is asked for today.

    `offset` is in working days after the call day, as the framework says it. Where that day is over, or is today, it
    is the next working day: nobody can be asked to have answered already.
    """
    counted = add_working_days(call_day, offset, holidays)
    return max(counted, add_working_days(today, 1, holidays))


def telling_words(text: str) -> tuple[str, ...]:
    """The words of a text that tell what it is about, each once, in their order: no short ones, no plurals."""
    words = _WORD.findall(text.casefold().replace("’", "'"))
    found = (_singular(word.strip("'-").removesuffix("'s")) for word in words)
    return tuple(dict.fromkeys(word for word in found if len(word) >= _LEAST_LETTERS and word not in _EMPTY))


def matches(asked: str, there: list[Named], most: int = 5) -> list[Match]:
    """What of the things that are there may be what is asked for, the most alike first.

    A thing is shown where it shares at least two telling words with what is asked for, or where every telling word of
    its name is asked for and one of them tells something alone. This compares words and nothing else: it misses what
    is called otherwise.
    """
    wanted = telling_words(asked)
    found = []
    for thing in there:
        named = telling_words(thing.name)
        shared = tuple(word for word in named if word in wanted)
        whole = len(shared) == len(named) and not _NOT_ALONE.issuperset(shared)
        if len(shared) >= LEAST_SHARED or whole:
            found.append(Match(thing, shared))
    return sorted(found, key=lambda one: -len(one.words))[:most]


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > _LEAST_LETTERS + 1:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
