"""`goldthread measure`: what the measures say of what was handed in, in whichever form."""

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING

from goldthread.cli import asked, measure_amounts, measure_record, output, submission
from goldthread.cli.output import Cell, Table
from goldthread.cli.refusal import OK, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goldthread.domain.intervals import RelativeRate
    from goldthread.kernel.amount import AmountResult
    from goldthread.kernel.measure import Breakdown, MeasureResult, Share
    from goldthread.kernel.timeliness import Paces

BY = {
    **{name: name for name in (
        "gender", "age_band", "ethnicity_group", "disability", "team", "locality", "placement_type", "legal_status",
        "organisation",
    )},
    "sex": "gender",
    "age": "age_band",
    "ethnicity": "ethnicity_group",
    "placement": "placement_type",
}  # fmt: skip
"""What a measure can be broken down by: the names of `kernel.groups`, and shorter ones."""

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
    measure_record.add_arguments(parser)
    measure_record.add_authority(parser)
    measure_amounts.add_arguments(parser)
    parser.add_argument(
        "--measure", type=str.upper, metavar="CODE", help="only one measure, such as AS-01, with its definition"
    )
    parser.add_argument(
        "--rows", action="store_true", help="with --measure: every row of the file that is in it, and what it counts as"
    )
    parser.add_argument(
        "--timeliness", action="store_true", help="work with a limit: done in time, done late, overdue, not yet due"
    )
    parser.add_argument("--by", choices=list(BY), help="the same for each group of children, beside the others")
    output.add_arguments(parser)
    parser.epilog = (
        "The range is what chance alone could explain (95%), not a sampling error: everyone was counted. Fewer than "
        "10 in the denominator: no percentage; fewer than 30: call nothing high or low. The figures are not "
        "suppressed: do not publish small counts. A return is measured for the year that ends on its 31 March. "
        "Exit code: 0 worked out, with or without warnings, 2 the file or "
        "the request cannot be used."
    )


def run(args: argparse.Namespace) -> int:
    """Work out the measures and write them. Raises Refused when the file or the request cannot be used."""
    from goldthread.kernel.declared import declared, no_measure

    if args.measure is not None and args.measure not in declared():
        raise Refused(no_measure(args.measure))
    if args.rows and args.measure is None:
        raise Refused("--rows shows the rows of one measure; add --measure, such as AS-01.")
    limits = submission.settings(args)
    reading = submission.read_any(args, args.file)
    told = asked.ask(args, reading, limits, args.authority.strip().upper())
    chosen = [entry for entry in told.measures if args.measure in (None, entry.code)]
    also = [entry for entry in told.amounts if args.measure in (None, entry.code)]
    if args.measure is not None and not chosen and not also:
        why = told.why_not.get(args.measure, "it is not asked of this form.")
        raise Refused(f"{args.measure}: {measure_amounts.mended(why)}")
    data = (
        {**_data(args, told, chosen), "amounts": measure_amounts.data(also, told.rows if args.rows else None)}
        if args.format == "json"
        else None
    )
    output.write(_tables(args, told, chosen, also), args, data)
    return OK


def _behind(told: asked.Told, code: str) -> Table:
    """Every row of the file in the measure, and what it counts as."""
    rows = [(table, row, str(state).replace("_", " "), *number) for table, row, state, *number in told.rows(code)]
    number = ("number",) if rows and len(rows[0]) > 3 else ()
    return Table(f"Rows in {code}", ("table", "row", "counts as", *number), rows)


def _tables(
    args: argparse.Namespace, told: asked.Told, chosen: "Sequence[MeasureResult]", also: "Sequence[AmountResult]"
) -> list[Table]:
    by = BY.get(args.by)
    if args.format != "table":
        whole = Table("Measures", FULL_COLUMNS, [_full(entry) for entry in chosen])
        groups = Table("Groups", ("code", "by", "group", *SHARE_COLUMNS, *RATE_COLUMNS), _groups(chosen, by))
        amounts = measure_amounts.whole(also)
        others = [_paces(told.timeliness), *([_behind(told, args.measure)] if args.rows else []), amounts]
        of_amounts = measure_amounts.groups(also, by)
        if args.measure is not None and not chosen:
            return (
                [of_amounts, amounts]
                if by
                else [amounts, of_amounts, *([_behind(told, args.measure)] if args.rows else [])]
            )
        others.append(of_amounts)
        return [groups, whole, *others] if by else [whole, groups, *others]
    tables = [_paces(told.timeliness)] if args.timeliness else []
    if chosen:
        tables.append(_shown(told, chosen))
    if also:
        tables.append(measure_amounts.shown(also))
    if by and chosen:
        tables.append(_by_group(by, chosen))
    if by and also:
        tables.append(measure_amounts.by_group(by, also))
    if args.measure is not None:
        tables += [*(_explained(entry) for entry in chosen), *(measure_amounts.explained(entry) for entry in also)]
    if args.rows:
        tables.append(_behind(told, args.measure))
    warned = [(entry.code, warning) for entry in chosen for warning in entry.warnings]
    warned += [(entry.code, warning) for entry in also for warning in entry.warnings]
    return [*tables, *([Table("Warnings", ("code", "warning"), warned)] if warned else []), *told.also]


