"""Pages: what the council is asked for, its answers, and what the team made of them."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern
from django.utils import timezone

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Refused, decide
from goldthread.apps.documents import queries as documents
from goldthread.apps.inspections import queries as inspections
from goldthread.apps.requests import actions, queries
from goldthread.apps.submissions.actions import forget_typed_text
from goldthread.web.doors import door
from goldthread.web.exports import FORMATS, export
from goldthread.web.files import attachment, file_name
from goldthread.web.presenters import requests as presenter
from goldthread.web.request_forms import AnswerForm, FilterForm, RequestForm, SettleForm, TakeOnForm

A_PAGE = 25


def _found(request: HttpRequest, part: Any) -> tuple[FilterForm, Any, bool]:
    """What was asked for by the filter, and whether anything was left out by it."""
    sent = request.POST if request.method == "POST" else request.GET
    form = FilterForm(sent or None)
    held = form.cleaned_data if form.is_valid() else {}
    rows = queries.of_inspection(
        part.actor, part.inspection, status=held.get("status") or "", mine=held.get("whose") == "mine",
        words=held.get("words") or "", sort=held.get("sort") or "due",
    )  # fmt: skip
    return form, rows, any(held.get(name) for name in ("status", "whose", "words"))


def requests_list(request: HttpRequest, part: Any) -> HttpResponse:
    """Everything that the council is asked for, as far as the reader may see it, the soonest due first."""
    actor, inspection = part.actor, part.inspection
    form, found, narrowed = _found(request, part)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "inspection": inspection, "form": form, "sent": narrowed, "page_obj": page,
        "rows": presenter.rows(page, timezone.localdate()),
        "counted": queries.counted(queries.of_inspection(actor, inspection)),
        "of_team": _of_team(inspection, actor), "may_ask": queries.may_ask(actor, inspection), "formats": FORMATS,
        "may_data": _may_data(actor, inspection), "withdrawn": queries.counted(found).withdrawn,
    }  # fmt: skip
    return render(request, "requests/list.html", context)


def _of_team(inspection: Any, actor: Any) -> bool:
    return "authority" not in inspections.sides_of(inspection, actor)


def _may_data(actor: Any, inspection: Any) -> bool:
    """Whether the page of data is open to the reader: not to everybody on the council's side who answers a request."""
    own = inspections.own_part(actor, inspection.pk)
    return decide(actor, Permission.SUBMISSION_READ, own.target(), timezone.now()).allowed


def from_template(request: HttpRequest, part: Any) -> HttpResponse:
    """Ask for what the framework's list holds, in one act, after seeing what of it is there already."""
    actor, inspection = part.actor, part.inspection
    error, chosen = "", request.POST.getlist("refs")
    if request.method == "POST":
        try:
            made = actions.ask_from_template(inspection=inspection, refs=chosen, by=actor)
        except Refused as refusal:
            if refusal.hidden:
                raise
            error = refusal.reason
        else:
            words = f"The council is asked for {len(made)} thing{'s' * (len(made) != 1)}. It sees them now."
            messages.success(request, words if made else "All of these were asked for already.")
            return redirect("requests", inspection=inspection.pk)
    there = presenter.there_already(actor, inspection)
    rows: list[dict[str, Any]] = []
    for one in queries.template(inspection, timezone.localdate()):
        alike = [] if one.asked else presenter.found(one.request.title, one.request.says, there)
        ticked = one.request.ref in chosen if request.method == "POST" else not alike
        rows.append({"offered": one, "alike": alike, "ticked": ticked})
    context = {
        "inspection": inspection,
        "rows": rows,
        "error": error,
        "left": any(not r["offered"].asked for r in rows),
    }
    return render(request, "requests/template.html", context, status=422 if error else 200)


