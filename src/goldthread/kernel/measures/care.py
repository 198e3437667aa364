"""Measures of children in care (list 8)."""

import polars as pl

from goldthread.kernel.context import Context, after, open_on
from goldthread.kernel.measure import Better, Measure
from goldthread.kernel.measures.protection import LATEST_ONLY

SHORT_BREAKS = ("V3", "V4")
FOSTER = ("U1", "U2", "U3", "U4", "U5", "U6")
LONG_TERM_FOSTER = ("U1", "U4")
IN_CARE = "children in care at the end of the as-at date, without short breaks"
YEAR_IN_CARE = "children in care at the end of the as-at date, for 12 months or longer, without short breaks"
REGULATIONS = "Care Planning, Placement and Case Review (England) Regulations 2010, as made"
CLA_RELEASE = "DfE, Children looked after in England including adoptions; LAIT"


def _not_short_break() -> pl.Expr:
    return pl.col("legal_status").is_in(SHORT_BREAKS).fill_null(False).not_()


def _in_care(context: Context) -> pl.Expr:
    return open_on(context, "started_on", "ceased_on") & _not_short_break()


def _in_care_a_year(context: Context) -> pl.Expr:
    return _in_care(context) & (pl.col("started_on") <= context.before(12))


def _since_entry(months: str, context: Context) -> pl.Expr:
    """Whether the child has not yet been in care for the number of months that a setting names."""
    return after("started_on", context.setting(months)) > context.day


def _review_in_time(context: Context) -> pl.Expr:
    """A latest review within the limit of the first is taken for the first, and the second is due sooner."""
    limit = context.setting("first_care_review_days")
    first = context.working_days(pl.col("started_on"), pl.col("latest_review_on")) <= limit
    due = (
        pl.when(first)
        .then(after("latest_review_on", context.setting("second_care_review_months")))
        .otherwise(after("latest_review_on", context.setting("care_review_months")))
    )
    return (pl.col("latest_review_on") >= pl.col("started_on")) & (due >= context.day)


def _no_review_due(context: Context) -> pl.Expr:
    limit = context.setting("first_care_review_days")
    return context.working_days(pl.col("started_on"), context.day) < limit


def _visit_in_time(context: Context) -> pl.Expr:
    """Within the interval that the placement asks for, and since it began once the first week has passed."""
    settled = pl.col("placement_type").is_in(LONG_TERM_FOSTER) & (pl.col("placement_on") <= context.before(12))
    latest = (
        pl.when(settled.fill_null(False))
        .then(context.before(context.setting("settled_care_visit_months")))
        .otherwise(context.day - pl.duration(days=context.setting("care_visit_days")))
    )
    first_week = pl.duration(days=context.setting("first_care_visit_days"))
    new = (pl.col("placement_on") + first_week >= context.day) | pl.col("placement_on").is_null()
    return (pl.col("last_visit_on") >= latest) & ((pl.col("last_visit_on") >= pl.col("placement_on")) | new)


def _no_visit_due(context: Context) -> pl.Expr:
    first_week = pl.duration(days=context.setting("first_care_visit_days"))
    return pl.col("started_on") + first_week > context.day


def _health_in_time(context: Context) -> pl.Expr:
    young = (context.age() < 5).fill_null(False)
    since = (
        pl.when(young)
        .then(context.before(context.setting("young_health_months")))
        .otherwise(context.before(context.setting("health_months")))
    )
    return pl.col("health_on") >= since


def _began_in_period(context: Context) -> pl.Expr:
    since = context.before(context.setting("period_months"))
    begun = (pl.col("started_on") > since) & (pl.col("started_on") <= context.day)
    return begun & _not_short_break()


