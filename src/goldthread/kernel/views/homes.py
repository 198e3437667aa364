"""Where children live when they are at home: the postcode, and the locality that it lies in."""

import polars as pl

from goldthread.kernel.context import Context
from goldthread.kernel.postcodes import plain_postcode
from goldthread.kernel.views.view import Record


def homes(record: Record, context: Context) -> pl.LazyFrame:
    """The postcode of each child's home: of several, the one that began last."""
    begun = pl.col("addr_address_start_date")
    of_home = pl.col("addr_address_type").is_null() | (pl.col("addr_address_type").str.to_uppercase() == "HOME")
    told = record["ssd_address"].filter(
        pl.col("addr_address_postcode").is_not_null() & of_home & (begun.is_null() | (begun <= context.day))
    )
    ordered = told.sort("addr_address_start_date", "row", nulls_last=False)
    return ordered.group_by(pl.col("addr_person_id").alias("child"), maintain_order=True).agg(
        home=pl.col("addr_address_postcode").last()
    )


def with_locality(people: pl.LazyFrame, record: Record, context: Context) -> pl.LazyFrame:
    """People with the `locality` of their home; as they are where no directory of postcodes can tell it."""
    if context.localities is None:
        return people
    known = homes(record, context).select("child", postcode=plain_postcode(pl.col("home")))
    placed = known.join(context.localities, on="postcode", how="left").select("child", "locality")
    return people.join(placed, on="child", how="left", maintain_order="left")
