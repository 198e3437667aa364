"""Small tables for the Department's rules of how long, how often and how old. The year ends on 31 March 2025."""

from datetime import date, timedelta

from tests.kernel.statutory_specs import spec


def _run(rule: str, column: str, code: str, other: str, most: int) -> None:
    """Exactly the longest, a day more, two episodes in a row, two with a gap, one that is open, another code."""
    longest, longer = 1 + most, 2 + most
    spec(
        rule,
        {"cla_episodes": [2, 3, 4, 7, 8, 13, 14]},
        cla_episodes=f"""
        child | decom      | rne | {column} | dec        | place_provider
        A     | 2024-05-01 | S   | {code}   | {_day(longest)} |
        B     | 2024-05-01 | S   | {code}   | {_day(longer)}  |
        C     | 2024-05-01 | S   | {code}   | {_day(3)}       |
        C     | {_day(3)}  | L   | {code}   | {_day(longer)}  |
        D     | 2024-05-01 | S   | {code}   | {_day(3)}       |
        D     | {_day(4)}  | P   | {code}   | {_day(longer)}  |
        E     | 2025-01-01 | S   | {code}   |                 |
        F     | 2025-01-01 | S   | {code}   | 2025-03-31      |
        G     | 2025-03-30 | S   | {code}   |                 |
        H     | 2024-05-01 | S   | {other}  | 2024-12-01      |
        I     | 2024-05-01 | S   | {code}   | {_day(3)}       |
        I     | {_day(3)}  | S   | {code}   | {_day(longer)}  |
        J     | 2024-05-01 | S   | {code}   | {_day(3)}       |
        J     | {_day(3)}  |     | {code}   | {_day(longer)}  |
        K     |            | S   | {code}   | 2025-03-31      |
        L     | 2024-05-01 | S   |          | 2025-03-31      |
        """,
    )


def _day(number: int) -> str:
    """The day of that number, the first being 1 May 2024."""
    return (date(2024, 4, 30) + timedelta(days=number)).isoformat()


for _rule, _code, _most in (("361", "L1", 3), ("362", "L2", 21), ("363", "L3", 7), ("364", "J2", 21)):
    _run(_rule, "ls", _code, "C2", _most)
for _rule, _code, _most in (("375", "T1", 42), ("376", "T3", 21), ("379", "T4", 7)):
    _run(_rule, "place", _code, "U4", _most)

