"""`goldthread check --as`: a return against the Department for Education's own rules of its year."""

import argparse
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from goldthread.checking import FORMS, Local, known_rules, local_of, needed, read_local_rules
from goldthread.cli import check_report, output, submission
from goldthread.cli.output import Cell, Table
from goldthread.cli.refusal import ISSUES, OK, Refused

if TYPE_CHECKING:
    import polars as pl

    from goldthread.kernel.checked import NotRun, Results
    from goldthread.kernel.reading import Reading
    from goldthread.kernel.rule import Rule

_WORTH_AN_INDEX = 5_000_000
"""From so many bytes on, a directory of postcodes is read from an index that the first reading of it leaves."""
REFERENCES = ("postcodes", "providers")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments that go with --as."""
    group = parser.add_argument_group("a return against the Department's own rules")
    group.add_argument("--as", choices=FORMS, dest="as_form", help="which return it is: a folder of CSV files, or XML")
    group.add_argument(
        "--year", type=year, metavar="YEAR", help="its collection year, by the March in which it ends (2026 = 2025-26)"
    )
    group.add_argument(
        "--last-year", type=Path, metavar="PATH", help="the return of the year before, for the rules that compare"
    )
    group.add_argument("--rules", type=_codes, metavar="CODES", help="only these rules, such as 218,219")
    group.add_argument(
        "--local-rules", type=Path, metavar="FILE", help="rules of the authority's own, in TOML, told of apart"
    )
    add_references(group)


def add_references(group: "argparse._ActionsContainer") -> None:
    """The arguments that name what rules look things up in."""
    group.add_argument(
        "--reference", type=_reference, action="append", default=[], metavar="NAME=FILE",
        help="what rules look things up in: postcodes=FILE (the ONS Postcode Directory), providers=FILE (Ofsted's "
        "list; twice where there are two)",
    )  # fmt: skip
    group.add_argument(
        "--data", type=Path, metavar="DIR", help="the folder into which a directory of postcodes was loaded"
    )


def must_be_there(args: argparse.Namespace) -> None:
    """Raises Refused where something that rules look things up in cannot be used."""
    _providers(args)
    directory(args)


@dataclass(frozen=True, slots=True)
class Return:
    """What was checked: the return, the one of the year before, and what was found."""

    path: Path
    reading: "Reading"
    last: "Reading | None"
    results: "Results"
    told: "pl.DataFrame"
    warnings: tuple[str, ...]
    local: Local | None = None


def must_not_be_asked(args: argparse.Namespace) -> None:
    """Raise Refused where something that goes with --as is asked without it."""
    asked = {
        "--year": args.year,
        "--last-year": args.last_year,
        "--reference": args.reference,
        "--rules": args.rules,
        "--local-rules": args.local_rules,
    }
    for name, value in asked.items():
        if value:
            raise Refused(f"{name} goes with --as ssda903 or --as cin; --rule CODE narrows the issues to one rule.")


def run(args: argparse.Namespace) -> int:
    """Check the return and write what was found. Raises Refused where it cannot be used."""
    if check_report.suits(args):
        return check_report.run(args, _known(args))
    found = checked(args)
    if args.format == "json":
        from goldthread.kernel.statutory_report import lines

        output.write_frame_lines(lines(_all(found)), _summary(found), args)
    elif args.format == "csv":
        output.write_csv(_all(found), args)
    else:
        output.write(_tables(args, found), args)
    check_report.say_what_became(args, found.told.height, {entry.rule for entry in found.results.not_run})
    # A rule that was asked for by name and could not run has not been passed.
    asked_in_vain = args.rules is not None and bool(found.results.not_run)
    from goldthread.kernel.checked_return import severe

    return ISSUES if asked_in_vain or severe(_all(found)) else OK


def _all(found: Return) -> "pl.DataFrame":
    """Every issue; those of the authority's own rules stand behind the others, and their codes begin with L."""
    return found.told if found.local is None else found.told.vstack(found.local.frame)


def checked(args: argparse.Namespace) -> Return:
    """The return that the arguments name, checked. Raises Refused where anything of it cannot be used."""
    only, own = _known(args), _own(args)
    reading = _read(args, args.file, args.year)
    from goldthread.kernel.checked_return import results_of
    from goldthread.kernel.in_common import years_apart
    from goldthread.kernel.settings import with_settings
    from goldthread.kernel.statutory import Beside

    if reading.year is None:
        raise check_report.no_year(args.file.name)
    last = None if args.last_year is None else _read(args, args.last_year, reading.year - 1)
    beside = Beside(last=last, providers=_providers(args), postcodes=directory(args))
    as_at = args.as_at or date(reading.year, 3, 31)
    results, told = results_of(reading, beside, as_at, settings=submission.settings(args), only=only)
    warnings = (
        *_warnings(args.file.name, reading),
        *(() if last is None else _warnings(f"last year, {args.last_year.name}", last)),
    )
    if last is not None and (strange := years_apart(reading, last, with_settings(submission.settings(args)))):
        warnings = (*warnings, f"last year, {args.last_year.name}: {strange}")
    local = local_of(reading, own, as_at, beside) if args.local_rules is not None else None
    return Return(args.file, reading, last, results, told, warnings, local)


