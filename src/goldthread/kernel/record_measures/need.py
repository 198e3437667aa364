"""Referrals, assessments, enquiries, conferences and plans, over the 12 months up to the as-at date."""

from dataclasses import replace

import polars as pl

from goldthread.kernel.context import Context
from goldthread.kernel.measure import Better, Measure, Test
from goldthread.kernel.measures import adoption, front_door, protection
from goldthread.kernel.measures.front_door import DAY_ZERO, SIX_MONTHS
from goldthread.kernel.measures.protection import LATEST_ONLY

CIN_RELEASE = "DfE, Characteristics of children in need; LAIT"
_BY_CODE = {measure.code: measure for measure in (*front_door.MEASURES, *protection.MEASURES, *adoption.MEASURES)}
_OF_LISTS = (SIX_MONTHS, LATEST_ONLY, adoption.TWELVE_MONTHS)


def within_year(column: str) -> Test:
    """Whether a day falls within the 12 months that end with the as-at date."""
    return lambda context: (pl.col(column) > context.before(12)) & (pl.col(column) <= context.day)


def _both(first: Test, second: Test) -> Test:
    return lambda context: first(context).fill_null(False) & second(context).fill_null(False)


def _of_record(code: str, view: str, day: str | None = None, **changed: object) -> Measure:
    """The measure of a list asked of the record; where a day is named, of what happened in the 12 months."""
    given = _BY_CODE[code]
    cautions = tuple(caution for caution in given.cautions if caution not in _OF_LISTS)
    cohort = given.cohort if day is None else _both(given.cohort, within_year(day))
    return replace(given, table=view, **{"cohort": cohort, "cautions": cautions, **changed})  # type: ignore[arg-type]


_IN_YEAR = "in the 12 months up to the as-at date"

FRONT_DOOR: tuple[Measure, ...] = (
    Measure(
        code="FD-02",
        title="Contacts that became a referral",
        asks="How much of what comes in becomes a referral?",
        numerator="contacts with a referral of the same child no more than {referral_follows_days} working days later",
        denominator=f"contacts {_IN_YEAR}",
        better=Better.CONTEXT,
        table="all_contacts",
        fields=("contacted_on", "referred_on"),
        settings=("referral_follows_days", "first_day_counts"),
        cohort=within_year("contacted_on"),
        not_due=lambda context: (
            (context.working_days(pl.col("contacted_on"), context.day) < context.setting("referral_follows_days"))
            & (pl.col("referred_on").is_null() | (pl.col("referred_on") > context.day))
        ),
        hits=lambda context: (
            (context.working_days(pl.col("contacted_on"), pl.col("referred_on"))
             <= context.setting("referral_follows_days"))
            & (pl.col("referred_on") <= context.day)
        ),
        source="No national series; the rule that links the two is local",
        settled=False,
        cautions=("A contact of the last days that has not become a referral yet is counted as not yet due.",),
    ),
    Measure(
        code="FD-05",
        title="Re-referrals within 12 months",
        asks="How many referrals follow another for the same child within a year?",
        numerator="referrals of a child who had another referral in the 12 months before",
        denominator=f"referrals {_IN_YEAR}",
        better=Better.LOW,
        table="all_referrals",
        fields=("referred_on", "previous_on"),
        cohort=within_year("referred_on"),
        hits=lambda _: pl.col("previous_on") >= pl.col("referred_on").dt.offset_by("-12mo"),
        source=CIN_RELEASE,
        settled=True,
        looks_back=24,
        cautions=("The clock runs from the earlier referral, not from the closure of the case.",),
    ),
    _of_record("FD-06", "all_referrals", denominator=f"referrals {_IN_YEAR}"),
    _of_record("AS-01", "all_assessments", "authorised_on", denominator=f"assessments authorised {_IN_YEAR}"),
    Measure(
        code="AS-02",
        title="Assessments within 45 working days of the referral",
        asks="Are assessments finished in time, as the guidance counts?",
        numerator="assessments authorised no more than {assessment_days} working days after the referral",
        denominator=f"assessments authorised {_IN_YEAR}",
        better=Better.HIGH,
        table="all_assessments",
        fields=("referred_on", "authorised_on"),
        essential=("referred_on",),
        settings=("assessment_days", "first_day_counts"),
        cohort=within_year("authorised_on"),
        unknown=lambda _: pl.col("referred_on").is_null() | (pl.col("authorised_on") < pl.col("referred_on")),
        hits=lambda context: (
            context.working_days(pl.col("referred_on"), pl.col("authorised_on")) <= context.setting("assessment_days")
        ),
        source="Working Together to Safeguard Children",
        settled=False,
        cautions=(
            "AS-01 counts from the start of the assessment, which gives a higher figure.",
            "A later assessment on an open case is counted from the referral too, and looks late.",
            DAY_ZERO,
        ),
    ),
    _of_record("AS-03", "all_assessments"),
    _of_record("AS-05", "all_assessments", fields=("child_seen", "started_on", "authorised_on", "born_on"),
               denominator=f"assessments authorised {_IN_YEAR}, without those of children not yet born",
               cohort=lambda context: _seen_cohort(context)),
)  # fmt: skip


