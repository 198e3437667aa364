"""Who could be drawn for a dip-sample: the children to whom one theme applies, because a list names them for it.

A theme is one list of work, with children whose case may be closed by now. A child stands in the frame once, at its
latest row, however often the list names it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from goldthread.kernel.context import Context
from goldthread.kernel.engine import IN_MEMORY
from goldthread.kernel.frames import ELIGIBLE_SCHEMA, EXCLUDED_SCHEMA, NO_ID, STRATA, Frame
from goldthread.kernel.groups import NOT_KNOWN, age_band, ethnicity_group, gender, placement_group, team
from goldthread.kernel.tables import TABLES

EARLIER = "earlier row of the same child in the list"
AHEAD = "dated after the as-at date"


@dataclass(frozen=True, slots=True)
class Theme:
    """What a dip-sample looks at: in words, the list that names the children, and the column that dates a row."""

    says: str
    table: str
    dated: str


THEMES: Mapping[str, Theme] = {
    "front-door": Theme("decisions on contacts at the front door", "contacts", "contacted_on"),
    "early-help": Theme("early help assessments", "early_help", "started_on"),
    "referrals": Theme("decisions on referrals", "referrals", "referred_on"),
    "assessments": Theme("assessments", "assessments", "started_on"),
    "strategy-discussions": Theme("strategy discussions and section 47 enquiries", "section_47", "strategy_on"),
    "plan-visits": Theme("visits and reviews under protection plans", "protection_plans", "started_on"),
    "care-planning": Theme("planning and reviews for children in care", "children_in_care", "started_on"),
    "adoption": Theme("decisions and matching for adoption", "adoptions", "decided_on"),
}
"""The themes that Annex A can name children for."""


def theme_frame(tables: Mapping[str, pl.DataFrame | pl.LazyFrame], as_at: date, theme: str) -> Frame:
    """Who is eligible for a dip-sample on a theme. Raises ValueError for an unknown theme or a list that is not there.

    The frame is not divided: a dip-sample is too small for that.
    """
    if theme not in THEMES:
        raise ValueError(f"no theme is called {theme}")
    about = THEMES[theme]
    if about.table not in tables:
        raise ValueError(f"the submission has no list {TABLES[about.table].number}")
    context = Context(as_at=as_at, holidays=frozenset())
    rows = _rows(tables[about.table], about, context)
    ahead = (pl.col("dated") > context.day).fill_null(False)
    able = rows.filter(pl.col("child").is_not_null() & ~ahead)
    latest = able.sort("dated", "row", nulls_last=False).unique("child", keep="last")
    left_out = rows.filter(~pl.col("row").is_in(latest["row"].implode())).with_columns(
        pl.when(pl.col("child").is_null()).then(pl.lit(NO_ID)).when(ahead).then(pl.lit(AHEAD))
        .otherwise(pl.lit(EARLIER)).alias("reason")
    )  # fmt: skip
    return Frame(
        eligible=latest.select(list(ELIGIBLE_SCHEMA)).sort("child"),
        excluded=left_out.select(list(EXCLUDED_SCHEMA)).sort("row"),
        population=theme,
        strata=(),
        says=about.says,
    )


def _rows(table: pl.DataFrame | pl.LazyFrame, about: Theme, context: Context) -> pl.DataFrame:
    """Every row of the theme's list as a frame shows it, with its date."""
    has = {column.name for column in TABLES[about.table].columns}
    given = {"service": pl.lit(TABLES[about.table].title), "age_band": age_band(context), "gender": gender()}
    given |= {"ethnicity_group": ethnicity_group(), "team": team() if "team" in has else pl.lit(NOT_KNOWN)}
    return (
        table.lazy()
        .select(
            "child",
            "row",
            pl.col(about.dated).alias("dated"),
            pl.lit("all").alias("stratum"),
            *(given[name].alias(name) for name in STRATA),
            pl.lit(about.table).alias("table"),
            pl.lit(TABLES[about.table].number, dtype=pl.Int64).alias("list"),
        )
        .collect(engine=IN_MEMORY)
    )


@dataclass(frozen=True, slots=True)
class Limited:
    """A frame limited to the children of a list that somebody gave.

    `unknown` are those whom no row of the frame's lists names, in the order given; `twice` is how many repeat another.
    """

    frame: Frame
    unknown: tuple[str, ...]
    twice: int


def limited_to(frame: Frame, children: Sequence[str]) -> Limited:
    """The frame of those children alone; who of them is left out stays among the excluded, with the reason."""
    wanted = list(dict.fromkeys(children))
    named = set(frame.eligible["child"]) | set(frame.excluded["child"].drop_nulls())
    held = pl.col("child").is_in(wanted)
    limited = Frame(
        eligible=frame.eligible.filter(held),
        excluded=frame.excluded.filter(held),
        population=frame.population,
        strata=frame.strata,
        says=f"{frame.says}; of these, the {len(wanted):,} children of a list that was given",
    )
    return Limited(limited, tuple(child for child in wanted if child not in named), len(children) - len(wanted))


def placements(tables: Mapping[str, pl.DataFrame | pl.LazyFrame]) -> Mapping[str, str]:
    """Where each child in care lives, in groups of placements, by child; nobody where there is no list 8."""
    if "children_in_care" not in tables:
        return {}
    rows = tables["children_in_care"].lazy().filter(pl.col("child").is_not_null() & pl.col("ceased_on").is_null())
    return dict(rows.select("child", placement_group()).collect(engine=IN_MEMORY).iter_rows())
