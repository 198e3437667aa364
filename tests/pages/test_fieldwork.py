"""The pages of the timetable: from an empty one to a plan that is moved by hand, and every form filled in wrongly."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import client_for, inspection, member, site_lead

from goldthread.apps.fieldwork import worker
from goldthread.apps.fieldwork.models import Availability, Task, Timetable
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.journal.models import Entry

pytestmark = pytest.mark.django_db

TASK = {"title": "Visit to a home", "kind": "visit", "minutes": "90", "seats": "1", "must": []}
PERSON = {"hours_from": "9:00", "hours_to": "17:00", "weekdays": ["monday", "tuesday"], "away": "", "version": "0"}


@pytest.fixture
def lead() -> Client:
    by = site_lead()
    inspection(lead=by)
    return client_for(by)


def held() -> Inspection:
    return Inspection.objects.get()


def at(name: str, **parts: Any) -> str:
    return reverse(name, kwargs={"inspection": held().pk, **parts})


def shown(browser: Client, address: str = "") -> str:
    return browser.get(address or at("fieldwork")).content.decode()


def planned(browser: Client) -> Timetable:
    assert browser.post(at("fieldwork_ask"), {"seconds": "1"}).status_code == 302
    assert "hx-trigger" in shown(browser)
    assert worker.work_all() == 1
    assert "hx-trigger" not in shown(browser)
    return Timetable.objects.latest("number")


def test_from_nothing_to_a_plan_that_is_moved_and_locked(lead: Client) -> None:
    assert "No timetable was asked for yet" in shown(lead)
    assert "There is nothing to place yet" in lead.post(at("fieldwork_ask"), {"seconds": "1"}).content.decode()
    sites = {"written": "Northgate\nSouthfield\nNorthgate - Southfield = 45", "version": "0"}
    assert lead.post(at("fieldwork_sites"), sites).status_code == 302
    assert lead.post(at("fieldwork_task_new"), {**TASK, "site": "Northgate"}).status_code == 302
    timetable, task = planned(lead), Task.objects.get()
    page = shown(lead)
    assert "1 of 1 placed" in page
    assert "Northgate" in page
    address = at("fieldwork_booking", timetable=timetable.pk, task=task.pk)
    who = re.search(r'name="people" value="([^"]+)" [^>]*checked', shown(lead, address))
    assert who
    days = re.findall(r'<option value="(\d{4}-\d\d-\d\d)"', shown(lead, address))
    put = {"day": days[3], "start": "10:15", "people": [who[1]], "locked": "on", "version": str(timetable.version)}
    assert lead.post(address, {**put, "start": "3:00"}).status_code == 422
    assert lead.post(address, put).status_code == 302
    page = shown(lead)
    assert "10:15 to 11:45" in page
    assert "locked" in page
    assert f'#day-{days[3]}">Go to that day</a>' in page
    assert f'id="day-{days[3]}"' in page
    assert planned(lead).bookings[0]["start"] == "10:15"


def test_the_calendar_of_one_person_and_its_file(lead: Client) -> None:
    ida = member(held(), "inspector", "Ida Inspector")
    lead.post(at("fieldwork_task_new"), {**TASK, "must": [ida.id]})
    lead.post(at("fieldwork_task_new"), {**TASK, "title": "Another visit", "seats": "2"})
    planned(lead)
    file = lead.post(at("fieldwork_calendar"), {"person": ida.id})
    assert file["Content-Type"].startswith("text/calendar")
    assert file.content.count(b"BEGIN:VEVENT") == 2
    assert lead.get(at("fieldwork_calendar")).status_code == 405
    entry = Entry.objects.get(event="export.made")
    told = {"what": "calendar of fieldwork", "whose": "Ida Inspector", "form": "ics", "rows": 2}
    assert {name: entry.detail[name] for name in told} == told
    assert "Calendar of Ida Inspector" in shown(lead, at("fieldwork") + f"?person={ida.id}")
    assert "Show everybody" not in shown(lead, at("fieldwork") + "?person=nonsense")
    page = shown(client_for(ida))
    assert "Visit to a home" in page
    assert "Work the timetable out" not in page
    assert "Add a task" not in page


def test_what_is_left_out_says_why_and_can_be_taken_out(lead: Client) -> None:
    lead.post(at("fieldwork_task_new"), {**TASK, "language": "Welsh"})
    lead.post(at("fieldwork_task_new"), {**TASK, "title": "Longer than a day", "minutes": "700"})
    planned(lead)
    page = shown(lead)
    assert "needs Welsh, and nobody who may take part speaks it" in page
    assert "longer than any day of the team" in page
    task = Task.objects.get(language="Welsh")
    address = at("fieldwork_task", task=task.pk)
    assert lead.post(address, {"act": "take-out", "version": "1"}).status_code == 302
    assert "Welsh" not in shown(lead)


def test_availability_that_is_wrong_is_refused_in_words_and_kept_when_right(lead: Client) -> None:
    address = at("fieldwork_person", member=held().memberships.get().person_id)
    for more, says in (
        ({"hours_from": "nine"}, "“nine” is no hour of the day"),
        ({"hours_to": "8:00"}, "The day must end after it begins"),
        ({"away": "next Monday"}, "“next Monday” is no day"),
        ({"weekdays": []}, "On which days of the week"),
    ):
        answer = lead.post(address, {**PERSON, **more})
        assert answer.status_code == 422
        assert says in answer.content.decode()
    assert not Availability.objects.exists()
    kept = {**PERSON, "away": "2026-11-10, 2026-11-10,", "languages": "Polish,  Czech ,", "apart": "on"}
    assert lead.post(address, kept).status_code == 302
    row = Availability.objects.get()
    assert (row.away, row.languages, row.balanced) == (["2026-11-10"], ["Polish", "Czech"], False)
    assert 'value="Polish, Czech"' in shown(lead, address)


def test_sites_and_tasks_that_are_wrong_are_refused_in_words(lead: Client) -> None:
    for text, says in (
        ("A\nA", "Line 2: “A” stands there already"),
        ("A\nA - A = 3", "a way leads from one site to another"),
        ("A - B = 3", "Line 1: “A” is not one of the sites above"),
        ("\n".join(f"Site {n}" for n in range(31)), "30 are the most"),
    ):
        answer = lead.post(at("fieldwork_sites"), {"written": text, "version": "0"})
        assert answer.status_code == 422
        assert says in answer.content.decode()
    for more, says in (
        ({"first": "01/01/2020"}, "The window must lie within fieldwork"),
        ({"first": "12/11/2026", "last": "10/11/2026"}, "The window ends before it begins"),
        ({"at": "noon"}, "“noon” is no hour of the day"),
        ({"minutes": "9999"}, "minutes"),
    ):
        answer = lead.post(at("fieldwork_task_new"), {**TASK, **more})
        assert answer.status_code == 422
        assert says in answer.content.decode()
    assert not Task.objects.exists()


def test_a_plan_that_no_longer_fits_says_so(lead: Client) -> None:
    lead.post(at("fieldwork_task_new"), TASK)
    day = date.fromisoformat(planned(lead).bookings[0]["day"])
    who = held().memberships.get().person_id
    week = ["monday", "tuesday", "wednesday", "thursday", "friday"]
    lead.post(at("fieldwork_person", member=who), {**PERSON, "weekdays": week, "away": day.isoformat()})
    assert "The plan no longer fits what it was made from" in shown(lead)
