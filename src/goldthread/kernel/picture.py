"""What a picture of a service is: a question, the rows that answer it, and the chart that shows the answer.

A picture labels rows of the lists with one or two categories. Counting them gives what the chart shows, and keeping
them gives the list of children behind each mark: the two can never disagree.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from goldthread.domain.disclosure import (
    DFE_LA,
    CrossTable,
    Dimension,
    Profile,
    SafeFlows,
    Way,
    flow_table,
    is_small,
    suppress,
    suppress_flows,
)
from goldthread.domain.disclosure.tables import Key
from goldthread.kernel.charts.base import Chart
from goldthread.kernel.charts.months import PerTenThousand
from goldthread.kernel.context import Context
from goldthread.kernel.engine import IN_MEMORY
from goldthread.kernel.tally import Place, Tally, tally

Tables = Mapping[str, pl.LazyFrame]

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
    """One picture of a service. `needs` are the lists without which it is not drawn.

    `first` and `second` are the categories in order; an empty `first` takes them from the rows, in their order. A
    picture that is `personal` shows single children or single workers, and only those who may read rows are shown it.
    Where it is `nested`, each count holds those after it. One that is not `on_paper` is left out where its page is
    printed, so that the rest can be read on one side. `way` gives the boxes that a category names, where it is a way
    through the stages of a picture of flows. `rate` is the code of the yearly rate whose months it shows:
    sums of its months may be shown where their parts are withheld. `draw` gives None where the counts that may be
    shown bear no finding.
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

    def can_draw(self, tables: Mapping[str, object]) -> bool:
        """Whether the submission has the lists that it needs."""
        return all(name in tables for name in self.needs)


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

    None where it is personal and must be careful, where no table of its counts would be safe, and where nothing is
    left to draw.
    """
    of: Tally | None = counted(picture, rows)
    if careful:
        if picture.personal or of is None:
            return None
        if picture.way is not None:
            return _of_flows(picture, picture.way, rows, context)
        of = _nested(of) if picture.nested else _suppressed(of, DFE_LA, sums_alone=bool(picture.rate))
        rows = rows.clear()
    drawn = picture.draw(Shown(of, rows, context, beside)) if of is not None else None
    return drawn if drawn is not None and drawn.rows and drawn.spec["layer"][0]["data"]["values"] else None


def _of_flows(picture: Picture, way: Callable[[str], Way], rows: pl.DataFrame, context: Context) -> Chart | None:
    """The chart of the flows that may be shown; None where nobody went, and where nothing of them would be safe."""
    table = flow_table((way(first), child) for first, child in rows.select("first", "child").iter_rows())
    safe = suppress_flows(table, DFE_LA) if table.ways else None
    return picture.draw(Shown(Tally((), ("",), {}), rows.clear(), context, flows=safe)) if safe is not None else None


def _suppressed(of: Tally, profile: Profile, *, sums_alone: bool = False) -> Tally | None:
    """The counts with what is small withheld, and what would tell it; None where no table of them is safe.

    With `sums_alone` the sums of each first category stand by themselves where their parts cannot be made safe.
    """
    if not of.first:
        return of
    single = of.second == ("",)
    dimensions = (Dimension("first", of.first),) if single else (
        Dimension("first", of.first), Dimension("second", of.second)
    )  # fmt: skip
    held: dict[Key, int] = {((a,) if single else (a, b)): of.at(a, b) or 0 for a in of.first for b in of.second}
    safe = suppress(CrossTable(dimensions, held), profile)
    if not safe.safe:
        return _sums(of, profile) if sums_alone and not single else None
    counts: dict[Place, int | None] = {}
    for a in of.first:
        for b in of.second:
            shown = safe.cells[(a,) if single else (a, b)]
            counts[a, b] = shown if isinstance(shown, int) else None
    sums = {} if single else {a: sum_ for a in of.first if isinstance(sum_ := safe.cells[a, None], int)}
    return Tally(of.first, of.second, counts, totals=sums)


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
