"""The authority's own series: control charts of its measures over the months, with targets and new limits on record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import timezone

from goldthread.apps.access import policy
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Target
from goldthread.apps.access.roles import Side
from goldthread.apps.comparison.hand_ins import Counted, across, by_hand_in, sequence, within
from goldthread.apps.comparison.models import Rebased, Series
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.inspections.queries import sides_of
from goldthread.apps.submissions import queries
from goldthread.apps.submissions.models import Submission
from goldthread.domain.control_charts import (
    FEWEST,
    ControlChart,
    ControlChartError,
    Direction,
    Point,
    Rebasing,
    control_chart,
)
from goldthread.domain.control_verdicts import Assurance, Sustained, Variation, assurance, sustained, variation

if TYPE_CHECKING:
    from goldthread.kernel.charts import Chart
    from goldthread.kernel.measure import Measure

FEW = 10
"""Below this denominator one child moves a percentage by ten points or more."""

DIRECTIONS = {"high": Direction.HIGH, "low": Direction.LOW, "context": Direction.NEITHER}


class NotWatched(Submission.DoesNotExist):
    """There is no such series, or no picture of it."""


class Source(StrEnum):
    """Where a series comes from."""

    HAND_INS = "hand-ins"
    ALL_LISTS = "all-lists"
    LISTS = "lists"


SOURCE_SAYS: Mapping[Source, str] = {
    Source.HAND_INS: "One point for each month in which lists were handed in: what happened since the hand-in before, "
    "or what stood on the day.",
    Source.ALL_LISTS: "From the lists of every hand-in so far: one point for each whole month that any of them covers; "
    "of two that cover a month, the later tells it. What is not yet due is left out.",
    Source.LISTS: "From these lists alone: one point for each whole month that they cover. What is not yet due is left "
    "out.",
}


@dataclass(frozen=True, slots=True)
class Watched:
    """One measure over the months, as somebody may see it.

    `chart` is None where there are too few points, and `why_not` says so. `small` are months with fewer than ten in
    the denominator, `none` those with nobody, `withheld` those whose counts are too small to be shown to this person.
    `waiting` are new limits on record that cannot be drawn yet.
    """

    measure: Measure
    source: Source
    counted: tuple[Counted, ...]
    chart: ControlChart | None
    why_not: str
    small: tuple[str, ...]
    none: tuple[str, ...]
    withheld: tuple[str, ...]
    waiting: tuple[Rebased, ...]
    series: Series

    @property
    def unsteady(self) -> bool:
        """Whether most months count fewer than ten, so that one child or two make a signal."""
        told = sum(one.denominator > 0 for one in self.counted)
        return 2 * len(self.small) > told

    @property
    def change(self) -> Variation | None:
        """What the latest point says of change."""
        return variation(self.chart) if self.chart is not None else None

    @property
    def lasting(self) -> Sustained | None:
        """Whether a change has lasted."""
        return sustained(self.chart, self.series.target_value) if self.chart is not None else None

    @property
    def assured(self) -> Assurance | None:
        """Whether the target is safe."""
        if self.chart is None or self.chart.better is Direction.NEITHER:
            return None
        return assurance(self.chart, self.series.target_value)


@dataclass(frozen=True, slots=True)
class One:
    """One series of a submission, to be looked at or changed."""

    submission: Submission
    watched: Watched
    sources: tuple[Source, ...]
    rebased: tuple[Rebased, ...]

    @property
    def inspection(self) -> Inspection:
        """The inspection that it belongs to."""
        return self.submission.inspection

    def target(self) -> Target:
        """Asked about as the submission is."""
        return self.submission.target()


def side_of(inspection: Inspection, actor: Actor) -> Side:
    """On whose behalf somebody watches: each side has targets and limits of its own."""
    held = sides_of(inspection, actor)
    return min(held, key=list(Side).index) if held else Side.TEAM


def may_edit(actor: Actor, submission: Submission) -> bool:
    """Whether a page should offer to set a target or draw limits anew."""
    return policy.decide(actor, Permission.SERIES_EDIT, submission.target(), timezone.now()).allowed


def all_watched(actor: Actor, submission: Submission) -> tuple[list[Submission], list[Watched]]:
    """The hand-ins that are looked at, and every measure's series from the source that tells most."""
    if not submission.readable:
        return [], []
    hand_ins = sequence(actor, submission)
    told = _told(hand_ins, submission)
    of_side = side_of(submission.inspection, actor)
    held = {
        one.code: one for one in Series.objects.filter(inspection=submission.inspection, side=of_side)
    }  # fmt: skip
    rebased = _rebased(list(held.values()))
    careful = not queries.may_read_rows(actor, submission)
    made = []
    for measure in _measures():
        source = _richest({source: months.get(measure.code, []) for source, months in told.items()})
        counted = told[source].get(measure.code, [])
        if any(one.denominator for one in counted):
            series = held.get(measure.code) or Series(inspection=submission.inspection, side=of_side, code=measure.code)
            made.append(_watched(measure, source, counted, series, rebased.get(measure.code, []), careful=careful))
    return hand_ins, made


