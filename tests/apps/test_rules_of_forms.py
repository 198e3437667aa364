"""What the rules of the other forms say on the web: of a dataset and a practice record that were handed in."""

from datetime import date

import pytest
from tests.form_story import send
from tests.submissions_story import ASSESSMENT, Story, story, workbook

from goldthread.apps.submissions import issues as issue_queries
from goldthread.apps.submissions import queries
from goldthread.apps.submissions.models import Submission
from goldthread.web.presenters.submissions import warnings

pytestmark = pytest.mark.django_db

PRACTICE = {
    "decisions.csv": b"child,decided_on,decision,reason_recorded,role\nA1,05/01/2026,Close,Y,\nZ9,05/01/2026,Go,N,TM\n"
}
DATASET = {
    "persons.csv": b"pers_person_id,pers_sex,pers_gender,pers_ethnicity,pers_dob\nP1,F,F,WBRI,2014-02-03\n",
    "visits.csv": b"clav_cla_visit_id,clav_cla_id,clav_person_id,clav_cla_visit_date,clav_cla_visit_seen,"
    b"clav_cla_visit_seen_alone\nV1,G1,P1,2026-01-05,Y,Y\nV2,G1,NOBODY,2026-01-06,N,Y\n",
}


@pytest.fixture
def wexcombe() -> Story:
    return story()


def told(row: Submission) -> list[tuple[str, str | None, int | None]]:
    return sorted((one.rule, one.table, one.row) for one in queries.issues(row) if one.rule[0] in "DRH")


def a_list() -> bytes:
    row = ["A1", "F", "WBRI", date(2015, 3, 1), 11, "N", date(2026, 1, 2), "", "", "", "Duty", "Ada"]
    return workbook({"List 4": [ASSESSMENT, row]})


def test_the_rules_of_the_dataset_are_run_and_their_issues_kept_with_what_to_do(wexcombe: Story) -> None:
    row = send(wexcombe, DATASET)
    assert (row.status, row.form) == ("read", "ssd"), row.refusal
    assert told(row) == [("D01", "ssd_cla_visits", 3), ("D35", "ssd_cla_visits", 3)]
    issue = next(one for one in queries.issues(row) if one.rule == "D01")
    assert issue.mend.startswith("Add the person to ssd_person")
    assert issue.written is None
    assert "NOBODY" not in str(issue)
    assert {one.rule for one in issue_queries.weights(row)} >= {"D01", "D35"}
    assert {one["rule"] for one in row.counts["not_run"]} == {"D03"}


def test_what_concerns_every_number_stands_before_them(wexcombe: Story) -> None:
    cut = {**DATASET, "visits.csv": DATASET["visits.csv"].removesuffix(b"06,N,Y\n")}
    row = send(wexcombe, cut)
    assert "A file stops within a row, as one does that was cut short: rows may be lacking." in warnings(row)
    several = {
        **DATASET,
        "persons.csv": b"LA," + DATASET["persons.csv"].replace(b"\nP1", b"\nLeeds,P1") + b"Kent,P2,F,F,,\n",
    }
    said = warnings(send(wexcombe, several))
    assert "A column names more than one authority: the rows may be of several, and were read as of one." in said
    assert not any("rows may be" in sentence for sentence in warnings(send(wexcombe, DATASET)))


def test_children_of_a_practice_record_are_looked_for_in_what_was_handed_over(wexcombe: Story) -> None:
    alone = send(wexcombe, PRACTICE)
    assert told(alone) == [("R02", "practice_decisions", 2)]
    assert [one["rule"] for one in alone.counts["not_run"]] == ["R11"]
    assert warnings(alone)
    wexcombe.handed_over(a_list(), as_at=date(2026, 1, 31))
    again = send(wexcombe, PRACTICE)
    assert told(again) == [("R02", "practice_decisions", 2), ("R11", "practice_decisions", 3)]
    assert again.counts["not_run"] == []


def test_what_was_only_staged_is_not_asked(wexcombe: Story) -> None:
    wexcombe.read(a_list(), as_at=date(2026, 1, 31))
    assert [one["rule"] for one in send(wexcombe, PRACTICE).counts["not_run"]] == ["R11"]
