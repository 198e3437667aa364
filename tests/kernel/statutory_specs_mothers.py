"""Small tables for the Department's rules of OC3 that are about mothers."""

from tests.kernel.statutory_specs import spec

for year, male, female in ((2023, "1", "2"), (2024, "1", "2"), (2025, "M", "F"), (2027, "M", "F")):
    spec(
        "165",
        {"cla_header": [1, 2, 3, 4, 9]},
        year=year,
        cla_episodes=f"""
        child | decom         | ls | dec
        D     | 2020-05-01    | C2 |
        E     | 2020-05-01    | V4 |
        F     | 2019-05-01    | C2 | {year - 1}-03-31
        G     | 2020-05-01    | C2 |
        I     | {year}-03-31  | C2 |
        J     | {year}-04-01  | C2 |
        """,
        cla_header=f"""
        child | sex      | mother
        A     | {female} | 2
        B     | {male}   | 0
        C     | {male}   | 1
        D     | {female} |
        E     | {female} |
        F     | {female} |
        G     | {female} | 0
        H     | {male}   |
        I     | {female} |
        J     | {female} |
        K     |          | 1
        """,
    )
spec(
    "628",
    {"cla_header": [1, 5]},
    cla_episodes="""
    child | decom      | dec
    B     | 2023-05-01 | 2024-04-01
    E     | 2023-05-01 | 2024-03-31
    """,
    cla_oc3="""
    child | in_touch
    A     | YES
    B     | YES
    C     | YES
    E     | YES
    """,
    cla_header="""
    child | mother
    A     | 0
    B     | 0
    C     |
    D     | 1
    E     | 1
    """,
)
