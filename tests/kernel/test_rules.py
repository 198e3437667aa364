"""Every rule on its small table, and what holds of all rules."""

from dataclasses import replace

import polars as pl
import pytest
from tests.kernel import (  # noqa: F401 - they add specs
    rule_specs_of_cases,
    rule_specs_of_dataset,
    rule_specs_of_practice,
    rule_specs_of_returns,
    rule_specs_of_snapshots,
    rule_specs_of_time,
)
from tests.kernel.rule_specs import AS_AT, EARLIER_AS_AT, SPECS, Place, Spec
from tests.tables import table

from goldthread.kernel.context import Context, Earlier
from goldthread.kernel.forms import FORMS
from goldthread.kernel.rule import Rule, Severity, check
from goldthread.kernel.rules import RULES as ALL_RULES
from goldthread.kernel.rules import STATUTORY
from goldthread.kernel.settings import with_settings
from goldthread.kernel.tables import TABLES

RULES = tuple(rule for rule in ALL_RULES if rule not in frozenset(STATUTORY))
"""The house's own rules; those of the Department have tests of their own (`test_statutory.py`)."""


def _context(tables: dict[str, pl.DataFrame], settings: dict[str, int] | None = None) -> Context:
    return Context(AS_AT, {name: frame.lazy() for name, frame in tables.items()}, settings=with_settings(settings))


def _failing(issues: pl.DataFrame) -> dict[str, list[Place]]:
    """The rows that fail; None where the list as a whole does, 'was 3' where row 3 of the earlier file is gone."""
    failing: dict[str, set[Place]] = {}
    for name, row, was in issues.select("table", "row", "earlier_row").iter_rows():
        failing.setdefault(name, set()).add(row if row is not None or was is None else f"was {was}")
    return {name: sorted(places, key=str) for name, places in failing.items()}


def _of_spec(spec: Spec) -> Context:
    now = {name: table(name, text).lazy() for name, text in spec.tables.items()}
    then = {name: table(name, text).lazy() for name, text in spec.earlier.items()}
    earlier = Earlier(EARLIER_AS_AT, then) if spec.earlier else None
    settings = with_settings(dict(spec.settings))
    return Context(spec.as_at, now, settings=settings, earlier=earlier, year=spec.year, known=spec.known)


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.rule)
def test_the_rule_finds_the_rows_that_break_it_and_no_others(spec: Spec) -> None:
    context = _of_spec(spec)
    issues = check(context.tables, [rule for rule in RULES if rule.code == spec.rule], context)
    assert _failing(issues) == {name: sorted(places, key=str) for name, places in spec.breaks.items()}
    frames = [(name, table(name, text)) for tables in (spec.tables, spec.earlier) for name, text in tables.items()]
    assert any(frame.height > len(spec.breaks.get(name, [])) for name, frame in frames)


def test_every_rule_has_a_spec() -> None:
    assert {rule.code for rule in RULES} == {spec.rule for spec in SPECS}
    assert all(rows for spec in SPECS for rows in spec.breaks.values())
    assert {rule.code for rule in RULES} == {spec.rule for spec in SPECS if spec.breaks}


def test_no_two_rules_are_the_same() -> None:
    keys = [(rule.code, rule.table, rule.fields, rule.says if rule.of_years else "") for rule in RULES]
    assert len(keys) == len(set(keys))


def test_one_code_has_one_severity() -> None:
    by_code: dict[str, set[Severity]] = {}
    for rule in RULES:
        by_code.setdefault(rule.code, set()).add(rule.severity)
    assert [code for code, severities in by_code.items() if len(severities) > 1] == []


