"""Measures of care leavers (list 9)."""

from dataclasses import replace

import polars as pl

from goldthread.kernel.context import Context
from goldthread.kernel.measure import Better, Measure, Test

COHORT_BREAK = (
    "Until 2013 the cohort was 19-year-olds looked after at 16; from 2014 all with 13 weeks of care after 14: "
    "the two series cannot be joined."
)
BIRTHDAY = (
    "The national figure counts by the birthday in the year, and what is known around it; "
    "this one by age and by what is known on the as-at date."
)
CLA_RELEASE = "DfE, Children looked after in England including adoptions; LAIT"
REGULATIONS = "Care Leavers (England) Regulations 2010"
IN_WORK = ("F1", "P1", "F2", "P2", "F3", "P3", "F4", "P4", "F5", "P5")
NOT_IN_WORK = ("G4", "G5", "G6")
PLACE_NOT_ASKED = ("G", "H", "R")
"""Gone abroad, deported, residence not known: nationally out of the denominator of suitable homes."""


def _aged(youngest: int, oldest: int) -> Test:
    """Aged in the band on the as-at date, not dead and not returned home; refusals and no contact stay in."""
    gone = pl.col("in_touch").is_in(["DIED", "RHOM"]).fill_null(False)
    return lambda context: context.age().is_between(youngest, oldest) & gone.not_()


def _housed(youngest: int, oldest: int) -> Test:
    elsewhere = pl.col("accommodation").is_in(PLACE_NOT_ASKED).fill_null(False)
    return lambda context: _aged(youngest, oldest)(context) & elsewhere.not_()


def _owed_support(_: Context) -> pl.Expr:
    gone = pl.col("in_touch").is_in(["DIED", "RHOM", "NREQ"]).fill_null(False)
    return pl.col("eligibility").is_in(["RELEVANT", "FORMER"]) & gone.not_()


def _about(youngest: int, oldest: int) -> str:
    return f"care leavers aged {youngest} to {oldest}, in touch or not, who have not died or returned home"


EET_19_TO_21 = Measure(
    code="CL-01",
    title="Care leavers aged 19 to 21 in education, employment or training",
    asks="Are care leavers in education, employment or training?",
    numerator="those in education, employment or training, full or part time",
    denominator=_about(19, 21),
    better=Better.HIGH,
    table="care_leavers",
    fields=("activity", "in_touch", "born_on", "age"),
    essential=("activity",),
    cohort=_aged(19, 21),
    unknown=lambda _: pl.col("activity").is_null(),
    unknown_stays=True,
    hits=lambda _: pl.col("activity").is_in(IN_WORK),
    source=CLA_RELEASE,
    settled=True,
    cautions=("What is not known stays in the denominator, as it does nationally.", BIRTHDAY),
    breaks=(COHORT_BREAK,),
)

SUITABLE_19_TO_21 = Measure(
    code="CL-06",
    title="Care leavers aged 19 to 21 in suitable homes",
    asks="Do care leavers have somewhere suitable to live?",
    numerator="those whose home is suitable",
    denominator=_about(19, 21) + ", nor gone abroad, nor been deported, nor live where nobody knows",
    better=Better.HIGH,
    table="care_leavers",
    fields=("suitability", "accommodation", "in_touch", "born_on", "age"),
    essential=("suitability",),
    cohort=_housed(19, 21),
    unknown=lambda _: pl.col("suitability").is_null(),
    unknown_stays=True,
    hits=lambda _: pl.col("suitability") == "SUITABLE",
    source=CLA_RELEASE,
    settled=True,
    cautions=("The denominator is not that of CL-01.", BIRTHDAY),
    breaks=(COHORT_BREAK,),
)

