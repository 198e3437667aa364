"""Which table of a return a CSV file is, known by its headings.

The name of a file is asked only where its headings leave open which of several modules of the census it is: when they
are all in both, or when they are numbers of children and episodes alone.

Headings are compared by their letters and digits alone, so that case, spaces and underscores make no difference. Every
file of a return begins with the child; what tells the files apart is the other headings. The tables of the Standard
Safeguarding Dataset tell themselves apart, for each has headings that begin alike.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath

from goldthread.kernel.forms import FORMS
from goldthread.kernel.table import Column, Table
from goldthread.kernel.table_names import TABLE_NAMES
from goldthread.readers.spelling import distance

FORMS_AS_CSV = ("ssda903", "cin", "ssd", "practice")
MOST_ROWS_ABOVE = 15

_CHILD = frozenset({"child", "la_child_id"})
_SHARED = frozenset({"child", "dob", "sex", "la_child_id", "cin_details_id", "cpp_id"})
_LONG_ENOUGH_TO_FORGIVE = 6
_OTHER_NAMES: dict[str, tuple[str, ...]] = {
    "child": ("childid", "childlaid"),
    "place": ("pl", "placement"),
    "uasc": ("uascstatus",),
    "sw_id": ("socialworkerid",),
    "la_child_id": ("childid",),
    "disability": ("disabilities",),
    "assessment_factors": ("factorsidentifiedatassessment", "assessmentfactor", "factors"),
    "cpp_review_date": ("cppreviewdates",),
    "cin_details_id": ("cindetailid",),
}


@cache
def _any_name(forms: tuple[str, ...]) -> frozenset[str]:
    """Every heading's letters that any table of the forms knows."""
    return frozenset(name for form in forms for table in FORMS[form].tables for name in _names(table))


def letters(heading: str) -> str:
    """The letters and digits of a heading, in small letters."""
    return re.sub(r"[^a-z0-9]", "", heading.casefold())


@dataclass(frozen=True, slots=True)
class FileHeadings:
    """The row of headings of a file, and what each of its cells is. `row` counts from 0; `lacking` are the columns
    that the file should have and has not."""

    table: Table
    row: int
    columns: dict[str, int]
    written: dict[str, str]
    extra: tuple[tuple[int, str], ...] = ()
    doubled: tuple[str, ...] = ()
    forgiven: tuple[str, ...] = ()
    weight: float = 0.0

    @property
    def lacking(self) -> tuple[Column, ...]:
        """The columns that the file should have and has not; those that only some years have are not missed."""
        return tuple(column for column in self.table.columns if not column.newer and column.name not in self.columns)


@cache
def _names(table: Table) -> dict[str, str]:
    """What a heading's letters may be, and the column that it then is."""
    found = {letters(column.says): column.name for column in table.columns}
    for column in table.columns:
        for other in _OTHER_NAMES.get(column.name, ()):
            found.setdefault(other, column.name)
    return found


@cache
def _weights(form: str) -> dict[str, float]:
    """How much a column tells: the more, the fewer tables of the form have it."""
    held = Counter(column.name for table in FORMS[form].tables for column in table.columns)
    return {name: 0.1 if name in _SHARED else 1.0 / count for name, count in held.items()}


def _spelt(heading: str, table: Table, taken: dict[str, int]) -> str | None:
    """The one column that a heading means in spite of a slip of spelling; None where there is none, or several."""
    if len(heading) < _LONG_ENOUGH_TO_FORGIVE:
        return None
    most = 1 if len(heading) < 2 * _LONG_ENOUGH_TO_FORGIVE else 2
    near = {
        name
        for other, name in _names(table).items()
        if name not in taken and len(other) >= _LONG_ENOUGH_TO_FORGIVE and distance(heading, other, most) <= most
    }
    return near.pop() if len(near) == 1 else None


