"""`goldthread timetable` from the file to the plan, and every file that cannot be used."""

import json
import os
import re
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from typing import Any

import pytest

from goldthread.cli import main

DOCS = Path(__file__).resolve().parents[2] / "docs" / "command-line.md"
_INDENTED = re.compile(r"^    title = .*?(?=^\|)", re.DOTALL | re.MULTILINE)
SAMPLE = textwrap.dedent(_INDENTED.search(DOCS.read_text("utf-8"))[0])  # type: ignore[index]


def run(tmp_path: Path, text: str, *words: str, name: str = "fieldwork.toml") -> int:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return main(["timetable", str(path), "--seconds", "1", "--quiet", *words])


def answer(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str = SAMPLE, *words: str) -> dict[str, Any]:
    capsys.readouterr()
    run(tmp_path, text, "--format", "json", *words)
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    return told


def test_the_sample_of_the_documents_is_planned_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = answer(tmp_path, capsys)
    assert told["left_out"] == told["broken"] == []
    bookings = {one["task"]: one for one in told["bookings"]}
    assert set(bookings) == {"Case 1", "second-1", "Meeting with the virtual school"}
    meeting = bookings["Meeting with the virtual school"]
    assert (meeting["start"], sorted(meeting["people"])) == ("10:00", ["Ana Whitlock", "Ben Adeyemi"])
    assert meeting["day"] in {"2026-05-11", "2026-05-12", "2026-05-13"}
    assert bookings["Case 1"]["people"] != bookings["second-1"]["people"]
    words = set(re.findall(r"[\w-]+", " ".join(re.findall(r"`([^`]+)`", DOCS.read_text("utf-8")))))
    assert {*told, *told["bookings"][0], *told["loads"][0]} <= words


