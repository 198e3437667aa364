"""Small tables for the Department's rules of the CIN census: unique pupil numbers, and why there is none."""

from tests.kernel.statutory_specs import spec

UPNS = """
    la_child_id | upn
    A           | J830200012001
    B           | A830200012001
    C           | V83020001200A
    D           | A83020001200A
    E           | 9830200012001
    F           | J83020001200I
    G           | J8302000A2001
    H           | V999200012001
    I           | X820990012345
    J           | P66A200012001
    K           | U661200012001
    L           | J83020001200
    M           | J8302000120011
    N           | Y942200012001
    O           | F000123456789
    P           |
    Q           | I830200012001
    """
spec("1510", {"cin_child_identifiers": [2, 4, 5, 17]}, cin_child_identifiers=UPNS)
spec("1530", {"cin_child_identifiers": [8, 10, 15]}, cin_child_identifiers=UPNS)
spec("1530", {"cin_child_identifiers": [8, 10, 14, 15]}, year=2023, cin_child_identifiers=UPNS)
spec("1540", {"cin_child_identifiers": [7]}, cin_child_identifiers=UPNS)
spec("1550", {"cin_child_identifiers": [6, 12, 13]}, cin_child_identifiers=UPNS)
spec("1540", {"cin_child_identifiers": [1]}, cin_child_identifiers="upn | former_upn\nJ83020001 |\nJ830200012001 |")
spec(
    "1520",
    {"cin_child_identifiers": [1, 3]},
    cin_child_identifiers="""
    la_child_id | upn
    A           | J830200012001
    B           | V83020001200A
    C           | J830200012001
    D           |
    E           |
    """,
)
spec(
    "1560Q",
    {"cin_child_identifiers": [2, 3, 4, 5]},
    cin_child_identifiers="""
    la_child_id | former_upn
    A           | X98765432123B
    B           | I98765432123B
    C           | X9876543212
    D           | X98765432123S
    E           | X9876A432123B
    F           |
    G           | X987654321230
    """,
)
spec(
    "8770Q",
    {"cin_child_identifiers": [1, 2, 6, 9]},
    cin_child_identifiers="""
    la_child_id | upn           | upn_unknown | person_birth_date
    A           |               |             | 2012-01-01
    B           |               | UN1         | 2012-01-01
    C           |               | UN2         | 2012-01-01
    D           | J830200012001 |             | 2012-01-01
    E           | J830200012001 | UN1         | 2012-01-01
    F           |               |             | 2020-03-31
    G           |               |             | 2020-04-01
    H           |               |             | 2008-08-31
    I           |               |             | 2008-09-01
    J           |               |             | 2012-01-01
    K           |               |             |
    """,
    cin_details="""
    la_child_id | cin_details_id | referral_nfa
    A           | 1              | 0
    A           | 2              | 1
    B           | 1              | 0
    J           | 1              | 1
    J           | 2              | 1
    """,
)
spec(
    "8772",
    {"cin_child_identifiers": [1], "cin_details": [1]},
    cin_child_identifiers="""
    la_child_id | upn_unknown
    A           | UN7
    B           | UN7
    C           | UN2
    D           |
    """,
    cin_details="""
    la_child_id | cin_details_id | referral_nfa
    A           | 1              | 0
    A           | 2              | 1
    B           | 1              | 1
    C           | 1              | 0
    B           | 2              |
    """,
)
