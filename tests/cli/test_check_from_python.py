"""`from goldthread import check`: the same as on the command line, with types."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.submissions import ran
from tests.cli.test_check_as import GOOD, HEADER, MISSING, folder

import goldthread
from goldthread import Refused, check

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def returned(tmp_path: Path) -> Path:
    missing = MISSING + "102,01/02/2012,M,01/06/2025,31/05/2025\n"
    return folder(tmp_path / "now", header=HEADER + GOOD + "102,X,01/02/2012,WBRI,UN1,,\n", missing=missing)


def test_it_tells_what_the_command_line_tells(returned: Path, tmp_path: Path, capsys: Capture) -> None:
    last = folder(tmp_path / "then", header=HEADER + GOOD.replace("WBRI", "WIRI"))
    found = check(returned, as_form="ssda903", year=2026, last_year=last)
    answer = ran(
        capsys, "check", returned, "--as", "ssda903", "--year", "2026", "--last-year", last, "--format", "json"
    )
    *lines, summary = (json.loads(line) for line in answer.out.splitlines())
    issues = list(found.issues)
    told = [
        {"rule": one.rule, "severity": one.severity, "table": one.table, "row": one.row, "fields": list(one.fields),
         "child": one.child, "message": one.message}
        for one in issues
    ]  # fmt: skip
    assert told == lines
    assert {"101", "204"} <= {one.rule for one in issues}
    assert (list(found.run), found.rows, found.year) == (summary["run"], summary["rows"], 2026)
    assert [one._asdict() for one in found.not_run] == summary["not_run"]


def test_it_narrows_to_rules_in_whatever_case(returned: Path) -> None:
    found = check(returned, as_form="ssda903", year=2026, rules=["101", "int05"])
    assert {one.rule for one in found.issues} == {"101"}
    assert [one.rule for one in found.not_run] == ["INT05"]


def test_what_there_is_not_is_said(returned: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no return"):
        check(returned, as_form="annex_a")
    with pytest.raises(ValueError, match="no rule"):
        check(returned, as_form="ssda903", rules=["99999"])
    with pytest.raises(Refused, match="no nowhere here"):
        check(tmp_path / "nowhere", as_form="ssda903")
    with pytest.raises(Refused):
        check(folder(tmp_path / "empty"), as_form="ssda903")


def test_naming_the_package_alone_fetches_no_data_frames() -> None:
    says = "import sys, goldthread; print('polars' in sys.modules, sorted(goldthread.__all__)[-1])"
    done = subprocess.run([sys.executable, "-c", says], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "suggest"]
    with pytest.raises(AttributeError):
        goldthread.nothing  # noqa: B018
