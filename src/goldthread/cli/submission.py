"""What the commands about a submission share: reading the file safely, and the day that it is taken to describe."""

import argparse
import stat
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from goldthread.cli.output import Table
from goldthread.cli.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from goldthread.engines.sandbox import Limits
    from goldthread.kernel.corrections import Corrections
    from goldthread.kernel.reading import Reading


@dataclass(frozen=True, slots=True)
class Submission:
    """A file that was read, and the day for which its questions are asked."""

    path: Path
    reading: "Reading"
    as_at: date
    guessed: bool
    doubts: tuple[str, ...] = ()

    @property
    def of_lists(self) -> bool:
        """Whether it is Annex A, whose tables are lists with numbers of their own."""
        return self.reading.form == "annex_a"

    @property
    def day_from(self) -> str:
        """How the day was told, where nobody gave it."""
        if self.reading.year is not None:
            return "the last day of the return's year"
        return "the latest event in the file" if self.of_lists else "the latest event of the record"

    def heading(self) -> str:
        """One line for the top of an answer: the file, its form unless it is Annex A, its rows, the day."""
        from goldthread.kernel.forms import FORMS

        how = f"{self.day_from}; --as-at sets another" if self.guessed else "as given"
        form = "" if self.of_lists else f"{FORMS[self.reading.form].title}, "
        said = f"{self.path.name}: {form}{self.reading.rows:,} rows, as at {self.as_at.isoformat()} ({how})"
        return " ".join((f"{said}; look at the day first:", *self.doubts)) if self.doubts else said

    def about(self) -> dict[str, object]:
        """The same for JSON; of another form than Annex A, also which form and year it is."""
        form = {} if self.of_lists else {"form": self.reading.form, "year": self.reading.year}
        return {
            "file": self.path.name, **form, "as_at": self.as_at, "as_at_guessed": self.guessed,
            "doubts": list(self.doubts), "lists": self.lists(),
        }  # fmt: skip

    def lists(self) -> list[dict[str, object]]:
        """Each list: whether it was found, and how many rows were kept."""
        from goldthread.kernel.forms import FORMS

        counts, form = self.reading.row_counts, FORMS[self.reading.form]
        return [
            {
                "list": number,
                "title": form.by_name()[name].title,
                "found": name in self.reading.found,
                "rows": counts.get(name, 0),
            }
            for name, number in form.numbers().items()
        ]

    def lists_table(self) -> Table:
        """The lists as a table."""
        rows = [
            (entry["list"], entry["title"], "yes" if entry["found"] else "not in the file", entry["rows"])
            for entry in self.lists()
        ]
        return Table("Lists", ("list", "title", "found", "rows"), rows)  # type: ignore[arg-type]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Give a command the file, the as-at date and the settings."""
    parser.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        help="an Annex A workbook (.xlsx or .ods), or its lists as CSV files in a folder or zip",
    )
    parser.add_argument(
        "--as-at",
        type=_date,
        metavar="DATE",
        help="the day that the lists describe, as 2025-03-31 (left out: the latest event in the file)",
    )
    parser.add_argument(
        "--corrections",
        type=Path,
        metavar="CSV",
        help="what values mean that were corrected before: a CSV file with the columns field, value and code",
    )
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        type=_setting,
        metavar="NAME=NUMBER",
        dest="settings",
        help="change a limit, such as protection_visit_days=20; docs/reference/rules.md lists them",
    )


TOO_MUCH = frozenset({"file", "memory", "time", "answer"})
"""The codes of refusals of a file that is only too big, by any of the limits that grow with `--most-mb`."""

TAKE_MORE = " Or let more be taken: --most-mb raises the limits of size, memory and time together."


def read(args: argparse.Namespace) -> Submission:
    """Read the file that the arguments name. Raises Refused when it cannot be used."""
    return _read(args, args.file, args.as_at, "--as-at")


def add_earlier(parser: argparse.ArgumentParser) -> None:
    """Give a command the earlier submission to compare with, and its day."""
    parser.add_argument(
        "--earlier", type=Path, metavar="FILE", help="the submission before this one: run the rules that compare"
    )
    parser.add_argument(
        "--earlier-as-at",
        type=_date,
        metavar="DATE",
        help="the day that the earlier one describes (left out: the latest event in it)",
    )


