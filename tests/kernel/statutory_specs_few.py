"""Small tables for the Department's rules of previous permanence, of orders, and of those that ended."""

from tests.kernel.statutory_specs import spec

spec(
    "630",
    {"cla_episodes": [1, 3], "cla_previous_permanence": [1]},
    cla_episodes="""
    child | decom      | rne | ls
    A     | 2024-04-01 | S   | C2
    B     | 2024-04-01 | S   | C2
    C     | 2025-03-31 | S   | C2
    D     | 2024-03-31 | S   | C2
    E     | 2025-04-01 | S   | C2
    F     | 2024-05-01 | P   | C2
    G     | 2024-05-01 | S   | V4
    """,
    cla_previous_permanence="""
    child | prev_perm
    A     |
    B     | Z1
    D     |
    """,
)
spec(
    "631",
    {"cla_previous_permanence": [1, 2]},
    cla_previous_permanence="child | prev_perm\nA | P5\nB | Z2\nC | P1\nD | P4\nE | Z1\nF |",
)
spec(
    "632",
    {"cla_previous_permanence": [2, 4, 7, 8, 9, 10, 11, 12]},
    cla_episodes="""
    child | decom      | rne
    A     | 2020-05-01 | S
    A     | 2024-05-15 | S
    A     | 2024-06-15 | P
    B     | 2024-05-15 | P
    """,
    cla_previous_permanence="""
    child | date_perm
    A     | 15/05/2024
    A     | 16/05/2024
    A     | zz/05/2024
    A     | zz/06/2024
    A     | zz/zz/2024
    A     | ZZ/ZZ/2014
    A     | zz/zz/2025
    A     | 31/02/2014
    A     | 2014
    A     | zz/13/2014
    B     | soon
    C     | 32/zz/2014
    B     | 16/05/2024
    C     | 16/05/2024
    A     | zz/zz/zzzz
    A     |
    """,
)
spec(
    "633",
    {"cla_previous_permanence": [1, 2, 3]},
    cla_previous_permanence="""
    child | la_perm
    A     | 000
    B     | CON
    C     | E10000001
    D     | 301
    E     | 928
    F     | WAL
    G     | SCO
    H     | NUK
    I     | NIR
    J     | 999
    K     |
    """,
)
spec(
    "634",
    {"cla_previous_permanence": [1, 3, 5, 6]},
    cla_episodes="""
    child | decom      | rne
    A     | 2016-03-31 | S
    B     | 2016-04-01 | S
    C     | 2015-05-01 | S
    C     | 2024-05-01 | P
    D     | 2015-05-01 | P
    D     | 2024-05-01 | S
    E     | 2016-03-31 | P
    F     | 2018-05-01 | P
    """,
    cla_previous_permanence="""
    child | prev_perm | la_perm | date_perm
    A     | P1        |         |
    B     | P1        |         |
    C     |           | 301     |
    D     | P1        |         |
    E     |           |         | zz/zz/2014
    G     | Z1        |         |
    F     | P1        |         |
    A     |           |         |
    """,
)
spec(
    "635",
    {"cla_previous_permanence": [1, 2]},
    cla_previous_permanence="""
    child | prev_perm | la_perm | date_perm
    A     | Z1        | 301     |
    B     | Z1        |         | zz/zz/2014
    C     | Z1        |         |
    D     | P1        | 301     | zz/zz/2014
    E     |           | 301     |
    """,
)

