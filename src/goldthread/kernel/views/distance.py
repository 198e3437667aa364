"""How far a placement lies from home, and whether it lies within the authority, by a directory of postcodes.

The directory is loaded by the user (`goldthread reference load-postcodes`). Whatever keeps a distance from being found
has a name, and nothing is guessed: part of a postcode has no place.
"""

import polars as pl

from goldthread.kernel.context import Context
from goldthread.kernel.postcodes import METRES_IN_A_MILE, SCHEMA, plain_postcode

WHERE_KNOWN: dict[str, str] = {
    "GIVEN": "the distance is in the record",
    "FOUND": "both postcodes were found",
    "ENDED": "found, by a postcode that is no longer in use",
    "HOME_BLANK": "no postcode of the home",
    "HOME_PARTIAL": "only part of the home's postcode",
    "HOME_NOT_FOUND": "the home's postcode is not in the directory",
    "HOME_NO_GRID": "the home's postcode has no place on the grid of Great Britain",
    "PLACEMENT_BLANK": "no postcode of the placement",
    "PLACEMENT_PARTIAL": "only part of the placement's postcode",
    "PLACEMENT_NOT_FOUND": "the placement's postcode is not in the directory",
    "PLACEMENT_NO_GRID": "the placement's postcode has no place on the grid of Great Britain",
    "NOT_LOADED": "no directory of postcodes is loaded (ask whoever runs this installation to load one)",
}
"""How a distance was found, or why it was not."""

NO_PLACEMENT = "no placement is told of on that day"
"""What to say of a child in care beside whom there is no placement, so that nothing was looked up."""

_FULL = r"^[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}$"


def _found(rows: pl.LazyFrame, directory: pl.LazyFrame, column: str, mark: str) -> pl.LazyFrame:
    """The rows with the place of one postcode, and with what became of looking it up."""
    key = plain_postcode(pl.col(column))
    named = directory.rename({name: f"{mark}_{name}" for name in SCHEMA if name != "postcode"})
    met = rows.with_columns(key.alias("postcode_key")).join(
        named, left_on="postcode_key", right_on="postcode", how="left", maintain_order="left"
    )
    outcome = (
        pl.when(pl.col("postcode_key").is_null() | (pl.col("postcode_key") == ""))
        .then(pl.lit("BLANK"))
        .when(~pl.col("postcode_key").str.contains(_FULL))
        .then(pl.lit("PARTIAL"))
        .when(pl.col(f"{mark}_in_use").is_null())
        .then(pl.lit("NOT_FOUND"))
        .when(pl.col(f"{mark}_east").is_null())
        .then(pl.lit("NO_GRID"))
        .when(pl.col(f"{mark}_in_use"))
        .then(pl.lit("FOUND"))
        .otherwise(pl.lit("ENDED"))
    )
    return met.with_columns(outcome.alias(f"{mark}_outcome")).drop("postcode_key")


def with_distance(rows: pl.LazyFrame, context: Context) -> pl.LazyFrame:
    """Rows with `home`, `postcode`, `distance` and `given_in_or_out`, each with miles, in or out, and how known."""
    given = pl.col("distance").is_not_null()
    if context.postcodes is None:
        return rows.with_columns(
            miles="distance",
            in_or_out="given_in_or_out",
            where_known=pl.when(given).then(pl.lit("GIVEN")).otherwise(pl.lit("NOT_LOADED")),
        )
    both = _found(_found(rows, context.postcodes, "home", "home"), context.postcodes, "postcode", "there")
    # Whole numbers of metres are too large to be squared as they are.
    east, north = ((pl.col(f"home_{way}") - pl.col(f"there_{way}")).cast(pl.Float64) for way in ("east", "north"))
    straight = (east**2 + north**2).sqrt() / METRES_IN_A_MILE
    good = ["FOUND", "ENDED"]
    how = (
        pl.when(given)
        .then(pl.lit("GIVEN"))
        .when(~pl.col("home_outcome").is_in(good))
        .then(pl.lit("HOME_") + pl.col("home_outcome"))
        .when(~pl.col("there_outcome").is_in(good))
        .then(pl.lit("PLACEMENT_") + pl.col("there_outcome"))
        .when((pl.col("home_outcome") == "ENDED") | (pl.col("there_outcome") == "ENDED"))
        .then(pl.lit("ENDED"))
        .otherwise(pl.lit("FOUND"))
    )
    own = (
        pl.lit(context.authority) if context.authority else pl.col("home_authority").drop_nulls().mode().sort().first()
    )
    there = pl.col("there_authority")
    # A directory without counties has their districts: two of them may be of one county.
    unsure = there.str.starts_with("E07") & own.str.contains("^E(07|10)")
    looked_up = pl.when(there == own).then(pl.lit("IN")).when(there.is_not_null() & ~unsure).then(pl.lit("OUT"))
    return both.with_columns(
        miles=pl.coalesce("distance", straight),
        in_or_out=pl.coalesce("given_in_or_out", looked_up),
        where_known=how,
    )
