"""Pages: a council's own audit programme, month by month: its rule, its rounds, who audits and what is due."""

from typing import Any

from django.contrib import messages
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
from goldthread.domain import lifecycle
from goldthread.domain.audit_clock import STANDINGS
from goldthread.web.doors import door
from goldthread.web.forms import sent_version
from goldthread.web.presenters import programme as presenter
from goldthread.web.programme_forms import AuditorForm, MoveForm, RuleForm

OLD_LISTS = 45
"""From more than so many days on the lists that a round is drawn from are called old [J]: they come each month."""

MOVES = {
    "drawn": "Open it again: a file of it is audited after all",
    "closed": "Close it",
    "called-off": "Call it off: nothing is audited in this month",
    "planned": "Plan it after all",
}


def programme(request: HttpRequest, inspection: Any) -> HttpResponse:
    """How the programme stands: what is next, how the audits of each round stand, by auditor and by team."""
    actor = request.actor  # type: ignore[attr-defined]
    told = queries.completion(inspection, actor, timezone.localdate())
    context = {
        "inspection": inspection, "rule": _told_rule(inspection), "rounds": _rounds(inspection, actor, told),
        "next": queries.next_planned(inspection), "today": timezone.localdate(), "told": told,
        "whole": presenter.share(told.whole), "picture": presenter.picture(told),
        "auditors": presenter.rows(told.auditors), "teams": presenter.rows(told.teams),
        "may_run": queries.may_run(actor, inspection),
        "sees_actions": queries.may_see_actions(actor, inspection),
        "counted": queries.counted(queries.actions_visible_to(actor).filter(inspection=inspection)),
        "sources": queries.sources(inspection, actor),
    }  # fmt: skip
    return render(request, "programme/programme.html", context)


def _rounds(inspection: Any, actor: Any, told: Any) -> list[tuple[Any, str, Any, str]]:
    """Each round with its state in words, its counts and its share."""
    by_round = {one.key.pk: one.told for one in told.rounds}
    return [
        (one, queries.STATUSES[one.status], by_round.get(one.pk), presenter.share(by_round[one.pk]))
        if one.pk in by_round else (one, queries.STATUSES[one.status], None, "")
        for one in queries.rounds(inspection, actor)
    ]  # fmt: skip


def _told_rule(inspection: Any) -> dict[str, Any] | None:
    """The rule in words."""
    rule = queries.rule_of(inspection)
    if rule is None:
        return None
    names = dict(cases.theme_choices()) | dict(cases.population_choices())
    strata = dict(cases.strata_choices())
    return {
        "rule": rule, "instrument": cases.title_of(rule.instrument), "design": queries.DESIGNS.get(rule.design, ""),
        "population": names.get(rule.population, rule.population),
        "strata": ", ".join(strata.get(one, one).lower() for one in rule.strata_by),
    }  # fmt: skip


def rule(request: HttpRequest, inspection: Any) -> HttpResponse:
    """Set the rule, or change it for the rounds to come."""
    held = queries.rule_of(inspection)
    names = (
        "instrument", "first_month", "size", "design", "population", "strata_by", "minimum_per_stratum", "days",
        "soon", "share", "rest", "because",
    )  # fmt: skip
    usual: dict[str, Any] = {
        "first_month": timezone.localdate().replace(day=1), "size": 10, "design": "proportional",
        "population": "open-cases", "strata_by": ["team"], "days": 15, "soon": 5, "share": 10, "rest": 12,
    }  # fmt: skip
    form = RuleForm(
        request.POST if request.method == "POST" else None,
        initial={name: getattr(held, name) for name in names} if held else usual,
    )
    if request.method == "POST" and form.is_valid():
        try:
            done = actions.set_rule(
                inspection=inspection, version=form.cleaned_data["version"], by=request.actor, **form.values()  # type: ignore[attr-defined]
            )  # fmt: skip
        except Refused as refusal:
            _onto(form, refusal)
        else:
            forget_typed_text(form=f"programme-rule@{inspection.pk}", by=request.actor)  # type: ignore[attr-defined]
            messages.success(request, "The rule is set. Rounds that are drawn keep the one they were drawn by.")
            if problem := queries.in_the_way(done, request.actor):  # type: ignore[attr-defined]
                messages.warning(request, f"From the newest lists no round could be drawn by this rule. {problem}")
            return redirect("programme", inspection=inspection.pk)
    context = {"inspection": inspection, "form": form, "rule": held}
    return render(request, "programme/rule.html", context, status=422 if form.errors else 200)


def _onto(form: Any, refusal: Refused) -> None:
    """A refusal at the field that it names, so that whoever typed sees where to mend it."""
    if refusal.hidden:
        raise refusal
    words = {
        "instrument": "instrument", "theme": "population", "whose files": "population", "divided": "strata_by",
        "first round": "first_month", "children are drawn": "design",
    }  # fmt: skip
    place = next((name for word, name in words.items() if word in refusal.reason), None)
    form.add_error(place, refusal.reason)


