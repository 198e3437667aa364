"""`goldthread check --as`: a return against the Department's rules, from files to lines of JSON."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from tests.cli.submissions import ran

Capture = pytest.CaptureFixture[str]

HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n"
GOOD = "101,M,01/02/2012,WBRI,A123456789012,,\n"
EPISODES = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
MISSING = "CHILD,DOB,MISSING,MIS_START,MIS_END\n"


def folder(path: Path, **files: str | bytes) -> Path:
    """A folder of a return with these files."""
    path.mkdir(exist_ok=True)
    for name, held in files.items():
        (path / f"{name}.csv").write_bytes(held if isinstance(held, bytes) else held.encode())
    return path


def told(capsys: Capture, *words: object, code: int | None = None) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The issues and the summary that JSON holds."""
    answer = ran(capsys, "check", *words, "--format", "json")
    assert code is None or answer.code == code, answer.err
    lines = [json.loads(line) for line in answer.out.splitlines()]
    return lines[:-1], lines[-1]


def of(issues: list[dict[str, Any]], rule: str) -> list[tuple[str, int]]:
    return [(each["table"], each["row"]) for each in issues if each["rule"] == rule]


def test_an_issue_is_a_line_and_the_last_line_sums_up(tmp_path: Path, capsys: Capture) -> None:
    where = folder(tmp_path / "r", header=HEADER + GOOD + "102,X,01/02/2012,WBRI,UN1,,\n")
    issues, summary = told(capsys, where, "--as", "ssda903", "--year", "2026", code=1)
    one = next(each for each in issues if each["rule"] == "101")
    assert list(one) == ["rule", "severity", "table", "row", "fields", "child", "message"]
    assert one == {
        "rule": "101", "severity": "error", "table": "Header", "row": 1, "fields": ["SEX"], "child": "102",
        "message": one["message"],
    }  # fmt: skip
    assert "102" not in one["message"]
    assert (summary["form"], summary["year"], summary["issues"]) == ("ssda903", 2026, len(issues))
    assert {"101", "103", "168"} <= set(summary["run"])
    why = {each["rule"]: each["why"] for each in summary["not_run"]}
    assert why["202"] == "It needs the return of the year before, which was not handed in."
    assert why["564"] == "It needs Missing (cla_missing), of which nothing was handed in."
    assert not set(why) & (set(summary["run"]) - {"399"})


def test_rows_are_counted_from_nought_beneath_the_headings_wherever_they_stand(tmp_path: Path, capsys: Capture) -> None:
    where = folder(tmp_path / "r", header="Return of the council\n\n" + HEADER + GOOD + GOOD.replace("M", "Q", 1))
    issues, _ = told(capsys, where, "--as", "ssda903", "--year", "2026")
    assert of(issues, "101") == [("Header", 1)]


def test_headings_in_any_case_and_order_and_some_only(tmp_path: Path, capsys: Capture) -> None:
    where = folder(tmp_path / "r", any_name="dob,child,sex\n01/02/2012,101,Q\n01/02/2032,102,M\n")
    issues, summary = told(capsys, where, "--as", "ssda903", "--year", "2026")
    assert of(issues, "101") == [("Header", 0)]
    assert of(issues, "301") == [("Header", 1)]
    why = {each["rule"]: each["why"] for each in summary["not_run"]}
    assert why["103"] == "It needs the column ETHNIC of Header, which the file lacks."
    assert why["621"] == "It needs the column MC_DOB of Header, which the file lacks."
    assert "103" not in summary["run"]


def test_last_year_is_a_folder_of_its_own(tmp_path: Path, capsys: Capture) -> None:
    now = folder(tmp_path / "now", header=HEADER + GOOD, missing=MISSING + "102,,M,01/05/2025,02/05/2025\n")
    before = folder(
        tmp_path / "before",
        header=HEADER + GOOD.replace("2012", "2011"),
        missing=MISSING + "101,,M,01/03/2025,\n102,,M,01/03/2025,\n",
    )
    issues, summary = told(capsys, now, "--as", "ssda903", "--year", "2026", "--last-year", before)
    assert of(issues, "203") == [("Header", 0)]
    assert "203" in summary["run"]
    gone = [each for each in issues if each["rule"] == "576"]
    assert [(each["table"], each["row"], each["child"]) for each in gone] == [
        ("Missing_last", 0, "101"),
        ("Missing", 0, "102"),
    ]


def test_a_return_of_last_year_of_other_children_is_warned_of(tmp_path: Path, capsys: Capture) -> None:
    details = "LAchildID,CINdetailsID,CINreferralDate,CINclosureDate\n"
    now = folder(tmp_path / "now", CINdetails=details + "".join(f"A{n},1,2025-05-01,\n" for n in range(12)))
    rows = {kind: "".join(f"{kind}{n},1,2024-05-01,\n" for n in range(12)) for kind in "AB"}
    for kind, warned in (("A", False), ("B", True)):
        before = folder(tmp_path / kind, CINdetails=details + rows[kind])
        _, summary = told(capsys, now, "--as", "cin", "--year", "2026", "--last-year", before)
        assert any("Of the 12 children who were still open" in one for one in summary["warnings"]) is warned


def test_only_the_rules_asked_for(tmp_path: Path, capsys: Capture) -> None:
    where = folder(tmp_path / "r", header=HEADER + GOOD.replace("M", "Q", 1).replace("WBRI", "X"))
    issues, summary = told(capsys, where, "--as", "ssda903", "--year", "2026", "--rules", "103, int32")
    assert [each["rule"] for each in issues] == ["103"]
    assert summary["run"] == ["INT32", "103"]
    refused = ran(capsys, "check", where, "--as", "ssda903", "--year", "2026", "--rules", "99999")
    assert (refused.code, "no rule “99999”" in refused.err) == (2, True)


