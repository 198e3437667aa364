"""An invented authority: its eleven lists as canonical frames, and the truth about what was planted in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from goldthread.kernel.tables import TABLES
from goldthread.synthetic import (
    faults_care,
    faults_general,
    faults_of_care_practice,
    faults_of_practice,
    faults_protection,
)
from goldthread.synthetic.defects import FIRST_ROW, ONE_IN, Defect, Fault, Ground, Planted, plant
from goldthread.synthetic.rows import Lists, Row
from goldthread.synthetic.scene import Scene
from goldthread.synthetic.story import tell
from goldthread.synthetic.truth import Share, shares

FAULTS: tuple[Fault, ...] = (
    *faults_general.FAULTS,
    *faults_protection.FAULTS,
    *faults_care.FAULTS,
    *faults_of_practice.FAULTS,
    *faults_of_care_practice.FAULTS,
)
"""Every kind of defect that can be planted, in the order in which they are."""

SMALLEST, LARGEST = 0.01, 10.0
"""The sizes that can be made, as multiples of an authority of Derbyshire's size."""

FIRST_DAY, LAST_DAY = date(2021, 1, 1), date(2038, 12, 31)
"""The days for which lists can be made: those for which the bank holidays are known, with room on both sides."""


@dataclass(frozen=True, slots=True)
class AuthoritySpec:
    """What to invent. `size` 1.0 is about Derbyshire's; the same spec always makes the same authority.

    Raises ValueError for a size or day that cannot be made, or a name with no letters in it.
    """

    name: str = "Wrenfordshire"
    size: float = 1.0
    seed: int = 2013
    as_at: date = date(2026, 9, 30)
    defects: bool = True

    def __post_init__(self) -> None:
        if not SMALLEST <= self.size <= LARGEST:
            raise ValueError(f"the size must be from {SMALLEST} to {LARGEST:g}; 1 is an authority of Derbyshire's size")
        if not FIRST_DAY <= self.as_at <= LAST_DAY:
            raise ValueError(f"the day of the lists must be from {FIRST_DAY} to {LAST_DAY}")
        if not any(letter.isalpha() for letter in self.name):
            raise ValueError("the authority needs a name")


@dataclass(frozen=True, slots=True)
class Authority:
    """An invented authority. `tables` are the canonical frames that a reader should make of its workbook.

    `written` holds what stands in a cell that no reader can understand, by table, row and column. `shares` are the
    numerators and denominators of the main measures in the story, before any defect was planted.
    """

    spec: AuthoritySpec
    tables: dict[str, pl.DataFrame]
    truth: tuple[Defect, ...] = ()
    written: Mapping[tuple[str, int, str], str] = field(default_factory=dict)
    shares: tuple[Share, ...] = ()

    @property
    def rows(self) -> int:
        """Rows of all lists together."""
        return sum(frame.height for frame in self.tables.values())


def make(spec: AuthoritySpec) -> Authority:
    """Invent an authority: the same spec makes the same, value for value."""
    scene = Scene.set(spec.name, spec.seed, spec.size, spec.as_at)
    lists = tell(scene)
    told = shares(lists, scene)
    planted = Planted((), {})
    if spec.defects:
        ground = Ground(lists, spec.as_at, scene.opens, spec.name, scene.dice("defects"))
        rows = sum(len(each) for each in lists.values())
        planted = plant(ground, FAULTS, round(rows / ONE_IN))
        lists = ground.lists
    return Authority(spec, frames(lists), planted.defects, planted.written, told)


def frames(lists: Lists) -> dict[str, pl.DataFrame]:
    """The lists as canonical frames, rows numbered as in the sheets."""
    return {name: _frame(name, lists[name]) for name in TABLES}


def _frame(name: str, rows: list[Row]) -> pl.DataFrame:
    schema = TABLES[name].schema()
    columns: dict[str, list[object]] = {column: [row[column] for row in rows] for column in schema if column != "row"}
    columns["row"] = list(range(FIRST_ROW, FIRST_ROW + len(rows)))
    return pl.DataFrame(columns, schema=schema)