MEASURES: tuple[Measure, ...] = (
    EET_19_TO_21,
    replace(
        EET_19_TO_21,
        code="CL-02",
        title="Care leavers aged 17 to 18 in education, employment or training",
        denominator=_about(17, 18),
        cohort=_aged(17, 18),
    ),
    replace(
        EET_19_TO_21,
        code="CL-03",
        title="Care leavers aged 19 to 21 not in education, employment or training",
        numerator="those not in education, employment or training, for whatever reason",
        better=Better.LOW,
        hits=lambda _: pl.col("activity").is_in(NOT_IN_WORK),
        cautions=("CL-01, CL-03 and those not known make up the whole.", BIRTHDAY),
    ),
    replace(
        EET_19_TO_21,
        code="CL-04",
        title="Care leavers aged 19 to 21 in an apprenticeship",
        asks="Are care leavers in apprenticeships?",
        numerator="those in an apprenticeship, full or part time",
        hits=lambda _: pl.col("activity").is_in(["F4", "P4"]),
        cautions=("Files in the form of 2019 have no code for apprenticeships and show none.", BIRTHDAY),
        breaks=(COHORT_BREAK, "Apprenticeships have had a code of their own since 2022."),
    ),
    SUITABLE_19_TO_21,
    replace(
        SUITABLE_19_TO_21,
        code="CL-07",
        title="Care leavers aged 17 to 18 in suitable homes",
        denominator=_about(17, 18) + ", nor gone abroad, nor been deported, nor live where nobody knows",
        cohort=_housed(17, 18),
    ),
    Measure(
        code="CL-08",
        title="Care leavers aged 19 to 21 with whom the authority is not in touch",
        asks="Has the authority lost touch with care leavers?",
        numerator="those with whom the authority is not in touch",
        denominator=_about(19, 21),
        better=Better.LOW,
        table="care_leavers",
        fields=("in_touch", "born_on", "age"),
        essential=("in_touch",),
        cohort=_aged(19, 21),
        unknown=lambda _: pl.col("in_touch").is_null(),
        unknown_stays=True,
        hits=lambda _: pl.col("in_touch") == "NO",
        source=CLA_RELEASE,
        settled=True,
        cautions=("Those who refuse or need no contact count as not lost.", BIRTHDAY),
        breaks=(COHORT_BREAK,),
    ),
    Measure(
        code="CL-09",
        title="Contact with care leavers in the last eight weeks",
        asks="Does the authority see its care leavers?",
        numerator="those with contact in the last {contact_days} days",
        denominator="relevant and former relevant young people who have not died, returned home or need no contact",
        better=Better.HIGH,
        table="care_leavers",
        fields=("contacted_on", "eligibility", "in_touch"),
        essential=("contacted_on",),
        settings=("contact_days",),
        cohort=_owed_support,
        unknown=lambda context: pl.col("contacted_on") > context.day,
        hits=lambda context: pl.col("contacted_on") >= context.day - pl.duration(days=context.setting("contact_days")),
        source=f"{REGULATIONS}; no national series",
        settled=False,
        cautions=("List 9 in the form of 2019 lacks the date.",),
    ),
    Measure(
        code="CL-10",
        title="Pathway plan reviewed in the last six months",
        asks="Are pathway plans kept up to date?",
        numerator="those whose plan was reviewed in the last {pathway_months} months",
        denominator="relevant and former relevant young people who have not died, returned home or need no contact",
        better=Better.HIGH,
        table="care_leavers",
        fields=("pathway_plan_on", "eligibility", "in_touch"),
        essential=("pathway_plan_on",),
        settings=("pathway_months",),
        cohort=_owed_support,
        unknown=lambda context: pl.col("pathway_plan_on") > context.day,
        hits=lambda context: pl.col("pathway_plan_on") >= context.before(context.setting("pathway_months")),
        source=f"{REGULATIONS}; no national series",
        settled=False,
        cautions=(
            "List 9 in the form of 2019 lacks the date.",
            "Former relevant from 21 on may have no plan by choice.",
        ),
    ),
    Measure(
        code="CL-11",
        title="Personal adviser named",
        asks="Does every care leaver have a personal adviser?",
        numerator="those with a personal adviser named",
        denominator="eligible, relevant and former relevant young people in the list who have not died",
        better=Better.HIGH,
        table="care_leavers",
        fields=("adviser", "eligibility", "in_touch"),
        essential=("adviser",),
        cohort=lambda _: (
            pl.col("eligibility").is_in(["ELIGIBLE", "RELEVANT", "FORMER"])
            & (pl.col("in_touch") == "DIED").fill_null(False).not_()
        ),
        hits=lambda _: pl.col("adviser").is_not_null(),
        source="Annex A, list 9; no national series",
        settled=False,
        cautions=("List 9 in the form of 2019 lacks the column.",),
    ),
)
