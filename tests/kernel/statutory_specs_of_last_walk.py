"""Rows of their own for rules that shared a table with others, and for branches that no table had yet.

Each of 503A to J has its columns alone here, so that it is seen to need no other; last year's cells that could not be
read are drawn with `unread_last`.
"""

from tests.kernel.statutory_specs import spec

# A is as it was, B another, C blank now, D blank then, E ended then, F ended on a day that cannot be read, G has two
# episodes then of which the last is open, H two now of which the first goes on, I none then, J starts on another day.
CARRIED_LAST = """
    child | decom      | dec        | {0}
    A     | 2023-05-01 |            | {1}
    B     | 2023-05-01 |            | {1}
    C     | 2023-05-01 |            | {1}
    D     | 2023-05-01 |            |
    E     | 2023-05-01 | 2024-03-31 | {1}
    F     | 2023-05-01 |            | {1}
    G     | 2023-05-01 | 2024-02-29 | {2}
    G     | 2024-02-29 |            | {1}
    H     | 2023-05-01 |            | {1}
    J     | 2023-05-01 |            | {1}
    """
CARRIED_NOW = """
    child | decom      | {0}
    A     | 2023-05-01 | {1}
    B     | 2023-05-01 | {2}
    C     | 2023-05-01 |
    D     | 2023-05-01 | {2}
    E     | 2024-04-01 | {2}
    F     | 2023-05-01 | {2}
    G     | 2024-02-29 | {2}
    H     | 2024-06-01 | {2}
    H     | 2023-05-01 | {1}
    I     | 2024-04-01 | {2}
    J     | 2023-05-02 | {2}
    """
for _code, _column, _was, _is in (
    ("503A", "rne", "S", "P"), ("503B", "ls", "C2", "C1"), ("503C", "cin", "N1", "N8"),
    ("503D", "place", "U4", "U1"), ("503E", "place_provider", "PR1", "PR4"), ("503F", "urn", "SC1", "SC2"),
    ("503G", "pl_distance", "10.0", "10.2"), ("503H", "pl_la", "E10000003", "E10000004"),
    ("503J", "pl_location", "IN", "OUT"),
):  # fmt: skip
    spec(
        _code,
        {"cla_episodes": [2, 7, 11]},
        last={"cla_episodes": CARRIED_LAST.format(_column, _was, _is)},
        unread_last={"cla_episodes.dec": [6]},
        cla_episodes=CARRIED_NOW.format(_column, _was, _is),
    )
# Distances that a directory's grid moves by a tenth of a mile are the same: up to 0.2 they are, either way.
spec(
    "503G",
    {"cla_episodes": [2, 4]},
    last={
        "cla_episodes": "child | decom | dec | pl_distance" + "".join(f"\n{who} | 2023-05-01 | | 0.3" for who in "ABCD")
    },
    cla_episodes="""
    child | decom      | pl_distance
    A     | 2023-05-01 | 0.4
    B     | 2023-05-01 | 0.5
    C     | 2023-05-01 | 0.2
    D     | 2023-05-01 | 0.1
    """,
)
# An authority by the Department's number and by its ONS code cannot be told apart.
spec(
    "503H",
    {"cla_episodes": [2]},
    last={"cla_episodes": "child | decom | dec | pl_la\nA | 2023-05-01 | | 830\nB | 2023-05-01 | | 830"},
    cla_episodes="child | decom | pl_la\nA | 2023-05-01 | E10000007\nB | 2023-05-01 | 831",
)

# A's day is another; B's is the same; C's was reversed this year, and D's last year on a day that cannot be read; E has
# the old one and a new one beside it; F's day of last year cannot be read; G's reversal of this year cannot be read;
# H was not in last year's return; I's is blank now; J has two rows, neither with the day of last year.
spec(
    "560",
    {"cla_placed_adoption": [1, 11, 12]},
    last={
        "cla_placed_adoption": """
        child | date_placed | date_placed_ceased
        A     | 2023-06-01  |
        B     | 2024-02-29  |
        C     | 2023-06-01  |
        D     | 2023-06-01  |
        E     | 2023-06-01  |
        F     |             |
        G     | 2023-06-01  |
        I     | 2023-06-01  |
        J     | 2023-06-01  |
        """
    },
    unread_last={"cla_placed_adoption.date_placed_ceased": [4], "cla_placed_adoption.date_placed": [6]},
    unread={"cla_placed_adoption.date_placed_ceased": [8]},
    cla_placed_adoption="""
    child | date_placed | date_placed_ceased
    A     | 2023-06-11  |
    B     | 2024-02-29  |
    C     | 2023-06-02  | 2024-05-01
    D     | 2023-06-02  |
    E     | 2023-06-01  | 2024-05-01
    E     | 2024-06-01  |
    F     | 2023-06-02  |
    G     | 2023-06-02  |
    H     | 2023-06-02  |
    I     |             |
    J     | 2023-06-02  |
    J     | 2024-06-02  |
    """,
)
# A's day was reversed last year, B's on a day that cannot be read; C's stood; D's second row has the day of the one
# that was reversed; E's is a new day; F's day is blank.
REVERSED_LAST = """
    child | date_placed | date_placed_ceased
    A     | 2023-06-01  | 2023-09-01
    B     | 2023-06-01  |
    C     | 2023-06-01  |
    D     | 2024-02-29  | 2024-02-29
    E     | 2023-06-01  | 2024-03-31
    F     | 2023-06-01  | 2023-09-01
    G     | 2023-06-01  | 2023-09-01
    G     | 2023-10-01  |
    """
