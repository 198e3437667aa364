"""Pages of what the council is asked for: from the framework's list to a settled answer, by both sides."""

import csv
import io
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.cases_story import Story, story
from tests.pages.test_cases import at, browser, text

from goldthread.apps.journal.models import Entry
from goldthread.apps.requests.models import InformationRequest
from goldthread.domain.frameworks import load

pytestmark = pytest.mark.django_db


@pytest.fixture
def wexcombe() -> Story:
    return story()


def form(**more: Any) -> dict[str, Any]:
    due = timezone.localdate() + timedelta(days=3)
    return {
        "title": "Supervision policy", "says": "", "why": "To read it.", "due": f"{due:%d/%m/%Y}", "owner": "",
        "client_key": uuid4(), **more,
    }  # fmt: skip


def ask(held: Story, **more: Any) -> InformationRequest:
    answer = browser(held, "lead").post(at("request_new", held), form(**more), follow=True)
    assert "is asked for. The council sees it now." in text(answer)
    return InformationRequest.objects.order_by("-number")[0]


def test_the_frameworks_list_shows_what_is_there_and_asks_in_one_act(wexcombe: Story) -> None:
    lead, address = browser(wexcombe, "lead"), at("requests_template", wexcombe)
    page = lead.get(address)
    assert "You may have this already" in text(page) and "lists.xlsx" in text(page) and "in common:" in text(page)
    empty = lead.post(address, {})
    assert empty.status_code == 422 and "Choose at least one thing" in text(empty)
    refs = [one.ref for one in load("sif-2013").requests]
    done = lead.post(address, {"refs": refs}, follow=True)
    assert f"The council is asked for {len(refs)} things" in text(done)
    assert "All of it is asked for." in text(lead.get(address))
    shown = browser(wexcombe, "nominated-officer").get(at("requests", wexcombe))
    assert "What is asked of us" in text(shown) and f"{len(refs)} asked for" in text(shown)
    assert "page=2" in shown.content.decode()


def test_what_may_be_there_already_is_shown_before_one_thing_is_asked_for(wexcombe: Story) -> None:
    lead, address = browser(wexcombe, "lead"), at("request_new", wexcombe)
    first = lead.post(address, form(title="Annex A", says="The child-level lists"))
    assert first.status_code == 200 and not InformationRequest.objects.exists()
    assert "You may have this already" in text(first) and "in common: annex, child-level" in text(first)
    assert "Annex A" in first.content.decode()
    sent = form(title="Annex A", says="The child-level lists")
    lead.post(address, {**sent, "all-the-same": "yes"})
    assert InformationRequest.objects.get().title == "Annex A"


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"title": ""}, "Fill in “What is asked for”"),
        ({"due": "soon"}, "must be a real date"),
        ({"due": "01/01/2020"}, "before the day of the call"),
        ({"owner": "nobody"}, "Choose one of the answers offered"),
        ({"title": "x" * 161}, "must have 160 characters or fewer"),
    ],
)
def test_a_form_filled_in_wrongly_comes_back_with_what_was_typed(
    wexcombe: Story, more: dict[str, Any], says: str
) -> None:  # fmt: skip
    answer = browser(wexcombe, "lead").post(at("request_new", wexcombe), form(**more))
    assert answer.status_code == 422 and says in text(answer) and "To read it." in answer.content.decode()
    assert not InformationRequest.objects.exists()


def test_both_sides_take_a_request_to_its_end(wexcombe: Story) -> None:
    asked = ask(wexcombe)
    officer, lead, uploader = (browser(wexcombe, one) for one in ("nominated-officer", "lead", "uploader"))
    one = at("request", wexcombe, asked=asked.pk)
    assert uploader.get(one).status_code == 404
    assert "Answer what the inspecting team asks for" in text(officer.get("/home/"))
    seen = at("request_take_on", wexcombe, asked=asked.pk)
    person = str(wexcombe.person("uploader").pk)
    assert "is marked as seen" in text(officer.post(seen, {"owner": person, "version": 1}, follow=True))
    assert "To read it." in text(uploader.get(one))
    answer = at("request_answer", wexcombe, asked=asked.pk)
    assert uploader.post(answer, {"says": "", "version": 2}).status_code == 422
    assert "The team reads it now" in text(uploader.post(answer, {"says": "By post.", "version": 2}, follow=True))
    assert "Read what the council answered" in text(lead.get("/home/"))
    settle = at("request_settle", wexcombe, asked=asked.pk)
    assert lead.post(settle, {"to": "sent-back", "because": "", "version": 3}).status_code == 422
    assert lead.post(settle, {"because": "", "version": 3}).status_code == 422
    back = lead.post(settle, {"to": "sent-back", "because": "Page 2 is missing.", "version": 3}, follow=True)
    assert "Sent back" in text(back) and "Page 2 is missing." in text(officer.get(one))
    assert officer.get(settle).status_code == 403 and lead.get(answer).status_code == 403
    lead.post(settle, {"to": "withdrawn", "because": "Found.", "version": 4})
    assert "so there is nothing to do here" in text(officer.get(answer))


