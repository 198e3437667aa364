"""What a folder of returns is asked to be: which returns, of which years, over how many months, with what in it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from goldthread.synthetic.authority import AuthoritySpec
from goldthread.synthetic.cuts.year import Year
from goldthread.synthetic.lives.pace import Pace, month_of

RETURNS = ("annex-a", "ssda903", "cin", "ssd", "practice")
"""The returns that can be written."""

STORY_MONTHS, MOST_MONTHS = 36, 60
"""How long the story is unless told otherwise, and at most."""

STEEPEST = 0.25
"""The most that demand may grow or shrink in a year."""

DatasetForm = Literal["csv", "parquet"]


@dataclass(frozen=True, slots=True)
class Request:
    """What to write. `months` asks for Annex A as at every month end of a story that long; left out, for the last day.
    `every` leaves month ends out: 6 asks for the last and for every sixth before it.

    `year` is the current collection year of the statutory returns; the one before it is written too. `drift` is the
    yearly growth of demand, and `declines_from` the month of the story, from 1, in which the service begins to decline.
    Raises ValueError for what cannot be told.
    """

    spec: AuthoritySpec
    returns: tuple[str, ...] = RETURNS
    year: int | None = None
    months: int | None = None
    drift: float = 0.0
    declines_from: int | None = None
    dataset_form: DatasetForm = "csv"
    every: int = 1

    def __post_init__(self) -> None:
        unknown = [name for name in self.returns if name not in RETURNS]
        if unknown or not self.returns:
            raise ValueError(f"there is no return {', '.join(unknown) or 'asked for'}; there are {', '.join(RETURNS)}")
        if self.months is not None and not 1 <= self.months <= MOST_MONTHS:
            raise ValueError(f"the months must be from 1 to {MOST_MONTHS}")
        if not 1 <= self.every <= self.length:
            raise ValueError(f"Annex A can be asked for every 1 to {self.length} months")
        if self.declines_from is not None and not 1 <= self.declines_from <= self.length:
            raise ValueError(f"the decline must begin in one of the {self.length} months of the story")
        if not -STEEPEST <= self.drift <= STEEPEST:
            raise ValueError(f"the drift must be from -{STEEPEST} to {STEEPEST}, as a share in a year")
        if self.year is not None and not self._last_year() - 3 <= self.year <= self._last_year():
            raise ValueError(
                f"the collection year must be from {self._last_year() - 3} to {self._last_year()}, "
                f"the last that was over on {self.spec.as_at}"
            )

    @property
    def length(self) -> int:
        """How many months the story has."""
        return self.months or STORY_MONTHS

    @property
    def first_day(self) -> date:
        """The first day of the story: of the month that lies `length` month ends back."""
        return month_of(self.spec.as_at, 2 - self.length)

    @property
    def years(self) -> tuple[Year, Year]:
        """The previous and the current collection year."""
        current = self.year or self._last_year()
        return Year(current - 1), Year(current)

    @property
    def looks_back_to(self) -> date:
        """The earliest day that anything written looks back on."""
        return min(self.first_day, self.years[0].opens)

    @property
    def pace(self) -> Pace:
        """The service's condition over the story."""
        declines_on = month_of(self.first_day, self.declines_from) if self.declines_from else None
        return Pace(self.first_day, declines_on, self.drift)

    @property
    def snapshots(self) -> tuple[date, ...]:
        """The days on which Annex A is cut: month ends of the story, the last being the day of the lists."""
        if self.months is None:
            return (self.spec.as_at,)
        ends = [month_of(self.first_day, number + 1) - timedelta(days=1) for number in range(1, self.months)]
        return (*ends, self.spec.as_at)[:: -self.every][::-1]

    def _last_year(self) -> int:
        day = self.spec.as_at
        return day.year if day >= date(day.year, 3, 31) else day.year - 1
