"""Placements as the measures count them, and periods of care.

The record has a placement whenever the return has one. Not all of those count: time in hospital or on holiday is no
placement (temporary), nor are short breaks, nor what began and ended on one day. A child who comes back to the same
home from a temporary placement has not moved, and neither has one whose foster carer is to adopt it.
"""

import polars as pl

from goldthread.kernel.context import Context
from goldthread.kernel.in_order import before
from goldthread.kernel.views.people import with_child
from goldthread.kernel.views.tables import VIEW_TABLES
from goldthread.kernel.views.view import Record, View, shaped

TEMPORARY = ("T0", "T1", "T2", "T3", "T4")
SHORT_BREAKS = ("V3", "V4")
WITH_CURRENT_CARER = ("A3", "A5")
ADOPTIVE = ("A3", "A4", "A5", "A6")
SAME_CARER = ("T", "U")


def statuses_on(rows: pl.LazyFrame, record: Record, day: str) -> pl.LazyFrame:
    """Rows with `child` and a day, each with the legal status in force then: of several, the one that began last."""
    status = record["ssd_legal_status"].select(
        child="lega_person_id",
        legal_status="lega_legal_status",
        held_from="lega_legal_status_start_date",
        held_to="lega_legal_status_end_date",
    )
    in_force = (pl.col("held_from").is_null() | (pl.col("held_from") <= pl.col(day))) & (
        pl.col("held_to").is_null() | (pl.col("held_to") > pl.col(day))
    )
    met = rows.select("child", day).unique().join(status, on="child").filter(in_force)
    ordered = met.sort("child", day, "held_from", "legal_status", nulls_last=False)
    last = ordered.group_by("child", day, maintain_order=True).agg(pl.col("legal_status").last())
    return rows.join(last, on=["child", day], how="left", maintain_order="left")


def episodes_of_placements(record: Record) -> pl.LazyFrame:
    """For each placement, the day and the reason of its first episode."""
    episodes = record["ssd_cla_episodes"].filter(pl.col("clae_cla_placement_id").is_not_null())
    ordered = episodes.sort("clae_cla_episode_start_date", "row", nulls_last=True)
    return ordered.group_by(pl.col("clae_cla_placement_id").alias("placement"), maintain_order=True).agg(
        first_day=pl.col("clae_cla_episode_start_date").first(),
        opened_by=pl.col("clae_cla_episode_start_reason").first(),
    )


def placements(record: Record) -> pl.LazyFrame:
    """Every placement of the record with a day to begin with, short breaks and temporary ones among them."""
    held = record["ssd_cla_placement"].select(
        child="clap_person_id",
        placement="clap_cla_placement_id",
        period="clap_cla_id",
        started_on="clap_cla_placement_start_date",
        ended_on="clap_cla_placement_end_date",
        type="clap_cla_placement_type",
        provider="clap_cla_placement_provider",
        urn="clap_cla_placement_urn",
        postcode="clap_cla_placement_postcode",
        distance="clap_cla_placement_distance",
        source="source",
        source_row="row",
    )
    dated = held.join(episodes_of_placements(record), on="placement", how="left").with_columns(
        seen_from=pl.coalesce("started_on", "first_day")
    )
    known = dated.filter(pl.col("child").is_not_null() & pl.col("seen_from").is_not_null())
    return statuses_on(known, record, "seen_from").sort("child", "seen_from", "source_row")


def _same_home() -> pl.Expr:
    """Whether two placements of one type have one address or one registered number."""
    same = (pl.col("urn") == before(pl.col("urn"))) | (pl.col("postcode") == before(pl.col("postcode")))
    return (pl.col("type") == before(pl.col("type"))) & same.fill_null(False)


def counted(record: Record, context: Context) -> pl.LazyFrame:
    """Placements as they are counted, one row each: see the view `stays`."""
    temporary = pl.col("type").is_in(TEMPORARY).fill_null(False)
    told = placements(record).with_columns(
        after_temporary=(before(temporary) & (pl.col("period") == before(pl.col("period")))).fill_null(False)
    )
    brief = (pl.col("ended_on") <= pl.col("seen_from")).fill_null(False)
    kept = told.filter(~pl.col("legal_status").is_in(SHORT_BREAKS).fill_null(False) & ~brief)
    if not context.setting("temporary_counts"):
        kept = kept.filter(~temporary)
    follows = (pl.col("period") == before(pl.col("period"))).fill_null(False)
    goes_on = follows & (
        (pl.col("after_temporary") & _same_home()).fill_null(False)
        | pl.col("type").is_in(WITH_CURRENT_CARER).fill_null(False)
    )
    # Stability takes an adoptive placement together with the one before it.
    stays_on = pl.col("opened_by").is_in(SAME_CARER).fill_null(False) | pl.col("type").is_in(ADOPTIVE).fill_null(False)
    other_carer = ~follows | ~stays_on
    marked = kept.with_columns(goes_on=goes_on, follows=follows).with_columns(
        stay=(~pl.col("goes_on")).cum_sum().over("child"),
        carer=(other_carer & ~pl.col("goes_on")).cum_sum().over("child"),
    )
    of_carer = marked.group_by("child", "carer", maintain_order=True).agg(
        carer_on=pl.col("started_on").first(), carer_from=pl.col("seen_from").first()
    )
    stays = marked.group_by("child", "stay", maintain_order=True).agg(
        pl.col("period", "started_on", "seen_from", "opened_by", "carer", "source", "source_row").first(),
        pl.col("ended_on", "type", "provider").last(),
        is_move=pl.col("follows").first(),
    )
    return stays.join(of_carer, on=["child", "carer"], how="left", maintain_order="left")


def _view(record: Record, context: Context) -> pl.LazyFrame:
    flagged = counted(record, context).with_columns(is_move=pl.when("is_move").then(pl.lit("Y")).otherwise(pl.lit("N")))
    return shaped(with_child(flagged, record, context), VIEW_TABLES["stays"])


def periods(record: Record) -> pl.LazyFrame:
    """Periods of care, one row each: from the first of their episodes to the end of the last.

    `started_on` is blank where the period began before what was handed in; `seen_from` is its first day in sight.
    """
    episodes = record["ssd_cla_episodes"].filter(
        pl.col("clae_person_id").is_not_null() & pl.col("clae_cla_episode_start_date").is_not_null()
    )
    ordered = episodes.sort("clae_person_id", "clae_cla_episode_start_date", "row")
    period = pl.coalesce("clae_cla_id", pl.lit("?")).alias("period")
    return ordered.group_by(pl.col("clae_person_id").alias("child"), period, maintain_order=True).agg(
        started_on=pl.col("clae_entered_care_date").drop_nulls().first(),
        seen_from=pl.col("clae_cla_episode_start_date").first(),
        last_from=pl.col("clae_cla_episode_start_date").last(),
        ceased_on=pl.col("clae_cla_episode_ceased_date").last(),
        ceased_reason=pl.col("clae_cla_episode_ceased_reason").last(),
        source=pl.col("source").last(),
        source_row=pl.col("row").last(),
    )


STAYS = View(
    table=VIEW_TABLES["stays"],
    make=_view,
    needs=("ssd_cla_placement", "ssd_cla_episodes", "ssd_legal_status"),
    history=frozenset({"seen_from"}),
)
