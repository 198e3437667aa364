"""Small tables for the Department's rules of where a placement lies and who provides it."""

from tests.kernel.statutory_specs import spec

DIRECTORY = """
    postcode | in_use | authority | east   | north
    AB12CD   | yes    | E10000001 | 500000 | 200000
    AB12CE   | yes    | E10000001 | 500000 | 216093
    CD34EF   | yes    | E10000002 | 500000 | 779880
    CF11AA   | yes    | W06000015 | 320000 | 170000
    BT11AA   | yes    | N09000003 |        |
    """

spec(
    "164",
    {"cla_episodes": [1, 4, 7]},
    unread={"cla_episodes.pl_distance": [7, 8]},
    last={"cla_header": "child | uasc\nU | 1\nW | 1\nA | 0"},
    cla_header="child | uasc\nT | 1\nV | 1\nA | 0",
    cla_episodes="""
    child | ls | pl_distance
    A     | C2 | -0.1
    A     | C2 | 0
    A     | C2 | 999.9
    A     |    | 1000
    A     | V3 | 1000
    A     | V4 | -1
    A     | C2 |
    A     | V3 |
    T     | C2 | 1000
    U     | C2 | 1000
    V     | C2 | 1000
    W     | C2 | 1000
    A     | C2 |
    """,
)
# By postcodes: one that is not in the directory makes no distance; one of Northern Ireland has none, and is valid.
spec(
    "164",
    {"cla_episodes": [3, 4]},
    postcodes=DIRECTORY,
    cla_episodes="""
    child | ls | home_post | pl_post
    A     | C2 | AB1 2CD   | AB1 2CE
    A     | C2 | AB1 2CD   |
    A     | C2 | AB1 2CD   | ZZ9 9ZZ
    A     | C2 | ZZ9 9ZZ   | AB1 2CE
    A     | V3 | AB1 2CD   | ZZ9 9ZZ
    A     | C2 | AB1 2CD   | BT1 1AA
    """,
)
spec(
    "169",
    {"cla_episodes": [2, 4]},
    cla_episodes="""
    child | ls | pl_la
    A     | C2 | E10000001
    A     | C2 |
    A     | V3 |
    A     |    | LONDON
    A     | C2 | 204
    A     | C2 | WAL
    A     | C2 | N09000003
    """,
)
spec(
    "169",
    {"cla_episodes": [2, 3]},
    postcodes=DIRECTORY,
    cla_episodes="""
    child | ls | home_post | pl_post
    A     | C2 | AB1 2CD   | AB1 2CE
    A     | C2 | AB1 2CD   |
    A     | C2 | AB1 2CD   | ZZ9 9ZZ
    A     | V4 |           |
    """,
)
spec(
    "179",
    {"cla_episodes": [3, 5]},
    cla_episodes="""
    child | ls | pl_location
    A     | C2 | IN
    A     | C2 | OUT
    A     |    |
    A     | V4 |
    A     | C2 | INSIDE
    """,
)
spec(
    "214",
    {"cla_episodes": [1, 2]},
    cla_episodes="""
    child | ls | pl_post | urn
    A     | V3 | AB1 2CD |
    A     | V4 |         | SC1
    A     | V4 |         |
    A     | C2 | AB1 2CD | SC1
    A     |    | AB1 2CD | SC1
    """,
)
spec(
    "392a",
    {"cla_episodes": [2, 3]},
    unread={"cla_episodes.pl_distance": [6]},
    cla_uasc="child\nB",
    cla_episodes="""
    child | ls | pl_distance
    A     | C2 | 0
    A     | C2 |
    A     |    |
    A     | V3 |
    B     | C2 |
    A     | C2 |
    """,
)
spec(
    "392a",
    {"cla_episodes": [2]},
    postcodes=DIRECTORY,
    cla_episodes="""
    child | ls | home_post | pl_post
    A     | C2 | AB1 2CD   | CD3 4EF
    A     | C2 |           | CD3 4EF
    A     | V3 |           |
    """,
)
spec(
    "392b",
    {"cla_episodes": [2, 3, 4]},
    last={"cla_header": "child | uasc\nB | 1"},
    cla_episodes="""
    child | ls | home_post | pl_post
    A     | C2 | AB1 2CD   | CD3 4EF
    A     | C2 |           | CD3 4EF
    A     |    | AB1 2CD   |
    A     | C2 |           |
    A     | V3 |           |
    B     | C2 |           | CD3 4EF
    """,
)
spec(
    "392c",
    {"cla_episodes": [4, 5, 6, 7]},
    cla_episodes="""
    child | home_post | pl_post
    A     | AB1 2CD   | W1A 0AX
    A     | AB12CD    | EC1A 1BB
    A     |           | M1 1AE
    A     | AB1       | M1 1AE
    A     | AB1 2CD   | 1AB 2CD
    A     | AB1 2C1   |
    A     | NO FIXED  | ABODE
    """,
)
spec(
    "392d",
    {"cla_episodes": [1, 2]},
    cla_episodes="""
    child | home_post | pl_post | place
    A     | AB1 2CD   | AB1 2CD | U1
    A     | AB1 2CD   | AB12CD  | K2
    A     | AB1 2CD   | AB1 2CD | P1
    A     | AB1 2CD   | AB1 2CD |
    A     |           |         | U1
    A     | AB1 2CD   | AB1 2CE | U1
    """,
)
spec(
    "398",
    {"cla_episodes": [1, 2]},
    cla_episodes="""
    child | ls | home_post | pl_post
    A     | V3 | AB1 2CD   |
    A     | V4 |           | AB1 2CD
    A     | V4 |           |
    A     | C2 | AB1 2CD   | AB1 2CD
    A     |    | AB1 2CD   | AB1 2CD
    """,
)
spec(
    "406",
    {"cla_episodes": [1, 3]},
    last={"cla_uasc": "child\nC"},
    cla_header="child | uasc\nA | 1\nB | 0",
    cla_episodes="""
    child | pl_distance
    A     | 1.2
    B     | 1.2
    C     | 0
    A     |
    """,
)
spec(
    "406",
    {"cla_episodes": [1]},
    postcodes=DIRECTORY,
    cla_header="child | uasc\nA | 1\nB | 0",
    cla_episodes="""
    child | decom      | home_post | pl_post
    A     | 2024-05-01 | AB1 2CD   | CD3 4EF
    B     | 2024-05-01 | AB1 2CD   | CD3 4EF
    A     | 2024-06-01 |           | CD3 4EF
    """,
)
spec(
    "411",
    {"cla_episodes": [3, 4]},
    authority="E10000001",
    cla_episodes="""
    child | pl_location | pl_la
    A     | IN          | E10000001
    A     | OUT         | E10000002
    A     | IN          | E10000002
    A     | OUT         | E10000001
    A     |             | E10000002
    A     | IN          |
    A     | INSIDE      | E10000002
    A     | IN          | 204
    A     | OUT         | WAL
    """,
)
spec(
    "420",
    {"cla_episodes": [1, 2]},
    cla_episodes="""
    child | ls | pl_la
    A     | V3 | E10000001
    A     | V4 | WAL
    A     | C2 | E10000001
    A     | V3 |
    A     |    | E10000001
    """,
)
spec(
    "454",
    {"cla_episodes": [2]},
    year=2026,
    cla_uasc="child\nB",
    cla_episodes="""
    child | ls | pl_distance
    A     | C2 | 350
    A     | C2 | 350.1
    A     | C2 | 999.9
    A     | V3 | 351
    B     | C2 | 351
    A     | C2 |
    """,
)
spec(
    "454",
    {"cla_episodes": [1]},
    year=2027,
    postcodes=DIRECTORY,
    cla_episodes="""
    child | ls | home_post | pl_post
    A     | C2 | AB1 2CD   | CD3 4EF
    A     | C2 | AB1 2CD   | AB1 2CE
    """,
)
OWN = """
    child | ls | place | place_provider | home_post | pl_post
    A     | C2 | K2    | PR1            | AB1 2CD   | CD3 4EF
    A     | C2 | K2    | PR1            | AB1 2CD   | AB1 2CE
    A     | C2 | K2    | PR2            | AB1 2CD   | CD3 4EF
    A     | C2 | U4    | PR1            | AB1 2CD   | CD3 4EF
    A     | C2 | A5    | PR1            | AB1 2CD   | CD3 4EF
    A     | V3 | K2    | PR1            | AB1 2CD   | CD3 4EF
    A     | C2 |       | PR1            | AB1 2CD   | CD3 4EF
    A     | C2 | K2    | PR1            | AB1 2CD   |
    A     | C2 | K2    |                | AB1 2CD   | CD3 4EF
    """
