"""A small table for every measure, with what each row counts as on 31 March 2025."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Spec:
    """A drawn table, and the state of each of its rows: yes, no, not_known, not_due, or - for outside the measure."""

    measure: str
    table: str
    text: str
    states: tuple[str, ...]


SPECS: list[Spec] = []


def spec(measure: str, states: str, **tables: str) -> None:
    ((name, text),) = tables.items()
    SPECS.append(Spec(measure, name, text, tuple(states.split())))


spec(
    "FD-05",
    "yes no no yes not_known yes no yes no -",
    referrals="""
    child | referred_on | referrals_in_year
    A     | 2025-01-10  | 1
    B     | 2025-01-10  | 0
    C     | 2024-11-01  | 1
    C     | 2025-01-10  | 1
    D     | 2025-01-10  |
    E     | 2024-11-01  | 2
    F     | 2025-01-10  | 0
    E     | 2025-02-10  | 2
    F     | 2025-01-10  | 0
    G     | 2025-04-01  | 1
    """,
)
spec(
    "FD-06",
    "yes no not_known -",
    referrals="""
    referred_on | no_further_action
    2025-01-10  | Y
    2025-01-10  | N
    2025-01-10  |
    2025-04-01  | Y
    """,
)
spec(
    "AS-01",
    "yes no - not_known not_known -",
    assessments="""
    started_on | authorised_on
    2024-11-25 | 2025-01-30
    2024-11-25 | 2025-01-31
    2024-11-25 |
    2024-11-25 | 2024-11-24
               | 2024-11-24
    2025-03-01 | 2025-04-01
    """,
)
spec(
    "AS-03",
    "yes no - yes not_known",
    assessments="""
    started_on | authorised_on | team
    2025-01-24 |               | East
    2025-01-27 |               | East
    2025-01-24 | 2025-03-31    | East
    2025-01-24 | 2025-04-01    | East
               |               | East
    """,
)
spec(
    "AS-05",
    "yes no not_known not_known not_due - yes",
    assessments="""
    started_on | authorised_on | child_seen | born_on
    2025-01-10 | 2025-02-10    | Y          | 2015-01-01
    2025-01-10 | 2025-02-10    | N          | 2015-01-01
    2025-01-10 | 2025-02-10    | U          | 2015-01-01
    2025-01-10 | 2025-02-10    |            |
    2025-01-10 |               | Y          | 2015-01-01
    2025-01-10 | 2025-02-10    | N          | 2025-02-11
    2025-01-10 | 2025-02-10    | Y          | 2025-02-10
    """,
)
spec(
    "CN-02",
    "yes no no not_due - - not_known",
    children_in_need="""
    status | started_on | last_seen_on | closed_on
    NEED   | 2024-06-01 | 2025-03-03   |
    NEED   | 2024-06-01 | 2025-02-28   |
    NEED   | 2024-06-01 |              |
    NEED   | 2025-03-04 |              |
    PLAN   | 2024-06-01 | 2025-03-03   |
    NEED   | 2024-06-01 | 2025-03-03   | 2025-03-31
    NEED   | 2024-06-01 | 2025-04-03   |
    """,
)
spec(
    "CP-02",
    "yes no - not_known -",
    section_47="""
    strategy_on | conference_on
    2024-12-13  | 2025-01-08
    2024-12-13  | 2025-01-09
    2024-12-13  |
    2024-12-13  | 2024-12-12
    2025-03-28  | 2025-04-01
    """,
)
spec(
    "CP-04",
    "yes no not_known -",
    section_47="""
    conference_on | led_to_plan
    2025-01-10    | Y
    2025-01-10    | N
    2025-01-10    |
                  | Y
    """,
)
spec(
    "CP-08",
    "yes no not_known - -",
    protection_plans="""
    started_on | previous_plans
    2024-10-01 | 2
    2025-01-10 | 0
    2025-01-10 |
    2024-09-30 | 1
    2025-04-01 | 1
    """,
)
spec(
    "CP-10",
    "yes no - not_known yes",
    protection_plans="""
    child | started_on | ended_on
    A     | 2023-04-01 |
    B     | 2023-04-02 |
    C     | 2023-04-01 | 2025-03-31
    D     |            |
    E     | 2020-01-01 | 2025-04-01
    """,
)
spec(
    "CP-11",
    "yes no - not_known",
    protection_plans="""
    started_on | ended_on
    2023-01-01 | 2024-12-31
    2023-01-01 | 2024-12-30
    2023-01-01 |
    2025-01-01 | 2024-12-31
    """,
)
for _letter, _states in (("N", "yes no"), ("P", "no yes"), ("S", "no no"), ("E", "no no"), ("M", "no no")):
    spec(
        f"CP-16{_letter}",
        f"{_states} {'yes' if _letter == 'S' else 'no'} {'yes' if _letter == 'E' else 'no'} "
        f"{'yes' if _letter == 'M' else 'no'} not_known - -",
        protection_plans="""
        started_on | ended_on   | latest_category
        2024-01-01 |            | NEG
        2024-01-01 | 2025-04-01 | PHY
        2025-03-31 |            | SAB
                   |            | EMO
        2024-01-01 |            | MUL
        2024-01-01 |            |
        2024-01-01 | 2025-03-31 | NEG
        2025-04-01 |            | NEG
        """,
    )
spec(
    "CN-03",
    "yes no no - -",
    children_in_need="""
    worker | started_on | closed_on
           | 2024-01-01 |
    W1     | 2024-01-01 |
    W1     | 2024-01-01 | 2025-04-01
           | 2024-01-01 | 2025-03-31
           | 2025-04-01 |
    """,
)
spec(
    "CP-12",
    "yes no no not_due no - not_known",
    protection_plans="""
    started_on | latest_review_on | ended_on
    2024-01-01 | 2024-10-01       |
    2024-01-01 | 2024-09-30       |
    2024-12-31 |                  |
    2025-01-01 |                  |
    2024-12-01 | 2024-11-30       |
    2024-01-01 | 2024-10-01       | 2025-03-01
    2024-01-01 | 2025-04-01       |
    """,
)
spec(
    "CP-13",
    "yes no no not_due - not_known",
    protection_plans="""
    started_on | last_visit_on | ended_on
    2024-01-01 | 2025-03-17    |
    2024-01-01 | 2025-03-14    |
    2025-03-17 |               |
    2025-03-18 |               |
    2024-01-01 | 2025-03-17    | 2025-03-01
    2024-01-01 | 2025-04-01    |
    """,
)
spec(
    "CP-14",
    "yes no not_known - not_due yes",
    protection_plans="""
    started_on | last_visit_on | seen_alone | born_on
    2024-01-01 | 2025-03-17    | Y          | 2021-03-31
    2024-01-01 | 2025-03-17    | N          | 2015-01-01
    2024-01-01 | 2025-03-17    | U          | 2015-01-01
    2024-01-01 | 2025-03-17    | N          | 2021-04-01
    2025-03-28 |               |            | 2015-01-01
    2024-01-01 | 2025-03-17    | Y          |
    """,
)
spec(
    "CLA-04",
    "yes no not_known - -",
    children_in_care="""
    started_on | ceased_on  | legal_status | placements_in_year
    2024-01-01 |            | C2           | 3
    2024-01-01 |            |              | 2
    2024-01-01 |            | C2           |
    2024-01-01 |            | V4           | 5
    2024-01-01 | 2025-03-31 | C2           | 5
    """,
)
spec(
    "CLA-09",
    "yes no not_known -",
    children_in_care="""
    started_on | legal_status | in_or_out
    2024-01-01 | C2           | OUT
    2024-01-01 | C2           | IN
    2024-01-01 | C2           |
    2024-01-01 | V3           | OUT
    """,
)
spec(
    "CLA-10",
    "yes no not_known -",
    children_in_care="""
    started_on | placement_type
    2024-01-01 | U6
    2024-01-01 | K2
    2024-01-01 |
    2025-04-01 | U6
    """,
)
spec(
    "CLA-14",
    "yes no yes no no not_due not_known -",
    children_in_care="""
    started_on | latest_review_on | ceased_on
    2024-11-25 | 2024-12-31       |
    2024-11-25 | 2024-12-20       |
    2024-01-01 | 2024-10-01       |
    2024-01-01 | 2024-09-30       |
    2025-03-03 |                  |
    2025-03-04 |                  |
    2024-01-01 | 2025-04-01       |
    2024-01-01 | 2024-10-01       | 2025-01-01
    """,
)
spec(
    "CLA-16",
    "yes no yes no no not_due not_known yes",
    children_in_care="""
    started_on | placement_on | placement_type | last_visit_on
    2023-01-01 | 2023-01-01   | U6             | 2025-02-17
    2023-01-01 | 2023-01-01   | U6             | 2025-02-16
    2023-01-01 | 2024-03-31   | U4             | 2024-12-31
    2023-01-01 | 2024-04-01   | U4             | 2024-12-31
    2023-01-01 | 2025-03-23   | U6             | 2025-03-22
    2025-03-25 | 2025-03-25   | U6             |
    2023-01-01 | 2023-01-01   | U6             | 2025-04-01
    2023-01-01 | 2025-03-24   | U6             | 2025-03-20
    """,
)
spec(
    "CLA-17",
    "yes no not_due not_known",
    children_in_care="""
    child | started_on | permanence_plan
    A     | 2024-11-30 | FOSTERING
    B     | 2024-11-30 |
    C     | 2024-12-01 |
    D     |            |
    """,
)
spec(
    "CLA-20",
    "yes no not_known - -",
    children_in_care="""
    started_on | second_period | legal_status
    2024-10-01 | Y             | C2
    2024-10-01 | N             | C2
    2024-10-01 |               | C2
    2024-10-01 | Y             | V3
    2024-09-30 | Y             | C2
    """,
)
spec(
    "HE-02",
    "yes no yes no no - not_known",
    children_in_care="""
    started_on | born_on    | health_on
    2024-03-31 | 2015-01-01 | 2024-03-31
    2024-03-31 | 2015-01-01 | 2024-03-30
    2023-01-01 | 2020-04-01 | 2024-09-30
    2023-01-01 | 2020-04-01 | 2024-09-29
    2023-01-01 | 2015-01-01 |
    2024-04-01 | 2015-01-01 | 2024-05-01
    2023-01-01 | 2015-01-01 | 2025-05-01
    """,
)
spec(
    "HE-03",
    "yes no no -",
    children_in_care="""
    started_on | dental_on
    2023-01-01 | 2024-03-31
    2023-01-01 | 2024-03-30
    2023-01-01 |
    2024-04-01 | 2025-01-01
    """,
)
spec(
    "MI-02",
    "yes no not_known not_known - -",
    children_in_care="""
    missing_in_year | interview_offered | legal_status
    1               | Y                 | C2
    4               | N                 | C2
    1               | U                 | C2
    1               |                   | C2
    0               |                   | C2
    2               | Y                 | V3
    """,
)
LEAVERS = """
    born_on    | in_touch | activity
    2006-03-31 | YES      | F4
    2003-04-01 | YES      | G5
    2004-01-01 | NO       |
    2004-01-01 | REFU     | P1
    2004-01-01 | DIED     |
    2004-01-01 | RHOM     | F1
    2003-03-31 | YES      | F1
    2006-04-01 | YES      | F1
    2007-04-01 | YES      | G4
    """
spec("CL-01", "yes no not_known yes - - - - -", care_leavers=LEAVERS)
spec("CL-02", "- - - - - - - yes no", care_leavers=LEAVERS)
spec("CL-03", "no yes not_known no - - - - -", care_leavers=LEAVERS)
spec("CL-04", "yes no not_known no - - - - -", care_leavers=LEAVERS)
spec("CL-08", "no no yes no - - - - -", care_leavers=LEAVERS)
HOMES = """
    born_on    | in_touch | accommodation | suitability
    2004-01-01 | YES      | U             | SUITABLE
    2004-01-01 | YES      | X             | UNSUITABLE
    2004-01-01 | YES      | R             | UNSUITABLE
    2004-01-01 | YES      | G             | SUITABLE
    2004-01-01 | NO       |               |
    2007-03-31 | YES      | Z             | SUITABLE
    2008-03-31 | YES      | W             | UNSUITABLE
    2008-04-01 | YES      | U             | SUITABLE
    """
spec("CL-06", "yes no - - not_known - - -", care_leavers=HOMES)
spec("CL-07", "- - - - - yes no -", care_leavers=HOMES)
spec(
    "CL-09",
    "yes no no not_known - - -",
    care_leavers="""
    eligibility | in_touch | contacted_on
    FORMER      | YES      | 2025-02-03
    RELEVANT    | YES      | 2025-02-02
    FORMER      | NO       |
    FORMER      | YES      | 2025-04-01
    QUALIFYING  | YES      | 2025-02-03
    FORMER      | NREQ     | 2025-02-03
    FORMER      | DIED     |
    """,
)
spec(
    "CL-10",
    "yes no no not_known -",
    care_leavers="""
    eligibility | in_touch | pathway_plan_on
    FORMER      | YES      | 2024-09-30
    RELEVANT    | YES      | 2024-09-29
    FORMER      | YES      |
    FORMER      | YES      | 2025-04-01
    QUALIFYING  | YES      | 2025-01-01
    """,
)
spec(
    "CL-11",
    "yes no - -",
    care_leavers="""
    eligibility | in_touch | adviser
    FORMER      | YES      | P1
    ELIGIBLE    | YES      |
    FORMER      | DIED     | P1
    QUALIFYING  | YES      | P1
    """,
)
spec(
    "AD-05",
    "yes no yes no not_known not_known not_known - - yes",
    adoptions="""
    entered_care_on | decided_on | placed_on  | adopted_on | reversed_on
    2023-02-28      | 2023-09-01 | 2024-04-27 | 2025-01-10 |
    2023-02-28      | 2023-09-01 | 2024-04-28 | 2025-01-10 |
    2024-02-01      | 2024-09-01 |            |            |
    2024-01-31      | 2024-09-01 |            |            |
                    | 2024-09-01 |            |            |
    2024-02-01      | 2024-09-01 | 2024-01-31 |            |
    2024-02-01      | 2024-09-01 |            | 2025-01-10 |
    2024-02-01      | 2024-09-01 |            |            | 2025-03-31
    2024-02-01      | 2025-04-01 |            |            |
    2024-02-01      | 2024-09-01 |            |            | 2025-04-01
    """,
)
spec(
    "AD-08",
    "yes no not_known not_known not_known - -",
    adoptions="""
    decided_on | placed_on  | adopted_on
    2023-02-28 | 2024-02-28 | 2025-03-31
    2023-02-28 | 2024-02-29 | 2025-03-31
    2023-02-28 |            | 2025-03-31
               | 2024-02-28 | 2025-03-31
    2023-02-28 | 2023-02-27 | 2025-03-31
    2023-02-28 | 2024-02-28 | 2025-04-01
    2023-02-28 | 2024-02-28 |
    """,
)
spec(
    "AD-10",
    "yes no no - -",
    adoptions="""
    decided_on | reversed_on
    2024-09-01 | 2025-03-31
    2024-09-01 | 2025-04-01
    2024-09-01 |
    2025-04-01 |
               | 2025-01-01
    """,
)
