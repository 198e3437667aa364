"""`goldthread sample discover`: how many files to read to find one, or to say that there are at most so many."""

import argparse

from goldthread.cli import output
from goldthread.cli.output import Cell, Table
from goldthread.cli.refusal import OK, Refused
from goldthread.cli.sample_words import count, per_cent


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `goldthread sample discover`."""
    parser.add_argument("--frame", type=count, required=True, metavar="NUMBER", help="how many cases there are in all")
    parser.add_argument("--share", type=per_cent, metavar="PERCENT", help="the share of cases with the fault")
    parser.add_argument("--cases", type=count, metavar="NUMBER", help="instead of a share: how many cases have it")
    parser.add_argument("--confidence", type=per_cent, default=0.95, metavar="PERCENT", help="how sure to be (95)")
    parser.add_argument("--n", type=count, metavar="NUMBER", help="what so many files without the fault allow to say")
    output.add_arguments(parser)
    parser.epilog = "Exit code: 0 told, 2 the request cannot be used."


def run(args: argparse.Namespace) -> int:
    """Tell how many. Raises Refused where the request makes no sense."""
    frame = args.frame
    if args.share is not None and args.cases is not None:
        raise Refused("give --share or --cases, not both.")
    if args.share is None and args.cases is None and args.n is None:
        raise Refused("say how common the fault is with --share or --cases, or how many files are read with --n.")
    for name, value in (("--n", args.n), ("--cases", args.cases)):
        if value is not None and value > frame:
            raise Refused(f"{name} {value:,} is more than the {frame:,} cases that there are.")
    told = _told(args)
    rows: list[tuple[Cell, ...]] = list(told)
    data = {
        "frame": frame, "confidence": args.confidence,
        "answers": [{"asks": asks, "n": n, "says": says} for asks, n, says in told],
    }  # fmt: skip
    table = Table(f"Of {frame:,} cases", ("asks", "files", "says"), rows)
    output.write([table], args, data if args.format == "json" else None)
    return OK


def _told(args: argparse.Namespace) -> list[tuple[str, int, str]]:
    """What is asked, how many files answer it, and that in words."""
    from goldthread.domain.sampling import at_least_cases, chance_of_seeing, discovery_size, size_to_say_at_most

    frame, sure, words = args.frame, args.confidence, f"{100 * args.confidence:g}%"
    told = []
    if args.share is not None or args.cases is not None:
        faulty = args.cases or at_least_cases(args.share, frame)
        share = faulty / frame if args.share is None else args.share
        says = f"Where {faulty:,} of {frame:,} have the fault, so many files show at least one with {words} chance."
        told.append(("find", discovery_size(faulty, frame, sure), says))
        if share < 1:
            most = f"at most {100 * share:.3g}% have it"
            says = f"So many files, all without the fault, say with {words} confidence that {most}."
            told.append(("at-most", size_to_say_at_most(share, frame, sure), says))
        if args.n is not None:
            chance = 100 * chance_of_seeing(args.n, faulty, frame)
            says = f"So many files show at least one of the {faulty:,} with {chance:.1f}% chance."
            told.append(("chance", args.n, says))
    if args.n is not None:
        told.append(("none-found", args.n, _none_found(args.n, frame, sure)))
    return told


def _none_found(n: int, frame: int, sure: float) -> str:
    from goldthread.domain.sampling import most_faulty

    most = most_faulty(n, frame, sure)
    return (
        f"So many files, all without the fault, say with {100 * sure:g}% confidence that at most {most:,} of {frame:,}"
        f" have it, {100 * most / frame:.1f}%."
    )
