"""`goldthread check` on the forms that are not Annex A."""

import json
from pathlib import Path

import pytest
from tests.cli.submissions import ran

Capture = pytest.CaptureFixture[str]

DECISIONS = "child,decided_on,decision,reason_recorded,role\nA,05/01/2025,Close,Y,\nZ,05/01/2025,Close,maybe,Manager\n"
HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\nA,F,01/02/2012,WBRI,UN1,0,\n"


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    for name, text in (("practice", DECISIONS), ("return", HEADER)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "one.csv").write_text(text, encoding="utf-8")
    return tmp_path / "practice", tmp_path / "return"


def test_a_practice_record_is_checked_and_its_children_looked_for_beside(
    folders: tuple[Path, Path], capsys: Capture
) -> None:
    practice, beside = folders
    alone = json.loads(ran(capsys, "check", practice, "--format", "json").out)
    assert [(one["rule"], one["row"]) for one in alone["issues"]] == [("R02", 2), ("R10", 3)]
    assert [one["rule"] for one in alone["not_run"]] == ["R11"]
    assert (alone["form"], alone["year"]) == ("practice", None)
    told = ran(capsys, "check", practice, "--beside", beside, "--format", "json")
    assert told.code == 1
    found = json.loads(told.out)
    assert [(one["rule"], one["row"]) for one in found["issues"]] == [("R02", 2), ("R10", 3), ("R11", 3)]
    assert found["not_run"] == []


def test_issues_of_another_form_name_the_table_and_narrow_to_it(folders: tuple[Path, Path], capsys: Capture) -> None:
    told = ran(capsys, "check", folders[0], "--table", "practice_decisions", "--rule", "r02", "--format", "csv")
    assert told.out.splitlines()[0].startswith("table,row,rule,severity")
    assert told.out.splitlines()[1].startswith("practice_decisions,2,R02,error")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("--list", "3"), "has no lists; --table NAME"),
        (("--table", "cla_header"), "has no table"),
        (("--earlier", "x.xlsx"), "--earlier is for Annex A lists"),
    ],
)
def test_what_the_form_does_not_have_is_refused(
    folders: tuple[Path, Path], capsys: Capture, asked: tuple[str, str], said: str
) -> None:
    told = ran(capsys, "check", folders[0], *asked)
    assert told.code == 2
    assert said in told.err


def test_only_a_practice_record_asks_other_forms(folders: tuple[Path, Path], capsys: Capture) -> None:
    told = ran(capsys, "check", folders[1], "--beside", folders[0], "--as-at", "2025-03-31")
    assert told.code == 2
    assert "--beside goes with a practice record" in told.err
