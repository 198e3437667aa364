"""The front door, assessments, enquiries, conferences and plans of the record."""

import polars as pl

from goldthread.kernel.context import Context
from goldthread.kernel.in_order import before, earlier_day
from goldthread.kernel.views.people import teams, with_child
from goldthread.kernel.views.reviews import late_reviews
from goldthread.kernel.views.tables import VIEW_TABLES
from goldthread.kernel.views.view import Record, View, shaped


def _team(rows: pl.LazyFrame, record: Record, context: Context) -> pl.LazyFrame:
    """Rows with their own team, or where they name none, with the team that works with the child now."""
    now = teams(record, context).rename({"team": "team_now"})
    met = rows.join(now, on="child", how="left", maintain_order="left")
    return met.with_columns(team=pl.coalesce("team", "team_now"))


def _finish(name: str, rows: pl.LazyFrame, record: Record, context: Context) -> pl.LazyFrame:
    return shaped(_team(with_child(rows, record, context), record, context), VIEW_TABLES[name])


def referrals(record: Record) -> pl.LazyFrame:
    """Every referral with a day, each with the child's referral before it."""
    told = (
        record["ssd_cin_episodes"]
        .filter(pl.col("cine_referral_date").is_not_null())
        .select(
            child="cine_person_id",
            referral="cine_referral_id",
            referred_on="cine_referral_date",
            no_further_action="cine_referral_nfa",
            team="cine_referral_team",
            source="source",
            source_row="row",
        )
    )
    return told.sort("child", "referred_on", "source_row").with_columns(previous_on=earlier_day("referred_on"))


def _referrals(record: Record, context: Context) -> pl.LazyFrame:
    return _finish("all_referrals", referrals(record), record, context)


def _need(record: Record, context: Context) -> pl.LazyFrame:
    # A case has a primary need. A bare referral has none: it has no closing day either, and would be open for ever.
    led_further = pl.col("cine_cin_primary_need_code").is_not_null() & (
        pl.col("cine_referral_nfa").fill_null("N") != "Y"
    )
    told = (
        record["ssd_cin_episodes"]
        .filter(pl.col("cine_referral_date").is_not_null() & led_further)
        .select(
            child="cine_person_id",
            opened_on="cine_referral_date",
            closed_on="cine_close_date",
            need="cine_cin_primary_need_code",
            team="cine_referral_team",
            source="source",
            source_row="row",
        )
    )
    return _finish("all_need", told, record, context)


def _contacts(record: Record, context: Context) -> pl.LazyFrame:
    told = (
        record["ssd_contacts"]
        .filter(pl.col("cont_contact_date").is_not_null())
        .select(
            child="cont_person_id",
            contacted_on="cont_contact_date",
            contact_source="cont_contact_source_code",
            source="source",
            source_row="row",
        )
    )
    days = record["ssd_cin_episodes"].select(child="cine_person_id", referred_on="cine_referral_date").drop_nulls()
    met = told.sort("contacted_on", "source_row").join_asof(
        days.sort("referred_on"),
        left_on="contacted_on",
        right_on="referred_on",
        by="child",
        strategy="forward",
        check_sortedness=False,
        coalesce=False,
    )
    return shaped(with_child(met, record, context), VIEW_TABLES["all_contacts"])


def _assessments(record: Record, context: Context) -> pl.LazyFrame:
    opened = record["ssd_cin_episodes"].select(referral="cine_referral_id", referred_on="cine_referral_date")
    rows = record["ssd_cin_assessments"].select(
        child="cina_person_id",
        referral="cina_referral_id",
        started_on="cina_assessment_start_date",
        authorised_on="cina_assessment_auth_date",
        child_seen="cina_assessment_child_seen",
        team="cina_assessment_team",
        source="source",
        source_row="row",
    )
    known = opened.filter(pl.col("referral").is_not_null()).unique("referral", keep="first")
    return _finish(
        "all_assessments", rows.join(known, on="referral", how="left", maintain_order="left"), record, context
    )


def _enquiries(record: Record, context: Context) -> pl.LazyFrame:
    told = record["ssd_s47_enquiry"].select(
        child="s47e_person_id",
        enquiry="s47e_s47_enquiry_id",
        strategy_on="s47e_s47_start_date",
        went_no_further="s47e_s47_nfa",
        team="s47e_s47_completed_by_team",
        source="source",
        source_row="row",
    )
    held = (
        record["ssd_initial_cp_conference"]
        .filter(pl.col("icpc_s47_enquiry_id").is_not_null())
        .select(enquiry="icpc_s47_enquiry_id", conference_on="icpc_icpc_date", led_to_plan="icpc_icpc_outcome_cp_flag")
    )
    one = held.sort("conference_on", nulls_last=True).unique("enquiry", keep="first", maintain_order=True)
    ordered = told.sort("child", "strategy_on", "source_row", nulls_last=True)
    rows = ordered.with_columns(previous_on=earlier_day("strategy_on")).join(
        one, on="enquiry", how="left", maintain_order="left"
    )
    return _finish("all_enquiries", rows, record, context)


