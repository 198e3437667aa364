"""A small view for every measure of the record, with what each row counts as on 31 March 2025."""

from tests.kernel.measure_specs import Spec

SPECS: list[Spec] = []


def spec(measure: str, states: str, **tables: str) -> None:
    ((name, text),) = tables.items()
    SPECS.append(Spec(measure, name, text, tuple(states.split())))


_EFFECT_6 = """
    ended_on   | {came}
    2024-07-01 | 2024-12-31
    2024-07-01 | 2025-01-01
    2024-07-01 | 2025-01-02
    2024-07-01 |
    2024-09-30 |
    2024-10-01 | 2024-10-02
    2023-09-30 | 2023-10-30
    2023-10-01 | 2023-10-30
    """
_EFFECT_12 = """
    ended_on   | {came}
    2023-07-01 | 2024-07-01
    2023-07-01 | 2024-07-02
    2024-03-31 |
    2024-04-01 | 2024-04-02
    2023-03-31 | 2023-04-30
    """
for _code, _came in (("EH-01", "referred_on"), ("EH-03", "in_need_on"), ("EH-05", "plan_on")):
    spec(_code, "yes yes no no no not_due - yes", helped_early=_EFFECT_6.format(came=_came))
for _code, _came in (("EH-02", "referred_on"), ("EH-04", "in_need_on"), ("EH-06", "plan_on")):
    spec(_code, "yes no no not_due -", helped_early=_EFFECT_12.format(came=_came))

spec(
    "FD-02",
    "yes yes no no not_due yes - -",
    all_contacts="""
    contacted_on | referred_on
    2025-01-06   | 2025-01-06
    2025-01-06   | 2025-01-20
    2025-01-06   | 2025-01-21
    2025-01-06   |
    2025-03-24   |
    2025-03-24   | 2025-03-25
    2024-03-31   | 2024-04-01
    2025-04-01   | 2025-04-01
    """,
)
spec(
    "FD-05",
    "yes no no - -",
    all_referrals="""
    referred_on | previous_on
    2025-01-10  | 2024-01-10
    2025-01-10  | 2024-01-09
    2025-01-10  |
    2024-03-31  | 2024-03-01
    2025-04-01  | 2025-03-01
    """,
)
spec(
    "FD-06",
    "yes no not_known -",
    all_referrals="""
    referred_on | no_further_action
    2025-01-10  | Y
    2025-01-10  | N
    2025-01-10  |
    2024-03-31  | Y
    """,
)
spec(
    "AS-01",
    "yes no - not_known -",
    all_assessments="""
    started_on | authorised_on
    2024-11-25 | 2025-01-30
    2024-11-25 | 2025-01-31
    2024-11-25 |
    2024-11-25 | 2024-11-24
    2024-01-25 | 2024-03-31
    """,
)
spec(
    "AS-02",
    "yes no not_known not_known -",
    all_assessments="""
    referred_on | started_on | authorised_on
    2024-11-25  | 2024-11-26 | 2025-01-30
    2024-11-24  | 2024-11-26 | 2025-02-03
                | 2024-11-26 | 2025-01-30
    2025-02-01  | 2024-11-26 | 2025-01-30
    2024-11-25  | 2024-11-26 |
    """,
)
spec(
    "AS-03",
    "yes no -",
    all_assessments="""
    started_on | authorised_on
    2025-01-24 |
    2025-01-27 |
    2025-01-24 | 2025-03-31
    """,
)
spec(
    "AS-05",
    "yes no not_known not_due - -",
    all_assessments="""
    started_on | authorised_on | child_seen | born_on
    2025-01-10 | 2025-02-10    | Y          | 2015-01-01
    2025-01-10 | 2025-02-10    | N          | 2015-01-01
    2025-01-10 | 2025-02-10    |            | 2015-01-01
    2025-01-10 |               | Y          | 2015-01-01
    2025-01-10 | 2025-02-10    | N          | 2025-02-11
    2024-01-10 | 2024-02-10    | Y          | 2015-01-01
    """,
)
spec(
    "CP-02",
    "yes no - not_known -",
    all_conferences="""
    strategy_on | conference_on
    2024-12-13  | 2025-01-08
    2024-12-13  | 2025-01-09
    2024-12-13  |
                | 2024-12-20
    2024-03-01  | 2024-03-28
    """,
)
spec(
    "CP-03",
    "yes no no not_due no -",
    all_enquiries="""
    strategy_on | conference_on | went_no_further
    2025-01-10  | 2025-01-20    |
    2025-01-10  |               | N
    2025-01-10  | 2025-04-20    |
    2025-03-20  |               |
    2025-03-20  |               | Y
    2024-03-10  | 2025-01-20    |
    """,
)
spec(
    "CP-04",
    "yes no not_known -",
    all_conferences="""
    conference_on | led_to_plan
    2025-01-10    | Y
    2025-01-10    | N
    2025-01-10    |
    2024-01-10    | Y
    """,
)
spec(
    "CP-05",
    "yes no no -",
    all_enquiries="""
    strategy_on | previous_on
    2025-01-10  | 2024-01-10
    2025-01-10  | 2024-01-09
    2025-01-10  |
    2024-01-10  | 2024-01-09
    """,
)
spec(
    "CP-08",
    "yes no not_known - -",
    all_plans="""
    started_on | previous_plans
    2024-04-01 | 2
    2025-01-10 | 0
    2025-01-10 |
    2024-03-31 | 1
    2025-04-01 | 1
    """,
)
spec(
    "CP-09",
    "yes no no -",
    all_plans="""
    started_on | previous_ended_on
    2025-01-10 | 2023-01-10
    2025-01-10 | 2023-01-09
    2025-01-10 |
    2024-01-10 | 2024-01-09
    """,
)
spec(
    "CP-10",
    "yes no - not_known",
    all_plans="""
    started_on | ended_on   | team
    2023-04-01 |            | East
    2023-04-02 |            | East
    2023-04-01 | 2025-03-31 | East
               |            | East
    """,
)
for _category in ("NEG", "PHY", "SAB", "EMO", "MUL"):
    spec(
        f"CP-16{_category[0]}",
        "yes no - not_known",
        all_plans=f"""
        started_on | ended_on   | latest_category
        2024-01-01 |            | {_category}
        2024-01-01 |            | OTHER
        2024-01-01 | 2025-03-31 | {_category}
        2024-01-01 |            |
        """,
    )
