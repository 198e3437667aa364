"""Pages: giving the council its copy of a version, moving its last day, taking it back, giving it the answers."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern
from django.utils import timezone

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.reports import actions, queries
from goldthread.domain import lifecycle
from goldthread.domain.lifecycle import IllegalMove
from goldthread.web.accuracy_forms import DayForm, GiveForm, TakeBackForm
from goldthread.web.doors import door
from goldthread.web.forms import sent_version

CHECKED = (lifecycle.Report.APPROVED, lifecycle.Report.PUBLISHED)


def report_council_copy(request: HttpRequest, report: Any) -> HttpResponse:
    """Give the council its copy of a version; once it has one, what the lead may do with that."""
    copy = queries.copy_of(report)
    return _give(request, report) if copy is None else _manage(request, report, copy)


def _give(request: HttpRequest, report: Any) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    time = queries.time_allowed(report.inspection, timezone.localdate())
    form = GiveForm(request.POST or None, initial={"until": time.until})
    if request.method == "POST" and form.is_valid():
        held = {name: form.cleaned_data[name] for name in ("until", "because", "client_key", "version")}
        try:
            made = actions.give_copy(report=report, by=actor, **held)
        except actions.NoteNeeded as needed:
            form.add_error("because", needed.reason)
        except Refused as refusal:
            if refusal.hidden:
                raise
            form.add_error("until", refusal.reason)
        else:
            messages.success(request, f"The council has its copy, and may comment until {made.until:%-d %B %Y}.")
            return redirect("council_copy", inspection=report.inspection_id, copy=made.pk)
    stages = (lifecycle.Inspection.MODERATION, lifecycle.Inspection.ACCURACY)
    context = {
        "inspection": report.inspection, "report": report, "form": form, "time": time,
        "why_not": queries.why_no_copy(report), "early": report.inspection.status not in stages,
    }  # fmt: skip
    return render(request, "accuracy/give.html", context, status=422 if form.errors else 200)


def _manage(request: HttpRequest, report: Any, copy: Any) -> HttpResponse:
    act, sent = request.POST.get("act", ""), request.POST or None
    day = DayForm(sent if act == "day" else None, initial={"until": copy.until})
    back = TakeBackForm(sent if act == "back" else None)
    error = ""
    if request.method == "POST":
        try:
            done = _act(request, copy, act, day, back)
        except (Refused, IllegalMove) as refusal:
            if getattr(refusal, "hidden", False):
                raise
            error = str(refusal)
            if act in ("day", "back"):
                (day if act == "day" else back).add_error("because" if act == "back" else "until", error)
                error = ""
        else:
            if done:
                messages.success(request, done)
                return redirect("accuracy", inspection=report.inspection_id)
    held, later = copy.comments.exclude(number=None), queries.next_version(copy)
    waiting = sum(one.status == lifecycle.AccuracyComment.SENT for one in held)
    context = {
        "inspection": report.inspection, "report": report, "copy": copy, "day": day, "back": back, "error": error,
        "state": queries.COPY_STATES[copy.status], "sent": len(held), "waiting": waiting,
        "left": queries.left(copy, timezone.localdate()), "later": later,
        "checked": later is not None and later.status in CHECKED,
        "open": copy.status in (lifecycle.CouncilCopy.OUT, lifecycle.CouncilCopy.COMMENTED),
        "may_give": copy.status == lifecycle.CouncilCopy.COMMENTED,
    }  # fmt: skip
    failed = error or day.errors or back.errors
    return render(request, "accuracy/manage.html", context, status=422 if failed else 200)


def _act(request: HttpRequest, copy: Any, act: str, day: DayForm, back: TakeBackForm) -> str:
    """Do what was asked; what to say of it, or nothing where a form is not filled in."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if act == "day":
        if not day.is_valid():
            return ""
        held = {name: day.cleaned_data[name] for name in ("until", "because")}
        copy = actions.move_last_day(copy=copy, by=actor, version=sent_version(request), **held)
        return f"The council may comment until {copy.until:%-d %B %Y}."
    if act == "back":
        if not back.is_valid():
            return ""
        actions.take_copy_back(
            copy=copy, because=back.cleaned_data["because"], version=sent_version(request), by=actor
        )  # fmt: skip
        return "The copy is taken back. The council cannot read it any more."
    if act == "answers":
        actions.give_answers(copy=copy, version=sent_version(request), by=actor)
        return "The council has the answers, and what changed."
    raise Refused("Choose what is to be done with the copy.")


DOORS: list[URLPattern] = [
    door(
        "inspections/<uuid:inspection>/report/<uuid:report>/council-copy/", report_council_copy, "report_council_copy",
        needs=Permission.ACCURACY_RELEASE, to_change=Permission.ACCURACY_RELEASE, about=queries.get, step_up=True,
    )
]  # fmt: skip
