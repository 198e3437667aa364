"""What the tests of the commands share: running one, and a small invented authority's workbook."""

import json
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, NamedTuple

import pytest

from goldthread.cli import main


class Ran(NamedTuple):
    """What a command did: its exit code, what it printed, and what it complained of."""

    code: int
    out: str
    err: str


def ran(capsys: pytest.CaptureFixture[str], *words: object) -> Ran:
    """Run a command in this process."""
    capsys.readouterr()
    try:
        code = main([str(word) for word in words])
    except SystemExit as ended:
        code = int(ended.code or 0)
    captured = capsys.readouterr()
    return Ran(code, captured.out, captured.err)


@cache
def workbook() -> Path:
    """The workbook of an invented authority of a tenth of Derbyshire's size, with planted defects."""
    path = Path(mkdtemp()) / "invented.xlsx"
    assert main(["make-authority", "--out", str(path), "--size", "0.1", "--seed", "3"]) == 0
    return path


def truth() -> dict[str, Any]:
    """What is wrong with the workbook."""
    told: dict[str, Any] = json.loads(workbook().with_suffix(".truth.json").read_text(encoding="utf-8"))
    return told
