"""The groups that children are counted in: age bands, ethnicity, placement, legal status, and who has them."""

import polars as pl

from goldthread.kernel.context import Context
from goldthread.kernel.tables import TABLES
from goldthread.kernel.views.tables import VIEW_TABLES

ASKED = {**TABLES, **VIEW_TABLES}
"""Every table that a measure may ask: the lists of Annex A, and the views of the record."""

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

PLACEMENT_GROUPS: dict[str, tuple[str, ...]] = {
    "Foster care": ("U1", "U2", "U3", "U4", "U5", "U6"),
    "Children's homes and secure homes": ("K1", "K2"),
    "Supported or independent living": ("H5", "K3", "P2"),
    "Placed for adoption": ("A3", "A4", "A5", "A6"),
    "With parents": ("P1",),
    "Other residential": ("P3", "R1", "R2", "R3", "R5", "S1"),
    "Temporary": ("T0", "T1", "T2", "T3", "T4"),
    "Other": ("Z1", "Z11", "Z12", "Z13", "Z14"),
}

LEGAL_GROUPS: dict[str, tuple[str, ...]] = {
    "Care order, interim or full": ("C1", "C2"),
    "Placement or freeing order": ("D1", "E1"),
    "Accommodated, section 20": ("V2",),
    "Short breaks": ("V3", "V4"),
    "Protection in an emergency": ("L1", "L2", "L3"),
    "Remand or youth justice": ("J1", "J2", "J3"),
}

DISABILITIES: dict[str, str] = {"Y": "Disabled", "N": "Not disabled"}

BREAKDOWNS: tuple[str, ...] = (
    "gender", "age_band", "ethnicity_group", "disability", "team", "locality", "placement_type", "legal_status",
    "organisation",
)  # fmt: skip
"""What every measure is broken down by, where its list has the column."""


def age_band(context: Context) -> pl.Expr:
    """The band of the child's age on the as-at date."""
    age = context.age()
    band: pl.Expr = pl.lit(OLDEST_BAND)
    for oldest, name in reversed(AGE_BANDS):
        band = pl.when(age <= oldest).then(pl.lit(name)).otherwise(band)
    return pl.when(age.is_null()).then(pl.lit(NOT_KNOWN)).otherwise(band).alias("age_band")


def _grouped(column: str, groups: dict[str, tuple[str, ...]]) -> pl.Expr:
    by_code = {code: group for group, codes in groups.items() for code in codes}
    return pl.col(column).replace_strict(by_code, default=NOT_KNOWN, return_dtype=pl.String)


def ethnicity_group() -> pl.Expr:
    """The group of the child's ethnicity."""
    return _grouped("ethnicity", ETHNICITY_GROUPS).alias("ethnicity_group")


def gender() -> pl.Expr:
    """The child's gender in words."""
    return pl.col("gender").replace_strict(GENDERS, default=NOT_KNOWN, return_dtype=pl.String)


def team() -> pl.Expr:
    """The team that has the case, as the list names it."""
    return pl.col("team").fill_null(NOT_KNOWN)


def placement_group() -> pl.Expr:
    """The group of the placement in which a child in care lives."""
    return _grouped("placement_type", PLACEMENT_GROUPS)


def breakdowns(table: str, context: Context) -> list[pl.Expr]:
    """The columns of BREAKDOWNS that this list or view can give."""
    has = {column.name for column in ASKED[table].columns}
    if context.localities is None:
        has -= {"locality"}
    given: dict[str, pl.Expr] = {
        "disability": pl.col("disability").replace_strict(DISABILITIES, default=NOT_KNOWN, return_dtype=pl.String),
        "team": team(),
        "locality": pl.col("locality").fill_null(NOT_KNOWN),
        "placement_type": placement_group(),
        "legal_status": _grouped("legal_status", LEGAL_GROUPS),
        "organisation": pl.col("organisation").fill_null(NOT_KNOWN),
    }
    return [
        gender(), age_band(context), ethnicity_group(), *(each for name, each in given.items() if name in has)
    ]  # fmt: skip
