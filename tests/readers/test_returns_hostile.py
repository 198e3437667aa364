"""Hostile and broken returns, through the sandbox: each is refused in plain English, or read within the limits."""

import os
import re
import time
from pathlib import Path

import pytest
from tests.readers.hostile_returns import READ_OR_REFUSED, REFUSED, SECRET, census, good_zip

from goldthread.engines.sandbox import Asked, Limits, read_safely
from goldthread.kernel.forms import FORMS
from goldthread.kernel.reading import Reading, Refused

LONGEST_SECONDS = 35.0
MENDS = re.compile(r"\b(save|send|open|keep|copy|put|take|unpack|check|export|pack)\b", re.IGNORECASE)


def check_words(refused: Refused) -> None:
    """A refusal says what is wrong and what to do, in sentences, and repeats no value from the file or the machine."""
    assert MENDS.search(refused.mend), refused.mend
    for sentence in (refused.reason, refused.mend):
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert SECRET not in sentence
        assert not re.search(r"Traceback|Error\b|/tmp|/etc|\.py\b|0x|None|panick", sentence)


def read_within_limits(path: Path) -> Reading:
    started = time.monotonic()
    try:
        return read_safely(path)
    finally:
        assert time.monotonic() - started < LONGEST_SECONDS
        with pytest.raises(ChildProcessError):
            os.waitpid(-1, os.WNOHANG)


def test_the_good_ones_that_the_others_are_made_from_are_read(tmp_path) -> None:
    for name, data, rows in (("good.xml", census(), 1), ("good.zip", good_zip(), 20)):
        (tmp_path / name).write_bytes(data)
        reading = read_within_limits(tmp_path / name)
        assert max(reading.row_counts.values()) >= rows


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str, tmp_path) -> None:
    make, code = REFUSED[name]
    path = tmp_path / "sent"
    path.write_bytes(make())
    with pytest.raises(Refused) as refused:
        read_within_limits(path)
    check_words(refused.value)
    assert refused.value.code == (code or refused.value.code)
    assert [held.name for held in tmp_path.iterdir()] == ["sent"]


@pytest.mark.parametrize("name", READ_OR_REFUSED)
def test_read_soundly_or_refused(name: str, tmp_path) -> None:
    path = tmp_path / "sent"
    path.write_bytes(READ_OR_REFUSED[name]())
    try:
        reading = read_within_limits(path)
    except Refused as refused:
        check_words(refused)
    else:
        for table in FORMS[reading.form].tables:
            assert reading.tables[table.name].schema == {column: kind() for column, kind in table.schema().items()}


def test_a_folder_with_links_pipes_and_folders_in_it_is_read_without_following_them(tmp_path) -> None:
    folder = tmp_path / "return"
    folder.mkdir()
    (folder / "missing.csv").write_text("CHILD,DOB,MISSING,MIS_START,MIS_END\n1,,M,01/05/2025,\n")
    (tmp_path / "outside.csv").write_text("CHILD,DOB,REVIEW,REVIEW_CODE\n1,,01/05/2025,PN1\n")
    (folder / "reviews.csv").symlink_to(tmp_path / "outside.csv")
    (folder / "within").mkdir()
    os.mkfifo(folder / "pipe.csv")
    reading = read_within_limits(folder)
    assert reading.found == ("cla_missing",)


def test_a_folder_beyond_the_limits_is_refused(tmp_path) -> None:
    for at in range(201):
        (tmp_path / f"{at}.csv").write_text("CHILD,DOB,REVIEW,REVIEW_CODE\n")
    with pytest.raises(Refused) as refused:
        read_within_limits(tmp_path)
    check_words(refused.value)
    assert refused.value.code == "too-many-files"


def test_a_file_beyond_the_size_is_refused_in_a_folder_too(tmp_path) -> None:
    with (tmp_path / "episodes.csv").open("wb") as held:
        held.truncate(100_000_001)
    with pytest.raises(Refused) as refused:
        read_safely(tmp_path)
    assert refused.value.code == "file"
    with pytest.raises(Refused) as refused:
        read_safely(tmp_path / "episodes.csv", limits=Limits(file_bytes=1_000))
    assert refused.value.code == "file"


def test_what_was_asked_for_reaches_the_child(tmp_path) -> None:
    (tmp_path / "census.xml").write_bytes(census())
    assert read_safely(tmp_path / "census.xml", asked=Asked("cin", 2024)).year == 2024
    with pytest.raises(Refused) as refused:
        read_safely(tmp_path / "census.xml", asked=Asked("ssda903"))
    assert refused.value.code == "other-return"


def test_there_are_as_many_hostile_files_as_promised() -> None:
    assert len(REFUSED) + len(READ_OR_REFUSED) >= 45
