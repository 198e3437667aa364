"""`goldthread measure`: what the measures say of a submission."""

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING

from goldthread.cli import output, submission
from goldthread.cli.output import Cell, Table
from goldthread.cli.refusal import OK, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goldthread.cli.submission import Submission
    from goldthread.kernel.measure import Breakdown, MeasureResult, Share
    from goldthread.kernel.run import Results

BY = ("gender", "age_band", "ethnicity_group", "team")
FULL_COLUMNS = (
    "code",
    "title",
    "numerator",
    "denominator",
    "value",
    "low",
    "high",
    "unit",
    "better",
    "display",
    "not_known",
    "not_due",
    "as_at",
    "definition",
    "version",
    "source",
    "settled",
    "warnings",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `goldthread measure`."""
    submission.add_arguments(parser)
    parser.add_argument("--measure", metavar="CODE", help="only one measure, such as AS-01, with its definition")
    parser.add_argument("--by", choices=BY, help="the same for each group of children")
    output.add_arguments(parser)
    parser.epilog = (
        "The range is what chance alone could explain (95%%), not a sampling error: everyone was counted. Fewer than "
        "10 in the denominator: no percentage; fewer than 30: call nothing high or low. The figures are not "
        "suppressed: do not publish small counts. Exit code: 0 worked out, with or without warnings, 2 the file or "
        "the request cannot be used."
    )


def run(args: argparse.Namespace) -> int:
    """Work out the measures and write them. Raises Refused when the file or the request cannot be used."""
    from goldthread.kernel.measures import MEASURES
    from goldthread.kernel.run import run_reading

    if args.measure is not None and args.measure not in {measure.code for measure in MEASURES}:
        raise Refused(f"there is no measure “{args.measure}”; docs/reference/measures.md lists them.")
    limits = submission.settings(args)
    read = submission.read(args)
    results = run_reading(read.reading, as_at=read.as_at, settings=limits)
    chosen = [entry for entry in results.measures if args.measure in (None, entry.code)]
    output.write(_tables(args, read, chosen), args, _data(read, results, chosen) if args.format == "json" else None)
    return OK


def _tables(args: argparse.Namespace, read: "Submission", chosen: "Sequence[MeasureResult]") -> list[Table]:
    if args.format != "table":
        whole = Table("Measures", FULL_COLUMNS, [_full(entry) for entry in chosen])
        groups = Table("Groups", ("code", "by", "group", *SHARE_COLUMNS), _groups(chosen, args.by))
        return [groups, whole] if args.by else [whole, groups]
    tables = [_shown(read, chosen)]
    if args.by:
        rows = [
            (entry.code, part.group, *_words(part.share))
            for entry in chosen
            for part in entry.breakdowns
            if part.by == args.by
        ]
        tables.append(Table(f"By {args.by.replace('_', ' ')}", ("code", "group", "count", "%", "range"), rows))
    if args.measure is not None:
        tables.append(_explained(chosen[0]))
    warned = [(entry.code, warning) for entry in chosen for warning in entry.warnings]
    return [*tables, *([Table("Warnings", ("code", "warning"), warned)] if warned else [])]


def _shown(read: "Submission", chosen: "Sequence[MeasureResult]") -> Table:
    rows = [
        (entry.code, entry.title, *_words(entry), entry.better.value if entry.better != "context" else "")
        for entry in chosen
    ]
    return Table(read.heading(), ("code", "measure", "count", "%", "range", "better"), rows)


def _explained(entry: "MeasureResult") -> Table:
    rows: list[tuple[Cell, ...]] = [
        ("question", entry.asks),
        ("definition", entry.definition),
        ("version", entry.version),
        ("source", entry.source if entry.settled else f"{entry.source} (check against the published text)"),
        ("not known", f"{entry.not_known:,}"),
        ("not yet due", f"{entry.not_due:,}"),
        *(("caution", caution) for caution in entry.cautions),
        *(("break in the series", broken) for broken in entry.breaks),
    ]
    return Table(f"{entry.code} in full", ("", "says"), rows)


def _words(entry: "Share | MeasureResult") -> tuple[str, str, str]:
    """The count, the percentage and its range as text, as far as the display rule lets them be shown."""
    counts = f"{entry.numerator:,} of {entry.denominator:,}" if entry.denominator else "none"
    if entry.value is None or entry.low is None or entry.high is None:
        return counts, "", ""
    return counts, f"{entry.value:.1f}", f"{entry.low:.1f}-{entry.high:.1f}"


SHARE_COLUMNS = ("numerator", "denominator", "value", "low", "high", "display", "not_known", "not_due")


def _full(entry: "MeasureResult") -> tuple[Cell, ...]:
    values = {name: getattr(entry, name) for name in FULL_COLUMNS}
    values["warnings"] = " ".join(entry.warnings)
    return tuple(values.values())


def _groups(chosen: "Sequence[MeasureResult]", by: str | None) -> list[tuple[Cell, ...]]:
    return [
        (entry.code, part.by, part.group, *(getattr(part.share, name) for name in SHARE_COLUMNS))
        for entry in chosen
        for part in entry.breakdowns
        if by in (None, part.by)
    ]


def _part(part: "Breakdown") -> dict[str, object]:
    return {"by": part.by, "group": part.group, **asdict(part.share)}


def _data(read: "Submission", results: "Results", chosen: "Sequence[MeasureResult]") -> dict[str, object]:
    measures = []
    for entry in chosen:
        names = [name for name in entry.__dataclass_fields__ if name != "breakdowns"]
        whole = {name: getattr(entry, name) for name in names}
        whole["settings"] = dict(entry.settings)
        measures.append({**whole, "breakdowns": [_part(part) for part in entry.breakdowns]})
    return {**read.about(), "settings": dict(results.settings), "measures": measures}
