"""Funnels, quartiles and ranks, each against a second, naive computation."""

import random
import statistics
from math import asin, sin, sqrt

import pytest

from goldthread.domain.funnels import Basis, Unit, funnel
from goldthread.domain.quartiles import Band, band, quantile, quartiles, rank
from goldthread.domain.ranks import rank_intervals


def units(seed: int, count: int = 60, spread: float = 0.0) -> list[Unit]:
    chance = random.Random(seed)
    made = []
    for place in range(count):
        n = chance.randint(30, 900)
        p = min(0.95, max(0.05, chance.gauss(0.4, spread)))
        made.append(Unit(f"LA {place}", sum(chance.random() < p for _ in range(n)), n))
    return made


def naive(made: list[Unit]) -> tuple[float, float, float, list[float]]:
    """φ raw, φ, τ² and adjusted z, written out anew, with the quantile of the standard library."""
    pooled = sum(u.numerator for u in made) / sum(u.denominator for u in made)
    z = [(asin(sqrt(u.numerator / u.denominator)) - asin(sqrt(pooled))) * 2 * sqrt(u.denominator) for u in made]
    tenths = statistics.quantiles(z, n=10, method="inclusive")
    drawn_in = [tenths[0] if v < tenths[0] else tenths[-1] if v > tenths[-1] else v for v in z]
    phi = statistics.fmean(v**2 for v in drawn_in)
    w = [4 * u.denominator for u in made]
    tau2 = 0.0
    if phi > 1:
        tau2 = max(0, (len(z) * phi - (len(z) - 1)) / (sum(w) - sum(x * x for x in w) / sum(w)))
    adjusted = []
    for v, u in zip(z, made, strict=True):
        s = 1 / (2 * sqrt(u.denominator))
        adjusted.append(v * s / sqrt(s * s + tau2))
    return statistics.fmean(v * v for v in z), phi, tau2, adjusted


@pytest.mark.parametrize(("seed", "spread"), [(1, 0.0), (2, 0.05), (3, 0.15)])
def test_a_funnel_agrees_with_a_second_computation(seed: int, spread: float) -> None:
    made = units(seed, spread=spread)
    found = funnel(made)
    raw, phi, tau2, adjusted = naive(made)
    assert (found.phi_raw, found.phi, found.tau2) == pytest.approx((raw, phi, tau2))
    assert [placed.z_adjusted for placed in found.units] == pytest.approx(adjusted)


def test_without_spread_beyond_chance_the_limits_are_the_plain_ones() -> None:
    made = units(1)
    found = funnel(made)
    assert not found.over_dispersed
    assert found.limits(200) == found.limits(200, adjusted=False)
    assert found.outside_plain < 0.15


def test_over_dispersion_widens_the_limits_and_leaves_fewer_outside() -> None:
    found = funnel(units(3, spread=0.15))
    assert found.over_dispersed
    assert found.outside_plain > 0.5
    assert sum(placed.stands_out != 0 for placed in found.units) / 60 < 0.2
    wide, narrow = found.limits(300), found.limits(300, adjusted=False)
    assert wide.low998 < wide.low95 < narrow.low95 < found.pooled < narrow.high95 < wide.high95 < wide.high998


def test_the_limits_are_those_of_the_formula_and_stay_within_nought_and_one() -> None:
    found = funnel(units(1))
    expected = sin(asin(sqrt(found.pooled)) + 1.96 / (2 * sqrt(100))) ** 2
    assert found.limits(100).high95 == pytest.approx(expected)
    rare = funnel([Unit("a", 1, 100), Unit("b", 0, 100), Unit("c", 99, 100)])
    assert rare.limits(1).low998 == 0
    assert rare.limits(1).high998 == 1
    with pytest.raises(ValueError, match="above nought"):
        found.limits(0)


def test_an_authority_is_found_by_name_and_stands_out_or_not() -> None:
    made = [*units(1), Unit("High", 600, 800), Unit("Low", 100, 800)]
    found = funnel(made)
    high, low = found.place("High"), found.place("Low")
    assert high is not None and low is not None
    assert (high.stands_out, low.stands_out) == (1, -1)
    assert found.place("Nowhere") is None


