"""`goldthread watch FOLDER`: everything measured anew from a folder of snapshots or returns, as series by the month."""

import argparse
import re
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from goldthread.cli import measure_amounts, submission
from goldthread.cli.output import Cell, Table
from goldthread.cli.refusal import Refused
from goldthread.domain.control_charts import ControlChartError, Direction, Point, control_chart
from goldthread.domain.control_verdicts import TOO_FEW, VARIATION_SAYS, too_few, variation

if TYPE_CHECKING:
    from goldthread.kernel.amount import Amount
    from goldthread.kernel.measure import Measure, MeasureResult
    from goldthread.kernel.month_points import Scale
    from goldthread.kernel.reading import Reading
    from goldthread.kernel.record_monthly import MonthCount
    from goldthread.kernel.record_monthly import Series as Months

DATE = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)")
DIRECTIONS = {"high": Direction.HIGH, "low": Direction.LOW, "context": Direction.NEITHER}
COLUMNS = ("code", "period", "numerator", "denominator", "unit", "value", "low", "high", "not_known", "not_due")


@dataclass(frozen=True, slots=True)
class Series:
    """The hand-ins of a folder in order of time: the months of everything that was measured, and of what form."""

    days: tuple[date, ...]
    form: str
    months: Mapping[str, tuple["MonthCount", ...]]
    lists: Mapping[str, list[tuple[str, "MeasureResult"]]]
    population: int | None

    def measure(self, code: str) -> "Measure | Amount | None":
        """What was asked under a code; None where nothing is."""
        from goldthread.kernel.declared import declared
        from goldthread.kernel.record_measures import RECORD_MEASURES

        of_record = {} if self.form == "annex_a" else {each.code: each for each in RECORD_MEASURES}
        return of_record.get(code) or declared().get(code)

    def scale(self, code: str) -> "Scale":
        """How the months of a code are drawn."""
        from goldthread.kernel.month_points import scale_of

        measure = self.measure(code)
        if measure is None:
            raise KeyError(code)
        return scale_of(measure, self.population)

    def codes(self) -> list[str]:
        """Everything with a month, in the order of the catalogue."""
        from goldthread.kernel.declared import declared

        return [code for code in declared() if code in self.months]


def measured(args: argparse.Namespace) -> Series:
    """Read every hand-in and work out its months. Raises Refused where one cannot be used, or two are of one month."""
    from goldthread.kernel.record_monthly import MonthCount, joined

    population = measure_amounts.population(args)
    paths = _snapshots(args.file)
    with ThreadPoolExecutor() as room:
        readings = list(room.map(lambda path: submission.read_any(args, path), paths))
    forms = {reading.form: path for path, reading in zip(paths, readings, strict=True)}
    if len(forms) > 1:
        (_, one), (_, other), *_ = forms.items()
        raise Refused(f"{one.name} and {other.name} are not of one form; keep each form in a folder of its own.")
    dated = sorted(
        ((_day(path, reading), path, reading) for path, reading in zip(paths, readings, strict=True)),
        key=lambda each: each[0],
    )
    _one_a_month(dated)
    lists = _of_lists(dated, args.measure) if "annex_a" in forms else {}
    months = {
        code: tuple(MonthCount(period, one.numerator, one.denominator) for period, one in told)
        for code, told in lists.items()
    }
    if args.measure not in months:
        found = joined(_of_record(day, reading, args.measure or "") for day, _, reading in dated)
        months = {**{code: tuple(held) for code, held in found.items()}, **months}
    return Series(tuple(day for day, _, _ in dated), next(iter(forms)), months, lists, population)


Dated = Sequence[tuple[date, Path, "Reading"]]


def _one_a_month(dated: Dated) -> None:
    for (before, _, _), (day, path, _) in pairwise(dated):
        if before.isoformat()[:7] == day.isoformat()[:7]:
            raise Refused(f"{path.name} is of {day.isoformat()[:7]} as another snapshot is; keep one for each month.")


def _of_lists(dated: Dated, only: str | None) -> dict[str, list[tuple[str, "MeasureResult"]]]:
    """The measures of the lists of every snapshot, for its own month; of one only where it is asked for."""
    from goldthread.kernel.measures import MEASURES
    from goldthread.kernel.monthly import month

    wanted = [each for each in MEASURES if only in (None, each.code)]
    told: dict[str, list[tuple[str, MeasureResult]]] = {}
    before = None
    for day, _, reading in dated:
        found = {name: reading.tables[name] for name in reading.found}
        for entry in month(found, as_at=day, before=before, measures=wanted).measures:
            told.setdefault(entry.code, []).append((day.isoformat()[:7], entry))
        before = day
    return told


