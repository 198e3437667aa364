"""`goldthread national`: a folder of submissions, one of them broken, to true counts inside and a release outside."""

import argparse
import csv
import json
from pathlib import Path

import pytest
from tests import made_returns as made
from tests.cli.submissions import ran

from goldthread.cli.national_part import NOT_REACHED, Task, program, work

Capture = pytest.CaptureFixture[str]


def looked_after(path: Path, children: int, seed: int) -> None:
    """An invented SSDA903 return as a folder of CSV files."""
    path.mkdir(parents=True)
    for name, data in made.csv_files(made.HEADINGS_903, made.make_903(children, seed)).items():
        (path / name).write_bytes(data)


def census(path: Path, children: int, seed: int) -> None:
    """An invented CIN census as XML."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(made.xml_cin(made.make_cin(children, seed)))


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


@pytest.fixture(scope="module")
def nation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three authorities: both returns and last year's, the census alone, and a census that breaks off."""
    folder = tmp_path_factory.mktemp("nation")
    looked_after(folder / "830 Derbyshire" / "ssda903", 60, 1)
    looked_after(folder / "830 Derbyshire" / "ssda903-last-year", 60, 2)
    census(folder / "830 Derbyshire" / "cin.xml", 80, 1)
    census(folder / "831 Derby" / "cin.xml", 120, 2)
    census(folder / "892 Nottingham" / "cin.xml", 40, 3)
    whole = (folder / "892 Nottingham" / "cin.xml").read_bytes()
    (folder / "892 Nottingham" / "cin.xml").write_bytes(whole[: len(whole) // 2])
    (folder / "891 Silent").mkdir()
    (folder / "notes.txt").write_text("none")
    return folder


def test_every_submission_is_worked_out_and_a_broken_one_stops_none(
    nation: Path, tmp_path: Path, capsys: Capture
) -> None:
    out = tmp_path / "out"
    told = ran(capsys, "national", nation, "--year", "2026", "--out", out)
    assert told.code == 1
    assert "3 of 4 submissions of 3 authorities could be used." in told.err
    assert "891 Silent has handed in nothing." in told.err
    assert "notes.txt was left out" in told.err
    used = {(row["authority"], row["form"]): row for row in rows(out / "submissions.csv")}
    assert {key for key, row in used.items() if row["used"] == "true"} == {
        ("830 Derbyshire", "cin"), ("830 Derbyshire", "ssda903"), ("831 Derby", "cin"),
    }  # fmt: skip
    assert "cut short" in used["892 Nottingham", "cin"]["says"]
    assert not any(row["authority"].startswith("892") for row in rows(out / "measures.csv"))
    _same_as_check(nation, out, capsys)
    _same_as_measure(nation, out, capsys)
    _again(nation, out, capsys)


def _same_as_check(nation: Path, out: Path, capsys: Capture) -> None:
    """What one `check` says of a return, counted here by hand."""
    own = nation / "830 Derbyshire"
    answer = ran(
        capsys, "check", own / "ssda903", "--as", "ssda903", "--year", "2026", "--last-year", own / "ssda903-last-year",
        "--format", "json",
    )  # fmt: skip
    *issues, summary = [json.loads(line) for line in answer.out.splitlines()]
    counted: dict[str, int] = {}
    for issue in issues:
        counted[issue["rule"]] = counted.get(issue["rule"], 0) + 1
    told: dict[str, int] = {}
    for row in rows(out / "validation.csv"):
        if (row["authority"], row["form"]) == ("830 Derbyshire", "ssda903"):
            told[row["rule"]] = told.get(row["rule"], 0) + int(row["issues"])
    assert told == counted
    assert len(rows(out / "issues" / "830 Derbyshire.ssda903.csv")) == summary["issues"]
    assert "202" in summary["run"], "last year's return was looked into"


def _same_as_measure(nation: Path, out: Path, capsys: Capture) -> None:
    answer = ran(capsys, "measure", nation / "831 Derby" / "cin.xml", "--as-at", "2026-03-31", "--format", "json")
    alone = {one["code"]: (one["numerator"], one["denominator"]) for one in json.loads(answer.out)["measures"]}
    told = {
        row["code"]: (int(row["numerator"]), int(row["denominator"]))
        for row in rows(out / "measures.csv")
        if row["authority"] == "831 Derby" and row["kind"] == "measure"
    }
    assert told and told == alone
    england = next(row for row in rows(out / "release" / "measures.csv") if row["code"] == "AS-01")
    assert (england["authority"], england["unit"]) == ("England", "%")


def _again(nation: Path, out: Path, capsys: Capture) -> None:
    """A second run does only what is left: what was refused, what changed, and what an earlier run did not reach."""
    before = {path: path.read_bytes() for path in out.rglob("*.csv")}
    told = ran(capsys, "national", nation, "--year", "2026", "--out", out, "--workers", "1")
    assert "3 submissions were done before" in told.err and "1 of 1: 892 Nottingham cin" in told.err
    assert {path: path.read_bytes() for path in out.rglob("*.csv")} == before
    census(nation / "892 Nottingham" / "cin.xml", 40, 3)
    (out / "parts" / "831 Derby.cin.json").write_text("{half a fi")
    told = ran(capsys, "national", nation, "--year", "2026", "--out", out)
    assert told.code == 0
    assert "2 submissions were done before" in told.err and "4 of 4 submissions" in told.err
    left = {path: held for path, held in before.items() if "831" in path.name}
    assert {path: path.read_bytes() for path in left} == left


def test_last_years_return_that_cannot_be_used_is_left_out_and_told(tmp_path: Path, capsys: Capture) -> None:
    own = tmp_path / "in" / "830"
    looked_after(own / "ssda903", 10, 1)
    (own / "ssda903-last-year").mkdir()
    (own / "ssda903-last-year" / "header.csv").write_text("nothing,of,the\nkind,is,here\n")
    told = ran(capsys, "national", tmp_path / "in", "--year", "2026", "--out", tmp_path / "out")
    assert told.code == 0
    (row,) = rows(tmp_path / "out" / "submissions.csv")
    assert row["used"] == "true" and row["says"].startswith("Last year's return was left out: ")


def test_a_return_that_is_there_twice_is_not_chosen_between(tmp_path: Path, capsys: Capture) -> None:
    own = tmp_path / "in" / "830"
    census(own / "cin.xml", 5, 1)
    (own / "cin").mkdir()
    told = ran(capsys, "national", tmp_path / "in", "--year", "2026", "--out", tmp_path / "out")
    assert told.code == 1 and "cin is there more than once" in told.err
    assert rows(tmp_path / "out" / "release" / "measures.csv") == []


def test_two_folders_of_one_authority_are_not_chosen_between(tmp_path: Path, capsys: Capture) -> None:
    """By the Department's code, or by a name that differs in its capitals alone; the others are worked out."""
    for name in ("830 Derbyshire", "830 Derbyshire CC", "Derby", "DERBY", "831 City"):
        census(tmp_path / "in" / name / "cin.xml", 5, 1)
    told = ran(capsys, "national", tmp_path / "in", "--year", "2026", "--out", tmp_path / "out")
    assert told.code == 1
    used = {row["authority"]: (row["used"], row["says"]) for row in rows(tmp_path / "out" / "submissions.csv")}
    assert used.pop("831 City") == ("true", "")
    assert {says for _, says in used.values()} == {
        "There is more than one folder of 830; keep the one that is meant.",
        "There is more than one folder of derby; keep the one that is meant.",
    }
    assert len(used) == 4 and {how for how, _ in used.values()} == {"false"}
    assert {row["authority"] for row in rows(tmp_path / "out" / "measures.csv")} == {"831 City"}


def test_an_answer_of_another_folder_or_year_is_not_mixed_into(tmp_path: Path, capsys: Capture) -> None:
    for name in ("in", "other"):
        census(tmp_path / name / "830" / "cin.xml", 5, 1)
    out = tmp_path / "out"
    assert ran(capsys, "national", tmp_path / "in", "--year", "2026", "--out", out).code == 0
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    for asked in ((tmp_path / "other", "--year", "2026"), (tmp_path / "in", "--year", "2025")):
        told = ran(capsys, "national", *asked, "--out", out)
        assert told.code == 2 and f"holds the answer of {tmp_path / 'in'} for 2026" in told.err
        assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
    (tmp_path / "file").write_text("kept")
    told = ran(capsys, "national", tmp_path / "in", "--year", "2026", "--out", tmp_path / "file")
    assert told.code == 2 and "is a file: name a folder" in told.err
    assert (tmp_path / "file").read_text() == "kept"


def test_a_machine_that_does_not_reach_the_store_says_so_and_writes_nothing(tmp_path: Path) -> None:
    census(tmp_path / "in" / "830" / "cin.xml", 5, 1)
    asked = argparse.Namespace(folder=tmp_path / "in", out=tmp_path / "out", year=2026, reference=[])
    task = Task("830", "cin", tmp_path / "in" / "830" / "cin.xml", None, asked, program=program())
    part = work(task)
    assert (part.submission["used"], part.submission["says"]) == (False, NOT_REACHED)
    assert not (tmp_path / "out").exists()


def _there(folder: Path, words: tuple[str, ...]) -> tuple[object, ...]:
    """The words, those that name a folder with the one in which it lies."""
    return tuple(folder / word if word.startswith("full/") else word for word in words)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("nowhere",), "is no folder"),
        (("empty",), "holds no submission"),
        (("full", "--master", "spark://host:7077"), "--master goes with --engine spark"),
        (("full", "--out", "full/out"), "lies in the folder that is read"),
        (("full", "--workers", "0"), "is no number of workers"),
        (("full", "--reference", "providers=none.csv"), "there is no file"),
    ],
)
def test_a_request_that_cannot_be_used(tmp_path: Path, capsys: Capture, words: tuple[str, ...], says: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "full" / "830" / "cin").mkdir(parents=True)
    where, *more = words
    told = ran(
        capsys, "national", tmp_path / where, "--year", "2026", "--out", tmp_path / "out", *_there(tmp_path, more)
    )
    assert told.code == 2
    assert says in told.err
    assert not (tmp_path / "out").exists()