def _own(args: argparse.Namespace) -> "tuple[Rule, ...]":
    """The rules of the authority's own that were named. Raises Refused where one of them is not declared well."""
    from goldthread.kernel.refusal import Refused as ReadingRefused

    try:
        return () if args.local_rules is None else read_local_rules(args.local_rules)
    except ReadingRefused as refusal:
        raise Refused(f"{refusal.reason} {refusal.mend}") from refusal


def _read(args: argparse.Namespace, path: Path, year: int | None) -> "Reading":
    reading = submission.read_any(args, path, form=args.as_form, year=year, fetch=needed(args.as_form))
    submission.check_year_of(path, reading)
    return reading


def _warnings(called: str, reading: "Reading") -> tuple[str, ...]:
    """What is odd about the files as a whole, each in one sentence that begins with what the return is called."""
    from goldthread.kernel.checked_return import odd_about

    return check_report.warnings(called, odd_about(reading))


def _known(args: argparse.Namespace) -> frozenset[str] | None:
    try:
        return known_rules(args.rules)
    except ValueError as unknown:
        raise Refused(f"{unknown}.") from unknown


def _files(args: argparse.Namespace, name: str) -> list[Path]:
    paths = [path for kind, path in args.reference if kind == name]
    for path in paths:
        submission.must_be_a_file(path)
    return paths


def _providers(args: argparse.Namespace) -> "pl.LazyFrame | None":
    from goldthread.kernel.refusal import Refused as ReadingRefused

    paths = _files(args, "providers")
    if not paths:
        from goldthread.cli.reference import providers

        return providers(args.data)
    from goldthread.readers.providers import read_providers

    try:
        return read_providers(paths).lazy()
    except ReadingRefused as refusal:
        raise Refused(f"--reference providers: {refusal.reason} {refusal.mend}") from refusal


def directory(args: argparse.Namespace) -> "pl.LazyFrame | None":
    """The directory of postcodes that was named, or else the one that was loaded; None where there is none."""
    from goldthread.kernel.refusal import Refused as ReadingRefused

    paths = _files(args, "postcodes")
    if not paths:
        from goldthread.cli.reference import postcodes

        return postcodes(args.data)
    if len(paths) > 1:
        raise Refused("--reference postcodes names more than one file; a directory of postcodes is one.")
    from goldthread.engines.reference import index_of
    from goldthread.readers.postcodes import read_directory

    try:
        if paths[0].stat().st_size < _WORTH_AN_INDEX:
            return read_directory(paths[0]).lazy()
        return index_of(paths[0], read_directory, _cache())
    except ReadingRefused as refusal:
        raise Refused(f"{paths[0].name}: {refusal.reason} {refusal.mend}") from refusal


def _cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "goldthread"


def _summary(found: Return) -> dict[str, object]:
    """The last line of JSON: what was run, and what was not, and why."""
    from goldthread.kernel.outcome import Outcome

    outcome = Outcome(
        form=found.reading.form, year=found.reading.year, rows=found.reading.rows, issues=found.told.height,
        ran=tuple(found.results.ran), not_run=tuple((entry.rule, entry.why) for entry in found.results.not_run),
    )  # fmt: skip
    return {**check_report.summary(found.path.name, outcome, found.warnings), **_local_summary(found.local)}


def _local_summary(local: Local | None) -> dict[str, object]:
    if local is None:
        return {}
    not_run = [entry._asdict() for entry in local.not_run]
    return {"local": {"issues": local.frame.height, "run": list(local.run), "not_run": not_run}}


