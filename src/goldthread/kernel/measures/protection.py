"""Measures of section 47 enquiries, conferences and protection plans (lists 5 and 7)."""

import polars as pl

from goldthread.kernel.context import Context, after, open_on
from goldthread.kernel.measure import Better, Measure
from goldthread.kernel.measures.front_door import DAY_ZERO, SIX_MONTHS

LATEST_ONLY = "Annex A holds the latest date only: this tests what is due now, not whether every one was in time."


def _conference_held(context: Context) -> pl.Expr:
    return pl.col("conference_on") <= context.day


def _conference_in_time(context: Context) -> pl.Expr:
    days = context.working_days(pl.col("strategy_on"), pl.col("conference_on"))
    return days <= context.setting("conference_days")


def _open_plan(context: Context) -> pl.Expr:
    return open_on(context, "started_on", "ended_on")


def _begun_in_period(context: Context) -> pl.Expr:
    since = context.before(context.setting("period_months"))
    return (pl.col("started_on") > since) & (pl.col("started_on") <= context.day)


def _days(start: str, end: pl.Expr) -> pl.Expr:
    return (end - pl.col(start)).dt.total_days()


def _ended(context: Context) -> pl.Expr:
    return pl.col("ended_on") <= context.day


def _no_first_review_due(context: Context) -> pl.Expr:
    return after("started_on", context.setting("first_protection_review_months")) > context.day


def _review_in_time(context: Context) -> pl.Expr:
    of_this_plan = pl.col("latest_review_on") >= pl.col("started_on")
    return of_this_plan & (after("latest_review_on", context.setting("protection_review_months")) >= context.day)


def _no_visit_due(context: Context) -> pl.Expr:
    return context.working_days(pl.col("started_on"), context.day) < context.setting("protection_visit_days")


def _visit_in_time(context: Context) -> pl.Expr:
    return context.working_days(pl.col("last_visit_on"), context.day) <= context.setting("protection_visit_days")


def _old_enough(context: Context) -> pl.Expr:
    too_young = (context.age() < context.setting("seen_alone_age")).fill_null(False)
    return _open_plan(context) & too_young.not_()


def _of_category(letter: str, code: str, name: str) -> Measure:
    """How many of the open plans are for one category of abuse: context, not good or bad."""
    return Measure(
        code=f"CP-16{letter}",
        title=f"Protection plans for {name}",
        asks="What are children on plans protected from?",
        numerator=f"plans whose latest category is {name}",
        denominator="plans open on the as-at date",
        better=Better.CONTEXT,
        table="protection_plans",
        fields=("latest_category", "started_on", "ended_on"),
        essential=("latest_category",),
        cohort=_open_plan,
        unknown=lambda _: pl.col("latest_category").is_null(),
        unknown_stays=True,
        hits=lambda _: pl.col("latest_category") == code,
        source="DfE, Characteristics of children in need, which tells the first category and the latest",
        settled=False,
    )


BY_CATEGORY: tuple[Measure, ...] = (
    _of_category("N", "NEG", "neglect"),
    _of_category("P", "PHY", "physical abuse"),
    _of_category("S", "SAB", "sexual abuse"),
    _of_category("E", "EMO", "emotional abuse"),
    _of_category("M", "MUL", "more than one kind of abuse"),
)

