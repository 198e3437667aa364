"""`goldthread watch`: a series over time, and whether it has changed beyond chance."""

import argparse
import math
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from goldthread.cli import measure_amounts, output, submission, watch_months
from goldthread.cli.output import Table
from goldthread.cli.refusal import OK, Refused
from goldthread.domain.control_charts import (
    SCREENING,
    ControlChart,
    ControlChartError,
    Direction,
    Point,
    Rebasing,
    control_chart,
)
from goldthread.domain.control_verdicts import (
    TOO_FEW,
    VARIATION_SAYS,
    assurance,
    assurance_says,
    sustained,
    too_few,
    variation,
)

if TYPE_CHECKING:
    from goldthread.kernel.charts import Chart

FEW = 10
"""Below this denominator one child moves a percentage by ten points or more."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `goldthread watch`."""
    parser.add_argument(
        "file",
        type=Path,
        metavar="SERIES",
        help="a CSV: period, and value or numerator,denominator; or a folder with an Annex A workbook or the dataset "
        "for each month, or with a return for each year",
    )
    parser.add_argument("--measure", type=str.upper, metavar="CODE", help="of a folder: the one measure or amount")
    parser.add_argument(
        "--corrections", type=Path, metavar="CSV", help="of a folder: what values mean, corrected before"
    )
    measure_amounts.add_arguments(parser)
    parser.add_argument("--target", type=float, metavar="NUMBER", help="what is aimed at")
    parser.add_argument(
        "--better",
        choices=("high", "low", "neither"),
        help="which way is better (left out: neither; of a folder, as the measure says)",
    )
    parser.add_argument(
        "--percent", action="store_true", help="values are percentages: keep the limits within 0 to 100"
    )
    parser.add_argument("--screen", action="store_true", help="leave very wide moving ranges out of the limits")
    parser.add_argument(
        "--rebase",
        action="append",
        default=[],
        type=_rebasing,
        metavar="PERIOD=REASON",
        help="draw the limits anew from a period on, because of something that changed then; may be repeated",
    )
    parser.add_argument("--title", metavar="WORDS", help="what the series is of (left out: the name of the file)")
    parser.add_argument("--picture", type=Path, metavar="IMAGE", help="draw the chart too, as .svg or .png")
    output.add_arguments(parser)
    parser.epilog = (
        "Five points are needed; below twelve the limits are called trial limits. Periods must be in order of time. "
        "Exit code: 0 done, 2 the file or the request cannot be used."
    )


def run(args: argparse.Namespace) -> int:
    """Chart the series and write what it says. Raises Refused when it cannot be charted."""
    from goldthread.kernel.charts import control_chart_picture

    if args.file.is_dir() and args.measure is None:
        _refuse_chart_of_all(args)
        series = watch_months.measured(args)
        output.write(watch_months.tables(series), args)
        return OK
    if args.measure is not None and not args.file.is_dir():
        raise Refused("--measure is for a folder of snapshots; a series in a CSV is of one measure already.")
    asked = _asked(args)
    better = asked.better
    if args.target is not None and better is Direction.NEITHER:
        raise Refused("a target needs to know which way is better; add --better high or --better low.")
    if args.target is not None and not math.isfinite(args.target):
        raise Refused("the target must be a number.")
    percent = asked.shares or args.percent
    try:
        how = {"screen": args.screen, "percent": percent, "count": bool(asked.unit)}
        chart = control_chart(asked.points, better=better, rebasings=args.rebase, **how)
    except ControlChartError as error:
        raise Refused(f"{args.file.name}: {error}") from error
    title = args.title or asked.title
    picture = control_chart_picture(
        chart, title, target=args.target, unit="%" if percent else asked.unit, few=asked.few
    )
    if args.picture:
        _draw(picture, args.picture)
    verdict = _verdict(chart, args.target, asked)
    if asked.none:
        verdict.append(("left out", f"Nothing to count in {', '.join(asked.none)}."))
    rows = Table(picture.title, picture.columns, picture.rows)
    says = Table("What it says", ("", "says"), verdict)
    tables = [says, rows] if args.format == "table" else [rows, says]
    output.write(tables, args, _data(chart, picture, args.target, asked) if args.format == "json" else None)
    return OK


@dataclass(frozen=True, slots=True)
class _Asked:
    """The series to chart: its points, whether they are shares, its title, which way is better, what to beware of."""

    points: list[Point]
    shares: bool
    title: str
    better: Direction
    small: list[str]
    none: list[str]
    unit: str = ""

    @property
    def few(self) -> bool:
        """Whether most points count so few that change cannot be told from chance."""
        return too_few(len(self.small), len(self.points))


def _asked(args: argparse.Namespace) -> _Asked:
    if not args.file.is_dir():
        points, shares, small = _series(args.file)
        return _Asked(points, shares, args.file.stem, Direction(args.better or "neither"), small, [])
    from goldthread.kernel.declared import declared, no_measure

    if args.measure not in declared():
        raise Refused(no_measure(args.measure))
    series = watch_months.measured(args)
    measure = series.measure(args.measure)
    if measure is None or args.measure not in series.months:
        raise Refused(f"{args.measure} cannot be told by the month of what is in {args.file.name}.")
    scale = series.scale(measure.code)
    points, small, none = watch_months.points(series, measure.code)
    better = Direction(args.better) if args.better else watch_months.DIRECTIONS[measure.better.value]
    return _Asked(points, scale.percent, f"{measure.code} {measure.title}", better, small, none, scale.unit)


