"""Benchmark files in: every symbol kept, every form of a year read, and hostile text refused in plain English."""

import gzip
import io
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from tests.kernel.benchmark_file import HEADINGS, lait_csv, neighbours_csv

from goldthread.kernel.reading import Refused
from goldthread.readers import csv_guard
from goldthread.readers.lait import (
    read_authorities,
    read_definitions,
    read_lait,
    read_lait_bytes,
    read_neighbours,
    read_outcomes,
    value_of,
    year_of,
)

HELD = Path(__file__).resolve().parents[2] / "../shared/data/benchmarks"
ROW = "T,LAC,Looked after,-,Annual,2025,Local authority,Derbyshire,830,"


@pytest.mark.parametrize(
    ("cell", "value", "symbol"),
    [
        ("12.5", 12.5, None), ("1,234", 1234.0, None), ("0", 0.0, None), ("-1.35", -1.35, None), ("7%", 7.0, None),
        ("c", None, "c"), (" C ", None, "c"), ("z", None, "z"), ("k", None, "k"), ("u", None, "u"), ("x", None, "x"),
        ("", None, "x"), ("-", None, "x"), (":", None, "x"), ("-100", None, "c"), ("-300.0", None, "x"),
        ("about 5", None, "?"), ("inf", None, "?"), ("nan", None, "?"),
    ],
)  # fmt: skip
def test_a_figure_or_the_symbol_in_its_place(cell: str, value: float | None, symbol: str | None) -> None:
    assert value_of(cell) == (value, symbol)


@pytest.mark.parametrize(
    ("period", "year"),
    [("2025", 2025), ("2024-25", 2025), ("2024-25 (OT)", 2025), ("2023-2025", 2025), ("2024/25", 2025),
     ("1999-00", 2000), ("Sept 2024", 2024), ("last year", None)],
)  # fmt: skip
def test_the_year_in_which_a_period_ends(period: str, year: int | None) -> None:
    assert year_of(period) == year


def test_csv_gzip_and_parquet_hold_the_same(tmp_path: Path) -> None:
    text = lait_csv()
    plain = read_lait_bytes(text.encode(), "a").values
    assert read_lait_bytes(gzip.compress(text.encode()), "b").values.equals(plain)
    assert read_lait_bytes(text.replace(",", ";").encode("utf-8-sig"), "c").values.equals(plain)
    path = tmp_path / "x.parquet"
    pl.read_csv(io.StringIO(text), infer_schema_length=0).write_parquet(path)
    assert read_lait(path).values.equals(plain)
    assert "SHA-256" in read_lait(path).source
    assert plain["value"].null_count() == 3
    assert set(plain.filter(pl.col("value").is_null())["symbol"]) == {"c", "x"}


def test_what_is_odd_is_counted_and_said() -> None:
    text = "\n".join(
        [HEADINGS, ROW + "66", ROW + "67", ROW.replace("2025", "2024") + "many", ROW.replace("2025", "?") + "1"]
    )
    found = read_lait_bytes(text.encode(), "a")
    assert found.values["value"].to_list() == [66.0, None]
    assert found.values["symbol"].to_list() == [None, "x"]
    assert len(found.notes) == 3
    assert all(note.startswith("1 ") for note in found.notes)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"), (b"a\x00b,c", "nul"), (b"x" * 1_100_000, "line"), (b"a,b\n\"x,y\n", "csv"),
        (b"," * 1_001 + b"\n", "columns"), (b"period,value\n2025,1\n", "columns"), (b"\x1f\x8bnonsense", "damaged"),
        (gzip.compress(b"a,b\n" * 9, mtime=0)[:-6], "damaged"), (gzip.compress(b"0" * 60_000_000, mtime=0), "ratio"),
        (b"PAR1nonsense", "damaged"), (HEADINGS.encode() + b"\n", "rows"),
    ],
)  # fmt: skip
def test_what_is_no_benchmark_file_is_refused_in_plain_english(data: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read_lait_bytes(data, "a")
    assert refused.value.code == code
    assert refused.value.mend.endswith(".")


def test_a_file_too_big_or_too_long_is_refused(tmp_path: Path) -> None:
    small = csv_guard.TextLimits(file_bytes=10, rows=2)
    with pytest.raises(Refused, match="too big"):
        csv_guard.inflate(b"x" * 11, small)
    with pytest.raises(Refused, match="too many rows"):
        csv_guard.table(b"a\n1\n2\n", small)
    path = tmp_path / "big.csv"
    with path.open("wb") as out:
        out.truncate(csv_guard.LIMITS.file_bytes + 1)
    with pytest.raises(Refused, match="too big"):
        read_lait(path)


def test_short_rows_are_filled_blank_rows_left_out_and_windows_text_read() -> None:
    found = csv_guard.table("name,note,name\nCaf\u00e9, x \n\n,,\n".encode("cp1252"))
    assert found.rows() == [("Café", "x")]
    assert csv_guard.table(b"a,b\n").is_empty()


def test_neighbours_keep_their_model(tmp_path: Path) -> None:
    path = tmp_path / "near.csv"
    path.write_text(neighbours_csv())
    found = read_neighbours(path)
    assert found.models == ("2021", "2025")
    assert found.of("830", "2025")[0] == ("831", "Derby")
    assert found.of("201", "2025") == ()
    path.write_text(neighbours_csv().splitlines()[0])
    with pytest.raises(Refused, match="no rows"):
        read_neighbours(path)


def test_a_newer_list_of_authorities_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "la.csv"
    path.write_text(
        "old_la_code,new_la_code,la_name,region_code,region_name,in_2025\n"
        "815,E06000065,North Yorkshire,E1,Yorkshire,True\n815,E10000023,North Yorkshire,E1,Yorkshire,True\n"
        "909,E10000006,Cumbria,E2,North West,False\n"
    )
    york, cumbria = read_authorities(path)
    assert york.gss == ("E06000065", "E10000023")
    assert york.until is None
    assert cumbria.until is not None


def test_outcomes_are_a_row_for_each_judgement(tmp_path: Path) -> None:
    path = tmp_path / "outcomes.csv"
    head = "Local authority area code,Local authority name,Inspection date,Publication date,Overall effectiveness"
    path.write_text(f"{head},Leaders,Care leavers\nE1,Invented,2024-06-10 00:00:00,soon,Good,Good,Outstanding\n")
    assert read_outcomes(path).frame.rows() == [
        ("E1", "Invented", date(2024, 6, 10), None, "Good", "Leaders", "Good"),
        ("E1", "Invented", date(2024, 6, 10), None, "Good", "Care leavers", "Outstanding"),
    ]
    path.write_text(f"{head}\nE1,Invented,2024-06-10,2024-07-10,Good\n")
    with pytest.raises(Refused, match="no judgements"):
        read_outcomes(path)


@pytest.mark.skipif(not HELD.exists(), reason="the benchmark files are not beside the repository")
def test_the_published_files_are_read_whole() -> None:
    assert len(read_definitions(HELD / "lait_csc_measures.csv")) == 175
    assert read_outcomes(HELD / "ofsted_la_outcomes_at_2025-03-31.csv").frame["name"].n_unique() == 153
    assert sum(entry.until is None for entry in read_authorities(HELD / "la_lookup.csv")) == 153
    assert read_neighbours(HELD / "statistical_neighbours_long.csv").models == ("2021", "2025")
