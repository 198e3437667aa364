"""The record by the month: counted a second time from the generated rows, and only as far as it is known."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from statistics import fmean, median
from typing import Any

import polars as pl
import pytest
from tests.kernel.generated_record import record
from tests.kernel.naive import Naive
from tests.kernel.naive_amounts import OF_RECORD, OUT
from tests.kernel.naive_record import states as states_of

from goldthread.kernel.amount import How
from goldthread.kernel.amounts import RECORD_AMOUNTS
from goldthread.kernel.context import Context
from goldthread.kernel.measure import states
from goldthread.kernel.monthly import HAPPENS_ON as OF_LISTS
from goldthread.kernel.record_measures import RECORD_MEASURES
from goldthread.kernel.record_monthly import (
    FOLLOWS,
    HAPPENS_ON,
    STOOD,
    happened,
    happened_amounts,
    months_known,
    stood,
)
from goldthread.kernel.views import VIEWS
from goldthread.kernel.working_days import bank_holidays

MARCH = date(2025, 3, 31)
CONTEXT = Context(MARCH)
MONTHS = [f"2024-{month:02}" for month in range(4, 13)] + ["2025-01", "2025-02", "2025-03"]


@cache
def made() -> Mapping[str, pl.LazyFrame]:
    return record(77, MARCH, rows=600, children=200)


def views(names: Any, context: Context) -> dict[str, pl.DataFrame]:
    return {name: VIEWS[name].make(made(), context).collect() for name in names}


@cache
def now() -> dict[str, pl.DataFrame]:
    return views({one.table for one in (*RECORD_MEASURES, *RECORD_AMOUNTS)}, CONTEXT)


def test_what_happens_is_counted_in_its_month_as_a_second_computation_says() -> None:
    frames = now()
    rows = states({name: frame.lazy() for name, frame in frames.items()}, RECORD_MEASURES, CONTEXT)
    told = happened(RECORD_MEASURES, rows, frames, CONTEXT, None)
    assert set(told) == set(HAPPENS_ON)
    naive, some = Naive(MARCH, bank_holidays()), 0
    for measure in RECORD_MEASURES:
        if measure.code not in HAPPENS_ON:
            continue
        held = frames[measure.table].to_dicts()
        found = list(zip(states_of(naive, measure.code, held), held, strict=True))
        for month in told[measure.code]:
            here = [state for state, row in found if str(row[HAPPENS_ON[measure.code]])[:7] == month.period]
            counts = [here.count("yes"), here.count("no"), here.count("not_known") * measure.unknown_stays]
            assert (month.numerator, month.denominator) == (counts[0], sum(counts)), measure.code
            some += month.numerator
        assert [month.period for month in told[measure.code]] == MONTHS
    assert some > 100


def test_amounts_of_a_month_are_those_of_its_rows() -> None:
    told = happened_amounts(RECORD_AMOUNTS, now(), CONTEXT, None)
    assert set(told) == {one.code for one in RECORD_AMOUNTS if one.day}
    naive = Naive(MARCH, bank_holidays())
    for amount in RECORD_AMOUNTS:
        for month in told.get(amount.code, ()):
            rows = [row for row in now()[amount.table].to_dicts() if str(row[amount.day])[:7] == month.period]
            numbers = [number for row in rows if (number := OF_RECORD[amount.code](naive, row)) not in (OUT, None)]
            assert month.numerator == len(numbers), amount.code
            if amount.how is How.RATE:
                assert month.value is None
            elif numbers:
                assert month.value == pytest.approx((median if amount.how is How.MEDIAN else fmean)(numbers))


def test_what_stood_at_the_end_of_a_month_is_what_would_have_been_said_on_that_day() -> None:
    told = stood(RECORD_MEASURES, RECORD_AMOUNTS, views, CONTEXT, None)
    assert set(told) == STOOD
    for place, end in ((0, date(2024, 4, 30)), (7, date(2024, 11, 30)), (11, MARCH)):
        frames, naive = views(now(), replace(CONTEXT, as_at=end)), Naive(end, bank_holidays())
        for measure in RECORD_MEASURES:
            if measure.code in STOOD:
                said = states_of(naive, measure.code, frames[measure.table].to_dicts())
                whole = said.count("yes") + said.count("no") + said.count("not_known") * measure.unknown_stays
                month = told[measure.code][place]
                assert (month.period, month.numerator, month.denominator) == (f"{end:%Y-%m}", said.count("yes"), whole)
        for amount in RECORD_AMOUNTS:
            if amount.code in STOOD:
                rows = frames[amount.table].to_dicts()
                counted = sum(OF_RECORD[amount.code](naive, row) != OUT for row in rows)
                assert told[amount.code][place].numerator == counted, amount.code


def test_children_in_care_at_the_end_of_a_month_are_those_whose_episodes_held_that_day() -> None:
    """Straight from the episodes and legal statuses of the record, without any view."""
    told = {month.period: month.numerator for month in stood([], RECORD_AMOUNTS, views, CONTEXT, None)["CLA-01"]}
    episodes, legal = (made()[name].collect().to_dicts() for name in ("ssd_cla_episodes", "ssd_legal_status"))
    for period, counted in told.items():
        end = (date.fromisoformat(f"{period}-01") + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        held = _holding(
            _periods(episodes), end, "clae_person_id", "clae_cla_episode_start_date", "clae_cla_episode_ceased_date"
        )
        status = _holding(
            legal, end, "lega_person_id", "lega_legal_status_start_date", "lega_legal_status_end_date",
        )  # fmt: skip
        long = {
            child for child in held if child not in status or status[child]["lega_legal_status"] not in ("V3", "V4")
        }
        assert counted == len(long) > 0, period


def _periods(episodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Periods of care: each from its first episode's beginning to the end of the episode that began last."""
    held: dict[Any, dict[str, Any]] = {}
    begins, ends = "clae_cla_episode_start_date", "clae_cla_episode_ceased_date"
    for one in sorted((one for one in episodes if one[begins] is not None), key=lambda one: (one[begins], one["row"])):
        held[one["clae_cla_id"]] = {**held.get(one["clae_cla_id"], one), ends: one[ends]}
    return list(held.values())


