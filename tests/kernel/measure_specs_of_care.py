"""Specs of the measures of the lists about children in care, care leavers and adoption."""

from tests.kernel.measure_specs import spec

spec(
    "CLA-04",
    "yes no not_known - -",
    children_in_care="""
    started_on | ceased_on  | legal_status | placements_in_year
    2024-01-01 |            | C2           | 3
    2024-01-01 |            |              | 2
    2024-01-01 |            | C2           |
    2024-01-01 |            | V4           | 5
    2024-01-01 | 2025-03-31 | C2           | 5
    """,
)
spec(
    "CLA-09",
    "yes no not_known -",
    children_in_care="""
    started_on | legal_status | in_or_out
    2024-01-01 | C2           | OUT
    2024-01-01 | C2           | IN
    2024-01-01 | C2           |
    2024-01-01 | V3           | OUT
    """,
)
spec(
    "CLA-10",
    "yes no not_known -",
    children_in_care="""
    started_on | placement_type
    2024-01-01 | U6
    2024-01-01 | K2
    2024-01-01 |
    2025-04-01 | U6
    """,
)
spec(
    "CLA-14",
    "yes no yes no no not_due not_known -",
    children_in_care="""
    started_on | latest_review_on | ceased_on
    2024-11-25 | 2024-12-31       |
    2024-11-25 | 2024-12-20       |
    2024-01-01 | 2024-10-01       |
    2024-01-01 | 2024-09-30       |
    2025-03-03 |                  |
    2025-03-04 |                  |
    2024-01-01 | 2025-04-01       |
    2024-01-01 | 2024-10-01       | 2025-01-01
    """,
)
spec(
    "CLA-16",
    "yes no yes no no not_due not_known yes",
    children_in_care="""
    started_on | placement_on | placement_type | last_visit_on
    2023-01-01 | 2023-01-01   | U6             | 2025-02-17
    2023-01-01 | 2023-01-01   | U6             | 2025-02-16
    2023-01-01 | 2024-03-31   | U4             | 2024-12-31
    2023-01-01 | 2024-04-01   | U4             | 2024-12-31
    2023-01-01 | 2025-03-23   | U6             | 2025-03-22
    2025-03-25 | 2025-03-25   | U6             |
    2023-01-01 | 2023-01-01   | U6             | 2025-04-01
    2023-01-01 | 2025-03-24   | U6             | 2025-03-20
    """,
)
spec(
    "CLA-17",
    "yes no not_due not_known",
    children_in_care="""
    child | started_on | permanence_plan
    A     | 2024-11-30 | FOSTERING
    B     | 2024-11-30 |
    C     | 2024-12-01 |
    D     |            |
    """,
)
spec(
    "CLA-20",
    "yes no not_known - -",
    children_in_care="""
    started_on | second_period | legal_status
    2024-10-01 | Y             | C2
    2024-10-01 | N             | C2
    2024-10-01 |               | C2
    2024-10-01 | Y             | V3
    2024-09-30 | Y             | C2
    """,
)
spec(
    "HE-02",
    "yes no yes no no - not_known",
    children_in_care="""
    started_on | born_on    | health_on
    2024-03-31 | 2015-01-01 | 2024-03-31
    2024-03-31 | 2015-01-01 | 2024-03-30
    2023-01-01 | 2020-04-01 | 2024-09-30
    2023-01-01 | 2020-04-01 | 2024-09-29
    2023-01-01 | 2015-01-01 |
    2024-04-01 | 2015-01-01 | 2024-05-01
    2023-01-01 | 2015-01-01 | 2025-05-01
    """,
)
spec(
    "HE-03",
    "yes no no -",
    children_in_care="""
    started_on | dental_on
    2023-01-01 | 2024-03-31
    2023-01-01 | 2024-03-30
    2023-01-01 |
    2024-04-01 | 2025-01-01
    """,
)
spec(
    "MI-02",
    "yes no not_known not_known - -",
    children_in_care="""
    missing_in_year | interview_offered | legal_status
    1               | Y                 | C2
    4               | N                 | C2
    1               | U                 | C2
    1               |                   | C2
    0               |                   | C2
    2               | Y                 | V3
    """,
)
LEAVERS = """
    born_on    | in_touch | activity
    2006-03-31 | YES      | F4
    2003-04-01 | YES      | G5
    2004-01-01 | NO       |
    2004-01-01 | REFU     | P1
    2004-01-01 | DIED     |
    2004-01-01 | RHOM     | F1
    2003-03-31 | YES      | F1
    2006-04-01 | YES      | F1
    2007-04-01 | YES      | G4
    """
