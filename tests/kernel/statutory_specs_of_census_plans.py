"""Small tables for the Department's rules of the CIN census: child in need plans, protection plans, their reviews."""

from tests.kernel.statutory_specs import spec

REFERRALS = """
    la_child_id | cin_details_id | cin_referral_date
    A           | 1              | 2024-05-02
    A           | 2              | 2024-08-01
    B           | 1              |
                | 1              | 2024-05-02
    """
CIN_PLANS = """
    la_child_id | cin_details_id | cin_plan_start_date | cin_plan_end_date
    A           | 1              | 2024-05-01          | 2024-04-30
    B           | 1              | 2024-05-01          | 2024-05-01
    C           | 1              |                     | 2024-03-31
    D           | 1              | 2025-03-31          | 2025-03-31
    E           | 1              | 2025-04-01          | 2025-04-01
    F           | 1              | 2020-04-01          | 2024-04-01
    G           | 1              |                     |
    A           | 1              | 2024-05-02          | 2024-05-03
    A           | 2              | 2024-05-02          | 2024-05-03
    """
spec("4010", {"cin_plan_dates": [3, 5, 7]}, cin_plan_dates=CIN_PLANS)
spec("4011", {"cin_plan_dates": [1]}, cin_plan_dates=CIN_PLANS)
spec("4012Q", {"cin_plan_dates": [2, 4, 5]}, cin_plan_dates=CIN_PLANS)
spec("4013", {"cin_plan_dates": [3, 5]}, cin_plan_dates=CIN_PLANS)
spec("4015", {"cin_details": [1, 2], "cin_plan_dates": [1, 9]}, cin_details=REFERRALS, cin_plan_dates=CIN_PLANS)
spec(
    "4004",
    {"cin_plan_dates": [1, 2]},
    cin_plan_dates="""
    la_child_id | cin_details_id | cin_plan_start_date | cin_plan_end_date
    A           | 1              | 2024-05-01          |
    A           | 2              | 2024-06-01          |
    A           | 1              | 2024-04-01          | 2024-05-01
    B           | 1              | 2024-04-01          |
                | 1              | 2024-04-01          |
                | 1              | 2024-04-01          |
    """,
)
OVERLAPPING = """
    la_child_id | cin_details_id | {0}        | {1}
    A           | 1              | 2024-05-01 | 2024-06-01
    A           | 1              | 2024-05-31 | 2024-07-01
    A           | 1              | 2024-07-01 | 2024-08-01
    B           | 1              | 2024-05-01 | 2024-06-01
    B           | 2              | 2024-06-01 |
    C           | 1              | 2024-05-01 |
    C           | 2              | 2024-09-01 | 2024-09-05
    D           | 1              | 2024-05-01 | 2024-05-01
    D           | 1              | 2024-05-01 | 2024-06-01
    E           | 1              | 2024-05-01 | 2024-12-01
    E           | 1              | 2024-06-01 | 2024-06-10
    E           | 1              | 2024-07-01 | 2024-07-10
    E           | 1              | 2024-12-01 |
    F           | 1              |            |
    F           | 1              | 2024-12-01 |
                | 1              | 2024-12-01 |
                | 1              | 2024-12-01 |
    """
TOGETHER = [1, 2, 6, 7, 8, 9, 10, 11, 12]
spec(
    "4014",
    {"cin_plan_dates": TOGETHER},
    cin_plan_dates=OVERLAPPING.format("cin_plan_start_date", "cin_plan_end_date"),
)
spec(
    "8940",
    {"cin_protection_plans": TOGETHER},
    cin_protection_plans=OVERLAPPING.format("cpp_start_date", "cpp_end_date"),
)
spec(
    "4001",
    {"cin_plan_dates": [1], "cin_protection_plans": [1]},
    cin_plan_dates="""
    la_child_id | cin_plan_start_date | cin_plan_end_date
    A           | 2024-05-01          |
    A           | 2024-04-01          | 2024-05-01
    B           | 2024-05-01          |
    C           | 2024-05-01          | 2024-06-01
                | 2024-05-01          |
    """,
    cin_protection_plans="""
    la_child_id | cpp_start_date | cpp_end_date
    A           | 2024-09-01     |
    B           | 2024-04-01     | 2024-06-01
    C           | 2024-04-01     |
                | 2024-04-01     |
    """,
)
PROTECTED = """
    la_child_id | cpp_start_date | cpp_end_date
    A           | 2024-05-10     | 2024-06-10
    B           | 2024-05-10     |
    C           |                | 2024-06-10
    """
