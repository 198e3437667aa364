"""The day of a snapshot and how far back it looks: what is known on the day, and what is not yet."""

from dataclasses import dataclass
from datetime import date, timedelta

from goldthread.domain.calendar import add_months
from goldthread.synthetic.days import WorkingDays


@dataclass(frozen=True, slots=True)
class Window:
    """A day, the first days of the six and the twelve months of Annex A's lists up to it, and the calendar."""

    as_at: date
    opens: date
    year_opens: date
    days: WorkingDays

    @classmethod
    def up_to(cls, as_at: date, days: WorkingDays) -> "Window":
        """The window of a day."""
        opens, year_opens = (add_months(as_at, -months) + timedelta(days=1) for months in (6, 12))
        return cls(as_at, opens, year_opens, days)


def known(day: date | None, as_at: date) -> date | None:
    """A date as it stands on a day: nothing where it has not come yet."""
    return day if day is not None and day <= as_at else None


def latest(days: list[date], as_at: date, since: date | None = None) -> date | None:
    """The latest of sorted dates up to a day, and from `since` on."""
    for day in reversed(days):
        if day <= as_at:
            return day if since is None or day >= since else None
    return None
