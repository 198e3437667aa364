"""The tables of the Standard Safeguarding Dataset, version 1.4.5, under the dataset's own names.

An authority's case system writes them, so that one extract can feed every return. Each table is written here with its
key, its title, what a row is, and its columns in the dataset's order; a word after a column says what it holds
(`_WORDS`), plain text where there is none. `newer` columns are not in the published specification, but stand in the
extracts that case systems make. Yes and no are Y and N, in older extracts 1 and 0.

Event numbers come from the authority's case system, where anybody who may look can find the child by them: they are
identifiers as the child's own number is. Two foreign keys of the specification name columns that do not exist; they
are meant as `clap_cla_placement_id` and `ehca_ehcp_assessment_id`.
"""

from goldthread.kernel import codes, return_codes
from goldthread.kernel.codes import CodeList
from goldthread.kernel.table import Column, Kind, Privacy, Table

_WORDS: dict[str, tuple[Kind, Privacy]] = {
    "": (Kind.TEXT, Privacy.CASE),
    "code": (Kind.CODE, Privacy.CASE),
    "flag": (Kind.FLAG, Privacy.CASE),
    "date": (Kind.DATE, Privacy.CASE),
    "part": (Kind.PART_DATE, Privacy.CASE),
    "count": (Kind.COUNT, Privacy.CASE),
    "number": (Kind.NUMBER, Privacy.CASE),
    "id": (Kind.TEXT, Privacy.IDENTIFIER),
    "name": (Kind.TEXT, Privacy.IDENTIFIER),
    "upn": (Kind.CODE, Privacy.IDENTIFIER),
    "born": (Kind.DATE, Privacy.IDENTIFIER),
    "died": (Kind.DATE, Privacy.SEALED),
    "sealed": (Kind.TEXT, Privacy.SEALED),
    "urn": (Kind.CODE, Privacy.SEALED),
    "postcode": (Kind.POSTCODE, Privacy.SEALED),
    "staff": (Kind.TEXT, Privacy.STAFF),
}


def _names(written: str) -> frozenset[str]:
    return frozenset(written.split())


_CODES: dict[str, CodeList] = {
    "pers_sex": return_codes.SEX,
    "pers_gender": codes.GENDER,
    "pers_ethnicity": codes.ETHNICITY,
    "pers_upn_unknown": return_codes.NO_UPN,
    "disa_disability_code": return_codes.DISABILITY,
    "lega_legal_status": codes.LEGAL_STATUS,
    "cont_contact_source_code": codes.SOURCE,
    "cine_cin_primary_need_code": codes.NEED,
    "cine_referral_source_code": codes.SOURCE,
    "cine_close_reason": codes.CLOSURE,
    "cppl_cp_plan_initial_category": codes.ABUSE,
    "cppl_cp_plan_latest_category": codes.ABUSE,
    "clae_cla_episode_start_reason": return_codes.NEW_EPISODE,
    "clae_cla_primary_need_code": codes.NEED_IN_CARE,
    "clae_cla_episode_ceased_reason": return_codes.CEASED_903,
    "clap_cla_placement_type": return_codes.PLACEMENT_903,
    "clap_cla_placement_provider": codes.PROVIDER,
    "clap_cla_placement_change_reason": return_codes.PLACEMENT_CHANGE,
    "clar_cla_review_participation": return_codes.REVIEW,
    "lapp_previous_permanence_option": return_codes.PREVIOUS_PERMANENCE,
    "csdq_sdq_reason": return_codes.SDQ_REASON,
    "miss_missing_episode_type": return_codes.MISSING_TYPE,
    "perm_decision_reversed_reason": codes.REVERSAL,
    "perm_adopter_sex": return_codes.ADOPTERS_SEX,
    "perm_adopter_legal_status": return_codes.ADOPTERS_LEGAL_STATUS,
    "clea_care_leaver_in_touch": codes.IN_TOUCH,
}
"""The lists of the returns that columns take codes from; case systems fill the other code columns as they like."""

_MUST_FILL = _names("""
    cont_contact_date earl_episode_start_date cine_referral_date cina_assessment_start_date cinp_cin_plan_start_date
    cinv_cin_visit_date s47e_s47_start_date cppl_cp_plan_start_date cppv_cp_visit_date clae_cla_episode_start_date
    clap_cla_placement_start_date clav_cla_visit_date lega_legal_status lega_legal_status_start_date
    clae_cla_episode_start_reason clap_cla_placement_type miss_missing_episode_start_date miss_missing_episode_type
    immi_immigration_status_start_date invo_involvement_start_date clah_health_check_date cppl_cp_plan_initial_category
    disa_disability_code cinf_assessment_id
""")
"""What every row of its table must say besides its number and its person, or it tells nothing."""


