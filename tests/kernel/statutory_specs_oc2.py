"""Small tables for the Department's rules of OC2. Ages are asked on 1 April 2024 and 31 March 2025."""

from tests.kernel.statutory_specs import spec

EPISODES = """
    child | decom      | rne | ls | place | dec        | rec
    A     | 2023-05-01 | S   | C2 | U6    |            |
    B     | 2024-04-02 | S   | C2 | U6    |            |
    C     | 2023-05-01 | S   | C2 | U6    | 2024-06-01 | X1
    C     | 2024-06-01 | P   | C2 | U4    |            |
    D     | 2023-05-01 | S   | C2 | U6    | 2025-03-31 | E4A
    E     | 2023-05-01 | S   | V4 | U6    |            |
    F     | 2024-04-01 | S   | C2 | U6    |            |
    """
"""A, C and F were looked after for the whole year; B came a day late, D left on its last day, E had short breaks."""

ALL_YEAR = EPISODES + "".join(f"{child} | 2022-05-01 | S | C2 | U6 | |\n" for child in "HIJKL")
"""Those, and more who were looked after for the whole year."""

spec(
    "157",
    {"cla_oc2": [1, 2, 3]},
    cla_episodes=ALL_YEAR,
    cla_oc2="""
    child | dob        | sdq_reason
    A     | 2020-04-01 | SDQ1
    C     | 2008-04-01 | SDQ1
    F     | 2015-02-28 | SDQ1
    H     | 2020-04-02 | SDQ1
    I     | 2008-03-31 | SDQ1
    J     | 2015-02-28 | SDQ2
    K     | 2015-02-28 |
    L     |            | SDQ1
    B     | 2015-02-28 | SDQ1
    """,
)
spec(
    "158",
    {"cla_oc2": [1, 2]},
    cla_oc2="""
    child | intervention_received | intervention_offered
    A     | 1                     | 0
    B     | 1                     | 1
    C     | 1                     |
    D     | 0                     | 1
    E     |                       | 1
    """,
)
spec(
    "159",
    {"cla_oc2": [1]},
    cla_oc2="""
    child | substance_misuse | intervention_received | intervention_offered
    A     | 1                | 0                     |
    B     | 1                | 0                     | 0
    C     | 1                | 1                     |
    D     | 1                |                       |
    E     | 0                | 0                     |
    F     |                  | 0                     |
    """,
)
spec(
    "180",
    {"cla_oc2": [1, 2, 3]},
    unread={"cla_oc2.sdq_score": [3]},
    cla_oc2="""
    child | sdq_score
    A     | 41
    B     | -1
    C     |
    D     | 0
    E     | 40
    F     |
    """,
)
FLAGS = (
    "convicted",
    "health_check",
    "immunisations",
    "teeth_check",
    "health_assessment",
    "substance_misuse",
    "intervention_received",
    "intervention_offered",
)
for flag in FLAGS:
    spec(
        "181",
        {"cla_oc2": [1, 2]},
        cla_oc2=f"""
        child | {flag}
        A     | 2
        B     | Y
        C     | 0
        D     | 1
        E     |
        """,
    )
spec(
    "182",
    {"cla_oc2": [2, 3, 4, 6]},
    cla_oc2="""
    child | immunisations | teeth_check | health_assessment | substance_misuse | convicted | intervention_offered
    A     | 1             | 0           | 1                 | 0                |           |
    B     | 1             |             | 1                 | 0                |           |
    C     |               |             |                   |                  | 0         |
    D     |               |             |                   |                  |           | 1
    E     |               |             |                   |                  |           |
    F     |               | 1           | 1                 | 1                | 1         |
    """,
)
for code, column, value in (("185", "sdq_score", "12"), ("198", "sdq_reason", "SDQ2"), ("190", "convicted", "0")):
    spec(
        code,
        {"cla_oc2": [2, 4, 5, 7]},
        cla_episodes=EPISODES,
        cla_oc2=f"""
        child | {column}
        A     | {value}
        B     | {value}
        C     | {value}
        D     | {value}
        E     | {value}
        F     | {value}
        G     | {value}
              | {value}
        B     |
        """,
    )
