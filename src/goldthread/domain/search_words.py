"""What somebody who searches documents means: words, phrases, words left out, and the field's other words for them.

Neither SQLite nor PostgreSQL takes “children” back to “child”: the list below does. It is ours. That LAC are
looked-after children is told by the terms of the installation (`search_terms`).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import zip_longest

from goldthread.domain import search_terms

LEMMAS: tuple[frozenset[str], ...] = tuple(
    frozenset(words.split())
    for words in (
        "child children", "person people persons", "carer carers caregiver caregivers", "baby babies",
        "foster fostering fostered fosterer fosterers", "man men", "woman women", "life lives",
        "adoption adopt adopted",
        "sibling siblings brother sister", "criterion criteria", "foot feet", "write wrote written", "hear heard",
        "go went gone", "leave left", "take took taken", "see saw seen", "keep kept", "meet met", "bring brought",
    )
)  # fmt: skip
"""Forms of one word that a stemmer does not bring together."""

MOST_WORDS = 12
MOST_WAYS = 24
"""More ways to say a phrase than this are not tried."""
MOST_OTHERWISE = 5
"""So many ways to say a question otherwise are compared with what texts mean."""

SHORTEST_MENDED, TWO_SLIPS = 4, 8
"""Letters from which one slip is mended in a word, and from which two are."""

_SMALL = (
    "a about after all an and any are as at be because been before being by do does for from get had has have how if "
    "in into is it its no not of on or our out so than that the their them then there they this to too up was we were "
    "what when where which who whose why will with you"
)
MOST_MENDED = 6
"""A search for more than this is a sentence, not a word with a slip; its words are left as they are."""

SMALL = frozenset(_SMALL.split())
"""Words that say nothing of what a page is about."""

IN_TITLES, IN_HEADINGS = "title", "heading"
PLACES: Mapping[str, str] = {
    "": "Titles, headings and text", IN_TITLES: "Titles of documents", IN_HEADINGS: "Headings of pages",
}  # fmt: skip
"""Where words can be sought, in words: everywhere, or in one field of a document alone."""

_STRAIGHT = str.maketrans("“”„«»", '"' * 5)
"""Quotation marks as a telephone or a word processor writes them."""

_PIECE = re.compile(r'(-?)"([^"]*)"?|(-?)([^\s"]+)')
_WORDS = re.compile(r"[^\W_]+", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Sought:
    """One thing that is sought: every way to say it, each a row of words; the first is as it was typed.

    What stood in quotation marks is `exact`: it is taken at its word, never mended and never left away.
    """

    ways: tuple[tuple[str, ...], ...]
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Search:
    """A search: each of `sought` must be there, none of `left_out`. `also` names other words that are sought.

    With `some`, what is exact must be there, and of the others at least one. `place` is where all of it must stand, of
    `PLACES`.
    """

    sought: tuple[Sought, ...]
    left_out: tuple[Sought, ...] = ()
    also: tuple[str, ...] = field(default=())
    some: bool = False
    place: str = ""

    def __bool__(self) -> bool:
        return bool(self.sought)


def understood(typed: str, place: str = "") -> Search:
    """What was typed, as a search of one of `PLACES`.

    A minus before a word or phrase leaves it out; quotation marks keep words together.
    Words of a phrase keep their forms; other words are sought in every form and short form that the lists know.
    """
    sought, left_out = [], []
    singles: list[str] = []
    for piece in list(_PIECE.finditer(typed.translate(_STRAIGHT)))[: 4 * MOST_WORDS]:
        phrase = piece.group(2) is not None
        words = _words(piece.group(2) if phrase else piece.group(4))
        minus = bool(piece.group(1) or piece.group(3))
        if not words:
            continue
        if minus:
            left_out.append(Sought((words,)))
        elif phrase or len(words) > 1:
            sought.append(Sought((words,), exact=True) if phrase else said(words))
        else:
            singles += words
    sought += [said(words) for words in _joined(singles)]
    return searched(sought[:MOST_WORDS], left_out[:MOST_WORDS], place=place if place in PLACES else "")


def said(words: tuple[str, ...]) -> Sought:
    """A row of words in every form and short form that the lists know."""
    return Sought(_ways(words))


def searched(
    sought: Sequence[Sought], left_out: Sequence[Sought], *, some: bool = False, place: str = ""
) -> Search:  # fmt: skip
    """A search for these, which tells what else it looks for."""
    ways = [" ".join(way) for one in sought for way in one.ways[1:]]
    return Search(tuple(sought), tuple(left_out), tuple(dict.fromkeys(ways)), some, place)


def partly(search: Search) -> Search | None:
    """The search for pages that have some of the words only; None where that would ask nothing else.

    Small words are left away: nearly every page has them, and none is about them.
    """
    loose = [one for one in search.sought if not one.exact and one.ways[0][0] not in SMALL]
    if len(loose) < 2 and len(loose) == len([one for one in search.sought if not one.exact]):
        return None
    exact = [one for one in search.sought if one.exact]
    return searched([*exact, *loose], search.left_out, some=True, place=search.place) if exact or loose else None


def key_words(text: str) -> str:
    """The words of a sentence that say what it is about, as somebody would type them to look for it."""
    held = dict.fromkeys(word for word in _words(text) if word not in SMALL and len(word) > 1)
    return " ".join(list(held)[:MOST_WORDS])


def slips_allowed(word: str) -> int:
    """How many letters may be wrong, missing, too many or swapped in a word; none in short words and in numbers.

    Ours: one in words of four to seven letters, two in longer ones. In shorter words nearly every slip is another word.
    """
    if len(word) < SHORTEST_MENDED or any(letter.isdigit() for letter in word):
        return 0
    return 1 if len(word) < TWO_SLIPS else 2


def trouble(typed: str) -> str:
    """Why a search cannot find what was meant, and how to mend it; empty where nothing stands in its way."""
    if typed.translate(_STRAIGHT).count('"') % 2:
        return "A quotation mark is not closed. Put one at the end of the words that stand together, or take it out."
    if understood(typed):
        return ""
    if understood(typed).left_out:
        return "Only words to leave out were typed. Add a word to look for."
    return "There is no word in what was typed. Add a word to look for."


def _words(text: str) -> tuple[str, ...]:
    return tuple(one.casefold() for one in _WORDS.findall(text.replace("'", "").replace("’", "")))


def _joined(words: list[str]) -> Iterable[tuple[str, ...]]:
    """Words one by one, but those that are a term of the lists together, as the term."""
    at = 0
    while at < len(words):
        longest = next((n for n in range(4, 1, -1) if _group(tuple(words[at : at + n]))), 1)
        yield tuple(words[at : at + longest])
        at += longest


def _group(words: tuple[str, ...]) -> frozenset[str]:
    """Every other way of the lists to say the same; empty where they know none."""
    return _groups().get(" ".join(words), frozenset())


def _groups() -> dict[str, frozenset[str]]:
    """The group of every way to say something; the first where two have it."""
    return _by_way(search_terms.in_use().same)


@lru_cache(maxsize=4)
def _by_way(groups: tuple[tuple[str, ...], ...]) -> dict[str, frozenset[str]]:
    held: dict[str, frozenset[str]] = {}
    for group in groups:
        for one in group:
            held.setdefault(" ".join(_words(one)), frozenset(group))
    return held


@lru_cache(maxsize=4)
def _all_groups(terms: search_terms.Terms) -> dict[tuple[str, ...], tuple[str, ...]]:
    """For every way to say something all others, of what is the same and of what belongs together."""
    held: dict[tuple[str, ...], dict[str, None]] = {}
    for group in (*terms.same, *terms.near):
        for one in group:
            held.setdefault(_words(one), {}).update(dict.fromkeys(other for other in group if other != one))
    return {way: tuple(others) for way, others in held.items()}


def otherwise(typed: str) -> tuple[str, ...]:
    """What was typed in other words of the field: each term in it in the place of which the terms know another.

    For a search by meaning. Of several terms in a row of words the longest counts, and each is replaced by itself.
    """
    words, groups = _words(typed), _all_groups(search_terms.in_use())
    by_term, at = [], 0
    while at < len(words):
        length = next((n for n in range(min(6, len(words) - at), 0, -1) if words[at : at + n] in groups), 0)
        if length:
            before, after = words[:at], words[at + length :]
            by_term.append([" ".join((*before, other, *after)) for other in groups[words[at : at + length]]])
        at += max(length, 1)
    # One way of each term in turn, so that a long group leaves room for the others.
    told = [one for ways in zip_longest(*by_term) for one in ways if one]
    return tuple(dict.fromkeys(told))[:MOST_OTHERWISE]


@cache
def _forms(word: str) -> tuple[str, ...]:
    """Every other form of a word that the lists know."""
    return next((tuple(sorted(group - {word})) for group in LEMMAS if word in group), ())


def _ways(words: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    ways: dict[tuple[str, ...], None] = {words: None}
    for at, word in enumerate(words):
        for form in _forms(word):
            for way in list(ways):
                ways[(*way[:at], form, *way[at + 1 :])] = None
            if len(ways) > MOST_WAYS:
                break
    for other in sorted(_group(words)):
        ways.setdefault(_words(other), None)
    return tuple(list(ways)[:MOST_WAYS])