spec("1015", {"cla_episodes": [1, 7]}, postcodes=DIRECTORY, cla_episodes=OWN)
spec("1015", {"cla_episodes": [2]}, postcodes=DIRECTORY, authority="E10000002", cla_episodes=OWN)

NUMBERS = """
    child | ls | place | urn     | pl_la
    A     | C2 | U4    |         | E10000001
    A     | C2 | U4    | SC1     | E10000001
    A     | C2 | U4    | XXXXXXX | E10000001
    A     | C2 | U4    |         | W06000015
    A     | C2 | U4    |         | SCO
    A     | C2 | U4    |         |
    A     | V3 | U4    |         | E10000001
    A     | C2 | Z1    |         | E10000001
    A     | C2 | Z11   |         | E10000001
    A     | C2 | K3    |         | E10000001
    A     | C2 | H5    |         | E10000001
    A     | C2 |       |         | E10000001
    A     |    | P1    |         | E10000001
    A     |    | K2    |         | 204
    A     | C2 | P1    | SC1     | E10000001
    A     | C2 | T1    | XXXXXXX | E10000001
    A     | C2 | Z1    | SC1     | E10000001
    A     | C2 | Z14   | SC1     | E10000001
    A     | C2 | H5    | SC1     | E10000001
    A     | C2 | K3    | SC1     | E10000001
    A     | C2 |       | SC1     | E10000001
    """