REVERSED_NOW = """
    child | date_placed | date_placed_ceased
    A     | 2023-06-01  |
    B     | 2023-06-01  | 2024-05-01
    C     | 2023-06-01  |
    D     | 2024-04-01  |
    D     | 2024-02-29  |
    E     | 2024-04-01  |
    F     |             |
    G     | 2023-12-01  |
    H     | 2023-06-01  |
    """
for _code, _rows in (("561", [1, 2, 5]), ("584", [4, 6])):
    spec(
        _code,
        {"cla_placed_adoption": _rows},
        last={"cla_placed_adoption": REVERSED_LAST},
        unread_last={"cla_placed_adoption.date_placed_ceased": [2]},
        cla_placed_adoption=REVERSED_NOW,
    )

# A was open; B's end cannot be read; C's last ended on 31 March; D's open one is not the last; E has an episode this
# year; F's three items are blank, G tells one; H has no day of start last year; I was not in last year's return.
spec(
    "1010",
    {"cla_oc3": [1, 7]},
    last={
        "cla_episodes": """
        child | decom      | dec
        A     | 2024-02-29 |
        B     | 2023-05-01 |
        C     | 2023-05-01 | 2024-03-31
        D     | 2023-05-01 |
        D     | 2023-06-01 | 2023-07-01
        E     | 2023-05-01 |
        F     | 2023-05-01 |
        G     | 2023-05-01 | 2023-06-01
        G     | 2023-06-01 |
        H     |            |
        """
    },
    unread_last={"cla_episodes.dec": [2]},
    cla_episodes="child | decom\nE | 2024-05-01",
    cla_oc3="""
    child | in_touch | activ | accom
    A     | YES      | F2    | B2
    B     | YES      | F2    | B2
    C     | YES      | F2    | B2
    D     | YES      | F2    | B2
    E     | YES      | F2    | B2
    F     |          |       |
    G     |          |       | B2
    H     | YES      | F2    | B2
    I     | YES      | F2    | B2
    """,
)
for _rule, _table, _column in (("502", "cla_episodes", "dec"), ("576", "cla_missing", "mis_end")):
    # A's end of last year cannot be read, B had none.
    _start = "decom" if _rule == "502" else "mis_start"
    spec(
        _rule,
        {_table: [2]},
        last={_table: f"child | {_start} | {_column}\nA | 2023-05-01 |\nB | 2023-05-01 |"},
        unread_last={f"{_table}.{_column}": [1]},
        **{_table: f"child | {_start}\nA | 2024-05-01\nB | 2024-05-01"},
    )
spec(
    "706",
    {"cla_dolo": [2]},
    year=2027,
    last={"cla_dolo": "child | dolo_start | dolo_end\nA | 2025-05-01 |\nB | 2025-05-01 |\nC | 2025-05-01 | 2026-03-31"},
    unread_last={"cla_dolo.dolo_end": [1]},
    cla_dolo="child | dolo_start\nA | 2026-05-01\nB | 2026-05-01\nC | 2026-05-01",
)


# No sex recorded: blank counts as U does; an unborn child counts on neither side, one whose birth date cannot be read
# is born; one of 49 is more than 2 %, one of 50 is not, and a return of unborn children alone has no share.
def _census(born: list[str], unborn: list[str]) -> str:
    rows = [f"{at} | {sex} | 2012-02-29 |" for at, sex in enumerate(born)]
    rows += [f"{at + 1000} | {sex} | | 2025-06-01" for at, sex in enumerate(unborn)]
    return "\n".join(["la_child_id | sex | person_birth_date | expected_person_birth_date", *rows])


