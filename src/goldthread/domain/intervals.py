"""How sure a share is: 95% score intervals for a whole process, and for a sample from a finite list of cases."""

from math import sqrt
from typing import NamedTuple

Z = 1.959963984540054
"""The standard normal value that leaves 2.5% on each side."""


class Interval(NamedTuple):
    """The lowest and highest share, from 0 to 1, that fit what was seen."""

    low: float
    high: float


def wilson(k: int, n: int, z: float = Z) -> Interval:
    """The Wilson score interval for k out of n (Wilson 1927).

    Right for a count of everyone, where the doubt is about the process and not about who was picked.
    Raises ValueError unless 0 <= k <= n and n is at least 1.
    """
    return _score(k, n, z * z)


def wilson_finite(k: int, n: int, population: int, z: float = Z) -> Interval:
    """The score interval for k out of n drawn without replacement from `population` cases.

    The finite-population form replaces z² by z²(N−n)/(N−1) (after O'Neill 2021); when all are drawn it has no width.
    Raises ValueError unless 0 <= k <= n <= population and n is at least 1.
    """
    if n > population:
        raise ValueError("more were drawn than there are")
    share_unseen = (population - n) / (population - 1) if population > 1 else 0.0
    return _score(k, n, z * z * share_unseen)


def _score(k: int, n: int, q: float) -> Interval:
    if n < 1 or not 0 <= k <= n:
        raise ValueError("the count must lie between nothing and all, of at least one")
    p = k / n
    centre = (k + q / 2) / (n + q)
    half = sqrt(q) / (n + q) * sqrt(n * p * (1 - p) + q / 4)
    return Interval(0.0 if k == 0 else max(0.0, centre - half), 1.0 if k == n else min(1.0, centre + half))
