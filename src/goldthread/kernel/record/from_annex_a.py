"""The eleven lists of Annex A become the record.

The lists are a snapshot: of visits, reviews and checks they hold the latest of each child, so that the record has one
row where a case system has a history. What they count (`Number of Placements in the Last 12 months`) goes nowhere, for
the record holds events, and a count does not say which; earlier protection plans, of which there is no other trace, are
the exception.
"""

import polars as pl

from goldthread.kernel.record.from_annex_a_care import ADOPTION, CARE, LEAVING
from goldthread.kernel.record.mapping import Fill, FormMapping, Take, codes, derived, given, key, latest, same
from goldthread.kernel.tables import TABLES

_CHILD = same("child")
_LISTS_OF_CHILDREN = tuple(name for name in TABLES if name != "adopters")


def _has(table: str, column: str) -> bool:
    return any(each.name == column for each in TABLES[table].columns)


def _person(table: str) -> Fill:
    return Fill(
        into="ssd_person",
        source=table,
        takes={
            "pers_person_id": _CHILD,
            "pers_gender": same("gender"),
            "pers_ethnicity": same("ethnicity"),
            "pers_dob": same("born_on", "of a child not yet born, the day on which it is expected"),
        },
    )


def _disability(table: str) -> Fill:
    return Fill(
        into="ssd_disability",
        source=table,
        rows="rows that say yes or no",
        only=pl.col("disability").is_in(["Y", "N"]),
        takes={
            "disa_table_id": key("disability", "child"),
            "disa_person_id": _CHILD,
            "disa_disability_code": codes(
                "disability", {"N": "NONE", "Y": None}, "yes is a row without a code, for the list does not say which"
            ),
        },
    )


def _staff(table: str) -> tuple[Fill, ...]:
    """The team and the worker of a list: who they are, and that they work with the child now."""
    return (
        Fill(
            into="ssd_department",
            source=table,
            rows="rows with a team",
            only=pl.col("team").is_not_null(),
            takes={"dept_team_id": same("team", "teams have no numbers here"), "dept_team_name": same("team")},
        ),
        Fill(
            into="ssd_professionals",
            source=table,
            rows="rows with a worker",
            only=pl.col("worker").is_not_null(),
            takes={
                "prof_professional_id": same("worker", "workers have no numbers here"),
                "prof_professional_name": same("worker"),
            },
        ),
        Fill(
            into="ssd_involvements",
            source=table,
            rows="rows with a worker or a team",
            only=pl.col("worker").is_not_null() | pl.col("team").is_not_null(),
            takes={
                "invo_involvements_id": derived(
                    ("child", "team", "worker"),
                    pl.concat_str(
                        [pl.lit("worker"), "child", pl.col("team").fill_null(""), pl.col("worker").fill_null("")],
                        separator="/",
                    ),
                    "one for each child, team and worker",
                ),
                "invo_person_id": _CHILD,
                "invo_professional_id": same("worker"),
                "invo_professional_team": same("team"),
            },
        ),
    )


def _referral(day: str) -> Take:
    return key("referral", "child", day)


_FRONT_DOOR = (
    Fill(
        into="ssd_contacts",
        source="contacts",
        takes={
            "cont_contact_id": key("contact", "child", "contacted_on", "source"),
            "cont_person_id": _CHILD,
            "cont_contact_date": same("contacted_on"),
            "cont_contact_source_code": same("source"),
        },
    ),
    Fill(
        into="ssd_early_help_episodes",
        source="early_help",
        takes={
            "earl_episode_id": key("early help", "child", "started_on", "organisation"),
            "earl_person_id": _CHILD,
            "earl_episode_start_date": same("started_on"),
            "earl_episode_end_date": same("completed_on"),
            "earl_episode_organisation": same("organisation"),
        },
    ),
    Fill(
        into="ssd_cin_episodes",
        source="referrals",
        takes={
            "cine_referral_id": _referral("referred_on"),
            "cine_person_id": _CHILD,
            "cine_referral_date": same("referred_on"),
            "cine_referral_source_code": same("source"),
            "cine_referral_nfa": same("no_further_action"),
            "cine_referral_team": same("team"),
            "cine_referral_worker_id": same("worker"),
        },
    ),
    Fill(
        into="ssd_cin_assessments",
        source="assessments",
        takes={
            "cina_assessment_id": key("assessment", "child", "started_on"),
            "cina_person_id": _CHILD,
            "cina_assessment_start_date": same("started_on"),
            "cina_assessment_child_seen": same("child_seen"),
            "cina_assessment_auth_date": same("authorised_on"),
            "cina_assessment_outcome_nfa": codes(
                "needs_support", {"Y": "N", "N": "Y"}, "the dataset asks the contrary: whether nothing follows"
            ),
            "cina_assessment_team": same("team"),
            "cina_assessment_worker_id": same("worker"),
        },
    ),
)

