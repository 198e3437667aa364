"""Rules on referrals, assessments, plans and enquiries: what must agree within a case, and what outlives it."""

import polars as pl

from goldthread.kernel.context import Context
from goldthread.kernel.rule import Fails, Rule, Severity
from goldthread.kernel.rules.shapes import begins_before_last_ended, running

OURS = "Our own; practice of data teams"

_OF_REFERRAL = (
    ("ssd_cin_assessments", "cina_referral_id", "cina_assessment_start_date", "cina_assessment_auth_date"),
    ("ssd_cin_plans", "cinp_referral_id", "cinp_cin_plan_start_date", "cinp_cin_plan_end_date"),
    ("ssd_s47_enquiry", "s47e_referral_id", "s47e_s47_start_date", "s47e_s47_end_date"),
    ("ssd_cp_plans", "cppl_referral_id", "cppl_cp_plan_start_date", "cppl_cp_plan_end_date"),
)
"""What belongs to a referral: table, the referral's number, start, end."""

_SEEN_ALONE = (
    ("ssd_cin_visits", "cinv_cin_visit_seen", "cinv_cin_visit_seen_alone"),
    ("ssd_cp_visits", "cppv_cp_visit_seen", "cppv_cp_visit_seen_alone"),
    ("ssd_cla_visits", "clav_cla_visit_seen", "clav_cla_visit_seen_alone"),
)


def _referrals(context: Context, *columns: str) -> pl.DataFrame:
    """A date of each referral that has one row, by its number."""

    def make() -> pl.LazyFrame:
        return context.tables["ssd_cin_episodes"].select("cine_referral_id", *columns).drop_nulls().unique(
            "cine_referral_id", keep="none"
        )  # fmt: skip

    return context.once(f"referrals by {' and '.join(columns)}", make)


def _date_of_referral(context: Context, number: str, column: str) -> pl.Expr:
    told = _referrals(context, column)
    return pl.col(number).replace_strict(told["cine_referral_id"], told[column], default=None, return_dtype=pl.Date)


def _before_referral(number: str, start: str) -> Fails:
    return lambda context: pl.col(start) < _date_of_referral(context, number, "cine_referral_date")


def _runs_on(number: str, start: str, end: str) -> Fails:
    """It runs on the as-at date, and its referral was closed by then."""
    return lambda context: (
        running(context, start, end) & (_date_of_referral(context, number, "cine_close_date") <= context.day)
    )


def _alone_and_not_seen(seen: str, alone: str) -> Fails:
    return lambda _: pl.col(seen).is_in(("N", "0")) & pl.col(alone).is_in(("Y", "1"))


RULES: tuple[Rule, ...] = (
    *(
        Rule(
            code="D30",
            says="It started before the referral that it belongs to.",
            mend="Check both dates, and whether it belongs to an earlier referral.",
            table=table,
            fields=(start, number),
            across=("ssd_cin_episodes",),
            severity=Severity.QUERY,
            source=OURS,
            fails=_before_referral(number, start),
        )
        for table, number, start, _ in _OF_REFERRAL
    ),
    *(
        Rule(
            code="D31",
            says="It is still open, and the case that it belongs to was closed.",
            mend="End it on the day on which it ended, or open the case again.",
            table=table,
            fields=(end, number),
            across=("ssd_cin_episodes",),
            source=OURS,
            fails=_runs_on(number, start, end),
        )
        for table, number, start, end in _OF_REFERRAL
    ),
    Rule(
        code="D32",
        says="The case was closed, and no reason is given.",
        mend="Give the reason for which the case was closed.",
        table="ssd_cin_episodes",
        fields=("cine_close_reason", "cine_close_date"),
        source="CIN census: a closed episode has both a date and a reason",
        fails=lambda _: pl.col("cine_close_date").is_not_null() & pl.col("cine_close_reason").is_null(),
    ),
    Rule(
        code="D33",
        says="A reason for closing the case is given, and no date.",
        mend="Give the day on which the case was closed, or take the reason out.",
        table="ssd_cin_episodes",
        fields=("cine_close_date", "cine_close_reason"),
        source="CIN census: a closed episode has both a date and a reason",
        fails=lambda _: pl.col("cine_close_reason").is_not_null() & pl.col("cine_close_date").is_null(),
    ),
    *(
        Rule(
            code="D34",
            says=f"It begins before {what} of the same child has ended.",
            mend="End the earlier one, or take out the one that was entered twice.",
            table=table,
            fields=(start, person),
            severity=Severity.QUERY,
            source=OURS,
            fails=begins_before_last_ended((person,), start, end),
        )
        for table, person, start, end, what in (
            (
                "ssd_cp_plans", "cppl_person_id", "cppl_cp_plan_start_date", "cppl_cp_plan_end_date",
                "an earlier protection plan",
            ),
            (
                "ssd_cin_plans", "cinp_person_id", "cinp_cin_plan_start_date", "cinp_cin_plan_end_date",
                "an earlier child in need plan",
            ),
        )
    ),
    *(
        Rule(
            code="D35",
            says="The child is said to have been seen alone, and not to have been seen.",
            mend="Check the record of the visit.",
            table=table,
            fields=(alone, seen),
            source=OURS,
            fails=_alone_and_not_seen(seen, alone),
        )
        for table, seen, alone in _SEEN_ALONE
    ),
    Rule(
        code="D36",
        says="The conference made the child the subject of a plan, and names none.",
        mend="Give the number of the plan, or mend the outcome.",
        table="ssd_initial_cp_conference",
        fields=("icpc_cp_plan_id", "icpc_icpc_outcome_cp_flag"),
        severity=Severity.QUERY,
        source=OURS,
        fails=lambda _: pl.col("icpc_icpc_outcome_cp_flag").is_in(("Y", "1")) & pl.col("icpc_cp_plan_id").is_null(),
    ),
)  # fmt: skip
