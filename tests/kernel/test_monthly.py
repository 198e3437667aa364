"""Measures by the month: what happened is counted in its own month, and what stands is counted as it stands."""

from datetime import date, timedelta

import pytest
from tests.kernel.generated import lists
from tests.kernel.naive import Naive
from tests.tables import table

from goldthread.kernel.measures import MEASURES
from goldthread.kernel.monthly import HAPPENS_ON, month, months_within, since_of, whole_months
from goldthread.kernel.working_days import bank_holidays

MARCH = date(2025, 3, 31)
BY_CODE = {measure.code: measure for measure in MEASURES}


def test_what_happened_is_counted_in_its_own_month_alone() -> None:
    text = """
        started_on | authorised_on
        2025-01-06 | 2025-01-20
        2025-01-06 | 2025-02-28
        2025-01-06 | 2025-03-01
        2025-01-06 | 2025-03-31
        2025-01-06 |
    """
    frames = {"assessments": table("assessments", text)}
    counts = {}
    before = None
    for day in (date(2025, 1, 31), date(2025, 2, 28), MARCH):
        told = {entry.code: entry for entry in month(frames, as_at=day, before=before).measures}
        counts[day.month] = (told["AS-01"].denominator, told["AS-03"].denominator)
        before = day
    # Open at the end of January were four, of February three: those two and the one still open; then one.
    assert counts == {1: (1, 4), 2: (1, 3), 3: (2, 1)}


def test_a_month_begins_after_the_snapshot_before_it() -> None:
    assert since_of(MARCH, None) == date(2025, 2, 28)
    assert since_of(MARCH, date(2025, 2, 26)) == date(2025, 2, 26)
    with pytest.raises(ValueError, match="earlier day"):
        month({}, as_at=MARCH, before=MARCH)


@pytest.mark.parametrize("code", list(BY_CODE))
def test_a_second_computation_counts_the_same(code: str) -> None:
    frames = lists(seed=11, as_at=MARCH, rows=300)
    since = MARCH - timedelta(days=60)
    (entry,) = month(frames, as_at=MARCH, before=since, measures=[BY_CODE[code]]).measures
    rows = frames[BY_CODE[code].table].to_dicts()
    states = Naive(MARCH, bank_holidays()).states(code, rows)
    if code in HAPPENS_ON:
        column = HAPPENS_ON[code]
        states = [
            state if row[column] is not None and row[column] > since else None
            for row, state in zip(rows, states, strict=True)
        ]
    assert entry.numerator == states.count("yes")
    assert entry.not_known == states.count("not_known")
    assert entry.not_due == states.count("not_due")
    left_in = states.count("not_known") if BY_CODE[code].unknown_stays else 0
    assert entry.denominator == states.count("yes") + states.count("no") + left_in > 0


def test_every_day_named_is_a_column_of_its_measure() -> None:
    for code, column in HAPPENS_ON.items():
        assert column in BY_CODE[code].fields


def test_only_whole_months_within_the_period_of_a_list_are_told() -> None:
    assert whole_months(date(2026, 10, 31), 6) == ["2026-05", "2026-06", "2026-07", "2026-08", "2026-09", "2026-10"]
    assert whole_months(date(2026, 9, 30), 6) == ["2026-04", "2026-05", "2026-06", "2026-07", "2026-08", "2026-09"]
    assert whole_months(date(2026, 10, 14), 6) == ["2026-05", "2026-06", "2026-07", "2026-08", "2026-09"]
    assert whole_months(date(2026, 2, 28), 2) == ["2026-01", "2026-02"]
    assert len(whole_months(date(2026, 10, 31), 12)) == 12


@pytest.mark.parametrize("code", list(HAPPENS_ON))
def test_the_months_of_one_snapshot_are_counted_a_second_time(code: str) -> None:
    frames = lists(seed=12, as_at=MARCH, rows=300)
    measure = BY_CODE[code]
    found = months_within(frames, as_at=MARCH, measures=[measure])[code]
    rows = frames[measure.table].to_dicts()
    states = Naive(MARCH, bank_holidays()).states(code, rows)
    assert list(found) == whole_months(MARCH, 12 if measure.table == "adoptions" else 6)
    for month_of, counted in found.items():
        here = [
            state
            for row, state in zip(rows, states, strict=True)
            if row[HAPPENS_ON[code]] is not None and row[HAPPENS_ON[code]].isoformat()[:7] == month_of
        ]
        stays = here.count("not_known") if measure.unknown_stays else 0
        assert (counted.numerator, counted.denominator) == (
            here.count("yes"), here.count("yes") + here.count("no") + stays
        )  # fmt: skip
        assert (counted.not_known, counted.not_due) == (here.count("not_known"), here.count("not_due"))
