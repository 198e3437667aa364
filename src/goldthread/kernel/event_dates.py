"""Which columns of the lists hold the date of something that happened: every date but the birth date."""

from goldthread.kernel.table import Kind
from goldthread.kernel.tables import TABLES

EVENT_DATES: dict[str, tuple[str, ...]] = {
    name: tuple(column.name for column in table.columns if column.kind is Kind.DATE and column.name != "born_on")
    for name, table in TABLES.items()
}
"""Event-date columns by list. Annex A asks for no planned dates, so each should lie on or before the extract."""

CHILD_LISTS: tuple[str, ...] = tuple(name for name in TABLES if name != "adopters")
"""Lists 1 to 10, whose rows are about a child."""
