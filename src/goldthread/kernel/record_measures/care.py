"""Children in care: reviews, visits, workers, coming and going, health, times missing."""

from collections.abc import Callable
from dataclasses import replace

import polars as pl

from goldthread.kernel.context import Context
from goldthread.kernel.measure import Better, Measure, Test
from goldthread.kernel.measures import care as lists
from goldthread.kernel.measures.care import CLA_RELEASE, IN_CARE, REGULATIONS, YEAR_IN_CARE
from goldthread.kernel.record_measures.moves import in_care

ADOPTED = ("E11", "E12")
GUARDIANSHIP = ("E43", "E44", "E45", "E46", "E47", "E48")
TOOK_PART = ("PN1", "PN2", "PN3", "PN5", "PN6")
UNKNOWN_LENGTH = "A child whose start of care lies before what was handed in counts as in care for a year."
ONCE_A_YEAR = "The return says whether it was so in the year; the dataset has the day."
YOUNGEST_SCORED, OLDEST_SCORED = 5, 16
"""The ages of those for whom strengths and difficulties are scored."""
OF_YEAR = "of the 12 months up to the as-at date, without short breaks"


def _a_year(context: Context) -> pl.Expr:
    return in_care(context) & (pl.col("started_on").is_null() | (pl.col("started_on") <= context.before(12)))


def aged(youngest: int, oldest: int) -> Test:
    """In care for a year, and of such an age on the as-at date."""
    return lambda context: _a_year(context) & pl.col("age").is_between(youngest, oldest)


def _since(name: str, setting: str) -> Test:
    """Whether the last check is as young as the setting asks, or is recorded for the year without its day."""
    return lambda context: (
        (pl.col(f"{name}_on") >= context.before(context.setting(setting))).fill_null(False)
        | (pl.col(f"{name}_said") == "Y").fill_null(False)
    )


def _assessed(context: Context) -> pl.Expr:
    young = (pl.col("age") < 5).fill_null(False)
    return (
        pl.when(young)
        .then(_since("health", "young_health_months")(context))
        .otherwise(_since("health", "health_months")(context))
    )


def _not_due_for_review(context: Context) -> pl.Expr:
    """In care for so short a time that not even the first review is due, and none was held."""
    limit = context.setting("first_care_review_days")
    return (pl.col("reviews_held") == 0) & (context.working_days(pl.col("started_on"), context.day) < limit)


REVIEWS = Measure(
    code="CLA-14",
    title="Reviews of care in time",
    asks="Is every child's care reviewed when it should be?",
    numerator="those whose every review of the last 12 months was in time, with none overdue",
    denominator=f"{IN_CARE}, for {{first_care_review_days}} working days or longer",
    better=Better.HIGH,
    table="in_care",
    fields=("reviews_late", "reviews_held", "started_on", "legal_status"),
    settings=("first_care_review_days", "second_care_review_months", "care_review_months", "first_day_counts"),
    cohort=in_care,
    not_due=_not_due_for_review,
    hits=lambda _: pl.col("reviews_late") == 0,
    source=f"{REGULATIONS}, reg 33",
    settled=False,
    looks_back=12,
    cautions=(
        "The first two reviews have limits of their own, told where care began in the 12 months; a review whose "
        "predecessor is out of sight is late only if no predecessor could have made it timely.",
    ),
)

PART_TAKEN = Measure(
    code="CLA-15",
    title="Children took part in their reviews",
    asks="Do children have a say in their reviews?",
    numerator="reviews in which the child took part: there, by an advocate or in another way",
    denominator="reviews of children aged four or older in the 12 months up to the as-at date",
    better=Better.HIGH,
    table="care_reviews",
    fields=("participation", "reviewed_on", "age_then"),
    essential=("participation",),
    cohort=lambda _: (pl.col("age_then") >= 4).fill_null(True),
    unknown=lambda _: pl.col("participation").is_null() | (pl.col("participation") == "PN0"),
    unknown_stays=True,
    hits=lambda _: pl.col("participation").is_in(TOOK_PART),
    source="SSDA903, review codes; their meaning is to be checked against the guide to the return",
    settled=False,
    cautions=("PN0 says that the child was under four: for an older child it counts as not known.",),
)

VISITS = replace(
    next(measure for measure in lists.MEASURES if measure.code == "CLA-16"),
    table="in_care",
    unknown=None,
    cautions=(
        "Which placements are meant to last is not told: long-term fostering stands in for that.",
        "The shorter intervals for a child at home on an interim order, or with a carer approved for the time being, "
        "are not tested.",
        "Tests what is due now, not whether every visit was in time.",
    ),
)

