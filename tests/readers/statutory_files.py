"""Specs of the Department's rules written as the files that an authority would send: CSV, tidy and untidy, and XML."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from xml.sax.saxutils import escape

import polars as pl

from goldthread.kernel.forms import TABLES_OF_ALL_FORMS
from goldthread.kernel.table import Column, Kind
from goldthread.readers.handed import Handed
from goldthread.readers.xml_shape import CIN, SSDA903, Rows

Frames = Mapping[str, pl.DataFrame]
Unread = frozenset[tuple[str, str, int]]
"""Cells that hold something not understood: table, column, and the row from 1."""

GARBAGE = {Kind.COUNT: "many", Kind.NUMBER: "far"}


def _written(value: object, *, iso: bool) -> str:
    if isinstance(value, date):
        return value.isoformat() if iso else f"{value:%d/%m/%Y}"
    return "" if value is None else str(value)


def _cells(frame: pl.DataFrame, column: Column, unread: frozenset[tuple[str, int]], *, iso: bool) -> list[str]:
    written = [_written(value, iso=iso) for value in frame[column.name]]
    for name, row in unread:
        if name == column.name:
            written[row - 1] = GARBAGE.get(column.kind, "31/02/2024")
    return written


def _of_table(unread: Unread, table: str) -> frozenset[tuple[str, int]]:
    return frozenset((column, row) for name, column, row in unread if name == table)


def as_csv(frames: Frames, unread: Unread, *, untidy: bool) -> list[Handed]:
    """A file for each table. Untidy: small headings, columns turned round, every cell quoted, 1 as 1.0."""
    files = []
    for name, frame in frames.items():
        table = TABLES_OF_ALL_FORMS[name]
        columns = [c for c in table.columns if not c.newer or frame[c.name].is_not_null().any()]
        held = {column.says: _cells(frame, column, _of_table(unread, name), iso=False) for column in columns}
        if untidy:
            held = {
                column.says.lower(): [_untidy(cell, column) for cell in held[column.says]]
                for column in reversed(columns)
            }
        out = io.StringIO()
        quoting = csv.QUOTE_ALL if untidy else csv.QUOTE_MINIMAL
        writer = csv.writer(out, quoting=quoting, lineterminator="\r\n" if untidy else "\n")
        writer.writerow(held)
        writer.writerows(zip(*held.values(), strict=True))
        files.append(Handed(f"{name}.csv", out.getvalue().encode("utf-8-sig" if untidy else "utf-8")))
    return files


def _untidy(cell: str, column: Column) -> str:
    """A number as a spreadsheet may write it; not one whose noughts tell."""
    numeric = column.kind in (Kind.CODE, Kind.FLAG, Kind.COUNT) or column.name in ("child", "la_child_id")
    whole = cell.isascii() and cell.isdigit() and (cell == "0" or not cell.startswith("0"))
    return f"{cell}.0" if numeric and whole else cell.lower() if column.kind is Kind.CODE else f" {cell}"


@dataclass
class _Element:
    """An element of XML with its cells, the elements in it, and the rows of tables that it is."""

    name: str
    cells: list[tuple[str, str]] = field(default_factory=list)
    within: list["_Element"] = field(default_factory=list)
    rows: list[tuple[str, int]] = field(default_factory=list)

    def lines(self) -> list[str]:
        own = [f"<{name}>{escape(value)}</{name}>" for name, value in self.cells if value]
        return [f"<{self.name}>", *own, *(line for each in self.within for line in each.lines()), f"</{self.name}>"]

    def all_rows(self) -> list[tuple[str, int]]:
        return [*self.rows, *(row for each in self.within for row in each.all_rows())]


Mapped = dict[tuple[str, int], int]
"""Where a row of a table went: the number that it has when the XML is read."""


def as_xml(form: str, frames: Frames, unread: Unread, year: int) -> tuple[Handed, Mapped]:
    """The return as XML, as far as XML can say what the tables say."""
    root = _return(frames, unread) if form == "ssda903" else _census(frames, unread, year)
    mapped: Mapped = {}
    counts: dict[str, int] = {}
    for table, row in root.all_rows():
        counts[table] = counts.get(table, 1) + 1
        mapped[table, row] = counts[table]
    return Handed("return.xml", "\n".join(root.lines()).encode()), mapped


def _rows(table: str, frames: Frames, unread: Unread, *, iso: bool) -> Sequence[dict[str, str]]:
    if table not in frames:
        return []
    columns = TABLES_OF_ALL_FORMS[table].columns
    held = {column.name: _cells(frames[table], column, _of_table(unread, table), iso=iso) for column in columns}
    return [dict(zip(held, row, strict=True)) for row in zip(*held.values(), strict=True)]


def _return(frames: Frames, unread: Unread) -> _Element:
    """SSDA903: a CHILD for each row of the header, the rows of the other files within the first of their child."""
    root = _Element("EXPSSDA903")
    first: dict[str, tuple[_Element, _Element]] = {}

    def child(number: str) -> tuple[_Element, _Element]:
        header = _Element("HEADER", [("CHILDID", number)])
        whole = _Element("CHILD", within=[header])
        root.within.append(whole)
        header.rows.append(("cla_header", 0))
        first.setdefault(number, (whole, header))
        return whole, header

    for rows in SSDA903.rows:
        for at, row in enumerate(_rows(rows.table, frames, unread, iso=False), 1):
            cells = [(leaf.upper(), row.get(column, "")) for column, (_, leaf) in rows.cells.items()]
            number = row.get("child", "")
            if rows.row == "header":
                _into_header(rows, at, cells, number, first, child)
                continue
            whole, header = first.get(number) or child(number)
            _add(header, [("DOB", row.get("dob", ""))])
            element = _Element(rows.row.upper(), cells, rows=[(rows.table, at)])
            (whole if rows.row == "episode" else header).within.append(element)
    return root


def _into_header(rows: Rows, at: int, cells: list[tuple[str, str]], number: str, first, child) -> None:  # type: ignore[no-untyped-def]
    there = first.get(number)
    taken = there is not None and any(table == rows.table and row for table, row in there[1].rows)
    _, header = child(number) if there is None or taken else there
    if rows.table == "cla_header":
        header.rows[0] = ("cla_header", at)
    _add(header, [cell for cell in cells if cell[0] != "UASC" or rows.table == "cla_header"])
    wanted = {leaf.upper() for column, (_, leaf) in rows.cells.items() if column in rows.where}
    if rows.table != "cla_header" and any(name in wanted and value for name, value in header.cells):
        header.rows.append((rows.table, at))


def _add(element: _Element, cells: list[tuple[str, str]]) -> None:
    """Cells that the element has not yet; what it has stays."""
    held = {name for name, value in element.cells if value}
    element.cells += [(name, value) for name, value in cells if value and name not in held]


_CIN_ELEMENTS = {
    "cin_assessments": "Assessments", "cin_plan_dates": "CINPlanDates", "cin_section_47": "Section47",
    "cin_protection_plans": "ChildProtectionPlans", "cin_pre_proceedings": "PreProceedingsandFGDM",
}  # fmt: skip


def _census(frames: Frames, unread: Unread, year: int) -> _Element:
    """The census: a Child for each row of its identifiers, and a CINdetails for each episode of need."""
    of = {rows.table: rows for rows in CIN.rows}
    says = {name: {c.name: c.says for c in TABLES_OF_ALL_FORMS[name].columns} for name in of}
    held = {name: _rows(name, frames, unread, iso=True) for name in of}
    root, children = _Element("Message"), _Element("Children")
    root.within = [_head(held["cin_header"], says["cin_header"], year), children]
    people: dict[str, _Element] = {}
    details: dict[tuple[str, str], _Element] = {}
    plans: dict[tuple[str, str, str], _Element] = {}

    def cells(table: str, row: dict[str, str], but: Sequence[str] = ()) -> list[tuple[str, str]]:
        return [(says[table][column], row.get(column, "")) for column in of[table].cells if column not in but]

    def person(number: str) -> _Element:
        if number not in people:
            who = _Element("ChildIdentifiers", [("LAchildID", number)], rows=[("cin_child_identifiers", 0)])
            people[number] = _Element("Child", within=[who, _Element("ChildCharacteristics")])
            people[number].within[1].rows.append(("cin_child_characteristics", 0))
            children.within.append(people[number])
        return people[number]

    def episode(row: dict[str, str]) -> _Element:
        key = (row["la_child_id"], row["cin_details_id"])
        if key not in details:
            details[key] = _Element("CINdetails", rows=[("cin_details", 0)])
            person(key[0]).within.append(details[key])
        return details[key]

    for at, row in enumerate(held["cin_child_identifiers"], 1):
        if row["la_child_id"] in people and people[row["la_child_id"]].within[0].rows[0][1]:
            del people[row["la_child_id"]]
        who = person(row["la_child_id"]).within[0]
        who.cells, who.rows = cells("cin_child_identifiers", row), [("cin_child_identifiers", at)]
    for at, row in enumerate(held["cin_child_characteristics"], 1):
        what = person(row["la_child_id"]).within[1]
        what.cells, what.rows = cells("cin_child_characteristics", row), [("cin_child_characteristics", at)]
    for at, row in enumerate(held["cin_disabilities"], 1):
        what = person(row["la_child_id"]).within[1]
        if not what.within:
            what.within.append(_Element("Disabilities"))
        what.within[0].cells.append(("Disability", row["disability"]))
        what.within[0].rows.append(("cin_disabilities", at))
    for at, row in enumerate(held["cin_details"], 1):
        key = (row["la_child_id"], row["cin_details_id"])
        if key in details and details[key].rows[0][1]:
            del details[key]
        need = episode(row)
        need.cells, need.rows = cells("cin_details", row), [("cin_details", at)]
    for table, name in _CIN_ELEMENTS.items():
        for at, row in enumerate(held[table], 1):
            element = _Element(name, cells(table, row, ("assessment_factors",)), rows=[(table, at)])
            if row.get("assessment_factors"):
                factors = [("AssessmentFactors", one) for one in row["assessment_factors"].split(",")]
                element.within.append(_Element("FactorsIdentifiedAtAssessment", factors))
            episode(row).within.append(element)
            plans.setdefault((row["la_child_id"], row["cin_details_id"], row.get("cpp_id", "")), element)
    for at, row in enumerate(held["cin_reviews"], 1):
        key = (row["la_child_id"], row["cin_details_id"], row["cpp_id"])
        if key not in plans or plans[key].name != "ChildProtectionPlans":
            plans[key] = _Element("ChildProtectionPlans", rows=[("cin_protection_plans", 0)])
            episode(row).within.append(plans[key])
        if not plans[key].within:
            plans[key].within.append(_Element("Reviews"))
        plans[key].within[0].cells.append(("CPPreviewDate", row["cpp_review_date"]))
        plans[key].within[0].rows.append(("cin_reviews", at))
    return root


def _head(rows: Sequence[dict[str, str]], says: Mapping[str, str], year: int) -> _Element:
    row = rows[0] if rows else {"collection": "CIN", "year": str(year), "reference_date": f"{year}-03-31"}
    collection = ("collection", "year", "reference_date")
    first = [(says[name], row.get(name, "")) for name in collection]
    rest = [(name, row.get(column, "")) for column, name in says.items() if column not in collection]
    head = _Element("Header", within=[_Element("CollectionDetails", first), _Element("Source", rest)])
    head.rows.append(("cin_header", 1 if rows else 0))
    return head
