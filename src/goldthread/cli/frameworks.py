"""`goldthread frameworks`: list the inspection frameworks, show one, or check a file that somebody is writing."""

import argparse
from pathlib import Path

from goldthread.cli import output
from goldthread.cli.refusal import OK, Refused
from goldthread.domain import frameworks
from goldthread.domain.framework import CHECK_NOTE, Framework


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing for the list, a slug to show one, or a file to check."""
    which = parser.add_mutually_exclusive_group()
    which.add_argument("slug", nargs="?", metavar="SLUG", help="show this framework")
    which.add_argument("--check", type=Path, metavar="FILE", help="check a framework's file and say what is wrong")
    output.add_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Show what was asked for. Raises Refused, naming the line, for a file that is not a framework."""
    try:
        if args.check:
            output.write(_one(frameworks.read(args.check)), args)
        elif args.slug:
            output.write(_one(frameworks.load(args.slug)), args)
        else:
            output.write([_list()], args)
    except frameworks.FrameworkError as error:
        raise Refused(str(error)) from error
    return OK


def _list() -> output.Table:
    rows = []
    for slug in frameworks.slugs():
        each = frameworks.load(slug)
        rows.append((slug, each.title, each.in_force_from, each.in_force_to, len(each.areas), each.overall))
    return output.Table("Frameworks", ("slug", "title", "from", "to", "areas", "overall grade"), rows)


def _one(framework: Framework) -> list[output.Table]:
    areas = [
        (area.slug, area.title, area.parent or "", len(area.criteria), _note(area.checked)) for area in framework.areas
    ]
    grades = [(grade.slug, grade.title, grade.meaning) for grade in framework.grades]
    rules = [(rule.id, rule.strength, rule.says, rule.observed, _note(rule.checked)) for rule in framework.rules]
    phases = [(each.title, each.start, each.end, each.says, _note(each.checked)) for each in framework.phases]
    return [
        output.Table(f"{framework.title}: areas", ("slug", "area", "part of", "criteria", "note"), areas),
        output.Table("Grades", ("slug", "grade", "meaning"), grades),
        output.Table("Limiting rules", ("rule", "strength", "says", "observed", "note"), rules),
        output.Table("Phases", ("phase", "from working day", "to working day", "says", "note"), phases),
    ]


def _note(checked: bool) -> str:
    return "" if checked else CHECK_NOTE
