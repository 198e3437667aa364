"""Words that the lists know somebody by, looked for in a text: names and what is near them, numbers, addresses, days.

Nothing found is quoted, and nothing is cleared: what an exact name or number says stops a text from being sent, what
only resembles one is shown to its checker (security reference 4.3: variants, initials, misspellings by one letter).
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from goldthread.domain.recognition.days import days_in
from goldthread.domain.recognition.doubt import Doubt
from goldthread.domain.recognition.words import WORDS_THAT_ARE_NAMES

_WORD = re.compile(r"[^\W\d_]+(?:['’‘\-‐‑][^\W\d_]+)*", re.UNICODE)
_NUMBER = re.compile(r"(?<![\w£])(?:[A-Za-z]{1,4}[ /-]?)?\d(?:[\d/ -]*\d)?[A-Za-z]?(?!\w)")
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s{0,2}\d[A-Z]{2}\b", re.IGNORECASE)
_INITIAL = re.compile(r"(?<![^\W\d_])[^\W\d_]\.$")
_OPENS = frozenset(".!?:;“\"‘'(•–—")
SHORTEST_NEAR = 4
"""A name of fewer letters is only found as it is written: too many words are one letter from it."""
LONG_NUMBER = 6
"""A number of fewer digits may as well be a count, so it is shown and does not stop a text."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the lists know people by, as it was written there.

    `names` are forenames and surnames of children, parents and carers, `staff` names of workers, `people` names of
    those who take part in the inspection, `teams` names of teams of fewer than ten, `numbers` whatever number stands
    for a person or a home.
    """

    names: Iterable[str] = ()
    numbers: Iterable[str] = ()
    postcodes: Iterable[str] = ()
    births: Iterable[date] = ()
    addresses: Iterable[str] = ()
    staff: Iterable[str] = ()
    people: Iterable[str] = ()
    teams: Iterable[str] = ()


@dataclass(frozen=True, slots=True)
class _Word:
    folded: str
    capital: bool
    opens: bool
    """Whether it begins a sentence, where a capital tells nothing."""


@dataclass(frozen=True, slots=True)
class Dictionary:
    """The same, folded for looking up. Built once for a whole text; `ordinary` are words that are no names in it."""

    names: frozenset[str]
    numbers: frozenset[str]
    postcodes: frozenset[str]
    births: frozenset[date]
    addresses: frozenset[tuple[str, str]]
    staff: frozenset[tuple[str, ...]]
    people: frozenset[tuple[str, ...]]
    teams: frozenset[str]
    ordinary: frozenset[str] = frozenset()
    near: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    """The names that are left when one letter is taken out, by what is left of them."""

    @classmethod
    def of(cls, known: Known, ordinary: Iterable[str] = ()) -> "Dictionary":
        """Fold what is known. `ordinary` are texts whose words in lower case are taken for words and not for names."""
        names = frozenset(part for one in known.names for part in _parts(one) if len(part) > 1)
        usual = frozenset(word.folded for text in ordinary for word in _words(text) if not word.capital)
        return cls(
            names=names,
            numbers=frozenset(filter(None, map(_number, known.numbers))),
            postcodes=frozenset(map(_squeezed, known.postcodes)),
            births=frozenset(known.births),
            addresses=frozenset(pair for one in known.addresses for pair in _houses(one)),
            staff=_whole_names(known.staff),
            people=_whole_names(known.people),
            teams=frozenset(filter(None, (" ".join(_parts(one)) for one in known.teams))),
            ordinary=usual | WORDS_THAT_ARE_NAMES,
            near=_neighbours(names),
        )

    def doubts(self, text: str) -> list[Doubt]:
        """What of a sentence the lists know somebody by."""
        found = [*self._of_names(_words(text)), *self._of_numbers(text)]
        if any(_squeezed(one) in self.postcodes for one in _POSTCODE.findall(text)):
            found.append(Doubt("known postcode", "holds the postcode of somebody in the lists", True))
        if any(one in self.births for one in days_in(text)):
            found.append(Doubt("known birth", "holds a day on which somebody in the lists was born", False))
        if self.addresses & _houses(text):
            found.append(Doubt("known address", "holds the address of somebody in the lists", True))
        return found

    def _of_names(self, words: list[_Word]) -> list[Doubt]:
        said = [one.folded for one in words]
        found = []
        exact = [self._is_name(one) for one in words]
        if any(exact) or any(self._is_pair(one, after) for one, after in pairwise(words)):
            found.append(Doubt("known name", "holds the name of somebody in the lists", True))
        elif any(map(self._looks_like_one, words)) or self._two_side_by_side(words):
            found.append(Doubt("like a name", "holds a word that is like the name of somebody in the lists", False))
        elif any(self._may_be_one(one, after) for one, after in pairwise(words)):
            found.append(Doubt("unknown name", "holds two words with capitals that may be somebody's name", False))
        if any(_holds(said, one) for one in self.staff):
            found.append(Doubt("known worker", "names somebody who works with the children in the lists", True))
        elif any(_holds(said, one) for one in self.people):
            found.append(Doubt("taking part", "names somebody who takes part in the inspection", False))
        joined = f" {' '.join(said)} "
        if any(f" {one} " in joined for one in self.teams):
            found.append(Doubt("small team", "names a team of fewer than ten", False))
        return found

    def _is_name(self, word: _Word) -> bool:
        """A name as it is written, with its capital, that is no ordinary word."""
        return word.capital and word.folded in self.names and word.folded not in self.ordinary

    def _is_pair(self, word: _Word, after: _Word) -> bool:
        """Two names one after the other: forename and surname. With capitals either may be an ordinary word."""
        if not (word.folded in self.names and after.folded in self.names):
            return False
        return (word.capital and after.capital) or not {word.folded, after.folded} & self.ordinary

    def _looks_like_one(self, word: _Word) -> bool:
        """A name that is an ordinary word too, with a capital within a sentence; one without its capital; or a word,
        ordinary ones left out, that is one letter from a name."""
        usual = word.folded in self.ordinary
        if word.folded in self.names:
            return word.capital and not word.opens if usual else len(word.folded) >= SHORTEST_NEAR
        if len(word.folded) < SHORTEST_NEAR or usual:
            return False
        left = (word.folded, *_without_one(word.folded))
        candidates = {name for one in left for name in self.near.get(one, ())} | (self.names & set(left))
        return any(_one_apart(word.folded, one) for one in candidates if len(one) >= SHORTEST_NEAR)

    def _two_side_by_side(self, words: list[_Word]) -> bool:
        """Two ordinary words that are both names: so a name is written without its capitals."""
        return any(one.folded in self.names and after.folded in self.names for one, after in pairwise(words))

    def _may_be_one(self, word: _Word, after: _Word) -> bool:
        """Two words with capitals, neither of which is otherwise a word here: somebody whom no list holds, perhaps."""
        told = (word, after)
        return not after.opens and all(
            one.capital and len(one.folded) > 1 and one.folded not in self.ordinary for one in told
        )

    def _of_numbers(self, text: str) -> list[Doubt]:
        told = {_number(one) for one in _NUMBER.findall(text)} | {
            _number(part) for one in _NUMBER.findall(text) for part in one.split()
        }
        held = [one for one in told & self.numbers if one]
        if not held:
            return []
        blocks = any(len(one) >= LONG_NUMBER or not one.isdigit() for one in held)
        return [Doubt("known number", "holds a number that somebody in the lists is known by", blocks)]


def _whole_names(names: Iterable[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(told for one in names if len(told := tuple(_parts(one))) > 1)


def _neighbours(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name in names:
        if len(name) >= SHORTEST_NEAR:
            for left in _without_one(name):
                found.setdefault(left, []).append(name)
    return {left: tuple(held) for left, held in found.items()}


def _without_one(word: str) -> set[str]:
    return {word[:at] + word[at + 1 :] for at in range(len(word))}


def _one_apart(one: str, other: str) -> bool:
    """Whether one letter more, less, other or two neighbours changed over make the one into the other."""
    short, long = sorted((one, other), key=len)
    if len(short) < len(long):
        return short in _without_one(long)
    differ = [at for at, (this, that) in enumerate(zip(short, long, strict=True)) if this != that]
    if len(differ) == 2:
        first, second = differ
        swapped = short[first] == long[second] and short[second] == long[first]
        return second == first + 1 and swapped
    return len(differ) == 1


def _words(text: str) -> list[_Word]:
    found = []
    for told in _WORD.finditer(text):
        before = text[: told.start()].rstrip()
        opens = not before or (before[-1] in _OPENS and not _INITIAL.search(before))
        whole = told.group()
        found += [_Word(part, piece[:1].isupper(), opens) for piece, part in _pieces(whole)]
    return found


def _pieces(word: str) -> list[tuple[str, str]]:
    """A word as it counts: without what makes it somebody's, in one and, where a hyphen joins two, in both."""
    bare = re.sub(r"['’‘]s?$", "", word)
    parts = [one for one in re.split(r"[-‐‑]", bare) if one]
    both = [bare, *parts] if len(parts) > 1 else [bare]
    return [(one, folded) for one in both if (folded := _folded(one))]


def _parts(text: str) -> list[str]:
    return [part for told in _WORD.findall(text) for _, part in _pieces(told)]


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in plain if one.isalpha())


def _squeezed(text: str) -> str:
    return "".join(one for one in text.casefold() if one.isalnum())


def _number(text: str) -> str:
    """A number in one form: without what parts its digits, noughts in front, and the “.0” of a spreadsheet."""
    squeezed = _squeezed(re.sub(r"\.0+$", "", text.strip()))
    return squeezed.lstrip("0") if any(one.isdigit() for one in squeezed) else ""


_HOUSE = re.compile(r"\b(\d{1,4}[a-zA-Z]?),?\s+([^\W\d_][\w'’-]+)")


def _houses(text: str) -> frozenset[tuple[str, str]]:
    """Numbers of houses, each with the first word of its street."""
    return frozenset((number.casefold(), _folded(street)) for number, street in _HOUSE.findall(text))


def _holds(said: list[str], name: tuple[str, ...]) -> bool:
    span = len(name)
    return any(tuple(said[at : at + span]) == name for at in range(len(said) - span + 1))
