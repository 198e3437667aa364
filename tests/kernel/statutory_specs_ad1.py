"""Small tables for the Department's rules of AD1. The year is 1 April 2024 to 31 March 2025."""

from tests.kernel.statutory_specs import spec

for code, column in (("112", "date_int"), ("113", "date_match")):
    spec(
        code,
        {"cla_ad1": [2]},
        unread={f"cla_ad1.{column}": [2]},
        cla_ad1=f"child | {column}\nA | 2024-05-01\nB |\nC |",
    )
spec("114", {"cla_ad1": [1, 2]}, cla_ad1="child | foster_care\nA | 2\nB | Y\nC | 0\nD | 1\nE |")
spec(
    "151",
    {"cla_ad1": [2, 3]},
    cla_ad1="""
    child | date_int   | date_match | foster_care | nb_adoptr | sex_adoptr | ls_adoptr
    A     | 2024-05-01 | 2024-06-01 | 0           | 2         | MF         | L11
    B     | 2024-05-01 | 2024-06-01 | 0           | 2         | MF         |
    C     |            |            | 0           |           |            |
    D     |            |            |             |           |            |
    """,
)
spec("175", {"cla_ad1": [1, 2]}, cla_ad1="child | nb_adoptr\nA | 0\nB | 3\nC | 1\nD | 2\nE |")
spec(
    "176",
    {"cla_ad1": [1, 2]},
    cla_ad1="child | sex_adoptr\nA | M\nB | F2\nC | M1\nD | F1\nE | MM\nF | FF\nG | MF\nH |",
)
spec(
    "177",
    {"cla_ad1": [1, 2]},
    cla_ad1="child | ls_adoptr\nA | L1\nB | L5\nC | L0\nD | L11\nE | L12\nF | L2\nG | L3\nH | L4\nI |",
)
spec(
    "331",
    {"cla_ad1": [1], "cla_episodes": [2]},
    cla_episodes="""
    child | decom      | place | dec        | rec
    A     | 2023-05-01 | A4    | 2024-05-01 | X1
    A     | 2024-05-01 | A4    | 2024-09-01 | E11
    B     | 2024-05-01 | A4    | 2024-09-01 | E12
    C     | 2024-05-01 | A4    | 2024-09-01 | E4A
    D     | 2024-05-01 | A4    | 2024-09-01 | E11
    """,
    cla_ad1="""
    child | date_match
    A     | 2024-05-02
    B     | 2024-05-01
    C     | 2024-06-01
    D     |
    E     | 2024-06-01
    """,
)
spec(
    "333",
    {"cla_ad1": [1]},
    cla_ad1="""
    child | date_int   | date_match
    A     | 2024-05-02 | 2024-05-01
    B     | 2024-05-01 | 2024-05-01
    C     | 2024-05-02 |
    D     |            | 2024-05-01
    """,
)
spec(
    "334",
    {"cla_ad1": [1, 3]},
    cla_episodes="""
    child | decom      | rne | dec        | rec
    A     | 2023-05-01 | S   | 2023-06-01 | E4A
    A     | 2023-07-01 | S   |            |
    B     | 2023-05-01 | S   |            |
    C     | 2023-05-01 | S   | 2024-06-01 | X1
    C     | 2024-06-01 | L   |            |
    D     | 2023-05-01 | P   |            |
    """,
    cla_ad1="""
    child | date_int
    A     | 2023-06-30
    B     | 2023-05-01
    C     | 2023-04-30
    D     | 2023-04-30
    B     |
    E     | 2023-04-30
    """,
)
spec(
    "335",
    {"cla_ad1": [1, 2, 3, 4]},
    cla_episodes="""
    child | decom      | place
    A     | 2023-05-01 | A4
    A     | 2024-05-01 | A3
    B     | 2023-05-01 | A5
    C     | 2023-05-01 | A4
    D     | 2023-05-01 | A6
    E     | 2023-05-01 | U1
    F     | 2023-05-01 |
    """,
    cla_ad1="""
    child | foster_care
    A     | 0
    B     | 0
    C     | 1
    D     | 1
    A     | 1
    C     | 0
    E     | 0
    E     | 1
    F     | 1
    A     |
    """,
)
spec(
    "511",
    {"cla_ad1": [1, 2]},
    cla_ad1="""
    child | nb_adoptr | sex_adoptr
    A     | 2         | M1
    B     | 2         | F1
    C     | 2         | MM
    D     | 2         | FF
    E     | 2         | MF
    F     | 1         | M1
    G     | 2         |
    """,
)
STATUSES = {
    "514": ("L0", ("MM", "FF", "MF"), ("M1", "F1")),
    "517": ("L3", ("MM", "FF", "M1", "F1"), ("MF",)),
    "518": ("L4", ("MF", "M1", "F1"), ("MM", "FF")),
    "519": ("L2", ("M1", "F1"), ("MM", "FF", "MF")),
    "520": ("L11", ("MM", "FF", "M1", "F1"), ("MF",)),
    "524": ("L12", ("MF", "M1", "F1"), ("MM", "FF")),
}
for code, (status, broken, kept) in STATUSES.items():
    other = "L4" if status != "L4" else "L3"
    rows = [
        *(f"{sex} | {status} | {sex}" for sex in (*broken, *kept)),
        f"A | {status} |",
        f"B | | {broken[0]}",
        f"C | {other} | {broken[0]}",
    ]
    spec(
        code,
        {"cla_ad1": list(range(1, len(broken) + 1))},
        cla_ad1="\n".join(("child | ls_adoptr | sex_adoptr", *rows)),
    )
