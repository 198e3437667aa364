"""Every rule of the other forms through the whole path: files that break it are written, read, checked, and told."""

import io
import re

import polars as pl
import pytest
from tests.kernel import rule_specs_of_dataset, rule_specs_of_practice, rule_specs_of_returns  # noqa: F401 - add specs
from tests.kernel.rule_specs import AS_AT, SPECS, Spec
from tests.tables import table

from goldthread.kernel.checked import check_reading
from goldthread.kernel.forms import FORMS, TABLES_OF_ALL_FORMS
from goldthread.kernel.rules import RULES, STATUTORY
from goldthread.readers.handed import Handed
from goldthread.readers.returns import read_files

OTHERS = [spec for spec in SPECS if not set(spec.tables) <= set(FORMS["annex_a"].by_name())]


def _file(name: str, text: str) -> Handed:
    """A drawn table as a file with the headings of its form, days written day first."""
    of = TABLES_OF_ALL_FORMS[name]
    frame = table(name, text).select(pl.col(column.name).alias(column.says) for column in of.columns)
    out = io.BytesIO()
    frame.write_csv(out, date_format="%d/%m/%Y")
    return Handed(f"{name}.csv", out.getvalue())


def _forms(spec: Spec) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in spec.tables:
        found.setdefault(TABLES_OF_ALL_FORMS[name].form, []).append(name)
    return found


@pytest.mark.parametrize("spec", OTHERS, ids=lambda spec: f"{spec.rule}-{spec.year}")
def test_files_that_break_the_rule_are_told_so_at_their_rows_and_no_others(spec: Spec) -> None:
    found: dict[str, set[int]] = {}
    for names in _forms(spec).values():
        reading = read_files([_file(name, spec.tables[name]) for name in names], year=spec.year)
        assert reading.unread.is_empty()
        issues = check_reading(reading, as_at=spec.as_at, settings=dict(spec.settings), known=spec.known).issues
        for name, row in issues.filter(pl.col("rule") == spec.rule).select("table", "row").iter_rows():
            found.setdefault(name, set()).add(row)
    assert found == {name: {int(place or 0) + 1 for place in places} for name, places in spec.breaks.items()}


def test_every_rule_of_the_other_forms_goes_the_whole_path() -> None:
    assert {spec.rule for spec in OTHERS if spec.breaks} == {
        rule.code for rule in set(RULES) - set(STATUTORY) if rule.form != "annex_a"
    }


def test_a_code_of_another_year_is_told_with_what_stands_for_it() -> None:
    places = _file("cla_episodes", "child | place\nA | H5\nB | Z1")
    reading = read_files([places], year=2026)
    assert reading.tables["cla_episodes"]["place"].to_list() == ["H5", "Z1"]
    issues = check_reading(reading, as_at=AS_AT).issues
    says = issues.filter(pl.col("rule") == "H04")["says"].to_list()
    assert says[0] == "H5 ended with the return of 2024; K3 stands for it since."
    assert re.match(r"Z1 ended with the return of 2025; Z11 or Z12", says[1])


def test_a_cell_that_the_reader_told_is_not_told_again_by_a_rule() -> None:
    written = b"child,decided_on,decision,reason_recorded,role\nA,31/02/2025,Close,Y,Manager\n"
    reading = read_files([Handed("d.csv", written)])
    issues = check_reading(reading, as_at=AS_AT).issues
    assert issues["rule"].to_list() == ["G08"]


def test_rules_that_cannot_run_are_named_with_why() -> None:
    visits = _file("ssd_cla_visits", "clav_cla_visit_id | clav_person_id\nV1 | A")
    reading = read_files([visits, _file("ssd_person", "pers_person_id | pers_sex")])
    told = check_reading(reading, as_at=AS_AT)
    assert told.issues.is_empty() or "D01" not in set(told.issues["rule"])
    whys = {entry.rule: entry.why for entry in told.not_run}
    assert whys["D01"] == "It needs Persons (ssd_person), of which nothing was handed in."
