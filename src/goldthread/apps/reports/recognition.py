"""Who could be recognised: what in a sentence might point to one child, found by pattern before people check it.

These are prompts for the checker, never a clearance: a pattern knows nothing of who lives where (security
reference 4.3). `blocks` findings stop a report from being sent to be checked; the others are shown to the checker.
"""

import re
from dataclasses import dataclass

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_FEW = "one|two|three|four|five|[1-5]"
_WHOM = "children|child|boys?|girls?|young people|young person|famil(?:y|ies)|siblings?"
_AGES = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


# Name, whether it stops a report from being sent, what it looks like, and how it is told.
_PATTERNS: tuple[tuple[str, bool, re.Pattern[str], str], ...] = (
    ("pseudonym", True, re.compile(r"\b[CAF]-[0-9A-HJKMNP-TV-Z]{5,}\b"), "names a child's pseudonym"),
    ("case", True, _pattern(r"\bcase (?:number )?\d+\b"), "names one case by its number"),
    ("mark", True, re.compile(r"\b[EF]\d{3,4}\b"), "quotes the mark of an evidence item or finding"),
    ("postcode", True, re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"), "holds a postcode"),
    ("NHS number", True, re.compile(r"\b\d{3}[ -]?\d{3}[ -]?\d{4}\b"), "holds a number like an NHS number"),
    ("e-mail", True, re.compile(r"\b[\w.+-]+@[\w-]+\.[\w.]+\b"), "holds an e-mail address"),
    ("telephone", True, re.compile(r"\b0\d{3,4} ?\d{3} ?\d{3,4}\b"), "holds a telephone number"),
    (
        "date",
        False,
        _pattern(rf"\b\d{{1,2}}(?:st|nd|rd|th)? (?:{_MONTHS})\b|\b\d{{1,2}}/\d{{1,2}}/\d{{2,4}}\b"),
        "holds an exact date, which can point to one family",
    ),
    (
        "small number",
        False,
        _pattern(rf"\b(?:{_FEW}) (?:{_WHOM})\b|\bthe only (?:child|family|young person)\b"),
        "speaks of very few children, who could be recognised",
    ),
    ("quotation", False, re.compile(r"[“\"][^”\"]{12,}[”\"]"), "quotes somebody's words: were they cleared?"),
    ("age", False, _pattern(rf"\b(?:\d{{1,2}}|{_AGES})[- ]year[- ]old\b"), "gives an age"),
)


@dataclass(frozen=True, slots=True)
class Doubt:
    """One place where somebody could be recognised. It quotes nothing."""

    name: str
    says: str
    blocks: bool


def doubts(text: str) -> list[Doubt]:
    """What in a sentence might let somebody be recognised."""
    return [Doubt(name, says, blocks) for name, blocks, pattern, says in _PATTERNS if pattern.search(text)]
