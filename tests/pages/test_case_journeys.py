"""The journey of a case's child: for whoever reviews the file and whoever reads every row; never unseen."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.cases_story import REAL_ID, Story, story
from tests.factories import client_for

from goldthread.apps.access.policy import Refused
from goldthread.apps.cases import actions, queries
from goldthread.apps.cases.models import Case
from goldthread.apps.cases.queries import journeys
from goldthread.apps.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def wexcombe() -> Story:
    return story()


def at(name: str, case: Case) -> str:
    return reverse(name, kwargs={"inspection": case.inspection_id, "case": case.pk})


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_a_reviewer_opens_the_journey_of_their_own_case_and_the_journal_names_the_case(wexcombe: Story) -> None:
    case = wexcombe.case(to="inspector")
    client = client_for(wexcombe["inspector"])
    assert "The child's journey" in text(client.get(at("case", case))).replace("&#x27;", "'")
    before = client.get(at("case_journey", case))
    assert "Open the journey" in text(before)
    assert "Gaps and drift" not in text(before)
    assert not Entry.objects.filter(event="journey.opened").exists()
    shown = client.post(at("case_journey", case), follow=True)
    assert "Gaps and drift" in text(shown)
    assert "the earliest first" in text(shown)
    assert case.pseudonym in text(shown)
    assert REAL_ID not in shown.content.decode()
    assert "/rows/" not in shown.content.decode(), "the rows of the lists are not an inspector's to open"
    entry = Entry.objects.get(event="journey.opened")
    assert (entry.by_id, entry.about_kind, entry.about_id, entry.detail) == (
        wexcombe["inspector"].id, "case", str(case.pk), {},
    )  # fmt: skip
    assert case.pseudonym not in entry.about_label
    assert "Gaps and drift" in text(client.get(at("case_journey", case)))
    assert Entry.objects.filter(event="journey.opened").count() == 1


def test_it_is_what_the_page_of_the_submission_tells(wexcombe: Story) -> None:
    from goldthread.apps.submissions import children

    case = wexcombe.case(to="inspector")
    rows = queries.case_rows(wexcombe["inspector"], case.inspection_id, case.pk)
    child = children.find(case.draw.submission, case.pseudonym)
    assert child is not None
    assert queries.case_journey(rows) == children.journey(case.draw.submission, child)


def test_nobody_opens_the_journey_of_a_file_that_was_given_to_somebody_else(wexcombe: Story) -> None:
    case = wexcombe.case(to="inspector")
    for role, status in (
        ("inspector-2", 404), ("nominated-officer", 404), ("uploader", 404), ("director", 404),
        ("disclosure-checker", 404), ("lead", 200), ("quality-assurance", 200), ("analyst", 200),
    ):  # fmt: skip
        client = client_for(wexcombe[role])
        assert client.get(at("case_journey", case)).status_code == status, role
        assert client.post(at("case_journey", case), follow=True).status_code == status, role
    assert Entry.objects.filter(event="journey.opened").count() == 3


def test_with_the_file_the_journey_goes_to_whoever_has_it_now(wexcombe: Story) -> None:
    case = wexcombe.case(to="inspector")
    actions.allocate(cases=[case], to=wexcombe.person("inspector-2"), because="Away next week", by=wexcombe["lead"])
    assert client_for(wexcombe["inspector"]).get(at("case_journey", case)).status_code == 404
    assert client_for(wexcombe["inspector-2"]).get(at("case_journey", case)).status_code == 200


def test_the_action_asks_leave_itself(wexcombe: Story) -> None:
    case = wexcombe.case(to="inspector")
    with pytest.raises(Refused):
        actions.open_case_journey(rows=queries.CaseRows(case), by=wexcombe["inspector-2"])
    assert not Entry.objects.filter(event="journey.opened").exists()


def test_after_half_an_hour_it_has_to_be_opened_again(wexcombe: Story) -> None:
    case = wexcombe.case(to="inspector")
    rows = queries.CaseRows(case)
    actions.open_case_journey(rows=rows, by=wexcombe["inspector"])
    assert queries.journey_opened_lately(rows, wexcombe["inspector"])
    assert not queries.journey_opened_lately(rows, wexcombe["lead"])
    late = timezone.now() + timedelta(minutes=31)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(journeys.timezone, "now", lambda: late)
        assert not queries.journey_opened_lately(rows, wexcombe["inspector"])


def test_a_child_whom_no_list_names_has_no_journey(wexcombe: Story) -> None:
    case = wexcombe.case(to="inspector")
    Case.objects.filter(pk=case.pk).update(pseudonym="C-0000000")
    case.refresh_from_db()
    shown = client_for(wexcombe["inspector"]).post(at("case_journey", case), follow=True)
    assert "No list names this child any more" in text(shown)
    with pytest.raises(Case.DoesNotExist):
        queries.case_journey(queries.CaseRows(case))


def test_the_journey_stands_beside_the_questions_once_it_is_opened_and_what_is_typed_is_saved_first(
    wexcombe: Story,
) -> None:
    review = wexcombe.review(wexcombe.case(to="inspector"))
    client, page = client_for(wexcombe["inspector"]), at_review(review)
    closed = text(client.get(page))
    assert "Save and show the journey" in closed
    assert "Gaps and drift" not in closed
    version = {"instrument": review.instrument, "version-assessment": "0"}
    typed = {**version, "value-assessment": "good", "why-assessment": "History is used.", "then": "journey"}
    answer = client.post(page, typed)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{page}#beside")
    assert Entry.objects.filter(event="journey.opened", about_id=str(review.case.pk)).count() == 1
    beside = text(client.get(page))
    assert "History is used." in beside
    told, gaps = queries.case_journey(queries.CaseRows(review.case))
    for event in told.events:
        assert f"{event.day:%-d %b %Y}" in beside
        assert event.source in beside
    for gap in gaps:
        assert gap.says in beside
    assert f"{len(told.events)} event" in beside


def test_the_journey_beside_the_questions_is_for_whoever_may_open_it_and_for_half_an_hour(wexcombe: Story) -> None:
    review = wexcombe.review(wexcombe.case(to="inspector"))
    client, page = client_for(wexcombe["inspector"]), at_review(review)
    client.post(page, {"instrument": review.instrument, "then": "journey"})
    assert "the earliest first" in text(client.get(page))
    late = timezone.now() + timedelta(minutes=31)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(journeys.timezone, "now", lambda: late)
        assert "Save and show the journey" in text(client.get(page))
    Case.objects.filter(pk=review.case.pk).update(pseudonym="C-0000000")
    assert "No list names this child any more" in text(client.get(page))


def at_review(review: Any) -> str:
    return reverse("case_review", kwargs={"inspection": review.inspection_id, "review": review.pk})