spec("CL-01", "yes no not_known yes - - - - -", care_leavers=LEAVERS)
spec("CL-02", "- - - - - - - yes no", care_leavers=LEAVERS)
spec("CL-03", "no yes not_known no - - - - -", care_leavers=LEAVERS)
spec("CL-04", "yes no not_known no - - - - -", care_leavers=LEAVERS)
spec("CL-08", "no no yes no - - - - -", care_leavers=LEAVERS)
HOMES = """
    born_on    | in_touch | accommodation | suitability
    2004-01-01 | YES      | U             | SUITABLE
    2004-01-01 | YES      | X             | UNSUITABLE
    2004-01-01 | YES      | R             | UNSUITABLE
    2004-01-01 | YES      | G             | SUITABLE
    2004-01-01 | NO       |               |
    2007-03-31 | YES      | Z             | SUITABLE
    2008-03-31 | YES      | W             | UNSUITABLE
    2008-04-01 | YES      | U             | SUITABLE
    """
spec("CL-06", "yes no - - not_known - - -", care_leavers=HOMES)
spec("CL-07", "- - - - - yes no -", care_leavers=HOMES)
spec(
    "CL-09",
    "yes no no not_known - - -",
    care_leavers="""
    eligibility | in_touch | contacted_on
    FORMER      | YES      | 2025-02-03
    RELEVANT    | YES      | 2025-02-02
    FORMER      | NO       |
    FORMER      | YES      | 2025-04-01
    QUALIFYING  | YES      | 2025-02-03
    FORMER      | NREQ     | 2025-02-03
    FORMER      | DIED     |
    """,
)
spec(
    "CL-10",
    "yes no no not_known -",
    care_leavers="""
    eligibility | in_touch | pathway_plan_on
    FORMER      | YES      | 2024-09-30
    RELEVANT    | YES      | 2024-09-29
    FORMER      | YES      |
    FORMER      | YES      | 2025-04-01
    QUALIFYING  | YES      | 2025-01-01
    """,
)
spec(
    "CL-11",
    "yes no - -",
    care_leavers="""
    eligibility | in_touch | adviser
    FORMER      | YES      | P1
    ELIGIBLE    | YES      |
    FORMER      | DIED     | P1
    QUALIFYING  | YES      | P1
    """,
)
spec(
    "AD-05",
    "yes no yes no not_known not_known not_known - - yes",
    adoptions="""
    entered_care_on | decided_on | placed_on  | adopted_on | reversed_on
    2023-02-28      | 2023-09-01 | 2024-04-27 | 2025-01-10 |
    2023-02-28      | 2023-09-01 | 2024-04-28 | 2025-01-10 |
    2024-02-01      | 2024-09-01 |            |            |
    2024-01-31      | 2024-09-01 |            |            |
                    | 2024-09-01 |            |            |
    2024-02-01      | 2024-09-01 | 2024-01-31 |            |
    2024-02-01      | 2024-09-01 |            | 2025-01-10 |
    2024-02-01      | 2024-09-01 |            |            | 2025-03-31
    2024-02-01      | 2025-04-01 |            |            |
    2024-02-01      | 2024-09-01 |            |            | 2025-04-01
    """,
)
spec(
    "AD-08",
    "yes no not_known not_known not_known - -",
    adoptions="""
    decided_on | placed_on  | adopted_on
    2023-02-28 | 2024-02-28 | 2025-03-31
    2023-02-28 | 2024-02-29 | 2025-03-31
    2023-02-28 |            | 2025-03-31
               | 2024-02-28 | 2025-03-31
    2023-02-28 | 2023-02-27 | 2025-03-31
    2023-02-28 | 2024-02-28 | 2025-04-01
    2023-02-28 | 2024-02-28 |
    """,
)
spec(
    "AD-10",
    "yes no no - -",
    adoptions="""
    decided_on | reversed_on
    2024-09-01 | 2025-03-31
    2024-09-01 | 2025-04-01
    2024-09-01 |
    2025-04-01 |
               | 2025-01-01
    """,
)
