"""Pages: how a council's own audit programme stands, as the council is told it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern
from django.utils import timezone

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Refused
from goldthread.apps.inspections import queries as inspections
from goldthread.apps.programme import actions, queries
from goldthread.web.doors import door
from goldthread.web.forms import sent_key
from goldthread.web.presenters import programme as presenter


def statements(request: HttpRequest, part: Any) -> HttpResponse:
    """What the council was told, the last statement in full; and for whoever runs the programme, what it would be told
    today, and the press that tells it."""
    actor, inspection, error = request.actor, part.inspection, ""  # type: ignore[attr-defined]
    if request.method == "POST":
        try:
            made = actions.tell_council(
                inspection=inspection, seen=request.POST.get("seen", ""), client_key=sent_key(request), by=actor
            )
        except Refused as refusal:
            if refusal.hidden:
                raise
            error = refusal.reason
        else:
            messages.success(request, f"The council can read statement {made.number} now. It stays as you saw it.")
            return redirect("programme_statements", inspection=inspection.pk)
    held, runs = list(queries.statements(actor, inspection)), queries.may_run(actor, inspection)
    one = _asked_for(request, held, last=not runs)
    context = {
        "inspection": inspection, "held": held, "one": one, "error": error, "runs": runs,
        "shown": presenter.statement(queries.opened(one.told)) if one else None,
        "may_read": queries.may_read(actor, inspection), "today": timezone.localdate(),
    }  # fmt: skip
    if runs and one is None:
        context |= _foreseen(inspection, actor)
    return render(request, "programme/statements.html", context, status=422 if error else 200)


def _asked_for(request: HttpRequest, held: list[Any], *, last: bool) -> Any:
    """The statement whose number is in the address; else the last, if that is wanted. Raises Http404 for no such."""
    number = request.GET.get("number", "")
    if not number:
        return held[0] if held and last else None
    found = next((one for one in held if str(one.number) == number), None)
    if found is None:
        raise Http404
    return found


def _foreseen(inspection: Any, actor: Any) -> dict[str, Any]:
    try:
        told = queries.foreseen(inspection, actor, timezone.localdate())
    except Refused as refusal:
        return {"problem": refusal.reason}
    return {"shown": presenter.statement(queries.opened(told)), "seen": queries.name_of(told)}


DOORS: list[URLPattern] = [
    door(
        "inspections/<uuid:inspection>/audit-statements/", statements, "programme_statements",
        needs=Permission.STATEMENT_READ, to_change=Permission.PROGRAMME_RUN, about=inspections.own_part,
    )
]  # fmt: skip
