"""Small tables for the Department's rules of an episode against the child's others."""

from tests.kernel.statutory_specs import spec

# Rows stand out of order, two start on one day, a start is blank: that one has no neighbour and disturbs none.
spec(
    "142",
    {"cla_episodes": [2, 4, 9]},
    unread={"cla_episodes.dec": [7]},
    cla_episodes="""
    child | decom      | dec        | rec
    A     | 2024-08-01 |            |
    A     | 2024-05-01 |            |
    A     | 2024-04-01 | 2024-05-01 | X1
    B     | 2024-04-01 | 2024-05-01 |
    B     | 2024-05-01 | 2024-06-01 | E8
    C     |            |            |
    D     | 2024-04-01 |            | X1
    D     | 2024-05-01 |            |
    E     | 2024-04-01 |            | X1
    E     | 2024-05-01 |            |
    F     | 2024-05-01 | 2024-05-09 | X1
    F     | 2024-05-01 |            |
          | 2024-05-01 |            |
          | 2024-06-01 |            |
    """,
)
spec(
    "199",
    {"cla_episodes": [1, 2, 3, 7]},
    last={
        "cla_episodes": """
        child | decom      | dec        | rec
        E     | 2023-05-01 | 2023-11-01 | E11
        F     | 2023-05-01 | 2023-11-01 | E8
        G     | 2023-05-01 | 2024-03-31 | E12
        """
    },
    cla_episodes="""
    child | decom      | dec        | rec
    A     | 2024-05-01 | 2024-06-01 | E12
    A     | 2024-06-01 | 2024-07-01 | X1
    A     | 2024-07-01 |            |
    B     | 2024-05-01 | 2024-06-01 | X1
    B     | 2024-06-01 | 2024-07-01 | E11
    D     | 2024-05-01 |            |
    E     | 2024-05-01 |            |
    F     | 2024-05-01 |            |
    G     | 2023-05-01 | 2024-03-31 | E12
    """,
)
spec(
    "199",
    {"cla_episodes": [1, 3]},
    cla_episodes="""
    child | decom      | dec        | rec
    A     | 2024-05-01 | 2024-06-01 | E12
    B     | 2024-06-01 |            |
    A     | 2024-09-01 |            |
    """,
)
MOVES = """
    child | decom      | rne | ls | place | dec        | rec | reason_place_change
    A     | 2024-04-01 | S   | C2 | U4    | 2024-05-01 | X1  |
    A     | 2024-05-01 | P   | C2 | U6    | 2024-06-01 | X1  | CARPL
    A     | 2024-06-01 | B   | C2 | T1    | 2024-06-09 | X1  |
    A     | 2024-06-09 | P   | C2 | U6    | 2024-07-01 | X1  |
    A     | 2024-07-01 | L   | E1 | U6    | 2024-08-01 | X1  |
    A     | 2024-08-01 | U   | E1 | A5    | 2024-09-01 | E12 |
    B     | 2024-04-01 | S   | V3 | U4    | 2024-05-01 | X1  |
    B     | 2024-05-01 | P   | V3 | U6    |            |     |
    C     | 2024-04-01 | S   | C2 | U4    | 2024-05-01 | X1  | OTHER
    C     | 2024-05-01 | P   | C2 | T2    | 2024-06-01 | X1  | OTHER
    C     | 2024-06-01 | P   | C2 | U4    | 2024-07-01 | X1  | OTHER
    C     | 2024-07-01 | P   | C2 | K2    |            |     | OTHER
    D     | 2024-04-01 | S   | C2 | U4    | 2024-05-01 | E8  |
    D     | 2024-06-01 | S   | C2 | U6    |            |     |
    """
spec("225", {"cla_episodes": [1, 5]}, cla_episodes=MOVES)
spec("226", {"cla_episodes": [2, 9, 10]}, cla_episodes=MOVES)
spec("233", {"cla_episodes": [12]}, year=2026, cla_episodes=MOVES)
spec(
    "233",
    {"cla_episodes": [1]},
    year=2027,
    unread={"cla_episodes.dec": [2]},
    cla_episodes="""
    child | decom      | dec        | reason_place_change
    A     | 2026-05-01 |            | CLOSE
    B     | 2026-05-01 |            | CLOSE
    C     | 2026-05-01 | 2026-06-01 | CLOSE
    D     | 2026-05-01 |            |
    """,
)
FOR_ADOPTION = """
    child | decom      | rne | place
    A     | 2024-04-01 | S   | U4
    A     | 2024-05-01 | T   | A3
    A     | 2024-06-01 | L   | A5
    B     | 2024-04-01 | S   | K2
    B     | 2024-05-01 | T   | A5
    C     | 2024-04-01 | S   | A3
    D     | 2024-04-01 | S   | K2
    D     | 2024-05-01 | P   | A4
    E     | 2024-04-01 | T   | A3
    F     | 2024-04-01 | S   |
    F     | 2024-05-01 | T   | A3
    """
