"""Children in care on the as-at date: one row each, with their placement, moves, carers, reviews and health."""

import polars as pl

from goldthread.kernel.context import Context
from goldthread.kernel.views import stays
from goldthread.kernel.views.distance import with_distance
from goldthread.kernel.views.homes import homes
from goldthread.kernel.views.people import teams, with_child
from goldthread.kernel.views.reviews import late_reviews
from goldthread.kernel.views.tables import VIEW_TABLES
from goldthread.kernel.views.view import Record, View, shaped

SOCIAL_WORKER = "(?i)social worker|allocated"
"""What the roles of a child's social worker are called in the case systems' extracts."""
CHECKS: dict[str, str] = {
    "health": "(?i)^health assessment",
    "dental": "(?i)dental",
    "development": "(?i)^health check",
}
"""The kinds of check by what their name in the record says: see how the forms become `ssd_cla_health`."""


def in_the_year(column: str, context: Context) -> pl.Expr:
    """Whether a day falls within the 12 months that end with the as-at date."""
    return (pl.col(column) > context.before(12)) & (pl.col(column) <= context.day)


def cared_for(record: Record, context: Context) -> pl.LazyFrame:
    """The period of care that each child is in at the end of the as-at date, with its legal status."""
    begun = pl.col("seen_from") <= context.day
    running = begun & (pl.col("ceased_on").is_null() | (pl.col("ceased_on") > context.day))
    last = stays.periods(record).filter(running).sort("child", "seen_from")
    one = last.unique("child", keep="last", maintain_order=True).with_columns(day=context.day)
    return stays.statuses_on(one, record, "day")


def _placed(record: Record, context: Context) -> pl.LazyFrame:
    """The placement of each child on the as-at date, temporary ones among them, and where it lies."""
    now = (pl.col("seen_from") <= context.day) & (pl.col("ended_on").is_null() | (pl.col("ended_on") > context.day))
    last = stays.placements(record).filter(now).unique("child", keep="last", maintain_order=True)
    lies = record["own_placement_locations"].select(placement="ploc_cla_placement_id", given_in_or_out="ploc_in_or_out")
    placed = last.select(
        "child", "provider", "postcode", "distance", "placement", placement_type="type", placement_on="started_on"
    ).join(lies.filter(pl.col("placement").is_not_null()).unique("placement", keep="first"), on="placement", how="left")
    return with_distance(placed.join(homes(record, context), on="child", how="left"), context)


def moves(record: Record, context: Context) -> pl.LazyFrame:
    """For each child the placements of the 12 and 24 months, the moves, and since when with the same carer.

    A placement is of the months if it was running on their first day or began in them.
    """
    told = stays.counted(record, context).filter(pl.col("seen_from") <= context.day)

    def of(months: int) -> pl.Expr:
        first_day = context.before(months) + pl.duration(days=1)
        return (pl.col("ended_on").is_null() | (pl.col("ended_on") >= first_day)).sum()

    moved = pl.col("is_move") & in_the_year("seen_from", context)
    return told.group_by("child", maintain_order=True).agg(
        placements_in_year=of(12),
        placements_in_two_years=of(24),
        moves_in_year=moved.sum(),
        carer_on=pl.col("carer_on").last(),
        carer_from=pl.col("carer_from").last(),
        carer_period=pl.col("period").last(),
    )


def _reviewed(cared: pl.LazyFrame, record: Record, context: Context) -> pl.LazyFrame:
    things = cared.select(key="child", begun_on="started_on", until=context.day)
    held = record["ssd_cla_reviews"].filter(pl.col("clar_cla_review_cancelled").fill_null("N") != "Y")
    periods = (
        record["ssd_cla_episodes"].select(clar_cla_id="clae_cla_id", of_period="clae_person_id").unique("clar_cla_id")
    )
    reviews = held.join(periods.filter(pl.col("clar_cla_id").is_not_null()), on="clar_cla_id", how="left").select(
        key=pl.coalesce("clar_cla_person_id", "of_period"), on="clar_cla_review_date"
    )
    limit = context.setting("first_care_review_days")
    return late_reviews(
        things,
        reviews.drop_nulls(),
        context,
        first_late=lambda begun, on: context.working_days(begun, on) > limit,
        second_months=context.setting("second_care_review_months"),
        later_months=context.setting("care_review_months"),
    ).rename({"key": "child"})


def _visited(record: Record, context: Context) -> pl.LazyFrame:
    done = record["ssd_cla_visits"].filter(pl.col("clav_cla_visit_date") <= context.day)
    return done.group_by(pl.col("clav_person_id").alias("child")).agg(last_visit_on=pl.col("clav_cla_visit_date").max())


def _workers(record: Record, context: Context) -> pl.LazyFrame:
    """Different social workers in the 12 months. A row without a role counts: the return has social workers only."""
    begun, ended = pl.col("invo_involvement_start_date"), pl.col("invo_involvement_end_date")
    running = (begun <= context.day) & (ended.is_null() | (ended > context.before(12)))
    social = pl.col("invo_professional_role_id").str.contains(SOCIAL_WORKER).fill_null(True)
    told = record["ssd_involvements"].filter(running & social & pl.col("invo_professional_id").is_not_null())
    return told.group_by(pl.col("invo_person_id").alias("child")).agg(
        workers_in_year=pl.col("invo_professional_id").n_unique()
    )