def auditors(request: HttpRequest, inspection: Any) -> HttpResponse:
    """Who audits, and which teams are their own."""
    actor = request.actor  # type: ignore[attr-defined]
    rows = [(one, queries.may_note(actor, inspection, one.person)) for one in queries.taking_part(inspection)]
    return render(request, "programme/auditors.html", {"inspection": inspection, "rows": rows})


def auditor(request: HttpRequest, desk: Any) -> HttpResponse:
    """Say whether somebody audits, and which teams are their own."""
    inspection, part, actor = desk.inspection, desk.part, request.actor  # type: ignore[attr-defined]
    held = {one.casefold() for one in part.teams}
    teams = [one for one in queries.team_names(inspection, actor) if one.casefold() not in held]
    form = AuditorForm(
        request.POST if request.method == "POST" else None, teams=teams,
        initial={"takes_part": "no" if part.noted and not part.noted.takes_part else "yes"},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            actions.note_auditor(
                inspection=inspection, person=part.person, takes_part=form.cleaned_data["takes_part"] == "yes",
                teams=form.named(), version=form.cleaned_data["version"], by=actor,
            )  # fmt: skip
        except Refused as refusal:
            if refusal.hidden:
                raise
            form.add_error("other", refusal.reason)
        else:
            messages.success(request, f"It is noted how {part.person.name} takes part.")
            return redirect("programme_auditors", inspection=inspection.pk)
    context = {"inspection": inspection, "part": part, "form": form, "teams": teams}
    return render(request, "programme/auditor.html", context, status=422 if form.errors else 200)


def round_page(request: HttpRequest, round_: Any) -> HttpResponse:
    """One round: its files, who has each, how it stands, and what nobody could be given."""
    actor, today = request.actor, timezone.localdate()  # type: ignore[attr-defined]
    inspection = round_.inspection
    held = queries.audits(inspection, today, rounds=[round_]) if round_.draw else []
    seen = {one.pk for one in cases.cases_visible_to(actor).filter(draw=round_.draw)} if round_.draw else set()
    context = {
        "inspection": inspection, "round": round_, "state": queries.STATUSES[round_.status],
        "design": queries.DESIGNS.get(round_.rule.get("design", ""), "") if round_.rule else "",
        "rows": [(one, STANDINGS[one.standing]) for one in held if one.case.pk in seen],
        "others": sum(one.case.pk not in seen for one in held),
        "sees_draw": bool(round_.draw) and cases.may(actor, Permission.DRAW_READ, round_.draw),
        "may_run": queries.may_run(actor, inspection), "offered": _offered(round_),
        "actions": queries.of_inspection(actor, inspection, round_=str(round_.number)),
        "may_give": queries.may_give(actor, inspection), "today": today,
    }  # fmt: skip
    return render(request, "programme/round.html", context)


def _offered(round_: Any) -> list[tuple[str, str]]:
    """What may become of a round beside being drawn."""
    return [
        (to, says) for to, says in MOVES.items()
        if lifecycle.can_move(lifecycle.Round, round_.status, to) and not (to == "drawn" and round_.planned)
    ]  # fmt: skip


def round_draw(request: HttpRequest, round_: Any) -> HttpResponse:
    """See exactly what the round draws and who is given what; then draw it in one press.

    Who would be drawn is shown on a press alone: that somebody saw it stands in the journal.
    """
    actor, inspection = request.actor, round_.inspection  # type: ignore[attr-defined]
    error, problem, told, shown = "", "", None, request.method == "POST"
    if shown and request.POST.get("step") != "look":
        try:
            done = actions.draw_round(
                round_=round_, seen=request.POST.get("seen", ""), version=sent_version(request), by=actor
            )
        except Refused as refusal:
            if refusal.hidden:
                raise
            error = refusal.reason
        else:
            messages.success(request, f"{done} is drawn and given out. Its audits are due by {done.due:%-d %B %Y}.")
            return redirect("programme_round", inspection=inspection.pk, round_=done.pk)
    held = queries.rule_of(inspection)
    if round_.planned and held is not None:
        try:
            told = queries.propose(round_, held, actor)
        except Refused as refusal:
            problem = refusal.reason
        else:
            if shown:
                actions.look_ahead(round_=round_, told=told, by=actor)
    described = told.submission.as_at if told is not None else None
    days = (timezone.localdate() - described).days if described is not None else 0
    context = {
        "inspection": inspection, "round": round_, "told": told, "error": error, "problem": problem, "shown": shown,
        "old_days": days if days > OLD_LISTS else 0,
        "rule": _told_rule(inspection), "early": timezone.localdate() < round_.month,
        "state": queries.STATUSES[round_.status],
    }  # fmt: skip
    return render(request, "programme/draw.html", context, status=422 if error else 200)


def round_move(request: HttpRequest, round_: Any) -> HttpResponse:
    """Close a round, open it again, call it off, or plan it after all."""
    offered, key = _offered(round_), f"round-move-{round_.pk.hex}"
    form = MoveForm(
        request.POST if request.method == "POST" else None,
        offered=MOVES.items() if request.method == "POST" else offered,
    )
    if request.method == "POST" and form.is_valid():
        held = form.cleaned_data
        try:
            actions.move_round(
                round_=round_, to=held["to"], because=held["because"], version=held["version"],
                by=request.actor,  # type: ignore[attr-defined]
            )  # fmt: skip
        except Refused as refusal:
            if refusal.hidden:
                raise
            form.add_error("because", refusal.reason)
        else:
            forget_typed_text(form=f"{key}@{round_.inspection_id}", by=request.actor)  # type: ignore[attr-defined]
            messages.success(request, f"{round_}: what becomes of it is recorded.")
            return redirect("programme_round", inspection=round_.inspection_id, round_=round_.pk)
    context = {
        "inspection": round_.inspection, "round": round_, "form": form, "state": queries.STATUSES[round_.status],
        "offered": offered, "key": key,
    }  # fmt: skip
    return render(request, "programme/move.html", context, status=422 if form.errors else 200)


def due(request: HttpRequest, inspection: Any) -> HttpResponse:
    """What is due of whom: everybody for whoever sees every case, their own for an auditor."""
    actor, today = request.actor, timezone.localdate()  # type: ignore[attr-defined]
    mine = queries.mine(inspection, actor, today)
    everybody = cases.sees_every_case(actor, inspection)
    held = queries.rule_of(inspection)
    context = {
        "inspection": inspection, "mine": mine, "everybody": everybody, "today": today,
        "rows": queries.reminders(inspection, today) if everybody else [], "soon": held.soon if held else 5,
        "seen_today": mine is not None and mine.seen == today,
    }  # fmt: skip
    return render(request, "programme/due.html", context)


def seen(request: HttpRequest, part: Any) -> HttpResponse:
    """Say that one has seen what is due of one's own."""
    actions.see_reminder(inspection=part.inspection, by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, "It is recorded that you have seen what is due. You are reminded again tomorrow.")
    return redirect("programme_due", inspection=part.inspection.pk)


def themes(request: HttpRequest, inspection: Any) -> HttpResponse:
    """What the audits fall short on, round by round, and what of it is rising."""
    told = queries.themes(inspection, request.actor)  # type: ignore[attr-defined]
    return render(request, "programme/themes.html", {"inspection": inspection, "told": told})


def bring(request: HttpRequest, inspection: Any) -> HttpResponse:
    """Take the grades of a programme of the same council as its own audits of the children in this sample."""
    actor = request.actor  # type: ignore[attr-defined]
    sources, error = queries.sources(inspection, actor), ""
    if request.method == "POST":
        chosen = next((one for one in sources if str(one.inspection.pk) == request.POST.get("programme", "")), None)
        try:
            if chosen is None:
                raise Refused("Choose a programme.")
            told = actions.bring_own_audits(inspection=inspection, programme=chosen.inspection, by=actor)
        except Refused as refusal:
            if refusal.hidden:
                raise
            error = refusal.reason
        else:
            left = f" {told.stood} stood already and are left." if told.stood else ""
            say = messages.success if told.grades else messages.info
            none = "" if told.children else " Only children of both samples are brought, and there are none yet."
            say(
                request,
                f"{told.children} children of your samples were audited in the programme; {told.grades} grades are "
                f"written down as the council’s own.{left}{none}",
            )
            return redirect("programme_bring", inspection=inspection.pk)
    context = {"inspection": inspection, "sources": sources, "error": error}
    return render(request, "programme/bring.html", context, status=422 if error else 200)


_ALL = "inspections/<uuid:inspection>/programme/"
_ROUND = _ALL + "rounds/<uuid:round_>/"
_READ, _RUN, _NOTE = Permission.PROGRAMME_READ, Permission.PROGRAMME_RUN, Permission.AUDITOR_NOTE
_GET = inspections.get

DOORS: list[URLPattern] = [
    door(_ALL, programme, "programme", needs=_READ, about=_GET),
    door(_ALL + "rule/", rule, "programme_rule", needs=_RUN, to_change=_RUN, about=_GET),
    door(_ALL + "auditors/", auditors, "programme_auditors", needs=_READ, about=_GET),
    door(
        _ALL + "auditors/<uuid:auditor>/", auditor, "programme_auditor", needs=_NOTE, to_change=_NOTE,
        about=queries.auditor_desk,
    ),
    door(_ROUND, round_page, "programme_round", needs=_READ, about=queries.round_),
    door(_ROUND + "draw/", round_draw, "programme_round_draw", needs=_RUN, to_change=_RUN, about=queries.round_),
    door(_ROUND + "move/", round_move, "programme_round_move", needs=_RUN, to_change=_RUN, about=queries.round_),
    door(_ALL + "due/", due, "programme_due", needs=_READ, about=_GET),
    door(
        _ALL + "due/seen/", seen, "programme_seen", needs=Permission.CASE_REVIEW_WRITE,
        to_change=Permission.CASE_REVIEW_WRITE, about=inspections.own_part, reads=False,
    ),
    door(_ALL + "themes/", themes, "programme_themes", needs=_READ, about=_GET),
    door(
        _ALL + "own-audits/", bring, "programme_bring", needs=Permission.OWN_AUDIT_WRITE,
        to_change=Permission.OWN_AUDIT_WRITE, about=_GET, step_up=True,
    ),
]  # fmt: skip