def read_earlier(args: argparse.Namespace, now: Submission) -> Submission | None:
    """Read the earlier submission, where one is named. Raises Refused when it cannot be used, or is not earlier."""
    if args.earlier is None:
        if args.earlier_as_at is not None:
            raise Refused("--earlier-as-at needs an earlier submission: add --earlier FILE.")
        return None
    then = _read(args, args.earlier, args.earlier_as_at, "--earlier-as-at")
    if then.as_at >= now.as_at:
        raise Refused(
            f"{then.path.name} describes {then.as_at.isoformat()}, which is not before {now.as_at.isoformat()}; "
            "check the order of the two files, or say their days with --as-at and --earlier-as-at."
        )
    return then


def read_any(
    args: argparse.Namespace,
    path: Path,
    *,
    form: str | None = None,
    year: int | None = None,
    fetch: "Sequence[str]" = (),
) -> "Reading":
    """What was handed in, of any form and year or of those asked for. Raises Refused when it cannot be used.

    `fetch` are modules that the command will need, imported while the file is read.
    """
    from goldthread.engines.sandbox import Asked, read_safely

    with refusals_of(args, path) as limits:
        corrections = read_corrections(args.corrections)
        return read_safely(path, limits=limits, asked=Asked(form, year), corrections=corrections, fetch=fetch)


@contextmanager
def refusals_of(args: argparse.Namespace, path: Path) -> "Iterator[Limits]":
    """The limits for a file, within which it is read; what is refused of it is raised as Refused, with its name."""
    from goldthread.engines.sandbox import limits_for
    from goldthread.kernel.refusal import Refused as ReadingRefused
    from goldthread.readers.naming import check_name

    _must_be_readable(path)
    try:
        check_name(path.name, path)
        yield limits_for(getattr(args, "most_mb", 100) * 1_000_000)
    except ReadingRefused as refusal:
        more = TAKE_MORE if refusal.code in TOO_MUCH and hasattr(args, "most_mb") else ""
        raise Refused(f"{path.name}: {refusal.reason} {refusal.mend}{more}") from refusal


def _read(args: argparse.Namespace, path: Path, day: date | None, option: str) -> Submission:
    from goldthread.engines.sandbox import read_safely
    from goldthread.kernel.reading import Refused as ReadingRefused
    from goldthread.readers.naming import check_name

    _must_be_readable(path)
    corrections = read_corrections(args.corrections)
    try:
        check_name(path.name, path)
        reading = read_safely(path, corrections=corrections)
    except ReadingRefused as refusal:
        raise Refused(f"{path.name}: {refusal.reason} {refusal.mend}") from refusal
    _must_be_annex_a(path, reading)
    return of_lists(path, reading, day, option, settings(args))


def of_lists(
    path: Path, reading: "Reading", day: date | None, option: str = "--as-at", limits: "Mapping[str, int] | None" = None
) -> Submission:
    """Annex A lists that were read, with their day. Raises Refused where there is no list, or no day can be told."""
    from goldthread.kernel.run import guess_as_at

    if not reading.found:
        raise Refused(f"{path.name} holds none of the eleven lists of Annex A; check that it is the right file.")
    as_at = day or guess_as_at({name: reading.tables[name] for name in reading.found})
    if as_at is None:
        raise Refused(
            f"{path.name} holds no date from which to tell its day; add {option} 2025-03-31 with the right day."
        )
    return Submission(path, reading, as_at, day is None, doubts(path, reading, as_at, limits, given=day is not None))


def doubts(
    path: Path, reading: "Reading", as_at: date, limits: "Mapping[str, int] | None", *, given: bool
) -> tuple[str, ...]:
    """What is odd about the day and year of what was read. Raises Refused where they cannot be meant."""
    from goldthread.kernel.fitting_day import Asked, check_day
    from goldthread.kernel.reading import Refused as ReadingRefused

    check_year_of(path, reading)
    try:
        return check_day(reading, Asked(_today(), as_at, given, limits))
    except ReadingRefused as refusal:
        raise Refused(f"{path.name}: {refusal.reason} {refusal.mend}") from refusal


