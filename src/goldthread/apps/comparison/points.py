"""What a month of a series is: a share of those counted, a rate or a count, or a median or average of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from goldthread.kernel.amount import Amount
    from goldthread.kernel.measure import Measure

FEW = 10
"""Below this many one child moves a point far."""

MONTHS, PER = 12, 10_000


@dataclass(frozen=True, slots=True)
class Counted:
    """One month: of a share how many of how many; of an amount how many, and of a median or average its value.

    `denominator` is null of an amount.
    """

    period: str
    numerator: int
    denominator: int | None
    value: float | None = None


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

    def told(self, one: Counted) -> bool:
        """Whether there is a point. A month in which nothing happened is one of a rate, and of nothing else."""
        if self.how == "rate":
            return True
        return bool(one.denominator) if self.percent else one.value is not None

    def value(self, one: Counted) -> float:
        """The point of a month for which there is one."""
        if self.percent:
            return self.times * one.numerator / (one.denominator or 1)
        return self.times * one.numerator if self.how == "rate" else one.value or 0.0

    def few(self, one: Counted) -> bool:
        """Whether so few are counted that one child moves the point far."""
        return 0 < (one.denominator or 0) < FEW if self.percent else one.numerator < FEW

    def counts(self, one: Counted) -> str:
        """How many it rests on, in words."""
        if self.percent:
            return f"{one.numerator:,} of {one.denominator or 0:,}"
        return f"{one.numerator:,} counted"

    def words(self, one: Counted) -> str:
        """The point in words."""
        return f"{self.value(one):,.1f}" + ("%" if self.percent else "") if self.told(one) else "–"


def scale_of(measure: Measure | Amount, children: int | None) -> Scale:
    """How the months of a measure or an amount are drawn: a rate as counts until somebody says how many children."""
    from goldthread.kernel.amount import Amount, How

    if not isinstance(measure, Amount):
        return Scale("share", "%", 100)
    if measure.how is not How.RATE:
        return Scale(measure.how.value, measure.unit, 1)
    happens = bool(measure.day)
    if children is None:
        return Scale("rate", "in the month" if happens else "on the day", 1, None, happens)
    unit = f"{measure.unit} a year" if happens else measure.unit
    return Scale("rate", unit, PER * (MONTHS if happens else 1) / children, children, happens)


def careful(scale: Scale, counted: Sequence[Counted]) -> list[Counted]:
    """The months whose counts may be shown; the suppression engine says which."""
    from goldthread.domain.disclosure import DFE_LA, WITHHELD, CrossTable, Dimension, shown, suppress

    held = [one for one in counted if scale.told(one)]
    if not scale.percent:
        return [one for one in held if shown(one.numerator) != WITHHELD]
    if not held:
        return []
    months, done = tuple(one.period for one in held), ("done", "not done")
    counts: dict[tuple[str | None, ...], int] = {}
    for one in held:
        counts[one.period, "done"] = one.numerator
        counts[one.period, "not done"] = (one.denominator or 0) - one.numerator
    safe = suppress(CrossTable((Dimension("month", months), Dimension("state", done)), counts), DFE_LA)
    if not safe.safe:
        return []
    cells: Mapping[Any, Any] = safe.cells
    return [one for one in held if all(isinstance(cells[one.period, state], int) for state in done)]
