"""Pages: what the timetable would change of who has which case, and one's own days."""

import pytest
from tests.apps.test_giving_out import timetable, wexcombe, who_has
from tests.cases_story import Story
from tests.pages.test_cases import at, browser, text
from tests.pages.test_two_editors import filled, form_at

from goldthread.apps.fieldwork.models import AppliedTimetable, Availability, Timetable

pytestmark = pytest.mark.django_db

__all__ = ["wexcombe"]


def test_the_page_shows_before_what_would_change_then_changes_it_and_takes_it_back(wexcombe: Story) -> None:
    lead = browser(wexcombe, "lead")
    address = at("fieldwork_give_out", wexcombe, timetable=timetable().pk)
    assert address in lead.get(at("fieldwork", wexcombe)).content.decode()
    shown = text(lead.get(address))
    assert "4 cases would change hands" in shown and "Nobody" in shown and set(who_has().values()) == {None}
    sent = filled(form_at(lead, address, address), "", {})
    assert "4 cases given out by timetable 1" in text(lead.post(address, sent, follow=True))
    assert None not in who_has().values()
    assert "Nothing would change" in text(lead.get(address))
    back = at("fieldwork_take_back", wexcombe, applied=AppliedTimetable.objects.get().pk)
    assert "goes back to whoever had it" in text(lead.get(back))
    assert "4 cases went back" in text(lead.post(back, follow=True))
    assert set(who_has().values()) == {None} and "taken back already" in text(lead.get(back))
    assert lead.post(back).status_code == 403
    for role in ("inspector", "quality-assurance", "nominated-officer"):
        for one in (address, back):
            assert browser(wexcombe, role).get(one).status_code in (403, 404), role


def test_a_stale_page_gives_nothing(wexcombe: Story) -> None:
    lead = browser(wexcombe, "lead")
    address = at("fieldwork_give_out", wexcombe, timetable=timetable().pk)
    sent = filled(form_at(lead, address, address), "", {})
    Timetable.objects.update(version=9)
    answer = lead.post(address, sent)
    assert answer.status_code == 409 and "a case in it changed hands or state" in text(answer)
    assert lead.post(address, {}).status_code == 409
    assert set(who_has().values()) == {None}


def test_an_inspector_writes_their_own_days_and_nobody_elses(wexcombe: Story) -> None:
    inspector = browser(wexcombe, "inspector")
    own, other = (
        at("fieldwork_person", wexcombe, member=wexcombe.person(one).pk) for one in ("inspector", "lead")
    )  # fmt: skip
    page = inspector.get(at("fieldwork", wexcombe)).content.decode()
    assert own in page and other not in page and "nothing said: the usual week is taken" in page
    sent = {
        "hours_from": "10:00", "hours_to": "15:00", "weekdays": ["monday"], "away": "", "specialisms": "",
        "languages": "", "home": "", "version": "0",
    }  # fmt: skip
    assert inspector.post(own, {**sent, "hours_to": "9:00"}).status_code == 422
    assert inspector.post(own, sent).status_code == 302
    assert Availability.objects.get().hours_to == 900
    assert inspector.get(other).status_code == 403 and inspector.post(other, sent).status_code == 403
    assert browser(wexcombe, "analyst").get(own).status_code == 403
    assert browser(wexcombe, "director").get(own).status_code == 404
