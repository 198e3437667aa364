"""Small tables for the house's own rules of the returns, and for the codes that came in or ended, year by year."""

from tests.kernel.rule_specs import spec

spec(
    "H01",
    {"cla_episodes": [2], "cin_details": [1]},
    cla_header="child\nA",
    cla_episodes="""
    child | decom
    A     | 2024-05-01
    B     | 2024-05-01
          | 2024-05-01
    """,
    cin_child_identifiers="la_child_id\nA",
    cin_details="""
    la_child_id | cin_details_id
    B           | 1
    A           | 2
    """,
)
spec(
    "H02",
    {"cla_header": [2], "cin_disabilities": [3]},
    cla_header="""
    child | sex
    A     | F
    A     | F
    B     | F
    """,
    cin_disabilities="""
    la_child_id | disability
    A           | LD
    A           | VIS
    A           | LD
    """,
)
spec(
    "H03",
    {"cla_episodes": [2], "cin_assessments": [1]},
    cla_episodes="""
    child | decom      | dec
    A     | 2024-05-01 | 2024-05-01
    B     | 2024-05-01 | 2024-04-30
    C     | 2024-05-01 |
    """,
    cin_assessments="""
    la_child_id | assessment_actual_start_date | assessment_authorisation_date
    A           | 2024-05-05                   | 2024-05-02
    B           | 2024-05-05                   |
    """,
)

spec("H06", {"cla_episodes": [2]}, cla_episodes="child | decom\nA | 2024-05-01\nA |\nB | 2024-06-01")

PLACES = """
    child | place
    A     | H5
    B     | P2
    C     | K3
    D     | Z1
    E     | Z11
    F     | K2
    G     |
    """
for year, broken in {
    2023: [5],
    2024: [5],
    2025: [1, 2, 5],
    2026: [1, 2, 4],
    2027: [1, 2, 4],
}.items():
    spec("H04", {"cla_episodes": broken}, year=year, cla_episodes=PLACES)

SEXES = """
    child | sex
    A     | 1
    B     | 2
    C     | M
    D     | U
    """
for year, broken in {2023: [4], 2024: [4], 2025: [1, 2], 2026: [1, 2]}.items():
    spec("H04", {"cla_header": broken}, year=year, cla_header=SEXES)

spec(
    "H04",
    {"cla_oc3": [1, 2], "cla_episodes": [1, 2]},
    year=2022,
    cla_oc3="""
    child | activ
    A     | F3
    B     | P3
    C     | F4
    """,
    cla_episodes="""
    child | rec
    A     | E43
    B     | E44
    C     | E45
    """,
)
FACTORS = """
    la_child_id | assessment_factors
    A           | 18A,3B
    B           | 18B
    C           | 2A,19A
    D           | 1A
    """
for year, broken in {2025: [], 2026: [1, 3]}.items():
    spec("H04", {"cin_assessments": broken} if broken else {}, year=year, cin_assessments=FACTORS)

for year, broken in {2023: [1], 2024: []}.items():
    spec(
        "H05",
        {"cla_episodes": broken} if broken else {},
        year=year,
        cla_episodes="""
        child | place
        A     | K3
        B     | K2
        """,
    )
for year, broken in {2021: [], 2022: [1, 3]}.items():
    spec(
        "H05",
        {"cla_oc3": broken} if broken else {},
        year=year,
        cla_oc3="""
        child | accom
        A     | S1
        B     | S2
        C     | X1
        """,
    )
