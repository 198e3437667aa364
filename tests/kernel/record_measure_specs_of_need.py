"""Specs of the measures of the record about early help, referrals, assessments, enquiries and plans."""

from tests.kernel.record_measure_specs import spec

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