def one(actor: Actor, inspection: UUID, submission: UUID, code: str) -> One:
    """One measure's series, from the source that tells most. Raises Submission.DoesNotExist."""
    return _one(actor, queries.get(actor, inspection, submission), code, None, leaving=False)


def one_from(actor: Actor, row: Submission, code: str, source: str, *, leaving: bool = False) -> One:
    """One measure's series from one source; `leaving` withholds small numbers whoever asks. Raises NotWatched."""
    try:
        return _one(actor, row, code, Source(source) if source else None, leaving=leaving)
    except ValueError:
        raise NotWatched from None


def _one(actor: Actor, row: Submission, code: str, source: Source | None, *, leaving: bool) -> One:
    measure = next((each for each in _measures() if each.code == code), None)
    if measure is None or not row.readable:
        raise NotWatched
    months = _told(sequence(actor, row), row)
    told = {each: counted for each, found in months.items() if _points(counted := found.get(code, []))}
    if Source.LISTS in told and _points(told.get(Source.ALL_LISTS, [])) == _points(told[Source.LISTS]):
        del told[Source.ALL_LISTS]  # earlier hand-ins add nothing
    able = tuple(told)
    chosen = source or _richest(told)
    if chosen not in able:
        raise NotWatched
    of_side = side_of(row.inspection, actor)
    series = Series.objects.filter(inspection=row.inspection, side=of_side, code=code).first() or Series(
        inspection=row.inspection, side=of_side, code=code
    )
    rebased = _rebased([series]).get(code, []) if not series._state.adding else []
    careful = leaving or not queries.may_read_rows(actor, row)
    made = _watched(measure, chosen, told[chosen], series, rebased, careful=careful)
    return One(row, made, able, tuple(rebased))


def periods(found: One, actor: Actor) -> list[str]:
    """The months from which limits may be drawn anew: every month with somebody in it but the first."""
    code = found.watched.measure.code
    told = _told(sequence(actor, found.submission), found.submission).values()
    months = sorted({one.period for each in told for one in each.get(code, []) if one.denominator})
    return months[1:]


def rebasing(actor: Actor, inspection: UUID, submission: UUID, code: str, rebased: int) -> Rebased:
    """New limits on record, on the actor's side. Raises Submission.DoesNotExist or Rebased.DoesNotExist."""
    row = queries.get(actor, inspection, submission)
    of_side = side_of(row.inspection, actor)
    return Rebased.objects.select_related("series", "series__inspection").get(
        pk=rebased, series__inspection=row.inspection, series__side=of_side, series__code=code
    )


def picture(watched: Watched) -> Chart:
    """The control chart. Raises NotWatched where there is none."""
    from goldthread.kernel.charts import control_chart_picture

    if watched.chart is None:
        raise NotWatched
    better = watched.chart.better is not Direction.NEITHER
    target = watched.series.target_value if better else None
    return control_chart_picture(watched.chart, watched.measure.title, target=target, unit="%")


