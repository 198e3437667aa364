"""What `goldthread measure` does with a return, the dataset or a folder: the measures of the record."""

import argparse
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from goldthread.cli import measure_amounts, submission
from goldthread.cli.output import Table
from goldthread.cli.refusal import Refused

if TYPE_CHECKING:
    from goldthread.kernel.reading import Reading
    from goldthread.kernel.record_run import RecordResults


@dataclass(frozen=True, slots=True)
class OfRecord:
    """What was handed in, the day it is asked for, how that was known, and what the measures of the record say."""

    path: Path
    reading: "Reading"
    as_at: date
    how: str
    results: "RecordResults"
    doubts: tuple[str, ...] = ()

    def heading(self) -> str:
        """One line for the top of an answer: the file, its form, its rows, the day."""
        from goldthread.kernel.forms import FORMS

        title = FORMS[self.reading.form].title
        said = f"{self.path.name}: {title}, {self.reading.rows:,} rows, as at {self.as_at.isoformat()} ({self.how})"
        return " ".join((f"{said}; look at the day first:", *self.doubts)) if self.doubts else said

    def about(self) -> dict[str, object]:
        """The same for JSON."""
        found = set(self.reading.found)
        return {
            "file": self.path.name,
            "form": self.reading.form,
            "year": self.reading.year,
            "as_at": self.as_at,
            "as_at_from": self.how,
            "doubts": list(self.doubts),
            "known_from": self.results.known_from,
            "tables": [
                {"table": name, "found": name in found, "rows": frame.height}
                for name, frame in self.reading.tables.items()
            ],
            "not_measured": [{"code": code, "why": why} for code, why in self.results.not_measured],
        }


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments that only the measures of the record have."""
    group = parser.add_argument_group("returns and the dataset")
    group.add_argument(
        "--history",
        type=Path,
        action="append",
        default=[],
        metavar="PATH",
        help="the return of an earlier year, for measures that look back; may be repeated",
    )
    group.add_argument(
        "--most-mb", type=int, default=300, metavar="N", help="refuse files of more than N million bytes (300)"
    )
    group.add_argument(
        "--data", type=Path, metavar="DIR", help="the folder into which a directory of postcodes was loaded"
    )


def add_authority(parser: argparse.ArgumentParser) -> None:
    """Whose children these are, for a command that has no other way of knowing."""
    parser.add_argument(
        "--authority",
        default="",
        metavar="CODE",
        help="whose children these are, as the directory of postcodes writes it, such as E10000007 (left out: where "
        "most homes lie)",
    )


def measured(args: argparse.Namespace, reading: "Reading", settings: dict[str, int], authority: str) -> OfRecord:
    """Measure what was read by the record. Raises Refused where a day or the history cannot be used."""
    from goldthread.cli.reference import localities, postcodes
    from goldthread.kernel.checked import check_reading
    from goldthread.kernel.record_run import Asked, measure_reading

    as_at, how = _day(args, reading)
    doubts = submission.doubts(args.file, reading, as_at, settings, given=args.as_at is not None)
    earlier = [submission.read_any(args, path, form=reading.form) for path in args.history]
    for path, before in zip(args.history, earlier, strict=True):
        submission.check_year_of(path, before)
    directory = postcodes(args.data)
    asked = Asked(
        settings=settings,
        postcodes=directory,
        localities=localities(args.data),
        authority=authority,
        population=measure_amounts.population(args),
        only=args.measure or "",
        months=False,
    )
    try:
        issues = check_reading(reading, as_at=as_at, settings=settings).issues
        results = measure_reading(reading, as_at=as_at, earlier=earlier, asked=asked, issues=issues)
    except ValueError as error:
        raise Refused(f"--history: {error}.") from error
    return OfRecord(args.file, reading, as_at, how, results, doubts)


def not_measured(results: "RecordResults") -> list[Table]:
    """The measures that could not be asked, by why; nothing where all could."""
    codes: dict[str, list[str]] = {}
    for entry in results.not_measured:
        codes.setdefault(measure_amounts.mended(entry.why), []).append(entry.code)
    rows = [(", ".join(of_why), why) for why, of_why in codes.items()]
    return [Table("Not measured", ("codes", "why"), rows)] if rows else []


def _day(args: argparse.Namespace, reading: "Reading") -> tuple[date, str]:
    """The day that is asked about: as given, the last of the return's year, or the latest event of the record."""
    from goldthread.kernel.record.event_dates import guess_day

    if args.as_at is None and reading.year is not None:
        return date(reading.year, 3, 31), "the last day of the year; --as-at sets another"
    day = guess_day(reading) if reading.year is None else None
    if args.as_at is not None:
        goes_on = day is not None and day > args.as_at
        later = f", but what is held of the latest only, such as a last contact, is as of {day}" if goes_on else ""
        return args.as_at, f"as given{later}"
    if day is None:
        raise Refused(
            f"{args.file.name} holds no date from which to tell its day; add --as-at 2025-03-31 with the right day."
        )
    return day, "the latest event; --as-at sets another"
