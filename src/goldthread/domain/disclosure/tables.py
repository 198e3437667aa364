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


JOINED = " and "
"""Joins the names of categories that should be taken together, in advice."""

TOGETHER = " + "
"""Joins the names of categories that were taken together, in a table or a picture that leaves."""


@dataclass(frozen=True, slots=True)
class Merging:
    """Which categories may be taken together: those of one of the `families`, or any where none are given.

    Where they are `in_order` (ages, bands, months) only neighbours may be.
    """

    families: tuple[tuple[str, ...], ...] = ()
    in_order: bool = False

    def allows(self, one: tuple[str, ...], other: tuple[str, ...]) -> bool:
        """Whether two may be taken together, each given by the categories that it is already made of."""
        return not self.families or any({*one, *other} <= set(family) for family in self.families)


@dataclass(frozen=True, slots=True)
class Dimension:
    """What a table is divided by, and the categories, in order.

    `merging` says which of them may be taken together, None that none may; `members` of what those already are made.
    """

    name: str
    categories: tuple[str, ...]
    merging: Merging | None = Merging()
    members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def made_of(self, category: str) -> tuple[str, ...]:
        """The categories that were taken together in one; itself where none were."""
        return self.members.get(category, (category,))

    def pairs(self, sizes: Mapping[str, int]) -> list[tuple[str, str]]:
        """Which two may be taken together next: those side by side, and the two smallest, in their order."""
        if self.merging is None or len(self.categories) < 2:
            return []
        two = sorted(sorted(self.categories, key=lambda name: sizes[name])[:2], key=self.categories.index)
        found = [*zip(self.categories, self.categories[1:], strict=False)]
        if not self.merging.in_order:
            found.append((two[0], two[1]))
        allows = self.merging.allows
        return [pair for pair in dict.fromkeys(found) if allows(self.made_of(pair[0]), self.made_of(pair[1]))]

    def combined(self, categories: Sequence[str]) -> "Dimension":
        """The same with some categories taken together, in the place of the first."""
        name = JOINED.join(categories)
        kept = dict.fromkeys(name if category in categories else category for category in self.categories)
        made_of = tuple(part for category in categories for part in self.made_of(category))
        members = {one: held for one, held in self.members.items() if one not in categories}
        return Dimension(self.name, tuple(kept), self.merging, {**members, name: made_of})


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
        name = JOINED.join(categories)

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
        dimensions = (*self.dimensions[:at], self.dimensions[at].combined(categories), *self.dimensions[at + 1 :])
        return CrossTable(dimensions, counts, marked, units)
