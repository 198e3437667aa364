"""Ten children of the public four-year sample: what was counted by hand is what the views count.

The rule of choice and the hand counts are told in docs/ten_children.md.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from goldthread.kernel.context import Context
from goldthread.kernel.reading import Reading
from goldthread.kernel.record import record_of
from goldthread.kernel.record.years import with_earlier_years
from goldthread.kernel.views import VIEWS, stays
from goldthread.readers import read

HELD = Path(__file__).resolve().parents[2] / "../shared/data/ssda903/four_years"
PAGE = Path(__file__).resolve().parents[2] / "docs" / "ten_children.md"
YEARS = (2017, 2018, 2019, 2020)
AS_AT = date(2018, 3, 31)


@dataclass(frozen=True, slots=True)
class ByHand:
    """What was counted of one child: over all years, and at the end of the first of them.

    `in_year` is None where the child was not in care on that day; `counts` is whether the child is then in the
    denominator, which leaves out short breaks.
    """

    periods: int
    placements: int
    stays: int
    moves: int
    in_year: int | None
    moves_in_year: int | None
    counts: bool


HAND: dict[str, ByHand] = {
    "84737": ByHand(2, 4, 4, 2, 4, 2, True),
    "168196": ByHand(1, 3, 1, 0, 1, 0, False),
    "268672": ByHand(1, 3, 3, 2, None, None, False),
    "373218": ByHand(1, 5, 5, 4, 2, 1, True),
    "442009": ByHand(2, 5, 4, 2, 2, 1, True),
    "554262": ByHand(1, 5, 5, 4, 4, 3, True),
    "635687": ByHand(1, 5, 0, 0, 0, 0, False),
    "729233": ByHand(1, 3, 3, 2, 2, 1, True),
    "817314": ByHand(2, 3, 2, 0, 2, 0, False),
    "923340": ByHand(1, 3, 0, 0, 0, 0, False),
}


@pytest.fixture(scope="module")
def four_years(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    if not HELD.exists():
        pytest.skip("the four-year sample is not here")
    readings = []
    for year in YEARS:
        folder = tmp_path_factory.mktemp(str(year))
        for path in HELD.glob(f"{year}-*.csv"):
            (folder / path.name).write_bytes(path.read_bytes())
        # The sample names a year by its April, the return by its March.
        readings.append(read(folder, year=year + 1))
    *before, last = readings
    return with_earlier_years(last, before)


def test_the_ten_are_those_that_the_rule_chooses(four_years: Reading) -> None:
    episodes = four_years.tables["cla_episodes"].group_by("child").len()
    assert episodes.height == 817
    many = episodes.filter(pl.col("len") >= 4).with_columns(pl.col("child").cast(pl.Int64).alias("number"))
    ordered = many.sort("number")["child"].to_list()
    assert len(ordered) == 307
    assert [ordered[30 * place + 15] for place in range(10)] == list(HAND)


def test_periods_placements_and_moves_are_those_counted_by_hand(four_years: Reading) -> None:
    record = record_of(four_years)
    context = Context(AS_AT)
    periods = stays.periods(record).collect()
    placements = record["ssd_cla_placement"].collect()
    counted = VIEWS["stays"].make(record, context).collect()
    in_care = VIEWS["in_care"].make(record, context).collect()
    got = {}
    for child in HAND:
        own = counted.filter(pl.col("child") == child)
        now = in_care.filter(pl.col("child") == child)
        got[child] = ByHand(
            periods=periods.filter(pl.col("child") == child).height,
            placements=placements.filter(pl.col("clap_person_id") == child).height,
            stays=own.height,
            moves=own.filter(pl.col("is_move") == "Y").height,
            in_year=now["placements_in_year"].item() if now.height else None,
            moves_in_year=now["moves_in_year"].item() if now.height else None,
            counts=bool(now.height) and now["legal_status"].item() not in ("V3", "V4"),
        )
    assert got == HAND


def test_the_page_tells_what_the_test_compares() -> None:
    lines = [
        [cell.strip() for cell in line.split("|")[1:-1]]
        for line in PAGE.read_text(encoding="utf-8").splitlines()
        if line.startswith("|")
    ]
    told = {cells[0]: cells[1:8] for cells in lines if cells[0].isdigit()}
    assert told == {
        child: [
            str(one.periods),
            str(one.placements),
            str(one.stays),
            str(one.moves),
            "-" if one.in_year is None else str(one.in_year),
            "-" if one.moves_in_year is None else str(one.moves_in_year),
            "yes" if one.counts else "no",
        ]
        for child, one in HAND.items()
    }
