"""Where a placement lies, for the rules of PL_LA, PL_LOCATION and PL_DISTANCE, which no file of the return holds.

Each is what the file gives, where it has such a column, or else looked up by both postcodes in the directory that the
user handed in. Without either the columns are not there, and rules that ask for them are not run.
"""

import polars as pl

from goldthread.kernel.context import Context, NotThere
from goldthread.kernel.engine import IN_MEMORY, STREAMING
from goldthread.kernel.postcodes import METRES_IN_A_MILE, plain_postcode

PLACES = ("pl_la", "pl_location", "pl_distance")


def with_places(rows: pl.LazyFrame, context: Context) -> pl.LazyFrame:
    """Rows of Episodes with `home_la`, `pl_la`, `pl_location` (IN, OUT) and `pl_distance` (miles, to a tenth).

    `pl_la` and `home_la` are the codes of the directory (E06000015). A location is IN where the placement's authority
    is that whose return it is: the one that was said, or else the one that most homes lie in.
    """
    held = rows.collect_schema().names()
    given = [name for name in PLACES if name in held]
    if given:
        # A column in which nothing at all is written was not given: it would be told as lacking at every row.
        empty = rows.select(pl.col(given).is_null().all()).collect(engine=IN_MEMORY).row(0, named=True)
        rows, given = rows.drop(name for name in given if empty[name]), [name for name in given if not empty[name]]
    if context.postcodes is None or not {"home_post", "pl_post"} <= set(held):
        return rows
    found = _looked_up(rows, context.postcodes, context.authority)
    return found.with_columns(pl.coalesce(name, f"found_{name}").alias(name) for name in given).rename(
        {f"found_{name}": name for name in PLACES if name not in given}
    ).drop([f"found_{name}" for name in given])  # fmt: skip


def _looked_up(rows: pl.LazyFrame, directory: pl.LazyFrame, authority: str) -> pl.LazyFrame:
    keyed = rows.with_columns(
        plain_postcode(pl.col("home_post")).alias("home_key"), plain_postcode(pl.col("pl_post")).alias("place_key")
    )
    named = keyed.select(pl.concat([pl.col("home_key"), pl.col("place_key")]).drop_nulls().unique().implode())
    keys = named.collect(engine=IN_MEMORY)["home_key"]
    few = directory.filter(pl.col("postcode").is_in(keys)).collect(engine=STREAMING).lazy()
    for mark in ("home", "place"):
        of = few.select(
            pl.col("postcode").alias(f"{mark}_key"),
            *(pl.col(name).alias(f"{mark}_{name}") for name in ("authority", "east", "north")),
        )
        keyed = keyed.join(of, on=f"{mark}_key", how="left", maintain_order="left")
    # Whole numbers of metres are too large to be squared as they are.
    east, north = ((pl.col(f"home_{way}") - pl.col(f"place_{way}")).cast(pl.Float64) for way in ("east", "north"))
    there = pl.col("place_authority")
    own = pl.lit(authority) if authority else pl.col("home_authority").drop_nulls().mode().sort().first()
    inside = pl.when(there == pl.col("own_la")).then(pl.lit("IN")).when(there.is_not_null()).then(pl.lit("OUT"))
    used = [f"{mark}_{name}" for mark in ("home", "place") for name in ("key", "authority", "east", "north")]
    return (
        keyed.with_columns(own_la=own)
        .with_columns(
            home_la=pl.col("home_authority"),
            found_pl_la=there,
            found_pl_location=inside,
            found_pl_distance=((east**2 + north**2).sqrt() / METRES_IN_A_MILE).round(1),
        )
        .drop(used)
    )


def own_authority(context: Context) -> pl.Expr:
    """The authority whose return it is, beside every episode of `shared.episodes`.

    Raises NotThere where neither it was said nor the directory tells it.
    """
    if context.authority:
        return pl.lit(context.authority)
    if context.postcodes is None:
        raise NotThere("It needs to know the authority, by a directory of postcodes, which was not handed in.")
    if not {"home_post", "pl_post"} <= set(context.table("cla_episodes").collect_schema().names()):
        raise NotThere("It needs to know the authority, by the postcodes of homes, which the file lacks.")
    return pl.col("own_la")
