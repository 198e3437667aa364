"""Where one value stands among all authorities: quartiles, bands from A (best) to D, and ranks."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Band(StrEnum):
    """A quarter of the authorities, A being the best."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which a share of the values lies: the type 7 quantile, which spreadsheets and R use.

    Raises ValueError for no values, or a share outside 0 to 1.
    """
    if not values or not 0 <= share <= 1:
        raise ValueError("a quantile needs values, and a share from 0 to 1")
    ordered = sorted(values)
    place = (len(ordered) - 1) * share
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


@dataclass(frozen=True, slots=True)
class Quartiles:
    """The three values that part authorities into four quarters, from how many of them."""

    lower: float
    middle: float
    upper: float
    authorities: int


def quartiles(values: Sequence[float]) -> Quartiles:
    """The quartiles of the authorities that have a value. Raises ValueError for none."""
    return Quartiles(quantile(values, 0.25), quantile(values, 0.5), quantile(values, 0.75), len(values))


def band(value: float, of: Quartiles, *, high_is_better: bool) -> Band:
    """The quarter in which a value lies; a value equal to a quartile belongs to the quarter below it in size."""
    above = sum(value > edge for edge in (of.lower, of.middle, of.upper))
    return tuple(Band)[3 - above if high_is_better else above]


def rank(value: float, values: Sequence[float], *, high_is_better: bool) -> int:
    """1 for the best; authorities with the same value share the better rank."""
    return 1 + sum(other > value if high_is_better else other < value for other in values)
