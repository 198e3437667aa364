"""Every rule through the whole path: a workbook that breaks it is written, read, checked, and told at the right row."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import polars as pl
import pytest
from tests.kernel import rule_specs_of_cases, rule_specs_of_snapshots, rule_specs_of_time  # noqa: F401 - they add specs
from tests.kernel.rule_specs import EARLIER_AS_AT, SPECS, Place, Spec
from tests.readers.books import Rows, headings, list_rows, one_list, xlsx
from tests.tables import table

from goldthread.kernel.reading_issues import OF_READING, issues_of_reading
from goldthread.kernel.rules import RULES_OF
from goldthread.kernel.run import as_earlier, run_reading
from goldthread.kernel.tables import TABLES
from goldthread.readers.annex_a import read_bytes
from goldthread.synthetic.printed_codes import PRINTED

FIRST_ROW = 3
"""The sheet row of a list's first row: a title and the headings stand above."""

TOLD = [spec for spec in SPECS if spec.breaks and set(spec.tables) <= set(TABLES)]
"""Those of Annex A: the other forms come as files (see `test_every_rule_of_other_forms`)."""


def _book(tables: Mapping[str, str]) -> bytes:
    """A workbook of drawn tables, in the shape of the template, with codes as it prints them."""
    sheets: dict[str, Rows] = {}
    for name, text in tables.items():
        of = TABLES[name]
        printed = [
            [
                PRINTED.get((column.codes.name, row[column.name]), row[column.name])
                if column.codes
                else row[column.name]
                for column in of.columns
            ]
            for row in table(name, text).iter_rows(named=True)
        ]
        sheets[f"List_{of.number}"] = [[f"List {of.number}"], headings(name), *printed]
    return xlsx(sheets)


def _in_sheet(place: Place) -> Place:
    if isinstance(place, str):
        return f"was {int(place.removeprefix('was ')) + FIRST_ROW - 1}"
    return None if place is None else place + FIRST_ROW - 1


@pytest.mark.parametrize("spec", TOLD, ids=lambda spec: spec.rule)
def test_a_workbook_that_breaks_the_rule_is_told_so_at_its_rows_and_no_others(spec: Spec) -> None:
    earlier = as_earlier(read_bytes(_book(spec.earlier)), EARLIER_AS_AT) if spec.earlier else None
    reading = read_bytes(_book(spec.tables))
    assert reading.unread.is_empty()
    issues = run_reading(reading, as_at=spec.as_at, settings=dict(spec.settings), earlier=earlier).issues
    found: dict[str, set[Place]] = {}
    for name, row, was in issues.filter(pl.col("rule") == spec.rule).select("table", "row", "earlier_row").iter_rows():
        found.setdefault(name, set()).add(row if row is not None or was is None else f"was {was}")
    assert found == {name: {_in_sheet(place) for place in places} for name, places in spec.breaks.items()}


def _with_heading(name: str, *changed: tuple[str, str | None]) -> dict[str, Rows]:
    """One list with headings changed; a heading changed to None goes with its column."""
    of = TABLES[name]
    rows = [list(row) for row in list_rows(of)]
    for old, new in changed:
        place = rows[1].index(old)
        for row in rows[1:]:
            if new is None:
                del row[place]
        if new is not None:
            rows[1][place] = new
    return {f"List_{of.number}": rows}


def _and(sheets: dict[str, Rows], **more: Rows) -> dict[str, Rows]:
    return {**sheets, **more}


def _extra_column(heading: str, *written: str) -> dict[str, Rows]:
    rows = [list(row) for row in list_rows(TABLES["contacts"])]
    cells = written or ["x"] * len(rows[2:])
    return {
        "List_1": [rows[0], [*rows[1], heading], *([*row, cell] for row, cell in zip(rows[2:], cells, strict=True))]
    }


CONTACTS = list_rows(TABLES["contacts"])
URN, AUTHORITY = "URN of Placement", "LA of Placement"

