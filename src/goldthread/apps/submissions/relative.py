"""Whether a group of children is treated differently: each group's share beside that of the others together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goldthread.apps.submissions import pictures
from goldthread.apps.submissions.pictures import Drawn
from goldthread.apps.submissions.queries import BREAKDOWN_TITLES, Breakdown, Share

if TYPE_CHECKING:
    from goldthread.domain.intervals import RelativeRate

DRAWN = ("gender", "ethnicity_group", "disability")
"""What is drawn as well: whether children are treated differently for what they are."""


@dataclass(frozen=True, slots=True)
class Group:
    """One group, and how many times as likely it is there as in the others; None where there are too few to say."""

    name: str
    share: Share
    rate: RelativeRate | None


@dataclass(frozen=True, slots=True)
class Compared:
    """A measure for each group of children, by one thing; with a picture where there is something to draw."""

    title: str
    groups: tuple[Group, ...]
    drawn: Drawn | None


def compared(parts: Sequence[Breakdown]) -> list[Compared]:
    """Every breakdown with its relative rates."""
    return [_compared(part) for part in parts]


def _compared(part: Breakdown) -> Compared:
    from goldthread.kernel.charts.disproportion import RelativeRow, disproportion_chart
    from goldthread.kernel.measure import Breakdown as Part
    from goldthread.kernel.measure import Display
    from goldthread.kernel.measure import Share as Counts
    from goldthread.kernel.relative import relative_rates
    from goldthread.kernel.settings import DEFAULTS

    counted = [
        Part(part.title, name, Counts(one.value.numerator, one.value.denominator, None, None, None, Display.NONE, 0, 0))
        for name, one in part.groups
    ]
    rates = relative_rates(counted, DEFAULTS["few"])
    groups = tuple(Group(name, one, rates[name]) for name, one in part.groups)
    drawn = None
    if part.title in {BREAKDOWN_TITLES[name] for name in DRAWN} and any(one.rate for one in groups):
        rows = [
            RelativeRow(one.name, one.share.value.numerator, one.share.value.denominator, one.rate) for one in groups
        ]
        drawn = pictures.whole(disproportion_chart(rows, "the other groups", "to be counted"))
    return Compared(part.title, groups, drawn)
