"""The months of a series as points: a share of those counted, a rate or a count, or a median or average of them."""

from dataclasses import dataclass

from goldthread.kernel.amount import PER, Amount, How
from goldthread.kernel.measure import Measure
from goldthread.kernel.record_monthly import YEAR, MonthCount

FEW = 10
"""Below this many one child moves a point far."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How the months of one measure or amount are drawn. `children` live in the area; null where nobody said."""

    how: str
    unit: str
    times: float
    children: int | None = None
    happens: bool = False

    @property
    def percent(self) -> bool:
        """Whether it is a share."""
        return self.how == "share"

    def told(self, one: MonthCount) -> bool:
        """Whether there is a point. A month in which nothing happened is one of a rate, and of nothing else."""
        if self.how == "rate":
            return True
        return bool(one.denominator) if self.percent else one.value is not None

    def value(self, one: MonthCount) -> float:
        """The point of a month for which there is one."""
        if self.percent:
            return self.times * one.numerator / (one.denominator or 1)
        return self.times * one.numerator if self.how == "rate" else one.value or 0.0

    def few(self, one: MonthCount) -> bool:
        """Whether so few are counted that one child moves the point far."""
        return 0 < (one.denominator or 0) < FEW if self.percent else one.numerator < FEW

    def counts(self, one: MonthCount) -> str:
        """How many it rests on, in words."""
        if self.percent:
            return f"{one.numerator:,} of {one.denominator or 0:,}"
        return f"{one.numerator:,} counted"

    def words(self, one: MonthCount) -> str:
        """The point in words."""
        return f"{self.value(one):,.1f}" + ("%" if self.percent else "") if self.told(one) else "–"


def scale_of(measure: Measure | Amount, children: int | None) -> Scale:
    """How the months of a measure or an amount are drawn: a rate as counts until somebody says how many children."""
    if not isinstance(measure, Amount):
        return Scale("share", "%", 100)
    if measure.how is not How.RATE:
        return Scale(measure.how.value, measure.unit, 1)
    happens = bool(measure.day)
    if children is None:
        return Scale("rate", "in the month" if happens else "on the day", 1, None, happens)
    unit = f"{measure.unit} a year" if happens else measure.unit
    return Scale("rate", unit, PER * (YEAR if happens else 1) / children, children, happens)
