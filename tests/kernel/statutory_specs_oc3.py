"""Small tables for the Department's rules of OC3. The year is 1 April 2024 to 31 March 2025."""

from tests.kernel.statutory_specs import spec

spec(
    "131",
    {"cla_oc3": [1]},
    cla_oc3="child | in_touch\nA | MAYBE\nB | YES\nC | NO\nD | DIED\nE | REFU\nF | NREQ\nG | RHOM\nH |",
)
spec(
    "132",
    {"cla_oc3": [1, 2, 3]},
    cla_oc3="child | activ\nA | F3\nB | P3\nC | G1\nD | 0\nE | F1\nF | P5\nG | G6\nH |",
)
spec(
    "133",
    {"cla_oc3": [1, 2, 3]},
    cla_oc3="child | accom\nA | S1\nB | X1\nC | B\nD | 0\nE | S2\nF | X2\nG | Z1\nH |",
)
spec(
    "134",
    {"cla_oc3": [1], "cla_ad1": [1]},
    cla_oc3="""
    child | in_touch | activ | accom
    A     |          | F2    |
    B     |          |       |
    C     | YES      | F2    | B1
    D     | YES      | F2    | B1
    """,
    cla_ad1="""
    child | date_int   | ls_adoptr
    A     |            | L0
    B     | 2024-06-01 |
    C     |            |
    """,
)
spec(
    "153",
    {"cla_oc3": [2, 3, 4]},
    cla_oc3="""
    child | in_touch | activ | accom
    A     | YES      | F2    | B1
    B     | YES      | F2    |
    C     |          | F2    | B1
    D     | NO       |       |
    E     | DIED     |       |
    F     | RHOM     |       |
    G     |          |       |
    """,
)
spec(
    "344",
    {"cla_oc3": [1, 2]},
    cla_oc3="""
    child | in_touch | activ | accom
    A     | DIED     | F2    |
    B     | RHOM     |       | B1
    C     | DIED     |       |
    D     | NO       | F2    | B1
    E     |          | F2    | B1
    """,
)
spec(
    "345",
    {"cla_oc3": [1, 2]},
    cla_oc3="""
    child | in_touch | activ | accom
    A     | YES      | 0     | B1
    B     | YES      | F2    | 0
    C     | YES      | F2    | B1
    D     | NO       | 0     | 0
    E     | YES      |       |
    """,
)
spec(
    "347",
    {"cla_oc3": [1, 2, 6]},
    cla_header="""
    child | dob
    F     | 2007-04-01
    """,
    cla_oc3="""
    child | dob        | accom
    A     | 2007-04-01 | T1
    B     | 2007-04-01 | T2
    C     | 2007-03-31 | T1
    D     | 2007-04-01 | U1
    E     |            | T1
    F     |            | T1
    G     | 2007-04-01 |
    """,
)
spec(
    "348",
    {"cla_oc3": [1]},
    year=2026,
    last={"cla_oc3": "child | in_touch\nA | DIED\nB | NO\nC | DIED"},
    cla_oc3="""
    child | in_touch | activ | accom
    A     | YES      | F2    | B1
    B     | YES      | F2    | B1
    C     |          |       |
    D     | DIED     |       |
    """,
)
spec(
    "391",
    {"cla_oc3": [1, 2]},
    cla_oc3="""
    child | dob        | in_touch | accom
    A     | 2008-04-01 | YES      |
    B     | 2002-04-01 |          | B1
    C     | 2008-03-31 | YES      |
    D     | 2002-04-02 | YES      |
    E     | 2008-04-01 |          |
    F     |            | YES      |
    """,
)
spec(
    "3001",
    {"cla_oc3": [1, 2]},
    cla_oc3="""
    child | dob        | accom
    A     | 2007-04-01 | Z1
    B     | 2008-03-31 | Z2
    C     | 2007-03-31 | Z1
    D     | 2008-04-01 | Z1
    E     | 2007-04-01 | B1
    F     |            | Z1
    """,
)
spec(
    "187",
    {"cla_oc3": [1], "cla_ad1": [1]},
    cla_episodes="""
    child | decom      | rne | ls | dec        | rec
    A     | 2024-04-01 | S   | C2 |            |
    B     | 2024-04-02 | S   | C2 |            |
    C     | 2023-04-01 | S   | C2 | 2025-03-31 | E11
    """,
    cla_oc3="""
    child | in_touch | activ | accom
    A     |          |       | B1
    B     | YES      | F2    | B1
    A     |          |       |
    """,
    cla_ad1="""
    child | date_int | sex_adoptr
    A     |          | MF
    B     |          | MF
    C     |          | MF
    A     |          |
    """,
)
spec(
    "1000",
    {"cla_oc3": [1, 4]},
    last={"cla_episodes": "child | decom | rec\nD | 2023-05-01 | E2"},
    cla_episodes="""
    child | decom      | dec        | rec
    A     | 2023-05-01 | 2024-06-01 | E2
    B     | 2023-05-01 | 2024-06-01 | E3
    C     | 2023-05-01 | 2024-06-01 | E2
    """,
    cla_oc3="""
    child | in_touch | activ | accom
    A     | YES      |       |
    B     | YES      | F2    | B1
    C     |          |       |
    D     | DIED     |       |
    """,
)
spec(
    "1000",
    {"cla_oc3": [1]},
    cla_episodes="child | decom | dec | rec\nA | 2023-05-01 | 2024-06-01 | E2",
    cla_oc3="child | in_touch\nA | YES\nB | YES",
)
# Born on 2 July 2007: 14 on 2 July 2021, 16 on 2 July 2023, 18 in the year. Thirteen weeks are 91 days.
spec(
    "1001",
    {"cla_oc3": [2, 3, 4, 8]},
    last={
        "cla_episodes": """
        child | decom      | ls | dec
        A     | 2023-04-03 | C2 | 2023-07-03
        B     | 2023-04-04 | C2 | 2023-07-03
        C     | 2020-01-01 | C2 | 2023-07-02
        D     | 2020-01-01 | V4 | 2023-12-31
        E     | 2023-05-01 | C2 |
        F     | 2024-01-01 | C2 |
        H     | 2024-01-30 | C2 |
        """
    },
    cla_episodes="""
    child | decom      | ls | dec
    E     | 2023-05-01 | C2 | 2024-05-01
    G     | 2024-12-31 | C2 |
    I     | 2021-07-02 | C2 | 2021-07-10
    """,
    cla_oc3="""
    child | dob        | in_touch
    A     | 2007-07-02 | YES
    B     | 2007-07-02 | YES
    C     | 2007-07-02 | YES
    I     | 2007-07-02 | YES
    E     | 2007-07-02 | YES
    F     | 2007-07-02 | YES
    G     | 2007-07-02 | YES
    H     | 2007-07-02 | YES
    B     | 2007-07-02 |
    B     |            | YES
    J     | 2007-07-02 | YES
    D     | 2007-07-02 | YES
    """,
)
# A child born on 29 February is 16 on 1 March of a common year: care that ended then was not care at 16.
spec(
    "1001",
    {"cla_oc3": [1]},
    year=2027,
    last={"cla_episodes": "child | decom | ls | dec"},
    cla_episodes="""
    child | decom      | ls | dec
    A     | 2022-05-01 | C2 | 2025-03-01
    B     | 2022-05-01 | C2 | 2025-03-02
    """,
    cla_oc3="""
    child | dob        | in_touch
    A     | 2009-03-01 | YES
    B     | 2009-03-01 | YES
    """,
)
spec(
    "1002",
    {"cla_oc3": [3]},
    last={"cla_episodes": "child | decom\nB | 2023-05-01"},
    cla_episodes="child | decom\nA | 2024-05-01",
    cla_oc3="""
    child | in_touch
    A     | YES
    B     | YES
    C     | YES
    D     |
          | YES
    """,
)
BIRTHDAYS = """
    child | dob        | in_touch
    A     | 2007-06-10 | YES
    B     | 2006-06-10 | YES
    C     | 2006-06-10 | YES
    D     | 2006-06-10 | YES
    E     | 2006-06-10 | YES
    F     | 2006-06-10 | YES
    G     | 2006-06-10 |
    H     | 2005-06-10 | YES
    I     |            | YES
    """
