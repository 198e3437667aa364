"""Care over a year: who was in it, which periods began and ended, reviews, times missing, ways to adoption, leavers."""

import polars as pl

from goldthread.kernel.context import Context
from goldthread.kernel.in_order import before
from goldthread.kernel.views import stays
from goldthread.kernel.views.in_care import in_the_year
from goldthread.kernel.views.people import teams, with_child
from goldthread.kernel.views.tables import VIEW_TABLES
from goldthread.kernel.views.view import Record, View, shaped

CARE = ("ssd_cla_episodes", "ssd_legal_status")
BY_ADOPTION = ("E11", "E12")
"""Why a period of care ended, where it ended by adoption: unopposed, or with consent dispensed with."""


def _cared_in_year(record: Record, context: Context) -> pl.LazyFrame:
    begun = pl.col("seen_from") <= context.day
    at_some_time = begun & (pl.col("ceased_on").is_null() | (pl.col("ceased_on") > context.before(12)))
    last = stays.periods(record).filter(at_some_time).sort("child", "seen_from")
    # The status of someone who left is the one held on the last day in care.
    day = pl.min_horizontal(pl.col("ceased_on") - pl.duration(days=1), context.day)
    one = last.unique("child", keep="last", maintain_order=True).with_columns(day=day)
    rows = stays.statuses_on(one, record, "day").join(
        _gone(record, context), on="child", how="left", maintain_order="left"
    )
    counts = pl.col("missing_in_year", "absent_in_year").fill_null(0)
    return shaped(with_child(rows.with_columns(counts), record, context), VIEW_TABLES["cared_in_year"])


def _gone(record: Record, context: Context) -> pl.LazyFrame:
    """Times missing and away of each child that touch the 12 months."""
    begun, ended = pl.col("miss_missing_episode_start_date"), pl.col("miss_missing_episode_end_date")
    touches = (begun <= context.day) & (ended.is_null() | (ended > context.before(12)))
    told = record["ssd_missing"].filter(touches & pl.col("miss_person_id").is_not_null())
    kind = pl.col("miss_missing_episode_type")
    return told.group_by(pl.col("miss_person_id").alias("child")).agg(
        missing_in_year=(kind == "M").sum(), absent_in_year=(kind == "A").sum()
    )


def _begun(record: Record, context: Context) -> pl.LazyFrame:
    ordered = stays.periods(record).sort("child", "seen_from")
    told = ordered.with_columns(previous_ceased_on=before(pl.col("ceased_on")))
    begun = told.filter(in_the_year("started_on", context)).with_columns(day=pl.col("started_on"))
    rows = stays.statuses_on(begun, record, "day")
    return shaped(with_child(rows, record, context), VIEW_TABLES["care_begun"])


def _ended(record: Record, context: Context) -> pl.LazyFrame:
    ended = stays.periods(record).filter(in_the_year("ceased_on", context)).sort("child", "ceased_on", "seen_from")
    last = pl.int_range(pl.len()).over("child") == pl.len().over("child") - 1
    dated = ended.with_columns(
        day=pl.col("ceased_on") - pl.duration(days=1),
        last_of_child=pl.when(last).then(pl.lit("Y")).otherwise(pl.lit("N")),
    )
    rows = stays.statuses_on(dated, record, "day")
    return shaped(with_child(rows, record, context), VIEW_TABLES["care_ended"])


def _reviews(record: Record, context: Context) -> pl.LazyFrame:
    held = record["ssd_cla_reviews"].filter(pl.col("clar_cla_review_cancelled").fill_null("N") != "Y")
    episodes = record["ssd_cla_episodes"].select(clar_cla_id="clae_cla_id", of_period="clae_person_id")
    periods = episodes.drop_nulls().unique("clar_cla_id", keep="first")
    rows = held.join(periods, on="clar_cla_id", how="left", maintain_order="left").select(
        child=pl.coalesce("clar_cla_person_id", "of_period"),
        reviewed_on="clar_cla_review_date",
        participation="clar_cla_review_participation",
        source="source",
        source_row="row",
    )
    born, on = pl.col("born_on"), pl.col("reviewed_on")
    had_birthday = (born.dt.month() < on.dt.month()) | (
        (born.dt.month() == on.dt.month()) & (born.dt.day() <= on.dt.day())
    )
    age = on.dt.year() - born.dt.year() - pl.when(had_birthday).then(0).otherwise(1)
    told = with_child(rows.filter(in_the_year("reviewed_on", context)), record, context)
    return shaped(told.with_columns(age_then=age), VIEW_TABLES["care_reviews"])


