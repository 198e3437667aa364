"""Which collection year a return is of: it says so itself, or its dates do. A year is named by the March it ends in."""

from datetime import date

from goldthread.kernel.forms import TABLES_OF_ALL_FORMS
from goldthread.kernel.reading import Reading

_SURE: tuple[tuple[str, str], ...] = (
    ("cla_episodes", "dec"),
    ("cla_missing", "mis_start"),
    ("cla_sw_episodes", "sw_dec"),
    ("cla_reviews", "review"),
    ("cla_episodes", "decom"),
    ("cin_details", "cin_closure_date"),
    ("cin_assessments", "assessment_authorisation_date"),
    ("cin_section_47", "s47_actual_start_date"),
    ("cin_details", "cin_referral_date"),
)
"""Dates that a return has of its own year, the surest first: an episode that ended before the year is not in it."""

APRIL = 4


def collection_year(day: date) -> int:
    """The collection year of a day: 2026 from April 2025 to March 2026."""
    return day.year + (day.month >= APRIL)


def year_by_dates(reading: Reading) -> int | None:
    """The collection year in which most of the surest dates fall, the later of two; None where there are no dates."""
    table, column = _surest(reading)
    if not table:
        return None
    days = reading.tables[table].get_column(column).drop_nulls()
    counts = days.dt.year() + (days.dt.month() >= APRIL)
    return int(counts.mode().max())  # type: ignore[arg-type]


def _surest(reading: Reading) -> tuple[str, str]:
    """The table and column of the surest dates that the return holds; empty where it holds none."""
    for table, column in _SURE:
        if table in reading.found and reading.tables[table].get_column(column).count():
            return table, column
    return "", ""


def year_from(reading: Reading) -> str:
    """What the year of a return was read from, in words: its own header, or most of the dates of a column."""
    table, column = _surest(reading)
    said = year_it_says(reading)
    if said is not None and said == reading.year:
        return "the year in its header"
    if not table or reading.year != year_by_dates(reading):
        return "what was asked"
    known = TABLES_OF_ALL_FORMS[table]
    return f"most dates of {known.column(column).says} in {known.title}"


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
