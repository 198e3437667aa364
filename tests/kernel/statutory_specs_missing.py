"""Small tables for the Department's rules of the files Reviews and Missing."""

from tests.kernel.statutory_specs import spec

spec(
    "166",
    {"cla_reviews": [2, 3]},
    unread={"cla_reviews.review": [3]},
    cla_reviews="child | review | review_code\nA | 2024-05-01 | PN1\nB | | PN1\nC | | PN1",
)
spec("167", {"cla_reviews": [2, 3]}, cla_reviews="child | review_code\nA | PN7\nB |\nC | PN8\nD | PN0")
spec(
    "399",
    {"cla_header": [1], "cla_reviews": [2], "cla_episodes": [1, 2, 6]},
    cla_header="child | sex | mother\nA | F | 1\nB | F |\nC | F | 0\nD | F |",
    cla_reviews="child | review | review_code\nC | 2024-05-01 | PN1\nB | 2024-05-01 |\nD | |",
    cla_episodes="""
    child | ls
    A     | V3
    B     | V4
    C     | C2
    D     | V3
    B     | C2
    B     | V3
    """,
)
AGES = """
    child | dob        | review     | review_code
    A     | 2020-05-01 | 2024-05-01 | PN0
    B     | 2020-05-01 | 2024-04-30 | PN0
    C     | 2020-05-01 | 2024-05-01 | PN1
    D     | 2020-05-01 | 2024-04-30 | PN7
    E     |            | 2024-04-30 | PN0
    F     | 2020-05-01 |            | PN0
    G     | 2020-05-01 | 2024-04-30 |
    H     | 2020-05-01 | 2024-04-30 | PN9
    I     | 2020-02-29 | 2024-02-28 | PN0
    J     | 2020-02-29 | 2024-02-29 | PN1
    """
spec("440", {"cla_reviews": [1]}, cla_reviews=AGES)
spec("441", {"cla_reviews": [4]}, cla_reviews=AGES)

FILLED = """
    child | missing | mis_start  | mis_end
    A     | M       | 2024-05-01 | 2024-05-02
    B     | M       |            |
    C     |         | 2024-05-01 |
    D     |         |            | 2024-05-02
    E     | A       | 2024-05-02 | 2024-05-02
    F     | A       | 2024-05-03 | 2024-05-02
    G     | X       |            |
    H     | A       |            |
    I     | A       | 2024-05-01 |
    """
UNREAD = {"cla_missing.mis_start": [8], "cla_missing.mis_end": [9]}
spec("564", {"cla_missing": [2]}, unread=UNREAD, cla_missing=FILLED)
spec("565", {"cla_missing": [3]}, unread=UNREAD, cla_missing=FILLED)
spec("566", {"cla_missing": [4]}, unread=UNREAD, cla_missing=FILLED)
spec("567", {"cla_missing": [6]}, unread=UNREAD, cla_missing=FILLED)
spec("1004", {"cla_missing": [8]}, unread=UNREAD, cla_missing=FILLED)
spec("1005", {"cla_missing": [9]}, unread=UNREAD, cla_missing=FILLED)
spec("1006", {"cla_missing": [7]}, unread=UNREAD, cla_missing=FILLED)
EDGES = """
    child | missing | mis_start  | mis_end
    A     | M       | 2025-03-31 | 2025-03-31
    B     | M       | 2025-04-01 | 2025-04-01
    C     | M       | 2024-03-31 | 2024-03-31
    D     | M       | 2024-03-31 | 2024-04-01
    E     | M       | 2024-03-31 |
    """
