"""`goldthread check` as someone at a terminal meets it."""

import csv
import io
import json
import zipfile
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
    assert set(told["issues"][0]) == {
        "rule", "severity", "list", "table", "row", "earlier_row", "fields", "says", "mend", "team", "worker",
    }  # fmt: skip
    assert all(issue["mend"] for issue in told["issues"])
    assert told["settings"]["assessment_days"] == 40
    assert {entry["rule"][0] for entry in told["not_run"]} == {"S"}


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


def test_a_workbook_of_the_answer_opens_clean_with_everything_to_mend_by(capsys: Capture, tmp_path: Path) -> None:
    answer = tmp_path / "answer.xlsx"
    assert ran(capsys, "check", workbook(), "--format", "xlsx", "--output", answer).code == 1
    book = fastexcel.read_excel(str(answer))
    assert [name.split(" ", 1)[1] for name in book.sheet_names] == [
        "Summary",
        "By rule",
        "Completeness",
        "Issues",
        "By team and worker",
        "Counts",
        "Lists",
        "Cells not understood",
        "Notes",
        "Rules not run",
    ]
    issues = book.load_sheet("4 Issues").to_polars()
    assert {"team", "worker", "mend"} <= set(issues.columns)
    assert issues["worker"].drop_nulls().len() > 10
    rules = book.load_sheet("2 By rule").to_polars()
    assert rules["issues"].sum() == issues.height
    assert rules["cumulative_per_cent"].to_list()[-1] == 100
    with zipfile.ZipFile(answer) as archive:
        sheets = {name: archive.read(name).decode() for name in archive.namelist() if "worksheets/sheet" in name}
        assert not any("calcChain" in name or "externalLink" in name for name in archive.namelist())
    assert len(sheets) == len(book.sheet_names)
    assert not any("<f>" in sheet or "<hyperlink" in sheet for sheet in sheets.values())
    assert all('state="frozen"' in sheet for sheet in sheets.values())
    assert "<autoFilter" in sheets["xl/worksheets/sheet4.xml"]


def test_issues_are_counted_by_what_is_asked_for(capsys: Capture) -> None:
    whole = len(json.loads(ran(capsys, "check", workbook(), "--format", "json").out)["issues"])
    for by in ("rule", "list"):
        groups = json.loads(ran(capsys, "check", workbook(), "--by", by, "--format", "json").out)["groups"]
        assert sum(group["issues"] for group in groups) == whole
    told = ran(capsys, "check", workbook(), "--by", "field", "--format", "csv").out
    assert told.splitlines()[0] == "list,field,issues"
    assert "Date of Birth" in told


def test_a_team_has_its_work_list(capsys: Capture) -> None:
    groups = json.loads(ran(capsys, "check", workbook(), "--by", "worker", "--format", "json").out)["groups"]
    first = next(group for group in groups if group["team"] != "Not known")
    words = ("check", workbook(), "--format", "json", "--team", first["team"].upper())
    told = json.loads(ran(capsys, *words).out)
    assert {issue["team"] for issue in told["issues"]} == {first["team"]}
    of_worker = json.loads(ran(capsys, *words, "--worker", first["worker"]).out)
    assert len(of_worker["issues"]) == first["issues"]
    assert {issue["worker"] for issue in of_worker["issues"]} == {first["worker"]}


def test_an_earlier_submission_is_compared_with(capsys: Capture, tmp_path: Path) -> None:
    earlier = tmp_path / "earlier.xlsx"
    make = ("make-authority", "--out", earlier, "--size", "0.1", "--seed", "3", "--as-at", "2026-06-30")
    assert ran(capsys, *make).code == 0
    words = ("check", workbook(), "--earlier", earlier, "--earlier-as-at", "2026-06-30", "--as-at", "2026-09-30")
    told = json.loads(ran(capsys, *words, "--format", "json").out)
    assert told["compared_with"] == {"file": "earlier.xlsx", "as_at": "2026-06-30"}
    assert told["not_run"] == []
    gone = [issue for issue in told["issues"] if issue["rule"] == "S02"]
    assert gone
    assert all(issue["row"] is None and issue["earlier_row"] for issue in gone)
    shown = " ".join(ran(capsys, *words, "--rule", "S02").out.split())
    assert "compared with earlier.xlsx of 2026-06-30" in shown
    assert "Rules not run" not in shown


