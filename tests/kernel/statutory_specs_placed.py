"""Small tables for the Department's rules of decisions to place for adoption. The year ends on 31 March 2025."""

from tests.kernel.statutory_specs import spec

for code, column in (("115", "date_placed"), ("116", "date_placed_ceased")):
    spec(
        code,
        {"cla_placed_adoption": [2]},
        unread={f"cla_placed_adoption.{column}": [2]},
        cla_placed_adoption=f"child | {column}\nA | 2024-05-01\nB |\nC |",
    )
spec(
    "117",
    {"cla_placed_adoption": [1, 2, 4, 5]},
    cla_episodes="""
    child | decom      | rne | dec        | rec
    A     | 2023-05-01 | S   |            |
    B     | 2023-05-01 | S   | 2024-05-01 | X1
    B     | 2024-05-01 | P   | 2024-09-01 | E4A
    C     | 2023-05-01 | S   | 2024-05-01 | E4A
    C     | 2024-07-01 | S   |            |
    """,
    cla_placed_adoption="""
    child | date_placed | date_placed_ceased
    A     | 2025-04-01  |
    A     | 2024-05-01  | 2025-04-01
    A     | 2025-03-31  | 2025-03-31
    B     | 2024-09-02  |
    B     | 2024-06-01  | 2024-09-02
    B     | 2024-06-01  | 2024-09-01
    C     | 2024-08-01  |
    D     | 2024-08-01  |
    """,
)
spec(
    "118",
    {"cla_placed_adoption": [1, 3, 6]},
    cla_episodes="""
    child | decom      | ls
    A     | 2023-05-01 | C2
    B     | 2024-04-05 | V3
    B     | 2024-06-01 | C2
    C     | 2024-06-01 | C2
    """,
    cla_placed_adoption="""
    child | date_placed_ceased
    A     | 2024-03-31
    A     | 2024-04-01
    B     | 2024-05-31
    B     | 2024-06-01
    C     |
    D     | 2024-03-31
    """,
)
spec(
    "119",
    {"cla_placed_adoption": [1, 2, 6]},
    unread={"cla_placed_adoption.date_placed_ceased": [5, 6]},
    cla_placed_adoption="""
    child | date_placed_ceased | reason_placed_ceased
    A     | 2024-05-01         |
    B     |                    | RD1
    C     | 2024-05-01         | RD1
    D     |                    |
    E     |                    | RD1
    F     |                    |
    """,
)
spec(
    "120",
    {"cla_placed_adoption": [1]},
    cla_placed_adoption="child | reason_placed_ceased\nA | RD5\nB | RD1\nC | RD4\nD |",
)
spec(
    "184",
    {"cla_placed_adoption": [1, 3]},
    cla_header="child | dob\nA | 2024-05-02\nC | 2024-05-02",
    cla_placed_adoption="""
    child | dob        | date_placed
    A     | 2024-05-02 | 2024-05-01
    B     | 2024-05-01 | 2024-05-01
    C     |            | 2024-05-01
    D     |            | 2024-05-01
    E     | 2024-05-01 |
    """,
)
spec(
    "522",
    {"cla_placed_adoption": [1]},
    cla_placed_adoption="""
    child | date_placed | date_placed_ceased
    A     | 2024-05-02  | 2024-05-01
    B     | 2024-05-01  | 2024-05-01
    C     | 2024-05-01  |
    D     |             | 2024-05-01
    """,
)
spec(
    "551",
    {"cla_episodes": [1, 2, 5], "cla_placed_adoption": [1]},
    cla_episodes="""
    child | decom      | place
    A     | 2024-05-01 | A3
    B     | 2024-05-01 | A4
    C     | 2024-05-01 | A5
    D     | 2024-05-01 | U1
    E     | 2024-05-01 | A6
    """,
    cla_placed_adoption="""
    child | date_placed
    A     |
    C     | 2024-04-01
    C     |
    D     |
    """,
)
LATE = """
    child | date_placed
    A     | 2024-05-02
    B     | 2024-05-01
    C     | 2024-04-01
    C     | 2024-06-01
    D     | 2024-06-01
    E     |
    """
spec(
    "552",
    {"cla_episodes": [2], "cla_placed_adoption": [1]},
    cla_episodes="""
    child | decom      | place
    A     | 2024-04-01 | U1
    A     | 2024-05-01 | A3
    A     | 2024-05-02 | A4
    B     | 2024-05-01 | A5
    C     | 2024-05-01 | A6
    D     | 2024-05-01 | U1
    E     | 2024-05-01 | A3
    """,
    cla_placed_adoption=LATE,
)
for code, status, year in (("553", "E1", 2025), ("555", "D1", 2024)):
    spec(
        code,
        {"cla_episodes": [1, 2], "cla_placed_adoption": [1]},
        year=year,
        cla_episodes=f"""
        child | decom      | ls
        A     | 2024-05-01 | {status}
        B     | 2024-05-01 | {status}
        C     | 2024-05-01 | {status}
        D     | 2024-05-01 | C2
        """,
        cla_placed_adoption="""
        child | date_placed
        A     |
        C     | 2024-04-01
        D     |
        """,
    )
for code, status, year in (("554", "E1", 2025), ("556", "D1", 2024)):
    spec(
        code,
        {"cla_episodes": [2], "cla_placed_adoption": [1]},
        year=year,
        cla_episodes=f"""
        child | decom      | ls
        A     | 2024-04-01 | C1
        A     | 2024-05-01 | {status}
        A     | 2024-05-02 | {status}
        B     | 2024-05-01 | {status}
        C     | 2024-05-01 | {status}
        D     | 2024-05-01 | C2
        E     | 2024-05-01 | {status}
        """,
        cla_placed_adoption=LATE,
    )
