"""The forms: what an authority hands in, each a set of tables as they are handed in.

A form is one line in `FORMS` and a module that declares its tables. Table names are unique over all forms, so that
a name alone says which table is meant.
"""

from dataclasses import dataclass

from goldthread.kernel.forms.cin import CIN_TABLES
from goldthread.kernel.forms.practice import PRACTICE_TABLES
from goldthread.kernel.forms.ssd import SSD_TABLES
from goldthread.kernel.forms.ssda903 import SSDA903_TABLES
from goldthread.kernel.table import Table
from goldthread.kernel.tables import TABLES


@dataclass(frozen=True, slots=True)
class Form:
    """One form: its name, what people call it, its tables in order.

    `yearly`: it is about one collection year. `called` is the word for it in a sentence about one of its files.
    `since` is the first year of which there can be one: of a return the first that was collected child by child, of
    extracts our own limit. `known` are the collection years, first and last, whose columns and codes stand in `tables`.
    """

    name: str
    title: str
    tables: tuple[Table, ...]
    yearly: bool = False
    called: str = "return"
    since: int = 2010
    known: tuple[int, int] | None = None

    def by_name(self) -> dict[str, Table]:
        """Its tables by their names, in order."""
        return {table.name: table for table in self.tables}

    def numbers(self) -> dict[str, int]:
        """The number of each table by its name: of a list of Annex A its own, of other tables their place in order."""
        return {table.name: table.number or place for place, table in enumerate(self.tables, 1)}


FORMS: dict[str, Form] = {
    form.name: form
    for form in (
        Form("annex_a", "Annex A child-level lists", tuple(TABLES.values()), called="workbook"),
        # Of every child looked after there are returns from 1991-92 on, and the CIN census began in 2008-09.
        Form(
            "ssda903", "SSDA903 return (children looked after)", SSDA903_TABLES, yearly=True,
            since=1992, known=(2021, 2027),
        ),
        Form("cin", "CIN census (children in need)", CIN_TABLES, yearly=True, since=2009, known=(2021, 2026)),
        Form("ssd", "Standard Safeguarding Dataset", SSD_TABLES, called="dataset"),
        Form("practice", "Practice record", PRACTICE_TABLES, called="practice record"),
    )
}  # fmt: skip

TABLES_OF_ALL_FORMS: dict[str, Table] = {}
for _form in FORMS.values():
    for _table in _form.tables:
        if _table.form != _form.name or _table.name in TABLES_OF_ALL_FORMS:
            raise ValueError(f"the table {_table.name} has another form's name or stands in {_form.name} too")
        TABLES_OF_ALL_FORMS[_table.name] = _table
