"""Pages: editions of a version, for children and young people, in easy read, and translated."""

from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, reverse

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.reports import actions, queries
from goldthread.apps.submissions.actions import forget_typed_text
from goldthread.domain import lifecycle
from goldthread.domain.easy import FORMS, PARTS, Form
from goldthread.domain.surveys.pictures import PICTURES
from goldthread.web.checks import decided, pressed
from goldthread.web.doors import door
from goldthread.web.edition_forms import EditionCheckForm, EditionForm, sent_headings, sent_points
from goldthread.web.forms import sent_version

CHECKABLE = (lifecycle.Edition.SUBMITTED, lifecycle.Edition.APPROVED)


def editions(request: HttpRequest, report: Any) -> HttpResponse:
    """The editions of a version, and beginning another."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    inspection = report.inspection
    form = EditionForm(request.POST or None, editions=queries.earlier_editions(inspection, actor))
    if request.method == "POST" and form.is_valid():
        held = form.cleaned_data
        words = {name: held[name] for name in ("form", "language", "title", "client_key")}
        try:
            made = actions.make_edition(report=report, based_on=form.earlier(), by=actor, **words)
        except Refused as refusal:
            if refusal.hidden:
                raise
            form.add_error("form", refusal.reason)
        else:
            messages.success(request, f"“{made.name}” is begun. Write every point in plainer words.")
            return redirect("edition_write", inspection=inspection.pk, edition=made.pk)
    context = {
        "inspection": inspection, "report": report, "form": form, "rows": queries.editions(report, actor),
        "ended": report.status in queries.ENDED, "may_write": queries.may(actor, Permission.REPORT_WRITE, report),
    }  # fmt: skip
    return render(request, "editions/list.html", context, status=422 if form.errors else 200)


def _about(request: HttpRequest, edition: Any) -> dict[str, Any]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    problems = queries.problems(edition)
    own = actor.id in (str(edition.submitted_by_id), str(edition.created_by_id))
    return {
        "inspection": edition.inspection, "report": edition.report, "edition": edition,
        "blocking": list(dict.fromkeys(one.says for one in problems if one.blocks)),
        "marked": list(dict.fromkeys(one.says for one in problems if not one.blocks)),
        "document": queries.edition_document(edition), "open": not edition.closed_because(),
        "publication": (published := getattr(edition, "publication", None)),
        "notices": queries.corrections(beside) if (beside := getattr(edition.report, "publication", None)) else [],
        "corrected": published is not None and queries.corrected_since(published),
        "beside": beside, "own": own,
        "embargo": queries.from_when(beside),
        "may_write": queries.may(actor, Permission.REPORT_WRITE, edition),
        "may_submit": queries.may(actor, Permission.REPORT_SUBMIT, edition),
        "may_check": queries.may(actor, Permission.REPORT_CHECK, edition) and edition.status in CHECKABLE and not own,
        "may_publish": queries.may(actor, Permission.REPORT_PUBLISH, edition)
        and edition.status == lifecycle.Edition.APPROVED,
    }  # fmt: skip


def edition(request: HttpRequest, edition: Any) -> HttpResponse:
    """One edition as its readers will see it, with what is wrong with it above."""
    return render(request, "editions/edition.html", _about(request, edition))


def edition_write(request: HttpRequest, edition: Any) -> HttpResponse:
    """Write every point, beside what the full report says of it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    title, reader, headings, error = edition.title, edition.native_reader, edition.headings, ""
    rows = queries.beside(edition)
    if request.method == "POST":
        sent = sent_points(request)
        title, reader = request.POST.get("title", "")[:200], request.POST.get("native_reader", "")[:120]
        headings = sent_headings(request)
        try:
            actions.change_edition(
                edition=edition, title=title, points=sent, headings=headings, native_reader=reader,
                version=sent_version(request), by=actor,
            )  # fmt: skip
        except Refused as refusal:
            if refusal.hidden:
                raise
            error, rows = refusal.reason, _as_sent(rows, sent)
        else:
            forget_typed_text(form=f"edition-{edition.pk.hex}@{edition.inspection_id}", by=actor)
            messages.success(request, "The edition is saved.")
            return redirect("edition", inspection=edition.inspection_id, edition=edition.pk)
    context = {
        "inspection": edition.inspection, "report": edition.report, "edition": edition, "rows": rows, "title": title,
        "reader": reader, "error": error, "closed": edition.closed_because(), "measure": FORMS[Form(edition.form)],
        "translated": edition.language != "en", "pictures": sorted(PICTURES),
        "headings": [(part, words, headings.get(part, "")) for part, words in PARTS.items()],
        "document": queries.edition_document(edition),
    }  # fmt: skip
    return render(request, "editions/write.html", context, status=422 if error else 200)


