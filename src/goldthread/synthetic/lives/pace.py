"""How well the service works on a day, and how much it is asked to do.

A steady service works alike in every month. A declining one loses ground from one month on: over half a year more
and more of what would have been done in time is late, children move more often, and managers write less down.
"""

from dataclasses import dataclass
from datetime import date

from goldthread.domain.calendar import add_months

RAMP_MONTHS = 6
"""Months from the first sign of a decline to its full depth."""


@dataclass(frozen=True, slots=True)
class Slip:
    """What a decline does to one measure at full depth.

    `lost` is the share of what would have been done in time, or written down, that is not; `more` is how much more
    often something happens. `measure` is the catalogue's code of the same measure, where it has one.
    """

    code: str
    says: str
    lost: float = 0.0
    more: float = 0.0
    measure: str = ""


SLIPS: dict[str, Slip] = {
    slip.code: slip
    for slip in (
        Slip("assessments", "assessments authorised within 45 working days", lost=0.24, measure="AS-01"),
        Slip(
            "conferences",
            "initial conferences within 15 working days of the strategy discussion",
            lost=0.34,
            measure="CP-02",
        ),
        Slip("protection_visits", "visits to children on a plan within 10 working days of the one before", lost=0.35),
        Slip("need_visits", "visits to children in need within 20 working days of the one before", lost=0.35),
        Slip("care_visits", "visits to children in care within 42 days of the one before", lost=0.30),
        Slip("placement_moves", "moves to another placement for each 100 children in care", more=0.9),
        Slip("decisions", "months of an open case with a management decision recorded", lost=0.34),
        Slip("minutes", "strategy discussions with a minute recorded", lost=0.22),
    )
}


@dataclass(frozen=True, slots=True)
class Pace:
    """The service's condition over time. `declines_on` is the first day of a decline; `drift` is growth in a year."""

    opens: date
    declines_on: date | None = None
    drift: float = 0.0

    def depth(self, day: date) -> float:
        """How deep the decline is on a day: 0 before it, 1 from the sixth month of it on."""
        if self.declines_on is None or day < self.declines_on:
            return 0.0
        month = (day.year - self.declines_on.year) * 12 + day.month - self.declines_on.month
        return min(1.0, (month + 1) / RAMP_MONTHS)

    def lost(self, code: str, day: date) -> float:
        """The share of what would have been in time that is late on a day."""
        return SLIPS[code].lost * self.depth(day)

    def more(self, code: str, day: date) -> float:
        """How often something happens on a day, as a share of the most that it ever does."""
        most = SLIPS[code].more
        return (1.0 + most * self.depth(day)) / (1.0 + most)

    def demand(self, day: date) -> float:
        """How much arrives in the month of a day, where 1 is the story's first month."""
        years = max(0, (day.year - self.opens.year) * 12 + day.month - self.opens.month) / 12
        return float((1.0 + self.drift) ** years)


def month_of(first: date, number: int) -> date:
    """The first day of a month of the story; month 1 holds the day `first`."""
    return add_months(first.replace(day=1), number - 1)
