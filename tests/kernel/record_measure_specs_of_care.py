"""Specs of the measures of the record about children in care: where, how long, reviews, health, missing."""

from tests.kernel.record_measure_specs import spec

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
