"""Every open child and every enquiry against the practice record: each check has its rows that pass and that fail."""

from datetime import date

import polars as pl
from tests.tables import table

from goldthread.kernel.context import Context
from goldthread.kernel.reading import make_reading
from goldthread.kernel.record import record_of
from goldthread.kernel.settings import with_settings
from goldthread.kernel.whole_list import CHECKS, WORK_SCHEMA, WholeList, check_whole_lists

AS_AT = date(2026, 6, 30)
NEED = "cine_referral_id | cine_person_id | cine_referral_date | cine_referral_nfa | cine_close_date\n"
OPEN = NEED + "R1 | 1 | 2026-01-10 | N |\nR2 | 2 | 2026-01-10 | N |\nR3 | 3 | 2026-01-10 | N |\n"


def run(dataset: dict[str, str], practice: dict[str, str], *, as_at: date = AS_AT, **changed: int) -> WholeList:
    reading = make_reading({name: table(name, text) for name, text in dataset.items()}, form="ssd")
    done = {name: table(name, text).lazy() for name, text in practice.items()}
    return check_whole_lists(record_of(reading), done, Context(as_at, settings=with_settings(changed)))


def found(told: WholeList, code: str) -> tuple[int, list[str]]:
    """How many were due for a check, and the children to be looked at."""
    (due,) = told.counts.filter(pl.col("check") == code)["due"]
    return due, sorted(told.work.filter(pl.col("check") == code)["child"])


def test_w01_an_open_child_has_a_recent_decision() -> None:
    decisions = """
        child | decided_on
        1     | 2026-06-01
        2     | 2026-05-25
        2     | 2026-02-01
        2     | 2026-07-05
    """
    told = run({"ssd_cin_episodes": OPEN}, {"practice_decisions": decisions})
    assert found(told, "W01") == (3, ["2", "3"])
    work = told.work.filter(pl.col("check") == "W01").sort("child")
    assert work.select("since", "last", "days", "source", "row").rows() == [
        (date(2026, 1, 10), date(2026, 5, 25), 36, "ssd_cin_episodes", 2),
        (date(2026, 1, 10), None, 171, "ssd_cin_episodes", 3),
    ]
    assert found(run({"ssd_cin_episodes": OPEN}, {"practice_decisions": decisions}, decision_days=36), "W01")[1] == [
        "3"
    ]


def test_who_is_open_and_due() -> None:
    need = (
        NEED
        + """
        R1 | 1 | 2026-05-27 | N |
        R2 | 2 | 2026-01-10 | Y |
        R3 | 3 | 2026-01-10 | N | 2026-06-30
        R4 | 4 | 2026-01-10 | N | 2026-07-01
        R5 | 5 | 2026-07-10 | N |
        R6 | 6 |            |   |
        R7 |   | 2026-01-10 | N |
    """
    )
    plans = """
        cppl_person_id | cppl_cp_plan_start_date | cppl_cp_plan_end_date
        7              | 2026-01-01              |
        3              | 2025-01-01              | 2026-01-01
    """
    care = "clae_person_id | clae_cla_episode_start_date\n8 | 2026-01-01\n4 | 2026-02-01\n"
    told = run(
        {"ssd_cin_episodes": need, "ssd_cp_plans": plans, "ssd_cla_episodes": care},
        {"practice_decisions": "child | decided_on\n9 | 2026-06-01\n"},
    )
    assert found(told, "W01") == (4, ["4", "6", "7", "8"])


def test_a_referral_that_only_list_3_tells_of_is_not_held_to_be_open() -> None:
    reading = make_reading(
        {
            "referrals": table("referrals", "child | referred_on\n1 | 2026-03-01\n2 | 2026-03-01\n"),
            "children_in_need": table("children_in_need", "child | started_on | team\n2 | 2026-03-01 | East\n"),
        }
    )
    decided = {"practice_decisions": table("practice_decisions", "child | decided_on\n").lazy()}
    told = check_whole_lists(record_of(reading), decided, Context(AS_AT))
    assert told.work.select("child", "team", "source").rows() == [("2", "East", "children_in_need")]


ENQUIRIES = """
    s47e_person_id | s47e_s47_start_date
    1              | 2026-05-01
    2              | 2026-05-01
    3              | 2026-05-01
    4              | 2026-06-27
    5              | 2025-05-01
    6              | 2026-05-01
"""
DISCUSSIONS = """
    child | held_on    | minuted_on
    1     | 2026-05-01 | 2026-05-04
    2     | 2026-04-30 |
    3     | 2026-04-20 | 2026-04-21
    4     | 2026-06-27 |
    6     | 2026-05-02 | 2026-07-04
    6     | 2026-05-03 | 2026-05-04
"""


