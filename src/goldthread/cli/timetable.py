"""`goldthread timetable`: who does what, when and where in fieldwork; worked out, worked out anew, or checked."""

import argparse
import json
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from goldthread.cli import output
from goldthread.cli.output import Table
from goldthread.cli.refusal import ISSUES, OK, Refused

if TYPE_CHECKING:
    from goldthread.domain.timetable import Fieldwork, Plan, Verdict
    from goldthread.domain.timetable.half_way import Ahead
    from goldthread.engines.timetable_solver import Outcome, Progress

FORMATS = ("table", "json", "csv", "ics")
MOST_BYTES = 20_000_000
MOST_SECONDS = 3_600


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """A file of fieldwork, how long to work, an earlier plan, and how to write the answer."""
    parser.add_argument("file", type=Path, metavar="FILE", help="days, people, sites and tasks, as TOML or JSON")
    parser.add_argument("--seconds", type=_seconds, default=60.0, help="how long to look for a better plan (60)")
    parser.add_argument(
        "--locked", type=Path, metavar="PLAN",
        help="an earlier answer as JSON: what it has locked stays, the rest changes as little as may be",
    )  # fmt: skip
    parser.add_argument(
        "--lock", action="append", default=[], metavar="TASK", help="lock one task of that plan too; once for each"
    )
    parser.add_argument(
        "--from-day", type=_day, metavar="DATE",
        help="nothing is placed before this day, as 2026-05-11; what an earlier plan has before it stays",
    )  # fmt: skip
    parser.add_argument("--check", type=Path, metavar="PLAN", help="only check a plan against every rule")
    parser.add_argument("--person", metavar="NAME", help="of ics and csv: one person's part")
    parser.add_argument("--quiet", action="store_true", help="do not tell how far it has come")
    output.add_arguments(parser, FORMATS)
    parser.epilog = (
        "How far it has come is told on standard error; Ctrl-C takes the best plan so far. "
        "Exit code: 0 everything is placed, 1 something is left out or a plan breaks a rule, 2 the file cannot be used."
    )


def run(args: argparse.Namespace) -> int:
    """Work the timetable out, or check one. Raises Refused where the file or the plan cannot be used."""
    from goldthread.domain.timetable import check
    from goldthread.engines.timetable_solver import CannotPlan, solve

    fieldwork = _fieldwork(args.file)
    if args.person and args.person not in fieldwork.person:
        raise Refused(f"“{args.person}” is not one of the people; they are {', '.join(fieldwork.person)}.")
    if args.check:
        plan = _plan(args.check, fieldwork)
        return _answer(args, fieldwork, plan, check(fieldwork, plan), None)
    present = _with_locks(_plan(args.locked, fieldwork) if args.locked else None, args.lock)
    ahead = _ahead(fieldwork, present, args.from_day) if args.from_day else None
    if ahead:
        present = ahead.present if ahead.present.bookings else None
    try:
        with _asked_to_stop() as stopped:
            outcome = solve(
                ahead.fieldwork if ahead else fieldwork, seconds=args.seconds, present=present,
                told=_teller(args.quiet), stop=lambda: bool(stopped),
            )  # fmt: skip
    except CannotPlan as error:
        raise Refused(str(error)) from error
    if outcome.note:
        print(outcome.note, file=sys.stderr)
    if ahead:
        whole = ahead.whole(outcome.plan)
        return _answer(args, fieldwork, whole, check(fieldwork, whole), outcome)
    return _answer(args, fieldwork, outcome.plan, outcome.verdict, outcome)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is no day; write it as 2026-05-11") from None


def _ahead(fieldwork: "Fieldwork", present: "Plan | None", day: date) -> "Ahead":
    """What is left from a day on. Raises Refused for a day outside fieldwork."""
    from goldthread.domain.timetable import Plan
    from goldthread.domain.timetable.half_way import ahead_of

    first, last = min(fieldwork.days), max(fieldwork.days)
    if not first <= day <= last:
        raise Refused(
            f"{day:%-d %B %Y} is outside fieldwork, which runs from {first:%-d %B %Y} to {last:%-d %B %Y}. "
            "Choose a first day within it."
        )
    return ahead_of(fieldwork, present or Plan.of([]), day)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 < seconds <= MOST_SECONDS:
        raise argparse.ArgumentTypeError(f"“{text}” is no number of seconds from 1 to {MOST_SECONDS}")
    return seconds


def _bytes(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise Refused(f"{path} is not a file that can be read.")
        if path.stat().st_size > MOST_BYTES:
            raise Refused(f"{path} is larger than any timetable.")
        return path.read_bytes()
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror or error}.") from error


