"""Planting flaws in the files of a return while they are written: which row, which rule finds it, what was done.

No child gets two flaws in one return, so that each stands alone. The rules of the 903 and the CIN census have their
official codes; those of the dataset and the practice record are the house's own, and begin with SSD and PR.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from goldthread.synthetic.dice import Dice

Record = dict[str, Any]
Change = Callable[[Record, Dice], Sequence[Record]]


@dataclass(frozen=True, slots=True)
class Flaw:
    """One kind of flaw: the rule that finds it, its file and column, and the rows that stand there afterwards."""

    rule: str
    file: str
    column: str
    planted: str
    change: Change
    fits: Callable[[Record], bool] = lambda _: True


@dataclass(frozen=True, slots=True)
class Found:
    """A planted flaw. `row` counts as a person would, the headings being row 1 (for XML, the line of the element)."""

    rule: str
    file: str
    row: int
    column: str
    child: str
    planted: str


@dataclass(slots=True)
class Sower:
    """Sows flaws over the rows of a return as they go by, about one in `one_in`."""

    dice: Dice
    flaws: Sequence[Flaw]
    one_in: int
    whose: Mapping[str, str]
    sown: Counter[str] = field(default_factory=Counter)
    used: set[str] = field(default_factory=set)

    def sow(self, file: str, record: Record) -> tuple[Sequence[Record], Flaw | None]:
        """The rows to write in the place of one, and the flaw that is in them, if any."""
        if not self.dice.chance(1.0 / self.one_in):
            return (record,), None
        child = str(record.get(self.whose.get(file, ""), ""))
        able = [flaw for flaw in self.flaws if flaw.file == file and flaw.fits(record)]
        if not child or child in self.used or not able:
            return (record,), None
        flaw = min(able, key=lambda each: (self.sown[each.rule], each.rule))
        self.sown[flaw.rule] += 1
        self.used.add(child)
        return flaw.change(record, self.dice), flaw


def put(column: str, value: object) -> Change:
    """Write a value into a column."""
    return lambda record, _: ({**record, column: value},)


def filled(*columns: str) -> Callable[[Record], bool]:
    """Whether every one of the columns has something in it."""
    return lambda record: all(record.get(column) not in (None, "") for column in columns)


def swapped(one: str, other: str) -> Change:
    """Change two cells for each other."""
    return lambda record, _: ({**record, one: record[other], other: record[one]},)


def twice(record: Record, _: Dice) -> Sequence[Record]:
    """Write the row a second time."""
    return (record, record)


def left_out(_record: Record, _: Dice) -> Sequence[Record]:
    """Leave the row out."""
    return ()
