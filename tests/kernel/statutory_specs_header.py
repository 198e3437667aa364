"""Small tables for the Department's rules of the header."""

from tests.kernel.statutory_specs import spec

SEXES = """
    child | sex
    A     | M
    B     | F
    C     | U
    D     | 1
    E     | 2
    F     | X
    G     |
    """
for _year in (2023, 2024):
    spec("101", {"cla_header": [1, 2, 3, 6, 7]}, year=_year, cla_header=SEXES)
for _year in (2025, 2026, 2027):
    spec("101", {"cla_header": [4, 5, 6, 7]}, year=_year, cla_header=SEXES)
    spec("232", {"cla_header": [3]}, year=_year, cla_header=SEXES)
spec(
    "102",
    {"cla_header": [2, 3]},
    unread={"cla_header.dob": [3]},
    cla_header="child | dob\nA | 2010-01-01\nB |\nC |",
)
spec("103", {"cla_header": [2, 3, 5]}, cla_header="child | ethnic\nA | WBRI\nB |\nC | WHITE\nD | REFU\nE | UNKNOWN")
spec(
    "168",
    {"cla_header": [3, 4, 5, 6, 8]},
    cla_header="""
    child | upn
    A     | A123456789012
    B     | A12345678901B
    C     | I123456789012
    D     | A12345678901
    E     | UN6
    F     | 1234567890123
    G     | UN5
    H     | A1234567890123
    I     |
    """,
)
spec(
    "171",
    {"cla_header": [2]},
    unread={"cla_header.mc_dob": [2]},
    cla_header="child | mc_dob\nA | 2024-01-01\nB |\nC |",
)
MOTHERS = """
    child | sex | mc_dob
    A     | {m} | 2024-01-01
    B     | {f} | 2024-01-01
    C     | {m} |
    D     | U   | 2024-01-01
    E     |     | 2024-01-01
    """
spec("174", {"cla_header": [1]}, cla_header=MOTHERS.format(m="M", f="F"))
spec("174", {"cla_header": [1]}, year=2023, cla_header=MOTHERS.format(m="1", f="2"))
spec(
    "202",
    {"cla_header": [2, 6]},
    last={"cla_header": "child | sex\nA | 1\nB | 1\nC | F\nD |\nF | M"},
    cla_header="child | sex\nA | M\nB | F\nC |\nD | F\nE | F\nF | U",
)
spec(
    "203",
    {"cla_header": [2]},
    last={"cla_header": "child | dob\nA | 2012-02-29\nB | 2012-02-29\nC | 2012-02-29\nD |"},
    cla_header="child | dob\nA | 2012-02-29\nB | 2012-03-01\nC |\nD | 2012-03-01\nE | 2012-03-01",
)
spec(
    "204",
    {"cla_header": [2]},
    last={"cla_header": "child | ethnic\nA | WBRI\nB | WBRI\nC | WBRI\nD |"},
    cla_header="child | ethnic\nA | WBRI\nB | WIRI\nC |\nD | WIRI\nE | WIRI",
)
spec(
    "208",
    {"cla_header": [2, 6]},
    last={
        "cla_header": """
        child | upn
        A     | A123456789012
        B     | A123456789012
        C     | UN1
        D     | A123456789012
        E     |
        F     | A123456789012
        """
    },
    cla_header="""
    child | upn
    A     | A123456789012
    B     | B123456789012
    C     | A123456789012
    D     |
    E     | A123456789012
    F     | UN5
    G     | A123456789012
    """,
)
spec(
    "209",
    {"cla_header": [1, 5]},
    cla_header="""
    child | upn | dob
    A     | UN1 | 2019-08-31
    B     | UN1 | 2019-09-01
    C     | UN2 | 2015-01-01
    D     | UN1 |
    E     | UN1 | 2010-01-01
    """,
)
spec(
    "301",
    {"cla_header": [3]},
    cla_header="child | dob\nA | 2024-04-01\nB | 2025-03-31\nC | 2025-04-01\nD |",
)
spec(
    "351",
    {"cla_header": [1, 2]},
    cla_header="child | dob\nA | 1990-01-01\nB | 1998-04-01\nC | 1998-04-02\nD | 1999-04-01\nE |",
)
spec(
    "444",
    {"cla_header": [1, 3]},
    year=2026,
    cla_header="""
    child | upn
    A     | A123456789012
    B     | UN1
    C     | A123456789012
    D     | UN1
    E     |
    F     |
    G     | B123456789012
    G     | B123456789012
    """,
)
spec(
    "611",
    {"cla_header": [2]},
    unread={"cla_header.mc_dob": [4]},
    cla_header="child | mother | mc_dob\nA | 1 | 2024-01-01\nB | 1 |\nC | 0 |\nD | 1 |\nE | |",
)
NO_MOTHERS = """
    child | sex | mother | mc_dob
    A     | {f} | 0      | 2024-01-01
    B     | {f} | 1      | 2024-01-01
    C     | {f} |        | 2024-01-01
    D     | {f} | 0      |
    E     | {m} | 0      | 2024-01-01
    """
spec("612", {"cla_header": [1]}, cla_header=NO_MOTHERS.format(f="F", m="M"))
spec("612", {"cla_header": [1]}, year=2024, cla_header=NO_MOTHERS.format(f="2", m="1"))
spec(
    "620",
    {"cla_header": [2]},
    cla_header="""
    child | mother | dob
    A     | 1      | 2013-04-01
    B     | 1      | 2013-04-02
    C     | 0      | 2020-01-01
    D     | 1      |
    """,
)
spec(
    "621",
    {"cla_header": [3]},
    cla_header="""
    child | dob        | mc_dob
    A     | 2008-01-01 | 2024-01-01
    B     | 2008-01-01 | 2008-01-01
    C     | 2008-01-02 | 2008-01-01
    D     |            | 2008-01-01
    E     | 2008-01-02 |
    """,
)
spec(
    "624",
    {"cla_header": [2]},
    last={"cla_header": "child | mc_dob\nA | 2023-01-01\nB | 2023-01-01\nC | 2023-01-01\nD |"},
    cla_header="child | mc_dob\nA | 2023-01-01\nB | 2023-01-02\nC |\nD | 2023-01-02\nE | 2023-01-02",
)
spec(
    "626",
    {"cla_header": [1]},
    last={"cla_header": "child | mother\nA | 0\nB | 0\nC | 1\nD |\nF | 0"},
    cla_header="""
    child | mother | mc_dob
    A     | 1      | 2024-03-31
    B     | 1      | 2024-04-01
    C     | 1      | 2024-03-31
    D     | 1      | 2024-03-31
    E     | 1      | 2024-03-31
    F     | 0      | 2024-03-31
    """,
)
