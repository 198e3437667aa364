"""`goldthread sample size`: how many files make an answer how sure, and how sure so many files make it."""

import argparse
from typing import TYPE_CHECKING

from goldthread.cli import output
from goldthread.cli.output import Cell, Table
from goldthread.cli.refusal import OK, Refused
from goldthread.cli.sample_words import count, per_cent

if TYPE_CHECKING:
    from collections.abc import Iterator

USUAL = (0.05, 0.075, 0.10, 0.15)
"""Half-widths that are shown where none is asked for."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `goldthread sample size`."""
    parser.add_argument("--frame", type=count, required=True, metavar="NUMBER", help="how many cases there are in all")
    parser.add_argument(
        "--within", type=per_cent, metavar="POINTS", help="percentage points either way (5, 7.5, 10, 15)"
    )
    parser.add_argument(
        "--share", type=per_cent, default=0.5, metavar="PERCENT", help="the share expected (50, the worst case)"
    )
    parser.add_argument("--confidence", type=per_cent, default=0.95, metavar="PERCENT", help="how sure to be (95)")
    parser.add_argument("--n", type=count, metavar="NUMBER", help="how sure so many files make it")
    output.add_arguments(parser)
    parser.epilog = "Exit code: 0 told, 2 the request cannot be used."


def run(args: argparse.Namespace) -> int:
    """Tell how many. Raises Refused where more are to be read than there are."""
    if args.n is not None and args.n > args.frame:
        raise Refused(f"{args.n:,} files are more than the {args.frame:,} that there are.")
    rows = list(_rows(args))
    title = f"Of {args.frame:,} cases, for a share near {100 * args.share:g}%, {100 * args.confidence:g}% sure"
    data = {
        "frame": args.frame, "share": args.share, "confidence": args.confidence,
        "sizes": [{"n": n, "points": points} for n, points in rows],
    }  # fmt: skip
    shown: list[tuple[Cell, ...]] = [(n, round(points, 1), f"{100 * n / args.frame:.0f}%") for n, points in rows]
    table = Table(title, ("files", "percentage points either way", "of all cases"), shown)
    output.write([table], args, data if args.format == "json" else None)
    return OK


def _rows(args: argparse.Namespace) -> "Iterator[tuple[int, float]]":
    """How many files, and to within how many points they tell."""
    from goldthread.domain.sampling import precision, size_needed, z_of

    z = z_of(args.confidence)
    if args.n is not None:
        yield args.n, 100 * precision(args.n, args.frame, args.share, z)
    if args.within is not None or args.n is None:
        for within in USUAL if args.within is None else (args.within,):
            n = size_needed(within, args.frame, args.share, z)
            yield n, 100 * precision(n, args.frame, args.share, z)
