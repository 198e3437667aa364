"""Pages of the team's meetings, and of what the council is told of them."""

import csv
import io
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.cases_story import SECRET, Story, story
from tests.pages.test_cases import at, browser, text

from goldthread.apps.journal.models import Entry
from goldthread.apps.meetings.models import CouncilMessage, LookAt, TeamMeeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def wexcombe() -> Story:
    return story()


def written(held: Story, **more: Any) -> TeamMeeting:
    sent = {
        "day": held.inspection.call_day.isoformat(), "attended": [str(held.person("inspector").pk)], "lines": SECRET,
        "decisions": "We look at the front door.", "client_key": uuid4(), **more,
    }  # fmt: skip
    answer = browser(held, "inspector").post(at("meeting_new", held), sent, follow=True)
    assert "The meeting is written down" in text(answer), text(answer)
    return TeamMeeting.objects.get()


def drafted(held: Story, **more: Any) -> CouncilMessage:
    sent = {"says": "We go on with the front door.", "client_key": uuid4(), **more}
    answer = browser(held, "inspector").post(at("message_new", held), sent, follow=True)
    assert "The council does not see it" in text(answer)
    return CouncilMessage.objects.order_by("-number")[0]


def test_a_meeting_is_written_changed_and_read_by_the_team_alone(wexcombe: Story) -> None:
    meeting = written(wexcombe)
    one, change = (at(name, wexcombe, meeting=meeting.pk) for name in ("meeting", "meeting_change"))
    lead = browser(wexcombe, "lead")
    assert SECRET in text(lead.get(one)) and "Robin inspector" in text(lead.get(one))
    assert SECRET in lead.get(change).content.decode()
    assert lead.post(change, {"lines": "", "decisions": "", "version": 1}).status_code == 422
    assert "The record is changed" in text(lead.post(change, {"lines": "Else", "version": 1}, follow=True))
    clash = lead.post(change, {"lines": "Third", "version": 1})
    assert clash.status_code == 409 and "Third" in text(clash) and "Else" in text(clash)
    listed = text(lead.get(at("meetings", wexcombe)))
    assert "Day by day" in listed and "Nothing is written down" in listed
    for role in ("nominated-officer", "director", "uploader", "disclosure-checker"):
        for address in (one, change, at("meetings", wexcombe), at("meeting_new", wexcombe)):
            answer = browser(wexcombe, role).get(address)
            assert answer.status_code in (403, 404) and SECRET not in text(answer), (role, address)


def test_a_record_filled_in_wrongly_comes_back_with_what_was_typed(wexcombe: Story) -> None:
    inspector, address = browser(wexcombe, "inspector"), at("meeting_new", wexcombe)
    sent = {"day": "2020-01-01", "lines": "Typed.", "decisions": "", "client_key": uuid4()}
    answer = inspector.post(address, sent)
    assert answer.status_code == 422 and "Typed." in answer.content.decode()
    nothing = inspector.post(address, {"day": wexcombe.inspection.call_day.isoformat(), "client_key": uuid4()})
    assert nothing.status_code == 422 and "Write what emerged" in text(nothing)
    written(wexcombe)
    twice = inspector.post(address, {**sent, "day": wexcombe.inspection.call_day.isoformat()})
    assert twice.status_code == 422 and "There is a record of" in text(twice)


def test_what_to_look_at_stands_on_its_owners_home_page_until_it_is_ticked(wexcombe: Story) -> None:
    meeting = written(wexcombe)
    lead, inspector = browser(wexcombe, "lead"), browser(wexcombe, "inspector")
    address = at("meeting_look", wexcombe, meeting=meeting.pk)
    due = timezone.localdate() - timedelta(days=1)
    sent = {"says": "Ten contacts.", "owner": str(wexcombe.person("inspector").pk), "due": f"{due:%d/%m/%Y}"}
    for lacking in ("says", "owner", "due"):
        assert lead.post(address, {**sent, lacking: "", "client_key": uuid4()}).status_code == 422
    early = lead.post(address, {**sent, "due": "01/01/2020", "client_key": uuid4()})
    assert "cannot be due before the meeting" in text(early) and "Ten contacts." in early.content.decode()
    lead.post(address, {**sent, "client_key": uuid4()})
    look = LookAt.objects.get()
    assert "Look at what the meeting asked of you" in text(inspector.get("/home/"))
    listed = text(inspector.get(at("meetings", wexcombe)))
    assert "Ten contacts." in listed and "Late" in listed
    tick = at("look_tick", wexcombe, look=look.pk)
    assert "Ticked as looked at" in text(inspector.post(tick, {"done": "yes"}, follow=True))
    assert "Look at what the meeting asked" not in text(inspector.get("/home/"))
    assert "It is open again" in text(inspector.post(tick, {"done": "no"}, follow=True))
    assert browser(wexcombe, "director").post(tick, {"done": "yes"}).status_code == 404