for _born, _unborn, _broken in (
    (["U"] + ["F"] * 48, [], [None]), (["U"] + ["F"] * 49, [], []), ([""] + ["M"] * 48, [], [None]),
    ([""] + ["M"] * 49, ["M"] * 50, []), (["M"] * 10, ["U"] * 10, []), ([], ["U"] * 3, []),
    (["U", ""] + ["M"] * 98, [], []), (["U", "", "U"] + ["M"] * 97, [], [None]),
):  # fmt: skip
    spec("2886Q", {"cin_child_identifiers": _broken}, cin_child_identifiers=_census(_born, _unborn))
spec(
    "2886Q",
    {"cin_child_identifiers": [None]},
    unread={"cin_child_identifiers.person_birth_date": [1]},
    cin_child_identifiers=_census(["U"] + ["F"] * 48, []).replace("0 | U | 2012-02-29", "0 | U | "),
)

# Every way in which a leaver who died or went home is told of: activity alone, accommodation alone, both, neither.
spec(
    "344",
    {"cla_oc3": [1, 2, 3, 5]},
    cla_oc3="""
    child | in_touch | activ | accom
    A     | DIED     | F2    |
    B     | DIED     |       | B2
    C     | RHOM     | F2    | B2
    D     | RHOM     |       |
    E     | RHOM     | 0     |
    F     | NREQ     | F2    | B2
    G     | REFU     |       |
    H     |          | F2    | B2
    """,
)
# A score or a reason, of who turned 17 on 1 April or the day after, by 29 February too.
spec(
    "189",
    {"cla_oc2": [1, 2, 5]},
    cla_oc2="""
    child | dob        | sdq_score | sdq_reason
    A     | 2007-04-01 | 12        |
    B     | 2007-04-01 |           | SDQ1
    C     | 2007-04-01 |           |
    D     | 2007-04-02 | 12        | SDQ1
    E     | 2004-02-29 | 0         |
    F     |            | 12        |
    """,
)
spec(
    "197a",
    {"cla_oc2": [1, 2]},
    unread={"cla_oc2.sdq_score": [5]},
    cla_oc2="""
    child | sdq_score | sdq_reason
    A     | 12        | SDQ2
    B     | 0         | SDQ1
    C     | 0         |
    D     |           | SDQ1
    E     |           | SDQ1
    F     |           |
    """,
)
spec(
    "8535Q",
    {"cin_child_identifiers": [1]},
    unread={"cin_child_identifiers.person_birth_date": [4], "cin_child_identifiers.person_death_date": [5]},
    cin_child_identifiers="""
    la_child_id | person_birth_date | person_death_date | expected_person_birth_date
    A           | 2024-05-02        | 2024-05-01        |
    B           | 2024-05-01        | 2024-05-01        |
    C           |                   | 2024-05-01        | 2024-06-01
    D           |                   | 2024-05-01        |
    E           | 2024-05-02        |                   |
    F           | 2024-05-02        |                   |
    """,
)
# Both reasons; the assessment of another episode of the child, or of another child's episode of that number, is none.
spec(
    "8825Q",
    {"cin_details": [1, 3, 5]},
    cin_details="""
    la_child_id | cin_details_id | reason_for_closure
    A           | 1              | RC8
    A           | 2              | RC9
    B           | 1              | RC9
    B           | 2              | RC1
    C           | 1              | RC8
    C           | 2              |
    D           |                | RC1
    """,
    cin_assessments="""
    la_child_id | cin_details_id | assessment_actual_start_date
    A           | 2              | 2024-05-01
    C           | 2              | 2024-05-01
    """,
)
spec(
    "8842Q",
    {"cin_reviews": [2, 3]},
    unread={"cin_reviews.cpp_review_date": [3]},
    cin_reviews="""
    la_child_id | cin_details_id | cpp_id | cpp_review_date
    A           | 1              | 1      | 2024-02-29
    A           | 1              | 1      |
    A           | 1              | 1      |
    B           | 1              | 1      | 2026-05-01
    """,
)
spec(
    "8500",
    {"cin_child_identifiers": [2, 4]},
    cin_child_identifiers="""
    la_child_id | sex
    A           | M
                | M
    0           | F
                | F
    """,
)
# A distance without postcodes, as XML may have it, is a distance completed; that of no short break is right.
spec(
    "398",
    {"cla_episodes": [1, 2]},
    cla_episodes="""
    child | ls | home_post | pl_post | pl_distance
    A     | V3 |           |         | 0.0
    B     | V4 |           |         | 12.5
    C     | V4 |           |         |
    D     | C2 |           |         | 12.5
    E     |    |           |         | 12.5
    """,
)