def _seen_cohort(context: Context) -> pl.Expr:
    """As of the list, but of authorised assessments only those of the 12 months."""
    recent = pl.col("authorised_on").is_null() | (pl.col("authorised_on") > context.before(12))
    return _BY_CODE["AS-05"].cohort(context) & recent


PROTECTION: tuple[Measure, ...] = (
    _of_record(
        "CP-02", "all_conferences", "conference_on",
        denominator=f"initial child protection conferences held {_IN_YEAR}",
        cautions=("Conferences on children who moved in have no strategy discussion here: not known.", DAY_ZERO),
    ),
    Measure(
        code="CP-03",
        title="Section 47 enquiries that led to a conference",
        asks="How many enquiries go on to a conference?",
        numerator="enquiries that led to an initial conference",
        denominator=f"section 47 enquiries that began {_IN_YEAR}",
        better=Better.CONTEXT,
        table="all_enquiries",
        fields=("strategy_on", "conference_on", "went_no_further"),
        settings=("conference_days", "first_day_counts"),
        cohort=within_year("strategy_on"),
        not_due=lambda context: (
            (pl.col("conference_on").is_null() | (pl.col("conference_on") > context.day))
            & (pl.col("went_no_further") != "Y").fill_null(True)
            & (context.working_days(pl.col("strategy_on"), context.day) < context.setting("conference_days"))
        ),
        hits=lambda context: pl.col("conference_on") <= context.day,
        source="No national series",
        settled=False,
        cautions=("An enquiry younger than the limit for the conference, and still open, is not yet due.",),
    ),
    _of_record("CP-04", "all_conferences", "conference_on",
               denominator=f"initial child protection conferences held {_IN_YEAR}"),
    Measure(
        code="CP-05",
        title="Repeated section 47 enquiries",
        asks="How many enquiries follow another for the same child within a year?",
        numerator="enquiries about a child who had another in the 12 months before",
        denominator=f"section 47 enquiries that began {_IN_YEAR}",
        better=Better.LOW,
        table="all_enquiries",
        fields=("strategy_on", "previous_on"),
        cohort=within_year("strategy_on"),
        hits=lambda _: pl.col("previous_on") >= pl.col("strategy_on").dt.offset_by("-12mo"),
        source="No national series",
        settled=False,
        looks_back=24,
        cautions=("Counts enquiries, not children.",),
    ),
    _of_record(
        "CP-08", "all_plans", cohort=within_year("started_on"), settings=(),
        denominator=f"plans started {_IN_YEAR}",
        cautions=(
            "Plans in other authorities are not counted.",
            "The dataset has no count of earlier plans: only those of its own extract are seen.",
            "Read with CP-10: one may rise as the other falls.",
        ),
    ),
    Measure(
        code="CP-09",
        title="Second protection plan within two years",
        asks="How many children need a plan again soon after the last?",
        numerator="plans started no more than {repeat_plan_months} months after the child's last plan had ended",
        denominator=f"plans started {_IN_YEAR}",
        better=Better.LOW,
        table="all_plans",
        fields=("started_on", "previous_ended_on"),
        settings=("repeat_plan_months",),
        cohort=within_year("started_on"),
        hits=lambda context: pl.col("started_on") <= pl.col("previous_ended_on").dt.offset_by(
            f"{context.setting('repeat_plan_months')}mo"
        ),
        source="No national series",
        settled=False,
        looks_back=36,
    ),
    *(_of_record(measure.code, "all_plans") for measure in protection.BY_CATEGORY),
    _of_record("CP-10", "all_plans"),
    _of_record("CP-11", "all_plans", "ended_on", denominator=f"plans that ended {_IN_YEAR}"),
    Measure(
        code="CP-12",
        title="Protection plans with every review in time",
        asks="Are plans reviewed when they should be?",
        numerator="plans whose every review of the last 12 months was in time, with none overdue",
        denominator="open plans that began at least {first_protection_review_months} months before the as-at date",
        better=Better.HIGH,
        table="all_plans",
        fields=("reviews_late", "reviews_held", "started_on", "ended_on"),
        settings=("first_protection_review_months", "protection_review_months"),
        cohort=_BY_CODE["CP-12"].cohort,
        not_due=_BY_CODE["CP-12"].not_due,
        unknown=lambda _: pl.col("started_on").is_null() | pl.col("reviews_late").is_null(),
        hits=lambda _: pl.col("reviews_late") == 0,
        source=CIN_RELEASE,
        settled=True,
        looks_back=12,
        cautions=(
            "The first review is judged where the plan began in the 12 months; a review whose predecessor is out of "
            "sight is late only if no predecessor could have made it timely.",
        ),
    ),
    _of_record("CP-13", "all_plans"),
    _of_record("CP-14", "all_plans", fields=("seen_alone", "last_visit_on", "started_on", "ended_on", "born_on")),
)  # fmt: skip

ADOPTION: tuple[Measure, ...] = (
    _of_record("AD-08", "adoption_paths", "adopted_on", denominator=f"children adopted {_IN_YEAR}"),
    _of_record("AD-10", "adoption_paths", "decided_on",
               denominator=f"children with a decision for adoption {_IN_YEAR}"),
)  # fmt: skip
