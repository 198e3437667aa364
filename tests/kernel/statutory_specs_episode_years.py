"""Small tables for the Department's rules of Episodes against last year's return, and of what the header says besides.

The year is 2024-25 unless said otherwise; last year's return ends on 31 March 2024.
"""

from tests.kernel.statutory_specs import spec

# A goes on as it was, B's open episode starts on another day, C is new, D's last was closed, E has two last year.
OVER = """
    child | decom      | rne | ls | cin | place | place_provider | urn | pl_la     | pl_location | pl_distance
    A     | 2024-06-01 | P   | C1 | N2  | K2    | PR1            | S3  | E10000003 | OUT         | 99
    A     | 2023-05-01 | {0}
    B     | 2023-05-02 | {0}
    C     | 2024-05-01 | {0}
    D     | 2024-05-01 | {0}
    E     | 2023-08-01 | {0}
    F     | 2023-08-01 |     |    |     |       |                |     |           |             |
          | 2023-05-01 | {0}
    """
LAST = """
    child | decom | dec | rne | ls | cin | place | place_provider | urn | pl_la | pl_location | pl_distance
    A | 2023-05-01 | | S | C2 | N1 | U4 | PR1 | S1 | E10000001 | IN | 10.0
    B | 2023-05-01 | | S | C2 | N1 | U4 | PR1 | S1 | E10000001 | IN | 10.0
    D | 2023-05-01 | 2024-01-01 | S | C2 | N1 | U4 | PR1 | S1 | E10000001 | IN | 10.0
    E | 2023-04-01 | 2023-08-01 | S | C1 | N3 | K2 | PR4 | S9 | E10000009 | OUT | 50
    E | 2023-08-01 | | S | C2 | N1 | U4 | PR1 | S1 | E10000001 | IN | 10.0
    F | 2023-08-01 | | S | C2 | N1 | U4 | PR1 | S1 | E10000001 | IN | 10.0
 | 2023-05-01 | | S | C2 | N1 | U4 | PR1 | S1 | E10000001 | IN | 10.0
    """
SAME = ("S", "C2", "N1", "U4", "PR1", "S1", "E10000001", "IN", "10.1")


def _over(column: int, value: str) -> str:
    cells = [*SAME[:column], value, *SAME[column + 1 :]]
    return OVER.format(" | ".join(cells))


for _place, (_rule, _other) in enumerate(
    (
        ("503A", "P"), ("503B", "C1"), ("503C", "N2"), ("503D", "U6"), ("503E", "PR2"), ("503F", "S2"),
        ("503H", "E10000002"), ("503J", "OUT"), ("503G", "10.2"),
    )
):  # fmt: skip
    spec(_rule, {"cla_episodes": [2, 3, 6]}, last={"cla_episodes": LAST}, cla_episodes=_over(_place, _other))
    spec(_rule, {}, last={"cla_episodes": LAST}, cla_episodes=_over(_place, SAME[_place]))
    spec(_rule, {}, last={"cla_episodes": LAST}, cla_episodes=_over(_place, ""))
