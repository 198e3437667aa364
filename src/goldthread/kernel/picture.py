"""What a picture of a service is: a question, the rows that answer it, and the chart that shows the answer.

A picture labels rows of the lists with one or two categories. Counting them gives what the chart shows, and keeping
them gives the list of children behind each mark: the two can never disagree.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import polars as pl

from goldthread.domain.disclosure import (
    DFE_LA,
    CrossTable,
    Dimension,
    Merging,
    Profile,
    SafeFlows,
    SafeTable,
    Way,
    coarser,
    flow_table,
    is_small,
    suppress,
    suppress_flows,
)
from goldthread.domain.disclosure.tables import TOGETHER, Key
from goldthread.kernel.charts.base import Chart, naming
from goldthread.kernel.charts.months import PerTenThousand
from goldthread.kernel.context import Context
from goldthread.kernel.engine import IN_MEMORY
from goldthread.kernel.tally import Place, Tally, tally

Tables = Mapping[str, pl.LazyFrame]

LONGEST = 34
"""A name of categories taken together that is longer stands on the chart shortened, and whole in the table."""

ENOUGH = 0.5
"""A picture in which less than this share of everybody is shown says little: categories are taken together first."""

EVERYBODY = {"first": "All together", "second": "All of these"}
"""What the category is called in which all are taken together."""

ROWS_SCHEMA: dict[str, type[pl.DataType]] = {
    "table": pl.String,
    "row": pl.Int64,
    "child": pl.String,
    "first": pl.String,
    "second": pl.String,
    "number": pl.Int64,
}
"""The labelled rows of a picture: where each stands, whose it is, its categories, and a number where it has one."""


class Service(StrEnum):
    """A service, in the order of a child's way through them."""

    FRONT_DOOR = "front-door"
    ASSESSMENT = "assessment"
    PROTECTION = "protection"
    CARE = "care"
    LEAVERS = "care-leavers"
    ADOPTION = "adoption"
    WORKFORCE = "workforce"


@dataclass(frozen=True, slots=True)
class Shown:
    """What a chart is made of: the counts, the rows behind them, and the day and settings of the submission.

    `beside` is how many children live in the area and what is published of others, where that is known. `flows` is
    what may be shown of flows, where only that may be.
    """

    of: Tally
    rows: pl.DataFrame
    context: Context
    beside: PerTenThousand | None = None
    flows: SafeFlows | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One picture of a service. `needs` are the lists without which it is not drawn, `one_of` those of which it needs
    one.

    `first` and `second` are the categories in order; an empty `first` takes them from the rows, in their order. A
    picture that is `personal` shows single children or single workers, and only those who may read rows are shown it.
    Where it is `nested`, each count holds those after it. One that is not `on_paper` is left out where its page is
    printed, so that the rest can be read on one side. `way` gives the boxes that a category names, where it is a way
    through the stages of a picture of flows. `merges` says for `first` and `second` which categories may be taken
    together where small numbers leave nothing else to draw. `rate` is the code of the yearly rate whose months it
    shows: sums of its months may be shown where their parts are withheld. `draw` gives None where the counts that may
    be shown bear no finding.
    """

    slug: str
    service: Service
    asks: str
    needs: tuple[str, ...]
    rows: Callable[[Tables, Context], pl.LazyFrame]
    draw: Callable[[Shown], Chart | None]
    first: tuple[str, ...] = ()
    second: tuple[str, ...] = ("",)
    personal: bool = False
    nested: bool = False
    on_paper: bool = True
    rate: str = ""
    way: Callable[[str], Way] | None = None
    merges: Mapping[str, Merging] = field(default_factory=dict)
    one_of: tuple[str, ...] = ()

    def can_draw(self, tables: Mapping[str, object]) -> bool:
        """Whether the submission has the lists that it needs."""
        one = not self.one_of or any(name in tables for name in self.one_of)
        return one and all(name in tables for name in self.needs)


def behind(picture: Picture, tables: Tables, context: Context) -> pl.DataFrame:
    """The labelled rows of a picture (ROWS_SCHEMA), in the order of the lists."""
    found = picture.rows(tables, context)
    held = found.collect_schema().names()
    filled = {"second": pl.lit(""), "number": pl.lit(None, dtype=pl.Int64), "child": pl.lit(None, dtype=pl.String)}
    missing = [what.alias(name) for name, what in filled.items() if name not in held]
    return found.with_columns(missing).select(
        *(pl.col(name).cast(kind) for name, kind in ROWS_SCHEMA.items())
    ).collect(engine=IN_MEMORY)  # fmt: skip


def counted(picture: Picture, rows: pl.DataFrame) -> Tally:
    """The counts of a picture's rows; categories that nobody is in are there too."""
    first = picture.first or tuple(rows["first"].unique(maintain_order=True))
    return tally(rows.select("first", "second").iter_rows(), first, picture.second)


