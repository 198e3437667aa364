from math import comb, exp, factorial
from statistics import fmean, stdev

import pytest

from goldthread.domain.intervals import (
    Interval,
    byar,
    exact_count,
    mean_limits,
    median_ranks,
    rate,
    relative_rate,
    wilson,
    wilson_finite,
)  # fmt: skip


def percent(interval: Interval) -> tuple[float, float]:
    return round(interval.low * 100, 1), round(interval.high * 100, 1)


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        (120, 1024, 9.9, 13.8),
        (165, 303, 48.8, 60.0),
        (260, 427, 56.2, 65.4),
        (125, 187, 59.8, 73.2),
        (18, 20, 69.9, 97.2),
        (54, 60, 79.9, 95.3),
        (0, 10, 0.0, 27.8),
        (10, 10, 72.2, 100.0),
    ],
)
def test_a_share_of_everyone(k: int, n: int, low: float, high: float) -> None:
    assert percent(wilson(k, n)) == (low, high)


@pytest.mark.parametrize(
    ("k", "n", "population", "low", "high", "to_within"),
    [
        # The reference prints 71.9 for the first lower end, which is 71.952: cut off there, not rounded.
        (18, 20, 120, 71.95, 96.9, 0.05),
        (54, 60, 300, 81.1, 95.0, 0.05),
        (0, 10, 30, 0.0, 20.9, 0.05),
        (6, 8, 40, 44, 92, 0.5),
    ],
)
def test_a_share_of_a_sample_from_a_finite_list(
    k: int, n: int, population: int, low: float, high: float, to_within: float
) -> None:
    interval = wilson_finite(k, n, population)
    assert (interval.low * 100, interval.high * 100) == pytest.approx((low, high), abs=to_within)


def test_when_everyone_was_looked_at_nothing_is_left_to_doubt() -> None:
    assert wilson_finite(7, 20, 20) == pytest.approx((0.35, 0.35))
    assert wilson_finite(1, 1, 1) == (1.0, 1.0)


@pytest.mark.parametrize(("k", "n"), [(0, 0), (-1, 5), (6, 5)])
def test_what_cannot_be_a_share_is_refused(k: int, n: int) -> None:
    with pytest.raises(ValueError, match="between nothing and all"):
        wilson(k, n)


def test_a_sample_larger_than_its_list_is_refused() -> None:
    with pytest.raises(ValueError, match="more were drawn"):
        wilson_finite(5, 11, 10)


@pytest.mark.parametrize(
    ("events", "low", "high"),
    # Exact Poisson limits as printed in tables (Garwood 1936).
    [
        (0, 0, 3.689),
        (1, 0.0253, 5.572),
        (3, 0.6187, 8.767),
        (5, 1.6235, 11.668),
        (9, 4.1154, 17.085),
        (10, 4.795, 18.39),
    ],
)
def test_exact_limits_are_those_of_the_tables(events: int, low: float, high: float) -> None:
    assert exact_count(events) == pytest.approx((low, high), abs=6e-4)


def test_exact_limits_leave_half_the_doubt_on_each_side() -> None:
    for events in range(1, 40, 6):
        limits = exact_count(events)
        below = sum(exp(-limits.high) * limits.high**count / factorial(count) for count in range(events + 1))
        above = 1 - sum(exp(-limits.low) * limits.low**count / factorial(count) for count in range(events))
        assert (below, above) == pytest.approx((0.025, 0.025), abs=1e-9)


def test_byar_is_near_the_exact_limits_from_ten_events_on() -> None:
    for events in range(10, 200, 21):
        assert byar(events) == pytest.approx(exact_count(events), rel=0.002)
    assert byar(0).low == 0


def test_a_rate_is_exact_below_ten_events_and_byars_from_there() -> None:
    assert rate(9, 50_000) == pytest.approx([value / 5 for value in exact_count(9)])
    assert rate(10, 50_000) == pytest.approx([value / 5 for value in byar(10)])
    low, high = rate(1024, 155_000)
    assert low < 1024 / 15.5 < high


def test_a_relative_rate_has_its_interval_on_the_log_scale() -> None:
    # Katz et al.: 30 of 100 against 20 of 100, worked by hand: sqrt(1/30-1/100+1/20-1/100) = 0.2517.
    value, low, high = relative_rate(30, 100, 20, 100)
    assert (value, low, high) == pytest.approx((1.5, 1.5 / exp(0.49329), 1.5 * exp(0.49329)), rel=1e-4)
    turned = relative_rate(20, 100, 30, 100)
    assert (turned.low, turned.high) == pytest.approx((1 / high, 1 / low))


def test_what_has_no_rate_is_refused() -> None:
    for wrong in (byar, exact_count):
        with pytest.raises(ValueError, match="negative"):
            wrong(-1)
    with pytest.raises(ValueError, match="population"):
        rate(3, 0)
    for counts in ((0, 10, 1, 10), (1, 10, 11, 10)):
        with pytest.raises(ValueError, match="at least one event"):
            relative_rate(*counts)


@pytest.mark.parametrize("n", [6, 7, 10, 11, 25, 60, 200])
def test_the_ranks_around_a_median_hold_it_with_at_least_95_per_cent_and_no_closer_pair_does(n: int) -> None:
    def holds(low: int) -> float:
        # The median lies between two values unless fewer than `low` of n tosses fell on one side.
        return 1 - 2 * sum(comb(n, below) for below in range(low)) / 2**n

    low, high = median_ranks(n)
    assert high == n + 1 - low
    assert holds(low) >= 0.95 > holds(low + 1)


def test_ranks_of_a_long_row_are_found_and_of_a_short_one_refused() -> None:
    low, high = median_ranks(5_000)
    assert (high - low) / 5_000**0.5 == pytest.approx(1.96, abs=0.03)
    with pytest.raises(ValueError, match="six values"):
        median_ranks(5)


def test_the_range_of_an_average_follows_the_spread() -> None:
    values = [3.0, 8.0, 4.0, 15.0, 9.0, 9.0]
    limits = mean_limits(values)
    half = 1.959963984540054 * stdev(values) / len(values) ** 0.5
    assert limits == pytest.approx((fmean(values) - half, fmean(values) + half))
    assert mean_limits([5.0, 5.0]) == Interval(5.0, 5.0)
    with pytest.raises(ValueError, match="two values"):
        mean_limits([5.0])
