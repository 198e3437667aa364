"""A folder of returns: the same seed writes the same bytes, the truth says what was planted, and all is marked."""

import csv
import hashlib
import json
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from goldthread.cli import main
from goldthread.kernel.rule import Severity
from goldthread.kernel.run import run
from goldthread.readers import annex_a
from goldthread.synthetic.authority import AuthoritySpec
from goldthread.synthetic.cuts import practice_record, ssda903
from goldthread.synthetic.cuts.flaws_903 import FLAWS
from goldthread.synthetic.cuts.folder import write
from goldthread.synthetic.cuts.request import RETURNS, Request
from goldthread.synthetic.cuts.ssd_columns import COLUMNS, DATES
from goldthread.synthetic.cuts.year import Year

SPEC = AuthoritySpec(size=0.04, seed=77)


def made(out: Path, request: Request) -> dict[str, Any]:
    write(request, out, lambda _: None)
    told: dict[str, Any] = json.loads((out / "truth.json").read_text(encoding="utf-8"))
    return told


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("whole")
    made(out, Request(SPEC, months=2, declines_from=1))
    return out


@pytest.fixture(scope="module")
def truth(folder: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    return told


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("clean")
    made(out, Request(replace(SPEC, defects=False)))
    return out


def hashes(out: Path) -> dict[str, str]:
    return {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file()
    }


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_same_seed_writes_the_same_bytes(folder: Path, tmp_path: Path):
    made(tmp_path, Request(SPEC, months=2, declines_from=1))
    assert hashes(tmp_path) == hashes(folder)


def test_another_seed_writes_other_files(folder: Path, tmp_path: Path):
    made(tmp_path, Request(replace(SPEC, seed=78), returns=("ssda903",)))
    name = "ssda903/2026/synthetic-2026-episodes.csv"
    assert hashes(tmp_path)[name] != hashes(folder)[name]


def test_every_return_is_there_and_the_truth_counts_its_rows(folder: Path, truth: dict[str, Any]):
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert found == {*truth["rows"], "truth.json"}
    assert {name.split("/")[0] for name in truth["rows"]} == {*RETURNS, "README.md"}
    for name, count in truth["rows"].items():
        if name.endswith(".csv"):
            assert len(rows(folder / name)) == count, name
        elif name.endswith(".xlsx"):
            assert sum(annex_a.read(folder / name).row_counts.values()) == count
        elif name.startswith("cin/"):
            assert len(ET.parse(folder / name).findall("Children/Child")) == count


def test_headings_are_those_of_the_returns(folder: Path):
    for year in (2025, 2026):
        for name in ssda903.tables(Year(year)):
            path = folder / "ssda903" / str(year) / f"synthetic-{year}-{name}.csv"
            assert path.read_text(encoding="utf-8").splitlines()[0] == ",".join(ssda903.COLUMNS[name])
    for name, columns in COLUMNS.items():
        assert (folder / "ssd" / f"{name}.csv").read_text(encoding="utf-8").splitlines()[0] == ",".join(columns)
    for name, columns in practice_record.COLUMNS.items():
        path = folder / "practice" / f"synthetic-{name}.csv"
        assert path.read_text(encoding="utf-8").splitlines()[0] == ",".join(columns)


def test_everything_says_that_it_is_invented(folder: Path, truth: dict[str, Any]):
    assert "SYNTHETIC" in (folder / "README.md").read_text(encoding="utf-8")
    for name in truth["rows"]:
        if name != "README.md" and not name.startswith("ssd/"):
            assert "synthetic" in name.rsplit("/", 1)[1]
    assert "SYNTHETIC" in (folder / "cin/synthetic-cin-2026.xml").read_text(encoding="utf-8")[:300]
    assert rows(folder / "ssd/ssd_version_log.csv")[0]["description"].startswith("SYNTHETIC")
    people = rows(folder / "ssd/ssd_person.csv")
    assert all(row["pers_person_id"].startswith("SYN") and not row["pers_surname"] for row in people)


def test_a_snapshot_is_cut_at_every_month_end(folder: Path):
    names = sorted(path.name for path in (folder / "annex-a").glob("*.xlsx"))
    assert names == ["synthetic-annex-a-2026-08-31.xlsx", "synthetic-annex-a-2026-09-30.xlsx"]
    beside = json.loads((folder / "annex-a/synthetic-annex-a-2026-08-31.truth.json").read_text(encoding="utf-8"))
    assert beside["as_at"] == "2026-08-31"
    assert beside["defects"]


def _found(path: Path, defect: dict[str, Any]) -> dict[str, str] | None:
    lines = rows(path)
    place = defect["row"] - 2
    return lines[place] if place < len(lines) else None


def test_planted_defects_stand_where_the_truth_says(folder: Path, truth: dict[str, Any]):
    flaws = {(flaw.rule, flaw.file): flaw for flaw in FLAWS}
    checked = 0
    for defect in truth["defects"]:
        if not defect["file"].startswith("ssda903/"):
            continue
        name = defect["file"].rsplit("-", 1)[1].removesuffix(".csv")
        row = _found(folder / defect["file"], defect)
        if flaws[defect["rule"], name].change({"CHILD": "x"}, None) == ():  # type: ignore[arg-type]
            assert row is None or row["CHILD"] != defect["child"]
            continue
        assert row is not None and row["CHILD"] == defect["child"], defect
        checked += 1
        match defect["rule"]:
            case "144":
                assert row["LS"] == "C9"
            case "148":
                assert row["DEC"] and not row["REC"]
            case "102":
                assert not row["DOB"]
            case "356":
                starts, ends = (row[column].split("/")[::-1] for column in ("DECOM", "DEC"))
                assert ends < starts
            case "440":
                assert row["REVIEW_CODE"] == "PN0"
    assert checked > 10


def test_defects_of_the_census_stand_at_their_line_and_leave_its_structure_alone(folder: Path, truth: dict[str, Any]):
    planted = [defect for defect in truth["defects"] if defect["file"].startswith("cin/")]
    assert len(planted) > 5
    for defect in planted:
        lines = (folder / defect["file"]).read_text(encoding="utf-8").splitlines()
        line = lines[defect["row"] - 1]
        whose = next(line for line in reversed(lines[: defect["row"] + 1]) if "LAchildID" in line)
        assert defect["child"] in whose
        assert line.strip().startswith("<") and not line.strip().startswith("</")


def test_defects_of_the_dataset_and_the_practice_record_stand_where_the_truth_says(folder: Path, truth: dict[str, Any]):
    own = [each for each in truth["defects"] if each["file"].startswith(("ssd/", "practice/"))]
    assert {each["file"].split("/")[0] for each in own} == {"ssd", "practice"}
    for defect in own:
        row = _found(folder / defect["file"], defect)
        assert row is not None
        unknown = defect["rule"] in ("SSD-01", "PR-04")
        assert ("SYN0000000" if unknown else defect["child"]) in row.values()
        if defect["rule"] == "PR-06":
            assert row["agencies"] == ""
        if defect["rule"] == "SSD-05":
            assert row["csdq_sdq_score"] == "57"


def test_no_child_has_two_defects_in_one_return(truth: dict[str, Any]):
    count = Counter((each["file"].rsplit("/", 1)[0], each["child"]) for each in truth["defects"])
    assert max(count[each] for each in count if each[0] != "cin") == 1


def test_a_clean_folder_has_no_defect_and_breaks_no_rule(clean: Path):
    told = json.loads((clean / "truth.json").read_text(encoding="utf-8"))
    assert told["defects"] == []
    assert told["decline"] is None
    (book,) = (clean / "annex-a").glob("*.xlsx")
    assert json.loads(book.with_suffix(".truth.json").read_text(encoding="utf-8"))["defects"] == []
    issues = run(annex_a.read(book).tables, as_at=date(2026, 9, 30), measures=()).issues
    assert issues.filter(pl.col("severity") == Severity.ERROR.value).height == 0


def test_the_truth_says_which_measures_decline_and_by_how_much(truth: dict[str, Any]):
    decline = truth["decline"]
    assert (decline["from_month"], decline["first_day"]) == (1, "2026-08-01")
    codes = {each["code"]: each for each in decline["measures"]}
    assert {"assessments", "conferences", "protection_visits", "care_visits", "placement_moves", "decisions"} <= set(
        codes
    )
    assert all(each["lost"] or each["more"] for each in decline["measures"])
    assert set(truth["monthly"]["decisions"]) == {"2026-08", "2026-09"}


def test_the_dataset_can_be_parquet_with_the_same_rows(clean: Path, tmp_path: Path):
    made(tmp_path, Request(replace(SPEC, defects=False), returns=("ssd",), dataset_form="parquet"))
    assert not list(tmp_path.rglob("*.csv"))
    for name in COLUMNS:
        frame = pl.read_parquet(tmp_path / "ssd" / f"{name}.parquet")
        text = rows(clean / "ssd" / f"{name}.csv")
        assert frame.height == len(text)
        for column in frame.columns:
            if column in DATES:
                assert frame.schema[column] == pl.Date
                assert [day.isoformat() if day else "" for day in frame[column]] == [row[column] for row in text]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"returns": ("annex-b",)}, "annex-b"),
        ({"returns": ()}, "return"),
        ({"months": 0}, "months"),
        ({"months": 61}, "months"),
        ({"declines_from": 37}, "decline"),
        ({"months": 12, "declines_from": 13}, "decline"),
        ({"drift": 0.4}, "drift"),
        ({"year": 2027}, "year"),
        ({"year": 2020}, "year"),
    ],
)
def test_what_cannot_be_told_is_refused(wrong: dict[str, Any], says: str):
    with pytest.raises(ValueError, match=says):
        Request(SPEC, **wrong)