spec("218", {"cla_episodes": [1, 6, 9, 10, 14]}, year=2023, cla_episodes=NUMBERS)
spec("218", {"cla_episodes": [1, 6, 9, 10, 11, 14]}, cla_episodes=NUMBERS)
spec("218", {"cla_episodes": [1, 6, 8, 10, 11, 14]}, year=2026, cla_episodes=NUMBERS)
spec("222", {"cla_episodes": [15, 17, 19]}, year=2024, cla_episodes=NUMBERS)
spec("222", {"cla_episodes": [15, 17]}, cla_episodes=NUMBERS)
spec("222", {"cla_episodes": [15, 18]}, year=2026, cla_episodes=NUMBERS)
spec(
    "218",
    {"cla_episodes": [1]},
    cla_episodes="child | ls | place | urn\nA | C2 | U4 |\nA | C2 | P1 |",
)

LISTED = """
    urn | place_codes | provider_codes | postcode | closed_on
    SC1 | K2,K1       | PR4            | AB12CD   | 2024-09-01
    SC2 | U1,U4       | PR1,PR2        | CD34EF   |
    SC3 |             |                |          |
    """
PLACED = """
    child | decom      | dec        | place | place_provider | urn     | home_post | pl_post
    A     | 2024-05-01 | 2024-09-01 | K2    | PR4            | SC1     | AB1 2CD   | AB1 2CD
    A     | 2024-09-01 | 2024-09-02 | K1    | PR5            | SC1     | AB1 2CD   | AB1 2CE
    A     | 2024-08-31 |            | U4    | PR4            | SC1     | AB1 2CD   | AB12CD
    A     | 2024-09-02 | 2024-10-01 |       |                | SC1     | AB1 2CD   |
    A     | 2024-05-01 |            | U4    | PR1            | SC2     | AB1 2CD   | AB1 2CD
    A     | 2024-05-01 |            | U6    | PR2            | SC2     | AB1 2CD   | CD3 4EF
    A     | 2024-05-01 |            | K2    | PR3            | SC3     | AB1 2CD   | CD3 4EF
    A     | 2024-05-01 |            | K2    | PR3            | SC9     | AB1 2CD   | CD3 4EF
    A     | 2024-05-01 |            | K2    | PR3            | XXXXXXX | AB1 2CD   | CD3 4EF
    A     | 2024-05-01 |            | K2    | PR3            |         | AB1 2CD   | CD3 4EF
    A     |            |            | K2    | PR1            | SC1     | AB1 2CD   | AB1 2CD
    """
