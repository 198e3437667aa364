import pytest

from goldthread.domain.intervals import Interval, wilson, wilson_finite


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