spec("570", {"cla_missing": [2]}, cla_missing=EDGES)
spec("571", {"cla_missing": [2, 3]}, cla_missing=EDGES)
spec(
    "574",
    {"cla_missing": [1, 2, 5, 6, 9, 10, 11]},
    cla_missing="""
    child | mis_start  | mis_end
    A     | 2024-05-01 | 2024-05-03
    A     | 2024-05-02 | 2024-05-04
    B     | 2024-05-01 | 2024-05-03
    B     | 2024-05-03 | 2024-05-04
    C     | 2024-05-01 |
    C     | 2024-05-02 | 2024-05-04
    D     | 2024-05-01 | 2024-05-04
    E     | 2024-05-01 | 2024-05-04
    F     | 2024-05-01 | 2024-06-30
    F     | 2024-05-02 | 2024-05-03
    F     | 2024-06-01 |
    G     |            |
    G     | 2024-05-01 |
          | 2024-05-01 |
          | 2024-05-02 |
    """,
)
spec(
    "575",
    {"cla_missing": [1, 5], "cla_episodes": [1, 7]},
    cla_episodes="""
    child | decom      | rne | dec        | rec
    A     | 2024-04-01 | S   | 2024-06-01 | X1
    A     | 2024-06-01 | P   |            |
    B     | 2024-04-01 | S   | 2024-06-01 | X1
    B     | 2024-06-01 | L   |            |
    C     | 2024-04-01 | S   | 2024-06-01 | X1
    C     | 2024-06-01 | P   |            |
    D     | 2024-04-01 | S   | 2024-06-01 | E4A
    E     | 2024-04-01 | S   | 2024-06-01 | E4A
    """,
    cla_missing="""
    child | mis_start  | mis_end
    A     | 2024-05-20 |
    A     | 2024-06-01 |
    B     | 2024-05-20 |
    C     | 2024-05-20 | 2024-06-01
    D     | 2024-06-01 |
    E     | 2024-06-02 |
    F     | 2024-05-20 |
    """,
)
spec(
    "576",
    {"cla_missing": [1]},
    last={
        "cla_missing": """
        child | mis_start  | mis_end
        A     | 2024-03-20 |
        B     | 2024-03-20 |
        C     | 2024-03-20 | 2024-03-21
        """
    },
    cla_missing="""
    child | mis_start  | mis_end
    A     | 2024-03-21 | 2024-04-02
    A     | 2024-05-21 | 2024-06-02
    B     | 2024-03-20 | 2024-04-02
    C     | 2024-05-20 | 2024-06-02
    """,
)
CARE = """
    child | decom      | rne | dec        | rec
    A     | 2023-04-01 | S   | 2024-06-01 | X1
    A     | 2024-06-01 | P   | 2024-08-01 | E4A
    A     | 2024-10-01 | S   |            |
    B     | 2024-04-01 | S   | 2024-06-01 | E8
    C     | 2024-04-01 | S   | 2024-06-01 | X1
    D     | 2024-04-01 | S   |            |
    E     | 2024-04-01 | S   | 2024-06-01 |
    F     |            | S   | 2024-06-01 | E4A
    """
TIMES = """
    child | mis_start  | mis_end
    A     | 2024-07-31 |
    A     | 2024-08-01 | 2024-08-01
    A     | 2024-08-02 | 2024-08-03
    A     | 2024-10-01 |
    A     | 2023-03-31 | 2024-04-02
    B     | 2024-05-30 |
    B     | 2024-05-30 | 2024-06-01
    B     | 2024-06-02 |
    C     | 2024-05-30 |
    D     | 2024-03-31 |
    E     | 2024-05-30 |
    F     | 2024-05-30 |
    A     | 2024-07-30 | 2024-07-31
    A     | 2024-07-30 |
    """
AT = {"cla_missing.mis_end": [14]}
spec("577", {"cla_missing": [1, 6], "cla_episodes": [2, 4]}, unread=AT, cla_episodes=CARE, cla_missing=TIMES)
spec("578", {"cla_missing": [3, 8], "cla_episodes": [2, 4]}, unread=AT, cla_episodes=CARE, cla_missing=TIMES)
spec("580", {"cla_missing": [1, 2], "cla_episodes": [2]}, unread=AT, cla_episodes=CARE, cla_missing=TIMES)
spec("581", {"cla_missing": [5, 10], "cla_episodes": [1, 6]}, unread=AT, cla_episodes=CARE, cla_missing=TIMES)
spec(
    "586",
    {"cla_missing": [2]},
    cla_missing="""
    child | dob        | mis_start
    A     | 2024-05-01 | 2024-05-01
    B     | 2024-05-01 | 2024-04-30
    C     |            | 2024-04-30
    D     | 2024-05-01 |
    """,
)
