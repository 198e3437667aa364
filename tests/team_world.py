"""The team's own days in the world: a timetable, what it asked the council for, its meetings and what it told."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

from goldthread.apps.cases import actions as cases
from goldthread.apps.fieldwork import actions as fieldwork
from goldthread.apps.fieldwork import worker as timetables
from goldthread.apps.meetings import actions as meetings
from goldthread.apps.requests import actions as requests

if TYPE_CHECKING:
    from tests.world import Place


def timetabled(place: Place) -> None:
    """A timetable that was worked out, of tasks, sites and people that each hold a canary, and one task taken out."""
    lead, site = place["lead"], place.canaries.plant("team", "name of a site", place.name)
    fieldwork.write_sites(inspection=place.inspection, written=f"{site}\n", version=0, by=lead)
    fieldwork.set_availability(
        inspection=place.inspection, person=place.person("lead"), version=0, by=lead, hours_from=540, hours_to=1020,
        weekdays=["monday", "tuesday", "wednesday", "thursday", "friday"], away=[], home=site, balanced=True,
        specialisms=[place.say("team", "a specialism")], languages=[place.say("team", "a language")],
    )  # fmt: skip
    tasks = [
        fieldwork.add_task(
            inspection=place.inspection, client_key=uuid4(), by=lead, title=place.say("team", "title of a task"),
            kind="visit", minutes=60, first=None, last=None, seats=1, must=[], site=site, at=None,
            specialism=wants and place.say("team", "a specialism wanted"),
            language=wants and place.say("team", "a language wanted"),
            about=[("team", place.say("team", "a team that a task concerns"))],
        )
        for wants in ("", "whom nobody can be")
    ]  # fmt: skip
    fieldwork.take_out(task=tasks[1], version=1, by=lead)
    cases.take_cases_in(inspection=place.inspection, minutes=30, every=0, by=lead)
    timetable = fieldwork.ask(
        inspection=place.inspection, seconds=1, client_key=uuid4(), by=lead, from_day=place.inspection.fieldwork_from
    )
    timetables.work_all()
    fieldwork.move_phase(
        inspection=place.inspection, phase="moderation", starts=date(2027, 1, 5), ends=date(2027, 1, 20), follow=True,
        because=place.say("set-up", "why a phase is moved"), version=0, by=lead,
    )  # fmt: skip
    period = fieldwork.mark_period(
        inspection=place.inspection, kind="school-holiday", says=place.say("set-up", "name of a period"),
        starts=date(2026, 12, 21), ends=date(2027, 1, 8), client_key=uuid4(), by=lead,
    )  # fmt: skip
    given = fieldwork.record_applied(timetable=timetable, changes=[], client_key=uuid4(), by=lead)
    place.note("given out", "stands", applied=given.pk)
    place.note("phase", "moderation", phase="moderation")
    place.note("period", "marked", period=period.pk)
    place.note("member of fieldwork", "lead", member=place.person("lead").pk)
    place.note("task of fieldwork", "open", task=tasks[0].pk)
    place.note("task of fieldwork", "taken out", task=tasks[1].pk)
    place.note("timetable", "ready", timetable=timetable.pk)
    place.note("booking of fieldwork", "ready", timetable=timetable.pk, task=tasks[0].pk)


def asked_for(place: Place) -> None:
    """A request in each state: some from the framework's list, some that the uploader answers."""
    officer, lead = place["nominated-officer"], place["lead"]
    requests.ask_from_template(inspection=place.inspection, refs=["1.02"], by=lead)
    for state in ("asked", "seen", "answered", "sent-back", "settled", "withdrawn"):
        klass = "request-of-uploader" if state in ("seen", "answered") else "request"
        row = requests.ask(
            inspection=place.inspection, client_key=uuid4(), by=lead, title=place.say(klass, "title of a request"),
            says=place.say(klass, "what is asked for"), why=place.say(klass, "why it is asked for"),
            due=date(2030, 3, 1), owner=place.person("uploader") if klass == "request-of-uploader" else None,
        )  # fmt: skip
        if state == "seen":
            row = requests.take_on(request=row, owner=row.owner, version=1, by=place["uploader"])
        if state in ("answered", "sent-back", "settled"):
            says = place.say(klass, "answer to a request")
            row = requests.answer(request=row, says=says, submission=None, version=1, by=officer)
        if state in ("sent-back", "settled", "withdrawn"):
            why = place.say(klass, "why a request moved on")
            row = requests.settle(request=row, to=state, because=why, version=row.version, by=lead)
        place.note("request", state, asked=row.pk)


def met(place: Place) -> None:
    """A meeting with what to look at, and a message in each state; the released one is corrected by a draft."""
    lead, inspector = place["lead"], place["inspector"]
    meeting = meetings.record(
        inspection=place.inspection, day=place.inspection.call_day, attended=[place.person("inspector")],
        lines=place.say("team", "what emerges"), decisions=place.say("team", "what was decided"), client_key=uuid4(),
        by=lead,
    )  # fmt: skip
    place.note("meeting", "written", meeting=meeting.pk)
    for state in ("open", "done"):
        look = meetings.look_at(
            meeting=meeting, says=place.say("team", "what to look at"), owner=place.person("inspector"),
            due=date(2030, 3, 1), client_key=uuid4(), by=lead,
        )  # fmt: skip
        meetings.tick(look=look, done=state == "done", by=inspector)
        place.note("look", state, look=look.pk)
    told = None
    for state in ("released", "draft", "discarded"):
        klass = "told-council" if state == "released" else "team"
        message = meetings.draft(
            inspection=place.inspection, says=place.say(klass, "message to the council"), client_key=uuid4(),
            by=inspector, meeting=meeting, corrects=told,
        )  # fmt: skip
        if state == "released":
            told = meetings.release(message=message, version=1, by=lead)
        elif state == "discarded":
            meetings.discard(message=message, version=1, by=inspector)
        place.note("message", state, message=message.pk)