def test_the_same_file_as_json_gives_the_same_fieldwork(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import tomllib

    as_json = json.dumps(tomllib.loads(SAMPLE), default=str)
    assert run(tmp_path, as_json, "--format", "csv", name="fieldwork.json") == 0
    assert "Meeting with the virtual school" in capsys.readouterr().out


def test_nothing_is_placed_before_the_first_day_and_what_lay_before_it_stays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = answer(tmp_path, capsys)
    earlier = tmp_path / "earlier.json"
    earlier.write_text(json.dumps(told), "utf-8")
    before = {one["task"]: one for one in told["bookings"]}
    late = answer(tmp_path, capsys, SAMPLE, "--from-day", "2026-05-12")
    assert late["bookings"] and all(one["day"] >= "2026-05-12" for one in late["bookings"])
    again = answer(tmp_path, capsys, SAMPLE, "--from-day", "2026-05-12", "--locked", str(earlier))
    for one in again["bookings"]:
        stays = before.get(one["task"])
        assert one["day"] >= "2026-05-12" or (stays and (stays["day"], stays["start"]) == (one["day"], one["start"]))
    for day, says in (("2026-06-30", "outside fieldwork"), ("soon", "no day; write it as")):
        try:
            assert run(tmp_path, SAMPLE, "--from-day", day) == 2
        except SystemExit as left:
            assert left.code == 2
        assert says in capsys.readouterr().err


def test_csv_and_calendar_hold_one_persons_part(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, SAMPLE, "--format", "ics", "--person", "Ana Whitlock") == 0
    calendar = capsys.readouterr().out
    assert calendar.startswith("BEGIN:VCALENDAR\r\n")
    assert calendar.count("BEGIN:VEVENT") == 2
    assert run(tmp_path, SAMPLE, "--format", "csv", "--person", "Ben Adeyemi") == 0
    assert len(capsys.readouterr().out.splitlines()) == 3
    assert run(tmp_path, SAMPLE, "--person", "Zoe") == 2
    assert "“Zoe” is not one of the people" in capsys.readouterr().err
    out = tmp_path / "plan.ics"
    assert run(tmp_path, SAMPLE, "--format", "ics", "--output", str(out)) == 0
    assert out.read_bytes().endswith(b"END:VCALENDAR\r\n")


def test_locked_choices_stay_and_a_plan_can_be_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = answer(tmp_path, capsys)
    case = next(one for one in told["bookings"] if one["task"] == "Case 1")
    case.update(day="2026-05-20", start="13:15", people=["Ben Adeyemi"])
    second = next(one for one in told["bookings"] if one["task"] == "second-1")
    second.update(people=["Ana Whitlock"], day="2026-05-18", start="9:00")
    plan = tmp_path / "plan.json"
    plan.write_text(json.dumps(told))
    again = answer(tmp_path, capsys, SAMPLE, "--locked", str(plan), "--lock", "Case 1")
    kept = next(one for one in again["bookings"] if one["task"] == "Case 1")
    assert kept == {**case, "locked": True}
    assert run(tmp_path, SAMPLE, "--check", str(plan)) == 0
    second["people"] = ["Ben Adeyemi"]
    plan.write_text(json.dumps(told))
    assert run(tmp_path, SAMPLE, "--check", str(plan)) == 1
    assert "second: “Second reading of case 1” is a second reading by Ben Adeyemi" in capsys.readouterr().err
    assert run(tmp_path, SAMPLE, "--lock", "Case 1") == 2
    assert run(tmp_path, SAMPLE, "--locked", str(plan), "--lock", "Case 7") == 2
    told["bookings"][0].update(locked=True, people=["Zoe"])
    plan.write_text(json.dumps(told))
    assert run(tmp_path, SAMPLE, "--locked", str(plan)) == 2
    assert "is locked, and it or its people are no longer part" in capsys.readouterr().err


def test_a_locked_reviewer_in_conflict_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = tmp_path / "plan.json"
    booking = {"task": "Case 1", "day": "2026-05-11", "start": "9:00", "people": ["Ana Whitlock"], "locked": True}
    plan.write_text(json.dumps({"bookings": [booking]}))
    text = SAMPLE.replace('teams = ["Team A"]', 'families = ["Family 9"]')
    assert run(tmp_path, text, "--locked", str(plan)) == 2
    assert "“Case 1” is given to Ana Whitlock, who has a conflict of interest" in capsys.readouterr().err


TASK = '\n[[tasks]]\ntitle = "Odd"\nkind = "visit"\n'
LEFT_OUT = {
    "longer than any day of the team": TASK + "minutes = 600\n",
    "outside fieldwork": TASK + "minutes = 60\nfirst = 2026-06-08\nlast = 2026-06-09\n",
    "needs Welsh, and nobody who may take part speaks it": TASK + 'minutes = 60\nlanguage = "Welsh"\n',
    "must have Ana Whitlock, who has a conflict of interest": TASK
    + 'minutes = 60\nmust = ["Ana Whitlock"]\nfamilies = ["Family 9"]\n',
    "fits into no day at 16:30": TASK + 'minutes = 60\nat = "16:30"\n',
}


@pytest.mark.parametrize("says", LEFT_OUT)
def test_what_cannot_be_placed_is_told_and_the_rest_is_planned(
    says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, SAMPLE + LEFT_OUT[says], "--format", "json") == 1
    shown = capsys.readouterr()
    assert says in shown.err
    told = json.loads(shown.out)
    assert [one["task"] for one in told["left_out"]] == ["Odd"]
    assert says in told["left_out"][0]["why"]
    assert told["left_out"][0]["mend"]
    assert len(told["bookings"]) == 3


REFUSED = {
    "“Zoe”, named in “Odd”, is not one of the people": SAMPLE + TASK + 'minutes = 60\nmust = ["Zoe"]\n',
    "line 6: “Zoe” is not one of the people": 'first = 2026-05-05\nlast = 2026-05-06\n[[people]]\nname = "Ana"\n'
    '[[conflicts]]\nperson = "Zoe"\nwith = "team"\n[[tasks]]\ntitle = "A"\nkind = "visit"\nminutes = 60\n',
    "“Moon” of “Odd” is not one of the sites": SAMPLE + TASK + 'minutes = 60\nsite = "Moon"\n',
    "“dance” is not a known kind": SAMPLE.replace('kind = "conversation"', 'kind = "dance"'),
    "“minutes” must be a whole number, 1 or more": SAMPLE + TASK + "minutes = 0\n",
    "“noon” of “Odd” is no hour": SAMPLE + TASK + 'minutes = 60\nat = "noon"\n',
    "“17:00-9:00” are no hours of a day": SAMPLE.replace('"9:00-17:00"', '"17:00-9:00"'),
    "fieldwork ends on 2026-05-01, before it begins": SAMPLE.replace("last = 2026-05-29", "last = 2026-05-01"),
    "fieldwork takes more than a year": SAMPLE.replace("last = 2026-05-29", "last = 2036-05-29"),
    "no working day lies between": SAMPLE.replace("first = 2026-05-05", "first = 2026-05-02").replace(
        "last = 2026-05-29", "last = 2026-05-04"
    ),
    "“Case 1” is there already": SAMPLE + TASK.replace("Odd", "Case 1") + "minutes = 60\n",
    "“Case 9”, which “Odd” reads again, is not among": SAMPLE + TASK + 'minutes = 60\nsecond_to = "Case 9"\n',
    "say with which family Ana Whitlock has": SAMPLE.replace('subject = "Family 9"', ""),
    "“colour” is not known here": SAMPLE + TASK + 'minutes = 60\ncolour = "red"\n',
    "has 1 seats and 2 who must": SAMPLE + TASK + 'minutes = 60\nseats = 1\nmust = ["Ana Whitlock", "Ben Adeyemi"]\n',
    "this is not TOML": "first = \n",
    "“tasks” is missing": SAMPLE.split("[[tasks]]")[0],
}


@pytest.mark.parametrize("says", REFUSED)
def test_a_file_that_cannot_be_used_is_refused_in_a_sentence(
    says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, REFUSED[says]) == 2
    told = capsys.readouterr()
    assert says in told.err
    assert told.out == ""
    assert "Traceback" not in told.err


def test_json_is_refused_with_the_place_and_a_plan_that_is_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = {"first": "2026-05-05", "last": "2026-05-08", "people": [{"name": "Ana"}], "tasks": [{"title": "A"}]}
    assert run(tmp_path, json.dumps(bad), name="f.json") == 2
    assert "f.json, tasks 1: “kind” is missing" in capsys.readouterr().err
    for text in ("[", "[]", "7"):
        assert run(tmp_path, text, name="f.json") == 2
    for plan in (
        "nonsense",
        "{}",
        '[{"task": 1}]',
        '[{"task": "a", "day": "x", "start": "9:00", "people": []}]',
        "[7]",
    ):
        (tmp_path / "plan.json").write_text(plan)
        assert run(tmp_path, SAMPLE, "--check", str(tmp_path / "plan.json")) == 2
    assert run(tmp_path, SAMPLE, "--check", str(tmp_path / "missing.json")) == 2
    with pytest.raises(SystemExit) as ended:
        run(tmp_path, SAMPLE, "--seconds", "never")
    assert ended.value.code == 2


def test_ctrl_c_takes_the_best_plan_so_far(tmp_path: Path) -> None:
    pytest.importorskip("ortools", reason="OR-tools is not installed")
    path = tmp_path / "fieldwork.toml"
    # Five whose loads count and 91 tasks of many lengths: the search would go on for all its time.
    sample = SAMPLE.replace("balanced = false", "balanced = true")
    more = [f'\n[[people]]\nname = "Person {n}"\nhours = "9:00-1{n}:30"\n' for n in range(4, 7)]
    for n in range(2, 90):
        more.append(f'\n[[tasks]]\ntitle = "Case {n}"\nkind = "case-review"\nminutes = {61 + n * n % 97}\n')
    path.write_text(sample + "".join(more), "utf-8")
    words = [sys.executable, "-m", "goldthread.cli", "timetable", str(path), "--seconds", "300", "--format", "json"]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ})
    assert process.stderr is not None
    assert "placed" in process.stderr.readline()
    time.sleep(0.5)
    assert process.poll() is None, "it ended by itself, so that nothing would be tried"
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert len(json.loads(out)["bookings"]) == 91
