"""A wrong year's return and a wrong day at the command line."""

import json
from pathlib import Path

import pytest
from tests.cli.submissions import ran, workbook
from tests.form_story import a_year_before, of_903

Capture = pytest.CaptureFixture[str]


def folder(at: Path, files: dict[str, bytes]) -> Path:
    at.mkdir()
    for name, data in files.items():
        (at / name).write_bytes(data)
    return at


@pytest.mark.parametrize("command", ["check", "measure"])
def test_a_return_of_a_year_that_had_none_is_refused(tmp_path: Path, capsys: Capture, command: str) -> None:
    old = {name: data.replace(b"/20", b"/19") for name, data in of_903(20).items()}
    told = ran(capsys, command, folder(tmp_path / "old", old))
    assert told.code == 2
    assert "was read as that of 1925-26, by most dates of DEC in Episodes" in told.err


@pytest.mark.parametrize("command", ["check", "measure"])
def test_a_day_that_does_not_fit_is_refused_or_heads_the_answer(tmp_path: Path, capsys: Capture, command: str) -> None:
    held = folder(tmp_path / "held", of_903(20))
    told = ran(capsys, command, held, "--as-at", "2006-03-31")
    assert told.code == 2 and "31 March 2006, does not fit a return of 2025-26" in told.err
    odd = ran(capsys, command, held, "--as-at", "2026-06-30")
    assert odd.code != 2 and "look at the day first: The as-at date is 30 June 2026" in " ".join(odd.out.split())
    found = json.loads(ran(capsys, command, held, "--as-at", "2026-06-30", "--format", "json").out)
    assert len(found["doubts"]) == 1


def test_a_day_far_from_the_dates_of_the_lists_is_refused(capsys: Capture) -> None:
    told = ran(capsys, "check", workbook(), "--as-at", "1996-03-31")
    assert told.code == 2 and "31 March 1996" in told.err
    late = ran(capsys, "check", workbook(), "--as-at", "2999-03-31")
    assert late.code == 2 and "has not come" in late.err


def test_the_return_of_an_earlier_year_is_checked_too(tmp_path: Path, capsys: Capture) -> None:
    now = of_903(20)
    before = folder(
        tmp_path / "before", {name: data.replace(b"/20", b"/19") for name, data in a_year_before(now).items()}
    )
    told = ran(capsys, "measure", folder(tmp_path / "now", now), "--history", before)
    assert told.code == 2 and "was read as that of 1924-25" in told.err
