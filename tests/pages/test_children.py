"""Children of a submission under pseudonyms: a row, a list of them, and a journey that the journal knows of."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.asking import ACTORS, addresses
from tests.factories import client_for
from tests.submissions_story import AS_AT, CANARIES, CHILD, Story, canaries, story, workbook
from tests.world import World

from goldthread.apps.journal.models import Entry
from goldthread.apps.submissions import children
from goldthread.apps.submissions.models import Submission
from goldthread.kernel.tables import TABLES
from goldthread.web.doors import every_door

pytestmark = pytest.mark.django_db

READERS = ("lead", "quality-assurance", "analyst", "nominated-officer", "uploader", "director")


@pytest.fixture
def wexcombe() -> Story:
    return story()


@pytest.fixture
def handed(wexcombe: Story) -> Submission:
    return wexcombe.handed_over(canaries())


def page(row: Submission, name: str, *more: Any) -> str:
    return reverse(name, args=[row.inspection_id, row.pk, *more])


def browser(story: Story, role: str) -> Client:
    return client_for(story[role])


def text(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def a_child(row: Submission) -> children.ChildRead:
    return next(one for one in children.everybody(row) if len(one.places) > 1)


def test_every_child_is_listed_once_with_its_rows_and_no_identity(wexcombe: Story, handed: Submission) -> None:
    answer = browser(wexcombe, "analyst").get(page(handed, "submission_children"))
    known = children.everybody(handed)
    assert answer.context["page_obj"].paginator.count == len(known) > 1
    assert len({one.pseudonym for one in known}) == len(known)
    for one in known:
        for place in one.places:
            assert page(handed, "submission_row", place) in answer.content.decode()
    assert not any(canary in answer.content.decode() for canary in CANARIES)


def test_a_list_shows_its_own_children_only(wexcombe: Story, handed: Submission) -> None:
    client = browser(wexcombe, "analyst")
    answer = client.get(page(handed, "submission_children"), {"list": "children_in_care"})
    assert answer.context["page_obj"].paginator.count == len(children.everybody(handed, "children_in_care"))
    assert answer.context["page_obj"].paginator.count < len(children.everybody(handed))
    assert client.get(page(handed, "submission_children"), {"list": "x'", "page": "y"}).status_code == 200


def test_a_child_is_found_by_the_pseudonym_which_stands_in_no_address(wexcombe: Story, handed: Submission) -> None:
    client, one = browser(wexcombe, "lead"), a_child(handed)
    found = client.post(page(handed, "submission_children"), {"pseudonym": f" {one.pseudonym.lower()} "})
    assert found["Location"] == page(handed, "submission_row", one.first)
    assert one.pseudonym not in found["Location"]
    none = client.post(page(handed, "submission_children"), {"pseudonym": "C-0000000"})
    assert none.status_code == 422
    assert "No list of this submission names a child" in text(none)
    shown = client.get(page(handed, "submission_children")).content.decode()
    assert not re.search(r'href="[^"]*[CAF]-[0-9A-HJKMNP-TV-Z]{7}', shown)


def test_a_row_says_what_stands_in_it_and_names_what_lies_in_the_vault(wexcombe: Story, handed: Submission) -> None:
    one = next(one for one in children.everybody(handed, "children_in_care"))
    place = next(place for place in one.places if place.table == "children_in_care")
    answer = browser(wexcombe, "quality-assurance").get(page(handed, "submission_row", place))
    shown = text(answer)
    assert f"Row {place.row}" in shown and one.pseudonym in shown
    assert "In the vault, and not shown: Child Unique ID; Date of Birth; Placement postcode; URN of Placement" in shown
    assert "Child&#x27;s Legal Status" in shown
    assert not any(canary in answer.content.decode() for canary in CANARIES)


@pytest.mark.parametrize(
    "place", ["children_in_care-99999", "nothing-3", "children_in_care-", "children_in_care-x", "adopters", "-3",
              "children_in_care-" + "9" * 30, "cla_episodes-3"],
)  # fmt: skip
def test_there_is_no_page_for_a_row_that_is_not_there(wexcombe: Story, handed: Submission, place: str) -> None:
    for name in ("submission_row", "submission_journey"):
        assert browser(wexcombe, "lead").get(page(handed, name, place)).status_code == 404


def test_a_journey_opens_by_a_button_and_the_journal_says_who_opened_it(wexcombe: Story, handed: Submission) -> None:
    client, one = browser(wexcombe, "analyst"), a_child(handed)
    address = page(handed, "submission_journey", one.places[-1])
    before = client.get(address)
    assert "Open the journey" in text(before)
    assert "<svg" not in before.content.decode() and "Gaps and drift" not in text(before)
    assert not Entry.objects.filter(event="journey.opened").exists()
    opened = client.post(address)
    assert opened["Location"] == page(handed, "submission_journey", one.first)
    entry = Entry.objects.get(event="journey.opened")
    assert (entry.by_id, entry.detail) == (wexcombe["analyst"].id, {"place": str(one.first)})
    assert one.pseudonym not in f"{entry.detail} {entry.about_label}"
    for again in (opened["Location"], address):
        shown = client.get(again)
        assert "Gaps and drift" in text(shown) and "the earliest first" in text(shown)
    assert Entry.objects.filter(event="journey.opened").count() == 1


def test_every_date_leads_to_its_row_and_every_mark_to_its_line(wexcombe: Story, handed: Submission) -> None:
    client, one = browser(wexcombe, "analyst"), a_child(handed)
    shown = client.post(page(handed, "submission_journey", one.first), follow=True)
    told, _ = children.journey(handed, one)
    html = shown.content.decode()
    assert told.events and told.as_at == AS_AT
    for event in told.events:
        assert f'id="event-{event.number}"' in html
        assert page(handed, "submission_row", children.Place(event.table, event.row)) in html
    for event in told.sound:
        assert f'href="#event-{event.number}"' in html
    assert "vega.github.io" not in html
    assert not re.search(r"\sstyle=|<style|\son\w+=", html)
    assert not any(canary in html for canary in CANARIES)


def a_need(seen: date) -> bytes:
    """A child in need since January 2025, last seen on a day."""
    held = {"child": CHILD, "started_on": date(2025, 1, 6), "last_seen_on": seen, "status": "c", "gender": "F"}
    columns = TABLES["children_in_need"].columns
    return workbook({"List 6": [[one.says for one in columns], [held.get(one.name, "") for one in columns]]})


def test_what_the_lists_could_not_tell_is_no_gap_and_an_earlier_hand_in_may_tell_of_it(wexcombe: Story) -> None:
    then = wexcombe.handed_over(a_need(date(2026, 3, 20)), as_at=date(2026, 3, 31))
    wexcombe.read(a_need(date(2026, 5, 20)), as_at=date(2026, 5, 31))  # not handed over
    now = wexcombe.handed_over(a_need(date(2026, 9, 21)))
    (one,) = children.everybody(now)
    client = browser(wexcombe, "analyst")
    shown = client.post(page(now, "submission_journey", one.first), follow=True)
    assert "2 events since January 2025; no gap by the limits set" in shown.content.decode()
    assert "There is none by the limits that are set." in text(shown)
    assert "this is no gap: 6 January 2025 to 21 September 2026." in text(shown)
    assert "lost" not in text(shown)
    (there,) = children.everybody(then)
    told = [row.as_at for row, _ in shown.context["earlier"]]
    assert told == [date(2026, 3, 31)]
    assert page(then, "submission_journey", there.first) in shown.content.decode()


def test_what_one_opened_is_not_open_for_another_nor_for_long(wexcombe: Story, handed: Submission) -> None:
    one = a_child(handed)
    address = page(handed, "submission_journey", one.first)
    assert browser(wexcombe, "analyst").post(address).status_code == 302
    assert "Open the journey" in text(browser(wexcombe, "lead").get(address))
    other = next(two for two in children.everybody(handed) if two != one)
    assert "Open the journey" in text(browser(wexcombe, "analyst").get(page(handed, "submission_journey", other.first)))
    late = timezone.now() + timedelta(minutes=31)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(children.timezone, "now", lambda: late)
        assert not children.opened_lately(handed, one, wexcombe["analyst"])
    assert children.opened_lately(handed, one, wexcombe["analyst"])


def test_whoever_may_read_rows_may_look_and_nobody_else(wexcombe: Story, handed: Submission) -> None:
    place = a_child(handed).first
    for role in READERS:
        client = browser(wexcombe, role)
        assert client.get(page(handed, "submission_row", place)).status_code == 200, role
        assert client.post(page(handed, "submission_journey", place), follow=True).status_code == 200, role
    for role, status in (("inspector", 403), ("uploader-2", 404), ("improvement-lead", 404), ("member", 404)):
        client = browser(wexcombe, role)
        for name, more in (("submission_children", ()), ("submission_row", (place,)), ("submission_journey", (place,))):
            assert client.get(page(handed, name, *more)).status_code == status, (role, name)
        assert client.post(page(handed, "submission_journey", place)).status_code == status
        assert "Children in the lists" not in text(client.get(page(handed, "submission")))
    assert Entry.objects.filter(event="journey.opened").count() == len(READERS)


def test_a_submission_that_was_not_read_has_no_children(wexcombe: Story) -> None:
    row = wexcombe.send(canaries())
    answer = browser(wexcombe, "uploader").get(page(row, "submission_children"))
    assert "no child is known yet" in text(answer)
    assert browser(wexcombe, "uploader").get(page(row, "submission_row", "children_in_need-3")).status_code == 404


def test_a_journey_shows_each_only_what_they_may_see(world: World) -> None:
    """The journey of a child of every submission of both inspections, as everybody, read for canaries."""
    opened, leaks = 0, []
    door = next(one for one in every_door() if one.name == "submission_journey")
    for address in addresses(world, door):
        for actor in (one for one in ACTORS if one != "no-second-factor"):
            mark = transaction.savepoint()
            client = Client() if actor == "nobody" else client_for(world.people[actor])
            client.raise_request_exception = False
            answer = client.post(address.path, follow=True)
            opened += b"Gaps and drift" in answer.content
            leaks += [f"{actor}: {one}" for one in world.canaries.forbidden(answer.content.decode(), actor)]
            transaction.savepoint_rollback(mark)
    assert opened > 20
    assert leaks == []