spec(
    "365",
    {"cla_episodes": [2, 5]},
    unread={"cla_episodes.dec": [7]},
    cla_episodes="""
    child | decom      | ls | dec
    A     | 2024-05-01 | V3 | 2024-05-18
    B     | 2024-05-01 | V3 | 2024-05-19
    C     | 2024-05-01 | V4 | 2024-07-19
    D     | 2025-03-14 | V3 |
    E     | 2025-03-13 | V3 |
    F     | 2024-05-01 | V2 |
    G     | 2024-05-01 | V3 |
    """,
)
spec(
    "366",
    {"cla_episodes": [2]},
    cla_episodes="""
    child | ls | rne
    A     | V3 | S
    B     | V3 | P
    C     | V4 | P
    D     | V2 | P
    E     | V3 |
    """,
)
# A has 75 days in the year, B 76; C has 80, but no twelve months have more than 40 of them; D has 76 of V4.
spec(
    "367",
    {"cla_episodes": [4, 5, 6, 7, 8, 19, 20, 21, 22, 23]},
    cla_episodes="""
    child | decom      | ls | dec
    A     | 2024-04-01 | V3 | 2024-05-01
    A     | 2024-06-01 | V3 | 2024-07-01
    A     | 2024-08-01 | V3 | 2024-08-16
    B     | 2024-05-01 | V3 | 2024-05-18
    B     | 2024-06-01 | V3 | 2024-06-18
    B     | 2024-07-01 | V3 | 2024-07-18
    B     | 2024-08-01 | V3 | 2024-08-18
    B     | 2024-09-01 | V3 | 2024-09-09
    C     | 2023-04-01 | V3 | 2023-05-11
    C     | 2024-05-11 | V3 | 2024-06-20
    D     | 2024-05-01 | V4 | 2024-07-16
    E     | 2025-01-15 | V3 |
    F     | 2024-05-01 | V3 | 2024-05-18
    F     | 2024-06-01 | V3 | 2024-06-18
          | 2024-05-01 | V3 | 2024-05-18
          | 2024-06-01 | V3 | 2024-06-18
          | 2024-07-01 | V3 | 2024-07-18
          | 2024-08-01 | V3 | 2024-09-18
    G     | 2024-04-02 | V3 | 2024-04-17
    G     | 2024-06-01 | V3 | 2024-06-17
    G     | 2024-07-01 | V3 | 2024-07-17
    G     | 2024-08-01 | V3 | 2024-08-17
    G     | 2025-03-17 | V3 |
    """,
)
# B's third begins within twelve months of the first, A's a year later to the day; C's two are one stay; D has two.
spec(
    "377",
    {"cla_episodes": [4, 5, 6]},
    cla_episodes="""
    child | decom      | rne | place | dec
    A     | 2024-03-01 | P   | T3    | 2024-03-08
    A     | 2024-05-01 | P   | T3    | 2024-05-08
    A     | 2025-03-01 | P   | T3    | 2025-03-08
    B     | 2024-03-02 | P   | T3    | 2024-03-08
    B     | 2024-05-01 | P   | T3    | 2024-05-08
    B     | 2025-03-01 | P   | T3    |
    C     | 2024-05-01 | P   | T3    | 2024-05-08
    C     | 2024-05-08 | L   | T3    | 2024-05-15
    C     | 2024-08-01 | P   | T3    | 2024-08-08
    D     | 2024-05-01 | P   | T3    | 2024-05-08
    D     | 2024-06-01 | P   | T4    | 2024-06-08
    D     | 2024-07-01 | P   | T3    | 2024-07-08
    """,
)
spec(
    "377",
    {"cla_episodes": [1, 2, 3, 4]},
    cla_episodes="""
    child | decom      | rne | place | dec
    A     | 2024-05-01 | P   | T3    | 2024-05-08
    A     | 2024-05-08 | P   | T3    | 2024-05-15
    A     | 2024-05-15 | L   | T3    | 2024-05-20
    A     | 2024-09-01 | P   | T3    | 2024-09-08
    B     | 2024-09-01 | P   | T3    | 2024-09-08
    """,
)
spec(
    "426",
    {"cla_episodes": [1, 3]},
    cla_episodes="""
    child | ls
    A     | V3
    A     | C2
    A     | V4
    B     | V3
    B     | V3
    C     | V4
          | V3
          | V4
    """,
)

BORN = """
    child | dob
    A     | 2007-03-01
    B     | 2012-02-29
    C     |
    """
spec(
    "302",
    {"cla_episodes": [1], "cla_header": [1]},
    cla_header="""
    child | dob
    A     | 2024-05-02
    B     | 2024-05-01
    C     |
    D     | 2024-08-01
    """,
    cla_episodes="""
    child | decom
    A     | 2024-05-01
    A     | 2024-06-01
    B     | 2024-05-01
    C     | 2024-05-01
    D     |
    E     | 2024-05-01
    """,
)
# The year ends on 31 March 2022: born on 29 February 2004, somebody is 18 on 1 March 2022.
LEAP = """
    child | dob
    A     | 2004-02-29
    B     | 2004-02-29
    C     | 2004-03-01
    D     | 2004-02-28
    """
