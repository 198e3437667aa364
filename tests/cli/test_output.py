import argparse
import csv
import io
import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import fastexcel
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.cli import main, output
from goldthread.cli.output import Table, as_csv, as_json, as_text, as_xlsx, csv_text
from goldthread.cli.refusal import Refused

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", " =1+1", "\x01=1+1", "\t=1", "\tx", "\rx", "\0x", "​=1+1"]


def args(format: str, output: Path | None = None) -> argparse.Namespace:
    return argparse.Namespace(format=format, output=output)


@pytest.mark.parametrize("text", FORMULAS)
def test_what_a_spreadsheet_could_take_for_a_formula_is_defused(text: str) -> None:
    assert csv_text(text) == "'" + text


@pytest.mark.parametrize("text", ["", "a=b", "x-y", "Ms O'Hara", "2025-03-31", "é", "100%", "(=)"])
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert csv_text(text) == text


@settings(max_examples=300, deadline=None)
@given(st.text())
def test_no_text_whatever_reaches_a_csv_as_a_formula(text: str) -> None:
    safe = csv_text(text)
    assert not safe.strip().startswith(("=", "+", "-", "@", "\t", "\r", "\0"))
    assert safe.removeprefix("'") == text or safe == text


def test_numbers_and_dates_stay_what_they_are_in_a_csv() -> None:
    rows = [(-5, 0.5, date(2025, 3, 31), None, True, "-5")]
    assert as_csv(Table("t", ("a", "b", "c", "d", "e", "=f"), rows)) == (
        "a,b,c,d,e,'=f\r\n-5,0.5,2025-03-31,,yes,'-5\r\n"
    )


def test_a_workbook_has_no_formula_and_no_link(tmp_path: Path) -> None:
    book = tmp_path / "t.xlsx"
    rows = [(text, -5, date(2025, 3, 31), True) for text in [*FORMULAS, "https://example.org", "x" * 40_000]]
    output.write(
        [Table("A [b]: c/d", ("=a", "n", "d", "f"), rows), Table("A [b]: c/d", ("n",), [])], args("xlsx", book)
    )
    with ZipFile(book) as parts:
        sheets = "".join(parts.read(name).decode() for name in parts.namelist() if "worksheets" in name)
    assert "<f>" not in sheets
    assert "hyperlink" not in sheets
    read = fastexcel.read_excel(book)
    assert len(set(read.sheet_names)) == 2
    frame = read.load_sheet(0).to_polars()
    assert frame.columns == ["=a", "n", "d", "f"]
    assert frame["=a"][0] == "=1+1"
    assert frame["n"][0] == -5
    assert frame["f"][0] == "yes"


def test_a_sheet_that_cannot_hold_its_rows_is_refused() -> None:
    with pytest.raises(Refused, match="more than an Excel sheet holds"):
        as_xlsx([Table("t", ("n",), range(1_048_576))])  # type: ignore[arg-type]


def test_json_is_a_list_of_objects_under_each_title() -> None:
    table = Table("Measures", ("code", "as at"), [("AS-01", date(2025, 3, 31))])
    assert json.loads(as_json([table])) == {"Measures": [{"code": "AS-01", "as at": "2025-03-31"}]}
    assert json.loads(as_json([table], {"own": 1})) == {"own": 1}
    with pytest.raises(TypeError, match="Path has no form in JSON"):
        as_json([table], {"own": Path()})


def test_a_table_cannot_move_the_cursor_or_be_read_as_markup() -> None:
    shown = as_text([Table("[red]t", ("a",), [("\x1b]0;title\x07[bold]x",)])])
    assert "\x1b" not in shown
    assert "[bold]x" in shown


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    table = Table("t", ("name",), [("Zoë",)])
    output.write([table], args("csv", tmp_path / "t.csv"))
    # Excel needs the mark to read names rightly.
    assert (tmp_path / "t.csv").read_bytes().startswith(b"\xef\xbb\xbfname")
    output.write([table], args("table", tmp_path / "t.txt"))
    assert "Zoë" in (tmp_path / "t.txt").read_text("utf-8")
    (tmp_path / "d.json").mkdir()
    with pytest.raises(Refused, match="cannot be written"):
        output.write([table], args("json", tmp_path / "d.json"))
    with pytest.raises(Refused, match="cannot be written"):
        output.write([table], args("json", tmp_path / "none" / "t.json"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["d.json", "t.csv", "t.txt"]


def test_what_goes_to_standard_output_is_the_same_csv(capsys: pytest.CaptureFixture[str]) -> None:
    output.write([Table("t", ("a",), [("x",)])], args("csv"))
    assert list(csv.reader(io.StringIO(capsys.readouterr().out))) == [["a"], ["x"]]


def test_help_names_every_command_and_loads_nothing_heavy() -> None:
    code = (
        "import sys\nfrom goldthread.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "assert not {'polars', 'rich', 'django', 'xlsxwriter'} & set(sys.modules), 'something heavy was loaded'\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    for command in ("check", "measure", "sample", "judge", "frameworks", "make-authority"):
        assert command in done.stdout


def test_a_reader_that_goes_away_is_no_fault() -> None:
    # `true` ends at once, long before there is anything to read.
    command = f"{sys.executable} -m goldthread.cli judge --framework sif-2013 leadership=good | true"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr == ""


def test_help_of_one_command_shows_its_arguments(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ending:
        main(["judge", "--help"])
    assert ending.value.code == 0
    assert "--framework" in capsys.readouterr().out
