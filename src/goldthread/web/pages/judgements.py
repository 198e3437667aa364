"""Pages: the table of judgements, one area's evidence beside its grades, and recording what the team decided."""

from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused, Target
from goldthread.apps.findings import actions, queries
from goldthread.apps.reports import queries as reports
from goldthread.apps.submissions.actions import forget_typed_text
from goldthread.domain.framework import OVERALL
from goldthread.domain.lifecycle import Challenge
from goldthread.web.checks import asked_why, or_error
from goldthread.web.doors import door
from goldthread.web.forms import sent_version
from goldthread.web.judgement_forms import JudgementForm
from goldthread.web.pages.evidence import may
from goldthread.web.presenters import areas, ground, judged


class AreaOf:
    """An area of an inspection as a door asks about it."""

    def __init__(self, inspection: Any, area: str) -> None:
        self.inspection, self.area = inspection, area

    def target(self) -> Target:
        """The team's rows of this inspection."""
        return queries.TeamWork(self.inspection).target()


def find_area(actor: Actor, inspection: UUID, area: str) -> AreaOf:
    """An area by its slug, or the whole. Raises Http404 where the framework knows none such."""
    found = queries.team_work(actor, inspection).inspection
    framework = areas.framework_of(found)
    if area not in {one.slug for one in framework.areas} and not (area == OVERALL and framework.overall):
        raise Http404
    return AreaOf(found, area)


def judgements(request: HttpRequest, work: Any) -> HttpResponse:
    """Every area: its grade, its status, what it rests on, which rules bite."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    inspection = work.inspection
    framework = areas.framework_of(inspection)
    context = {
        "inspection": inspection, "framework": framework, "rows": ground.table(inspection, actor),
        "tried": _tried(inspection, actor),
        "verdict": ground.whole(inspection, actor) if framework.graded else {},
    }  # fmt: skip
    return render(request, "judgements/table.html", context)


def _tried(inspection: Any, actor: Actor) -> str:
    """The grades as they stand, as the calculator takes them in its address."""
    stand = {one.area: one.grade for one in queries.judgements(inspection, actor) if one.grade and one.area != OVERALL}
    return f"?{urlencode(stand)}" if stand else ""


def judgement(request: HttpRequest, place: AreaOf) -> HttpResponse:
    """One area: what each grade looks like beside the evidence, the rules, and the form."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    inspection, area = place.inspection, place.area
    framework = areas.framework_of(inspection)
    rows = queries.area_standings(inspection, actor)
    standing = next(one for one in rows if one.slug == area)
    held = standing.judgement
    grades = [(one.slug, one.title) for one in framework.grades]
    initial = {"grade": held.grade, "reason": held.reason, "departs_because": held.departs_because} if held else {}
    form = JudgementForm(request.POST or None, grades=grades, initial=initial)
    key = f"judgement-{area}"
    if request.method == "POST" and form.is_valid() and _propose(place, form, actor) is not None:
        forget_typed_text(form=f"{key}@{inspection.pk}", by=actor)
        messages.success(request, f"The judgement is proposed: {framework.grade(form.cleaned_data['grade']).title}.")
        return redirect("judgement", inspection=inspection.pk, area=area)
    closed = held.closed_because() if held else ""
    agrees = held is not None and may(actor, Permission.JUDGEMENT_AGREE, held)
    context = {
        "inspection": inspection, "framework": framework, "standing": standing, "held": held, "form": form, "key": key,
        "version": held.version if held else 0, "closed": closed, "is_overall": area == OVERALL,
        "criteria": [] if area == OVERALL else [one.text for one in framework.area(area).criteria],
        "grades": areas.grade_choices(framework, area), "rules": ground.rules(framework, standing),
        "precedents": [ground.precedent_words(framework, standing.precedent)] if standing.precedent else [],
        "tried": _tried(inspection, actor),
        "falls": [] if area == OVERALL else ground.falls(framework, standing),
        "turns": ground.turns(framework, queries.turns_of(inspection, actor)) if area == OVERALL else [],
        "may_propose": framework.graded and not closed and may(actor, Permission.JUDGEMENT_PROPOSE, place),
        "may_agree": agrees and not closed, "may_reopen": agrees and bool(closed),
        "before": queries.before_agreeing(held, actor) if held and agrees and not closed else None,
        **ground.evidence_of(inspection, actor, standing), **judged.record(framework, standing, actor),
        "consistency": judged.consistency(framework, standing, queries.consistency(inspection, actor, rows, area)),
    }  # fmt: skip
    return render(request, "judgements/area.html", context, status=422 if form.errors else 200)


