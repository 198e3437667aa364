"""Which collection year a return is of: it says so itself, or its dates do. A year is named by the March it ends in."""

from datetime import date

import polars as pl

from goldthread.kernel.reading import Reading

_EVENTS: dict[str, tuple[str, ...]] = {
    "cla_episodes": ("decom", "dec"),
    "cla_reviews": ("review",),
    "cla_missing": ("mis_start", "mis_end"),
    "cla_sw_episodes": ("sw_decom", "sw_dec"),
    "cin_details": ("cin_referral_date", "cin_closure_date"),
    "cin_assessments": ("assessment_actual_start_date", "assessment_authorisation_date"),
    "cin_section_47": ("s47_actual_start_date",),
    "cin_protection_plans": ("cpp_start_date", "cpp_end_date"),
}
_FEW = 200
_SHARE = 0.01
APRIL = 4


def collection_year(day: date) -> int:
    """The collection year of a day: 2026 from April 2025 to March 2026."""
    return day.year + (day.month >= APRIL)


def year_by_dates(reading: Reading) -> int | None:
    """The latest collection year with events in it; among many events, the latest that is no slip."""
    dates = [
        reading.tables[table].get_column(column).drop_nulls()
        for table, columns in _EVENTS.items()
        if table in reading.found
        for column in columns
    ]
    if not dates or not sum(len(column) for column in dates):
        return None
    years = pl.concat([column.alias("on").to_frame() for column in dates]).select(
        year=pl.col("on").dt.year() + (pl.col("on").dt.month() >= APRIL)
    )
    counts = years.group_by("year").len().sort("year", descending=True)
    least = _SHARE * years.height if years.height >= _FEW else 1
    found: int = counts.filter(pl.col("len") >= least).get_column("year")[0]
    return found


def year_it_says(reading: Reading) -> int | None:
    """The year in the census's own header; the SSDA903 return says none."""
    header = reading.tables.get("cin_header")
    if header is None or header.is_empty():
        return None
    said = header.get_column("year")[0]
    on = header.get_column("reference_date")[0]
    if said is not None and 2000 <= said <= 2100:
        return int(said)
    return None if on is None else collection_year(on)


def words(year: int) -> str:
    """A collection year as people write it: 2025-26."""
    return f"{year - 1}-{year % 100:02}"