def _refuse_chart_of_all(args: argparse.Namespace) -> None:
    """Raises Refused where what is asked needs one series, and the folder gives one for each measure."""
    if args.target is not None or args.rebase or args.picture or args.title:
        raise Refused("a target, a picture, a title or new limits are for one series; add --measure, such as AS-01.")


def _series(path: Path) -> tuple[list[Point], bool, list[str]]:
    """The points, whether they are shares, and the periods whose denominator is small."""
    from goldthread.kernel.reading import Refused as ReadingRefused
    from goldthread.readers import csv_guard

    submission.must_be_a_file(path)
    try:
        frame = csv_guard.table(path.read_bytes())
        shares = "value" not in frame.columns
        names = ("numerator", "denominator") if shares else ("value",)
        found = csv_guard.select(frame, {name: (name,) for name in ("period", *names)}, "a series")
    except ReadingRefused as refusal:
        raise Refused(f"{path.name}: {refusal.reason} {refusal.mend}") from refusal
    points, small = [], []
    for period, *cells in found.iter_rows():
        numbers = [_number(cell, period, path) for cell in cells]
        if not shares:
            points.append(Point(period, numbers[0]))
            continue
        numerator, denominator = numbers
        if denominator <= 0 or not 0 <= numerator <= denominator:
            raise Refused(
                f"{path.name}: in {period} the numerator does not lie between nothing and all; mend that row."
            )
        if denominator < FEW:
            small.append(period)
        points.append(Point(period, 100 * numerator / denominator))
    _refuse_disorder([point.period for point in points], path)
    return points, shares, small


_MONTH = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?")


def _refuse_disorder(periods: list[str], path: Path) -> None:
    """Raises Refused where a period written as a month or day is none, or comes before the one above it."""
    held: tuple[int, ...] = ()
    for period in periods:
        match = _MONTH.fullmatch(period.strip())
        if match is None:
            return  # named in another way, such as quarters: the order of the rows is the order of time
        year, month, day = (int(part or 1) for part in match.groups())
        try:
            date(year, month, day)
        except ValueError:
            raise Refused(f"{path.name}: “{period}” is no month or day; mend that row.") from None
        if (year, month, day) < held:
            raise Refused(f"{path.name}: {period} stands below a later period; put the rows in order of time.")
        held = (year, month, day)


def _number(cell: str, period: str, path: Path) -> float:
    try:
        value = float(cell.replace(",", "").removesuffix("%"))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise Refused(
            f"{path.name}: in {period or 'a row without a period'} a number is missing or is none; mend that row."
        )
    return value


def _rebasing(text: str) -> Rebasing:
    period, equals, reason = text.partition("=")
    if not equals or not reason.strip():
        raise argparse.ArgumentTypeError(f"“{text}” gives no reason; write it as 2024-03=New front door model")
    return Rebasing(period.strip(), reason.strip())


def _verdict(chart: ControlChart, target: float | None, asked: _Asked) -> list[tuple[str, str]]:
    lasting = sustained(chart, target)
    limits = chart.latest.limits
    rows = [
        ("change", VARIATION_SAYS[variation(chart)]),
        ("target", assurance_says(chart, target)),
        ("lasting", f"{lasting.what.value.capitalize()}: {lasting.why}"),
    ]
    if asked.few:
        rows = [("change", TOO_FEW)]
    rows.append(
        (
            limits.label,
            f"mean {limits.mean:.1f}, from {limits.lower:.1f} to {limits.upper:.1f} ({limits.points} points)",
        )
    )
    rows += [("limits anew", f"from {entry.points[0].period}: {entry.reason}") for entry in chart.stretches[1:]]
    if chart.screened:
        rows.append(("screened", SCREENING))
    if asked.small:
        counted = "in the denominator" if asked.shares else "are counted"
        rows.append(("caution", f"Fewer than {FEW} {counted} in {', '.join(asked.small)}: one child moves it far."))
    return rows


def _data(chart: ControlChart, picture: "Chart", target: float | None, asked: _Asked) -> dict[str, object]:
    lasting, few = sustained(chart, target), asked.few
    return {
        "finding": picture.title,
        "better": chart.better,
        "target": target,
        "change": None if few else variation(chart),
        "assurance": None if few else assurance(chart, target),
        "lasting": None if few else lasting.what,
        "since": None if few else lasting.since or None,
        "why": TOO_FEW if few else lasting.why,
        "screened": chart.screened,
        "small": asked.small,
        "stretches": [
            {
                "start": entry.points[0].period,
                "reason": entry.reason or None,
                "label": entry.limits.label,
                "mean": entry.limits.mean,
                "lower": _finite(entry.limits.lower),
                "upper": _finite(entry.limits.upper),
                "moving_range": entry.limits.moving_range,
                "points": [
                    {"period": point.period, "value": point.value, "signals": [mark.signal for mark in marks]}
                    for point, marks in zip(entry.points, entry.marks, strict=True)
                ],
            }
            for entry in chart.stretches
        ],
    }


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _draw(picture: "Chart", path: Path) -> None:
    if path.suffix.lower() not in {".svg", ".png"}:
        raise Refused(f"{path.name} is no kind of picture that can be drawn; end the name in .svg or .png.")
    try:
        from goldthread.engines.drawing import to_png, to_svg

        data = to_png(picture.spec) if path.suffix.lower() == ".png" else to_svg(picture.spec).encode()
    except ModuleNotFoundError as error:
        raise Refused("drawing needs the packages of goldthread[web]; leave --picture out, or install them.") from error
    output.replace(path, data)
