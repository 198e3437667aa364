"""Pages: correction notices on a published report, written by the lead and passed by somebody else."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.reports import actions, queries
from goldthread.apps.submissions.actions import forget_typed_text
from goldthread.domain import lifecycle
from goldthread.web.checks import decided
from goldthread.web.doors import door
from goldthread.web.edition_forms import NoticeCheckForm, NoticeForm

STATES: dict[str, str] = {
    lifecycle.CorrectionNotice.SUBMITTED: "Waiting for somebody else to pass it",
    lifecycle.CorrectionNotice.PUBLISHED: "Published",
    lifecycle.CorrectionNotice.DROPPED: "Dropped",
}


def report_notices(request: HttpRequest, report: Any) -> HttpResponse:
    """The correction notices on a published version, and writing another."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    inspection, held = report.inspection, queries.publication_of(report)
    places = queries.published_places(held) if held else []
    form = NoticeForm(request.POST if request.method == "POST" else None, places=places)
    if request.method == "POST" and held is None:
        form.add_error(
            None, "This version is not published, so there is nothing to correct. Change the version itself."
        )
    elif request.method == "POST" and held is not None and form.is_valid():
        words = {name: form.cleaned_data[name] for name in ("place", "wrong", "right", "why", "client_key")}
        try:
            made = actions.write_notice(publication=held, by=actor, **words)
        except Refused as refusal:
            if refusal.hidden:
                raise
            form.add_error("wrong" if "paragraph" in refusal.reason else "right", refusal.reason)
        else:
            forget_typed_text(form=f"notice-new@{inspection.pk}", by=actor)
            messages.success(request, f"{made} is written. Somebody else has to pass it before everybody reads it.")
            return redirect("report_notice", inspection=inspection.pk, notice=made.pk)
    rows = queries.notices_of(held, actor) if held else []
    context = {
        "inspection": inspection, "report": report, "held": held, "form": form,
        "rows": [(one, STATES[one.status]) for one in rows], "places": [one for one in places if one.words],
        "may_write": queries.may(actor, Permission.REPORT_PUBLISH, report),
        "editions": queries.editions_published(held) if held else [], "under": queries.standing(held),
    }  # fmt: skip
    return render(request, "reports/notices.html", context, status=422 if form.errors else 200)


def report_notice(request: HttpRequest, notice: Any) -> HttpResponse:
    """One notice: to be read, passed or dropped."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    form = NoticeCheckForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        passes = request.POST.get("decision") == "publish"
        act = actions.publish_notice if passes else actions.drop_notice
        says = "The notice is published." if passes else "The notice is dropped."
        if decided(request, form, partial(act, notice=notice), says=says):
            return redirect("report_notice", inspection=notice.inspection_id, notice=notice.pk)
    waits = notice.status == lifecycle.CorrectionNotice.SUBMITTED
    own = actor.id == str(notice.created_by_id)
    context = {
        "inspection": notice.inspection, "notice": notice, "report": notice.publication.report, "form": form,
        "also": queries.says_it_too(notice), "state": STATES[notice.status], "own": own and waits,
        "may_check": waits and not own and queries.may(actor, Permission.REPORT_CHECK, notice),
    }  # fmt: skip
    return render(request, "reports/notice.html", context, status=422 if form.errors else 200)


def _get(actor: Actor, inspection: UUID, notice: UUID) -> Any:
    return queries.notice(actor, inspection, notice)


_READ, _PUBLISH, _CHECK = Permission.REPORT_READ, Permission.REPORT_PUBLISH, Permission.REPORT_CHECK
_AT = "inspections/<uuid:inspection>/report/"
DOORS: list[URLPattern] = [
    door(
        _AT + "<uuid:report>/notices/", report_notices, "report_notices", needs=_READ, to_change=_PUBLISH,
        about=queries.get,
    ),
    door(
        _AT + "notices/<uuid:notice>/", report_notice, "report_notice", needs=_READ, to_change=_CHECK, about=_get,
        step_up=True,
    ),
]  # fmt: skip
