"""The tables of `goldthread check`: on a terminal the counts, in a workbook everything there is to mend by."""

import argparse
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goldthread.cli.output import Cell, Table

if TYPE_CHECKING:
    import polars as pl

    from goldthread.cli.submission import Submission
    from goldthread.kernel.checked import Results

BY = ("rule", "list", "field", "team", "worker")
"""By what issues can be counted."""

ISSUE_COLUMNS = ("list", "row", "rule", "severity", "fields", "says", "mend", "team", "worker", "earlier_row")
COUNT_COLUMNS = ("list", "rule", "severity", "issues", "says")
CELL_COLUMNS = ("list", "sheet", "row", "heading", "expected", "written")
NOTE_COLUMNS = ("list", "sheet", "row", "heading", "kind", "cells", "says")
COMPLETE_COLUMNS = (
    "list", "heading", "rows", "filled", "blank", "not_understood", "placeholder", "per_cent", "may_be_blank",
)  # fmt: skip

ON_TERMINAL = ("list", "row", "rule", "severity", "fields", "says")
"""What of an issue fits on a terminal."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found: the submission, the earlier one if any, the results, and the issues that were asked for."""

    read: "Submission"
    then: "Submission | None"
    results: "Results"
    issues: "pl.DataFrame"
    counts: "pl.DataFrame"


def columns_for(columns: tuple[str, ...], read: "Submission") -> tuple[str, ...]:
    """The columns, with the name of the table in the place of the list's number where the form has no lists."""
    return columns if read.of_lists else tuple("table" if name == "list" else name for name in columns)


def whose_rules(form: str) -> str:
    """Whose the rules of a form are, in words."""
    if form == "annex_a":
        return "Goldthread's own; there is no official set for Annex A"
    if form in ("ssda903", "cin"):
        return "Goldthread's own, on what holds in any table; the Department's rules of the return are run with --as"
    return "Goldthread's own; there is no official set"


def grouped(issues: "pl.DataFrame", by: str) -> "pl.DataFrame":
    """The issues counted by one of BY, the most first."""
    from goldthread.kernel import quality

    match by:
        case "rule":
            return quality.pareto(issues)
        case "list":
            return quality.by_list(issues)
        case "field":
            return quality.by_field(issues)
        case "team":
            return quality.by_staff(issues, "team")
        case _:
            return quality.by_staff(issues, "team", "worker")


def tables(args: argparse.Namespace, found: Checked) -> list[Table]:
    """The tables of the answer. The first is the one that csv holds."""
    if args.format == "table":
        return _on_terminal(args, found)
    if args.format == "csv":
        return [_table(f"By {args.by}", grouped(found.issues, args.by)) if args.by else _issues(found, ISSUE_COLUMNS)]
    return _workbook(found) if args.format == "xlsx" else []


def _on_terminal(args: argparse.Namespace, found: Checked) -> list[Table]:
    heading = f"{found.read.heading()}; {found.issues.height:,} issues"
    if found.read.reading.year is not None:
        heading += "; the Department's own rules are run with --as"
    if found.then is not None:
        heading += f"; {'not ' * bool(found.results.apart)}compared with {_then(found.then)}"
    if found.results.apart:
        heading += f". {found.results.apart}"
    columns = columns_for(COUNT_COLUMNS, found.read)
    counted = grouped(found.issues, args.by) if args.by else found.counts.select(columns)
    narrowed = any(getattr(args, name) is not None for name in ("list", "table", "rule", "team", "worker"))
    columns = (*ON_TERMINAL, "earlier_row") if found.then is not None else ON_TERMINAL
    rows = [_issues(found, columns)] if narrowed and found.issues.height else []
    return [_table(heading, counted), *rows, *([_not_run(found)] if found.results.not_run else [])]


def _workbook(found: Checked) -> list[Table]:
    from goldthread.kernel.quality import completeness

    reading = found.read.reading
    held = {name: reading.tables[name] for name in reading.found}
    return [
        _summary(found),
        _table("By rule", grouped(found.issues, "rule")),
        _table("Completeness", completeness(held, reading.unread).select(columns_for(COMPLETE_COLUMNS, found.read))),
        _issues(found, ISSUE_COLUMNS),
        _table("By team and worker", grouped(found.issues, "worker")),
        _table("Counts", found.counts.select(columns_for(COUNT_COLUMNS, found.read))),
        found.read.lists_table(),
        _table("Cells not understood", reading.unread.select(columns_for(CELL_COLUMNS, found.read))),
        _table("Notes", reading.notes.select(columns_for(NOTE_COLUMNS, found.read))),
        _not_run(found),
    ]


def _summary(found: Checked) -> Table:
    read, issues, then = found.read, found.issues, found.then
    rows: list[tuple[Cell, ...]] = [
        ("file", read.path.name),
        ("as at", read.as_at),
        ("the day was", f"taken from {read.day_from}" if read.guessed else "given"),
        ("compared with", "nothing" if then is None or found.results.apart else _then(then)),
        *(
            (("not compared with", _then(then)), ("why not", found.results.apart))
            if then and found.results.apart
            else ()
        ),
        ("lists found" if read.of_lists else "tables found", len(read.reading.found)),
        ("rows", read.reading.rows),
        ("issues", issues.height),
        *((f"issues: {one}", int((issues["severity"] == one).sum())) for one in ("error", "query", "note")),
        ("rows with an issue", issues.drop_nulls("row").select("table", "row").n_unique()),
        ("rules broken", issues["rule"].n_unique()),
        ("rules not run", len({entry.rule for entry in found.results.not_run})),
        ("whose rules", whose_rules(read.reading.form)),
        ("handle with care", "It names teams and workers, and rows about children. Keep it inside the authority."),
    ]
    return Table("Summary", ("what", "is"), rows)


def _then(then: "Submission") -> str:
    return f"{then.path.name} of {then.as_at.isoformat()}"


def _issues(found: Checked, columns: tuple[str, ...]) -> Table:
    columns = columns_for(columns, found.read)
    return Table("Issues", columns, found.issues.select(columns).rows())


def _not_run(found: Checked) -> Table:
    return Table("Rules not run", ("rule", "why"), found.results.not_run)


def _table(title: str, frame: "pl.DataFrame") -> Table:
    import polars as pl

    rounded = frame.with_columns(pl.col(pl.Float64).round(1))
    return Table(title, tuple(frame.columns), rounded.rows())
