"""Localities: the parts of an authority that measures are broken down by, told by the postcode of a child's home.

Without anything but the directory of postcodes a locality is a district, by its code. The user may name localities of
their own: districts or wards, by the codes of the ONS, any number of them to a locality.
"""

import polars as pl

from goldthread.kernel.engine import STREAMING
from goldthread.kernel.postcodes import plain_postcode

SCHEMA: dict[str, type[pl.DataType]] = {"area": pl.String, "locality": pl.String}
"""One row for each district or ward that was named: its code, and the locality that it belongs to."""

ELSEWHERE = "Elsewhere"
"""Where a home lies whose postcode is in the directory, and whose district and ward have not been named."""


def near(directory: pl.LazyFrame, *written: pl.LazyFrame) -> pl.LazyFrame:
    """The rows of the directory for some postcodes only, each a frame of one column `postcode`, looked up once."""
    wanted = pl.concat([one.select(plain_postcode(pl.col("postcode"))) for one in written]).drop_nulls().unique()
    return directory.join(wanted, on="postcode", how="semi").collect(engine=STREAMING).lazy()


def by_postcode(directory: pl.LazyFrame, names: pl.LazyFrame | None) -> pl.LazyFrame:
    """The locality of each postcode of a directory: `postcode`, `locality`. By ward before district, where named."""
    if names is None:
        return directory.select("postcode", locality=pl.lit("District ") + pl.col("district"))
    met = directory
    for of in ("ward", "district"):
        met = met.join(names.rename({"area": of, "locality": f"of_{of}"}), on=of, how="left", maintain_order="left")
    placed = pl.when(pl.col("district").is_not_null()).then(pl.coalesce("of_ward", "of_district", pl.lit(ELSEWHERE)))
    return met.select("postcode", locality=placed)