def _match(
    cells: Sequence[str | None], plain: Sequence[str], row: int, table: Table, *, forgive: bool
) -> FileHeadings | None:
    names, weights = _names(table), _weights(table.form)
    columns: dict[str, int] = {}
    left: list[tuple[int, str]] = []
    doubled: list[str] = []
    for at, cell in enumerate(cells):
        name = names.get(plain[at])
        if name is not None and name not in columns:
            columns[name] = at
        elif cell and name is not None:
            doubled.append(cell)
        elif cell:
            left.append((at, cell))
    if not columns:
        return None
    forgiven: list[str] = []
    for at, cell in list(left) if forgive else ():
        meant = _spelt(plain[at], table, columns)
        if meant is not None:
            columns[meant] = at
            forgiven.append(cell)
            left.remove((at, cell))
    written = {name: cells[at] or "" for name, at in columns.items()}
    weight = sum(weights[name] for name in columns)
    return FileHeadings(table, row, columns, written, tuple(left), tuple(doubled), tuple(forgiven), weight)


def _good_enough(found: FileHeadings) -> bool:
    """Whether headings are a file of the return: they tell something, and half of them or of the table's are there.

    Without the child, which other lists name otherwise, nearly all of them must be. In the dataset the key of a table
    tells as much, for no other has it.
    """
    own = [name for name in found.columns if name not in _SHARED]
    seen = len(found.columns) + len(found.extra) + len(found.doubled)
    of_table = [column.name for column in found.table.columns if column.name not in _SHARED]
    key = found.table.key[0]
    has_child = bool(_CHILD & set(found.columns)) or (found.table.form == "ssd" and "_" in key and key in found.columns)
    enough = 0.5 if has_child else 0.8
    return bool(own) and (len(found.columns) >= enough * seen or (has_child and len(own) >= len(of_table) / 2))


def _only_who(found: FileHeadings) -> bool:
    """Whether a file has only who the child is: that is part of the header, or of the census's identifiers."""
    child = {"cla_header": "child", "cin_child_identifiers": "la_child_id"}.get(found.table.name)
    return child is not None and {child, "sex"} <= set(found.columns) and not found.extra


def recognise(
    top: Sequence[Sequence[str | None]], forms: Sequence[str] = FORMS_AS_CSV, name: str = ""
) -> FileHeadings | None:
    """The table that a file is, by the first row of headings in it; None where its headings are those of none.

    `name` is what the file is called.
    """
    known = _any_name(tuple(forms))
    tables = [table for form in forms for table in FORMS[form].tables]
    for row, cells in enumerate(top[:MOST_ROWS_ABOVE]):
        plain = [letters(cell) if cell else "" for cell in cells]
        if not known.intersection(plain):
            continue
        for forgive in (False, True):
            found = [_match(cells, plain, row, table, forgive=forgive) for table in tables]
            good = [
                one for one in found if one is not None and (_good_enough(one) or _only_who(one) or _named(one, name))
            ]
            best = max(good, key=lambda one: _rank(one, name), default=None)
            if best is not None and (forgive or not best.extra):
                return best
        only = _only_numbers([_match(cells, plain, row, table, forgive=False) for table in tables], name)
        if only is not None:
            return only
    return None


def _rank(found: FileHeadings, name: str) -> tuple[float, bool, float]:
    """The better of two readings has the headings that tell more, then the file's name, then more of the table's."""
    return found.weight, _is_called(found.table, name), len(found.columns) / len(found.table.columns)


def _is_called(table: Table, name: str) -> bool:
    """Whether a file has the name that a table has in the trade: CINdetails.csv."""
    return letters(PurePosixPath(name).stem) == letters(TABLE_NAMES.get(table.name, table.title))


def _named(found: FileHeadings, name: str) -> bool:
    """Whether a file of nothing but children and what many tables have is called after the table: UASC without DUC."""
    return bool(_CHILD & set(found.columns)) and not found.extra and _is_called(found.table, name)


def _only_numbers(found: Sequence[FileHeadings | None], name: str) -> FileHeadings | None:
    """The module of the census that a file of numbers of children and episodes is: that of its name, if it has one."""
    of_numbers = (one for one in found if one is not None and "la_child_id" in one.columns and not one.extra)
    return next((one for one in of_numbers if _is_called(one.table, name)), None)
