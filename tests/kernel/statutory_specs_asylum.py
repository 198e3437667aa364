"""Small tables for the Department's rules on unaccompanied asylum-seeking children."""

from tests.kernel.statutory_specs import spec

spec(
    "104",
    {"cla_uasc": [2]},
    unread={"cla_uasc.duc": [2]},
    cla_uasc="child | sex | duc\nA | M | 2024-05-01\nB | M |\nC | M |",
)
spec("105", {"cla_header": [3, 4]}, cla_header="child | uasc\nA | 0\nB | 1\nC | 2\nD |")
LAST_HEADER = "child | uasc\nA | 1\nB | 1\nC | 1\nD | 0\nE |\nG | 1\nH | 0"
LAST_ENDS = "child | duc\nA | 2024-03-31\nB |\nC | 2024-03-31\nG | 2024-04-01"
spec(
    "205A",
    {"cla_header": [2, 3, 7]},
    last={"cla_header": LAST_HEADER, "cla_uasc": LAST_ENDS},
    cla_header="""
    child | uasc
    A     | 0
    B     | 0
    C     | 0
    D     | 0
    E     | 0
    F     | 0
    G     | 0
    H     | 1
    """,
    cla_uasc="child | duc\nC | 2024-06-01\nH |",
)
spec(
    "205A",
    {},
    last={"cla_header": "child | uasc\nB | 1", "cla_uasc": "child | sex\nB | M"},
    cla_header="child | uasc\nB | 0",
    cla_uasc="child | duc\nB | 2024-03-01",
)
spec(
    "205B",
    {"cla_header": [1, 3], "cla_uasc": [1, 3]},
    last={"cla_header": LAST_HEADER, "cla_uasc": LAST_ENDS},
    cla_header="child | uasc\nA | 1\nB | 1\nC | 1\nD | 1\nE | 1\nG | 1",
    cla_uasc="""
    child | duc
    A     | 2024-03-31
    B     | 2024-05-01
    C     | 2024-05-01
    D     | 2024-03-01
    E     | 2024-03-01
    G     | 2024-04-01
    """,
)
spec(
    "205C",
    {"cla_header": [1], "cla_uasc": [1]},
    last={"cla_header": LAST_HEADER, "cla_uasc": LAST_ENDS},
    cla_header="child | uasc\nD | 0\nH | 1\nA | 0\nE | 0",
    cla_uasc="""
    child | duc
    D     | 2024-05-01
    H     | 2024-05-01
    A     | 2024-05-01
    E     | 2024-05-01
    """,
)
spec(
    "205D",
    {"cla_header": [1]},
    last={"cla_header": LAST_HEADER, "cla_uasc": LAST_ENDS},
    cla_header="child | uasc\nD | 1\nH | 0\nA | 1\nE | 1\nF | 1",
    cla_uasc="child | duc\nD | 2024-05-01",
)
spec(
    "205D",
    {"cla_header": [1]},
    last={"cla_header": "child | sex\nA | M\nB | M", "cla_uasc": "child | sex\nB | M"},
    cla_header="child | sex\nA | M\nB | M\nC | M",
    cla_uasc="child | duc\nA | 2024-05-01\nB | 2024-05-01\nC | 2024-05-01",
)
spec(
    "231",
    {"cla_header": [1]},
    cla_header="""
    child | dob        | uasc
    A     | 2015-04-01 | 1
    B     | 2015-03-31 | 1
    C     | 2020-01-01 | 0
    D     |            | 1
    """,
)
spec(
    "303",
    {"cla_header": [1, 4], "cla_uasc": [1, 4]},
    cla_header="child | uasc\nA | 0\nB | 1\nC | 0\nE | 2",
    cla_uasc="child | sex | duc\nA | M | 2024-05-01\nB | M | 2024-05-01\nC | M |\nE | M | 2024-05-01",
)
spec(
    "304",
    {"cla_uasc": [2, 4]},
    cla_uasc="""
    child | dob        | duc
    A     | 2006-05-01 | 2024-05-01
    B     | 2006-05-01 | 2024-05-02
    C     | 2004-02-29 | 2022-03-01
    D     | 2004-02-29 | 2022-03-02
    E     |            | 2024-05-02
    F     | 2006-05-01 |
    """,
)
