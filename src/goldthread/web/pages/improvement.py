"""Pages: the plan of improvement, one recommendation with its goals, and what becomes of it."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern
from django.utils import timezone

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Refused
from goldthread.apps.improvement import actions, queries
from goldthread.apps.improvement.queries import packs, planned, you_said
from goldthread.apps.inspections import queries as inspections
from goldthread.apps.submissions.actions import forget_typed_text
from goldthread.domain.lifecycle import IllegalMove
from goldthread.web.doors import door
from goldthread.web.exports import FORMATS, export
from goldthread.web.files import attachment, file_name
from goldthread.web.improvement_forms import (
    DoneForm,
    GoalForm,
    GoalWithdrawForm,
    OwnerForm,
    PlanFilterForm,
    RecommendationForm,
    SettleForm,
)
from goldthread.web.presenters import goal_chart
from goldthread.web.presenters import improvement as presenter

A_PAGE = 25
READ_AGAIN = "read"
USUAL_DAYS = 182
"""When the three that are kept ready are due, unless told otherwise: half a year on [J]."""


def _found(request: HttpRequest, part: Any, sent: Any) -> tuple[PlanFilterForm, list[Any], bool]:
    form = PlanFilterForm(sent or None)
    held = form.cleaned_data if form.is_valid() else {}
    asked = {name: held.get(name) or "" for name in ("status", "verdict", "words")}
    return form, queries.plan(part.actor, part.inspection, **asked), any(asked.values())


def improvement(request: HttpRequest, part: Any) -> HttpResponse:
    """The recommendations that the reader may see; for who runs it, reading goals again and three that are ready."""
    actor, inspection, today = part.actor, part.inspection, timezone.localdate()
    runs = queries.may_run(actor, inspection)
    ready = OwnerForm(
        request.POST if request.method == "POST" else None, people=queries.possible_owners(inspection) if runs else (),
        initial={"due": today + timedelta(days=USUAL_DAYS)},
    )  # fmt: skip
    if request.method == "POST":
        answer = _run(request, part, ready)
        if answer is not None:
            return answer
    form, found, narrowed = _found(request, part, request.GET)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "inspection": inspection, "form": form, "sent": narrowed, "page_obj": page, "ready": ready,
        "rows": [(one, one.recommendation.late(today), presenter.verdicts(one)) for one in page],
        "may_run": runs, "formats": FORMATS, "any": bool(found) or narrowed,
        "three_made": queries.three_made(actor, inspection), "elsewhere": packs.asked_elsewhere(actor, inspection),
    }  # fmt: skip
    return render(request, "improvement/improvement.html", context, status=422 if ready.errors else 200)


def _run(request: HttpRequest, part: Any, ready: OwnerForm) -> HttpResponse | None:
    """Read every goal again, or make the three ready; None where the form is to be shown again."""
    inspection, actor = part.inspection, part.actor
    if request.POST.get("do") == READ_AGAIN:
        count, reopened = actions.read_goals(inspection=inspection, by=actor)
        fallen = f" A goal has slipped: {', '.join(one.mark for one in reopened)} reopened." if reopened else ""
        told = f"{count} new reading{'' if count == 1 else 's'} of the goals."
        if not count:
            told = " ".join(["There is nothing new to read.", *queries.unread_because(actor, inspection)])
        messages.success(request, told + fallen)
        return redirect("improvement", inspection=inspection.pk)
    if not ready.is_valid():
        return None
    try:
        actions.make_ready(
            inspection=inspection, owner=ready.cleaned_data["owner"], due=ready.cleaned_data["due"], by=actor
        )
    except Refused as refusal:
        if refusal.hidden:
            raise
        ready.add_error("due", refusal.reason)
        return None
    messages.success(request, "The three recommendations are ready. Read them, then give each to the council.")
    return redirect("improvement", inspection=inspection.pk)


def improvement_file(request: HttpRequest, part: Any) -> HttpResponse:
    """The plan as a file, as it is filtered, the journal saying so first."""
    form = request.POST.get("format", "")
    if form not in FORMATS:
        raise Refused("Choose an Excel workbook or a CSV file.")
    asked, found, _ = _found(request, part, request.POST)
    inspection, now = part.inspection, timezone.localtime()
    table = presenter.plan_table(inspection, found, by=part.actor.name, at=now, asked=asked.says())
    actions.record_plan_export(part=part, form=form, rows=len(table.rows), by=part.actor)
    name = file_name("recommendations", form, of=inspection, narrowed=asked.narrows())
    return attachment(export(table, form), FORMATS[form][1], name)


def recommendation_new(request: HttpRequest, part: Any) -> HttpResponse:
    """Make a recommendation, from an agreed finding or from none."""
    actor, inspection = part.actor, part.inspection
    form = RecommendationForm(
        request.POST if request.method == "POST" else None, people=queries.possible_owners(inspection),
        findings=queries.possible_findings(inspection, actor), themes=queries.possible_themes(inspection, actor),
        initial={name: request.GET.get(name, "") for name in ("finding", "theme")},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        held = form.cleaned_data
        try:
            made = actions.recommend(
                inspection=inspection, client_key=held["client_key"], by=actor,
                finding=form.findings.get(held["finding"]), theme=form.themes.get(held.get("theme", "")),
                **form.values(),
            )  # fmt: skip
        except Refused as refusal:
            if refusal.hidden:
                raise
            form.add_error("due" if "day" in refusal.reason else "says", refusal.reason)
        else:
            forget_typed_text(form=f"recommendation-new@{inspection.pk}", by=actor)
            messages.success(request, f"{made.mark} is made. Set a goal, then give it to the council.")
            return redirect("recommendation", inspection=inspection.pk, recommendation=made.pk)
    context = {"inspection": inspection, "form": form}
    return render(request, "improvement/new.html", context, status=422 if form.errors else 200)


def _about(request: HttpRequest, held: Any) -> dict[str, Any]:
    actor = request.actor  # type: ignore[attr-defined]
    opened = queries.with_goals(held)
    return {
        "inspection": held.inspection, "held": held, "says": opened.says, "state": opened.state,
        "owners_word": opened.owners_word, "late": held.late(timezone.localdate()),
        "goals": [
            presenter.goal(one, queries.handed_in_elsewhere(one.goal, actor))
            | {"needs": _needs(actor, held, one), "newer": queries.newer(one.goal, actor)}
            for one in opened.goals
        ],
        "turns": queries.turns_of(held), "planned": planned.of_recommendation(actor, held),
        "may_plan": planned.may_plan(actor, held),
        "told": you_said.told_of_it(held), "may_tell": queries.may_run(actor, held.inspection),
        "may_answer": you_said.to_answer(actor, held),
        "theme_seen": queries.may_read_theme(actor, held),
        "finding_seen": queries.may_read_finding(actor, held), "may_change": queries.may_change(actor, held),
        "may_say_done": queries.may_say_done(actor, held), "may_settle": bool(queries.settlements(held, actor)),
    }  # fmt: skip


SAID: dict[str, str] = {
    "open": "is given to the council", "closed": "is closed", "reopened": "is reopened", "withdrawn": "is withdrawn",
    "draft": "is taken up again",
}  # fmt: skip


def _told(held: Any, form: Any) -> str:
    """What was done, as it is told to whoever did it."""
    if isinstance(form, SettleForm):
        return f"{held.mark} {SAID[form.cleaned_data['to']]}."
    if isinstance(form, GoalForm):
        return f"The goal of {held.mark.lower()} is set."
    if isinstance(form, GoalWithdrawForm):
        return f"The goal of {held.mark.lower()} is taken away."
    said = "You said that it is done" if isinstance(form, DoneForm) else "What you changed is saved"
    return f"{held.mark}: {said[0].lower()}{said[1:]}."


def _needs(actor: Any, held: Any, told: Any) -> str:
    """What a goal that has no baseline waits for, for whoever may read what it would be found in."""
    if told.baseline or not queries.may_run(actor, held.inspection):
        return ""
    return queries.waits_for(told.goal.measured, held.inspection, actor)


def recommendation(request: HttpRequest, held: Any) -> HttpResponse:
    """One recommendation: what is asked for, its goals with what was found, and everything that was said."""
    context = _about(request, held)
    for shown in context["goals"]:
        shown["chart"] = goal_chart.of_goal(queries.told_of(shown["goal"]))
    return render(request, "improvement/recommendation.html", context)


def recommendation_change(request: HttpRequest, held: Any) -> HttpResponse:
    """Change what is asked for, of whom or by when."""
    form = RecommendationForm(
        request.POST if request.method == "POST" else None, people=queries.possible_owners(held.inspection),
        initial={"says": queries.says_of(held), "owner": str(held.owner_id), "due": held.due},
    )  # fmt: skip

    def act(sent: dict[str, Any], actor: Any) -> None:
        actions.change(held=held, version=sent["version"], by=actor, **form.values())

    may = queries.may_change(request.actor, held)  # type: ignore[attr-defined]
    return _act(request, held, form, act, "Change the recommendation", may)


def recommendation_done(request: HttpRequest, held: Any) -> HttpResponse:
    """Say for the council that it is done."""
    form = DoneForm(request.POST if request.method == "POST" else None)

    def act(sent: dict[str, Any], actor: Any) -> None:
        actions.say_done(held=held, says=sent["says"], version=sent["version"], by=actor)

    return _act(request, held, form, act, "Say that the recommendation is done", held.waits_for_owner)


def recommendation_settle(request: HttpRequest, held: Any) -> HttpResponse:
    """Give it to the council, close it, reopen it, withdraw it or take it up again."""
    sent = request.POST if request.method == "POST" else None
    offered = queries.settlements(held, request.actor)  # type: ignore[attr-defined]
    form = SettleForm(sent, offered=offered)

    def act(sent: dict[str, Any], actor: Any) -> None:
        actions.settle(held=held, to=sent["to"], because=sent["because"], version=sent["version"], by=actor)

    return _act(request, held, form, act, "Decide what happens to the recommendation", bool(offered))


def goal_new(request: HttpRequest, held: Any) -> HttpResponse:
    """Set a goal: what is measured, and its target."""
    inspection, actor = held.inspection, request.actor  # type: ignore[attr-defined]
    form = GoalForm(
        request.POST if request.method == "POST" else None, offered=queries.readable(inspection, actor)
    )  # fmt: skip

    def act(sent: dict[str, Any], actor: Any) -> None:
        key = sent["client_key"]
        actions.set_goal(
            held=held, measure=sent["measure"], target=sent["target"], client_key=key, by=actor, due=sent["due"]
        )  # fmt: skip

    lacks = queries.checks_wait_for(inspection, actor)
    return _act(request, held, form, act, "Set a goal", queries.may_change(actor, held), note=lacks)


def goal_withdraw(request: HttpRequest, held: Any) -> HttpResponse:
    """Take a goal away, saying why."""
    form = GoalWithdrawForm(request.POST if request.method == "POST" else None, held=held)

    def act(sent: dict[str, Any], actor: Any) -> None:
        actions.withdraw_goal(
            held=held, goal=int(sent["goal"]), because=sent["because"], version=sent["version"], by=actor
        )  # fmt: skip

    may = bool(held.live_goals) and queries.may_change(request.actor, held)  # type: ignore[attr-defined]
    return _act(request, held, form, act, "Take a goal away", may)


def _act(request: HttpRequest, held: Any, form: Any, act: Any, words: str, may: bool, note: str = "") -> HttpResponse:
    actor, names = request.actor, [one for one in form.fields if one not in ("client_key", "version")]  # type: ignore[attr-defined]
    key = f"recommendation-{names[-1]}-{held.pk.hex}" if "goal" not in names else f"goal-withdraw-{held.pk.hex}"
    key = f"goal-new-{held.pk.hex}" if "target" in names else key
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data, actor)
        except IllegalMove as refusal:
            # What was chosen cannot become of it any more, and what was typed beside it is not lost.
            form.add_error("to" if "to" in names else names[0], str(refusal))
        except Refused as refusal:
            if refusal.hidden:
                raise
            about_day = "due" in names and ("five years" in refusal.reason or "The day" in refusal.reason)
            form.add_error("due" if about_day else "because" if "because" in names else names[0], refusal.reason)
        else:
            forget_typed_text(form=f"{key}@{held.inspection_id}", by=actor)
            messages.success(request, _told(held, form))
            return redirect("recommendation", inspection=held.inspection_id, recommendation=held.pk)
    if isinstance(form, SettleForm | GoalWithdrawForm):
        form.offer_again()
    context = {
        **_about(request, held), "form": form, "key": key, "words": words, "fields": [form[name] for name in names],
        "too_late": not form.is_bound and not may, "makes": "target" in names, "note": note,
    }  # fmt: skip
    return render(request, "improvement/act.html", context, status=422 if form.errors else 200)


_ALL = "inspections/<uuid:inspection>/improvement/"
_ONE = _ALL + "<uuid:recommendation>/"
_READ, _RUN, _SAY = Permission.IMPROVEMENT_READ, Permission.IMPROVEMENT_RUN, Permission.IMPROVEMENT_SAY
_PART, _GET = inspections.own_part, queries.recommendation

DOORS: list[URLPattern] = [
    door(_ALL, improvement, "improvement", needs=_READ, to_change=_RUN, about=_PART),
    door(
        _ALL + "file/", improvement_file, "improvement_file", needs=_READ, to_change=_READ, about=_PART, reads=False,
        step_up=True, file=True,
    ),
    door(_ALL + "new/", recommendation_new, "recommendation_new", needs=_RUN, to_change=_RUN, about=_PART),
    door(_ONE, recommendation, "recommendation", needs=_READ, about=_GET),
    door(_ONE + "change/", recommendation_change, "recommendation_change", needs=_RUN, to_change=_RUN, about=_GET),
    door(_ONE + "done/", recommendation_done, "recommendation_done", needs=_SAY, to_change=_SAY, about=_GET),
    door(_ONE + "settle/", recommendation_settle, "recommendation_settle", needs=_RUN, to_change=_RUN, about=_GET),
    door(_ONE + "goal/", goal_new, "goal_new", needs=_RUN, to_change=_RUN, about=_GET),
    door(_ONE + "goal/away/", goal_withdraw, "goal_withdraw", needs=_RUN, to_change=_RUN, about=_GET),
]  # fmt: skip
