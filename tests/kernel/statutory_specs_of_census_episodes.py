"""Small tables for the Department's rules of the CIN census: episodes of need, and what they hold."""

from tests.kernel.statutory_specs import spec

spec(
    "8568",
    {"cin_details": [3, 4]},
    cin_details="""
    la_child_id | referral_nfa
    A           | 0
    B           | 1
    C           |
    D           | YES
    """,
)
# 1 April 2024 was Easter Monday: the working day before it was Thursday, 28 March.
spec(
    "8569Q",
    {"cin_details": [1]},
    cin_details="""
    la_child_id | cin_referral_date | referral_nfa
    A           | 2024-03-27        | 1
    B           | 2024-03-28        | 1
    C           | 2024-04-01        | 1
    D           | 2024-03-27        | 0
    E           | 2024-03-27        |
    F           |                   | 1
    """,
)
# 1 April 2023 was a Saturday: the working day before it was Friday, 31 March.
spec("8569Q", {"cin_details": [2]}, year=2024, cin_details="""
    cin_referral_date | referral_nfa
    2023-03-31        | 1
    2023-03-30        | 1
    """)  # fmt: skip
spec(
    "8600",
    {"cin_details": [2, 3]},
    cin_details="""
    la_child_id | cin_referral_date
    A           | 2025-03-31
    B           | 2025-04-01
    C           |
    D           | 2019-01-01
    """,
)
spec(
    "8606",
    {"cin_child_identifiers": [2, 4], "cin_details": [2, 4]},
    cin_child_identifiers="""
    la_child_id | person_birth_date | expected_person_birth_date
    A           | 2024-10-07        |
    B           | 2024-10-08        |
    C           |                   | 2024-10-07
    D           |                   | 2024-10-08
    E           | 2020-01-01        |
    F           |                   |
    """,
    cin_details="""
    la_child_id | cin_referral_date
    A           | 2024-01-01
    B           | 2024-01-01
    C           | 2024-01-01
    D           | 2024-01-01
    E           | 2024-01-01
    F           | 2024-01-01
    B           |
    """,
)
spec(
    "8610",
    {"cin_details": [1]},
    cin_details="""
    la_child_id | primary_need_code | referral_nfa
    A           |                   | 0
    B           | N1                | 0
    C           |                   | 1
    D           |                   |
    """,
)
spec(
    "8650",
    {"cin_details": [2]},
    cin_details="""
    la_child_id | primary_need_code
    A           | N0
    B           | N10
    C           |
    D           | N9
    """,
)
spec(
    "8866",
    {"cin_details": [2, 3, 5]},
    cin_details="""
    la_child_id | referral_source | cin_referral_date
    A           | 5D              | 2024-05-01
    B           |                 | 2024-05-01
    C           | 5E              | 2024-05-01
    D           |                 | 2013-03-31
    E           |                 | 2013-04-01
    F           | 10              | 2024-05-01
    """,
)
spec("8866", {"cin_details": [1]}, cin_details="""
    la_child_id | referral_source | cin_referral_date
    A           |                 |
    B           | 1A              |
    """)  # fmt: skip
spec(
    "8620",
    {"cin_details": [1, 4]},
    cin_details="""
    la_child_id | cin_closure_date
    A           | 2024-03-31
    B           | 2024-04-01
    C           | 2025-03-31
    D           | 2025-04-01
    E           |
    """,
)
spec(
    "8630",
    {"cin_details": [1]},
    cin_details="""
    la_child_id | cin_referral_date | cin_closure_date
    A           | 2024-05-02        | 2024-05-01
    B           | 2024-05-02        | 2024-05-02
    C           | 2024-05-02        |
    D           |                   | 2024-05-02
    """,
)
CLOSURES = """
    la_child_id | cin_closure_date | reason_for_closure
    A           | 2024-05-01       | RC1
    B           | 2024-05-01       | RC9
    C           | 2024-05-01       | RC10
    D           | 2024-05-01       |
    E           |                  | RC7
    F           |                  |
    """
spec("8640", {"cin_details": [3]}, cin_details=CLOSURES)
spec("8805", {"cin_details": [4]}, cin_details=CLOSURES)
spec("8810", {"cin_details": [5]}, cin_details=CLOSURES)

