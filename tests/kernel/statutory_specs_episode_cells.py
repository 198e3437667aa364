"""Small tables for the Department's rules of single cells of Episodes."""

from tests.kernel.statutory_specs import spec

spec(
    "141",
    {"cla_episodes": [2]},
    unread={"cla_episodes.decom": [2]},
    cla_episodes="""
    child | decom
    A     | 2024-05-01
    B     |
    C     |
    """,
)
spec(
    "147",
    {"cla_episodes": [2]},
    unread={"cla_episodes.dec": [2]},
    cla_episodes="""
    child | decom      | dec
    A     | 2024-05-01 | 2024-06-01
    B     | 2024-05-01 |
    C     | 2024-05-01 |
    """,
)
spec(
    "143",
    {"cla_episodes": [7, 8]},
    cla_episodes="""
    child | rne
    A     | S
    B     | L
    C     | P
    D     | T
    E     | B
    F     | U
    G     | X
    H     | SP
    I     |
    """,
)
spec(
    "144",
    {"cla_episodes": [5, 6, 7]},
    cla_episodes="""
    child | ls
    A     | C1
    B     | E1
    C     | V4
    D     | J3
    E     | C3
    F     | V1
    G     | C
    H     |
    """,
)
spec(
    "145",
    {"cla_episodes": [3, 4, 5]},
    cla_episodes="""
    child | cin
    A     | N1
    B     | N8
    C     | N9
    D     | N0
    E     | 1
    F     |
    """,
)
PLACES = """
    child | place
    A     | H5
    B     | P2
    C     | K3
    D     | Z1
    E     | Z11
    F     | Z14
    G     | K2
    H     | T0
    I     | A2
    J     | U7
    K     |
    """
for year, broken in {
    2023: [3, 5, 6, 9, 10],
    2024: [5, 6, 9, 10],
    2025: [1, 2, 5, 6, 9, 10],
    2026: [1, 2, 4, 9, 10],
    2027: [1, 2, 4, 9, 10],
}.items():
    spec("146", {"cla_episodes": broken}, year=year, cla_episodes=PLACES)

spec(
    "148",
    {"cla_episodes": [3, 4]},
    unread={"cla_episodes.dec": [5]},
    cla_episodes="""
    child | decom      | dec        | rec
    A     | 2024-05-01 | 2024-06-01 | X1
    B     | 2024-05-01 |            |
    C     | 2024-05-01 | 2024-06-01 |
    D     | 2024-05-01 |            | E8
    E     | 2024-05-01 |            | E8
    """,
)
spec(
    "149",
    {"cla_episodes": [5, 6, 7]},
    cla_episodes="""
    child | rec
    A     | X1
    B     | E4A
    C     | E17
    D     | E48
    E     | E43
    F     | E4
    G     | E10
    H     |
    """,
)
PROVIDERS = """
    child | place | place_provider
    A     | U4    | PR1
    B     | P1    | PR0
    C     | U4    | PR6
    D     | T2    | PR1
    E     | T2    |
    F     | Z1    | PR4
    G     | Z11   | PR4
    H     | Z11   |
    I     | U4    |
    J     |       | PR4
    K     | T4    | XX
    """
