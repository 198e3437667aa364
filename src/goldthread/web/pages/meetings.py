"""Pages: the team's meetings day by day, what it wants looked at next, and the messages to the council."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern
from django.utils import timezone

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Refused
from goldthread.apps.inspections import queries as inspections
from goldthread.apps.meetings import actions, queries
from goldthread.apps.submissions.actions import forget_typed_text
from goldthread.web.doors import door
from goldthread.web.exports import FORMATS, export
from goldthread.web.files import attachment, file_name
from goldthread.web.forms import GovukForm, sent_version
from goldthread.web.meeting_forms import LookForm, MeetingForm, MessageForm, NewMeetingForm
from goldthread.web.presenters import meetings as presenter


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _forget(request: HttpRequest, key: str, inspection: Any) -> None:
    forget_typed_text(form=f"{key}@{inspection.pk}", by=request.actor)  # type: ignore[attr-defined]


def meetings_list(request: HttpRequest, inspection: Any) -> HttpResponse:
    """The days of fieldwork and their records, and everything that is still to be looked at."""
    actor, today = request.actor, timezone.localdate()  # type: ignore[attr-defined]
    looks = queries.looks(actor, inspection)
    held = list(queries.messages(actor, inspection))
    written = list(queries.meetings(actor, inspection))
    context = {
        "inspection": inspection, "rows": presenter.days(inspection, written, looks, today),
        "open": presenter.looks([one for one in looks if one.done_at is None], today),
        "drafts": sum(one.draft for one in held), "released": sum(one.released_at is not None for one in held),
        "may_write": queries.may_write(actor, inspection), "formats": FORMATS,
    }  # fmt: skip
    return render(request, "meetings/list.html", context)


def meetings_file(request: HttpRequest, inspection: Any) -> HttpResponse:
    """The record of every meeting as a file, the journal saying so first."""
    form = request.POST.get("format", "")
    if form not in FORMATS:
        raise Refused("Choose an Excel workbook or a CSV file.")
    actor = request.actor  # type: ignore[attr-defined]
    held, looks = queries.meetings(actor, inspection), queries.looks(actor, inspection)
    table = presenter.table(inspection, held, looks, by=actor.name, at=timezone.localtime())
    actions.record_export(inspection=inspection, form=form, rows=len(table.rows), by=actor)
    return attachment(export(table, form), FORMATS[form][1], file_name("meetings", form, of=inspection))


def meeting_new(request: HttpRequest, inspection: Any) -> HttpResponse:
    """Write down the meeting of a day."""
    actor, today = request.actor, timezone.localdate()  # type: ignore[attr-defined]
    written = {one.day for one in queries.meetings(actor, inspection)}
    free = presenter.days_to_write(inspection, written, today)
    # What was sent is held against every day, so that a form sent twice is told to be the same.
    days = sorted({*free, *written}) if request.method == "POST" else free
    asked = request.GET.get("day", "")
    first = asked if asked in {one.isoformat() for one in free} else (free[-1].isoformat() if free else "")
    form = NewMeetingForm(_sent(request), team=queries.in_the_team(inspection), days=days, initial={"day": first})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.record(
                inspection=inspection, day=date.fromisoformat(form.cleaned_data["day"]),
                client_key=form.cleaned_data["client_key"], by=actor, **form.values(),
            )  # fmt: skip
        except Refused as refusal:
            if refusal.hidden:
                raise
            form.add_error("day" if "day" in refusal.reason else "lines", refusal.reason)
        else:
            _forget(request, "meeting-new", inspection)
            notes.success(request, "The meeting is written down. Next, say what to look at.")
            return redirect("meeting", inspection=inspection.pk, meeting=made.pk)
    context = {"inspection": inspection, "form": form, "none_left": not free and not form.is_bound}
    return render(request, "meetings/new.html", context, status=422 if form.errors else 200)


def meeting_page(request: HttpRequest, meeting: Any) -> HttpResponse:
    """The record of one day: who was there, what emerges, what was decided, what to look at."""
    actor, inspection = request.actor, meeting.inspection  # type: ignore[attr-defined]
    context = {
        "inspection": inspection, "meeting": meeting, "there": queries.there(meeting), **queries.said_of(meeting),
        "looks": presenter.looks(queries.looks(actor, inspection, meeting=meeting), timezone.localdate()),
        "told": [
            (one, queries.STATUSES[one.status])
            for one in queries.messages(actor, inspection) if one.meeting_id == meeting.pk
        ],
        "may_write": queries.may_write(actor, inspection),
    }  # fmt: skip
    return render(request, "meetings/meeting.html", context)


def meeting_change(request: HttpRequest, meeting: Any) -> HttpResponse:
    """Change the record of a meeting."""
    inspection, key = meeting.inspection, f"meeting-{meeting.pk.hex}"
    team = {one.pk: one for one in (*queries.in_the_team(inspection), *queries.there(meeting))}
    initial = {"attended": meeting.attended, **queries.said_of(meeting)}
    form = MeetingForm(_sent(request), team=team.values(), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(
                meeting=meeting, version=form.cleaned_data["version"], by=request.actor, **form.values()  # type: ignore[attr-defined]
            )  # fmt: skip
        except Refused as refusal:
            if refusal.hidden:
                raise
            form.add_error("lines", refusal.reason)
        else:
            _forget(request, key, inspection)
            notes.success(request, "The record is changed.")
            return redirect("meeting", inspection=inspection.pk, meeting=meeting.pk)
    context = {"inspection": inspection, "meeting": meeting, "form": form, "key": key}
    return render(request, "meetings/change.html", context, status=422 if form.errors else 200)


def look_new(request: HttpRequest, meeting: Any) -> HttpResponse:
    """Write down what is to be looked at next."""
    inspection, key = meeting.inspection, f"look-{meeting.pk.hex}"
    mine = request.actor.id  # type: ignore[attr-defined]
    form = LookForm(_sent(request), team=queries.in_the_team(inspection), initial={"owner": mine})
    if request.method == "POST" and form.is_valid():
        held = form.cleaned_data
        try:
            actions.look_at(
                meeting=meeting, says=held["says"], owner=form.team[held["owner"]], due=held["due"],
                client_key=held["client_key"], by=request.actor,  # type: ignore[attr-defined]
            )  # fmt: skip
        except Refused as refusal:
            if refusal.hidden:
                raise
            form.add_error("due", refusal.reason)
        else:
            _forget(request, key, inspection)
            notes.success(request, "It is written down, and stands on the home page of whoever looks.")
            return redirect("meeting", inspection=inspection.pk, meeting=meeting.pk)
    context = {"inspection": inspection, "meeting": meeting, "form": form, "key": key}
    return render(request, "meetings/look.html", context, status=422 if form.errors else 200)


def look_tick(request: HttpRequest, look: Any) -> HttpResponse:
    """Tick what was looked at, or open it again."""
    done = request.POST.get("done") == "yes"
    actions.tick(look=look, done=done, by=request.actor)  # type: ignore[attr-defined]
    notes.success(request, "Ticked as looked at." if done else "It is open again.")
    return redirect("meeting", inspection=look.inspection_id, meeting=look.meeting_id)


def messages_list(request: HttpRequest, part: Any) -> HttpResponse:
    """What the council was told; for the team also what is drafted."""
    actor, inspection = part.actor, part.inspection
    held = queries.messages(actor, inspection)
    context = {
        "inspection": inspection, "of_team": queries.may_read_meetings(actor, inspection),
        "rows": [(one, queries.STATUSES[one.status], queries.text_of(one)) for one in held],
        "may_write": queries.may_write(actor, inspection),
    }  # fmt: skip
    return render(request, "meetings/messages.html", context)


def message_page(request: HttpRequest, message: Any) -> HttpResponse:
    """One message, and what it corrects or was corrected by."""
    return render(request, "meetings/message.html", _about(request, message))


def _about(request: HttpRequest, message: Any) -> dict[str, Any]:
    actor, inspection = request.actor, message.inspection  # type: ignore[attr-defined]
    writes = queries.may_write(actor, inspection)
    shown = {one.pk: one for one in queries.messages(actor, inspection)}
    return {
        "inspection": inspection, "message": message, "says": queries.text_of(message),
        "state": queries.STATUSES[message.status], "of_team": queries.may_read_meetings(actor, inspection),
        "corrects": shown.get(message.corrects_id),
        "corrected_by": [one for one in shown.values() if one.corrects_id == message.pk],
        "may_change": writes and message.draft, "may_release": queries.may_release(actor, message),
        "may_correct": writes and message.released_at is not None,
    }  # fmt: skip


def _one_of(request: HttpRequest, name: str, find: Any, inspection: Any) -> Any:
    """The thing that the address asks about, as far as the actor may see it; None where it names none."""
    try:
        asked = UUID(request.POST.get(name) or request.GET.get(name, ""))
    except ValueError:
        return None
    return find(request.actor, inspection.pk, asked)  # type: ignore[attr-defined]


def message_new(request: HttpRequest, inspection: Any) -> HttpResponse:
    """Draft a message to the council, from a meeting, or to correct an earlier one."""
    meeting = _one_of(request, "meeting", queries.get, inspection)
    corrects = _one_of(request, "corrects", queries.message, inspection)
    form = MessageForm(_sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.draft(
                inspection=inspection, says=form.cleaned_data["says"], meeting=meeting, corrects=corrects,
                client_key=form.cleaned_data["client_key"], by=request.actor,  # type: ignore[attr-defined]
            )  # fmt: skip
        except Refused as refusal:
            if refusal.hidden:
                raise
            form.add_error("says", refusal.reason)
        else:
            _forget(request, "message-new", inspection)
            notes.success(request, f"{made.mark} is drafted. The council does not see it.")
            return redirect("message", inspection=inspection.pk, message=made.pk)
    context = {"inspection": inspection, "form": form, "meeting": meeting, "corrects": corrects}
    return render(request, "meetings/message_new.html", context, status=422 if form.errors else 200)


def message_change(request: HttpRequest, message: Any) -> HttpResponse:
    """Change a draft."""
    inspection, key = message.inspection, f"message-{message.pk.hex}"
    form = MessageForm(_sent(request), initial={"says": queries.text_of(message)})
    if request.method == "POST" and form.is_valid():
        held = form.cleaned_data
        try:
            actions.redraft(message=message, says=held["says"], version=held["version"], by=request.actor)  # type: ignore[attr-defined]
        except Refused as refusal:
            if refusal.hidden:
                raise
            form.add_error("says", refusal.reason)
        else:
            _forget(request, key, inspection)
            notes.success(request, f"{message.mark} is changed.")
            return redirect("message", inspection=inspection.pk, message=message.pk)
    context = {
        **_about(request, message),
        "form": form,
        "key": key,
        "too_late": not form.is_bound and not message.draft,
    }
    return render(request, "meetings/message_change.html", context, status=422 if form.errors else 200)


def message_release(request: HttpRequest, message: Any) -> HttpResponse:
    """Let the council read it: first exactly what it will see, then the release."""
    return _end(request, message, actions.release, "release", "is released. The council reads it now.")


def message_discard(request: HttpRequest, message: Any) -> HttpResponse:
    """Leave it unsent."""
    return _end(request, message, actions.discard, "discard", "is discarded. The council never saw it.")


def _end(request: HttpRequest, message: Any, act: Any, how: str, done: str) -> HttpResponse:
    if request.method == "POST":
        ended = act(message=message, version=sent_version(request), by=request.actor)  # type: ignore[attr-defined]
        notes.success(request, f"{ended.mark} {done}")
        return redirect("message", inspection=message.inspection_id, message=message.pk)
    context = {**_about(request, message), "form": GovukForm(), "too_late": not message.draft}
    return render(request, f"meetings/message_{how}.html", context)


_ALL = "inspections/<uuid:inspection>/meetings/"
_ONE = _ALL + "<uuid:meeting>/"
_TOLD = "inspections/<uuid:inspection>/messages/"
_MESSAGE = _TOLD + "<uuid:message>/"
_READ, _WRITE, _SEES = Permission.MEETING_READ, Permission.MEETING_WRITE, Permission.MESSAGE_READ
_RELEASE = Permission.MESSAGE_RELEASE

DOORS: list[URLPattern] = [
    door(_ALL, meetings_list, "meetings", needs=_READ, about=inspections.get),
    door(_ALL + "file/", meetings_file, "meetings_file", needs=_READ, to_change=_READ, about=inspections.get,
         reads=False, step_up=True, file=True),
    door(_ALL + "new/", meeting_new, "meeting_new", needs=_WRITE, to_change=_WRITE, about=inspections.get),
    door(_ONE, meeting_page, "meeting", needs=_READ, about=queries.get),
    door(_ONE + "change/", meeting_change, "meeting_change", needs=_WRITE, to_change=_WRITE, about=queries.get),
    door(_ONE + "look/", look_new, "meeting_look", needs=_WRITE, to_change=_WRITE, about=queries.get),
    door(
        _ALL + "looks/<uuid:look>/", look_tick, "look_tick", needs=_WRITE, to_change=_WRITE, about=queries.look,
        reads=False,
    ),
    door(_TOLD, messages_list, "council_messages", needs=_SEES, about=inspections.own_part),
    door(_TOLD + "new/", message_new, "message_new", needs=_WRITE, to_change=_WRITE, about=inspections.get),
    door(_MESSAGE, message_page, "message", needs=_SEES, about=queries.message),
    door(_MESSAGE + "change/", message_change, "message_change", needs=_WRITE, to_change=_WRITE, about=queries.message),
    door(
        _MESSAGE + "release/", message_release, "message_release", needs=_RELEASE, to_change=_RELEASE,
        about=queries.message, step_up=True,
    ),
    door(
        _MESSAGE + "discard/", message_discard, "message_discard", needs=_WRITE, to_change=_WRITE,
        about=queries.message,
    ),
]  # fmt: skip
