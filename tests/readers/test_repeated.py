"""A file that is parted into its different values as it is parsed is read as one that is read cell by cell."""

import random

import polars as pl
import pytest
from tests import made_returns as made

from goldthread.kernel.reading import Reading
from goldthread.readers import read_files, return_files
from goldthread.readers.handed import Handed

ODD = (
    "", " ", " S", "S ", "s", "1.0", "true", "TRUE", "n/a", "N/A", "-", "31/02/2025", "1/4/2025", "01/04/2025",
    "2025-04-01", "01/01/1900", "45000", "zz/zz/2014", "2025-04-01 00:00:00", "\u00a0X1", "P 1", "a\tb", "K2", '"K2"',
    '" K2"', '""', "DECOM", "CHILD",
)  # fmt: skip
"""What is written over cells here and there."""


def _files(form: str, seed: int, share: float) -> list[Handed]:
    dice = random.Random(seed)
    headings = made.HEADINGS_903 if form == "ssda903" else made.HEADINGS_CIN
    tables = made.make_903(60, seed) if form == "ssda903" else made.make_cin(60, seed)
    for rows in tables.values():
        for row in rows:
            for name in list(row):
                if dice.random() < share:
                    row[name] = dice.choice(ODD)
    return [Handed(name, data) for name, data in made.csv_files(headings, tables).items()]


def _read(monkeypatch: pytest.MonkeyPatch, files: list[Handed], form: str, at_least: int) -> Reading:
    monkeypatch.setattr(return_files, "WORTH_PARTING", at_least)
    return read_files(files, form=form, year=2026)


@pytest.mark.parametrize("form", ["ssda903", "cin"])
@pytest.mark.parametrize("share", [0.0, 0.002, 0.05])
@pytest.mark.parametrize("lines", ["\n", "\r\n", "titled", "repeated", "padded"])
def test_parting_the_columns_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, form: str, share: float, lines: str
) -> None:
    for seed in range(3):
        files = [Handed(file.name, _written(file.data, lines)) for file in _files(form, seed, share)]
        parted = _read(monkeypatch, files, form, 0)
        plain = _read(monkeypatch, files, form, 1 << 40)
        assert parted.sheets == plain.sheets
        assert parted.unread.equals(plain.unread)
        assert parted.notes.equals(plain.notes)
        for name, table in plain.tables.items():
            assert parted.tables[name].schema == table.schema
            assert parted.tables[name].equals(table), name


def _written(data: bytes, how: str) -> bytes:
    """The file with its lines ended so, with a title above, its headings again within it, or blank lines around it."""
    plain = data.replace(b"\r\n", b"\n")
    head, _, body = plain.partition(b"\n")
    if how == "titled":
        return b"A title above" + b"," * head.count(b",") + b"\n" + plain
    if how == "repeated":
        return plain + head + b"\n" + body
    if how == "padded":
        return b"\n\n" + plain.rstrip(b"\n") + b"\n" + b"," * head.count(b",") + b"\n\n"
    return plain.replace(b"\n", how.encode())


def test_a_large_file_is_parted(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[pl.DataType] = []
    make = return_files.make_table

    def watched(raw: pl.DataFrame, *rest: object) -> pl.DataFrame:
        seen.extend(raw.dtypes)
        return make(raw, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(return_files, "make_table", watched)
    _read(monkeypatch, _files("ssda903", 1, 0.0), "ssda903", 0)
    assert any(isinstance(one, pl.Categorical) for one in seen)
