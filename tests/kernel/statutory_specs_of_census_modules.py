"""Small tables for the Department's rules of the CIN census: assessments, their factors, and section 47 enquiries."""

from tests.kernel.statutory_specs import spec

REFERRALS = """
    la_child_id | cin_details_id | cin_referral_date
    A           | 1              | 2024-05-02
    A           | 2              | 2024-08-01
    B           | 1              |
                | 1              | 2024-05-02
    """
spec(
    "1103",
    {"cin_details": [1, 2], "cin_assessments": [1, 4]},
    cin_details=REFERRALS,
    cin_assessments="""
    la_child_id | cin_details_id | assessment_actual_start_date
    A           | 1              | 2024-05-01
    A           | 1              | 2024-05-02
    A           | 1              |
    A           | 2              | 2024-05-02
    B           | 1              | 2024-05-01
                | 1              | 2024-05-01
    C           | 1              | 2024-05-01
    """,
)
DATES = """
    la_child_id | cin_details_id | assessment_actual_start_date | assessment_authorisation_date
    A           | 1              | 2024-05-02                   | 2024-05-01
    B           | 1              | 2024-05-02                   | 2024-05-02
    C           | 1              |                              | 2024-03-31
    D           | 1              | 2024-03-31                   |
    E           | 1              | 2024-04-01                   | 2024-04-01
    F           | 1              | 2025-01-24                   |
    G           | 1              | 2025-01-26                   |
    H           | 1              | 2025-01-27                   |
    I           | 1              | 2025-03-31                   | 2025-03-31
    J           | 1              | 2025-04-01                   |
    K           | 1              | 2025-03-31                   | 2025-04-01
    L           | 1              |                              |
    M           | 1              | 2024-04-01                   |
    N           | 1              | 2025-03-31                   |
    """
spec("8608", {"cin_assessments": [1]}, cin_assessments=DATES)
spec("8670Q", {"cin_assessments": [4, 6, 7, 13]}, cin_assessments=DATES)
spec("8696", {"cin_assessments": [3, 11]}, cin_assessments=DATES)
spec("8736", {"cin_assessments": [4, 10]}, cin_assessments=DATES)
# 31 March 2024 was a Sunday, after Good Friday: the 45th working day before it was Friday, 26 January.
spec("8670Q", {"cin_assessments": [1]}, year=2024, cin_assessments="""
    assessment_actual_start_date | assessment_authorisation_date
    2024-01-25                   |
    2024-01-26                   |
    """)  # fmt: skip

spec(
    "8863Q",
    {"cin_assessments": [1, 2, 6, 7, 10, 11]},
    cin_assessments="""
    la_child_id | cin_details_id | assessment_actual_start_date | assessment_authorisation_date
    A           | 1              | 2024-05-01                   | 2024-06-01
    A           | 1              | 2024-05-31                   | 2024-07-01
    A           | 1              | 2024-07-01                   | 2024-08-01
    A           | 2              | 2024-05-01                   |
    B           | 1              |                              |
    C           | 1              | 2024-05-01                   |
    C           | 1              | 2024-09-01                   |
    D           | 1              | 2024-05-01                   | 2024-06-01
    D           | 1              | 2024-06-01                   |
    E           | 1              | 2024-05-01                   | 2024-05-01
    E           | 1              | 2024-05-01                   | 2024-05-01
    F           |                | 2024-05-01                   |
    F           |                | 2024-05-01                   |
    """,
)
spec(
    "8896",
    {"cin_assessments": [1, 2, 8, 9]},
    cin_assessments="""
    la_child_id | cin_details_id | assessment_actual_start_date | assessment_authorisation_date
    A           | 1              | 2024-05-01                   |
    A           | 1              | 2024-06-01                   |
    A           | 1              | 2024-06-01                   | 2024-07-01
    A           | 2              | 2024-05-01                   |
    B           | 1              | 2024-05-01                   |
    F           |                | 2024-05-01                   |
    F           |                | 2024-05-01                   |
    G           | 1              |                              |
    G           | 1              |                              |
    """,
)
# A row for each factor: rows 1 and 2 are one assessment, and so are rows 4 and 5, of which 6 is another.
ROW_EACH = """
    la_child_id | cin_details_id | assessment_actual_start_date | assessment_authorisation_date | assessment_factors
    A           | 1              | 2024-05-01                   |                               | 1A
    A           | 1              | 2024-05-01                   |                               | 2B
    A           | 2              | 2024-05-01                   |                               |
    B           | 1              | 2024-05-01                   |                               | 1A
    B           | 1              | 2024-05-01                   |                               | 21
    B           | 1              | 2024-06-01                   |                               | 3A
    C           | 1              | 2024-05-01                   | 2024-05-05                    | 2A
    C           | 1              | 2024-05-01                   | 2024-05-05                    | 2A
    D           | 1              | 2024-05-01                   |                               | 1A,2B
    D           | 1              | 2024-05-01                   |                               | 3A
    """
