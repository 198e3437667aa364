"""Files that cannot be used: one plain sentence on standard error, exit code 2, nothing on standard output."""

import os
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from tests.cli.submissions import ran, workbook

from goldthread.kernel.tables import TABLES

Capture = pytest.CaptureFixture[str]
COMMANDS = (("check",), ("measure",), ("sample", "--n", "6", "--seed", "7"))


def _missing(folder: Path) -> Path:
    return folder / "none.xlsx"


def _folder(folder: Path) -> Path:
    return folder


def _empty(folder: Path) -> Path:
    (folder / "empty.xlsx").touch()
    return folder / "empty.xlsx"


def _text(folder: Path) -> Path:
    (folder / "letter.xlsx").write_text("Dear Sir or Madam", encoding="utf-8")
    return folder / "letter.xlsx"


def _zip(folder: Path) -> Path:
    with zipfile.ZipFile(folder / "other.xlsx", "w") as archive:
        archive.writestr("hello.txt", "hello")
    return folder / "other.xlsx"


def _other_workbook(folder: Path) -> Path:
    with xlsxwriter.Workbook(folder / "cakes.xlsx") as book:
        book.add_worksheet("Cakes").write_row(0, 0, ["Flour", "Eggs"])
    return folder / "cakes.xlsx"


def _named_with_macros(folder: Path) -> Path:
    return Path(shutil.copy(workbook(), folder / "lists.xlsm"))


def _named_as_text(folder: Path) -> Path:
    return Path(shutil.copy(workbook(), folder / "lists.csv"))


def _pipe(folder: Path) -> Path:
    os.mkfifo(folder / "pipe.xlsx")
    return folder / "pipe.xlsx"


def _no_dates(folder: Path) -> Path:
    with xlsxwriter.Workbook(folder / "nobody.xlsx") as book:
        for table in TABLES.values():
            sheet = book.add_worksheet(f"List_{table.number}")
            sheet.write_string(0, 0, table.title)
            sheet.write_row(1, 0, [column.says for column in table.columns])
    return folder / "nobody.xlsx"


BAD = (_missing, _folder, _empty, _text, _zip, _other_workbook, _named_with_macros, _named_as_text, _pipe, _no_dates)


@pytest.mark.parametrize("make", BAD, ids=lambda make: make.__name__.strip("_"))
@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_a_file_that_cannot_be_used_is_refused(
    capsys: Capture, tmp_path: Path, make: object, words: tuple[str, ...]
) -> None:
    told = ran(capsys, words[0], make(tmp_path), *words[1:])  # type: ignore[operator]
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith(f"goldthread {words[0]}: ")
    assert len(told.err.strip().splitlines()) == 1
    assert len(told.err) > 40


def test_a_workbook_under_the_name_of_one_with_macros_is_told_how_to_be_sent(capsys: Capture, tmp_path: Path) -> None:
    told = ran(capsys, "check", _named_with_macros(tmp_path))
    assert "(.xlsm)" in told.err and "save it as an Excel workbook (.xlsx)" in told.err


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_file_that_may_not_be_read_is_refused(capsys: Capture, tmp_path: Path) -> None:
    locked = tmp_path / "locked.xlsx"
    locked.write_bytes(b"x")
    locked.chmod(0)
    told = ran(capsys, "check", locked)
    assert told.code == 2
    assert "may not be read" in told.err


def test_a_reader_that_goes_away_ends_the_command_quietly() -> None:
    command = [sys.executable, "-m", "goldthread.cli", "check", str(workbook()), "--format", "json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 0


def test_an_interruption_gives_130_and_says_nothing(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: Path, **_options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("goldthread.engines.sandbox.read_safely", interrupted)
    told = ran(capsys, "check", workbook())
    assert (told.code, told.out, told.err) == (130, "", "")


def test_help_is_quick_and_does_not_load_the_data_libraries() -> None:
    script = (
        "import sys; from goldthread.cli import main\n"
        "try: main(['check', '--help'])\n"
        "except SystemExit: print('polars' in sys.modules, 'rich' in sys.modules, file=sys.stderr)"
    )
    started = time.monotonic()
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert told.stderr.strip() == "False False"
    assert "0 no issue graver than a note" in " ".join(told.stdout.split())
    assert time.monotonic() - started < 10


def test_what_is_only_too_big_is_refused_with_the_option_that_takes_more(tmp_path, capsys: Capture) -> None:
    path = tmp_path / "big.xlsx"
    shutil.copy(workbook(), path)
    with path.open("r+b") as file:
        file.truncate(2_000_000)

    told = ran(capsys, "measure", str(path), "--most-mb", "1", "--as-at", "2026-09-30")

    assert told.code == 2
    assert not told.out
    assert "is bigger than" in told.err
    assert "--most-mb raises the limits" in told.err
