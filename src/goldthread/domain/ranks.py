"""How sure a rank is: what chance alone would do to it, from a bootstrap that comes out the same each time.

Each authority's numerator is drawn again, as many times as asked, from the binomial with its own share and
denominator; each time all are ranked anew. The middle 90% of an authority's ranks is its interval. The draws come
from Python's own generator with the seed given, in the order of the units, so the same input gives the same interval.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log, log1p, sqrt
from random import Random

from goldthread.domain.funnels import Unit
from goldthread.domain.quartiles import quantile, rank

DRAWS = 1_000
NORMAL_FROM = 25.0
"""From this variance on, the binomial is drawn as a normal deviate, rounded."""


@dataclass(frozen=True, slots=True)
class Rank:
    """A rank among so many, with the interval from the 5th to the 95th percentile of the ranks drawn."""

    rank: int
    low: int
    high: int
    authorities: int


def rank_intervals(units: Sequence[Unit], *, high_is_better: bool, seed: int, draws: int = DRAWS) -> dict[str, Rank]:
    """Each authority's rank with its interval, by name. Raises ValueError for a name twice, or fewer than 100 draws."""
    names = [unit.name for unit in units]
    if len(set(names)) != len(names):
        raise ValueError("every authority may appear once only")
    if draws < 100:
        raise ValueError("an interval needs a hundred draws at least")
    chance = Random(seed)  # noqa: S311 - a reproducible draw, no secret
    sign = -1 if high_is_better else 1
    ranks: list[list[int]] = [[] for _ in units]
    for _ in range(draws):
        shares = [sign * _binomial(chance, unit) / unit.denominator for unit in units]
        best: dict[float, int] = {}
        for place, share in enumerate(sorted(shares), 1):
            best.setdefault(share, place)
        for of_unit, share in zip(ranks, shares, strict=True):
            of_unit.append(best[share])
    seen = [unit.numerator / unit.denominator for unit in units]
    return {
        unit.name: Rank(
            rank(share, seen, high_is_better=high_is_better),
            round(quantile(of_unit, 0.05)),
            round(quantile(of_unit, 0.95)),
            len(units),
        )
        for unit, share, of_unit in zip(units, seen, ranks, strict=True)
    }


def _binomial(chance: Random, unit: Unit) -> int:
    """One draw from the binomial with the unit's share and denominator."""
    n, p = unit.denominator, unit.numerator / unit.denominator
    if p in (0.0, 1.0):
        return unit.numerator
    if n * p * (1 - p) >= NORMAL_FROM:
        return min(n, max(0, round(chance.gauss(n * p, sqrt(n * p * (1 - p))))))
    rare = min(p, 1 - p)
    # The gaps between one rare event and the next are geometric: far fewer draws than one for each child.
    hits, place, step = 0, 0, log1p(-rare)
    while True:
        place += int(log(1.0 - chance.random()) / step) + 1
        if place > n:
            return hits if rare == p else n - hits
        hits += 1
