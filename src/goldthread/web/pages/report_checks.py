"""Pages: a version is looked through, sent to be checked, taken back, and checked by two."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from goldthread.apps.access.permissions import Permission
from goldthread.apps.reports import actions, queries
from goldthread.domain import lifecycle
from goldthread.web.checks import decided, pressed
from goldthread.web.doors import door
from goldthread.web.presenters import accuracy, judged
from goldthread.web.report_forms import CheckForm

CHECKABLE = (lifecycle.Report.SUBMITTED, lifecycle.Report.APPROVED)
"""States in which a checker may say something of a version."""


def submit(request: HttpRequest, report: Any) -> HttpResponse:
    """Send a version to be checked."""
    look = reverse("report_version", args=[report.inspection_id, report.pk])
    return pressed(
        request, partial(actions.submit, report=report), says="The report has gone to be checked.", look=look
    )


def look_through(request: HttpRequest, report: Any) -> HttpResponse:
    """Have a draft looked through for whom the lists know, before it goes to be checked."""
    marked = actions.look_through(report=report, by=request.actor)  # type: ignore[attr-defined]
    if marked:
        messages.info(
            request, f"{marked} sentence{'s hold' if marked > 1 else ' holds'} what the lists know somebody by, or "
            "what is like it. They are marked below; the page does not say whom it could be.",
        )  # fmt: skip
    else:
        messages.success(request, "No sentence holds a name, number, postcode or address of the lists.")
    return redirect("report_version", inspection=report.inspection_id, report=report.pk)


def take_back(request: HttpRequest, report: Any) -> HttpResponse:
    """Take a version back from its checkers."""
    look = reverse("report_version", args=[report.inspection_id, report.pk])
    return pressed(
        request, partial(actions.take_back, report=report), look=look,
        says="The report is a draft again. What its checkers had said of it counts no more.",
    )  # fmt: skip


def check(request: HttpRequest, report: Any) -> HttpResponse:
    """Pass a version or send it back."""
    if request.method != "POST" and report.status not in CHECKABLE:
        messages.info(request, "This version does not wait to be checked.")
        return redirect("report_version", inspection=report.inspection_id, report=report.pk)
    told = queries.checks(report, request.actor)  # type: ignore[attr-defined]
    if request.method != "POST" and told.own is not None and report.status == lifecycle.Report.SUBMITTED:
        messages.info(request, "You have checked this version. It waits for the other checker.")
        return redirect("report_version", inspection=report.inspection_id, report=report.pk)
    form = CheckForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = actions.approve if request.POST.get("decision") == "approve" else actions.send_back
        if decided(request, form, partial(act, report=report), says=_became):
            return redirect("report_version", inspection=report.inspection_id, report=report.pk)
    context = {
        "inspection": report.inspection,
        "report": report,
        "form": form,
        "doubts": queries.doubts_in(report),
        "of_title": queries.doubts_in_title(report),
        "checks": told,
        "loose": queries.loose(report),
        "unborne": queries.unborne(report),
        "elsewhere": queries.still_elsewhere(report),
        "unjudged": queries.unjudged(report),
        "disputes": judged.disputes(report.inspection, request.actor),  # type: ignore[attr-defined]
        "unanswered": queries.unanswered(report),
        "against": queries.against(report, request.actor),  # type: ignore[attr-defined]
        "held_back": queries.held_back(report),
        "document": queries.document(report),
        "said": accuracy.said(report, request.actor),  # type: ignore[attr-defined]
    }
    return render(request, "reports/check.html", context, status=422 if form.errors else 200)


def _became(report: Any) -> str:
    """What became of a version by a check of it."""
    return {
        lifecycle.Report.APPROVED: "The report is approved. The lead may publish it.",
        lifecycle.Report.RETURNED: "The report has gone back to its writers.",
    }.get(report.status, "Your check is kept. Nobody sees it until the other checker has given theirs.")


_ONE = "inspections/<uuid:inspection>/report/<uuid:report>/"
DOORS = [
    door(
        _ONE + "submit/",
        submit,
        "report_submit",
        needs=Permission.REPORT_SUBMIT,
        to_change=Permission.REPORT_SUBMIT,
        about=queries.get,
        reads=False,
    ),
    door(
        _ONE + "names/",
        look_through,
        "report_names",
        needs=Permission.REPORT_SUBMIT,
        to_change=Permission.REPORT_SUBMIT,
        about=queries.get,
        reads=False,
    ),
    door(
        _ONE + "take-back/",
        take_back,
        "report_take_back",
        needs=Permission.REPORT_SUBMIT,
        to_change=Permission.REPORT_SUBMIT,
        about=queries.get,
        reads=False,
    ),
    door(
        _ONE + "check/",
        check,
        "report_check",
        needs=Permission.REPORT_CHECK,
        to_change=Permission.REPORT_CHECK,
        about=queries.get,
    ),
]
