"""Counts by one or two things, as a chart shows them; where a count is withheld, there is none."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

WITHHELD = "c"
"""What stands in a table in the place of a count that is withheld."""

Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of each `first`, and of each `second` within it. A tally by one thing has one `second`, the empty one.

    A count that is None is withheld, so that nobody can be recognised; what is not given is 0. `numbered` are the
    categories as marks number them, where a chart shows others than were counted. `totals` are sums of a `first` that
    may be shown although a part of them is withheld. `members` names what was taken together, by its new name; such a
    category leads to no list.
    """

    first: tuple[str, ...]
    second: tuple[str, ...]
    counts: Mapping[Place, int | None]
    numbered: tuple[str, ...] = ()
    totals: Mapping[str, int] = field(default_factory=dict)
    members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def at(self, first: str, second: str = "") -> int | None:
        """The count of one place; None where it is withheld."""
        return self.counts.get((first, second), 0)

    def shown(self, first: str, second: str = "") -> int | str:
        """The count of one place as a table shows it."""
        count = self.at(first, second)
        return WITHHELD if count is None else count

    def mark(self, first: str, second: str = "") -> str:
        """The name of a place in an address: the numbers of its categories and none of its words; empty for others."""
        numbered = self.numbered or self.first
        if self.members:
            return ""
        return f"{numbered.index(first)}-{self.second.index(second)}" if first in numbered else ""

    def link(self, first: str, second: str = "") -> str:
        """The mark of a place that somebody is in, and may be shown to be; empty where a mark would lead nowhere."""
        return self.mark(first, second) if self.at(first, second) else ""

    def showing(self, first: Iterable[str]) -> "Tally":
        """The same counts for other categories, those that nobody is in among them; marks keep their names."""
        wanted = tuple(first)
        counts = {place: count for place, count in self.counts.items() if place[0] in wanted}
        return Tally(wanted, self.second, counts, self.numbered or self.first, self.totals, self.members)

    def place(self, mark: str) -> Place:
        """The place of a mark. Raises KeyError where there is none."""
        first, _, second = mark.partition("-")
        if not (first.isascii() and first.isdigit() and second.isascii() and second.isdigit()):
            raise KeyError(mark)
        try:
            return self.first[int(first)], self.second[int(second)]
        except IndexError:
            raise KeyError(mark) from None

    @property
    def whole(self) -> bool:
        """Whether nothing is withheld and nothing taken together, so that it may be said what is the largest."""
        return None not in self.counts.values() and not self.members

    def those(self, names: Iterable[str]) -> tuple[str, ...]:
        """The categories that are among some names, or made of nothing else."""
        wanted = set(names)
        return tuple(
            one for one in (*self.first, *self.second) if set(self.members.get(one, (one,))) <= wanted
        )  # fmt: skip

    def sum(self, first: str | None = None, second: str | None = None) -> int | None:
        """The sum of a row, a column or everything; None where a part of it is withheld."""
        held = [
            self.at(one, two)
            for one in (self.first if first is None else (first,))
            for two in (self.second if second is None else (second,))
        ]
        return None if None in held else sum(count for count in held if count is not None)

    def total(self, first: str) -> int | None:
        """The sum of a row where it may be shown, though parts of it be withheld."""
        known = self.sum(first=first)
        return self.totals.get(first) if known is None else known

    def parts(self, first: str) -> list[tuple[str, int]]:
        """The parts of a row that may be shown and hold somebody, and under `WITHHELD` what is left of its sum.

        Where the sum may not be shown nothing is known to be left.
        """
        shown = [(second, count) for second in self.second if (count := self.at(first, second))]
        left = (self.total(first) or 0) - sum(count for _, count in shown)
        return [*shown, (WITHHELD, left)] if left > 0 else shown

    def says(self) -> str:
        """How many are counted, for the line under a chart."""
        total = self.sum()
        if total is None and all(one in self.totals for one in self.first):
            total = sum(self.totals[one] for one in self.first)
        return "n withheld: small numbers" if total is None else f"n = {total:,}"


def tally(rows: Iterable[Place], first: Iterable[str], second: Iterable[str] = ("",)) -> Tally:
    """Count rows by their two categories, in the order given. A category that is not given raises ValueError."""
    one, two = tuple(first), tuple(second)
    counts: dict[Place, int | None] = dict.fromkeys(((a, b) for a in one for b in two), 0)
    for place in rows:
        if place not in counts:
            raise ValueError(f"{' / '.join(place)} is none of the categories")
        counts[place] = (counts[place] or 0) + 1
    return Tally(one, two, counts)
