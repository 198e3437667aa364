"""`goldthread make-authority`: write the Annex A workbook of an invented authority, or a folder of all its returns.

Without `--returns` it writes one workbook; with it, whole lives are told and every return is cut from them
(see `make_returns`). Either comes with the truth about it.
"""

import argparse
import re
import sys
from datetime import date
from pathlib import Path

from goldthread.cli import make_returns
from goldthread.cli.refusal import OK, Refused


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be asked of an invented authority."""
    parser.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="PATH",
        help="the .xlsx file to write, or a directory to write it in; with --returns, the folder to fill",
    )
    parser.add_argument("--seed", type=int, default=2013, help="the same seed makes the same authority (2013)")
    parser.add_argument(
        "--size", type=float, default=1.0, help="1 is an authority of Derbyshire's size, about 39,000 rows (1)"
    )
    parser.add_argument(
        "--as-at", type=_day, default=date(2026, 9, 30), metavar="DATE", help="the day of the lists (2026-09-30)"
    )
    parser.add_argument("--name", default="Wrenfordshire", help="what to call the authority (Wrenfordshire)")
    parser.add_argument(
        "--defects", choices=("on", "off"), default="on", help="plant defects, about one in 150 rows (on)"
    )
    parser.add_argument("--messy", action="store_true", help="write it as untidily as real files often are")
    parser.add_argument(
        "--list-9",
        choices=("new", "old"),
        default="new",
        help="the newer or older form of the care leavers' list (new)",
    )
    parser.add_argument("--force", action="store_true", help="overwrite files that are there")
    make_returns.add_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Make the authority and write its files. Raises Refused where it cannot be made or written."""
    if args.returns is not None:
        return make_returns.run(args)
    make_returns.refuse_without_returns(args)
    return _one_workbook(args)


def _one_workbook(args: argparse.Namespace) -> int:
    # Imported here, so that `--help` and a refused path need not wait for the data libraries.
    from goldthread.synthetic import workbook
    from goldthread.synthetic.authority import AuthoritySpec, make
    from goldthread.synthetic.defects import kinds
    from goldthread.synthetic.truth import as_json

    try:
        spec = AuthoritySpec(args.name, args.size, args.seed, args.as_at, args.defects == "on")
    except ValueError as error:
        raise Refused(f"{error}.") from error
    path, truth = _paths(args)
    _say(f"Inventing {spec.name}, seed {spec.seed}, as at {spec.as_at} ...")
    authority = make(spec)
    _say(f"Writing {authority.rows:,} rows ...")
    try:
        defects = workbook.write(authority, path, list_9=args.list_9, messy=args.messy)
        truth.write_text(as_json(authority, defects), encoding="utf-8")
    except OSError as error:
        raise Refused(f"{path.parent} cannot be written to: {error.strerror or error}.") from error
    _say(f"{len(defects)} defects of {len(kinds(defects))} kinds are planted; {truth.name} says which and where.")
    _say("Everything in the workbook is invented.")
    sys.stdout.write(f"{path}\n")
    return OK


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write it as 2026-09-30") from error


def _paths(args: argparse.Namespace) -> tuple[Path, Path]:
    """The workbook and the truth file. Raises Refused where one is there already, or the directory is not."""
    out: Path = args.out
    if out.suffix.lower() == ".xlsx":
        path = out
    elif out.suffix and not out.is_dir():
        raise Refused(f"{out.name} should end in .xlsx: workbooks are written in that format only.")
    else:
        plain = re.sub(r"[^a-z0-9]+", "-", args.name.lower()).strip("-") or "authority"
        path = out / f"{plain}.xlsx"
        try:
            out.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Refused(f"The directory {out} cannot be made: {error.strerror}.") from error
    if not path.parent.is_dir():
        raise Refused(f"There is no directory {path.parent}.")
    truth = path.with_suffix(".truth.json")
    for each in (path, truth):
        if each.exists() and not args.force:
            raise Refused(f"{each} is there already; give --force to overwrite it, or another --out.")
    return path, truth
