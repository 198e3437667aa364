"""`goldthread check FILE --practice FOLDER`: every open child and every enquiry against the practice record."""

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from goldthread.cli import output, submission
from goldthread.cli.output import Table
from goldthread.cli.refusal import ISSUES, OK, Refused

if TYPE_CHECKING:
    import polars as pl

    from goldthread.kernel.reading import Reading
    from goldthread.kernel.whole_list import WholeList

WORK_COLUMNS = ("team", "check", "child", "worker", "since", "last", "days", "source", "row", "says")
COUNT_COLUMNS = ("check", "says", "due", "not_done")
_NOT_WITH = ("list", "rule", "by", "earlier", "earlier_as_at")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Give a command the practice record."""
    parser.add_argument(
        "--practice",
        type=Path,
        metavar="FOLDER",
        help="check who is due against this practice record, instead of the rules; FILE may then be a return or SSD "
        "tables too",
    )


def run(args: argparse.Namespace) -> int:
    """Check everybody who is due and write the work lists. Raises Refused when a file or the request cannot be used."""
    from goldthread.kernel.context import Context
    from goldthread.kernel.record import record_of
    from goldthread.kernel.settings import with_settings
    from goldthread.kernel.whole_list import check_whole_lists

    for name in _NOT_WITH:
        if getattr(args, name) is not None:
            raise Refused(f"--{name.replace('_', '-')} is about the rules, and does not go with --practice.")
    limits = with_settings(submission.settings(args))
    children = submission.read_any(args, args.file)
    practice = submission.read_any(args, args.practice, form="practice")
    as_at = args.as_at or _day_of(children, args.file)
    doubts = submission.doubts(args.file, children, as_at, limits, given=args.as_at is not None)
    files = {name: practice.tables[name].lazy() for name in practice.found}
    told = check_whole_lists(record_of(children), files, Context(as_at, settings=limits))
    work = _narrowed(told.work, args)
    heading = f"{args.file.name} against {args.practice.name}, as at {as_at.isoformat()}"
    if doubts:
        heading = " ".join((f"{heading}; look at the day first:", *doubts))
    data = _data(told, work, as_at) if args.format == "json" else None
    output.write(_tables(heading, told, work, args), args, data)
    if args.output is not None:
        print(f"Written to {args.output}: {work.height:,} to be looked at.", file=sys.stderr)
    return ISSUES if work.height else OK


def _day_of(children: "Reading", path: Path) -> date:
    from goldthread.kernel.run import guess_as_at

    guessed = None
    if children.form == "annex_a":
        guessed = guess_as_at({name: children.tables[name] for name in children.found})
    if guessed is None:
        raise Refused(f"{path.name} does not say its day; add --as-at 2025-03-31 with the right day.")
    return guessed


def _narrowed(work: "pl.DataFrame", args: argparse.Namespace) -> "pl.DataFrame":
    import polars as pl

    for column, wanted in (("team", args.team), ("worker", args.worker)):
        if wanted is not None:
            work = work.filter(pl.col(column).str.to_lowercase() == wanted.strip().lower())
    return work


def _tables(heading: str, told: "WholeList", work: "pl.DataFrame", args: argparse.Namespace) -> list[Table]:
    rows = Table("Work", WORK_COLUMNS, work.select(WORK_COLUMNS).rows())
    counts = Table(heading, COUNT_COLUMNS, told.counts.select(COUNT_COLUMNS).rows())
    by_team = work.group_by("team", "check").len("not_done").sort("team", "check", nulls_last=True)
    teams = Table("By team", ("team", "check", "not_done"), by_team.rows())
    not_run = Table("Checks not run", ("check", "why"), list(told.not_run))
    if args.format != "table":
        return [rows, counts, teams, not_run]
    shown = rows if args.team is not None or args.worker is not None else teams
    return [counts, shown, *([not_run] if told.not_run else [])]


def _data(told: "WholeList", work: "pl.DataFrame", as_at: date) -> dict[str, object]:
    return {
        "as_at": as_at,
        "counts": told.counts.to_dicts(),
        "work": work.select(WORK_COLUMNS).to_dicts(),
        "not_run": [{"check": code, "why": why} for code, why in told.not_run],
    }
