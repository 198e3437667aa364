"""The pages of questions about the data, from the issue to the answer beside the rule."""

import re
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker
from tests.apps.test_data_queries import answer, ask
from tests.begun import begun
from tests.factories import client_for
from tests.pages.test_issue_pages import text
from tests.submissions_story import Story, assessments, canaries, story

from goldthread.apps.submissions import queries
from goldthread.apps.submissions.models import DataQuery, Submission

pytestmark = pytest.mark.django_db


Begun = tuple[Story, Submission]


@pytest.fixture(scope="module")
def beginning(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Callable[[], Begun]]:
    def tell() -> Begun:
        held = story()
        return held, held.handed_over(canaries())

    with begun(django_db_blocker, tell) as again:
        yield again


@pytest.fixture
def began(beginning: Callable[[], Begun]) -> Begun:
    return beginning()


@pytest.fixture
def wexcombe(began: Begun) -> Story:
    return began[0]


@pytest.fixture
def row(began: Begun) -> Submission:
    return began[1]


def browser(held: Story, role: str) -> Client:
    return client_for(held.person(role))


def at(name: str, row: Submission) -> str:
    return reverse(name, args=[row.inspection_id, row.pk])


def of(name: str, query: DataQuery) -> str:
    return reverse(name, args=[query.inspection_id, query.pk])


def test_from_the_issue_to_the_answer_and_back_beside_the_rule(wexcombe: Story, row: Submission) -> None:
    lead, officer = browser(wexcombe, "lead"), browser(wexcombe, "nominated-officer")
    link = f"{at('question_ask', row)}?about=G06:8"
    assert link in lead.get(at("submission_issues", row)).content.decode().replace("&amp;", "&")
    form = lead.get(link).content.decode()
    assert re.search(r'<option value="G06:8" selected>', form)
    sent = {"about": "G06:8", "question": "Which <b>codes</b>?", "client_key": str(uuid4())}
    asked = lead.post(at("question_ask", row), sent, follow=True)
    assert "Q1 is asked" in text(asked)
    assert "&lt;b&gt;codes" in asked.content.decode()
    query = DataQuery.objects.get()

    assert "Answer questions about the data" in text(officer.get(reverse("home")))
    assert "Which <b>codes</b>?" in text(officer.get(of("question", query)))
    answered = officer.post(of("question_answer", query), {"says": "Local ones.", "version": 1}, follow=True)
    assert "Q1 is answered" in text(answered)
    assert "Answer questions about the data" not in text(officer.get(reverse("home")))

    assert "Read the answers to your questions" in text(lead.get(reverse("home")))
    for name in ("submission_issues", "submission_issues_by_rule", "submission_issue_rows"):
        assert "The council answered: Local ones." in text(lead.get(at(name, row))), name
    assert "The council answered: Local ones." in text(browser(wexcombe, "inspector").get(at("submission_issues", row)))
    closed = lead.post(of("question_close", query), {"version": 2, "because": ""}, follow=True)
    assert "Q1 is closed" in text(closed)
    again = lead.post(of("question_again", query), {"version": 3, "because": "Since when?"}, follow=True)
    assert "asked again" in text(again) and "Since when?" in text(again)


def test_a_row_is_asked_about_from_its_issue(wexcombe: Story, row: Submission) -> None:
    analyst = browser(wexcombe, "analyst")
    issue = next(one for one in queries.issues(row, list=8, rule="G06"))
    link = f"{at('question_ask', row)}?about=G06:8&row={issue.row}"
    assert link in analyst.get(at("submission_issue_rows", row)).content.decode().replace("&amp;", "&")
    assert f"About row {issue.row} of the sheet only" in text(analyst.get(link))
    sent = {"about": "G06:8", "row": issue.row, "question": "Why?"}
    assert analyst.post(at("question_ask", row), sent).status_code == 302
    query = DataQuery.objects.get()
    assert f"Row {issue.row} of the sheet, {issue.child}" in text(analyst.get(of("question", query)))
    inspector = browser(wexcombe, "inspector").get(of("question", query))
    assert "One row of list 8" in text(inspector)
    assert str(issue.child) not in inspector.content.decode()
    refused = browser(wexcombe, "inspector").post(at("question_ask", row), sent)
    assert refused.status_code in (403, 422)
    assert DataQuery.objects.count() == 1


