"""Rules on section 47 enquiries and conferences (list 5) and protection plans (list 7)."""

import polars as pl

from goldthread.kernel.context import Context, after
from goldthread.kernel.rule import Fails, Rule, Severity
from goldthread.kernel.rules.annex_a.general import blank

GUIDANCE = "Working Together to Safeguard Children (check against current statutory guidance)"


def _conference_unclear(context: Context) -> pl.Expr:
    """A conference that was unnecessary and yet held; or none held, none ruled out, and the days have passed."""
    waited = context.working_days(pl.col("strategy_on"), context.day) > context.setting("conference_days")
    undecided = pl.col("conference_unnecessary").is_null() & pl.col("conference_on").is_null()
    return ((pl.col("conference_unnecessary") == "Y") & pl.col("conference_on").is_not_null()) | (undecided & waited)


def _conference_late(context: Context) -> pl.Expr:
    days = context.working_days(pl.col("strategy_on"), pl.col("conference_on"))
    return days > context.setting("conference_days")


def _counts_differ(column: str) -> Fails:
    counts = pl.col(column)
    return lambda _: pl.col("child").is_not_null() & (counts.min().over("child") != counts.max().over("child"))


def _not_visited(context: Context) -> pl.Expr:
    """A plan so new that its first visit is not due is passed over."""
    lasted = context.working_days(pl.col("started_on"), pl.coalesce(pl.col("ended_on"), context.day))
    due = (lasted > context.setting("protection_visit_days")).fill_null(True)
    return (pl.col("last_visit_on").is_null() & due) | (pl.col("last_visit_on") < pl.col("started_on"))


def _visit_old(context: Context) -> pl.Expr:
    is_open = pl.col("ended_on").is_null()
    since = context.working_days(pl.col("last_visit_on"), context.day)
    return is_open & (since > context.setting("protection_visit_days"))


def _review_old(context: Context) -> pl.Expr:
    first = after("started_on", context.setting("first_protection_review_months"))
    later = after("latest_review_on", context.setting("protection_review_months"))
    none_yet = pl.col("latest_review_on").is_null() & (first < context.day)
    return pl.col("ended_on").is_null() & (none_yet | (later < context.day))


def _no_conference_that_day(context: Context) -> pl.LazyFrame:
    """Plans begun in the period with no conference on that day.

    Those of its first days are passed over: their strategy discussion may lie before the period of list 5.
    """
    opens = context.before(context.setting("period_months"))
    begun = context.tables["protection_plans"].filter(
        pl.col("child").is_not_null()
        & (context.working_days(opens, pl.col("started_on")) > context.setting("conference_days"))
        & (pl.col("started_on") <= context.day)
    )
    held = context.tables["section_47"].select("child", "conference_on")
    return begun.join(held, left_on=["child", "started_on"], right_on=["child", "conference_on"], how="anti").select(
        pl.lit("protection_plans").alias("table"), "row"
    )


