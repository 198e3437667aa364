"""`goldthread watch FOLDER`: the measures recomputed from a folder of snapshots, one for each month, as series."""

import argparse
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from goldthread.cli import submission
from goldthread.cli.output import Cell, Table
from goldthread.cli.refusal import Refused
from goldthread.domain.control_charts import ControlChartError, Direction, Point, control_chart
from goldthread.domain.control_verdicts import VARIATION_SAYS, variation

if TYPE_CHECKING:
    from goldthread.kernel.measure import MeasureResult
    from goldthread.kernel.monthly import Month
    from goldthread.kernel.reading import Reading

DATE = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)")
DIRECTIONS = {"high": Direction.HIGH, "low": Direction.LOW, "context": Direction.NEITHER}
COLUMNS = ("code", "period", "numerator", "denominator", "value", "low", "high", "not_known", "not_due")


@dataclass(frozen=True, slots=True)
class Series:
    """The snapshots of a folder in order of time, each with its measures."""

    months: tuple["Month", ...]

    def of(self, code: str) -> list[tuple[str, "MeasureResult"]]:
        """One measure of every month, with the month's name."""
        return [
            (month.as_at.isoformat()[:7], entry)
            for month in self.months
            for entry in month.measures
            if entry.code == code
        ]

    def codes(self) -> list[str]:
        """The measures, in the order of the catalogue."""
        return [entry.code for entry in self.months[0].measures]


def measured(args: argparse.Namespace) -> Series:
    """Read every snapshot and work out its month. Raises Refused where one cannot be used, or two are of one day."""
    from goldthread.kernel.monthly import month

    paths = _snapshots(args.file)
    with ThreadPoolExecutor() as room:
        readings = list(room.map(lambda path: _read(args, path), paths))
    dated = sorted(
        ((_day(path, reading), path, reading) for path, reading in zip(paths, readings, strict=True)),
        key=lambda each: each[0],
    )
    months: list[Month] = []
    for day, path, reading in dated:
        before = months[-1].as_at if months else None
        if before is not None and (before >= day or before.isoformat()[:7] == day.isoformat()[:7]):
            raise Refused(f"{path.name} is of {day.isoformat()[:7]} as another snapshot is; keep one for each month.")
        found = {name: reading.tables[name] for name in reading.found}
        months.append(month(found, as_at=day, before=before))
    return Series(tuple(months))


def points(series: Series, code: str) -> tuple[list[Point], list[str], list[str]]:
    """The points of one measure, the periods with fewer than ten in the denominator, and those without any."""
    given, small, none = [], [], []
    for period, entry in series.of(code):
        if entry.denominator == 0:
            none.append(period)
            continue
        if entry.denominator < 10:
            small.append(period)
        given.append(Point(period, 100 * entry.numerator / entry.denominator))
    return given, small, none


def tables(series: Series) -> list[Table]:
    """Every measure's latest month and what its series says, and every month of every measure."""
    rows: list[Sequence[Cell]] = []
    every: list[Sequence[Cell]] = []
    for code in series.codes():
        told = series.of(code)
        last = told[-1][1]
        count = f"{last.numerator:,} of {last.denominator:,}" if last.denominator else "none"
        rows.append((code, last.title, len(points(series, code)[0]), count, _says(series, code, last)))
        every += [
            (code, period, entry.numerator, entry.denominator, entry.value, entry.low, entry.high, entry.not_known,
             entry.not_due)
            for period, entry in told
        ]  # fmt: skip
    first, last_month = series.months[0].as_at.isoformat()[:7], series.months[-1].as_at.isoformat()[:7]
    title = f"{len(series.months)} snapshots, {first} to {last_month}"
    return [
        Table(title, ("code", "measure", "months with a figure", "latest month", "what the series says"), rows),
        Table("Every month", COLUMNS, every),
    ]


def _says(series: Series, code: str, last: "MeasureResult") -> str:
    given, _, _ = points(series, code)
    try:
        chart = control_chart(given, better=DIRECTIONS[last.better.value], percent=True)
    except ControlChartError as error:
        return str(error)
    return VARIATION_SAYS[variation(chart)]


def _snapshots(folder: Path) -> list[Path]:
    """The workbooks in a folder, or where there is none the folders in it, each the lists of one month."""
    try:
        inside = sorted(path for path in folder.iterdir() if not path.name.startswith((".", "~")))
    except OSError as error:
        raise Refused(f"{folder} cannot be opened: {error.strerror or error}.") from error
    books = [path for path in inside if path.suffix.lower() in {".xlsx", ".ods", ".zip"} and path.is_file()]
    found = books or [path for path in inside if path.is_dir()]
    if not found:
        raise Refused(f"{folder} holds no snapshots: put a workbook of the lists in it for each month.")
    return found


def _read(args: argparse.Namespace, path: Path) -> "Reading":
    reading = submission.read_any(args, path)
    if reading.form != "annex_a":
        raise Refused(f"{path.name} is no Annex A workbook; a series is made of snapshots of the lists.")
    return reading


def _day(path: Path, reading: "Reading") -> date:
    """The day in the name of a snapshot, where there is one; or else the latest event in it."""
    named = DATE.findall(path.stem)
    if len(named) == 1:
        try:
            return date.fromisoformat(named[0])
        except ValueError:
            pass
    return submission.of_lists(path, reading, None).as_at