def test_the_days_of_a_story_are_month_ends_up_to_the_day_of_the_lists():
    request = Request(replace(SPEC, as_at=date(2026, 9, 17)), months=3)
    assert request.snapshots == (date(2026, 7, 31), date(2026, 8, 31), date(2026, 9, 17))
    assert request.first_day == date(2026, 7, 1)
    assert [year.number for year in request.years] == [2025, 2026]
    assert request.looks_back_to == date(2024, 4, 1)


def test_every_sixth_month_end_may_be_asked_for_the_last_always_among_them():
    request = Request(replace(SPEC, as_at=date(2026, 10, 31)), months=18, every=6)
    assert request.snapshots == (date(2025, 10, 31), date(2026, 4, 30), date(2026, 10, 31))
    assert replace(request, every=18).snapshots == (date(2026, 10, 31),)
    with pytest.raises(ValueError, match="every 1 to 18 months"):
        replace(request, every=19)


def test_the_command_fills_a_folder_and_says_what_it_does(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    out = tmp_path / "all"
    words = ["make-authority", "--out", str(out), "--size", "0.02", "--returns", "cin,practice", "--decline-from", "18"]
    assert main(words) == 0
    said = capsys.readouterr()
    assert said.out.strip() == str(out)
    assert "CIN census of 2026" in said.err and "invented" in said.err
    assert {path.name for path in out.iterdir()} == {"README.md", "cin", "practice", "truth.json"}
    assert main(words) == 2
    assert "--force" in capsys.readouterr().err
    (out / "mine.txt").write_text("mine")
    again = ["make-authority", "--out", str(out), "--size", "0.02", "--returns", "practice", "--force"]
    assert main(again) == 0
    assert (out / "mine.txt").read_text() == "mine"
    assert not list((out / "cin").iterdir())


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--out", "x", "--returns", "annex-b"], "annex-b"),
        (["--out", "x", "--returns", ""], "return"),
        (["--out", "x.xlsx", "--returns", "cin"], "folder"),
        (["--out", "x", "--returns", "cin", "--months", "99"], "months"),
        (["--out", "x", "--returns", "cin", "--decline-from", "40"], "decline"),
        (["--out", "x.xlsx", "--months", "12"], "--returns"),
        (["--out", "x.xlsx", "--ssd-format", "csv"], "--returns"),
        (["--out", "x", "--returns", "cin", "--size", "0"], "size"),
    ],
)
def test_what_cannot_be_done_gets_one_sentence(
    words: list[str], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.chdir(tmp_path)
    assert main(["make-authority", *words]) == 2
    error = capsys.readouterr().err
    assert says in error
    assert len(error.strip().splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_the_smallest_authority_has_every_file(tmp_path: Path):
    told = made(tmp_path, Request(AuthoritySpec(size=0.01, seed=3)))
    assert {name.split("/")[0] for name in told["rows"]} == {*RETURNS, "README.md"}
    assert told["rows"]["cin/synthetic-cin-2026.xml"] > 50
