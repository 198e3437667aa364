"""The pages of what changed between two submissions, for those who may see rows and those who may not."""

import csv
import io
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from tests.apps.test_earlier import NOW, OPEN, THEN, assessed
from tests.factories import client_for
from tests.pages.test_issue_pages import text
from tests.submissions_story import Story, story, workbook

from goldthread.apps.journal.models import Entry
from goldthread.apps.submissions.models import Submission
from goldthread.kernel.tables import TABLES

pytestmark = pytest.mark.django_db


@pytest.fixture
def wexcombe() -> Story:
    return story()


@pytest.fixture
def pair(wexcombe: Story) -> tuple[Submission, Submission]:
    then = wexcombe.handed_over(assessed(*OPEN), as_at=THEN)
    now = wexcombe.handed_over(
        assessed(("A1", date(2026, 6, 10), date(2026, 7, 20)), ("C3", date(2026, 9, 1), None)), as_at=NOW
    )
    return then, now


def browser(held: Story, role: str) -> Client:
    return client_for(held.person(role))


def page(name: str, now: Submission, *other: Submission) -> str:
    return reverse(name, args=[now.inspection_id, now.pk, *(one.pk for one in other)])


def test_an_inspector_sees_how_many_and_the_days_and_no_row(
    wexcombe: Story, pair: tuple[Submission, Submission]
) -> None:
    then, now = pair
    client = browser(wexcombe, "inspector")
    assert "as at 30 June 2026" in text(client.get(page("submission", now)))
    assert "30 June 2026" in text(client.get(page("submission_differences", now)))
    answer = client.get(page("submission_difference", now, then))
    shown = text(answer)
    for words in (
        "No list of how things stood is in both files", "each file covers its own six months",
        "that 1 child stands in the later file only and 1 in the earlier only",
        "Stayed, with a new row", "Stayed, with a row gone", "from 30 June 2026 to 30 September 2026",
        "4. Assessments", "Continuous Assessment Date of Authorisation",
    ):  # fmt: skip
        assert words in shown
    assert "/rows/" not in answer.content.decode()
    assert client.get(page("submission_difference_rows", now, then)).status_code == 403
    assert client.post(page("submission_difference_export", now, then), {"format": "csv"}).status_code == 403


def test_the_analyst_goes_down_to_the_cell_and_takes_it_out(
    wexcombe: Story, pair: tuple[Submission, Submission]
) -> None:
    then, now = pair
    client = browser(wexcombe, "analyst")
    address = page("submission_difference_rows", now, then)
    shown = text(client.get(address))
    assert "Came to the list" in shown and "Left the list" in shown and "20/07/2026" in shown
    assert "A1" not in shown and "C3" not in shown
    field = "Continuous Assessment Date of Authorisation"
    one = client.get(address, {"field": field, "kind": "changed", "list": "4"})
    assert [(found.then, found.now) for found in one.context["page_obj"]] == [(None, "20/07/2026")]
    person = one.context["page_obj"][0].person
    assert {found.person for found in client.get(address, {"words": person.lower()}).context["page_obj"]} == {person}
    assert "No difference is like that" in text(client.get(address, {"words": "nobody"}))
    for asked in ({"list": "x"}, {"kind": "odd"}, {"page": "banana"}):
        assert client.get(address, asked).status_code == 200
    out = client.post(page("submission_difference_export", now, then), {"format": "csv", "kind": "came"})
    lines = list(csv.DictReader(io.StringIO(out.content.decode("utf-8-sig"))))
    assert [line["What changed"] for line in lines] == ["Came to the list"]
    assert Entry.objects.get(event="export.made").detail == {"what": "differences", "rows": 1, "form": "csv"}
    assert client.post(page("submission_difference_export", now, then), {"format": "exe"}).status_code == 403
    assert client.post(page("submission_difference_export", now, then), {"format": "xlsx"}).content[:2] == b"PK"


def test_the_council_compares_what_it_has_not_handed_over_and_the_team_does_not(
    wexcombe: Story, pair: tuple[Submission, Submission]
) -> None:
    then, _ = pair
    draft = wexcombe.read(assessed(OPEN[0]), as_at=NOW)
    assert "and 1 in the earlier only" in text(
        browser(wexcombe, "nominated-officer").get(page("submission_difference", draft, then))
    )
    team = browser(wexcombe, "analyst")
    assert team.get(page("submission_difference", draft, then)).status_code == 404
    assert team.get(page("submission_difference", then, draft)).status_code == 404
    assert team.get(page("submission_difference_rows", then, draft)).status_code == 404
    assert (
        page("submission_difference", then, draft)
        not in team.get(page("submission_differences", then)).content.decode()
    )


def standing(*cases: tuple[str, str, bool]) -> bytes:
    """Lists of children in need and of plans, each case of a child open or closed; and a contact of somebody else."""
    sheets = {}
    for number, name, over in ((6, "children_in_need", "closed_on"), (7, "protection_plans", "ended_on")):
        columns = TABLES[name].columns
        rows = [
            {"child": child, "gender": "F", over: "" if is_open else date(2026, 6, 1)}
            for child, table, is_open in cases
            if table == name
        ]
        sheets[f"List {number}"] = [
            [one.says for one in columns],
            *([row.get(one.name, "") for one in columns] for row in rows),
        ]
    contacts = TABLES["contacts"].columns
    sheets["List 1"] = [[one.says for one in contacts], ["X" if one.name == "child" else "" for one in contacts]]
    return workbook(sheets)


def test_the_headline_counts_standing_and_not_the_lists_of_what_happened(wexcombe: Story) -> None:
    need, plans = "children_in_need", "protection_plans"
    then = wexcombe.handed_over(
        standing(("A", need, True), ("B", need, True), ("C", need, False), ("D", plans, True)), as_at=THEN
    )
    now = wexcombe.handed_over(
        standing(("A", need, True), ("A", plans, True), ("B", need, False), ("C", need, True), ("D", plans, True)),
        as_at=NOW,
    )
    answer = browser(wexcombe, "inspector").get(page("submission_difference", now, then))
    shown = text(answer)
    assert "1 child came into these services, 1 child left them, and 1 of 2 moved within" in shown
    assert "Counted by what stood open on each day: children in need and protection plans." in shown
    assert [title for title, _ in answer.context["groups"]] == [
        "How things stood on the day",
        "What happened: each file covers its own six months",
    ]


def test_the_same_file_twice_says_so(wexcombe: Story) -> None:
    book = assessed(*OPEN)
    one, other = (wexcombe.handed_over(book, as_at=NOW) for _ in range(2))
    shown = text(browser(wexcombe, "inspector").get(page("submission_difference", other, one)))
    assert "Nothing changed" in shown and "readings of the same file" in shown


def test_alone_or_unread_there_is_nothing_to_compare(wexcombe: Story) -> None:
    row = wexcombe.read(assessed(*OPEN))
    client = browser(wexcombe, "uploader")
    assert "There is no other submission" in text(client.get(page("submission_differences", row)))
    waiting = wexcombe.send(assessed(*OPEN))
    assert "has not been read" in text(client.get(page("submission_differences", waiting)))
    assert client.get(page("submission_difference", row, waiting)).status_code == 404