for year, freed in ((2024, [7]), (2025, [])):
    spec(
        "557",
        {"cla_episodes": [1, 2, 3, *freed], "cla_placed_adoption": [1, 2]},
        year=year,
        cla_episodes="""
        child | decom      | place | ls | dec        | rec
        A     | 2024-05-01 | A3    | C2 | 2024-06-01 | E4A
        B     | 2024-05-01 | U1    | E1 | 2024-06-01 | E8
        C     | 2024-05-01 | A4    | E1 | 2024-06-01 | E45
        D     | 2024-05-01 | A4    | E1 | 2024-06-01 | E4A
        E     | 2024-05-01 | A4    | E1 | 2024-06-01 | E11
        F     | 2024-05-01 | A4    | E1 | 2024-06-01 | X1
        G     | 2024-05-01 | U1    | D1 | 2024-06-01 | E4A
        H     | 2024-05-01 | U1    | C2 | 2024-06-01 | E4A
        I     | 2024-05-01 | A3    | E1 |            |
        """,
        cla_placed_adoption="""
        child | date_placed | date_placed_ceased | reason_placed_ceased
        A     | 2024-04-01  |                    |
        B     | 2024-04-01  | 2024-05-15         |
        D     | 2024-04-01  | 2024-05-15         | RD1
        E     | 2024-04-01  |                    |
        F     | 2024-04-01  |                    |
        H     | 2024-04-01  |                    |
        I     | 2024-04-01  |                    |
        """,
    )
spec(
    "558",
    {"cla_episodes": [1], "cla_placed_adoption": [1]},
    cla_episodes="""
    child | decom      | dec        | rec
    A     | 2024-05-01 | 2024-06-01 | E12
    B     | 2024-05-01 | 2024-06-01 | E11
    C     | 2024-05-01 | 2024-06-01 | E4A
    D     | 2024-05-01 | 2024-06-01 | E11
    """,
    cla_placed_adoption="""
    child | date_placed | date_placed_ceased
    A     | 2024-04-01  | 2024-05-15
    B     | 2024-04-01  |
    C     | 2024-04-01  | 2024-05-15
    D     | 2023-04-01  | 2023-05-15
    D     | 2024-04-01  |
    """,
)
spec(
    "559",
    {"cla_placed_adoption": [1, 3]},
    last={"cla_placed_adoption": "child | date_placed\nB | 2024-03-31\nC |\nD | 2023-01-01"},
    cla_placed_adoption="""
    child | date_placed
    A     | 2024-03-31
    B     | 2024-03-31
    C     | 2024-03-31
    D     | 2024-03-31
    E     | 2024-04-01
    F     |
    """,
)
LAST = """
    child | date_placed | date_placed_ceased
    A     | 2023-06-01  |
    B     | 2023-06-01  |
    C     | 2023-06-01  | 2023-09-01
    D     | 2023-06-01  |
    E     | 2023-06-01  |
    G     | 2023-06-01  | 2023-09-01
    H     | 2023-06-01  | 2023-09-01
    H     | 2023-12-01  |
    """
NOW = """
    child | date_placed | date_placed_ceased
    A     | 2023-06-02  |
    B     | 2023-06-01  |
    C     | 2023-06-02  |
    D     | 2023-06-01  | 2024-06-01
    D     | 2024-07-01  |
    E     | 2023-06-02  | 2024-06-01
    F     | 2023-06-02  |
    G     | 2023-06-01  |
    H     | 2023-12-01  |
    A     |             |
    """
for code, rows in (("560", [1]), ("561", [8]), ("584", [3])):
    spec(code, {"cla_placed_adoption": rows}, last={"cla_placed_adoption": LAST}, cla_placed_adoption=NOW)
spec(
    "563",
    {"cla_placed_adoption": [1, 2]},
    unread={"cla_placed_adoption.date_placed": [5]},
    cla_placed_adoption="""
    child | date_placed | date_placed_ceased | reason_placed_ceased
    A     |             | 2024-05-15         |
    B     |             |                    | RD1
    C     | 2024-04-01  | 2024-05-15         | RD1
    D     |             |                    |
    E     |             | 2024-05-15         | RD1
    """,
)
SEVERAL = """
    child | date_placed | date_placed_ceased
    A     | 2023-06-01  | 2024-06-01
    A     | 2024-06-01  |
    B     | 2023-06-01  | 2024-06-01
    B     | 2024-05-31  |
    C     | 2024-06-01  |
    C     | 2023-06-01  |
    D     | 2023-06-01  | 2024-12-01
    D     | 2023-07-01  | 2023-08-01
    D     | 2024-10-01  | 2024-11-01
    E     | 2023-06-01  |
    E     |             |
          | 2023-06-01  |
          | 2023-06-01  |
    F     | 2023-06-01  |
    F     | 2023-06-01  |
    G     | 2023-06-01  |
    G     | 2023-07-01  |
    """
for code, rows in (("579", [3, 4, 5, 6, 7, 8, 9, 14, 15]), ("583", [5, 6])):
    spec(
        code,
        {"cla_placed_adoption": rows},
        unread={"cla_placed_adoption.date_placed_ceased": [16]},
        cla_placed_adoption=SEVERAL,
    )
spec(
    "1003",
    {"cla_placed_adoption": [1]},
    cla_episodes="""
    child | decom      | rne
    A     | 2024-05-01 | S
    B     | 2024-05-01 | P
    B     | 2024-06-01 | S
    C     | 2024-05-01 | S
    C     | 2024-07-01 | S
    """,
    cla_placed_adoption="""
    child | date_placed
    A     | 2024-04-30
    A     | 2024-05-01
    B     | 2024-04-30
    C     | 2024-06-01
    C     |
    D     | 2024-04-30
    """,
)