spec("8896", {"cin_assessments": [4, 5, 6, 9, 10]}, cin_assessments=ROW_EACH)
spec("8863Q", {"cin_assessments": [4, 5, 6, 9, 10]}, cin_assessments=ROW_EACH)
spec("8869", {"cin_assessments": [4, 5]}, cin_assessments=ROW_EACH)
spec("8898", {"cin_assessments": [7, 8]}, cin_assessments=ROW_EACH)

FACTORS = """
    la_child_id | cin_details_id | assessment_authorisation_date | assessment_factors
    A           | 1              | 2024-05-01                    | 21
    B           | 1              | 2024-05-01                    | 2A,21,3B
    C           | 1              | 2024-05-01                    | 2A,3B,2A
    D           | 1              |                               | 2A,18A
    E           | 1              | 2024-05-01                    |
    F           | 1              |                               |
    G           | 1              | 2024-05-01                    | 19A
    H           | 1              | 2024-05-01                    | 21,21
    I           | 1              | 2024-03-31                    |
    J           | 1              | 2024-04-01                    |
    K           | 1              | 2025-03-31                    |
    L           | 1              | 2025-04-01                    |
    M           | 1              | 2024-05-01                    | 18B,19C
    """
spec("8614", {"cin_assessments": [4]}, cin_assessments=FACTORS)
spec("8869", {"cin_assessments": [2]}, cin_assessments=FACTORS)
spec("8898", {"cin_assessments": [3, 8]}, cin_assessments=FACTORS)
spec("8897Q", {"cin_assessments": [5, 10, 11]}, cin_assessments=FACTORS)
for year in (2025, 2026):
    spec("8945Q", {"cin_assessments": [4]}, year=year, cin_assessments=FACTORS)
    spec("8950Q", {"cin_assessments": [7]}, year=year, cin_assessments=FACTORS)
spec("8945Q", {}, year=2024, cin_assessments=FACTORS)
spec("8950Q", {}, year=2024, cin_assessments=FACTORS)

spec(
    "8873Q",
    {"cin_assessments": [1, 9, 10], "cin_details": [1, 7]},
    cin_details="""
    la_child_id | cin_details_id | reason_for_closure
    A           | 1              | RC7
    A           | 2              | RC8
    B           | 1              | RC9
    C           | 1              |
    D           | 1              | RC7
    E           | 1              | RC7
    F           | 1              | RC7
    G           | 1              | RC7
    """,
    cin_assessments="""
    la_child_id | cin_details_id | assessment_actual_start_date | assessment_authorisation_date | assessment_factors
    A           | 1              | 2024-05-01                   | 2024-05-05                    | 21
    A           | 2              | 2024-05-01                   | 2024-05-05                    | 21
    B           | 1              | 2024-05-01                   | 2024-05-05                    | 21
    C           | 1              | 2024-05-01                   | 2024-05-05                    | 21
    D           | 1              | 2024-05-01                   | 2024-05-05                    | 21
    D           | 1              | 2024-06-01                   | 2024-06-05                    | 2A
    E           | 1              | 2024-05-01                   |                               | 21
    G           | 1              | 2024-05-01                   | 2024-05-05                    | 1A,2A
    F           | 1              | 2024-05-01                   | 2024-05-05                    | 21
    F           | 1              | 2024-05-01                   | 2024-05-05                    | 20
    """,
)

CONFERENCES = """
    la_child_id | cin_details_id | cin_referral_date | date_of_initial_cpc
    A           | 1              | 2024-05-02        | 2024-05-20
    A           | 2              | 2024-08-01        | 2024-04-30
    B           | 1              |                   |
                | 1              | 2024-05-02        | 2024-05-20
    """
