"""A directory of postcodes comes in plain, compressed or zipped, and what is none is refused in a plain sentence."""

import gzip
import io
import zipfile
from pathlib import Path

import polars as pl
import pytest

from goldthread.engines.reference import index_of
from goldthread.kernel.postcodes import SCHEMA
from goldthread.kernel.refusal import Refused
from goldthread.readers import postcodes
from goldthread.readers.postcodes import read_directory

HELD = Path(__file__).resolve().parents[2] / "../shared/data/postcodes/onspd_sample.csv.gz"
FULL = b"""pcd,pcds,doterm,oscty,oslaua,osward,usertype,oseast1m,osnrth1m
DE1 1AA,DE1 1AA,,E99999999,E06000015,E05001770,0,435500,336500
S40 1AA,S40 1AA,201806,E10000007,E07000034,,0,438200,371100
BT1 1AA,BT1 1AA,,N99999999,N09000003,N08000312,0,333500,374500
ZZ991AA,ZZ99 1AA,,E99999999,E99999999,E99999999,0,,
AB1 0AA,ab1 0aa,,S99999999,S12000033,S13002843,0,0,0
,,,,,,,,
"""


def _zipped(**files: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/") + ".csv", data)
    return held.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("ONSPD.csv", FULL),
        ("ONSPD.csv", b"\xef\xbb\xbf" + FULL.replace(b"\n", b"\r\n")),
        ("ONSPD.csv.gz", gzip.compress(FULL)),
        ("ONSPD.zip", _zipped(Data__ONSPD=FULL, Documents__names=b"code,name\n" * 500, empty=b"")),
    ],
    ids=["plain", "with a mark and carriage returns", "gzip", "zip"],
)
def test_a_directory_is_read_in_every_form_it_comes_in(name: str, data: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    directory = read_directory(tmp_path / name)
    assert dict(directory.schema) == {column: dtype() for column, dtype in SCHEMA.items()}
    assert directory.rows() == [
        ("AB10AA", True, "S12000033", "S12000033", "S13002843", None, None),
        ("BT11AA", True, "N09000003", "N09000003", "N08000312", None, None),
        ("DE11AA", True, "E06000015", "E06000015", "E05001770", 435500, 336500),
        ("S401AA", False, "E10000007", "E07000034", None, 438200, 371100),
        ("ZZ991AA", True, "E99999999", "E99999999", "E99999999", None, None),
    ]


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.csv", b"team,count\nNorth,3\n", "lacks pcds, oslaua, oseast1m, osnrth1m"),
        ("a.csv", b"", "lacks pcds"),
        ("a.csv", b"\x00\x01\x02 not text", "lacks pcds"),
        ("a.csv", FULL.replace(b"oseast1m", b"east"), "lacks oseast1m"),
        ("a.csv", b"pcds,oslaua,oseast1m,osnrth1m\nDE1 1AA,E06000015,,\n", "No postcode of this file has a grid"),
        ("a.csv", b"pcds,oslaua,oseast1m,osnrth1m\n", "holds headings and no postcodes"),
        ("a.csv.gz", gzip.compress(FULL)[:40], "damaged or cut short"),
        ("a.csv.gz", b"\x1f\x8b\x00\x00nothing", "damaged or cut short"),
        ("a.zip", _zipped(names=b"code,name\n"), "holds no table of postcodes"),
        ("a.zip", _zipped(Data=FULL)[:80], "damaged, locked or cut short"),
    ],
    # Named, for packed bytes hold the second in which they were packed.
    ids=[
        "another table",
        "empty",
        "no text",
        "a column lacking",
        "no grid",
        "headings only",
        "cut gzip",
        "no gzip",
        "zip of another table",
        "cut zip",
    ],
)
def test_what_is_no_directory_is_refused(name: str, data: bytes, says: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(Refused, match=says) as refused:
        read_directory(tmp_path / name)
    assert refused.value.mend


def test_a_bomb_is_refused_before_it_fills_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postcodes, "MOST_BYTES", 1_000)
    for name, data in (
        ("a.csv", FULL * 10),
        ("a.csv.gz", gzip.compress(FULL * 10)),
        ("a.zip", _zipped(Data=FULL * 10)),
    ):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(Refused, match="unpacks to more"):
            read_directory(tmp_path / name)


@pytest.mark.skipif(not HELD.exists(), reason="the sample of the directory is not here")
def test_the_sample_of_the_true_directory_goes_in_whole() -> None:
    directory = read_directory(HELD)
    with gzip.open(HELD, "rt") as file:
        lines = file.read().splitlines()[1:]
    assert directory.height == len(lines) == directory["postcode"].n_unique()
    postcode, authority, east, north = lines[777].split(",")
    assert directory.filter(pl.col("postcode") == postcode.replace(" ", "")).row(0) == (
        postcode.replace(" ", ""), True, authority, authority, None, int(float(east)), int(float(north)),
    )  # fmt: skip


def test_headings_by_the_year_of_the_boundaries_are_the_same_columns(tmp_path: Path) -> None:
    newer = b"pcds,lad25cd,east1m,north1m,wd25cd\nDE1 1AA,E06000015,435500,336500,E05001770\n"
    (tmp_path / "a.csv").write_bytes(newer)
    assert read_directory(tmp_path / "a.csv").rows() == [
        ("DE11AA", True, "E06000015", "E06000015", "E05001770", 435500, 336500)
    ]


def test_a_large_directory_is_parsed_once_and_then_read_from_its_index(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(FULL)
    parsed: list[Path] = []

    def read(path: Path) -> pl.DataFrame:
        parsed.append(path)
        return read_directory(path)

    first = index_of(tmp_path / "a.csv", read, tmp_path / "cache").collect()
    again = index_of(tmp_path / "a.csv", read, tmp_path / "cache").collect()
    assert first.equals(again)
    assert len(parsed) == 1
    (tmp_path / "a.csv").write_bytes(FULL + b"\n")
    index_of(tmp_path / "a.csv", read, tmp_path / "cache")
    for kept in (tmp_path / "cache").iterdir():
        kept.write_bytes(b"damaged")
    index_of(tmp_path / "a.csv", read, tmp_path / "cache")
    assert len(parsed) == 3