def _tables(args: argparse.Namespace, found: Return) -> list[Table]:
    """The tables of the answer; on a terminal, rows are told of chosen rules."""
    rules = _with_words(found.results.not_run, found.reading.form)
    not_run = Table("Rules not run", ("rule", "what it tells of", "why"), rules)
    counted = _counted(found.told, "By rule")
    warned = Table("Odd about the files", ("says",), [(warning,) for warning in found.warnings])
    if args.format == "xlsx":
        facts = Table("Summary", ("what", "is"), _facts(found))
        return [facts, counted, _every(found.told), *_local_tables(found.local, whole=True), not_run, warned]
    # How many rules were not run is the first line of all. Then comes what is odd about the files: a return taken for
    # another year's makes all beneath it worthless.
    first = [replace(warned, title=f"{_heading(found)}. {warned.title}:")] if warned.rows else []
    counted = counted if first else replace(counted, title=_heading(found))
    whole = args.rules is not None
    local = _local_tables(found.local, whole=whole)
    return [*first, counted, *([_every(found.told)] if whole else []), *local, *([not_run] if not_run.rows else [])]


def _local_tables(local: Local | None, *, whole: bool) -> list[Table]:
    """What the authority's own rules found, apart from what the Department's did."""
    if local is None:
        return []
    title = (
        f"Local rules: {len(local.run)} run, {len(local.not_run)} not run; {check_report.count_of(local.frame.height)}"
    )
    not_run = Table("Local rules not run", ("rule", "why"), local.not_run)
    every = [_every(local.frame, "Issues of local rules")] if whole else []
    return [_counted(local.frame, title), *every, *([not_run] if not_run.rows else [])]


def _with_words(not_run: "Sequence[NotRun]", form: str) -> list[tuple[str, str, str]]:
    """Rules that were not run in the order of their codes, each with what it tells of and why it was not run."""
    from goldthread.kernel.rules import by_code, says_of

    says = says_of(form)
    return [(one.rule, says.get(one.rule, ""), one.why) for one in sorted(not_run, key=lambda one: by_code(one.rule))]


def _every(told: "pl.DataFrame", title: str = "Issues") -> Table:
    return Table(title, tuple(told.columns), told.rows())


def _heading(found: Return) -> str:
    from goldthread.kernel.forms import FORMS
    from goldthread.kernel.return_year import words

    year = found.reading.year or 0
    not_run = len({entry.rule for entry in found.results.not_run})
    wanting = f"{not_run} rule{'s' * (not_run != 1)} NOT RUN (listed below, with why)"
    rows = found.reading.rows
    return (
        f"{found.path.name}: {FORMS[found.reading.form].title}, {words(year)}, {rows:,} row{'s' * (rows != 1)}; "
        f"{len(found.results.ran)} of the Department's rules run, {wanting if not_run else 'every rule could be run'}; "
        f"{check_report.count_of(found.told.height)}{_structure(found)}"
    )


def _structure(found: Return) -> str:
    """That the order and number of elements are told elsewhere: to look at them is a second pass over the document."""
    if found.path.suffix.casefold() != ".xml":
        return ""
    asked = f"goldthread mend {found.path.name} --as {found.reading.form}"
    return f". Whether the XML is built as its schema says is not looked at here: {asked}"


def _facts(found: Return) -> list[tuple[Cell, ...]]:
    not_run = {entry.rule for entry in found.results.not_run}
    return [
        ("rules not run", len(not_run)),
        ("rules run", len(found.results.ran)),
        ("file", found.path.name),
        ("return", found.reading.form),
        ("collection year", found.reading.year),
        ("rows", found.reading.rows),
        ("issues", found.told.height),
        *((f"issues: {one}", int((found.told["severity"] == one).sum())) for one in ("error", "query", "note")),
        ("handle with care", "It names children by their numbers. Keep it inside the authority."),
    ]


def _counted(told: "pl.DataFrame", title: str) -> Table:
    import polars as pl

    columns = ("rule", "severity", "table", "issues", "children", "message")
    rows = (
        told.group_by("rule", "severity", "table", "message")
        .agg(pl.len().alias("issues"), pl.col("child").n_unique().alias("children"))
        .sort("rule", "table", "message", nulls_last=True)
    )
    return Table(title, columns, rows.select(columns).rows())


def year(text: str) -> int:
    """A collection year of the command line. Raises ArgumentTypeError, saying how to write it, on anything else."""
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise argparse.ArgumentTypeError(f"“{text}” is no year; write the March in which it ends, as 2026 for 2025-26")
    return int(text)


def _codes(text: str) -> tuple[str, ...]:
    codes = tuple(code.strip() for code in text.split(",") if code.strip())
    if not codes:
        raise argparse.ArgumentTypeError("name at least one rule, as 218,219")
    return codes


def _reference(text: str) -> tuple[str, Path]:
    name, equals, path = text.partition("=")
    if not equals or name not in REFERENCES or not path:
        known = " or ".join(f"{one}=FILE" for one in REFERENCES)
        raise argparse.ArgumentTypeError(f"“{text}” is no reference; write {known}")
    return name, Path(path)