spec(
    "4016",
    {"cin_plan_dates": [2, 3, 6], "cin_protection_plans": [1, 2]},
    cin_plan_dates="""
    la_child_id | cin_plan_start_date
    A           | 2024-05-09
    A           | 2024-05-10
    A           | 2024-06-09
    A           | 2024-06-10
    B           | 2024-05-09
    B           | 2025-01-01
    C           | 2024-05-20
    B           |
    D           | 2024-05-20
    """,
    cin_protection_plans=PROTECTED,
)
spec(
    "4017",
    {"cin_plan_dates": [2, 3, 5], "cin_protection_plans": [1, 2]},
    cin_plan_dates="""
    la_child_id | cin_plan_start_date | cin_plan_end_date
    A           | 2024-04-01          | 2024-05-10
    A           | 2024-04-01          | 2024-05-11
    A           | 2024-05-10          | 2024-05-12
    A           | 2024-05-11          |
    B           | 2024-04-01          |
    B           |                     | 2024-12-01
    C           | 2024-04-01          |
    """,
    cin_protection_plans=PROTECTED,
)
spec(
    "4003",
    {"cin_plan_dates": [1, 2], "cin_reviews": [2, 5]},
    cin_plan_dates="""
    la_child_id | cin_plan_start_date | cin_plan_end_date
    A           | 2024-05-10          | 2024-06-10
    B           | 2024-05-10          |
    C           |                     |
    """,
    cin_reviews="""
    la_child_id | cpp_review_date
    A           | 2024-05-10
    A           | 2024-05-11
    A           | 2024-06-10
    A           |
    B           | 2025-01-01
    B           | 2024-05-10
    C           | 2024-05-20
    """,
)

PLANS = """
    la_child_id | cin_details_id | cpp_start_date | cpp_end_date | number_of_previous_cpp
    A           | 1              | 2024-05-01     | 2024-04-30   | 0
    B           | 1              | 2024-05-01     | 2024-05-01   | 1
    C           | 1              |                | 2024-03-31   |
    D           | 1              | 2025-03-31     | 2025-03-31   | 0
    E           | 1              | 2025-04-01     | 2025-04-01   | 0
    F           | 1              | 2020-04-01     | 2024-04-01   | 0
    G           | 1              |                |              | 0
    A           | 1              | 2024-05-02     | 2024-05-03   | 0
    A           | 2              | 2024-05-02     | 2024-05-03   | 0
    """
spec("1105", {"cin_details": [1, 2], "cin_protection_plans": [1, 9]}, cin_details=REFERRALS, cin_protection_plans=PLANS)
spec("8720", {"cin_protection_plans": [3, 5, 7]}, cin_protection_plans=PLANS)
spec("8730", {"cin_protection_plans": [3]}, cin_protection_plans=PLANS)
spec("8840", {"cin_protection_plans": [2, 4, 5]}, cin_protection_plans=PLANS)
spec("8925", {"cin_protection_plans": [1]}, cin_protection_plans=PLANS)
spec("8930", {"cin_protection_plans": [3, 5]}, cin_protection_plans=PLANS)
spec(
    "8935",
    {"cin_protection_plans": [1, 2]},
    cin_protection_plans="""
    la_child_id | cin_details_id | cpp_start_date | cpp_end_date
    A           | 1              | 2024-05-01     |
    A           | 2              | 2024-06-01     |
    A           | 1              | 2024-04-01     | 2024-05-01
    B           | 1              | 2024-04-01     |
                | 1              | 2024-04-01     |
                | 1              | 2024-04-01     |
    """,
)
CATEGORIES = """
    la_child_id | initial_category_of_abuse | latest_category_of_abuse
    A           | NEG                       | MUL
    B           |                           | PHY
    C           | XXX                       | SAB
    D           | EMO                       |
    E           | PHY                       | PHYS
    """
spec("8905", {"cin_protection_plans": [2, 3]}, cin_protection_plans=CATEGORIES)
spec("8910", {"cin_protection_plans": [4, 5]}, cin_protection_plans=CATEGORIES)
DEATHS = """
    la_child_id | person_death_date
    A           | 2024-06-10
    B           | 2024-06-10
    C           |
    """
LIVES = """
    la_child_id | cpp_start_date | cpp_end_date
    A           | 2024-06-11     | 2024-06-11
    B           | 2024-06-10     | 2024-06-10
    C           | 2024-06-11     | 2024-06-11
    B           |                |
    D           | 2024-06-11     | 2024-06-11
    """
for code in ("8915", "8920"):
    spec(
        code,
        {"cin_child_identifiers": [1], "cin_protection_plans": [1]},
        cin_child_identifiers=DEATHS,
        cin_protection_plans=LIVES,
    )

