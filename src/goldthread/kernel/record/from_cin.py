"""The CIN census becomes the record: episodes of need and what hangs on them. Its numbers of episodes and plans are
those of one file, so they are taken together with the child."""

import polars as pl

from goldthread.kernel.record.mapping import YES_NO, Fill, FormMapping, Take, codes, derived, given, key, same

_CHILD = same("la_child_id")
_REFERRAL = key("cin", "la_child_id", "cin_details_id")
_ASSESSMENT = key("assessment", "la_child_id", "assessment_actual_start_date")
_ENQUIRY = key("s47", "la_child_id", "s47_actual_start_date")
_PRE_PROCEEDINGS = key("pre", "la_child_id", "pp_start_date")
_NEAREST = "the nearest of the dataset's dates; the census's own words for it were not seen in print"


def _plan(mark: str) -> Take:
    return key(mark, "la_child_id", "cin_details_id", "cpp_id")


_FACTORS = pl.when(pl.col("assessment_factors").is_not_null()).then(
    pl.concat_str([pl.lit('["'), pl.col("assessment_factors").str.replace_all(",", '", "'), pl.lit('"]')])
)

_PERSONS = (
    Fill(
        into="ssd_person",
        source="cin_child_identifiers",
        takes={
            "pers_person_id": _CHILD,
            "pers_sex": same("sex", "from 2024-25"),
            "pers_gender": codes("gender_current", {"1": "M", "2": "F", "0": "U", "9": "N"}, "to 2023-24"),
            "pers_dob": same("person_birth_date"),
            "pers_expected_dob": same("expected_person_birth_date"),
            "pers_death_date": same("person_death_date"),
            "pers_upn": same("upn"),
            "pers_upn_unknown": same("upn_unknown"),
        },
    ),
    Fill(
        into="ssd_person",
        source="cin_child_characteristics",
        takes={"pers_person_id": _CHILD, "pers_ethnicity": same("ethnicity")},
    ),
    Fill(
        into="ssd_linked_identifiers",
        source="cin_child_identifiers",
        rows="rows with a pupil number",
        only=pl.col("upn").is_not_null(),
        takes={
            "link_table_id": key("upn", "la_child_id", "upn"),
            "link_person_id": _CHILD,
            "link_identifier_type": given("Unique Pupil Number", "the dataset's words for it"),
            "link_identifier_value": same("upn"),
        },
    ),
    Fill(
        into="ssd_linked_identifiers",
        source="cin_child_identifiers",
        rows="rows with a former pupil number",
        only=pl.col("former_upn").is_not_null(),
        takes={
            "link_table_id": key("upn", "la_child_id", "former_upn"),
            "link_person_id": _CHILD,
            "link_identifier_type": given("Former Unique Pupil Number", "the dataset's words for it"),
            "link_identifier_value": same("former_upn"),
        },
    ),
    Fill(
        into="ssd_disability",
        source="cin_disabilities",
        takes={
            "disa_table_id": key("disability", "la_child_id", "disability"),
            "disa_person_id": _CHILD,
            "disa_disability_code": same("disability"),
        },
    ),
)

_NEED = (
    Fill(
        into="ssd_cin_episodes",
        source="cin_details",
        takes={
            "cine_referral_id": _REFERRAL,
            "cine_person_id": _CHILD,
            "cine_referral_date": same("cin_referral_date"),
            "cine_referral_source_code": same("referral_source"),
            "cine_cin_primary_need_code": same("primary_need_code"),
            "cine_close_date": same("cin_closure_date"),
            "cine_close_reason": same("reason_for_closure"),
            "cine_referral_nfa": codes("referral_nfa", YES_NO),
        },
    ),
    Fill(
        into="ssd_initial_cp_conference",
        source="cin_details",
        rows="rows with a conference of their own: the child came with a plan from elsewhere",
        only=pl.col("date_of_initial_cpc").is_not_null(),
        takes={
            "icpc_icpc_id": key("icpc", "la_child_id", "date_of_initial_cpc"),
            "icpc_person_id": _CHILD,
            "icpc_referral_id": _REFERRAL,
            "icpc_icpc_date": same("date_of_initial_cpc"),
            "icpc_icpc_transfer_in": given("Y", "a conference without an enquiry is one of another authority"),
        },
    ),
    Fill(
        into="ssd_cin_assessments",
        source="cin_assessments",
        takes={
            "cina_assessment_id": _ASSESSMENT,
            "cina_person_id": _CHILD,
            "cina_referral_id": _REFERRAL,
            "cina_assessment_start_date": same("assessment_actual_start_date"),
            "cina_assessment_auth_date": same("assessment_authorisation_date"),
        },
    ),
    Fill(
        into="own_assessment_reviews",
        source="cin_assessments",
        rows="rows with an internal review",
        only=pl.col("assessment_internal_review_date").is_not_null(),
        takes={
            "asrv_assessment_id": _ASSESSMENT,
            "asrv_person_id": _CHILD,
            "asrv_internal_review_date": same("assessment_internal_review_date", "the dataset has no place for it"),
        },
    ),
    Fill(
        into="ssd_assessment_factors",
        source="cin_assessments",
        rows="rows with factors",
        only=pl.col("assessment_factors").is_not_null(),
        takes={
            "cinf_table_id": key("factors", "la_child_id", "assessment_actual_start_date"),
            "cinf_assessment_id": _ASSESSMENT,
            "cinf_assessment_factors_json": derived(
                ("assessment_factors",), _FACTORS, "the same codes, written as a list"
            ),
        },
    ),
    Fill(
        into="ssd_cin_plans",
        source="cin_plan_dates",
        takes={
            "cinp_cin_plan_id": key("plan", "la_child_id", "cin_plan_start_date"),
            "cinp_referral_id": _REFERRAL,
            "cinp_person_id": _CHILD,
            "cinp_cin_plan_start_date": same("cin_plan_start_date"),
            "cinp_cin_plan_end_date": same("cin_plan_end_date"),
        },
    ),
)