spec(
    "CP-11",
    "yes no - -",
    all_plans="""
    started_on | ended_on
    2022-01-01 | 2024-12-31
    2024-01-01 | 2024-12-31
    2022-01-01 |
    2020-01-01 | 2024-03-31
    """,
)
spec(
    "CP-12",
    "yes no not_due - not_known",
    all_plans="""
    started_on | ended_on   | reviews_late | reviews_held
    2024-06-01 |            | 0            | 2
    2024-06-01 |            | 1            | 1
    2025-01-01 |            | 0            | 0
    2024-06-01 | 2025-03-31 | 0            | 2
               |            | 0            | 2
    """,
)
spec(
    "CP-13",
    "yes no no not_due -",
    all_plans="""
    started_on | ended_on   | last_visit_on
    2024-06-01 |            | 2025-03-17
    2024-06-01 |            | 2025-03-14
    2024-06-01 |            |
    2025-03-18 |            |
    2024-06-01 | 2025-03-30 | 2025-03-17
    """,
)
spec(
    "CP-14",
    "yes no not_known - not_due",
    all_plans="""
    started_on | seen_alone | last_visit_on | born_on
    2024-06-01 | Y          | 2025-03-17    | 2015-01-01
    2024-06-01 | N          | 2025-03-17    | 2015-01-01
    2024-06-01 |            | 2025-03-17    | 2015-01-01
    2024-06-01 | Y          | 2025-03-17    | 2022-01-01
    2025-03-20 |            |               | 2015-01-01
    """,
)
spec(
    "CLA-04",
    "yes no no -",
    in_care="""
    placements_in_year | legal_status
    3                  | C2
    2                  | C2
    0                  |
    4                  | V4
    """,
)
spec(
    "CLA-04M",
    "yes no -",
    in_care="""
    moves_in_year | legal_status
    3             | C2
    2             | C2
    4             | V3
    """,
)
spec(
    "CLA-05",
    "yes no - not_known yes -",
    in_care="""
    placements_in_two_years | started_on | seen_from  | legal_status
    3                       | 2023-03-31 | 2023-03-31 | C2
    2                       | 2020-01-01 | 2020-01-01 | C2
    3                       | 2023-04-01 | 2023-04-01 | C2
    3                       |            | 2024-04-01 | C2
    3                       |            | 2023-03-31 | C2
    3                       | 2020-01-01 | 2020-01-01 | V3
    """,
)
spec(
    "CLA-06",
    "yes no - - not_known not_known yes -",
    in_care="""
    carer_on   | carer_from | started_on | seen_from  | born_on    | legal_status
    2023-03-31 | 2023-03-31 | 2022-09-30 | 2022-09-30 | 2015-01-01 | C2
    2023-04-01 | 2023-04-01 | 2020-01-01 | 2020-01-01 | 2015-01-01 | C2
    2023-01-01 | 2023-01-01 | 2022-10-01 | 2022-10-01 | 2015-01-01 | C2
    2020-01-01 | 2020-01-01 | 2020-01-01 | 2020-01-01 | 2009-03-31 | C2
               | 2023-05-01 | 2020-01-01 | 2020-01-01 | 2015-01-01 | C2
    2024-01-01 | 2024-01-01 |            | 2023-01-01 | 2015-01-01 | C2
               | 2022-01-01 |            | 2022-01-01 | 2015-01-01 | C2
    2020-01-01 | 2020-01-01 | 2020-01-01 | 2020-01-01 | 2015-01-01 | V4
    """,
)
spec(
    "CLA-07",
    "yes no no not_known no not_known no -",
    in_care="""
    miles | in_or_out | legal_status
    20.1  | OUT       | C2
    20.0  | OUT       | C2
    20.1  | IN        | C2
          | OUT       | C2
          | IN        | C2
    30    |           | C2
    5     |           | C2
    30    | OUT       | V3
    """,
)
spec(
    "CLA-08",
    "yes no not_known -",
    in_care="""
    miles | legal_status
    20.1  | C2
    20.0  | C2
          | C2
    30    | V3
    """,
)
spec(
    "CLA-09",
    "yes no not_known -",
    in_care="""
    in_or_out | legal_status
    OUT       | C2
    IN        | C2
              | C2
    OUT       | V3
    """,
)
for _code, _place, _other in (
    ("CLA-10", "U4", "K2"), ("CLA-11", "K1", "U1"), ("CLA-12", "H5", "K2"), ("CLA-13", "Z12", "U6"),
):  # fmt: skip
    spec(
        _code,
        "yes no not_known -",
        in_care=f"""
        placement_type | legal_status
        {_place}       | C2
        {_other}       | C2
                       | C2
        {_place}       | V3
        """,
    )