def test_a_rule_that_was_asked_for_and_could_not_run_is_not_passed(tmp_path: Path, capsys: Capture) -> None:
    asked = ("check", folder(tmp_path / "r", header=HEADER + GOOD), "--as", "ssda903", "--year", "2026", "--rules")
    alone = ran(capsys, *asked, "203")
    assert (alone.code, "NOT RUN" in alone.out) == (1, True)
    assert ran(capsys, *asked, "101").code == 0


def test_csv_xlsx_and_a_terminal(tmp_path: Path, capsys: Capture) -> None:
    where = folder(tmp_path / "r", header=HEADER + GOOD.replace("M", "Q", 1))
    asked = ("check", where, "--as", "ssda903", "--year", "2026")
    rows = list(csv.DictReader(io.StringIO(ran(capsys, *asked, "--format", "csv").out)))
    assert ("101", "Header", "0", "SEX") in [(r["rule"], r["table"], r["row"], r["fields"]) for r in rows]
    first = " ".join(ran(capsys, *asked).out.splitlines()[:2])
    assert "NOT RUN" in first
    assert ran(capsys, *asked, "--format", "xlsx", "--out", tmp_path / "a.xlsx").code == 1
    assert (tmp_path / "a.xlsx").read_bytes().startswith(b"PK")
    assert ran(capsys, *asked, "--rules", "102").code == 0


def test_a_list_of_providers_and_postcodes_are_named(tmp_path: Path, capsys: Capture) -> None:
    where = folder(tmp_path / "r", header=HEADER + GOOD)
    (tmp_path / "providers.csv").write_text("URN,Placement code\n1234567,K2\n", encoding="utf-8")
    (tmp_path / "postcodes.csv").write_text(
        "pcds,oslaua,oseast1m,osnrth1m\nAL1 1AS,E07000240,515005,206908\n", encoding="utf-8"
    )
    asked = ("check", where, "--as", "ssda903", "--year", "2026")
    given = ("--reference", f"providers={tmp_path}/providers.csv", "--reference", f"postcodes={tmp_path}/postcodes.csv")
    assert ran(capsys, *asked, *given, "--rules", "101").code == 0
    wrong = ran(capsys, *asked, "--reference", f"providers={tmp_path}/postcodes.csv")
    assert (wrong.code, "no list of providers" in wrong.err) == (2, True)
    assert ran(capsys, *asked, "--reference", "maps=x.csv").code == 2
    assert ran(capsys, *asked, "--reference", f"postcodes={tmp_path}/none.csv").code == 2


def test_what_goes_with_as_is_refused_without_it(tmp_path: Path, capsys: Capture) -> None:
    where = folder(tmp_path / "r", header=HEADER + GOOD)
    for asked in (("--year", "2026"), ("--rules", "101"), ("--last-year", where), ("--reference", "providers=x")):
        refused = ran(capsys, "check", where, *asked)
        assert (refused.code, "--as" in refused.err) == (2, True)
    assert ran(capsys, "check", where, "--as", "ssda903", "--year", "26").code == 2


XML = """<?xml version="1.0"?><EXPSSDA903>
<CHILD><HEADER><CHILDID>101</CHILDID><SEX>M</SEX><DOB>01/02/2012</DOB><ETHNIC>WBRI</ETHNIC><UASC>0</UASC></HEADER></CHILD>
<CHILD><HEADER><CHILDID>102</CHILDID><SEX>Q</SEX><DOB>01/02/2012</DOB><ETHNIC>WBRI</ETHNIC><UASC>7</UASC>
<AMISSING><MISSING>M</MISSING><MIS_END>02/05/2025</MIS_END></AMISSING></HEADER></CHILD></EXPSSDA903>"""


def test_xml_runs_the_rules_of_every_file(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "r.xml").write_text(XML, encoding="utf-8")
    issues, summary = told(capsys, tmp_path / "r.xml", "--as", "ssda903", "--year", "2026")
    assert of(issues, "101") == [("Header", 1)]
    assert of(issues, "105") == [("Header", 1)]
    assert of(issues, "564") == [("Missing", 0)]
    assert next(each["child"] for each in issues if each["rule"] == "564") == "102"
    elsewhere = ("year before", "postcodes", "providers", "Social worker episodes", "Deprivation of liberty")
    assert [each for each in summary["not_run"] if not any(word in each["why"] for word in elsewhere)] == []
    table = " ".join(ran(capsys, "check", tmp_path / "r.xml", "--as", "ssda903", "--year", "2026").out.split())
    assert "is not looked at here: goldthread mend r.xml --as ssda903" in table


def test_one_bad_cell_touches_no_other_child(tmp_path: Path, capsys: Capture) -> None:
    rows = "".join(f"{100 + n},,M,01/05/2025,30/04/2025\n" for n in range(3))
    good = folder(tmp_path / "good", missing=MISSING + rows)
    bad = folder(tmp_path / "bad", missing=MISSING + rows.replace("01/05/2025", "32/05/2025", 1))
    asked = ("--as", "ssda903", "--year", "2026")
    before, all_run = told(capsys, good, *asked)
    after, still_run = told(capsys, bad, *asked)
    others = [each for each in before if each["child"] != "100"]
    assert [each for each in after if each["child"] != "100"] == others
    assert of(after, "1004") == [("Missing", 0)]
    assert {"567", "574"} <= set(still_run["run"]) == set(all_run["run"])
