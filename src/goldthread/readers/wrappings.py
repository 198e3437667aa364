"""What case systems and spreadsheets wrap around a value of a list, and the value without it.

Quotes and list marks, 'do not use' and its like, a row's number or a team behind, the field's own name in front,
words run together. A value is read bare only where it is not understood as it stands, so that nothing which means
something is taken away; codes are never taken away.
"""

import re
from collections.abc import Callable, Iterator

_MARKS = " \t\"'\u2018\u2019\u201c\u201d`*;,.\u2022\u00b7[](){}-\u2013_=<>~"
_DISUSE = (
    r"(?:do not use|don'?t use|not in use|no longer (?:in )?use[d]?|not used|dnu|old|xx+|zz+|historic(?:al)?|inactive"
    r"|obsolete|archived?|legacy|end[- ]?dated|expired|superseded|deleted|active)"
)
_DISUSE_IN_FRONT = re.compile(rf"(?:\W*{_DISUSE}\b[\s:.)\]*-]*)+", re.IGNORECASE)
_FORBIDDEN = re.compile(
    r"\W*(?:(?:zz+|xx+|old)\W+)?(?:do not use|don'?t use|not in use|no longer (?:in )?used?|not used)\b"
    r"[\s:.)\]*-]*(?=\w)",
    re.IGNORECASE,
)
"""'Do not use' in front is taken off before anything is read: its 'not' would deny what stands behind it."""
_DISUSE_BEHIND = re.compile(rf"(?:[\s(\[*-]+{_DISUSE}[\s)\]*.]*)+$", re.IGNORECASE)
_NUMBER_BEHIND = re.compile(
    r"\s*(?:#\s*|\b(?:id|ref)\b[:\s]*)\d+\s*$|\s*[\[(]\s*\d{4,}\s*[\])]\s*$|\s+-\s*\d{5,}\s*$", re.IGNORECASE
)
_TEAM_BEHIND = re.compile(
    r"(?:\s+[-\u2013/|]\s*|\s*[(\[]\s*)(?:[A-Za-z0-9&']+\s+){0,3}"
    r"(?:team|locality|area team|pod)(?:\s+[A-Za-z0-9])?\s*[)\]]?\s*$",
    re.IGNORECASE,
)
_DATE_BEHIND = re.compile(
    r"[\s(\[-]+(?:(?:as (?:at|of)|from|since|on|to|until|pre|post|before|after|up to|with effect from|wef)\s+)?"
    r"(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2}|(?:\d{1,2}\s+)?[A-Za-z]{3,9}\s+(?:19|20)\d\d|(?:19|20)\d\d)"
    r"\s*[)\]]?\s*$",
    re.IGNORECASE,
)
_TEAMS_ARE_VALUES = frozenset({"source", "social_worker_change", "provider"})
"""Lists in which a team behind a value may be what is meant: 'Other - adoption team'."""
_NAME_IN_FRONT = re.compile(r"([A-Za-z][A-Za-z' /]{1,60}?)\s*(?::|=|\s-\s)\s*(.+)", re.DOTALL)
_JOINTS = re.compile(r"(?<=[a-z,:;)])(?=[A-Z(])|(?<=[A-Z])(?=[A-Z][a-z]{2})|(?<=\d)(?=[A-Z][a-z]{2})")
_NAMES = frozenset({"category", "cat", "status", "type", "reason", "code", "description", "desc", "value"})
_IN_NAMES = frozenset(
    ["at", "birth", "ceased", "ceasing", "cin", "cla", "closure", "current", "for", "group", "initial", "latest", "lac",
     "main", "of", "origin", "plan", "primary", "the", "looked", "after", "to", "be", "leaving", "contact", "referral",
     "care", "leaver", "child", "childs"]
)  # fmt: skip


def _parted(text: str) -> str:
    return _JOINTS.sub(" ", text)


def _without_name(name: str) -> Callable[[str], str]:
    own = frozenset(name.split("_"))

    def bare(text: str) -> str:
        match = _NAME_IN_FRONT.fullmatch(text)
        if match is None:
            return text
        said = frozenset(re.findall("[a-z]+", match.group(1).replace("'", "").casefold()))
        named = bool(said & (own | _NAMES)) and said <= own | _NAMES | _IN_NAMES
        return match.group(2) if named else text

    return bare


def _without_team(name: str) -> Callable[[str], str]:
    """Takes off the team that some systems print behind each value of an export: 'Neglect - North Team'."""
    return (lambda text: text) if name in _TEAMS_ARE_VALUES else (lambda text: _TEAM_BEHIND.sub("", text))


def without_ban(text: str) -> str:
    """The text of a value without the 'do not use' in front, by which an old entry of a list is kept from use."""
    return _FORBIDDEN.sub("", text, count=1) if _FORBIDDEN.match(text) else text


def barer(text: str, name: str) -> Iterator[str]:
    """The text of a value of the list `name` with one wrapping after another taken off, from the outside."""
    steps: tuple[Callable[[str], str], ...] = (
        lambda held: held.strip(_MARKS),
        lambda held: _NUMBER_BEHIND.sub("", held),
        lambda held: _DATE_BEHIND.sub("", held),
        lambda held: _DISUSE_BEHIND.sub("", held),
        _without_team(name),
        lambda held: _DISUSE_IN_FRONT.sub("", held, count=1) if _DISUSE_IN_FRONT.match(held) else held,
        _without_name(name),
        _parted,
    )
    for step in steps:
        bare = step(text)
        if bare.strip() and bare != text:
            text = bare
            yield text
