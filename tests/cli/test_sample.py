"""`goldthread sample` as someone at a terminal meets it."""

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.cli.submissions import ran, workbook

from goldthread.cli.refusal import Refused
from goldthread.cli.sample import DESIGNS, UNDIVIDED
from goldthread.cli.sample_words import text_of
from goldthread.domain.sampling import Candidate, Design, frame_hash
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
        (("--n", "6", "--seed", "7", "--design", "guess"), "invalid choice"),
        (("--n", "6", "--seed", "7", "--design", "simple", "--strata", "team"), "does not divide"),
        (("--n", "6", "--seed", "7", "--design", "neyman", "--expected", "Hair=20"), "“Hair” is empty"),
        (("--n", "6", "--seed", "7", "--design", "neyman", "--expected", "In care=100"), "1 to 99"),
        (("--n", "6", "--seed", "7", "--expected", "In care=20"), "belongs to --design neyman"),
        (("--n", "6", "--seed", "7", "--design", "oversampled"), "at least one stratum"),
        (("--n", "6", "--seed", "7", "--design", "oversampled", "--times", "In care"), "equals sign"),
        (("--n", "6", "--seed", "7", "--theme", "hair"), "no theme is called"),
        (("--n", "6", "--seed", "7", "--theme", "adoption", "--population", "in-care"), "leave out --population"),
        (("--n", "6", "--seed", "7", "--design", "dip"), "which theme"),
        (("--n", "6", "--seed", "7", "--design", "one-of-siblings"), "brothers and sisters"),
        (("--n", "6", "--seed", "7", "--children", "/nowhere/list.txt"), "not a file"),
        (("--design", "hand-picked"), "each with the reason"),
    ],
)
def test_a_draw_that_cannot_be_made_is_refused_in_one_sentence(
    capsys: Capture, words: tuple[str, ...], says: str
) -> None:
    told = ran(capsys, "sample", workbook(), *words)
    assert (told.code, told.out) == (2, "")
    assert says in told.err
    assert len(told.err.strip().splitlines()) == 1


def _ids(capsys: Capture, count: int) -> list[str]:
    """Children of the workbook who are in its frame."""
    return [choice["child"] for choice in _drawn(capsys, "--n", count, "--seed", "ids")["chosen"]]


def _write(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def test_a_given_list_is_drawn_from_and_nobody_on_it_is_lost(capsys: Capture, tmp_path: Path) -> None:
    ids = _ids(capsys, 12)
    given = _write(tmp_path, "list.txt", "\n".join([*ids, "stranger", ids[0], "another"]))
    told = _drawn(capsys, "--n", 5, "--seed", 7, "--children", given, "--strata", "none")
    assert {choice["child"] for choice in told["chosen"]} < set(ids)
    assert told["given"] == {"children": 15, "twice": 1, "unknown": ["stranger", "another"]}
    assert told["record"]["frame_size"] == 12
    shown = ran(capsys, "sample", workbook(), "--n", 5, "--seed", 7, "--children", given)
    assert "Unknown children of the list: 2" in " ".join(shown.out.split())
    assert "stranger" in shown.out
    nobody = ran(capsys, "sample", workbook(), "--n", 1, "--seed", 7, "--children", _write(tmp_path, "x", "a\nb"))
    assert (nobody.code, "none of the 2 children" in nobody.err) == (2, True)


def _words(design: str, folder: Path, ids: list[str]) -> list[object]:
    """The arguments of a draw by a design."""
    own: dict[str, list[object]] = {
        "neyman": ["--expected", "In care=90"],
        "oversampled": ["--times", "Protection plan=3", "--minimum", "1"],
        "one-of-siblings": [
            "--siblings",
            _write(folder, "families.txt", f"{ids[0]},{ids[1]},{ids[2]}\n{ids[3]};{ids[4]}"),
        ],
        "dip": ["--theme", "strategy-discussions"],
        "hand-picked": [
            "--picked",
            _write(folder, "picked.csv", f"{ids[5]},Named in a complaint\n{ids[0]}: Asked for"),
        ],
    }
    size: list[object] = [] if design == "hand-picked" else ["--n", 20, "--seed", 7]
    return [*size, "--design", design, *own.get(design, [])]


@pytest.mark.parametrize("design", DESIGNS)
def test_every_design_is_drawn_and_repeated_from_its_record_alone(capsys: Capture, tmp_path: Path, design: str) -> None:
    words = _words(design, tmp_path, _ids(capsys, 12))
    told = _drawn(capsys, *words)
    assert told["record"]["design"] == design
    assert all((choice["stands_for"] is None) == (design == "hand-picked") for choice in told["chosen"])
    assert ran(capsys, "sample", workbook(), *words).code == 0
    record = _write(tmp_path, "record.json", json.dumps(told))
    again = ran(capsys, "sample", "repeat", record, "--format", "json")
    answer = json.loads(again.out)
    assert (again.code, answer["identical"], answer["differences"]) == (0, True, [])
    assert [one["child"] for one in answer["chosen"]] == [one["child"] for one in told["chosen"]]
    assert [one["child"] for one in answer["reserve"]] == [one["child"] for one in told["reserve"]]
    assert "the same children, in the same order" in ran(capsys, "sample", "repeat", record).out


def test_the_designs_of_the_command_are_those_of_the_domain() -> None:
    assert tuple(Design) == DESIGNS
    assert set(UNDIVIDED) == {d for d in Design if not d.divides and d not in (Design.SYSTEMATIC, Design.HAND_PICKED)}


def test_a_record_that_differs_says_where_and_exits_with_one(capsys: Capture, tmp_path: Path) -> None:
    told = _drawn(capsys, "--n", 12, "--seed", 7)
    told["chosen"][0]["child"] = "somebody else"
    swapped = ran(capsys, "sample", "repeat", _write(tmp_path, "a.json", json.dumps(told)))
    assert (swapped.code, "not those of its proof" in swapped.out) == (1, True)
    told["proof"]["frame"].pop()
    shorter = ran(capsys, "sample", "repeat", _write(tmp_path, "b.json", json.dumps(told)))
    assert (shorter.code, "frame is not the one drawn from" in shorter.out) == (1, True)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("not json", "no JSON"),
        ("[]", "no proof"),
        ('{"proof": {"algorithm": "goldthread-9"}}', "goldthread-9"),
        ('{"proof": {"algorithm": "goldthread-2"}}', "incomplete or has been changed"),
    ],
)
def test_a_record_that_cannot_be_used_is_refused(capsys: Capture, tmp_path: Path, text: str, says: str) -> None:
    told = ran(capsys, "sample", "repeat", _write(tmp_path, "record.json", text))
    assert (told.code, told.out, says in told.err, len(told.err.strip().splitlines())) == (2, "", True, 1)
    assert ran(capsys, "sample", "repeat", tmp_path / "none.json").code == 2


