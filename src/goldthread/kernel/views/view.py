"""What a view is: rows that measures can ask, worked out from the record for one day."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import polars as pl

from goldthread.kernel.context import Context
from goldthread.kernel.record.tables import RECORD
from goldthread.kernel.table import Table

Record = Mapping[str, pl.LazyFrame]
Make = Callable[[Record, Context], pl.LazyFrame]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One view: its table, how it is made, and what of the record it stands on.

    Without the tables of `needs` it has no rows. `feeds` names the tables that a single column needs besides; where one
    was not handed in the column is blank, and no measure may read that as a no. `history` are the columns that are
    wrong where the record has the latest event only.
    """

    table: Table
    make: Make
    needs: tuple[str, ...]
    feeds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    history: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        for name in (*self.needs, *(name for names in self.feeds.values() for name in names)):
            RECORD[name]
        for name in (*self.feeds, *self.history):
            self.table.column(name)

    def asks(self, columns: tuple[str, ...]) -> frozenset[str]:
        """The tables of the record that these columns stand on."""
        return frozenset(self.needs).union(*(self.feeds.get(name, ()) for name in columns))


def shaped(rows: pl.LazyFrame, table: Table) -> pl.LazyFrame:
    """Rows with exactly the columns of the view, numbered; columns that were not made are blank."""
    names = rows.collect_schema().names()
    columns = [
        (pl.col(column.name) if column.name in names else pl.lit(None)).cast(column.dtype).alias(column.name)
        for column in table.columns
    ]
    return rows.select(columns).with_row_index("row", offset=1).with_columns(pl.col("row").cast(pl.Int64))