def _as_sent(rows: list[Any], sent: dict[str, Any]) -> list[Any]:
    """The points with what was typed, which a refusal does not lose."""
    return [replace(one, written=sent.get(one.point.key, one.written)) for one in rows]


def edition_submit(request: HttpRequest, edition: Any) -> HttpResponse:
    """Send an edition to be checked."""
    return _act(request, edition, actions.submit_edition, "The edition has gone to be checked.")


def edition_publish(request: HttpRequest, edition: Any) -> HttpResponse:
    """Publish an approved edition beside the full report."""
    return _act(request, edition, actions.publish_edition, "The edition is published beside the full report.")


def _act(request: HttpRequest, edition: Any, act: Any, says: str) -> HttpResponse:
    look = reverse("edition", args=[edition.inspection_id, edition.pk])
    return pressed(request, partial(act, edition=edition), says=says, look=look)


def edition_check(request: HttpRequest, edition: Any) -> HttpResponse:
    """Approve an edition or send it back, with the full report beside it."""
    look = ("edition", edition.inspection_id, edition.pk)
    if request.method != "POST" and edition.status not in CHECKABLE:
        messages.info(request, "This edition does not wait to be checked.")
        return redirect(look[0], inspection=look[1], edition=look[2])
    form = EditionCheckForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        approve = request.POST.get("decision") == "approve"
        act = actions.approve_edition if approve else actions.send_edition_back
        says = "The edition is approved." if approve else "The edition has gone back."
        if decided(request, form, partial(act, edition=edition), says=says):
            return redirect(look[0], inspection=look[1], edition=look[2])
    context = {**_about(request, edition), "form": form, "rows": queries.beside(edition)}
    return render(request, "editions/check.html", context, status=422 if form.errors else 200)


_OF = "inspections/<uuid:inspection>/report/<uuid:report>/editions/"
_ONE = "inspections/<uuid:inspection>/report/editions/<uuid:edition>/"
_READ, _WRITE, _CHECK = Permission.REPORT_READ, Permission.REPORT_WRITE, Permission.REPORT_CHECK
_SUBMIT, _PUBLISH = Permission.REPORT_SUBMIT, Permission.REPORT_PUBLISH


def _get(actor: Actor, inspection: UUID, edition: UUID) -> Any:
    return queries.edition(actor, inspection, edition)


DOORS: list[URLPattern] = [
    door(_OF, editions, "editions", needs=_READ, to_change=_WRITE, about=queries.get),
    door(_ONE, edition, "edition", needs=_READ, about=_get),
    door(_ONE + "write/", edition_write, "edition_write", needs=_WRITE, to_change=_WRITE, about=_get),
    door(
        _ONE + "submit/", edition_submit, "edition_submit", needs=_SUBMIT, to_change=_SUBMIT, about=_get, reads=False
    ),
    door(_ONE + "check/", edition_check, "edition_check", needs=_CHECK, to_change=_CHECK, about=_get),
    door(
        _ONE + "publish/", edition_publish, "edition_publish", needs=_PUBLISH, to_change=_PUBLISH, about=_get,
        reads=False, step_up=True,
    ),
]  # fmt: skip
