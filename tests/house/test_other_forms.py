"""No cell of a return is read silently: one in another form than the return's is its own issue, and can be mended.

Every column of both returns is tried, in CSV files and in XML, in every form that its kind can be written in besides
the return's own.
"""

import csv
import io
from collections.abc import Mapping, Sequence

import pytest

from goldthread.kernel.forms import FORMS, TABLES_OF_ALL_FORMS
from goldthread.kernel.reading import Reading
from goldthread.kernel.reading_issues import CELLS_OF_OTHER_FORM, issues_of_reading
from goldthread.kernel.table import Column, Kind, Table
from goldthread.readers import read_files
from goldthread.readers.handed import Handed
from goldthread.readers.mending import mend_files
from goldthread.readers.xml_shape import SHAPES, Shape

MOST = 100_000_000
MENDS = ("spaces", "point-zero", "true-false", "case", "blanks", "dates", "postcodes")
OWN = {
    Kind.CODE: "A1", Kind.FLAG: "1", Kind.COUNT: "2", Kind.NUMBER: "2.5", Kind.POSTCODE: "AB1 2CD", Kind.CODES: "1A",
    Kind.PART_DATE: "zz/01/2014", Kind.TEXT: "7",
}  # fmt: skip
"""How a cell of each kind is written in the return's own form; of dates see `own`."""

DATES = ("1 Feb 2024", "1.2.2024", "20240201", "2024-02-01T00:00:00", " {own}", "{own}\t")
OTHER = {
    Kind.CODE: ("a1", " A1", "A1\u00a0", "1.0"),
    Kind.FLAG: ("True", "1.0", " 1"),
    Kind.COUNT: ("2.0", " 2"),
    Kind.NUMBER: (" 2.5",),
    Kind.POSTCODE: ("ab1 2cd", " AB1 2CD"),
    Kind.CODES: ("1a", " 1A"),
    Kind.PART_DATE: ("ZZ.1.2014", " zz/01/2014"),
    Kind.TEXT: (" 7",),
}
"""Forms that can mean one thing only, and that a mend writes as the return does."""

COUNTED = {Kind.DATE: ("1/2/24", "45323", "N/A", "-"), Kind.COUNT: ("N/A",)}
"""Forms that are counted; what of them could be meant otherwise is not mended."""


def own(column: Column, form: str, *, xml: bool) -> str:
    if column.kind is Kind.DATE:
        return "2024-02-01" if form == "cin" and xml else "01/02/2024"
    return OWN[column.kind]


def other(column: Column, form: str, *, xml: bool) -> tuple[str, ...]:
    if column.kind is not Kind.DATE:
        return OTHER[column.kind]
    swapped = () if form == "cin" and not xml else (("01/02/2024",) if form == "cin" else ("2024-02-01",))
    return (*(one.format(own=own(column, form, xml=xml)) for one in DATES), *swapped)


Case = tuple[Column, str]
"""A column, and a cell of it in another form."""


def cases(columns: Sequence[Column], form: str, *, xml: bool) -> list[Case]:
    """Every column in every other form: those that a mend writes as the return does, and those that are counted."""
    return [
        (column, cell) for column in columns for cell in (*other(column, form, xml=xml), *COUNTED.get(column.kind, ()))
    ]


