"""`goldthread sample`: children for case review, drawn from a submission by a design, a plan and a seed."""

import argparse
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from goldthread.cli import output, submission
from goldthread.cli.output import Cell, Table
from goldthread.cli.refusal import OK, Refused
from goldthread.cli.sample_words import count, named, seed, strata, text_of, whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from goldthread.cli.submission import Submission
    from goldthread.domain.sampling import Candidate, Choice, Draw, Plan
    from goldthread.kernel.frames import Frame
    from goldthread.kernel.theme_frames import Limited

POPULATIONS = ("open-cases", "in-need", "on-plan", "in-care", "care-leavers")
DESIGNS = (
    "proportional", "simple", "neyman", "oversampled", "systematic", "one-of-siblings", "dip", "hand-picked",
)  # fmt: skip
UNDIVIDED = ("simple", "one-of-siblings", "dip")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A draw from a submission, and all that its record tells."""

    read: "Submission"
    who: "Frame"
    candidates: "list[Candidate]"
    draw: "Draw"
    limited: "Limited | None"
    given: int


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `goldthread sample`."""
    submission.add_arguments(parser)
    parser.add_argument("--n", type=count, metavar="NUMBER", help="how many children to draw")
    parser.add_argument("--seed", type=seed, help="a word or number; the same seed draws the same children again")
    parser.add_argument("--design", choices=DESIGNS, help="how to choose (proportional; dip where a theme is named)")
    parser.add_argument("--population", choices=POPULATIONS, help="whose cases (open-cases)")
    parser.add_argument("--theme", metavar="NAME", help="what a dip-sample looks at, such as strategy-discussions")
    parser.add_argument(
        "--strata", type=strata, metavar="NAMES",
        help="divide by one or more of service, age_band, gender, ethnicity_group, team, with commas between; none for"
        " a plain draw (service)",
    )  # fmt: skip
    parser.add_argument("--minimum", type=whole, metavar="NUMBER", help="the fewest of each stratum (2, or 1 if tight)")
    parser.add_argument(
        "--expected", action="append", default=[], type=named, metavar="STRATUM=PERCENT",
        help="of neyman: the share expected in a stratum (50); once for each",
    )  # fmt: skip
    parser.add_argument(
        "--times", action="append", default=[], type=named, metavar="STRATUM=NUMBER",
        help="of oversampled: how many times its fair share a stratum gets (1); once for each",
    )  # fmt: skip
    parser.add_argument("--siblings", type=Path, metavar="FILE", help="sibling groups: a family a line, with commas")
    parser.add_argument("--children", type=Path, metavar="FILE", help="draw only from these children, an ID a line")
    parser.add_argument(
        "--picked", type=Path, metavar="FILE", help="of hand-picked: a child a line, a comma, the reason"
    )
    output.add_arguments(parser)
    parser.epilog = (
        "The answer names children by the ID of the file, and holds what is needed to repeat and to check the draw: "
        "see also `goldthread sample repeat`, `sample size` and `sample discover`. "
        "Exit code: 0 drawn, 2 the file or the request cannot be used."
    )


def run(args: argparse.Namespace) -> int:
    """Draw and write who was chosen. Raises Refused when the file or the plan cannot be used."""
    from goldthread.domain.sampling import Candidate, SamplingError, draw, families_in

    if submission.settings(args):
        raise Refused("a draw has no limits to change; leave out --set.")
    try:
        plan = _plan(args)
        families = families_in(text_of(args.siblings)) if args.siblings else {}
        read = submission.read(args)
        who, limited, given = _frame(args, read, plan)
        candidates = [
            Candidate(child, stratum, families.get(child, ""))
            for child, stratum in who.eligible.select("child", "stratum").iter_rows()
        ]
        drawn = Drawn(read, who, candidates, draw(plan, candidates), limited, given)
    except SamplingError as error:
        raise Refused(str(error)) from error
    output.write(_tables(drawn), args, _data(drawn) if args.format == "json" else None)
    return OK


def _plan(args: argparse.Namespace) -> "Plan":
    """The plan that the arguments make. Raises Refused where one is missing or belongs to another design."""
    from goldthread.domain.sampling import Design, Plan, picked_in

    design = Design(args.design or ("dip" if args.theme else "hand-picked" if args.picked else "proportional"))
    _belongs(args, design)
    picked = picked_in(text_of(args.picked)) if args.picked else ()
    if design.by_chance and args.n is None:
        raise Refused("say how many children to draw, with --n.")
    if design.by_chance and args.seed is None:
        raise Refused("give a word or number that makes the draw repeatable, with --seed.")
    by_itself = () if design.value in UNDIVIDED else ("service",)
    return Plan(
        len(picked) if args.n is None else args.n,
        args.seed or "",
        by_itself if args.strata is None else args.strata,
        args.minimum,
        design,
        dict(args.expected),
        dict(args.times),
        args.theme or "",
        picked,
    )


