"""A small table for every rule: rows that break it and rows that do not, on 31 March 2025 unless said otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

AS_AT = date(2025, 3, 31)
EARLIER_AS_AT = date(2024, 12, 31)

Place = int | str | None
"""A row; None for the list as a whole; 'was 3' for row 3 of the earlier submission, which is gone."""


@dataclass(frozen=True)
class Spec:
    """One table or more as drawn text, and which rows of which list break the rule.

    `earlier` holds the tables of the submission three months before, for the rules that compare; `year` is that of a
    return, and `known` are the children whom other forms know.
    """

    rule: str
    breaks: Mapping[str, list[Place]]
    tables: Mapping[str, str]
    settings: Mapping[str, int] = field(default_factory=dict)
    earlier: Mapping[str, str] = field(default_factory=dict)
    as_at: date = AS_AT
    year: int | None = None
    known: frozenset[str] | None = None


SPECS: list[Spec] = []


def spec(
    rule: str,
    breaks: Mapping[str, list[Place]],
    *,
    settings: Mapping[str, int] | None = None,
    earlier: Mapping[str, str] | None = None,
    as_at: date = AS_AT,
    year: int | None = None,
    known: tuple[str, ...] | None = None,
    **tables: str,
) -> None:
    others = None if known is None else frozenset(known)
    SPECS.append(Spec(rule, breaks, tables, settings or {}, earlier or {}, as_at, year, others))


spec(
    "G01",
    {"contacts": [2]},
    contacts="""
    child | contacted_on
    A     | 2025-01-10
          | 2025-01-11
    """,
)
spec(
    "G02",
    {"referrals": [1], "assessments": [2]},
    children_in_need="""
    child
    0071
    B2
    """,
    children_in_care="""
    child
    0071
    B2
    """,
    referrals="""
    child
    71.0
    0071
    C3
    """,
    assessments="""
    child
    B2
    b2
    """,
)
spec(
    "G03",
    {"referrals": [2]},
    contacts="""
    child | born_on
    A     | 2015-05-01
    B     | 2016-01-01
    C     |
    """,
    referrals="""
    child | born_on
    A     | 2015-05-01
    A     | 2015-01-05
    C     | 2012-02-02
    """,
)
spec(
    "G03",
    {"contacts": [1], "referrals": [1]},
    contacts="""
    child | born_on
    A     | 2015-05-01
    B     | 2016-01-01
    """,
    referrals="""
    child | born_on
    A     | 2015-01-05
    """,
)
spec(
    "G04",
    {"care_leavers": [1, 2]},
    children_in_care="""
    child | gender | ethnicity
    A     | F      | WBRI
    B     | M      | AIND
    C     | M      | BAFR
    """,
    children_in_need="""
    child | gender | ethnicity
    A     | F      | WBRI
    B     | M      | AIND
    C     | U      | NOBT
    """,
    care_leavers="""
    child | gender | ethnicity
    A     | M      | WBRI
    B     | M      | WIRI
    """,
)
spec(
    "G10",
    {"contacts": [2]},
    contacts="""
    child | contacted_on
    A     | 2025-03-31
    A     | 2025-04-01
    A     |
    """,
)
spec(
    "G11",
    {"contacts": [3]},
    contacts="""
    child | born_on    | contacted_on
    A     | 2025-01-01 | 2025-01-01
    B     | 2025-06-01 | 2025-01-01
    C     | 2025-01-01 | 2024-02-01
    D     |            | 2024-02-01
    """,
)
spec(
    "G11",
    {"children_in_care": [2]},
    children_in_care="""
    child | born_on    | started_on
    A     | 2024-01-01 | 2024-01-01
    B     | 2024-01-02 | 2024-01-01
    """,
)
spec(
    "G12",
    {"contacts": [2, 4, 7]},
    contacts="""
    child | born_on    | age
    A     | 2015-03-31 | 10
    B     | 2015-04-01 | 10
    C     | 2015-03-25 | 9
    D     | 2015-03-20 | 9
    E     |            | 9
    F     | 2025-06-01 | -1
    G     | 2015-01-01 | 12
    """,
)
spec(
    "G13",
    {"contacts": [2, 3, 7, 9]},
    contacts="""
    child | born_on    | age
    A     | 2025-06-01 | -1
    B     | 2025-06-01 | 0
    C     | 2024-06-01 | -1
    D     | 2025-03-28 | -1
    E     | 2025-03-28 | 0
    F     |            | -1
    G     |            |
    H     |            | 4
    I     | 2025-06-01 |
    J     | 2024-06-01 |
    """,
)
spec(
    "G14",
    {"children_in_care": [2, 3, 5], "referrals": [2]},
    children_in_care="""
    child | born_on    | age | ceased_on
    A     | 2007-03-31 |     |
    B     | 2007-03-30 |     |
    C     |            | 18  |
    D     | 2007-01-05 |     | 2025-01-05
    E     | 2007-01-05 |     | 2025-01-06
    """,
    referrals="""
    born_on    | referred_on
    2007-02-01 | 2025-01-31
    2007-02-01 | 2025-02-01
    """,
)
spec(
    "G14",
    {"adoptions": [2]},
    adoptions="""
    child | born_on
    A     | 2000-04-01
    B     | 2000-03-31
    C     |
    """,
)
spec(
    "G15",
    {"care_leavers": [1, 4]},
    care_leavers="""
    child | born_on
    A     | 2010-01-01
    B     | 2009-03-31
    C     | 1999-04-01
    D     | 1999-03-31
    """,
)
spec(
    "G16",
    {"children_in_care": [2], "referrals": [2]},
    children_in_care="""
    child | placements_in_year
    A     | 1
    B     | 0
    """,
    referrals="""
    child | referrals_in_year
    A     | 0
    B     | -2
    """,
)
spec(
    "G19",
    {"contacts": [2]},
    contacts="""
    child | contacted_on | source
    A     | 2025-01-10   | 6
    A     | 2025-01-10   | 6
    A     | 2025-01-10   | 2A
    """,
)
spec(
    "G21",
    {"contacts": [2]},
    contacts="""
    child | gender | ethnicity | contacted_on | source
    A     | F      |           | 2025-01-10   | 6
    B     |        |           | 2025-01-10   | 6
    """,
)
spec(
    "K01",
    {"children_in_need": [1, 3]},
    children_in_need="""
    child
    A
    B
    A
    """,
)
spec(
    "K02",
    {"protection_plans": [1, 2]},
    protection_plans="""
    child | team
    A     | East
    A     | East
          | East
          | East
    """,
)
spec(
    "K03",
    {"children_in_care": [2, 3]},
    children_in_care="""
    child
    A
    B
    B
    """,
)
spec(
    "K04",
    {"care_leavers": [2, 3]},
    care_leavers="""
    child
    A
    B
    B
    """,
)
spec(
    "K05",
    {"adopters": [2, 3]},
    adopters="""
    adopter
    P1
    P2
    P2
    """,
)
spec(
    "K06",
    {"contacts": [1, 2], "early_help": [1, 2], "referrals": [1, 2], "assessments": [1, 2], "section_47": [1, 2]},
    early_help="""
    child | started_on | organisation
    A     | 2025-01-10 | School
    A     | 2025-01-10 | School
    A     | 2025-01-10 | Clinic
    """,
    contacts="""
    child | contacted_on | source
    A     | 2025-01-10   | 6
    A     | 2025-01-10   | 6
    A     | 2025-01-10   | 2A
    """,
    referrals="""
    child | referred_on | source
    A     | 2025-01-10  | 6
    A     | 2025-01-10  | 6
    A     | 2025-01-11  | 6
    """,
    assessments="""
    child | started_on
    A     | 2025-01-10
    A     | 2025-01-10
    A     | 2025-01-11
    """,
    section_47="""
    child | strategy_on
    A     | 2025-01-10
    A     | 2025-01-10
    B     | 2025-01-10
    """,
)
for code, name, column in (
    ("P01", "contacts", "contacted_on"),
    ("P02", "early_help", "completed_on"),
    ("P03", "referrals", "referred_on"),
    ("P04", "assessments", "authorised_on"),
    ("P05", "section_47", "strategy_on"),
    ("P06", "children_in_need", "closed_on"),
    ("P07", "protection_plans", "ended_on"),
    ("P08", "children_in_care", "ceased_on"),
):
    # Six months before 31 March is 30 September; the list may have been cut ten days sooner.
    spec(
        code,
        {name: [2]},
        **{
            name: f"""
            child | {column}
            A     | 2024-09-20
            B     | 2024-09-19
            C     | 2025-01-01
            """
        },
    )
for code, name, columns in (
    ("P09", "adoptions", ("adopted_on", "reversed_on")),
    ("P10", "adopters", ("left_on", "adopted_on")),
):
    # Twelve months before 31 March, and ten days more; a child waiting has neither date.
    spec(
        code,
        {name: [2, 3]},
        **{
            name: f"""
            ethnicity | {columns[0]} | {columns[1]}
            WBRI      | 2024-03-21   |
            WBRI      | 2024-03-20   |
            WBRI      |              | 2023-05-01
            WBRI      |              | 2024-05-01
            WBRI      |              |
            """
        },
    )
spec(
    "L201",
    {"early_help": [2]},
    early_help="""
    started_on | completed_on
    2025-01-10 | 2025-01-10
    2025-01-10 | 2025-01-09
    2025-01-10 |
    """,
)
spec(
    "L301",
    {"referrals": [1, 2]},
    referrals="""
    child | referrals_in_year
    A     | 1
    A     | 2
    B     | 1
    B     | 1
          | 5
          | 6
    """,
)
spec(
    "L302",
    {"referrals": [2]},
    referrals="""
    child | referred_on | referrals_in_year
    A     | 2024-11-01  | 0
    A     | 2025-01-10  | 0
    B     | 2024-11-01  | 1
    B     | 2025-01-10  | 1
    C     | 2025-01-10  | 0
    D     | 2023-11-01  | 0
    D     | 2025-01-10  | 0
    """,
)
spec(
    "L303",
    {"referrals": [2, 4]},
    referrals="""
    no_further_action | worker | team
    N                 | W1     | East
    N                 |        | East
    Y                 |        |
    N                 | W1     |
    """,
)
spec(
    "L401",
    {"assessments": [2]},
    assessments="""
    started_on | authorised_on
    2025-01-10 | 2025-01-10
    2025-01-10 | 2025-01-09
               | 2025-01-09
    """,
)
spec(
    "L402",
    {"assessments": [2, 3]},
    assessments="""
    child | authorised_on | needs_support
    A     | 2025-01-10    | Y
    B     | 2025-01-10    |
    C     |               | N
    D     |               |
    """,
)
spec(
    "L403",
    {"assessments": [2, 4]},
    assessments="""
    started_on | authorised_on
    2024-11-25 | 2025-01-30
    2024-11-25 | 2025-01-31
    2025-01-27 |
    2025-01-24 |
    """,
)
spec(
    "L404",
    {"assessments": [2, 3]},
    assessments="""
    authorised_on | child_seen
    2025-01-10    | Y
    2025-01-10    | N
    2025-01-10    |
                  | N
    """,
)
spec(
    "L501",
    {"section_47": [2, 4]},
    section_47="""
    strategy_on | conference_unnecessary | conference_on
    2025-01-10  | Y                      |
    2025-01-10  | Y                      | 2025-01-20
    2025-01-10  | N                      | 2025-01-20
    2025-03-07  |                        |
    2025-03-10  |                        |
    """,
)
spec(
    "L502",
    {"section_47": [2]},
    section_47="""
    strategy_on | conference_on
    2025-01-10  | 2025-01-10
    2025-01-10  | 2025-01-09
    """,
)
spec(
    "L503",
    {"section_47": [2]},
    section_47="""
    strategy_on | conference_on
    2024-12-13  | 2025-01-08
    2024-12-13  | 2025-01-09
    """,
)
spec(
    "L504",
    {"section_47": [2, 3]},
    section_47="""
    conference_on | led_to_plan
    2025-01-10    | N
    2025-01-10    |
                  | Y
    """,
)
spec(
    "L505",
    {"section_47": [1, 2]},
    section_47="""
    child | enquiries_in_year | conferences_in_year
    A     | 1                 | 0
    A     | 2                 | 1
    B     | 1                 | 0
    B     | 1                 | 0
    """,
)
