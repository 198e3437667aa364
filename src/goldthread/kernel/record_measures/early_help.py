"""Early help by effect: how many of the children it helped came back, and how far."""

import polars as pl

from goldthread.kernel.measure import Better, Measure, Test


def _ended(months: str) -> Test:
    """Ended in the last 12 months, or in the 12 months of which the whole time of following has passed."""
    return lambda context: (
        (pl.col("ended_on") > context.before(12 + context.setting(months))) & (pl.col("ended_on") <= context.day)
    )


def _followed_too_short(months: str) -> Test:
    return lambda context: pl.col("ended_on").dt.offset_by(f"{context.setting(months)}mo") > context.day


def _came(column: str, months: str) -> Test:
    return lambda context: pl.col(column) <= pl.col("ended_on").dt.offset_by(f"{context.setting(months)}mo")


def _effect(code: str, came: str, says: str, column: str, months: str) -> Measure:
    return Measure(
        code=code,
        title=f"Early help followed by {says} within {'six' if months == 'return_months' else 'twelve'} months",
        asks="Does early help last?",
        numerator=f"those {came} no more than {{{months}}} months after the help ended",
        denominator=(
            f"times that early help ended for a child, at least {{{months}}} months before the as-at date and no more "
            "than 12 months before that"
        ),
        better=Better.LOW,
        table="helped_early",
        fields=("ended_on", column, "organisation"),
        settings=(months,),
        cohort=_ended(months),
        not_due=_followed_too_short(months),
        hits=_came(column, months),
        source="No national series; our own definition",
        settled=False,
        cautions=(
            "Help that ended too lately to be followed for the whole time is not yet due, and is counted apart.",
            "Who is not referred may have moved away: the record does not say.",
            "Children are not assigned to helpers by lot: a difference between organisations may be one between the "
            "children whom they help.",
        ),
    )


MEASURES: tuple[Measure, ...] = tuple(
    _effect(f"EH-0{number}", came, says, column, months)
    for number, (came, says, column, months) in enumerate(
        (
            (came, says, column, months)
            for came, says, column in (
                ("referred", "a referral", "referred_on"),
                ("in need by a referral that led further", "need", "in_need_on"),
                ("with a protection plan that started", "a protection plan", "plan_on"),
            )
            for months in ("return_months", "long_return_months")
        ),
        1,
    )
)