def test_a_change_is_seen_by_the_council_and_a_stale_one_clashes(wexcombe: Story) -> None:
    asked = ask(wexcombe)
    lead, address = browser(wexcombe, "lead"), at("request_change", wexcombe, asked=asked.pk)
    assert 'value="Supervision policy"' in lead.get(address).content.decode()
    assert lead.post(address, form(title="Both policies", version=1)).status_code == 302
    clash = lead.post(address, form(title="Third", version=1))
    assert clash.status_code == 409 and "Third" in text(clash) and "Both policies" in text(clash)
    assert "changed what is asked for" in text(
        browser(wexcombe, "director").get(at("request", wexcombe, asked=asked.pk))
    )


def test_what_is_late_stands_on_both_home_pages_and_the_overview(wexcombe: Story) -> None:
    ask(wexcombe)
    InformationRequest.objects.update(due=timezone.localdate() - timedelta(days=2))
    lead, officer = browser(wexcombe, "lead"), browser(wexcombe, "nominated-officer")
    assert "Follow up what the council has not answered in time" in text(lead.get("/home/"))
    assert "1 late" in text(officer.get("/home/"))
    for one in (lead, officer):
        assert "1 late" in text(one.get(at("inspection_overview", wexcombe)))
    assert "A1" in text(lead.get(at("requests", wexcombe), {"status": "late"}))
    assert "No request is like that" in text(lead.get(at("requests", wexcombe), {"status": "settled"}))


def test_the_list_is_taken_out_as_it_is_filtered_and_the_journal_says_so(wexcombe: Story) -> None:
    ask(wexcombe)
    ask(wexcombe, title="=Audits")
    lead, address = browser(wexcombe, "lead"), at("requests_file", wexcombe)
    file = lead.post(address, {"format": "csv", "words": "audits"})
    rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert [row[2] for row in rows[1:]] == ["'=Audits"]
    entry = Entry.objects.get(event="export.made")
    assert (entry.detail["what"], entry.detail["rows"]) == ("requests for information", 1)
    browser(wexcombe, "nominated-officer").post(address, {"format": "csv"})
    assert [one.side for one in Entry.objects.filter(event="export.made").order_by("number")] == ["team", "authority"]
    assert lead.post(address, {"format": "xlsx"})["Content-Type"].endswith("sheet")
    assert lead.post(address, {"format": "exe"}).status_code == 403


def test_an_empty_list_says_what_to_do(wexcombe: Story) -> None:
    page = text(browser(wexcombe, "lead").get(at("requests", wexcombe)))
    assert "has not been asked for anything yet" in page and "Ask by the framework’s list" in page
    page = text(browser(wexcombe, "director").get(at("requests", wexcombe)))
    assert "Nothing is asked of you" in page and "Ask by the framework’s list" not in page
    for role in ("member", "disclosure-checker", "records-officer"):
        assert browser(wexcombe, role).get(at("requests", wexcombe)).status_code in (403, 404)


def test_the_numbers_say_what_was_withdrawn_so_that_they_add_up(wexcombe: Story) -> None:
    lead = browser(wexcombe, "lead")
    for title in ("One", "Two"):
        ask(wexcombe, title=title)
    gone = ask(wexcombe, title="Three")
    assert "withdrawn and" not in text(lead.get(at("requests", wexcombe)))
    settle = at("request_settle", wexcombe, asked=gone.pk)
    lead.post(settle, {"to": "withdrawn", "because": "Not needed.", "version": gone.version})
    page = text(lead.get(at("requests", wexcombe)))
    assert "2 asked for: 2 wait" in page and "1 more was withdrawn and stays in the list" in page
    assert "3 requests, 1 of them withdrawn" in page
    narrowed = text(lead.get(at("requests", wexcombe) + "?words=Two&sort=due"))
    assert "1 request" in narrowed and "of them withdrawn" not in narrowed