def _conferences(record: Record, context: Context) -> pl.LazyFrame:
    begun = record["ssd_s47_enquiry"].select(
        enquiry="s47e_s47_enquiry_id", strategy_on="s47e_s47_start_date", team="s47e_s47_completed_by_team"
    )
    rows = record["ssd_initial_cp_conference"].select(
        child="icpc_person_id",
        enquiry="icpc_s47_enquiry_id",
        conference_on="icpc_icpc_date",
        transfer_in="icpc_icpc_transfer_in",
        led_to_plan="icpc_icpc_outcome_cp_flag",
        source="source",
        source_row="row",
    )
    known = begun.filter(pl.col("enquiry").is_not_null()).unique("enquiry", keep="first", maintain_order=True)
    return _finish(
        "all_conferences", rows.join(known, on="enquiry", how="left", maintain_order="left"), record, context
    )


def _previous(record: Record) -> pl.LazyFrame:
    """Every plan with its child's plans before it: the end of the last, and how many, as told or as the record holds.

    A form that asks for the number may leave it blank; then earlier plans in sight say that there were some, and none
    in sight says nothing. Where no form asked, the record is the only witness.
    """
    told = record["ssd_cp_plans"].select(
        child="cppl_person_id",
        plan="cppl_cp_plan_id",
        started_on="cppl_cp_plan_start_date",
        ended_on="cppl_cp_plan_end_date",
        latest_category="cppl_cp_plan_latest_category",
        source="source",
        source_row="row",
    )
    counts = record["own_previous_plans"].select(plan="prpl_cp_plan_id", said="prpl_number")
    asked = counts.select(pl.len().alias("asked"))
    known = counts.drop_nulls().unique("plan", keep="first", maintain_order=True)
    of_child = pl.col("child").is_not_null()
    placed = told.sort("child", "started_on", "source_row", nulls_last=True).with_columns(
        place=pl.when(of_child & pl.col("started_on").is_not_null()).then(pl.int_range(pl.len()).over("child")),
        previous_ended_on=before(pl.col("ended_on")),
    )
    met = placed.join(known, on="plan", how="left", maintain_order="left").join(
        asked, how="cross", maintain_order="left"
    )
    silent = (pl.col("place") == 0) & (pl.col("asked") > 0)
    return met.with_columns(previous_plans=pl.coalesce("said", pl.when(~silent).then("place")))


def _plans(record: Record, context: Context) -> pl.LazyFrame:
    plans = _previous(record)
    until = pl.min_horizontal(pl.col("ended_on"), context.day)
    things = plans.filter(pl.col("plan").is_not_null()).select(key="plan", begun_on="started_on", until=until)
    held = record["ssd_cp_reviews"].select(key="cppr_cp_plan_id", on="cppr_cp_review_date").drop_nulls()
    months = context.setting("first_protection_review_months")
    reviewed = late_reviews(
        things.unique("key", keep="first", maintain_order=True),
        held,
        context,
        first_late=lambda begun, on: on > begun.dt.offset_by(f"{months}mo"),
        second_months=context.setting("protection_review_months"),
        later_months=context.setting("protection_review_months"),
    ).rename({"key": "plan"})
    visits = record["ssd_cp_visits"].filter(
        pl.col("cppv_cp_plan_id").is_not_null() & (pl.col("cppv_cp_visit_date") <= context.day)
    )
    visited = (
        visits.sort("cppv_cp_visit_date", "row")
        .group_by(pl.col("cppv_cp_plan_id").alias("plan"), maintain_order=True)
        .agg(last_visit_on=pl.col("cppv_cp_visit_date").last(), seen_alone=pl.col("cppv_cp_visit_seen_alone").last())
    )
    rows = plans.join(reviewed, on="plan", how="left", maintain_order="left").join(
        visited, on="plan", how="left", maintain_order="left"
    )
    now = rows.join(teams(record, context), on="child", how="left", maintain_order="left")
    return shaped(with_child(now, record, context), VIEW_TABLES["all_plans"])


NEED = ("ssd_cin_episodes",)

ALL_REFERRALS = View(
    table=VIEW_TABLES["all_referrals"], make=_referrals, needs=NEED, history=frozenset({"previous_on"})
)
ALL_NEED = View(table=VIEW_TABLES["all_need"], make=_need, needs=NEED)
ALL_CONTACTS = View(
    table=VIEW_TABLES["all_contacts"], make=_contacts, needs=("ssd_contacts",), feeds={"referred_on": NEED}
)
ALL_ASSESSMENTS = View(
    table=VIEW_TABLES["all_assessments"],
    make=_assessments,
    needs=("ssd_cin_assessments",),
    feeds={"referred_on": NEED},
)
ALL_ENQUIRIES = View(
    table=VIEW_TABLES["all_enquiries"],
    make=_enquiries,
    needs=("ssd_s47_enquiry",),
    feeds={"conference_on": ("ssd_initial_cp_conference",), "led_to_plan": ("ssd_initial_cp_conference",)},
)
ALL_CONFERENCES = View(
    table=VIEW_TABLES["all_conferences"],
    make=_conferences,
    needs=("ssd_initial_cp_conference",),
    feeds={"strategy_on": ("ssd_s47_enquiry",)},
)
ALL_PLANS = View(
    table=VIEW_TABLES["all_plans"],
    make=_plans,
    needs=("ssd_cp_plans",),
    feeds={
        "last_visit_on": ("ssd_cp_visits",),
        "seen_alone": ("ssd_cp_visits",),
        "reviews_late": ("ssd_cp_reviews",),
        "reviews_held": ("ssd_cp_reviews",),
        "team": ("ssd_involvements",),
    },
    history=frozenset({"reviews_late", "reviews_held", "previous_ended_on"}),
)