@pytest.mark.parametrize(
    ("made", "says"),
    [
        ([Unit("a", 1, 2), Unit("b", 1, 2)], "three authorities"),
        ([Unit("a", 1, 2), Unit("b", 3, 2), Unit("c", 1, 2)], "between nothing and all"),
        ([Unit("a", 1, 2), Unit("b", 0, 0), Unit("c", 1, 2)], "between nothing and all"),
    ],
)
def test_what_makes_no_funnel_is_refused(made: list[Unit], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        funnel(made)


def test_quantiles_agree_with_the_standard_library() -> None:
    chance = random.Random(4)
    for _ in range(100):
        values = [chance.choice((chance.random(), chance.randint(0, 5))) for _ in range(chance.randint(2, 153))]
        q = quartiles(values)
        assert [q.lower, q.middle, q.upper] == pytest.approx(statistics.quantiles(values, n=4, method="inclusive"))
        assert q.authorities == len(values)
    assert quantile([7.0], 0.25) == 7
    for wrong in (([], 0.5), ([1.0], 1.5)):
        with pytest.raises(ValueError, match="needs values"):
            quantile(*wrong)


def test_bands_run_from_the_best_and_a_quartile_belongs_to_the_band_below_it() -> None:
    q = quartiles([1, 2, 3, 4, 5])
    assert (q.lower, q.middle, q.upper) == (2, 3, 4)
    assert [band(v, q, high_is_better=False) for v in (2, 2.1, 3, 3.1, 4, 4.1)] == list(map(Band, "ABBCCD"))
    assert [band(v, q, high_is_better=True) for v in (2, 2.1, 3, 3.1, 4, 4.1)] == list(map(Band, "DCCBBA"))


def test_equal_values_share_the_better_rank() -> None:
    values = [10, 20, 20, 30]
    assert [rank(v, values, high_is_better=True) for v in values] == [4, 2, 2, 1]
    assert [rank(v, values, high_is_better=False) for v in values] == [1, 2, 2, 4]


def test_rank_intervals_come_out_the_same_and_hold_what_chance_gives() -> None:
    made = units(7, count=20, spread=0.1)
    one = rank_intervals(made, high_is_better=True, seed=9)
    assert one == rank_intervals(made, high_is_better=True, seed=9)
    assert one != rank_intervals(made, high_is_better=True, seed=10)
    assert all(1 <= r.low <= r.high <= 20 == r.authorities for r in one.values())
    assert sum(r.low <= r.rank <= r.high for r in one.values()) >= 18


def test_rank_intervals_agree_with_drawing_every_child() -> None:
    made = [Unit("a", 30, 40), Unit("b", 5, 400), Unit("c", 100, 200), Unit("d", 60, 90), Unit("e", 400, 800)]
    fast = rank_intervals(made, high_is_better=True, seed=1, draws=2000)
    chance = random.Random(2)
    ranks: dict[str, list[int]] = {u.name: [] for u in made}
    for _ in range(1000):
        shares = {
            u.name: sum(chance.random() < u.numerator / u.denominator for _ in range(u.denominator)) for u in made
        }
        shares = {u.name: shares[u.name] / u.denominator for u in made}
        for name, value in shares.items():
            ranks[name].append(1 + sum(other > value for other in shares.values()))
    for name, seen in ranks.items():
        assert fast[name].low == pytest.approx(quantile(seen, 0.05), abs=1)
        assert fast[name].high == pytest.approx(quantile(seen, 0.95), abs=1)


def test_certain_and_impossible_authorities_keep_their_share() -> None:
    found = rank_intervals([Unit("all", 9, 9), Unit("none", 0, 9), Unit("some", 50, 100)], high_is_better=True, seed=1)
    assert (found["all"].low, found["all"].high) == (1, 1)
    assert (found["none"].low, found["none"].high) == (3, 3)


def test_ranks_need_names_that_differ_and_draws_enough() -> None:
    with pytest.raises(ValueError, match="once only"):
        rank_intervals([Unit("a", 1, 2)] * 2, high_is_better=True, seed=1)
    with pytest.raises(ValueError, match="hundred draws"):
        rank_intervals([Unit("a", 1, 2)], high_is_better=True, seed=1, draws=10)


def test_a_rate_may_have_more_events_than_children_and_no_fewer_than_none() -> None:
    found = funnel([Unit("a", 12, 10), Unit("b", 4, 10), Unit("c", 9, 10)], Basis.RATE)
    assert found.pooled == pytest.approx(25 / 30)
    assert found.limits(10, adjusted=False).low998 >= 0
    assert found.limits(1, adjusted=False).low998 == 0
    with pytest.raises(ValueError, match="not lie below nothing"):
        funnel([Unit("a", -1, 10), Unit("b", 4, 10), Unit("c", 9, 10)], Basis.RATE)
