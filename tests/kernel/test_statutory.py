"""Every rule of the Department's on its small tables, and what holds of all of them."""

from datetime import date

import polars as pl
import pytest
from tests.kernel.statutory_context import context_of
from tests.kernel.statutory_specs import SPECS, StatutorySpec
from tests.kernel.statutory_specs_of_all import LOADED

from goldthread.kernel.context import Context
from goldthread.kernel.forms import FORMS
from goldthread.kernel.rule import Rule, check_and_tell, in_force
from goldthread.kernel.rules import STATUTORY

BY_CODE: dict[str, list[Rule]] = {}
for _rule in STATUTORY:
    BY_CODE.setdefault(_rule.code, []).append(_rule)


def _failing(issues: pl.DataFrame) -> dict[str, list[int]]:
    failing: dict[str, set[int]] = {}
    for name, row in issues.select("table", "row").iter_rows():
        failing.setdefault(name, set()).add(row)
    return {name: sorted(rows) for name, rows in failing.items()}


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: f"{spec.rule}-{spec.year}")
def test_the_rule_finds_the_rows_that_break_it_and_no_others(spec: StatutorySpec) -> None:
    context = context_of(spec)
    rules = [rule for rule in BY_CODE[spec.rule] if in_force(rule, spec.year)]
    told = check_and_tell(context.tables, rules, context)
    assert told.stopped == ()
    assert _failing(told.issues) == {name: sorted(rows) for name, rows in spec.breaks.items() if rows}


def test_every_rule_has_rows_that_break_it_and_rows_that_do_not() -> None:
    assert LOADED
    broken = {spec.rule for spec in SPECS if any(spec.breaks.values())}
    assert sorted(set(BY_CODE) - broken) == []
    kept = {
        spec.rule
        for spec in SPECS
        for name, frame in context_of(spec).tables.items()
        if frame.collect().height > len(spec.breaks.get(name, []))
    }
    assert sorted(set(BY_CODE) - kept) == []


def test_no_rule_fails_on_tables_without_rows_or_on_rows_of_nothing() -> None:
    for form in ("ssda903", "cin"):
        rules = [rule for rule in STATUTORY if rule.form == form]
        tables = FORMS[form].by_name()
        for rows in ([], [{"row": 1}]):
            for year in range(2023, 2028):
                held = {name: pl.DataFrame(rows, schema=of.schema()).lazy() for name, of in tables.items()}
                context = Context(date(year, 3, 31), held, year=year, last=held)
                check_and_tell(held, [rule for rule in rules if in_force(rule, year)], context)


@pytest.mark.parametrize("year", range(2023, 2028))
def test_of_one_code_one_table_and_its_fields_there_is_one_rule_a_year(year: int) -> None:
    keys = [(rule.form, rule.code, rule.table, rule.fields) for rule in STATUTORY if in_force(rule, year)]
    assert len(keys) == len(set(keys))
