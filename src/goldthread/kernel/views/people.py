"""What a view says of each child: birth date, age, gender, ethnicity, disability, locality, team."""

import polars as pl

from goldthread.kernel.context import Context, age_on
from goldthread.kernel.views.homes import with_locality
from goldthread.kernel.views.view import Record

NO_DISABILITY = "NONE"


def children(record: Record, context: Context) -> pl.LazyFrame:
    """One row for each person of the record, under the names that views use."""
    told = record["ssd_disability"].filter(pl.col("disa_person_id").is_not_null())
    has = pl.col("disa_disability_code").is_null() | (pl.col("disa_disability_code") != NO_DISABILITY)
    disabled = told.group_by(pl.col("disa_person_id").alias("child")).agg(
        pl.when(has.any()).then(pl.lit("Y")).otherwise(pl.lit("N")).alias("disability")
    )
    people = record["ssd_person"].filter(pl.col("pers_person_id").is_not_null())
    named = people.select(
        child="pers_person_id",
        born_on=pl.coalesce("pers_dob", "pers_expected_dob"),
        gender=pl.coalesce("pers_gender", "pers_sex"),
        ethnicity="pers_ethnicity",
    ).unique("child", keep="first", maintain_order=True)
    aged = named.with_columns(age_on(context.as_at).alias("age")).join(disabled, on="child", how="left")
    return with_locality(aged, record, context)


def with_child(rows: pl.LazyFrame, record: Record, context: Context) -> pl.LazyFrame:
    """Rows that name a child, with what is known of it; a child that the record does not describe stays blank."""
    return rows.join(children(record, context), on="child", how="left", maintain_order="left")


def teams(record: Record, context: Context) -> pl.LazyFrame:
    """For each child the team that works with it on the as-at date: of several, the one that came last."""
    held = record["ssd_involvements"].filter(pl.col("invo_professional_team").is_not_null())
    begun = pl.col("invo_involvement_start_date")
    now = (begun.is_null() | (begun <= context.day)) & (
        pl.col("invo_involvement_end_date").is_null() | (pl.col("invo_involvement_end_date") > context.day)
    )
    ordered = held.filter(now).sort("invo_involvement_start_date", "row", nulls_last=False)
    return ordered.group_by(pl.col("invo_person_id").alias("child"), maintain_order=True).agg(
        team=pl.col("invo_professional_team").last()
    )
