"""`goldthread watch FOLDER`: a year's snapshots as series, held against what the generator says is true."""

import json
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from tests.cli.submissions import ran
from tests.cli.test_measure_record import returns

from goldthread.cli import main
from goldthread.kernel.measures import MEASURES

Capture = pytest.CaptureFixture[str]


@cache
def story() -> Path:
    """Seven months of a small authority without planted defects, and what was true of them."""
    path = Path(mkdtemp()) / "story"
    words = ("--size", "0.03", "--seed", "9", "--returns", "annex-a", "--months", "7", "--defects", "off")
    assert main(["make-authority", "--out", str(path), *words]) == 0
    return path


def _true(name: str) -> dict[str, list[int]]:
    told: dict[str, list[int]] = json.loads((story() / "truth.json").read_text(encoding="utf-8"))["monthly"][name]
    return told


def test_every_month_counts_what_was_true_of_it(capsys: Capture) -> None:
    told = ran(capsys, "watch", story() / "annex-a", "--format", "json")
    assert told.code == 0, told.err
    answer: dict[str, Any] = json.loads(told.out)
    heading, every = answer
    assert heading == "7 snapshots, 2026-03 to 2026-09"
    codes = [row["code"] for row in answer[heading]]
    assert codes[: len(MEASURES)] == [measure.code for measure in MEASURES]
    assert {"FD-04", "CP-01", "AS-04", "CLA-01", "CP-03"} <= set(codes)
    assert "CP-05" not in codes, "a repeat within a year cannot be told from lists of six months"
    assert len(codes) == len(set(codes))
    for code, name in (("AS-01", "assessments"), ("CP-02", "conferences")):
        counted = {
            row["period"]: [row["numerator"], row["denominator"]] for row in answer[every] if row["code"] == code
        }
        assert counted == _true(name)


def test_one_measure_is_charted_with_the_direction_that_is_better(capsys: Capture) -> None:
    told = ran(capsys, "watch", story() / "annex-a", "--measure", "AS-01", "--target", "80", "--format", "json")
    assert told.code == 0, told.err
    answer = json.loads(told.out)
    assert (answer["better"], answer["target"]) == ("high", 80)
    points = [point for stretch in answer["stretches"] for point in stretch["points"]]
    true = _true("assessments")
    assert [point["period"] for point in points] == list(true)
    for point in points:
        numerator, denominator = true[point["period"]]
        assert point["value"] == pytest.approx(100 * numerator / denominator)
    shown = ran(capsys, "watch", story() / "annex-a", "--measure", "AS-01").out
    assert "AS-01 Assessments within 45 working days" in shown


def test_without_a_measure_every_series_is_told_in_a_line(capsys: Capture) -> None:
    told = ran(capsys, "watch", story() / "annex-a")
    assert told.code == 0
    assert "months with a figure" in " ".join(told.out.split())
    assert "AS-01" in told.out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--measure", "XX-01"), "there is no measure “XX-01”"),
        (("--target", "80", "--better", "high"), "are for one series; add --measure"),
    ],
)
def test_what_cannot_be_charted_is_refused(words: tuple[str, ...], says: str, capsys: Capture) -> None:
    told = ran(capsys, "watch", story() / "annex-a", *words)
    assert (told.code, told.out) == (2, "")
    assert says in told.err


def test_a_measure_is_for_a_folder(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "own.csv").write_text("period,value\na,1\n")
    told = ran(capsys, "watch", tmp_path / "own.csv", "--measure", "AS-01")
    assert told.code == 2
    assert "--measure is for a folder of snapshots" in told.err


def test_a_folder_that_is_no_series_is_refused(tmp_path: Path, capsys: Capture) -> None:
    told = ran(capsys, "watch", tmp_path)
    assert "holds no snapshots" in told.err
    (first, *_) = sorted((story() / "annex-a").glob("*.xlsx"))
    shutil.copy(first, tmp_path / "a.xlsx")
    shutil.copy(first, tmp_path / "b.xlsx")
    told = ran(capsys, "watch", tmp_path)
    assert told.code == 2
    assert "as another snapshot is; keep one for each month" in told.err
    (tmp_path / "b.xlsx").write_bytes(b"PK\x03\x04 nothing")
    told = ran(capsys, "watch", tmp_path)
    assert told.code == 2
    assert "b.xlsx" in told.err


# ---- amounts and the record


def test_a_rate_is_drawn_as_counts_or_at_its_yearly_pace(capsys: Capture) -> None:
    words = ("watch", story() / "annex-a", "--measure", "FD-04", "--format", "json")
    counted, paced = (json.loads(ran(capsys, *words, *more).out) for more in ((), ("--population", "5000")))
    points = [[one["value"] for stretch in told["stretches"] for one in stretch["points"]] for told in (counted, paced)]
    assert len(points[0]) >= 7 and all(value == int(value) for value in points[0])
    assert points[1] == pytest.approx([value * 12 * 10_000 / 5_000 for value in points[0]])
    assert all(stretch["lower"] >= 0 for stretch in counted["stretches"])
    (every,) = [
        rows for title, rows in json.loads(ran(capsys, *words[:2], *words[4:]).out).items() if title == "Every month"
    ]
    assert [row["numerator"] for row in every if row["code"] == "FD-04"] == points[0]


def test_returns_of_two_years_are_one_series_of_their_months(capsys: Capture) -> None:
    told = json.loads(ran(capsys, "watch", returns() / "cin", "--format", "json").out)
    rows = [row for row in told["Every month"] if row["code"] == "AS-01"]
    assert [row["period"] for row in rows] == [f"{2024 + (month > 9) + place}-{(month + 2) % 12 + 1:02}"
                                              for place in (0, 1) for month in range(1, 13)]  # fmt: skip
    for year in (2025, 2026):
        whole = json.loads(
            ran(
                capsys,
                "measure",
                returns() / "cin" / f"synthetic-cin-{year}.xml",
                "--measure",
                "AS-01",
                "--format",
                "json",
            ).out
        )["measures"][0]
        here = [row for row in rows if f"{year - 1}-04" <= row["period"] <= f"{year}-03"]
        assert sum(row["numerator"] for row in here) == whole["numerator"]
        assert sum(row["denominator"] for row in here) == whole["denominator"]
    care = json.loads(ran(capsys, "watch", returns() / "ssda903", "--measure", "CLA-01", "--format", "json").out)
    points = [one for stretch in care["stretches"] for one in stretch["points"]]
    assert len(points) == 24
    assert all(one["value"] > 0 for one in points)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--measure", "EH-01"), "cannot be told by the month"),
        (("--measure", "ZZ-1"), "there is no measure"),
        (("--population", "-4"), "--population is the number"),
    ],
)
def test_what_has_no_months_is_refused_in_one_sentence(words: tuple[str, ...], says: str, capsys: Capture) -> None:
    told = ran(capsys, "watch", returns() / "cin", *words)
    assert (told.code, told.out) == (2, "")
    assert says in " ".join(told.err.split())


def test_hand_ins_of_two_forms_are_no_series(tmp_path: Path, capsys: Capture) -> None:
    shutil.copy(returns() / "cin" / "synthetic-cin-2026.xml", tmp_path)
    shutil.copy(next((story() / "annex-a").glob("*.xlsx")), tmp_path)
    told = ran(capsys, "watch", tmp_path)
    assert told.code == 2
    assert "are not of one form" in " ".join(told.err.split())
