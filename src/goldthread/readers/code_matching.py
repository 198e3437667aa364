"""What a written value means in a code list, why, and how surely; and nothing where it could mean two things.

A value may be the code, the letter that guidance prints, the words, or any of these together and in any order, in the
spelling of any case system. Each is a witness: where code, letter and words disagree, or two codes are as near, the
value is left to the user, because a guess would move a child from one count to another without anyone seeing it.
The words of each list stand in `code_words/`; how they are matched, in `phrases`.
"""

import re
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from goldthread.kernel.authorities import AUTHORITY
from goldthread.kernel.codes import CodeList
from goldthread.kernel.return_codes import ALL_CODE_LISTS
from goldthread.readers.cells import Found
from goldthread.readers.code_match import SAYS_CORRECTED, SAYS_FORM, SAYS_SPELLING, Match, Way
from goldthread.readers.corrections import corrected
from goldthread.readers.phrases import CUT_FROM, Heard, Lexicon
from goldthread.readers.remarks import before_remark, without_remarks
from goldthread.readers.spelling import mended, plain, words
from goldthread.readers.weak_words import VAGUE
from goldthread.readers.word_sheets import sheet
from goldthread.readers.wordings import Wordings, wordings
from goldthread.readers.wrappings import barer, without_ban

LISTS: dict[str, CodeList] = ALL_CODE_LISTS | {AUTHORITY.name: AUTHORITY}
"""Every code list that values can be read by."""
_LONGEST = 300
_LETTER = re.compile(r"\(?([a-z]{1,2}\d?)\s*(?:[)\].:]|\s-\s|-\s|–)\s*(.+)", re.IGNORECASE | re.DOTALL)
_INITIALS = re.compile(r"(?:[a-z]\.)+[a-z]?\.?(?:\s.*)?", re.IGNORECASE)
_NOT_SAID = frozenset({"n a", "n k", "n d", "na", "not applicable"})
"""Ways to write that nothing is said; 'N/A' must not be 'N'."""
_TWO_CODES = re.compile(r"([a-z]{0,2}\d{1,2}[a-z]?)\s*[/,;&+]\s*([a-z]{0,2}\d{1,2}[a-z]?)", re.IGNORECASE)
_CODE_BEHIND = re.compile(r"(.+?)\s*(?:\s[-\u2013]\s|[:\[(/,;|])\s*([a-z0-9]{1,9})\s*[\])]?", re.IGNORECASE | re.DOTALL)
_PADDED = re.compile(r"0*(\d{1,3})(?:\.0+)?")
_CODE = re.compile(r"[a-z0-9]+", re.IGNORECASE)
_ROW_NUMBER = re.compile(r"[a-z]{0,2}\d{1,4}[a-z]?")


@dataclass(frozen=True, slots=True)
class _Witness:
    """What the words of a value say: one code, several as good as one another, or none; and which they bear."""

    codes: frozenset[str]
    way: Way
    bearable: frozenset[str]
    says_nothing: bool

    @property
    def code(self) -> str | None:
        return next(iter(self.codes)) if len(self.codes) == 1 else None


def _none(why: str) -> Match:
    return Match(None, None, why)


