"""One child, one number: IDs that lists write with other zeros in front are read as one, where only one reading exists.

A spreadsheet that takes an ID for a number drops its zeros, so one list holds 00100123 and another 100123. They are
read as one child where every list writes the ID in one way, so that no list can mean two children by the two, and
where no two rows of them disagree on the date of birth. All else is left as written, and rule G02 asks about it.
"""

import polars as pl

from goldthread.kernel.event_dates import CHILD_LISTS

_DIGITS = r"^\d+$"


def joined_ids(tables: dict[str, pl.DataFrame]) -> tuple[dict[str, pl.DataFrame], dict[str, pl.DataFrame]]:
    """The tables with such IDs made one, and of each table that changed the `row` and `written` ID of what changed.

    The way that most lists write it is kept, and of two the one with more zeros, which is what the case system has.
    """
    lists = {name: tables[name] for name in CHILD_LISTS if name in tables}
    if not any(frame["child"].str.starts_with("0").any() for frame in lists.values()):
        return tables, {}
    kept = _kept(lists)
    if kept.is_empty():
        return tables, {}
    read = dict(kept.select("child", "kept").iter_rows())
    changed = {
        name: frame.filter(pl.col("child").is_in(list(read))).select("row", pl.col("child").alias("written"))
        for name, frame in lists.items()
    }
    made = {name: frame.with_columns(pl.col("child").replace(read)) for name, frame in lists.items()}
    return tables | made, {name: rows for name, rows in changed.items() if rows.height}


def _kept(lists: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """Each ID that is read as another (`child`), and that other (`kept`)."""
    plain = pl.col("child").str.strip_chars_start("0").alias("plain")
    rows = pl.concat(
        frame.lazy().select(pl.lit(name).alias("list"), "child", "born_on") for name, frame in lists.items()
    )
    digits = rows.filter(pl.col("child").str.contains(_DIGITS)).with_columns(plain).filter(pl.col("plain") != "")
    ways = digits.group_by("plain", "list").agg(pl.col("child").n_unique().alias("ways"))
    facts = digits.group_by("plain").agg(
        pl.col("child").n_unique().alias("written"), pl.col("born_on").drop_nulls().n_unique().alias("births")
    )
    sure = (
        facts.filter((pl.col("written") > 1) & (pl.col("births") <= 1))
        .join(ways.group_by("plain").agg(pl.col("ways").max()), on="plain")
        .filter(pl.col("ways") == 1)
    )
    spellings = (
        digits.join(sure.select("plain"), on="plain", how="semi")
        .group_by("plain", "child")
        .agg(pl.col("list").n_unique().alias("lists"))
    )
    best = spellings.sort("lists", pl.col("child").str.len_chars(), descending=True).unique(
        "plain", keep="first", maintain_order=True
    )
    return (
        spellings.join(best.select("plain", pl.col("child").alias("kept")), on="plain")
        .filter(pl.col("child") != pl.col("kept"))
        .select("child", "kept")
        .collect()
    )
