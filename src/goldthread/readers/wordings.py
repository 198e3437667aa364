"""The wordings of the returns' guides in full: read as they stand, and by their beginnings where systems cut them.

A guide's "illness or disability" is one thing, and a user's "Secure or children's home" two: which of them an 'or'
joins is also known from the wordings.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from goldthread.readers.spelling import words
from goldthread.readers.weak_words import DENIALS

CUT_IN_WORD, CUT_AT_END = 12, 30
"""So many characters of a guide's wording are enough to know it by, cut in a word or at the end of one."""

_OR = re.compile(r"\s+or\s+", re.IGNORECASE)
_JOINED_FROM = 2
"""Letters of the words beside an 'or' that are compared, so that a slip of spelling further on does not matter."""


@dataclass(frozen=True)
class Wordings:
    """Every wording of one code list, word by word, and the words beside an 'or' in what people are known to write."""

    forms: Mapping[str, frozenset[str]]
    joins_of_guides: frozenset[tuple[str, str]]
    joins: frozenset[tuple[str, str]]

    def code(self, said: str) -> str | None:
        """The code of which these words, parted by single spaces, are a wording."""
        codes = self.forms.get(said, frozenset())
        return next(iter(codes)) if len(codes) == 1 else None

    def begun(self, said: str) -> str | None:
        """The one code of whose wording these words are the beginning: cut short by a field's width.

        A beginning that ends with a whole word must be longer, or it would be something that a person wrote.
        """
        if len(said) < CUT_IN_WORD:
            return None
        begun = {form: codes for form, codes in self.forms.items() if form.startswith(said)}
        codes = frozenset[str]().union(*begun.values())
        in_word = all(form[len(said) : len(said) + 1] not in ("", " ") for form in begun)
        return next(iter(codes)) if len(codes) == 1 and (in_word or len(said) >= CUT_AT_END) else None

    def begun_by(self, said: str) -> frozenset[str]:
        """Every code of which a wording begins with what is said."""
        return frozenset[str]().union(*(codes for form, codes in self.forms.items() if form.startswith(said)))

    def begins(self, code: str, said: str) -> bool:
        """Whether a wording of the code is, or begins with, what is said."""
        return bool(said) and any(form.startswith(said) for form, codes in self.forms.items() if code in codes)

    def halves(self, text: str, *, names: bool) -> list[str]:
        """The two things between which a text leaves the choice, such as 'African or Caribbean'; none if there is none.

        `names` says that the list is of names, where a slash parts two of them.
        """
        halves = _OR.split(text)
        if len(halves) == 1 and names:
            halves = text.split("/")
        said = [words(half) for half in halves]
        if len(halves) != 2 or not all(said) or any(word in DENIALS for half in said for word in half):
            return []
        known = self.joins if max(map(len, said)) > 1 else self.joins_of_guides
        return [] if _join(said[0][-1], said[1][0]) in known else halves


def _join(before: str, after: str) -> tuple[str, str]:
    return before[:_JOINED_FROM], after[:_JOINED_FROM]


def _joins(texts: Iterable[str]) -> frozenset[tuple[str, str]]:
    parted = [text.split(" or ") for text in texts if " or " in text]
    return frozenset(_join(one.split()[-1], two.split()[0]) for parts in parted for one, two in pairwise(parts))


def wordings(pairs: Iterable[tuple[str, str]], runs: Iterable[str]) -> Wordings:
    """The wordings of a list, from pairs of wording and code, and the runs of words that its sheet knows."""
    forms: dict[str, frozenset[str]] = {}
    for full, code in pairs:
        form = " ".join(words(full))
        forms[form] = forms.get(form, frozenset()) | {code}
    guides = _joins(forms)
    return Wordings(forms, guides, guides | _joins(runs))
