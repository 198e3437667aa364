"""One authority's published figures beside its own past, England, its region and its neighbours, and among all.

Each comparator is what is published: England and the region as printed, not as a mean of authorities; neighbours as
the unweighted mean of those of the ten that have a figure, with how many they are and by which version of the model.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from goldthread.domain.benchmarks import Authority
from goldthread.domain.quartiles import Band, Quartiles, band, quartiles, rank
from goldthread.kernel.benchmark_codes import (
    BREAKS,
    COUNTERPARTS,
    KNOWN_GAPS,
    NO_NATIONAL_LINE,
    NOT_PAIRED,
    UNITS,
    Break,
)
from goldthread.kernel.benchmarks import AUTHORITY, NATIONAL, REGIONAL, Benchmarks, Neighbours, region_key
from goldthread.kernel.declared import declared
from goldthread.kernel.measure import Better

YEAR_ENDS = (3, 31)
"""Month and day on which the published years end."""

CONTEXT = Better.CONTEXT.value
"""Neither way is better."""

ALL_AUTHORITIES = 153
"""How many authorities have children's services in England."""

WORTH_SAYING = 0.9
"""Below this share of authorities with a figure, the quarters get a caution of their own."""

FEWEST_FOR_BANDS = 8
"""With fewer values there are no quarters worth the name."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One published figure, or the symbol that stands in its place; `of` is of how many a mean was taken."""

    period: str
    year: int
    value: float | None
    symbol: str | None = None
    of: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One comparator over the years, the earliest first."""

    name: str
    figures: tuple[Figure, ...]

    def at(self, period: str) -> Figure | None:
        """The figure for a period, if there is a row for it."""
        return next((figure for figure in self.figures if figure.period == period), None)


@dataclass(frozen=True, slots=True)
class Peer:
    """One authority in the latest period, for a strip of all."""

    code: str
    name: str
    value: float
    neighbour: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the published figures say of one measure and one authority.

    `quartile_band` is null where neither way is better. `rank` shares the best place among equals and is not to be
    shown without an interval. `change` is the latest figure minus the one before, null across a break.
    """

    measure: str
    title: str
    better: str
    unit: str
    year_type: str
    decimals: int
    authority: Authority
    period: str
    own: Line
    england: Line | None
    region: Line | None
    neighbours: Line | None
    model: str | None
    neighbours_named: tuple[str, ...]
    peers: tuple[Peer, ...]
    quarters: Quartiles | None
    quartile_band: Band | None
    rank: int | None
    change: float | None
    breaks: tuple[Break, ...]
    cautions: tuple[str, ...]

    @property
    def latest(self) -> Figure | None:
        """The authority's own figure for the period compared."""
        return self.own.at(self.period)

    def comparator(self, line: Line | None) -> float | None:
        """A line's value for the period compared."""
        figure = line.at(self.period) if line is not None else None
        return figure.value if figure is not None else None

    def band_of(self, value: float) -> Band | None:
        """The band in which another value would lie, such as one worked out from a submission."""
        if self.quarters is None or self.better == CONTEXT:
            return None
        return band(value, self.quarters, high_is_better=self.better == "high")


def compare(
    benchmarks: Benchmarks,
    measure: str,
    authority: Authority,
    *,
    neighbours: Neighbours | None = None,
    model: str | None = None,
    better: str | None = None,
) -> Comparison | None:
    """One published measure for one authority, by the newest neighbour model unless another is asked for.

    `better` says which way is better where that is not to be as the file has it.

    None where the benchmarks lack the measure. Raises ValueError for a model that is not there.
    """
    rows = benchmarks.of(measure)
    if rows.is_empty():
        return None
    version = _version(neighbours, model)
    near = neighbours.of(authority.code, version) if neighbours is not None and version is not None else ()
    own = _line(authority.name, rows.filter(pl.col("level") == AUTHORITY, pl.col("code") == authority.code))
    period = _period(rows, own)
    better = better or str(rows["better"][0])
    peers = _peers(rows, period, {code for code, _ in near})
    quarters, quartile_band, place = _standing(own.at(period), [peer.value for peer in peers], better)
    breaks = _breaks_within(measure, rows)
    # In the order of the fields, which are declared just above.
    return Comparison(
        measure, str(rows["title"][0]), better, UNITS.get(measure, ""), str(rows["year_type"][0]), _decimals(rows),
        authority, period, own, _england(measure, rows), _region(rows, authority),
        _mean_line(rows, near) if near else None, version, tuple(name for _, name in near),
        peers, quarters, quartile_band, place, _change(own, period, breaks), breaks,
        _cautions(benchmarks, measure, period, peers, near, rows, version, authority),
    )  # fmt: skip


