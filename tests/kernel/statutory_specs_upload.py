"""Small tables for the checks that the files of one upload fit each other."""

from tests.kernel.statutory_specs import spec

CHILDREN = "child\nA\nB\nB\n"
NOT_IN_HEADER = {
    "INT01": "cla_ad1", "INT02": "cla_placed_adoption", "INT03": "cla_episodes", "INT04": "cla_missing",
    "INT05": "cla_oc2", "INT06": "cla_oc3", "INT07": "cla_previous_permanence", "INT08": "cla_reviews",
    "INT09": "cla_uasc",
}  # fmt: skip
SOMETHING = {
    "cla_ad1": "nb_adoptr", "cla_placed_adoption": "reason_placed_ceased", "cla_episodes": "rne",
    "cla_missing": "missing", "cla_oc2": "convicted", "cla_oc3": "activ", "cla_previous_permanence": "prev_perm",
    "cla_reviews": "review_code", "cla_uasc": "sex", "cla_header": "ethnic",
}  # fmt: skip
DATE_OF = {"cla_uasc": "duc", "cla_header": "mc_dob"}

for _code, _table in NOT_IN_HEADER.items():
    _date = f"| {DATE_OF[_table]}" if _table in DATE_OF else ""
    _cell = "| 2024-05-01" if _date else ""
    spec(
        _code,
        {_table: [2, 4]},
        cla_header="child | sex\nA | F\nC | F",
        **{
            _table: f"""
            child | {SOMETHING[_table]} {_date}
            A     | X {_cell}
            B     | X {_cell}
                  | X {_cell}
            D     | X {_cell}
            """
        },
    )

OTHER_DOB = {
    "INT11": "cla_ad1", "INT12": "cla_placed_adoption", "INT13": "cla_missing", "INT14": "cla_oc2",
    "INT15": "cla_oc3", "INT16": "cla_previous_permanence", "INT17": "cla_reviews", "INT18": "cla_uasc",
}  # fmt: skip
for _code, _table in OTHER_DOB.items():
    _date = f"| {DATE_OF[_table]}" if _table in DATE_OF else ""
    _cell = "| 2024-05-01" if _date else ""
    spec(
        _code,
        {_table: [2], "cla_header": [2]},
        cla_header="""
        child | dob
        A     | 2012-02-29
        B     | 2012-02-29
        C     |
        D     | 2010-01-01
        """,
        **{
            _table: f"""
            child | dob | {SOMETHING[_table]} {_date}
            A     | 2012-02-29 | X {_cell}
            B     | 2012-02-28 | X {_cell}
            C     | 2012-02-28 | X {_cell}
            D     |            | X {_cell}
            E     | 2012-02-28 | X {_cell}
            """
        },
    )

spec(
    "INT21",
    {"cla_uasc": [2], "cla_header": [2]},
    cla_header="child | sex\nA | M\nB | F\nC |\nD | M\nE | M",
    cla_uasc="""
    child | sex | duc
    A     | M   | 2024-05-01
    B     | M   | 2024-05-01
    C     | M   | 2024-05-01
    D     |     | 2024-05-01
    E     | 1   | 2024-05-01
    """,
)

ONCE = {
    "INT31": "cla_ad1", "INT32": "cla_header", "INT33": "cla_oc2", "INT34": "cla_oc3",
    "INT35": "cla_previous_permanence", "INT36": "cla_uasc",
}  # fmt: skip
for _code, _table in ONCE.items():
    _date = f"| {DATE_OF[_table]}" if _table in DATE_OF else ""
    _cell = "| 2024-05-01" if _date else ""
    spec(
        _code,
        {_table: [1, 4]},
        **{
            _table: f"""
            child | {SOMETHING[_table]} {_date}
            A     | X {_cell}
            B     | X {_cell}
                  | X {_cell}
            A     | Y {_cell}
                  | X {_cell}
            """
        },
    )

spec(
    "EPI",
    {"cla_header": [2]},
    cla_header="child | sex\nA | F\nB | F\n  | F",
    cla_episodes="child | rne\nA | S\n | S",
)
spec(
    "NoE",
    {"cla_episodes": [1, 3]},
    last={"cla_episodes": "child | decom\nB | 2023-01-01"},
    cla_episodes="""
    child | decom
    A     | 2024-03-31
    B     | 2023-01-01
    C     | 2023-05-01
    C     | 2024-04-01
    D     | 2024-04-01
    E     |
    """,
)