def _belongs(args: argparse.Namespace, design: str) -> None:
    """Raise Refused where an argument belongs to another design, or a design lacks its own."""
    own = {"expected": "neyman", "times": "oversampled", "siblings": "one-of-siblings", "theme": "dip"}
    own["picked"] = "hand-picked"
    for name, of in own.items():
        if getattr(args, name) and design != of:
            raise Refused(f"--{name} belongs to --design {of}, and this draw is {design}.")
    if design == "one-of-siblings" and not args.siblings:
        raise Refused("name the file that says who are brothers and sisters, with --siblings.")
    if design == "dip" and args.population:
        raise Refused("a dip-sample takes the children to whom its theme applies; leave out --population.")


def _frame(args: argparse.Namespace, read: "Submission", plan: "Plan") -> "tuple[Frame, Limited | None, int]":
    """Who could be drawn, and how a given list limits it. Raises Refused."""
    from goldthread.domain.sampling import children_in
    from goldthread.kernel.theme_frames import limited_to

    who = frame_for(read, plan.theme, args.population or "open-cases", plan.strata)
    if args.children is None:
        return who, None, 0
    given = children_in(text_of(args.children))
    limited = limited_to(who, given)
    if not limited.frame.eligible.height:
        raise Refused(f"none of the {len(given):,} children of the list is in the frame.")
    return limited.frame, limited, len(given)


def frame_for(read: "Submission", theme: str, population: str, strata: "tuple[str, ...]") -> "Frame":
    """The frame of a theme or a population. Raises Refused."""
    from goldthread.kernel.frames import frame
    from goldthread.kernel.theme_frames import THEMES, theme_frame

    tables = {name: read.reading.tables[name] for name in read.reading.found}
    if theme and theme not in THEMES:
        raise Refused(f"no theme is called “{theme}”; choose from {', '.join(THEMES)}.")
    try:
        if theme:
            return theme_frame(tables, read.as_at, theme)
        return frame(tables, read.as_at, population=population, strata=strata)
    except ValueError as error:
        raise Refused(f"{error}; choose another {'--theme' if theme else '--population'}.") from error


def _tables(drawn: Drawn) -> list[Table]:
    who, draw = drawn.who, drawn.draw
    where, weight = _places(who), _weights(draw)
    chosen: list[tuple[Cell, ...]] = [
        (choice.order, choice.id, choice.stratum, *where[choice.id], weight.get(choice.id), choice.reason)
        for choice in draw.chosen
    ]
    record = _record(drawn)
    strata = [(s.name, s.in_frame, s.drawn, None if s.weight is None else round(s.weight, 2)) for s in draw.strata]
    heads = ("order", "child", "stratum", "list", "row", "stands for", "reason")
    tables = [
        Table(f"{drawn.read.heading()}; {who.says}", heads, chosen),
        Table("Strata", ("stratum", "in the frame", "drawn", "each stands for"), strata),
        Table("Left out of the frame", ("reason", "rows"), list(who.reasons().items())),
        Table("Record", ("", "value"), [(name, "" if v is None else str(v)) for name, v in record.items()]),
    ]
    if drawn.limited is not None and drawn.limited.unknown:
        unknown = [(child,) for child in drawn.limited.unknown]
        tables.insert(1, Table(f"Unknown children of the list: {len(unknown):,}", ("child",), unknown))
    return tables


def _places(who: "Frame") -> "Mapping[str, tuple[int, int]]":
    return {child: (number, row) for child, number, row in who.eligible.select("child", "list", "row").iter_rows()}


def _weights(draw: "Draw") -> "Mapping[str, float]":
    from goldthread.domain.sampling import weights

    return {child: round(weight, 4) for child, weight in weights(draw).items()}


def _record(drawn: Drawn) -> dict[str, object]:
    """What is needed to draw again, and to prove that the frame is the same."""
    who, draw = drawn.who, drawn.draw
    plan = draw.plan
    return {
        "algorithm": draw.algorithm,
        "design": plan.design.value,
        "seed": plan.seed,
        "n": plan.size,
        "population": who.population,
        "strata": ", ".join(who.strata) or "none",
        "minimum_per_stratum": plan.minimum_per_stratum,
        "as_at": drawn.read.as_at,
        "frame_size": draw.frame_size,
        "frame_hash": draw.frame_hash,
        "left_out": who.excluded.height,
    }


def _choice(choice: "Choice") -> dict[str, object]:
    return {"order": choice.order, "child": choice.id, "stratum": choice.stratum, "reason": choice.reason}


def _data(drawn: Drawn) -> dict[str, object]:
    from goldthread.domain.sampling import as_record

    who, draw, limited = drawn.who, drawn.draw, drawn.limited
    where, weight = _places(who), _weights(draw)
    return {
        **drawn.read.about(),
        "population": who.population,
        "says": who.says,
        "chosen": [
            {**_choice(one), "list": where[one.id][0], "row": where[one.id][1], "stands_for": weight.get(one.id)}
            for one in draw.chosen
        ],
        "reserve": [_choice(choice) for choice in draw.reserve],
        "strata": [asdict(stratum) for stratum in draw.strata],
        "excluded": who.reasons(),
        "given": None
        if limited is None
        else {"children": drawn.given, "twice": limited.twice, "unknown": list(limited.unknown)},
        "record": _record(drawn),
        "proof": as_record(draw, drawn.candidates),
    }
