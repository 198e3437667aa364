"""Child in need plans: their dates, one beside another, and beside a child protection plan."""

import polars as pl

from goldthread.kernel.context import Context
from goldthread.kernel.rule import Rule
from goldthread.kernel.rules.cin.declared import Words, at, of_pair, rule
from goldthread.kernel.rules.cin.shared import (
    BOTH_PLANS,
    CHILD,
    CIN_PLAN_AND_REVIEW,
    CIN_PLANS,
    PROTECTION,
    beside_episode,
    blank,
    is_missing_or_after_year,
    is_outside_year,
    overlapping,
    several,
    with_known,
)


def _within(day: str, start: str, end: str, goes_on: pl.Expr) -> pl.Expr:
    """From the start on, and before the end where there is one: one plan may begin on the day that another ends."""
    return (pl.col(day) >= pl.col(start)) & (goes_on | (pl.col(day) < pl.col(end)))


def _cin_plan_goes_on(context: Context) -> pl.Expr:
    return blank(context, CIN_PLANS, "cin_plan_end_date", "row_left")


def _protection_goes_on(context: Context) -> pl.Expr:
    return blank(context, PROTECTION, "cpp_end_date", "row_right")


def _overlapping(context: Context) -> pl.LazyFrame:
    return overlapping(
        with_known(context, CIN_PLANS, "cin_plan_end_date"), CHILD, "cin_plan_start_date", pl.col("cin_plan_end_date")
    )


def _review_within_plan(context: Context) -> pl.Expr:
    """Between the start and the end of a child in need plan, neither day among them.

    A child protection plan ends at its last review, and the child in need plan that follows often starts that day: a
    review on its first day was not held while it was open.
    """
    day, end = pl.col("cpp_review_date"), pl.col("cin_plan_end_date")
    return (day > pl.col("cin_plan_start_date")) & (_cin_plan_goes_on(context) | (day < end))


_TOGETHER: Words = {
    "says": "A child in need plan and a child protection plan of the child are open at the same time.",
    "mend": "End the child in need plan on the day on which the child protection plan starts, or mend the dates.",
}

RULES: tuple[Rule, ...] = (
    rule(
        "4010", CIN_PLANS, "cin_plan_start_date",
        says="The start of the child in need plan is missing, or lies after the end of the census year.",
        mend="Give the day on which the plan started; leave next year's plans out.",
        fails=is_missing_or_after_year(CIN_PLANS, "cin_plan_start_date"),
    ),
    rule(
        "4011", CIN_PLANS, "cin_plan_end_date", "cin_plan_start_date",
        says="The child in need plan ends before it starts.",
        mend="Check both dates against the record.",
        fails=lambda _: pl.col("cin_plan_end_date") < pl.col("cin_plan_start_date"),
    ),
    rule(
        "4012Q", CIN_PLANS, "cin_plan_start_date", "cin_plan_end_date",
        says="The child in need plan starts and ends on the same day.",
        mend="Check both dates, or say why the plan lasted a day.",
        fails=lambda _: pl.col("cin_plan_end_date") == pl.col("cin_plan_start_date"),
    ),
    rule(
        "4013", CIN_PLANS, "cin_plan_end_date",
        says="The child in need plan ends outside the census year.",
        mend="Leave out plans of earlier years; leave the end blank where it lies after the year.",
        fails=is_outside_year("cin_plan_end_date"),
    ),
    *of_pair(
        "4015", beside_episode(CIN_PLANS), ("cin_referral_date",), ("cin_plan_start_date",),
        says="The child in need plan starts before the child was referred.",
        mend="Check both dates; a plan of an earlier referral belongs to that episode.",
        breaks=lambda _: pl.col("cin_plan_start_date") < pl.col("cin_referral_date"),
    ),
    rule(
        "4004", CIN_PLANS, "cin_plan_end_date",
        says="The child has more than one child in need plan that has not ended.",
        mend="Give the day on which the earlier plan ended.",
        fails=several(CHILD, lambda context: blank(context, CIN_PLANS, "cin_plan_end_date")),
    ),
    rule(
        "4014", CIN_PLANS, "cin_plan_start_date", "cin_plan_end_date",
        says="Child in need plans of the child overlap.",
        mend="Mend the dates, so that one plan ends before the next starts.",
        finds=at(CIN_PLANS, _overlapping),
    ),
    *of_pair(
        "4001", BOTH_PLANS, ("cin_plan_end_date",), ("cpp_end_date",),
        breaks=lambda context: _cin_plan_goes_on(context) & _protection_goes_on(context),
        **_TOGETHER,
    ),
    *of_pair(
        "4016", BOTH_PLANS, ("cin_plan_start_date",), ("cpp_start_date", "cpp_end_date"),
        breaks=lambda context: _within(
            "cin_plan_start_date", "cpp_start_date", "cpp_end_date", _protection_goes_on(context)
        ),
        **_TOGETHER,
    ),
    *of_pair(
        "4017", BOTH_PLANS, ("cin_plan_start_date", "cin_plan_end_date"), ("cpp_start_date",),
        breaks=lambda context: _within(
            "cpp_start_date", "cin_plan_start_date", "cin_plan_end_date", _cin_plan_goes_on(context)
        ),
        **_TOGETHER,
    ),
    *of_pair(
        "4003", CIN_PLAN_AND_REVIEW, ("cin_plan_start_date", "cin_plan_end_date"), ("cpp_review_date",),
        says="A child protection plan was reviewed while a child in need plan of the child was open.",
        mend="Check the date of the review and those of the plan.",
        breaks=_review_within_plan,
    ),
)  # fmt: skip
