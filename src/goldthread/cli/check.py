"""`goldthread check`: a submission against the rules, down to the row."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from goldthread.cli import check_as, output, submission, whole_list
from goldthread.cli.check_tables import BY, NOTE_COLUMNS, Checked, columns_for, grouped, tables
from goldthread.cli.refusal import ISSUES, OK, Refused

if TYPE_CHECKING:
    import polars as pl

    from goldthread.cli.submission import Submission


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `goldthread check`."""
    submission.add_arguments(parser)
    submission.add_earlier(parser)
    whole_list.add_arguments(parser)
    parser.add_argument(
        "--beside",
        type=Path,
        action="append",
        default=[],
        metavar="PATH",
        help="another form of the same authority, for the rules that ask whether its children are known; of a practice "
        "record alone; may be repeated",
    )
    parser.add_argument(
        "--most-mb", type=int, default=300, metavar="N", help="refuse files of more than N million bytes (300)"
    )
    parser.add_argument("--list", type=_list_number, metavar="N", help="only the issues of list N (1 to 11)")
    parser.add_argument(
        "--table", metavar="NAME", help="only the issues of one table of another form, such as cla_missing"
    )
    parser.add_argument("--rule", type=str.upper, metavar="CODE", help="only the issues of one rule, such as L401")
    parser.add_argument("--team", metavar="NAME", help="only the issues of one team's rows: its work list")
    parser.add_argument("--worker", metavar="NAME", help="only the issues of one worker's rows: their work list")
    parser.add_argument("--by", choices=BY, help="count the issues by this, the most first")
    check_as.add_arguments(parser)
    output.add_arguments(parser)
    parser.epilog = (
        "On a terminal: the number of issues by rule, and every row once --list, --rule, --team or --worker narrows "
        "them down. csv holds every row, or with --by the counts; json and xlsx hold everything. The answer names "
        "teams and workers as the lists do: keep it inside the authority. With --as, json is one issue a line and a "
        "summary in the last, and issues name children by their numbers. Exit code: 0 no issue graver than "
        "a note, 1 issues, 2 the file or the request cannot be used."
    )


def run(args: argparse.Namespace) -> int:
    """Check the file and write what was found. Raises Refused when the file or the request cannot be used."""
    if args.as_form is not None:
        return check_as.run(args)
    check_as.must_not_be_asked(args)
    if args.practice is not None:
        return whole_list.run(args)
    from goldthread.kernel.checked import check_reading, count
    from goldthread.kernel.quality import with_mends, with_staff
    from goldthread.kernel.run import as_earlier

    _must_be_known(args.rule)
    limits = submission.settings(args)
    read = submission.of_any_form(args)
    _must_suit(args, read)
    then = submission.read_earlier(args, read)
    earlier = None if then is None else as_earlier(then.reading, then.as_at)
    results = check_reading(read.reading, as_at=read.as_at, settings=limits, earlier=earlier, known=_known(args))
    issues = with_mends(with_staff(results.issues, read.reading.tables), read.reading.form)
    issues = _narrowed(issues, read, args)
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
        raise Refused(f"there is no rule “{rule}”; docs/reference/rules.md and rules-of-other-forms.md list them all.")


def _must_suit(args: argparse.Namespace, read: "Submission") -> None:
    """Raise Refused where something is asked that the form does not have."""
    from goldthread.kernel.forms import FORMS

    form = FORMS[read.reading.form]
    if read.of_lists:
        if args.table is not None:
            raise Refused("--table is for other forms than Annex A; --list N narrows the issues to one list.")
    elif args.list is not None:
        raise Refused(f"{form.title} has no lists; --table NAME narrows the issues to one table.")
    elif args.earlier is not None:
        raise Refused("--earlier is for Annex A lists: no rule of another form compares two submissions.")
    if args.table is not None and args.table not in form.by_name():
        raise Refused(f"{form.title} has no table “{args.table}”; docs/reference/crosswalk.md lists them.")
    if args.beside and read.reading.form != "practice":
        raise Refused("--beside goes with a practice record: its rules alone ask what other forms know.")


def _known(args: argparse.Namespace) -> frozenset[str] | None:
    """The children whom the forms know that were named beside; None where none was."""
    from goldthread.kernel.children import children_of

    if not args.beside:
        return None
    return frozenset().union(*(children_of(submission.read_any(args, path)) for path in args.beside))


def _narrowed(issues: "pl.DataFrame", read: "Submission", args: argparse.Namespace) -> "pl.DataFrame":
    import polars as pl

    from goldthread.kernel.quality import of_staff, staff_names

    for column, wanted in (("team", args.team), ("worker", args.worker)):
        known = {name.lower() for name in staff_names(read.reading.tables, column)} if wanted is not None else set()
        if wanted is not None and wanted.strip().lower() not in known:
            raise Refused(f"no row of {read.path.name} has that {column}; --by {column} lists them.")
    if args.list is not None:
        issues = issues.filter(pl.col("list") == args.list)
    if args.table is not None:
        issues = issues.filter(pl.col("table") == args.table)
    if args.rule is not None:
        issues = issues.filter(pl.col("rule") == args.rule)
    if args.team is not None or args.worker is not None:
        issues = of_staff(issues, team=args.team, worker=args.worker)
    return issues


def _data(found: Checked, args: argparse.Namespace) -> dict[str, object]:
    read, results = found.read, found.results
    then = None if results.apart else found.then
    compared = None if then is None else {"file": then.path.name, "as_at": then.as_at}
    return {
        **read.about(),
        "compared_with": compared,
        "not_compared": results.apart or None,
        "settings": dict(results.settings),
        "counts": found.counts.to_dicts(),
        **({"by": args.by, "groups": grouped(found.issues, args.by).to_dicts()} if args.by else {}),
        "issues": found.issues.to_dicts(),
        "not_run": [{"rule": entry.rule, "why": entry.why} for entry in results.not_run],
        "notes": read.reading.notes.select(columns_for(NOTE_COLUMNS, read)).to_dicts(),
    }
