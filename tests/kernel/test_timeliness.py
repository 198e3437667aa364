"""In time, late, overdue, not yet due: drawn, and worked out twice."""

from datetime import date
from typing import Any

import polars as pl
import pytest
from tests.kernel.generated_record import record
from tests.tables import table

from goldthread.domain.calendar import add_months, working_days_between
from goldthread.kernel.context import Context
from goldthread.kernel.record_measures import RECORD_MEASURES
from goldthread.kernel.timeliness import WORK, Pace, Work, pace, paces
from goldthread.kernel.views import VIEWS
from goldthread.kernel.working_days import bank_holidays

AS_AT = date(2025, 3, 31)
BY_NAME = {work.name: work for work in WORK}

DRAWN = {
    "assessments": (
        """
        started_on | authorised_on | team
        2024-11-25 | 2025-01-30    | East
        2024-11-25 | 2025-01-31    | East
        2025-01-24 |               | East
        2025-01-27 |               | East
        2025-01-24 | 2025-04-01    | East
                   | 2025-01-30    | East
        2025-02-01 | 2025-01-30    | East
        2024-01-25 | 2024-03-31    | East
        2025-04-01 |               | East
        """,
        "in_time late overdue not_due overdue not_known not_known - -",
    ),
    "assessments_from_referral": (
        """
        referred_on | started_on | authorised_on
        2024-11-25  | 2024-11-29 | 2025-01-30
        2024-11-25  | 2024-11-29 | 2025-01-31
        2025-01-24  | 2025-02-20 |
        2025-01-27  | 2025-02-20 |
        """,
        "in_time late overdue not_due",
    ),
    "conferences": (
        """
        strategy_on | conference_on | went_no_further
        2024-12-13  | 2025-01-08    |
        2024-12-13  | 2025-01-09    | N
        2025-03-07  |               | N
        2025-03-10  |               |
        2025-01-10  |               | Y
        2024-12-13  | 2025-01-08    | Y
        """,
        "in_time late overdue not_due - in_time",
    ),
}


@pytest.mark.parametrize("name", list(BY_NAME))
def test_each_row_stands_as_drawn(name: str) -> None:
    text, states = DRAWN[name]
    work = BY_NAME[name]
    frame = table(work.table, text)
    got = frame.select(pace(work, Context(AS_AT)).alias("state"))["state"].to_list()
    assert [state or "-" for state in got] == states.split()


def _naive(work: Work, row: dict[str, Any], as_at: date, limit: int) -> str | None:
    start, done = row[work.start], row[work.done]
    if done is not None and done > as_at:
        done = None
    if done is not None and done <= add_months(as_at, -12):
        return None
    if done is None and ((start is not None and start > as_at) or row.get("went_no_further") == "Y"):
        return None
    if start is None or (done is not None and done < start):
        return "not_known"
    short = working_days_between(start, done or as_at, bank_holidays()) <= limit
    if done is not None:
        return "in_time" if short else "late"
    return "not_due" if short else "overdue"


@pytest.mark.parametrize("as_at", [date(2025, 3, 31), date(2024, 2, 29)], ids=str)
def test_a_second_computation_counts_the_same(as_at: date) -> None:
    made = record(as_at.toordinal() + 3, as_at, rows=900)
    context = Context(as_at)
    frames: dict[str, pl.DataFrame] = {
        name: VIEWS[name].make(made, context).collect() for name in {work.table for work in WORK}
    }
    seen: set[str | None] = set()
    for told, work in zip(paces(WORK, frames, context), WORK, strict=True):
        states = [_naive(work, row, as_at, context.setting(work.limit)) for row in frames[work.table].to_dicts()]
        for name in ("in_time", "late", "overdue", "not_due", "not_known"):
            assert getattr(told, name) == states.count(name), (work.name, name)
        seen.update(states)
    assert seen == {None, *Pace}


def test_work_whose_start_no_row_has_is_not_told_of() -> None:
    frame = table("all_assessments", "started_on | authorised_on\n2025-01-10 | 2025-02-10")
    told = paces(
        [BY_NAME["assessments"], BY_NAME["assessments_from_referral"]], {"all_assessments": frame}, Context(AS_AT)
    )
    assert [each.name for each in told] == ["assessments"]


def test_it_stands_beside_measures_of_the_same_view() -> None:
    tables = {measure.code: measure.table for measure in RECORD_MEASURES}
    for work in WORK:
        assert all(code in tables for code in work.beside)