def _json(path: Path) -> Any:
    try:
        return json.loads(_bytes(path).decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Refused(f"{path} is no JSON: {error}.") from error


def _fieldwork(path: Path) -> "Fieldwork":
    from goldthread.domain.timetable.reading import dated, read_fieldwork
    from goldthread.domain.toml_sheet import Sheet, SheetError
    from goldthread.kernel.working_days import bank_holidays

    try:
        if path.suffix.lower() == ".json":
            values = dated(_json(path))
            if not isinstance(values, dict):
                raise Refused(f"{path.name}: this is no fieldwork; it must be one object with first, last and tasks.")
            sheet = Sheet.of(path.name, values)
        else:
            _bytes(path)
            sheet = Sheet.read(path)
        return read_fieldwork(sheet, bank_holidays())
    except SheetError as error:
        raise Refused(str(error)) from error


def _plan(path: Path, fieldwork: "Fieldwork") -> "Plan":
    from goldthread.domain.timetable.records import PlanError, plan_from_data

    data = _json(path)
    try:
        return plan_from_data(data.get("bookings") if isinstance(data, dict) else data, fieldwork)
    except PlanError as error:
        raise Refused(f"{path.name}: {error}") from error


def _with_locks(plan: "Plan | None", lock: list[str]) -> "Plan | None":
    from dataclasses import replace

    if not lock:
        return plan
    if plan is None:
        raise Refused("--lock names a task of an earlier plan; give that plan with --locked.")
    if unknown := set(lock) - {one.task for one in plan.bookings}:
        raise Refused(f"“{min(unknown)}” is not in the plan, so it cannot be locked.")
    return replace(plan, bookings=tuple(replace(b, locked=b.locked or b.task in lock) for b in plan.bookings))


@contextmanager
def _asked_to_stop() -> Iterator[list[int]]:
    """Notes the first Ctrl-C, which takes the best plan so far; the second ends the command."""
    noted: list[int] = []

    def note(number: int, _: object) -> None:
        if noted:
            raise KeyboardInterrupt
        noted.append(number)

    before = signal.signal(signal.SIGINT, note)
    try:
        yield noted
    finally:
        signal.signal(signal.SIGINT, before)


def _teller(quiet: bool) -> Any:
    def tell(progress: "Progress") -> None:
        if not quiet:
            print(f"{progress.seconds:7.1f} s  {progress.says}", file=sys.stderr, flush=True)

    return tell


def _answer(
    args: argparse.Namespace, fieldwork: "Fieldwork", plan: "Plan", verdict: "Verdict", outcome: "Outcome | None"
) -> int:
    if args.format == "ics":
        from goldthread.domain.timetable import calendar_of

        text = calendar_of(fieldwork, plan, datetime.now(UTC), args.person or "")
        if args.output is None:
            sys.stdout.write(text)
        else:
            output.replace(args.output, text.encode("utf-8", "replace"))
    else:
        data = _data(fieldwork, plan, verdict, outcome) if args.format == "json" else None
        output.write(_tables(fieldwork, plan, verdict, outcome, args.person), args, data)
    for breach in verdict.breaches:
        print(f"{breach.rule.name}: {breach.says}", file=sys.stderr)
    for one in outcome.explanations if outcome else ():
        print(one.says, file=sys.stderr)
    return OK if verdict.sound and not verdict.left_out else ISSUES


def _tables(
    fieldwork: "Fieldwork", plan: "Plan", verdict: "Verdict", outcome: "Outcome | None", person: str | None
) -> list[Table]:
    from goldthread.domain.timetable import KINDS
    from goldthread.domain.timetable.words import clock

    rows = []
    for one in plan.bookings:
        task = fieldwork.task.get(one.task)
        if task is not None and (not person or person in one.people):
            site = fieldwork.site[task.site].name if task.site else ""
            hours = (clock(one.start), clock(one.start + task.minutes))
            rows.append((one.day, *hours, task.title, KINDS[task.kind], ", ".join(one.people), site, one.locked))
    columns = ("day", "from", "until", "task", "kind", "people", "site", "locked")
    loads = [(one.person.name, one.minutes, one.available, round(one.percent, 2)) for one in verdict.loads]
    why = {one.task: one.says for one in outcome.explanations} if outcome else {}
    return [
        Table(f"{fieldwork.title}: {len(plan.bookings)} of {len(fieldwork.tasks)} tasks placed", columns, rows),
        Table("Loads", ("person", "minutes", "available", "percent"), loads),
        Table("Left out", ("task", "why"), [(one.title, why.get(one.id, "")) for one in verdict.left_out]),
        Table("Rules that are broken", ("rule", "says"), [(one.rule.name, one.says) for one in verdict.breaches]),
    ]


def _data(
    fieldwork: "Fieldwork", plan: "Plan", verdict: "Verdict", outcome: "Outcome | None"
) -> dict[str, object]:  # fmt: skip
    from goldthread.domain.timetable.records import plan_as_data

    why = {one.task: one for one in outcome.explanations} if outcome else {}
    return {
        "title": fieldwork.title,
        "tasks": len(fieldwork.tasks),
        "spread": round(verdict.spread, 3),
        "proved": bool(outcome and outcome.proved),
        "note": outcome.note if outcome else "",
        "bookings": plan_as_data(plan),
        "loads": [
            {"person": one.person.name, "minutes": one.minutes, "available": one.available,
             "percent": round(one.percent, 3)}
            for one in verdict.loads
        ],
        "left_out": [
            {"task": one.id, "why": why[one.id].says if one.id in why else "",
             "rules": [rule.name for rule in why[one.id].rules] if one.id in why else [],
             "mend": why[one.id].mend if one.id in why else ""}
            for one in verdict.left_out
        ],
        "broken": [
            {"rule": one.rule.name, "says": one.says, "tasks": list(one.tasks)} for one in verdict.breaches
        ],
    }  # fmt: skip