def check_year_of(path: Path, reading: "Reading") -> None:
    """Raises Refused where a return is of a year of which there can be none."""
    from goldthread.kernel.fitting_day import check_year
    from goldthread.kernel.reading import Refused as ReadingRefused

    try:
        check_year(reading, _today())
    except ReadingRefused as refusal:
        raise Refused(f"{path.name}: {refusal.reason} {refusal.mend}") from refusal


def _today() -> date:
    return datetime.now().astimezone().date()


def of_any_form(args: argparse.Namespace) -> Submission:
    """What the arguments name, of whatever form, with its day. Raises Refused where it cannot be used."""
    from goldthread.kernel.record.event_dates import guess_day
    from goldthread.readers.naming import is_workbook

    if args.file.is_file() and is_workbook(args.file):
        return read(args)
    reading = read_any(args, args.file)
    if reading.form == "annex_a":
        return of_lists(args.file, reading, args.as_at, limits=settings(args))
    last = None if reading.year is None else date(reading.year, 3, 31)
    as_at = args.as_at or last or guess_day(reading)
    if as_at is None:
        raise Refused(f"{args.file.name} holds no date from which to tell its day; add --as-at with the right day.")
    given = args.as_at is not None
    odd = doubts(args.file, reading, as_at, settings(args), given=given)
    return Submission(args.file, reading, as_at, not given, odd)


def read_corrections(path: Path | None) -> "Corrections":
    """The corrections of a file; none where no file is named. Raises Refused, naming the row that cannot be used."""
    from goldthread.readers.corrections import Unusable, parse

    if path is None:
        return {}
    if path.is_dir():
        raise Refused(f"{path} is a folder; name the file of corrections in it.")
    _must_be_readable(path)
    try:
        return parse(path.read_bytes())
    except Unusable as error:
        raise Refused(f"{path.name}: {error}") from error


def settings(args: argparse.Namespace) -> dict[str, int]:
    """The limits that the arguments change. Raises Refused on a name that is not a setting."""
    from goldthread.kernel.settings import DEFAULTS

    changed = dict(args.settings)
    for name in changed:
        if name not in DEFAULTS:
            raise Refused(f"there is no setting called “{name}”; docs/reference/rules.md lists them.")
    return changed


def _must_be_annex_a(path: Path, reading: "Reading") -> None:
    """Raise Refused for another form: it can be read, but not be used here."""
    from goldthread.kernel.forms import FORMS

    if reading.form != "annex_a":
        raise Refused(
            f"{path.name} was read as {FORMS[reading.form].title}, {reading.rows:,} rows; this is done with "
            "Annex A lists alone. goldthread check checks it, goldthread measure works out its measures, and "
            "goldthread convert writes its tables and says what could not be read."
        )


def must_be_a_file(path: Path) -> None:
    """Raises Refused, saying how to mend it, unless the path leads to a file that can be read."""
    if path.is_dir():
        raise Refused(f"{path} is a folder; name the file in it.")
    _must_be_readable(path)


def _must_be_readable(path: Path) -> None:
    try:
        kind = path.stat().st_mode
        if stat.S_ISDIR(kind):
            return
        if not stat.S_ISREG(kind):
            # To open a pipe or a device could wait for ever.
            raise Refused(f"{path} is not a file; save the workbook and name it.")
        with path.open("rb"):
            pass
    except FileNotFoundError as error:
        raise Refused(f"there is no file {path}; check the name and the folder.") from error
    except PermissionError as error:
        raise Refused(f"{path} may not be read by you; ask whoever owns it, or copy it to your own folder.") from error
    except (OSError, ValueError) as error:
        raise Refused(f"{path} cannot be opened; check the name and try a copy of the file.") from error


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}” is no date; write it as 2025-03-31") from error


def _setting(text: str) -> tuple[str, int]:
    name, equals, number = text.partition("=")
    if not equals or not name:
        raise argparse.ArgumentTypeError(f"“{text}” is no setting; write it as protection_visit_days=20")
    if not number.isascii() or not number.isdigit():
        says = f"“{number}” is no value for {name}; write a whole number, 0 or more, as in {name}=20"
        raise argparse.ArgumentTypeError(says)
    return name, int(number)
