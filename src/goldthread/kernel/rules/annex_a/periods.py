"""Rules on the period that a list covers: six months back from the extract, twelve in lists 10 and 11."""

import polars as pl

from goldthread.kernel.rule import Fails, Rule, Severity


def _too_early(column: str, period: str = "period_months") -> Fails:
    # The list may have been cut some days before the as-at date, and its months began that much earlier.
    return lambda context: (
        pl.col(column) < context.before(context.setting(period)) - pl.duration(days=context.setting("extract_lag_days"))
    )


PERIODS = (
    ("P01", "contacts", "contacted_on", "The contact was received before the six months that the list covers."),
    ("P03", "referrals", "referred_on", "The referral was received before the six months that the list covers."),
    (
        "P02",
        "early_help",
        "completed_on",
        "The early help started and ended before the six months that the list covers.",
    ),
    (
        "P05",
        "section_47",
        "strategy_on",
        "The strategy discussion was held before the six months that the list covers.",
    ),
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

LONGER_PERIODS = (
    ("P09", "adoptions", "adopted_on", "The adoption order was made before the twelve months that the list covers."),
    ("P09", "adoptions", "reversed_on", "The plan was changed before the twelve months that the list covers."),
    ("P10", "adopters", "left_on", "The adopter left before the twelve months that the list covers."),
    ("P10", "adopters", "adopted_on", "The adoption order was made before the twelve months that the list covers."),
)

RULES: tuple[Rule, ...] = tuple(
    Rule(
        code=code,
        says=says,
        mend="Check the date; if it is right, take the row out or check the as-at date.",
        table=table,
        fields=(column,),
        severity=Severity.QUERY,
        settings=(period, "extract_lag_days"),
        fails=_too_early(column, period),
    )
    for period, columns in (("period_months", PERIODS), ("adoption_period_months", LONGER_PERIODS))
    for code, table, column, says in columns
)