def _checked(record: Record, context: Context) -> tuple[pl.LazyFrame, pl.LazyFrame]:
    """For each child the last check of each kind, and one row that says which kinds the record tells of at all."""
    done = record["ssd_cla_health"].filter(
        pl.col("clah_person_id").is_not_null()
        & (pl.col("clah_health_check_date").is_null() | (pl.col("clah_health_check_date") <= context.day))
    )
    of_child: list[pl.Expr] = []
    at_all: list[pl.Expr] = []
    for name, says in CHECKS.items():
        kind = pl.col("clah_health_check_type").str.contains(says).fill_null(False)
        day = pl.col("clah_health_check_date").filter(kind)
        of_child += [day.max().alias(f"{name}_on"), day.is_null().any().alias(f"{name}_undated")]
        at_all.append(kind.any().fill_null(False).alias(f"{name}_told"))
    return done.group_by(pl.col("clah_person_id").alias("child")).agg(of_child), done.select(at_all)


def _said(name: str) -> pl.Expr:
    """Y or N where the record tells of such checks; blank where it has none of any child, which is no N."""
    undated = pl.when(pl.col(f"{name}_undated").fill_null(False)).then(pl.lit("Y")).otherwise(pl.lit("N"))
    return pl.when(pl.col(f"{name}_told")).then(undated).alias(f"{name}_said")


def _once_a_year(record: Record, context: Context) -> tuple[pl.LazyFrame, ...]:
    """What is told once a year: the latest that fits the year, or that has no day."""

    def latest(table: str, child: str, day: str, **takes: str) -> pl.LazyFrame:
        fits = pl.col(day).is_null() | in_the_year(day, context)
        ordered = record[table].filter(pl.col(child).is_not_null() & fits).sort(day, "row", nulls_last=False)
        return ordered.group_by(pl.col(child).alias("child"), maintain_order=True).agg(
            pl.col(column).last().alias(name) for name, column in takes.items()
        )

    # The dataset has one row a child and may have another day's; a row without a child's number is no one's.
    convicted = latest("ssd_cla_convictions", "clac_person_id", "clac_cla_conviction_date", convicted="source")
    return (
        latest("ssd_cla_immunisations", "clai_person_id", "clai_immunisations_status_date",
               immunised="clai_immunisations_status"),
        latest("ssd_sdq_scores", "csdq_person_id", "csdq_sdq_completed_date", sdq_score="csdq_sdq_score",
               sdq_reason="csdq_sdq_reason"),
        convicted.with_columns(convicted=pl.lit("Y")),
    )  # fmt: skip


def _alone(record: Record) -> pl.LazyFrame:
    sought = record["ssd_immigration_status"].filter(pl.col("immi_immigration_status") == "UASC")
    return sought.select(child="immi_person_id").drop_nulls().unique().with_columns(unaccompanied=pl.lit("Y"))


def _make(record: Record, context: Context) -> pl.LazyFrame:
    cared = cared_for(record, context)
    moved = moves(record, context).rename({"carer_period": "period"})
    carers = moved.select("child", "period", "carer_on", "carer_from")
    counts = moved.drop("period", "carer_on", "carer_from")
    rows = cared.join(carers, on=["child", "period"], how="left", maintain_order="left")
    checked, told = _checked(record, context)
    parts = (
        counts,
        _placed(record, context),
        _reviewed(cared, record, context),
        _visited(record, context),
        _workers(record, context),
        checked,
        *_once_a_year(record, context),
        _alone(record),
        teams(record, context),
    )
    for part in parts:
        rows = rows.join(part, on="child", how="left", maintain_order="left")
    none_yet = ("placements_in_year", "placements_in_two_years", "moves_in_year", "workers_in_year")
    filled = rows.join(told, how="cross", maintain_order="left").with_columns(
        *(_said(name) for name in CHECKS),
        pl.col(none_yet).fill_null(0),
        pl.col("unaccompanied", "convicted").fill_null("N"),
    )
    return shaped(with_child(filled, record, context), VIEW_TABLES["in_care"])


_PLACED = ("ssd_cla_placement",)
_OF_PLACEMENT = (
    "placement_type", "placement_on", "provider", "in_or_out", "placements_in_year", "placements_in_two_years",
    "moves_in_year", "carer_on", "carer_from",
)  # fmt: skip
_LIES = ("ssd_cla_placement", "ssd_address")

IN_CARE = View(
    table=VIEW_TABLES["in_care"],
    make=_make,
    needs=("ssd_cla_episodes", "ssd_legal_status"),
    feeds={
        **dict.fromkeys(_OF_PLACEMENT, _PLACED),
        "miles": _LIES,
        "where_known": _LIES,
        "last_visit_on": ("ssd_cla_visits",),
        "reviews_late": ("ssd_cla_reviews",),
        "reviews_held": ("ssd_cla_reviews",),
        "workers_in_year": ("ssd_involvements",),
        **{f"{name}_{how}": ("ssd_cla_health",) for name in CHECKS for how in ("on", "said")},
        "immunised": ("ssd_cla_immunisations",),
        "sdq_score": ("ssd_sdq_scores",),
        "sdq_reason": ("ssd_sdq_scores",),
        "convicted": ("ssd_cla_convictions",),
        "unaccompanied": ("ssd_immigration_status",),
        "team": ("ssd_involvements",),
    },
    history=frozenset({
        "placements_in_year", "placements_in_two_years", "moves_in_year", "carer_on", "carer_from", "reviews_late",
        "reviews_held", "workers_in_year",
    }),
)  # fmt: skip
