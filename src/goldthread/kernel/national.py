"""The nation from its parts: what the returns of many authorities say together, and what of it may be released.

A part is small: the counts of one submission, by rule and by measure, without a child in it. Frames made of parts hold
true counts and stay inside; what `released` makes of them has gone through `domain.disclosure`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import polars as pl

from goldthread.domain.disclosure import (
    CONFIDENTIAL,
    DFE_LA,
    WITHHELD,
    CrossTable,
    Dimension,
    SafeTable,
    average_shown,
    rate_shown,
    suppress,
)
from goldthread.domain.disclosure.profiles import NOT_APPLICABLE, NOT_AVAILABLE
from goldthread.kernel.amount import AmountResult
from goldthread.kernel.measure import MeasureResult

ENGLAND = "England"
"""What stands for all authorities together that handed in."""

_YES, _NO = "yes", "no"

SUBMISSIONS: dict[str, type[pl.DataType]] = {
    "authority": pl.String, "form": pl.String, "year": pl.Int64, "used": pl.Boolean, "rows": pl.Int64,
    "rules_run": pl.Int64, "rules_not_run": pl.Int64, "says": pl.String,
}  # fmt: skip
"""One row for each submission. `used` is false where it could not be read; `says` is then why, or else a remark."""

VALIDATION: dict[str, type[pl.DataType]] = {
    "authority": pl.String, "form": pl.String, "rule": pl.String, "severity": pl.String, "issues": pl.Int64,
    "children": pl.Int64,
}  # fmt: skip
"""One row for each rule that a submission breaks, with the number of rows that break it and of children named."""

MEASURES: dict[str, type[pl.DataType]] = {
    "authority": pl.String, "form": pl.String, "kind": pl.String, "code": pl.String, "title": pl.String,
    "unit": pl.String, "numerator": pl.Int64, "denominator": pl.Int64, "not_known": pl.Int64, "value": pl.Float64,
}  # fmt: skip
"""One row for each measure (a share, in percent) and amount (in its own unit) of a submission.

An amount has no numerator; its denominator is the number of rows that it rests on.
"""

RELEASED: dict[str, type[pl.DataType]] = {
    "code": pl.String, "title": pl.String, "unit": pl.String, "form": pl.String, "authority": pl.String,
    "numerator": pl.String, "denominator": pl.String, "value": pl.String,
}  # fmt: skip
"""The same as it may leave: figures, or the symbols of `domain.disclosure.SYMBOLS` in their place."""

BENCHMARKS: dict[str, type[pl.DataType]] = {
    "code": pl.String, "title": pl.String, "unit": pl.String, "form": pl.String, "england": pl.String,
    "authorities": pl.Int64, "lower_quartile": pl.Float64, "median": pl.Float64, "upper_quartile": pl.Float64,
}  # fmt: skip
"""What an authority compares itself with. The quartiles are those of the values shown, and of no hidden one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one submission says: rows of SUBMISSIONS, VALIDATION and MEASURES."""

    submission: Mapping[str, Any]
    validation: tuple[Mapping[str, Any], ...] = ()
    measures: tuple[Mapping[str, Any], ...] = ()


class Frames(NamedTuple):
    """All parts together, with true counts: for those who may see each authority's own."""

    submissions: pl.DataFrame
    validation: pl.DataFrame
    measures: pl.DataFrame


class Release(NamedTuple):
    """What may leave: every measure by authority, with England's, and what to compare with."""

    measures: pl.DataFrame
    benchmarks: pl.DataFrame


def validation_of(told: pl.DataFrame, authority: str, form: str) -> tuple[dict[str, Any], ...]:
    """The rows of VALIDATION that the issues of a submission make (`statutory_report.REPORT_SCHEMA`)."""
    counted = told.group_by("rule", "severity").agg(
        pl.len().cast(pl.Int64).alias("issues"),
        pl.col("child").drop_nulls().n_unique().cast(pl.Int64).alias("children"),
    )
    return tuple({"authority": authority, "form": form, **row} for row in counted.sort("rule").iter_rows(named=True))


def measures_of(
    measures: Iterable[MeasureResult], amounts: Iterable[AmountResult], authority: str, form: str
) -> tuple[dict[str, Any], ...]:
    """The rows of MEASURES that the results of a submission make."""
    whose: dict[str, Any] = {"authority": authority, "form": form}
    shares = (
        whose | _row("measure", one.code, one.title, "%", (one.numerator, one.denominator, one.not_known, one.value))
        for one in measures
    )
    others = (
        whose | _row("amount", one.code, one.title, one.unit, (None, one.counted, one.not_known, one.value))
        for one in amounts
    )
    return (*shares, *others)