MEASURES: tuple[Measure, ...] = (
    Measure(
        code="CLA-04",
        title="Three or more placements in a year",
        asks="Do children in care move too often?",
        numerator="those with {many_placements} or more placements in the last 12 months",
        denominator=IN_CARE,
        better=Better.LOW,
        table="children_in_care",
        fields=("placements_in_year", "started_on", "ceased_on", "legal_status"),
        essential=("placements_in_year",),
        settings=("many_placements",),
        cohort=_in_care,
        unknown=lambda _: pl.col("placements_in_year").is_null(),
        hits=lambda context: pl.col("placements_in_year") >= context.setting("many_placements"),
        source=CLA_RELEASE,
        settled=True,
        cautions=(
            "Counts placements, not moves: a move is one fewer.",
            "Temporary placements (hospital, holiday, a week or less) should not be in the count; systems differ.",
            "Adoption by the child's own foster carers is not a move.",
        ),
    ),
    Measure(
        code="CLA-09",
        title="Placed outside the authority",
        asks="How many children in care live outside the authority?",
        numerator="those whose placement is outside",
        denominator=IN_CARE,
        better=Better.LOW,
        table="children_in_care",
        fields=("in_or_out", "started_on", "ceased_on", "legal_status"),
        essential=("in_or_out",),
        cohort=_in_care,
        unknown=lambda _: pl.col("in_or_out").is_null(),
        unknown_stays=True,
        hits=lambda _: pl.col("in_or_out") == "OUT",
        source=CLA_RELEASE,
        settled=True,
        cautions=("Outside may be nearer than inside: read with the distance from home, which Annex A lacks.",),
    ),
    Measure(
        code="CLA-10",
        title="Living with foster carers",
        asks="How many children in care live in a family?",
        numerator="those in a foster placement",
        denominator=IN_CARE,
        better=Better.HIGH,
        table="children_in_care",
        fields=("placement_type", "started_on", "ceased_on", "legal_status"),
        essential=("placement_type",),
        cohort=_in_care,
        unknown=lambda _: pl.col("placement_type").is_null(),
        unknown_stays=True,
        hits=lambda _: pl.col("placement_type").is_in(FOSTER),
        source=CLA_RELEASE,
        settled=True,
    ),
    Measure(
        code="CLA-14",
        title="Care reviews in time",
        asks="Are children in care reviewed when they should be?",
        numerator="those whose next review is not overdue: {second_care_review_months} months after the first, "
        "{care_review_months} months after a later one",
        denominator=IN_CARE + ", for at least {first_care_review_days} working days",
        better=Better.HIGH,
        table="children_in_care",
        fields=("latest_review_on", "started_on", "ceased_on", "legal_status"),
        essential=("latest_review_on",),
        settings=("first_care_review_days", "second_care_review_months", "care_review_months", "first_day_counts"),
        cohort=_in_care,
        not_due=_no_review_due,
        unknown=lambda context: pl.col("started_on").is_null() | (pl.col("latest_review_on") > context.day),
        hits=_review_in_time,
        source=f"{REGULATIONS}, reg 33; no national series",
        settled=False,
        cautions=(LATEST_ONLY, "A first review that came late is taken for a later one, and given six months."),
    ),
    Measure(
        code="CLA-16",
        title="Visits to children in care in time",
        asks="Are children in care visited often enough?",
        numerator="those visited in the last {care_visit_days} days ({settled_care_visit_months} months if in "
        "long-term fostering for a year), and since the placement began once it is {first_care_visit_days} days old",
        denominator=IN_CARE + ", for at least {first_care_visit_days} days",
        better=Better.HIGH,
        table="children_in_care",
        fields=("last_visit_on", "placement_on", "placement_type", "started_on", "ceased_on", "legal_status"),
        essential=("last_visit_on",),
        settings=("first_care_visit_days", "care_visit_days", "settled_care_visit_months"),
        cohort=_in_care,
        not_due=_no_visit_due,
        unknown=lambda context: pl.col("last_visit_on") > context.day,
        hits=_visit_in_time,
        source=f"{REGULATIONS}, reg 28; no national series",
        settled=False,
        cautions=(
            "Annex A does not say which placements are meant to last: long-term fostering stands in for that.",
            "The shorter intervals for a child at home on an interim order, or with a carer approved for the time "
            "being, cannot be told from Annex A and are not tested.",
            LATEST_ONLY,
        ),
    ),
    Measure(
        code="CLA-17",
        title="Permanence plan recorded",
        asks="Does every child in care have a plan for permanence in time?",
        numerator="those with a plan for permanence",
        denominator=IN_CARE + ", for at least {permanence_months} months",
        better=Better.HIGH,
        table="children_in_care",
        fields=("permanence_plan", "started_on", "ceased_on", "legal_status"),
        essential=("permanence_plan",),
        settings=("permanence_months",),
        cohort=_in_care,
        not_due=lambda context: _since_entry("permanence_months", context),
        unknown=lambda _: pl.col("started_on").is_null() & pl.col("permanence_plan").is_null(),
        hits=lambda _: pl.col("permanence_plan").is_not_null(),
        source="Statutory guidance: by the second review; no national series",
        settled=False,
    ),
    Measure(
        code="CLA-20",
        title="Came into care for a second time within a year",
        asks="How many children come back into care?",
        numerator="those with another period of care in the 12 months before",
        denominator="children who came into care in the {period_months} months before the as-at date, no short breaks",
        better=Better.LOW,
        table="children_in_care",
        fields=("second_period", "started_on", "legal_status"),
        essential=("second_period",),
        settings=("period_months",),
        cohort=_began_in_period,
        unknown=lambda _: pl.col("second_period").is_null(),
        hits=lambda _: pl.col("second_period") == "Y",
        source="Annex A, list 8; no national series",
        settled=False,
    ),
    Measure(
        code="HE-02",
        title="Health assessment up to date",
        asks="Is the health of children in care assessed in time?",
        numerator="those assessed in the last {health_months} months ({young_health_months} if under five)",
        denominator=YEAR_IN_CARE,
        better=Better.HIGH,
        table="children_in_care",
        fields=("health_on", "born_on", "age", "started_on", "ceased_on", "legal_status"),
        essential=("health_on",),
        settings=("health_months", "young_health_months"),
        cohort=_in_care_a_year,
        unknown=lambda context: pl.col("health_on") > context.day,
        hits=_health_in_time,
        source=CLA_RELEASE + ", cut to what Annex A holds",
        settled=True,
        cautions=("The published figure asks for two assessments in the year of a child under five.", LATEST_ONLY),
    ),
    Measure(
        code="HE-03",
        title="Dental check in the last year",
        asks="Do children in care see a dentist?",
        numerator="those whose teeth were checked in the last {dental_months} months",
        denominator=YEAR_IN_CARE,
        better=Better.HIGH,
        table="children_in_care",
        fields=("dental_on", "started_on", "ceased_on", "legal_status"),
        essential=("dental_on",),
        settings=("dental_months",),
        cohort=_in_care_a_year,
        unknown=lambda context: pl.col("dental_on") > context.day,
        hits=lambda context: pl.col("dental_on") >= context.before(context.setting("dental_months")),
        source=CLA_RELEASE,
        settled=True,
        cautions=("A child who refused counts as not checked.",),
        breaks=("2021: dental practices were closed, and the national figure fell by half.",),
    ),
    Measure(
        code="MI-02",
        title="Return interview offered",
        asks="Is a child who went missing offered someone to talk to?",
        numerator="those offered a return interview after the last episode",
        denominator="children in list 8 with a missing episode in the last 12 months, without short breaks",
        better=Better.HIGH,
        table="children_in_care",
        fields=("missing_in_year", "interview_offered", "legal_status"),
        essential=("interview_offered",),
        cohort=lambda _: (pl.col("missing_in_year") > 0) & _not_short_break(),
        unknown=lambda _: pl.col("interview_offered").is_null() | (pl.col("interview_offered") == "U"),
        unknown_stays=True,
        hits=lambda _: pl.col("interview_offered") == "Y",
        source="Annex A, list 8; no national series",
        settled=False,
        cautions=(
            "Yes or no only: whether it was within 72 hours of the return needs times that Annex A lacks.",
            "Children who left care in the period are counted.",
        ),
    ),
)
