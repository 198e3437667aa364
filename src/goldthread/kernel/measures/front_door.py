"""Measures of referrals, assessments and children in need (lists 3, 4 and 6)."""

import polars as pl

from goldthread.kernel.context import Context, open_on
from goldthread.kernel.measure import Better, Measure

SIX_MONTHS = "The list covers about six months; published figures cover a year."
DAY_ZERO = "The first day is day 0; how the Department counts it was not found in print."


def _referred(context: Context) -> pl.Expr:
    # A year and no more, so that an earlier row of the list is always within the 12 months that the measure asks for.
    return (pl.col("referred_on") > context.before(12)) & (pl.col("referred_on") <= context.day)


def _previous_in_list(context: Context) -> pl.Expr:
    """Whether an earlier referral of the child stands in this list; two on one day count as one."""
    earliest = pl.col("referred_on").filter(_referred(context)).min().over("child")
    return pl.col("child").is_not_null() & (earliest < pl.col("referred_on"))


def _referred_again(context: Context) -> pl.Expr:
    """Whether a referral followed another by 12 months or less.

    Each row carries the count for the child's latest referral only. So a later row is a re-referral because an earlier
    one stands in the list; the earliest is one if the count exceeds the child's other referrals in the list.
    """
    dates = pl.col("referred_on").filter(_referred(context)).n_unique().over("child")
    before_list = pl.when(pl.col("child").is_null()).then(1).otherwise(dates) <= pl.col("referrals_in_year")
    return _previous_in_list(context).fill_null(False) | before_list.fill_null(False)


def _finished(context: Context) -> pl.Expr:
    return pl.col("authorised_on") <= context.day


def _length_unusable(_: Context) -> pl.Expr:
    return pl.col("started_on").is_null() | (pl.col("authorised_on") < pl.col("started_on"))


def _in_time(context: Context) -> pl.Expr:
    days = context.working_days(pl.col("started_on"), pl.col("authorised_on"))
    return days <= context.setting("assessment_days")


def _running(context: Context) -> pl.Expr:
    not_done = pl.col("authorised_on").is_null() | (pl.col("authorised_on") > context.day)
    return not_done & (pl.col("started_on").is_null() | (pl.col("started_on") <= context.day))


def _over_limit(context: Context) -> pl.Expr:
    return context.working_days(pl.col("started_on"), context.day) > context.setting("assessment_days")


def _assessed_when_born(context: Context) -> pl.Expr:
    until = pl.min_horizontal(pl.col("authorised_on"), context.day)
    unborn = (pl.col("born_on") > until) | (pl.col("age") == -1)
    started = pl.col("started_on").is_null() | (pl.col("started_on") <= context.day)
    return started & unborn.fill_null(False).not_()


def _on_need_plan(context: Context) -> pl.Expr:
    is_open = pl.col("closed_on").is_null() | (pl.col("closed_on") > context.day)
    return is_open & (pl.col("status") == "NEED")


def _plan_too_new(context: Context) -> pl.Expr:
    return context.working_days(pl.col("started_on"), context.day) < context.setting("need_visit_days")


def _seen_lately(context: Context) -> pl.Expr:
    return context.working_days(pl.col("last_seen_on"), context.day) <= context.setting("need_visit_days")


