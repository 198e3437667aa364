"""Pages: actions that audits gave rise to, and what was learned."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern
from django.utils import timezone

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Refused
from goldthread.apps.cases import queries as cases
from goldthread.apps.inspections import queries as inspections
from goldthread.apps.programme import actions, queries
from goldthread.apps.submissions.actions import forget_typed_text
from goldthread.web.doors import door
from goldthread.web.exports import FORMATS, export
from goldthread.web.files import attachment, file_name
from goldthread.web.presenters import programme as presenter
from goldthread.web.programme_forms import (
    ActionFilterForm,
    ActionForm,
    LearningForm,
    ProofForm,
    SettleForm,
    SharedForm,
)

A_PAGE = 25


def _found(request: HttpRequest, part: Any) -> tuple[ActionFilterForm, list[Any], bool]:
    sent = request.POST if request.method == "POST" else request.GET
    form = ActionFilterForm(sent or None)
    held = form.cleaned_data if form.is_valid() else {}
    rows = queries.of_inspection(
        part.actor, part.inspection, status=held.get("status") or "", mine=held.get("whose") == "mine",
        words=held.get("words") or "", sort=held.get("sort") or "due",
    )  # fmt: skip
    return form, rows, any(held.get(name) for name in ("status", "whose", "words"))


def actions_list(request: HttpRequest, part: Any) -> HttpResponse:
    """The actions that the reader may see, the soonest due first."""
    actor, inspection, today = part.actor, part.inspection, timezone.localdate()
    form, found, narrowed = _found(request, part)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "inspection": inspection, "form": form, "sent": narrowed, "page_obj": page,
        "rows": [(one, one.action.late(today)) for one in page],
        "counted": queries.counted(queries.actions_visible_to(actor).filter(inspection=inspection)),
        "may_give": queries.may_give(actor, inspection), "formats": FORMATS,
        "sees_programme": queries.may_read(actor, inspection),
    }  # fmt: skip
    return render(request, "programme/actions.html", context)


def actions_file(request: HttpRequest, part: Any) -> HttpResponse:
    """The list as a file, as it is filtered and sorted, the journal saying so first."""
    form = request.POST.get("format", "")
    if form not in FORMATS:
        raise Refused("Choose an Excel workbook or a CSV file.")
    asked, found, _ = _found(request, part)
    inspection = part.inspection
    table = presenter.actions_table(inspection, found, by=part.actor.name, at=timezone.localtime(), asked=asked.says())
    actions.record_actions_export(part=part, form=form, rows=len(table.rows), by=part.actor)
    return attachment(
        export(table, form), FORMATS[form][1], file_name("actions", form, of=inspection, narrowed=asked.narrows())
    )


def action_new(request: HttpRequest, part: Any) -> HttpResponse:
    """Give somebody something to do, from a case, a round, or neither."""
    actor, inspection = part.actor, part.inspection
    sent = request.POST if request.method == "POST" else None
    wanted = request.POST if request.method == "POST" else request.GET
    case = queries.case_for(actor, inspection, wanted.get("case", ""))
    round_ = next((one for one in queries.rounds(inspection, actor) if str(one.pk) == wanted.get("round", "")), None)
    form = ActionForm(sent, people=queries.possible_owners(inspection))
    if sent is not None and form.is_valid():
        try:
            made = actions.give_action(
                inspection=inspection, client_key=form.cleaned_data["client_key"], by=actor, case=case, round_=round_,
                **form.values(),
            )  # fmt: skip
        except Refused as refusal:
            if refusal.hidden:
                raise
            form.add_error("due" if "due" in refusal.reason else "says", refusal.reason)
        else:
            forget_typed_text(form=f"audit-action-new@{inspection.pk}", by=actor)
            messages.success(request, f"{made.mark} is given to {made.owner.name}.")
            return redirect("audit_action", inspection=inspection.pk, action=made.pk)
    context = {"inspection": inspection, "form": form, "case": case, "round": round_}
    return render(request, "programme/action_new.html", context, status=422 if form.errors else 200)


def _about(request: HttpRequest, action: Any) -> dict[str, Any]:
    actor = request.actor  # type: ignore[attr-defined]
    return {
        "inspection": action.inspection, "action": action, "late": action.late(timezone.localdate()),
        "says": queries.says_of(action), "state": queries.ACTION_STATES[action.status],
        "turns": queries.turns_of(action, actor),
        "case_seen": action.case is not None and cases.may(actor, Permission.CASE_READ, action.case),
        "round_seen": queries.may_read(actor, action.inspection),
        "may_change": queries.may_change(actor, action), "may_prove": queries.may_prove(actor, action),
        "may_settle": queries.may_settle(actor, action) and bool(queries.settlements(action, actor)),
        "crosses": action.released_at is not None,
    }  # fmt: skip


def action_page(request: HttpRequest, action: Any) -> HttpResponse:
    """One action: what, who, by when, and everything that was said of it."""
    return render(request, "programme/action.html", _about(request, action))


def action_change(request: HttpRequest, action: Any) -> HttpResponse:
    """Change what is to be done, by whom or by when."""
    form = ActionForm(
        request.POST if request.method == "POST" else None, people=queries.possible_owners(action.inspection),
        initial={"says": queries.says_of(action), "owner": str(action.owner_id), "due": action.due},
    )  # fmt: skip

    def act(held: dict[str, Any], actor: Any) -> None:
        actions.change_action(action=action, version=held["version"], by=actor, **form.values())

    return _act(request, action, form, act, "Change what is to be done", "is changed.", True)


def action_prove(request: HttpRequest, action: Any) -> HttpResponse:
    """Show that it is done."""
    actor = request.actor  # type: ignore[attr-defined]
    form = ProofForm(
        request.POST if request.method == "POST" else None, items=queries.possible_proof(actor, action.inspection)
    )

    def act(held: dict[str, Any], actor: Any) -> None:
        actions.prove_action(
            action=action, says=held["says"], item=form.chosen, version=held["version"], by=actor
        )  # fmt: skip

    return _act(
        request, action, form, act, "Show that it is done", "waits for its proof to be accepted.", action.waiting
    )


def action_settle(request: HttpRequest, action: Any) -> HttpResponse:
    """Accept the proof, return it, withdraw the action, or open it again."""
    sent = request.POST if request.method == "POST" else None
    offered = queries.settlements(action, request.actor)  # type: ignore[attr-defined]
    form = SettleForm(sent, offered=queries.ACTION_SETTLEMENTS.items() if sent is not None else offered)

    def act(held: dict[str, Any], actor: Any) -> None:
        actions.settle_action(action=action, to=held["to"], because=held["because"], version=held["version"], by=actor)

    return _act(request, action, form, act, "Decide what happens to the action", "has moved on.", bool(offered))


def _act(
    request: HttpRequest, action: Any, form: Any, act: Any, words: str, done: str, may: bool
) -> HttpResponse:  # fmt: skip
    actor, names = request.actor, [one for one in form.fields if one not in ("client_key", "version")]  # type: ignore[attr-defined]
    key = f"audit-action-{names[-1]}-{action.pk.hex}"
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data, actor)
        except Refused as refusal:
            if refusal.hidden:
                raise
            chosen = form.cleaned_data.get("to") == "accepted"
            form.add_error("to" if chosen else "because" if "because" in form.fields else "says", refusal.reason)
        else:
            forget_typed_text(form=f"{key}@{action.inspection_id}", by=actor)
            messages.success(request, f"{action.mark} {done}")
            return redirect("audit_action", inspection=action.inspection_id, action=action.pk)
    context = {
        **_about(request, action), "form": form, "key": key, "words": words,
        "fields": [form[name] for name in names], "too_late": not form.is_bound and not may,
    }  # fmt: skip
    return render(request, "programme/action_act.html", context, status=422 if form.errors else 200)


def learning_list(request: HttpRequest, inspection: Any) -> HttpResponse:
    """Everything that was learned, and with whom it was shared."""
    actor = request.actor  # type: ignore[attr-defined]
    held = queries.all_learned(inspection, actor)
    page = Paginator(held, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "inspection": inspection, "page_obj": page, "rows": list(page),
        "may_run": queries.may_run(actor, inspection), "unshared": sum(not one.shared for one in held),
    }  # fmt: skip
    return render(request, "programme/learning.html", context)


def _drawn(inspection: Any, actor: Any) -> list[Any]:
    return [one for one in queries.rounds(inspection, actor) if one.draw is not None]


def learning_new(request: HttpRequest, inspection: Any) -> HttpResponse:
    """Write down what was learned."""
    actor = request.actor  # type: ignore[attr-defined]
    form = LearningForm(
        request.POST if request.method == "POST" else None, rounds=_drawn(inspection, actor),
        initial={"theme": request.GET.get("theme", "")[:60]},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_learning(
                inspection=inspection, client_key=form.cleaned_data["client_key"], by=actor, **form.values()
            )
        except Refused as refusal:
            if refusal.hidden:
                raise
            form.add_error("says", refusal.reason)
        else:
            forget_typed_text(form=f"learning-new@{inspection.pk}", by=actor)
            messages.success(request, "It is written down. Mark with whom it is shared once it is.")
            return redirect("learning", inspection=inspection.pk)
    context = {"inspection": inspection, "form": form, "learning": None}
    return render(request, "programme/learning_form.html", context, status=422 if form.errors else 200)


def learning_change(request: HttpRequest, learning: Any) -> HttpResponse:
    """Word it otherwise."""
    actor, inspection, held = request.actor, learning.inspection, queries.learned(learning)  # type: ignore[attr-defined]
    form = LearningForm(
        request.POST if request.method == "POST" else None, rounds=_drawn(inspection, actor),
        initial={"says": held.says, "round_": str(learning.round_id or ""), "theme": learning.theme},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_learning(
                learning=learning, version=form.cleaned_data["version"], by=actor, **form.values()
            )  # fmt: skip
        except Refused as refusal:
            if refusal.hidden:
                raise
            form.add_error("says", refusal.reason)
        else:
            forget_typed_text(form=f"learning-{learning.pk.hex}@{inspection.pk}", by=actor)
            messages.success(request, f"{learning} is changed.")
            return redirect("learning", inspection=inspection.pk)
    context = {"inspection": inspection, "form": form, "learning": learning, "key": f"learning-{learning.pk.hex}"}
    return render(request, "programme/learning_form.html", context, status=422 if form.errors else 200)


def learning_share(request: HttpRequest, learning: Any) -> HttpResponse:
    """Mark with whom it was shared, when and how."""
    actor, inspection = request.actor, learning.inspection  # type: ignore[attr-defined]
    form = SharedForm(
        request.POST if request.method == "POST" else None, initial={"day": timezone.localdate()}
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        held = form.cleaned_data
        try:
            actions.mark_shared(
                learning=learning, with_whom=held["with_whom"], how=held["how"], day=held["day"],
                client_key=held["client_key"], by=actor,
            )  # fmt: skip
        except Refused as refusal:
            if refusal.hidden:
                raise
            form.add_error("day", refusal.reason)
        else:
            messages.success(request, f"{learning} is marked as shared with {held['with_whom']}.")
            return redirect("learning", inspection=inspection.pk)
    context = {"inspection": inspection, "form": form, "held": queries.learned(learning)}
    return render(request, "programme/learning_share.html", context, status=422 if form.errors else 200)


_ALL = "inspections/<uuid:inspection>/actions/"
_ONE = _ALL + "<uuid:action>/"
_LEARNING = "inspections/<uuid:inspection>/programme/learning/"
_READ, _GIVE = Permission.AUDIT_ACTION_READ, Permission.AUDIT_ACTION_GIVE
_PROVE, _SETTLE = Permission.AUDIT_ACTION_PROVE, Permission.AUDIT_ACTION_SETTLE
_SEE, _RUN = Permission.PROGRAMME_READ, Permission.PROGRAMME_RUN
_PART, _GET = inspections.own_part, inspections.get

DOORS: list[URLPattern] = [
    door(_ALL, actions_list, "audit_actions", needs=_READ, about=_PART),
    door(
        _ALL + "file/", actions_file, "audit_actions_file", needs=_READ, to_change=_READ, about=_PART, reads=False,
        step_up=True, file=True,
    ),
    door(_ALL + "new/", action_new, "audit_action_new", needs=_GIVE, to_change=_GIVE, about=_PART),
    door(_ONE, action_page, "audit_action", needs=_READ, about=queries.action),
    door(_ONE + "change/", action_change, "audit_action_change", needs=_GIVE, to_change=_GIVE, about=queries.action),
    door(_ONE + "proof/", action_prove, "audit_action_prove", needs=_PROVE, to_change=_PROVE, about=queries.action),
    door(
        _ONE + "settle/", action_settle, "audit_action_settle", needs=_SETTLE, to_change=_SETTLE, about=queries.action,
    ),
    door(_LEARNING, learning_list, "learning", needs=_SEE, about=_GET),
    door(_LEARNING + "new/", learning_new, "learning_new", needs=_RUN, to_change=_RUN, about=_GET),
    door(
        _LEARNING + "<uuid:learning>/change/", learning_change, "learning_change", needs=_RUN, to_change=_RUN,
        about=queries.learning,
    ),
    door(
        _LEARNING + "<uuid:learning>/share/", learning_share, "learning_share", needs=_RUN, to_change=_RUN,
        about=queries.learning,
    ),
]  # fmt: skip