def compare_ours(
    benchmarks: Benchmarks,
    code: str,
    authority: Authority,
    *,
    neighbours: Neighbours | None = None,
    model: str | None = None,
) -> Comparison | None:
    """The published counterpart of one of our measures or amounts; None where there is none, or the file lacks it.

    What we take as context has no better way, and so no quarter or rank, whatever the published file says of it.
    """
    counterpart, ours = COUNTERPARTS.get(code), declared().get(code)
    if code in NOT_PAIRED:
        return None
    published = counterpart.lait if counterpart is not None else code
    better = CONTEXT if ours is not None and ours.better is Better.CONTEXT else None
    found = compare(benchmarks, published, authority, neighbours=neighbours, model=model, better=better)
    if found is None or ours is None:
        return found
    # The figures that come with the project go by our codes, and have neither title nor unit of their own.
    return replace(found, unit=found.unit or ours.unit, title=ours.title if found.title == code else found.title)


def bear_in_mind(code: str, published: Comparison, *, of_record: bool, as_at: date | None) -> tuple[str, ...]:
    """Why one of ours may differ from its published counterpart, by what ours was asked of and of which day."""
    counterpart = COUNTERPARTS.get(code)
    said = counterpart.said(of_record=of_record) if counterpart is not None else ()
    if of_record and as_at is not None and (as_at.month, as_at.day) != YEAR_ENDS:
        said = (
            *said,
            f"Ours is for the 12 months up to {as_at:%-d %B %Y}, or for that day; the published figure for a year to "
            "31 March, or for that day.",
        )
    return (*said, *published.cautions)


def _breaks_within(measure: str, rows: pl.DataFrame) -> tuple[Break, ...]:
    """The breaks that fall between two years of the series at hand."""
    first, last = int(rows["year"].min()), int(rows["year"].max())  # type: ignore[arg-type]
    return tuple(broken for broken in BREAKS.get(measure, ()) if first < broken.year <= last)


def _version(neighbours: Neighbours | None, model: str | None) -> str | None:
    if neighbours is None:
        return None
    if model is None:
        return neighbours.models[-1] if neighbours.models else None
    if model not in neighbours.models:
        raise ValueError(f"there is no neighbour model {model}; the file has {', '.join(neighbours.models)}")
    return model


def _line(name: str, rows: pl.DataFrame) -> Line:
    wanted = rows.sort("year", "period").select("period", "year", "value", "symbol")
    return Line(name, tuple(Figure(*row) for row in wanted.iter_rows()))


def _england(measure: str, rows: pl.DataFrame) -> Line | None:
    line = _line("England", rows.filter(pl.col("level") == NATIONAL))
    return line if line.figures and measure not in NO_NATIONAL_LINE else None


def _period(rows: pl.DataFrame, own: Line) -> str:
    """The latest period with a figure of the authority; without any, the latest of all."""
    held = [figure.period for figure in own.figures if figure.value is not None]
    return held[-1] if held else str(rows.sort("year", "period")["period"][-1])


def _region(rows: pl.DataFrame, authority: Authority) -> Line | None:
    wanted = region_key(authority.region)
    names = {name for name in rows.filter(pl.col("level") == REGIONAL)["place"].unique() if region_key(name) == wanted}
    if not names:
        return None
    return _line(authority.region, rows.filter(pl.col("level") == REGIONAL, pl.col("place").is_in(sorted(names))))