MEASURES: tuple[Measure, ...] = (
    Measure(
        code="FD-05",
        title="Re-referrals within 12 months",
        asks="How many referrals follow another for the same child within a year?",
        numerator="referrals of a child who had another referral in the 12 months before",
        denominator="referrals in the list, of the 12 months up to the as-at date",
        better=Better.LOW,
        table="referrals",
        fields=("referred_on", "referrals_in_year"),
        essential=("referrals_in_year",),
        cohort=_referred,
        unknown=lambda context: (
            pl.col("referrals_in_year").is_null() & _previous_in_list(context).fill_null(False).not_()
        ),
        hits=_referred_again,
        source="DfE, Characteristics of children in need; LAIT",
        settled=True,
        cautions=(
            "The clock runs from the earlier referral, not from the closure of the case.",
            "The count in list 3 belongs to the child's latest referral; earlier rows are judged by the list itself.",
            "Some systems count the referral itself, which makes every referral a re-referral: look at the counts.",
            SIX_MONTHS,
        ),
    ),
    Measure(
        code="FD-06",
        title="Referrals that led to no further action",
        asks="How many referrals were closed without an assessment?",
        numerator="referrals marked no further action",
        denominator="referrals in the list, of the 12 months up to the as-at date",
        better=Better.CONTEXT,
        table="referrals",
        fields=("referred_on", "no_further_action"),
        essential=("no_further_action",),
        cohort=_referred,
        unknown=lambda _: pl.col("no_further_action").is_null(),
        unknown_stays=True,
        hits=lambda _: pl.col("no_further_action") == "Y",
        source="DfE, Characteristics of children in need; LAIT",
        settled=True,
        cautions=(SIX_MONTHS,),
    ),
    Measure(
        code="AS-01",
        title="Assessments within 45 working days",
        asks="Are assessments finished in time?",
        numerator="assessments authorised no more than {assessment_days} working days after they started",
        denominator="assessments authorised on or before the as-at date",
        better=Better.HIGH,
        table="assessments",
        fields=("started_on", "authorised_on"),
        essential=("started_on",),
        settings=("assessment_days", "first_day_counts"),
        cohort=_finished,
        unknown=_length_unusable,
        hits=_in_time,
        source="DfE, Characteristics of children in need; LAIT",
        settled=True,
        cautions=(
            "Counts assessments, not children.",
            "The clock starts with the assessment; the guidance counts from the referral, which gives a lower figure.",
            "Read with AS-03: what is finished can look timely while the backlog grows.",
            DAY_ZERO,
            SIX_MONTHS,
        ),
    ),
    Measure(
        code="AS-03",
        title="Open assessments already over 45 working days",
        asks="Is there a backlog of late assessments?",
        numerator="open assessments that started more than {assessment_days} working days before the as-at date",
        denominator="assessments open at the end of the as-at date",
        better=Better.LOW,
        table="assessments",
        fields=("started_on", "authorised_on"),
        essential=("started_on",),
        settings=("assessment_days", "first_day_counts"),
        cohort=_running,
        unknown=lambda _: pl.col("started_on").is_null(),
        hits=_over_limit,
        source="DfE, CIN census, rule 8670Q, in our own words",
        settled=True,
        cautions=("An assessment that was finished and not authorised in the system looks open.", DAY_ZERO),
    ),
    Measure(
        code="AS-05",
        title="Child seen during the assessment",
        asks="Was the child seen?",
        numerator="assessments during which the child was seen",
        denominator="assessments authorised on or before the as-at date, without those of children not yet born",
        better=Better.HIGH,
        table="assessments",
        fields=("child_seen", "authorised_on"),
        essential=("child_seen",),
        cohort=_assessed_when_born,
        not_due=_running,
        unknown=lambda _: pl.col("child_seen").is_null() | (pl.col("child_seen") == "U"),
        unknown_stays=True,
        hits=lambda _: pl.col("child_seen") == "Y",
        source="Annex A, list 4; no national series",
        settled=False,
        cautions=("Open assessments are not yet due and are counted apart.",),
    ),
    Measure(
        code="CN-02",
        title="Children with a child in need plan seen lately",
        asks="Are children with a child in need plan seen often enough?",
        numerator="those last seen no more than {need_visit_days} working days before the as-at date",
        denominator="open cases with the status child in need plan, at least {need_visit_days} working days old",
        better=Better.HIGH,
        table="children_in_need",
        fields=("last_seen_on", "started_on", "status", "closed_on"),
        essential=("last_seen_on",),
        settings=("need_visit_days", "first_day_counts"),
        cohort=_on_need_plan,
        not_due=_plan_too_new,
        unknown=lambda context: pl.col("last_seen_on") > context.day,
        hits=_seen_lately,
        source="Local standards",
        settled=False,
        cautions=(
            "There is no national interval; set your own standard.",
            "A blank date counts as not seen.",
        ),
    ),
    Measure(
        code="CN-03",
        title="Open cases without a worker",
        asks="Does every child in need have somebody who works with them?",
        numerator="those with no allocated worker",
        denominator="cases open on the as-at date",
        better=Better.LOW,
        table="children_in_need",
        fields=("worker", "started_on", "closed_on"),
        cohort=lambda context: open_on(context, "started_on", "closed_on"),
        hits=lambda _: pl.col("worker").is_null(),
        source="No national series",
        settled=False,
        cautions=("A blank may be a gap in the list and no gap in the work: ask.",),
    ),
)
