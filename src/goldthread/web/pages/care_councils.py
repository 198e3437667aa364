"""Pages: meetings of children in care, what was promised there, and what became of it."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern
from django.utils import timezone

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Refused
from goldthread.apps.conversations import actions, queries
from goldthread.apps.inspections import queries as inspections
from goldthread.web.doors import door
from goldthread.web.exports import FORMATS, export
from goldthread.web.files import attachment, file_name
from goldthread.web.presenters import voices as presenter
from goldthread.web.voice_acts import act, sent
from goldthread.web.voice_forms import CareCouncilForm, PromiseFilterForm, PromiseForm, SettlePromiseForm

A_PAGE = 25
NEW = "voices-care-council-new"


def _promises(request: HttpRequest, inspection: Any) -> tuple[PromiseFilterForm, list[Any], str]:
    form = PromiseFilterForm((request.POST or request.GET) or None)
    status = form.cleaned_data["status"] if form.is_valid() else ""
    return form, queries.promises(request.actor, inspection, status=status), status  # type: ignore[attr-defined]


def care_councils(request: HttpRequest, inspection: Any) -> HttpResponse:
    """The meetings, and every promise with what is overdue first."""
    actor = request.actor  # type: ignore[attr-defined]
    form, found, status = _promises(request, inspection)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    every, today = queries.promises(actor, inspection), timezone.localdate()
    context = {
        "inspection": inspection, "meetings": queries.care_councils(actor, inspection), "form": form,
        "sent": bool(status),
        "page_obj": page, "rows": presenter.promise_rows(page), "formats": FORMATS, "all": len(every),
        "late": sum(one.late(today) for one in every),
        "to_come": sum(one.status == "open" and not one.late(today) for one in every),
        "kept": sum(one.status == "kept" for one in every), "broken": sum(one.status == "not-kept" for one in every),
        "may_write": queries.may_write(actor, inspection),
    }  # fmt: skip
    return render(request, "voices/care_councils.html", context)


def promises_file(request: HttpRequest, inspection: Any) -> HttpResponse:
    """The promises as a file, the journal saying so first."""
    form = request.POST.get("format", "")
    if form not in FORMATS:
        raise Refused("Choose an Excel workbook or a CSV file.")
    actor = request.actor  # type: ignore[attr-defined]
    _, found, _ = _promises(request, inspection)
    table = presenter.promises_table(inspection, found, by=actor.name)
    actions.record_export(
        inspection=inspection, what="promises to children in care", form=form, rows=len(table.rows), by=actor
    )
    return attachment(export(table, form), FORMATS[form][1], file_name("promises", form, of=inspection))


def _one(council: Any) -> tuple[str, dict[str, Any]]:
    return "care_council", {"inspection": council.inspection_id, "council": council.pk}


_NAMES = ("day", "name", "people", "says")


def care_council_new(request: HttpRequest, part: Any) -> HttpResponse:
    """Write a meeting down."""
    inspection = part.inspection
    initial = {"day": timezone.localdate(), "name": "Children in Care council"}
    form = CareCouncilForm(sent(request), initial=initial)

    def do() -> Any:
        held = {name: form.cleaned_data[name] for name in (*_NAMES, "client_key")}
        return actions.record_care_council(inspection=inspection, by=request.actor, **held)  # type: ignore[attr-defined]

    says = "The meeting is written down. Next, write down what was promised."
    if done := act(request, form, do, says=lambda _: says, key=NEW, inspection=inspection, to=_one):
        return done
    context = {"inspection": inspection, "form": form, "key": NEW}
    return render(request, "voices/care_council_new.html", context, status=422 if form.errors else 200)


def care_council(request: HttpRequest, council: Any) -> HttpResponse:
    """One meeting with its promises."""
    actor, inspection = request.actor, council.inspection  # type: ignore[attr-defined]
    context = {
        "inspection": inspection, "council": council, **queries.said_of(council),
        "rows": presenter.promise_rows(queries.promises(actor, inspection, meeting=council)),
        "writes": queries.may_write(actor, council),
    }  # fmt: skip
    return render(request, "voices/care_council.html", context)


def care_council_change(request: HttpRequest, council: Any) -> HttpResponse:
    """Change what was written of a meeting."""
    inspection, key = council.inspection, f"voices-care-council-{council.pk.hex}"
    initial = {"day": council.day, "name": council.name, "people": council.people, **queries.said_of(council)}
    form = CareCouncilForm(sent(request), initial=initial)

    def do() -> Any:
        held = {name: form.cleaned_data[name] for name in (*_NAMES, "version")}
        return actions.change_care_council(council=council, by=request.actor, **held)  # type: ignore[attr-defined]

    says = "The record is changed."
    if done := act(request, form, do, says=lambda _: says, key=key, inspection=inspection, to=_one):
        return done
    context = {"inspection": inspection, "council": council, "form": form, "key": key}
    return render(request, "voices/care_council_change.html", context, status=422 if form.errors else 200)


def promise_new(request: HttpRequest, council: Any) -> HttpResponse:
    """Write down what was promised."""
    inspection, key, form = council.inspection, f"voices-promise-{council.pk.hex}", PromiseForm(sent(request))

    def do() -> Any:
        held = {name: form.cleaned_data[name] for name in ("says", "by_whom", "due", "client_key")}
        return actions.promise(council=council, by=request.actor, **held)  # type: ignore[attr-defined]

    says = "The promise is written down."
    if done := act(request, form, do, says=lambda _: says, key=key, inspection=inspection, to=lambda _: _one(council)):
        return done
    context = {"inspection": inspection, "council": council, "form": form, "key": key}
    return render(request, "voices/promise_new.html", context, status=422 if form.errors else 200)


def promise_settle(request: HttpRequest, promise: Any) -> HttpResponse:
    """Say what became of a promise."""
    inspection, key = promise.inspection, f"voices-outcome-{promise.pk.hex}"
    form = SettlePromiseForm(sent(request), status=promise.status)

    def do() -> Any:
        held = {name: form.cleaned_data[name] for name in ("to", "outcome", "version")}
        return actions.settle_promise(promise=promise, by=request.actor, **held)  # type: ignore[attr-defined]

    says = "What became of it is written down."
    if done := act(
        request, form, do, says=lambda _: says, key=key, inspection=inspection, to=lambda one: _one(one.meeting)
    ):
        return done
    context = {
        "inspection": inspection, "promise": promise, "form": form, "key": key,
        "row": presenter.promise_rows([promise])[0],
    }  # fmt: skip
    return render(request, "voices/promise_settle.html", context, status=422 if form.errors else 200)


_AT = "inspections/<uuid:inspection>/voices/care-councils/"
_ONE = _AT + "<uuid:council>/"
_READ, _WRITE = Permission.CONVERSATION_READ, Permission.CONVERSATION_WRITE
_OF = queries.care_council

DOORS: list[URLPattern] = [
    door(_AT, care_councils, "care_councils", needs=_READ, about=inspections.get),
    door(_AT + "file/", promises_file, "promises_file", needs=_READ, to_change=_READ, about=inspections.get,
         reads=False, step_up=True, file=True),
    door(_AT + "new/", care_council_new, "care_council_new", needs=_WRITE, to_change=_WRITE,
         about=inspections.own_part),
    door(_ONE, care_council, "care_council", needs=_READ, about=_OF),
    door(_ONE + "change/", care_council_change, "care_council_change", needs=_WRITE, to_change=_WRITE, about=_OF),
    door(_ONE + "promise/", promise_new, "promise_new", needs=_WRITE, to_change=_WRITE, about=_OF),
    door(_AT + "promises/<uuid:promise>/", promise_settle, "promise_settle", needs=_WRITE, to_change=_WRITE,
         about=queries.promise),
]  # fmt: skip