spec("503G", {"cla_episodes": [2, 3, 6]}, last={"cla_episodes": LAST}, cla_episodes=_over(8, "9.8"))
spec("503G", {}, last={"cla_episodes": LAST}, cla_episodes=_over(8, "9.9"))
spec("452", {"cla_episodes": [2, 6]}, last={"cla_episodes": LAST}, cla_episodes=_over(6, "E10000002"))
spec("452", {}, last={"cla_episodes": LAST}, cla_episodes=_over(6, ""))
spec("453", {"cla_episodes": [2, 6]}, last={"cla_episodes": LAST}, cla_episodes=_over(8, "10.2"))
spec("453", {}, last={"cla_episodes": LAST}, cla_episodes=_over(8, "10.1"))
spec("502", {"cla_episodes": [3]}, last={"cla_episodes": LAST}, cla_episodes=_over(0, "S"))
spec("562", {"cla_episodes": [3]}, last={"cla_episodes": LAST}, cla_episodes=_over(0, "S"))
spec(
    "562",
    {"cla_episodes": [1, 4]},
    last={"cla_episodes": "child | decom\nB | 2024-03-31\nC |"},
    cla_episodes="""
    child | decom
    A     | 2024-03-31
    A     | 2024-04-01
    B     | 2024-03-31
    C     | 2024-03-31
    C     |
    """,
)
# H5 and P2 were taken over by K3, Z1 by Z11 to Z14; the reverse is a change, and so is another code.
spec(
    "503D",
    {"cla_episodes": [5, 6, 7]},
    year=2026,
    last={
        "cla_episodes": """
        child | decom      | dec | place
        A     | 2024-05-01 |     | Z1
        B     | 2024-05-01 |     | Z1
        C     | 2024-05-01 |     | H5
        D     | 2024-05-01 |     | P2
        E     | 2024-05-01 |     | Z1
        F     | 2024-05-01 |     | K3
        G     | 2024-05-01 |     | Z11
        H     | 2024-05-01 |     | Z11
        """
    },
    cla_episodes="""
    child | decom      | place
    A     | 2024-05-01 | Z11
    B     | 2024-05-01 | Z14
    C     | 2024-05-01 | K3
    D     | 2024-05-01 | K3
    E     | 2024-05-01 | K3
    F     | 2024-05-01 | H5
    G     | 2024-05-01 | Z1
    H     | 2024-05-01 | Z11
    """,
)
# Both years by their postcodes: A's placement is another, B's the same.
spec(
    "503H",
    {"cla_episodes": [1]},
    postcodes="""
    postcode | in_use | authority | east   | north
    AB12CD   | yes    | E10000001 | 500000 | 200000
    CD34EF   | yes    | E10000002 | 500000 | 300000
    """,
    last={
        "cla_episodes": """
        child | decom      | dec | home_post | pl_post
        A     | 2023-05-01 |     | AB1 2CD   | AB1 2CD
        B     | 2023-05-01 |     | AB1 2CD   | AB1 2CD
        """
    },
    cla_episodes="""
    child | decom      | home_post | pl_post
    A     | 2023-05-01 | AB1 2CD   | CD3 4EF
    B     | 2023-05-01 | AB1 2CD   | AB12CD
    """,
)
spec(
    "207",
    {"cla_header": [1]},
    last={"cla_header": "child | mother\nA | 1\nB | 0\nC | 1\nD | 1\nE |\nF | 1"},
    cla_header="""
    child | mother
    A     | 0
    B     | 1
    C     | 1
    D     |
    E     | 1
    F     | 0
    G     | 0
    """,
    cla_episodes="""
    child | ls
    A     | V3
    A     | C2
    B     | C2
    C     | C2
    D     | C2
    E     | C2
    F     | V4
    G     | C2
    """,
)
# A week before 31 March is 24 March: who came then has been in care for a week and not for more.
spec(
    "210",
    {"cla_header": [1, 5], "cla_episodes": [1, 6]},
    unread={"cla_episodes.dec": [9]},
    cla_header="""
    child | upn
    A     | UN4
    B     | UN4
    C     | UN4
    D     | UN5
    E     | UN4
    F     |
    G     | UN4
    """,
    cla_episodes="""
    child | decom      | rne | dec        | rec
    A     | 2025-03-23 | S   |            |
    B     | 2025-03-24 | S   |            |
    C     | 2024-05-01 | S   | 2025-03-30 | E8
    D     | 2024-05-01 | S   |            |
    C     | 2025-03-30 | S   |            |
    E     | 2024-05-01 | S   | 2025-03-28 | X1
    E     | 2025-03-28 | P   |            |
    F     | 2024-05-01 | S   |            |
    G     | 2024-05-01 | S   |            |
    """,
)
GIRLS = """
    child | sex | mother
    A     | F   |
    B     | F   | 0
    C     | M   |
    D     | F   |
    E     | U   |
    F     |     |
    G     | F   |
    H     | F   |
    I     | F   |
    """