def request_new(request: HttpRequest, part: Any) -> HttpResponse:
    """Ask for one thing more; what may be there already is shown before it is asked for."""
    actor, inspection = part.actor, part.inspection
    sent = request.POST if request.method == "POST" else None
    form, alike = RequestForm(sent, people=queries.answerers(inspection)), []
    if sent is not None and form.is_valid():
        held = form.cleaned_data
        if not sent.get("all-the-same") and not queries.under_key(actor, inspection, held["client_key"]):
            alike = presenter.found(held["title"], held["says"], presenter.there_already(actor, inspection))
        try:
            made = None if alike else actions.ask(
                inspection=inspection, client_key=held["client_key"], by=actor, **form.values()
            )  # fmt: skip
        except Refused as refusal:
            if refusal.hidden:
                raise
            form.add_error("due", refusal.reason)
        else:
            if made is not None:
                forget_typed_text(form=f"request-new@{inspection.pk}", by=actor)
                messages.success(request, f"{made.mark} is asked for. The council sees it now.")
                return redirect("request", inspection=inspection.pk, asked=made.pk)
    context = {"inspection": inspection, "form": form, "alike": alike}
    return render(request, "requests/new.html", context, status=422 if form.errors else 200)


def request_page(request: HttpRequest, asked: Any) -> HttpResponse:
    """One request: what, why, by when, from whom, and everything that was said."""
    return render(request, "requests/one.html", _about(request, asked))


def _about(request: HttpRequest, asked: Any) -> dict[str, Any]:
    actor = request.actor  # type: ignore[attr-defined]
    settles = queries.may_settle(actor, asked)
    return {
        "inspection": asked.inspection, "asked": asked, "late": asked.late(timezone.localdate()),
        "state": queries.STATUSES[asked.status], "of_team": _of_team(asked.inspection, actor),
        "turns": [(one, queries.TURNS.get(one.kind, one.kind)) for one in asked.turns.all()],
        "submission": queries.seen_submission(actor, asked), "documents": documents.of_request(actor, asked),
        "may_answer": queries.may_answer(actor, asked),
        "may_data": _may_data(actor, asked.inspection),
        "may_documents": documents.may_upload(actor, asked.inspection),
        "may_change": settles and asked.status not in ("settled", "withdrawn"),
        "may_settle": settles and bool(queries.settlements(asked)),
    }  # fmt: skip


def request_change(request: HttpRequest, asked: Any) -> HttpResponse:
    """Change what is asked for, by when or from whom."""
    initial = {name: getattr(asked, name) for name in ("title", "says", "why", "due")}
    form = RequestForm(
        request.POST or None, people=queries.answerers(asked.inspection),
        initial={**initial, "owner": str(asked.owner_id or "")},
    )  # fmt: skip

    def act(held: dict[str, Any], actor: Any) -> None:
        actions.change(request=asked, version=held["version"], by=actor, **form.values())

    return _act(
        request, asked, form, act, tuple(form.field_order), "Change what is asked for", "is changed.",
        asked.status not in ("settled", "withdrawn"),
    )  # fmt: skip


def take_on(request: HttpRequest, asked: Any) -> HttpResponse:
    """Say for the council that it is seen, and who answers."""
    people = queries.answerers(asked.inspection)
    form = TakeOnForm(
        request.POST if request.method == "POST" else None, people=people, initial={"owner": str(asked.owner_id or "")}
    )

    def act(held: dict[str, Any], actor: Any) -> None:
        actions.take_on(request=asked, owner=held["owner"], version=held["version"], by=actor)

    return _act(
        request, asked, form, act, ("owner",), "Say that you have seen it", "is marked as seen.", asked.waiting
    )  # fmt: skip


def answer(request: HttpRequest, asked: Any) -> HttpResponse:
    """Answer for the council."""
    handed = queries.to_answer_with(request.actor, asked.inspection)  # type: ignore[attr-defined]
    form = AnswerForm(request.POST or None, handed=handed, initial={"submission": str(asked.submission_id or "")})

    def act(held: dict[str, Any], actor: Any) -> None:
        actions.answer(
            request=asked, says=held["says"], submission=held["submission"], version=held["version"], by=actor
        )

    return _act(
        request, asked, form, act, ("says", "submission"), "Answer the request", "is answered. The team reads it now.",
        asked.waiting,
    )  # fmt: skip


