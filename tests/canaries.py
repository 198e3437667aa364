"""Canaries: words that stand nowhere else, each planted in one place, and who may ever see it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

TEAM = frozenset({"lead", "inspector", "inspector-2", "quality-assurance", "analyst"})
CHECKERS = TEAM | {"disclosure-checker"}
COUNCIL = frozenset({"nominated-officer", "director"})
EVERYBODY = None
SIGNED_IN = CHECKERS | COUNCIL | {
    "records-officer", "uploader", "uploader-2", "improvement-lead", "member", "administrator", "ended", "conflicted",
    "no-role",
}  # fmt: skip
"""Whoever has an account that is open and all that it asks for, whatever they may do with it."""

READERS: dict[str, frozenset[str] | None] = {
    # Who may be shown a canary of a class that was planted in their own inspection; None is everybody.
    "vault": frozenset(),
    "public": EVERYBODY,
    "set-up": CHECKERS | COUNCIL | {"uploader", "uploader-2", "improvement-lead", "records-officer"},
    "takes-part": TEAM | COUNCIL | {"records-officer"},
    # Why a setting of the team's work is as it is; it stands in the journal too.
    "setting": TEAM | {"records-officer"},
    "conflict": TEAM | {"records-officer", "conflicted"},
    "staged": COUNCIL | {"uploader"},
    "staged-by-another": COUNCIL | {"uploader-2"},
    "handed-over": TEAM | COUNCIL | {"uploader"},
    "team-data": TEAM,
    # What the council says of its own series: its targets, and why limits are drawn anew.
    "series-of-council": COUNCIL | {"uploader", "uploader-2"},
    # What was asked about the data that the uploader sent, and what the council answered.
    "data-query": TEAM | COUNCIL | {"uploader"},
    # What the council is asked for; what one of its uploaders answers stands before them too.
    "request": TEAM | COUNCIL,
    "request-of-uploader": TEAM | COUNCIL | {"uploader"},
    # A message that was released to the council.
    "told-council": TEAM | COUNCIL,
    "draw": TEAM,
    "released-draw": TEAM | COUNCIL,
    "case": TEAM,
    # What stands in a review that is still being written, and in the urgent concern that came of it.
    "draft-of-inspector": TEAM - {"inspector-2"},
    "draft-of-inspector-2": TEAM - {"inspector"},
    # A review that was shown to a practitioner, what they sent, and what was made of it.
    "shown-to-improvement-lead": (TEAM - {"inspector-2"}) | {"improvement-lead"},
    # A child referred back: the council is told, and of the team whoever has the file or did it, and the whole team's.
    "referred-back-by-inspector": (TEAM - {"inspector-2"}) | COUNCIL,
    "referred-back-by-inspector-2": (TEAM - {"inspector"}) | COUNCIL,
    "referred-back-by-lead": (TEAM - {"inspector", "inspector-2"}) | COUNCIL,
    # What an audit asks of the council's improvement lead; what it asks of the team is kept as a draft of its owner is.
    "action-of-council": (TEAM - {"inspector", "inspector-2"}) | COUNCIL | {"improvement-lead"},
    # A recommendation that was given to the council, with what either side says of it.
    "recommendation": TEAM | COUNCIL | {"improvement-lead", "member"},
    # Why one answer stands where two readers differed: the two, the lead and the quality-assurance manager.
    "settled": TEAM - {"analyst"},
    # The council's own grade of a file that both readers are still to read blind.
    "own-audit-kept": TEAM - {"inspector", "inspector-2"},
    # A practice case that was signed off: whoever has still to review it sees nothing, the lead among them.
    "practice-of-inspector": frozenset({"inspector", "quality-assurance"}),
    "practice-of-inspector-2": frozenset({"inspector-2", "quality-assurance"}),
    "team": TEAM,
    # What was written in a survey, until it is released to the team.
    "survey-words": frozenset({"lead", "quality-assurance"}),
    # What was said in a conversation: whoever listened, the lead and the quality-assurance manager; or the first alone.
    "said-to-inspector": frozenset({"lead", "inspector", "quality-assurance"}),
    "draft-report": CHECKERS,
    # A version of which the council was given its copy; what it says of the facts once it has sent it, and before.
    "shown-report": CHECKERS | COUNCIL,
    # A version under embargo, of which the director has a copy.
    "under-embargo": CHECKERS | {"director"},
    "facts": TEAM | COUNCIL,
    "facts-unsent": COUNCIL,
    "journal": frozenset({"lead", "quality-assurance", "records-officer"}),
    "site": frozenset({"administrator"}),
    # A published version of an own instrument or framework: what comes with Goldthread is told to nobody more.
    "own-design": SIGNED_IN,
    # Its short name stands in addresses, which whoever asks for one is told again.
    "own-design-name": EVERYBODY,
    # An own instrument or framework that is still being written: those who may write it.
    "draft": frozenset({"lead"}),
    # Its short name stands in the site's journal.
    "draft-name": frozenset({"administrator", "lead"}),
}
"""A class “own:<actor>” is for that actor alone."""

_LETTERS = "bcdfghjkmnprstvw"
_WORD = re.compile(r"zq[a-z]{6}")
_POSTCODE = re.compile(r"zq(?:\d{1,2} ?\d[a-z]{2}|(?<![0-9a-z]zq)\d{1,2}(?![0-9a-z]))")
_PSEUDONYM = re.compile(r"[CAF]-[0-9A-HJKMNP-TV-Z]{7}")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = f"(?P<month>{'|'.join(_MONTHS)})[a-z]*"
_DATES = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})"),
    re.compile(r"(?<!\d)(?P<d>\d{1,2})[/. -](?P<m>\d{1,2})[/. -](?P<y>\d{4}|\d{2})(?!\d)"),
    re.compile(rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s{_MONTH}\.?,?\s(?P<y>\d{{4}})"),
    re.compile(rf"{_MONTH}\.?\s(?P<d>\d{{1,2}}),?\s(?P<y>\d{{4}})"),
    re.compile(r"(?<!\d)(?P<y>19\d\d|20[01]\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?!\d)"),
)
_SHORT = _DATES[1]
_SERIAL = re.compile(r"<v>(\d{5})</v>")
_DAY_NOUGHT = date(1899, 12, 30)


def _patterns(text: str, years: set[int]) -> tuple[re.Pattern[str], ...]:
    """The patterns that can find a day of these years in the text: most texts hold not even the number of the year,
    and to look for that first is a hundred times quicker than to look for days."""
    if any(str(year) in text for year in years):
        return _DATES
    # Only one of them takes a year of two figures, which one of these signs stands before.
    short = (f"{sign}{year % 100:02}" for year in years for sign in "/. -")
    return (_SHORT,) if any(one in text for one in short) else ()


@dataclass(frozen=True, slots=True)
class Canary:
    """A word, the class of what it stands for, where it was planted, and in which inspection (own, other, site)."""

    word: str
    klass: str
    what: str
    place: str

    def may_be_seen_by(self, actor: str) -> bool:
        """Whether that actor, whose inspection is “own”, may ever be shown it."""
        if self.klass.startswith("own:"):
            return self.place == "own" and self.klass == f"own:{actor}"
        readers = READERS[self.klass]
        if readers is EVERYBODY:
            return True
        return self.place != "other" and actor in readers


@dataclass
class Canaries:
    """All canaries of a world, and what finds them in any text."""

    planted: dict[str, Canary] = field(default_factory=dict)
    births: dict[date, Canary] = field(default_factory=dict)
    pseudonyms: dict[str, Canary] = field(default_factory=dict)
    _years: set[int] = field(default_factory=set)

    def plant(self, klass: str, what: str, place: str) -> str:
        """A new word for a place, to be written where only those of the class may read."""
        if not klass.startswith("own:"):
            READERS[klass]
        number, letters = len(self.planted) * 977 + 4_194_304, ""
        for _ in range(6):
            number, letter = divmod(number, len(_LETTERS))
            letters += _LETTERS[letter]
        word = f"Zq{letters}"
        self.planted[word.lower()] = Canary(word, klass, what, place)
        return word

    def born(self, place: str) -> date:
        """A new date of birth: a canary of the vault in whatever form it is written."""
        day = date(2010, 3, 1) + timedelta(days=len(self.births) * 29)
        self._years.add(day.year)
        self.births[day] = Canary(day.isoformat(), "vault", "date of birth", place)
        return day

    def postcode(self, place: str) -> str:
        """A new postcode, which nobody outside the vault may see, not even its district."""
        number = sum(one.what == "postcode" for one in self.planted.values()) + 10
        word = f"ZQ{number} {number % 10}XW"
        self.planted[word.lower().replace(" ", "")] = Canary(word, "vault", "postcode", place)
        self.planted[f"zq{number}"] = Canary(f"ZQ{number}", "vault", "district of a postcode", place)
        return word

    def pseudonym(self, word: str, klass: str, place: str) -> None:
        """Note a pseudonym that the programme gave."""
        self.pseudonyms[word] = Canary(word, klass, "pseudonym", place)

    def found_in(self, text: str) -> set[Canary]:
        """Every canary that a text holds."""
        text = text.replace("\xa0", " ").replace("&nbsp;", " ").replace("%20", " ")
        # Looked for in small letters throughout: a pattern that must mind both takes five times as long.
        small = text.lower()
        words = (word.replace(" ", "") for pattern in (_WORD, _POSTCODE) for word in pattern.findall(small))
        found = {self.planted[word] for word in words if word in self.planted}
        found |= {self.pseudonyms[word] for word in _PSEUDONYM.findall(text) if word in self.pseudonyms}
        return found | {self.births[day] for day in _days_in(small, self._years) if day in self.births}

    def forbidden(self, text: str, actor: str) -> set[Canary]:
        """Canaries that a text holds and the actor may not see."""
        return {one for one in self.found_in(text) if not one.may_be_seen_by(actor)}

    def of(self, *classes: str) -> Iterable[Canary]:
        """The canaries of some classes, dates and postcodes among them."""
        return [one for one in (*self.planted.values(), *self.births.values()) if one.klass in classes]


def _days_in(text: str, years: set[int]) -> Iterator[date]:
    """Every day of some years that stands in a text in small letters, and perhaps others."""
    for pattern in _patterns(text, years):
        for match in pattern.finditer(text):
            parts = match.groupdict()
            month = parts.get("month")
            number = _MONTHS.index(month) + 1 if month else parts["m"]
            year = int(parts["y"])
            try:
                yield date(year if year > 99 else 2000 + year, int(number), int(parts["d"]))
            except ValueError:
                continue
    for serial in _SERIAL.findall(text):
        yield _DAY_NOUGHT + timedelta(days=int(serial))
