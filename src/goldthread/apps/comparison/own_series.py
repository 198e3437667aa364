"""An authority's own measures over every inspection and programme of it, each held against the months up to a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.comparison import watching
from goldthread.apps.inspections import queries as inspections
from goldthread.apps.inspections.models import Inspection, Kind
from goldthread.apps.submissions import queries as submissions
from goldthread.apps.submissions.models import Submission
from goldthread.domain import lifecycle
from goldthread.domain.control_charts import Direction, Point
from goldthread.domain.watch import Watched, untold, watch_series

if TYPE_CHECKING:
    from goldthread.apps.comparison.watching import Watched as Series
    from goldthread.kernel.record_monthly import MonthCount

STANDS = (
    "It tells what stood on a day: neighbouring months hold mostly the same children, so the stated rates would not be "
    "true of it."
)

KEPT_FROM_YOU = (
    "Not shown to you: months with small numbers are shown only to who may read the lists row by row, such as the lead "
    "and the data analyst, and what is left for you tells nothing by itself. Ask one of them what it says."
)
"""Why a series tells somebody nothing who is not shown enough of it; it tells the others."""


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


@dataclass(frozen=True, slots=True)
class Months:
    """The months of one measure over several hand-ins, as somebody may see them, the earliest first.

    `small` are those that count fewer than ten, `kept` those whose counts the reader is not shown; of both only what
    lies after the last new limits.
    """

    points: tuple[Point, ...]
    small: frozenset[str]
    kept: frozenset[str]


def points_of(told: Sequence[Series]) -> list[Point]:
    """The points of those months."""
    return list(months_of(told).points)


def months_of(told: Sequence[Series]) -> Months:
    """The months of one measure, the later hand-ins telling of a month that several tell of; from new limits on.

    What the later one withholds of a month is not told by the earlier.
    """
    counted: dict[str, MonthCount] = {}
    kept: set[str] = set()
    for one in told:
        shown = {month.period: month for month in one.counted if one.scale.told(month)}
        withheld = set(one.withheld) - set(one.none)
        counted = {period: month for period, month in {**counted, **shown}.items() if period not in withheld}
        kept = (kept - set(shown)) | withheld
    last = told[-1]
    first = last.chart.latest.points[0].period if last.chart and len(last.chart.stretches) > 1 else ""
    return Months(
        tuple(Point(period, last.scale.value(counted[period])) for period in sorted(counted) if period >= first),
        frozenset(period for period, month in counted.items() if period >= first and last.scale.few(month)),
        frozenset(period for period in kept if period >= first),
    )


def watched_since(told: Sequence[Series], judged: str | None) -> Watched:
    """One measure watched since a month, against the months up to it; with the reason where it tells nothing.

    It goes by the months that the reader is shown, as the page of the series does, and tells how many they are not:
    while nothing changes, what is withheld is withheld before and after alike, so that the stated rates stand.
    """
    last = told[-1]
    if last.stands:
        return Watched((), False, (), 0.0, None, STANDS)
    held = months_of(told)
    better = watching.DIRECTIONS[last.measure.better.value]
    found = watch_series(
        held.points, judged=judged, better=better, percent=last.scale.percent, small=held.small
    )  # fmt: skip
    kept = len(held.kept)
    if not (kept and found.why_not) or better is Direction.NEITHER:
        return replace(found, kept=kept)
    # Where the months themselves are too few, or none comes after the judgement, that is so for everybody.
    of_all = untold(sorted({*held.kept, *(point.period for point in held.points)}), judged)
    return replace(found, kept=0 if of_all else kept, why_not=of_all or KEPT_FROM_YOU)
