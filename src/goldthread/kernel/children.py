"""Which children a form knows: everybody about whom one of its rows is."""

import polars as pl

from goldthread.kernel.event_dates import CHILD_LISTS
from goldthread.kernel.forms.ssd_links import PERSON
from goldthread.kernel.reading import Reading
from goldthread.kernel.rules.returns import HEADERS

WHOSE: dict[str, tuple[tuple[str, str], ...]] = {
    "annex_a": tuple((name, "child") for name in CHILD_LISTS),
    "ssda903": (HEADERS["ssda903"],),
    "cin": (HEADERS["cin"],),
    "ssd": (PERSON,),
}
"""The tables and columns that say whom a form knows. The practice record knows nobody: it is what is asked about."""


def children_of(reading: Reading) -> frozenset[str]:
    """The numbers of the children whom the form knows."""
    found = [
        reading.tables[table].select(pl.col(column).alias("child")).drop_nulls()
        for table, column in WHOSE.get(reading.form, ())
        if table in reading.found
    ]
    return frozenset(pl.concat(found)["child"].to_list()) if found else frozenset()
