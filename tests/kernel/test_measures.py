"""Every measure on its small table, worked out twice, and what holds of all results."""

from datetime import date

import polars as pl
import pytest
from tests.kernel import (  # noqa: F401 - they add specs
    measure_specs_of_care,
    measure_specs_of_need,
)
from tests.kernel.generated import lists
from tests.kernel.measure_specs import SPECS, Spec
from tests.kernel.naive import Naive
from tests.tables import table

from goldthread.domain.intervals import wilson
from goldthread.kernel.context import Context
from goldthread.kernel.measure import Display, Measure, MeasureResult, states
from goldthread.kernel.measures import MEASURES
from goldthread.kernel.run import run
from goldthread.kernel.working_days import bank_holidays

AS_AT = date(2025, 3, 31)
BY_CODE = {measure.code: measure for measure in MEASURES}


def _states(frames: dict[str, pl.DataFrame], measure: Measure, as_at: date = AS_AT) -> dict[int, str]:
    lazy = {name: frame.lazy() for name, frame in frames.items()}
    found = states(lazy, [measure], Context(as_at, lazy))[measure.code]
    return dict(found.select("row", "state").iter_rows())


def _result(code: str, frames: dict[str, pl.DataFrame], **settings: int) -> MeasureResult:
    return run(frames, as_at=AS_AT, settings=settings, rules=(), measures=[BY_CODE[code]]).measures[0]


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.measure)
def test_each_row_counts_as_the_definition_says(spec: Spec) -> None:
    frame = table(spec.table, spec.text)
    expected = {row: state for row, state in enumerate(spec.states, 1) if state != "-"}
    assert frame.height == len(spec.states)
    assert _states({spec.table: frame}, BY_CODE[spec.measure]) == expected


def test_every_measure_has_a_spec_with_a_row_that_counts_and_one_that_does_not() -> None:
    seen: dict[str, set[str]] = {}
    for spec in SPECS:
        seen.setdefault(spec.measure, set()).update(spec.states)
    assert set(seen) == set(BY_CODE)
    assert [code for code, of_code in seen.items() if not {"yes", "no"} <= of_code] == []


@pytest.mark.parametrize("as_at", [date(2025, 3, 31), date(2024, 2, 29), date(2025, 12, 27)])
@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.code)
def test_a_second_naive_computation_agrees_row_by_row(measure: Measure, as_at: date) -> None:
    frames = lists(seed=as_at.toordinal(), as_at=as_at)
    rows = frames[measure.table].to_dicts()
    naive = Naive(as_at, bank_holidays()).states(measure.code, rows)
    expected = {row["row"]: state for row, state in zip(rows, naive, strict=True) if state is not None}
    assert expected
    assert _states(frames, measure, as_at) == expected


def _visits(seen: int, late: int) -> dict[str, pl.DataFrame]:
    lines = [f"C{n} | 2024-01-01 | 2025-03-27" for n in range(seen)]
    lines += [f"D{n} | 2024-01-01 | 2024-03-27" for n in range(late)]
    return {"protection_plans": table("protection_plans", "\n".join(["child | started_on | last_visit_on", *lines]))}


@pytest.mark.parametrize(
    ("seen", "late", "display"),
    [
        (0, 0, Display.NONE),
        (5, 4, Display.COUNTS),
        (5, 5, Display.COUNTS_AND_RANGE),
        (20, 9, Display.COUNTS_AND_RANGE),
        (20, 10, Display.FULL),
    ],
)
def test_how_much_is_shown_depends_on_the_denominator(seen: int, late: int, display: Display) -> None:
    result = _result("CP-13", _visits(seen, late))
    assert (result.numerator, result.denominator, result.display) == (seen, seen + late, display)
    shown = display in (Display.COUNTS_AND_RANGE, Display.FULL)
    assert (result.value is not None) == (result.low is not None) == (result.high is not None) == shown


def test_the_value_is_a_percentage_within_its_wilson_range() -> None:
    result = _result("CP-13", _visits(30, 10))
    bounds = wilson(30, 40)
    assert result.value == pytest.approx(75.0)
    assert (result.low, result.high) == (pytest.approx(100 * bounds.low), pytest.approx(100 * bounds.high))
    assert result.one_is == pytest.approx(2.5)


def test_a_changed_setting_changes_the_answer_and_stands_in_the_definition() -> None:
    plans = {"protection_plans": table("protection_plans", "started_on | last_visit_on\n2024-01-01 | 2025-03-10")}
    assert _result("CP-13", plans).numerator == 0
    wider = _result("CP-13", plans, protection_visit_days=20)
    assert wider.numerator == 1
    assert "no more than 20 working days" in wider.definition
    assert wider.settings["protection_visit_days"] == 20
    assert any("protection_visit_days = 20 instead of 10" in warning for warning in wider.warnings)


def test_not_known_stays_in_the_denominator_where_the_national_definition_keeps_it() -> None:
    homes = table("care_leavers", "born_on | suitability\n2004-01-01 | SUITABLE\n2004-01-01 |")
    result = _result("CL-06", {"care_leavers": homes})
    assert (result.numerator, result.denominator, result.not_known) == (1, 2, 1)


def test_not_known_is_left_out_where_a_length_cannot_be_told() -> None:
    assessments = table("assessments", "started_on | authorised_on\n2025-01-10 | 2025-01-20\n | 2025-01-20")
    result = _result("AS-01", {"assessments": assessments})
    assert (result.numerator, result.denominator, result.not_known) == (1, 1, 1)
    assert any("1 of 2 (50%) are not known; they are left out" in warning for warning in result.warnings)


def test_a_list_that_is_not_in_the_file_gives_no_figure_and_says_so() -> None:
    result = _result("CL-01", {})
    assert (result.denominator, result.value, result.display) == (0, None, Display.NONE)
    assert "List 9 (Care leavers) is not in the file" in result.warnings[0]


def test_a_column_that_the_file_lacks_gives_no_figure_rather_than_nought() -> None:
    old_form = table("care_leavers", "eligibility | in_touch\nFORMER | YES\nFORMER | YES")
    result = _result("CL-09", {"care_leavers": old_form})
    assert (result.numerator, result.denominator, result.display) == (0, 0, Display.NONE)
    assert "“Latest Date of Contact” is empty in every row used" in result.warnings[0]


def test_breakdowns_add_up_to_the_whole() -> None:
    frames = lists(seed=5, as_at=AS_AT, rows=300)
    for result in run(frames, as_at=AS_AT, rules=()).measures:
        for by in {part.by for part in result.breakdowns}:
            shares = [part.share for part in result.breakdowns if part.by == by]
            assert sum(share.numerator for share in shares) == result.numerator
            assert sum(share.denominator for share in shares) == result.denominator
            assert sum(share.not_due for share in shares) == result.not_due


def test_no_two_measures_bear_one_code_and_every_text_can_be_filled_in() -> None:
    assert len(BY_CODE) == len(MEASURES)
    for measure in MEASURES:
        result = _result(measure.code, {})
        assert "{" not in result.definition
        assert set(result.settings) == set(measure.settings)
