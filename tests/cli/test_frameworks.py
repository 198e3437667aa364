import json
from pathlib import Path

import pytest

from goldthread.cli import main
from goldthread.domain import frameworks

SOURCE = Path(frameworks.__file__).parent / "sif-2013.toml"


def test_the_frameworks_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["frameworks", "--format", "json"]) == 0
    listed = json.loads(capsys.readouterr().out)["Frameworks"]
    assert [(each["slug"], each["from"], each["to"], each["overall grade"]) for each in listed] == [
        ("sif-2013", "2013-11-01", "2017-12-31", True),
        ("ilacs-2026", "2026-04-01", None, False),
    ]


def test_one_framework_is_shown_with_what_must_be_checked(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["frameworks", "ilacs-2026"]) == 0
    shown = capsys.readouterr().out
    assert "children-in-care" in shown
    assert "check against the published text" in " ".join(shown.replace("│", " ").split())


def test_a_file_is_checked_and_its_slip_named_by_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["frameworks", "--check", str(SOURCE)]) == 0
    capsys.readouterr()
    spoilt = tmp_path / "sif-2013.toml"
    spoilt.write_text(SOURCE.read_text("utf-8").replace('limits = "overall"', 'limits = "all"', 1), "utf-8")
    assert main(["frameworks", "--check", str(spoilt)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "sif-2013.toml, line " in captured.err
    assert "“all” is not a known limits" in captured.err


def test_an_unknown_framework_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["frameworks", "sif"]) == 2
    assert "There is no framework called “sif”" in capsys.readouterr().err
