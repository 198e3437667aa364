"""A code list's own small language: which words mean the same, which say nothing, and which together mean a code.

A phrase asks for some words and lets others stand beside them. A value is read by a phrase when every word that the
phrase asks for is there and no word that matters in this list is left over; the phrase that asks for most decides,
and where two codes' phrases ask for as many, nothing is read. So 'White and Black Caribbean' is never 'Caribbean',
because 'white' would be left over, and 'Foster placement with other foster carer' is nothing, because no phrase is
content with so little.

How a sheet of words is written stands in `word_sheets`.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, lru_cache
from itertools import pairwise

from goldthread.readers.parting import parted
from goldthread.readers.shortening import may_stand_for, of_one_stem
from goldthread.readers.slips import SHORTEST_SPELT, first_may_slip, nearly
from goldthread.readers.spelling import distance
from goldthread.readers.spelling import words as words_of
from goldthread.readers.weak_words import DENIALS, TELLING, UNSAYING, VAGUE
from goldthread.readers.word_sheets import EVERYWHERE, Sheet, sheet

_LONG_ENOUGH_FOR_TWO = 8
_SHORTEST_CUT = 3
_MOST_STRANGERS = 2
_SURE_WORDS = 2
_SURE_LENGTH = 5
CUT_FROM = 18
"""A value of so many characters or more may have been cut short by a field of fixed width."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase of a code: groups of words of which each must give one, and all the words that may stand there."""

    code: str
    groups: tuple[frozenset[str], ...]
    allowed: frozenset[str]
    beside_strangers: bool

    @property
    def is_one_sure_word(self) -> bool:
        """Whether it asks for a single word, and that a long one that says more than whose or which."""
        return len(self.groups) == 1 and all(len(word) >= _SURE_LENGTH and word not in VAGUE for word in self.groups[0])

    def met_by(self, said: frozenset[str]) -> bool:
        """Whether a value that says these words says this phrase and nothing else."""
        return said <= self.allowed and all(group & said for group in self.groups)