def _holding(rows: list[dict[str, Any]], day: date, who: str, begins: str, ends: str) -> dict[Any, dict[str, Any]]:
    """What held on a day, by child: of several the one that began last."""
    found = [
        one
        for one in rows
        if one[who] is not None
        and one[begins] is not None
        and one[begins] <= day
        and (one[ends] is None or one[ends] > day)
    ]
    return {one[who]: one for one in sorted(found, key=lambda one: (one[begins], one.get("lega_legal_status") or ""))}


@pytest.mark.parametrize(
    ("as_at", "known_from", "looks_back", "first", "number"),
    [
        (MARCH, None, 0, "2024-04", 12),
        (MARCH, date(2024, 4, 1), 0, "2024-04", 12),
        (MARCH, date(2024, 4, 1), 12, "2024-04", 12),
        (MARCH, date(2024, 4, 1), 24, None, 0),
        (MARCH, date(2023, 10, 1), 24, "2024-10", 6),
        (MARCH, date(2023, 4, 1), 24, "2024-04", 12),
        (MARCH, date(2024, 9, 30), 0, "2024-10", 6),
        (date(2025, 3, 15), date(2024, 9, 15), 0, "2024-10", 5),
    ],
)
def test_only_months_that_the_record_is_whole_for_are_told(
    as_at: date, known_from: date | None, looks_back: int, first: str | None, number: int
) -> None:
    found = months_known(Context(as_at), known_from, looks_back)
    assert (found[0] if found else None, len(found)) == (first, number)


def test_every_measure_happens_stands_or_follows() -> None:
    codes = {measure.code for measure in RECORD_MEASURES}
    assert set(HAPPENS_ON) | FOLLOWS <= codes
    assert not set(HAPPENS_ON) & (FOLLOWS | STOOD)
    for code, day in OF_LISTS.items():
        if code in HAPPENS_ON and code not in ("CLA-20", "AD-08", "AD-10"):
            assert HAPPENS_ON[code] == day
    for measure in RECORD_MEASURES:
        within = "12 months" in measure.denominator and measure.table not in ("cared_in_year", "in_care")
        within &= measure.code not in FOLLOWS
        assert within == (measure.code in HAPPENS_ON), measure.code
    assert {one.code for one in RECORD_AMOUNTS if not one.day} - STOOD == {"HE-06"}
