"""Measures month by month, from a snapshot at the end of each: what happened since the one before, and what stood then.

A list reaches back six or twelve months. A measure of what happened, asked of every snapshot as it is, would count each
event in six points or twelve, and a control chart would take the overlap for a trend. So of what happens, each month
counts its own; what stands open on a day is counted as it stands.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from goldthread.domain.calendar import add_months
from goldthread.kernel.context import Context
from goldthread.kernel.measure import Measure, MeasureResult, Share, State, Test, result, share, states
from goldthread.kernel.measures import MEASURES
from goldthread.kernel.settings import with_settings

HAPPENS_ON: Mapping[str, str] = {
    "FD-05": "referred_on",
    "FD-06": "referred_on",
    "AS-01": "authorised_on",
    "AS-05": "authorised_on",
    "CP-02": "conference_on",
    "CP-04": "conference_on",
    "CP-08": "started_on",
    "CP-11": "ended_on",
    "CLA-20": "started_on",
    "AD-08": "adopted_on",
    "AD-10": "decided_on",
}
"""The measures of what happens, by the day on which it does. The others tell what stands on the as-at date."""


@dataclass(frozen=True, slots=True)
class Month:
    """What the measures say of one snapshot, of what happened after `since` and stood on `as_at`."""

    as_at: date
    since: date
    measures: tuple[MeasureResult, ...]


REACHES_BACK: Mapping[str, str] = {"adoptions": "adoption_period_months"}
"""The setting that says how far back a list reaches; the others reach as far as `period_months` says."""


def since_of(as_at: date, before: date | None) -> date:
    """The last day that is not the month's: the day of the snapshot before, or the end of the month before."""
    return before if before is not None else date.fromordinal(as_at.replace(day=1).toordinal() - 1)


def month(
    tables: Mapping[str, pl.DataFrame],
    *,
    as_at: date,
    before: date | None = None,
    settings: Mapping[str, int] | None = None,
    measures: Sequence[Measure] = MEASURES,
) -> Month:
    """The measures of one snapshot, for its own month. Raises ValueError where the snapshot before is not earlier."""
    if before is not None and before >= as_at:
        raise ValueError("the snapshot before must describe an earlier day")
    since = since_of(as_at, before)
    lazy = {name: frame.lazy() for name, frame in tables.items()}
    context = Context(as_at=as_at, tables=lazy, settings=with_settings(settings))
    asked = [_of_month(measure, since) for measure in measures]
    rows = states(lazy, asked, context)
    return Month(as_at, since, tuple(result(measure, rows.get(measure.code), context) for measure in asked))


def _of_month(measure: Measure, since: date) -> Measure:
    column = HAPPENS_ON.get(measure.code)
    return measure if column is None else replace(measure, cohort=_after(measure.cohort, column, since))


def _after(cohort: Test, column: str, since: date) -> Test:
    return lambda context: cohort(context).fill_null(False) & (pl.col(column) > since).fill_null(False)


def months_within(
    tables: Mapping[str, pl.DataFrame],
    *,
    as_at: date,
    settings: Mapping[str, int] | None = None,
    measures: Sequence[Measure] = MEASURES,
) -> dict[str, dict[str, Share]]:
    """One snapshot's measures of what happens, by code, for each whole month that its list covers ("2026-05").

    What happened long ago has had more time to be done than what happened lately: rows that are not yet due are
    counted apart, as in the measure itself.
    """
    lazy = {name: frame.lazy() for name, frame in tables.items()}
    context = Context(as_at=as_at, tables=lazy, settings=with_settings(settings))
    asked = [measure for measure in measures if measure.code in HAPPENS_ON and measure.table in tables]
    rows = states(lazy, asked, context)
    return {measure.code: _by_month(measure, rows[measure.code], tables[measure.table], context) for measure in asked}


def whole_months(as_at: date, back: int) -> list[str]:
    """The calendar months that lie wholly within so many months up to a day, the earliest first."""
    first = add_months(as_at, -back)
    begins = [add_months(as_at.replace(day=1), -number) for number in range(back, -1, -1)]
    return [
        f"{month:%Y-%m}"
        for month in begins
        if month > first and add_months(month, 1).toordinal() - 1 <= as_at.toordinal()
    ]


def _by_month(measure: Measure, rows: pl.DataFrame, table: pl.DataFrame, context: Context) -> dict[str, Share]:
    back = context.setting(REACHES_BACK.get(measure.table, "period_months"))
    day = pl.col(HAPPENS_ON[measure.code]).dt.strftime("%Y-%m").alias("month")
    counted: dict[str, dict[str, int]] = {month: {} for month in whole_months(context.as_at, back)}
    found = rows.join(table.select("row", day), on="row").group_by("month", "state").len()
    for month, state, number in found.iter_rows():
        if month in counted:
            counted[month][State(state)] = number
    few, some = context.setting("few"), context.setting("some")
    return {
        month: share(counts, unknown_stays=measure.unknown_stays, few=few, some=some)
        for month, counts in counted.items()
    }
