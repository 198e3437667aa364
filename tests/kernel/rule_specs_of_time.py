"""The specs of the rules on what is due, on lists as a whole, and on what two columns or lists say of one thing."""

from datetime import date

from tests.kernel.rule_specs import spec

spec(
    "G05",
    {"contacts": [1, 2]},
    contacts="""
    child | born_on    | gender | ethnicity | contacted_on
    A     | 2015-05-01 | F      | WBRI      | 2025-01-10
    B     | 2015-05-01 | F      | WBRI      | 2025-01-10
    C     | 2015-05-01 | M      | WBRI      | 2025-01-10
    D     | 2016-05-01 | F      | WBRI      | 2025-01-10
    E     | 2016-05-01 | F      | WBRI      | 2025-01-10
    F     |            | F      | WBRI      | 2025-01-10
    """,
    referrals="""
    child | born_on    | gender | ethnicity | referred_on
    A     | 2015-05-01 | F      | WBRI      | 2025-01-13
    B     | 2015-05-01 | F      | WBRI      | 2025-01-13
    C     | 2015-05-01 | M      | WBRI      | 2025-01-13
    D     | 2016-05-01 | F      | WBRI      | 2025-01-13
    F     |            | F      | WBRI      | 2025-01-13
    """,
)
spec(
    "G09",
    {"contacts": [2, 3], "children_in_need": [1]},
    contacts="""
    child | born_on    | contacted_on
    A     | 1900-02-01 | 2025-01-10
    B     | 1900-01-01 | 2025-01-10
    C     |            | 9999-12-31
    D     |            |
    """,
    children_in_need="""
    child | closed_on
    A     | 2099-12-31
    """,
)
for rule, column, silent in (("G17", "gender", "U"), ("G18", "ethnicity", "NOBT")):
    stated = {"gender": "F", "ethnicity": "WBRI"}[column]
    for over in (True, False):
        spec(
            rule,
            {"contacts": [None]} if over else {},
            settings={"some": 4, "gender_not_stated_per_cent": 25, "ethnicity_not_known_per_cent": 25},
            # An unborn child has no gender to state, and counts for ethnicity.
            contacts=f"""
            child | born_on    | age | {column}
            A     | 2015-01-01 | 10  | {silent}
            B     | 2015-01-01 | 10  | {silent if over else stated}
            C     | 2015-01-01 | 10  | {stated}
            D     | 2015-01-01 | 10  | {stated}
            E     | 2025-06-01 | -1  | {silent if rule == "G17" else ""}
            """,
        )
