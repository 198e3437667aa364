"""`goldthread frameworks`: list the inspection frameworks, show one, lay two side by side, or check a file."""

import argparse
import sys
from itertools import zip_longest
from pathlib import Path

from goldthread.cli import output
from goldthread.cli.refusal import OK, Refused
from goldthread.domain import crosswalks, frameworks
from goldthread.domain.framework import CHECK_NOTE, Framework
from goldthread.domain.frameworks.writing import as_toml, copied


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing for the list, a slug to show one, two for a crosswalk, or a file to check."""
    parser.add_argument(
        "words",
        nargs="*",
        metavar="SLUG",
        help="show this framework; “crosswalk A B” lays two side by side: which criteria correspond, and which do not",
    )
    parser.add_argument("--check", type=Path, metavar="FILE", help="check a framework's file and say what is wrong")
    parser.add_argument(
        "--copy-as",
        metavar="NEW",
        help="write the framework's file under this slug, to start one of your own from (to --output, or the terminal)",
    )
    output.add_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Show what was asked for. Raises Refused, naming the line, for a file that is not a framework."""
    words: list[str] = args.words
    if words and args.check:
        raise Refused("check a file, or show a framework: leave the name or --check out.")
    if args.copy_as is not None and (len(words) != 1 or args.format != "table"):
        raise Refused("--copy-as writes one framework as its file; name that one, without --format.")
    try:
        if args.copy_as is not None:
            _copy(words[0], args)
        elif args.check:
            output.write(_one(frameworks.read(args.check)), args)
        elif words and words[0] == "crosswalk":
            _write_crosswalk(words[1:], args)
        elif len(words) > 1:
            raise Refused(f"show one framework at a time; to lay two side by side: crosswalk {' '.join(words[:2])}.")
        elif words:
            output.write(_one(frameworks.load(words[0])), args)
        else:
            output.write([_list()], args)
    except (frameworks.FrameworkError, crosswalks.CrosswalkError) as error:
        raise Refused(str(error)) from error
    return OK


def _copy(slug: str, args: argparse.Namespace) -> None:
    """Write the file of a copy. The file's name must be its slug, or it could not be read again."""
    text = as_toml(copied(frameworks.load(slug), args.copy_as))
    if args.output is None:
        sys.stdout.write(text)
        return
    if args.output.name != f"{args.copy_as}.toml":
        raise Refused(f"a framework's file is named after its slug; write to {args.copy_as}.toml.")
    output.replace(args.output, text.encode())


def _write_crosswalk(words: list[str], args: argparse.Namespace) -> None:
    if len(words) != 2:
        known = ", ".join(crosswalks.load().sides)
        raise Refused(f"a crosswalk is between two frameworks; name two of {known}.")
    held = crosswalks.load()
    found = crosswalks.between(held, *words)
    output.write(_crosswalk(held, found), args, data=_crosswalk_data(held, found))


def _crosswalk(held: crosswalks.Crosswalk, found: crosswalks.Between) -> list[output.Table]:
    """One row for each criterion on either side of a subject, then those that stand alone."""
    rows: list[tuple[str, ...]] = []
    for pair in found.pairs:
        for ours, theirs in zip_longest(pair.ours, pair.theirs):
            rows.append((pair.subject, *_cells(ours), *_cells(theirs), pair.note))
    rows += [("", *_cells(point), "", "", "no counterpart") for point in found.only_ours]
    rows += [("", "", "", *_cells(point), "no counterpart") for point in found.only_theirs]
    one, other = found.ours.slug, found.theirs.slug
    columns = ("subject", one, f"{one}: what it asks", other, f"{other}: what it asks", "note")
    about = [(f"{held.source} {_note(held.checked)}".strip(),)]
    return [output.Table("Crosswalk", columns, rows), output.Table("About", ("source",), about)]


def _cells(point: crosswalks.Point | None) -> tuple[str, str]:
    return (point.id, point.text) if point else ("", "")


def _crosswalk_data(held: crosswalks.Crosswalk, found: crosswalks.Between) -> dict[str, object]:
    """The crosswalk as JSON writes it."""
    return {
        "from": found.ours.slug,
        "to": found.theirs.slug,
        "pairs": [
            {
                "subject": pair.subject,
                "from": [_point_data(point) for point in pair.ours],
                "to": [_point_data(point) for point in pair.theirs],
                "note": pair.note,
            }
            for pair in found.pairs
        ],
        "only_in_from": [_point_data(point) for point in found.only_ours],
        "only_in_to": [_point_data(point) for point in found.only_theirs],
        "source": held.source,
        "checked": held.checked,
    }


def _point_data(point: crosswalks.Point) -> dict[str, object]:
    return {"id": point.id, "area": point.area, "text": point.text, "checked": point.checked}


def _list() -> output.Table:
    rows = []
    for slug in frameworks.slugs():
        each = frameworks.load(slug)
        dates = (each.in_force_from, each.in_force_to)
        rows.append((slug, each.title, *dates, len(each.areas), len(each.grades), each.overall))
    return output.Table("Frameworks", ("slug", "title", "from", "to", "areas", "grades", "overall grade"), rows)


def _one(framework: Framework) -> list[output.Table]:
    areas = [
        (area.slug, area.title, area.parent or "", len(area.criteria), _note(area.checked)) for area in framework.areas
    ]
    items = [
        (item.id, item.title, area.slug, _note(item.checked))
        for area in framework.areas
        for item in (area.roll_up.items if area.roll_up else ())
    ]
    grades = [(grade.slug, grade.title, grade.meaning) for grade in framework.grades]
    rules = [(rule.id, rule.strength, rule.says, rule.observed, _note(rule.checked)) for rule in framework.rules]
    phases = [(each.title, each.start, each.end, each.says, _note(each.checked)) for each in framework.phases]
    judged = [
        output.Table("Grades", ("slug", "grade", "meaning"), grades),
        output.Table("Limiting rules", ("rule", "strength", "says", "observed", "note"), rules),
    ]
    return [
        output.Table(f"{framework.title}: areas", ("slug", "area", "part of", "criteria", "note"), areas),
        *([output.Table("Items", ("item", "title", "area", "note"), items)] if items else []),
        *(judged if framework.graded else []),
        output.Table("Phases", ("phase", "from working day", "to working day", "says", "note"), phases),
    ]


def _note(checked: bool) -> str:
    return "" if checked else CHECK_NOTE
