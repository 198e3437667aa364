"""Pages: the timetable of fieldwork. Who is there, what is to be placed, asking for a plan, moving and locking."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from goldthread.apps.access.actions import Clash
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused, Target, decide
from goldthread.apps.cases import actions as cases
from goldthread.apps.fieldwork import actions, queries
from goldthread.apps.inspections import queries as inspections
from goldthread.domain.timetable import HARD_RULES
from goldthread.domain.timetable.words import day_words
from goldthread.web.doors import door
from goldthread.web.fieldwork_forms import (
    AskForm,
    AvailabilityForm,
    BookingForm,
    CasesForm,
    SitesForm,
    TaskForm,
)
from goldthread.web.files import attachment, file_name
from goldthread.web.forms import sent_version
from goldthread.web.overtaken import overtaken_page
from goldthread.web.presenters import fieldwork as presenter


def _sent(request: HttpRequest) -> Any:
    """What was sent, also where it is empty; None where a form is only looked at."""
    return request.POST if request.method == "POST" else None


def fieldwork(request: HttpRequest, inspection: Any) -> HttpResponse:
    """The timetable: how far it has come, who does what on each day, and what is left out."""
    return _page(request, inspection)


def _page(
    request: HttpRequest, inspection: Any, ask: AskForm | None = None, taking: CasesForm | None = None
) -> HttpResponse:  # fmt: skip
    actor = request.actor  # type: ignore[attr-defined]
    held = queries.shown(actor, inspection)
    person = request.GET.get("person", "")
    context = {
        "inspection": inspection,
        "timetable": held.timetable,
        "person": person if person in held.fieldwork.person else "",
        "people": presenter.people(held, inspection),
        "days": presenter.days(held, person),
        "tasks": presenter.tasks(held, queries.tasks(actor, inspection)),
        "faults": queries.faults_of(held.fieldwork),
        "breaches": presenter.breaches(held),
        "spread": held.verdict.spread,
        "sites": queries.sheet_of(inspection).names,
        "rules": HARD_RULES,
        "me": actor.id,
        "given_out": queries.given_out(actor, inspection),
        "may_give_out": decide(actor, Permission.CASE_ALLOCATE, inspection.target(), timezone.now()).allowed,
        "may_edit": decide(actor, Permission.FIELDWORK_EDIT, inspection.target(), timezone.now()).allowed,
        "ask": ask or AskForm(initial={"from_day": queries.first_day_left(inspection)}),
        "taking": taking or CasesForm(),
    }
    wrong = any(form is not None and form.errors for form in (ask, taking))
    return render(request, "fieldwork/fieldwork.html", context, status=422 if wrong else 200)


def ask(request: HttpRequest, inspection: Any) -> HttpResponse:
    """Ask for a timetable."""
    form = AskForm(request.POST)
    if not form.is_valid():
        return _page(request, inspection, ask=form)
    try:
        actions.ask(
            inspection=inspection, seconds=form.cleaned_data["seconds"], client_key=form.cleaned_data["client_key"],
            from_day=form.cleaned_data["from_day"],
            by=request.actor,  # type: ignore[attr-defined]
        )  # fmt: skip
    except Refused as refusal:
        if refusal.hidden:
            raise
        form.add_error("from_day" if "first day" in refusal.reason else None, refusal.reason)
        return _page(request, inspection, ask=form)
    messages.success(request, "The timetable is being worked out. You may leave this page.")
    return redirect("fieldwork", inspection=inspection.pk)


def stop(request: HttpRequest, timetable: Any) -> HttpResponse:
    """Take the best plan so far."""
    actions.stop(timetable=timetable, by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, "The best plan so far is taken; it is here in a moment.")
    return redirect("fieldwork", inspection=timetable.inspection_id)


def progress(request: HttpRequest, timetable: Any) -> HttpResponse:
    """How far a timetable has come, for the page to look at again; when it is done, the whole page is shown anew."""
    may_edit = decide(request.actor, Permission.FIELDWORK_EDIT, timetable.target(), timezone.now()).allowed  # type: ignore[attr-defined]
    context = {"inspection": timetable.inspection, "timetable": timetable, "may_edit": may_edit}
    answer = render(request, "fieldwork/_progress.html", context)
    if not timetable.working:
        answer["HX-Refresh"] = "true"
    return answer


def take_cases_in(request: HttpRequest, inspection: Any) -> HttpResponse:
    """Take the drawn cases into the timetable."""
    form = CasesForm(request.POST)
    if not form.is_valid():
        return _page(request, inspection, taking=form)
    count = cases.take_cases_in(
        inspection=inspection, minutes=form.cleaned_data["minutes"], every=form.cleaned_data["every"],
        by=request.actor,  # type: ignore[attr-defined]
    )  # fmt: skip
    messages.success(
        request, f"{count} task{'s' * (count != 1)} came in." if count else "Every drawn case is in already."
    )
    return redirect("fieldwork", inspection=inspection.pk)


@dataclass(frozen=True, slots=True)
class _Member:
    """One of the team, as the door asks about them."""

    inspection: Any
    person: Any

    def target(self) -> Target:
        """What they bring: their own."""
        return queries.whose(self.inspection, self.person)


def _member(actor: Actor, inspection: UUID, member: UUID) -> _Member:
    held = inspections.get(actor, inspection)
    found = next((one for one in queries.team_of(held) if one.pk == member), None)
    if found is None:
        raise ObjectDoesNotExist
    return _Member(held, found)


def person(request: HttpRequest, member: Any) -> HttpResponse:
    """When one of the team is there, and what they bring."""
    inspection, who = member.inspection, member.person
    held = queries.availability(inspection, who)
    sites = queries.sheet_of(inspection).names
    form = AvailabilityForm(_sent(request), sites=sites, initial=AvailabilityForm.initial_of(held))
    if request.method == "POST" and form.is_valid():
        fields = {name: form.cleaned_data[name] for name in actions.AVAILABILITY if name != "balanced"}
        actions.set_availability(
            inspection=inspection, person=who, version=form.cleaned_data["version"], by=request.actor,  # type: ignore[attr-defined]
            balanced=not form.cleaned_data["apart"], **fields,
        )  # fmt: skip
        messages.success(request, f"What {who.name} brings is written down.")
        return redirect("fieldwork", inspection=inspection.pk)
    context = {"inspection": inspection, "who": who, "form": form, "version": held.version if held else 0}
    return render(request, "fieldwork/person.html", context, status=422 if form.errors else 200)


def sites(request: HttpRequest, inspection: Any) -> HttpResponse:
    """The sites, and the ways between them."""
    held = queries.sites(inspection)
    form = SitesForm(_sent(request), initial={"written": held.written if held else ""})
    if request.method == "POST" and form.is_valid():
        actions.write_sites(
            inspection=inspection, written=form.cleaned_data["written"], version=form.cleaned_data["version"],
            by=request.actor,  # type: ignore[attr-defined]
        )  # fmt: skip
        messages.success(request, "The sites are written down.")
        return redirect("fieldwork", inspection=inspection.pk)
    context = {"inspection": inspection, "form": form, "version": held.version if held else 0}
    return render(request, "fieldwork/sites.html", context, status=422 if form.errors else 200)


def task_new(request: HttpRequest, inspection: Any) -> HttpResponse:
    """Add one thing to be placed."""
    form = _task_form(request, inspection)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_task(
                inspection=inspection, client_key=form.cleaned_data["client_key"], by=request.actor,  # type: ignore[attr-defined]
                **form.values(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, refusal.reason)
        else:
            messages.success(request, f"“{form.cleaned_data['title']}” is to be placed.")
            return redirect("fieldwork", inspection=inspection.pk)
    context = {"inspection": inspection, "form": form, "task": None}
    return render(request, "fieldwork/task.html", context, status=422 if form.errors else 200)


def task(request: HttpRequest, task: Any) -> HttpResponse:
    """Change one thing to be placed, or take it out."""
    inspection = task.inspection
    if request.method == "POST" and request.POST.get("act") == "take-out":
        return _take_out(request, task)
    form = _task_form(request, inspection, task)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_task(
                task=task, version=form.cleaned_data["version"], by=request.actor, **form.values(task)  # type: ignore[attr-defined]
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, refusal.reason)
        else:
            messages.success(request, f"“{form.cleaned_data['title']}” is changed.")
            return redirect("fieldwork", inspection=inspection.pk)
    context = {"inspection": inspection, "form": form, "task": task}
    return render(request, "fieldwork/task.html", context, status=422 if form.errors else 200)


def _task_form(request: HttpRequest, inspection: Any, task: Any = None) -> TaskForm:
    return TaskForm(
        _sent(request), sites=queries.sheet_of(inspection).names, team=queries.team_of(inspection),
        initial=TaskForm.initial_of(task) if task else None,
    )  # fmt: skip


def _take_out(request: HttpRequest, task: Any) -> HttpResponse:
    try:
        actions.take_out(task=task, version=sent_version(request), by=request.actor)  # type: ignore[attr-defined]
    except Clash as clash:
        return overtaken_page(request, clash, look=reverse("fieldwork_task", args=[task.inspection_id, task.pk]))
    messages.success(request, f"“{task.title}” is taken out.")
    return redirect("fieldwork", inspection=task.inspection_id)


@dataclass(frozen=True, slots=True)
class _Booked:
    """A task in a timetable, as the door asks about it."""

    timetable: Any
    task: Any

    @property
    def inspection(self) -> Any:
        """Whose timetable it is."""
        return self.timetable.inspection

    def target(self) -> Target:
        """The timetable."""
        found: Target = self.timetable.target()
        return found


def _booked(actor: Actor, inspection: UUID, timetable: UUID, task: UUID) -> _Booked:
    return _Booked(queries.timetable(actor, inspection, timetable), queries.task(actor, inspection, task))


def _placed(inspection: Any, task: Any, day: date) -> str:
    """What is said once a task was put somewhere: where, with a way to that day, and that the day is past if it is."""
    there = f"{reverse('fieldwork', args=[inspection.pk])}#day-{day.isoformat()}"
    past = " That day is past." if day < timezone.localdate() else ""
    return format_html(
        "“{}” stands on {}.{} <a class=\"govuk-notification-banner__link\" href=\"{}\">Go to that day</a>",
        task.title, day_words(day), past, there,
    )  # fmt: skip


def booking(request: HttpRequest, booked: Any) -> HttpResponse:
    """Put a task somewhere by hand, and lock or unlock it."""
    inspection, timetable, task = booked.inspection, booked.timetable, booked.task
    fieldwork = queries.fieldwork_of(inspection)
    plan = queries.plan_of(timetable, fieldwork)
    found = next((one for one in plan.bookings if one.task == str(task.pk)), None)
    form = BookingForm(
        _sent(request), days=[(day.isoformat(), day_words(day)) for day in fieldwork.days],
        team=[(one.id, one.name) for one in fieldwork.people], initial=presenter.initial_of(found),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        held = form.cleaned_data
        try:
            actions.move(
                timetable=timetable, task=task, day=date.fromisoformat(held["day"]), start=held["start"],
                people=held["people"], locked=held["locked"], version=held["version"], by=request.actor,  # type: ignore[attr-defined]
            )  # fmt: skip
        except Clash as clash:
            return overtaken_page(request, clash, look=reverse("fieldwork", args=[inspection.pk]))
        except Refused as refusal:
            form.add_error(None, refusal.reason)
        else:
            messages.success(request, _placed(inspection, task, date.fromisoformat(held["day"])))
            return redirect("fieldwork", inspection=inspection.pk)
    context = {"inspection": inspection, "timetable": timetable, "task": task, "booking": found, "form": form}
    return render(request, "fieldwork/booking.html", context, status=422 if form.errors else 200)


def calendar(request: HttpRequest, inspection: Any) -> HttpResponse:
    """The timetable as a calendar file, of everybody or of one person, the journal saying so first."""
    actor = request.actor  # type: ignore[attr-defined]
    held = queries.shown(actor, inspection)
    person = request.POST.get("person", "")
    person = person if person in held.fieldwork.person else ""
    text = queries.calendar_file(held, inspection, person)
    actions.record_calendar_export(
        inspection=inspection, whose=held.fieldwork.person[person].name if person else "everybody",
        rows=text.count("BEGIN:VEVENT"), by=actor,
    )  # fmt: skip
    name = file_name("timetable", "ics", of=inspection, narrowed=["one-person" if person else "everybody"])
    return attachment(text.encode(), "text/calendar; charset=utf-8", name)


_AT = "inspections/<uuid:inspection>/fieldwork/"
_EDIT, _OWN = Permission.FIELDWORK_EDIT, Permission.AVAILABILITY_WRITE
DOORS = [
    door(_AT, fieldwork, "fieldwork", needs=Permission.FIELDWORK_READ, about=inspections.get),
    door(_AT + "ask/", ask, "fieldwork_ask", needs=_EDIT, to_change=_EDIT, about=inspections.get, reads=False),
    door(
        _AT + "cases/",
        take_cases_in,
        "fieldwork_cases",
        needs=_EDIT,
        to_change=_EDIT,
        about=inspections.get,
        reads=False,
    ),
    door(
        _AT + "calendar.ics",
        calendar,
        "fieldwork_calendar",
        needs=Permission.FIELDWORK_READ,
        to_change=Permission.FIELDWORK_READ,
        about=inspections.get,
        reads=False,
        step_up=True,
        file=True,
    ),
    door(_AT + "sites/", sites, "fieldwork_sites", needs=_EDIT, to_change=_EDIT, about=inspections.get),
    door(_AT + "people/<uuid:member>/", person, "fieldwork_person", needs=_OWN, to_change=_OWN, about=_member),
    door(_AT + "tasks/new/", task_new, "fieldwork_task_new", needs=_EDIT, to_change=_EDIT, about=inspections.get),
    door(_AT + "tasks/<uuid:task>/", task, "fieldwork_task", needs=_EDIT, to_change=_EDIT, about=queries.task),
    door(
        _AT + "<uuid:timetable>/progress/",
        progress,
        "fieldwork_progress",
        needs=Permission.FIELDWORK_READ,
        about=queries.timetable,
    ),
    door(
        _AT + "<uuid:timetable>/stop/",
        stop,
        "fieldwork_stop",
        needs=_EDIT,
        to_change=_EDIT,
        about=queries.timetable,
        reads=False,
    ),
    door(
        _AT + "<uuid:timetable>/<uuid:task>/", booking, "fieldwork_booking", needs=_EDIT, to_change=_EDIT, about=_booked
    ),
]
