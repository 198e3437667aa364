"""Small tables for the Department's rules of the CIN census where a cell was not understood.

Such a cell is an issue of its own. It is no missing date, it does not keep a plan or an episode open, and what ends on
no known day overlaps nothing; a row where nothing at all is written is told as ever.
"""

from tests.kernel.statutory_specs import spec

EPISODES = """
    la_child_id | cin_details_id | cin_referral_date | cin_closure_date | reason_for_closure | referral_nfa
    A           | 1              |                   |                  | RC1                | 0
    B           | 1              |                   |                  | RC1                | 0
    C           | 1              | 2024-05-01        |                  |                    | 0
    C           | 2              | 2024-06-01        |                  |                    | 0
    D           | 1              | 2024-05-01        |                  |                    | 0
    D           | 2              | 2024-06-01        |                  |                    | 0
    """
NOT_READ = {"cin_details.cin_referral_date": [2], "cin_details.cin_closure_date": [2, 3]}
spec("8600", {"cin_details": [1]}, unread=NOT_READ, cin_details=EPISODES)
spec("8810", {"cin_details": [1]}, unread=NOT_READ, cin_details=EPISODES)
spec("8815", {"cin_details": [5, 6]}, unread=NOT_READ, cin_details=EPISODES)
spec("8816", {"cin_details": [5, 6]}, unread=NOT_READ, cin_details=EPISODES)
spec("8820", {"cin_details": [5, 6]}, unread=NOT_READ, cin_details=EPISODES)

CIN_PLANS = """
    la_child_id | cin_details_id | cin_plan_start_date | cin_plan_end_date
    A           | 1              |                     | 2024-05-20
    B           | 1              |                     | 2024-05-20
    C           | 1              | 2024-05-01          |
    C           | 1              | 2024-06-01          |
    D           | 1              | 2024-05-01          |
    D           | 1              | 2024-06-01          |
    """
OF_PLANS = {"cin_plan_dates.cin_plan_start_date": [2], "cin_plan_dates.cin_plan_end_date": [3]}
spec("4010", {"cin_plan_dates": [1]}, unread=OF_PLANS, cin_plan_dates=CIN_PLANS)
spec("4004", {"cin_plan_dates": [5, 6]}, unread=OF_PLANS, cin_plan_dates=CIN_PLANS)
spec("4014", {"cin_plan_dates": [5, 6]}, unread=OF_PLANS, cin_plan_dates=CIN_PLANS)

PROTECTION = """
    la_child_id | cin_details_id | cpp_start_date | cpp_end_date | number_of_previous_cpp
    A           | 1              |                | 2024-05-20   |
    B           | 1              |                | 2024-05-20   |
    C           | 1              | 2024-05-01     |              | 0
    C           | 1              | 2024-06-01     |              | 0
    D           | 1              | 2024-05-01     |              | 0
    D           | 1              | 2024-06-01     |              | 0
    """
OF_PROTECTION = {
    "cin_protection_plans.cpp_start_date": [2],
    "cin_protection_plans.cpp_end_date": [3],
    "cin_protection_plans.number_of_previous_cpp": [2],
}
spec("8720", {"cin_protection_plans": [1]}, unread=OF_PROTECTION, cin_protection_plans=PROTECTION)
spec("8730", {"cin_protection_plans": [1]}, unread=OF_PROTECTION, cin_protection_plans=PROTECTION)
spec("8935", {"cin_protection_plans": [5, 6]}, unread=OF_PROTECTION, cin_protection_plans=PROTECTION)
spec("8940", {"cin_protection_plans": [5, 6]}, unread=OF_PROTECTION, cin_protection_plans=PROTECTION)
# Of C one child in need plan ends on no known day, and one protection plan: the others are open together.
spec(
    "4001",
    {"cin_plan_dates": [4, 5, 6], "cin_protection_plans": [4, 5, 6]},
    unread=OF_PLANS | OF_PROTECTION,
    cin_plan_dates=CIN_PLANS,
    cin_protection_plans=PROTECTION,
)

IDENTIFIERS = """
    la_child_id | person_birth_date | expected_person_birth_date | person_death_date
    A           |                   |                            |
    B           |                   |                            |
    C           |                   | 2025-04-20                 |
    """
OF_CHILDREN = {
    "cin_child_identifiers.person_birth_date": [2, 3],
    "cin_child_identifiers.person_death_date": [2],
}
spec("8525Q", {"cin_child_identifiers": [1]}, unread=OF_CHILDREN, cin_child_identifiers=IDENTIFIERS)
spec(
    "8585Q",
    {"cin_child_identifiers": [1], "cin_details": [1]},
    unread=OF_CHILDREN,
    cin_child_identifiers=IDENTIFIERS,
    cin_details="""
    la_child_id | cin_details_id | reason_for_closure
    A           | 1              | RC2
    B           | 1              | RC2
    """,
)

ENQUIRIES = """
    la_child_id | cin_details_id | s47_actual_start_date | date_of_initial_cpc | icpc_not_required
    A           | 1              |                       |                     | 1
    B           | 1              |                       |                     | 1
    C           | 1              | 2024-05-01            |                     | 0
    D           | 1              | 2024-05-01            |                     | 0
    """
OF_ENQUIRIES = {"cin_section_47.s47_actual_start_date": [2], "cin_section_47.date_of_initial_cpc": [3]}
spec("8615", {"cin_section_47": [1]}, unread=OF_ENQUIRIES, cin_section_47=ENQUIRIES)
spec("8675Q", {"cin_section_47": [4]}, unread=OF_ENQUIRIES, cin_section_47=ENQUIRIES)

ASSESSMENTS = """
    la_child_id | cin_details_id | assessment_actual_start_date | assessment_authorisation_date | assessment_factors
    A           | 1              | 2024-05-01                   |                               | 2B
    A           | 1              | 2024-06-01                   |                               |
    B           | 1              | 2024-05-01                   |                               | 2B
    B           | 1              | 2024-06-01                   |                               |
    """
OF_ASSESSMENTS = {"cin_assessments.assessment_authorisation_date": [1]}
spec("8614", {"cin_assessments": [3]}, unread=OF_ASSESSMENTS, cin_assessments=ASSESSMENTS)
spec("8670Q", {"cin_assessments": [2, 3, 4]}, unread=OF_ASSESSMENTS, cin_assessments=ASSESSMENTS)
spec("8863Q", {"cin_assessments": [3, 4]}, unread=OF_ASSESSMENTS, cin_assessments=ASSESSMENTS)
spec("8896", {"cin_assessments": [3, 4]}, unread=OF_ASSESSMENTS, cin_assessments=ASSESSMENTS)

# A closed episode whose assessment, or whose conference, has a day that was not understood: it is not unfinished.
CLOSED = """
    la_child_id | cin_details_id | cin_closure_date | date_of_initial_cpc
    A           | 1              | 2024-06-01       |
    B           | 1              | 2024-06-01       |
    """
spec(
    "8867",
    {"cin_details": [1], "cin_assessments": [1]},
    unread={"cin_assessments.assessment_authorisation_date": [2]},
    cin_details=CLOSED,
    cin_assessments="""
    la_child_id | cin_details_id | assessment_authorisation_date
    A           | 1              |
    B           | 1              |
    """,
)
spec(
    "8868",
    {"cin_details": [1], "cin_section_47": [1]},
    unread={"cin_section_47.date_of_initial_cpc": [2]},
    cin_details=CLOSED,
    cin_section_47="""
    la_child_id | cin_details_id | date_of_initial_cpc | icpc_not_required
    A           | 1              |                     | 0
    B           | 1              |                     | 0
    """,
)
