"""`goldthread suppress`: a table of counts as it may be published, or which of its categories to combine."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from goldthread.cli import output, submission
from goldthread.cli.output import Cell, Table
from goldthread.cli.refusal import ISSUES, OK, Refused
from goldthread.domain.disclosure import (
    PROFILES,
    SYMBOLS,
    CrossTable,
    Dimension,
    SafeTable,
    TableError,
    suppress,
)

if TYPE_CHECKING:
    import polars as pl

TOTAL = "Total"
_RESERVED = {"total", "all", "grand total"}
_MOST_CELLS = 2_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `goldthread suppress`."""
    parser.add_argument("file", type=Path, metavar="TABLE", help="a CSV: one to three columns of categories, and count")
    parser.add_argument("--profile", required=True, choices=tuple(PROFILES), help="how careful to be")
    parser.add_argument(
        "--national", action="store_true", help="figures of England or a region: round them as the Department does"
    )
    output.add_arguments(parser)
    parser.epilog = (
        "Leave totals out of the file: they are worked out. A column called units (schools, homes, teams that a count "
        "is made of) is heeded. Exit code: 0 safe, 1 not safe, with the categories to combine, 2 no such table."
    )


def run(args: argparse.Namespace) -> int:
    """Make the table safe and write it, or say what to combine. Raises Refused when it is no table of counts."""
    table = _table(args.file)
    profile = PROFILES[args.profile]
    safe = suppress(table, profile, national=args.national)
    tables = [_shown(safe, args.file.name)] if safe.safe else [_advice(safe, args.file.name)]
    tables.append(_key(safe))
    output.write(tables, args, _data(safe) if args.format == "json" else None)
    return OK if safe.safe else ISSUES


def _table(path: Path) -> CrossTable:
    from goldthread.kernel.reading import Refused as ReadingRefused
    from goldthread.readers import csv_guard

    submission.must_be_a_file(path)
    try:
        frame = csv_guard.table(path.read_bytes())
    except ReadingRefused as refusal:
        raise Refused(f"{path.name}: {refusal.reason} {refusal.mend}") from refusal
    if "count" not in frame.columns:
        raise Refused(f"{path.name}: there is no column “count”; give one row for each cell, with its count.")
    names = [name for name in frame.columns if name not in {"count", "units"}]
    try:
        return _cross(frame, names, path)
    except TableError as error:
        raise Refused(f"{path.name}: {error}") from error


def _cross(frame: "pl.DataFrame", names: list[str], path: Path) -> CrossTable:
    if not 1 <= len(names) <= 3:
        raise TableError("a table has one, two or three columns of categories; choose which are to be published.")
    dimensions = tuple(Dimension(name, tuple(frame[name].unique(maintain_order=True))) for name in names)
    cells = 1
    for dimension in dimensions:
        cells *= len(dimension.categories)
        for category in dimension.categories:
            if category.casefold() in _RESERVED:
                raise TableError(f"leave the rows of “{category}” out: totals are worked out here.")
            if not category:
                raise TableError(f"a category of “{dimension.name}” is blank; name it, such as Not known.")
    if cells > _MOST_CELLS:
        raise TableError(f"{cells:,} cells are more than can be made safe at once; combine categories first.")
    counts: dict[tuple[str | None, ...], int] = {}
    marked: dict[tuple[str | None, ...], str] = {}
    units: dict[tuple[str | None, ...], int] = {}
    for row in frame.iter_rows(named=True):
        key = tuple(row[name] for name in names)
        if key in counts or key in marked:
            raise TableError(f"the cell {' / '.join(key)} is there twice.")
        if row["count"] in {"z", ":"}:
            marked[key] = row["count"]
        else:
            counts[key] = _whole(row["count"], key)
        if row.get("units"):
            units[key] = _whole(row["units"], key)
    return CrossTable(dimensions, counts, marked, units)


def _whole(cell: str, key: tuple[str, ...]) -> int:
    text = cell.replace(",", "")
    if not (text.isascii() and text.isdigit()):
        raise TableError(f"in the row of {' / '.join(key)}, something other than a whole number stands; mend it.")
    return int(text)


def _rows(safe: SafeTable) -> list[tuple[Cell, ...]]:
    return [(*(TOTAL if part is None else part for part in key), value) for key, value in safe.cells.items()]


def _columns(safe: SafeTable) -> tuple[str, ...]:
    return (*(dimension.name for dimension in safe.dimensions), "count")


def _shown(safe: SafeTable, name: str) -> Table:
    hidden = len(safe.primary) + len(safe.secondary)
    heading = f"{name}, {safe.profile.title}: {hidden} of {len(safe.cells)} figures withheld"
    return Table(heading, _columns(safe), _rows(safe))


def _advice(safe: SafeTable, name: str) -> Table:
    return Table(
        f"{name} cannot be made safe under {safe.profile.title}: combine these categories", ("dimension", "combine"),
        [(entry.dimension, _says(safe, entry.dimension, entry.categories)) for entry in safe.combine],
    )  # fmt: skip


def _says(safe: SafeTable, dimension: str, categories: tuple[str, ...]) -> str:
    whole = next(entry for entry in safe.dimensions if entry.name == dimension)
    if len(whole.categories) == 2:
        return f"leave the breakdown by {dimension} out"
    return " with ".join(categories)


def _key(safe: SafeTable) -> Table:
    rows = [(symbol, meaning) for symbol, meaning in SYMBOLS.items()]
    return Table("Key", ("symbol", "means"), [*rows, ("", safe.profile.says)])


def _data(safe: SafeTable) -> dict[str, object]:
    names = [dimension.name for dimension in safe.dimensions]
    return {
        "profile": safe.profile.slug,
        "safe": safe.safe,
        "primary": len(safe.primary),
        "secondary": len(safe.secondary),
        "cells": [
            {"categories": dict(zip(names, (part or TOTAL for part in key), strict=True)), "count": value}
            for key, value in safe.cells.items()
        ],
        "combine": [
            {"dimension": entry.dimension, "combine": list(entry.categories), "safe": entry.safe}
            for entry in safe.combine
        ],
        "key": dict(SYMBOLS),
    }
