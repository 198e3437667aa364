"""Every measure of the record on its small view, and what holds of all of them."""

from datetime import date

import polars as pl
import pytest
from tests.kernel.measure_specs import Spec
from tests.kernel.record_measure_specs import SPECS
from tests.tables import table

from goldthread.kernel.context import Context, age_on
from goldthread.kernel.measure import Measure, result, states
from goldthread.kernel.measures import MEASURES
from goldthread.kernel.record_measures import RECORD_MEASURES
from goldthread.kernel.views import VIEWS

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
