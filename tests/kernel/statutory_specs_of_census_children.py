"""Small tables for the Department's rules of the CIN census: the header, the children, and their disabilities."""

from tests.kernel.statutory_specs import spec

for year, broken in {2023: [1, 3, 4], 2025: [1, 2, 3]}.items():
    spec(
        "100",
        {"cin_header": broken},
        year=year,
        cin_header="""
        lea | reference_date
        830 | 2024-03-31
        830 | 2023-03-31
        830 |
        830 | 2025-03-31
        """,
    )
spec("100", {"cin_header": [1]}, year=2024, cin_header="reference_date\n2024-03-30\n2024-03-31")
spec(
    "8500",
    {"cin_child_identifiers": [2]},
    cin_child_identifiers="la_child_id | sex | upn_unknown\nA | F |\n | F |",
)
spec(
    "8510",
    {"cin_child_identifiers": [1, 3]},
    cin_child_identifiers="la_child_id | sex | upn_unknown\nA | F |\nB | F |\nA | M |\n | F |\n | F |",
)
IDS = f"""
    la_child_id | upn_unknown
    {"A" * 20}  | UN1
    {"A" * 21}  | UN1
    AB-12       | UN1
    AB 12       | UN1
    AB12é       | UN1
    ab12        | UN1
    """
spec("1570", {"cin_child_identifiers": [2]}, cin_child_identifiers=IDS)
spec("1580", {"cin_child_identifiers": [3, 4, 5]}, cin_child_identifiers=IDS)
spec("1580", {"cin_child_identifiers": [3, 4, 5]}, year=2026, cin_child_identifiers=IDS)
spec(
    "8590",
    {"cin_child_identifiers": [2]},
    cin_child_identifiers="la_child_id | sex | upn_unknown\nA | F |\nB | F |\n | F |",
    cin_details="la_child_id | cin_referral_date\nA | 2024-05-01\nC | 2024-05-01",
)
spec(
    "4220",
    {"cin_child_characteristics": [2, 3, 4]},
    cin_child_characteristics="""
    la_child_id | ethnicity
    A           | WBRI
    B           |
    C           | XXXX
    D           | UNKNOWN
    E           | NOBT
    """,
)

spec(
    "8520",
    {"cin_child_identifiers": [2]},
    cin_child_identifiers="""
    la_child_id | person_birth_date
    A           | 2025-03-31
    B           | 2025-04-01
    C           |
    """,
)
spec(
    "8525Q",
    {"cin_child_identifiers": [3, 4]},
    cin_child_identifiers="""
    la_child_id | person_birth_date | expected_person_birth_date
    A           | 2020-01-01        |
    B           |                   | 2025-06-01
    C           | 2020-01-01        | 2020-01-05
    D           |                   |
    """,
)
spec(
    "8530Q",
    {"cin_child_identifiers": [1, 4]},
    cin_child_identifiers="""
    la_child_id | expected_person_birth_date
    A           | 2025-02-28
    B           | 2025-03-01
    C           | 2025-12-31
    D           | 2026-01-01
    E           |
    """,
)
spec(
    "8535Q",
    {"cin_child_identifiers": [1]},
    cin_child_identifiers="""
    la_child_id | person_birth_date | person_death_date
    A           | 2024-05-02        | 2024-05-01
    B           | 2024-05-02        | 2024-05-02
    C           | 2024-05-02        |
    D           |                   | 2024-05-02
    """,
)
spec(
    "8545Q",
    {"cin_child_identifiers": [1, 4]},
    cin_child_identifiers="""
    la_child_id | person_death_date
    A           | 2024-03-31
    B           | 2024-04-01
    C           | 2025-03-31
    D           | 2025-04-01
    E           |
    """,
)
spec(
    "8775Q",
    {"cin_child_identifiers": [2, 3, 5], "cin_details": [2, 3, 6]},
    cin_child_identifiers="""
    la_child_id | person_birth_date
    A           | 2000-03-31
    B           | 2000-03-30
    C           | 1999-01-01
    D           |
    E           | 2000-02-29
    """,
    cin_details="""
    la_child_id | cin_details_id | cin_closure_date
    A           | 1              |
    B           | 1              |
    C           | 1              | 2024-05-01
    D           | 1              |
    E           | 1              | 2025-03-01
    E           | 2              | 2025-03-02
    C           | 2              | 2024-01-01
    """,
)
DEATHS = """
    la_child_id | person_death_date
    A           | 2024-06-10
    B           | 2024-06-10
    C           |
    """
