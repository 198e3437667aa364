"""How far placements lie from home: every outcome of looking up a postcode, and a second computation on true ones."""

import gzip
import math
import random
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from goldthread.kernel.context import Context
from goldthread.kernel.postcodes import SCHEMA, directory_of
from goldthread.kernel.views.distance import WHERE_KNOWN, with_distance

HELD = Path(__file__).resolve().parents[2] / "../shared/data/postcodes/onspd_sample.csv.gz"
AS_AT = date(2025, 3, 31)
DIRECTORY = pl.DataFrame(
    [
        ("DE11AA", True, "E06000015", "E06000015", None, 400_000, 300_000),
        ("DE11AB", False, "E06000015", "E06000015", None, 400_000, 300_000),
        ("S401AA", True, "E07000034", "E07000034", None, 400_000, 332_187),
        ("DE451AA", True, "E07000035", "E07000035", None, 403_000, 304_000),
        ("NG15FS", True, "E06000018", "E06000018", None, 432_187, 300_000),
        ("BT11AA", True, "N09000003", "N09000003", None, None, None),
    ],
    schema=SCHEMA,
    orient="row",
).lazy()
BLANK = {"home": None, "postcode": None, "distance": None, "given_in_or_out": None}


def _told(
    authority: str = "E06000015", directory: pl.LazyFrame | None = DIRECTORY, **cells: object
) -> tuple[object, ...]:
    schema = {"home": pl.String, "postcode": pl.String, "distance": pl.Float64, "given_in_or_out": pl.String}
    rows = pl.LazyFrame([{**BLANK, **cells}], schema=schema)
    context = Context(AS_AT, postcodes=directory, authority=authority)
    miles, lies, how = with_distance(rows, context).select("miles", "in_or_out", "where_known").collect().row(0)
    return (None if miles is None else round(miles, 2), lies, how)


@pytest.mark.parametrize(
    ("home", "postcode", "wanted"),
    [
        ("DE1 1AA", "s40 1aa", (20.0, "OUT", "FOUND")),
        ("DE1 1AA", "NG15FS", (20.0, "OUT", "FOUND")),
        ("DE1 1AA", "DE1 1AA", (0.0, "IN", "FOUND")),
        ("DE1 1AB", "NG1 5FS", (20.0, "OUT", "ENDED")),
        ("NG1 5FS", "DE1 1AB", (20.0, "IN", "ENDED")),
        (None, "DE1 1AA", (None, "IN", "HOME_BLANK")),
        (" ", "DE1 1AA", (None, "IN", "HOME_BLANK")),
        ("DE1", "DE1 1AA", (None, "IN", "HOME_PARTIAL")),
        ("DE1 1", "DE1 1AA", (None, "IN", "HOME_PARTIAL")),
        ("ZZ99 3VZ", "DE1 1AA", (None, "IN", "HOME_NOT_FOUND")),
        ("BT1 1AA", "DE1 1AA", (None, "IN", "HOME_NO_GRID")),
        ("DE1 1AA", None, (None, None, "PLACEMENT_BLANK")),
        ("DE1 1AA", "NG1", (None, None, "PLACEMENT_PARTIAL")),
        ("DE1 1AA", "OX1 2JD", (None, None, "PLACEMENT_NOT_FOUND")),
        ("DE1 1AA", "BT1 1AA", (None, "OUT", "PLACEMENT_NO_GRID")),
    ],
)
def test_every_outcome_of_looking_up_has_a_name(
    home: str | None, postcode: str | None, wanted: tuple[object, ...]
) -> None:
    assert _told(home=home, postcode=postcode) == wanted
    assert wanted[2] in WHERE_KNOWN


def test_what_the_record_gives_stands_before_what_is_looked_up() -> None:
    assert _told(home="DE1 1AA", postcode="NG1 5FS", distance=3.5, given_in_or_out="IN") == (3.5, "IN", "GIVEN")
    assert _told(directory=None, distance=3.5, given_in_or_out="OUT") == (3.5, "OUT", "GIVEN")


def test_without_a_directory_nothing_is_looked_up() -> None:
    assert _told(directory=None, home="DE1 1AA", postcode="NG1 5FS") == (None, None, "NOT_LOADED")


def test_two_districts_may_be_of_one_county_and_then_inside_is_not_known() -> None:
    assert _told(authority="E10000007", home="S40 1AA", postcode="DE45 1AA")[1] is None
    assert _told(authority="E07000034", home="S40 1AA", postcode="DE45 1AA")[1] is None
    assert _told(authority="E07000034", home="S40 1AA", postcode="S40 1AA")[1] == "IN"
    assert _told(authority="E10000007", home="S40 1AA", postcode="NG1 5FS")[1] == "OUT"


def test_the_authority_is_where_most_homes_lie_unless_it_is_named() -> None:
    rows = pl.LazyFrame(
        {
            "home": ["DE1 1AA", "DE1 1AA", "NG1 5FS"],
            "postcode": ["DE1 1AA", "NG1 5FS", "DE1 1AA"],
            "distance": pl.Series([None] * 3, dtype=pl.Float64),
            "given_in_or_out": pl.Series([None] * 3, dtype=pl.String),
        }
    )
    told = [
        with_distance(rows, Context(AS_AT, postcodes=DIRECTORY, authority=named)).collect()["in_or_out"].to_list()
        for named in ("", "E06000018")
    ]
    assert told == [["IN", "OUT", "IN"], ["OUT", "IN", "OUT"]]


@pytest.mark.skipif(not HELD.exists(), reason="the sample of the directory is not here")
def test_distances_between_true_postcodes_agree_with_pythagoras() -> None:
    with gzip.open(HELD, "rt") as file:
        lines = [line.split(",") for line in file.read().splitlines()[1:]]
    dice = random.Random(7)
    pairs = [(dice.choice(lines), dice.choice(lines)) for _ in range(300)]
    rows = pl.LazyFrame(
        {
            "home": [home[0] for home, _ in pairs],
            "postcode": [there[0].lower().replace(" ", "") for _, there in pairs],
            "distance": pl.Series([None] * 300, dtype=pl.Float64),
            "given_in_or_out": pl.Series([None] * 300, dtype=pl.String),
        }
    )
    names = ("pcds", "oslaua", "oseast1m", "osnrth1m")
    directory = directory_of(pl.LazyFrame(lines, schema=dict.fromkeys(names, pl.String), orient="row"))
    told = with_distance(rows, Context(AS_AT, postcodes=directory, authority="E06000015")).collect()
    for (home, there), miles in zip(pairs, told["miles"], strict=True):
        across = math.hypot(float(home[2]) - float(there[2]), float(home[3]) - float(there[3]))
        assert miles == pytest.approx(across / 1609.344)
    assert set(told["where_known"]) == {"FOUND"}