WORKERS = Measure(
    code="CLA-18",
    title="Three or more social workers in a year",
    asks="Do children in care keep the same social worker?",
    numerator="those with {many_workers} or more different social workers in the last 12 months",
    denominator=IN_CARE,
    better=Better.LOW,
    table="in_care",
    fields=("workers_in_year", "legal_status"),
    settings=("many_workers",),
    cohort=in_care,
    unknown=lambda _: pl.col("workers_in_year") == 0,
    hits=lambda context: pl.col("workers_in_year") >= context.setting("many_workers"),
    source=CLA_RELEASE,
    settled=True,
    looks_back=12,
    cautions=(
        "Different workers: one who comes back counts once. Workers before the child came into care count too.",
        "A child without any worker on record counts as not known.",
        "In the dataset those whose role is called social worker or allocated, and those without a role.",
    ),
    breaks=("Asked for from 2023-24 on.",),
)

ALONE = Measure(
    code="CLA-03",
    title="Unaccompanied children seeking asylum",
    asks="How many of the children in care came to the country alone?",
    numerator="those who sought asylum alone",
    denominator=IN_CARE,
    better=Better.CONTEXT,
    table="in_care",
    fields=("unaccompanied", "legal_status"),
    cohort=in_care,
    hits=lambda _: pl.col("unaccompanied") == "Y",
    source=CLA_RELEASE,
    settled=True,
    cautions=("They have no home to be far from: read CLA-07 and CLA-08 with this.",),
)


def _not_short(_: Context) -> pl.Expr:
    return pl.col("legal_status").is_in(["V3", "V4"]).fill_null(False).not_()


RETURNED = Measure(
    code="CLA-20",
    title="Back in care within 12 months",
    asks="How many children come back into care soon after leaving it?",
    numerator="those whose period of care before had ended no more than 12 months earlier",
    denominator=f"periods of care that began, {OF_YEAR}",
    better=Better.LOW,
    table="care_begun",
    fields=("started_on", "previous_ceased_on", "legal_status"),
    cohort=_not_short,
    hits=lambda _: pl.col("previous_ceased_on") >= pl.col("started_on").dt.offset_by("-12mo"),
    source="Reports of inspections; no national series",
    settled=False,
    looks_back=24,
)


def _left(code: str, title: str, asks: str, says: str, reasons: tuple[str, ...], better: Better, *also: str) -> Measure:
    return Measure(
        code=code,
        title=title,
        asks=asks,
        numerator=f"those that ended with {says}",
        denominator=f"children who ceased to be in care, by their last end, {OF_YEAR}",
        better=better,
        table="care_ended",
        fields=("ceased_reason", "ceased_on", "last_of_child", "legal_status"),
        essential=("ceased_reason",),
        cohort=lambda context: _not_short(context) & (pl.col("last_of_child") == "Y"),
        unknown=lambda _: pl.col("ceased_reason").is_null(),
        unknown_stays=True,
        hits=lambda _: pl.col("ceased_reason").is_in(reasons),
        source=CLA_RELEASE,
        settled=True,
        breaks=also,
    )


ENDINGS: tuple[Measure, ...] = (
    _left(
        "CLA-21", "Left care to a special guardian", "How many leave care to a special guardian?",
        "special guardianship", GUARDIANSHIP, Better.CONTEXT, "In 2019 the codes E43 and E44 became E45 to E48.",
    ),
    _left("AD-01", "Left care by adoption", "How many leave care by adoption?", "adoption", ADOPTED, Better.HIGH),
)  # fmt: skip


def _health(
    code: str, title: str, asks: str, numerator: str, fields: tuple[str, ...], hits: Callable[[Context], pl.Expr],
    *, cohort: Test = _a_year, whole: str = YEAR_IN_CARE, settings: tuple[str, ...] = (), better: Better = Better.HIGH,
    unknown: Test | None = None, essential: tuple[str, ...] = (), cautions: tuple[str, ...] = (),
) -> Measure:  # fmt: skip
    return Measure(
        code=code,
        title=title,
        asks=asks,
        numerator=numerator,
        denominator=whole,
        better=better,
        table="in_care",
        fields=(*fields, "started_on", "legal_status"),
        essential=essential,
        settings=settings,
        cohort=cohort,
        unknown=unknown,
        hits=hits,
        source=CLA_RELEASE,
        settled=True,
        cautions=(*cautions, ONCE_A_YEAR, UNKNOWN_LENGTH),
    )