BROKEN: dict[str, Callable[[], dict[str, Rows]]] = {
    "G06": lambda: one_list("contacts", source=["a) Family member, relative or carer", "LOCAL 47 unheard of"]),
    "G07": lambda: one_list("contacts", gender=["a) Male", "Boy"]),
    "G08": lambda: one_list("contacts", contacted_on=[date(2024, 1, 1), "see notes"]),
    "G09": lambda: one_list("contacts", contacted_on=[date(2024, 1, 1), "1899-12-30 00:00:00"]),
    "G16": lambda: one_list("referrals", referrals_in_year=[1, "one or two"]),
    "G20": lambda: {"List_1": [*CONTACTS, ["Grand total", 3]]},
    "G22": lambda: one_list("children_in_care", postcode=["ZZ99 9AA", "see notes"]),
    "G28": lambda: {**one_list("contacts", child=["00100123"]), **one_list("referrals", child=["100123"])},
    "W01": lambda: one_list("contacts", gender=["a) Male"]),
    "W02": lambda: _and({"List_1": CONTACTS}, Remarks=[["Cut on Monday"], ["by the data team"]]),
    "W03": lambda: _and({"List_1": CONTACTS}, List_2=[[], *list_rows(TABLES["early_help"], title=False)[1:]]),
    "W04": lambda: _with_heading("children_in_care", (URN, "UA of Placement"), (AUTHORITY, None)),
    "W05": lambda: _extra_column("Team Manager"),
    "W06": lambda: _extra_column("Date of Contact"),
    "W07": lambda: _with_heading("contacts", ("Contact Source", None)),
    "W08": lambda: _and({"List_1": CONTACTS}, Copy=list_rows(TABLES["contacts"], 2)),
    "W09": lambda: one_list("contacts", contacted_on=[date(2024, 1, 1), "=!1/0"]),
    "W13": lambda: one_list(
        "contacts", child=["SYN0001", "=^", "=^"], contacted_on=[date(2024, 1, day) for day in (1, 2, 3)]
    ),
    "W15": lambda: _extra_column("LA", "Leeds", "383", "Kent County Council"),
    "W12": lambda: _and({"List_1": CONTACTS}, List_2=list_rows(TABLES["early_help"], 0)),
}
"""For each code that the reader finds, a workbook that has it."""

AND_ALSO: dict[str, set[str]] = {"W04": {"W07"}}
"""What else is wrong with some of these workbooks, and cannot but be."""


@pytest.mark.parametrize("code", BROKEN)
def test_what_the_reader_finds_is_told_under_its_code_and_no_other(code: str) -> None:
    reading = read_bytes(xlsx(BROKEN[code]()))
    told = set(issues_of_reading(reading)["rule"])
    # One list alone: the other ten are missing from every one of these.
    assert told - {"W01"} == ({code} - {"W01"}) | AND_ALSO.get(code, set())
    assert "W01" in told
    issues = run_reading(reading, as_at=date(2025, 3, 31)).issues.filter(pl.col("rule") == code)
    assert issues["severity"].unique().to_list() == [OF_READING[code].severity.value]


def test_every_code_there_is_goes_the_whole_path() -> None:
    assert {spec.rule for spec in TOLD} | set(BROKEN) == {rule.code for rule in RULES_OF["annex_a"]} | set(OF_READING)
    assert {rule.code for rule in RULES_OF["annex_a"]} == {spec.rule for spec in TOLD}
    assert set(BROKEN) == set(OF_READING)


def _told(sheets: dict[str, Rows]) -> list[dict[str, Any]]:
    return issues_of_reading(read_bytes(xlsx(sheets))).filter(pl.col("rule") != "W01").to_dicts()


def test_an_issue_of_a_list_or_of_the_file_has_no_row() -> None:
    (of_list,) = _told(BROKEN["W07"]())
    assert (of_list["table"], of_list["row"], of_list["fields"]) == ("contacts", None, "Contact Source")
    (of_file,) = _told(BROKEN["W02"]())
    assert (of_file["list"], of_file["table"], of_file["row"]) == (None, None, None)


def test_a_column_that_is_missing_is_told_once_and_not_at_every_row() -> None:
    sheets = _with_heading("assessments", ("Continuous Assessment Date of Authorisation", None))
    issues = run_reading(read_bytes(xlsx(sheets)), as_at=date(2025, 3, 31)).issues
    about = issues.filter(pl.col("fields").str.contains("Date of Authorisation"))
    assert about["rule"].to_list() == ["W07"]


def test_what_was_read_in_another_form_says_what_it_was_read_as_and_how_often() -> None:
    (form,) = _told(one_list("contacts", gender=["a) Male", "Boy", "Boy"]))
    assert form["rule"] == "G07"
    assert "read as M: Male, in 2 cells" in form["says"]
    assert "Boy" not in str(form)


def test_a_footer_is_told_at_its_row_and_makes_no_row() -> None:
    (footer,) = _told(BROKEN["G20"]())
    assert footer["row"] == len(CONTACTS) + 1
