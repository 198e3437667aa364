"""The groups that children are counted in: age bands, groups of ethnicity, and the service that has them."""

import polars as pl

from goldthread.kernel.context import Context
from goldthread.kernel.tables import TABLES

NOT_KNOWN = "Not known"

AGE_BANDS: tuple[tuple[int, str], ...] = (
    (-1, "Unborn"),
    (0, "Under 1"),
    (4, "1 to 4"),
    (9, "5 to 9"),
    (15, "10 to 15"),
    (17, "16 to 17"),
    (20, "18 to 20"),
)
"""The oldest age of each band and its name: the bands of the national returns, with those over 17 split for leavers."""

OLDEST_BAND = "21 and over"

ETHNICITY_GROUPS: dict[str, tuple[str, ...]] = {
    "White": ("WBRI", "WIRI", "WIRT", "WOTH", "WROM"),
    "Mixed": ("MWBC", "MWBA", "MWAS", "MOTH"),
    "Asian": ("AIND", "APKN", "ABAN", "AOTH", "CHNE"),
    "Black": ("BCRB", "BAFR", "BOTH"),
    "Other": ("OOTH",),
}
"""Groups of the census of 2021, in which Chinese stands under Asian. Refused and not obtained are not known."""

GENDERS: dict[str, str] = {"M": "Male", "F": "Female", "N": "Neither"}

BREAKDOWNS: tuple[str, ...] = ("gender", "age_band", "ethnicity_group", "team")
"""What every measure is broken down by, where its list has the column."""


def age_band(context: Context) -> pl.Expr:
    """The band of the child's age on the as-at date."""
    age = context.age()
    band: pl.Expr = pl.lit(OLDEST_BAND)
    for oldest, name in reversed(AGE_BANDS):
        band = pl.when(age <= oldest).then(pl.lit(name)).otherwise(band)
    return pl.when(age.is_null()).then(pl.lit(NOT_KNOWN)).otherwise(band).alias("age_band")


def ethnicity_group() -> pl.Expr:
    """The group of the child's ethnicity."""
    by_code = {code: group for group, codes in ETHNICITY_GROUPS.items() for code in codes}
    return (
        pl.col("ethnicity").replace_strict(by_code, default=NOT_KNOWN, return_dtype=pl.String).alias("ethnicity_group")
    )


def gender() -> pl.Expr:
    """The child's gender in words."""
    return pl.col("gender").replace_strict(GENDERS, default=NOT_KNOWN, return_dtype=pl.String)


def team() -> pl.Expr:
    """The team that has the case, as the list names it."""
    return pl.col("team").fill_null(NOT_KNOWN)


def breakdowns(table: str, context: Context) -> list[pl.Expr]:
    """The columns of BREAKDOWNS that this list can give."""
    has_team = any(column.name == "team" for column in TABLES[table].columns)
    return [gender(), age_band(context), ethnicity_group(), *([team()] if has_team else [])]
