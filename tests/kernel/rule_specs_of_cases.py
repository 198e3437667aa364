"""The specs of the rules on lists 6 to 11 and across lists."""

from tests.kernel.rule_specs import spec

spec(
    "L601",
    {"children_in_need": [2, 3]},
    children_in_need="""
    child | closed_on  | closure_reason
    A     | 2025-01-10 | RC7
    B     | 2025-01-10 |
    C     |            | RC7
    D     |            |
    """,
)
spec(
    "L602",
    {"children_in_need": [2, 3]},
    children_in_need="""
    closed_on  | status
    2025-01-10 | CLOSED
    2025-01-10 | NEED
               | CLOSED
               | NEED
    2025-01-10 |
    """,
)
spec(
    "L603",
    {"children_in_need": [2]},
    children_in_need="""
    closure_reason
    RC7
    RC8
    """,
)
spec(
    "L604",
    {"children_in_need": [2]},
    children_in_need="""
    started_on | closed_on
    2025-01-10 | 2025-01-10
    2025-01-10 | 2025-01-09
    """,
)
spec(
    "L605",
    {"children_in_need": [2, 3]},
    children_in_need="""
    started_on | last_seen_on | closed_on
    2025-01-10 | 2025-01-10   |
    2025-01-10 | 2025-01-09   |
    2025-01-10 |              |
    2025-01-10 |              | 2025-02-01
    """,
)
spec(
    "L606",
    {"children_in_need": [2, 4]},
    children_in_need="""
    child | status
    A     | ASSESSMENT
    B     | ASSESSMENT
    C     | NEED
    D     | ASSESSMENT
    """,
    assessments="""
    child | started_on | authorised_on
    A     | 2025-03-01 |
    B     | 2025-01-01 | 2025-02-01
    """,
)
spec(
    "L607",
    {"children_in_need": [1, 3]},
    children_in_need="""
    need | closed_on
    N0   |
    N0   | 2025-01-01
    N9   | 2025-01-01
    N1   |
    """,
)
spec(
    "L701",
    {"protection_plans": [2]},
    protection_plans="""
    started_on | ended_on
    2025-01-10 | 2025-01-10
    2025-01-10 | 2025-01-09
    """,
)
spec(
    "L702",
    {"protection_plans": [2]},
    protection_plans="""
    child | team
    A     | East
    B     | East
          | East
    """,
    children_in_need="""
    child | team
    A     | East
          | East
    """,
)
spec(
    "L703",
    {"protection_plans": [2, 3]},
    protection_plans="""
    started_on | last_visit_on
    2025-01-10 | 2025-01-10
    2025-01-10 | 2025-01-09
    2025-03-14 |
    2025-03-17 |
    """,
)
spec(
    "L704",
    {"protection_plans": [2]},
    protection_plans="""
    last_visit_on | ended_on
    2025-03-17    |
    2025-03-14    |
    2025-03-14    | 2025-03-20
    """,
)
spec(
    "L704",
    {"protection_plans": [2]},
    settings={"protection_visit_days": 20},
    protection_plans="""
    last_visit_on | team
    2025-03-14    | East
    2025-02-14    | East
    """,
)
spec(
    "L705",
    {"protection_plans": [2, 4]},
    protection_plans="""
    started_on | latest_review_on | ended_on
    2024-12-31 |                  |
    2024-12-30 |                  |
    2024-06-01 | 2024-10-01       |
    2024-06-01 | 2024-09-30       |
    2024-06-01 |                  | 2025-01-01
    """,
)
spec(
    "L706",
    {"protection_plans": [2]},
    protection_plans="""
    started_on | latest_review_on
    2025-01-10 | 2025-01-10
    2025-01-10 | 2025-01-09
    """,
)
spec(
    "L708",
    {"protection_plans": [2, 3]},
    protection_plans="""
    child | seen_alone | last_visit_on
    A     | N          | 2025-01-10
    B     |            | 2025-01-10
    C     | Y          |
    D     |            |
    """,
)
spec(
    "L801",
    {"children_in_care": [2, 3]},
    children_in_care="""
    ceased_on  | ceased_reason
    2025-01-10 | E4A
    2025-01-10 |
               | E4A
    """,
)
spec(
    "L802",
    {"children_in_care": [2]},
    children_in_care="""
    started_on | ceased_on
    2025-01-10 | 2025-01-10
    2025-01-10 | 2025-01-09
    """,
)
spec(
    "L803",
    {"children_in_care": [2]},
    children_in_care="""
    child
    A
    B
    """,
    children_in_need="""
    child
    A
    """,
)
spec(
    "L804",
    {"children_in_care": [2]},
    children_in_care="""
    started_on | legal_status_on
    2025-01-10 | 2025-01-10
    2025-01-10 | 2025-01-09
    """,
)
spec(
    "L805",
    {"children_in_care": [2]},
    children_in_care="""
    started_on | placement_on
    2025-01-10 | 2025-01-10
    2025-01-10 | 2025-01-09
    """,
)
spec(
    "L806",
    {"children_in_care": [2]},
    children_in_care="""
    legal_status
    C1
    V3
    """,
)
spec(
    "L807",
    {"children_in_care": [2, 3, 5]},
    children_in_care="""
    placement_type | provider
    P1             | PR0
    P1             | PR1
    U6             | PR0
    U6             | PR4
    U6             |
    T4             |
                   |
    """,
)
spec(
    "L808",
    {"children_in_care": [2, 4]},
    children_in_care="""
    placement_type | provider | urn
    K2             | PR4      | SC12345
    K2             | PR1      |
    U6             | PR1      |
    U6             | PR4      |
    U6             | PR5      | SC54321
    R1             | PR4      |
    """,
)
spec(
    "L809",
    {"children_in_care": [2]},
    children_in_care="""
    in_or_out | placement_authority
    OUT       | SCO
    IN        | SCO
    IN        | Derbyshire
    """,
)
spec(
    "L809",
    {"children_in_care": [4, 5]},
    children_in_care="""
    in_or_out | placement_authority
    IN        | Sedge County Council
    IN        | sedge
    IN        | The Sedge
    IN        | Marlmouth City
    OUT       | Sedge
    OUT       | Marlmouth
    OUT       | WAL
    IN        | CON
    IN        |
              | Marlmouth
    """,
)
spec(
    "L811",
    {"children_in_care": [2, 3]},
    children_in_care="""
    missing_in_year | interview_offered
    2               | N
    2               |
    0               | Y
    0               |
    """,
)
spec(
    "L812",
    {"children_in_care": [2, 3]},
    children_in_care="""
    child | interview_offered | interview_accepted
    A     | Y                 | N
    B     | N                 | N
    C     |                   | Y
    D     | N                 |
    """,
)
spec(
    "L817",
    {"children_in_care": [2]},
    children_in_care="""
    started_on | permanence_plan | ceased_on
    2024-12-01 |                 |
    2024-11-30 |                 |
    2024-01-01 | RETURN          |
    2024-01-01 |                 | 2025-01-01
    """,
)
spec(
    "L818",
    {"children_in_care": [2]},
    children_in_care="""
    unaccompanied | need
    Y             | N8
    Y             | N1
    N             | N1
    """,
)
spec(
    "L819",
    {"children_in_care": [2]},
    children_in_care="""
    second_period | started_on
    Y             | 2024-03-31
    Y             | 2024-03-30
    N             | 2020-01-01
    """,
)
spec(
    "L820",
    {"children_in_care": [2]},
    children_in_care="""
    child | legal_status | ceased_on
    A     | E1           |
    B     | E1           |
    C     | E1           | 2025-01-01
    """,
    adoptions="""
    child
    A
    """,
)
spec(
    "L821",
    {"children_in_care": [2, 3]},
    children_in_care="""
    child | placement_type
    A     | A5
    B     | A5
    C     | A3
    D     | U1
    """,
    adoptions="""
    child | placed_on
    A     | 2025-01-01
    B     |
    """,
)
spec(
    "L822",
    {"children_in_care": [2, 3]},
    children_in_care="""
    started_on | latest_review_on | iro_contact_on
    2025-01-10 | 2025-02-01       |
    2025-01-10 | 2025-01-09       |
    2025-01-10 | 2025-02-01       | 2025-01-09
    """,
)
spec(
    "L901",
    {"care_leavers": [2]},
    care_leavers="""
    in_touch | accommodation | suitability | activity
    YES      | U             | SUITABLE    | F1
    YES      | U             | SUITABLE    |
    NO       |               |             |
    """,
)
spec(
    "L902",
    {"care_leavers": [2]},
    care_leavers="""
    in_touch | accommodation | suitability | activity
    YES      | U             | SUITABLE    | F1
    NO       | U             | SUITABLE    | F1
    NO       | U             |             |
    """,
)
spec(
    "L903",
    {"care_leavers": [2]},
    care_leavers="""
    accommodation | suitability
    X             | UNSUITABLE
    X             | SUITABLE
    U             | SUITABLE
    """,
)
spec(
    "L904",
    {"care_leavers": [1, 4]},
    care_leavers="""
    eligibility | born_on
    RELEVANT    | 2007-03-31
    RELEVANT    | 2007-04-01
    FORMER      | 2007-03-31
    FORMER      | 2007-04-01
    """,
)
spec(
    "L905",
    {"care_leavers": [2]},
    care_leavers="""
    in_touch | contacted_on
    YES      | 2025-02-03
    YES      | 2025-02-02
    NO       | 2024-02-02
    """,
)
spec(
    "L906",
    {"care_leavers": [2]},
    care_leavers="""
    child | pathway_plan_on
    A     | 2024-09-30
    B     | 2024-09-29
    C     |
    """,
)
spec(
    "L1001",
    {"adoptions": [2, 3]},
    adoptions="""
    entered_care_on | decided_on | matched_on | placed_on  | adopted_on
    2023-01-01      | 2023-06-01 | 2023-09-01 | 2023-10-01 | 2024-06-01
    2023-01-01      | 2022-06-01 | 2023-09-01 | 2023-10-01 | 2024-06-01
    2023-01-01      | 2023-06-01 |            |            | 2023-05-01
    2023-01-01      | 2023-06-01 |            |            |
    """,
)
spec(
    "L1002",
    {"adoptions": [2, 3]},
    adoptions="""
    reversed_on | reversal_reason
    2025-01-01  | RD1
    2025-01-01  |
                | RD1
    """,
)
spec(
    "L1003",
    {"adoptions": [2]},
    adoptions="""
    reversed_on | adopted_on
    2025-01-01  |
    2025-01-01  | 2025-01-02
                | 2025-01-02
    """,
)
spec(
    "L1004",
    {"adoptions": [2]},
    adoptions="""
    decided_on | placed_on
    2024-01-01 | 2025-01-01
               | 2025-01-01
    """,
)
spec(
    "L1005",
    {"adoptions": [2]},
    adoptions="""
    family | matched_on
    F1     | 2025-01-01
           | 2025-01-01
    """,
)
spec(
    "L1007",
    {"adoptions": [2]},
    adoptions="""
    early_placement_on | placed_on
    2024-01-01         | 2025-01-01
    2025-01-02         | 2025-01-01
    """,
)
spec(
    "L1101",
    {"adopters": [2]},
    adopters="""
    enquired_on | stage_1_started_on | stage_2_started_on
    2024-01-01  | 2024-02-01         | 2024-05-01
    2024-01-01  | 2024-06-01         | 2024-05-01
    """,
)
spec(
    "L1103",
    {"adopters": [2, 3]},
    adopters="""
    left_on    | left_reason
    2025-01-01 | 1
    2025-01-01 |
               | 1
    """,
)
spec(
    "L1105",
    {"adopters": [2, 3]},
    adopters="""
    adopter | children_placed | placed_on
    P1      | 1               | 2025-01-01
    P2      | 1               |
    P3      |                 | 2025-01-01
    P4      | 0               |
    """,
)
spec(
    "L1108",
    {"adopters": [2]},
    adopters="""
    left_on    | adopted_on
    2025-01-01 |
    2025-01-01 | 2025-01-02
    """,
)
spec(
    "X02",
    {"assessments": [2]},
    assessments="""
    child | authorised_on
    A     |
    B     |
    C     | 2025-01-01
    """,
    children_in_need="""
    child
    A
    """,
)
spec(
    "X03",
    {"section_47": [2]},
    section_47="""
    child
    A
    B
    """,
    assessments="""
    child
    A
    """,
)
spec(
    "X04",
    {"protection_plans": [1]},
    protection_plans="""
    child | started_on | ended_on
    A     | 2025-01-01 |
    B     | 2025-01-01 | 2025-02-01
    C     | 2025-01-01 |
    """,
    children_in_care="""
    child | started_on | ceased_on
    A     | 2025-01-01 |
    B     | 2025-01-01 |
    C     | 2025-01-01 | 2025-02-01
    """,
)
spec(
    "X05",
    {"children_in_care": [2]},
    children_in_care="""
    child | born_on    | ceased_on  | ceased_reason
    A     | 2007-01-01 | 2025-01-01 | E5
    B     | 2007-01-01 | 2025-01-01 | E5
    C     | 2007-01-01 | 2025-01-01 | E2
    D     | 2012-01-01 | 2025-01-01 | E4A
    E     | 2007-01-01 |            |
    """,
    care_leavers="""
    child
    A
    """,
)
spec(
    "X06",
    {"children_in_need": [2, 3, 5]},
    children_in_need="""
    child | status
    A     | PLAN
    B     | PLAN
    C     | NEED
    D     | CARE
    E     | CLOSED
    F     | NEED
    """,
    protection_plans="""
    child | started_on | ended_on
    A     | 2025-01-01 |
    B     | 2025-01-01 | 2025-03-31
    C     | 2025-01-01 |
    D     | 2025-01-01 |
    E     | 2025-01-01 |
    """,
)
spec(
    "X07",
    {"children_in_need": [2, 3]},
    children_in_need="""
    child | status
    A     | CARE
    B     | CARE
    C     | PLAN
    D     | NEED
    """,
    children_in_care="""
    child | started_on | ceased_on
    A     | 2020-01-01 |
    B     | 2020-01-01 | 2025-03-01
    C     | 2020-01-01 |
    """,
)
