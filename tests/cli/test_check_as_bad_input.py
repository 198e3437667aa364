"""What a council may send by mistake to `goldthread check --as`: a clear refusal, or a warning that counts it."""

import json
from pathlib import Path

import pytest
from tests.cli.submissions import ran
from tests.cli.test_check_as import EPISODES, GOOD, HEADER, MISSING, XML, Capture, folder, of, told

ASKED = ("--as", "ssda903", "--year", "2026")


def test_a_file_that_is_missing_leaves_its_rules_unrun(tmp_path: Path, capsys: Capture) -> None:
    where = folder(tmp_path / "r", header=HEADER + GOOD)
    _, summary = told(capsys, where, *ASKED)
    why = {each["rule"]: each["why"] for each in summary["not_run"]}
    assert "Episodes" in why["EPI"]
    assert ran(capsys, "check", tmp_path / "nowhere", *ASKED).code == 2
    (tmp_path / "empty").mkdir()
    assert ran(capsys, "check", tmp_path / "empty", *ASKED).code == 2


def test_two_files_of_one_kind_are_refused(tmp_path: Path, capsys: Capture) -> None:
    where = folder(tmp_path / "r", header=HEADER + GOOD, again=HEADER + GOOD)
    refused = ran(capsys, "check", where, *ASKED)
    assert (refused.code, "Two files have the headings of Header" in refused.err) == (2, True)


def test_a_return_of_another_year_is_warned_of(tmp_path: Path, capsys: Capture) -> None:
    rows = "".join(f"{n},01/05/2021,S,C2,N1,U6,PR1,01/06/2022,E4A,,,,\n" for n in range(100, 110))
    where = folder(tmp_path / "r", header=HEADER + GOOD, episodes=EPISODES + rows)
    _, summary = told(capsys, where, *ASKED)
    assert any("2022-23" in warning and "2025-26" in warning for warning in summary["warnings"])
    assert ran(capsys, "check", where, "--as", "ssda903", "--year", "1850").code == 2


def test_a_year_before_the_rules_says_so_of_every_rule(tmp_path: Path, capsys: Capture) -> None:
    where = folder(tmp_path / "r", header=HEADER + GOOD)
    _, summary = told(capsys, where, "--as", "ssda903", "--year", "2020")
    assert summary["run"] == []
    why = {each["rule"]: each["why"] for each in summary["not_run"]}
    assert why["101"] == "The Department's rules are held for returns from 2022-23 on."


def test_a_misspelt_heading_is_read_or_told_of(tmp_path: Path, capsys: Capture) -> None:
    where = folder(tmp_path / "r", header=HEADER.replace("ETHNIC", "ETHNICC").replace("UPN", "PUPIL") + GOOD)
    _, summary = told(capsys, where, *ASKED)
    assert any("ETHNICC" in warning and "slip of spelling" in warning for warning in summary["warnings"])
    assert any("UPN" in warning and "lacks it" in warning for warning in summary["warnings"])
    assert "103" in summary["run"]
    assert "168" in {each["rule"] for each in summary["not_run"]}


def test_letters_in_dates_are_issues_of_their_own_row(tmp_path: Path, capsys: Capture) -> None:
    where = folder(tmp_path / "r", missing=MISSING + "101,,M,first of May,\n102,,M,2025-05-01,02/05/2025\n")
    issues, _ = told(capsys, where, *ASKED)
    assert of(issues, "1004") == [("Missing", 0)]
    assert of(issues, "G08") == [("Missing", 0)]
    assert of(issues, "564") == []


@pytest.mark.parametrize("how", ["cp1252", "utf-8-sig", "utf-16", "crlf", "quoted"])
def test_the_letters_and_lines_of_the_file_make_no_difference(tmp_path: Path, capsys: Capture, how: str) -> None:
    text = HEADER + "Zoë,M,01/02/2012,X,A123456789012,,\n"
    if how == "quoted":
        text = "\n".join(",".join(f'"{cell}"' for cell in line.split(",")) for line in text.splitlines()) + "\n"
    if how == "crlf":
        text = text.replace("\n", "\r\n")
    where = folder(tmp_path / "r", header=text.encode("utf-8" if how in ("crlf", "quoted") else how))
    issues, _ = told(capsys, where, *ASKED)
    assert [(each["table"], each["row"], each["child"]) for each in issues if each["rule"] == "103"] == [
        ("Header", 0, "Zoë")
    ]


def test_xml_that_is_cut_short_or_has_a_dtd_is_refused(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "cut.xml").write_text(XML[:-40], encoding="utf-8")
    assert ran(capsys, "check", tmp_path / "cut.xml", *ASKED).code == 2
    bomb = XML.replace("<EXPSSDA903>", '<!DOCTYPE EXPSSDA903 [<!ENTITY a "b">]><EXPSSDA903>')
    (tmp_path / "dtd.xml").write_text(bomb, encoding="utf-8")
    assert ran(capsys, "check", tmp_path / "dtd.xml", *ASKED).code == 2


