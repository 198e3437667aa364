"""Rows on which the second reading of the Department's rules (`blind_*.py`) showed the first to be wrong."""

from tests.kernel.statutory_specs import spec

# Care that is known to have begun on no day is not known to have begun before April 2016.
spec(
    "634",
    {"cla_previous_permanence": [3]},
    unread={"cla_episodes.decom": [2]},
    cla_episodes="""
    child | decom      | rne
    A     |            | S
    B     |            | S
    C     | 2015-05-01 | S
    """,
    cla_previous_permanence="child | prev_perm\nA | P1\nB | P1\nC | P1",
)
# An end that cannot be read keeps no episode open on the birthday.
spec(
    "1007",
    {"cla_oc3": [2]},
    unread={"cla_episodes.dec": [1]},
    cla_episodes="child | decom | ls | dec | rec\nA | 2023-05-01 | C2 | | E6\nB | 2023-05-01 | C2 | | ",
    cla_oc3="child | dob | in_touch\nA | 2007-06-01 | YES\nB | 2007-06-01 | YES",
)
# Of two decisions of one day the one that stands is the later: it does not overlap one reversed that day.
spec(
    "579",
    {"cla_placed_adoption": [3, 4]},
    cla_placed_adoption="""
    child | date_placed | date_placed_ceased
    A     | 2024-05-01  |
    A     | 2024-05-01  | 2024-05-01
    B     | 2024-05-01  |
    B     | 2024-05-01  | 2024-05-02
    """,
)
spec(
    "705",
    {"cla_dolo": [3, 4]},
    year=2027,
    cla_dolo="""
    child | dolo_start | dolo_end
    A     | 2026-05-01 |
    A     | 2026-05-01 | 2026-05-01
    B     | 2026-05-01 |
    B     | 2026-05-01 | 2026-05-02
    """,
)
# What ends on no known day overlaps nothing.
for _code, _place in (("709", "U1"), ("710", "K1")):
    spec(
        _code,
        {"cla_dolo": [3], "cla_episodes": [3]},
        year=2027,
        unread={"cla_dolo.dolo_end": [1], "cla_episodes.dec": [2]},
        cla_dolo="child | dolo_start | dolo_end\nA | 2026-05-01 |\nB | 2026-05-01 |\nC | 2026-05-01 |",
        cla_episodes=f"child | decom | dec | place\nA | 2026-05-02 | | {_place}\nB | 2026-04-01 | | {_place}\n"
        f"C | 2026-04-01 | | {_place}",
    )
# The episode of 31 March counts though one of the next year follows it.
spec(
    "SW12STG2",
    {"cla_episodes": [1]},
    cla_episodes="child | decom | dec | ls\nA | 2024-05-01 | 2025-04-01 | C2\nA | 2025-04-01 | | C2",
    cla_sw_episodes="child | sw_decom | sw_dec\nB | 2024-04-01 |",
)
# Social worker episodes are no module of 2022-23.
spec(
    "1012",
    {"cla_sw_episodes": [1]},
    year=2024,
    cla_episodes="child | decom\nB | 2023-05-01",
    cla_oc3="child | in_touch\nA | YES",
    cla_sw_episodes="child | sw_decom\nA | 2023-05-01",
    cla_reviews="child | review\nB | 2023-05-01",
    cla_uasc="child | duc\nB |",
    cla_oc2="child | dob\nB |",
    cla_ad1="child | dob\nB |",
    cla_placed_adoption="child | dob\nB |",
    cla_previous_permanence="child | dob\nB |",
    cla_missing="child | dob\nB |",
)
# A date of birth that cannot be read makes no child unborn.
spec(
    "8750",
    {"cin_child_identifiers": [2]},
    unread={"cin_child_identifiers.person_birth_date": [1]},
    cin_child_identifiers="""
    la_child_id | person_birth_date | expected_person_birth_date | sex
    A           |                   | 2025-05-01                 | M
    B           |                   | 2025-05-01                 | M
    """,
)
# A reference date that is no date is no 31 March either.
spec(
    "100",
    {"cin_header": [1]},
    unread={"cin_header.reference_date": [1]},
    cin_header="lea | reference_date\n830 |\n830 | 2025-03-31",
)
