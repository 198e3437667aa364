"""One spec for each table that a form fills: rows of the form as drawn, and the columns of the record they become."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RecordSpec:
    """Drawn tables of a form by their names, and one table of the record as it must come out, in any order of rows."""

    form: str
    given: dict[str, str]
    table: str
    gives: str


SPECS: dict[str, RecordSpec] = {
    "ssda903: a legal status that differs from the one before is a new one, whatever the reason says": RecordSpec(
        "ssda903",
        {
            "cla_episodes": """
                child | decom      | rne | ls | place | dec
                1     | 2024-05-01 | S   | C2 | U4    | 2024-06-01
                1     | 2024-06-01 | P   | V3 | U4    | 2024-07-01
                1     | 2024-07-01 | P   | V3 | U4    |
            """
        },
        "ssd_legal_status",
        """
            lega_legal_status_id | lega_legal_status | lega_legal_status_start_date | lega_legal_status_end_date
            status/1/2024-05-01  | C2                | 2024-05-01                   | 2024-06-01
            status/1/2024-06-01  | V3                | 2024-06-01                   |
        """,
    ),
    "ssda903: the homes that a child came from follow one another": RecordSpec(
        "ssda903",
        {
            "cla_episodes": """
                child | decom      | rne | home_post
                1     | 2024-05-01 | S   | DE1 1AA
                1     | 2024-06-01 | P   | DE1 1AA
                1     | 2024-07-01 | P   | NG1 5FS
                1     | 2024-08-01 | P   | DE1 1AA
                2     | 2024-08-01 | S   |
            """
        },
        "ssd_address",
        """
            row | addr_table_id     | addr_person_id | addr_address_start_date | addr_address_postcode
            1   | home/1/2024-05-01 | 1              | 2024-05-01              | DE1 1AA
            3   | home/1/2024-07-01 | 1              | 2024-07-01              | NG1 5FS
            4   | home/1/2024-08-01 | 1              | 2024-08-01              | DE1 1AA
        """,
    ),
    "annex a: a person told of by two lists is one, and what one list leaves blank the other fills": RecordSpec(
        "annex_a",
        {
            "contacts": """
                child | gender | ethnicity | born_on    | contacted_on
                1     | F      |           | 2015-02-01 | 2026-05-01
                      | M      | WBRI      | 2016-02-01 | 2026-05-01
            """,
            "referrals": """
                child | gender | ethnicity | born_on    | referred_on
                1     | F      | WBRI      | 2015-02-01 | 2026-05-02
                2     | N      | MOTH      |            | 2026-05-02
            """,
        },
        "ssd_person",
        """
            source    | row | pers_person_id | pers_gender | pers_ethnicity | pers_dob
            contacts  | 1   | 1              | F           | WBRI           | 2015-02-01
            referrals | 2   | 2              | N           | MOTH           |
        """,
    ),
    "annex a: a referral and the episode of need of the same day are one": RecordSpec(
        "annex_a",
        {
            "referrals": """
                child | referred_on | source | no_further_action | team | worker
                1     | 2026-05-02  | 1A     | N                 | East | A Lee
                2     | 2026-05-03  | 5A     | Y                 | East | A Lee
            """,
            "children_in_need": """
                child | started_on | need | closed_on  | closure_reason
                1     | 2026-05-02 | N1   | 2026-06-01 | RC8
                3     | 2024-01-10 | N2   |            |
            """,
        },
        "ssd_cin_episodes",
        """
            source           | row | cine_referral_id      | cine_person_id | cine_referral_date | cine_referral_source_code | cine_cin_primary_need_code | cine_referral_nfa | cine_close_date | cine_close_reason | cine_referral_team
            children_in_need | 1   | referral/1/2026-05-02 | 1              | 2026-05-02         | 1A                        | N1                         | N                 | 2026-06-01      | RC8               | East
            referrals        | 2   | referral/2/2026-05-03 | 2              | 2026-05-03         | 5A                        |                            | Y                 |                 |                   | East
            children_in_need | 2   | referral/3/2024-01-10 | 3              | 2024-01-10         |                           | N2                         |                   |                 |                   |
        """,  # noqa: E501
    ),
    "annex a: support that is needed is an assessment that something follows": RecordSpec(
        "annex_a",
        {
            "assessments": """
                child | started_on | authorised_on | needs_support | child_seen
                1     | 2026-05-02 | 2026-06-01    | Y             | Y
                2     | 2026-05-02 | 2026-06-01    | N             | N
                3     | 2026-05-02 |               |               |
            """
        },
        "ssd_cin_assessments",
        """
            cina_person_id | cina_assessment_auth_date | cina_assessment_outcome_nfa | cina_assessment_child_seen
            1              | 2026-06-01                | N                           | Y
            2              | 2026-06-01                | Y                           | N
            3              |                           |                             |
        """,
    ),
    "annex a: a disability that the list does not name is a row without a code": RecordSpec(
        "annex_a",
        {
            "assessments": """
                child | started_on | disability
                1     | 2026-05-02 | Y
                2     | 2026-05-02 | N
                3     | 2026-05-02 | U
            """
        },
        "ssd_disability",
        """
            disa_person_id | disa_disability_code
            1              |
            2              | NONE
        """,
    ),
    "annex a: an episode of care begins with the later of placement and legal status": RecordSpec(
        "annex_a",
        {
            "children_in_care": """
                child | started_on | legal_status_on | placement_on | need | ceased_on  | ceased_reason | iro_contact_on
                1     | 2024-03-01 | 2024-09-01      | 2025-02-01   | N1   |            |               | 2026-05-01
                2     | 2024-03-01 | 2024-09-01      | 2024-03-01   | N5   | 2026-04-01 | E4A           |
            """
        },
        "ssd_cla_episodes",
        """
            clae_cla_episode_id  | clae_person_id | clae_cla_episode_start_date | clae_cla_id       | clae_entered_care_date | clae_cla_episode_ceased_date | clae_cla_episode_ceased_reason | clae_cla_last_iro_contact_date
            episode/1/2025-02-01 | 1              | 2025-02-01                  | care/1/2024-03-01 | 2024-03-01             |                              |                                | 2026-05-01
            episode/2/2024-09-01 | 2              | 2024-09-01                  | care/2/2024-03-01 | 2024-03-01             | 2026-04-01                   | E4A                            |
        """,  # noqa: E501
    ),
    "annex a: where a placement lies has a table of our own": RecordSpec(
        "annex_a",
        {
            "children_in_care": """
                child | placement_on | in_or_out | placement_authority
                1     | 2025-02-01   | OUT       | Derby
            """
        },
        "own_placement_locations",
        """
            ploc_cla_placement_id  | ploc_person_id | ploc_in_or_out | ploc_local_authority
            placement/1/2025-02-01 | 1              | OUT            | Derby
        """,
    ),
    "annex a: the last visit is one visit, and none where there was none": RecordSpec(
        "annex_a",
        {
            "protection_plans": """
                child | started_on | last_visit_on | seen_alone
                1     | 2026-01-01 | 2026-05-01    | Y
                2     | 2026-01-01 |               |
            """
        },
        "ssd_cp_visits",
        """
            cppv_person_id | cppv_cp_plan_id | cppv_cp_visit_date | cppv_cp_visit_seen_alone
            1              | cp/1/2026-01-01 | 2026-05-01         | Y
        """,
    ),
    "annex a: adopters keep their family": RecordSpec(
        "annex_a",
        {"adopters": "adopter | family | gender | left_reason\nA1 | F1 | N | 2\n"},
        "own_adopters",
        "adop_adopter_id | adop_family_id | adop_gender | adop_left_reason\nA1 | F1 | N | 2\n",
    ),
    "903: episodes know their period, placement and entry to care": RecordSpec(
        "ssda903",
        {
            "cla_episodes": """
                row | child | decom      | rne | ls | place | dec        | rec
                2   | 1     | 2025-05-01 | S   | V2 | U6    | 2025-06-01 | X1
                3   | 1     | 2025-06-01 | L   | C1 | U6    | 2025-07-01 | X1
                4   | 1     | 2025-07-01 | B   | C2 | K2    | 2025-08-01 | E4A
                5   | 1     | 2025-09-01 | S   | V2 | U4    |            |
                6   | 2     | 2025-05-01 | P   | C2 | U4    |            |
            """
        },
        "ssd_cla_episodes",
        """
            row | clae_cla_id       | clae_cla_placement_id  | clae_entered_care_date | clae_cla_episode_ceased_reason
            2   | care/1/2025-05-01 | placement/1/2025-05-01 | 2025-05-01             | X1
            3   | care/1/2025-05-01 | placement/1/2025-05-01 | 2025-05-01             | X1
            4   | care/1/2025-05-01 | placement/1/2025-07-01 | 2025-05-01             | E4A
            5   | care/1/2025-09-01 | placement/1/2025-09-01 | 2025-09-01             |
            6   | care/2/2025-05-01 | placement/2/2025-05-01 |                        |
        """,
    ),
    "903: a placement lasts through a change of legal status": RecordSpec(
        "ssda903",
        {
            "cla_episodes": """
                child | decom      | rne | ls | place | dec        | reason_place_change
                1     | 2025-07-01 | P   | C1 | K2    |            |
                1     | 2025-05-01 | S   | V2 | U6    | 2025-06-01 |
                1     | 2025-06-01 | L   | C1 | U6    | 2025-07-01 | CARPL
            """
        },
        "ssd_cla_placement",
        """
            clap_cla_placement_start_date | clap_cla_placement_end_date | clap_cla_placement_type | clap_cla_placement_change_reason
            2025-05-01                    | 2025-07-01                  | U6                      | CARPL
            2025-07-01                    |                             | K2                      |
        """,  # noqa: E501
    ),
    "903: a legal status lasts through a change of placement": RecordSpec(
        "ssda903",
        {
            "cla_episodes": """
                child | decom      | rne | ls | dec
                1     | 2025-05-01 | S   | V2 | 2025-06-01
                1     | 2025-06-01 | P   | V2 | 2025-07-01
                1     | 2025-07-01 | U   | C1 |
                2     | 2025-05-01 | P   | C2 | 2025-06-01
                2     | 2025-06-01 | P   | C2 |
            """
        },
        "ssd_legal_status",
        """
            lega_legal_status_id | lega_legal_status | lega_legal_status_start_date | lega_legal_status_end_date
            status/1/2025-05-01  | V2                | 2025-05-01                   | 2025-07-01
            status/1/2025-07-01  | C1                | 2025-07-01                   |
            status/2/2025-05-01  | C2                |                              |
        """,
    ),
    "903: a review belongs to the last period that had begun": RecordSpec(
        "ssda903",
        {
            "cla_episodes": """
                child | decom      | rne | dec
                1     | 2025-05-01 | S   | 2025-08-01
                1     | 2025-09-01 | S   |
            """,
            "cla_reviews": """
                child | review     | review_code
                1     | 2025-06-01 | PN1
                1     | 2025-10-01 | PN7
                1     | 2025-01-01 | PN0
                9     | 2025-06-01 | PN1
            """,
        },
        "ssd_cla_reviews",
        """
            clar_cla_person_id | clar_cla_review_date | clar_cla_id       | clar_cla_review_participation
            1                  | 2025-06-01           | care/1/2025-05-01 | PN1
            1                  | 2025-10-01           | care/1/2025-09-01 | PN7
            1                  | 2025-01-01           |                   | PN0
            9                  | 2025-06-01           |                   | PN1
        """,
    ),
    "903: a pupil number and the reason for none share a column": RecordSpec(
        "ssda903",
        {
            "cla_header": """
                child | sex | upn           | mother
                1     | 2   | A123456789012 | 1
                2     | M   | UN3           |
            """,
            "cla_oc3": "child | dob\n3 | 2006-01-01\n1 | 2008-01-01\n",
        },
        "ssd_person",
        """
            source     | pers_person_id | pers_sex | pers_upn      | pers_upn_unknown | pers_is_mother | pers_dob
            cla_header | 1              | F        | A123456789012 |                  | Y              | 2008-01-01
            cla_header | 2              | M        |               | UN3              |                |
            cla_oc3    | 3              |          |               |                  |                | 2006-01-01
        """,
    ),
    "903: accommodation is a letter and a figure": RecordSpec(
        "ssda903",
        {
            "cla_oc3": """
                child | in_touch | activ | accom
                1     | YES      | F2    | U1
                2     | YES      | G5    | X2
                3     | YES      | 0     | 0
                4     | DIED     |       |
            """
        },
        "ssd_care_leavers",
        """
            clea_person_id | clea_care_leaver_activity | clea_care_leaver_accommodation | clea_care_leaver_accom_suitable
            1              | F2                        | U                              | SUITABLE
            2              | G5                        | X                              | UNSUITABLE
            3              |                           |                                |
            4              |                           |                                |
        """,  # noqa: E501
    ),
    "903: the two files on adoption are one row for one decision": RecordSpec(
        "ssda903",
        {
            "cla_ad1": "child | date_int | date_match | nb_adoptr\n1 | 2025-05-01 | 2025-09-01 | 2\n",
            "cla_placed_adoption": """
                child | date_placed | date_placed_ceased | reason_placed_ceased
                1     | 2025-05-01  |                    |
                2     | 2025-05-01  | 2025-12-01         | RD3
            """,
        },
        "ssd_permanence",
        """
            perm_person_id | perm_adm_decision_date | perm_matched_date | perm_number_of_adopters | perm_decision_reversed_date
            1              | 2025-05-01             | 2025-09-01        | 2                       |
            2              | 2025-05-01             |                   |                         | 2025-12-01
        """,  # noqa: E501
    ),
    "903: an order that deprives of liberty has a table of our own": RecordSpec(
        "ssda903",
        {"cla_dolo": "child | dolo_start | dolo_end\n1 | 2026-05-01 | 2026-06-01\n"},
        "own_liberty_orders",
        "libo_order_id | libo_person_id | libo_end_date\nliberty/1/2026-05-01 | 1 | 2026-06-01\n",
    ),
    "cin: what hangs on an episode finds it again": RecordSpec(
        "cin",
        {
            "cin_details": """
                la_child_id | cin_details_id | cin_referral_date | referral_nfa
                1           | 1              | 2025-05-01        | 0
                2           | 2              | 2025-05-01        | 1
            """,
            "cin_section_47": """
                la_child_id | cin_details_id | s47_actual_start_date | icpc_not_required
                1           | 1              | 2025-05-03            | 1
            """,
        },
        "ssd_s47_enquiry",
        """
            s47e_s47_enquiry_id | s47e_referral_id | s47e_person_id | s47e_s47_nfa
            s47/1/2025-05-03    | cin/1/1          | 1              | Y
        """,
    ),
    "cin: a conference of an enquiry and one from elsewhere are told apart": RecordSpec(
        "cin",
        {
            "cin_details": "la_child_id | cin_details_id | date_of_initial_cpc\n2 | 2 | 2025-06-01\n1 | 1 |\n",
            "cin_section_47": """
                la_child_id | cin_details_id | s47_actual_start_date | initial_cpc_target | date_of_initial_cpc
                1           | 1              | 2025-05-03            | 2025-05-24         | 2025-05-20
                1           | 1              | 2025-01-03            |                    |
            """,
        },
        "ssd_initial_cp_conference",
        """
            icpc_person_id | icpc_icpc_date | icpc_icpc_target_date | icpc_icpc_transfer_in | icpc_s47_enquiry_id
            1              | 2025-05-20     | 2025-05-24            | N                     | s47/1/2025-05-03
            2              | 2025-06-01     |                       | Y                     |
        """,
    ),
    "cin: gender and sex of different years, and ethnicity from another module": RecordSpec(
        "cin",
        {
            "cin_child_identifiers": """
                la_child_id | gender_current | sex | upn_unknown
                1           | 1              |     | UN1
                2           |                | F   |
                3           | 9              |     |
            """,
            "cin_child_characteristics": "la_child_id | ethnicity\n1 | WBRI\n",
        },
        "ssd_person",
        """
            pers_person_id | pers_gender | pers_sex | pers_ethnicity | pers_upn_unknown
            1              | M           |          | WBRI           | UN1
            2              |             | F        |                |
            3              | N           |          |                |
        """,
    ),
    "cin: factors become a list": RecordSpec(
        "cin",
        {
            "cin_assessments": """
                la_child_id | assessment_actual_start_date | assessment_factors
                1           | 2025-05-01                   | 1A,4B
                2           | 2025-05-01                   |
            """
        },
        "ssd_assessment_factors",
        'cinf_assessment_id | cinf_assessment_factors_json\nassessment/1/2025-05-01 | ["1A", "4B"]\n',
    ),
    "ssd: yes and no in the older way": RecordSpec(
        "ssd",
        {"ssd_cp_visits": "cppv_person_id | cppv_cp_visit_seen | cppv_cp_visit_seen_alone\n1 | 1 | 0\n2 | Y |\n"},
        "ssd_cp_visits",
        "cppv_person_id | cppv_cp_visit_seen | cppv_cp_visit_seen_alone\n1 | Y | N\n2 | Y |\n",
    ),
    "ssd: two rows of one number stay two, for a rule has to find them": RecordSpec(
        "ssd",
        {"ssd_person": "pers_person_id | pers_gender\n1 | I\n1 | I\n"},
        "ssd_person",
        "row | pers_person_id | pers_gender\n1 | 1 | N\n2 | 1 | N\n",
    ),
    "practice: as it is": RecordSpec(
        "practice",
        {"practice_decisions": "child | decided_on | reason_recorded\n1 | 2026-05-01 | 1\n"},
        "practice_decisions",
        "child | decided_on | reason_recorded\n1 | 2026-05-01 | Y\n",
    ),
}
