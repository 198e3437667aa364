"""Pictures of the workforce: what is on each team's and each worker's desk (lists 6 to 9).

Annex A has no list of staff: a worker is a name beside an open case, and one without a case is not seen.
"""

import polars as pl

from goldthread.domain.disclosure import Merging
from goldthread.kernel.charts import Chart, Desk, caseload_dots, distance_bands
from goldthread.kernel.context import Context
from goldthread.kernel.frames import SOURCES, frame
from goldthread.kernel.groups import NOT_KNOWN
from goldthread.kernel.picture import Picture, Service, Shown, Tables

SERVICES = tuple(dict.fromkeys(source.service.value for source in reversed(SOURCES)))
NEEDS = ("children_in_need",)


def _cases(tables: Tables, context: Context) -> pl.LazyFrame:
    """Every child with an open case, once, by team and by the service that has it; with the worker."""
    held = {source.table: tables[source.table] for source in SOURCES if source.table in tables}
    eligible = frame(held, context.as_at).eligible
    workers = pl.concat(
        [held[name].select(pl.lit(name).alias("table"), "row", "worker") for name in held], how="vertical"
    )
    return eligible.lazy().join(workers, on=["table", "row"], how="left")


def _by_team(tables: Tables, context: Context) -> pl.LazyFrame:
    cases = _cases(tables, context).with_columns(pl.col("team").alias("first"), pl.col("service").alias("second"))
    size = pl.len().over("first")
    return cases.sort([size, "first", "row"], descending=[True, False, False])


_PART = " · "


def _by_worker(tables: Tables, context: Context) -> pl.LazyFrame:
    """Cases without a worker are on nobody's desk."""
    named = _cases(tables, context).filter(pl.col("worker").is_not_null() & (pl.col("team") != NOT_KNOWN))
    return named.with_columns(pl.concat_str("team", "worker", separator=_PART).alias("first")).sort("first", "row")


def _draw_desks(shown: Shown) -> Chart:
    desks = []
    for name in shown.of.first:
        team, _, worker = name.partition(_PART)
        desks.append(Desk(team, worker, shown.of.at(name) or 0, shown.of.mark(name)))
    return caseload_dots(desks, shown.context.setting("caseload"))


def _draw_teams(shown: Shown) -> Chart:
    of = shown.of
    sizes = {team: size for team in of.first if (size := of.sum(first=team)) is not None}
    most = max(sizes, key=lambda team: sizes[team], default="")
    title = f"The team with most open cases: {most}, {sizes[most]:,}" if most and of.whole else "Open cases by team"
    return distance_bands(of, "open cases", outside=SERVICES[-1], name="team", title=title)


PICTURES: tuple[Picture, ...] = (
    Picture(
        slug="caseloads", service=Service.WORKFORCE, asks="What is on each worker's desk?", needs=NEEDS,
        rows=_by_worker, draw=_draw_desks, personal=True,
    ),
    Picture(
        slug="team-cases", service=Service.WORKFORCE, asks="What is on each team's desk?", needs=NEEDS,
        second=SERVICES, rows=_by_team, merges={"first": Merging(), "second": Merging()},
        draw=_draw_teams,
    ),
)  # fmt: skip