spec(
    "352",
    {"cla_episodes": [2, 3, 4]},
    year=2023,
    cla_header=LEAP,
    cla_episodes="""
    child | decom      | rne
    A     | 2022-02-28 | S
    B     | 2022-03-01 | S
    C     | 2022-03-01 | S
    D     | 2022-02-28 | S
    A     | 2022-04-01 | P
    A     | 2022-05-01 |
    E     | 2022-05-01 | S
    """,
)
spec(
    "358",
    {"cla_episodes": [1, 3], "cla_header": [2]},
    cla_header=BORN,
    cla_episodes="""
    child | decom      | ls
    B     | 2022-02-28 | J1
    B     | 2022-03-01 | J2
    B     | 2022-02-28 | J3
    B     | 2022-02-28 | L1
    C     | 2022-02-28 | J1
    """,
)
# A is 18 on 1 March 2025: an end that day is none past the birthday.
spec(
    "359",
    {"cla_episodes": [2, 3, 5, 6]},
    unread={"cla_episodes.dec": [9]},
    cla_header="""
    child | dob
    A     | 2007-03-01
    B     | 2007-03-31
    C     | 2007-03-30
    """,
    cla_episodes="""
    child | decom      | ls | place | dec
    A     | 2024-05-01 | C2 | U4    | 2025-03-01
    A     | 2024-05-01 | C2 | U4    | 2025-03-02
    A     | 2024-05-01 | C2 | U4    |
    A     | 2024-05-01 | V2 | K2    |
    A     | 2024-05-01 | V2 | U4    |
    A     | 2024-05-01 | C2 | K2    |
    B     | 2024-05-01 | C2 | K2    |
    D     | 2024-05-01 | C2 | K2    |
    A     | 2024-05-01 | C2 | U4    |
    A     | 2024-05-01 |    |       |
    """,
)


def _young(rule: str, place: str, years: int, year: int = 2025) -> None:
    spec(
        rule,
        {"cla_episodes": [1, 3]},
        year=year,
        cla_header=f"""
        child | dob
        A     | {2022 - years}-05-02
        B     | {2022 - years}-05-01
        C     |
        """,
        cla_episodes=f"""
        child | decom      | place
        A     | 2022-05-01 | {place}
        A     | 2022-05-02 | {place}
        B     | 2022-04-30 | {place}
        B     | 2022-05-01 | {place}
        A     | 2022-05-01 | U4
        C     | 2022-05-01 | {place}
        A     |            | {place}
        """,
    )


_young("371", "H5", 14, 2023)
_young("371", "K3", 16)
_young("371", "K3", 16, 2027)
_young("372", "R5", 10)
_young("373", "S1", 4)
_young("374", "P3", 14)
spec(
    "234",
    {"cla_episodes": [1], "cla_header": [1]},
    year=2026,
    cla_header="child | dob\nA | 2015-06-02\nB | 2015-06-01",
    cla_episodes="""
    child | decom      | dec        | reason_place_change
    A     | 2025-04-01 | 2025-06-01 | CUSTOD
    B     | 2025-04-01 | 2025-06-01 | CUSTOD
    A     | 2025-06-01 | 2025-08-01 | CUSTOD
    A     | 2025-04-01 | 2025-06-01 | CARPL
    A     | 2025-08-01 | 2025-09-01 |
    """,
)


def _leaving(rule: str, reasons: tuple[str, str], years: int, *, young: bool) -> None:
    """The day before the birthday, the birthday itself, another reason, no birth date, no end."""
    broken = [1, 3] if young else [2, 4]
    both = {"cla_header": [1]} if rule == "407" else {}
    spec(
        rule,
        {"cla_episodes": broken, **both},
        cla_header=f"child | dob\nA | {2024 - years}-06-02\nB |",
        cla_episodes=f"""
        child | decom      | dec        | rec
        A     | 2024-05-01 | 2024-06-01 | {reasons[0]}
        A     | 2024-05-01 | 2024-06-02 | {reasons[0]}
        A     | 2024-05-02 | 2024-06-01 | {reasons[1]}
        A     | 2024-05-02 | 2024-06-02 | {reasons[1]}
        A     | 2024-05-02 | 2024-06-01 | E8
        A     | 2024-05-02 | 2024-06-02 | E8
        B     | 2024-05-02 | 2024-06-02 | {reasons[0]}
        A     | 2024-05-02 |            | {reasons[0]}
        A     | 2024-05-02 | 2024-06-02 |
        """,
    )


_leaving("386", ("E11", "E12"), 18, young=False)
_leaving("387", ("E5", "E6"), 14, young=True)
_leaving("389", ("E7", "E7"), 16, young=True)
_leaving("407", ("E45", "E48"), 18, young=False)
_leaving("407", ("E46", "E47"), 18, young=False)
_leaving("460", ("E17", "E17"), 18, young=True)
