"""Invented published figures: the same each time, read by the reader of the true ones, and never taken for those."""

import polars as pl
import pytest

from goldthread.domain.benchmarks import Authority, authorities, find_authority
from goldthread.domain.benchmarks import NoSuchAuthority as Unknown
from goldthread.kernel.among import children_in, funnel_of, units
from goldthread.kernel.benchmark_codes import COUNTERPARTS
from goldthread.kernel.benchmarks import AUTHORITY, Benchmarks, Neighbours
from goldthread.kernel.comparison import compare_ours
from goldthread.readers.lait import read_lait_bytes, read_neighbours_bytes
from goldthread.synthetic.cuts.year import LA
from goldthread.synthetic.published import AUTHORITIES, NEAREST, YEARS, Published

RATES = {"FD-04": 700.0, "CN-01": 360.0, "CLA-01": 69.0, "CP-06": 33.0}
MADE = Published(2025, shares={"AS-01": 91.0, "CP-02": 74.0}, rates=RATES)
OWN = Authority(LA, (), "Wrenfordshire", "")


@pytest.fixture(scope="module")
def figures() -> Benchmarks:
    return read_lait_bytes(MADE.figures().encode(), "made.csv")


@pytest.fixture(scope="module")
def neighbours() -> Neighbours:
    return read_neighbours_bytes(MADE.neighbours().encode(), "made.csv")


def test_the_same_spec_makes_the_same_files_and_another_seed_others() -> None:
    again = Published(2025, shares={"AS-01": 91.0, "CP-02": 74.0}, rates=RATES)
    assert (again.figures(), again.neighbours()) == (MADE.figures(), MADE.neighbours())
    assert Published(2025, seed=1).figures() != MADE.figures()


def test_every_authority_is_there_in_every_year_and_nothing_is_odd(figures: Benchmarks) -> None:
    rows = figures.of("Continue_Assess_Comp").filter(pl.col("level") == AUTHORITY)
    assert rows["code"].n_unique() == rows["place"].n_unique() == AUTHORITIES
    assert rows.height == AUTHORITIES * YEARS
    assert figures.notes == ("Every figure in this file is invented: it says so itself.",)


def test_no_true_authority_is_named_and_no_true_code_used(figures: Benchmarks) -> None:
    places = figures.values.filter(pl.col("level") == AUTHORITY)["place"].unique()
    for name in places:
        with pytest.raises(Unknown):
            find_authority(name)
    codes = set(figures.values.filter(pl.col("level") == AUTHORITY)["code"])
    assert not codes & {one.code for one in authorities()}


def test_the_file_says_that_it_is_invented(figures: Benchmarks) -> None:
    assert figures.synthetic
    assert not Benchmarks(figures.values.with_columns(pl.lit("Children").alias("topic")), "true").synthetic
    assert not Benchmarks(figures.values.clear(), "nothing").synthetic
    titles = figures.values["title"].unique()
    assert all("(synthetic)" in title or title.endswith(": count") for title in titles) and len(titles) > 15


def test_the_demonstration_stands_where_its_own_figures_put_it(figures: Benchmarks, neighbours: Neighbours) -> None:
    found = compare_ours(figures, "AS-01", OWN, neighbours=neighbours)
    assert found is not None and found.latest is not None and found.latest.value == pytest.approx(91.0, abs=2.5)
    assert len(found.own.figures) == YEARS and found.model == "SYNTHETIC 2025"
    assert len(found.neighbours_named) == NEAREST == len(set(found.neighbours_named))
    assert found.quarters is not None and found.quarters.authorities >= 145
    assert figures.code_of("wrenfordshire ") == LA and figures.code_of("Wexcombe") is None


@pytest.mark.parametrize("code", ["CP-02", "CL-01", "CLA-04", "FD-05", "CP-12"])
def test_the_counts_behind_a_share_give_the_share(code: str, figures: Benchmarks) -> None:
    rows = figures.of(COUNTERPARTS[code].lait).filter(pl.col("level") == AUTHORITY, pl.col("period") == "2025")
    printed = dict(rows.select("place", "value").iter_rows())
    counted = units(figures, code, "2025")
    assert len(counted) >= 140
    for one in counted:
        assert 100 * one.numerator / one.denominator == pytest.approx(printed[one.name], abs=0.3), one.name


@pytest.mark.parametrize("code, rate", RATES.items())
def test_rates_are_of_as_many_children_as_live_there_and_own_ones_are_near(
    code: str, rate: float, figures: Benchmarks
) -> None:
    rows = figures.of(COUNTERPARTS[code].lait).filter(pl.col("level") == AUTHORITY, pl.col("period") == "2025")
    printed = dict(rows.select("place", "value").iter_rows())
    assert printed["Wrenfordshire"] == pytest.approx(rate, rel=0.12)
    assert children_in(figures, "2025")[LA] == pytest.approx(157_000, rel=0.001)
    counted = units(figures, code, "2025")
    assert len(counted) >= 140
    for one in counted:
        assert 10_000 * one.numerator / one.denominator == pytest.approx(printed[one.name], rel=0.05, abs=0.3), one.name
    funnel = funnel_of(figures, code, "2025")
    assert funnel is not None and funnel.place("Wrenfordshire") is not None


def test_there_is_a_funnel_in_which_most_stand(figures: Benchmarks) -> None:
    funnel = funnel_of(figures, "CP-02", "2025")
    assert funnel is not None and len(funnel.units) >= 140 and funnel.place("Wrenfordshire") is not None
    limits = {one.unit.name: funnel.limits(one.unit.denominator) for one in funnel.units}
    inside = [
        limits[one.unit.name].low998 <= one.unit.numerator / one.unit.denominator <= limits[one.unit.name].high998
        for one in funnel.units
    ]
    assert sum(inside) > 0.95 * len(inside)


def test_neighbours_are_alike_and_nobody_is_their_own(neighbours: Neighbours) -> None:
    size = {one.code: one.size for one in MADE.places}
    for code in size:
        near = [other for other, _ in neighbours.of(code, MADE.model)]
        assert code not in near and len(near) == NEAREST
    near = [size[other] for other, _ in neighbours.of(LA, MADE.model)]
    assert all(0.4 < other / size[LA] < 2.5 for other in near)


def test_a_small_authority_has_symbols_in_the_place_of_small_counts() -> None:
    few = read_lait_bytes(Published(2025, size=0.02).figures().encode(), "few.csv")
    held = few.of("CPPlans2yrs").filter(pl.col("code") == LA)
    assert set(held["symbol"]) == {"c"} and held["value"].null_count() == held.height
