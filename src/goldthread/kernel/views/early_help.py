"""Early help by what came after it: the next referral, need and protection plan of each child it ended for."""

import polars as pl

from goldthread.kernel.context import Context
from goldthread.kernel.views.people import with_child
from goldthread.kernel.views.tables import VIEW_TABLES
from goldthread.kernel.views.view import Record, View, shaped


def _next(helped: pl.LazyFrame, events: pl.LazyFrame, name: str) -> pl.LazyFrame:
    """The help, each with the child's first event on the day that it ended or later."""
    return helped.join_asof(
        events.drop_nulls().sort("happened_on").select("child", pl.col("happened_on").alias(name)),
        left_on="ended_on",
        right_on=name,
        by="child",
        strategy="forward",
        check_sortedness=False,
        coalesce=False,
    )


def _make(record: Record, context: Context) -> pl.LazyFrame:
    ended = record["ssd_early_help_episodes"].filter(pl.col("earl_episode_end_date") <= context.day)
    helped = ended.select(
        child="earl_person_id",
        started_on="earl_episode_start_date",
        ended_on="earl_episode_end_date",
        organisation="earl_episode_organisation",
        source="source",
        source_row="row",
    ).sort("ended_on", "source_row")
    opened = record["ssd_cin_episodes"]
    went_on = (pl.col("cine_referral_nfa") == "N") | (
        pl.col("cine_referral_nfa").is_null() & pl.col("cine_cin_primary_need_code").is_not_null()
    )
    day = {"child": "cine_person_id", "happened_on": "cine_referral_date"}
    rows = _next(helped, opened.select(**day), "referred_on")
    rows = _next(rows, opened.filter(went_on).select(**day), "in_need_on")
    plans = record["ssd_cp_plans"].select(child="cppl_person_id", happened_on="cppl_cp_plan_start_date")
    return shaped(with_child(_next(rows, plans, "plan_on"), record, context), VIEW_TABLES["helped_early"])


def _begun(record: Record, context: Context) -> pl.LazyFrame:
    told = record["ssd_early_help_episodes"].filter(pl.col("earl_episode_start_date").is_not_null())
    rows = told.select(
        child="earl_person_id",
        started_on="earl_episode_start_date",
        ended_on="earl_episode_end_date",
        organisation="earl_episode_organisation",
        source="source",
        source_row="row",
    )
    return shaped(with_child(rows, record, context), VIEW_TABLES["all_early_help"])


ALL_EARLY_HELP = View(table=VIEW_TABLES["all_early_help"], make=_begun, needs=("ssd_early_help_episodes",))
HELPED_EARLY = View(
    table=VIEW_TABLES["helped_early"],
    make=_make,
    needs=("ssd_early_help_episodes",),
    feeds={
        "referred_on": ("ssd_cin_episodes",),
        "in_need_on": ("ssd_cin_episodes",),
        "plan_on": ("ssd_cp_plans",),
    },
)
