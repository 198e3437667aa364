"""How sure a figure is that rests on some files: the files are drawn anew, again and again, from themselves.

The percentile bootstrap (Efron 1979). Whole files are drawn, so that the answers about one child stay together. The
seed makes the same files give the same interval.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from goldthread.domain.intervals import Interval

RESAMPLES = 1000
MOST_UNDEFINED = 0.05
"""The share of resamples for which a figure may be undefined before no interval is told."""

Drawn = TypeVar("Drawn")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its 95% interval. Where either cannot be told it is None, and `why` says so in a sentence."""

    value: float | None
    interval: Interval | None = None
    why: str = ""


def resampled(
    files: Sequence[Sequence[Drawn]], told: Callable[[list[Drawn]], float | None], seed: str, times: int = RESAMPLES
) -> list[float | None]:
    """What a figure would have been, had other files of the same kind been read: once for each drawing."""
    dice, count = Random(seed), len(files)  # noqa: S311 - drawn to be repeated, not to be secret
    found = []
    for _ in range(times):
        drawn: list[Drawn] = []
        for _ in range(count):
            drawn.extend(files[int(dice.random() * count)])
        found.append(told(drawn))
    return found


def percentile_interval(found: Sequence[float | None]) -> Interval | None:
    """The interval that leaves 2.5% of the resamples on either side; None where too many of them say nothing, or where
    all say the same, which tells nothing of how sure the figure is."""
    said = sorted(one for one in found if one is not None)
    if not said or len(said) < (1 - MOST_UNDEFINED) * len(found) or said[0] == said[-1]:
        return None
    return Interval(_quantile(said, 0.025), _quantile(said, 0.975))


def _quantile(ordered: Sequence[float], share: float) -> float:
    """The value below which a share of the ordered values lies, between two of them in proportion."""
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])
