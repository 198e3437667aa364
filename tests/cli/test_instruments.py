import json
from pathlib import Path

import pytest

from goldthread.cli import main
from goldthread.domain import instruments

SOURCE = Path(instruments.__file__).parent / "case-review-full-1.toml"


def test_the_instruments_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["instruments", "--format", "json"]) == 0
    listed = json.loads(capsys.readouterr().out)["Instruments"]
    assert [each["slug"] for each in listed] == list(instruments.slugs())
    full = next(each for each in listed if each["slug"] == "case-review-full-1")
    assert (full["version"], full["sections"], full["superseded_by"]) == (1, 17, "")
    assert next(each for each in listed if each["slug"] == "management-decisions-1")["checks"] == "W01"


def test_one_instrument_is_shown_question_by_question(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["instruments", "strategy-meetings-1", "--format", "csv"]) == 0
    shown = capsys.readouterr().out
    assert "meeting-there is evidenced" in shown
    assert main(["instruments", "strategy-meetings-1", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    asked = [question["id"] for section in told["sections"] for question in section["questions"]]
    assert asked[0] == "meeting-there"
    assert asked[-2:] == ["overall-practice", "overall-record"]
    assert [one["code"] for one in told["checks"]] == ["W02", "W03"]
    assert told["sections"][1]["ask_if"] == [{"question": "meeting-there", "is": ["evidenced"]}]
    assert main(["instruments", "strategy-meetings-1"]) == 0
    assert "Of everybody, where data tell" in capsys.readouterr().out


def test_a_file_is_checked_and_its_slip_named_by_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["instruments", "--check", str(SOURCE)]) == 0
    capsys.readouterr()
    spoilt = tmp_path / SOURCE.name
    text = SOURCE.read_text("utf-8").replace(
        'question = "referred", is = ["yes"]', 'question = "refered", is = ["yes"]'
    )
    spoilt.write_text(text, "utf-8")
    assert main(["instruments", "--check", str(spoilt)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    line = int(captured.err.split("line ")[1].split(":")[0])
    assert "refered" in text.splitlines()[line - 1]
    assert "there is no question called “refered”; use details-complete" in captured.err


def test_a_copy_is_written_and_passes_the_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = tmp_path / "wexcombe-review-2.toml"
    assert main(["instruments", "case-review-full-1", "--copy-as", "wexcombe-review-2", "--output", str(mine)]) == 0
    assert main(["instruments", "--check", str(mine), "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["slug"], told["version"]) == ("wexcombe-review-2", 2)
    assert main(["instruments", "case-review-full-1", "--copy-as", "wexcombe-review-2"]) == 0
    assert capsys.readouterr().out == mine.read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["case-review"], "There is no instrument called “case-review”; use one of adoption-file-1"),
        (["case-review-full-1", "--check", "x.toml"], "check a file, or show an instrument"),
        (["--copy-as", "mine-1"], "--copy-as writes one instrument as its file"),
        (["case-review-full-1", "--copy-as", "mine-1", "--format", "csv"], "--copy-as writes one instrument"),
        (["case-review-full-1", "--copy-as", "mine"], "call the copy “mine-1”"),
        (["case-review-full-1", "--copy-as", "mine-1", "--output", "other.toml"], "write to mine-1.toml"),
        (["--check", "nowhere-1.toml"], "the file cannot be opened"),
    ],
)
def test_what_cannot_be_shown_gets_one_sentence(
    words: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["instruments", *words]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert says in captured.err
