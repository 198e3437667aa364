"""Days as people write them in prose, read back: a date of birth is one however it is written."""

import re
from datetime import date

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_YEAR = r"(?P<year>(?:19|20)\d\d|\d\d)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_WRITTEN = tuple(
    re.compile(one, re.IGNORECASE)
    for one in (
        rf"\b{_DAY}(?: of)? {_MONTH}\.?,? {_YEAR}\b",
        rf"\b{_MONTH}\.? {_DAY},? {_YEAR}\b",
        rf"\b{_DAY}(?P<gap>[/.\-]){_MONTH}(?P=gap){_YEAR}\b",
        rf"\b{_DAY}(?P<gap>[/.\-])(?P<number>\d{{1,2}})(?P=gap){_YEAR}\b",
        rf"\b(?P<year>(?:19|20)\d\d)(?P<gap>[/.\-])(?P<number>\d{{1,2}})(?P=gap){_DAY}\b",
    )
)


def days_in(text: str) -> list[date]:
    """Every day that a text names in full, in the order of the ways of writing; a day that there is not is no day.

    Two digits of a year are taken as this century, which a child's birth is in. Numbers read day first, as in England.
    """
    found: list[date] = []
    for way in _WRITTEN:
        for told in way.finditer(text):
            day = _day(told.groupdict())
            if day is not None and day not in found:
                found.append(day)
    return found


def _day(told: dict[str, str | None]) -> date | None:
    word, number = told.get("month"), told.get("number")
    begins = str(word)[:3].lower()
    month = int(number) if number else 1 + next(at for at, one in enumerate(_MONTHS) if one.startswith(begins))
    year = int(str(told["year"]))
    try:
        return date(year if year > 99 else 2000 + year, month, int(str(told["day"])))
    except ValueError:
        return None