def chart(
    picture: Picture, rows: pl.DataFrame, context: Context, *, careful: bool = False,
    beside: PerTenThousand | None = None,
) -> Chart | None:  # fmt: skip
    """The chart of a picture's rows; `careful` is for whoever may not read rows, and for what leaves.

    Categories are taken together where that alone leaves something to draw, and the chart says which. None where it is
    personal and must be careful, where no table of its counts would be safe, and where nothing is left to draw.
    """
    of = counted(picture, rows)
    if not careful:
        return _drawn(picture, Shown(of, rows, context, beside))
    if picture.personal:
        return None
    if picture.way is not None:
        return _of_flows(picture, picture.way, rows, context)
    best: tuple[float, Chart | None] = -1.0, None
    for safe in ever_coarser(picture, of):
        if best[0] > 0 and not safe.members.keys().isdisjoint(EVERYBODY.values()):
            break
        told = _told(picture, safe, of)
        drawn = _drawn(picture, Shown(safe, rows.clear(), context, beside)) if told > best[0] else None
        if drawn is not None:
            best = told, naming(drawn, safe.members)
        if best[1] is not None and best[0] >= ENOUGH:
            break
    return best[1]


def _told(picture: Picture, safe: Tally, of: Tally) -> float:
    """The share of everybody whose count is shown, alone or, where the picture shows sums, in a sum; 1 of nobody."""
    shown = sum(safe.totals.values()) if picture.rate else 0
    total = of.sum()
    return max(shown, sum(count for count in safe.counts.values() if count)) / total if total else 1.0


def _drawn(picture: Picture, shown: Shown) -> Chart | None:
    """What the picture draws; None where that is nothing."""
    drawn = picture.draw(shown)
    return drawn if drawn is not None and drawn.rows and drawn.spec["layer"][0]["data"]["values"] else None


def ever_coarser(picture: Picture, of: Tally) -> Iterator[Tally]:
    """The counts that may be shown, first of all categories, then with ever more of them taken together."""
    if not of.first or picture.nested:
        yield _nested(of) if picture.nested else of
        return
    table = _table(picture, of)
    while True:
        safe = suppress(table, DFE_LA, advise=False)
        if safe.safe:
            yield _tally(safe)
        elif picture.rate and table.counts == _table(picture, of).counts and (sums := _sums(of, DFE_LA)) is not None:
            yield sums
        found = coarser(table, DFE_LA)
        if found is None:
            return
        _, table = found


def _table(picture: Picture, of: Tally) -> CrossTable:
    """The counts as a table whose categories may be taken together as the picture lets them."""
    dimensions = [Dimension("first", of.first, picture.merges.get("first"))]
    if of.second != ("",):
        dimensions.append(Dimension("second", of.second, picture.merges.get("second")))
    single = len(dimensions) == 1
    held: dict[Key, int] = {((a,) if single else (a, b)): of.at(a, b) or 0 for a in of.first for b in of.second}
    return CrossTable(tuple(dimensions), held)


def _tally(safe: SafeTable) -> Tally:
    """The counts of a safe table, and the sums that may be shown; merged categories under short names."""
    single = len(safe.dimensions) == 1
    named = [{one: _short(dimension, one) for one in dimension.categories} for dimension in safe.dimensions]
    members = {
        short[one]: made_of
        for dimension, short in zip(safe.dimensions, named, strict=True)
        for one, made_of in dimension.members.items()
    }
    first, second = named[0], {"": ""} if single else named[1]
    counts: dict[Place, int | None] = {}
    for a, one in first.items():
        for b, other in second.items():
            shown = safe.cells[(a,) if single else (a, b)]
            counts[one, other] = shown if isinstance(shown, int) else None
    sums = {} if single else {
        one: sum_ for a, one in first.items() if isinstance(sum_ := safe.cells[a, None], int)
    }  # fmt: skip
    return Tally(tuple(first.values()), tuple(second.values()), counts, totals=sums, members=members)


def _short(dimension: Dimension, category: str) -> str:
    """The name of a category on a chart: of one that was taken together its parts, or the first and how many more."""
    parts = dimension.made_of(category)
    if len(parts) == 1:
        return category
    if len(dimension.categories) == 1:
        return EVERYBODY[dimension.name]
    whole = TOGETHER.join(parts)
    return whole if len(whole) <= LONGEST else f"{parts[0]} and {len(parts) - 1} more"


def _of_flows(picture: Picture, way: Callable[[str], Way], rows: pl.DataFrame, context: Context) -> Chart | None:
    """The chart of the flows that may be shown; None where nobody went, and where nothing of them would be safe."""
    table = flow_table((way(first), child) for first, child in rows.select("first", "child").iter_rows())
    safe = suppress_flows(table, DFE_LA) if table.ways else None
    return picture.draw(Shown(Tally((), ("",), {}), rows.clear(), context, flows=safe)) if safe is not None else None


def _sums(of: Tally, profile: Profile) -> Tally | None:
    """The sums of each first category, every part of them withheld; None where no table of them is safe."""
    held: dict[Key, int] = {(a,): of.sum(first=a) or 0 for a in of.first}
    safe = suppress(CrossTable((Dimension("first", of.first),), held), profile)
    if not safe.safe:
        return None
    hidden: dict[Place, int | None] = dict.fromkeys(((a, b) for a in of.first for b in of.second), None)
    return Tally(of.first, of.second, hidden, totals={
        a: sum_ for a in of.first if isinstance(sum_ := safe.cells[(a,)], int)
    })  # fmt: skip


def _nested(of: Tally) -> Tally:
    """Counts that each hold the next: none that is small, and none that lies a few below the last one shown."""
    counts: dict[Place, int | None] = {}
    last: int | None = None
    for name in of.first:
        count = of.at(name) or 0
        close = last is not None and is_small(abs(last - count))
        hide = is_small(count) or close
        counts[name, ""] = None if hide else count
        last = last if hide else count
    return Tally(of.first, of.second, counts)