def test_w02_a_strategy_discussion_has_a_minute() -> None:
    told = run({"ssd_s47_enquiry": ENQUIRIES}, {"practice_discussions": DISCUSSIONS})
    assert found(told, "W02") == (3, ["2", "6"])
    assert found(run({"ssd_s47_enquiry": ENQUIRIES}, {"practice_discussions": DISCUSSIONS}, minute_days=2), "W02") == (
        4,
        ["2", "4", "6"],
    )


def test_w03_an_enquiry_has_a_strategy_discussion_near_its_start() -> None:
    told = run({"ssd_s47_enquiry": ENQUIRIES}, {"practice_discussions": DISCUSSIONS})
    assert found(told, "W03") == (4, ["3"])
    wider = run({"ssd_s47_enquiry": ENQUIRIES}, {"practice_discussions": DISCUSSIONS}, discussion_days=11)
    assert found(wider, "W03") == (4, [])


def test_w04_wishes_and_feelings_are_recorded() -> None:
    wishes = "child | recorded_on\n1 | 2026-04-01\n2 | 2026-03-31\n"
    assert found(run({"ssd_cin_episodes": OPEN}, {"practice_wishes": wishes}), "W04") == (3, ["2", "3"])


def test_w05_the_families_of_open_cases_are_asked() -> None:
    asked = "child | sought_on | given_on\n1 | 2026-01-20 |\n2 | 2025-06-01 | 2025-06-02\n"
    told = run({"ssd_cin_episodes": OPEN}, {"practice_feedback": asked}, feedback_days=161)
    assert found(told, "W05") == (3, ["2", "3"])


def test_w06_the_families_of_closed_cases_were_asked() -> None:
    need = (
        NEED
        + """
        R1 | 1 | 2026-01-10 | N | 2026-05-01
        R2 | 2 | 2026-01-10 | N | 2026-05-01
        R3 | 3 | 2026-01-10 | N | 2026-05-01
        R4 | 3 | 2026-05-20 | N |
        R5 | 5 | 2025-01-10 | N | 2025-05-01
        R6 | 6 | 2026-01-10 | Y | 2026-01-10
        R7 | 7 | 2025-12-01 | N | 2026-01-10
        R8 | 7 | 2026-02-01 | N | 2026-05-01
    """
    )
    asked = "child | sought_on\n1 | 2026-04-20\n2 | 2025-04-20\n7 | 2026-01-05\n"
    told = run({"ssd_cin_episodes": need}, {"practice_feedback": asked})
    assert found(told, "W06") == (3, ["2", "7"])


def test_work_goes_to_the_team_that_has_the_child_now() -> None:
    involved = """
        invo_person_id | invo_professional_team | invo_professional_id | invo_involvement_start_date
        1              | T2                     | W2                   | 2026-03-01
        1              | T1                     | W1                   | 2026-01-10
        1              | T1                     | W1                   | 2026-08-10
    """
    need = """
        cine_person_id | cine_referral_date | cine_referral_team
        1              | 2026-01-10         | T1
        2              | 2026-01-10         | T9
        3              | 2026-01-10         |
    """
    told = run(
        {
            "ssd_cin_episodes": need,
            "ssd_involvements": involved,
            "ssd_department": "dept_team_id | dept_team_name\nT1 | East\nT2 | West\n",
            "ssd_professionals": "prof_professional_id | prof_professional_name\nW2 | A Lee\n",
        },
        {"practice_decisions": "child | decided_on\n"},
    )
    assert told.work.select("child", "team", "worker").rows() == [
        ("2", "T9", None),
        ("1", "West", "A Lee"),
        ("3", None, None),
    ]


def test_a_check_whose_file_was_not_handed_in_is_not_run() -> None:
    told = run({"ssd_cin_episodes": OPEN}, {"practice_wishes": "child | recorded_on\n"})
    assert told.counts["check"].to_list() == ["W04"]
    assert [code for code, _ in told.not_run] == ["W01", "W02", "W03", "W05", "W06"]
    assert dict(told.not_run)["W05"] == "practice_feedback was not handed in"


def test_where_nobody_is_known_nobody_is_due() -> None:
    told = run({}, {f"practice_{name}": "child\n" for name in ("decisions", "discussions", "wishes", "feedback")})
    assert told.counts["due"].to_list() == [0] * len(CHECKS)
    assert dict(told.work.schema) == {name: dtype() for name, dtype in WORK_SCHEMA.items()}
