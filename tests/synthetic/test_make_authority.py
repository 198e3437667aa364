"""`goldthread make-authority`: what a person at a terminal sees and gets."""

import argparse
import json
import re
from pathlib import Path

import pytest

from goldthread.cli import main, make_authority
from goldthread.readers import annex_a

SMALL = ("--size", "0.02")


def test_it_writes_a_workbook_and_the_truth_about_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["make-authority", "--out", str(tmp_path / "made"), "--name", "Sedge Hollow", *SMALL]) == 0
    path = tmp_path / "made" / "sedge-hollow.xlsx"
    said = capsys.readouterr()
    assert said.out.strip() == str(path)
    assert "invented" in said.err
    truth = json.loads((tmp_path / "made" / "sedge-hollow.truth.json").read_text(encoding="utf-8"))
    assert truth["rows"] == annex_a.read(path).row_counts
    assert truth["seed"] == 2013
    assert truth["as_at"] == "2026-09-30"
    assert {"rule", "sheet", "row", "heading", "planted"} <= set(truth["defects"][0])
    assert {"AS-01", "CP-02", "CL-01"} <= {share["code"] for share in truth["measures_before_defects"]}


def test_without_defects_the_truth_file_names_none(tmp_path: Path):
    path = tmp_path / "x.xlsx"
    assert main(["make-authority", "--out", str(path), "--defects", "off", *SMALL]) == 0
    assert json.loads(path.with_suffix(".truth.json").read_text(encoding="utf-8"))["defects"] == []


def test_it_overwrites_only_when_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"mine")
    assert main(["make-authority", "--out", str(path), *SMALL]) == 2
    assert path.read_bytes() == b"mine"
    assert "--force" in capsys.readouterr().err
    assert main(["make-authority", "--out", str(path), "--force", *SMALL]) == 0
    assert path.read_bytes()[:2] == b"PK"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--out", "x.csv"], ".xlsx"),
        (["--out", "nowhere/x.xlsx"], "no directory"),
        (["--out", "x.xlsx", "--size", "0"], "size"),
        (["--out", "x.xlsx", "--as-at", "1990-01-01"], "day"),
    ],
)
def test_what_cannot_be_done_gets_one_sentence(
    words: list[str], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.chdir(tmp_path)
    assert main(["make-authority", *words]) == 2
    error = capsys.readouterr().err
    assert says in error
    assert "Traceback" not in error
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "words", [["--out", "x.xlsx", "--as-at", "30/09/2026"], ["--out", "x.xlsx", "--list-9", "newer"], []]
)
def test_words_that_mean_nothing_are_refused(words: list[str], capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as stopped:
        main(["make-authority", *words])
    assert stopped.value.code == 2
    assert "make-authority" in capsys.readouterr().err


def test_every_option_is_described():
    page = (Path(__file__).resolve().parents[2] / "docs" / "command-line.md").read_text(encoding="utf-8")
    described = set(re.findall(r"[\w-]+", " ".join(re.findall(r"`([^`]+)`", page))))
    parser = argparse.ArgumentParser(add_help=False)
    make_authority.add_arguments(parser)
    options = {name for action in parser._actions for name in action.option_strings}
    assert len(options) > 12
    assert options - described == set()
