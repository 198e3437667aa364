"""Every view of the record, worked out twice on generated records."""

from datetime import date
from typing import Any

import polars as pl
import pytest
from tests.kernel.generated_record import record, rows_of
from tests.kernel.naive_care import NaiveCare
from tests.kernel.naive_views import NAIVE

from goldthread.kernel.context import Context
from goldthread.kernel.views import VIEWS
from goldthread.kernel.views.tables import VIEW_TABLES
from goldthread.kernel.working_days import bank_holidays

DAYS = (date(2025, 3, 31), date(2024, 2, 29), date(2025, 12, 27))


def _sorted(rows: list[dict[str, Any]], names: list[str]) -> list[tuple[str, ...]]:
    return sorted(tuple(str(row.get(name)) for name in names) for row in rows)


@pytest.fixture(scope="module", params=DAYS, ids=str)
def world(request: pytest.FixtureRequest) -> tuple[dict[str, pl.LazyFrame], date]:
    as_at: date = request.param
    return record(as_at.toordinal(), as_at), as_at


@pytest.mark.parametrize("name", list(VIEWS))
def test_a_second_naive_computation_makes_the_same_rows(name: str, world: tuple[dict[str, pl.LazyFrame], date]) -> None:
    made, as_at = world
    got = VIEWS[name].make(made, Context(as_at)).collect()
    told = VIEW_TABLES[name]
    assert dict(got.schema) == {column: dtype() for column, dtype in told.schema().items()}
    assert got["row"].to_list() == list(range(1, got.height + 1))
    names = [column.name for column in told.columns]
    tables = {table: rows_of(made, table) for table in made}
    naive = NAIVE[name](NaiveCare(tables, as_at, bank_holidays()))
    assert naive
    assert _sorted(got.to_dicts(), names) == _sorted(naive, names)