@dataclass(frozen=True)
class Matcher:
    """Reads the values of one code list."""

    code_list: CodeList
    lexicon: Lexicon

    @cached_property
    def codes(self) -> dict[str, str]:
        """The list's own codes by their plain form."""
        return {plain(code.code): code.code for code in self.code_list.codes}

    @cached_property
    def other_codes(self) -> dict[str, str]:
        """Codes of other lists that mean one of these."""
        return {plain(other): code for code, other in self.lexicon.sheet.pairs("codes") if code in self._held}

    @cached_property
    def _held(self) -> frozenset[str]:
        return frozenset(self.code_list.values())

    @cached_property
    def labels(self) -> dict[str, frozenset[str]]:
        """The guidance's words by their plain form."""
        return _together([(plain(code.label), code.code) for code in self.code_list.codes])

    @cached_property
    def wordings(self) -> Wordings:
        """The wordings of the guides in full, and the labels."""
        sheet = self.lexicon.sheet
        pairs = [(full, code) for code, full in sheet.pairs("full", ";") if code in self._held]
        pairs += [(code.label, code.code) for code in self.code_list.codes]
        return wordings(pairs, [run for _, run in sheet.pairs("same")])

    @cached_property
    def letters(self) -> dict[str, frozenset[str]]:
        """The letters that Annex A prints before its codes."""
        return _together([(code.letter, code.code) for code in self.code_list.codes])

    @cached_property
    def _beside(self) -> dict[str, frozenset[str]]:
        """Codes whose words a code may have beside it: 'F5 - Full time employment', words that were F3's."""
        return _together([(code, other) for code, other in self.lexicon.sheet.pairs("beside")])

    @cached_property
    def _letters_elsewhere(self) -> frozenset[tuple[str, str]]:
        return frozenset((letter, code) for code, letter in self.lexicon.sheet.pairs("letters"))

    @cached_property
    def _plain_codes(self) -> frozenset[str]:
        """Codes that could as well be a word or a number: they count only in front, and only with words that agree."""
        known = self.lexicon.known
        return frozenset(
            form
            for form in (*self.codes, *self.other_codes)
            if form.isdigit()
            or len(form) == 1
            or form in known
            or form in _ALSO_WORDS
            or (len(form) == 2 and form in self.other_codes)
        )

    def _could_be_a_word(self, form: str) -> bool:
        """'Plan' and 'Both' are codes only when written as the code is; 'former' is in the words of its code alone."""
        if len(form) <= 2 or form not in self._plain_codes:
            return False
        return {code.code for code in self.code_list.codes if form in words(code.label)} != {self.codes.get(form)}

    @property
    def expected(self) -> str:
        """A sentence that says which values the column takes, for the person who filled it."""
        shown = [f"{code.letter}) {code.label}" if code.letter else f"{code.code}: {code.label}"
                 for code in self.code_list.codes[:3]]  # fmt: skip
        more = len(self.code_list.codes) - len(shown)
        return f"One of: {'; '.join(shown)}{f'; or one of {more} more in the code list' if more > 0 else ''}."

    def read(self, written: str) -> Found:
        """The code a written value means, as a cell; nothing where it could mean none or more than one."""
        return self.found(self.understand(written))

    def read_strictly(self, written: str) -> Found:
        """As `read`, but nothing is forgiven: for a column with too many different values to be codes, or of names."""
        match = self.understand(written)
        return self.found(match) if match.way not in (Way.SLIP, Way.SHORT, Way.CUT, Way.KEY_WORD) else Found()

    def found(self, match: Match) -> Found:
        """A match as a cell, with the note that it needs."""
        if match.code is None:
            return Found()
        read_as = f"{match.code}: {self.code_list.label(match.code)}"
        if match.way is Way.CORRECTED:
            return Found(match.code, "corrected", SAYS_CORRECTED, read_as=read_as)
        if match.way in (Way.SLIP, Way.SHORT, Way.CUT):
            return Found(match.code, "spelling", SAYS_SPELLING, read_as=read_as)
        if match.way in (Way.CODE, Way.WORDS, Way.AGREED, Way.LETTERED_CODE):
            return Found(match.code)
        return Found(match.code, "form", SAYS_FORM, read_as=read_as)

    def explain(self, written: str, match: Match) -> str:
        """One sentence: what the value was read as and why, or why it is left to the user."""
        if match.code is None:
            return f"left to you: {match.why_not}"
        return f"read ‘{written}’ as {match.code}: {self.code_list.label(match.code)} ({match.way})"

    def understand(self, written: str) -> Match:
        """What a value means, and why: as it was corrected, or as it is thought; each value is thought about once."""
        code = corrected(self.code_list.name, plain(mended(written)))
        return _understand(self.code_list.name, written) if code is None else Match(code, Way.CORRECTED)

    def think(self, written: str) -> Match:
        """As `understand`, without memory: as it stands, and where that says nothing, without what is wrapped round."""
        if len(written) > _LONGEST:
            return _none("it is too long to be a value of a list")
        text = without_ban(mended(written))
        if text.endswith("?"):
            return _none("a question mark stands behind it")
        match = self._think(text)
        bare = barer(text, self.code_list.name) if match.code is None else ()
        again = next((found for one in bare if (found := self._think(one)).code is not None), match)
        return again if again.code is not None else self._beside_remark(text) or again

    def _beside_remark(self, text: str) -> Match | None:
        """A value by what stands before a remark that says nothing, if that alone is said whole and is not vague."""
        said = before_remark(text, self.lexicon, {*self.codes, *self.other_codes})
        match = _none("") if said is None or not VAGUE.isdisjoint(words(said)) else self._think(said)
        return Match(match.code, Way.KEY_WORD) if match.way in _WHOLE else None

    def _think(self, text: str) -> Match:
        form = plain(text)
        if not form:
            return _none("it is blank")
        if form in self.codes and (text == self.codes[form] or not self._could_be_a_word(form)):
            return Match(self.codes[form], Way.CODE)
        if form in self.labels and len(self.labels[form]) == 1:
            return Match(next(iter(self.labels[form])), Way.WORDS)
        if form in self.letters:
            codes = self.letters[form]
            return Match(next(iter(codes)), Way.LETTER) if len(codes) == 1 else self._torn(codes)
        if form in self.other_codes:
            return Match(self.other_codes[form], Way.OTHER_CODE)
        if form in _NOT_SAID and tuple(form.split()) not in self.lexicon.runs:
            return _none("it says that there is nothing to say")
        number = _PADDED.fullmatch(text)
        if number is not None and number.group(1) != form:
            # '01' and '1.0' are what spreadsheets and databases make of the code 1.
            return self._think(number.group(1))
        two = _TWO_CODES.fullmatch(text)
        if two is not None and plain(two.group(1)) != plain(two.group(2)):
            return _none(f"more than one code stands in it: {two.group(1)}, {two.group(2)}")
        said = " ".join(words(text))
        worded = self.wordings.code(said)
        if worded is not None:
            return Match(worded, Way.WORDS)
        either = self._either(text)
        if len(either) > 1:
            return self._torn(either)
        lettered = self._lettered(text)
        match = lettered if lettered is not None else self._weigh(text, len(text) >= CUT_FROM)
        if match.code is not None:
            codes = frozenset({match.code}) | (self.wordings.begun_by(said) if match.way is Way.CUT else frozenset())
            return self._torn(codes) if len(codes) > 1 else match
        begun = self.wordings.begun(said)
        return Match(begun, Way.CUT) if begun is not None else self._before_its_code(text) or match

    def _before_its_code(self, text: str) -> Match | None:
        """Words with their code behind, even one that alone could be a word or a number: both must say the same."""
        match = _CODE_BEHIND.fullmatch(text)
        code = self._code_of(plain(match.group(2))) if match is not None else None
        if match is None or code is None or self._think(match.group(1)).code != code:
            return None
        return Match(code, Way.AGREED)

    def _either(self, text: str) -> frozenset[str]:
        """The codes of a value that is one thing or another, where each alone says one."""
        halves = self.wordings.halves(text, names=self.lexicon.sheet.numbers_matter)
        if any(map(self._is_code, words(" ".join(halves)))):
            return frozenset()
        codes = [self._think(half).code for half in halves]
        return frozenset(code for code in codes if code is not None) if None not in codes else frozenset()

    def _lettered(self, text: str) -> Match | None:
        """A value behind a printed letter: read without the letter, and the letter must not speak against it."""
        match = _LETTER.fullmatch(text)
        if match is None or _INITIALS.fullmatch(text):
            return None
        letter = plain(match.group(1))
        if letter not in self.letters or (letter in self.codes and letter not in self.letters):
            return None
        inner = self._think(match.group(2))
        if inner.code is None:
            return self._weigh(text, long=False) if letter in self.codes or letter in self.other_codes else inner
        if inner.code in self.letters[letter] or (letter, inner.code) in self._letters_elsewhere:
            # The guidance itself prints some codes with the words of their group only: "a) 1A: Individual".
            return Match(inner.code, Way.LETTERED_CODE) if inner.way is Way.CODE_ALONE else inner
        if self.codes.get(letter) == inner.code or self.other_codes.get(letter) == inner.code:
            return inner
        return _none(f"the letter {letter} in front and the words after it do not mean the same")

    def _weigh(self, text: str, long: bool) -> Match:
        """Code and words of a value, weighed against each other."""
        tokens = words(text)
        front, inside = self._codes_in(tokens, text)
        code = front or (inside[0] if len(set(inside)) == 1 else None)
        rest = [token for token in tokens if not self._is_code(token)] if front or inside else tokens
        if front is None and tokens and len(tokens) > 1 and _ROW_NUMBER.fullmatch(tokens[0]) and rest == tokens:
            plain_front = self.codes.get(tokens[0])
            rest = tokens[1:] if tokens[0] not in self.lexicon.known or plain_front else tokens
            said = self._witness(rest, text, long)
            if plain_front is not None and not said.says_nothing:
                return self._with_plain_code(plain_front, said)
            if plain_front is not None:
                return self._by_words(self._witness(tokens, text, long))
            return self._by_words(said)
        if front is None and not inside and tokens and tokens[0] in self._plain_codes and len(tokens) > 1:
            return self._behind_plain_code(tokens, text, long)
        said = self._witness(rest, text, long)
        if code is None:
            return self._by_words(said)
        if self.wordings.begins(code, " ".join(rest)):
            return Match(code, Way.AGREED)
        return self._together(code, said, others=set(inside) - {code})

    def _behind_plain_code(self, tokens: list[str], text: str, long: bool) -> Match:
        """A value that begins with what is a code or a word: as a whole if it is words, else as code and words."""
        code = self.codes.get(tokens[0])
        if code is not None and self.wordings.code(" ".join(tokens[1:])) == code:
            return Match(code, Way.AGREED)
        said = self._witness(tokens[1:], text, long)
        whole = self._witness(tokens, text, long)
        agrees = whole.code == said.code and tokens[0] in self.lexicon.said_by(tokens)
        if said.code is not None and (agrees or (whole.code == code and whole.way is Way.OTHER_WORDS)):
            # 'No - refuses contact', 'No longer in touch': the phrase itself lets the word in front stand there.
            return self._by_words(whole)
        if code is not None and said.code is not None and (len(tokens[0]) <= 2 or said.code == code):
            return self._with_plain_code(code, said)
        return self._by_words(whole)

    def _with_plain_code(self, code: str, said: _Witness) -> Match:
        if said.code == code:
            return Match(code, Way.AGREED)
        if said.code is not None:
            return _none(f"the code in it is {code}, and the words beside it mean {said.code}")
        return self._by_words(said)

    def _together(self, code: str, said: _Witness, others: set[str]) -> Match:
        """A code that stands for itself, and the words beside it."""
        if said.code == code:
            return Match(code, Way.AGREED)
        if others:
            return _none(f"more than one code stands in it: {', '.join(sorted({code, *others}))}")
        if said.codes and code not in said.codes and not said.codes <= self._beside.get(code, frozenset()):
            return _none(f"the code in it is {code}, and the words beside it mean {' or '.join(sorted(said.codes))}")
        if not said.says_nothing and not said.codes and said.bearable and code not in said.bearable:
            return _none(f"the code in it is {code}, and the words beside it do not fit that")
        return Match(code, Way.CODE_ALONE)

    def _by_words(self, said: _Witness) -> Match:
        if said.code is not None:
            return Match(said.code, said.way)
        return self._torn(said.codes or said.bearable if not said.says_nothing else frozenset())

    def _torn(self, codes: frozenset[str]) -> Match:
        named = [code for code in self.code_list.values() if code in codes]
        if not named:
            return _none("nothing in the list is like it")
        shown = named[:4]
        more = f" or {len(named) - len(shown)} more" if len(named) > len(shown) else ""
        if len(named) > 1:
            return _none(f"it could be {' or '.join(shown)}{more}")
        return _none(f"part of it is like {named[0]} ({self.code_list.label(named[0])}), and not enough to be sure")

    def _code_of(self, token: str) -> str | None:
        return self.codes.get(token) or self.other_codes.get(token)

    def _is_code(self, token: str) -> bool:
        return self._code_of(token) is not None and token not in self._plain_codes

    def _codes_in(self, tokens: list[str], text: str) -> tuple[str | None, list[str]]:
        """The code in front, if there is one, and all codes, in order. A code that could be a word is none here."""
        found = [code for token in tokens if self._is_code(token) and (code := self._code_of(token)) is not None]
        lead = next((at for at, token in enumerate(tokens) if token not in _BEFORE_CODES), 0)
        front = self._code_of(tokens[lead]) if lead < len(tokens) and self._is_code(tokens[lead]) else None
        if front is None and tokens and tokens[-1] in self._bracketed_codes(text):
            found = [*found, self._code_of(tokens[-1]) or ""]
        return front, found

    def _bracketed_codes(self, text: str) -> set[str]:
        """Codes that stand alone in brackets at the end, where even a code that could be a word is one."""
        match = re.search(r"(?:^|\s)[(\[]\s*([A-Za-z0-9]+)\s*[)\]]\s*$", text)
        return {plain(match.group(1))} & {*self.codes, *self.other_codes} if match is not None else set()

    def _witness(self, tokens: list[str], text: str, long: bool) -> _Witness:
        """What the words say; where they say too much, once more without remarks in brackets that nobody knows."""
        heard = self.lexicon.hear(tokens, long=long)
        outcome = self.lexicon.decide(heard)
        if not outcome.codes and heard.strangers:
            shorter = without_remarks(tokens, text, self.lexicon)
            if shorter != tokens:
                heard = self.lexicon.hear(shorter, long=long)
                outcome = self.lexicon.decide(heard)
        if not outcome.codes and heard.strangers:
            written_out = self.lexicon.hear(tokens, long=long, shortened=True)
            if written_out.short and self.lexicon.decide(written_out).codes:
                heard, outcome = written_out, self.lexicon.decide(written_out)
        codes = outcome.codes & self._held
        return _Witness(codes, _way(heard, outcome.with_strangers), self.lexicon.bearable(heard), not heard.said)


_WHOLE = frozenset({Way.CODE, Way.WORDS, Way.LETTER, Way.AGREED, Way.OTHER_WORDS})
_BEFORE_CODES = frozenset({"cin", "ssda903", "903", "lac", "cla", "code", "zz", "zzz", "x", "z", "old", "xx"})
_ALSO_WORDS = frozenset({"both"})


def _way(heard: Heard, with_strangers: bool) -> Way:
    if heard.cut:
        return Way.CUT
    if heard.slips:
        return Way.SLIP
    if heard.short:
        return Way.SHORT
    return Way.KEY_WORD if with_strangers else Way.OTHER_WORDS


def _together(pairs: list[tuple[str, str]]) -> dict[str, frozenset[str]]:
    held: dict[str, set[str]] = {}
    for form, code in pairs:
        if form:
            held.setdefault(form, set()).add(code)
    return {form: frozenset(codes) for form, codes in held.items()}


@cache
def matcher(name: str) -> Matcher:
    """The matcher of a code list; KeyError on a list there is not."""
    return Matcher(LISTS[name], Lexicon(sheet(name)))


@lru_cache(maxsize=16_384)
def _understand(name: str, written: str) -> Match:
    return matcher(name).think(written)
