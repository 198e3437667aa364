"""A table of counts with all its totals, as the sums that tie its figures together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

Key = tuple[str | None, ...]
"""The place of a figure: a category for each dimension, None where it is the total over all of them."""

FEWEST_UNITS = 3
"""A row made by fewer schools, homes or teams than this tells of them."""


class TableError(ValueError):
    """A table cannot be used. The message says why, in plain words."""


class Sum(NamedTuple):
    """One sum in a table: a total and its parts."""

    total: Key
    parts: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Dimension:
    """What a table is divided by, and the categories, in order."""

    name: str
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CrossTable:
    """Counts by one, two or three dimensions; what is not given is 0. Totals are worked out, never given.

    `marked` cells hold a symbol (`z`, `:`) in the place of a count, and count as 0 in the totals. `units` says of how
    many schools, homes or teams a cell is made, where that is known.
    """

    dimensions: tuple[Dimension, ...]
    counts: Mapping[Key, int]
    marked: Mapping[Key, str] = field(default_factory=dict)
    units: Mapping[Key, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not 1 <= len(self.dimensions) <= 3:
            raise TableError("A table has one, two or three dimensions.")
        for dimension in self.dimensions:
            if not dimension.categories or len(set(dimension.categories)) != len(dimension.categories):
                raise TableError(f"The categories of {dimension.name} must be there, and each once.")
        places = set(self.cells())
        for key in (*self.counts, *self.marked, *self.units):
            if key not in places:
                raise TableError(f"There is no cell {' / '.join(str(part) for part in key)} in this table.")
        if any(count < 0 for count in self.counts.values()):
            raise TableError("A count cannot be negative.")

    def cells(self) -> list[Key]:
        """The places of the cells inside, without totals."""
        return list(product(*(dimension.categories for dimension in self.dimensions)))

    def values(self) -> dict[Key, int]:
        """Every figure: the cells inside and every total."""
        values: dict[Key, int] = {}
        for key in product(*((*dimension.categories, None) for dimension in self.dimensions)):
            values[key] = 0
        for key, count in self.counts.items():
            for place in product(*((part, None) for part in key)):
                values[place] += count
        return values

    def sums(self) -> tuple[Sum, ...]:
        """Every sum that holds: along each dimension, for each category or total of the others."""
        sums = []
        for at, dimension in enumerate(self.dimensions):
            others: list[Sequence[str | None]] = [
                (None,) if place == at else (*other.categories, None) for place, other in enumerate(self.dimensions)
            ]
            for total in product(*others):
                parts = tuple((*total[:at], category, *total[at + 1 :]) for category in dimension.categories)
                sums.append(Sum(total, parts))
        return tuple(sums)

    def combined(self, dimension: str, categories: Sequence[str]) -> "CrossTable":
        """The same counts with some categories of a dimension taken together.

        A cell that was marked is no longer so once it is added to one that was not.
        """
        at = next(place for place, entry in enumerate(self.dimensions) if entry.name == dimension)
        name = " and ".join(categories)
        entry = self.dimensions[at]
        kept: list[str] = []
        for category in entry.categories:
            new = name if category in categories else category
            if new not in kept:
                kept.append(new)

        def moved(key: Key) -> Key:
            return (*key[:at], name, *key[at + 1 :]) if key[at] in categories else key

        counts: dict[Key, int] = {}
        units: dict[Key, int] = {}
        for key in self.cells():
            if key not in self.marked:
                counts[moved(key)] = counts.get(moved(key), 0) + self.counts.get(key, 0)
            if key in self.units:
                units[moved(key)] = units.get(moved(key), 0) + self.units[key]
        marked = {moved(key): sign for key, sign in self.marked.items() if moved(key) not in counts}
        dimensions = (*self.dimensions[:at], Dimension(dimension, tuple(kept)), *self.dimensions[at + 1 :])
        return CrossTable(dimensions, counts, marked, units)
