"""`goldthread check`: a submission against the rules, down to the row."""

import argparse
import sys
from typing import TYPE_CHECKING

from goldthread.cli import output, submission, whole_list
from goldthread.cli.check_tables import BY, NOTE_COLUMNS, Checked, grouped, tables
from goldthread.cli.refusal import ISSUES, OK, Refused

if TYPE_CHECKING:
    import polars as pl

    from goldthread.cli.submission import Submission


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `goldthread check`."""
    submission.add_arguments(parser)
    submission.add_earlier(parser)
    whole_list.add_arguments(parser)
    parser.add_argument("--list", type=_list_number, metavar="N", help="only the issues of list N (1 to 11)")
    parser.add_argument("--rule", type=str.upper, metavar="CODE", help="only the issues of one rule, such as L401")
    parser.add_argument("--team", metavar="NAME", help="only the issues of one team's rows: its work list")
    parser.add_argument("--worker", metavar="NAME", help="only the issues of one worker's rows: their work list")
    parser.add_argument("--by", choices=BY, help="count the issues by this, the most first")
    output.add_arguments(parser)
    parser.epilog = (
        "On a terminal: the number of issues by rule, and every row once --list, --rule, --team or --worker narrows "
        "them down. csv holds every row, or with --by the counts; json and xlsx hold everything. The answer names "
        "teams and workers as the lists do: keep it inside the authority. Exit code: 0 no issue graver than "
        "a note, 1 issues, 2 the file or the request cannot be used."
    )


def run(args: argparse.Namespace) -> int:
    """Check the file and write what was found. Raises Refused when the file or the request cannot be used."""
    if args.practice is not None:
        return whole_list.run(args)
    from goldthread.kernel.quality import with_mends, with_staff
    from goldthread.kernel.run import as_earlier, count, run_reading

    _must_be_known(args.rule)
    limits = submission.settings(args)
    read = submission.read(args)
    then = submission.read_earlier(args, read)
    earlier = None if then is None else as_earlier(then.reading, then.as_at)
    results = run_reading(read.reading, as_at=read.as_at, settings=limits, earlier=earlier, measures=())
    issues = _narrowed(with_mends(with_staff(results.issues, read.reading.tables)), read, args)
    found = Checked(read, then, results, issues, count(issues))
    output.write(tables(args, found), args, _data(found, args) if args.format == "json" else None)
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
        raise Refused(f"there is no rule “{rule}”; docs/reference/rules.md lists them all.")


def _narrowed(issues: "pl.DataFrame", read: "Submission", args: argparse.Namespace) -> "pl.DataFrame":
    import polars as pl

    from goldthread.kernel.quality import of_staff, staff_names

    for column, wanted in (("team", args.team), ("worker", args.worker)):
        known = {name.lower() for name in staff_names(read.reading.tables, column)} if wanted is not None else set()
        if wanted is not None and wanted.strip().lower() not in known:
            raise Refused(f"no row of {read.path.name} has that {column}; --by {column} lists them.")
    if args.list is not None:
        issues = issues.filter(pl.col("list") == args.list)
    if args.rule is not None:
        issues = issues.filter(pl.col("rule") == args.rule)
    if args.team is not None or args.worker is not None:
        issues = of_staff(issues, team=args.team, worker=args.worker)
    return issues


def _data(found: Checked, args: argparse.Namespace) -> dict[str, object]:
    read, results = found.read, found.results
    compared = None if found.then is None else {"file": found.then.path.name, "as_at": found.then.as_at}
    return {
        **read.about(),
        "compared_with": compared,
        "settings": dict(results.settings),
        "counts": found.counts.to_dicts(),
        **({"by": args.by, "groups": grouped(found.issues, args.by).to_dicts()} if args.by else {}),
        "issues": found.issues.to_dicts(),
        "not_run": [{"rule": entry.rule, "why": entry.why} for entry in results.not_run],
        "notes": read.reading.notes.select(NOTE_COLUMNS).to_dicts(),
    }
