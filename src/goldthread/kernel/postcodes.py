"""A directory of postcodes: where each lies on the grid of Great Britain, and in which authority.

It is made from the ONS Postcode Directory, which the user loads; none ships with Goldthread.
"""

import polars as pl

SCHEMA: dict[str, type[pl.DataType]] = {
    "postcode": pl.String,
    "in_use": pl.Boolean,
    "authority": pl.String,
    "district": pl.String,
    "ward": pl.String,
    "east": pl.Int32,
    "north": pl.Int32,
}
"""One row for each postcode, without its space; a postcode without a grid reference has a blank east and north.

`authority` is the upper tier: the county where there is one, or else the district itself. `ward` is blank where the
file that was loaded has no wards.
"""

METRES_IN_A_MILE = 1609.344


def plain_postcode(written: pl.Expr) -> pl.Expr:
    """A postcode in capitals without spaces, as the directory has it."""
    return written.str.to_uppercase().str.replace_all(r"\s", "")


def directory_of(rows: pl.LazyFrame) -> pl.LazyFrame:
    """The directory of rows in the ONS layout: pcds, oslaua, oseast1m, osnrth1m; doterm, oscty, osward where there are.

    Northern Ireland's references are on another grid, so that a distance across the sea would be wrong: they are blank.
    A reference of nought stands for none.
    """
    names = rows.collect_schema().names()
    ended = pl.col("doterm").is_not_null() & (pl.col("doterm") != "") if "doterm" in names else pl.lit(False)
    county = pl.col("oscty").str.starts_with("E10") if "oscty" in names else pl.lit(False)
    upper = pl.when(county).then(pl.col("oscty") if "oscty" in names else pl.lit(None)).otherwise(pl.col("oslaua"))
    ward = pl.when(pl.col("osward") != "").then(pl.col("osward")) if "osward" in names else pl.lit(None, pl.String)
    key = plain_postcode(pl.col("pcds"))
    east, north = (pl.col(name).cast(pl.Float64, strict=False).cast(pl.Int32) for name in ("oseast1m", "osnrth1m"))
    placed = (east > 0) & (north > 0) & ~key.str.starts_with("BT")
    return (
        rows.select(
            postcode=key,
            in_use=~ended,
            authority=pl.when(upper != "").then(upper),
            district=pl.when(pl.col("oslaua") != "").then(pl.col("oslaua")),
            ward=ward,
            east=pl.when(placed).then(east),
            north=pl.when(placed).then(north),
        )
        .filter(pl.col("postcode").is_not_null() & (pl.col("postcode") != ""))
        .unique("postcode", keep="first", maintain_order=True)
        .sort("postcode")
    )
