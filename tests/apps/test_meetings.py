"""The team's meetings and its messages to the council: sealed, walled, released by the lead alone."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.cases_story import SECRET, Story, story

from goldthread.apps.access.actions import Clash
from goldthread.apps.access.policy import Refused
from goldthread.apps.inspections.meanwhile import Overtaken
from goldthread.apps.journal.models import Entry
from goldthread.apps.meetings import actions, queries
from goldthread.apps.meetings.models import CouncilMessage, LookAt, TeamMeeting
from goldthread.apps.submissions.models import InspectionKey
from goldthread.apps.submissions.sealing import CannotUnseal
from goldthread.domain import lifecycle

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 10)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)


@pytest.fixture
def wexcombe() -> Story:
    return story()


def record(held: Story, by: str = "lead", **more: Any) -> TeamMeeting:
    given = {"day": TODAY, "attended": [], "lines": SECRET, "decisions": "", "client_key": uuid4(), **more}
    return actions.record(inspection=held.inspection, by=held[by], **given)


def draft(held: Story, by: str = "inspector", **more: Any) -> CouncilMessage:
    return actions.draft(inspection=held.inspection, by=held[by], **{"says": SECRET, "client_key": uuid4(), **more})


def look(held: Story, meeting: TeamMeeting, **more: Any) -> LookAt:
    given = {"says": SECRET, "owner": held.person("inspector"), "due": TODAY, "client_key": uuid4(), **more}
    return actions.look_at(meeting=meeting, by=held["lead"], **given)


def test_what_is_said_is_sealed_and_the_journal_holds_none_of_it(wexcombe: Story) -> None:
    meeting = record(wexcombe, attended=[wexcombe.person("analyst")])
    one, message = look(wexcombe, meeting), draft(wexcombe)
    for row in (meeting, one, message):
        fresh = type(row).objects.values().get(pk=row.pk)
        assert SECRET not in str({name: bytes(v) if name == "sealed" else v for name, v in fresh.items()})
    assert queries.said_of(meeting) == {"lines": SECRET, "decisions": ""}
    assert queries.text_of(one) == queries.text_of(message) == SECRET
    told = list(Entry.objects.values())
    assert {"meeting.recorded", "meeting.look-added", "message.drafted"} <= {entry["event"] for entry in told}
    assert SECRET not in str(told)


def test_without_its_key_nothing_can_be_read_and_none_stands_for_another(wexcombe: Story) -> None:
    meeting, message = record(wexcombe), draft(wexcombe)
    message.sealed = meeting.sealed
    with pytest.raises(CannotUnseal):
        queries.text_of(message)
    InspectionKey.objects.all().delete()
    with pytest.raises(CannotUnseal):
        queries.said_of(meeting)


def test_a_meeting_can_be_recorded_before_any_data_came(wexcombe: Story) -> None:
    InspectionKey.objects.all().delete()
    assert queries.said_of(record(wexcombe))["lines"] == SECRET


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"day": date(2020, 1, 1)}, "Choose a day from the day of the call"),
        ({"day": TODAY + timedelta(days=1)}, "Choose a day from the day of the call"),
        ({"lines": " ", "decisions": ""}, "Write what emerged"),
    ],
)
def test_a_record_without_sense_is_refused(wexcombe: Story, more: dict[str, Any], says: str) -> None:
    with pytest.raises(Refused, match=says):
        record(wexcombe, **more)
    assert not TeamMeeting.objects.exists()


def test_only_the_team_can_have_been_there_and_a_day_has_one_record(wexcombe: Story) -> None:
    with pytest.raises(Refused, match="not in the team"):
        record(wexcombe, attended=[wexcombe.person("director")])
    key = uuid4()
    assert record(wexcombe, client_key=key) == record(wexcombe, client_key=key)
    with pytest.raises(Refused, match="There is a record of 10 November 2026 already"):
        record(wexcombe)


def test_whoever_changes_a_record_second_is_shown_both_texts(wexcombe: Story) -> None:
    meeting = record(wexcombe)
    actions.change(meeting=meeting, attended=[], lines="One", decisions="", version=1, by=wexcombe["inspector"])
    with pytest.raises(Clash) as clash:
        actions.change(meeting=meeting, attended=[], lines="Two", decisions="", version=1, by=wexcombe["lead"])
    assert (clash.value.theirs["lines"], clash.value.yours["lines"]) == ("One", "Two")


def test_what_is_to_be_looked_at_is_ticked_opened_again_and_listed(wexcombe: Story) -> None:
    meeting = record(wexcombe)
    one = look(wexcombe, meeting)
    for more, says in (
        ({"says": " "}, "Say what"), ({"due": TODAY - timedelta(days=1)}, "before the meeting"),
        ({"owner": wexcombe.person("director")}, "not in the team"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=says):
            look(wexcombe, meeting, **more)
    inspector = wexcombe["inspector"]
    assert queries.my_looks(inspector) == {wexcombe.inspection: [one]}
    one = actions.tick(look=one, done=True, by=inspector)
    again = actions.tick(look=one, done=True, by=wexcombe["lead"])
    assert again.done_by == wexcombe.person("inspector") and queries.my_looks(inspector) == {}
    assert actions.tick(look=one, done=False, by=wexcombe["lead"]).done_at is None
    assert Entry.objects.filter(about_kind="look").count() == 3


def test_no_side_but_the_team_reads_its_meetings(wexcombe: Story) -> None:
    record(wexcombe)
    for role in ("lead", "inspector", "analyst", "quality-assurance"):
        assert queries.meetings(wexcombe[role], wexcombe.inspection).exists(), role
    for role in ("nominated-officer", "director", "uploader", "member", "disclosure-checker", "records-officer"):
        assert not queries.meetings(wexcombe[role], wexcombe.inspection).exists(), role
        with pytest.raises(Refused):
            draft(wexcombe, by=role)
    with pytest.raises(Refused):
        record(wexcombe, by="quality-assurance", day=TODAY - timedelta(days=1))


def test_the_council_sees_a_message_once_it_is_released_and_never_before(wexcombe: Story) -> None:
    message = draft(wexcombe)
    council = ("nominated-officer", "director")

    def seen(role: str) -> bool:
        return queries.messages(wexcombe[role], wexcombe.inspection).exists()

    assert not any(seen(role) for role in council) and seen("analyst")
    for role in ("inspector", "analyst", "quality-assurance", "nominated-officer"):
        with pytest.raises(Refused):
            actions.release(message=message, version=1, by=wexcombe[role])
    actions.release(message=message, version=1, by=wexcombe["lead"])
    assert all(seen(role) for role in council)
    assert not any(seen(role) for role in ("uploader", "member", "improvement-lead", "disclosure-checker"))
    assert wexcombe.inspection in queries.news(wexcombe["director"])
    assert not queries.news(wexcombe["inspector"])
    assert Entry.objects.filter(event="message.released").count() == 1


def test_what_was_released_is_corrected_by_a_further_message_only(wexcombe: Story) -> None:
    message = draft(wexcombe)
    with pytest.raises(Refused, match="was not released"):
        draft(wexcombe, corrects=message)
    message = actions.release(message=message, version=1, by=wexcombe["lead"])
    with pytest.raises(Refused, match="stays as the council read it"):
        actions.redraft(message=message, says="Other", version=2, by=wexcombe["lead"])
    for act in (actions.discard, actions.release):
        with pytest.raises(lifecycle.IllegalMove):
            act(message=message, version=2, by=wexcombe["lead"])
    further = draft(wexcombe, says="Rather so.", corrects=message)
    assert further.corrects == message and queries.text_of(CouncilMessage.objects.get(pk=message.pk)) == SECRET


def test_only_what_the_lead_saw_is_released(wexcombe: Story) -> None:
    message = draft(wexcombe)
    actions.redraft(message=message, says="Changed meanwhile.", version=1, by=wexcombe["inspector"])
    with pytest.raises(Overtaken):
        actions.release(message=message, version=1, by=wexcombe["lead"])
    assert CouncilMessage.objects.get().released_at is None
    with pytest.raises(Refused, match="Write what the council"):
        draft(wexcombe, says="  ")
    actions.discard(message=message, version=2, by=wexcombe["inspector"])
    assert not queries.to_release(wexcombe["lead"])