spec(
    "FO-02",
    "yes no not_known -",
    in_care="""
    provider | legal_status
    PR1      | C2
    PR4      | C2
             | C2
    PR1      | V3
    """,
)
spec(
    "CLA-03",
    "yes no -",
    in_care="""
    unaccompanied | legal_status
    Y             | C2
    N             | C2
    Y             | V3
    """,
)
spec(
    "CLA-14",
    "yes no not_due no -",
    in_care="""
    reviews_late | reviews_held | started_on | legal_status
    0            | 2            | 2024-06-01 | C2
    1            | 2            | 2024-06-01 | C2
    0            | 0            | 2025-03-10 | C2
    1            | 0            |            | C2
    0            | 2            | 2024-06-01 | V3
    """,
)
spec(
    "CLA-15",
    "yes no not_known not_known - yes",
    care_reviews="""
    participation | age_then
    PN1           | 4
    PN4           | 9
    PN0           | 9
                  | 9
    PN0           | 3
    PN5           |
    """,
)
spec(
    "CLA-16",
    "yes no no not_due yes -",
    in_care="""
    last_visit_on | placement_on | placement_type | started_on | legal_status
    2025-02-17    | 2024-06-01   | U6             | 2024-06-01 | C2
    2025-02-16    | 2024-06-01   | U6             | 2024-06-01 | C2
                  | 2024-06-01   | U6             | 2024-06-01 | C2
                  | 2025-03-28   | U6             | 2025-03-28 | C2
    2025-01-02    | 2023-06-01   | U4             | 2023-06-01 | C2
    2025-03-01    | 2023-06-01   | U4             | 2023-06-01 | V3
    """,
)
spec(
    "CLA-18",
    "yes no not_known -",
    in_care="""
    workers_in_year | legal_status
    3               | C2
    2               | C2
    0               | C2
    3               | V3
    """,
)
spec(
    "CLA-20",
    "yes no no -",
    care_begun="""
    started_on | previous_ceased_on | legal_status
    2025-01-10 | 2024-01-10         | C2
    2025-01-10 | 2024-01-09         | C2
    2025-01-10 |                    | C2
    2025-01-10 | 2025-01-09         | V3
    """,
)
for _code, _reason, _other in (("CLA-21", "E45", "E11"), ("AD-01", "E12", "E4A")):
    spec(
        _code,
        "yes no not_known - -",
        care_ended=f"""
        ceased_reason | last_of_child | legal_status
        {_reason}     | Y             | C2
        {_other}      | Y             | C2
                      | Y             | C2
        {_reason}     | N             | C2
        {_reason}     | Y             | V4
        """,
    )