_PROTECTION = (
    Fill(
        into="ssd_s47_enquiry",
        source="cin_section_47",
        takes={
            "s47e_s47_enquiry_id": _ENQUIRY,
            "s47e_referral_id": _REFERRAL,
            "s47e_person_id": _CHILD,
            "s47e_s47_start_date": same("s47_actual_start_date"),
            "s47e_s47_nfa": codes("icpc_not_required", YES_NO, "an enquiry without a conference went no further"),
        },
    ),
    Fill(
        into="ssd_initial_cp_conference",
        source="cin_section_47",
        rows="rows with a conference, held or due",
        only=pl.col("date_of_initial_cpc").is_not_null() | pl.col("initial_cpc_target").is_not_null(),
        takes={
            "icpc_icpc_id": key("icpc", "la_child_id", "s47_actual_start_date"),
            "icpc_s47_enquiry_id": _ENQUIRY,
            "icpc_person_id": _CHILD,
            "icpc_referral_id": _REFERRAL,
            "icpc_icpc_target_date": same("initial_cpc_target"),
            "icpc_icpc_date": same("date_of_initial_cpc"),
            "icpc_icpc_transfer_in": given("N", "it came of an enquiry of the authority's own"),
        },
    ),
    Fill(
        into="ssd_cp_plans",
        source="cin_protection_plans",
        takes={
            "cppl_cp_plan_id": _plan("cp"),
            "cppl_referral_id": _REFERRAL,
            "cppl_person_id": _CHILD,
            "cppl_cp_plan_start_date": same("cpp_start_date"),
            "cppl_cp_plan_end_date": same("cpp_end_date"),
            "cppl_cp_plan_initial_category": same("initial_category_of_abuse"),
            "cppl_cp_plan_latest_category": same("latest_category_of_abuse"),
        },
    ),
    Fill(
        into="own_previous_plans",
        source="cin_protection_plans",
        takes={
            "prpl_cp_plan_id": _plan("cp"),
            "prpl_person_id": _CHILD,
            "prpl_number": same(
                "number_of_previous_cpp", "a count over a lifetime; the plans themselves are of the year"
            ),
        },
    ),
    Fill(
        into="ssd_cp_reviews",
        source="cin_reviews",
        takes={
            "cppr_cp_review_id": key("cp review", "la_child_id", "cpp_review_date"),
            "cppr_person_id": _CHILD,
            "cppr_cp_plan_id": _plan("cp"),
            "cppr_cp_review_date": same("cpp_review_date"),
        },
    ),
)

_COURT = (
    Fill(
        into="ssd_pre_proceedings",
        source="cin_pre_proceedings",
        takes={
            "prep_table_id": _PRE_PROCEEDINGS,
            "prep_person_id": _CHILD,
            "prep_pre_pro_decision_date": same("pp_start_date", _NEAREST),
            "prep_pre_pro_letter_date": same("lbp_sent_date"),
            "prep_initial_pre_pro_meeting_date": same("initial_pp_meeting_date"),
            "prep_pre_pro_meetings_num": same("review_meetings_count"),
            "prep_agree_stepdown_issue_date": same("step_decision_date"),
            "prep_pre_pro_outcome": same("pp_outcome"),
            "prep_care_pro_letter_date": same("letter_init_cp_date"),
        },
    ),
    Fill(
        into="own_family_meetings",
        source="cin_pre_proceedings",
        takes={
            "fgdm_pre_proceedings_id": _PRE_PROCEEDINGS,
            "fgdm_person_id": _CHILD,
            "fgdm_offered": same("fgdm_meeting_offer", "the dataset has no place for it"),
            "fgdm_held": same("fgdm_meeting_fac", "the dataset has no place for it"),
            "fgdm_court_application_date": same("court_app_date", "the dataset has no place for it"),
        },
    ),
)

_OF_THE_FILE = "it tells of the file, not of a child; it stays with the reading"

FROM_CIN = FormMapping(
    form="cin",
    fills=(*_PERSONS, *_NEED, *_PROTECTION, *_COURT),
    merged=frozenset({"ssd_person"}),
    nowhere={
        **{
            f"cin_header.{name}": _OF_THE_FILE
            for name in (
                "collection", "year", "reference_date", "source_level", "lea", "software_code", "release", "serial_no",
                "date_time",
            )
        },
        "cin_pre_proceedings.cin_details_id": "the dataset hangs pre-proceedings on the child, not on an episode",
    },
)  # fmt: skip
