"""Pages: giving cases to the people whom the timetable has review them, seen beforehand, and taking that back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Refused
from goldthread.apps.cases import actions
from goldthread.apps.cases import queries as cases
from goldthread.apps.fieldwork import queries
from goldthread.web.doors import door
from goldthread.web.forms import sent_key, sent_version


def give_out(request: HttpRequest, timetable: Any) -> HttpResponse:
    """What would change, case by case; then the act that changes it."""
    error, inspection = "", timetable.inspection
    if request.method == "POST":
        try:
            made = actions.apply_timetable(
                timetable=timetable, version=sent_version(request),
                client_key=sent_key(request), by=request.actor,  # type: ignore[attr-defined]
            )  # fmt: skip
        except Refused as refusal:
            if refusal.hidden:
                raise
            error = refusal.reason
        else:
            count = len(made.changes)
            messages.success(request, f"{count} case{'s' * (count != 1)} given out by timetable {timetable.number}.")
            return redirect("fieldwork", inspection=inspection.pk)
    rows = cases.proposed(timetable)
    context = {
        "inspection": inspection, "timetable": timetable, "version": cases.seen(timetable, rows), "error": error,
        "changing": [one for one in rows if one.changes], "cannot": [one for one in rows if one.why],
        "stay": sum(one.stays for one in rows),
    }  # fmt: skip
    return render(request, "fieldwork/give_out.html", context, status=422 if error else 200)


def take_back(request: HttpRequest, applied: Any) -> HttpResponse:
    """Give the cases back to whoever had them before."""
    if request.method == "POST":
        went, stayed = actions.take_timetable_back(applied=applied, by=request.actor)  # type: ignore[attr-defined]
        says = f"{went} case{'s' * (went != 1)} went back to whoever had {'them' if went != 1 else 'it'} before."
        messages.success(request, says + (f" {stayed} moved on since, and stay." if stayed else ""))
        return redirect("fieldwork", inspection=applied.inspection_id)
    context = {"inspection": applied.inspection, "applied": applied}
    return render(request, "fieldwork/take_back.html", context)


_AT = "inspections/<uuid:inspection>/fieldwork/"
_GIVE = Permission.CASE_ALLOCATE
DOORS: list[URLPattern] = [
    door(
        _AT + "<uuid:timetable>/give-out/", give_out, "fieldwork_give_out", needs=_GIVE, to_change=_GIVE,
        about=queries.timetable,
    ),
    door(
        _AT + "given-out/<uuid:applied>/", take_back, "fieldwork_take_back", needs=_GIVE, to_change=_GIVE,
        about=queries.applied,
    ),
]  # fmt: skip