spec(
    "G18",
    {"adopters": [None]},
    settings={"some": 2, "ethnicity_not_known_per_cent": 49},
    adopters="""
    adopter | ethnicity
    P1      | REFU
    P2      | WBRI
    """,
)
spec(
    "G17",
    {},
    # Two children are too few to say.
    contacts="""
    child | age | gender
    A     | 10  | U
    B     | 10  | U
    """,
)
spec(
    "G23",
    {"contacts": [None]},
    contacts="""
    child | gender | ethnicity | contacted_on | source
    A     | F      | WBRI      | 2025-01-10   |
    B     | F      |           | 2025-01-10   |
    """,
)
spec(
    "L202",
    {"early_help": [2]},
    early_help="""
    child | organisation
    A     | School
    B     |
    """,
)
spec(
    "L202",
    {},
    # A column that is empty throughout is told once (G23), not at each row.
    early_help="""
    child | organisation
    A     |
    B     |
    """,
)
spec(
    "L405",
    {"assessments": [2, 4, 8]},
    assessments="""
    child | started_on | authorised_on
    A     | 2025-01-06 | 2025-02-03
    A     | 2025-02-02 | 2025-03-03
    B     | 2025-01-06 |
    B     | 2025-03-30 |
    C     | 2025-01-06 | 2025-02-03
    C     | 2025-02-03 |
    D     | 2025-01-06 | 2025-03-20
    D     | 2025-02-03 | 2025-02-10
    D     | 2025-03-20 |
          | 2025-01-06 |
          | 2025-01-07 |
    E     |            |
    E     | 2025-01-06 |
    """,
)
spec(
    "L506",
    {"section_47": [2]},
    section_47="""
    child | enquiries_in_year | conferences_in_year
    A     | 1                 | 1
    B     | 1                 | 2
    C     |                   | 2
    """,
)
spec(
    "L608",
    {"children_in_need": [2]},
    children_in_need="""
    status | worker
    NEED   | W1
    NEED   |
    CLOSED |
    PLAN   |
    """,
)
spec(
    "L707",
    {"protection_plans": [2]},
    protection_plans="""
    child | previous_plans
    A     | 0
    B     |
    """,
)
spec(
    "L709",
    {"protection_plans": [2, 3]},
    # Six months before 31 March is 30 September; fifteen working days on is 21 October.
    protection_plans="""
    child | started_on
    A     | 2025-01-10
    B     | 2025-01-10
    C     | 2024-10-22
    D     | 2024-10-21
    E     | 2024-09-01
          | 2025-01-10
    F     |
    """,
    section_47="""
    child | conference_on
    A     | 2025-01-10
    B     | 2025-01-09
    """,
)
spec(
    "L810",
    {"children_in_care": [1, 2, 8]},
    children_in_care="""
    placements_in_year | placement_on | started_on | second_period | ceased_on
    0                  | 2024-01-01   | 2023-01-01 | N             |
    2                  | 2024-06-01   | 2024-06-01 | N             |
    1                  | 2024-06-01   | 2024-06-01 | N             |
    2                  | 2024-06-01   | 2024-06-01 | Y             |
    2                  | 2024-07-01   | 2024-06-01 | N             |
    2                  | 2024-03-30   | 2024-03-30 | N             |
    2                  | 2024-06-01   | 2024-06-01 | N             | 2025-01-01
    2                  | 2024-03-31   | 2024-03-31 |               |
                       | 2024-06-01   | 2024-06-01 | N             |
    """,
)
spec(
    "L813",
    {"children_in_care": [2, 4, 6]},
    # Twenty working days before 31 March 2025 is 3 March. A first review on time is followed within three months.
    children_in_care="""
    started_on | latest_review_on | ceased_on
    2025-03-03 |                  |
    2025-02-28 |                  |
    2024-12-02 | 2024-12-31       |
    2024-12-02 | 2024-12-30       |
    2024-01-10 | 2024-10-01       |
    2024-01-10 | 2024-09-30       |
    2024-01-10 | 2024-09-29       | 2025-01-10
               |                  |
    """,
)
spec(
    "L814",
    {"children_in_care": [2, 4, 6]},
    children_in_care="""
    started_on | last_visit_on | placement_type | placement_on | ceased_on
    2024-01-10 | 2025-02-17    | U6             | 2024-01-10   |
    2024-01-10 | 2025-02-16    | U6             | 2024-01-10   |
    2023-01-10 | 2024-12-31    | U4             | 2024-03-31   |
    2023-01-10 | 2024-12-30    | U4             | 2024-03-31   |
    2025-02-17 |               | U6             | 2025-02-17   |
    2025-02-16 |               | U6             | 2025-02-16   |
    2024-01-10 | 2024-02-16    | U6             | 2024-01-10   | 2025-02-01
    """,
)
spec(
    "L814",
    {"children_in_care": [2]},
    settings={"care_visit_days": 20},
    children_in_care="""
    started_on | last_visit_on
    2024-01-10 | 2025-03-11
    2024-01-10 | 2025-03-10
    """,
)
spec(
    "L815",
    {"children_in_care": [2, 4, 6]},
    # Five on the very day is old enough for the longer limit; born on 29 February, five comes on 1 March.
    children_in_care="""
    started_on | born_on    | health_on
    2020-01-10 | 2012-01-01 | 2024-03-31
    2020-01-10 | 2012-01-01 | 2024-03-30
    2021-01-10 | 2020-03-31 | 2024-09-29
    2021-01-10 | 2020-04-01 | 2024-09-29
    2024-06-01 | 2012-01-01 |
    2024-03-30 | 2012-01-01 |
    2021-01-10 | 2020-04-01 | 2024-09-30
    """,
)
spec(
    "L815",
    {"children_in_care": [1]},
    as_at=date(2025, 2, 28),
    children_in_care="""
    started_on | born_on    | health_on
    2021-01-10 | 2020-02-29 | 2024-08-27
    2021-01-10 | 2020-02-28 | 2024-08-27
    """,
)
spec(
    "L816",
    {"children_in_care": [2, 4]},
    children_in_care="""
    started_on | dental_on  | ceased_on
    2020-01-10 | 2024-03-31 |
    2020-01-10 | 2024-03-30 |
    2020-01-10 | 2024-01-01 | 2025-01-01
    2024-03-30 |            |
    2024-03-31 |            |
    """,
)
spec(
    "L816",
    {"children_in_care": [2]},
    as_at=date(2024, 2, 29),
    # A year before 29 February is 28 February.
    children_in_care="""
    started_on | dental_on
    2020-01-10 | 2023-02-28
    2020-01-10 | 2023-02-27
    """,
)
spec(
    "L907",
    {"care_leavers": [2]},
    care_leavers="""
    child | adviser
    A     | Adviser 1
    B     |
    """,
)
spec(
    "L908",
    {"care_leavers": [2, 4, 5]},
    care_leavers="""
    child | eligibility
    A     | ELIGIBLE
    B     | ELIGIBLE
    C     | ELIGIBLE
    D     | FORMER
    E     | RELEVANT
    F     | FORMER
    G     | QUALIFYING
          | ELIGIBLE
    """,
    children_in_care="""
    child | started_on | ceased_on
    A     | 2020-01-01 |
    C     | 2020-01-01 | 2025-03-01
    D     | 2020-01-01 |
    E     | 2020-01-01 | 2025-04-01
    F     | 2020-01-01 | 2025-03-31
    G     | 2020-01-01 |
    """,
)
spec(
    "L1006",
    {"adoptions": [2]},
    adoptions="""
    child | family
    A     | F1
    B     | F2
    C     |
    """,
    adopters="""
    adopter | family
    P1      | F1
    P2      |
    """,
)
spec(
    "L1008",
    {"adoptions": [2]},
    adoptions="""
    entered_care_on | placed_on
    2023-01-01      | 2024-03-02
    2023-01-01      | 2024-03-03
    2020-01-01      |
    """,
)
spec(
    "L1102",
    {"adopters": [2]},
    adopters="""
    stage_1_started_on | applied_on | approved_on
    2025-01-01         |            |
    2025-01-01         |            | 2025-02-01
                       | 2012-01-01 | 2012-05-01
    """,
)
spec(
    "L1104",
    {"adopters": [3, 4, 5]},
    adopters="""
    adopter | family
    P1      | F1
    P2      | F1
    P3      | F2
    P4      | F2
    P5      | F2
    P6      |
    P7      |
    P8      |
    """,
)
spec(
    "L1106",
    {"adopters": [3, 4, 5, 6]},
    adopters="""
    adopter | family | children_placed
    P1      | F1     | 1
    P2      | F1     | 1
    P3      | F2     | 1
    P4      | F2     | 2
    P5      | F3     | 1
    P6      | F3     |
    P7      |        | 1
    P8      |        | 2
    P9      | F4     | 0
    P10     | F4     |
    """,
)
spec(
    "L1107",
    {"adopters": [2, 4, 6]},
    adopters="""
    stage_1_started_on | stage_1_ended_on | stage_2_started_on | stage_2_ended_on | left_on
    2024-12-31         | 2025-02-28       |                    |                  |
    2024-12-31         | 2025-03-01       |                    |                  |
    2024-01-01         | 2024-02-01       | 2024-03-01         | 2024-07-01       |
    2024-01-01         | 2024-02-01       | 2024-03-01         | 2024-07-02       |
    2025-01-31         |                  |                    |                  |
    2025-01-30         |                  |                    |                  |
    2024-01-01         |                  |                    |                  | 2024-02-01
    2024-01-01         |                  | 2024-02-01         |                  | 2024-05-01
    """,
)
spec(
    "X01",
    {"children_in_need": [2]},
    children_in_need="""
    child | started_on | closed_on
    A     | 2025-01-10 |
    B     | 2025-01-10 |
    C     | 2024-09-30 |
    D     | 2025-01-10 | 2025-02-01
          | 2025-01-10 |
    E     |            |
    """,
    referrals="""
    child | referred_on
    A     | 2025-01-10
    B     | 2025-01-09
    """,
)
