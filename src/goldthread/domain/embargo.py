"""The moment from which everybody may read a report: what it may be, and how it is told, in the time of England.

The framework's clock counts days; an embargo is a day and a time of day (Europe/London). Nothing forbids a day on which
nobody works, so such a day is told and not refused.
"""

from collections.abc import Set
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from goldthread.domain.calendar import is_working_day, working_days_between

PHASE = "publication"
"""The phase of a framework in which its report is published."""

FURTHEST = timedelta(days=366)
"""How far ahead an embargo may lie: further than this is a year typed wrong. Our own rule."""

LONDON = ZoneInfo("Europe/London")


class EmbargoError(ValueError):
    """A moment that an embargo cannot have. The message is one plain sentence or two for the person who gave it."""


def moment_of(day: date, at: time) -> datetime:
    """A day and a time of England as one moment. Raises EmbargoError for a time that the clocks skip or tell twice."""
    held = datetime.combine(day, at, LONDON)
    if held.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) != held.replace(tzinfo=None):
        raise EmbargoError("The clocks go forward in that hour, so there is no such time. Choose another.")
    if held.utcoffset() != held.replace(fold=1).utcoffset():
        raise EmbargoError("The clocks go back in that hour, so there are two such times. Choose another.")
    return held


def require_moment(moment: datetime, now: datetime) -> None:
    """Raise EmbargoError where a moment does not lie ahead, or lies further ahead than anybody means."""
    if moment <= now:
        raise EmbargoError("That moment is past. Choose one that lies ahead, or publish the report at once.")
    if moment - now > FURTHEST:
        raise EmbargoError("That is more than a year ahead. Look at the year, and choose a nearer day.")


def in_words(moment: datetime) -> str:
    """A moment as people say it: “9:30am on Thursday 3 December 2026”."""
    held = moment.astimezone(LONDON)
    return f"{_time(held)} on {held:%A} {held.day} {held:%B %Y}"


def _time(held: datetime) -> str:
    if (held.hour, held.minute) in ((0, 0), (12, 0)):
        # “12am” and “12pm” are read both ways; so the GOV.UK style guide.
        return "midday" if held.hour else "midnight at the start of the day"
    minutes = f":{held.minute:02d}" if held.minute else ""
    return f"{held.hour % 12 or 12}{minutes}{'am' if held.hour < 12 else 'pm'}"


def not_before(moment: datetime) -> str:
    """The words under which a pre-publication copy is given."""
    return f"Not to be shared before {in_words(moment)}."


def told_in_days(moment: datetime, today: date, holidays: Set[date]) -> str:
    """How far off a moment that lies ahead is in working days, and whether it falls on a day on which nobody works."""
    day = moment.astimezone(LONDON).date()
    if day == today:
        return "That is today."
    days = working_days_between(today, day, holidays)
    told = f"That is {days} working day{'s' * (days != 1)} after today."
    if is_working_day(day, holidays):
        return told
    kind = "a bank holiday" if day.weekday() < 5 else f"a {day:%A}"
    return f"{told} It falls on {kind}, which is not a working day."