MEASURES: tuple[Measure, ...] = (
    Measure(
        code="CP-02",
        title="Initial conferences within 15 working days",
        asks="Are child protection conferences held in time?",
        numerator="conferences held no more than {conference_days} working days after the strategy discussion",
        denominator="initial child protection conferences held on or before the as-at date",
        better=Better.HIGH,
        table="section_47",
        fields=("strategy_on", "conference_on"),
        essential=("strategy_on",),
        settings=("conference_days", "first_day_counts"),
        cohort=_conference_held,
        unknown=lambda _: pl.col("strategy_on").is_null() | (pl.col("conference_on") < pl.col("strategy_on")),
        hits=_conference_in_time,
        source="DfE, Characteristics of children in need; LAIT",
        settled=True,
        cautions=("Conferences on children who moved in are not in list 5.", DAY_ZERO, SIX_MONTHS),
    ),
    Measure(
        code="CP-04",
        title="Conferences that led to a plan",
        asks="Do conferences lead to plans?",
        numerator="conferences that led to a protection plan",
        denominator="initial child protection conferences held on or before the as-at date",
        better=Better.CONTEXT,
        table="section_47",
        fields=("conference_on", "led_to_plan"),
        essential=("led_to_plan",),
        cohort=_conference_held,
        unknown=lambda _: pl.col("led_to_plan").is_null(),
        unknown_stays=True,
        hits=lambda _: pl.col("led_to_plan") == "Y",
        source="Annex A, list 5; no national series",
        settled=False,
        cautions=("Very low may mean too much escalation, very high that it comes too late.",),
    ),
    Measure(
        code="CP-08",
        title="Second or later protection plan",
        asks="How many new plans are for children who had one before?",
        numerator="plans started for a child with any earlier plan, however long ago",
        denominator="plans started in the {period_months} months before the as-at date",
        better=Better.LOW,
        table="protection_plans",
        fields=("started_on", "previous_plans"),
        essential=("previous_plans",),
        settings=("period_months",),
        cohort=_begun_in_period,
        unknown=lambda _: pl.col("previous_plans").is_null(),
        hits=lambda _: pl.col("previous_plans") > 0,
        source="DfE, Characteristics of children in need; LAIT",
        settled=True,
        cautions=(
            "Plans in other authorities are not counted.",
            "Read with CP-10: one may rise as the other falls.",
            SIX_MONTHS,
        ),
    ),
    Measure(
        code="CP-10",
        title="Open plans of two years or more",
        asks="Do plans drift?",
        numerator="open plans that have lasted more than {long_plan_days} days",
        denominator="plans open at the end of the as-at date",
        better=Better.LOW,
        table="protection_plans",
        fields=("started_on", "ended_on"),
        essential=("started_on",),
        settings=("long_plan_days",),
        cohort=_open_plan,
        unknown=lambda _: pl.col("started_on").is_null(),
        hits=lambda context: _days("started_on", context.day) > context.setting("long_plan_days"),
        source="DfE, Characteristics of children in need; LAIT",
        settled=True,
        cautions=("Read with CP-08: one may rise as the other falls.",),
    ),
    Measure(
        code="CP-11",
        title="Ended plans that had lasted two years or more",
        asks="How many plans that ended had drifted?",
        numerator="plans that lasted more than {long_plan_days} days",
        denominator="plans that ended on or before the as-at date",
        better=Better.LOW,
        table="protection_plans",
        fields=("started_on", "ended_on"),
        essential=("started_on",),
        settings=("long_plan_days",),
        cohort=_ended,
        unknown=lambda _: pl.col("started_on").is_null() | (pl.col("ended_on") < pl.col("started_on")),
        hits=lambda context: _days("started_on", pl.col("ended_on")) > context.setting("long_plan_days"),
        source="DfE, Characteristics of children in need; LAIT",
        settled=True,
        cautions=(SIX_MONTHS,),
    ),
    Measure(
        code="CP-12",
        title="Protection plans with the latest review in time",
        asks="Are plans reviewed when they should be?",
        numerator="plans whose latest review is no more than {protection_review_months} months old",
        denominator="open plans that began at least {first_protection_review_months} months before the as-at date",
        better=Better.HIGH,
        table="protection_plans",
        fields=("latest_review_on", "started_on", "ended_on"),
        essential=("latest_review_on",),
        settings=("first_protection_review_months", "protection_review_months"),
        cohort=_open_plan,
        not_due=_no_first_review_due,
        unknown=lambda context: pl.col("started_on").is_null() | (pl.col("latest_review_on") > context.day),
        hits=_review_in_time,
        source="DfE, Characteristics of children in need; LAIT, cut to what Annex A holds",
        settled=True,
        cautions=(LATEST_ONLY, "Not to be set beside the published figure, which asks for every review."),
    ),
    Measure(
        code="CP-13",
        title="Protection visits in time",
        asks="Are children with a plan visited often enough?",
        numerator="plans with a visit no more than {protection_visit_days} working days before the as-at date",
        denominator="open plans that began at least {protection_visit_days} working days before the as-at date",
        better=Better.HIGH,
        table="protection_plans",
        fields=("last_visit_on", "started_on", "ended_on"),
        essential=("last_visit_on",),
        settings=("protection_visit_days", "first_day_counts"),
        cohort=_open_plan,
        not_due=_no_visit_due,
        unknown=lambda context: pl.col("last_visit_on") > context.day,
        hits=_visit_in_time,
        source="Local standards: 10 working days in many authorities, two to four weeks in others",
        settled=False,
        cautions=("There is no national interval; set the one that the authority works to.", LATEST_ONLY),
    ),
    Measure(
        code="CP-14",
        title="Child seen alone at the last protection visit",
        asks="Are children with a plan seen alone?",
        numerator="plans where the child was seen alone at the last visit",
        denominator="open plans of children aged {seen_alone_age} or older",
        better=Better.HIGH,
        table="protection_plans",
        fields=("seen_alone", "last_visit_on", "born_on", "age"),
        essential=("seen_alone",),
        settings=("seen_alone_age", "protection_visit_days", "first_day_counts"),
        cohort=_old_enough,
        not_due=lambda context: _no_visit_due(context) & pl.col("last_visit_on").is_null(),
        unknown=lambda _: pl.col("seen_alone").is_null() | (pl.col("seen_alone") == "U"),
        unknown_stays=True,
        hits=lambda _: pl.col("seen_alone") == "Y",
        source="Annex A, list 7; no national series",
        settled=False,
        cautions=("Children whose age is not known are counted.",),
    ),
    *BY_CATEGORY,
)
