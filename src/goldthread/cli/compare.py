"""`goldthread compare`: what is measured of a submission beside what is published of the authority and of others."""

import argparse
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from goldthread.cli import asked, measure_amounts, measure_record, output, submission
from goldthread.cli.output import Cell, Table
from goldthread.cli.refusal import OK, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goldthread.cli.asked import Told
    from goldthread.domain.benchmarks import Authority
    from goldthread.domain.funnels import Funnel, Placed
    from goldthread.domain.ranks import Rank
    from goldthread.kernel.amount import AmountResult
    from goldthread.kernel.benchmarks import Benchmarks, Neighbours
    from goldthread.kernel.comparison import Comparison, Line
    from goldthread.kernel.measure import MeasureResult

T = TypeVar("T")

COLUMNS = (
    "code",
    "measure",
    "unit",
    "file",
    "range",
    "published",
    "period",
    "England",
    "region",
    "neighbours",
    "quarter",
    "change",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `goldthread compare`."""
    submission.add_arguments(parser)
    measure_record.add_arguments(parser)
    measure_amounts.add_arguments(parser)
    parser.add_argument("--authority", required=True, metavar="NAME_OR_CODE", help="such as Derbyshire, 830, E10000007")
    parser.add_argument(
        "--benchmarks",
        type=Path,
        metavar="LAIT",
        help="a download of the Local Authority Interactive Tool (.csv, .csv.gz or .parquet); left out, England and "
        "the regions only, from the figures that come with the project",
    )
    parser.add_argument("--neighbours", type=Path, metavar="TABLE", help="a table of statistical neighbours")
    parser.add_argument("--model", metavar="YEAR", help="the version of the neighbour model (left out: the newest)")
    parser.add_argument("--authorities", type=Path, metavar="TABLE", help="a newer list of authorities and codes")
    parser.add_argument(
        "--measure", type=str.upper, metavar="CODE", help="only one measure or amount, such as AS-01, with its years"
    )
    parser.add_argument("--seed", type=int, default=1, metavar="NUMBER", help="for the intervals of ranks (usual: 1)")
    output.add_arguments(parser)
    parser.epilog = (
        "Quarters run from A (best) to D, of the authorities that have a figure. Rates for 10,000 children need "
        "--population. The figures of the file are not "
        "suppressed: do not publish small counts. Exit code: 0 done, 2 a file or the request cannot be used."
    )


@dataclass(frozen=True, slots=True)
class Compared:
    """One measure or amount of the file, its published counterpart, and where all authorities' counts place it."""

    ours: "MeasureResult | AmountResult"
    published: "Comparison"
    cautions: tuple[str, ...]
    funnel: "Funnel | None"
    rank: "Rank | None"


def run(args: argparse.Namespace) -> int:
    """Compare and write. Raises Refused when a file or the request cannot be used."""
    authority = _authority(args)
    benchmarks, neighbours = _published(args)
    limits = submission.settings(args)
    told = asked.ask(args, submission.read_any(args, args.file), limits, authority.gss[-1] if authority.gss else "")
    chosen = [
        made
        for entry in _wanted(args, told)
        if (made := _compared(entry, told, authority, benchmarks, neighbours, args)) is not None
    ]
    if not chosen:
        raise Refused(_nothing(args.measure))
    data = _data(told, authority, benchmarks, neighbours, chosen) if args.format == "json" else None
    output.write(_tables(args, told, authority, benchmarks, chosen), args, data)
    return OK


def _wanted(args: argparse.Namespace, told: "Told") -> "list[MeasureResult | AmountResult]":
    """Everything that was worked out, or the one that is asked for. Raises Refused where that one is not there."""
    from goldthread.kernel.declared import declared, no_measure

    every: list[MeasureResult | AmountResult] = [*told.measures, *told.amounts]
    found = [entry for entry in every if args.measure in (None, entry.code)]
    if found:
        return found
    if args.measure not in declared():
        raise Refused(no_measure(args.measure))
    why = told.why_not.get(args.measure, "it is not asked of this form.")
    raise Refused(f"{args.measure}: {measure_amounts.mended(why)}")


def _nothing(code: str | None) -> str:
    from goldthread.kernel.benchmark_codes import NOT_PAIRED

    why = NOT_PAIRED.get(code or "")
    if why is not None:
        return f"nothing published can be laid beside {code}. {why}"
    return "nothing published can be laid beside these measures; check the benchmark file."


def _authority(args: argparse.Namespace) -> "Authority":
    from goldthread.domain.benchmarks import NoSuchAuthority, find_authority
    from goldthread.readers.lait import read_authorities

    known = _loaded(read_authorities, args.authorities) if args.authorities else None
    try:
        return find_authority(args.authority, known)
    except NoSuchAuthority as error:
        raise Refused(str(error)) from error


def _published(args: argparse.Namespace) -> "tuple[Benchmarks, Neighbours | None]":
    from goldthread.domain.benchmarks import headlines
    from goldthread.kernel.benchmark_codes import COUNTERPARTS
    from goldthread.kernel.benchmarks import from_headlines
    from goldthread.kernel.declared import better
    from goldthread.readers.lait import read_lait, read_neighbours

    neighbours = _loaded(read_neighbours, args.neighbours) if args.neighbours else None
    if args.model is not None and (neighbours is None or args.model not in neighbours.models):
        has = f"the file has {', '.join(neighbours.models)}" if neighbours else "add --neighbours TABLE"
        raise Refused(f"there is no neighbour model {args.model}: {has}.")
    if args.benchmarks:
        return _loaded(read_lait, args.benchmarks), neighbours
    leads = {code: entry.lait for code, entry in COUNTERPARTS.items()}
    return from_headlines(headlines(), leads, better()), neighbours


def _loaded(read: "Callable[[Path], T]", path: Path) -> "T":
    from goldthread.kernel.reading import Refused as ReadingRefused

    submission.must_be_a_file(path)
    try:
        return read(path)
    except ReadingRefused as refusal:
        raise Refused(f"{path.name}: {refusal.reason} {refusal.mend}") from refusal


def _compared(
    ours: "MeasureResult | AmountResult",
    told: "Told",
    authority: "Authority",
    benchmarks: "Benchmarks",
    neighbours: "Neighbours | None",
    args: argparse.Namespace,
) -> Compared | None:
    from goldthread.kernel.among import about_counts, funnel_of, ranks_of
    from goldthread.kernel.comparison import bear_in_mind, compare_ours

    published = compare_ours(benchmarks, ours.code, authority, neighbours=neighbours, model=args.model)
    if published is None:
        return None
    cautions = bear_in_mind(ours.code, published, of_record=told.of_record(ours.code), as_at=told.as_at)
    funnel = funnel_of(benchmarks, ours.code, published.period)
    place = next((peer.name for peer in published.peers if peer.code == authority.code), authority.name)
    rank = None
    if funnel is not None and published.better != "context":
        high = published.better == "high"
        rank = ranks_of(benchmarks, ours.code, published.period, high_is_better=high, seed=args.seed).get(place)
    if funnel is not None:
        cautions = (*cautions, *about_counts(benchmarks, ours.code, funnel, published.period))
    return Compared(ours, published, cautions, funnel, rank)


def _figure(value: float | None, decimals: int) -> str:
    return "" if value is None else f"{value:,.{decimals}f}"


def _row(made: Compared) -> tuple[Cell, ...]:
    from goldthread.kernel.comparison import ALL_AUTHORITIES

    ours, shown = made.ours, made.published
    latest = shown.latest
    own = "" if latest is None else latest.symbol or _figure(latest.value, shown.decimals)
    mean = shown.neighbours.at(shown.period) if shown.neighbours else None
    near = "" if mean is None else f"{_figure(mean.value, 1)} ({mean.of} of {len(shown.neighbours_named)})"
    quarter = (
        f"{shown.quartile_band} ({shown.quarters.authorities} of {ALL_AUTHORITIES})"
        if shown.quartile_band and shown.quarters
        else ""
    )
    return (
        ours.code,
        ours.title,
        ours.unit,
        _figure(ours.value, 1),
        "" if ours.low is None or ours.high is None else f"{ours.low:,.1f}-{ours.high:,.1f}",
        own,
        shown.period,
        _figure(shown.comparator(shown.england), shown.decimals),
        _figure(shown.comparator(shown.region), shown.decimals),
        near,
        quarter,
        "" if shown.change is None else f"{shown.change:+.{shown.decimals}f}",
    )


def _tables(
    args: argparse.Namespace,
    told: "Told",
    authority: "Authority",
    benchmarks: "Benchmarks",
    chosen: "Sequence[Compared]",
) -> list[Table]:
    model = next((made.published.model for made in chosen if made.published.model), None)
    beside = f"{benchmarks.source}" + (f"; neighbour model of {model}" if model else "")
    heading = f"{authority.name} ({authority.region}); {told.heading}; beside {beside}"
    tables = [Table(heading, COLUMNS, [_row(made) for made in chosen])]
    if placed := [row for made in chosen if (row := _placed(made, authority)) is not None]:
        columns = ("code", "published", "rank", "range of ranks", "z", "z allowing for spread", "says")
        tables.append(Table("Among all authorities", columns, placed))
    if args.measure is not None or args.format == "xlsx":
        series = [row for made in chosen for row in _series(made)]
        tables.append(Table("Years", ("code", "place", "period", "value", "symbol", "mean of"), series))
    cautions = [(made.ours.code, caution) for made in chosen for caution in made.cautions]
    cautions += [(made.ours.code, f"Break in {b.year}: {b.reason}") for made in chosen for b in made.published.breaks]
    cautions += [("", note) for note in benchmarks.notes]
    return [*tables, *([Table("Cautions", ("code", "caution"), cautions)] if cautions else [])]


def _placed(made: Compared, authority: "Authority") -> tuple[Cell, ...] | None:
    from goldthread.kernel.charts.findings import of_funnel, spread_warning

    own = _own_place(made, authority)
    if made.funnel is None or own is None:
        return None
    rank = made.rank
    return (
        made.ours.code,
        f"{made.funnel.basis.per * own.share:,.1f}",
        f"{rank.rank} of {rank.authorities}" if rank else "",
        f"{rank.low} to {rank.high}" if rank else "",
        f"{own.z:.1f}",
        f"{own.z_adjusted:.1f}",
        f"{of_funnel(made.funnel, own, authority.name, made.ours.title)}. {spread_warning(made.funnel)}".strip(),
    )


def _own_place(made: Compared, authority: "Authority") -> "Placed | None":
    name = next((peer.name for peer in made.published.peers if peer.code == authority.code), authority.name)
    return made.funnel.place(name) if made.funnel is not None else None


def _lines(made: Compared) -> "list[Line]":
    shown = made.published
    return [line for line in (shown.own, shown.england, shown.region, shown.neighbours) if line is not None]


def _series(made: Compared) -> list[tuple[Cell, ...]]:
    return [
        (made.ours.code, line.name, figure.period, figure.value, figure.symbol, figure.of)
        for line in _lines(made)
        for figure in line.figures
    ]


def _data(
    told: "Told",
    authority: "Authority",
    benchmarks: "Benchmarks",
    neighbours: "Neighbours | None",
    chosen: "Sequence[Compared]",
) -> dict[str, object]:
    return {
        **told.about,
        "authority": {
            "name": authority.name,
            "code": authority.code,
            "gss": authority.gss[0],
            "region": authority.region,
        },
        "benchmarks": benchmarks.source,
        "neighbours": neighbours.source if neighbours else None,
        "notes": list(benchmarks.notes),
        "compared": [_entry(made, authority) for made in chosen],
    }


def _entry(made: Compared, authority: "Authority") -> dict[str, object]:
    ours = made.ours
    counts = ("numerator", "denominator", "counted", "population")
    names = (
        "code",
        "title",
        *(name for name in counts if hasattr(ours, name)),
        "unit",
        "value",
        "low",
        "high",
        "display",
    )
    return {
        **{name: getattr(ours, name) for name in names},
        "warnings": list(ours.warnings),
        "published": _counterpart(made, authority),
        "cautions": list(made.cautions),
        "breaks": [asdict(broken) for broken in made.published.breaks],
    }


def _counterpart(made: Compared, authority: "Authority") -> dict[str, object]:
    shown, value = made.published, made.ours.value
    own, latest = _own_place(made, authority), shown.latest
    mean = shown.neighbours.at(shown.period) if shown.neighbours else None
    names = ("measure", "title", "better", "unit", "period", "year_type", "change", "model")
    return {
        **{name: getattr(shown, name) for name in names},
        "value": latest.value if latest else None,
        "symbol": latest.symbol if latest else None,
        "england": shown.comparator(shown.england),
        "region": shown.comparator(shown.region),
        "neighbours_mean": mean.value if mean else None,
        "neighbours_with_figure": mean.of if mean else None,
        "neighbours_named": list(shown.neighbours_named),
        "quarters": asdict(shown.quarters) if shown.quarters else None,
        "quarter": shown.quartile_band,
        "quarter_of_file": shown.band_of(value) if value is not None else None,
        "rank": asdict(made.rank) if made.rank else None,
        "z": own.z if own else None,
        "z_adjusted": own.z_adjusted if own else None,
        "phi": made.funnel.phi if made.funnel else None,
        "tau2": made.funnel.tau2 if made.funnel else None,
        "series": [
            {"place": line.name, "figures": [asdict(figure) for figure in line.figures]} for line in _lines(made)
        ],
    }
