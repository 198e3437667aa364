"""`goldthread check`: a submission against the rules, down to the row."""

import argparse
import sys
from typing import TYPE_CHECKING

from goldthread.cli import output, submission
from goldthread.cli.output import Table
from goldthread.cli.refusal import ISSUES, OK, Refused

if TYPE_CHECKING:
    import polars as pl

    from goldthread.cli.submission import Submission
    from goldthread.kernel.run import Results

ISSUE_COLUMNS = ("list", "row", "rule", "severity", "fields", "says")
COUNT_COLUMNS = ("list", "rule", "severity", "issues", "says")
CELL_COLUMNS = ("list", "sheet", "row", "heading", "expected", "written")
NOTE_COLUMNS = ("list", "sheet", "row", "heading", "kind", "cells", "says")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `goldthread check`."""
    submission.add_arguments(parser)
    parser.add_argument("--list", type=_list_number, metavar="N", help="only the issues of list N (1 to 11)")
    parser.add_argument("--rule", type=str.upper, metavar="CODE", help="only the issues of one rule, such as L401")
    output.add_arguments(parser)
    parser.epilog = (
        "On a terminal: the number of issues by rule, and every row once --list or --rule narrows them down. csv holds "
        "every row; json and xlsx hold everything. Exit code: 0 no issue graver than information, 1 issues, "
        "2 the file or the request cannot be used."
    )


def run(args: argparse.Namespace) -> int:
    """Check the file and write what was found. Raises Refused when the file or the request cannot be used."""
    from goldthread.kernel.run import count, run_reading

    _must_be_known(args.rule)
    limits = submission.settings(args)
    read = submission.read(args)
    results = run_reading(read.reading, as_at=read.as_at, settings=limits)
    issues = _narrowed(results.issues, args)
    counts = count(issues)
    tables = _tables(args, read, results, issues, counts)
    output.write(tables, args, _data(read, results, issues, counts) if args.format == "json" else None)
    if args.output is not None:
        print(f"Written to {args.output}: {issues.height:,} issue{'s' * (issues.height != 1)}.", file=sys.stderr)
    return ISSUES if issues["severity"].is_in(["error", "query"]).any() else OK


def _list_number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 11):
        raise argparse.ArgumentTypeError(f"“{text}” is no list of Annex A; write a number from 1 to 11")
    return int(text)


def _must_be_known(rule: str | None) -> None:
    from goldthread.kernel.catalogue import codes

    if rule is not None and rule not in codes():
        raise Refused(f"there is no rule “{rule}”; docs/reference/rules.md lists them, from G01 to X07.")


def _narrowed(issues: "pl.DataFrame", args: argparse.Namespace) -> "pl.DataFrame":
    import polars as pl

    if args.list is not None:
        issues = issues.filter(pl.col("list") == args.list)
    return issues if args.rule is None else issues.filter(pl.col("rule") == args.rule)


def _tables(
    args: argparse.Namespace, read: "Submission", results: "Results", issues: "pl.DataFrame", counts: "pl.DataFrame"
) -> list[Table]:
    rows = Table("Issues", ISSUE_COLUMNS, issues.select(ISSUE_COLUMNS).rows())
    by_rule = Table(f"{read.heading()}; {issues.height:,} issues", COUNT_COLUMNS, counts.select(COUNT_COLUMNS).rows())
    not_run = Table("Rules not run", ("rule", "why"), results.not_run)
    if args.format != "table":
        unread, notes = read.reading.unread, read.reading.notes
        return [
            rows,
            Table("Counts", COUNT_COLUMNS, by_rule.rows),
            read.lists_table(),
            Table("Cells not understood", CELL_COLUMNS, unread.select(CELL_COLUMNS).rows()),
            Table("Notes", NOTE_COLUMNS, notes.select(NOTE_COLUMNS).rows()),
            not_run,
        ]
    narrowed = [rows] if (args.list is not None or args.rule is not None) and issues.height else []
    return [by_rule, *narrowed, *([not_run] if results.not_run else [])]


def _data(read: "Submission", results: "Results", issues: "pl.DataFrame", counts: "pl.DataFrame") -> dict[str, object]:
    return {
        **read.about(),
        "settings": dict(results.settings),
        "counts": counts.to_dicts(),
        "issues": issues.to_dicts(),
        "not_run": [{"rule": entry.rule, "why": entry.why} for entry in results.not_run],
        "notes": read.reading.notes.select("list", "sheet", "row", "heading", "kind", "cells", "says").to_dicts(),
    }
