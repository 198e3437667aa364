"""How many to read: for a share known to within so much, or to find at least one of what one looks for."""

from collections.abc import Callable
from math import ceil, exp, fsum, log, sqrt
from statistics import NormalDist

from goldthread.domain.intervals import Z

_ROUNDING = 1e-12
"""How far a chance worked out may lie from the true one; where both are equal, the smaller sample is enough."""


def precision(n: int, population: int, p: float = 0.5, z: float = Z) -> float:
    """Half the width of the interval (95% unless z says otherwise) for a share p in n of `population` cases, 0 to 1.

    Half the cases is the worst case, so the default promises no more than the sample can keep.
    Raises ValueError unless 1 <= n <= population and p lies from 0 to 1.
    """
    if not 1 <= n <= population or not 0 <= p <= 1:
        raise ValueError("the sample must lie between one and all, and the share between 0 and 1")
    unseen = (population - n) / (population - 1) if population > 1 else 0.0
    return z * sqrt(p * (1 - p) / n * unseen)


def size_needed(half_width: float, population: int, p: float = 0.5, z: float = Z) -> int:
    """The fewest of `population` cases whose interval is no wider than plus or minus `half_width` (0 to 1).

    Raises ValueError when the half-width or the population is not above 0.
    """
    if half_width <= 0 or population < 1:
        raise ValueError("the half-width and the population must be above nothing")
    endless = z * z * p * (1 - p) / (half_width * half_width)
    return min(population, max(1, ceil(endless / (1 + (endless - 1) / population))))


def chance_of_seeing(n: int, faulty: int, population: int) -> float:
    """The chance, from 0 to 1, that n of `population` cases show at least one of the faulty ones (hypergeometric).

    Raises ValueError unless n and `faulty` lie between nothing and all.
    """
    if not 0 <= n <= population or not 0 <= faulty <= population:
        raise ValueError("the sample and the faulty cases must lie between nothing and all")
    return 1 - _none_seen(n, faulty, population)


def discovery_size(faulty: int, population: int, chance: float = 0.95) -> int:
    """The fewest of `population` cases to read to see at least one of the faulty ones with that chance.

    Raises ValueError unless at least one and at most all are faulty, and the chance lies between 0 and 1.
    """
    if not 1 <= faulty <= population or not 0 < chance < 1:
        raise ValueError("at least one case must be faulty and at most all, and the chance lie between 0 and 1")
    return _first(0, population, lambda n: _none_seen(n, faulty, population) <= 1 - chance + _ROUNDING)


def most_faulty(n: int, population: int, chance: float = 0.95) -> int:
    """When n of `population` cases show no fault: the most that may be faulty all the same, with that confidence.

    One more, and a sample as large would have shown at least one with that chance or a better one.
    Raises ValueError unless 0 <= n <= population and the chance lies between 0 and 1.
    """
    if not 0 <= n <= population or population < 1 or not 0 < chance < 1:
        raise ValueError("the sample must lie between nothing and all, and the chance between 0 and 1")
    # With n read and clean, the others are all that can be faulty.
    doubt = 1 - chance + _ROUNDING
    return _first(0, population - n + 1, lambda faulty: _none_seen(n, faulty, population) <= doubt) - 1


def size_to_say_at_most(share: float, population: int, chance: float = 0.95) -> int:
    """The fewest to read, all without fault, to say with that confidence that at most a share (0 to 1) is faulty.

    Raises ValueError unless the share and the chance lie between 0 and 1.
    """
    if not 0 <= share < 1 or population < 1 or not 0 < chance < 1:
        raise ValueError("the share and the chance must lie between 0 and 1")
    allowed = at_most_cases(share, population)
    return _first(0, population, lambda n: most_faulty(n, population, chance) <= allowed)


def at_least_cases(share: float, population: int) -> int:
    """The fewest whole cases that are at least a share (0 to 1) of the population; one where it is above nothing."""
    return max(1 if share > 0 else 0, ceil(share * population - _ROUNDING * population))


def at_most_cases(share: float, population: int) -> int:
    """The most whole cases that are at most a share (0 to 1) of the population."""
    return int(share * population + _ROUNDING * population)


def z_of(confidence: float) -> float:
    """The standard normal value that leaves half the doubt on each side. Raises ValueError unless between 0 and 1."""
    if not 0 < confidence < 1:
        raise ValueError("the confidence must lie between 0 and 1")
    return NormalDist().inv_cdf((1 + confidence) / 2)


def _none_seen(n: int, faulty: int, population: int) -> float:
    """The chance that n cases drawn without replacement are all of the others."""
    if n + faulty > population:
        return 0.0
    # In logarithms, and over the smaller of the two, because it is the same seen from either side.
    few, many = sorted((n, faulty))
    return exp(fsum(log(population - many - i) - log(population - i) for i in range(few)))


def _first(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """The least whole number from `low` to `high` of which something holds, where it goes on holding from there on."""
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low
