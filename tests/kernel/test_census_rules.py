"""What holds of all rules of the census: the order of rows, an unrelated child, absence, what is not run and why."""

import random
from dataclasses import replace
from datetime import date, timedelta

import polars as pl
import pytest
from tests.kernel.statutory_context import context_of
from tests.kernel.statutory_specs import StatutorySpec
from tests.kernel.statutory_specs_of_all import LOADED
from tests.tables import table

from goldthread.kernel.context import Context
from goldthread.kernel.forms import FORMS
from goldthread.kernel.reading import make_reading
from goldthread.kernel.rule import Severity, Told, check_and_tell, in_force
from goldthread.kernel.rules import cin
from goldthread.kernel.statutory import Beside, check_statutory

SPECS = [spec for spec in LOADED if all(name.startswith("cin_") for name in spec.tables)]
OF_ROWS = [spec for spec in SPECS if spec.rule not in {rule.code for rule in cin.RULES if rule.of_list}]
TABLES = FORMS["cin"].by_name()


def _told(tables: dict[str, pl.LazyFrame], spec: StatutorySpec) -> set[tuple[str, str, int, str]]:
    context = replace(context_of(spec), tables=tables)
    rules = [rule for rule in cin.RULES if rule.code == spec.rule and in_force(rule, spec.year)]
    issues = check_and_tell(tables, rules, context).issues
    return set(issues.select("rule", "table", "row", "fields").iter_rows())


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: f"{spec.rule}-{spec.year}")
def test_the_order_of_rows_changes_nothing(spec: StatutorySpec) -> None:
    tables = dict(context_of(spec).tables)
    assert _told({name: rows.reverse() for name, rows in tables.items()}, spec) == _told(tables, spec)


STRANGER = {
    "la_child_id": "STRANGER",
    "cin_details_id": "1",
    "cpp_id": "1",
    "person_birth_date": date(2015, 1, 1),
    "cin_referral_date": date(2024, 5, 1),
    "assessment_actual_start_date": date(2024, 5, 2),
    "assessment_factors": "1A,2B",
    "cin_plan_start_date": date(2024, 5, 3),
    "s47_actual_start_date": date(2024, 5, 3),
    "cpp_start_date": date(2024, 5, 10),
}


@pytest.mark.parametrize("spec", OF_ROWS, ids=lambda spec: f"{spec.rule}-{spec.year}")
def test_an_unrelated_child_changes_no_other_childs_issues(spec: StatutorySpec) -> None:
    tables = dict(context_of(spec).tables)
    with_stranger = {}
    for name, rows in tables.items():
        schema = TABLES[name].schema()
        more = {column: STRANGER.get(column) for column in schema} | {"row": 9_999}
        with_stranger[name] = pl.concat([rows, pl.LazyFrame([more], schema=schema)])
    others = {place for place in _told(with_stranger, spec) if place[2] != 9_999}
    assert others == _told(tables, spec)


def test_a_row_of_nothing_breaks_the_rules_on_absence_and_no_others() -> None:
    found = set()
    for year in (2024, 2025):
        tables = {name: pl.DataFrame([{"row": 1}], schema=of.schema()).lazy() for name, of in TABLES.items()}
        context = Context(date(year, 3, 31), tables, year=year)
        rules = [rule for rule in cin.RULES if in_force(rule, year) and rule.of_list is None]
        found |= set(check_and_tell(tables, rules, context).issues["rule"])
    assert found == {
        "100", "4010", "4180", "4220", "8500", "8525Q", "8568", "8600", "8615", "8720", "8730", "8842Q", "8866",
        "8905", "8910",
    }  # fmt: skip


def test_codes_ending_in_q_are_queries_and_all_others_errors() -> None:
    assert {rule.code for rule in cin.RULES if rule.code.endswith("Q") != (rule.severity is Severity.QUERY)} == set()
    assert len({rule.code for rule in cin.RULES}) == 109
    assert len({rule.code for rule in cin.RULES if rule.severity is Severity.QUERY}) == 26


def _check(code: str, **tables: str) -> Told:
    reading = make_reading({name: table(name, text) for name, text in tables.items()}, form="cin", year=2025)
    return check_statutory(reading, [r for r in cin.RULES if r.code == code], date(2025, 3, 31), Beside())


CLOSED = "la_child_id | cin_details_id | cin_closure_date\nA | 1 | 2024-06-01"


