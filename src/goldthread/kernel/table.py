"""What a canonical table is: its columns, their kinds, and what they may tell of a person.

A table belongs to a form, which is what is handed in together (see `kernel/forms`): the eleven lists of Ofsted's
Annex A, the files of the SSDA903 return, the modules of the CIN census, the tables of the Standard Safeguarding
Dataset, the files of the practice record.
A column says its kind, its code list, whether it must be filled, and what may become of it:
`identifier` and `sealed` columns never leave the vault in clear (see `apps/submissions`).
"""

from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from goldthread.kernel.codes import CodeList


class Kind(StrEnum):
    """What a column holds. Text columns keep what was written; the rest are parsed and null where not understood.

    Codes of Annex A are matched to their list. Codes of the returns are kept as written, in capitals, whether or not
    a list knows them, for a rule has to say what is wrong with them; so are flags, whose true and false become 1 and 0,
    and several codes of one cell, parted by commas. A part date is text, day first, its unknown parts written zz.
    """

    TEXT = "text"
    CODE = "code"
    DATE = "date"
    COUNT = "count"
    NUMBER = "number"
    POSTCODE = "postcode"
    FLAG = "flag"
    CODES = "codes"
    PART_DATE = "part_date"


class Privacy(StrEnum):
    """What a value tells about a person, and so where it may go."""

    IDENTIFIER = "identifier"
    SEALED = "sealed"
    STAFF = "staff"
    CASE = "case"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name here, its words in the guidance, its kind, and how it must be treated."""

    name: str
    says: str
    kind: Kind
    codes: CodeList | None = None
    must_fill: bool = False
    newer: bool = False
    privacy: Privacy = Privacy.CASE

    def __hash__(self) -> int:
        # Every table and column stands here once: to hash all that is declared of them costs more than it tells.
        return hash(self.name)

    @property
    def dtype(self) -> type[pl.DataType]:
        """The Polars type that the column has in every canonical frame."""
        return {Kind.DATE: pl.Date, Kind.COUNT: pl.Int64, Kind.NUMBER: pl.Float64}.get(self.kind, pl.String)


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a form. `key` names the columns that tell two rows apart.

    `number` is the list's in Annex A, and 0 in forms whose tables have no numbers. Names are unique over all forms:
    those of the returns begin with `cla_` and `cin_`.
    """

    name: str
    title: str
    number: int
    says: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    form: str = "annex_a"

    def __hash__(self) -> int:
        return hash(self.name)

    @property
    def list_number(self) -> int | None:
        """The number of the list, for frames; None in a form whose tables have no numbers."""
        return self.number or None

    def column(self, name: str) -> Column:
        """The column of that name. Raises KeyError where the table has none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name} has no column {name}")

    def schema(self) -> dict[str, type[pl.DataType]]:
        """Column names and types, the row number first. `row` is the row in the sheet as people count it."""
        return {"row": pl.Int64, **{column.name: column.dtype for column in self.columns}}

    def empty(self) -> pl.DataFrame:
        """A frame of this table with no rows."""
        return pl.DataFrame(schema=self.schema())