def test_an_earlier_submission_of_other_children_is_not_compared_with(capsys: Capture, tmp_path: Path) -> None:
    other = tmp_path / "other.xlsx"
    make = ("make-authority", "--out", other, "--size", "0.02", "--seed", "4", "--as-at", "2026-06-30")
    assert ran(capsys, *make).code == 0
    words = ("check", workbook(), "--earlier", other, "--earlier-as-at", "2026-06-30", "--as-at", "2026-09-30")
    strange = ("--set", "children_in_both_per_cent=100")
    told = json.loads(ran(capsys, *words, *strange, "--format", "json").out)
    assert told["compared_with"] is None and "the ids may have changed" in told["not_compared"]
    assert not [issue for issue in told["issues"] if issue["rule"].startswith("S0")]
    assert "S02" in {one["rule"] for one in told["not_run"]}
    shown = " ".join(ran(capsys, *words, *strange).out.split())
    assert "not compared with other.xlsx of 2026-06-30. Of the " in shown


def test_without_an_earlier_submission_the_rules_that_compare_are_said_not_to_have_run(capsys: Capture) -> None:
    told = ran(capsys, "check", workbook())
    assert "S01" in told.out
    assert "no earlier submission to compare with" in " ".join(told.out.split())


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--rule", "Z99"), "no rule “Z99”"),
        (("--list", "12"), "is no list of Annex A"),
        (("--as-at", "31/03/2025"), "write it as 2025-03-31"),
        (("--as-at", "2025-02-30"), "is no date"),
        (("--set", "assessment_days"), "is no setting"),
        (("--set", "assessment_days=-4"), "is no value for assessment_days"),
        (("--set", "no_such_limit=4"), "no setting called “no_such_limit”"),
        (("--format", "xlsx"), "add --output"),
        (("--team", "No such team"), "no row of invented.xlsx has that team"),
        (("--earlier", "/nowhere/at/all.xlsx"), "no file"),
        (("--earlier-as-at", "2025-03-31"), "add --earlier FILE"),
        (("--earlier", workbook(), "--as-at", "2026-09-30"), "not before 2026-09-30"),
        (("--output", "/nowhere/at/all.txt"), "cannot be written"),
    ],
)
def test_a_wrong_request_is_refused_in_one_sentence(capsys: Capture, words: tuple[str, ...], says: str) -> None:
    told = ran(capsys, "check", workbook(), *words)
    assert told.code == 2
    assert says in told.err
    assert "Traceback" not in told.err
    assert len(told.err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--set", "protection_visit_days=-1"), "“-1” is no value for protection_visit_days"),
        (("--set", "protection_visit_days=soon"), "“soon” is no value for protection_visit_days"),
        (("--list", "abc"), "“abc” is no list of Annex A; write a number from 1 to 11"),
        (("--list", "12"), "“12” is no list of Annex A"),
    ],
)
def test_a_wrong_value_is_called_a_wrong_value(capsys: Capture, words: tuple[str, ...], says: str) -> None:
    told = ran(capsys, "check", workbook(), *words)
    assert (told.code, told.out) == (2, "")
    assert says in told.err and len(told.err.strip().splitlines()) == 1


def test_a_rule_may_be_named_in_small_letters(capsys: Capture) -> None:
    rule = truth()["defects"][0]["rule"]
    assert ran(capsys, "check", workbook(), "--rule", rule.lower()).code == 1


def test_a_file_that_was_written_is_told_of_on_stderr(capsys: Capture, tmp_path: Path) -> None:
    where = tmp_path / "issues.xlsx"
    told = ran(capsys, "check", workbook(), "--format", "xlsx", "--output", where)
    assert (told.code, told.out) == (1, "") and where.is_file()
    count = len(json.loads(ran(capsys, "check", workbook(), "--format", "json").out)["issues"])
    assert told.err == f"Written to {where}: {count:,} issues.\n"


def test_the_lists_as_a_folder_of_csv_files_have_the_issues_of_the_workbook(capsys: Capture, tmp_path: Path) -> None:
    book = fastexcel.read_excel(workbook())
    for name in book.sheet_names:
        cells = book.load_sheet(name, header_row=None, dtypes="string").to_polars()
        cells.write_csv(tmp_path / f"{name}.csv", include_header=False)
    found = [json.loads(ran(capsys, "check", one, "--format", "json").out)["issues"] for one in (tmp_path, workbook())]
    assert found[0]
    assert [{**one, "sheet": ""} for one in found[0]] == [{**one, "sheet": ""} for one in found[1]]
