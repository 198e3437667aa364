"""`goldthread make-authority --returns`: fill a folder with the returns of one invented authority, and the truth."""

import argparse
import json
import sys
from pathlib import Path

from goldthread.cli.refusal import OK, Refused

_ALONE = ("year", "months", "every", "drift", "decline_from", "ssd_format")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be asked of a folder of returns. None of it means anything without `--returns`."""
    group = parser.add_argument_group("all returns of the same children")
    group.add_argument(
        "--returns", metavar="NAMES", help="annex-a,ssda903,cin,ssd,practice, or some of them: fill a folder with these"
    )
    group.add_argument(
        "--year", type=int, metavar="YEAR", help="the current collection year (the last that was over); two are written"
    )
    group.add_argument(
        "--months", type=int, metavar="NUMBER", help="tell a story of so many months, with Annex A at every month end"
    )
    group.add_argument(
        "--every", type=int, metavar="NUMBER", help="with --months, Annex A at every so many month ends only (1)"
    )
    group.add_argument("--drift", type=float, metavar="SHARE", help="how demand grows in a year, such as 0.05 (0)")
    group.add_argument(
        "--decline-from",
        type=int,
        metavar="MONTH",
        help="the month of the story in which the service begins to decline",
    )
    group.add_argument("--ssd-format", choices=("csv", "parquet"), help="how the dataset's tables are written (csv)")


def refuse_without_returns(args: argparse.Namespace) -> None:
    """Raises Refused where something was asked that only a folder of returns can have."""
    asked = [f"--{name.replace('_', '-')}" for name in _ALONE if getattr(args, name) is not None]
    if asked:
        raise Refused(f"{asked[0]} needs --returns, such as --returns annex-a,ssda903,cin,ssd,practice.")


def run(args: argparse.Namespace) -> int:
    """Fill the folder. Raises Refused where it cannot be told or written."""
    from goldthread.synthetic.authority import AuthoritySpec
    from goldthread.synthetic.cuts.folder import TRUTH, write
    from goldthread.synthetic.cuts.request import Request

    try:
        spec = AuthoritySpec(args.name, args.size, args.seed, args.as_at, args.defects == "on")
        request = Request(
            spec,
            tuple(dict.fromkeys(name.strip() for name in args.returns.split(",") if name.strip())),
            args.year,
            args.months,
            args.drift or 0.0,
            args.decline_from,
            args.ssd_format or "csv",
            args.every or 1,
        )
    except ValueError as error:
        raise Refused(f"{error}.") from error
    out: Path = args.out
    _make_room(out, TRUTH, force=args.force)
    try:
        written = write(request, out, _say, messy=args.messy, list_9=args.list_9)
    except OSError as error:
        raise Refused(f"{out} cannot be written to: {error.strerror or error}.") from error
    _say(f"{sum(written.rows.values()):,} rows in {len(written.rows)} files; {TRUTH} says what was planted in them.")
    _say("Everything in the folder is invented.")
    sys.stdout.write(f"{out}\n")
    return OK


def _make_room(out: Path, truth: str, *, force: bool) -> None:
    """See that there is a folder to fill. With `force`, what an earlier run wrote there is taken away first."""
    if out.suffix.lower() == ".xlsx" or out.is_file():
        raise Refused(f"{out.name} is no folder: with --returns, --out names a folder to fill.")
    if out.is_dir() and any(out.iterdir()):
        if not force:
            raise Refused(f"{out} is not empty; give --force to write into it all the same, or another --out.")
        _take_away(out, out / truth)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(f"The folder {out} cannot be made: {error.strerror}.") from error


def _take_away(out: Path, truth: Path) -> None:
    """Take away the files that an earlier run says it wrote, and nothing else."""
    try:
        written = json.loads(truth.read_text(encoding="utf-8"))["rows"]
    except (OSError, ValueError, KeyError, TypeError):
        return
    root = out.resolve()
    for name in written:
        path = (out / str(name)).resolve()
        if path.is_relative_to(root) and path.is_file():
            path.unlink()
    truth.unlink()


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
