"""Specs of the measures of the record about care leavers and adoption."""

from tests.kernel.record_measure_specs import spec

_ACTIVE = """
    activity   | in_touch | born_on
    {yes}      | YES      | {born}
    {no}       | YES      | {born}
               | NO       | {born}
    {yes}      | RHOM     | {born}
    {yes}      | YES      | 1999-01-01
    """
spec("CL-01", "yes no not_known - -", leavers=_ACTIVE.format(yes="F2", no="G5", born="2005-01-01"))
spec("CL-02", "yes no not_known - -", leavers=_ACTIVE.format(yes="P1", no="G4", born="2007-01-01"))
spec("CL-03", "yes no not_known - -", leavers=_ACTIVE.format(yes="G6", no="F1", born="2005-01-01"))
spec("CL-04", "yes no not_known - -", leavers=_ACTIVE.format(yes="F4", no="F5", born="2005-01-01"))

_HOMED = """
    suitability | accommodation | in_touch | born_on
    SUITABLE    | U             | YES      | {born}
    UNSUITABLE  | V             | YES      | {born}
                | U             | YES      | {born}
    SUITABLE    | G             | YES      | {born}
    SUITABLE    | U             | DIED     | {born}
    """
spec("CL-06", "yes no not_known - -", leavers=_HOMED.format(born="2005-01-01"))
spec("CL-07", "yes no not_known - -", leavers=_HOMED.format(born="2007-01-01"))
spec(
    "CL-08",
    "yes no no not_known -",
    leavers="""
    in_touch | born_on
    NO       | 2005-01-01
    YES      | 2005-01-01
    REFU     | 2005-01-01
             | 2005-01-01
    NO       | 2008-01-01
    """,
)
for _code, _column, _in, _out in (
    ("CL-09", "contacted_on", "2025-02-03", "2025-02-02"),
    ("CL-10", "pathway_plan_on", "2024-09-30", "2024-09-29"),
):
    spec(
        _code,
        "yes no no not_known - -",
        leavers=f"""
        eligibility | in_touch | {_column}
        FORMER      | YES      | {_in}
        FORMER      | YES      | {_out}
        FORMER      | YES      |
        FORMER      | YES      | 2025-04-01
        FORMER      | NREQ     | {_in}
        QUALIFYING  | YES      | {_in}
        """,
    )
spec(
    "CL-11",
    "yes no - -",
    leavers="""
    eligibility | in_touch | adviser
    RELEVANT    | YES      | A1
    RELEVANT    | YES      |
    RELEVANT    | DIED     | A1
    QUALIFYING  | YES      | A1
    """,
)
for _code, _yes in (("CL-12", "Z"), ("CL-13", "W")):
    spec(
        _code,
        "yes no not_known -",
        leavers=f"""
        accommodation | in_touch | born_on
        {_yes}        | YES      | 2005-01-01
        U             | YES      | 2005-01-01
                      | YES      | 2005-01-01
        {_yes}        | YES      | 2008-01-01
        """,
    )
spec(
    "AD-08",
    "yes no not_known -",
    adoption_paths="""
    decided_on | placed_on  | adopted_on
    2023-06-01 | 2024-06-01 | 2025-01-01
    2023-06-01 | 2024-06-02 | 2025-01-01
               | 2024-06-02 | 2025-01-01
    2022-06-01 | 2022-07-01 | 2024-03-31
    """,
)
spec(
    "AD-10",
    "yes no no -",
    adoption_paths="""
    decided_on | reversed_on
    2024-06-01 | 2025-03-31
    2024-06-01 |
    2024-06-01 | 2025-04-01
    2023-06-01 | 2024-07-01
    """,
)
