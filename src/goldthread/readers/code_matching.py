"""What a written value means in a code list, and only where it can mean one thing.

A value may be the letter the guidance prints, the code, the words, letter and words, code and words in either order,
an alias, or words with a slip of spelling. Where letter, code and words disagree, or two codes are as near, the value
is not understood: a guess here would move a child from one count to another without anyone seeing it.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from goldthread.kernel.codes import CODE_LISTS, CodeList
from goldthread.readers.cells import Found
from goldthread.readers.code_aliases import ALIASES

_APOSTROPHES = re.compile("['\u2018\u2019\u201b\u02bc\u00b4`]")
_NOT_WORD = re.compile(r"[^a-z0-9]+")

SAYS_FORM = "Read by other words or another order than the guidance's."
SAYS_SPELLING = "Read in spite of a slip of spelling; no other code is as near."


@lru_cache(maxsize=65_536)
def plain(written: str) -> str:
    """Words without case, apostrophes, brackets or other marks, one space between: what two spellings share."""
    low = unicodedata.normalize("NFKC", _APOSTROPHES.sub("", written)).casefold()
    return _NOT_WORD.sub(" ", low).strip()


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


_SHORTEST_SPELT = 5
_LONG_ENOUGH_FOR_TWO = 10
_LETTERED = re.compile(r"\(?([a-z]{1,2}\d?)\s*(?:[)\].:]|\s-\s|-\s)\s*(.+)", re.IGNORECASE | re.DOTALL)
_LEADING = re.compile(r"[(\[]?([a-z0-9_]{1,12})[)\]]?\s*([-:–—=.,/)]?)\s*(.+)", re.IGNORECASE | re.DOTALL)
_TRAILING = re.compile(r"(.+?)\s*[-:–—=,/(\[\s]\s*[(\[]?([a-z0-9_]{1,12})[)\]]?", re.IGNORECASE | re.DOTALL)
_LONGEST = 200


def _stands_alone(code: str, code_list: str) -> bool:
    """Whether a code before words nobody knows is surely a code: it holds a digit, or is an ethnicity's letters.

    A code that is also a word ('need', 'in', 'other'), or one letter, is not.
    """
    if code_list == "ethnicity":
        return len(code) == 4 and code.isalpha()
    return len(code) >= 2 and any(letter.isdigit() for letter in code)


@dataclass(frozen=True)
class Matcher:
    """The ways of writing each code of one list, by their plain form. A form that two codes share maps to both."""

    code_list: CodeList
    codes: dict[str, str]
    letters: dict[str, frozenset[str]]
    words: dict[str, frozenset[str]]
    aliases: dict[str, frozenset[str]]

    @property
    def expected(self) -> str:
        """A sentence that says which values the column takes, for the person who filled it."""
        shown = [f"{code.letter}) {code.label}" if code.letter else f"{code.code}: {code.label}"
                 for code in self.code_list.codes[:3]]  # fmt: skip
        more = len(self.code_list.codes) - len(shown)
        return f"One of: {'; '.join(shown)}{f'; or one of {more} more in the code list' if more > 0 else ''}."

    def read(self, written: str) -> Found:
        """The code a written value means; nothing where it could mean none or more than one."""
        if len(written) > _LONGEST:
            return Found()
        for attempt in (self._exact, self._alias, self._lettered, self._leading, self._trailing, self._spelt):
            found = attempt(written)
            if found is not None:
                return found
        return Found()

    def read_strictly(self, written: str) -> Found:
        """As `read`, but only forms that need no search: for a column with too many different values to be codes."""
        return self._exact(written) or self._alias(written) or Found()

    def _one(self, codes: frozenset[str] | set[str], note: str = "", says: str = "") -> Found:
        return Found(next(iter(codes)), note, says) if len(codes) == 1 else Found()

    def _meaning(self, words: str) -> frozenset[str]:
        """The codes that words alone can mean, without letters and without forgiving a slip."""
        form = plain(words)
        if form in self.codes:
            return frozenset({self.codes[form]})
        return self.words.get(form) or self.aliases.get(form) or frozenset()

    def _exact(self, written: str) -> Found | None:
        form = plain(written)
        if form in self.codes:
            return Found(self.codes[form])
        if form in self.words:
            return self._one(self.words[form])
        if form in self.letters:
            return self._one(self.letters[form], "form", SAYS_FORM)
        return None

    def _lettered(self, written: str) -> Found | None:
        match = _LETTERED.fullmatch(written)
        if match is None or plain(match.group(1)) in self.codes:
            return None
        letter = self.letters.get(plain(match.group(1)), frozenset())
        rest = match.group(2)
        meant = self._meaning(rest)
        if meant:
            return self._one(meant & letter if letter else meant)
        inner = self._leading(rest) or self._trailing(rest) or self._spelt(rest)
        if inner is not None:
            return inner if not letter or inner.value in letter else Found()
        return None

    def _leading(self, written: str) -> Found | None:
        match = _LEADING.fullmatch(written)
        if match is None or plain(match.group(1)) not in self.codes:
            return None
        code, mark, rest = self.codes[plain(match.group(1))], match.group(2), match.group(3)
        agreed = self._agree(code, rest)
        if agreed is not None:
            return Found(code) if agreed else Found()
        if mark and _stands_alone(plain(match.group(1)), self.code_list.name):
            return Found(code)
        return None

    def _trailing(self, written: str) -> Found | None:
        match = _TRAILING.fullmatch(written)
        if match is None or plain(match.group(2)) not in self.codes:
            return None
        code = self.codes[plain(match.group(2))]
        agreed = self._agree(code, match.group(1))
        if agreed is not None:
            return Found(code, "form", SAYS_FORM) if agreed else Found()
        bracketed = written.endswith((")", "]"))
        if bracketed and _stands_alone(plain(match.group(2)), self.code_list.name):
            return Found(code, "form", SAYS_FORM)
        return None

    def _agree(self, code: str, words: str) -> bool | None:
        """Whether the words beside a code mean it too; None where they mean nothing known here."""
        meant = self._meaning(words)
        if not meant:
            spelt = self._spelt(words)
            meant = frozenset({str(spelt.value)}) if spelt is not None and spelt.value else frozenset()
        return code in meant if meant else None

    def _alias(self, written: str) -> Found | None:
        meant = self.aliases.get(plain(written))
        return self._one(meant, "form", SAYS_FORM) if meant else None

    def _spelt(self, written: str) -> Found | None:
        return _spelt(self.code_list.name, plain(written))

    def nearest(self, form: str) -> Found | None:
        """The one code whose words are nearest to a plain form, and near enough; None where none is."""
        if len(form) < _SHORTEST_SPELT or any(mark.isdigit() for mark in form):
            return None
        most = 2 if len(form) >= _LONG_ENOUGH_FOR_TWO else 1
        nearest: dict[str, int] = {}
        for known, codes in (*self.words.items(), *self.aliases.items()):
            if len(known) < _SHORTEST_SPELT or any(mark.isdigit() for mark in known):
                continue
            far = distance(form, known, most + 1)
            for code in codes:
                nearest[code] = min(far, nearest.get(code, far))
        best = min(nearest.values(), default=most + 1)
        if best > most:
            return None
        return self._one({code for code, far in nearest.items() if far <= best + 1}, "spelling", SAYS_SPELLING)


def _together(pairs: list[tuple[str, str]]) -> dict[str, frozenset[str]]:
    held: dict[str, set[str]] = {}
    for form, code in pairs:
        if form:
            held.setdefault(form, set()).add(code)
    return {form: frozenset(codes) for form, codes in held.items()}


@cache
def matcher(name: str) -> Matcher:
    """The matcher of a code list. Raises KeyError on a list there is not."""
    code_list = CODE_LISTS[name]
    return Matcher(
        code_list,
        codes={plain(code.code): code.code for code in code_list.codes},
        letters=_together([(code.letter, code.code) for code in code_list.codes]),
        words=_together([(plain(code.label), code.code) for code in code_list.codes]),
        aliases=_together([(alias, code) for code, forms in ALIASES.get(name, {}).items() for alias in forms]),
    )


@lru_cache(maxsize=4_096)
def _spelt(name: str, form: str) -> Found | None:
    return matcher(name).nearest(form)
