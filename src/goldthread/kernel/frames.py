"""Who could be chosen for case review: one row a child, the stratum each is in, and who is left out and why.

A frame is made from the lists as they stand, so its faults are theirs: whoever is missing from the lists is missing
from the frame. Nobody is left out in silence.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import polars as pl

from goldthread.kernel.context import Context
from goldthread.kernel.engine import IN_MEMORY
from goldthread.kernel.groups import age_band, ethnicity_group, gender, team
from goldthread.kernel.tables import TABLES


class Population(StrEnum):
    """Whose cases are looked at."""

    OPEN_CASES = "open-cases"
    IN_NEED = "in-need"
    ON_PLAN = "on-plan"
    IN_CARE = "in-care"
    CARE_LEAVERS = "care-leavers"


class Service(StrEnum):
    """The service that a child is counted under: the first that applies, so that nobody stands in two."""

    IN_CARE = "In care"
    ON_PLAN = "Protection plan"
    CARE_LEAVER = "Care leaver"
    IN_NEED = "Child in need"


@dataclass(frozen=True, slots=True)
class Source:
    """A list from which a frame takes children: the service it stands for, and the column that ends a case."""

    table: str
    service: Service
    end: str | None


SOURCES: tuple[Source, ...] = (
    Source("children_in_care", Service.IN_CARE, "ceased_on"),
    Source("protection_plans", Service.ON_PLAN, "ended_on"),
    Source("care_leavers", Service.CARE_LEAVER, None),
    Source("children_in_need", Service.IN_NEED, "closed_on"),
)
"""The lists of cases, in the order in which a child is counted."""

POPULATIONS: dict[Population, tuple[str, tuple[str, ...]]] = {
    Population.OPEN_CASES: (
        "every open case: in care, on a protection plan, leaving care, or in need",
        tuple(source.table for source in SOURCES),
    ),
    Population.IN_NEED: ("children in need, without those in care or on a plan", ("children_in_need",)),
    Population.ON_PLAN: ("children on a protection plan", ("protection_plans",)),
    Population.IN_CARE: ("children in care, without short breaks", ("children_in_care",)),
    Population.CARE_LEAVERS: ("young people who receive leaving-care services", ("care_leavers",)),
}

STRATA: dict[str, str] = {
    "service": "the service that has the child",
    "age_band": "the band of the child's age",
    "gender": "the child's gender",
    "ethnicity_group": "the group of the child's ethnicity",
    "team": "the team that has the case",
}
"""By what a frame can be divided, and what each means."""

OLDEST = 25
"""Care leavers are supported until their 25th birthday; from then on a case is left out."""

ELIGIBLE_SCHEMA: dict[str, type[pl.DataType]] = {
    "child": pl.String,
    "stratum": pl.String,
    **dict.fromkeys(STRATA, pl.String),
    "table": pl.String,
    "list": pl.Int64,
    "row": pl.Int64,
}
"""One row a child. `stratum` joins the columns asked for; `list` and `row` say where the child stands."""

EXCLUDED_SCHEMA: dict[str, type[pl.DataType]] = {
    "child": pl.String,
    "reason": pl.String,
    "table": pl.String,
    "list": pl.Int64,
    "row": pl.Int64,
}
"""One row for each row of a list that is not in the frame; `child` is null where the list has no ID."""

SHORT_BREAK = "short breaks only"
NO_ID = "no child ID"
ENDED = "closed on or before the as-at date"
NOT_BEGUN = "starts after the as-at date"
UNBORN = "not yet born"
TOO_OLD = f"aged {OLDEST} or older"
DIED = "died"
COUNTED = "already counted under another service"
TWICE = "second row of the same child in the list"


@dataclass(frozen=True, slots=True)
class Frame:
    """Who could be drawn (ELIGIBLE_SCHEMA) and who could not (EXCLUDED_SCHEMA), and of whom it speaks.

    `population` is one of POPULATIONS, or the theme of a dip-sample.
    """

    eligible: pl.DataFrame
    excluded: pl.DataFrame
    population: str
    strata: tuple[str, ...]
    says: str

    def reasons(self) -> dict[str, int]:
        """How many rows were left out for each reason, the commonest first."""
        counts = self.excluded.group_by("reason").len().sort(["len", "reason"], descending=[True, False])
        return dict(counts.iter_rows())


def frame(
    tables: Mapping[str, pl.DataFrame | pl.LazyFrame],
    as_at: date,
    *,
    population: Population | str = Population.OPEN_CASES,
    strata: Sequence[str] = ("service",),
) -> Frame:
    """Who is eligible for a draw from a population, as at one day.

    A child who stands in two lists is counted once, under the first service that applies: care, plan, leaving care,
    need. Raises ValueError for an unknown population or stratum, or when the submission has none of the lists needed.
    """
    chosen = Population(population)
    says, wanted = POPULATIONS[chosen]
    for name in strata:
        if name not in STRATA:
            raise ValueError(f"a frame cannot be divided by {name}")
    if not any(name in tables for name in wanted):
        numbers = " or ".join(str(TABLES[name].number) for name in wanted)
        raise ValueError(f"the submission has no list {numbers}")
    context = Context(as_at=as_at, holidays=frozenset())
    sources = [source for source in SOURCES if source.table in tables]
    rows = pl.concat(
        pl.collect_all(
            [_candidates(tables[source.table].lazy(), source, context) for source in sources], engine=IN_MEMORY
        )
    )
    judged = _judged(rows, wanted)
    excluded = judged.filter(pl.col("reason").is_not_null() & pl.col("table").is_in(wanted))
    eligible = judged.filter(pl.col("reason").is_null() & pl.col("table").is_in(wanted))
    stratum = pl.concat_str(list(strata), separator=" · ") if strata else pl.lit("all")
    return Frame(
        eligible=eligible.with_columns(stratum.alias("stratum")).select(list(ELIGIBLE_SCHEMA)).sort("child"),
        excluded=excluded.select(list(EXCLUDED_SCHEMA)).sort("list", "row"),
        population=chosen.value,
        strata=tuple(strata),
        says=says,
    )


def _candidates(table: pl.LazyFrame, source: Source, context: Context) -> pl.LazyFrame:
    """Every row of a list with its strata, and the reason that stands in its own row for leaving it out."""
    return table.select(
        "child",
        "row",
        _reason(source, context).alias("reason"),
        pl.lit(source.table).alias("table"),
        pl.lit(TABLES[source.table].number, dtype=pl.Int64).alias("list"),
        _service(source).alias("service"),
        age_band(context),
        gender(),
        ethnicity_group(),
        team(),
    )


def _service(source: Source) -> pl.Expr:
    """The service of a row. List 6 holds every child, and its case status says under which service."""
    own = pl.lit(source.service.value)
    if source.table != "children_in_need":
        return own
    in_care = pl.when(pl.col("status") == "CARE").then(pl.lit(Service.IN_CARE.value))
    return in_care.when(pl.col("status") == "PLAN").then(pl.lit(Service.ON_PLAN.value)).otherwise(own)


def _reason(source: Source, context: Context) -> pl.Expr:
    """Why a row cannot be in any frame; null where it can."""
    tests: list[tuple[pl.Expr, str]] = [(pl.col("child").is_null(), NO_ID)]
    if source.table == "care_leavers":
        tests.append((pl.col("in_touch") == "DIED", DIED))
    else:
        if source.end is not None:
            tests.append((pl.col(source.end) <= context.day, ENDED))
        tests.append((pl.col("started_on") > context.day, NOT_BEGUN))
    if source.table == "children_in_need":
        tests.append((pl.col("status") == "CLOSED", ENDED))
    if source.table == "children_in_care":
        tests.append((pl.col("legal_status").is_in(["V3", "V4"]), SHORT_BREAK))
    tests += [(context.age() < 0, UNBORN), (context.age() >= OLDEST, TOO_OLD)]
    reason: pl.Expr = pl.lit(None, dtype=pl.String)
    for test, says in reversed(tests):
        reason = pl.when(test.fill_null(False)).then(pl.lit(says)).otherwise(reason)
    return reason


def _judged(rows: pl.DataFrame, wanted: Sequence[str]) -> pl.DataFrame:
    """The rows with their reasons, where a child that stands twice is counted at its first place.

    A population of one service takes a child who is also in another: a child on a plan who is in care stands in both.
    Children in need are the exception, because every other child is in that list too.
    """
    alone = len(wanted) == 1 and wanted[0] != "children_in_need"
    able = rows.filter(pl.col("reason").is_null() & (pl.col("table").is_in(wanted) if alone else pl.lit(True)))
    order = {source.table: place for place, source in enumerate(SOURCES)}
    placed = able.with_columns(pl.col("table").replace_strict(order, return_dtype=pl.Int64).alias("order"))
    first = (
        placed.sort("order", "row")
        .unique("child", keep="first", maintain_order=True)
        .select("child", pl.col("table").alias("first table"), pl.col("row").alias("first row"))
    )
    joined = rows.join(first, on="child", how="left")
    elsewhere = pl.col("table") != pl.col("first table")
    if wanted == POPULATIONS[Population.IN_NEED][1]:
        elsewhere |= pl.col("service") != Service.IN_NEED.value
    later = pl.col("row") != pl.col("first row")
    return joined.with_columns(
        pl.when(pl.col("reason").is_not_null())
        .then(pl.col("reason"))
        .when(elsewhere)
        .then(pl.lit(COUNTED))
        .when(later)
        .then(pl.lit(TWICE))
        .alias("reason")
    )