spec("219", {"cla_episodes": [3, 6]}, providers=LISTED, cla_episodes=PLACED)
spec("221", {"cla_episodes": [2]}, providers=LISTED, cla_episodes=PLACED)
for _year, _broken in ((2024, [1, 2]), (2025, [2]), (2026, [2])):
    spec(
        "221",
        {"cla_episodes": _broken},
        year=_year,
        providers=LISTED,
        cla_episodes="child | place | urn | pl_post"
        + "".join(f"\nA | {it} | SC1 | CD3 4EF" for it in ("H5", "S1", "U4")),
    )
spec("224", {"cla_episodes": [2, 11]}, providers=LISTED, cla_episodes=PLACED)
spec("227", {"cla_episodes": [2, 4]}, providers=LISTED, cla_episodes=PLACED)
spec("228", {"cla_episodes": [2, 3, 4, 11]}, providers=LISTED, cla_episodes=PLACED)
spec("229", {"cla_episodes": [5]}, providers=LISTED, postcodes=DIRECTORY, cla_episodes=PLACED)
spec(
    "229",
    {"cla_episodes": [6, 11]},
    providers=LISTED,
    postcodes=DIRECTORY,
    authority="E10000002",
    cla_episodes=PLACED,
)
spec("1008", {"cla_episodes": [8]}, providers=LISTED, cla_episodes=PLACED)
spec(
    "526",
    {"cla_episodes": [1, 2]},
    cla_episodes="""
    child | place | place_provider
    A     | U4    |
    A     | P1    |
    A     | T0    |
    A     | Z1    |
    A     |       |
    A     | U4    | PR1
    """,
)
spec(
    "526",
    {"cla_episodes": [1]},
    year=2026,
    cla_episodes="child | place | place_provider\nA | U4 |\nA | Z13 |\nA | T4 |",
)
for _rule, _provider, _never, _allowed in (
    ("527", "PR1", "P1 R2 R5", "U4 K2 Z1"),
    ("528", "PR2", "P1 R2 R5", "U4 K2 Z1"),
    ("529", "PR3", "P1 A3 A4 A5 A6 K1 K2 U1 U2 U3 U4 U5 U6", "R2 R5 S1"),
    ("530", "PR4", "P1", "U4 R2"),
    ("531", "PR5", "P1", "U4 R2"),
    ("550", "PR0", "U4 K2 Z1", "P1"),
):
    _places = [*_never.split(), *_allowed.split(), ""]
    spec(
        _rule,
        {"cla_episodes": list(range(1, 1 + len(_never.split())))},
        cla_episodes="\n".join(
            (
                "child | place | place_provider",
                *(f"A | {place} | {_provider}" for place in _places),
                "A | P1 |",
                f"A | U4 | {'PR1' if _provider != 'PR1' else 'PR3'}",
            )
        ),
    )
