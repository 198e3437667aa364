"""`goldthread instruments`: list the instruments of case review, show one, check a file, or start one of one's own."""

import argparse
import sys
from pathlib import Path

from goldthread.cli import output
from goldthread.cli.refusal import OK, Refused
from goldthread.domain import instruments
from goldthread.domain.instrument import Condition, Instrument, Question, Section
from goldthread.domain.instrument_words import CHILDREN
from goldthread.domain.instruments.writing import as_toml, copied


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing for the list, a slug to show one, or a file to check."""
    parser.add_argument("slug", nargs="?", metavar="SLUG", help="show this instrument, question by question")
    parser.add_argument("--check", type=Path, metavar="FILE", help="check an instrument's file and say what is wrong")
    parser.add_argument(
        "--copy-as",
        metavar="NEW",
        help="write the instrument's file under this slug, which ends in its version, to start one of your own from "
        "(to --output, or the terminal)",
    )
    output.add_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Show what was asked for. Raises Refused, naming the line, for a file that is not an instrument."""
    if args.slug and args.check:
        raise Refused("check a file, or show an instrument: leave the name or --check out.")
    if args.copy_as is not None and (not args.slug or args.format != "table"):
        raise Refused("--copy-as writes one instrument as its file; name that one, without --format.")
    try:
        if args.copy_as is not None:
            _copy(args.slug, args)
        elif args.check:
            _write(instruments.read(args.check), args)
        elif args.slug:
            _write(instruments.load(args.slug), args)
        else:
            output.write([_list()], args)
    except instruments.InstrumentError as error:
        raise Refused(str(error)) from error
    return OK


def _copy(slug: str, args: argparse.Namespace) -> None:
    """Write the file of a copy. The file's name must be its slug, or it could not be read again."""
    text = as_toml(copied(instruments.load(slug), args.copy_as))
    if args.output is None:
        sys.stdout.write(text)
        return
    if args.output.name != f"{args.copy_as}.toml":
        raise Refused(f"an instrument's file is named after its slug; write to {args.copy_as}.toml.")
    output.replace(args.output, text.encode())


def _list() -> output.Table:
    rows = []
    for slug in instruments.slugs():
        held = instruments.load(slug)
        newer = instruments.superseded_by(slug)
        rows.append(
            (slug, held.title, held.version, len(held.sections), len(held.questions), _children(held.children),
             ", ".join(check.code for check in held.checks), newer.slug if newer else "")
        )  # fmt: skip
    columns = ("slug", "title", "version", "sections", "questions", "children", "checks", "superseded_by")
    return output.Table("Instruments", columns, rows)


def _write(held: Instrument, args: argparse.Namespace) -> None:
    rows = [
        (section.title, question.id, question.text, question.help, question.kind, question.answered_on.slug,
         _asked(section, question), ", ".join(_reasons(question)), question.evidence, question.theme)
        for section, questions in held.on_page()
        for question in questions
    ]  # fmt: skip
    columns = ("section", "id", "question", "help", "kind", "scale", "asked", "says why", "evidence", "theme")
    tables = [output.Table(f"{held.title}: questions", columns, rows)]
    if held.checks:
        checks = [(check.code, check.says, check.cannot) for check in held.checks]
        tables.append(output.Table("Of everybody, where data tell", ("check", "says", "where they cannot"), checks))
    output.write(tables, args, data=_data(held))


def _asked(section: Section, question: Question) -> str:
    """Of whom, and after which answers, a question is asked."""
    whom = [_children(fits) for fits in (section.children, question.children) if fits]
    return "; ".join(
        [*whom, *(f"{one.question} is {' or '.join(one.answers)}" for one in _conditions(section, question))]
    )


def _conditions(section: Section, question: Question) -> tuple[Condition, ...]:
    return (*section.ask_if, *question.ask_if)


def _reasons(question: Question) -> list[str]:
    return [value for value in question.answered_on.values if question.needs_reason(value)]


def _children(slugs: tuple[str, ...]) -> str:
    return ", ".join(CHILDREN[slug][0] for slug in slugs)


def _data(held: Instrument) -> dict[str, object]:
    """The instrument as JSON writes it."""
    return {
        "slug": held.slug,
        "title": held.title,
        "version": held.version,
        "says": held.says,
        "source": held.source,
        "children": list(held.children),
        "sections": [
            {
                "slug": section.slug,
                "title": section.title,
                "says": section.says,
                "closing": section.closing,
                "children": list(section.children),
                "ask_if": _ifs(section.ask_if),
                "questions": [_question(question) for question in questions],
            }
            for section, questions in held.on_page()
        ],
        "checks": [{"code": check.code, "says": check.says, "cannot": check.cannot} for check in held.checks],
    }


def _question(question: Question) -> dict[str, object]:
    return {
        "id": question.id,
        "text": question.text,
        "help": question.help,
        "guidance": question.guidance,
        "kind": question.kind,
        "scale": question.answered_on.slug,
        "answers": list(question.answers),
        "reason_for": _reasons(question),
        "evidence": question.evidence,
        "theme": question.theme,
        "areas": list(question.areas),
        "facts": list(question.facts),
        "children": list(question.children),
        "ask_if": _ifs(question.ask_if),
        "required": question.required,
    }


def _ifs(conditions: tuple[Condition, ...]) -> list[dict[str, object]]:
    return [{"question": one.question, "is": list(one.answers)} for one in conditions]
