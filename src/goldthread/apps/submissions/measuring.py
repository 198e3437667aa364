"""What the measures say of a submission, as rows to be stored: of the lists, and of the record."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import asdict, astuple, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from goldthread.apps.submissions.actions.reading import Measured
from goldthread.apps.submissions.pseudonymise import Person, named

if TYPE_CHECKING:
    import polars as pl

    from goldthread.kernel.checked import Results
    from goldthread.kernel.measure import MeasureResult, Share
    from goldthread.kernel.reading import Reading
    from goldthread.kernel.record_run import RecordResults
    from goldthread.kernel.statutory import Beside

logger = logging.getLogger("goldthread.submissions")

GROUP_LENGTH = 80
"""How much of a group's name is kept."""

ROWS = "measure_rows"
"""The frame, beside the issues, of the rows behind each measure and amount: code, table, row, before, child, state.

Of a median or an average `number` is what the row gives, and null otherwise. `before` says that the row is of the
return of the year before, of which no table is kept.
"""

MILES_TO = 1
"""To how many decimals a distance is kept: no finer than a street, so that it does not stand in for an address."""


@dataclass(frozen=True, slots=True)
class Handed:
    """What was read: the reading itself, and that of the year before where there is one."""

    reading: Reading
    before: Reading | None = None

    @property
    def found(self) -> dict[str, pl.DataFrame]:
        """The tables that were handed in, in clear."""
        return {name: self.reading.tables[name] for name in self.reading.found}

    @property
    def found_before(self) -> dict[str, pl.DataFrame]:
        """The tables of the year before."""
        return {} if self.before is None else {name: self.before.tables[name] for name in self.before.found}


def ask_the_record(handed: Handed, as_at: date, issues: pl.DataFrame) -> RecordResults:
    """What the measures of the record say; of Annex A those that no list answers. Asked in clear: for distance.

    `issues` are those of what was handed in: a measure is warned of the rules that its columns break.
    """
    from goldthread.kernel.amount import PER
    from goldthread.kernel.measures import MEASURES
    from goldthread.kernel.record_measures import RECORD_MEASURES
    from goldthread.kernel.record_run import Asked, measure_reading

    of_lists = {measure.code for measure in MEASURES} if handed.reading.form == "annex_a" else set()
    asked = Asked(
        postcodes=_looked_up("postcodes", "no distance is worked out"),
        localities=_looked_up("localities", "homes are told apart by district"),
        # A rate of so many children is the number of events: it is held so, and made a rate of the area when shown.
        population=PER,
        measures=[measure for measure in RECORD_MEASURES if measure.code not in of_lists],
    )
    earlier = [] if handed.before is None else [handed.before]
    return measure_reading(handed.reading, as_at=as_at, earlier=earlier, asked=asked, issues=issues)


def beside_of(handed: Handed) -> Beside | None:
    """What the Department's rules of a return look things up in; None for a form that it has no rules for."""
    from goldthread.kernel.rules import statutory_rules_of
    from goldthread.kernel.statutory import Beside

    if not statutory_rules_of(handed.reading.form):
        return None
    return Beside(
        last=handed.before,
        providers=_looked_up("providers", "rules that need it are not run"),
        postcodes=_looked_up("postcodes", "rules that need it are not run"),
    )


def years_apart(handed: Handed, limits: Mapping[str, int]) -> str:
    """What to say where the return of the year before holds other children; else empty."""
    if handed.before is None:
        return ""
    from goldthread.kernel import in_common

    return in_common.years_apart(handed.reading, handed.before, limits)


def _looked_up(what: str, otherwise: str) -> pl.LazyFrame | None:
    """What measures and rules look things up in, by its name in engines.reference; None where it was not loaded or is
    damaged."""
    from goldthread.engines import reference

    read = {
        "postcodes": reference.directory, "localities": reference.localities, "providers": reference.providers,
    }[what]  # fmt: skip
    try:
        return read(Path(settings.DATA))
    except reference.Damaged:
        logger.warning("what was loaded as %s is damaged; until it is loaded again %s", what, otherwise)
        return None


def with_distances(tables: Mapping[str, pl.DataFrame], results: RecordResults) -> dict[str, pl.DataFrame]:
    """The tables under pseudonyms, each row of a child in care with how far it lives from home, and no postcode."""
    import polars as pl

    made = dict(tables)
    known = results.distances.with_columns(pl.col("miles").round(MILES_TO)).unique(["source", "source_row"])
    for (source,), facts in known.partition_by("source", as_dict=True).items():
        if source in made:
            told = ("miles", "in_or_out", "where_known", "far", "counts")
            beside = facts.select(
                pl.col("source_row").alias("row"), *(pl.col(name).alias(f"home_{name}") for name in told)
            )
            made[str(source)] = made[str(source)].join(beside, on="row", how="left", maintain_order="left")
    return made


