"""The nation from its parts: what the returns of many authorities say together.

A part is small: the counts of one submission, by rule, by measure and by group, without a child in it. Frames made of
parts hold true counts and stay inside; what may leave is made of them by `kernel.national_release`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import polars as pl

from goldthread.kernel.amount import AmountResult
from goldthread.kernel.measure import Defined, MeasureResult

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
    "unit": pl.String, "better": pl.String, "numerator": pl.Int64, "denominator": pl.Int64, "not_known": pl.Int64,
    "value": pl.Float64,
}  # fmt: skip
"""One row for each measure (a share, in percent) and amount (in its own unit) of a submission.

`better` is which way is better (`Better`). An amount has no numerator; its denominator is the number of rows that it
rests on.
"""

GROUPS: dict[str, type[pl.DataType]] = {
    "kind": pl.String, "code": pl.String, "by": pl.String, "group": pl.String, "numerator": pl.Int64,
    "denominator": pl.Int64, "not_known": pl.Int64, "value": pl.Float64,
}  # fmt: skip
"""One row for each group of children of each breakdown (`BY`) of a measure or amount, counted as in MEASURES."""

BY: tuple[str, ...] = ("gender", "age_band", "ethnicity_group", "disability", "placement_type", "legal_status")
"""The breakdowns that mean the same everywhere: a team, a locality or an organisation is one authority's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one submission says: rows of SUBMISSIONS, VALIDATION and MEASURES, and the frame of its groups (GROUPS)."""

    submission: Mapping[str, Any]
    validation: tuple[Mapping[str, Any], ...] = ()
    measures: tuple[Mapping[str, Any], ...] = ()
    groups: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=GROUPS))


class Frames(NamedTuple):
    """All parts together, with true counts: for those who may see each authority's own."""

    submissions: pl.DataFrame
    validation: pl.DataFrame
    measures: pl.DataFrame
    breakdowns: pl.DataFrame


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
        whose | _row("measure", one, (one.numerator, one.denominator, one.not_known, one.value)) for one in measures
    )
    others = (whose | _row("amount", one, (None, one.counted, one.not_known, one.value)) for one in amounts)
    return (*shares, *others)


def _row(kind: str, one: Defined, told: tuple[int | float | None, ...]) -> dict[str, Any]:
    unit = "%" if kind == "measure" else one.unit
    words = (kind, one.code, one.title, unit, one.better.value)
    return dict(zip(list(MEASURES)[2:], (*words, *told), strict=True))


def groups_of(measures: Iterable[MeasureResult], amounts: Iterable[AmountResult]) -> pl.DataFrame:
    """The frame GROUPS that the results of a submission make."""
    shares = [
        ("measure", one.code, each.by, each.group, each.share.numerator, each.share.denominator,
         each.share.not_known, each.share.value)
        for one in measures for each in one.breakdowns if each.by in BY
    ]  # fmt: skip
    others = [
        ("amount", one.code, each.by, each.group, None, each.counted, each.not_known, each.value)
        for one in amounts for each in one.parts if each.by in BY
    ]  # fmt: skip
    return pl.DataFrame([*shares, *others], schema=GROUPS, orient="row")


def together(parts: Iterable[Part]) -> Frames:
    """All parts as frames, in the order of authority, form and code, whatever the order of the parts."""
    held = tuple(parts)

    def frame(rows: Iterator[Mapping[str, Any]], schema: dict[str, type[pl.DataType]], *by: str) -> pl.DataFrame:
        return pl.DataFrame(list(rows), schema=schema, orient="row").sort("authority", "form", *by)

    return Frames(
        frame((part.submission for part in held), SUBMISSIONS),
        frame((row for part in held for row in part.validation), VALIDATION, "rule", "severity"),
        frame((row for part in held for row in part.measures), MEASURES, "kind", "code"),
        _groups(held),
    )


def _groups(parts: tuple[Part, ...]) -> pl.DataFrame:
    """The groups of all parts, each with whose they are; frame by frame, for there are hundreds of thousands."""
    whose: dict[str, type[pl.DataType]] = {"authority": pl.String, "form": pl.String}
    frames = [
        part.groups.select(*(pl.lit(part.submission[name], dtype=pl.String).alias(name) for name in whose), pl.all())
        for part in parts
    ]
    return pl.concat([pl.DataFrame(schema=whose | GROUPS), *frames]).sort(
        "authority", "form", "kind", "code", "by", "group"
    )
