"""Rules on what is due for a child in care (list 8): reviews, visits, health and teeth, and the count of placements."""

import polars as pl

from goldthread.kernel.context import Context, after
from goldthread.kernel.rule import Rule, Severity
from goldthread.kernel.rules.annex_a.care import REGULATIONS

LONG_TERM = ("U1", "U4")
"""Placement types that are meant to last."""

YOUNG = 5
"""The age below which health is assessed twice a year."""


def _in_care(context: Context) -> pl.Expr:
    return pl.col("ceased_on").is_null() & (pl.col("started_on") <= context.day)


def _too_few_moves(context: Context) -> pl.Expr:
    """None at all; or several, though the latest began with a period of care that is the first of these 12 months."""
    first = (pl.col("placement_on") == pl.col("started_on")) & (pl.col("started_on") >= context.before(12))
    again = (pl.col("second_period") == "Y").fill_null(False)
    counted = pl.col("placements_in_year")
    return (counted < 1) | (pl.col("ceased_on").is_null() & first & again.not_() & (counted > 1)).fill_null(False)


def _review_overdue(context: Context) -> pl.Expr:
    """A latest review within the limit of the first is taken for the first, and the next is due sooner."""
    limit = context.setting("first_care_review_days")
    none_yet = pl.col("latest_review_on").is_null() & (context.working_days(pl.col("started_on"), context.day) > limit)
    first = context.working_days(pl.col("started_on"), pl.col("latest_review_on")) <= limit
    due = (
        pl.when(first)
        .then(after("latest_review_on", context.setting("second_care_review_months")))
        .otherwise(after("latest_review_on", context.setting("care_review_months")))
    )
    return _in_care(context) & (none_yet | (due < context.day).fill_null(False))


def _visit_overdue(context: Context) -> pl.Expr:
    settled = pl.col("placement_type").is_in(LONG_TERM) & (pl.col("placement_on") <= context.before(12))
    since = (
        pl.when(settled.fill_null(False))
        .then(context.before(context.setting("settled_care_visit_months")))
        .otherwise(context.day - pl.duration(days=context.setting("care_visit_days")))
    )
    # Without a visit, the time runs from entry to care.
    return _in_care(context) & (pl.coalesce("last_visit_on", "started_on") < since)


def _health_overdue(context: Context) -> pl.Expr:
    since = (
        pl.when(context.age() < YOUNG)
        .then(context.before(context.setting("young_health_months")))
        .otherwise(context.before(context.setting("health_months")))
    )
    return _in_care(context) & (pl.coalesce("health_on", "started_on") < since)


def _teeth_overdue(context: Context) -> pl.Expr:
    since = context.before(context.setting("dental_months"))
    return _in_care(context) & (pl.coalesce("dental_on", "started_on") < since)


RULES: tuple[Rule, ...] = (
    Rule(
        code="L810",
        says="The number of placements is below 1; or above 1, though the child is still in the first of this care.",
        mend="Count the placements of the last 12 months again, the present one too.",
        table="children_in_care",
        fields=("placements_in_year", "placement_on", "started_on"),
        fails=_too_few_moves,
    ),
    Rule(
        code="L813",
        says="The child's review is overdue: the first, the second, or the next after the latest.",
        mend="Record the review if one was held; if none was, it is overdue.",
        table="children_in_care",
        fields=("latest_review_on", "started_on"),
        severity=Severity.NOTE,
        settings=("first_care_review_days", "second_care_review_months", "care_review_months"),
        source=REGULATIONS,
        fails=_review_overdue,
    ),
    Rule(
        code="L814",
        says="The last visit to the child is longer ago than the limit, which is longer in a settled placement.",
        mend="Record the visit if one was made; if none was, it is overdue.",
        table="children_in_care",
        fields=("last_visit_on", "placement_type", "placement_on"),
        severity=Severity.NOTE,
        settings=("care_visit_days", "settled_care_visit_months"),
        source=REGULATIONS,
        fails=_visit_overdue,
    ),
    Rule(
        code="L815",
        says="The child's health was last assessed longer ago than the limit, which is shorter under five.",
        mend="Record the assessment if one was made; if none was, it is overdue.",
        table="children_in_care",
        fields=("health_on", "born_on", "age"),
        severity=Severity.NOTE,
        settings=("health_months", "young_health_months"),
        source=REGULATIONS,
        fails=_health_overdue,
    ),
    Rule(
        code="L816",
        says="The child's teeth were last checked longer ago than the limit.",
        mend="Record the check if one was made; if none was, it is overdue.",
        table="children_in_care",
        fields=("dental_on", "started_on"),
        severity=Severity.NOTE,
        settings=("dental_months",),
        source="DfE, children looked after return (check against current guidance)",
        fails=_teeth_overdue,
    ),
)
