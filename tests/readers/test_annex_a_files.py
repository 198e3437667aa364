"""Annex A as CSV files in a folder or zip: the same tables as from a workbook, and a word on all that was left."""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.readers.books import all_lists, list_rows, xlsx

from goldthread.engines.sandbox import read_safely
from goldthread.kernel.reading import Reading, Refused
from goldthread.kernel.tables import TABLES
from goldthread.readers import read_bytes, read_files
from goldthread.readers.handed import Handed

CONTACTS = TABLES["contacts"]


def written(rows: Iterable[Iterable[Any]], separator: str = ",") -> str:
    """Rows as a system exports them: dates day first, empty cells empty."""
    held = io.StringIO()
    shown = (
        ["" if cell is None else f"{cell:%d/%m/%Y}" if isinstance(cell, date) else cell for cell in row] for row in rows
    )
    csv.writer(held, delimiter=separator).writerows(shown)
    return held.getvalue()


def read(files: Mapping[str, str | bytes]) -> Reading:
    return read_files([Handed(name, data.encode() if isinstance(data, str) else data) for name, data in files.items()])


def told(reading: Reading, kind: str) -> list[tuple[str, str]]:
    return list(reading.notes.filter(reading.notes["kind"] == kind).select("sheet", "says").rows())


def test_a_file_for_each_list_gives_the_tables_of_the_workbook():
    lists = all_lists(30)
    reading = read({f"{name}.csv": written(rows) for name, rows in lists.items()})
    workbook = read_bytes(xlsx(lists))
    assert reading.form == "annex_a"
    assert reading.missing == ()
    assert reading.unread.is_empty()
    for name, frame in workbook.tables.items():
        assert reading.tables[name].equals(frame), name


def test_a_folder_a_zip_and_the_child_process_read_the_same(tmp_path: Path):
    lists = {f"{name}.csv": written(rows) for name, rows in all_lists(3).items()}
    folder = tmp_path / "lists"
    folder.mkdir()
    for name, text in lists.items():
        (folder / name).write_text(text)
    packed = tmp_path / "lists.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in lists.items():
            archive.writestr(name, text)
    readings = [read(lists), read_safely(folder), read_safely(packed)]
    assert all(one.row_counts == readings[0].row_counts for one in readings)
    assert all(one.tables["contacts"].equals(readings[0].tables["contacts"]) for one in readings)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_separators_and_letters_as_systems_write_them(separator, encoding):
    reading = read({"contacts.csv": written(list_rows(CONTACTS, 4), separator).encode(encoding)})
    assert reading.row_counts["contacts"] == 4
    assert reading.unread.is_empty()


def test_text_of_an_older_system_is_read_and_told():
    rows = list_rows(CONTACTS, 2)
    reading = read({"contacts.csv": written([*rows[:-1], ["Zoë", *rows[-1][1:]]]).encode("cp1252")})
    assert reading.tables["contacts"]["child"][-1] == "Zoë"
    assert [sheet for sheet, _ in told(reading, "encoding")] == ["contacts.csv"]


def test_one_file_alone_is_read_and_the_other_lists_are_named_as_missing():
    reading = read({"contacts.csv": written(list_rows(CONTACTS, 2))})
    assert reading.found == ("contacts",)
    assert len(reading.missing) == 10


def test_what_is_no_list_is_told_and_left():
    reading = read(
        {
            "contacts.csv": written(list_rows(CONTACTS, 2)),
            "readme.txt": "made on a Monday\n",
            "logo.png": b"\x89PNG\r\n\x1a\n\x00\x00\x00",
            "list 6.csv": "a,b\n1,2\n",
        }
    )
    assert reading.row_counts["contacts"] == 2
    assert told(reading, "file_ignored") == [("logo.png", "This file is no text with separators; it was not read.")]
    assert told(reading, "sheet_ignored") == [("readme.txt", "This file is not one of the lists and was not read.")]
    assert [sheet for sheet, _ in told(reading, "no_headings")] == ["list 6.csv"]


def test_of_two_files_of_one_list_the_fuller_is_read_and_both_are_named():
    reading = read(
        {"old.csv": written(list_rows(CONTACTS, 1)), "new.csv": written(list_rows(CONTACTS, 3))},
    )
    assert reading.row_counts["contacts"] == 3
    [(sheet, says)] = told(reading, "second_sheet")
    assert sheet == "old.csv"
    assert "Two files look like list 1: 'new.csv' was read, 'old.csv' was not, with its 1 rows" in says


def test_a_list_with_bytes_that_are_no_text_is_refused_and_not_left_out():
    good = written(list_rows(TABLES["adoptions"], 2))
    broken = written(list_rows(CONTACTS, 2)).encode() + b"\x00\x00"
    with pytest.raises(Refused, match="NUL") as refused:
        read({"adoptions.csv": good, "contacts.csv": broken})
    assert refused.value.mend


def test_a_quotation_mark_that_is_never_closed_is_refused_in_words():
    rows = written(list_rows(CONTACTS, 2))
    with pytest.raises(Refused, match="quotation mark"):
        read({"contacts.csv": rows + '"never closed,1,2\nx,y\n'})


def test_files_of_a_return_beside_lists_are_the_return_and_the_lists_are_named():
    header = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n100,1,01/01/2015,WBRI,A123456789012,0,\n"
    reading = read({"header.csv": header, "contacts.csv": written(list_rows(CONTACTS, 2))})
    assert reading.form == "ssda903"
    assert told(reading, "file_ignored") == [
        ("contacts.csv", "This file looks like list 1 of Annex A; it was not read.")
    ]