spec("336", {"cla_episodes": [5]}, cla_episodes=FOR_ADOPTION)
spec(
    "336",
    {"cla_episodes": [5, 9]},
    last={"cla_episodes": "child | decom | place\nE | 2023-04-01 | R3\nC | 2022-01-01 | K2"},
    cla_episodes=FOR_ADOPTION,
)
spec(
    "357",
    {"cla_episodes": [2, 8]},
    cla_episodes="""
    child | decom      | rne
    A     | 2024-04-01 | S
    B     | 2024-04-01 | P
    C     | 2024-03-31 | P
    D     | 2024-06-01 | L
    D     | 2024-05-01 | S
    E     | 2024-06-01 |
    F     | 2024-06-01 | S
    G     | 2025-03-31 | B
    H     |            | B
    """,
)
TEMPORARY = """
    child | decom      | rne | place
    A     | 2024-04-01 | S   | T0
    B     | 2024-04-01 | S   | U4
    B     | 2024-05-01 | P   | T1
    B     | 2024-06-01 | L   | T1
    B     | 2024-07-01 | L   | T3
    B     | 2024-08-01 | B   | T2
    C     | 2024-04-01 | L   | T1
    D     | 2024-03-01 | L   | T1
    E     | 2024-04-01 | T   | T4
    F     | 2024-04-01 | U   | T4
    G     | 2024-04-01 |     | T4
    H     | 2024-04-01 | S   | K2
    """
spec("380", {"cla_episodes": [1, 5, 7, 9, 10]}, cla_episodes=TEMPORARY)
spec(
    "380",
    {"cla_episodes": [1, 5, 7, 8, 9, 10]},
    last={"cla_episodes": "child | decom | place\nD | 2023-04-01 | K2"},
    cla_episodes=TEMPORARY,
)
RETURNS = """
    child | decom      | rne | place | pl_post | dec        | rec
    A     | 2024-04-01 | S   | U4    | AB1 2CD | 2024-05-01 | X1
    A     | 2024-05-01 | P   | T1    |         | 2024-06-01 | X1
    A     | 2024-06-01 | P   | U4    | AB12CD  |            |
    B     | 2024-04-01 | S   | U4    | AB1 2CD | 2024-05-01 | X1
    B     | 2024-05-01 | P   | T1    |         | 2024-06-01 | X1
    B     | 2024-06-01 | P   | K2    | AB1 2CD |            |
    C     | 2024-04-01 | S   | U4    | AB1 2CD | 2024-05-01 | X1
    C     | 2024-05-01 | P   | T1    |         | 2024-05-20 | X1
    C     | 2024-05-20 | P   | T3    |         | 2024-06-01 | X1
    C     | 2024-06-01 | P   | U4    | AB1 2EF |            |
    D     | 2024-04-01 | S   | U4    | AB1 2CD | 2024-05-01 | X1
    D     | 2024-05-01 | P   | T1    |         | 2024-06-01 | X1
    D     | 2024-06-01 | T   | U4    | AB1 2CD |            |
    E     | 2024-04-01 | S   | U4    | AB1 2CD | 2024-05-01 | X1
    E     | 2024-05-01 | P   | T1    |         |            |
    F     | 2024-04-01 | S   | U4    | AB1 2CD | 2024-05-01 | X1
    F     | 2024-05-01 | P   | T1    |         | 2024-06-01 | E8
    F     | 2024-09-01 | S   | K2    | AB1 2EF |            |
    G     | 2024-04-01 | S   | Z1    |         | 2024-05-01 | X1
    G     | 2024-05-01 | P   | T4    |         | 2024-05-06 | X1
    G     | 2024-05-06 | B   | Z12   |         |            |
    H     | 2024-04-01 | P   | T4    |         | 2024-05-06 | X1
    H     | 2024-05-06 | P   | U4    |         |            |
    I     | 2024-04-01 | S   | U4    | AB1 2CD | 2024-05-01 | X1
    I     | 2024-05-01 | P   | T4    |         | 2024-05-06 | X1
    I     | 2024-05-06 | P   |       |         | 2024-06-01 | X1
    I     | 2024-06-01 | T   | K2    | AB1 2EF | 2024-06-09 | X1
    """
spec("383", {"cla_episodes": [5, 8, 9, 12]}, cla_episodes=RETURNS)
spec(
    "388",
    {"cla_episodes": [3, 4, 6, 9]},
    cla_episodes="""
    child | decom      | dec        | rec
    A     | 2024-04-01 | 2024-05-01 | X1
    A     | 2024-05-01 |            |
    B     | 2024-04-01 | 2024-05-01 | X1
    C     | 2024-04-01 | 2024-05-01 | X1
    C     | 2024-05-02 | 2024-06-01 | E8
    D     | 2024-04-01 | 2024-05-01 | E4A
    D     | 2024-05-01 | 2024-06-01 | E4A
    D     | 2024-07-01 | 2024-08-01 |
    E     | 2024-04-01 |            | X1
    F     | 2024-04-01 |            | X1
    F     | 2024-05-01 |            |
    G     |            | 2024-05-01 | X1
    """,
)
CHAIN = """
    child | decom      | rne | dec        | rec
    A     | 2024-04-01 | S   | 2024-05-01 | X1
    A     | 2024-05-01 | S   | 2024-06-01 | E8
    A     | 2024-06-02 | S   | 2024-07-01 | E4A
    A     | 2024-08-01 | P   | 2024-09-01 | X1
    A     | 2024-09-02 | L   | 2024-10-01 | X1
    A     | 2024-10-01 | T   |            |
    A     | 2024-11-01 | B   |            |
    B     | 2024-10-01 | U   | 2024-11-01 | E8
    B     | 2024-11-01 |     |            |
    """
