"""`goldthread agreement`: the same figures as the pages, from a table of answers, without Django."""

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.cli.submissions import ran

from goldthread.domain.agreement import Coefficient, Pair, Scale, agreement

GRADES = ("outstanding", "good", "requires-improvement", "inadequate")
TRACKED = ((10, 2, 0, 0), (1, 14, 3, 0), (0, 2, 12, 1), (0, 0, 1, 4))


def answers(path: Path, rows: Sequence[Sequence[str]], columns: str = "case,reviewer,question,grade") -> Path:
    path.write_text("\n".join([columns, *(",".join(row) for row in rows)]) + "\n", encoding="utf-8")
    return path


def tracked(path: Path) -> Path:
    """The four grades of the reference's table, one file for each pair."""
    cells = [(i, j) for i, row in enumerate(TRACKED) for j, count in enumerate(row) for _ in range(count)]
    rows = []
    for number, (i, j) in enumerate(cells, 1):
        rows += [(str(number), "Ana", "plan", GRADES[i]), (str(number), "Ben", "plan", GRADES[j])]
    return answers(path / "tracked.csv", rows)


def test_the_figures_are_those_of_the_reference_and_of_the_pages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = json.loads(ran(capsys, "agreement", tracked(tmp_path), "--format", "json").out)
    (plan,) = told["agreement"]
    figures = {one["figure"]: one for one in plan["figures"]}
    for name, value in (("kappa", 0.719), ("AC1", 0.738), ("kappa, quadratic", 0.884), ("AC2, quadratic", 0.929)):
        assert figures[name]["value"] == pytest.approx(value, abs=0.0005)
    cells = [(i, j) for i, row in enumerate(TRACKED) for j, count in enumerate(row) for _ in range(count)]
    same = agreement([Pair(str(n), GRADES[i], GRADES[j]) for n, (i, j) in enumerate(cells, 1)], Scale(GRADES))
    for which in Coefficient:
        assert figures[which.value]["interval"] == list(same.figures[which].interval or ())
    assert (plan["files"], plan["agreed"], plan["counts"]) == (50, 40, [list(row) for row in TRACKED])
    ana, ben = told["reviewers"]
    assert (ana["reviewer"], ana["kinder"], ana["harsher"]) == ("Ana", 6, 4)
    assert (ben["kinder"], ben["harsher"], ben["steps"]) == (4, 6, -0.04)


def test_grades_in_words_and_days_in_two_shapes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = []
    for number in range(1, 13):
        rows.append((f"{number}", "Ana", "plan", "Good", f"2026-11-{number:02}"))
        rows.append((f"{number}", "Ben", "plan", "Requires improvement" if number > 6 else "good", f"{number}/11/2026"))
    file = answers(tmp_path / "a.csv", rows, "case,reviewer,question,grade,day")
    told = json.loads(ran(capsys, "agreement", file, "--format", "json", "--period", "month").out)
    ana = told["reviewers"][0]
    assert ana["change"] == 1.0
    assert ana["periods"] == [{"begins": "2026-11-01", "files": 12, "steps": 0.5, "interval": ana["interval"]}]


def test_what_was_read_once_or_by_a_third_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [("1", who, "seen", "yes") for who in ("Ana", "Ben", "Cy")] + [("2", "Ana", "seen", "no")]
    out = ran(capsys, "agreement", answers(tmp_path / "a.csv", rows)).out
    words = " ".join(out.split())
    assert "1 answered once only; left out, from a third reviewer: 1; fewer than 20 files say little" in words
    assert words.count("cannot") == 4


def test_an_unknown_scale_has_an_order_only_where_it_is_given(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [("1", "Ana", "risk", "low"), ("1", "Ben", "risk", "high"), ("2", "Ana", "risk", "low"),
            ("2", "Ben", "risk", "low")]  # fmt: skip
    file = answers(tmp_path / "a.csv", rows)
    table = list(csv.DictReader(io.StringIO(ran(capsys, "agreement", file, "--format", "csv").out)))
    weighted = next(row for row in table if row["figure"] == "kappa, linear")
    assert (weighted["value"], "no order" in weighted["told of it"]) == ("", True)
    told = json.loads(ran(capsys, "agreement", file, "--scale", "Low,Middle,High", "--format", "json").out)
    assert told["agreement"][0]["scale"] == ["low", "middle", "high"]
    assert {one["reviewer"]: one["kinder"] for one in told["reviewers"]} == {"Ana": 1, "Ben": 0}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("case,reviewer,question\n1,Ana,plan\n", "no column “grade”"),
        ("case,reviewer,question,grade\n1,,plan,good\n", "row 2: the case, the reviewer or the question is blank"),
        ("case,reviewer,question,grade\n1,Ana,plan,good\n1,Ana,plan,good\n", "Ana answered “plan” of case 1 twice"),
        ("case,reviewer,question,grade\n1,Ana,plan,good\n", "answered by two reviewers"),
        ("case,reviewer,question,grade,day\n1,Ana,plan,good,soon\n", "“soon” is no day"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_a_sentence(
    text: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "bad.csv"
    file.write_text(text, encoding="utf-8")
    told = ran(capsys, "agreement", file)
    assert told.code == 2
    assert says in told.err
    assert "Traceback" not in told.err


def test_a_scale_of_one_answer_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = ran(capsys, "agreement", tracked(tmp_path), "--scale", "good")
    assert told.code == 2
    assert "two different answers" in told.err