spec(
    "HE-02",
    "yes no yes yes no - yes no",
    in_care="""
    health_on  | health_said | born_on    | started_on | legal_status
    2024-03-31 |             | 2015-01-01 | 2020-01-01 | C2
    2024-03-30 |             | 2015-01-01 | 2020-01-01 | C2
               | Y           | 2015-01-01 | 2020-01-01 | C2
    2024-09-30 |             | 2022-01-01 | 2022-01-01 | C2
    2024-09-29 |             | 2022-01-01 | 2022-01-01 | C2
    2025-01-01 |             | 2015-01-01 | 2024-04-01 | C2
    2025-01-01 |             | 2015-01-01 |            | C2
               |             | 2015-01-01 | 2020-01-01 | C2
    """,
)
spec(
    "HE-03",
    "yes no yes -",
    in_care="""
    dental_on  | dental_said | started_on | legal_status
    2024-03-31 |             | 2020-01-01 | C2
    2024-03-30 |             | 2020-01-01 | C2
               | Y           | 2020-01-01 | C2
    2025-01-01 |             | 2020-01-01 | V3
    """,
)
spec(
    "HE-04",
    "yes no not_known -",
    in_care="""
    immunised | started_on | legal_status
    Y         | 2020-01-01 | C2
    N         | 2020-01-01 | C2
              | 2020-01-01 | C2
    Y         | 2024-06-01 | C2
    """,
)
spec(
    "HE-05",
    "yes no yes -",
    in_care="""
    development_on | development_said | born_on    | started_on | legal_status
    2024-03-31     |                  | 2022-01-01 | 2022-01-01 | C2
    2024-03-30     |                  | 2022-01-01 | 2022-01-01 | C2
                   | Y                | 2022-01-01 | 2022-01-01 | C2
    2025-01-01     |                  | 2020-03-31 | 2022-01-01 | C2
    """,
)
spec(
    "HE-07",
    "yes no - -",
    in_care="""
    sdq_score | born_on    | started_on | legal_status
    0         | 2015-01-01 | 2020-01-01 | C2
              | 2015-01-01 | 2020-01-01 | C2
    12        | 2021-01-01 | 2022-01-01 | C2
    12        | 2008-03-31 | 2020-01-01 | C2
    """,
)
spec(
    "HE-08",
    "yes no - -",
    in_care="""
    sdq_score | born_on    | started_on | legal_status
    17        | 2015-01-01 | 2020-01-01 | C2
    16        | 2015-01-01 | 2020-01-01 | C2
              | 2015-01-01 | 2020-01-01 | C2
    30        | 2021-01-01 | 2022-01-01 | C2
    """,
)
spec(
    "CLA-22",
    "yes no - -",
    in_care="""
    convicted | born_on    | started_on | legal_status
    Y         | 2010-01-01 | 2020-01-01 | C2
    N         | 2010-01-01 | 2020-01-01 | C2
    Y         | 2016-01-01 | 2020-01-01 | C2
    Y         | 2010-01-01 | 2020-01-01 | V4
    """,
)
spec(
    "MI-01",
    "yes no no -",
    cared_in_year="""
    missing_in_year | absent_in_year | legal_status
    1               | 0              | C2
    0               | 3              | C2
    0               | 0              | C2
    2               | 0              | V3
    """,
)
spec(
    "MI-01A",
    "yes yes no -",
    cared_in_year="""
    missing_in_year | absent_in_year | legal_status
    1               | 0              | C2
    0               | 3              | C2
    0               | 0              | C2
    2               | 0              | V3
    """,
)
spec(
    "MI-02",
    "yes no not_known not_known -",
    times_missing="""
    kind | offered
    M    | Y
    M    | N
    M    | U
    M    |
    A    | Y
    """,
)
spec(
    "MI-03",
    "yes no not_known -",
    times_missing="""
    kind | offered | accepted
    M    | Y       | Y
    M    | Y       | N
    M    | Y       |
    M    | N       | Y
    """,
)

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