def _measures() -> tuple[Measure, ...]:
    from goldthread.kernel.measures import MEASURES

    return MEASURES


def _told(hand_ins: Sequence[Submission], submission: Submission) -> dict[Source, dict[str, list[Counted]]]:
    """Every measure's months, by where they come from."""
    return {
        Source.HAND_INS: by_hand_in(hand_ins), Source.ALL_LISTS: across(hand_ins), Source.LISTS: within(submission),
    }  # fmt: skip


def _richest(told: Mapping[Source, Sequence[Counted]]) -> Source:
    """The hand-ins where one came every month, for they tell what was known then; else whatever has most months."""
    over = [one.period for one in told.get(Source.HAND_INS, ()) if one.denominator]
    if len(over) >= _points(told.get(Source.LISTS, ())) and _every_month(over):
        return Source.HAND_INS
    ranked = (Source.HAND_INS, Source.LISTS, Source.ALL_LISTS)
    return max(ranked, key=lambda source: _points(told.get(source, ())))


def _every_month(periods: Sequence[str]) -> bool:
    numbers = [12 * int(period[:4]) + int(period[5:]) for period in periods]
    return all(later - earlier == 1 for earlier, later in pairwise(numbers))


def _points(counted: Sequence[Counted]) -> int:
    return sum(one.denominator > 0 for one in counted)


def _rebased(series: Sequence[Series]) -> dict[str, list[Rebased]]:
    found: dict[str, list[Rebased]] = {}
    rows = Rebased.objects.filter(series__in=[one.pk for one in series], taken_back_at=None)
    for row in rows.select_related("made_by", "series"):
        found.setdefault(row.series.code, []).append(row)
    return found


def _watched(
    measure: Measure, source: Source, counted: Sequence[Counted], series: Series, rebased: Sequence[Rebased], *,
    careful: bool,
) -> Watched:  # fmt: skip
    shown = _careful(counted) if careful else list(counted)
    held = {one.period for one in shown}
    points = [Point(one.period, 100 * one.numerator / one.denominator) for one in shown if one.denominator]
    chart, why_not, waiting = _chart(points, DIRECTIONS[measure.better.value], rebased)
    return Watched(
        measure, source, tuple(shown), chart, why_not,
        small=tuple(one.period for one in shown if 0 < one.denominator < FEW),
        none=tuple(one.period for one in counted if not one.denominator),
        withheld=tuple(one.period for one in counted if one.period not in held),
        waiting=tuple(waiting), series=series,
    )  # fmt: skip


def _chart(
    points: Sequence[Point], better: Direction, rebased: Sequence[Rebased]
) -> tuple[ControlChart | None, str, list[Rebased]]:
    """The chart with as many of the new limits as can be drawn, the latest left out first; or why there is none."""
    drawn = [one for one in rebased if one.period in {point.period for point in points}]
    waiting = [one for one in rebased if one not in drawn]
    while True:
        limits = [Rebasing(one.period, one.because) for one in drawn]
        try:
            return control_chart(points, better=better, rebasings=limits, percent=True), "", waiting
        except ControlChartError as error:
            if not drawn or len(points) < FEWEST:
                return None, str(error), [*rebased]
            waiting.append(drawn.pop())


def _careful(counted: Sequence[Counted]) -> list[Counted]:
    """The months whose counts may be shown; the suppression engine says which."""
    from goldthread.domain.disclosure import DFE_LA, CrossTable, Dimension, suppress

    held = [one for one in counted if one.denominator]
    if not held:
        return []
    months, done = tuple(one.period for one in held), ("done", "not done")
    counts: dict[tuple[str | None, ...], int] = {}
    for one in held:
        counts[one.period, "done"] = one.numerator
        counts[one.period, "not done"] = one.denominator - one.numerator
    safe = suppress(CrossTable((Dimension("month", months), Dimension("state", done)), counts), DFE_LA)
    if not safe.safe:
        return []
    cells: Mapping[Any, Any] = safe.cells
    return [one for one in held if all(isinstance(cells[one.period, state], int) for state in done)]
