"""Chance, repeatable: every room of the story throws its own dice, so that a change in one leaves the others alone."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


class Weights(Generic[T]):
    """Values and how likely each is. The weights need not add up to one."""

    def __init__(self, weights: Mapping[T, float]) -> None:
        self.values = tuple(weights)
        self.cumulative = list(accumulate(weights.values()))


class Dice:
    """A seeded source of chance for one room of the story. The same seed and room always throw the same."""

    def __init__(self, seed: int, room: str) -> None:
        # Not for secrets: the whole point is that anybody can throw the same again.
        self._random = Random(f"goldthread/{seed}/{room}")  # noqa: S311

    def fork(self) -> "Dice":
        """Dice of their own for one part of a story: however often they are thrown, these go on as before."""
        other = Dice.__new__(Dice)
        other._random = Random(self._random.getrandbits(64))  # noqa: S311
        return other

    def wait(self, mean: float) -> float:
        """How long until something that happens, on average, once in `mean`."""
        return self._random.expovariate(1.0 / mean)

    def chance(self, share: float) -> bool:
        """True in `share` of throws."""
        return self._random.random() < share

    def point(self, low: float, high: float) -> float:
        """A number between two numbers."""
        return low + (high - low) * self._random.random()

    def number(self, low: int, high: int) -> int:
        """A whole number between two, both included; `low` where they are the wrong way round."""
        return low + int(self._random.random() * (max(low, high) - low + 1))

    def leaning(self, low: int, mode: int, high: int) -> int:
        """A whole number from low to high that leans towards `mode`."""
        return round(self._random.triangular(low, high, min(max(mode, low), high)))

    def pick(self, weights: Weights[T]) -> T:
        """One of the values, by their weights."""
        place = bisect_right(weights.cumulative, self._random.random() * weights.cumulative[-1])
        return weights.values[min(place, len(weights.values) - 1)]

    def one_of(self, values: Sequence[T]) -> T:
        """One of the values, all equally likely."""
        return values[int(self._random.random() * len(values))]

    def some(self, values: Sequence[T], count: int) -> list[T]:
        """As many of the values as asked for, or all, without repeats, in random order."""
        return self._random.sample(values, min(count, len(values)))

    def shuffled(self, values: Sequence[T]) -> list[T]:
        """All the values in random order."""
        return self._random.sample(values, len(values))

    def day(self, first: date, last: date) -> date:
        """Any date between two, both included; `first` where they are the wrong way round."""
        return first + timedelta(days=self.number(0, (last - first).days))
