"""Returns of several years as one: a return holds the episodes of its year, and a child's history spans many."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import polars as pl

from goldthread.kernel.forms import FORMS
from goldthread.kernel.reading import Reading

OF_THE_YEAR_ONLY = frozenset({"cla_oc2", "cla_oc3", "cin_header"})
"""Tables that tell of one year and say nothing of when in it: those of earlier years would be taken for this one's."""


NUMBERED_BY_FILE: dict[str, tuple[str, str]] = {
    "cin_details_id": ("cin_details", "cin_referral_date"),
    "cpp_id": ("cin_protection_plans", "cpp_start_date"),
}
"""Numbers that each file of the census gives anew, and the table and the day of the child that tell the same."""


def with_earlier_years(reading: Reading, earlier: Sequence[Reading]) -> Reading:
    """The reading with the rows of earlier years' returns, where a later one does not tell of the same thing.

    What tells two rows apart is the key of their table: an episode of one child and one day that both years have is
    as the later year tells it, its end among it. Rows of earlier years are numbered on from those of later ones.
    Raises ValueError where a return is of another form, or not of a year of its own before the one that is measured.
    """
    if not earlier:
        return reading
    form = FORMS[reading.form]
    newest_first = [reading, *sorted(earlier, key=lambda each: each.year or 0, reverse=True)]
    if any(each.form != reading.form for each in earlier) or not form.yearly:
        raise ValueError("returns of several years must be of one form, and of one that is made every year")
    years = [each.year or 0 for each in newest_first]
    if not all(years) or any(one <= other for one, other in pairwise(years)):
        raise ValueError("each return must be of a year of its own, before the one that is measured")
    renumbered = [_numbered_by_day(each) for each in newest_first]
    tables, found = dict(reading.tables), set(reading.found)
    for table in form.tables:
        frames = [
            held[table.name] for each, held in zip(newest_first, renumbered, strict=True) if table.name in each.found
        ]
        if frames and table.name not in OF_THE_YEAR_ONLY:
            found.add(table.name)
            tables[table.name] = _later_wins(frames, table.key)
    names = tuple(table.name for table in form.tables)
    return replace(
        reading,
        tables=tables,
        found=tuple(name for name in names if name in found),
        missing=tuple(name for name in names if name not in found),
    )


def _numbered_by_day(reading: Reading) -> dict[str, pl.DataFrame]:
    """The tables with numbers that hold beyond the file: the census's episodes and plans by the day that they began."""
    tables = dict(reading.tables)
    if reading.form != "cin":
        return tables
    for number, (source, day) in NUMBERED_BY_FILE.items():
        known = reading.tables[source].select("la_child_id", number, pl.col(day).cast(pl.String).alias("by_day"))
        by_day = known.drop_nulls().unique(["la_child_id", number], keep="first", maintain_order=True)
        for name, frame in tables.items():
            if number in frame.columns and "la_child_id" in frame.columns:
                met = frame.join(by_day, on=["la_child_id", number], how="left", maintain_order="left")
                own = pl.format("{}/{}", pl.lit(str(reading.year)), pl.col(number))
                tables[name] = met.with_columns(pl.coalesce("by_day", own).alias(number)).drop("by_day")
    return tables


def _later_wins(frames: Sequence[pl.DataFrame], key: tuple[str, ...]) -> pl.DataFrame:
    """Rows of all frames, newest first; a row without a whole key cannot be matched, and stays."""
    numbered, last = [], 0
    for frame in frames:
        numbered.append(frame.with_columns(pl.col("row") + last) if last else frame)
        highest = numbered[-1]["row"].max()
        last = highest if isinstance(highest, int) else last
    whole = pl.concat(numbered)
    known = pl.all_horizontal(pl.col(name).is_not_null() for name in key)
    matched = whole.filter(known).unique(key, keep="first", maintain_order=True)
    return pl.concat([matched, whole.filter(~known)])