def _propose(place: AreaOf, form: JudgementForm, by: Actor) -> Any:
    words = {name: form.cleaned_data[name] for name in ("grade", "reason", "departs_because", "version")}
    return or_error(
        form, "grade", actions.propose_judgement, inspection=place.inspection, area=place.area, by=by, **words
    )


def find(actor: Actor, inspection: UUID, area: str) -> Any:
    """The judgement of an area, for those who may see it. Raises ObjectDoesNotExist."""
    return queries.judgement(actor, inspection, area)


def agree(request: HttpRequest, held: Any) -> HttpResponse:
    """Record the team's judgement, after showing what it rests on and what is missing."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    inspection = held.inspection
    if request.method == "POST":
        try:
            actions.agree_judgement(
                judgement=held, by=actor, version=sent_version(request), dissent_seen=_dissent_seen(request)
            )
        except Refused as refusal:
            messages.error(request, refusal.reason)
        else:
            messages.success(request, "The team's judgement is recorded.")
        return redirect("judgement", inspection=inspection.pk, area=held.area)
    standing = next(one for one in queries.area_standings(inspection, actor) if one.slug == held.area)
    framework = areas.framework_of(inspection)
    context = {
        "inspection": inspection, "held": held, "standing": standing, "rules": ground.rules(framework, standing),
        "departure": judged.departure(framework, standing), "before": queries.before_agreeing(held, actor),
        "closed": held.closed_because(), "worries": judged.worries(inspection, actor),
        "challenges": [one for one in judged.challenges(held, actor) if one["row"].status != Challenge.CLOSED],
        "dissents": [one for one in judged.dissents(framework, held) if one["row"].standing],
    }  # fmt: skip
    return render(request, "judgements/agree.html", context)


def _dissent_seen(request: HttpRequest) -> list[int]:
    sent = request.POST.getlist("dissent")
    return [int(one) for one in sent if one.isascii() and one.isdigit() and len(one) < 15]


def _holds(held: Any) -> str:
    """What opening a judgement again does to a report under embargo, as one more sentence; else nothing."""
    if not (under := reports.embargoed(held.inspection_id)):
        return ""
    which = " and ".join(f"version {one.report.number}" for one in under)
    return (
        f" Under embargo is {which} of the report, which gives this judgement: it is held back at once, and is not "
        "published at its moment."
    )


def reopen(request: HttpRequest, held: Any) -> HttpResponse:
    """Open an agreed judgement again, with a reason."""
    title = areas.titles(held.inspection)[held.area]
    holds = _holds(held)
    says = {
        "title": f"Open the judgement of “{title}” again?", "button": "Open it again",
        "explains": "It becomes a proposal and leaves the report until the team agrees it once more. "
        "An overall judgement that rests on it is marked “check again”." + holds,
        "done": f"The judgement of “{title}” is open again."
        + (" The report under embargo that gives it is held back." if holds else ""),
        "quote": held.reason, "back_says": title,
        "back": reverse("judgement", args=[held.inspection_id, held.area]), "key": f"judgement-because-{held.area}",
    }  # fmt: skip
    return asked_why(request, held, partial(actions.reopen_judgement, judgement=held), says)


_AT = "inspections/<uuid:inspection>/judgements/"
_ONE = _AT + "<slug:area>/"
_AGREE = Permission.JUDGEMENT_AGREE
DOORS = [
    door(_AT, judgements, "judgements", needs=Permission.JUDGEMENT_READ, about=queries.team_work),
    door(
        _ONE, judgement, "judgement",
        needs=Permission.JUDGEMENT_READ, to_change=Permission.JUDGEMENT_PROPOSE, about=find_area,
    ),
    door(_ONE + "agree/", agree, "agree_judgement", needs=_AGREE, to_change=_AGREE, about=find),
    door(_ONE + "reopen/", reopen, "reopen_judgement", needs=_AGREE, to_change=_AGREE, about=find),
]  # fmt: skip
