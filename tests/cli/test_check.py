"""`goldthread check` as someone at a terminal meets it."""

import csv
import io
import json
from pathlib import Path

import fastexcel
import pytest
from tests.cli.submissions import ran, truth, workbook

Capture = pytest.CaptureFixture[str]


def test_a_file_with_issues_ends_with_1_and_counts_them_by_rule(capsys: Capture) -> None:
    told = ran(capsys, "check", workbook())
    assert told.code == 1
    assert "invented.xlsx" in told.out
    assert all(f" {rule} " in told.out for rule in {defect["rule"] for defect in truth()["defects"]})
    assert told.err == ""


def test_every_planted_defect_is_found_at_its_row(capsys: Capture) -> None:
    told = json.loads(ran(capsys, "check", workbook(), "--format", "json").out)
    found = {(issue["rule"], issue["list"], issue["row"]) for issue in told["issues"]}
    planted = {(defect["rule"], defect["list"], defect["row"]) for defect in truth()["defects"]}
    assert planted
    assert planted - found == set()


def test_the_day_is_guessed_from_the_file_and_said_to_be(capsys: Capture) -> None:
    told = json.loads(ran(capsys, "check", workbook(), "--format", "json").out)
    assert (told["as_at"], told["as_at_guessed"]) == (truth()["as_at"], True)
    given = json.loads(ran(capsys, "check", workbook(), "--format", "json", "--as-at", "2026-10-31").out)
    assert (given["as_at"], given["as_at_guessed"]) == ("2026-10-31", False)


def test_json_holds_lists_counts_issues_settings_and_what_was_not_run(capsys: Capture) -> None:
    told = json.loads(ran(capsys, "check", workbook(), "--format", "json", "--set", "assessment_days=40").out)
    assert [entry["list"] for entry in told["lists"]] == list(range(1, 12))
    assert all(entry["found"] and entry["rows"] for entry in told["lists"])
    assert sum(entry["issues"] for entry in told["counts"]) == len(told["issues"])
    assert set(told["issues"][0]) == {"rule", "severity", "list", "table", "row", "fields", "says"}
    assert told["settings"]["assessment_days"] == 40
    assert told["not_run"] == []


def test_one_rule_or_list_shows_its_rows_and_decides_the_exit_code(capsys: Capture) -> None:
    planted = truth()["defects"][0]
    told = ran(capsys, "check", workbook(), "--rule", planted["rule"], "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(told.out)))
    assert {row["rule"] for row in rows} == {planted["rule"]}
    assert str(planted["row"]) in {row["row"] for row in rows}
    assert told.code == 1
    practice = ran(capsys, "check", workbook(), "--rule", "L403", "--format", "csv")
    assert len(practice.out.splitlines()) > 1
    assert practice.code == 0
    nine = json.loads(ran(capsys, "check", workbook(), "--list", "9", "--format", "json").out)
    assert {issue["list"] for issue in nine["issues"]} == {9}


def test_a_workbook_of_the_answer_has_issues_counts_and_cells(capsys: Capture, tmp_path: Path) -> None:
    answer = tmp_path / "answer.xlsx"
    assert ran(capsys, "check", workbook(), "--format", "xlsx", "--output", answer).code == 1
    sheets = fastexcel.read_excel(str(answer)).sheet_names
    assert [name[2:] for name in sheets] == [
        "Issues",
        "Counts",
        "Lists",
        "Cells not understood",
        "Notes",
        "Rules not run",
    ]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--rule", "Z99"), "no rule “Z99”"),
        (("--list", "12"), "invalid choice"),
        (("--as-at", "31/03/2025"), "write it as 2025-03-31"),
        (("--as-at", "2025-02-30"), "is no date"),
        (("--set", "assessment_days"), "is no setting"),
        (("--set", "assessment_days=-4"), "is no setting"),
        (("--set", "no_such_limit=4"), "no setting called “no_such_limit”"),
        (("--format", "xlsx"), "add --output"),
        (("--output", "/nowhere/at/all.txt"), "cannot be written"),
    ],
)
def test_a_wrong_request_is_refused_in_one_sentence(capsys: Capture, words: tuple[str, ...], says: str) -> None:
    told = ran(capsys, "check", workbook(), *words)
    assert told.code == 2
    assert says in told.err
    assert "Traceback" not in told.err
    assert len(told.err.strip().splitlines()) == 1