def rows_behind(handed: Handed, names: Mapping[Person, str], *results: Results | RecordResults) -> pl.DataFrame:
    """The rows behind every measure and amount (ROWS); those of the year before are numbered on from the return's."""
    import polars as pl

    schema = {"code": pl.String, "table": pl.String, "row": pl.Int64, "state": pl.String, "number": pl.Float64}
    none = pl.lit(None, dtype=pl.Float64)
    parts = [
        rows.select(pl.lit(code).alias("code"), pl.col("source").alias("table"), pl.col("source_row").alias("row"),
                    "state", ("number" if "number" in rows.columns else none.alias("number")))
        for one in results
        for code, rows in one.rows.items()
    ]  # fmt: skip
    if not parts:
        return pl.DataFrame(schema={**schema, "before": pl.Boolean, "child": pl.String})
    return (
        pl.concat(parts)
        .join(_owners(handed, names), on=["table", "row"], how="left", maintain_order="left")
        .select(
            "code",
            "table",
            pl.coalesce("of_row", "row").alias("row"),
            pl.col("before").fill_null(False),
            "child",
            "state",
            "number",
        )
    )


def _owners(handed: Handed, names: Mapping[Person, str]) -> pl.DataFrame:
    import polars as pl

    empty = {"table": pl.String, "row": pl.Int64, "child": pl.String, "before": pl.Boolean, "of_row": pl.Int64}
    parts = [pl.DataFrame(schema=empty)]
    for before, tables in ((False, handed.found), (True, handed.found_before)):
        for name, frame in tables.items():
            own = handed.found.get(name)
            last = own["row"].max() if before and own is not None else None
            shift = last if isinstance(last, int) else 0
            parts.append(
                named(name, frame, names).select(
                    pl.lit(name).alias("table"), pl.col("row") + shift, "child", pl.lit(before).alias("before"),
                    pl.col("row").alias("of_row"),
                )
            )  # fmt: skip
    return pl.concat(parts).unique(["table", "row"], keep="first")


def told(results: RecordResults) -> dict[str, Any]:
    """What stands beside the measures of the record: amounts, months, work with a limit, what could not be asked."""
    from goldthread.kernel.amounts import RECORD_AMOUNTS
    from goldthread.kernel.record_measures import RECORD_MEASURES

    titles = {each.code: each.title for each in RECORD_AMOUNTS}
    titles |= {measure.code: measure.title for measure in RECORD_MEASURES}
    return {
        "amounts": [{**asdict(each), "as_at": each.as_at.isoformat()} for each in results.amounts],
        "timeliness": [asdict(each) for each in results.timeliness],
        "not_measured": [{"code": code, "title": titles[code], "why": why} for code, why in results.not_measured],
        "months": {code: [list(astuple(month)) for month in held] for code, held in results.months.items()},
        "known_from": results.known_from.isoformat() if results.known_from else "",
    }


def of_lists(results: Results) -> list[Measured]:
    """The measures of the lists, and each of their groups."""
    return [one for result in results.measures for one in _measured(result, of_record=False)]


def of_record(results: RecordResults) -> list[Measured]:
    """The measures of the record, and each of their groups."""
    return [one for result in results.measures for one in _measured(result, of_record=True)]


def _measured(result: MeasureResult, *, of_record: bool) -> Iterator[Measured]:
    detail = {
        "title": result.title, "asks": result.asks, "definition": result.definition, "version": result.version,
        "source": result.source, "settled": result.settled, "unit": result.unit, "better": result.better.value,
        "display": result.display.value, "not_known": result.not_known, "not_due": result.not_due,
        "warnings": list(result.warnings), "warned_by": list(result.warned_by),
        "cautions": list(result.cautions), "breaks": list(result.breaks),
        "settings": dict(result.settings), **(_of_view(result.code) if of_record else _of_list(result.code)),
    }  # fmt: skip
    yield Measured(
        result.code, result.numerator, result.denominator, result.value, result.low, result.high, detail,
        of_record=of_record,
    )  # fmt: skip
    seen: set[tuple[str, str]] = set()
    for part in result.breakdowns:
        yield _group(result.code, part.by, _short(part.by, part.group, seen), part.share, of_record=of_record)


def _of_list(code: str) -> dict[str, Any]:
    from goldthread.kernel.measures import MEASURES
    from goldthread.kernel.tables import TABLES

    table = next((measure.table for measure in MEASURES if measure.code == code), "")
    number, title = (TABLES[table].number, TABLES[table].title) if table else (None, "")
    return {"table": table, "list": number, "list_title": title}


def _of_view(code: str) -> dict[str, Any]:
    """What the record is asked, and how many months it must reach back for an answer."""
    from goldthread.kernel.record_measures import RECORD_MEASURES
    from goldthread.kernel.views import VIEWS

    measure = next(one for one in RECORD_MEASURES if one.code == code)
    return {
        "table": measure.table, "list": None, "list_title": VIEWS[measure.table].table.title,
        "looks_back": measure.looks_back,
    }  # fmt: skip


def _short(by: str, group: str, seen: set[tuple[str, str]]) -> str:
    """A group's name as far as it fits: the names of teams are free text, and two long ones may begin alike."""
    name, number = group[:GROUP_LENGTH], 1
    while (by, name) in seen:
        number += 1
        name = f"{group[: GROUP_LENGTH - 6]} ({number})"
    seen.add((by, name))
    return name


def _group(code: str, by: str, group: str, share: Share, *, of_record: bool) -> Measured:
    detail = {"display": share.display.value, "not_known": share.not_known, "not_due": share.not_due}
    return Measured(
        code, share.numerator, share.denominator, share.value, share.low, share.high, detail, breakdown=by,
        group=group, of_record=of_record,
    )  # fmt: skip