def test_the_lead_sees_exactly_what_the_council_will_and_then_it_does(wexcombe: Story) -> None:
    meeting = written(wexcombe)
    message = drafted(wexcombe, meeting=str(meeting.pk))
    lead, officer, inspector = (browser(wexcombe, one) for one in ("lead", "nominated-officer", "inspector"))
    one, release = (at(name, wexcombe, message=message.pk) for name in ("message", "message_release"))
    told = at("council_messages", wexcombe)
    assert "has sent you no message yet" in text(officer.get(told)) and officer.get(one).status_code == 404
    assert inspector.get(release).status_code == 403
    assert "Release or discard messages to the council" in text(lead.get("/home/"))
    confirm = text(lead.get(release))
    assert "will read exactly this" in confirm and "We go on with the front door." in confirm
    assert CouncilMessage.objects.get().released_at is None
    assert "The council reads it now" in text(lead.post(release, {"version": 1}, follow=True))
    assert "Read what the inspecting team tells you" in text(officer.get("/home/"))
    shown = text(officer.get(one))
    assert "We go on with the front door." in shown and "Released by Robin lead" in shown
    assert "meeting of" not in shown and SECRET not in shown and "Correct it" not in shown
    assert "1 , the last" in text(officer.get(at("inspection_overview", wexcombe)))


def test_a_released_message_is_corrected_by_a_further_one(wexcombe: Story) -> None:
    message, lead = drafted(wexcombe), browser(wexcombe, "lead")
    parts = {"message": message.pk}
    change = at("message_change", wexcombe, **parts)
    assert lead.post(change, {"says": "", "version": 1}).status_code == 422
    assert lead.post(change, {"says": "Better.", "version": 1}).status_code == 302
    assert lead.post(at("message_release", wexcombe, **parts), {"version": 1}).status_code == 409
    lead.post(at("message_release", wexcombe, **parts), {"version": 2})
    assert "it is not changed any more" in text(lead.get(change))
    late = lead.post(change, {"says": "Too late.", "version": 3})
    assert late.status_code == 422 and "Too late." in late.content.decode()
    further = drafted(wexcombe, corrects=str(message.pk), says="Rather so.")
    lead.post(at("message_release", wexcombe, message=further.pk), {"version": 1})
    officer = browser(wexcombe, "director")
    assert "This corrects M1" in text(officer.get(at("message", wexcombe, message=further.pk)))
    assert "A later message corrects this one: M2" in text(officer.get(at("message", wexcombe, **parts)))


def test_a_discarded_draft_never_reaches_the_council(wexcombe: Story) -> None:
    message, inspector = drafted(wexcombe), browser(wexcombe, "inspector")
    address = at("message_discard", wexcombe, message=message.pk)
    assert "never see it" in text(inspector.get(address))
    inspector.post(address, {"version": 1})
    assert "nothing to discard" in text(inspector.get(address))
    assert "nothing to release" in text(
        browser(wexcombe, "lead").get(at("message_release", wexcombe, message=message.pk))
    )
    assert "no message yet" in text(browser(wexcombe, "director").get(at("council_messages", wexcombe)))


def test_the_numbers_that_the_council_reads_do_not_tell_of_drafts(wexcombe: Story) -> None:
    lead, officer = browser(wexcombe, "lead"), browser(wexcombe, "nominated-officer")
    drafts = [drafted(wexcombe, says=f"Message {number}.") for number in range(1, 5)]
    assert [one.mark for one in drafts] == ["D1", "D2", "D3", "D4"]
    for one in (drafts[3], drafts[1]):
        lead.post(at("message_release", wexcombe, message=one.pk), {"version": 1})
    page = text(officer.get(at("council_messages", wexcombe)))
    assert page.index("M2") < page.index("Message 2.") < page.index("M1") < page.index("Message 4.")
    assert not any(mark in page for mark in ("M3", "M4", "D1", "D2", "D3", "D4"))
    one = at("message", wexcombe, message=drafts[3].pk)
    assert "draft D4" not in text(officer.get(one)) and "It was draft D4" in text(lead.get(one))


def test_the_record_leaves_as_a_file_that_the_journal_knows_of(wexcombe: Story) -> None:
    written(wexcombe)
    meeting = TeamMeeting.objects.get()
    inspector, officer = browser(wexcombe, "inspector"), browser(wexcombe, "nominated-officer")
    look = at("meeting_look", wexcombe, meeting=meeting.pk)
    sent = {
        "says": "=The front door", "owner": str(wexcombe.person("inspector").pk), "due": f"{meeting.day:%d/%m/%Y}",
        "client_key": uuid4(),
    }  # fmt: skip
    assert inspector.post(look, sent).status_code == 302
    address = at("meetings_file", wexcombe)
    answer = inspector.post(address, {"format": "csv"})
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["Part"], row["What the record says"]) for row in rows] == [
        ("What emerges", SECRET), ("What was decided", "We look at the front door."),
        ("To look at", "'=The front door"),
    ]  # fmt: skip
    assert {row["Who was there"] for row in rows} == {wexcombe.person("inspector").name}
    assert inspector.post(address, {"format": "xlsx"}).content[:2] == b"PK"
    assert officer.post(address, {"format": "csv"}).status_code in (403, 404)
    assert "Choose an Excel workbook or a CSV file" in text(inspector.post(address, {"format": "docx"}, follow=True))
    taken = Entry.objects.filter(event="export.made")
    assert taken.count() == 2 and SECRET not in str(taken.values_list())
