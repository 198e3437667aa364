"""Rules on early help (list 2), referrals (list 3) and assessments (list 4)."""

import polars as pl

from goldthread.kernel.context import Context
from goldthread.kernel.rule import Rule, Severity
from goldthread.kernel.rules.annex_a.general import blank


def _count_too_low(context: Context) -> pl.LazyFrame:
    """On the child's latest referral: the stated count is below the child's other referrals in the list.

    Most children have one row, and none besides it to be counted: they are passed over before anything is compared.
    """
    referred = pl.col("referred_on")
    several = context.tables["referrals"].filter(
        pl.col("child").is_not_null() & (pl.col("child").is_duplicated() | (pl.col("referrals_in_year") < 0))
    )
    latest = several.with_columns(latest=referred.max().over("child"))
    earlier = (referred < pl.col("latest")) & (referred >= pl.col("latest").dt.offset_by("-12mo"))
    counted = latest.with_columns(earlier=earlier.sum().over("child"))
    low = counted.filter((referred == pl.col("latest")) & (pl.col("referrals_in_year") < pl.col("earlier")))
    return low.select(pl.lit("referrals").alias("table"), "row")


def _counts_differ(context: Context) -> pl.Expr:
    counts = pl.col("referrals_in_year")
    return pl.col("child").is_not_null() & (counts.min().over("child") != counts.max().over("child"))


def _took_too_long(context: Context) -> pl.Expr:
    until = pl.coalesce(pl.col("authorised_on"), context.day)
    return context.working_days(pl.col("started_on"), until) > context.setting("assessment_days")


def _overlapping(context: Context) -> pl.LazyFrame:
    """Later assessments that began before an earlier one of the child was over. One open has no end yet."""
    until = pl.coalesce(pl.col("authorised_on"), context.day)
    several = context.tables["assessments"].filter(
        pl.col("child").is_not_null() & pl.col("started_on").is_not_null() & pl.col("child").is_duplicated()
    )
    ordered = several.sort("child", "started_on", "row").with_columns(
        until.cum_max().shift(1).over("child").alias("busy_until")
    )
    return ordered.filter(pl.col("started_on") < pl.col("busy_until")).select(
        pl.lit("assessments").alias("table"), "row"
    )


RULES: tuple[Rule, ...] = (
    Rule(
        code="L201",
        says="The early help assessment ended before it started.",
        mend="Check both dates; they may stand in each other's column.",
        table="early_help",
        fields=("started_on", "completed_on"),
        fails=lambda _: pl.col("completed_on") < pl.col("started_on"),
    ),
    Rule(
        code="L202",
        says="It is not said which organisation completed the early help assessment.",
        mend="Name the organisation that led the assessment or intervention.",
        table="early_help",
        fields=("organisation",),
        severity=Severity.QUERY,
        fails=blank("organisation"),
    ),
    Rule(
        code="L301",
        says="The child's rows give different numbers of referrals in the last 12 months.",
        mend="Give the same number on each row: the referrals in the 12 months before the child's latest one.",
        table="referrals",
        fields=("child", "referrals_in_year"),
        fails=_counts_differ,
    ),
    Rule(
        code="L302",
        says="The number of referrals in the last 12 months is lower than the child's other rows in this very list.",
        mend="Count again every referral started in the 12 months before the child's latest one.",
        table="referrals",
        fields=("referrals_in_year", "referred_on"),
        finds=_count_too_low,
    ),
    Rule(
        code="L303",
        says="The referral was taken up, and no worker or no team is named.",
        mend="Name the allocated team and worker, or mark the referral as no further action.",
        table="referrals",
        fields=("worker", "team", "no_further_action"),
        severity=Severity.QUERY,
        fails=lambda _: (pl.col("no_further_action") == "N") & (pl.col("worker").is_null() | pl.col("team").is_null()),
    ),
    Rule(
        code="L401",
        says="The assessment was authorised before it started.",
        mend="Check both dates; give the start of this assessment, not of the episode.",
        table="assessments",
        fields=("started_on", "authorised_on"),
        fails=lambda _: pl.col("authorised_on") < pl.col("started_on"),
    ),
    Rule(
        code="L402",
        says="The assessment is authorised and has no outcome, or has an outcome and is still open.",
        mend="Fill both cells when the assessment is done, and neither while it is open.",
        table="assessments",
        fields=("authorised_on", "needs_support"),
        fails=lambda _: pl.col("authorised_on").is_null() != pl.col("needs_support").is_null(),
    ),
    Rule(
        code="L403",
        says="The assessment took longer than the limit in working days, or is open and past it.",
        mend="Nothing to mend in the data if the dates are right; ask what held the assessment up.",
        table="assessments",
        fields=("started_on", "authorised_on"),
        severity=Severity.NOTE,
        settings=("assessment_days",),
        source="Working Together to Safeguard Children (check against current statutory guidance)",
        fails=_took_too_long,
    ),
    Rule(
        code="L404",
        says="The assessment is authorised, and the child was not seen, or nobody knows.",
        mend="Record when the child was seen, or why not.",
        table="assessments",
        fields=("child_seen", "authorised_on"),
        severity=Severity.QUERY,
        fails=lambda _: (
            pl.col("authorised_on").is_not_null()
            & (pl.col("child_seen").is_null() | pl.col("child_seen").is_in(["N", "U"]))
        ),
    ),
    Rule(
        code="L405",
        says="The assessment began before an earlier one of the same child was over.",
        mend="Check the dates of both; keep one row if they are one assessment, and close the one that is done.",
        table="assessments",
        fields=("started_on", "authorised_on"),
        severity=Severity.QUERY,
        finds=_overlapping,
    ),
)
