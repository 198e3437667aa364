"""When a theme is called rising: the interval of the difference, the rule, and when nothing is said."""

from math import sqrt

import pytest

from goldthread.domain.intervals import Z
from goldthread.domain.rising import ONE_SIDED, Counted, Verdict, difference, told


def naive(a: int, m: int, b: int, n: int, z: float) -> tuple[float, float]:
    """Newcombe's limits for b/n less a/m, from the roots of the two score equations by halving."""

    def roots(k: int, of: int) -> tuple[float, float]:
        p = k / of

        def beyond(pi: float) -> float:
            return abs(p - pi) - z * sqrt(pi * (1 - pi) / of)

        def halved(inside: float, outside: float) -> float:
            for _ in range(200):
                middle = (inside + outside) / 2
                inside, outside = (middle, outside) if beyond(middle) <= 0 else (inside, middle)
            return (inside + outside) / 2

        return (halved(p, 0.0) if k else 0.0), (halved(p, 1.0) if k < of else 1.0)

    low, high = roots(a, m)
    low2, high2 = roots(b, n)
    p, q = a / m, b / n
    return q - p - sqrt((q - low2) ** 2 + (high - p) ** 2), q - p + sqrt((high2 - q) ** 2 + (p - low) ** 2)


def test_the_interval_is_that_of_the_paper() -> None:
    """56 of 70 less 48 of 80: 0.0524 to 0.3339 (Newcombe 1998, table II, example a, method 10)."""
    found = difference(Counted(48, 80), Counted(56, 70), Z)
    assert found == pytest.approx((0.0524, 0.3339), abs=0.0001)


@pytest.mark.parametrize(("a", "m", "b", "n"), [(3, 30, 12, 30), (0, 12, 5, 14), (9, 20, 20, 20), (7, 31, 7, 29)])
def test_a_second_computation_agrees(a: int, m: int, b: int, n: int) -> None:
    assert difference(Counted(a, m), Counted(b, n)) == pytest.approx(naive(a, m, b, n, ONE_SIDED), abs=1e-6)


@pytest.mark.parametrize(
    ("rounds", "verdict"),
    [
        ([(1, 10)] * 3 + [(4, 10)] * 3, Verdict.RISING),
        ([(4, 10)] * 3 + [(1, 10)] * 3, Verdict.FALLING),
        ([(3, 10)] * 3 + [(4, 10)] * 3, Verdict.NO_CHANGE),
        ([(9, 10)] * 4 + [(1, 10)] * 3 + [(4, 10)] * 3, Verdict.RISING),
        ([(1, 10)] * 2 + [(9, 10)] * 3, Verdict.TOO_FEW),
        ([(0, 3)] * 3 + [(3, 3)] * 3, Verdict.TOO_FEW),
        ([(0, 10)] * 3 + [(1, 10)] * 3, Verdict.TOO_FEW),
        ([], Verdict.TOO_FEW),
    ],
)
def test_what_is_said_of_a_theme(rounds: list[tuple[int, int]], verdict: Verdict) -> None:
    found = told([Counted(*one) for one in rounds])
    assert found.verdict is verdict
    assert (found.interval is None) == (verdict is Verdict.TOO_FEW)