spec(
    "8815",
    {"cin_details": [1, 2]},
    cin_details="""
    la_child_id | cin_details_id | cin_referral_date | cin_closure_date | referral_nfa
    A           | 1              | 2024-05-01        |                  | 0
    A           | 2              | 2024-06-01        |                  | 0
    A           | 3              | 2024-07-01        | 2024-08-01       | 0
    B           | 1              | 2024-05-01        |                  | 0
    B           | 2              | 2024-06-01        |                  | 1
    C           | 1              | 2024-05-01        |                  | 0
    C           | 2              | 2024-05-01        |                  |
                | 1              | 2024-05-01        |                  | 0
                | 2              | 2024-05-01        |                  | 0
    """,
)
spec(
    "8816",
    {"cin_details": [1, 2, 9, 10]},
    cin_details="""
    la_child_id | cin_details_id | cin_referral_date | cin_closure_date | referral_nfa
    A           | 1              | 2024-05-01        |                  | 0
    A           | 2              | 2024-06-01        | 2024-07-01       | 0
    A           | 3              | 2024-04-01        | 2024-04-20       | 0
    B           | 1              | 2024-05-01        |                  | 1
    B           | 2              | 2024-06-01        | 2024-07-01       | 0
    C           | 1              | 2024-05-01        | 2024-05-10       | 0
    C           | 2              | 2024-06-01        |                  | 0
    D           | 1              | 2024-06-01        |                  | 0
    E           | 1              | 2024-06-01        |                  | 0
    E           | 2              | 2024-07-01        |                  | 1
    F           | 1              | 2024-06-01        |                  | 0
    F           | 2              | 2024-06-01        | 2024-07-01       | 0
    F           | 3              |                   |                  | 0
                | 1              | 2024-06-01        |                  | 0
                | 2              | 2024-07-01        |                  | 0
    """,
)
spec(
    "8820",
    {"cin_details": [1, 2, 6, 7, 8, 9, 12, 13, 16, 17]},
    cin_details="""
    la_child_id | cin_details_id | cin_referral_date | cin_closure_date | referral_nfa
    A           | 1              | 2024-05-01        | 2024-06-01       | 0
    A           | 2              | 2024-05-31        | 2024-07-01       | 0
    A           | 3              | 2024-07-01        | 2024-08-01       | 0
    B           | 1              | 2024-05-01        | 2024-06-01       | 0
    B           | 2              | 2024-06-01        |                  | 0
    C           | 1              | 2024-05-01        |                  | 0
    C           | 2              | 2024-09-01        | 2024-09-05       | 0
    D           | 1              | 2024-05-01        | 2024-05-01       | 0
    D           | 2              | 2024-05-01        | 2024-06-01       | 0
    E           | 1              | 2024-05-01        |                  | 1
    E           | 2              | 2024-06-01        |                  | 0
    F           | 1              | 2024-05-01        |                  | 0
    F           | 2              | 2024-06-01        |                  | 1
                | 1              | 2024-05-01        |                  | 0
                | 2              | 2024-06-01        |                  | 0
    G           | 1              | 2024-05-01        | 2024-12-01       | 0
    G           | 2              | 2024-06-01        | 2024-06-10       | 0
    H           | 1              |                   |                  | 0
    H           | 2              | 2024-06-01        | 2024-06-10       | 0
    """,
)

CASES = """
    la_child_id | cin_details_id | cin_closure_date | reason_for_closure | referral_nfa | date_of_initial_cpc
    A           | 1              | 2024-06-01       | RC8                | 0            |
    A           | 2              | 2024-06-01       | RC9                | 1            |
    B           | 1              | 2024-06-01       | RC7                | 1            |
    C           | 1              |                  |                    |              |
                | 1              | 2024-06-01       | RC8                | 1            |
    """
ENQUIRIES = """
    la_child_id | cin_details_id | s47_actual_start_date | date_of_initial_cpc | icpc_not_required
    A           | 1              | 2024-05-01            | 2024-05-10          | 0
    B           | 1              | 2024-05-01            |                     | 1
    B           | 2              | 2024-05-01            |                     | 0
    C           | 1              | 2024-05-01            |                     |
                | 1              | 2024-05-01            |                     | 0
    """
CIN_PLANS = """
    la_child_id | cin_details_id | cin_plan_start_date
    A           | 2              | 2024-05-01
    B           | 1              | 2024-05-01
    C           | 1              | 2024-05-01
    """
PROTECTION = """
    la_child_id | cin_details_id | cpp_start_date
    A           | 1              | 2024-05-01
    B           | 1              | 2024-05-01
    C           | 1              | 2024-05-01
    """
spec(
    "2990",
    {"cin_details": [1, 2], "cin_section_47": [1], "cin_plan_dates": [1], "cin_protection_plans": [1]},
    cin_details=CASES,
    cin_section_47=ENQUIRIES,
    cin_plan_dates=CIN_PLANS,
    cin_protection_plans=PROTECTION,
)
spec(
    "4000",
    {"cin_details": [2, 3], "cin_plan_dates": [1, 2]},
    cin_details=CASES,
    cin_plan_dates=CIN_PLANS,
)
spec(
    "8832",
    {"cin_details": [3], "cin_protection_plans": [2]},
    cin_details=CASES,
    cin_protection_plans=PROTECTION,
)
spec(
    "8831",
    {"cin_details": [2, 3, 4], "cin_assessments": [1], "cin_section_47": [2]},
    cin_details="""
    la_child_id | cin_details_id | referral_nfa | date_of_initial_cpc
    A           | 1              | 0            | 2024-05-01
    A           | 2              | 1            |
    B           | 1              | 1            |
    C           | 1              | 1            | 2024-05-01
    D           | 1              | 1            |
    E           | 1              |              | 2024-05-01
    """,
    cin_assessments="""
    la_child_id | cin_details_id | assessment_actual_start_date
    A           | 2              | 2024-05-01
    A           | 1              | 2024-05-01
    """,
    cin_section_47="""
    la_child_id | cin_details_id | s47_actual_start_date
    A           | 1              | 2024-05-01
    B           | 1              | 2024-05-01
    D           | 2              | 2024-05-01
    """,
)
ASSESSED = """
    la_child_id | cin_details_id | assessment_actual_start_date | assessment_authorisation_date
    A           | 1              | 2024-05-01                   | 2024-05-20
    A           | 3              | 2024-05-01                   |
    C           | 1              | 2024-05-01                   |
                | 1              | 2024-05-01                   |
    """