_PROTECTION = (
    Fill(
        into="ssd_s47_enquiry",
        source="section_47",
        takes={
            "s47e_s47_enquiry_id": key("s47", "child", "strategy_on"),
            "s47e_person_id": _CHILD,
            "s47e_s47_start_date": same("strategy_on"),
            "s47e_s47_nfa": same("conference_unnecessary", "an enquiry without a conference went no further"),
            "s47e_s47_completed_by_team": same("team"),
            "s47e_s47_completed_by_worker_id": same("worker"),
        },
    ),
    Fill(
        into="ssd_initial_cp_conference",
        source="section_47",
        rows="rows with a conference",
        only=pl.col("conference_on").is_not_null(),
        takes={
            "icpc_icpc_id": key("icpc", "child", "strategy_on"),
            "icpc_s47_enquiry_id": key("s47", "child", "strategy_on"),
            "icpc_person_id": _CHILD,
            "icpc_icpc_date": same("conference_on"),
            "icpc_icpc_outcome_cp_flag": same("led_to_plan"),
        },
    ),
    Fill(
        into="ssd_cp_plans",
        source="protection_plans",
        takes={
            "cppl_cp_plan_id": key("cp", "child", "started_on"),
            "cppl_person_id": _CHILD,
            "cppl_cp_plan_start_date": same("started_on"),
            "cppl_cp_plan_end_date": same("ended_on"),
            "cppl_cp_plan_initial_category": same("first_category"),
            "cppl_cp_plan_latest_category": same("latest_category"),
        },
    ),
    Fill(
        into="own_previous_plans",
        source="protection_plans",
        takes={
            "prpl_cp_plan_id": key("cp", "child", "started_on"),
            "prpl_person_id": _CHILD,
            "prpl_number": same("previous_plans", "a count over a lifetime; the list has the plans of its months"),
        },
    ),
    Fill(
        into="ssd_cp_visits",
        source="protection_plans",
        rows="rows with a visit",
        only=pl.col("last_visit_on").is_not_null(),
        takes={
            "cppv_cp_visit_id": key("cp visit", "child", "last_visit_on"),
            "cppv_person_id": _CHILD,
            "cppv_cp_plan_id": key("cp", "child", "started_on"),
            "cppv_cp_visit_date": latest("last_visit_on", "the list has the last visit only"),
            "cppv_cp_visit_seen_alone": latest("seen_alone", "at the last visit"),
        },
    ),
    Fill(
        into="ssd_cp_reviews",
        source="protection_plans",
        rows="rows with a review",
        only=pl.col("latest_review_on").is_not_null(),
        takes={
            "cppr_cp_review_id": key("cp review", "child", "latest_review_on"),
            "cppr_person_id": _CHILD,
            "cppr_cp_plan_id": key("cp", "child", "started_on"),
            "cppr_cp_review_date": latest("latest_review_on", "the list has the latest review only"),
        },
    ),
)

_NEED = (
    Fill(
        into="ssd_cin_episodes",
        source="children_in_need",
        rows="one row with the referral of the same day, where list 3 has it",
        takes={
            "cine_referral_id": _referral("started_on"),
            "cine_person_id": _CHILD,
            "cine_referral_date": same("started_on", "an episode of need begins with its referral"),
            "cine_cin_primary_need_code": same("need"),
            "cine_close_date": same("closed_on"),
            "cine_close_reason": same("closure_reason"),
        },
    ),
    Fill(
        into="ssd_cin_visits",
        source="children_in_need",
        rows="rows in which the child was seen",
        only=pl.col("last_seen_on").is_not_null(),
        takes={
            "cinv_cin_visit_id": key("seen", "child", "last_seen_on"),
            "cinv_person_id": _CHILD,
            "cinv_cin_visit_date": latest("last_seen_on", "the list has the last day only, and not in which service"),
            "cinv_cin_visit_seen": given("Y", "the list has the day on which the child was seen"),
        },
    ),
)

_COUNT = "a count, and the record holds the events themselves"
_MIXED = "worked out from the other tables: it says under which heading the child stands now"

FROM_ANNEX_A = FormMapping(
    form="annex_a",
    fills=(
        *(_person(table) for table in _LISTS_OF_CHILDREN),
        *(_disability(table) for table in _LISTS_OF_CHILDREN if _has(table, "disability")),
        *_NEED,
        *_FRONT_DOOR,
        *_PROTECTION,
        *CARE,
        *LEAVING,
        *ADOPTION,
        *(fill for table in TABLES if _has(table, "team") for fill in _staff(table)),
    ),
    merged=frozenset(
        {
            "ssd_person", "ssd_disability", "ssd_department", "ssd_professionals", "ssd_involvements",
            "ssd_cin_episodes", "ssd_immigration_status",
        }
    ),
    nowhere={
        **{
            f"{table}.age": "worked out from the birth date; where there is none, the age stays with the list"
            for table in _LISTS_OF_CHILDREN
        },
        "referrals.referrals_in_year": _COUNT,
        "section_47.enquiries_in_year": _COUNT,
        "section_47.conferences_in_year": _COUNT,
        "children_in_need.status": _MIXED,
        "protection_plans.emergency_protection": "it says neither which of the two orders, nor when",
        "children_in_care.second_period": "worked out from the periods of care",
        "children_in_care.placements_in_year": _COUNT,
        "children_in_care.missing_in_year": _COUNT,
        "children_in_care.absent_in_year": _COUNT,
        "children_in_care.interview_offered": "it belongs to a time of being missing that the list does not give",
        "children_in_care.interview_accepted": "it belongs to a time of being missing that the list does not give",
    },
)  # fmt: skip