spec(
    "8555Q",
    {"cin_child_identifiers": [1], "cin_details": [1]},
    cin_child_identifiers=DEATHS,
    cin_details="""
    la_child_id | cin_referral_date
    A           | 2024-06-11
    B           | 2024-06-10
    C           | 2024-06-11
    D           | 2024-06-11
    """,
)
spec(
    "8585Q",
    {"cin_child_identifiers": [3], "cin_details": [2]},
    cin_child_identifiers=DEATHS,
    cin_details="""
    la_child_id | reason_for_closure
    A           | RC2
    C           | RC2
    C           | RC7
    C           |
    D           | RC2
    """,
)
spec(
    "8585Q",
    {"cin_child_identifiers": [3], "cin_details": [2]},
    cin_child_identifiers=DEATHS,
    cin_details="""
    la_child_id | cin_details_id | reason_for_closure
    A           | 1              | RC2
    C           | 1              | RC2
    C           | 2              | RC7
    """,
)
spec(
    "4008",
    {"cin_child_identifiers": [1], "cin_plan_dates": [1]},
    cin_child_identifiers=DEATHS,
    cin_plan_dates="""
    la_child_id | cin_plan_start_date
    A           | 2024-06-11
    B           | 2024-06-10
    C           | 2024-06-11
    A           |
    """,
)
spec(
    "4009Q",
    {"cin_child_identifiers": [1], "cin_plan_dates": [1]},
    cin_child_identifiers=DEATHS,
    cin_plan_dates="""
    la_child_id | cin_plan_end_date
    A           | 2024-06-11
    B           | 2024-06-10
    C           | 2024-06-11
    A           |
    """,
)

SEXES = """
    la_child_id | sex | gender_current | person_birth_date | expected_person_birth_date
    A           | M   | 1              | 2010-01-01        |
    B           | F   | 2              | 2010-01-01        |
    C           | U   | 0              |                   | 2025-06-01
    D           |     |                | 2010-01-01        |
    E           | 1   | M              |                   | 2025-06-01
    F           | F   | 9              |                   | 2025-06-01
    G           |     |                |                   | 2025-06-01
    H           | M   | 1              | 2025-01-01        | 2025-06-01
    """
spec("4180", {"cin_child_identifiers": [4, 5, 7]}, cin_child_identifiers=SEXES)
spec("4180", {"cin_child_identifiers": [4, 5, 7]}, year=2024, cin_child_identifiers=SEXES)
spec("8750", {"cin_child_identifiers": [5, 6]}, cin_child_identifiers=SEXES)
spec("8750", {"cin_child_identifiers": [5, 6]}, year=2023, cin_child_identifiers=SEXES)


def born_and_unborn(column: str, born: list[str], unborn: list[str]) -> str:
    rows = [f"C{at} | {value} | 2010-01-01 |" for at, value in enumerate(born)]
    rows += [f"U{at} | {value} | | 2025-06-01" for at, value in enumerate(unborn)]
    return "\n".join([f"la_child_id | {column} | person_birth_date | expected_person_birth_date", *rows])


for year, column, known, unknown in ((2025, "sex", "F", "U"), (2024, "gender_current", "2", "0")):
    for without, broken in ((1, []), (2, [None])):
        # 1 of 50 is 2%, which is not more than 2%; the unborn do not count.
        born = [known] * (50 - without) + [unknown] * without
        drawn = born_and_unborn(column, born, [unknown] * 30)
        spec("2886Q", {"cin_child_identifiers": broken}, year=year, cin_child_identifiers=drawn)
spec("2886Q", {"cin_child_identifiers": [None]}, cin_child_identifiers=born_and_unborn("sex", ["F", ""], []))

spec(
    "8540",
    {"cin_child_characteristics": [2, 3, 7], "cin_disabilities": [3]},
    cin_child_characteristics="""
    la_child_id | ethnicity
    A           | WBRI
    B           | WBRI
    C           | WBRI
    D           | WBRI
    E           | WBRI
    F           | WBRI
    G           | WBRI
    """,
    cin_child_identifiers="""
    la_child_id | person_birth_date | expected_person_birth_date
    A           | 2010-01-01        |
    B           | 2010-01-01        |
    C           | 2010-01-01        |
    D           |                   | 2025-06-01
    E           | 2010-01-01        |
    G           | 2010-01-01        |
    """,
    cin_details="""
    la_child_id | cin_details_id | referral_nfa
    A           | 1              | 0
    B           | 1              | 1
    B           | 2              | 0
    C           | 1              | 0
    D           | 1              | 0
    E           | 1              | 1
    E           | 2              | 1
    F           | 1              | 0
    """,
    cin_disabilities="""
    la_child_id | disability
    A           | NONE
    C           | LD
    C           | XX
    G           |
    E           | XX
    """,
)
spec(
    "8790",
    {"cin_disabilities": [1, 2]},
    cin_disabilities="""
    la_child_id | disability
    A           | NONE
    A           | LD
    B           | NONE
    C           | LD
    C           | VIS
    D           | NONE
    D           |
    E           | NONE
    E           | NONE
                | NONE
                | LD
    """,
)
spec(
    "8794",
    {"cin_disabilities": [1, 3]},
    cin_disabilities="""
    la_child_id | disability
    A           | LD
    A           | VIS
    A           | LD
    B           | LD
    C           |
    C           |
    """,
)
EIGHT = ("NONE", "MOB", "HAND", "PC", "INC", "COMM", "LD", "HEAR")
for codes, broken in ((EIGHT, []), (EIGHT[1:], [None]), ((*EIGHT[1:], "XX", ""), [None])):
    drawn = "\n".join(["la_child_id | disability", *(f"C{at} | {code}" for at, code in enumerate(codes))])
    spec("2887Q", {"cin_disabilities": broken}, cin_disabilities=drawn)
for last, broken in (("A | VIS", []), ("A | LD", [None]), ("A |", [None]), ("B | VIS", [None])):
    spec(
        "2888Q",
        {"cin_disabilities": broken},
        cin_disabilities=f"la_child_id | disability\nA | LD\n | LD\n | VIS\n{last}",
    )