RULES: tuple[Rule, ...] = (
    Rule(
        code="L501",
        says="A conference was held that was deemed unnecessary; or none was held or ruled out, past the limit.",
        mend="Say whether a conference was needed, and give its date if one was held.",
        table="section_47",
        fields=("conference_unnecessary", "conference_on"),
        settings=("conference_days",),
        fails=_conference_unclear,
    ),
    Rule(
        code="L502",
        says="The conference was held before the strategy discussion that began the enquiry.",
        mend="Check both dates; the conference on the row is the one that this enquiry led to.",
        table="section_47",
        fields=("strategy_on", "conference_on"),
        fails=lambda _: pl.col("conference_on") < pl.col("strategy_on"),
    ),
    Rule(
        code="L503",
        says="The conference was held later than the limit in working days after the strategy discussion.",
        mend="Nothing to mend in the data if the dates are right; ask what held the conference up.",
        table="section_47",
        fields=("strategy_on", "conference_on"),
        severity=Severity.NOTE,
        settings=("conference_days",),
        source=GUIDANCE,
        fails=_conference_late,
    ),
    Rule(
        code="L504",
        says="There is a conference without a result, or a result without a conference.",
        mend="Say whether the conference led to a plan, and give its date.",
        table="section_47",
        fields=("conference_on", "led_to_plan"),
        fails=lambda _: pl.col("conference_on").is_null() != pl.col("led_to_plan").is_null(),
    ),
    *(
        Rule(
            code="L505",
            says="The child's rows give different counts for the last 12 months.",
            mend="Give the same number on each row: the count before the child's latest enquiry.",
            table="section_47",
            fields=("child", column),
            fails=_counts_differ(column),
        )
        for column in ("enquiries_in_year", "conferences_in_year")
    ),
    Rule(
        code="L506",
        says="More conferences than enquiries are counted in the last 12 months, though each follows an enquiry.",
        mend="Count both again; check whether a conference was transferred in from elsewhere.",
        table="section_47",
        fields=("conferences_in_year", "enquiries_in_year"),
        severity=Severity.QUERY,
        fails=lambda _: pl.col("conferences_in_year") > pl.col("enquiries_in_year"),
    ),
    Rule(
        code="L701",
        says="The plan ended before it started.",
        mend="Check both dates; both are of the latest plan.",
        table="protection_plans",
        fields=("started_on", "ended_on"),
        fails=lambda _: pl.col("ended_on") < pl.col("started_on"),
    ),
    Rule(
        code="L703",
        says="The child has had no statutory visit since the plan started, and the first is due.",
        mend="Give the date of the last visit under this plan.",
        table="protection_plans",
        fields=("last_visit_on", "started_on"),
        severity=Severity.QUERY,
        settings=("protection_visit_days",),
        fails=_not_visited,
    ),
    Rule(
        code="L704",
        says="The plan is open, and the last visit is further back than the local standard.",
        mend="Record the visit if one was made; if none was, it is overdue.",
        table="protection_plans",
        fields=("last_visit_on", "ended_on"),
        severity=Severity.NOTE,
        settings=("protection_visit_days",),
        source="Local standards; there is no national interval",
        fails=_visit_old,
    ),
    Rule(
        code="L705",
        says="The plan is open, and its review is overdue: the first, or the next after the latest.",
        mend="Record the review if one was held; if none was, it is overdue.",
        table="protection_plans",
        fields=("latest_review_on", "started_on", "ended_on"),
        severity=Severity.NOTE,
        settings=("first_protection_review_months", "protection_review_months"),
        source=GUIDANCE,
        fails=_review_old,
    ),
    Rule(
        code="L706",
        says="The latest review is dated before the plan started.",
        mend="Give the latest review of this plan; leave it blank before the first.",
        table="protection_plans",
        fields=("latest_review_on", "started_on"),
        fails=lambda _: pl.col("latest_review_on") < pl.col("started_on"),
    ),
    Rule(
        code="L708",
        says="It is said whether the child was seen alone, and no visit is dated; or the reverse.",
        mend="Fill both cells from the last visit.",
        table="protection_plans",
        fields=("seen_alone", "last_visit_on"),
        fails=lambda _: pl.col("seen_alone").is_null() != pl.col("last_visit_on").is_null(),
    ),
    Rule(
        code="L707",
        says="The number of earlier protection plans is blank.",
        mend="Count the child's earlier plans, in any authority; give 0 where there were none.",
        table="protection_plans",
        fields=("previous_plans",),
        fails=blank("previous_plans"),
    ),
    Rule(
        code="L709",
        says="The plan started in the period, and list 5 has no conference of the child on that day.",
        mend="Check the start of the plan against the conference; a plan transferred in may rightly have none.",
        table="protection_plans",
        fields=("started_on", "child"),
        across=("section_47",),
        severity=Severity.QUERY,
        settings=("period_months", "conference_days"),
        finds=_no_conference_that_day,
    ),
)
