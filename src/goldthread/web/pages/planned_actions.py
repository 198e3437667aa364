"""Pages: what a council will do about a recommendation, how it stands with it, and whether that is accepted."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Refused
from goldthread.apps.improvement import actions
from goldthread.apps.improvement import queries as recommendations
from goldthread.apps.improvement.queries import planned as queries
from goldthread.apps.submissions.actions import forget_typed_text
from goldthread.domain.lifecycle import IllegalMove
from goldthread.web.doors import door
from goldthread.web.planned_action_forms import (
    PlannedActionForm,
    PlannedDayForm,
    PlannedMoveForm,
    PlannedSettleForm,
)


def planned_action_new(request: HttpRequest, held: Any) -> HttpResponse:
    """Write for the council what it will do about a recommendation, by whom and by when."""
    actor = request.actor  # type: ignore[attr-defined]
    form = PlannedActionForm(request.POST if request.method == "POST" else None)
    key = f"planned-action-new-{held.pk.hex}"
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        try:
            made = actions.plan_action(
                held=held, says=sent["says"], whom=sent["whom"], due=sent["due"], client_key=sent["client_key"],
                by=actor,
            )  # fmt: skip
        except Refused as refusal:
            if refusal.hidden:
                raise
            about_day = "day" in refusal.reason or "years" in refusal.reason
            form.add_error("due" if about_day else "whom" if "by whom" in refusal.reason else "says", refusal.reason)
        else:
            forget_typed_text(form=f"{key}@{held.inspection_id}", by=actor)
            messages.success(request, f"{made.mark} is written. The inspectors read it from now on.")
            return redirect("recommendation", inspection=held.inspection_id, recommendation=held.pk)
    context = {
        "inspection": held.inspection, "held": held, "says": recommendations.says_of(held), "form": form, "key": key,
        "too_late": not form.is_bound and not held.live,
    }  # fmt: skip
    return render(request, "improvement/planned_new.html", context, status=422 if form.errors else 200)


def _about(request: HttpRequest, action: Any) -> dict[str, Any]:
    actor = request.actor  # type: ignore[attr-defined]
    return {
        "inspection": action.inspection, "held": action.recommendation, "one": queries.with_words(action),
        "asked": recommendations.says_of(action.recommendation), "turns": queries.turns_of(action, actor),
        "may_say": bool(queries.moves(actor, action)),
        "may_move_day": action.waits_for_council and queries.may_say(actor, action),
        "may_settle": bool(queries.settlements(actor, action)),
    }  # fmt: skip


def planned_action(request: HttpRequest, action: Any) -> HttpResponse:
    """One planned action: what, by whom, by when, how it stands, and everything that was said of it."""
    return render(request, "improvement/planned.html", _about(request, action))


def planned_action_say(request: HttpRequest, action: Any) -> HttpResponse:
    """Say for the council how it stands with an action."""
    actor, sent = request.actor, request.POST if request.method == "POST" else None  # type: ignore[attr-defined]
    offered = queries.moves(actor, action)
    form = _move_form(request, action, sent, request.FILES or None)
    if form.is_bound and form.is_valid() and form.cleaned_data.get("evidence") is not None:
        form = _with_file(request, action, form)

    def act(sent: dict[str, Any]) -> None:
        actions.move_planned(
            action=action, to=sent["to"], says=sent["says"], version=sent["version"], by=actor, document=form.chosen()
        )

    return _act(request, action, form, act, "Say how it stands with the action", bool(offered))


def _move_form(request: HttpRequest, action: Any, sent: Any, files: Any = None) -> PlannedMoveForm:
    actor = request.actor  # type: ignore[attr-defined]
    return PlannedMoveForm(
        sent, files, offered=queries.moves(actor, action), proof=queries.possible_proof(actor, action.inspection),
        uploads=queries.may_bring(actor, action.inspection),
    )  # fmt: skip


def _with_file(request: HttpRequest, action: Any, form: PlannedMoveForm) -> PlannedMoveForm:
    """Take the file of a form in: the form again with the file as its document, or with why it was refused.

    Once it is kept it stays so, and whatever else is wrong with the form costs nobody the file.
    """
    actor, file = request.actor, form.cleaned_data["evidence"]  # type: ignore[attr-defined]
    try:
        kept = actions.bring_proof(
            action=action, upload=file, label=file.name, client_key=form.cleaned_data["client_key"], by=actor
        )
    except Refused as refusal:
        if refusal.hidden:
            raise
        form.add_error("evidence", f"“{file.name}” was not kept: {refusal.reason}")
        return form
    again = _move_form(request, action, {**request.POST.dict(), "document": str(kept.pk)})
    again.hold(kept)
    return again


def planned_action_day(request: HttpRequest, action: Any) -> HttpResponse:
    """Move the day by which the council will have done it, saying why."""
    actor = request.actor  # type: ignore[attr-defined]
    form = PlannedDayForm(request.POST if request.method == "POST" else None)

    def act(sent: dict[str, Any]) -> None:
        actions.move_day(
            action=action, due=sent["due"], because=sent["because"], version=sent["version"], by=actor
        )  # fmt: skip

    return _act(request, action, form, act, "Move its day", action.waits_for_council)


def planned_action_settle(request: HttpRequest, action: Any) -> HttpResponse:
    """Say for the inspectors whether it is shown that an action is done."""
    actor, sent = request.actor, request.POST if request.method == "POST" else None  # type: ignore[attr-defined]
    offered = queries.settlements(actor, action)
    form = PlannedSettleForm(sent, offered=offered)

    def act(sent: dict[str, Any]) -> None:
        actions.settle_planned(
            action=action, to=sent["to"], because=sent["because"], version=sent["version"], by=actor
        )  # fmt: skip

    return _act(request, action, form, act, "Say whether it is shown to be done", bool(offered))


def _act(request: HttpRequest, action: Any, form: Any, act: Any, words: str, may: bool) -> HttpResponse:
    actor, names = request.actor, [one for one in form.fields if one not in ("client_key", "version")]  # type: ignore[attr-defined]
    key = f"planned-action-{type(form).__name__.lower()}-{action.pk.hex}"
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except IllegalMove as refusal:
            # What was chosen cannot become of it any more, and what was typed beside it is not lost.
            form.add_error("to", str(refusal))
        except Refused as refusal:
            if refusal.hidden:
                raise
            form.add_error(_place(refusal.reason, names), refusal.reason)
        else:
            forget_typed_text(form=f"{key}@{action.inspection_id}", by=actor)
            messages.success(request, f"What you said of {action.mark[0].lower()}{action.mark[1:]} is kept.")
            return redirect("planned_action", inspection=action.inspection_id, planned=action.pk)
    if not isinstance(form, PlannedDayForm):
        form.offer_again()
    if form.errors and getattr(form, "brought", None) is not None:
        messages.info(request, f"Your file is kept as {form.brought.mark}. You need not choose it again.")
    context = {
        **_about(request, action), "form": form, "key": key, "words": words, "fields": [form[name] for name in names],
        "too_late": not form.is_bound and not may,
    }  # fmt: skip
    return render(request, "improvement/planned_act.html", context, status=422 if form.errors else 200)


def _place(reason: str, names: list[str]) -> str:
    """By which field of the form a refusal stands."""
    if "document" in names and "document" in reason:
        return "document"
    if reason.startswith(("Say why", "Write what was done")):
        return "because" if "because" in names else "says"
    return names[0]


_ALL = "inspections/<uuid:inspection>/improvement/"
_ONE = _ALL + "actions/<uuid:planned>/"
_READ, _SAY = Permission.IMPROVEMENT_READ, Permission.IMPROVEMENT_SAY
_ACCEPT, _GET = Permission.IMPROVEMENT_ACCEPT, queries.planned_action

DOORS: list[URLPattern] = [
    door(
        _ALL + "<uuid:recommendation>/actions/new/", planned_action_new, "planned_action_new", needs=_SAY,
        to_change=_SAY, about=recommendations.recommendation,
    ),
    door(_ONE, planned_action, "planned_action", needs=_READ, about=_GET),
    door(_ONE + "say/", planned_action_say, "planned_action_say", needs=_SAY, to_change=_SAY, about=_GET),
    door(_ONE + "day/", planned_action_day, "planned_action_day", needs=_SAY, to_change=_SAY, about=_GET),
    door(
        _ONE + "settle/", planned_action_settle, "planned_action_settle", needs=_ACCEPT, to_change=_ACCEPT, about=_GET
    ),
]  # fmt: skip