HELD = """
    la_child_id | cin_details_id | date_of_initial_cpc
    A           | 1              | 2024-05-01
    A           | 1              | 2024-05-01
    B           | 1              |
    C           | 1              | 2024-03-31
    D           | 2              | 2024-05-01
    """
FROM_ELSEWHERE = """
    la_child_id | cin_details_id | cin_referral_date | date_of_initial_cpc
    A           | 1              | 2024-03-01        | 2024-05-01
    B           | 1              | 2024-03-01        | 2024-05-01
    C           | 1              | 2024-03-01        |
    D           | 1              | 2024-03-01        |
    """
STARTED = """
    la_child_id | cin_details_id | cpp_start_date
    A           | 1              | 2024-05-01
    B           | 1              | 2024-05-01
    B           | 1              | 2024-05-02
    C           | 1              | 2024-03-30
    D           | 1              | 2024-05-01
    C           | 1              | 2024-04-01
    C           | 1              | 2025-03-31
    C           | 1              | 2025-04-01
    C           | 1              |
    """
spec(
    "2885",
    {"cin_protection_plans": [3, 5, 6, 7]},
    cin_section_47=HELD,
    cin_details=FROM_ELSEWHERE,
    cin_protection_plans=STARTED,
)
# Held in the year: A (told twice, and in the episode), B and D.
for plans, broken in ((3, []), (4, [None])):
    started = "\n".join(
        [
            "la_child_id | cin_details_id | cpp_start_date",
            *(f"P{at} | 1 | 2024-05-01" for at in range(plans)),
            "Q | 1 | 2024-03-31",
            "Q | 1 | 2025-04-01",
            "Q | 1 |",
        ]
    )
    spec(
        "2883",
        {"cin_protection_plans": broken},
        cin_section_47=HELD,
        cin_details=FROM_ELSEWHERE,
        cin_protection_plans=started,
    )

spec(
    "8841",
    {"cin_protection_plans": [1, 2], "cin_reviews": [1, 2, 4]},
    cin_protection_plans="""
    la_child_id | cin_details_id | cpp_id | cpp_start_date
    A           | 1              | 1      | 2024-05-10
    A           | 1              | 2      | 2024-09-10
    A           | 2              | 1      | 2024-12-10
    B           | 1              | 1      |
    """,
    cin_reviews="""
    la_child_id | cin_details_id | cpp_id | cpp_review_date
    A           | 1              | 1      | 2024-05-10
    A           | 1              | 1      | 2024-05-09
    A           | 1              | 1      | 2024-05-11
    A           | 1              | 2      | 2024-08-01
    A           | 1              | 2      |
    B           | 1              | 1      | 2024-08-01
    """,
)
# Without numbers a review may be of any plan of its episode.
spec(
    "8841",
    {"cin_protection_plans": [2], "cin_reviews": [1]},
    cin_protection_plans="""
    la_child_id | cin_details_id | cpp_start_date
    A           | 1              | 2024-09-10
    A           | 1              | 2024-05-10
    A           | 2              | 2024-12-10
    """,
    cin_reviews="""
    la_child_id | cin_details_id | cpp_review_date
    A           | 1              | 2024-05-10
    A           | 1              | 2024-08-01
    A           | 3              | 2024-04-01
    """,
)
spec(
    "8842Q",
    {"cin_reviews": [2]},
    cin_reviews="""
    la_child_id | cin_details_id | cpp_review_date
    A           | 1              | 2024-05-10
    A           | 1              |
    """,
)
spec(
    "8842Q",
    {"cin_reviews": [2]},
    unread={"cin_reviews.cpp_review_date": [2]},
    cin_reviews="""
    la_child_id | cin_details_id | cpp_id | cpp_review_date
    A           | 1              | 1      | 2024-05-10
    A           | 1              | 1      |
    """,
)
# As XML can say it: no review is without a date, and every plan is in an episode.
spec(
    "4003",
    {"cin_plan_dates": [1], "cin_reviews": [2]},
    cin_plan_dates="""
    la_child_id | cin_details_id | cin_plan_start_date | cin_plan_end_date
    A           | 1              | 2024-05-10          | 2024-06-10
    B           | 1              | 2024-05-10          | 2024-06-10
    """,
    cin_reviews="""
    la_child_id | cin_details_id | cpp_id | cpp_review_date
    A           | 2              | 1      | 2024-05-10
    A           | 2              | 1      | 2024-06-09
    B           | 2              | 2      | 2024-06-10
    """,
)
