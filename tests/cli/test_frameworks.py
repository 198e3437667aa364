import csv
import io
import json
from pathlib import Path

import pytest

from goldthread.cli import main
from goldthread.domain import frameworks

SOURCE = Path(frameworks.__file__).parent / "sif-2013.toml"


def test_the_frameworks_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["frameworks", "--format", "json"]) == 0
    listed = json.loads(capsys.readouterr().out)["Frameworks"]
    told = [(each["slug"], each["from"], each["to"], each["grades"], each["overall grade"]) for each in listed]
    assert [slug for slug, *_ in told] == list(frameworks.slugs())
    assert told[0] == ("sif-2013", "2013-11-01", "2017-12-31", 4, True)
    assert told[-1] == ("ilacs-2026", "2026-04-01", None, 4, False)
    assert ("focused-visit", "2018-01-01", None, 0, False) in told


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


def test_two_frameworks_are_laid_side_by_side(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["frameworks", "crosswalk", "sif-2013", "ilacs-2026", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["from"], told["to"], told["checked"]) == ("sif-2013", "ilacs-2026", False)
    pair = next(pair for pair in told["pairs"] if pair["subject"] == "Early help")
    assert [[point["id"] for point in pair[side]] for side in ("from", "to")] == [["hp-01"], ["hp-01"]]
    assert "ad-06" in [point["id"] for point in told["only_in_from"]]
    assert "lv-11" in [point["id"] for point in told["only_in_to"]]


def test_a_crosswalk_as_csv_has_a_line_for_every_criterion(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["frameworks", "crosswalk", "ilacs-2018", "sif-2013", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    for slug in ("ilacs-2018", "sif-2013"):
        known = {one.id for area in frameworks.load(slug).areas for one in area.criteria}
        assert {row[slug] for row in rows} - {""} == known
    assert {row["subject"] for row in rows if row["note"] == "no counterpart"} == {""}
    assert main(["frameworks", "crosswalk", "ilacs-2018", "sif-2013"]) == 0
    assert "check against the published text" in " ".join(capsys.readouterr().out.replace("│", " ").split())


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["crosswalk"], "a crosswalk is between two frameworks; name two of sif-2013, "),
        (["crosswalk", "sif-2013"], "a crosswalk is between two frameworks"),
        (["crosswalk", "sif-2013", "own-audit"], "“own-audit” is not in the crosswalk"),
        (["crosswalk", "sif-2013", "sif-2013"], "corresponds to itself"),
        (["sif-2013", "ilacs-2026"], "show one framework at a time; to lay two side by side: crosswalk sif-2013"),
        (["sif-2013", "--check", "x.toml"], "check a file, or show a framework"),
    ],
)
def test_what_cannot_be_shown_gets_one_sentence(
    words: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["frameworks", *words]) == 2
    captured = capsys.readouterr()
    assert says in captured.err
    assert captured.err.count("\n") == 1


def test_items_are_shown_and_grades_only_where_there_are_some(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["frameworks", "us-cfsr", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert len(told["Items"]) == 18
    assert main(["frameworks", "focused-visit", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert not {"Items", "Grades", "Limiting rules"} & set(told)


def test_a_copy_is_a_file_that_passes_the_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "wexcombe-own.toml"
    assert main(["frameworks", "own-audit", "--copy-as", "wexcombe-own", "--output", str(file)]) == 0
    assert main(["frameworks", "--check", str(file)]) == 0
    capsys.readouterr()
    assert main(["frameworks", "own-audit", "--copy-as", "wexcombe-own"]) == 0
    assert capsys.readouterr().out == file.read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--copy-as", "mine"], "--copy-as writes one framework as its file"),
        (["sif-2013", "--copy-as", "mine", "--format", "json"], "--copy-as writes one framework as its file"),
        (["sif-2013", "--copy-as", "Mine"], "“Mine” is not a slug"),
        (["sif-2013", "--copy-as", "sif-2013"], "the copy cannot be called “sif-2013” too"),
        (["sif-2013", "--copy-as", "mine", "--output", "yours.toml"], "write to mine.toml"),
        (["sif-1913", "--copy-as", "mine"], "There is no framework called “sif-1913”"),
    ],
)
def test_a_copy_that_could_not_be_read_is_refused(
    words: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["frameworks", *words]) == 2
    captured = capsys.readouterr()
    assert (captured.out, captured.err.count("\n")) == ("", 1)
    assert says in captured.err