spec(
    "190",
    {"cla_oc2": [1, 2]},
    cla_episodes=EPISODES,
    cla_oc2="""
    child | health_assessment | intervention_offered | sdq_score
    B     | 1                 |                      |
    D     |                   | 0                    |
    E     |                   |                      | 12
    """,
)
spec(
    "186",
    {"cla_oc2": [1, 2, 3]},
    cla_episodes=ALL_YEAR,
    unread={"cla_oc2.sdq_score": [9]},
    cla_oc2="""
    child | dob        | sdq_score | sdq_reason
    A     | 2020-04-01 |           |
    C     | 2008-04-01 |           |
    F     | 2015-02-28 |           | SDQ2
    H     | 2020-04-02 |           |
    I     | 2008-03-31 |           |
    J     | 2015-02-28 | 0         |
    K     |            |           |
    B     | 2015-02-28 |           |
    L     | 2015-02-28 |           |
    """,
)
spec(
    "188",
    {"cla_oc2": [1, 2]},
    cla_oc2="""
    child | dob        | sdq_score | sdq_reason
    A     | 2021-04-01 | 12        |
    B     | 2021-04-01 |           | SDQ1
    C     | 2021-03-31 | 12        |
    D     | 2021-04-01 |           |
    E     |            | 12        |
    """,
)
spec(
    "189",
    {"cla_oc2": [1, 2]},
    cla_oc2="""
    child | dob        | sdq_score | sdq_reason
    A     | 2007-04-01 | 12        |
    B     | 2007-04-01 |           | SDQ1
    C     | 2007-04-02 | 12        |
    D     | 2007-04-01 |           |
    E     |            | 12        |
    """,
)
spec(
    "191",
    {"cla_oc2": [2], "cla_episodes": [7]},
    cla_episodes=EPISODES,
    cla_oc2="""
    child | immunisations | teeth_check | health_assessment | substance_misuse
    A     | 1             | 0           | 1                 | 0
    C     | 1             | 0           | 1                 |
    B     | 1             | 0           | 1                 |
    """,
)
spec(
    "192",
    {"cla_oc2": [1]},
    cla_oc2="""
    child | substance_misuse | intervention_received
    A     | 1                |
    B     | 1                | 0
    C     | 0                |
    D     |                  |
    """,
)
spec(
    "193",
    {"cla_oc2": [1, 2, 3]},
    cla_oc2="""
    child | substance_misuse | intervention_received | intervention_offered
    A     | 0                | 0                     |
    B     | 0                |                       | 1
    C     |                  | 1                     |
    D     | 1                | 1                     |
    E     | 0                |                       |
    F     |                  |                       |
    """,
)
spec(
    "196",
    {"cla_oc2": [1, 2]},
    cla_oc2="""
    child | sdq_reason
    A     | SDQ6
    B     | 1
    C     | SDQ5
    D     | SDQ1
    E     |
    """,
)
spec(
    "197B",
    {"cla_oc2": [1, 2, 3, 4]},
    cla_episodes=ALL_YEAR + "M | 2022-05-01 | S | C2 | U6 | |",
    cla_oc2="""
    child | dob        | sdq_score | sdq_reason
    A     | 2020-04-01 |           |
    C     | 2021-03-31 |           |
    F     | 2007-04-01 |           |
    H     | 2008-03-31 |           |
    I     | 2020-03-31 |           |
    J     | 2008-04-01 |           |
    K     | 2021-03-31 | 12        |
    L     | 2021-03-31 |           | SDQ1
    M     |            |           |
    B     | 2021-03-31 |           |
    """,
)
spec(
    "197a",
    {"cla_oc2": [1]},
    cla_oc2="""
    child | sdq_score | sdq_reason
    A     | 0         | SDQ2
    B     | 0         |
    C     |           | SDQ2
    """,
)
spec(
    "215",
    {"cla_oc2": [1], "cla_oc3": [1]},
    cla_oc2="""
    child | convicted | sdq_score
    A     | 0         |
    B     |           | 12
    C     | 0         |
    D     | 1         |
    """,
    cla_oc3="""
    child | in_touch | activ | accom
    A     |          | F2    |
    B     | YES      | F2    | B1
    C     |          |       |
    E     | YES      | F2    | B1
    """,
)
spec(
    "542",
    {"cla_oc2": [1]},
    cla_oc2="""
    child | dob        | convicted
    A     | 2015-04-01 | 0
    B     | 2015-03-31 | 0
    C     | 2015-04-01 |
    D     |            | 0
    """,
)
spec(
    "543",
    {"cla_oc2": [1]},
    cla_episodes=ALL_YEAR,
    cla_oc2="""
    child | dob        | convicted
    A     | 2015-03-31 |
    C     | 2015-04-01 |
    F     | 2015-03-31 | 0
    B     | 2015-03-31 |
    H     |            |
    """,
)
for code, column in (("544", "convicted"), ("547", "health_check")):
    spec(
        code,
        {"cla_oc2": [2, 3, 4, 5]},
        cla_oc2=f"""
        child | {column} | immunisations | teeth_check | health_assessment | substance_misuse
        A     | 0        | 1             | 0           | 1                 | 0
        B     | 0        |               | 0           | 1                 | 0
        C     | 1        | 1             |             | 1                 | 0
        D     | 1        | 1             | 0           |                   | 0
        E     | 1        | 1             | 0           | 1                 |
        F     |          |               |             |                   |
        """,
    )
spec(
    "545",
    {"cla_oc2": [1]},
    cla_episodes=ALL_YEAR,
    cla_oc2="""
    child | dob        | health_check
    A     | 2020-04-01 |
    C     | 2020-03-31 |
    F     | 2020-04-01 | 1
    B     | 2020-04-01 |
    H     |            |
    """,
)
spec(
    "546",
    {"cla_oc2": [1]},
    cla_oc2="""
    child | dob        | health_check
    A     | 2020-03-31 | 1
    B     | 2020-04-01 | 1
    C     | 2020-03-31 |
    D     |            | 1
    """,
)
