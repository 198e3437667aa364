"""The day of a snapshot and how far back it looks: what is known on the day, and what is not yet."""

from dataclasses import dataclass
from datetime import date, timedelta

from goldthread.domain.calendar import add_months
from goldthread.synthetic.days import WorkingDays


@dataclass(frozen=True, slots=True)
class Window:
    """A day, the six and the twelve months of Annex A's lists up to it, and the calendar."""

    as_at: date
    days: WorkingDays

    @property
    def opens(self) -> date:
        """The first day of the six months."""
        return add_months(self.as_at, -6) + timedelta(days=1)

    @property
    def year_opens(self) -> date:
        """The first day of the twelve months."""
        return add_months(self.as_at, -12) + timedelta(days=1)


def known(day: date | None, as_at: date) -> date | None:
    """A date as it stands on a day: nothing where it has not come yet."""
    return day if day is not None and day <= as_at else None


def latest(days: list[date], as_at: date, since: date | None = None) -> date | None:
    """The latest of sorted dates up to a day, and from `since` on."""
    for day in reversed(days):
        if day <= as_at:
            return day if since is None or day >= since else None
    return None