# Care that ended outside the year, before it or after it, did not end in the year: 607 is silent, 393 is not.
EPISODES = """
    child | decom      | ls | dec        | rec
    A     | 2024-05-01 | C2 | 2024-06-01 | X1
    A     | 2024-06-01 | C2 | 2024-07-01 | E8
    B     | 2024-05-01 | C2 | 2024-07-01 | E8
    C     | 2024-05-01 | C2 | 2024-07-01 | E8
    D     | 2024-05-01 | V3 | 2024-07-01 | E8
    E     | 2024-05-01 | C2 | 2024-07-01 | E8
    F     | 2024-05-01 | C2 | 2024-07-01 | E8
    G     | 2024-05-01 |    |            |
    H     | 2024-03-01 | C2 | 2024-03-31 | E8
    I     | 2024-05-01 | C2 | 2025-04-01 | E8
    """
spec("393", {"cla_header": [1, 7, 8, 9]}, cla_header=GIRLS, cla_episodes=EPISODES)
spec("607", {"cla_header": [1], "cla_episodes": [2]}, cla_header=GIRLS, cla_episodes=EPISODES)
OLD_GIRLS = "child | sex | mother\nA | 2 |\nB | 1 |\nC | F |\nD | 2 | 1"
OLD_EPISODES = "child | decom | ls | dec | rec" + "".join(
    f"\n{who} | 2023-05-01 | C2 | 2023-06-01 | E8" for who in "ABCD"
)
spec("393", {"cla_header": [1]}, year=2024, cla_header=OLD_GIRLS, cla_episodes=OLD_EPISODES)
spec("607", {"cla_header": [1], "cla_episodes": [1]}, year=2024, cla_header=OLD_GIRLS, cla_episodes=OLD_EPISODES)
spec(
    "442",
    {"cla_header": [1, 4]},
    cla_header="child | upn\nA |\nB | UN1\nC |\nD |\nE |",
    cla_episodes="child | ls\nA | C2\nB | C2\nC | V3\nD |\nC | V4",
)
spec(
    "625",
    {"cla_header": [1, 4], "cla_episodes": [5]},
    cla_header="""
    child | mc_dob
    A     | 2025-04-01
    B     | 2025-03-31
    C     |
    D     | 2024-08-02
    E     | 2024-08-01
    F     | 2024-08-02
    """,
    cla_episodes="""
    child | decom      | dec        | rec
    A     | 2024-05-01 |            |
    B     | 2024-05-01 | 2024-06-01 | X1
    B     | 2024-06-01 |            |
    C     | 2024-05-01 | 2024-08-01 | E8
    D     | 2024-05-01 | 2024-08-01 | E8
    E     | 2024-05-01 | 2024-08-01 | E8
    F     | 2024-05-01 | 2024-08-01 | E8
    F     | 2024-09-01 |            |
    """,
)
spec(
    "516",
    {"cla_episodes": [2, 4]},
    cla_episodes="""
    child | place | rec
    A     | U1    | E45
    B     | K2    | E45
    C     | U6    | E46
    D     | P1    | E46
    E     | U4    | X1
    E     | P1    | E46
    F     | K2    | E47
    G     |       | E45
    H     | K2    |
    """,
)
_OTHERS = ("reviews", "uasc", "oc2", "ad1", "placed_adoption", "previous_permanence", "missing", "sw_episodes")
spec(
    "1012",
    {f"cla_{name}": [1] for name in _OTHERS},
    cla_oc3="child\nA\nB",
    cla_episodes="child\nB\nC",
    **{f"cla_{name}": "child\nA\nB\nC\nD" for name in _OTHERS},
)
spec(
    "1012",
    {"cla_reviews": [1, 2]},
    cla_oc3="child | in_touch\nA | YES\nB | YES",
    cla_episodes="child | decom\nB | 2024-05-01\nC | 2024-05-01",
    cla_reviews="""
    child | review     | review_code
    A     | 2024-06-01 | PN1
    A     | 2024-09-01 | PN1
    B     | 2024-06-01 | PN1
    C     | 2024-06-01 | PN1
    """,
)
