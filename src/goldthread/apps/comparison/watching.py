"""The authority's own series: control charts of its measures over the months, with targets and new limits on record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone

from goldthread.apps.access import policy
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Target
from goldthread.apps.access.roles import Side
from goldthread.apps.comparison.hand_ins import across, by_hand_in, sequence, within
from goldthread.apps.comparison.models import Rebased, Series
from goldthread.apps.comparison.points import careful
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
from goldthread.domain.control_verdicts import (
    Assurance,
    Streak,
    Sustained,
    Variation,
    assurance,
    streak,
    sustained,
    too_few,
    variation,
)

if TYPE_CHECKING:
    from goldthread.kernel.amount import Amount
    from goldthread.kernel.charts import Chart
    from goldthread.kernel.measure import Measure
    from goldthread.kernel.month_points import Scale
    from goldthread.kernel.record_monthly import MonthCount

DIRECTIONS = {"high": Direction.HIGH, "low": Direction.LOW, "context": Direction.NEITHER}


YEAR = 12
YEARS_OF_LISTS = frozenset({"CLA-04"})
"""What a list of Annex A itself counts over a year, such as the placements of each child."""


class NotWatched(Submission.DoesNotExist):
    """There is no such series, or no picture of it."""


class Source(StrEnum):
    """Where a series comes from."""

    HAND_INS = "hand-ins"
    ALL_LISTS = "all-lists"
    LISTS = "lists"


def own_month(watched: Watched, submission: Submission) -> bool:
    """Whether each hand-in gives one point, of its own month: so it is with what lists of Annex A are asked."""
    from goldthread.kernel.measures import MEASURES

    return submission.of_lists and any(watched.measure.code == each.code for each in MEASURES)


def source_says(watched: Watched, submission: Submission) -> str:
    """What the points of a series are, in words."""
    source = watched.source
    if source is Source.LISTS:
        what = "these lists" if submission.of_lists else "this hand-in"
        cover = "they cover" if submission.of_lists else "it covers"
        return f"From {what} alone: one point for each whole month that {cover}. What is not yet due is left out."
    if source is Source.ALL_LISTS:
        return (
            "From the lists of all hand-ins: one point for each whole month that any of them covers; of two that "
            "cover a month, the later tells it. What is not yet due is left out."
        )
    if own_month(watched, submission):
        return (
            "One point for each month in which lists were handed in: what happened since the hand-in before, or what "
            "stood on the day."
        )
    return "From every hand-in of this form: what happened in each month, or what stood at its end or on the day."


@dataclass(frozen=True, slots=True)
class Watched:
    """One measure or amount over the months, as somebody may see it.

    `chart` is None where there are too few points, and `why_not` says so. `small` are months with fewer than ten in
    the denominator, `none` those with nobody, `withheld` those whose counts are too small to be shown to this person.
    `waiting` are new limits on record that cannot be drawn yet.
    """

    measure: Measure | Amount
    scale: Scale
    source: Source
    counted: tuple[MonthCount, ...]
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
        return too_few(len(self.small), sum(self.scale.told(one) for one in self.counted))

    @property
    def rolling(self) -> bool:
        """Whether each point looks back over a year, so that neighbouring points share most of what they count."""
        return self.stands and (self._looks_back >= YEAR or self.measure.code in YEARS_OF_LISTS)

    @property
    def _looks_back(self) -> int:
        return int(getattr(self.measure, "looks_back", 0))

    @property
    def stands(self) -> bool:
        """Whether each point tells of what stood on a day, and not of what happened in a month."""
        from goldthread.kernel.monthly import HAPPENS_ON as OF_LISTS
        from goldthread.kernel.record_monthly import HAPPENS_ON

        happens = self.measure.code in HAPPENS_ON or self.measure.code in OF_LISTS
        return not happens and not getattr(self.measure, "day", "")

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

    @property
    def streak(self) -> Streak | None:
        """How the latest months did against the target; None where there is none to hold them against."""
        target = self.series.target_value
        if self.chart is None or target is None or self.chart.better is Direction.NEITHER:
            return None
        return streak(self.chart, target)


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
    from goldthread.kernel.month_points import scale_of

    hand_ins = sequence(actor, submission)
    told = _told(hand_ins, submission)
    of_side = side_of(submission.inspection, actor)
    held = {
        one.code: one for one in Series.objects.filter(inspection=submission.inspection, side=of_side)
    }  # fmt: skip
    rebased = _rebased(list(held.values()))
    withhold = not queries.may_read_rows(actor, submission)
    made = []
    for code, measure in _watchable(submission).items():
        scale = scale_of(measure, submission.inspection.children_in_area)
        source = _richest(scale, {each: months.get(code, []) for each, months in told.items()})
        counted = told[source].get(code, [])
        if _has_series(scale, counted):
            series = held.get(code) or Series(inspection=submission.inspection, side=of_side, code=code)
            one = _Ground(measure, scale, source, counted, series, rebased.get(code, []))
            made.append(_watched(one, withhold=withhold))
    return hand_ins, made


def has_months(submission: Submission, code: str) -> bool:
    """Whether a submission by itself tells of a month of a measure, so that there is a series of it to look at."""
    from goldthread.kernel.month_points import scale_of

    measure = _watchable(submission).get(code)
    if measure is None or not submission.readable or submission.as_at is None:
        return False
    scale = scale_of(measure, submission.inspection.children_in_area)
    return any(_has_series(scale, found.get(code, [])) for found in (by_hand_in([submission]), within(submission)))


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
    from goldthread.kernel.month_points import scale_of

    measure = _watchable(row).get(code)
    if measure is None or not row.readable:
        raise NotWatched
    scale = scale_of(measure, row.inspection.children_in_area)
    months = _told(sequence(actor, row), row)
    told = {each: counted for each, found in months.items() if _has_series(scale, counted := found.get(code, []))}
    if any(told.get(each) == told.get(Source.ALL_LISTS) for each in (Source.LISTS, Source.HAND_INS)):
        told.pop(Source.ALL_LISTS, None)  # it tells nothing that the other does not
    able = tuple(told)
    chosen = source or _richest(scale, told)
    if chosen not in able:
        raise NotWatched
    of_side = side_of(row.inspection, actor)
    series = Series.objects.filter(inspection=row.inspection, side=of_side, code=code).first() or Series(
        inspection=row.inspection, side=of_side, code=code
    )
    rebased = _rebased([series]).get(code, []) if not series._state.adding else []
    withhold = leaving or not queries.may_read_rows(actor, row)
    made = _watched(_Ground(measure, scale, chosen, told[chosen], series, rebased), withhold=withhold)
    return One(row, made, able, tuple(rebased))


def periods(found: One, actor: Actor) -> list[str]:
    """The months from which limits may be drawn anew: every month for which there is a point but the first."""
    code, scale = found.watched.measure.code, found.watched.scale
    told = _told(sequence(actor, found.submission), found.submission).values()
    months = sorted({one.period for each in told for one in each.get(code, []) if scale.told(one)})
    return months[1:]


def hand_ins_of(found: One, actor: Actor) -> list[Submission]:
    """The submissions that a series is made of: one, or every one that the actor may see up to it."""
    return [found.submission] if found.watched.source is Source.LISTS else sequence(actor, found.submission)


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
    return control_chart_picture(
        watched.chart, watched.measure.title, target=target, unit=watched.scale.unit, few=watched.unsteady
    )


def _watchable(submission: Submission) -> Mapping[str, Measure | Amount]:
    """Everything that may have a series, by code: of lists what they are asked, of other forms what the record is."""
    from goldthread.kernel.declared import declared
    from goldthread.kernel.record_measures import RECORD_MEASURES

    return declared() if submission.of_lists else {**declared(), **{one.code: one for one in RECORD_MEASURES}}


def _told(hand_ins: Sequence[Submission], submission: Submission) -> dict[Source, dict[str, list[MonthCount]]]:
    """Every measure's months, by where they come from."""
    all_lists = {Source.ALL_LISTS: across(hand_ins)} if submission.of_lists else {}
    return {Source.HAND_INS: by_hand_in(hand_ins), **all_lists, Source.LISTS: within(submission)}


