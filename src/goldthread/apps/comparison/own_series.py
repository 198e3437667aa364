"""An authority's own measures over every inspection and programme of it, each held against the months up to a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.comparison import watching
from goldthread.apps.inspections import queries as inspections
from goldthread.apps.inspections.models import Inspection, Kind
from goldthread.apps.submissions import queries as submissions
from goldthread.apps.submissions.models import Submission
from goldthread.domain import lifecycle
from goldthread.domain.control_charts import Point
from goldthread.domain.watch import Watched, watch_series

if TYPE_CHECKING:
    from goldthread.apps.comparison.watching import Watched as Series

STANDS = (
    "It tells what stood on a day: neighbouring months hold mostly the same children, so the stated rates would not be "
    "true of it."
)

KEPT_FROM_YOU = (
    "Months with small numbers are kept from you, and what would be left of the series would not be the series."
)


@dataclass(frozen=True, slots=True)
class Gathered:
    """One measure as several inspections' hand-ins tell it, the earliest first, and the hand-in that told it last."""

    told: tuple[Series, ...]
    row: Submission


def of_authority(
    actor: Actor, inspection: Inspection, permission: Permission = Permission.INSPECTION_READ
) -> list[Inspection]:
    """Every inspection and programme of the same authority that the actor may see (or of which they may read what
    another permission is about), the earliest first."""
    rows = inspections.visible_to(actor, permission).filter(
        authority=inspection.authority, synthetic=inspection.synthetic
    )
    return sorted(rows.exclude(kind=Kind.TRAINING), key=lambda one: (one.call_day, one.title))


def newest(actor: Actor, inspection: Inspection) -> Submission | None:
    """The hand-in of the latest day: of lists where there are any, for they tell of most months."""
    rows = submissions.handed_in(actor, inspection).filter(status=lifecycle.Submission.READ, as_at__isnull=False)
    rows = rows.exclude(hand_over=lifecycle.HandOver.WITHDRAWN).order_by("-as_at", "-created_at")
    every = list(rows)
    return next((one for one in every if one.of_lists), every[0] if every else None)


def gathered(actor: Actor, held: Iterable[Inspection]) -> dict[str, Gathered]:
    """Every measure over the months that all inspections' hand-ins tell of, by its code."""
    found: dict[str, list[Series]] = defaultdict(list)
    latest: dict[str, Submission] = {}
    for inspection in held:
        row = newest(actor, inspection)
        if row is None:
            continue
        for one in watching.all_watched(actor, row)[1]:
            found[one.measure.code].append(one)
            latest[one.measure.code] = row
    return {code: Gathered(tuple(told), latest[code]) for code, told in found.items()}


def points_of(told: Sequence[Series]) -> list[Point]:
    """The months of one measure, the later hand-ins telling of a month that several tell of; from new limits on."""
    last = told[-1]
    values = {
        month.period: one.scale.value(month) for one in told for month in one.counted if one.scale.told(month)
    }  # fmt: skip
    from_month = last.chart.latest.points[0].period if last.chart and len(last.chart.stretches) > 1 else ""
    return [Point(month, value) for month, value in sorted(values.items()) if month >= from_month]


def watched_since(told: Sequence[Series], judged: str | None) -> Watched:
    """One measure watched since a month, against the months up to it; with the reason where it tells nothing."""
    last = told[-1]
    why = STANDS if last.stands else KEPT_FROM_YOU if any(set(one.withheld) - set(one.none) for one in told) else ""
    if why:
        return Watched((), False, (), 0.0, None, why)
    better = watching.DIRECTIONS[last.measure.better.value]
    few = any(one.unsteady for one in told)
    return watch_series(points_of(told), judged=judged, better=better, percent=last.scale.percent, few=few)
