"""Rules on the period that a list covers: six months back from the extract."""

import polars as pl

from goldthread.kernel.rule import Fails, Rule, Severity


def _too_early(column: str) -> Fails:
    # The list may have been cut some days before the as-at date, and its six months began that much earlier.
    return lambda context: (
        pl.col(column)
        < context.before(context.setting("period_months")) - pl.duration(days=context.setting("extract_lag_days"))
    )


PERIODS = (
    ("P01", "contacts", "contacted_on", "The contact was received before the six months that the list covers."),
    ("P03", "referrals", "referred_on", "The referral was received before the six months that the list covers."),
    (
        "P04",
        "assessments",
        "authorised_on",
        "The assessment was authorised before the six months that the list covers.",
    ),
    ("P06", "children_in_need", "closed_on", "The case was closed before the six months that the list covers."),
    ("P07", "protection_plans", "ended_on", "The plan ended before the six months that the list covers."),
    ("P08", "children_in_care", "ceased_on", "The child left care before the six months that the list covers."),
)

RULES: tuple[Rule, ...] = tuple(
    Rule(
        code=code,
        says=says,
        mend="Check the date; if it is right, take the row out or check the as-at date.",
        table=table,
        fields=(column,),
        severity=Severity.QUERY,
        settings=("period_months", "extract_lag_days"),
        fails=_too_early(column),
    )
    for code, table, column, says in PERIODS
)