AROUND = """
    child | decom      | rne | ls | dec        | rec
    A     | 2023-05-01 | S   | C2 |            |
    B     | 2023-05-01 | S   | C2 | 2024-06-11 | E6
    C     | 2023-05-01 | S   | C2 | 2024-06-10 | E6
    D     | 2024-06-10 | S   | C2 | 2024-07-10 | X1
    E     | 2024-06-11 | S   | C2 | 2024-07-10 | E6
    F     | 2023-05-01 | S   | V4 | 2024-07-10 | E8
    G     | 2023-05-01 | S   | C2 | 2024-06-11 | E6
    H     | 2023-05-01 | S   | C2 | 2024-06-11 | E6
    I     | 2023-05-01 | S   | C2 | 2024-06-11 | E6
    """
spec("1007", {"cla_oc3": [1, 2, 4]}, cla_episodes=AROUND, cla_oc3=BIRTHDAYS)
spec("1016", {"cla_oc3": [2, 5]}, cla_episodes=AROUND, cla_oc3=BIRTHDAYS)
# Born on 29 February 2008 and so 17 on 1 March 2025.
LEAP = "child | dob | in_touch\nA | 2008-02-29 | YES\nB | 2008-02-29 | YES"
spec(
    "1007",
    {"cla_oc3": [2]},
    cla_episodes="""
    child | decom      | ls | dec        | rec
    A     | 2023-05-01 | C2 | 2025-03-01 | E6
    B     | 2023-05-01 | C2 | 2025-03-02 | E6
    """,
    cla_oc3=LEAP,
)
spec(
    "1010",
    {"cla_oc3": [1]},
    last={
        "cla_episodes": """
        child | decom      | dec
        A     | 2023-05-01 | 2023-06-01
        A     | 2023-06-01 |
        B     | 2023-05-01 |
        C     | 2023-05-01 |
        D     | 2023-05-01 | 2023-06-01
        """
    },
    cla_episodes="child | decom\nB | 2023-05-01",
    cla_oc3="""
    child | in_touch
    A     | YES
    B     | YES
    C     |
    D     | YES
    E     | YES
    """,
)
spec(
    "1011",
    {"cla_oc3": [1]},
    cla_episodes="""
    child | decom      | dec        | rec
    A     | 2023-05-01 | 2024-05-01 | X1
    A     | 2024-05-01 | 2024-06-01 | E3
    B     | 2023-05-01 | 2024-05-01 | E3
    B     | 2024-07-01 |            |
    C     | 2024-05-01 | 2024-06-01 | E3
    """,
    cla_oc3="""
    child | in_touch
    A     | YES
    B     | YES
    C     |
    D     | YES
    """,
)
spec(
    "1014",
    {"cla_oc3": [1, 2], "cla_uasc": [1, 2]},
    cla_episodes="""
    child | decom      | dec
    B     | 2022-05-01 | 2024-03-31
    C     | 2022-05-01 | 2024-04-01
    D     | 2022-05-01 |
    """,
    cla_uasc="""
    child | duc
    A     | 2023-05-01
    B     | 2023-05-01
    C     | 2023-05-01
    D     | 2023-05-01
    E     |
    F     | 2023-05-01
    """,
    cla_oc3="""
    child | in_touch
    A     | YES
    B     | YES
    C     | YES
    D     | YES
    E     | YES
    F     |
    """,
)