HEALTH: tuple[Measure, ...] = (
    _health(
        "HE-02", "Health assessments up to date", "Are children's health needs looked at?",
        "those with an assessment in the last {health_months} months, under five in the last {young_health_months}",
        ("health_on", "health_said", "age"), _assessed, settings=("health_months", "young_health_months"),
        essential=("health_said",), cautions=("A child who refused counts as not assessed.",),
    ),
    _health(
        "HE-03", "Dental checks up to date", "Do children see a dentist?",
        "those with a dental check in the last {dental_months} months",
        ("dental_on", "dental_said"), _since("dental", "dental_months"), settings=("dental_months",),
        essential=("dental_said",),
        cautions=("A child who refused counts as not checked.", "In 2021 dentists were closed: the figures fell."),
    ),
    _health(
        "HE-04", "Immunisations up to date", "Are children protected against illness?",
        "those whose immunisations are up to date", ("immunised",), lambda _: pl.col("immunised") == "Y",
        unknown=lambda _: pl.col("immunised").is_null(), essential=("immunised",),
    ),
    _health(
        "HE-05", "Development checks up to date, under five", "Are young children's checks done?",
        "those with a check of a child under five in the last {health_months} months",
        ("development_on", "development_said", "age"), _since("development", "health_months"),
        cohort=aged(0, 4), whole=f"{YEAR_IN_CARE}, younger than five", settings=("health_months",),
        essential=("development_said",),
    ),
    _health(
        "HE-07", "Strengths and difficulties scored", "Is children's emotional health looked at?",
        "those with a score in the year", ("sdq_score", "age"), lambda _: pl.col("sdq_score").is_not_null(),
        cohort=aged(YOUNGEST_SCORED, OLDEST_SCORED), whole=f"{YEAR_IN_CARE}, aged 5 to 16",
    ),
    _health(
        "HE-08", "Strengths and difficulties a cause for concern", "How is children's emotional health?",
        "those with a score of {sdq_concern} or more", ("sdq_score", "age"),
        lambda context: pl.col("sdq_score") >= context.setting("sdq_concern"),
        cohort=lambda context: aged(YOUNGEST_SCORED, OLDEST_SCORED)(context) & pl.col("sdq_score").is_not_null(),
        whole=f"{YEAR_IN_CARE}, aged 5 to 16, with a score", settings=("sdq_concern",), better=Better.LOW,
        cautions=("Read with HE-07: who has no score is not in it.",),
    ),
    _health(
        "CLA-22", "Convicted or cautioned", "How many are drawn into crime?",
        "those convicted or cautioned in the year", ("convicted", "age"), lambda _: pl.col("convicted") == "Y",
        cohort=aged(10, 17), whole=f"{YEAR_IN_CARE}, aged 10 to 17", better=Better.LOW,
    ),
)  # fmt: skip


def _gone(code: str, title: str, numerator: str, hits: Test, fields: tuple[str, ...], *cautions: str) -> Measure:
    return Measure(
        code=code,
        title=title,
        asks="How many children in care go missing?",
        numerator=numerator,
        denominator="children in care at some time in the 12 months up to the as-at date, without short breaks",
        better=Better.LOW,
        table="cared_in_year",
        fields=(*fields, "legal_status"),
        cohort=_not_short,
        hits=hits,
        source=CLA_RELEASE,
        settled=True,
        looks_back=12,
        cautions=cautions,
    )


_OF_BOTH = ("missing_in_year", "absent_in_year")

MISSING: tuple[Measure, ...] = (
    _gone(
        "MI-01", "Missing in the year", "those who went missing at least once", lambda _: pl.col("missing_in_year") > 0,
        ("missing_in_year",), "Many authorities record as missing what others call away: read with MI-01A.",
    ),
    _gone(
        "MI-01A", "Missing or away without leave in the year", "those who were missing or away without leave",
        lambda _: (pl.col("missing_in_year") + pl.col("absent_in_year")) > 0, _OF_BOTH,
        "Not to be set beside the published figure, which leaves out children who were away.",
    ),
    Measure(
        code="MI-02",
        title="Return interview offered",
        asks="Is a child who comes back asked what happened?",
        numerator="times after which an interview was offered",
        denominator="times that a child in care was missing and came back in the 12 months up to the as-at date",
        better=Better.HIGH,
        table="times_missing",
        fields=("offered", "kind", "returned_on"),
        essential=("offered",),
        cohort=lambda _: (pl.col("kind") == "M").fill_null(True),
        unknown=lambda _: ~pl.col("offered").is_in(["Y", "N"]).fill_null(False),
        unknown_stays=True,
        hits=lambda _: pl.col("offered") == "Y",
        source="Statutory guidance on children who run away or go missing, 2014",
        settled=False,
        cautions=("Counts times, not children. Whether within 72 hours of the return is not in any form.",),
    ),
    Measure(
        code="MI-03",
        title="Return interview accepted",
        asks="Do children take the interview that they are offered?",
        numerator="times after which the child accepted",
        denominator="times missing that ended in the 12 months, after which an interview was offered",
        better=Better.HIGH,
        table="times_missing",
        fields=("accepted", "offered", "kind", "returned_on"),
        essential=("accepted",),
        cohort=lambda _: (pl.col("kind") == "M").fill_null(True) & (pl.col("offered") == "Y"),
        unknown=lambda _: ~pl.col("accepted").is_in(["Y", "N"]).fill_null(False),
        unknown_stays=True,
        hits=lambda _: pl.col("accepted") == "Y",
        source="Annex A, list 8; no national series",
        settled=False,
    ),
)  # fmt: skip

MEASURES: tuple[Measure, ...] = (ALONE, REVIEWS, PART_TAKEN, VISITS, WORKERS, RETURNED, *ENDINGS, *HEALTH, *MISSING)