def _of_record(day: date, reading: "Reading", only: str) -> "tuple[date, Months, list[tuple[str, MonthCount]]]":
    """What the record of one hand-in tells of everything, or only of one thing: its months, and what stood then."""
    from goldthread.kernel.amount import PER
    from goldthread.kernel.measures import MEASURES
    from goldthread.kernel.record_measures import RECORD_MEASURES
    from goldthread.kernel.record_monthly import standing
    from goldthread.kernel.record_run import Asked, measure_reading

    of_lists = {each.code for each in MEASURES} if reading.form == "annex_a" else set()
    measures = [each for each in RECORD_MEASURES if each.code not in of_lists]
    # Events are counted here, whatever the population: it makes rates of them when they are drawn.
    told = measure_reading(reading, as_at=day, asked=Asked(population=PER, measures=measures, only=only, paces=False))
    shares = [(each.code, each.numerator, each.denominator) for each in told.measures]
    amounts = [(each.code, each.counted, None if each.how == "rate" else each.value) for each in told.amounts]
    return day, told.months, standing(day, shares, amounts)


def points(series: Series, code: str) -> tuple[list[Point], list[str], list[str]]:
    """The points of one code, the periods in which few are counted, and those without any."""
    scale, months = series.scale(code), series.months.get(code, ())
    given = [Point(one.period, scale.value(one)) for one in months if scale.told(one)]
    small = [one.period for one in months if scale.told(one) and scale.few(one)]
    return given, small, [one.period for one in months if not scale.told(one)]


def tables(series: Series) -> list[Table]:
    """The latest month of everything and what its series says, and every month of everything."""
    rows: list[Sequence[Cell]] = []
    every: list[Sequence[Cell]] = []
    for code in series.codes():
        measure, scale, months = series.measure(code), series.scale(code), series.months[code]
        last = months[-1]
        count = scale.counts(last) if last.denominator or last.numerator else "none"
        title = measure.title if measure is not None else ""
        rows.append((code, title, scale.unit, len(points(series, code)[0]), count, _says(series, code)))
        ranges = dict(series.lists.get(code, []))
        for one in months:
            held = ranges.get(one.period)
            value = scale.value(one) if scale.told(one) else None
            more = (held.low, held.high, held.not_known, held.not_due) if held is not None else (None,) * 4
            shown = held.value if held is not None else value
            every.append((code, one.period, one.numerator, one.denominator, scale.unit, shown, *more))
    first, last_month = series.days[0].isoformat()[:7], series.days[-1].isoformat()[:7]
    title = f"{len(series.days)} snapshots, {first} to {last_month}"
    columns = ("code", "measure", "unit", "months with a figure", "latest month", "what the series says")
    return [Table(title, columns, rows), Table("Every month", COLUMNS, every)]


def _says(series: Series, code: str) -> str:
    given, small, _ = points(series, code)
    measure = series.measure(code)
    better = DIRECTIONS[measure.better.value] if measure is not None else Direction.NEITHER
    try:
        chart = control_chart(given, better=better, percent=series.scale(code).percent, count=True)
    except ControlChartError as error:
        return str(error)
    return TOO_FEW if too_few(len(small), len(given)) else VARIATION_SAYS[variation(chart)]


def _snapshots(folder: Path) -> list[Path]:
    """The files of hand-ins in a folder, or where there is none the folders in it, each a hand-in of many files."""
    try:
        inside = sorted(path for path in folder.iterdir() if not path.name.startswith((".", "~")))
    except OSError as error:
        raise Refused(f"{folder} cannot be opened: {error.strerror or error}.") from error
    books = [path for path in inside if path.suffix.lower() in {".xlsx", ".ods", ".zip", ".xml"} and path.is_file()]
    found = books or [path for path in inside if path.is_dir()]
    if not found:
        raise Refused(
            f"{folder} holds no snapshots: put a workbook of the lists in it for each month, or a return for each year."
        )
    return found


def _day(path: Path, reading: "Reading") -> date:
    """The day in the name of a hand-in, where there is one; the last of a return's year; or else its latest event."""
    from goldthread.kernel.record.event_dates import guess_day

    named = DATE.findall(path.stem)
    if len(named) == 1:
        try:
            return date.fromisoformat(named[0])
        except ValueError:
            pass
    if reading.form == "annex_a":
        return submission.of_lists(path, reading, None).as_at
    day = date(reading.year, 3, 31) if reading.year is not None else guess_day(reading)
    if day is None:
        raise Refused(f"{path.name} holds no date from which to tell its day; put the day into its name.")
    return day
