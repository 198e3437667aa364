"""The user's own localities: a CSV with the columns area and locality, a district or ward a row."""

from pathlib import Path

import polars as pl

from goldthread.kernel.localities import SCHEMA
from goldthread.kernel.refusal import Refused
from goldthread.readers import csv_guard

HEADINGS = {
    "area": ("area", "code", "area code", "ward", "district", "osward", "oslaua", "gss code"),
    "locality": ("locality", "name", "area name", "locality name"),
}
LONGEST = 80
"""How many letters the name of a locality may have."""
MOST = 60
"""How many localities there may be: more could not be told apart on a page, and would be of few children each."""
_AREA = r"^[EWSN][0-9]{8}$"
_SHOWN = 3


def read_localities(path: Path) -> pl.DataFrame:
    """The localities in a file (kernel.localities.SCHEMA). Raises Refused, naming what is wrong, and OSError."""
    rows = csv_guard.select(csv_guard.table(path.read_bytes()), HEADINGS, "a list of localities")
    rows = rows.with_columns(pl.col("area").str.to_uppercase()).unique(maintain_order=True)
    if rows.is_empty():
        raise Refused("This file holds headings and no localities.", csv_guard.FETCH, code="no_localities")
    _refuse(rows.filter(~pl.col("area").str.contains(_AREA)), "What is no code of a district or ward",
            "Write the nine signs of the code, such as E05001234.")  # fmt: skip
    _refuse(
        rows.filter(pl.col("locality") == ""), "An area without a locality", "Give it a name, or leave the row out."
    )
    _refuse(rows.filter(pl.col("locality").str.len_chars() > LONGEST), "An area whose locality has too long a name",
            f"Keep names to {LONGEST} letters.")  # fmt: skip
    _refuse(rows.filter(pl.col("area").is_duplicated()), "An area in two localities", "Keep one of its rows.")
    if rows["locality"].n_unique() > MOST:
        raise Refused(
            f"This file names more than {MOST} localities.", "Put districts or wards together.", code="no_localities"
        )
    return rows.select(list(SCHEMA))


def _refuse(wrong: pl.DataFrame, what: str, mend: str) -> None:
    named = wrong["area"].unique(maintain_order=True).to_list()
    if named:
        shown = ", ".join(f"“{area[:20]}”" for area in named[:_SHOWN])
        more = f" (and {len(named) - _SHOWN} more)" if len(named) > _SHOWN else ""
        raise Refused(f"{what}: {shown}{more}.", mend, code="no_localities")