def test_how_many_files_a_promise_takes(capsys: Capture) -> None:
    told = json.loads(ran(capsys, "sample", "size", "--frame", 1024, "--format", "json").out)
    assert [one["n"] for one in told["sizes"]] == [280, 147, 88, 42]
    likely = json.loads(
        ran(capsys, "sample", "size", "--frame", 1024, "--within", 5, "--share", 90, "--format", "json").out
    )
    assert [one["n"] for one in likely["sizes"]] == [122]
    rows = list(
        csv.DictReader(io.StringIO(ran(capsys, "sample", "size", "--frame", 300, "--n", 40, "--format", "csv").out))
    )
    assert [(row["files"], row["percentage points either way"]) for row in rows] == [("40", "14.4")]


def test_how_many_files_find_one(capsys: Capture) -> None:
    for whole, share, n in ((50, 10, 22), (50, 5, 31), (300, 10, 28), (1000, 5, 57)):
        told = json.loads(ran(capsys, "sample", "discover", "--frame", whole, "--share", share, "--format", "json").out)
        assert [one["n"] for one in told["answers"] if one["asks"] == "find"] == [n]
    told = json.loads(
        ran(capsys, "sample", "discover", "--frame", 300, "--cases", 3, "--n", 60, "--format", "json").out
    )
    assert [one["asks"] for one in told["answers"]] == ["find", "at-most", "chance", "none-found"]
    assert "48.9% chance" in told["answers"][2]["says"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("size",), "--frame"),
        (("size", "--frame", "300", "--n", "301"), "more than the 300"),
        (("size", "--frame", "300", "--within", "0"), "between 0 and 100"),
        (("size", "--frame", "300", "--confidence", "100"), "between 0 and 100"),
        (("discover", "--frame", "300"), "--share or --cases"),
        (("discover", "--frame", "300", "--share", "5", "--cases", "5"), "not both"),
        (("discover", "--frame", "300", "--cases", "301"), "more than the 300"),
        (("discover", "--frame", "300", "--n", "301"), "more than the 300"),
    ],
)
def test_a_size_that_cannot_be_told_is_refused(capsys: Capture, words: tuple[str, ...], says: str) -> None:
    told = ran(capsys, "sample", *words)
    assert (told.code, told.out, says in told.err, len(told.err.strip().splitlines())) == (2, "", True, 1)


def test_files_of_children_are_read_as_they_are_saved(tmp_path: Path) -> None:
    (tmp_path / "windows.csv").write_bytes("Zoë".encode("cp1252"))
    (tmp_path / "marked.csv").write_bytes("Zoë".encode("utf-8-sig"))
    assert text_of(tmp_path / "windows.csv") == text_of(tmp_path / "marked.csv") == "Zoë"
    (tmp_path / "book.xlsx").write_bytes(b"PK\0\1")
    with pytest.raises(Refused, match="not plain text"):
        text_of(tmp_path / "book.xlsx")
