"""`goldthread mend`: what can be mended in a return's files without a guess, previewed, and made in a copy."""

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from goldthread.cli import output
from goldthread.cli.check_as import year
from goldthread.cli.output import Table
from goldthread.cli.refusal import ISSUES, OK, Refused

if TYPE_CHECKING:
    from goldthread.kernel.mends import OddStructure, Suggested
    from goldthread.mending import Mended

_COLUMNS = ("mend", "file", "column", "changes", "first row", "what it does")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `goldthread mend`."""
    parser.add_argument("file", type=Path, metavar="FOLDER", help="the return: a folder of CSV files, XML, or a zip")
    parser.add_argument("--as", choices=("ssda903", "cin"), dest="as_form", required=True, help="which return it is")
    parser.add_argument(
        "--year", type=year, metavar="YEAR", help="its collection year, by the March in which it ends (2026 = 2025-26)"
    )
    parser.add_argument("--take", metavar="CODES", help="make these mends, such as dates,case; needs --out")
    parser.add_argument("--all", action="store_true", help="make every mend that is suggested; needs --out")
    parser.add_argument(
        "--out", type=Path, dest="copy", metavar="FOLDER", help="the new folder that the corrected copy goes into"
    )
    parser.add_argument(
        "--changes", type=Path, metavar="FILE", help="write every suggested change to this CSV, cells and all"
    )
    parser.add_argument(
        "--most-mb", type=int, default=300, metavar="N", help="refuse files of more than N million bytes (300)"
    )
    # `--out`, which elsewhere is short for `--output`, is the folder of the copy here.
    parser.add_argument(
        "--format", choices=output.FORMATS, default="table", help="how to write the answer, without a cell of the files"
    )
    parser.add_argument("--output", type=Path, metavar="FILE", help="write the answer to this file, not the terminal")
    parser.epilog = (
        "Without --take or --all nothing is made: the mends are counted by file and column. The folder of --out must "
        "be new or empty; a log of every change is written beside it, and the copy is checked again. The answer "
        "counts and shows no cell; --changes and the log hold cells: keep them inside the authority. Exit code: 0 "
        "done, or nothing to mend; 1 mends are suggested; 2 the file or the request cannot be used."
    )


def run(args: argparse.Namespace) -> int:
    """Preview the mends, or make them. Raises Refused where the return or the request cannot be used."""
    from goldthread.kernel.refusal import Refused as ReadingRefused

    taken = args.all or args.take is not None
    if args.all and args.take is not None:
        raise Refused("--all makes every mend and --take some of them; give one of the two.")
    if taken != (args.copy is not None):
        raise Refused("a mend is made in a copy: give --take CODES or --all, and --out with a new folder.")
    try:
        return _make(args) if taken else _preview(args)
    except ReadingRefused as refusal:
        raise Refused(f"{refusal.reason} {refusal.mend}") from refusal


def _preview(args: argparse.Namespace) -> int:
    from goldthread.mending import suggest

    suggested = suggest(args.file, as_form=args.as_form, year=args.year, most_mb=args.most_mb)
    _write_changes(args, suggested)
    count = suggested.changes.height
    how = "make them with --all or --take CODES, and --out NEW-FOLDER" if count else "there is nothing to mend"
    title = f"{args.file.name}: {count:,} change{'s' * (count != 1)} suggested, none made; {how}"
    rows = _counted(suggested)
    told = {
        "changes": count, "suggested": [dict(zip(_COLUMNS, row, strict=True)) for row in rows],
        "structure": [asdict(one) for one in suggested.structure],
    }  # fmt: skip
    output.write([Table(title, _COLUMNS, rows), *_structure(suggested.structure)], args, told)
    return ISSUES if rows or suggested.structure else OK


def _write_changes(args: argparse.Namespace, suggested: "Suggested") -> None:
    """Write what is suggested to the file of --changes, where one is named."""
    if args.changes is not None:
        from goldthread.kernel.mends import log

        output.replace(args.changes, log(suggested.changes))


def _structure(found: "Sequence[OddStructure]") -> list[Table]:
    """Where the XML is built otherwise than its schema says; no table where nothing is."""
    title = (
        "Built otherwise than the schema says (checked by the order and number of elements held here, not by the "
        "Department's schema file; no mend changes it)"
    )
    rows = [(one.holder, one.element, one.says, one.times, one.line) for one in found]
    return [Table(title, ("in", "element", "what", "times", "first line"), rows)] if rows else []


def _counted(suggested: "Suggested") -> list[tuple[str, str, str, int, int, str]]:
    from goldthread.kernel.mends import of_form

    return [
        (code, file, heading or "(whole rows)", changes, row, of_form(code, suggested.form).says)
        for code, file, _, heading, changes, row in suggested.counts().iter_rows()
    ]


def _make(args: argparse.Namespace) -> int:
    from goldthread.mending import mend, suggest

    if args.changes is not None:
        _write_changes(args, suggest(args.file, as_form=args.as_form, year=args.year, most_mb=args.most_mb))
    take = None if args.all else args.take.split(",")
    made = mend(
        args.file, as_form=args.as_form, out=args.copy, year=args.year, take=take, most_mb=args.most_mb
    )  # fmt: skip
    told = dict(_facts(made)) | {"structure": [asdict(one) for one in made.structure]}
    output.write([Table(_told(made), ("what", "is"), _facts(made)), *_structure(made.structure)], args, told)
    return OK


def _told(made: "Mended") -> str:
    changes = made.changes.height
    return (
        f"{changes:,} change{'s' * (changes != 1)} made in {made.out}; {made.mended:,} issues mended, {made.new:,} new"
    )


def _facts(made: "Mended") -> list[tuple[str, str | int]]:
    return [
        ("copy", str(made.out)),
        ("log", str(made.log)),
        ("changes", made.changes.height),
        ("issues before", made.before.frame.height),
        ("issues after", made.after.frame.height),
        ("issues mended", made.mended),
        ("issues new", made.new),
    ]