def _has_series(scale: Scale, counted: Sequence[MonthCount]) -> bool:
    """Whether anybody was counted in any month."""
    return any(scale.told(one) and (one.denominator or one.numerator) for one in counted)


def _richest(scale: Scale, told: Mapping[Source, Sequence[MonthCount]]) -> Source:
    """The hand-ins where one came every month, for they tell what was known then; else whatever has most months."""

    def points(source: Source) -> list[str]:
        return [one.period for one in told.get(source, ()) if scale.told(one)]

    over = points(Source.HAND_INS)
    if len(over) >= len(points(Source.LISTS)) and _every_month(over):
        return Source.HAND_INS
    return max((Source.HAND_INS, Source.LISTS, Source.ALL_LISTS), key=lambda source: len(points(source)))


def _every_month(periods: Sequence[str]) -> bool:
    numbers = [12 * int(period[:4]) + int(period[5:]) for period in periods]
    return all(later - earlier == 1 for earlier, later in pairwise(numbers))


def _rebased(series: Sequence[Series]) -> dict[str, list[Rebased]]:
    found: dict[str, list[Rebased]] = {}
    rows = Rebased.objects.filter(series__in=[one.pk for one in series], taken_back_at=None)
    for row in rows.select_related("made_by", "series"):
        found.setdefault(row.series.code, []).append(row)
    return found


@dataclass(frozen=True, slots=True)
class _Ground:
    measure: Measure | Amount
    scale: Scale
    source: Source
    counted: Sequence[MonthCount]
    series: Series
    rebased: Sequence[Rebased]


def _watched(of: _Ground, *, withhold: bool) -> Watched:
    scale, counted = of.scale, of.counted
    shown = careful(scale, counted) if withhold else list(counted)
    held = {one.period for one in shown}
    points = [Point(one.period, scale.value(one)) for one in shown if scale.told(one)]
    chart, why_not, waiting = _chart(points, DIRECTIONS[of.measure.better.value], of.rebased, percent=scale.percent)
    return Watched(
        of.measure, scale, of.source, tuple(shown), chart, why_not,
        small=tuple(one.period for one in shown if scale.told(one) and scale.few(one)),
        none=tuple(one.period for one in counted if not scale.told(one)),
        withheld=tuple(one.period for one in counted if one.period not in held),
        waiting=tuple(waiting), series=of.series,
    )  # fmt: skip


def _chart(
    points: Sequence[Point], better: Direction, rebased: Sequence[Rebased], *, percent: bool
) -> tuple[ControlChart | None, str, list[Rebased]]:
    """The chart with as many of the new limits as can be drawn, the latest left out first; or why there is none."""
    drawn = [one for one in rebased if one.period in {point.period for point in points}]
    waiting = [one for one in rebased if one not in drawn]
    while True:
        limits = [Rebasing(one.period, one.because) for one in drawn]
        try:
            return control_chart(points, better=better, rebasings=limits, percent=percent, count=True), "", waiting
        except ControlChartError as error:
            if not drawn or len(points) < FEWEST:
                return None, str(error), [*rebased]
            waiting.append(drawn.pop())