def test_a_part_of_a_rule_whose_table_is_not_there_is_not_run_and_the_rest_is() -> None:
    late = "la_child_id | cin_details_id | cin_plan_start_date\nA | 1 | 2024-06-02"
    told = _check("8565", cin_details=CLOSED, cin_plan_dates=late)
    assert set(told.issues["table"]) == {"cin_details", "cin_plan_dates"}
    assert {why for _, why in told.stopped} == {
        "It needs Assessments (cin_assessments), of which nothing was handed in.",
        "It needs Section 47 enquiries (cin_section_47), of which nothing was handed in.",
        "It needs Child protection plans (cin_protection_plans), of which nothing was handed in.",
    }


def test_a_rule_without_any_table_that_it_looks_into_is_not_run_at_all() -> None:
    told = _check("8565", cin_details=CLOSED)
    assert (told.issues.height, told.ran) == (0, ())
    assert {code for code, _ in told.stopped} == {"8565"}


def test_a_table_without_rows_was_handed_in() -> None:
    closed = "la_child_id | cin_details_id | reason_for_closure\nA | 1 | RC8"
    empty = "la_child_id | cin_details_id"
    assert _check("8825Q", cin_details=closed, cin_assessments=empty).issues["row"].to_list() == [1]
    assert _check("8825Q", cin_details=closed).ran == ()


@pytest.mark.parametrize("rule", ("2886Q", "2887Q", "2888Q", "2883"))
def test_a_rule_of_the_whole_return_that_lacks_a_column_is_not_run_and_stops_no_other(rule: str) -> None:
    lacking = {"2886Q": "sex", "2887Q": "disability", "2888Q": "disability", "2883": "cpp_start_date"}[rule]
    asked = next(one for one in cin.RULES if one.code == rule)
    tables = {name: of.empty().lazy() for name, of in TABLES.items()}
    tables[asked.table] = tables[asked.table].drop(lacking)
    context = Context(date(2025, 3, 31), tables, year=2025)
    told = check_and_tell(tables, [r for r in cin.RULES if in_force(r, 2025)], context)
    assert rule not in told.ran
    assert "4220" in told.ran
    assert rule in {code for code, why in told.stopped if "which the file lacks" in why}


LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def _check_letter(others: str) -> str:
    """As the guide tells it, character by character."""
    total = 0
    for place, character in enumerate(others, start=2):
        value = int(character) if character.isdigit() else LETTERS.index(character)
        total += place * value
    return LETTERS[total % 23]


@pytest.mark.parametrize("others", [f"830{20 + at}{at * 7919 % 1_000_000:06}{at % 10}" for at in range(30)])
def test_the_check_letter_of_a_pupil_number_is_that_of_the_guide(others: str) -> None:
    right = _check_letter(others)
    drawn = "\n".join(["upn | former_upn", *(f"{letter}{others} |" for letter in LETTERS)])
    kept = set(range(1, 24)) - set(_check("1510", cin_child_identifiers=drawn).issues["row"])
    assert kept == {LETTERS.index(right) + 1}


Plan = tuple[str | None, date | None, date | None]


def _overlap(one: Plan, other: Plan) -> bool:
    """Two plans of a child run at the same time: asked pair by pair."""
    if one[0] is None or one[0] != other[0] or one[1] is None or other[1] is None:
        return False
    first, second = sorted((one, other), key=lambda plan: plan[1] or date.min)
    return first[1] == second[1] or first[2] is None or (second[1] is not None and second[1] < first[2])


@pytest.mark.parametrize("seed", range(5))
def test_plans_overlap_as_they_do_pair_by_pair(seed: int) -> None:
    dice = random.Random(seed)
    plans: list[Plan] = []
    for _ in range(300):
        start = date(2024, 4, 1) + timedelta(days=dice.randrange(120))
        end = start + timedelta(days=dice.choice((0, 1, 5, 20, 60)))
        child = dice.choice((None, *(f"C{at}" for at in range(80))))
        plans.append((child, dice.choice((start, start, start, start, None)), dice.choice((end, end, end, None))))
    rows = [
        {"row": at, "la_child_id": child, "cin_plan_start_date": start, "cin_plan_end_date": end}
        for at, (child, start, end) in enumerate(plans)
    ]
    tables = {"cin_plan_dates": pl.DataFrame(rows, schema=TABLES["cin_plan_dates"].schema()).lazy()}
    context = Context(date(2025, 3, 31), tables, year=2025)
    found = check_and_tell(tables, [rule for rule in cin.RULES if rule.code == "4014"], context).issues["row"]
    together = {
        at
        for at, one in enumerate(plans)
        for by, other in enumerate(plans)
        if at != by and _overlap(one, other)
    }  # fmt: skip
    assert set(found) == together
    assert 0 < len(together) < 300