def _column(written: str, key: str) -> Column:
    name, word, when = (*written.split(":"), "", "")[:3]
    kind, privacy = _WORDS[word]
    must = name in (key, *_MUST_FILL) or (name.endswith("_person_id") and when != "newer")
    return Column(name, name, kind, _CODES.get(name), must_fill=must, newer=when == "newer", privacy=privacy)


def _table(name: str, key: str, title: str, says: str, columns: str) -> Table:
    return Table(name, title, 0, says, (key,), tuple(_column(each, key) for each in columns.split()), form="ssd")


SSD_TABLES: tuple[Table, ...] = (
    _table("ssd_person", "pers_person_id", "Persons",
        "One person: a child, or a parent who is known to the service.", """
        pers_person_id:id pers_forename:name pers_surname:name pers_sex:code pers_gender:code pers_ethnicity:code
        pers_dob:born pers_common_child_id:id pers_legacy_id:id pers_upn_unknown:code pers_send_flag:flag
        pers_expected_dob:born pers_death_date:died pers_is_mother:flag pers_nationality:code pers_upn:upn:newer
        pers_single_unique_id:id:newer
    """),
    _table("ssd_linked_identifiers", "link_table_id", "Linked identifiers",
        "One number that another service knows a person by, such as the unique pupil number.", """
        link_table_id:id link_person_id:id link_identifier_type link_identifier_value:upn link_valid_from_date:date
        link_valid_to_date:date
    """),
    _table("ssd_disability", "disa_table_id", "Disabilities",
        "One disability of one person, by the census's code.", """
        disa_person_id:id disa_table_id:id disa_disability_code:code
    """),
    _table("ssd_address", "addr_table_id", "Addresses",
        "One address of one person, for as long as it held.", """
        addr_table_id:id addr_address_json:sealed addr_person_id:id addr_address_type:code
        addr_address_start_date:date addr_address_end_date:date addr_address_postcode:postcode
    """),
    _table("ssd_family", "fami_table_id", "Families",
        "That one person belongs to one family.", """
        fami_table_id:id fami_family_id:id fami_person_id:id
    """),
    _table("ssd_mother", "moth_table_id", "Mothers",
        "One child of a young mother.", """
        moth_table_id:id moth_person_id:id moth_childs_person_id:id moth_childs_dob:born
    """),
    _table("ssd_immigration_status", "immi_immigration_status_id", "Immigration status",
        "One immigration status of one person, for as long as it held.", """
        immi_person_id:id immi_immigration_status_id:id immi_immigration_status:code
        immi_immigration_status_start_date:date immi_immigration_status_end_date:date
    """),
    _table("ssd_legal_status", "lega_legal_status_id", "Legal status",
        "One legal status of one child in care, for as long as it held.", """
        lega_legal_status_id:id lega_person_id:id lega_legal_status:code lega_legal_status_start_date:date
        lega_legal_status_end_date:date
    """),
    _table("ssd_contacts", "cont_contact_id", "Contacts",
        "One contact about one child.", """
        cont_contact_id:id cont_person_id:id cont_contact_date:date cont_contact_source_code:code
        cont_contact_source_desc cont_contact_outcome_json
    """),
    _table("ssd_early_help_episodes", "earl_episode_id", "Early help episodes",
        "One episode of early help for one child.", """
        earl_episode_id:id earl_person_id:id earl_episode_start_date:date earl_episode_end_date:date
        earl_episode_reason earl_episode_end_reason earl_episode_organisation earl_episode_worker_id:staff
    """),
    _table("ssd_cin_episodes", "cine_referral_id", "Episodes of need",
        "One referral of one child, and the episode of need that it opened.", """
        cine_referral_id:id cine_person_id:id cine_referral_date:date cine_cin_primary_need_code:code
        cine_referral_source_code:code cine_referral_source_desc cine_referral_outcome_json cine_referral_nfa:flag
        cine_close_reason:code cine_close_date:date cine_referral_team cine_referral_worker_id:staff
    """),
    _table("ssd_cin_assessments", "cina_assessment_id", "Assessments",
        "One social work assessment of one child.", """
        cina_assessment_id:id cina_person_id:id cina_referral_id:id cina_assessment_start_date:date
        cina_assessment_child_seen:flag cina_assessment_auth_date:date cina_assessment_outcome_json
        cina_assessment_outcome_nfa:flag cina_assessment_team cina_assessment_worker_id:staff
    """),
    _table("ssd_assessment_factors", "cinf_table_id", "Assessment factors",
        "The factors that one assessment found, as a list.", """
        cinf_table_id:id cinf_assessment_id:id cinf_assessment_factors_json
    """),
    _table("ssd_cin_plans", "cinp_cin_plan_id", "Child in need plans",
        "One child in need plan.", """
        cinp_cin_plan_id:id cinp_referral_id:id cinp_person_id:id cinp_cin_plan_start_date:date
        cinp_cin_plan_end_date:date cinp_cin_plan_team cinp_cin_plan_worker_id:staff
    """),
    _table("ssd_cin_visits", "cinv_cin_visit_id", "Child in need visits",
        "One visit to a child in need.", """
        cinv_cin_visit_id:id cinv_person_id:id cinv_cin_visit_date:date cinv_cin_visit_seen:flag
        cinv_cin_visit_seen_alone:flag cinv_cin_visit_bedroom:flag
    """),
    _table("ssd_s47_enquiry", "s47e_s47_enquiry_id", "Section 47 enquiries",
        "One section 47 enquiry about one child.", """
        s47e_s47_enquiry_id:id s47e_referral_id:id s47e_person_id:id s47e_s47_start_date:date s47e_s47_end_date:date
        s47e_s47_nfa:flag s47e_s47_outcome_json s47e_s47_completed_by_worker_id:staff s47e_s47_completed_by_team
    """),
    _table("ssd_initial_cp_conference", "icpc_icpc_id", "Initial conferences",
        "One first child protection conference about one child.", """
        icpc_icpc_id:id icpc_icpc_meeting_id:id icpc_s47_enquiry_id:id icpc_person_id:id icpc_cp_plan_id:id
        icpc_referral_id:id icpc_icpc_transfer_in:flag icpc_icpc_target_date:date icpc_icpc_date:date
        icpc_icpc_outcome_cp_flag:flag icpc_icpc_outcome_json icpc_icpc_team icpc_icpc_worker_id:staff
    """),
    _table("ssd_cp_plans", "cppl_cp_plan_id", "Child protection plans",
        "One child protection plan.", """
        cppl_cp_plan_id:id cppl_referral_id:id cppl_icpc_id:id cppl_person_id:id cppl_cp_plan_start_date:date
        cppl_cp_plan_end_date:date cppl_cp_plan_initial_category:code cppl_cp_plan_ola:flag
        cppl_cp_plan_latest_category:code
    """),
    _table("ssd_cp_visits", "cppv_cp_visit_id", "Child protection visits",
        "One visit to a child with a protection plan.", """
        cppv_cp_visit_id:id cppv_person_id:id cppv_cp_plan_id:id cppv_cp_visit_date:date cppv_cp_visit_seen:flag
        cppv_cp_visit_seen_alone:flag cppv_cp_visit_bedroom:flag
    """),
    _table("ssd_cp_reviews", "cppr_cp_review_id", "Review conferences",
        "One review conference of a protection plan.", """
        cppr_cp_review_id:id cppr_person_id:id cppr_cp_plan_id:id cppr_cp_review_due:date cppr_cp_review_date:date
        cppr_cp_review_meeting_id:id cppr_cp_review_outcome_continue_cp:flag cppr_cp_review_quorate:code
        cppr_cp_review_participation:code
    """),
    _table("ssd_cla_episodes", "clae_cla_episode_id", "Episodes of care",
        "One stretch of care with one legal status, one placement and one carer.", """
        clae_cla_episode_id:id clae_person_id:id clae_cla_episode_start_date:date clae_cla_episode_start_reason:code
        clae_cla_primary_need_code:code clae_cla_episode_ceased_date:date clae_cla_episode_ceased_reason:code
        clae_cla_id:id clae_referral_id:id clae_cla_placement_id:id clae_entered_care_date:date
        clae_cla_last_iro_contact_date:date
    """),
    _table("ssd_cla_placement", "clap_cla_placement_id", "Placements",
        "One placement of a child in care.", """
        clap_cla_placement_id:id clap_cla_placement_start_date:date clap_cla_placement_type:code
        clap_cla_placement_urn:urn clap_cla_placement_distance:number clap_cla_id:id clap_cla_placement_provider:code
        clap_cla_placement_postcode:postcode clap_cla_placement_end_date:date clap_cla_placement_change_reason:code
        clap_person_id:id
    """),
    _table("ssd_cla_reviews", "clar_cla_review_id", "Reviews of care",
        "One review of the care plan of a child in care.", """
        clar_cla_review_id:id clar_cla_id:id clar_cla_review_due_date:date clar_cla_review_date:date
        clar_cla_review_cancelled:flag clar_cla_review_participation:code clar_cla_person_id:id:newer
    """),
    _table("ssd_cla_visits", "clav_cla_visit_id", "Visits in care",
        "One visit to a child in care.", """
        clav_cla_visit_id:id clav_cla_id:id clav_person_id:id clav_cla_visit_date:date clav_cla_visit_seen:flag
        clav_cla_visit_seen_alone:flag
    """),
    _table("ssd_cla_care_plan", "lacp_table_id", "Care plans",
        "One care plan, with the plan for permanence as a list.", """
        lacp_table_id:id lacp_person_id:id lacp_cla_care_plan_start_date:date lacp_cla_care_plan_end_date:date
        lacp_cla_care_plan_json
    """),
    _table("ssd_cla_health", "clah_health_check_id", "Health of children in care",
        "One health or dental check of a child in care.", """
        clah_health_check_id:id clah_person_id:id clah_health_check_type clah_health_check_date:date
        clah_health_check_status
    """),
    _table("ssd_cla_immunisations", "clai_person_id", "Immunisations",
        "Whether the immunisations of a child in care are up to date.", """
        clai_person_id:id clai_immunisations_status:flag clai_immunisations_status_date:date
    """),
    _table("ssd_cla_convictions", "clac_cla_conviction_id", "Convictions",
        "One conviction of a child in care.", """
        clac_cla_conviction_id:id clac_person_id:id clac_cla_conviction_date:date clac_cla_conviction_offence
    """),
    _table("ssd_cla_substance_misuse", "clas_substance_misuse_id", "Substance misuse",
        "One finding that a child in care misuses substances.", """
        clas_substance_misuse_id:id clas_person_id:id clas_substance_misuse_date:date clas_substance_misused:flag
        clas_intervention_received:flag
    """),
    _table("ssd_cla_previous_permanence", "lapp_table_id", "Previous permanence",
        "One permanent home that a child had before coming into care.", """
        lapp_table_id:id lapp_person_id:id lapp_previous_permanence_order_date:part
        lapp_previous_permanence_option:code lapp_previous_permanence_la:code
    """),
    _table("ssd_sdq_scores", "csdq_table_id", "Strengths and difficulties",
        "One score of a child in care, or the reason why there is none.", """
        csdq_table_id:id csdq_person_id:id csdq_sdq_completed_date:date csdq_sdq_reason:code csdq_sdq_score:count
    """),
    _table("ssd_missing", "miss_table_id", "Missing",
        "One time that a child was missing, or away without leave.", """
        miss_table_id:id miss_person_id:id miss_missing_episode_start_date:date miss_missing_episode_type:code
        miss_missing_episode_end_date:date miss_missing_rhi_offered:code miss_missing_rhi_accepted:code
    """),
    _table("ssd_permanence", "perm_table_id", "Permanence",
        "One child's way to adoption or another permanent home.", """
        perm_table_id:id perm_person_id:id perm_cla_id:id perm_adm_decision_date:date perm_ffa_cp_decision_date:date
        perm_placement_order_date:date perm_placed_for_adoption_date:date perm_matched_date:date
        perm_adopted_by_carer_flag:flag perm_placed_ffa_cp_date:date perm_decision_reversed_date:date
        perm_placed_foster_carer_date:date perm_part_of_sibling_group:flag perm_siblings_placed_together:count
        perm_siblings_placed_apart:count perm_placement_provider_urn:urn perm_decision_reversed_reason:code
        perm_permanence_order_date:date perm_permanence_order_type perm_adoption_worker_id:staff perm_adopter_sex:code
        perm_adopter_legal_status:code perm_number_of_adopters:count
    """),
    _table("ssd_care_leavers", "clea_table_id", "Care leavers",
        "One young person who gets leaving-care services.", """
        clea_table_id:id clea_person_id:id clea_care_leaver_eligibility:code clea_care_leaver_in_touch:code
        clea_care_leaver_latest_contact:date clea_care_leaver_accommodation:code clea_care_leaver_accom_suitable:code
        clea_care_leaver_activity:code clea_pathway_plan_review_date:date clea_care_leaver_personal_advisor:staff
        clea_care_leaver_allocated_team clea_care_leaver_worker_id:staff
    """),
    _table("ssd_send", "send_table_id", "Special educational needs",
        "The school numbers of one person with special educational needs.", """
        send_table_id:id send_upn:upn send_uln:upn send_upn_unknown:code send_person_id:id
    """),
    _table("ssd_sen_need", "senn_table_id", "Kinds of need",
        "One kind of special educational need in one plan.", """
        senn_table_id:id senn_active_ehcp_id:id senn_active_ehcp_need_type:code senn_active_ehcp_need_rank:code
    """),
    _table("ssd_ehcp_requests", "ehcr_ehcp_request_id", "Requests for an education plan",
        "One request for an education, health and care plan.", """
        ehcr_ehcp_request_id:id ehcr_send_table_id:id ehcr_ehcp_req_date:date ehcr_ehcp_req_outcome_date:date
        ehcr_ehcp_req_outcome
    """),
    _table("ssd_ehcp_assessment", "ehca_ehcp_assessment_id", "Assessments for an education plan",
        "One assessment for an education, health and care plan.", """
        ehca_ehcp_assessment_id:id ehca_ehcp_request_id:id ehca_ehcp_assessment_outcome_date:date
        ehca_ehcp_assessment_outcome ehca_ehcp_assessment_exceptions
    """),
    _table("ssd_ehcp_named_plan", "ehcn_named_plan_id", "Named education plans",
        "One education, health and care plan that names a school.", """
        ehcn_named_plan_id:id ehcn_ehcp_asmt_id:id ehcn_named_plan_start_date:date ehcn_named_plan_ceased_date:date
        ehcn_named_plan_ceased_reason
    """),
    _table("ssd_ehcp_active_plans", "ehcp_active_ehcp_id", "Active education plans",
        "One education, health and care plan in force.", """
        ehcp_active_ehcp_id:id ehcp_ehcp_request_id:id ehcp_active_ehcp_last_review_date:date
    """),
    _table("ssd_involvements", "invo_involvements_id", "Involvements",
        "One stretch of time in which one professional worked with one child.", """
        invo_involvements_id:id invo_professional_id:staff invo_professional_role_id invo_professional_team
        invo_involvement_start_date:date invo_involvement_end_date:date invo_worker_change_reason invo_person_id:id
        invo_referral_id:id
    """),
    _table("ssd_professionals", "prof_professional_id", "Professionals",
        "One member of staff.", """
        prof_professional_id:staff prof_staff_id:staff prof_professional_name:staff
        prof_social_worker_registration_no:staff prof_professional_job_title prof_professional_caseload:count
        prof_professional_department prof_full_time_equivalency:number prof_agency_worker_flag:flag
    """),
    _table("ssd_department", "dept_team_id", "Teams",
        "One team, and the service it belongs to.", """
        dept_team_id dept_team_name dept_team_parent_id dept_team_parent_name
    """),
    _table("ssd_pre_proceedings", "prep_table_id", "Pre-proceedings",
        "The last formal attempt to avoid court for one child.", """
        prep_table_id:id prep_person_id:id prep_plo_family_id:id prep_pre_pro_decision_date:date
        prep_initial_pre_pro_meeting_date:date prep_pre_pro_outcome prep_agree_stepdown_issue_date:date
        prep_cp_plans_referral_period:count prep_legal_gateway_outcome prep_prev_pre_proc_child:count
        prep_prev_care_proc_child:count prep_pre_pro_letter_date:date prep_care_pro_letter_date:date
        prep_pre_pro_meetings_num:count prep_pre_pro_parents_legal_rep:flag prep_parents_legal_rep_point_of_issue:code
        prep_court_reference:id prep_care_proc_court_hearings:count prep_care_proc_short_notice:flag
        prep_proc_short_notice_reason prep_la_inital_plan_approved:flag prep_la_initial_care_plan
        prep_la_final_plan_approved:flag prep_la_final_care_plan
    """),
    _table("ssd_voice_of_child", "voch_table_id", "Voice of the child",
        "What one child said of being worked with. A draft in the dataset.", """
        voch_table_id:id voch_person_id:id voch_explained_worries:flag voch_story_help_understand:flag
        voch_agree_worker:flag voch_plan_safe:flag voch_tablet_help_explain:flag
    """),
    _table("ssd_s251_finance", "s251_table_id", "Placement costs",
        "The cost of one placement. A draft in the dataset: its columns have no meaning yet.", """
        s251_table_id:id s251_cla_placement_id:id s251_placeholder_1 s251_placeholder_2 s251_placeholder_3
        s251_placeholder_4
    """),
    _table("ssd_version_log", "version_number", "Version log",
        "One version of the dataset, as the extract says of itself.", """
        version_number release_date:date description is_current:flag created_at:date created_by:staff
        impact_description
    """),
    _table("ssd_api_data_staging", "id", "Staging of the data flow",
        "One child's record on its way to the Department's pilot of a daily data flow.", """
        id:id person_id:id json_payload:sealed current_hash previous_hash submission_status submission_timestamp:date
        api_response:sealed row_state last_updated:date
    """),
)  # fmt: skip