def _peers(rows: pl.DataFrame, period: str, near: set[str]) -> tuple[Peer, ...]:
    here = rows.filter(pl.col("level") == AUTHORITY, pl.col("period") == period, pl.col("value").is_not_null()).sort(
        "value", "place"
    )
    return tuple(
        Peer(code, name, value, code in near) for code, name, value in here.select("code", "place", "value").iter_rows()
    )


def _mean_line(rows: pl.DataFrame, near: Sequence[tuple[str, str]]) -> Line:
    codes = [code for code, _ in near]
    means = (
        rows.filter(pl.col("level") == AUTHORITY, pl.col("code").is_in(codes))
        .group_by("period", "year")
        .agg(pl.col("value").mean(), pl.col("value").count().alias("of"))
        .sort("year", "period")
    )
    return Line(
        f"{len(codes)} neighbours",
        tuple(
            Figure(period, year, value, None, of)
            for period, year, value, of in means.select("period", "year", "value", "of").iter_rows()
        ),
    )


def _decimals(rows: pl.DataFrame) -> int:
    """How many decimals the source prints: as many as any value needs, two at most."""
    values = rows["value"].drop_nulls()
    for places in (0, 1):
        if bool(((values - values.round(places)).abs() < 1e-9).all()):
            return places
    return 2


def _standing(
    latest: Figure | None, values: Sequence[float], better: str
) -> tuple[Quartiles | None, Band | None, int | None]:
    """The quarters of all, and the authority's band and rank; no band or rank where neither way is better."""
    if len(values) < FEWEST_FOR_BANDS:
        return None, None, None
    quarters, high = quartiles(values), better == "high"
    if latest is None or latest.value is None or better == CONTEXT:
        return quarters, None, None
    own = latest.value
    return quarters, band(own, quarters, high_is_better=high), rank(own, values, high_is_better=high)


def _change(own: Line, period: str, breaks: Sequence[Break]) -> float | None:
    held = [figure for figure in own.figures if figure.value is not None]
    place = next((at for at, figure in enumerate(held) if figure.period == period), 0)
    if place < 1:
        return None
    before, now = held[place - 1], held[place]
    if now.year - before.year != 1 or any(before.year < broken.year <= now.year for broken in breaks):
        return None
    return (now.value or 0.0) - (before.value or 0.0)


def _cautions(
    benchmarks: Benchmarks,
    measure: str,
    period: str,
    peers: Sequence[Peer],
    near: Sequence[tuple[str, str]],
    rows: pl.DataFrame,
    version: str | None,
    authority: Authority,
) -> tuple[str, ...]:
    said = []
    if benchmarks.has_authorities and len(peers) < WORTH_SAYING * ALL_AUTHORITIES:
        said.append(f"Quarters are of {len(peers)} of {ALL_AUTHORITIES} authorities: the others have no figure.")
    missing = [name for code, name in near if code not in {peer.code for peer in peers}]
    if missing:
        said.append(f"No figure for {period}, so not in the neighbours' mean: {', '.join(missing)}.")
    if version is not None and not near:
        said.append(f"The neighbour model of {version} has no neighbours for {authority.name}.")
    if measure in NO_NATIONAL_LINE:
        said.append(NO_NATIONAL_LINE[measure])
    latest = str(rows.sort("year", "period")["period"][-1])
    if latest != period:
        said.append(f"The latest figure of {authority.name} is for {period}; others have {latest}.")
    year = int(rows.filter(pl.col("period") == period)["year"][0])
    said += [
        why for name, first, last, _, why in KNOWN_GAPS if first <= year <= last and name in _named(near, authority)
    ]
    return tuple(said)


def _named(near: Sequence[tuple[str, str]], authority: Authority) -> set[str]:
    return {authority.name, *(name for _, name in near)}
