"""Which columns of the lists hold the date of something that happened: every date but the birth date."""

from datetime import date

from goldthread.kernel.table import Kind
from goldthread.kernel.tables import TABLES

EVENT_DATES: dict[str, tuple[str, ...]] = {
    name: tuple(column.name for column in table.columns if column.kind is Kind.DATE and column.name != "born_on")
    for name, table in TABLES.items()
}
"""Event-date columns by list. Annex A asks for no planned dates, so each should lie on or before the extract."""

CHILD_LISTS: tuple[str, ...] = tuple(name for name in TABLES if name != "adopters")
"""Lists 1 to 10, whose rows are about a child."""

PLACEHOLDERS = frozenset(
    {
        date(1900, 1, 1),
        date(1900, 1, 2),
        date(1901, 1, 1),
        date(1753, 1, 1),
        date(1970, 1, 1),
        date(2099, 12, 31),
        date(2999, 12, 31),
        date(3000, 1, 1),
        date(9999, 12, 31),
    }
)
"""Dates that systems write where none is known. They are read as they stand, and told."""