@dataclass(slots=True)
class Heard:
    """The words of a value that matter in a list, those that nobody knows, and what had to be forgiven."""

    said: frozenset[str] = frozenset()
    strangers: list[str] = field(default_factory=list)
    slips: int = 0
    cut: bool = False
    short: bool = False
    either: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What phrases made of the words: the codes that are as good as one another, and whether strangers stood by."""

    codes: frozenset[str] = frozenset()
    with_strangers: bool = False


def _phrase(code: str, text: str) -> Phrase:
    optional = [word for inner in re.findall(r"\[([^]]*)\]", text) for word in inner.split()]
    asked = [frozenset(word.split("|")) for word in re.sub(r"\[[^]]*\]", " ", text).replace("*", " ").split()]
    allowed = frozenset(optional).union(*asked)
    return Phrase(code, tuple(asked), allowed, text.startswith("*"))


def _idle(of: Sheet) -> dict[tuple[str, ...], str]:
    """The runs of words that a sheet says to say nothing."""
    return {tuple(run.split()): "" for line in of.parts["idle"] for run in line.split(",") if run.strip()}


@cache
def _idle_everywhere() -> dict[tuple[str, ...], str]:
    return _idle(sheet(EVERYWHERE))


_CONNECTIVES = frozenset({"and", "or", "the", "of"})


@dataclass(frozen=True)
class Lexicon:
    """A sheet of words made ready to be matched."""

    sheet: Sheet

    @cached_property
    def phrases(self) -> tuple[Phrase, ...]:
        """Every phrase of every code, and with every end where the list has ends."""
        made = tuple(_phrase(code, text) for code, text in self.sheet.pairs("phrases", ";"))
        ends = tuple(self.sheet.pairs("ends"))
        if not ends:
            return made
        ended = [
            Phrase(one.code + end, (*one.groups, frozenset({word})), one.allowed | {word}, one.beside_strangers)
            for one in made
            for end, word in ends
            if not one.code.isdigit()
        ]
        return (*ended, *(one for one in made if one.code.isdigit()))

    @cached_property
    def runs(self) -> dict[tuple[str, ...], str]:
        """Runs of words, and the words they are taken for; nothing for those that say nothing."""
        held = {**_idle_everywhere(), **_idle(self.sheet)}
        held |= {(word,): word for phrase in self.phrases for word in phrase.allowed}
        held |= {(word,): word for name, _ in self.sheet.pairs("same") for word in name.split()}
        for name, written in self.sheet.pairs("same"):
            run = tuple(written.replace("&", "and").split())
            held[run] = name
            if "&" not in written:
                held[tuple(word for word in run if word not in _CONNECTIVES) or run] = name
        return held

    @cached_property
    def longest(self) -> int:
        """The number of words in the longest run."""
        return max(len(run) for run in self.runs)

    @cached_property
    def known(self) -> frozenset[str]:
        """Every word that stands in a run."""
        return frozenset(word for run in self.runs for word in run)

    @cached_property
    def _part_words(self) -> frozenset[str]:
        """The words that may be found in one that was written together; of names none but names."""
        if self.sheet.numbers_matter:
            return self.known
        single = {word for word in self.known if parted(word, self.known - {word}) is None}
        return frozenset(single) | (DENIALS - {"nor"}) | _CONNECTIVES

    @cached_property
    def _by_length(self) -> dict[int, list[str]]:
        held: dict[int, list[str]] = {}
        for word in sorted(self.known):
            if len(word) >= self._shortest_spelt and word.isalpha():
                held.setdefault(len(word), []).append(word)
        return held

    @cached_property
    def _of_guides(self) -> frozenset[str]:
        """The words of the guides' own wordings, of which one is meant rather than of a word that people add."""
        return frozenset(word for _, full in self.sheet.pairs("full", ";") for word in words_of(full)) | self._asked

    @property
    def _shortest_spelt(self) -> int:
        """Names may be nearer to other words: 'Hove' to 'home'."""
        return SHORTEST_SPELT + 1 if self.sheet.numbers_matter else SHORTEST_SPELT

    def _meant(self, word: str) -> str:
        return self.runs.get((word,), word)

    @cached_property
    def nearest(self) -> Callable[[str], tuple[str, int] | None]:
        """The one known word that a misspelt one can be, and by how many slips; None where none or two can.

        Each word is looked for once: a column of many values has few misspelt words.
        """
        return lru_cache(maxsize=10_000)(self._nearest)

    def _nearest(self, word: str) -> tuple[str, int] | None:
        if len(word) < self._shortest_spelt or not word.isalpha() or word in VAGUE:
            return None  # 'other' is a word of its own, and no slip for Rother
        most = 2 if len(word) >= _LONG_ENOUGH_FOR_TWO and not self.sheet.numbers_matter else 1
        near: dict[str, int] = {}
        for length in range(len(word) - most, len(word) + most + 1):
            for known in self._by_length.get(length, ()):
                far = distance(word, known, most)
                if far <= most and (known[0] == word[0] or (far == 1 and first_may_slip(word, known))):
                    near[known] = far
        if not near:
            return None
        best = min(near.values())
        chosen = [known for known, far in near.items() if far == best]
        if len({self._meant(known) for known in chosen}) > 1:
            swapped = [known for known in chosen if known[0] == word[0] and sorted(known) == sorted(word)]
            chosen = swapped or [known for known in chosen if known in self._of_guides]
        return (chosen[0], best) if chosen and len({self._meant(known) for known in chosen}) == 1 else None

    @cached_property
    def _may_stand_for(self) -> Callable[[str], tuple[str, ...]]:
        return lru_cache(maxsize=10_000)(lambda word: may_stand_for(word, self._part_words))

    @cached_property
    def _beside(self) -> frozenset[tuple[str, str]]:
        """Words that stand side by side in a run."""
        return frozenset(pair for run in self.runs for pair in pairwise(run))

    def written_out(self, word: str, before: str = "", after: str = "") -> str | None:
        """The one known word that a short form stands for; None of names, of words that deny and where two fit.

        Of words of two meanings the one that stands beside its neighbours in this list is meant, if that is one.
        """
        found = () if self.sheet.numbers_matter or word in DENIALS else self._may_stand_for(word)
        if len({self._meant(one) for one in found}) > 1:
            beside = tuple(one for one in found if not {(before, one), (one, after)}.isdisjoint(self._beside))
            found = beside or found
        if len({self._meant(one) for one in found}) > 1 and not of_one_stem(found):
            return None
        return min(found, key=lambda one: self._meant(one) not in self._asked, default=None)

    def _completed(self, word: str, before: str) -> str | None:
        """The last word of a value that was cut short: the one known word it begins; '' where it could be several.

        Of several, the one that stands behind the word before it in this list is meant: 'no further acti'.
        """
        if len(word) < _SHORTEST_CUT:
            return ""
        begun = [known for known in self.known if known.startswith(word) and known != word]
        behind = [known for known in begun if (before, known) in self._beside]
        fit = begun if len({self._meant(known) for known in begun}) == 1 else behind
        if fit and (len({self._meant(known) for known in fit}) == 1 or of_one_stem(fit)):
            return min(fit, key=lambda known: (len(known), known))
        return "" if begun else None

    def hear(self, words: Sequence[str], *, long: bool, shortened: bool = False) -> Heard:
        """The words of a value as this list hears them.

        `long` says that the value may have been cut short, `shortened` that single words may have been written short.
        """
        heard, mended = Heard(either="or" in words), list[str]()
        for at, one in enumerate(words):
            word = self._owned(one)
            last = at == len(words) - 1 and at > 0
            if word in self.known:
                mended.append(word)
            elif self._passes(word):
                continue
            else:
                whole = (
                    self.written_out(word, "".join(mended[-1:]), "".join(words[at + 1 : at + 2])) if shortened else None
                )
                self._mend(word, heard, mended, cut_here=last and long, whole=whole)
        heard.said = self._said(mended, heard)
        return heard

    def said_by(self, words: Sequence[str]) -> frozenset[str]:
        """The words that matter here, of those written; none where nobody knows one of them."""
        heard = self.hear(words, long=False)
        return frozenset() if heard.strangers else heard.said

    def _owned(self, word: str) -> str:
        """A word without the s of whose it is, where only so it is known: 'yps' of 'YP's health'."""
        owner = word.removesuffix("s")
        return owner if word not in self.known and len(owner) > 1 and (owner,) in self.runs else word

    def _passes(self, word: str) -> bool:
        """Numbers and single letters that nobody knows are dates, row numbers and 's' of 'parent(s)'."""
        return not self.sheet.numbers_matter and (word.isdigit() or len(word) == 1)

    def _mend(self, word: str, heard: Heard, mended: list[str], *, cut_here: bool, whole: str | None) -> None:
        near, parts = self.nearest(word), parted(word, self._part_words)
        if parts and (near is None or near[1] > 1):
            mended.extend(parts)
            return
        if near is not None:
            mended.append(near[0])
            heard.slips += near[1]
            return
        completed = self._completed(word, "".join(mended[-1:])) if cut_here else None
        if completed is None and whole is not None:
            heard.short = True
            mended.append(whole)
            return
        if completed is None:
            heard.strangers.append(word)
            return
        heard.cut = True
        if completed:
            mended.append(completed)

    def _said(self, words: list[str], heard: Heard) -> frozenset[str]:
        """The words that matter, runs replaced until nothing changes; connectives count in the first round only."""
        taken = self._replaced(words)
        for _ in range(3):
            before = [word for word in taken if word not in _CONNECTIVES]
            taken = self._replaced(before)
            if taken == before:
                break
        heard.strangers += [
            word for word in taken if self.runs.get((word,)) != word and not (self._passes(word) and word in self.known)
        ]
        return frozenset(word for word in taken if self.runs.get((word,)) == word)

    def _replaced(self, words: list[str]) -> list[str]:
        taken: list[str] = []
        at = 0
        while at < len(words):
            for length in range(min(self.longest, len(words) - at), 0, -1):
                run = tuple(words[at : at + length])
                if run in self.runs:
                    taken += self.runs[run].split()
                    at += length
                    break
            else:
                taken.append(self._of_number(words[at]))
                at += 1
        return taken

    def _of_number(self, word: str) -> str:
        """A word that matters only in a longer run, as the same in the singular or the plural where that says more."""
        other = word[:-1] if word.endswith("s") else f"{word}s"
        known_so = len(word) >= SHORTEST_SPELT and word in self.known and (other,) in self.runs
        return other if known_so else word

    def decide(self, heard: Heard) -> Outcome:
        """The codes whose phrases the words say, of those that ask for most."""
        may = [phrase for phrase in self.phrases if self._may_stand(phrase, heard)]
        met = [phrase for phrase in may if phrase.met_by(heard.said)]
        most = max((len(phrase.groups) for phrase in met), default=0)
        codes = frozenset(phrase.code for phrase in met if len(phrase.groups) == most)
        codes = codes or self._said_twice(may, heard.said)
        asked = heard.said & self._asked
        if codes or heard.either or asked == heard.said or not self.sheet.one_passes:
            return Outcome(codes, with_strangers=bool(heard.strangers))
        # 'Private solicitor': what no phrase of the list asks for only describes.
        return Outcome(self.decide(replace(heard, said=asked)).codes, with_strangers=True)

    @cached_property
    def _asked(self) -> frozenset[str]:
        """The words that some phrase asks for, and not only lets stand; and those that deny."""
        return (DENIALS | TELLING).union(*(group for phrase in self.phrases for group in phrase.groups))

    def _may_stand(self, phrase: Phrase, heard: Heard) -> bool:
        """Whether a phrase may be read beside words nobody knows: never beside one that denies something.

        A phrase that asks for two words is not undone by one or two strangers; one that asks for a single word is,
        unless its sheet says that this word decides. Names are never read beside other names.
        """
        strangers = heard.strangers
        if not strangers:
            return True
        if not (DENIALS | UNSAYING).isdisjoint(strangers):
            return False
        few = len(strangers) <= _MOST_STRANGERS and len(phrase.groups) >= _SURE_WORDS
        one = self.sheet.one_passes and len(strangers) == 1 and not heard.either and phrase.is_one_sure_word
        if not (phrase.beside_strangers or ((few or one) and not self.sheet.numbers_matter)):
            return False
        return not any(self.like_another(word) - phrase.allowed for word in strangers)

    @cached_property
    def like_another(self) -> Callable[[str], frozenset[str]]:
        """The words asked for that a word nobody knows may be, worse misspelt than is forgiven: 'intemr', 'aurse'."""
        return lru_cache(maxsize=10_000)(self._like_another)

    def _like_another(self, word: str) -> frozenset[str]:
        if len(word) < SHORTEST_SPELT or word in self.known or self.sheet.numbers_matter:
            return frozenset()
        near = [means for known, means in self._may_be_meant.items() if nearly(word, known)]
        return frozenset[str]().union(*near)

    @cached_property
    def _may_be_meant(self) -> dict[str, frozenset[str]]:
        """The longer words of the runs that say something, and what they say."""
        held: dict[str, frozenset[str]] = {}
        for run, name in self.runs.items():
            means = self._asked & frozenset(name.split())
            for word in run:
                if means and len(word) >= _SURE_LENGTH:
                    held[word] = held.get(word, frozenset()) | means
        return held

    def _said_twice(self, phrases: Sequence[Phrase], said: frozenset[str]) -> frozenset[str]:
        """The codes of which two phrases together say all the words: 'Kent - Thanet'."""
        covered: dict[str, frozenset[str]] = {}
        for phrase in phrases:
            if all(group & said for group in phrase.groups):
                covered[phrase.code] = covered.get(phrase.code, frozenset()) | phrase.allowed
        return frozenset(code for code, words in covered.items() if said <= words)

    def bearable(self, heard: Heard) -> frozenset[str]:
        """The codes that the words do not speak against: each has a phrase in which all of them may stand."""
        return frozenset(phrase.code for phrase in self.phrases if heard.said <= phrase.allowed)