spec(
    "521",
    {"cla_ad1": [1], "cla_episodes": [2]},
    cla_episodes="""
    child | decom      | place
    A     | 2023-05-01 | U1
    A     | 2023-08-01 | A5
    A     | 2023-12-01 | A5
    B     | 2023-08-01 | A3
    C     | 2023-05-01 | U1
    D     | 2023-05-01 | A6
    """,
    cla_ad1="""
    child | date_int
    A     | 2023-12-01
    B     | 2023-08-01
    C     | 2023-12-01
    D     |
    E     | 2023-12-01
    """,
)
spec(
    "523",
    {"cla_ad1": [1], "cla_placed_adoption": [1, 2]},
    cla_ad1="""
    child | date_int
    A     | 2024-05-01
    B     | 2024-05-01
    C     | 2024-05-01
    D     |
    E     | 2024-05-01
    """,
    cla_placed_adoption="""
    child | date_placed
    A     | 2024-05-02
    A     | 2024-04-30
    A     |
    B     | 2024-05-01
    C     | 2023-05-01
    C     | 2024-05-01
    D     | 2024-05-01
    E     |
    """,
)
spec(
    "525",
    {"cla_ad1": [1], "cla_placed_adoption": [1]},
    cla_ad1="""
    child | date_int   | ls_adoptr
    A     |            | L0
    B     |            |
    C     | 2024-05-01 | L0
    D     | 2024-05-01 | L0
    """,
    cla_placed_adoption="""
    child | date_placed | date_placed_ceased
    A     | 2024-05-01  | 2024-06-01
    B     | 2024-05-01  | 2024-06-01
    C     | 2024-05-01  |
    D     | 2023-05-01  | 2023-06-01
    D     | 2024-05-01  |
    E     | 2024-05-01  | 2024-06-01
    """,
)
spec(
    "582",
    {"cla_ad1": [1], "cla_episodes": [1]},
    cla_episodes="""
    child | decom      | dec        | rec
    A     | 2023-05-01 | 2024-05-01 | E11
    B     | 2023-05-01 | 2024-05-01 | E12
    C     | 2023-05-01 | 2024-05-01 | E4A
    D     | 2023-05-01 |            | E11
    """,
    cla_ad1="""
    child | date_match
    A     | 2024-05-01
    B     | 2024-04-30
    C     | 2024-05-01
    D     |
    """,
)
ADOPTIONS = """
    child | decom      | dec        | rec
    A     | 2023-05-01 | 2024-04-01 | E11
    B     | 2023-05-01 | 2025-03-31 | E12
    C     | 2023-05-01 | 2024-05-01 | E11
    D     | 2023-05-01 | 2024-03-31 | E11
    E     | 2023-05-01 | 2025-04-01 | E12
    F     | 2023-05-01 | 2024-05-01 | E4A
    """
WHOLE = "2023-05-01 | 2023-06-01 | 0           | 2         | MF         | L11"
HEADING = "child | date_int   | date_match | foster_care | nb_adoptr | sex_adoptr | ls_adoptr"
spec(
    "601",
    {"cla_ad1": [2], "cla_episodes": [2, 3]},
    cla_episodes=ADOPTIONS,
    cla_ad1=f"""
    {HEADING}
    A     | {WHOLE}
    B     | 2023-05-01 | 2023-06-01 | 0           | 2         |            | L11
    D     |            |            |             |           |            |
    F     | 2023-05-01 |            |             |           |            |
    """,
)
spec(
    "602",
    {"cla_ad1": [3, 4, 5, 7]},
    cla_episodes=ADOPTIONS,
    cla_ad1=f"""
    {HEADING}
    A     | {WHOLE}
    B     | {WHOLE}
    D     | {WHOLE}
    E     | {WHOLE}
    F     |            |            |             | 1         |            |
    F     |            |            |             |           |            |
    G     | {WHOLE}
    """,
)