def settle(request: HttpRequest, asked: Any) -> HttpResponse:
    """Settle it, send it back, withdraw it, or ask for it after all."""
    form = SettleForm(request.POST or None, asked)

    def act(held: dict[str, Any], actor: Any) -> None:
        actions.settle(request=asked, to=held["to"], because=held["because"], version=held["version"], by=actor)

    may = bool(queries.settlements(asked))
    return _act(request, asked, form, act, ("to", "because"), "Decide what happens to it", "has moved on.", may)


def _act(
    request: HttpRequest, asked: Any, form: Any, act: Any, names: tuple[str, ...], words: str, done: str, may: bool
) -> HttpResponse:  # fmt: skip
    actor = request.actor  # type: ignore[attr-defined]
    key = f"request-{names[0]}-{asked.pk.hex}"
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data, actor)
        except Refused as refusal:
            if refusal.hidden:
                raise
            form.add_error(names[-1], refusal.reason)
        else:
            forget_typed_text(form=f"{key}@{asked.inspection_id}", by=actor)
            messages.success(request, f"{asked.mark} {done}")
            return redirect("request", inspection=asked.inspection_id, asked=asked.pk)
    context = {
        **_about(request, asked), "form": form, "key": key, "words": words,
        "fields": [form[name] for name in names], "too_late": not form.is_bound and not may,
    }  # fmt: skip
    return render(request, "requests/act.html", context, status=422 if form.errors else 200)


def requests_file(request: HttpRequest, part: Any) -> HttpResponse:
    """The list as a file, as it is filtered and sorted, the journal saying so first."""
    form = request.POST.get("format", "")
    if form not in FORMATS:
        raise Refused("Choose an Excel workbook or a CSV file.")
    actor, inspection = part.actor, part.inspection
    asked, found, _ = _found(request, part)
    table = presenter.table(inspection, found, by=actor.name, at=timezone.localtime(), asked=asked.says())
    actions.record_export(part=part, form=form, rows=len(table.rows), by=actor)
    return attachment(
        export(table, form), FORMATS[form][1], file_name("requests", form, of=inspection, narrowed=asked.narrows())
    )


_ALL = "inspections/<uuid:inspection>/requests/"
_ONE = _ALL + "<uuid:asked>/"
_READ, _ASK, _ANSWER = Permission.REQUEST_READ, Permission.REQUEST_ASK, Permission.REQUEST_ANSWER
_PART = inspections.own_part

DOORS: list[URLPattern] = [
    door(_ALL, requests_list, "requests", needs=_READ, about=_PART),
    door(
        _ALL + "file/", requests_file, "requests_file", needs=_READ, to_change=_READ, about=_PART, reads=False,
        step_up=True, file=True,
    ),
    door(_ALL + "from-the-framework/", from_template, "requests_template", needs=_ASK, to_change=_ASK, about=_PART),
    door(_ALL + "new/", request_new, "request_new", needs=_ASK, to_change=_ASK, about=_PART),
    door(_ONE, request_page, "request", needs=_READ, about=queries.get),
    door(_ONE + "change/", request_change, "request_change", needs=_ASK, to_change=_ASK, about=queries.get),
    door(_ONE + "seen/", take_on, "request_take_on", needs=_ANSWER, to_change=_ANSWER, about=queries.get),
    door(_ONE + "answer/", answer, "request_answer", needs=_ANSWER, to_change=_ANSWER, about=queries.get),
    door(_ONE + "settle/", settle, "request_settle", needs=_ASK, to_change=_ASK, about=queries.get),
]  # fmt: skip