ABOUT_ABSENCE = {
    "annex_a": {"G01", "G13", "G23", "L605", "L703"},
    "ssd": {"D10", "D11", "D48"},
    "practice": {"R01", "R02", "R03", "R04", "R05", "R06"},
    "ssda903": {"H06"},
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.code}-{rule.table}-{rule.fields[0]}")
def test_a_row_of_nothing_breaks_no_rule_but_those_about_absence(rule: Rule) -> None:
    empty = {name: pl.DataFrame([{"row": 1}], schema=of.schema()) for name, of in FORMS[rule.form].by_name().items()}
    context = replace(_context(empty), year=rule.since or rule.until, known=frozenset({"A"}))
    found = check(context.tables, [rule], context).height > 0
    assert found == (rule.code in ABOUT_ABSENCE.get(rule.form, ()))


def test_a_rule_across_lists_is_left_out_when_a_list_is_not_in_the_file() -> None:
    plans = table("protection_plans", "child\nA\nB")
    context = _context({"protection_plans": plans})
    assert check(context.tables, RULES, context).filter(pl.col("rule") == "L702").is_empty()


def test_an_empty_list_is_not_a_missing_one() -> None:
    tables = {
        "protection_plans": table("protection_plans", "child\nA\nB"),
        "children_in_need": TABLES["children_in_need"].empty(),
    }
    context = _context(tables)
    assert _failing(check(context.tables, [r for r in RULES if r.code == "L702"], context)) == {
        "protection_plans": [1, 2]
    }


def test_an_issue_names_rule_list_row_and_headings_and_holds_no_value_of_the_file() -> None:
    context = _context({"contacts": table("contacts", "row | child | contacted_on\n7 | SECRET-1 | 2031-05-06")})
    issue = check(context.tables, [r for r in RULES if r.code == "G10"], context).row(0, named=True)
    assert (issue["rule"], issue["severity"], issue["list"], issue["row"]) == ("G10", "error", 1, 7)
    assert issue["fields"] == "Date of Contact"
    assert "SECRET-1" not in str(issue)
    assert "2031" not in str(issue)


def test_a_rule_must_give_one_test_and_only_one() -> None:
    with pytest.raises(ValueError, match="either"):
        Rule(code="T1", says="x", mend="y", table="contacts", fields=("child",))


def test_a_rule_cannot_name_a_column_that_its_list_lacks() -> None:
    with pytest.raises(KeyError, match="no column"):
        Rule(code="T1", says="x", mend="y", table="contacts", fields=("urn",), fails=lambda _: pl.lit(True))


def test_a_rule_that_says_neither_yes_nor_no_does_not_report() -> None:
    unsure = Rule(
        code="T1", says="x", mend="y", table="contacts", fields=("child",), fails=lambda _: pl.col("child") == "A"
    )
    context = _context({"contacts": table("contacts", "child | source\nA | 6\n | 6")})
    assert check(context.tables, [unsure], context)["row"].to_list() == [1]


def test_a_rule_cannot_look_into_a_table_of_another_form() -> None:
    with pytest.raises(ValueError, match="another form"):
        Rule(
            code="T1", says="x", mend="y", table="contacts", fields=("child",), across=("ssd_person",),
            fails=lambda _: pl.lit(True),
        )  # fmt: skip


def test_a_rule_of_some_years_is_not_run_where_the_year_is_not_known() -> None:
    ended = Rule(
        code="T1", says="x", mend="y", table="cla_episodes", fields=("place",), since=2025,
        fails=lambda _: pl.col("place") == "H5",
    )  # fmt: skip
    context = _context({"cla_episodes": table("cla_episodes", "child | place\nA | H5")})
    heights = {
        year: check(context.tables, [ended], replace(context, year=year)).height for year in (None, 2024, 2025, 2026)
    }
    assert heights == {None: 0, 2024: 0, 2025: 1, 2026: 1}


def test_what_several_rules_ask_is_made_once() -> None:
    context = _context({"ssd_person": table("ssd_person", "pers_person_id\nA\nB")})
    made = []

    def make() -> pl.LazyFrame:
        made.append(1)
        return context.tables["ssd_person"].select("pers_person_id")

    assert context.once("persons", make).height == context.once("persons", make).height == 2
    assert made == [1]
    assert replace(context, tables={}).kept == {}
