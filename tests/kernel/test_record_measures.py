"""Every measure of the record on its small view, and what holds of all of them."""

from datetime import date

import polars as pl
import pytest
from tests.kernel import (  # noqa: F401 - they add specs
    record_measure_specs_of_care,
    record_measure_specs_of_leavers,
    record_measure_specs_of_need,
)
from tests.kernel.generated_record import record
from tests.kernel.measure_specs import Spec
from tests.kernel.naive import Naive
from tests.kernel.naive_record import states as naive_states
from tests.kernel.record_measure_specs import SPECS
from tests.tables import table

from goldthread.kernel.context import Context, age_on
from goldthread.kernel.measure import Measure, result, states
from goldthread.kernel.measures import MEASURES
from goldthread.kernel.record_measures import RECORD_MEASURES
from goldthread.kernel.views import VIEWS
from goldthread.kernel.working_days import bank_holidays

AS_AT = date(2025, 3, 31)
BY_CODE = {measure.code: measure for measure in RECORD_MEASURES}


def _drawn(spec: Spec) -> pl.DataFrame:
    """The view as drawn, with the ages that its birth dates give."""
    return table(spec.table, spec.text).with_columns(age_on(AS_AT).alias("age"))


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.measure)
def test_each_row_counts_as_the_definition_says(spec: Spec) -> None:
    frame = _drawn(spec)
    expected = {row: state for row, state in enumerate(spec.states, 1) if state != "-"}
    assert frame.height == len(spec.states)
    lazy = {spec.table: frame.lazy()}
    found = states(lazy, [BY_CODE[spec.measure]], Context(AS_AT, lazy))[spec.measure]
    assert dict(found.select("row", "state").iter_rows()) == expected


def test_every_measure_has_a_spec_with_a_row_that_counts_and_one_that_does_not() -> None:
    seen: dict[str, set[str]] = {}
    for spec in SPECS:
        assert BY_CODE[spec.measure].table == spec.table
        seen.setdefault(spec.measure, set()).update(spec.states)
    assert set(seen) == set(BY_CODE)
    assert [code for code, of_code in seen.items() if not {"yes", "no"} <= of_code] == []


def test_no_two_measures_bear_one_code_and_every_text_can_be_filled_in() -> None:
    assert len(BY_CODE) == len(RECORD_MEASURES)
    for measure in RECORD_MEASURES:
        told = result(measure, None, Context(AS_AT))
        assert "{" not in told.definition
        assert set(told.settings) == set(measure.settings)
        assert told.warnings == ("What was handed in has nothing to work this out from.",)


@pytest.mark.parametrize("measure", RECORD_MEASURES, ids=lambda measure: measure.code)
def test_a_measure_asks_only_columns_that_it_names(measure: Measure) -> None:
    context = Context(AS_AT)
    asked = {
        name
        for test in (measure.cohort, measure.hits, measure.unknown, measure.not_due)
        if test is not None
        for name in test(context).meta.root_names()
    }
    told = {column.name for column in VIEWS[measure.table].table.columns}
    assert asked <= told
    # What stands behind an age is the birth date, and the age itself.
    assert asked - {"age", "born_on"} <= set(measure.fields), measure.code


def test_a_code_that_both_catalogues_have_asks_one_question() -> None:
    lists = {measure.code: measure for measure in MEASURES}
    both = lists.keys() & BY_CODE.keys()
    assert {"AS-01", "CLA-04", "CL-01"} <= both
    assert [code for code in both if lists[code].better is not BY_CODE[code].better] == []


@pytest.fixture(scope="module", params=[date(2025, 3, 31), date(2024, 2, 29), date(2025, 12, 27)], ids=str)
def views(request: pytest.FixtureRequest) -> tuple[dict[str, pl.DataFrame], date]:
    as_at: date = request.param
    made = record(as_at.toordinal() + 1, as_at, rows=400, children=150)
    frames = {name: view.make(made, Context(as_at)).collect() for name, view in VIEWS.items()}
    return {**frames, "in_care": _with_homes(frames["in_care"]), "leavers": _with_codes(frames["leavers"])}, as_at


def _with_homes(in_care: pl.DataFrame) -> pl.DataFrame:
    """Distances that no directory gave, some blank, near the limit."""
    miles = [None, 19.9, 20.0, 20.1, 55.0]
    return in_care.with_columns(miles=pl.Series([miles[row % 5] for row in in_care["row"]], dtype=pl.Float64))


def _with_codes(leavers: pl.DataFrame) -> pl.DataFrame:
    """Codes of care leavers in the place of invented words."""
    given = {
        "eligibility": ["FORMER", "RELEVANT", "ELIGIBLE", "QUALIFYING", None],
        "in_touch": ["YES", "NO", "REFU", "NREQ", "DIED", "RHOM", None],
        "accommodation": ["U", "Z", "G", "W", "S", "R", None, "D", "B"],
        "suitability": ["SUITABLE", "UNSUITABLE", None],
        "activity": ["F1", "P4", "F4", "G4", "G6", None, "F5", "P2"],
    }
    return leavers.with_columns(
        pl.Series(name, [codes[row % len(codes)] for row in leavers["row"]], dtype=pl.String)
        for name, codes in given.items()
    )


@pytest.mark.parametrize("measure", RECORD_MEASURES, ids=lambda measure: measure.code)
def test_a_second_naive_computation_agrees_row_by_row(
    measure: Measure, views: tuple[dict[str, pl.DataFrame], date]
) -> None:
    frames, as_at = views
    lazy = {measure.table: frames[measure.table].lazy()}
    found = states(lazy, [measure], Context(as_at, lazy))[measure.code]
    rows = frames[measure.table].to_dicts()
    told = naive_states(Naive(as_at, bank_holidays()), measure.code, rows)
    expected = {row["row"]: state for row, state in zip(rows, told, strict=True) if state is not None}
    assert expected
    assert dict(found.select("row", "state").iter_rows()) == expected