spec("431", {"cla_episodes": [2]}, cla_episodes=CHAIN)
spec("432", {"cla_episodes": [4]}, cla_episodes=CHAIN)
spec("433", {"cla_episodes": [4, 5]}, cla_episodes=CHAIN)
CHANGES = """
    child | decom      | rne | ls | place | pl_post | urn | place_provider
    A     | 2024-04-01 | S   | C1 | U4    | AB1 2CD | SC1 | PR1
    A     | 2024-05-01 | {0} | C2 | U4    | AB1 2CD | SC1 | PR1
    B     | 2024-04-01 | S   | C1 | U4    | AB1 2CD | SC1 | PR1
    B     | 2024-05-01 | {0} | C1 | U4    | AB1 2CD | SC1 | PR1
    C     | 2024-04-01 | S   | C1 | U4    | AB1 2CD | SC1 | PR1
    C     | 2024-05-01 | {0} | C2 | U6    | AB1 2CD | SC1 | PR1
    D     | 2024-04-01 | S   | C1 | U4    | AB1 2CD | SC1 | PR1
    D     | 2024-05-01 | {0} | C1 | U4    | AB1 2EF | SC1 | PR1
    E     | 2024-04-01 | S   | C1 | U4    | AB1 2CD | SC1 | PR1
    E     | 2024-05-01 | {0} | C2 | U4    | AB1 2CD | SC2 | PR1
    F     | 2024-04-01 | S   | C1 | U4    | AB1 2CD | SC1 | PR1
    F     | 2024-05-01 | {0} | C1 | U4    | AB1 2CD | SC1 | PR4
    G     | 2024-04-01 | S   | C1 | U4    |         |     | PR1
    G     | 2024-05-01 | {0} | C2 | U4    |         | SC1 | PR1
    H     | 2024-04-01 | {0} | C1 | U4    |         |     | PR1
    I     | 2024-04-01 | S   |    | U4    |         |     | PR1
    I     | 2024-05-01 | {0} | C1 | U4    |         |     | PR1
    J     | 2024-04-01 | S   | C1 | U4    |         |     | PR1
    J     | 2024-05-01 |     | C1 | U4    |         |     | PR1
    """
spec("434", {"cla_episodes": [4, 6, 8, 10, 12]}, cla_episodes=CHANGES.format("L"))
for _rne in "PT":
    spec("435", {"cla_episodes": [2, 4, 6, 10, 14, 17]}, cla_episodes=CHANGES.format(_rne))
for _rne in "BU":
    spec("436", {"cla_episodes": [2, 4, 8, 12, 17]}, cla_episodes=CHANGES.format(_rne))
spec(
    "437",
    {"cla_episodes": [1, 5]},
    cla_episodes="""
    child | decom      | dec        | rec
    A     | 2024-04-01 | 2024-05-01 | E2
    A     | 2024-05-01 |            |
    B     | 2024-04-01 | 2024-05-01 | X1
    B     | 2024-05-01 | 2024-06-01 | E2
    C     | 2024-04-01 | 2024-05-01 | E15
    C     | 2024-06-01 |            |
    D     | 2024-04-01 | 2024-05-01 | E8
    D     | 2024-06-01 |            |
    """,
)
spec(
    "501",
    {"cla_episodes": [2, 6]},
    cla_episodes="""
    child | decom      | dec
    A     | 2024-04-01 | 2024-06-01
    A     | 2024-05-01 | 2024-07-01
    A     | 2024-07-01 |
    B     | 2024-08-01 |
    C     | 2024-04-01 | 2024-06-01
    C     | 2024-04-01 |
    D     | 2024-04-01 | 2024-06-01
    """,
)
spec(
    "504",
    {"cla_episodes": [2, 3]},
    cla_episodes="""
    child | decom      | rne | cin | dec        | rec
    A     | 2024-04-01 | S   | N1  | 2024-05-01 | X1
    A     | 2024-05-01 | P   | N2  | 2024-06-01 | X1
    A     | 2024-06-01 | P   | N2  | 2024-07-01 | X1
    A     | 2024-07-01 | P   | N1  | 2024-08-01 | E8
    A     | 2024-09-01 | S   | N4  | 2024-10-01 | X1
    A     | 2024-10-01 | L   |     |            |
    B     | 2024-09-01 | S   | N5  |            |
    C     |            | L   | N6  |            |
    """,
)