def _shown(told: asked.Told, chosen: "Sequence[MeasureResult]") -> Table:
    rows = [
        (
            entry.code,
            entry.title,
            *_words(entry),
            entry.not_due or "",
            entry.better.value if entry.better != "context" else "",
        )
        for entry in chosen
    ]
    return Table(told.heading, ("code", "measure", "count", "%", "range", "not yet due", "better"), rows)


def _paces(timeliness: "Sequence[Paces]") -> Table:
    rows = [
        (each.title, f"{each.limit} working days", each.in_time, each.late, each.overdue, each.not_due, each.not_known)
        for each in timeliness
    ]
    columns = ("work", "limit", "done in time", "done late", "open, overdue", "open, not yet due", "not known")
    return Table("Done in the 12 months, or open", columns, rows)


def _by_group(by: str, chosen: "Sequence[MeasureResult]") -> Table:
    """Each group of each measure, and how many times as likely it is there as in the other groups together."""
    rows = [
        (entry.code, part.group, *_words(part.share), part.share.not_due or "", *_times(rates[part.group]))
        for entry in chosen
        for rates in (_rates(entry, by),)
        for part in entry.breakdowns
        if part.by == by
    ]
    columns = ("code", "group", "count", "%", "range", "not yet due", "times as likely as the others", "its range")
    return Table(f"By {by.replace('_', ' ')}", columns, rows)


def _rates(entry: "MeasureResult", by: str) -> "dict[str, RelativeRate | None]":
    from goldthread.kernel.relative import relative_rates
    from goldthread.kernel.settings import DEFAULTS

    return relative_rates([part for part in entry.breakdowns if part.by == by], DEFAULTS["few"])


def _times(rate: "RelativeRate | None") -> tuple[str, str]:
    return ("", "") if rate is None else (f"{rate.value:.2f}", f"{rate.low:.2f}-{rate.high:.2f}")


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


RATE_COLUMNS = ("relative_rate", "relative_low", "relative_high")


def _groups(chosen: "Sequence[MeasureResult]", by: str | None) -> list[tuple[Cell, ...]]:
    return [
        (
            entry.code,
            part.by,
            part.group,
            *(getattr(part.share, name) for name in SHARE_COLUMNS),
            *(rates[part.by][part.group] or (None, None, None)),
        )
        for entry in chosen
        for rates in ({name: _rates(entry, name) for name in {part.by for part in entry.breakdowns}},)
        for part in entry.breakdowns
        if by in (None, part.by)
    ]


def _of_share(whole: "Share") -> dict[str, object]:
    return {name: getattr(whole, name) for name in SHARE_COLUMNS}


def _part(part: "Breakdown", rate: "RelativeRate | None") -> dict[str, object]:
    relative = None if rate is None else rate._asdict()
    return {"by": part.by, "group": part.group, **_of_share(part.share), "relative_rate": relative}


def _data(args: argparse.Namespace, told: asked.Told, chosen: "Sequence[MeasureResult]") -> dict[str, object]:
    measures = []
    for entry in chosen:
        names = [name for name in entry.__dataclass_fields__ if name != "breakdowns"]
        whole = {name: getattr(entry, name) for name in names}
        whole["settings"] = dict(entry.settings)
        rates = {name: _rates(entry, name) for name in {part.by for part in entry.breakdowns}}
        parts = [_part(part, rates[part.by][part.group]) for part in entry.breakdowns]
        measures.append({**whole, "breakdowns": parts})
        if args.rows:
            behind = told.rows(entry.code)
            keys = ("table", "row", "state")
            measures[-1]["rows"] = [dict(zip(keys, row, strict=True)) for row in behind]
    timeliness = [asdict(each) for each in told.timeliness]
    return {**told.about, "settings": dict(told.settings), "measures": measures, "timeliness": timeliness}
