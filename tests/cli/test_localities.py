"""Measures of a return or a dataset by the locality of the child's home, against a count of its own."""

import csv
import json
from collections import Counter
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import polars as pl
import pytest
from tests.cli.submissions import ran

from goldthread.cli import main
from goldthread.engines.reference import directory

Capture = pytest.CaptureFixture[str]
DISTRICTS = ("E07000032", "E07000033", "E07000034")
MEASURE = "CLA-04"


@cache
def dataset() -> Path:
    path = Path(mkdtemp()) / "returns"
    words = ("--size", "0.03", "--seed", "5", "--returns", "ssd", "--as-at", "2026-03-31")
    assert main(["make-authority", "--out", str(path), *words]) == 0
    return path / "ssd"


def rows_of(table: str) -> list[dict[str, str]]:
    with (dataset() / f"{table}.csv").open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def written_directory(folder: Path, heading: str = "pcds,oslaua,osward,oseast1m,osnrth1m") -> Path:
    """A directory of all but a few of the dataset's postcodes, in turn in each of three districts and of six wards."""
    postcodes = sorted({row["addr_address_postcode"] for row in rows_of("ssd_address")} - {""})
    lines = [heading]
    for place, postcode in enumerate(postcodes[: -len(postcodes) // 8]):
        cells = {"pcds": postcode, "oslaua": DISTRICTS[place % 3], "osward": f"E0500000{place % 6}",
                 "oseast1m": "435500", "osnrth1m": "336500"}  # fmt: skip
        lines.append(",".join(cells[name] for name in heading.split(",")))
    path = folder / "onspd.csv"
    path.write_text("\n".join(lines) + "\n")
    return path


def measured(capsys: Capture, data: Path, *words: str) -> dict[str, Any]:
    told = ran(capsys, "measure", dataset(), "--measure", MEASURE, "--data", data, "--format", "json", *words)
    assert told.code == 0, told.err
    (entry,) = json.loads(told.out)["measures"]
    return dict(entry)


def by_locality(entry: dict[str, Any]) -> dict[str, int]:
    return {part["group"]: part["denominator"] for part in entry["breakdowns"] if part["by"] == "locality"}


def naively(entry: dict[str, Any], locality_of: dict[str, str]) -> Counter[str]:
    """The rows behind the measure, counted child by child with dictionaries."""
    homes: dict[str, tuple[str, int, str]] = {}
    for place, row in enumerate(rows_of("ssd_address")):
        began = row["addr_address_start_date"]
        if row["addr_address_postcode"] and row["addr_address_type"] in ("", "HOME") and began <= "2026-03-31":
            child = row["addr_person_id"]
            homes[child] = max(homes.get(child, ("", -1, "")), (began, place, row["addr_address_postcode"]))
    people = {table: rows_of(table) for table in {each["table"] for each in entry["rows"]}}
    counted: Counter[str] = Counter()
    for each in entry["rows"]:
        if each["state"] in ("yes", "no"):
            row = people[each["table"]][each["row"] - 2]
            child = next(value for name, value in row.items() if name.endswith("_person_id"))
            counted[locality_of.get(homes.get(child, ("", -1, ""))[2], "Not known")] += 1
    return counted


def looked_up(path: Path, column: str) -> dict[str, str]:
    with path.open(newline="") as file:
        return {row["pcds"]: row[column] for row in csv.DictReader(file)}


def test_a_district_is_a_locality_until_localities_are_loaded(tmp_path: Path, capsys: Capture) -> None:
    path, data = written_directory(tmp_path), tmp_path / "data"
    assert ran(capsys, "reference", "load-postcodes", path, "--data", data).code == 0
    entry = measured(capsys, data, "--rows")
    districts = {postcode: f"District {code}" for postcode, code in looked_up(path, "oslaua").items()}
    assert by_locality(entry) == naively(entry, districts)
    assert {f"District {code}" for code in DISTRICTS} <= set(by_locality(entry))
    assert sum(by_locality(entry).values()) == entry["denominator"] > 20
    shown = ran(capsys, "measure", dataset(), "--measure", MEASURE, "--data", data, "--by", "locality").out
    assert "By locality" in shown and "District E07000033" in shown


def test_localities_of_the_users_own_take_wards_before_districts(tmp_path: Path, capsys: Capture) -> None:
    path, data = written_directory(tmp_path), tmp_path / "data"
    named = tmp_path / "localities.csv"
    named.write_text("area,locality\nE05000000,Riverside\nE07000032,North\nE07000033,North\n")
    assert ran(capsys, "reference", "load-postcodes", path, "--data", data).code == 0
    loaded = ran(capsys, "reference", "load-localities", named, "--data", data)
    assert loaded.code == 0 and "osward" in loaded.out
    entry = measured(capsys, data, "--rows")
    wards, districts = looked_up(path, "osward"), looked_up(path, "oslaua")
    north = {"E07000032": "North", "E07000033": "North"}
    expected = {
        postcode: "Riverside" if wards[postcode] == "E05000000" else north.get(districts[postcode], "Elsewhere")
        for postcode in wards
    }
    assert by_locality(entry) == naively(entry, expected)
    assert {"Riverside", "North", "Elsewhere"} <= set(by_locality(entry))


def test_without_a_directory_there_is_no_breakdown_by_locality(capsys: Capture) -> None:
    told = ran(capsys, "measure", dataset(), "--measure", MEASURE, "--format", "json")
    (entry,) = json.loads(told.out)["measures"]
    assert by_locality(entry) == {}
    assert entry["breakdowns"]


def test_a_directory_that_an_earlier_version_loaded_still_tells_distances(tmp_path: Path, capsys: Capture) -> None:
    path, data = written_directory(tmp_path), tmp_path / "data"
    assert ran(capsys, "reference", "load-postcodes", path, "--data", data).code == 0
    kept = data / "reference" / "postcodes.parquet"
    pl.read_parquet(kept).drop("district", "ward").write_parquet(kept)
    held = directory(data)
    assert held is not None and held.collect()["district"].null_count() == held.collect().height
    assert set(by_locality(measured(capsys, data))) <= {"Not known"}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("area,locality\nDE1 1AA,North\n", "What is no code of a district or ward: “DE1 1AA”"),
        ("", "This file is empty"),
    ],
)
def test_what_are_no_localities_is_refused_and_nothing_is_kept(
    text: str, says: str, tmp_path: Path, capsys: Capture
) -> None:
    (tmp_path / "a.csv").write_text(text)
    told = ran(capsys, "reference", "load-localities", tmp_path / "a.csv", "--data", tmp_path / "data")
    assert (told.code, told.out) == (2, "")
    assert says in told.err
    assert not (tmp_path / "data" / "reference").exists()


def test_damaged_localities_are_told(tmp_path: Path, capsys: Capture) -> None:
    assert ran(capsys, "reference", "load-postcodes", written_directory(tmp_path), "--data", tmp_path).code == 0
    (tmp_path / "reference" / "localities.parquet").write_bytes(b"nothing")
    told = ran(capsys, "measure", dataset(), "--data", tmp_path)
    assert told.code == 2
    assert "load it again with goldthread reference load-localities" in told.err