HELD = """
    la_child_id | cin_details_id | s47_actual_start_date | date_of_initial_cpc
    A           | 1              | 2024-05-01            | 2024-05-20
    A           | 1              | 2024-05-02            | 2024-05-01
    A           | 2              | 2024-08-01            | 2024-05-20
    B           | 1              | 2024-05-01            | 2024-05-01
    A           | 1              |                       |
                | 1              | 2024-05-01            | 2024-05-20
    A           | 1              | 2024-05-02            | 2024-05-02
    """
spec("1104", {"cin_details": [1, 2], "cin_section_47": [2, 3]}, cin_details=CONFERENCES, cin_section_47=HELD)
spec("2884", {"cin_details": [1], "cin_section_47": [1]}, cin_details=CONFERENCES, cin_section_47=HELD)
spec("2889", {"cin_details": [1], "cin_section_47": [1]}, cin_details=CONFERENCES, cin_section_47=HELD)
spec("8615", {"cin_section_47": [2, 3, 5]}, cin_section_47=HELD)

ENQUIRIES = """
    la_child_id | cin_details_id | s47_actual_start_date | date_of_initial_cpc | icpc_not_required
    A           | 1              | 2025-03-07            |                     | 0
    B           | 1              | 2025-03-10            |                     | 0
    C           | 1              | 2025-03-07            |                     | 1
    D           | 1              | 2025-03-07            | 2025-03-31          | 0
    E           | 1              | 2024-03-31            |                     |
    F           | 1              | 2024-04-01            | 2024-03-31          | 0
    G           | 1              | 2024-03-31            | 2025-04-01          | 0
    H           | 1              | 2024-03-31            | 2024-04-01          | 0
    I           | 1              | 2024-03-31            |                     | 1
    J           | 1              | 2025-04-01            |                     | 0
    K           | 1              |                       |                     | 0
    """
spec("8675Q", {"cin_section_47": [1, 5]}, cin_section_47=ENQUIRIES)
spec("8715", {"cin_section_47": [6, 7]}, cin_section_47=ENQUIRIES)
spec("8740", {"cin_section_47": [5, 7, 10]}, cin_section_47=ENQUIRIES)
spec(
    "8839",
    {"cin_section_47": [1, 2]},
    cin_section_47="""
    la_child_id | cin_details_id | date_of_initial_cpc | icpc_not_required
    A           | 1              |                     | 0
    A           | 1              |                     |
    A           | 1              | 2024-05-01          | 0
    A           | 2              |                     | 0
    B           | 1              |                     | 0
    B           | 1              |                     | 1
    C           |                |                     | 0
    C           |                |                     | 0
    """,
)
DAYS = """
    la_child_id | initial_cpc_target | date_of_initial_cpc
    A           | 2024-06-01         | 2024-05-31
    B           | 2024-06-02         | 2024-06-01
    C           | 2024-06-03         | 2024-06-02
    D           | 2024-05-31         |
    E           |                    | 2024-06-03
    """
spec("8870Q", {"cin_section_47": [1, 2]}, cin_section_47=DAYS)
spec("8875", {"cin_section_47": [2, 3]}, cin_section_47=DAYS)
spec(
    "8890",
    {"cin_section_47": [1, 2, 6, 7], "cin_details": [1, 3]},
    cin_details="""
    la_child_id | cin_details_id | cin_referral_date
    A           | 1              | 2024-04-01
    A           | 2              | 2024-04-01
    B           | 1              | 2024-04-01
    C           | 1              | 2024-04-01
    """,
    cin_section_47="""
    la_child_id | cin_details_id | s47_actual_start_date | date_of_initial_cpc | icpc_not_required
    A           | 1              | 2024-05-01            | 2024-05-20          | 0
    A           | 1              | 2024-05-19            | 2024-06-10          | 0
    A           | 1              | 2024-06-10            | 2024-06-20          | 0
    A           | 2              | 2024-05-01            |                     | 1
    A           | 2              | 2024-05-03            |                     | 1
    B           | 1              | 2024-05-01            |                     | 0
    B           | 1              | 2024-09-01            |                     | 1
    C           | 1              |                       |                     | 0
    C           | 1              | 2024-09-01            |                     | 0
    """,
)
# As XML can say it: every enquiry is in an episode.
spec(
    "8839",
    {"cin_section_47": [1, 2]},
    cin_section_47="""
    la_child_id | cin_details_id | date_of_initial_cpc | icpc_not_required
    A           | 1              |                     | 0
    A           | 1              |                     | 0
    A           | 2              |                     | 0
    B           | 1              |                     | 1
    B           | 1              |                     | 0
    """,
)