spec(
    "2991Q",
    {"cin_details": [3], "cin_section_47": [2]},
    cin_details=CASES,
    cin_section_47=ENQUIRIES,
    cin_assessments=ASSESSED,
)
spec(
    "8825Q",
    {"cin_details": [2]},
    cin_details=CASES,
    cin_assessments=ASSESSED,
)
spec(
    "8867",
    {"cin_details": [1], "cin_assessments": [2]},
    cin_details="""
    la_child_id | cin_details_id | cin_closure_date
    A           | 3              | 2024-06-01
    A           | 1              | 2024-06-01
    C           | 1              |
                | 1              | 2024-06-01
    """,
    cin_assessments=ASSESSED,
)
spec(
    "8868",
    {"cin_details": [1, 4], "cin_section_47": [1, 6]},
    cin_details="""
    la_child_id | cin_details_id | cin_closure_date | date_of_initial_cpc
    A           | 1              | 2024-06-01       |
    B           | 1              | 2024-06-01       |
    C           | 1              |                  |
    D           | 1              | 2024-06-01       |
    """,
    cin_section_47="""
    la_child_id | cin_details_id | date_of_initial_cpc | icpc_not_required
    A           | 1              |                     | 0
    A           | 1              | 2024-05-10          | 0
    B           | 1              |                     | 1
    C           | 1              |                     | 0
    D           | 2              |                     | 0
    D           | 1              |                     |
    """,
)
spec(
    "8565",
    {
        "cin_details": [1, 2, 3, 4, 5],
        "cin_assessments": [1, 2],
        "cin_section_47": [1, 2],
        "cin_plan_dates": [1],
        "cin_protection_plans": [1],
    },
    cin_details="""
    la_child_id | cin_details_id | cin_closure_date | date_of_initial_cpc
    A           | 1              | 2024-06-01       |
    B           | 1              | 2024-06-01       |
    C           | 1              | 2024-06-01       |
    D           | 1              | 2024-06-01       |
    E           | 1              | 2024-06-01       | 2024-06-02
    F           | 1              | 2024-06-01       | 2024-06-01
    G           | 1              |                  | 2024-06-02
    """,
    cin_assessments="""
    la_child_id | cin_details_id | assessment_actual_start_date | assessment_authorisation_date
    A           | 1              | 2024-06-02                   |
    A           | 1              | 2024-05-01                   | 2024-06-02
    F           | 1              | 2024-05-01                   | 2024-06-01
    G           | 1              | 2024-05-01                   | 2024-06-02
    """,
    cin_section_47="""
    la_child_id | cin_details_id | s47_actual_start_date | date_of_initial_cpc
    B           | 1              | 2024-06-02            |
    B           | 1              | 2024-05-01            | 2024-06-02
    F           | 1              | 2024-06-01            | 2024-06-01
    """,
    cin_plan_dates="""
    la_child_id | cin_details_id | cin_plan_start_date | cin_plan_end_date
    C           | 1              | 2024-05-01          | 2024-06-02
    C           | 1              | 2024-05-01          |
    A           | 2              | 2024-05-01          | 2024-06-02
    """,
    cin_protection_plans="""
    la_child_id | cin_details_id | cpp_start_date | cpp_end_date
    D           | 1              | 2024-05-01     | 2024-06-02
    F           | 1              | 2024-05-01     | 2024-06-01
    """,
)
# As XML can say it: every enquiry is in an episode, and every episode is a child's.
spec(
    "2991Q",
    {"cin_details": [2], "cin_section_47": [2]},
    cin_details="""
    la_child_id | cin_details_id | cin_referral_date
    A           | 1              | 2024-05-01
    B           | 1              | 2024-05-01
    C           | 1              | 2024-05-01
    """,
    cin_section_47="""
    la_child_id | cin_details_id | s47_actual_start_date
    A           | 1              | 2024-05-01
    B           | 1              | 2024-05-01
    """,
    cin_assessments="""
    la_child_id | cin_details_id | assessment_actual_start_date
    A           | 1              | 2024-05-01
    """,
)