def _missing(record: Record, context: Context) -> pl.LazyFrame:
    rows = (
        record["ssd_missing"]
        .filter(in_the_year("miss_missing_episode_end_date", context))
        .select(
            child="miss_person_id",
            missing_on="miss_missing_episode_start_date",
            returned_on="miss_missing_episode_end_date",
            kind="miss_missing_episode_type",
            offered="miss_missing_rhi_offered",
            accepted="miss_missing_rhi_accepted",
            source="source",
            source_row="row",
        )
    )
    return shaped(with_child(rows, record, context), VIEW_TABLES["times_missing"])


def _leavers(record: Record, context: Context) -> pl.LazyFrame:
    rows = record["ssd_care_leavers"].select(
        child="clea_person_id",
        eligibility="clea_care_leaver_eligibility",
        in_touch="clea_care_leaver_in_touch",
        contacted_on="clea_care_leaver_latest_contact",
        accommodation="clea_care_leaver_accommodation",
        suitability="clea_care_leaver_accom_suitable",
        activity="clea_care_leaver_activity",
        pathway_plan_on="clea_pathway_plan_review_date",
        adviser="clea_care_leaver_personal_advisor",
        own_team="clea_care_leaver_allocated_team",
        source="source",
        source_row="row",
    )
    told = with_child(rows, record, context).join(teams(record, context), on="child", how="left", maintain_order="left")
    return shaped(told.with_columns(team=pl.coalesce("own_team", "team")), VIEW_TABLES["leavers"])


def _adoption(record: Record, context: Context) -> pl.LazyFrame:
    of_another_kind = ~pl.col("perm_permanence_order_type").str.contains("(?i)adopt").fill_null(True)
    rows = record["ssd_permanence"].select(
        child="perm_person_id",
        decided_on="perm_adm_decision_date",
        placed_on="perm_placed_for_adoption_date",
        adopted_on=pl.when(~of_another_kind).then("perm_permanence_order_date"),
        reversed_on="perm_decision_reversed_date",
        ordered_on="perm_placement_order_date",
        matched_on="perm_matched_date",
        fostered_on=pl.coalesce("perm_placed_foster_carer_date", "perm_placed_ffa_cp_date"),
        by_carer="perm_adopted_by_carer_flag",
        source="source",
        source_row="row",
    )
    told = _by_care(rows, record)
    return shaped(with_child(told, record, context), VIEW_TABLES["adoption_paths"])


def _by_care(rows: pl.LazyFrame, record: Record) -> pl.LazyFrame:
    """Ways to adoption with what the periods of care and the placements tell of them.

    A return does not say on which day a child was adopted or moved in: its episodes do.
    """
    held = stays.periods(record)
    left = (
        held.filter(pl.col("ceased_reason").is_in(BY_ADOPTION))
        .group_by("child")
        .agg(left_on=pl.col("ceased_on").max(), from_care_of=pl.col("started_on").sort_by("ceased_on").last())
    )
    last = (
        held.sort("child", "seen_from")
        .group_by("child", maintain_order=True)
        .agg(last_period_on=pl.col("started_on").last())
    )
    adoptive = stays.placements(record).filter(pl.col("type").is_in(stays.ADOPTIVE))
    moved_in = adoptive.group_by("child").agg(shown_on=pl.col("seen_from").min())
    met = rows
    for part in (left, last, moved_in):
        met = met.join(part, on="child", how="left", maintain_order="left")
    return met.with_columns(
        entered_on=pl.when(pl.col("left_on").is_not_null()).then("from_care_of").otherwise("last_period_on"),
        moved_in_on=pl.coalesce("placed_on", "shown_on"),
        finished_on=pl.coalesce("adopted_on", "left_on"),
    )


CARED_IN_YEAR = View(
    table=VIEW_TABLES["cared_in_year"],
    make=_cared_in_year,
    needs=CARE,
    feeds={"missing_in_year": ("ssd_missing",), "absent_in_year": ("ssd_missing",)},
)
CARE_BEGUN = View(
    table=VIEW_TABLES["care_begun"],
    make=_begun,
    needs=CARE,
    history=frozenset({"previous_ceased_on"}),
)
CARE_ENDED = View(table=VIEW_TABLES["care_ended"], make=_ended, needs=CARE)
CARE_REVIEWS = View(
    table=VIEW_TABLES["care_reviews"],
    make=_reviews,
    needs=("ssd_cla_reviews",),
    history=frozenset({"participation"}),
)
TIMES_MISSING = View(table=VIEW_TABLES["times_missing"], make=_missing, needs=("ssd_missing",))
LEAVERS = View(table=VIEW_TABLES["leavers"], make=_leavers, needs=("ssd_care_leavers",))
ADOPTION_PATHS = View(
    table=VIEW_TABLES["adoption_paths"],
    make=_adoption,
    needs=("ssd_permanence",),
    feeds={
        "entered_on": ("ssd_cla_episodes",),
        "finished_on": ("ssd_cla_episodes",),
        "moved_in_on": ("ssd_cla_placement",),
    },
)
