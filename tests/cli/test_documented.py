"""`docs/command-line.md` names every option and every key of the commands about a submission."""

import argparse
import json
import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from tests.cli.submissions import ran, workbook

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "command-line.md").read_text(encoding="utf-8")
WORDS = set(re.findall(r"[\w-]+", " ".join(re.findall(r"`([^`]+)`", PAGE))))
COMMANDS = {
    "check": (),
    "measure": (),
    "sample": ("--n", "6", "--seed", "7"),
    "compare": ("--authority", "830"),
}
BESIDE = {
    "watch": ("period,value\na,1\nb,2\nc,1\nd,2\ne,1\n", ()),
    "agreement": (
        "case,reviewer,question,grade,day\n1,Ana,plan,good,2026-11-02\n1,Ben,plan,inadequate,2026-11-03\n"
        "2,Ana,plan,good,\n2,Ben,plan,good,\n",
        (),
    ),
    "suppress": ("team,count\nNorth,3\nSouth,20\nEast,30\n", ("--profile", "dfe-la")),
}
"""Commands that read a table of their own: a small one, and their arguments."""


OPTIONS_ONLY = (
    "convert", "reference", "judge", "frameworks", "instruments", "sample_size", "sample_discover", "sample_repeat",
    "timetable", "national", "mend",
)  # fmt: skip


@pytest.mark.parametrize("command", [*COMMANDS, *BESIDE, *OPTIONS_ONLY])
def test_every_option_is_described(command: str) -> None:
    parser = argparse.ArgumentParser(add_help=False)
    import_module(f"goldthread.cli.{command}").add_arguments(parser)
    options = {name for action in parser._actions for name in action.option_strings}
    assert options
    assert options - WORDS == set()


def test_every_option_of_codes_is_described() -> None:
    parser = argparse.ArgumentParser(add_help=False)
    import_module("goldthread.cli.codes").add_arguments(parser)
    (acts,) = (action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    options = {name for act in acts.choices.values() for action in act._actions for name in action.option_strings}
    assert {"--field", "--values", "--corrections", "--format", "--output"} <= options
    assert options - WORDS - {"-h", "--help"} == set()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_key_of_the_json_is_described(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(ran(capsys, command, workbook(), *COMMANDS[command], "--format", "json").out)
    told.pop("settings", None)
    told.pop("excluded", None)
    for measure in [*told.get("measures", []), *told.get("amounts", [])]:
        measure.pop("settings")
    assert _keys(told) - WORDS == set()


@pytest.mark.parametrize(
    "words",
    [
        ("judge", "--framework", "sif-2013", "leadership=inadequate"),
        ("judge", "--framework", "us-cfsr", "--cases", "RATINGS"),
        ("frameworks", "crosswalk", "sif-2013", "national-framework"),
        ("instruments", "case-review-full-1", "--format", "json"),
    ],
    ids=lambda words: words[0] + words[2],
)
def test_every_key_about_frameworks_is_described(
    words: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ratings = tmp_path / "ratings.csv"
    ratings.write_text("case,item,rating\n1,item-01,Strength\n2,item-01,Area needing improvement\n", "utf-8")
    asked = [str(ratings) if word == "RATINGS" else word for word in words]
    told = json.loads(ran(capsys, *asked, "--format", "json").out)
    if told.get("precedent"):
        told["precedent"].pop("profile")
    for share in told.get("shares", []):
        assert share.pop("chance")
    assert _keys(told) - WORDS == set()


@pytest.mark.parametrize("command", BESIDE)
def test_every_key_of_a_table_of_its_own_is_described(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, words = BESIDE[command]
    (tmp_path / "own.csv").write_text(text)
    told = json.loads(ran(capsys, command, tmp_path / "own.csv", *words, "--format", "json").out)
    told.pop("key", None)
    for cell in told.get("cells", []):
        cell.pop("categories")
    assert _keys(told) - WORDS == set()


def _keys(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {key for inner in value.values() for key in _keys(inner)}
    return {key for inner in value for key in _keys(inner)} if isinstance(value, list) else set()
