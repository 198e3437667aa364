"""Planting defects: faults that a careful reader of the lists should find, each with the rule that finds it.

The rules have the codes of our own proposals for Annex A (there is no official set). No child gets two defects, so
that each stands alone; what a defect makes doubtful elsewhere is kept with it.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from goldthread.kernel.tables import TABLES
from goldthread.synthetic.dice import Dice
from goldthread.synthetic.rows import Lists, Row

ONE_IN = 150
"""Rows to a defect, unless told otherwise."""

FIRST_ROW = 3
"""The sheet row of a list's first row: a title and the headings stand above."""


@dataclass(frozen=True, slots=True)
class Defect:
    """One planted defect, at the place where a person would look for it.

    `row` counts as the sheet does. `also` names rules that cannot help finding the same fault, and `touches` the
    other rows (table, row) at which it may rightly be reported too.
    """

    rule: str
    table: str
    list: int
    sheet: str
    row: int
    column: str
    heading: str
    planted: str
    also: tuple[str, ...] = ()
    touches: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """What a change did: the row that now holds the defect, the raw text of its cell, other rows concerned."""

    row: Row
    written: str | None = None
    touches: tuple[tuple[str, Row], ...] = ()


@dataclass(slots=True)
class Ground:
    """The lists to plant in, with what a planter may ask of them."""

    lists: Lists
    as_at: date
    opens: date
    name: str
    dice: Dice
    used: set[str] = field(default_factory=set)
    _by_child: dict[str, list[tuple[str, Row]]] = field(default_factory=dict)
    _whose: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, rows in self.lists.items():
            for row in rows:
                self._whose[id(row)] = str(row.get("child") or row["adopter"])
                self._by_child.setdefault(self._whose[id(row)], []).append((name, row))

    def is_free(self, row: Row) -> bool:
        """Whether the row is one of the story's, and its child has no defect yet."""
        return id(row) in self._whose and self._whose[id(row)] not in self.used

    def take(self, row: Row) -> None:
        """Let no other defect have the row's child."""
        self.used.add(self._whose[id(row)])

    def rows_of(self, row: Row, table: str | None = None) -> list[Row]:
        """Every row of the same child, in all lists or in one."""
        return [other for name, other in self._by_child[self._whose[id(row)]] if table in (None, name)]

    def places_of(self, row: Row) -> list[tuple[str, Row]]:
        """Every row of the same child, with its list."""
        return list(self._by_child[self._whose[id(row)]])

    def others(self, row: Row, table: str) -> tuple[tuple[str, Row], ...]:
        """The other rows of the same child in one list."""
        return tuple((table, other) for other in self.rows_of(row, table) if other is not row)

    def add_after(self, table: str, row: Row, copy: Row) -> None:
        """Put a row right below another."""
        rows = self.lists[table]
        rows.insert(next(place for place, each in enumerate(rows) if each is row) + 1, copy)

    def remove(self, table: str, child: str) -> None:
        """Take a child out of a list."""
        self.lists[table] = [row for row in self.lists[table] if row["child"] != child]


Fits = Callable[[Ground, Row], bool]
Change = Callable[[Ground, Row], Done]


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of defect: the rule that finds it, where it is planted, which rows suit, and what is changed."""

    rule: str
    table: str
    column: str
    planted: str
    change: Change
    fits: Fits = lambda _ground, _row: True
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Planted:
    """The defects, and the raw texts that stand in cells whose value the canonical tables cannot hold."""

    defects: tuple[Defect, ...]
    written: dict[tuple[str, int, str], str]


def plant(ground: Ground, faults: Sequence[Fault], count: int) -> Planted:
    """Plant about `count` defects, one kind after the other and round again, while there are rows that suit."""
    made: list[tuple[Fault, Done]] = []
    waiting = {place: _suited(ground, fault) for place, fault in enumerate(faults)}
    while waiting and len(made) < count:
        for place in list(waiting):
            if len(made) >= count:
                break
            row = next(waiting[place], None)
            if row is None:
                del waiting[place]
                continue
            ground.take(row)
            made.append((faults[place], faults[place].change(ground, row)))
    return _located(ground.lists, made)


def _suited(ground: Ground, fault: Fault) -> Iterator[Row]:
    """Rows that suit, in random order. What suits is looked at late, when other defects have been planted."""
    for row in ground.dice.shuffled(ground.lists[fault.table]):
        if ground.is_free(row) and fault.fits(ground, row):
            yield row


def _located(lists: Lists, made: list[tuple[Fault, Done]]) -> Planted:
    """Sheet rows can be told only when every row that had to be added or taken out has been."""
    place = {id(row): number for rows in lists.values() for number, row in enumerate(rows, start=FIRST_ROW)}
    defects: list[Defect] = []
    written: dict[tuple[str, int, str], str] = {}
    for fault, done in made:
        table = TABLES[fault.table]
        row = place[id(done.row)]
        if done.written is not None:
            written[fault.table, row, fault.column] = done.written
        defects.append(
            Defect(
                fault.rule,
                fault.table,
                table.number,
                f"List_{table.number}",
                row,
                fault.column,
                table.column(fault.column).says,
                fault.planted,
                fault.also,
                tuple((name, place[id(other)]) for name, other in done.touches if id(other) in place),
            )
        )
    return Planted(tuple(sorted(defects, key=lambda each: (each.list, each.row, each.rule))), written)


def kinds(defects: Sequence[Defect]) -> dict[str, int]:
    """How many defects there are of each rule."""
    return dict(sorted(Counter(defect.rule for defect in defects).items()))
