"""The matrix of completeness: a line for each field, a cell for each list that has it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

LISTS = tuple(range(1, 12))
LOW, HALF = 90.0, 50.0
"""Below these shares in per cent a cell is marked, where a blank has no meaning of its own."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of one list: the share that is filled, in words, and how the cell is marked."""

    shown: str
    mark: str
    says: str


@dataclass(frozen=True, slots=True)
class Line:
    """One field, by its words in the guidance, through the eleven lists; None where a list lacks it."""

    field: str
    cells: tuple[Cell | None, ...]


def matrix(columns: Iterable[Any]) -> list[Line]:
    """The fields in the order in which the lists have them, those of several lists first."""
    by_field: dict[str, dict[int, Any]] = {}
    for one in columns:
        # Two columns of one list may have the same words; the later one stands in a line of its own.
        name = one.heading
        while one.list in by_field.get(name, {}):
            name += " (again)"
        by_field.setdefault(name, {})[one.list] = one
    lines = [
        Line(name, tuple(_cell(of[number]) if number in of else None for number in LISTS))
        for name, of in by_field.items()
    ]
    return sorted(lines, key=lambda line: -min(2, sum(cell is not None for cell in line.cells)))


def _cell(one: Any) -> Cell:
    if one.per_cent is None:
        return Cell("–", "none", f"{one.heading}, list {one.list}: the list has no rows")
    parts = [(one.blank, "blank"), (one.not_understood, "not understood"), (one.placeholder, "a date for none")]
    lacking = ", ".join(f"{count:,} {words}" for count, words in parts if count)
    says = f"{one.filled:,} of {one.rows:,} filled" + (f"; {lacking}" if lacking else "")
    return Cell(f"{_whole(one.per_cent)}%", _mark(one), says)


def _whole(per_cent: float) -> int:
    """The share as a whole number; 100 and 0 only where it is all or nothing."""
    return min(99, round(per_cent)) if per_cent < 100 else 100


def _mark(one: Any) -> str:
    if one.not_understood or one.placeholder:
        return "wrong" if one.may_be_blank or one.per_cent >= LOW else "low"
    if one.may_be_blank:
        return "may"
    return (
        "full" if one.per_cent >= 100 else "most" if one.per_cent >= LOW else "half" if one.per_cent >= HALF else "low"
    )


def finding(columns: Iterable[Any]) -> str:
    """The matrix in one sentence: how many of the columns that must be filled have gaps."""
    must = _must_be_filled(columns)
    short = sum(one.per_cent < 100 for one in must)
    if not must:
        return "There is no column to look at"
    if not short:
        return f"All {len(must)} columns that must be filled are filled in every row"
    return f"{short} of {len(must)} columns that must be filled have gaps"


@dataclass(frozen=True, slots=True)
class TableLine:
    """One table of another form than Annex A: how many of its columns are filled in every row, in some, in none."""

    number: int
    title: str
    rows: int
    whole: int
    partly: int
    never: int
    not_understood: int


def tables(columns: Iterable[Any], titles: Mapping[int, str]) -> list[TableLine]:
    """The tables in the order of their form. Their columns have nothing in common to be set side by side by."""
    by_table: dict[int, list[Any]] = {}
    for one in columns:
        by_table.setdefault(one.list, []).append(one)
    return [
        TableLine(
            number, titles.get(number, ""), held[0].rows,
            sum(one.rows > 0 and one.filled == one.rows for one in held),
            sum(0 < one.filled < one.rows for one in held),
            sum(one.filled == 0 for one in held),
            sum(one.not_understood for one in held),
        )
        for number, held in sorted(by_table.items())
    ]  # fmt: skip


def worst(columns: Iterable[Any], titles: Mapping[int, str], *, of_lists: bool = True) -> str:
    """The emptiest of the columns that must be filled, in a sentence; nothing where none has a gap."""
    short = [one for one in _must_be_filled(columns) if one.per_cent < 100]
    if not short:
        return ""
    least = min(short, key=lambda one: one.per_cent)
    share = f"{_whole(least.per_cent)}% of its {least.rows:,} rows"
    title = titles.get(least.list, "")
    where = f"list {least.list} ({title})" if of_lists else f"“{title}”"
    return f"The emptiest is “{least.heading}” of {where}, filled in {share}."


def _must_be_filled(columns: Iterable[Any]) -> list[Any]:
    return [one for one in columns if not one.may_be_blank and one.per_cent is not None]
