"""`goldthread sample`: children for case review, drawn from a submission by a plan and a seed."""

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING

from goldthread.cli import output, submission
from goldthread.cli.output import Cell, Table
from goldthread.cli.refusal import OK, Refused

if TYPE_CHECKING:
    from goldthread.cli.submission import Submission
    from goldthread.domain.sampling import Choice, Draw
    from goldthread.kernel.frames import Frame

POPULATIONS = ("open-cases", "in-need", "on-plan", "in-care", "care-leavers")
STRATA = ("service", "age_band", "gender", "ethnicity_group", "team")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `goldthread sample`."""
    submission.add_arguments(parser)
    parser.add_argument("--n", type=_count, required=True, metavar="NUMBER", help="how many children to draw")
    parser.add_argument(
        "--seed", type=_seed, required=True, help="a word or number; the same seed draws the same children again"
    )
    parser.add_argument("--population", choices=POPULATIONS, default="open-cases", help="whose cases (open-cases)")
    parser.add_argument(
        "--strata",
        type=_strata,
        default=("service",),
        metavar="NAMES",
        help=f"divide by one or more of {', '.join(STRATA)}, with commas between; none for a plain draw (service)",
    )
    parser.add_argument(
        "--minimum", type=_whole, metavar="NUMBER", help="the fewest of each stratum (2, or 1 if tight)"
    )
    output.add_arguments(parser)
    parser.epilog = (
        "The answer names children by the ID of the file, and holds what is needed to repeat and to check the draw. "
        "Exit code: 0 drawn, 2 the file or the request cannot be used."
    )


def run(args: argparse.Namespace) -> int:
    """Draw and write who was chosen. Raises Refused when the file or the plan cannot be used."""
    from goldthread.domain.sampling import Candidate, Plan, SamplingError, draw
    from goldthread.kernel.frames import frame

    if submission.settings(args):
        raise Refused("a draw has no limits to change; leave out --set.")
    read = submission.read(args)
    tables = {name: read.reading.tables[name] for name in read.reading.found}
    try:
        who = frame(tables, read.as_at, population=args.population, strata=args.strata)
        candidates = [Candidate(*pair) for pair in who.eligible.select("child", "stratum").iter_rows()]
        drawn = draw(Plan(args.n, args.seed, args.strata, args.minimum), candidates)
    except SamplingError as error:
        raise Refused(str(error)) from error
    except ValueError as error:
        raise Refused(f"{error}; choose another --population.") from error
    output.write(_tables(read, who, drawn), args, _data(read, who, drawn) if args.format == "json" else None)
    return OK


def _tables(read: "Submission", who: "Frame", drawn: "Draw") -> list[Table]:
    where = {child: (number, row) for child, number, row in who.eligible.select("child", "list", "row").iter_rows()}
    chosen: list[tuple[Cell, ...]] = [
        (choice.order, choice.id, choice.stratum, *where[choice.id], choice.reason) for choice in drawn.chosen
    ]
    record = _record(read, who, drawn)
    strata = [(s.name, s.in_frame, s.drawn, None if s.weight is None else round(s.weight, 2)) for s in drawn.strata]
    return [
        Table(f"{read.heading()}; {who.says}", ("order", "child", "stratum", "list", "row", "reason"), chosen),
        Table("Strata", ("stratum", "in the frame", "drawn", "each stands for"), strata),
        Table("Left out of the frame", ("reason", "rows"), list(who.reasons().items())),
        Table("Record", ("", "value"), [(name, "" if v is None else str(v)) for name, v in record.items()]),
    ]


def _record(read: "Submission", who: "Frame", drawn: "Draw") -> dict[str, object]:
    """What is needed to draw again, and to prove that the frame is the same."""
    return {
        "algorithm": drawn.algorithm,
        "seed": drawn.plan.seed,
        "n": drawn.plan.size,
        "population": who.population.value,
        "strata": ", ".join(who.strata) or "none",
        "minimum_per_stratum": drawn.plan.minimum_per_stratum,
        "as_at": read.as_at,
        "frame_size": drawn.frame_size,
        "frame_hash": drawn.frame_hash,
        "left_out": who.excluded.height,
    }


def _choice(choice: "Choice") -> dict[str, object]:
    return {"order": choice.order, "child": choice.id, "stratum": choice.stratum, "reason": choice.reason}


def _data(read: "Submission", who: "Frame", drawn: "Draw") -> dict[str, object]:
    where = {child: (number, row) for child, number, row in who.eligible.select("child", "list", "row").iter_rows()}
    return {
        **read.about(),
        "population": who.population.value,
        "says": who.says,
        "chosen": [
            {**_choice(choice), "list": where[choice.id][0], "row": where[choice.id][1]} for choice in drawn.chosen
        ],
        "reserve": [_choice(choice) for choice in drawn.reserve],
        "strata": [asdict(stratum) for stratum in drawn.strata],
        "excluded": who.reasons(),
        "record": _record(read, who, drawn),
    }


def _strata(text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    if names == ("none",):
        return ()
    for name in names:
        if name not in STRATA:
            raise argparse.ArgumentTypeError(f"“{name}” is no stratum; choose from {', '.join(STRATA)}, or none")
    if not names or len(set(names)) < len(names):
        raise argparse.ArgumentTypeError("name each stratum once, or write none")
    return names


def _seed(text: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError("the seed is empty; give a word or number, and keep it with the draw")
    return text


def _count(text: str) -> int:
    number = _whole(text)
    if number < 1:
        raise argparse.ArgumentTypeError("a draw must be of at least one child")
    return number


def _whole(text: str) -> int:
    if text.removeprefix("-").isdigit() and text.startswith("-"):
        raise argparse.ArgumentTypeError(f"“{text}” is less than nothing; write a whole number such as 60")
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise argparse.ArgumentTypeError(f"“{text}” is no whole number")
    return int(text)