def test_another_return_is_refused(tmp_path: Path, capsys: Capture) -> None:
    where = folder(tmp_path / "r", header=HEADER + GOOD)
    refused = ran(capsys, "check", where, "--as", "cin", "--year", "2026")
    assert (refused.code, "another return than was asked for" in refused.err) == (2, True)
    last = ran(capsys, "check", tmp_path / "x.xml", *ASKED, "--last-year", where)
    assert last.code == 2


def test_a_census_in_files_is_known_by_its_headings(tmp_path: Path, capsys: Capture) -> None:
    where = folder(
        tmp_path / "r",
        one="lachildid,upn,personbirthdate,sex\nA1,A123456789012,2012-02-01,M\n",
        two="LAchildID,CINdetailsID,CINreferralDate,ReferralSource,ReferralNFA\nA1,D1,2025-05-01,1A,0\n",
        three='LAchildID,CINdetailsID,AssessmentActualStartDate,AssessmentFactors\nA1,D1,2025-05-01,"1A,2B"\n',
    )
    _, summary = told(capsys, where, "--as", "cin", "--year", "2026")
    assert (summary["form"], summary["rows"]) == ("cin", 3)


def test_a_file_called_after_its_table_is_that_table_though_its_own_column_is_missing(
    tmp_path: Path, capsys: Capture
) -> None:
    where = folder(tmp_path / "r", header=HEADER + GOOD, uasc="CHILD,SEX,DOB\n101,M,01/02/2011\n")
    issues, summary = told(capsys, where, "--as", "ssda903", "--year", "2026")
    assert of(issues, "INT18") == [("Header", 0), ("UASC", 0)]
    assert any("uasc.csv" in warning and "DUC" in warning for warning in summary["warnings"])
    assert "DUC" in {each["rule"]: each["why"] for each in summary["not_run"]}["104"]


def test_what_is_odd_about_the_files_stands_above_the_issues(tmp_path: Path, capsys: Capture) -> None:
    missing = MISSING + "101,01/02/2012,M,01/06/2025,02/06/2025\n"
    now = folder(tmp_path / "now", header=HEADER + GOOD, missing=missing)
    answer = ran(capsys, "check", now, "--as", "ssda903", "--year", "2026", "--last-year", now)
    said = " ".join(answer.out.split())
    assert "last year, now: This return seems by its dates to be of 2025-26" in said
    first = said.index("NOT RUN"), said.index("last year, now"), said.index("By rule")
    assert list(first) == sorted(first), "how many were not run, what is odd, and only then the issues"


def test_how_many_rules_were_not_run_is_said_beside_every_format(tmp_path: Path, capsys: Capture) -> None:
    now = folder(tmp_path / "now", header=HEADER + GOOD)
    asked = ("check", now, "--as", "ssda903", "--year", "2026")
    counted = len(
        {each["rule"] for each in json.loads(ran(capsys, *asked, "--format", "json").out.splitlines()[-1])["not_run"]}
    )
    assert f"{counted} rules NOT RUN" in " ".join(ran(capsys, *asked).out.split())
    for name in ("csv", "json", "xlsx", "table"):
        written = ran(capsys, *asked, "--format", name, "--out", tmp_path / f"told.{name}")
        assert f"{counted} rules were NOT RUN; " in written.err
    assert f"{counted} rules were NOT RUN; " in ran(capsys, *asked, "--format", "csv").err
    one = ran(capsys, *asked, "--rules", "202")
    assert "1 row; 0 of the Department's rules run, 1 rule NOT RUN" in " ".join(one.out.split())


def test_a_file_without_a_letter_is_said_to_be_empty(tmp_path: Path, capsys: Capture) -> None:
    answer = ran(capsys, "check", folder(tmp_path / "now", header="\n"), "--as", "ssda903", "--year", "2026")
    assert answer.code == 2 and "header.csv is empty" in answer.err


def test_xml_that_is_no_return_is_not_told_to_mend_its_headings(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "cin.xml").write_text("<a><b>")
    answer = ran(capsys, "check", tmp_path / "cin.xml", "--as", "cin", "--year", "2026")
    assert answer.code == 2
    assert "XML" in answer.err and "headings" not in answer.err


def test_a_rule_of_which_only_the_code_is_known_is_told_so(tmp_path: Path, capsys: Capture) -> None:
    told = ran(capsys, "check", tmp_path, "--as", "ssda903", "--year", "2023", "--rules", "sw03stg1")
    assert told.code == 2
    assert "ended with the return of 2023-24" in told.err


def test_a_quotation_mark_that_is_not_closed_is_told_with_its_file(tmp_path: Path, capsys: Capture) -> None:
    where = folder(tmp_path / "r", header=HEADER + GOOD, missing=MISSING + '101,01/02/2012,"M,01/06/2025,02/06/2025\n')
    answer = ran(capsys, "check", where, *ASKED)
    assert answer.code == 2
    assert "missing.csv cannot be read" in answer.err and "never closed" in answer.err
