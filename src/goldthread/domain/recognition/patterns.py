"""Who could be recognised: what in a sentence might point to one child, found by pattern before people check it.

These are prompts for the checker, never a clearance: a pattern knows nothing of who lives where (security
reference 4.3). `blocks` findings stop a report from being sent to be checked; the others are shown to the checker.
"""

import re
from collections.abc import Collection

from goldthread.domain.recognition.days import days_in
from goldthread.domain.recognition.doubt import Doubt
from goldthread.domain.recognition.numbers import is_nhs_number, is_pupil_number
from goldthread.domain.recognition.together import together

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_FEW = "one|two|three|four|five|[1-5]"
_WHOM = "children|child|boys?|girls?|young people|young person|famil(?:y|ies)|siblings?"
_AGES = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
_STREETS = "street|road|avenue|lane|drive|close|crescent|gardens|grove|terrace|way|court|place|square|hill|mews|walk"


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


# Name, whether it stops a report from being sent, what it looks like, and how it is told.
_PATTERNS: tuple[tuple[str, bool, re.Pattern[str], str], ...] = (
    ("pseudonym", True, re.compile(r"\b[CAF]-[0-9A-HJKMNP-TV-Z]{5,}\b"), "names a child's pseudonym"),
    ("case", True, _pattern(r"\bcase (?:number |no\.? )?\d+\b"), "names one case by its number"),
    ("mark", True, re.compile(r"\b[EF]\d{3,4}\b"), "quotes the mark of an evidence item or finding"),
    ("postcode", True, _pattern(r"\b[A-Z]{1,2}\d[A-Z\d]?\s{0,2}\d[A-Z]{2}\b"), "holds a postcode"),
    ("e-mail", True, re.compile(r"\b[\w.+'’-]+\s?@\s?[\w-]+\.[\w.]+\b"), "holds an e-mail address"),
    (
        "telephone",
        True,
        re.compile(r"(?:\+44[\s-]?(?:\(0\)[\s-]?)?|\(0|(?<![\w£])0)\d{2,4}\)?(?:[\s-]?\d{3,4}){2}(?!\d)"),
        "holds a telephone number",
    ),
    ("home", True, _pattern(r"\bSC ?\d{6}\b"), "names a home by the number it is registered under"),
    (
        "file",
        True,
        _pattern(r"\b[A-Z]:\\\w|\\\\\w+\\\w|(?<!\w)/(?:home|users|mnt|srv|var)/\w|\b[\w-]+\.(?:docx?|xlsx?|pdf|msg|eml)\b"),
        "names a file or the path of one",
    ),
    (
        "address",
        True,
        re.compile(rf"\b\d{{1,4}}[a-zA-Z]?,? (?:[A-Z][\w'’-]+ ){{1,3}}(?:{_STREETS.title()}|{_STREETS})\b"),
        "holds what looks like the address of a house",
    ),
    ("letter", False, re.compile(r"\b(?:[Cc]hild|[Bb]oy|[Gg]irl|[Ff]amily|[Mm]other|[Ff]ather) [A-Z]\b"),
     "names somebody by a letter"),
    (
        "date",
        False,
        _pattern(rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTHS})\b|\b\d{{1,2}}/\d{{1,2}}/\d{{2,4}}\b"),
        "holds an exact date, which can point to one family",
    ),
    (
        "small number",
        False,
        _pattern(rf"\b(?:{_FEW}) (?:{_WHOM})\b|\bthe only (?:child|family|young person)\b"),
        "speaks of very few children, who could be recognised",
    ),
    (
        "age",
        False,
        _pattern(
            rf"\b(?:\d{{1,2}}|{_AGES})[- ]year[- ]old\b|\baged (?:\d{{1,2}}|{_AGES})\b(?! (?:to|and|or))"
        ),
        "gives an age",
    ),
)  # fmt: skip

_INITIALS = re.compile(r"(?<![\w.])[^\W\d_]\.\s?[^\W\d_]\.(?!\w)")
_TEN_DIGITS = re.compile(r"(?<![\d£])\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)")
_PUPIL = _pattern(r"\b[A-Z]\d{11}[\dA-Z]\b")
_QUOTED = re.compile(r"[“\"]([^”\"]{12,})[”\"]")
_BIRTH = _pattern(r"\bborn\b|\bd\.?o\.?b\b|\bdates? of birth\b|\bbirthdays?\b")
DAY_OF_BIRTH = "gives somebody's date of birth"


def doubts(text: str, cleared: Collection[str] = ()) -> list[Doubt]:
    """What in a sentence might let somebody be recognised.

    `cleared` are words that a record says may be quoted: a quotation that stands in one of them raises no doubt.
    """
    found = [Doubt(name, says, blocks) for name, blocks, pattern, says in _PATTERNS if pattern.search(text)]
    if any(told.isupper() for told in _INITIALS.findall(text)):
        found.append(Doubt("initials", "holds two initials", False))
    found += _numbers(text)
    if days_in(text):
        if _BIRTH.search(text):
            found.append(Doubt("birth", DAY_OF_BIRTH, True))
        elif not any(one.name == "date" for one in found):
            found.append(Doubt("date", "holds an exact date, which can point to one family", False))
    if _not_cleared(text, cleared):
        found.append(Doubt("quotation", "quotes somebody's words, and no record says that they may be used", False))
    if told := together(text):
        found.append(Doubt("together", told, False))
    return found


def _numbers(text: str) -> list[Doubt]:
    found = []
    if ten := _TEN_DIGITS.findall(text):
        valid = any(is_nhs_number(one) for one in ten)
        says = "holds an NHS number" if valid else "holds a number of ten digits, as an NHS number has"
        found.append(Doubt("NHS number", says, True))
    if numbers := _PUPIL.findall(text):
        valid = any(is_pupil_number(one) for one in numbers)
        says = "holds a pupil's number" if valid else "holds a number that is made as a pupil's number is"
        found.append(Doubt("pupil number", says, True))
    return found


def _not_cleared(text: str, cleared: Collection[str]) -> bool:
    known = [_folded(one) for one in cleared]
    return any(not any(_folded(one) in held for held in known) for one in _QUOTED.findall(text))


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
