"""`goldthread check --as` where the report is all that is wanted: the return is checked in the process that reads it.

With nothing beside the return (last year's, providers, postcodes, rules of the authority's own), the report as CSV or
JSON needs no data frames here: what the child tells is written down as it comes.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import IO, Any

from goldthread.cli import output, submission
from goldthread.cli.refusal import ISSUES, OK, Refused
from goldthread.kernel.outcome import Outcome, outcome_from

MARK = b"\xef\xbb\xbf"
"""What tells Excel that a CSV is in UTF-8."""


def suits(args: argparse.Namespace) -> bool:
    """Whether the report alone is asked for, and nothing lies beside the return."""
    from goldthread.cli.reference import anything_in

    beside = (args.last_year, args.local_rules, args.corrections, args.reference, args.data)
    return args.format in ("csv", "json") and not any(beside) and not anything_in(args.data)


def run(args: argparse.Namespace, only: "frozenset[str] | None") -> int:
    """Check the return and write the report. Raises Refused where it cannot be used."""
    limits = submission.settings(args)
    if args.output is None:
        pieces: list[bytes] = []
        outcome = _checked(args, only, limits, pieces.append)
        for piece in pieces:
            sys.stdout.write(piece.decode())
        sys.stdout.write(_last_line(args, outcome))
    else:
        outcome = output.replace_with(args.output, lambda file: _written(args, only, limits, file))
    say_what_became(args, outcome.issues, {rule for rule, _ in outcome.not_run})
    # A rule that was asked for by name and could not run has not been passed.
    asked_in_vain = args.rules is not None and bool(outcome.not_run)
    return ISSUES if asked_in_vain or outcome.severe else OK


def _written(
    args: argparse.Namespace, only: "frozenset[str] | None", limits: dict[str, int], file: IO[bytes]
) -> Outcome:
    if args.format == "csv":
        file.write(MARK)
    outcome = _checked(args, only, limits, file.write)
    file.write(_last_line(args, outcome).encode("utf-8", "replace"))
    return outcome


def _checked(
    args: argparse.Namespace, only: "frozenset[str] | None", limits: dict[str, int], write: Callable[[bytes], Any]
) -> Outcome:
    """What was found; the issues are written as they come."""
    from goldthread.engines.sandbox import Asked, report_safely

    today = datetime.now().astimezone().date()
    asked = Asked(
        args.as_form,
        args.year,
        report=args.format,
        today=today.isoformat(),
        as_at=None if args.as_at is None else args.as_at.isoformat(),
        settings=",".join(f"{name}:{value}" for name, value in limits.items()) or None,
        only=None if only is None else ",".join(sorted(only)),
    )
    with submission.refusals_of(args, args.file) as most:
        told = report_safely(args.file, write, limits=most.to_check(), asked=asked)
    outcome = outcome_from(told)
    if outcome.year is None:
        raise no_year(args.file.name)
    return outcome


def no_year(called: str) -> Refused:
    """What is said of a return whose year nothing tells."""
    return Refused(f"{called} holds no date that tells its year; add --year 2026 with the right one.")


def _last_line(args: argparse.Namespace, outcome: Outcome) -> str:
    """The last line of JSON; CSV has none."""
    if args.format == "csv":
        return ""
    told = summary(args.file.name, outcome, warnings(args.file.name, outcome.odd))
    return f"{json.dumps(told, ensure_ascii=False)}\n"


def summary(called: str, outcome: Outcome, warned: Iterable[str]) -> dict[str, object]:
    """What was run, and what was not, and why."""
    return {
        "summary": True,
        "file": called,
        "form": outcome.form,
        "year": outcome.year,
        "rows": outcome.rows,
        "issues": outcome.issues,
        "run": list(outcome.ran),
        "not_run": [{"rule": rule, "why": why} for rule, why in outcome.not_run],
        "warnings": list(warned),
    }


def warnings(called: str, odd: Iterable[tuple[str | None, str | None, str]]) -> tuple[str, ...]:
    """What is odd about the files as a whole, each in one sentence that begins with what the return is called."""
    return tuple(dict.fromkeys(": ".join(part for part in (called, *one) if part) for one in odd))


_WHY_NOT_RUN = {
    "csv": "the other formats say why",
    "json": "its last line says why",
    "xlsx": "its sheet “Rules not run” says why",
    "table": "its end says why",
}


def say_what_became(args: argparse.Namespace, issues: int, not_run: AbstractSet[str]) -> None:
    """Say where the report is, how many issues it has, and how many rules were not run where that is not seen there."""
    written = "" if args.output is None else f"Written to {args.output}: {count_of(issues)}."
    count = len(not_run)
    wanting = f"{count} rule{'s were' if count != 1 else ' was'} NOT RUN; {_WHY_NOT_RUN[args.format]}." if count else ""
    if args.output is None and args.format != "csv":
        return
    if said := " ".join(part for part in (written, wanting) if part):
        print(said, file=sys.stderr)


def count_of(number: int) -> str:
    """So many issues, in words."""
    return f"{number:,} issue{'s' * (number != 1)}"