spec("178", {"cla_episodes": [3, 4, 6, 11]}, cla_episodes=PROVIDERS)
spec("178", {"cla_episodes": [3, 4, 7, 11]}, year=2026, cla_episodes=PROVIDERS)
spec("213", {"cla_episodes": [4, 6, 11]}, cla_episodes=PROVIDERS)
spec("213", {"cla_episodes": [4, 7, 11]}, year=2027, cla_episodes=PROVIDERS)
spec(
    "1009",
    {"cla_episodes": [4, 5]},
    cla_episodes="""
    child | reason_place_change
    A     | CARPL
    B     | PLACE
    C     | CUSTOD
    D     | CARE
    E     | X1
    F     |
    """,
)
spec(
    "353",
    {"cla_episodes": [1]},
    cla_episodes="""
    child | decom
    A     | 1991-10-13
    B     | 1991-10-14
    C     | 1991-10-15
    D     |
    """,
)
spec(
    "354",
    {"cla_episodes": [2, 3]},
    cla_episodes="""
    child | decom
    A     | 2025-03-31
    B     | 2025-04-01
    C     | 2042-01-01
    D     |
    """,
)
spec(
    "355",
    {"cla_episodes": [1]},
    cla_episodes="""
    child | decom      | dec
    A     | 2024-05-01 | 2024-05-01
    B     | 2024-05-01 | 2024-05-02
    C     | 2024-05-01 | 2024-04-30
    D     | 2024-05-01 |
    E     |            |
    """,
)
spec(
    "356",
    {"cla_episodes": [3]},
    cla_episodes="""
    child | decom      | dec
    A     | 2024-05-01 | 2024-05-01
    B     | 2024-05-01 | 2024-05-02
    C     | 2024-05-01 | 2024-04-30
    D     | 2024-05-01 |
    E     |            | 2024-04-30
    """,
)
spec(
    "385",
    {"cla_episodes": [2]},
    cla_episodes="""
    child | decom      | dec
    A     | 2024-05-01 | 2025-03-31
    B     | 2024-05-01 | 2025-04-01
    C     | 2025-05-01 |
    """,
)
spec(
    "446",
    {"cla_episodes": [1]},
    cla_episodes="""
    child | ls | decom
    A     | E1 | 2005-11-30
    B     | E1 | 2005-12-01
    C     | C2 | 2005-11-30
    D     |    | 2005-11-30
    E     | E1 |
    """,
)
spec(
    "217",
    {"cla_episodes": [4, 5, 6]},
    cla_episodes="""
    child | place | decom      | rne
    A     | A3    | 2024-05-01 | S
    B     | A5    | 2024-05-01 | T
    C     | A5    | 2024-05-01 | U
    D     | A5    | 2024-05-01 | P
    E     | A3    | 2015-04-01 | L
    F     | A3    | 2024-05-01 | B
    G     | A3    | 2015-03-31 | L
    H     | A6    | 2024-05-01 | P
    I     | A3    | 2024-05-01 |
    J     | A3    |            | P
    """,
)
spec(
    "378",
    {"cla_episodes": [1]},
    cla_episodes="""
    child | place | ls
    A     | P1    | V2
    B     | P1    | C2
    C     | U4    | V2
    D     | P1    |
    E     |       | V2
    """,
)
spec(
    "382",
    {"cla_episodes": [1, 2]},
    cla_episodes="""
    child | ls | place
    A     | V3 | T0
    B     | V4 | T4
    C     | V2 | T4
    D     | V3 | K2
    E     |    | T1
    F     | V3 |
    """,
)
spec(
    "384",
    {"cla_episodes": [1, 2]},
    cla_episodes="""
    child | ls | place
    A     | V3 | U1
    B     | V4 | U4
    C     | V3 | U6
    D     | C2 | U4
    E     |    | U4
    F     | V3 |
    """,
)
spec(
    "408",
    {"cla_episodes": [1, 2]},
    cla_episodes="""
    child | place | ls
    A     | A5    | C2
    B     | A6    | V2
    C     | A5    | E1
    D     | A3    | V2
    E     | A5    |
    F     |       | C2
    """,
)
spec(
    "381",
    {"cla_episodes": [1, 2]},
    cla_episodes="""
    child | place | rec
    A     | T0    | E8
    B     | T4    | E4A
    C     | T1    | X1
    D     | T1    |
    E     | U4    | E8
    F     |       | E8
    """,
)
spec(
    "390",
    {"cla_episodes": [1, 2]},
    cla_episodes="""
    child | place | rec
    A     | U4    | E11
    B     | T1    | E12
    C     | A3    | E11
    D     | A6    | E12
    E     | U4    | E8
    F     |       | E11
    G     | U4    |
    """,
)
