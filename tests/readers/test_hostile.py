"""Hostile and broken files, through the sandbox: each is refused in plain English, or read within the limits."""

import os
import re
import resource
from pathlib import Path

import pytest
from tests.readers.hostile import READ_OR_REFUSED, REFUSED, SECRET, good

from goldthread.engines.sandbox import Limits, read_safely
from goldthread.kernel.reading import Reading, Refused
from goldthread.kernel.tables import TABLES

MOST_CPU_SECONDS = 15.0
"""Less than the child is given, so that a file that comes near its limit is noticed here first."""

MENDS = re.compile(r"\b(save|send|open|keep|copy|put|take|unpack|check)\b", re.IGNORECASE)


def check_words(refused: Refused) -> None:
    """A refusal says what is wrong and what to do, in sentences, and repeats nothing from the file or the machine."""
    assert MENDS.search(refused.mend), refused.mend
    for sentence in (refused.reason, refused.mend):
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert SECRET not in sentence
        assert not re.search(r"Traceback|Error\b|/tmp|\.py|0x|None|panick", sentence)


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def read_within_limits(path: Path) -> Reading:
    before = _cpu_of_children()
    try:
        return read_safely(path)
    finally:
        assert _cpu_of_children() - before < MOST_CPU_SECONDS
        with pytest.raises(ChildProcessError):
            os.waitpid(-1, os.WNOHANG)


def test_the_good_workbook_that_the_others_are_made_from_is_read(tmp_path):
    path = tmp_path / "good.xlsx"
    path.write_bytes(good())
    reading = read_within_limits(path)
    assert reading.missing == ()
    assert reading.tables["contacts"]["child"][0] == SECRET


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name, tmp_path):
    make, code = REFUSED[name]
    path = tmp_path / "sent.xlsx"
    path.write_bytes(make())
    with pytest.raises(Refused) as refused:
        read_within_limits(path)
    check_words(refused.value)
    assert refused.value.code == (code or refused.value.code)
    assert [held.name for held in tmp_path.iterdir()] == ["sent.xlsx"]


@pytest.mark.parametrize("name", READ_OR_REFUSED)
def test_read_soundly_or_refused(name, tmp_path):
    path = tmp_path / "sent.xlsx"
    path.write_bytes(READ_OR_REFUSED[name]())
    try:
        reading = read_within_limits(path)
    except Refused as refused:
        check_words(refused)
    else:
        assert {table: dict(frame.schema) for table, frame in reading.tables.items()} == {
            table.name: {column: kind() for column, kind in table.schema().items()} for table in TABLES.values()
        }


def test_a_file_beyond_the_size_is_refused_unopened(tmp_path):
    path = tmp_path / "sent.xlsx"
    path.write_bytes(good())
    with pytest.raises(Refused, match="bigger"):
        read_safely(path, limits=Limits(file_bytes=1_000))


def test_there_are_as_many_hostile_files_as_promised():
    assert len(REFUSED) + len(READ_OR_REFUSED) >= 45
