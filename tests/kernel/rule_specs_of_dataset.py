"""Small tables for the rules of the Standard Safeguarding Dataset, on 31 March 2025."""

from tests.kernel.rule_specs import spec

PERSONS = """
    pers_person_id | pers_dob
    A              | 2010-05-01
    B              | 2012-06-02
    C              | 2006-01-01
    """

spec(
    "D01",
    {"ssd_cin_episodes": [2], "ssd_cla_visits": [1]},
    ssd_person=PERSONS,
    ssd_cin_episodes="""
    cine_referral_id | cine_person_id
    R1               | A
    R2               | NOBODY
    R3               |
    """,
    ssd_cla_visits="""
    clav_cla_visit_id | clav_person_id
    V1                | STRANGER
    """,
)
spec(
    "D02",
    {"ssd_cin_assessments": [2], "ssd_cp_plans": [1], "ssd_cla_placement": [2]},
    ssd_cin_episodes="cine_referral_id\nR1",
    ssd_cin_assessments="""
    cina_assessment_id | cina_referral_id
    A1                 | R1
    A2                 | R9
    A3                 |
    """,
    ssd_initial_cp_conference="icpc_icpc_id\nI1",
    ssd_cp_plans="""
    cppl_cp_plan_id | cppl_icpc_id
    P1              | I2
    P2              | I1
    """,
    ssd_cla_episodes="clae_cla_id\nG1",
    ssd_cla_placement="""
    clap_cla_placement_id | clap_cla_id
    L1                    | G1
    L2                    | G2
    """,
)
spec(
    "D03",
    {"ssd_cla_visits": [2]},
    ssd_person=PERSONS,
    ssd_cla_episodes="clae_person_id\nA",
    ssd_cla_visits="""
    clav_cla_visit_id | clav_person_id
    V1                | A
    V2                | B
    V3                | NOBODY
    """,
)
spec(
    "D04",
    {"ssd_cin_assessments": [2], "ssd_involvements": [1]},
    ssd_professionals="prof_professional_id\nW1",
    ssd_department="dept_team_id\nT1",
    ssd_cin_assessments="""
    cina_assessment_id | cina_assessment_worker_id | cina_assessment_team
    A1                 | W1                        | T1
    A2                 | W2                        | T1
    A3                 |                           |
    """,
    ssd_involvements="""
    invo_involvements_id | invo_professional_team
    1                    | T7
    """,
)
spec(
    "D05",
    {"ssd_cin_assessments": [2]},
    ssd_person=PERSONS,
    ssd_cin_episodes="""
    cine_referral_id | cine_person_id
    R1               | A
    R2               | NOBODY
    """,
    ssd_cin_assessments="""
    cina_assessment_id | cina_referral_id | cina_person_id
    A1                 | R1               | A
    A2                 | R1               | B
    A3                 | R2               | B
    A4                 | R1               | NOBODY
    """,
)
spec(
    "D06",
    {"ssd_cp_visits": [3]},
    ssd_cp_visits="""
    cppv_cp_visit_id | cppv_person_id
    V1               | A
    V2               | A
    V1               | A
    """,
)
spec(
    "D07",
    {"ssd_cp_plans": [1, 3], "ssd_cla_immunisations": [3, 4]},
    ssd_cp_plans="""
    cppl_cp_plan_id | cppl_person_id
    P1              | A
    P2              | A
    P1              | B
    """,
    ssd_cla_immunisations="""
    clai_person_id | clai_immunisations_status_date | clai_immunisations_status
    A              | 2024-01-01                     | Y
    A              | 2025-01-01                     | Y
    B              | 2025-01-01                     | Y
    B              | 2025-01-01                     | N
    """,
)
spec(
    "D08",
    {"ssd_mother": [2]},
    ssd_person=PERSONS,
    ssd_mother="""
    moth_table_id | moth_person_id | moth_childs_person_id
    1             | C              | B
    2             | C              | Z
    """,
)
spec(
    "D10",
    {"ssd_s47_enquiry": [2], "ssd_person": [1]},
    ssd_s47_enquiry="""
    s47e_s47_enquiry_id | s47e_person_id | s47e_s47_start_date
    E1                  | A              | 2025-01-02
    E2                  | A              |
    """,
    ssd_person="""
    pers_person_id | pers_sex
                   | F
    A              | F
    """,
)
spec(
    "D11",
    {"ssd_person": [3]},
    ssd_person="""
    pers_person_id | pers_dob   | pers_expected_dob
    A              | 2010-05-01 |
    B              |            | 2025-06-01
    C              |            |
    """,
)
spec(
    "D12",
    {"ssd_legal_status": [2], "ssd_missing": [1], "ssd_person": [2]},
    ssd_legal_status="""
    lega_legal_status_id | lega_legal_status
    1                    | C2
    2                    | C9
    3                    |
    """,
    ssd_missing="""
    miss_table_id | miss_missing_episode_type
    1             | Q
    2             | M
    """,
    ssd_person="""
    pers_person_id | pers_sex
    A              | I
    B              | X
    """,
)
spec(
    "D13",
    {"ssd_cin_visits": [2]},
    ssd_cin_visits="""
    cinv_cin_visit_id | cinv_cin_visit_seen
    V1                | Y
    V2                | MAYBE
    V3                | 0
    V4                | U
    V5                |
    """,
)
spec(
    "D14",
    {"ssd_sdq_scores": [2, 3]},
    ssd_sdq_scores="""
    csdq_table_id | csdq_sdq_score
    1             | 40
    2             | 41
    3             | -1
    4             | 0
    5             |
    """,
)
spec(
    "D20",
    {"ssd_cin_episodes": [2], "ssd_cla_placement": [1]},
    ssd_cin_episodes="""
    cine_referral_id | cine_referral_date | cine_close_date
    R1               | 2025-01-05         | 2025-01-05
    R2               | 2025-01-05         | 2025-01-04
    R3               | 2025-01-05         |
    """,
    ssd_cla_placement="""
    clap_cla_placement_id | clap_cla_placement_start_date | clap_cla_placement_end_date
    L1                    | 2025-02-01                    | 2024-02-01
    """,
)
spec(
    "D21",
    {"ssd_contacts": [2]},
    ssd_contacts="""
    cont_contact_id | cont_contact_date
    C1              | 2025-03-31
    C2              | 2025-04-01
    C3              | 2099-12-31
    """,
)
spec(
    "D22",
    {"ssd_cla_visits": [2], "ssd_contacts": [2]},
    ssd_person=PERSONS,
    ssd_cla_visits="""
    clav_cla_visit_id | clav_person_id | clav_cla_visit_date
    V1                | A              | 2010-05-01
    V2                | A              | 2010-04-30
    V3                | NOBODY         | 1999-04-30
    """,
    ssd_contacts="""
    cont_contact_id | cont_person_id | cont_contact_date
    C1              | A              | 2009-10-01
    C2              | A              | 2009-01-01
    """,
)
spec(
    "D23",
    {"ssd_cin_visits": [2]},
    ssd_person="""
    pers_person_id | pers_death_date
    A              | 2025-01-10
    B              |
    """,
    ssd_cin_visits="""
    cinv_cin_visit_id | cinv_person_id | cinv_cin_visit_date
    V1                | A              | 2025-01-10
    V2                | A              | 2025-01-11
    V3                | B              | 2025-01-11
    """,
)
spec(
    "D24",
    {"ssd_person": [2]},
    ssd_person="""
    pers_person_id | pers_dob
    A              | 2010-05-01
    B              | 1900-01-01
    C              |
    """,
)
spec(
    "D30",
    {"ssd_cin_assessments": [2]},
    ssd_cin_episodes="""
    cine_referral_id | cine_referral_date
    R1               | 2025-01-05
    """,
    ssd_cin_assessments="""
    cina_assessment_id | cina_referral_id | cina_assessment_start_date
    A1                 | R1               | 2025-01-05
    A2                 | R1               | 2025-01-04
    A3                 | R9               | 2025-01-04
    """,
)
spec(
    "D31",
    {"ssd_cin_plans": [2]},
    ssd_cin_episodes="""
    cine_referral_id | cine_close_date
    R1               |
    R2               | 2025-03-01
    R3               | 2025-04-01
    """,
    ssd_cin_plans="""
    cinp_cin_plan_id | cinp_referral_id | cinp_cin_plan_start_date | cinp_cin_plan_end_date
    P1               | R1               | 2025-01-01               |
    P2               | R2               | 2025-01-01               |
    P3               | R2               | 2025-01-01               | 2025-03-01
    P4               | R3               | 2025-01-01               |
    """,
)
spec(
    "D32",
    {"ssd_cin_episodes": [2]},
    ssd_cin_episodes="""
    cine_referral_id | cine_close_date | cine_close_reason
    R1               | 2025-01-05      | RC8
    R2               | 2025-01-05      |
    R3               |                 |
    """,
)
spec(
    "D33",
    {"ssd_cin_episodes": [2]},
    ssd_cin_episodes="""
    cine_referral_id | cine_close_date | cine_close_reason
    R1               | 2025-01-05      | RC8
    R2               |                 | RC8
    """,
)
spec(
    "D34",
    {"ssd_cp_plans": [2, 5]},
    ssd_cp_plans="""
    cppl_cp_plan_id | cppl_person_id | cppl_cp_plan_start_date | cppl_cp_plan_end_date
    P1              | A              | 2024-01-01              | 2024-06-01
    P2              | A              | 2024-05-01              | 2024-09-01
    P3              | A              | 2024-09-01              |
    P4              | B              | 2024-01-01              |
    P5              | B              | 2024-02-01              |
    """,
)
spec(
    "D35",
    {"ssd_cp_visits": [1]},
    ssd_cp_visits="""
    cppv_cp_visit_id | cppv_cp_visit_seen | cppv_cp_visit_seen_alone
    V1               | N                  | Y
    V2               | Y                  | Y
    V3               | N                  | N
    """,
)
spec(
    "D36",
    {"ssd_initial_cp_conference": [2]},
    ssd_initial_cp_conference="""
    icpc_icpc_id | icpc_icpc_outcome_cp_flag | icpc_cp_plan_id
    I1           | Y                         | P1
    I2           | Y                         |
    I3           | N                         |
    """,
)
spec(
    "D40",
    {"ssd_cla_episodes": [3]},
    ssd_cla_episodes="""
    clae_cla_episode_id | clae_person_id | clae_cla_episode_start_date | clae_cla_episode_ceased_date
    E1                  | A              | 2024-01-01                  | 2024-02-01
    E2                  | A              | 2024-02-01                  | 2024-04-01
    E3                  | A              | 2024-03-01                  |
    E4                  | B              | 2024-03-01                  |
    """,
)
spec(
    "D41",
    {"ssd_cla_placement": [1]},
    ssd_cla_placement="""
    clap_cla_placement_id | clap_person_id | clap_cla_placement_start_date | clap_cla_placement_end_date
    L2                    | A              | 2024-03-01                    |
    L1                    | A              | 2024-01-01                    | 2024-04-01
    L3                    | B              | 2024-01-01                    | 2024-04-01
    """,
)
spec(
    "D42",
    {"ssd_legal_status": [2]},
    ssd_legal_status="""
    lega_legal_status_id | lega_person_id | lega_legal_status_start_date | lega_legal_status_end_date
    1                    | A              | 2024-01-01                   |
    2                    | A              | 2024-03-01                   |
    3                    | B              | 2024-03-01                   |
    """,
)
spec(
    "D43",
    {"ssd_cla_placement": [2]},
    ssd_cla_episodes="""
    clae_cla_episode_id | clae_cla_id | clae_cla_episode_start_date | clae_cla_episode_ceased_date
    E1                  | G1          | 2024-01-01                  |
    E2                  | G2          | 2024-01-01                  | 2024-06-01
    """,
    ssd_cla_placement="""
    clap_cla_placement_id | clap_cla_id | clap_cla_placement_start_date | clap_cla_placement_end_date
    L1                    | G1          | 2024-01-01                    |
    L2                    | G2          | 2024-01-01                    |
    L3                    | G2          | 2024-01-01                    | 2024-06-01
    """,
)
spec(
    "D44",
    {"ssd_cla_episodes": [2]},
    ssd_cla_placement="""
    clap_cla_placement_id | clap_cla_placement_end_date
    L1                    |
    L2                    | 2025-01-01
    """,
    ssd_cla_episodes="""
    clae_cla_episode_id | clae_cla_placement_id | clae_cla_episode_start_date | clae_cla_episode_ceased_date
    E1                  | L1                    | 2024-01-01                  |
    E2                  | L2                    | 2024-01-01                  |
    E3                  | L2                    | 2024-01-01                  | 2025-01-01
    """,
)
spec(
    "D45",
    {"ssd_cla_episodes": [2]},
    ssd_cla_episodes="""
    clae_cla_episode_id | clae_cla_episode_ceased_date | clae_cla_episode_ceased_reason
    E1                  | 2025-01-01                   | X1
    E2                  | 2025-01-01                   |
    E3                  |                              |
    """,
)
spec(
    "D46",
    {"ssd_cla_episodes": [2]},
    ssd_cla_episodes="""
    clae_cla_episode_id | clae_cla_episode_ceased_date | clae_cla_episode_ceased_reason
    E1                  | 2025-01-01                   | X1
    E2                  |                              | X1
    """,
)
spec(
    "D47",
    {"ssd_cla_episodes": [2]},
    ssd_person=PERSONS,
    ssd_cla_episodes="""
    clae_cla_episode_id | clae_person_id | clae_cla_episode_start_date | clae_cla_episode_ceased_date
    E1                  | A              | 2024-01-01                  |
    E2                  | C              | 2023-01-01                  |
    E3                  | C              | 2022-01-01                  | 2023-01-01
    """,
)
spec(
    "D48",
    {"ssd_sdq_scores": [3]},
    ssd_sdq_scores="""
    csdq_table_id | csdq_sdq_score | csdq_sdq_reason
    1             | 12             |
    2             |                | SDQ1
    3             |                |
    """,
)
spec(
    "D49",
    {"ssd_missing": [1]},
    ssd_missing="""
    miss_table_id | miss_missing_rhi_offered | miss_missing_rhi_accepted
    1             | N                        | Y
    2             | Y                        | Y
    3             | N                        | N
    """,
)
