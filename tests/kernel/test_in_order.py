"""What is told of runs of rows that lie in order, held against a window over each run."""

import random
from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.kernel.in_order import first_of, last_of, latest_so_far, put_in_order

_DAYS = st.one_of(st.none(), st.dates(date(1, 1, 1), date(9999, 12, 31)))


@given(st.lists(st.lists(_DAYS, min_size=1, max_size=5), min_size=1, max_size=6))
def test_runs_tell_what_windows_over_them_do(runs: list[list[date | None]]) -> None:
    rows = [(number, at == 0, day) for number, run in enumerate(runs) for at, day in enumerate(run)]
    frame = pl.DataFrame(rows, schema={"run": pl.Int64, "begins": pl.Boolean, "day": pl.Date}, orient="row")
    day, begins = pl.col("day"), pl.col("begins")
    told = frame.select(
        first=first_of(day, begins), last=last_of(day, begins), latest=latest_so_far(day, begins),
        latest_of_all=last_of(latest_so_far(day, begins), begins),
    )  # fmt: skip
    naive = [
        (
            run[0],
            run[-1],
            max((one for one in run[: at + 1] if one), default=None),
            max(filter(None, run), default=None),
        )
        for run in runs
        for at in range(len(run))
    ]
    assert told.rows() == naive


@pytest.mark.parametrize("seed", range(20))
def test_rows_are_put_in_order_whether_or_not_they_lie_so(seed: int) -> None:
    dice = random.Random(seed)
    drawn = [(dice.choice((1, 2, 3, None)), dice.choice((1, 2, None)), at) for at in range(dice.choice((0, 1, 4, 9)))]
    rows = pl.DataFrame(drawn, schema={"child": pl.Int64, "day": pl.Int64, "row": pl.Int64}, orient="row")
    order = ("child", "day", "row")
    asked = rows.sort(order, nulls_last=True)
    assert put_in_order(rows.lazy(), order).collect().equals(asked)
    assert put_in_order(asked.lazy(), order).collect().equals(asked)