def as_csv(table: Table, wrong: Sequence[Case]) -> Handed:
    """A row for each case, all else in it as the return writes it; without a case, one row."""
    cells = {one.says: own(one, table.form, xml=False) for one in table.columns}
    out = io.StringIO()
    writer = csv.DictWriter(out, cells, quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows([cells | {column.says: cell} for column, cell in wrong] or [cells])
    return Handed(f"{table.name}.csv", out.getvalue().encode())


def columns_by_place(shape: Shape) -> dict[tuple[str, str], tuple[str, Column]]:
    """Every cell of the XML with the table and column that tell of it."""
    return {
        rows.cells[name]: (rows.table, TABLES_OF_ALL_FORMS[rows.table].column(name))
        for rows in shape.rows
        for name in rows.cells
        if name in shape.own[rows.table]
    }


Place = tuple[str, str]


def as_xml(shape: Shape, wrong: Sequence[tuple[Place, str]] = (), outside: tuple[Place, str] | None = None) -> Handed:
    """A record for each case, all else as the return writes it; `outside` is a case of what stands outside them."""
    known = columns_by_place(shape)

    def holder(name: str, case: tuple[Place, str] | None) -> str:
        written = {at: own(column, shape.form, xml=True) for at, (_, column) in known.items() if at[0] == name}
        written |= {at: "CIN" for at in written if at[1] == "collection"}
        if case is not None and case[0] in written:
            written[case[0]] = case[1]
        cells = "".join(f"<{leaf}>{text}</{leaf}>" for (_, leaf), text in written.items())
        within = [child for child, parent in shape.parents.items() if parent == name]
        each = [
            holder(child, one)
            for child in within
            for one in (list(wrong) or [None] if child == shape.record else [case])
        ]
        return f"<{name}>{cells}{''.join(each)}</{name}>"

    return Handed("return.xml", holder(shape.root, outside).encode())


def told(reading: Reading) -> set[tuple[str, int, str]]:
    """The issues of cells in another form: table, row and heading; each once."""
    issues = issues_of_reading(reading)
    rows = issues.filter(issues["rule"].is_in(CELLS_OF_OTHER_FORM)).select("table", "row", "fields").rows()
    assert len(set(rows)) == len(rows)
    return {(str(table), int(row), str(fields)) for table, row, fields in rows}


TABLES = [table for form in ("ssda903", "cin") for table in FORMS[form].tables]


@pytest.mark.parametrize("table", TABLES, ids=lambda one: one.name)
def test_every_column_of_a_csv_file_tells_its_cells_of_another_form(table: Table) -> None:
    wrong = cases(table.columns, table.form, xml=False)
    file = as_csv(table, wrong)
    assert told(read_files([file])) == {(table.name, at, one.says) for at, (one, _) in enumerate(wrong, start=2)}
    made = mend_files([file], table.form, 2024, MENDS, MOST, copy=True)
    left = {(table.name, at, one.says) for at, (one, cell) in enumerate(wrong, start=2) if unsure(one, cell)}
    assert told(read_files([Handed(file.name, made.files[file.name])])) == left


def unsure(column: Column, cell: str) -> bool:
    """Whether a cell of another form stays after all mends: it could be meant otherwise."""
    return column.kind is Kind.DATE and cell in ("1/2/24", "45323")


def test_a_file_in_the_returns_own_form_has_no_such_issue() -> None:
    for table in TABLES:
        assert told(read_files([as_csv(table, ())])) == set()
    for shape in SHAPES:
        assert told(read_files([as_xml(shape)])) == set()


@pytest.mark.parametrize("shape", SHAPES, ids=lambda one: one.form)
def test_every_cell_of_the_xml_tells_its_cells_of_another_form(shape: Shape) -> None:
    known = columns_by_place(shape)
    assert set(known) == set(shape.pairs)
    wrong = [
        (place, cell)
        for place, (_, column) in known.items()
        if place[0] not in OUTSIDE[shape.form]
        for _, cell in cases([column], shape.form, xml=True)
    ]
    file = as_xml(shape, wrong)
    assert told(read_files([file])) == {
        (known[place][0], at, known[place][1].says) for at, (place, _) in enumerate(wrong, start=2)
    }
    made = mend_files([file], shape.form, 2024, MENDS, MOST, copy=True)
    left = {
        (known[place][0], at, known[place][1].says)
        for at, (place, cell) in enumerate(wrong, start=2)
        # A word for nothing that is all of a row is left: without it the row would be gone.
        if unsure(known[place][1], cell) or (place in ALL_OF_A_ROW and cell in COUNTED[Kind.DATE])
    }
    assert told(read_files([Handed(file.name, made.files[file.name])])) == left


OUTSIDE: Mapping[str, tuple[str, ...]] = {"ssda903": (), "cin": ("collectiondetails", "source")}
ALL_OF_A_ROW = frozenset(
    place
    for shape in SHAPES
    for rows in shape.rows
    if rows.leaf or rows.where
    for name, place in rows.cells.items()
    if name in shape.own[rows.table]
)


def test_the_cells_outside_the_records_are_told_too() -> None:
    shape = next(shape for shape in SHAPES if shape.form == "cin")
    for place, (table, column) in columns_by_place(shape).items():
        if place[0] in OUTSIDE["cin"] and place[1] != "collection":
            for _, cell in cases([column], "cin", xml=True)[:2]:
                assert told(read_files([as_xml(shape, (), (place, cell))])) == {(table, 2, column.says)}, (place, cell)


def test_what_is_more_than_can_be_listed_is_counted() -> None:
    lines = ["CHILD,DECOM"] + [f"{number},2024-02-01" for number in range(1_500)]
    reading = read_files([Handed("episodes.csv", "\n".join(lines).encode())])
    issues = issues_of_reading(reading).filter(rule="G24")
    assert issues.height == 1_001
    last = issues.filter(issues["row"].is_null())
    assert last["says"].to_list()[0].startswith("500 more cells of this column")