def test_a_form_that_is_wrong_comes_back_with_what_was_typed(wexcombe: Story, row: Submission) -> None:
    lead = browser(wexcombe, "lead")
    for sent in ({"question": "Why?"}, {"about": "G06:8"}, {"about": "X:1", "question": "Why?"},
                 {"about": "G06:8", "row": "99", "question": "Why?"}):  # fmt: skip
        answered = lead.post(at("question_ask", row), sent)
        assert answered.status_code == 422
        assert sent.get("question", "") in answered.content.decode()
    assert lead.get(f"{at('question_ask', row)}?about=banana&row=tree").status_code == 200
    query = ask(wexcombe, row)
    officer = browser(wexcombe, "nominated-officer")
    assert officer.post(of("question_answer", query), {"says": "", "version": 1}).status_code == 422
    assert lead.post(of("question_close", query), {"because": "", "version": 1}).status_code == 422
    answer(wexcombe, query)
    assert "there is nothing to do here" in text(officer.get(of("question_answer", query)))
    late = officer.post(of("question_answer", query), {"says": "Too late.", "version": 1})
    assert late.status_code == 409 and "Too late." in text(late)


def test_the_council_sees_what_was_asked_and_no_way_to_ask(wexcombe: Story, row: Submission) -> None:
    ask(wexcombe, row)
    for role in ("nominated-officer", "director", "uploader"):
        client = browser(wexcombe, role)
        shown = client.get(reverse("questions", args=[row.inspection_id]))
        assert "Which codes?" in text(shown)
        assert client.get(at("question_ask", row)).status_code == 404
        for name in ("submission_issues", "submission_issue_rows"):
            page = client.get(at(name, row)).content.decode()
            assert at("question_ask", row) not in page and "Q1" in page
    other = browser(wexcombe, "uploader-2")
    assert "asked nothing about your data yet" in text(other.get(reverse("questions", args=[row.inspection_id])))
    assert browser(wexcombe, "improvement-lead").get(reverse("questions", args=[row.inspection_id])).status_code == 404


def test_lists_are_filtered_and_say_when_they_are_empty(wexcombe: Story, row: Submission) -> None:
    lead, address = browser(wexcombe, "lead"), reverse("questions", args=[row.inspection_id])
    assert "Nothing has been asked yet" in text(lead.get(address))
    for number in range(23):
        ask(wexcombe, row, question=f"Question number {number}?")
    answer(wexcombe, DataQuery.objects.get(number=3))
    first = lead.get(address)
    assert first.context["page_obj"].paginator.num_pages == 2
    only = lead.get(address, {"status": "answered"})
    assert [one.number for one in only.context["page_obj"]] == [3]
    assert "No question is like that" in text(lead.get(address, {"words": "zebra"}))
    assert (
        browser(wexcombe, "quality-assurance").get(address, {"whose": "mine"}).context["page_obj"].object_list.count()
        == 0
    )
    for asked in ({"status": "odd"}, {"page": "banana"}):
        assert lead.get(address, asked).status_code == 200


def test_a_question_of_an_unread_submission_cannot_be_begun(wexcombe: Story) -> None:
    waiting = wexcombe.send(assessments(), by="analyst")
    assert "has not been read" in text(browser(wexcombe, "analyst").get(at("question_ask", waiting)))


def test_the_answer_stands_on_the_measure_that_the_rule_warns_of(wexcombe: Story) -> None:
    row = wexcombe.handed_over(assessments(count=12, late=3))
    value = row.measures.filter(breakdown="").exclude(detail__list=None).first()
    assert value is not None
    broken = queries.rules_broken(row)[0]
    value.detail = {**value.detail, "warned_by": [broken.rule], "list": broken.list}
    value.save()
    query = answer(wexcombe, ask(wexcombe, row, rule=broken.rule, list=broken.list))
    page = reverse("submission_measure", args=[row.inspection_id, row.pk, value.code])
    shown = text(browser(wexcombe, "inspector").get(page))
    assert f"{query.mark}" in shown and "The council answered: Local codes." in shown
