"""What an episode of need holds, and whether it may: after it closed, without further action, without an assessment."""

import polars as pl

from goldthread.kernel.context import Context
from goldthread.kernel.rule import Fails, Rule
from goldthread.kernel.rules.cin.declared import Words, at, of_activity, of_pair, rule, without
from goldthread.kernel.rules.cin.shared import (
    ASSESSMENTS,
    CIN_PLANS,
    DETAILS,
    EPISODE,
    NFA,
    PROTECTION,
    SECTION_47,
    beside_episode,
    blank,
)

AFTER_ASSESSMENT = ("RC8", "RC9")
"""Closed after assessment: without further action, or referred to early help."""

NOT_REQUIRED = "1"
"""ICPCnotRequired of an enquiry that ended without a conference."""


def _closed_after_assessment(_: Context) -> pl.Expr:
    return pl.col("reason_for_closure").is_in(AFTER_ASSESSMENT)


def _no_further_action(_: Context) -> pl.Expr:
    return pl.col("referral_nfa") == NFA


def _after_closure(*columns: str) -> Fails:
    """Any of the dates lies after that on which the episode closed."""
    return lambda _: pl.any_horizontal(
        (pl.col(column) > pl.col("cin_closure_date")).fill_null(False) for column in columns
    )


def _unassessed(context: Context) -> pl.LazyFrame:
    """The episodes with a section 47 enquiry and no assessment, and the enquiries."""
    assessed = context.table(ASSESSMENTS).select(EPISODE)
    held = beside_episode(SECTION_47).rows(context).select(*EPISODE, "row", "row_right")
    return held.join(assessed, on=list(EPISODE), how="anti")


def _unfinished_enquiry(context: Context) -> pl.Expr:
    """Closed, and neither a conference held nor said not to be required; a blank flag does not say so.

    A day that was written and not understood is no missing conference (`shared.blank`).
    """
    waived = (pl.col("icpc_not_required") == NOT_REQUIRED).fill_null(False)
    unread = context.not_understood(SECTION_47, "date_of_initial_cpc", "row_right")
    return (
        pl.col("cin_closure_date").is_not_null()
        & pl.col("date_of_initial_cpc_right").is_null()
        & unread.not_()
        & waived.not_()
    )


_UNASSESSED: Words = {
    "says": "The episode has a section 47 enquiry and no assessment.",
    "mend": "Add the assessment that led to the enquiry, or say why there is none.",
}

RULES: tuple[Rule, ...] = (
    *of_activity(
        "2990", ("reason_for_closure",),
        {SECTION_47: ("s47_actual_start_date",), CIN_PLANS: ("cin_plan_start_date",), PROTECTION: ("cpp_start_date",)},
        says="The episode was closed after assessment, and holds an enquiry or a plan.",
        mend="Mend the reason for closure (RC8, RC9), or take out what belongs to another episode.",
        breaks=dict.fromkeys((SECTION_47, CIN_PLANS, PROTECTION), _closed_after_assessment),
    ),
    rule(
        "2991Q", DETAILS, "cin_details_id", across=(SECTION_47, ASSESSMENTS),
        finds=at(DETAILS, _unassessed),
        **_UNASSESSED,
    ),
    rule(
        "2991Q", SECTION_47, "cin_details_id", across=(DETAILS, ASSESSMENTS),
        finds=at(SECTION_47, _unassessed, "row_right"),
        **_UNASSESSED,
    ),
    rule(
        "8825Q", DETAILS, "reason_for_closure", across=(ASSESSMENTS,),
        says="The episode was closed after assessment (RC8, RC9), and has no assessment.",
        mend="Add the assessment, or mend the reason for closure.",
        finds=without(ASSESSMENTS, _closed_after_assessment),
    ),
    *of_activity(
        "8831", ("referral_nfa",),
        {
            ASSESSMENTS: ("assessment_actual_start_date", "assessment_authorisation_date"),
            SECTION_47: ("s47_actual_start_date", "date_of_initial_cpc"),
        },
        says="The referral led to no further action, and the episode holds an assessment, an enquiry or a conference.",
        mend="Mend the flag of the referral, or take out what belongs to another episode.",
        breaks=dict.fromkeys((ASSESSMENTS, SECTION_47), _no_further_action),
        conference=lambda _: (pl.col("referral_nfa") == NFA) & pl.col("date_of_initial_cpc").is_not_null(),
    ),
    *of_pair(
        "4000", beside_episode(CIN_PLANS), ("referral_nfa",), ("cin_plan_start_date",),
        says="The referral led to no further action, and the episode holds a child in need plan.",
        mend="Mend the flag of the referral, or take out the plan.",
        breaks=_no_further_action,
    ),
    *of_pair(
        "8832", beside_episode(PROTECTION), ("referral_nfa",), ("cin_details_id",),
        says="The referral led to no further action, and the episode holds a child protection plan.",
        mend="Mend the flag of the referral, or take out the plan.",
        breaks=_no_further_action,
    ),
    *of_pair(
        "8867", beside_episode(ASSESSMENTS), ("cin_closure_date",), ("assessment_authorisation_date",),
        says="The episode is closed, and an assessment of it is not finished.",
        mend="Give the day on which the assessment was authorised, or open the episode again.",
        breaks=lambda context: (
            pl.col("cin_closure_date").is_not_null()
            & blank(context, ASSESSMENTS, "assessment_authorisation_date", "row_right")
        ),
    ),
    *of_pair(
        "8868", beside_episode(SECTION_47), ("cin_closure_date",), ("date_of_initial_cpc", "icpc_not_required"),
        says="The episode is closed, and an enquiry of it has no conference, nor is one said not to be required.",
        mend="Give the day of the conference, or say that none was required.",
        breaks=_unfinished_enquiry,
    ),
    *of_activity(
        "8565", ("cin_closure_date",),
        {
            ASSESSMENTS: ("assessment_actual_start_date", "assessment_authorisation_date"),
            SECTION_47: ("s47_actual_start_date", "date_of_initial_cpc"),
            CIN_PLANS: ("cin_plan_start_date", "cin_plan_end_date"),
            PROTECTION: ("cpp_start_date", "cpp_end_date"),
        },
        says="The episode holds something dated after its closure.",
        mend="Mend the date of closure, or move what came later to the episode that it belongs to.",
        breaks={
            ASSESSMENTS: _after_closure("assessment_actual_start_date", "assessment_authorisation_date"),
            SECTION_47: _after_closure("s47_actual_start_date", "date_of_initial_cpc_right"),
            CIN_PLANS: _after_closure("cin_plan_start_date", "cin_plan_end_date"),
            PROTECTION: _after_closure("cpp_start_date", "cpp_end_date"),
        },
        conference=_after_closure("date_of_initial_cpc"),
    ),
)  # fmt: skip
