"""`goldthread codes`: what written values would be read as, and the fields that there are."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from goldthread.cli import output
from goldthread.cli.output import Cell, Table
from goldthread.cli.refusal import ISSUES, OK, Refused
from goldthread.cli.submission import read_corrections

if TYPE_CHECKING:
    from goldthread.readers.code_match import Match
    from goldthread.readers.code_matching import Matcher

MATCH_COLUMNS = ("value", "code", "how", "confidence")
FIELD_COLUMNS = ("field", "codes", "also", "note")
MOST_VALUES = 1_000_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `goldthread codes`."""
    acts = parser.add_subparsers(dest="act", metavar="match|fields", required=True)
    match = acts.add_parser("match", help="read values from standard input, one a line, and show what each means")
    match.add_argument("--field", metavar="NAME", help="the field, such as ethnicity or placement-type; always needed")
    match.add_argument("--values", type=Path, metavar="FILE", help="take the values from this file, one a line")
    match.add_argument(
        "--corrections", type=Path, metavar="CSV", help="a CSV file with the columns field, value and code, asked first"
    )
    output.add_arguments(match)
    match.epilog = (
        "json is one object a line: value, code (null where it is left to you), how, confidence. Exit code: 0 every "
        "value was read, 1 some are left to you, 2 the request cannot be used."
    )
    fields = acts.add_parser("fields", help="list the fields, with how many codes each has")
    output.add_arguments(fields)


def run(args: argparse.Namespace) -> int:
    """Match values or list the fields. Raises Refused when the request cannot be used."""
    return _match(args) if args.act == "match" else _fields(args)


def _match(args: argparse.Namespace) -> int:
    from goldthread.readers.code_fields import UnknownField, field
    from goldthread.readers.code_matching import LISTS, matcher
    from goldthread.readers.corrections import in_force

    if not args.field:
        names = ", ".join(sorted(name.replace("_", "-") for name in LISTS))
        raise Refused(f"say with --field NAME what the values are of; the fields are {names}.")
    try:
        chosen = matcher(field(args.field))
    except UnknownField as error:
        raise Refused(str(error)) from error
    corrections = read_corrections(args.corrections)
    values = _values(args.values)
    with in_force(corrections):
        matches = [(value, chosen.understand(value)) for value in values]
    if args.format == "json":
        output.write_lines([_entry(chosen, value, match) for value, match in matches], args)
    else:
        rows = [tuple(_entry(chosen, value, match).values()) for value, match in matches]
        left = sum(match.code is None for _, match in matches)
        title = f"{chosen.code_list.name}: {len(matches):,} values, {left:,} left to you"
        output.write([Table(title, MATCH_COLUMNS, rows)], args)
    return ISSUES if any(match.code is None for _, match in matches) else OK


def _entry(chosen: "Matcher", value: str, match: "Match") -> dict[str, Cell]:
    return {
        "value": value,
        "code": match.code,
        "how": chosen.explain(value, match),
        "confidence": match.confidence,
    }


def _values(path: Path | None) -> list[str]:
    """The values, one a line, as UTF-8 or as Windows writes them. Raises Refused where there are none or too many."""
    try:
        if path is not None and not path.is_file():
            raise Refused(f"{path} is not a file that can be read; name a text file with one value a line.")
        data = sys.stdin.buffer.read() if path is None else path.read_bytes()
    except OSError as error:
        raise Refused(f"{path} cannot be opened; check the name and try a copy of the file.") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    values = text.replace("\r\n", "\n").removesuffix("\n").split("\n") if text else []
    if not values:
        raise Refused("there are no values; give them on standard input, one a line, or with --values FILE.")
    if len(values) > MOST_VALUES:
        raise Refused(f"there are more than {MOST_VALUES:,} values; give each different one once.")
    return values


def _fields(args: argparse.Namespace) -> int:
    from goldthread.readers.code_fields import SYNONYMS
    from goldthread.readers.code_matching import LISTS

    rows = [(name, len(held.codes), ", ".join(SYNONYMS.get(name, ())), held.note) for name, held in LISTS.items()]
    data = [
        {"field": name, "codes": len(held.codes), "also": list(SYNONYMS.get(name, ())), "note": held.note}
        for name, held in LISTS.items()
    ]
    output.write([Table(f"{len(rows)} fields", FIELD_COLUMNS, rows)], args, data)
    return OK
