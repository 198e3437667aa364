"""`goldthread sample` as someone at a terminal meets it."""

import csv
import io
import json
from datetime import date
from typing import Any

import pytest
from tests.cli.submissions import ran, workbook

from goldthread.domain.sampling import Candidate, frame_hash
from goldthread.engines.sandbox import read_safely
from goldthread.kernel.frames import frame

Capture = pytest.CaptureFixture[str]


def _drawn(capsys: Capture, *words: object) -> dict[str, Any]:
    told = ran(capsys, "sample", workbook(), *words, "--format", "json")
    assert told.code == 0, told.err
    answer: dict[str, Any] = json.loads(told.out)
    return answer


def test_one_seed_draws_the_same_children_again_and_another_seed_others(capsys: Capture) -> None:
    first = _drawn(capsys, "--n", 20, "--seed", 7)
    assert first["chosen"] == _drawn(capsys, "--n", 20, "--seed", 7)["chosen"]
    other = _drawn(capsys, "--n", 20, "--seed", 8)["chosen"]
    assert {choice["child"] for choice in first["chosen"]} != {choice["child"] for choice in other}


def test_each_child_is_drawn_once_with_a_stratum_a_place_in_the_file_and_a_reason(capsys: Capture) -> None:
    told = _drawn(capsys, "--n", 20, "--seed", 7, "--strata", "service,age_band", "--minimum", 0)
    assert len({choice["child"] for choice in told["chosen"]}) == 20
    assert [choice["order"] for choice in told["chosen"]] == list(range(1, 21))
    assert all(" · " in choice["stratum"] and choice["row"] >= 3 and choice["reason"] for choice in told["chosen"])
    assert sum(stratum["drawn"] for stratum in told["strata"]) == 20
    assert sum(told["excluded"].values()) == told["record"]["left_out"]


def test_the_record_proves_the_frame(capsys: Capture) -> None:
    record = _drawn(capsys, "--n", 10, "--seed", "spring", "--population", "in-care")["record"]
    reading = read_safely(workbook())
    who = frame(reading.tables, date.fromisoformat(record["as_at"]), population="in-care")
    candidates = [Candidate(*pair) for pair in who.eligible.select("child", "stratum").iter_rows()]
    assert record["frame_hash"] == frame_hash(candidates)
    assert (record["seed"], record["n"], record["frame_size"]) == ("spring", 10, len(candidates))


def test_the_table_and_the_csv_name_the_children_drawn(capsys: Capture) -> None:
    words = ("sample", workbook(), "--n", 6, "--seed", 7)
    rows = list(csv.DictReader(io.StringIO(ran(capsys, *words, "--format", "csv").out)))
    shown = ran(capsys, *words)
    assert shown.code == 0
    assert len(rows) == 6
    assert all(row["child"] in shown.out for row in rows)
    assert "frame_hash" in shown.out
    assert "already counted under another service" in shown.out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--n", "100000", "--seed", "7"), "larger than the frame"),
        (("--n", "0", "--seed", "7"), "at least one child"),
        (("--n", "sixty", "--seed", "7"), "no whole number"),
        (("--n", "6"), "--seed"),
        (("--n", "6", "--seed", " "), "the seed is empty"),
        (("--seed", "7"), "--n"),
        (("--n", "6", "--seed", "7", "--strata", "postcode"), "no stratum"),
        (("--n", "6", "--seed", "7", "--strata", "service,service"), "once"),
        (("--n", "6", "--seed", "7", "--population", "everyone"), "invalid choice"),
        (("--n", "3", "--seed", "7", "--strata", "service,team,age_band", "--minimum", "2"), "too few"),
        (("--n", "6", "--seed", "7", "--set", "assessment_days=40"), "no limits"),
    ],
)
def test_a_draw_that_cannot_be_made_is_refused_in_one_sentence(
    capsys: Capture, words: tuple[str, ...], says: str
) -> None:
    told = ran(capsys, "sample", workbook(), *words)
    assert (told.code, told.out) == (2, "")
    assert says in told.err
    assert len(told.err.strip().splitlines()) == 1
