"""What the council is told of its own audit programme: once, as it was seen, and nothing of a child or an auditor."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.cases_story import Story
from tests.pages.test_cases import at, browser, text
from tests.programme_story import TEAMS, action, drawn, programme, signed

from goldthread.apps.access.policy import Refused
from goldthread.apps.cases.models import Case
from goldthread.apps.journal.models import Entry
from goldthread.apps.programme import actions, queries
from goldthread.apps.programme.models import Statement

pytestmark = pytest.mark.django_db
READERS = ("director", "nominated-officer", "improvement-lead")


@pytest.fixture
def wexcombe() -> Story:
    held = programme()
    drawn(held)
    return held


def seen_now(held: Story) -> str:
    return queries.name_of(queries.foreseen(held.inspection, held["lead"], timezone.localdate()))


def tell(held: Story, **more: Any) -> Statement:
    said = {"seen": seen_now(held), "client_key": uuid4(), "by": held["lead"], **more}
    return actions.tell_council(inspection=held.inspection, **said)


def page_of(held: Story, role: str, status: int = 200, **query: str) -> str:
    answer = browser(held, role).get(at("programme_statements", held), query)
    assert answer.status_code == status, answer.status_code
    return text(answer)


def test_the_lead_sees_what_would_be_told_and_tells_it_in_one_press(wexcombe: Story) -> None:
    page = browser(wexcombe, "lead").get(at("programme_statements", wexcombe))
    assert "Tell the council how its audits stand" in text(page) and not Statement.objects.exists()
    sent = {"seen": page.context["seen"], "client_key": uuid4()}
    for _ in range(2):
        done = browser(wexcombe, "lead").post(at("programme_statements", wexcombe), sent, follow=True)
        assert "The council can read statement 1 now" in text(done)
    assert Statement.objects.count() == 1
    assert Entry.objects.get(event="programme.told").detail["files"] == 9


def test_it_stays_as_it_was_told(wexcombe: Story) -> None:
    tell(wexcombe)
    before = page_of(wexcombe, "director")
    signed(wexcombe, Case.objects.exclude(allocated_to=None)[0])
    assert page_of(wexcombe, "director") == before
    tell(wexcombe)
    assert "Statement 2" in page_of(wexcombe, "director")
    assert "statement 2 is the latest" in page_of(wexcombe, "director", number="1")
    page_of(wexcombe, "director", 404, number="3")


def test_what_changed_since_it_was_seen_is_not_told(wexcombe: Story) -> None:
    sent = {"seen": seen_now(wexcombe), "client_key": uuid4()}
    action(wexcombe)
    answer = browser(wexcombe, "lead").post(at("programme_statements", wexcombe), sent)
    assert answer.status_code == 422 and "has changed since you looked" in text(answer)
    assert not Statement.objects.exists() and answer.context["seen"] == seen_now(wexcombe)


def test_nothing_is_told_before_a_round_is_drawn() -> None:
    held = programme()
    with pytest.raises(Refused, match="No round is drawn yet"):
        tell(held, seen="")
    assert "No round is drawn yet" in page_of(held, "lead")
    assert "has not been told yet" in page_of(held, "director")


@pytest.mark.parametrize("role", READERS)
def test_the_council_reads_counts_and_no_child_and_no_auditor(wexcombe: Story, role: str) -> None:
    assert "has not been told yet" in page_of(wexcombe, role)
    for case in Case.objects.exclude(allocated_to=None)[:3]:
        signed(wexcombe, case)
    tell(wexcombe)
    page = page_of(wexcombe, role)
    assert "Done in time on that day" in page and "Tell the council" not in page
    for case in Case.objects.all():
        assert case.pseudonym not in page
    for who in ("inspector", "inspector-2"):
        assert wexcombe.person(who).name not in page
    assert "Statement of" in text(browser(wexcombe, role).get(f"/inspections/{wexcombe.inspection.pk}/"))
    assert "Read how your audits stand" in text(browser(wexcombe, role).get("/home/"))


def test_a_team_of_few_files_is_withheld_in_what_is_kept_as_well(wexcombe: Story) -> None:
    made = tell(wexcombe)
    kept = made.told["teams"]
    assert [name for name, _ in kept] == sorted(TEAMS) or made.told["teams_why"]
    assert all(counts is None for _, counts in kept), "three files of each team"
    assert json.dumps(made.told).count("C-") == 0


def test_the_counts_of_the_rounds_add_up_to_the_whole(wexcombe: Story) -> None:
    told = queries.opened(tell(wexcombe).told)
    assert told.whole.all == sum(one.told.all for one in told.rounds if one.told) == 9
    held = queries.completion(wexcombe.inspection, wexcombe["lead"], timezone.localdate())
    assert told.whole == held.whole
    assert [one.told for one in told.rounds] == [one.told for one in held.rounds]


def test_others_neither_tell_nor_read(wexcombe: Story) -> None:
    with pytest.raises(Refused):
        tell(wexcombe, by=wexcombe["inspector"])
    assert "What the council was told" in text(browser(wexcombe, "inspector").get(at("programme", wexcombe)))
    tell(wexcombe)
    assert "Done in time on that day" in page_of(wexcombe, "inspector")
    assert browser(wexcombe, "uploader").get(at("programme_statements", wexcombe)).status_code in (403, 404)
    assert browser(wexcombe, "director").get(at("programme", wexcombe)).status_code in (403, 404)
    assert "Read how your audits" not in text(browser(wexcombe, "inspector").get("/home/"))
