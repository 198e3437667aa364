"""Specs of the measures of the lists about referrals, assessments, need, enquiries and plans."""

from tests.kernel.measure_specs import spec

spec(
    "FD-05",
    "yes no no yes not_known yes no yes no -",
    referrals="""
    child | referred_on | referrals_in_year
    A     | 2025-01-10  | 1
    B     | 2025-01-10  | 0
    C     | 2024-11-01  | 1
    C     | 2025-01-10  | 1
    D     | 2025-01-10  |
    E     | 2024-11-01  | 2
    F     | 2025-01-10  | 0
    E     | 2025-02-10  | 2
    F     | 2025-01-10  | 0
    G     | 2025-04-01  | 1
    """,
)
spec(
    "FD-06",
    "yes no not_known -",
    referrals="""
    referred_on | no_further_action
    2025-01-10  | Y
    2025-01-10  | N
    2025-01-10  |
    2025-04-01  | Y
    """,
)
spec(
    "AS-01",
    "yes no - not_known not_known -",
    assessments="""
    started_on | authorised_on
    2024-11-25 | 2025-01-30
    2024-11-25 | 2025-01-31
    2024-11-25 |
    2024-11-25 | 2024-11-24
               | 2024-11-24
    2025-03-01 | 2025-04-01
    """,
)
spec(
    "AS-03",
    "yes no - yes not_known",
    assessments="""
    started_on | authorised_on | team
    2025-01-24 |               | East
    2025-01-27 |               | East
    2025-01-24 | 2025-03-31    | East
    2025-01-24 | 2025-04-01    | East
               |               | East
    """,
)
spec(
    "AS-05",
    "yes no not_known not_known not_due - yes",
    assessments="""
    started_on | authorised_on | child_seen | born_on
    2025-01-10 | 2025-02-10    | Y          | 2015-01-01
    2025-01-10 | 2025-02-10    | N          | 2015-01-01
    2025-01-10 | 2025-02-10    | U          | 2015-01-01
    2025-01-10 | 2025-02-10    |            |
    2025-01-10 |               | Y          | 2015-01-01
    2025-01-10 | 2025-02-10    | N          | 2025-02-11
    2025-01-10 | 2025-02-10    | Y          | 2025-02-10
    """,
)
spec(
    "CN-02",
    "yes no no not_due - - not_known",
    children_in_need="""
    status | started_on | last_seen_on | closed_on
    NEED   | 2024-06-01 | 2025-03-03   |
    NEED   | 2024-06-01 | 2025-02-28   |
    NEED   | 2024-06-01 |              |
    NEED   | 2025-03-04 |              |
    PLAN   | 2024-06-01 | 2025-03-03   |
    NEED   | 2024-06-01 | 2025-03-03   | 2025-03-31
    NEED   | 2024-06-01 | 2025-04-03   |
    """,
)
spec(
    "CP-02",
    "yes no - not_known -",
    section_47="""
    strategy_on | conference_on
    2024-12-13  | 2025-01-08
    2024-12-13  | 2025-01-09
    2024-12-13  |
    2024-12-13  | 2024-12-12
    2025-03-28  | 2025-04-01
    """,
)
spec(
    "CP-04",
    "yes no not_known -",
    section_47="""
    conference_on | led_to_plan
    2025-01-10    | Y
    2025-01-10    | N
    2025-01-10    |
                  | Y
    """,
)
spec(
    "CP-08",
    "yes no not_known - -",
    protection_plans="""
    started_on | previous_plans
    2024-10-01 | 2
    2025-01-10 | 0
    2025-01-10 |
    2024-09-30 | 1
    2025-04-01 | 1
    """,
)
spec(
    "CP-10",
    "yes no - not_known yes",
    protection_plans="""
    child | started_on | ended_on
    A     | 2023-04-01 |
    B     | 2023-04-02 |
    C     | 2023-04-01 | 2025-03-31
    D     |            |
    E     | 2020-01-01 | 2025-04-01
    """,
)
spec(
    "CP-11",
    "yes no - not_known",
    protection_plans="""
    started_on | ended_on
    2023-01-01 | 2024-12-31
    2023-01-01 | 2024-12-30
    2023-01-01 |
    2025-01-01 | 2024-12-31
    """,
)
for _letter, _states in (("N", "yes no"), ("P", "no yes"), ("S", "no no"), ("E", "no no"), ("M", "no no")):
    spec(
        f"CP-16{_letter}",
        f"{_states} {'yes' if _letter == 'S' else 'no'} {'yes' if _letter == 'E' else 'no'} "
        f"{'yes' if _letter == 'M' else 'no'} not_known - -",
        protection_plans="""
        started_on | ended_on   | latest_category
        2024-01-01 |            | NEG
        2024-01-01 | 2025-04-01 | PHY
        2025-03-31 |            | SAB
                   |            | EMO
        2024-01-01 |            | MUL
        2024-01-01 |            |
        2024-01-01 | 2025-03-31 | NEG
        2025-04-01 |            | NEG
        """,
    )
spec(
    "CN-03",
    "yes no no - -",
    children_in_need="""
    worker | started_on | closed_on
           | 2024-01-01 |
    W1     | 2024-01-01 |
    W1     | 2024-01-01 | 2025-04-01
           | 2024-01-01 | 2025-03-31
           | 2025-04-01 |
    """,
)
spec(
    "CP-12",
    "yes no no not_due no - not_known",
    protection_plans="""
    started_on | latest_review_on | ended_on
    2024-01-01 | 2024-10-01       |
    2024-01-01 | 2024-09-30       |
    2024-12-31 |                  |
    2025-01-01 |                  |
    2024-12-01 | 2024-11-30       |
    2024-01-01 | 2024-10-01       | 2025-03-01
    2024-01-01 | 2025-04-01       |
    """,
)
spec(
    "CP-13",
    "yes no no not_due - not_known",
    protection_plans="""
    started_on | last_visit_on | ended_on
    2024-01-01 | 2025-03-17    |
    2024-01-01 | 2025-03-14    |
    2025-03-17 |               |
    2025-03-18 |               |
    2024-01-01 | 2025-03-17    | 2025-03-01
    2024-01-01 | 2025-04-01    |
    """,
)
spec(
    "CP-14",
    "yes no not_known - not_due yes",
    protection_plans="""
    started_on | last_visit_on | seen_alone | born_on
    2024-01-01 | 2025-03-17    | Y          | 2021-03-31
    2024-01-01 | 2025-03-17    | N          | 2015-01-01
    2024-01-01 | 2025-03-17    | U          | 2015-01-01
    2024-01-01 | 2025-03-17    | N          | 2021-04-01
    2025-03-28 |               |            | 2015-01-01
    2024-01-01 | 2025-03-17    | Y          |
    """,
)
