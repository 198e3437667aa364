"""Pages: the meetings that moderate judgements, who was there, and what was decided of each judgement."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.findings import actions, queries
from goldthread.apps.meetings.queries import in_the_team
from goldthread.apps.submissions.actions import forget_typed_text
from goldthread.web.checks import or_error
from goldthread.web.doors import door
from goldthread.web.judgement_forms import DecidedForm, ModerationForm
from goldthread.web.pages.evidence import may
from goldthread.web.presenters import areas


def meetings(request: HttpRequest, work: Any) -> HttpResponse:
    """Every moderation meeting, and which judgements each discussed."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    shorts = areas.shorts(work.inspection)
    rows = [
        {"row": one, "there": queries.at_moderation(one),
         "areas": [shorts[each.judgement.area] for each in queries.discussed_in(one)]}
        for one in queries.moderation_meetings(actor, work.inspection)
    ]  # fmt: skip
    context = {
        "inspection": work.inspection,
        "rows": rows,
        "may_write": may(actor, Permission.JUDGEMENT_MODERATE, work),
    }
    return render(request, "judgements/meetings.html", context)


def meeting_new(request: HttpRequest, work: Any) -> HttpResponse:
    """Write down that a moderation meeting was held."""
    inspection = work.inspection
    form = ModerationForm(request.POST or None, team=in_the_team(inspection))
    if request.method == "POST" and form.is_valid():
        held = form.cleaned_data
        try:
            made = actions.record_moderation(
                inspection=inspection, day=held["day"], attended=[form.team[key] for key in held["attended"]],
                client_key=held["client_key"], by=request.actor,  # type: ignore[attr-defined]
            )  # fmt: skip
        except Refused as refusal:
            if refusal.hidden:
                raise
            form.add_error("day" if "day" in refusal.reason else "attended", refusal.reason)
        else:
            messages.success(request, "The meeting is written down. Next, say what it decided.")
            return redirect("moderation_meeting", inspection=inspection.pk, moderation=made.pk)
    context = {"inspection": inspection, "form": form}
    return render(request, "judgements/meeting_new.html", context, status=422 if form.errors else 200)


def meeting(request: HttpRequest, held: Any) -> HttpResponse:
    """One moderation meeting: who was there, which judgements were discussed and what was decided."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    inspection = held.inspection
    framework, titles = areas.framework_of(inspection), areas.titles(inspection)
    rows = [
        {"row": one, "title": titles[one.judgement.area], "then": framework.grade(one.of_grade).title,
         "now": framework.grade(one.judgement.grade).title, "moved": one.judgement.version != one.of_version}
        for one in queries.discussed_in(held)
    ]  # fmt: skip
    context = {
        "inspection": inspection, "meeting": held, "there": queries.at_moderation(held), "rows": rows,
        "may_write": may(actor, Permission.JUDGEMENT_MODERATE, held),
    }  # fmt: skip
    return render(request, "judgements/meeting.html", context)


def meeting_decide(request: HttpRequest, held: Any) -> HttpResponse:
    """Write down what a meeting decided of one judgement."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    inspection, key = held.inspection, f"moderation-{held.pk}"
    titles = areas.titles(inspection)
    offered = [(one.area, titles[one.area]) for one in queries.judgements(inspection, actor)]
    asked = request.GET.get("area", "")
    said = {one.judgement.area: one.decided for one in queries.discussed_in(held)}
    form = DecidedForm(request.POST or None, areas=offered, initial={"area": asked, "decided": said.get(asked, "")})
    if request.method == "POST" and form.is_valid():
        words = {name: form.cleaned_data[name] for name in ("area", "decided", "version")}
        if or_error(form, "decided", actions.decide_of, meeting=held, by=actor, **words) is not None:
            forget_typed_text(form=f"{key}@{inspection.pk}", by=actor)
            messages.success(request, f"What was decided of “{titles[words['area']]}” is written down.")
            return redirect("moderation_meeting", inspection=inspection.pk, moderation=held.pk)
    context = {"inspection": inspection, "meeting": held, "form": form, "key": key, "offered": offered}
    return render(request, "judgements/meeting_decide.html", context, status=422 if form.errors else 200)


def _find(actor: Actor, inspection: UUID, moderation: UUID) -> Any:
    return queries.moderation_meeting(actor, inspection, moderation)


_AT = "inspections/<uuid:inspection>/moderation-meetings/"
_ONE = _AT + "<uuid:moderation>/"
_READ, _WRITE = Permission.JUDGEMENT_READ, Permission.JUDGEMENT_MODERATE
DOORS = [
    door(_AT, meetings, "moderation_meetings", needs=_READ, about=queries.team_work),
    door(_AT + "new/", meeting_new, "moderation_meeting_new", needs=_WRITE, to_change=_WRITE, about=queries.team_work),
    door(_ONE, meeting, "moderation_meeting", needs=_READ, about=_find),
    door(_ONE + "decide/", meeting_decide, "moderation_meeting_decide", needs=_WRITE, to_change=_WRITE, about=_find),
]  # fmt: skip