spec(
    "700",
    {"cla_dolo": [1, 2]},
    year=2027,
    unread={"cla_dolo.dolo_start": [2]},
    cla_dolo="child | dolo_start\nA |\nB |\nC | 2026-05-01",
)
spec(
    "701",
    {"cla_dolo": [2]},
    year=2027,
    unread={"cla_dolo.dolo_end": [2]},
    cla_dolo="child | dolo_end\nA |\nB |\nC | 2026-05-01",
)
spec(
    "702",
    {"cla_dolo": [1]},
    year=2027,
    cla_dolo="""
    child | dolo_start | dolo_end
    A     | 2026-05-02 | 2026-05-01
    B     | 2026-05-01 | 2026-05-01
    C     | 2026-05-01 |
    D     |            | 2026-05-01
    """,
)
spec(
    "703",
    {"cla_dolo": [1]},
    year=2027,
    cla_dolo="child | dolo_start\nA | 2027-04-01\nB | 2027-03-31\nC |",
)
spec(
    "704",
    {"cla_dolo": [1, 2]},
    year=2027,
    cla_dolo="child | dolo_end\nA | 2026-03-31\nB | 2027-04-01\nC | 2026-04-01\nD | 2027-03-31\nE |",
)
spec(
    "705",
    {"cla_dolo": [3, 4, 5, 6, 9, 10]},
    year=2027,
    unread={"cla_dolo.dolo_end": [13]},
    cla_dolo="""
    child | dolo_start | dolo_end
    A     | 2026-05-01 | 2026-06-01
    A     | 2026-06-01 |
    B     | 2026-05-01 | 2026-06-01
    B     | 2026-05-31 |
    C     | 2026-07-01 | 2026-08-01
    C     | 2026-05-01 |
    D     | 2026-05-01 |
    D     |            |
    E     | 2026-05-01 |
    E     | 2026-05-01 |
          | 2026-05-01 |
          | 2026-05-01 |
    F     | 2026-05-01 |
    F     | 2026-06-01 |
    """,
)
spec(
    "706",
    {"cla_dolo": [1]},
    year=2027,
    last={
        "cla_dolo": """
        child | dolo_start | dolo_end
        A     | 2026-01-01 |
        C     | 2026-01-01 |
        D     | 2026-01-01 | 2026-02-01
        E     |            |
        """
    },
    cla_dolo="""
    child | dolo_start
    A     | 2026-01-02
    A     | 2026-06-01
    C     | 2026-01-01
    F     | 2026-01-01
    """,
)
spec(
    "707",
    {"cla_dolo": [1]},
    year=2027,
    unread={"cla_dolo.dolo_end": [6]},
    cla_episodes="""
    child | decom      | dec        | rec
    A     | 2026-04-01 | 2026-05-01 | X1
    A     | 2026-05-01 | 2026-06-01 | E4A
    B     | 2026-04-01 | 2026-05-01 | E4A
    B     | 2026-07-01 |            |
    C     | 2026-04-01 | 2026-05-01 | X1
    D     | 2026-04-01 | 2026-05-01 | E4A
    """,
    cla_dolo="""
    child | dolo_start | dolo_end
    A     | 2026-04-10 |
    B     | 2026-04-10 |
    C     | 2026-04-10 |
    D     | 2026-04-10 | 2026-05-01
    E     | 2026-04-10 |
    A     | 2026-04-10 |
    """,
)
spec(
    "708",
    {"cla_dolo": [1, 2, 4]},
    year=2027,
    cla_header="child | dob\nD | 2012-05-02",
    cla_dolo="""
    child | dob        | dolo_start | dolo_end
    A     | 2012-05-02 | 2012-05-01 |
    B     | 2012-05-02 |            | 2012-05-01
    C     | 2012-05-02 | 2012-05-02 |
    D     |            | 2012-05-01 |
    E     |            | 2012-05-01 |
    """,
)
ORDERS = """
    child | dolo_start | dolo_end
    A     | 2026-05-01 | 2026-06-01
    B     | 2026-05-01 |
    C     | 2026-05-01 | 2026-06-01
    D     | 2026-05-01 | 2026-06-01
    E     | 2026-05-01 |
    F     |            |
    """
PLACES = """
    child | decom      | dec        | place
    A     | 2026-04-01 | 2026-05-01 | K1
    A     | 2026-05-01 | 2026-06-01 | K2
    A     | 2026-06-01 |            | K3
    B     | 2026-04-01 | 2026-05-02 | P1
    B     | 2026-05-02 |            | Z12
    C     | 2026-05-31 |            | U1
    D     | 2026-04-01 |            |
    E     | 2026-06-01 | 2026-06-03 | Z13
    E     | 2026-06-03 | 2026-06-05 | R5
    E     | 2026-06-05 |            | K3
    F     | 2026-04-01 |            | K1
    """
spec("709", {"cla_dolo": [2, 3, 5], "cla_episodes": [4, 6, 9, 10]}, year=2027, cla_dolo=ORDERS, cla_episodes=PLACES)
spec("710", {"cla_dolo": [2, 5], "cla_episodes": [4, 9, 10]}, year=2027, cla_dolo=ORDERS, cla_episodes=PLACES)

# Born on 29 February 2008 and so 15 on 1 March 2023.
spec(
    "370",
    {"cla_episodes": [1, 3]},
    year=2023,
    cla_header="child | dob\nA | 2007-05-02\nB | 2008-02-29\nC |",
    cla_episodes="""
    child | decom      | place
    A     | 2022-05-01 | P2
    A     | 2022-05-02 | P2
    B     | 2023-02-28 | P2
    B     | 2023-03-01 | P2
    A     | 2022-05-01 | K2
    C     | 2022-05-01 | P2
    """,
)
spec(
    "445",
    {"cla_episodes": [1]},
    year=2024,
    cla_episodes="""
    child | decom      | ls
    A     | 2006-01-01 | D1
    B     | 2005-12-31 | D1
    C     | 2006-01-01 | E1
    D     |            | D1
    """,
)
spec(
    "451",
    {"cla_episodes": [1]},
    year=2024,
    unread={"cla_episodes.dec": [4]},
    cla_episodes="""
    child | decom      | ls | dec
    A     | 2005-11-01 | D1 |
    B     | 2005-11-01 | D1 | 2023-06-01
    C     | 2005-11-01 | E1 |
    D     | 2005-11-01 | D1 |
    """,
)
spec(
    "SW01STG1",
    {"cla_sw_episodes": [2, 3, 4]},
    year=2024,
    cla_sw_episodes="""
    child | sw_id | sw_decom   | sw_reason
    A     | SW1   | 2023-05-01 | MANAGE
    B     |       | 2023-05-01 | MANAGE
    C     | SW1   |            | MANAGE
    D     | SW1   | 2023-05-01 |
    """,
)