def _row(kind: str, code: str, title: str, unit: str, told: tuple[int | float | None, ...]) -> dict[str, Any]:
    return dict(zip(list(MEASURES)[2:], (kind, code, title, unit, *told), strict=True))


def together(parts: Iterable[Part]) -> Frames:
    """All parts as frames, in the order of authority, form and code, whatever the order of the parts."""
    held = tuple(parts)

    def frame(rows: Iterator[Mapping[str, Any]], schema: dict[str, type[pl.DataType]], *by: str) -> pl.DataFrame:
        return pl.DataFrame(list(rows), schema=schema, orient="row").sort("authority", "form", *by)

    return Frames(
        frame((part.submission for part in held), SUBMISSIONS),
        frame((row for part in held for row in part.validation), VALIDATION, "rule", "severity"),
        frame((row for part in held for row in part.measures), MEASURES, "kind", "code"),
    )


def released(measures: pl.DataFrame) -> Release:
    """What may be released of the frame MEASURES, under the Department's own profile (`DFE_LA`).

    The shares of one measure are one table of authorities by answer, with its totals, so that no hidden count comes
    out by subtraction from another authority's or from England's. An amount has no England figure: it is no sum.
    """
    rows: list[tuple[str, ...]] = []
    compared: list[dict[str, Any]] = []
    for _, of_one in measures.group_by("form", "kind", "code", maintain_order=True):
        what = of_one.row(0, named=True)
        told = list(_shares(of_one) if what["kind"] == "measure" else _amounts(of_one))
        head = {name: what[name] for name in ("code", "title", "unit", "form")}
        rows += [(*head.values(), *line) for line in told]
        compared.append(head | _compared(told))
    return Release(pl.DataFrame(rows, schema=RELEASED, orient="row"), pl.DataFrame(compared, schema=BENCHMARKS))


_Line = tuple[str, str, str, str]
"""The authority, the numerator, the denominator and the value, as they may be shown."""


def _shares(measures: pl.DataFrame) -> Iterator[_Line]:
    counts: dict[tuple[str | None, ...], int] = {}
    for authority, numerator, denominator in measures.select("authority", "numerator", "denominator").iter_rows():
        counts[authority, _YES], counts[authority, _NO] = numerator, denominator - numerator
    authorities = tuple(measures["authority"])
    table = CrossTable((Dimension("authority", authorities), Dimension("answer", (_YES, _NO))), counts)
    safe = suppress(table, DFE_LA)
    yield (ENGLAND, *_line(safe, None, table))
    for authority in authorities:
        yield (authority, *_line(safe, authority, table))


def _line(safe: SafeTable, authority: str | None, table: CrossTable) -> tuple[str, str, str]:
    # Where no choice of hidden figures is enough, nothing of the table is shown.
    yes, whole = (safe.cells.get((authority, answer), CONFIDENTIAL) for answer in (_YES, None))
    hidden = CONFIDENTIAL in (yes, whole)
    values = table.values()
    numerator, denominator = values[authority, _YES], values[authority, None]
    if denominator == 0 and not hidden:
        value = NOT_APPLICABLE
    else:
        value = WITHHELD if hidden else rate_shown(numerator, denominator)
    return str(yes), str(whole), CONFIDENTIAL if value == WITHHELD else value.removesuffix("%")


def _amounts(measures: pl.DataFrame) -> Iterator[_Line]:
    yield (ENGLAND, NOT_APPLICABLE, NOT_AVAILABLE, NOT_AVAILABLE)
    for authority, counted, value in measures.select("authority", "denominator", "value").iter_rows():
        few = 0 < counted < DFE_LA.smallest_base
        if value is None:
            shown = CONFIDENTIAL if few else NOT_AVAILABLE
        else:
            shown = average_shown(value, counted)
        yield authority, NOT_APPLICABLE, CONFIDENTIAL if few else str(counted), shown


def _compared(lines: list[_Line]) -> dict[str, Any]:
    (_, _, _, england), *others = lines
    shown = pl.Series([_number(value) for _, _, _, value in others], dtype=pl.Float64).drop_nulls()
    quartiles = {
        name: shown.quantile(at, "linear") if shown.len() else None
        for name, at in (("lower_quartile", 0.25), ("median", 0.5), ("upper_quartile", 0.75))
    }
    return {"england": england, "authorities": shown.len(), **quartiles}


def _number(shown: str) -> float | None:
    try:
        return float(shown)
    except ValueError:
        return None
