"""How sure a number is: 95% intervals for a share, for a sample from a finite list, for a rate, for a relative rate."""

from collections.abc import Callable, Sequence
from math import erfc, exp, fsum, lgamma, log, sqrt
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


def wilson_effective(share: float, size: float, unseen: float = 1.0, z: float = Z) -> Interval:
    """The score interval for a share that a weighted sample gives, which is as good as a simple one of `size` cases.

    `unseen` is (N−n)/(N−1) where the size does not take account of how much of a finite list was drawn.
    Raises ValueError unless 0 <= share <= 1 and the size is above nothing.
    """
    if size <= 0 or not 0 <= share <= 1:
        raise ValueError("the share must lie from nothing to one, and the size be above nothing")
    return _score(share * size, size, z * z * unseen)


def _score(k: float, n: float, q: float) -> Interval:
    if n <= 0 or not 0 <= k <= n:
        raise ValueError("the count must lie between nothing and all, of at least one")
    p = k / n
    centre = (k + q / 2) / (n + q)
    half = sqrt(q) / (n + q) * sqrt(n * p * (1 - p) + q / 4)
    return Interval(0.0 if k == 0 else max(0.0, centre - half), 1.0 if k == n else min(1.0, centre + half))


EXACT_BELOW = 10
"""Below this many events a rate takes exact limits: Byar's are an approximation."""


def byar(events: int, z: float = Z) -> Interval:
    """Byar's limits for a count of events, which are very near the exact ones from ten events on.

    Raises ValueError for a negative count.
    """
    if events < 0:
        raise ValueError("a count cannot be negative")
    high = events + 1
    return Interval(
        0.0 if events == 0 else events * (1 - 1 / (9 * events) - z / (3 * sqrt(events))) ** 3,
        high * (1 - 1 / (9 * high) + z / (3 * sqrt(high))) ** 3,
    )


def exact_count(events: int, z: float = Z) -> Interval:
    """The exact (Poisson) limits for a count: at each end, what was seen or further out has half the doubt left.

    Raises ValueError for a negative count.
    """
    if events < 0:
        raise ValueError("a count cannot be negative")
    tail = erfc(z / sqrt(2)) / 2
    low = 0.0 if events == 0 else _solve(lambda mean: 1 - _poisson_up_to(events - 1, mean) - tail, 0.0, float(events))
    high = _solve(lambda mean: tail - _poisson_up_to(events, mean), float(events), 2.0 * events + 4 * z * z + 10)
    return Interval(low, high)


def _poisson_up_to(most: int, mean: float) -> float:
    return sum(exp(count * log(mean) - mean - lgamma(count + 1)) for count in range(most + 1)) if mean > 0 else 1.0


def _solve(rising: Callable[[float], float], low: float, high: float) -> float:
    """Where a rising function crosses nought, by halving."""
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (low, middle) if rising(middle) > 0 else (middle, high)
    return (low + high) / 2


def rate(events: int, population: int, per: int = 10_000, z: float = Z) -> Interval:
    """The limits of a rate, such as children in need per 10,000: exact below ten events, Byar's from there on.

    Raises ValueError unless the population is above nought.
    """
    if population < 1:
        raise ValueError("a rate needs a population")
    limits = exact_count(events, z) if events < EXACT_BELOW else byar(events, z)
    return Interval(limits.low * per / population, limits.high * per / population)


class RelativeRate(NamedTuple):
    """How many times as likely one group is as another, with its interval."""

    value: float
    low: float
    high: float


def relative_rate(events: int, population: int, other_events: int, other_population: int, z: float = Z) -> RelativeRate:
    """One group's share divided by another's, with the interval on the log scale (Katz).

    Raises ValueError where either group is empty or has no events: then there is nothing to divide.
    """
    for count, whole in ((events, population), (other_events, other_population)):
        if not 1 <= count <= whole:
            raise ValueError("a relative rate needs at least one event in each group, and no more than all")
    ratio = (events / population) / (other_events / other_population)
    spread = z * sqrt(1 / events - 1 / population + 1 / other_events - 1 / other_population)
    return RelativeRate(ratio, ratio * exp(-spread), ratio * exp(spread))


def median_ranks(n: int) -> tuple[int, int]:
    """The places, counted from one in a sorted row of n values, between which the median lies with 95% or more.

    No shape is supposed: half of everything lies below the median, so how many of n do is a toss of n coins
    (Conover, Practical Nonparametric Statistics, section 3.2). Raises ValueError for fewer than six values, of which
    the lowest and the highest do not reach 95%.
    """
    if n < 6:
        raise ValueError("the range of a median needs six values or more")
    place, below = 0, 0.0
    while (below := below + exp(lgamma(n + 1) - lgamma(place + 1) - lgamma(n - place + 1) - n * log(2))) <= 0.025:
        place += 1
    return place, n + 1 - place


def mean_limits(values: Sequence[float], z: float = Z) -> Interval:
    """The limits of an average by the spread of the values: near enough from about thirty values on.

    Raises ValueError for fewer than two values.
    """
    if len(values) < 2:
        raise ValueError("the range of an average needs two values or more")
    centre = fsum(values) / len(values)
    spread = sqrt(fsum((value - centre) ** 2 for value in values) / (len(values) - 1))
    half = z * spread / sqrt(len(values))
    return Interval(centre - half, centre + half)
