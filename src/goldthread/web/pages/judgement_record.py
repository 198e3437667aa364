"""Pages: dissent from a judgement, departures from rules, and judgements exactly as they were agreed."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Target
from goldthread.apps.findings import actions, queries
from goldthread.apps.submissions.actions import forget_typed_text
from goldthread.web.checks import decided, or_error, pressed
from goldthread.web.doors import door
from goldthread.web.judgement_forms import DepartureForm, DissentForm
from goldthread.web.presenters import areas, judged


def dissent(request: HttpRequest, held: Any) -> HttpResponse:
    """Record that one sees a judgement otherwise."""
    inspection, framework = held.inspection, areas.framework_of(held.inspection)
    grades = [(one.slug, one.title) for one in framework.grades if one.slug != held.grade]
    form = DissentForm(request.POST or None, grades=grades)
    key = f"judgement-dissent-{held.area}"
    if request.method == "POST" and form.is_valid():
        words = {name: form.cleaned_data[name] for name in ("grade", "because", "client_key", "version")}
        if or_error(form, "because", actions.dissent, judgement=held, by=request.actor, **words) is not None:  # type: ignore[attr-defined]
            forget_typed_text(form=f"{key}@{inspection.pk}", by=request.actor)  # type: ignore[attr-defined]
            messages.success(request, "Your dissent stands with the judgement.")
            return redirect(look(held))
    context = {
        "inspection": inspection, "held": held, "form": form, "key": key, "title": areas.titles(inspection)[held.area],
        "grade": framework.grade(held.grade).title,
    }  # fmt: skip
    return render(request, "judgements/dissent.html", context, status=422 if form.errors else 200)


def take_back(request: HttpRequest, dissent: Any) -> HttpResponse:
    """Take one's own dissent back."""
    act = partial(actions.take_back_dissent, dissent=dissent.row)
    return pressed(request, act, says="Your dissent is taken back. The record keeps it.", look=dissent.look)


def departure(request: HttpRequest, held: Any) -> HttpResponse:
    """Approve or decline that a judgement goes against a rule that normally holds."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    inspection, framework = held.inspection, areas.framework_of(held.inspection)
    standing = next(one for one in queries.area_standings(inspection, actor) if one.slug == held.area)
    form = DepartureForm(request.POST or None)
    key = f"judgement-departure-{held.area}"
    if request.method == "POST" and form.is_valid():
        approve = form.cleaned_data["decision"] == "approve"

        def act(*, note: str, version: int, by: Actor) -> Any:
            return actions.settle_departure(judgement=held, approve=approve, reason=note, version=version, by=by)

        says = "The judgement may go against the rule." if approve else "The judgement may not go against the rule."
        if decided(request, form, act, says=says):
            forget_typed_text(form=f"{key}@{inspection.pk}", by=actor)
            return redirect(look(held))
    context = {
        "inspection": inspection, "held": held, "form": form, "key": key, "title": standing.title,
        "grade": standing.grade_title, "departure": judged.departure(framework, standing),
        "closed": held.closed_because(),
    }  # fmt: skip
    return render(request, "judgements/departure.html", context, status=422 if form.errors else 200)


def state(request: HttpRequest, kept: Any) -> HttpResponse:
    """A judgement exactly as it was agreed once."""
    held = kept.row.judgement
    told = kept.row.content
    context = {
        "inspection": held.inspection, "held": held, "row": kept.row, "sound": kept.sound, "told": told,
        "title": areas.titles(held.inspection)[held.area],
        "approved_at": parse_datetime(told["departure"].get("approved_at", "")) if told["departure"] else None,
        **judged.state(areas.framework_of(held.inspection), kept.row),
    }  # fmt: skip
    return render(request, "judgements/state.html", context)


def look(held: Any) -> str:
    """Where the record of a judgement is seen."""
    found: str = reverse("judgement", args=[held.inspection_id, held.area])
    return f"{found}#record"


class OfJudgement:
    """A dissent, a challenge or a kept state as a door asks about it: it is of its judgement."""

    def __init__(self, row: Any, kept: Any = None) -> None:
        self.row = row
        self.inspection = row.judgement.inspection
        self.sound = bool(kept and kept.sound)
        self.look = look(row.judgement)

    def target(self) -> Target:
        """The judgement's own."""
        target: Target = self.row.judgement.target()
        return target


def find(actor: Actor, inspection: UUID, area: str) -> Any:
    """The judgement of an area, for those who may see it. Raises ObjectDoesNotExist."""
    return queries.judgement(actor, inspection, area)


def _dissent(actor: Actor, inspection: UUID, area: str, dissent: int) -> OfJudgement:
    return OfJudgement(queries.dissent_from(actor, inspection, area, dissent))


def _state(actor: Actor, inspection: UUID, area: str, agreed: int) -> OfJudgement:
    kept = queries.state_of(actor, inspection, area, agreed)
    return OfJudgement(kept.row, kept)


_ONE = "inspections/<uuid:inspection>/judgements/<slug:area>/"
_DISSENT, _ASSURE = Permission.JUDGEMENT_PROPOSE, Permission.JUDGEMENT_ASSURE
DOORS = [
    door(_ONE + "dissent/", dissent, "judgement_dissent", needs=_DISSENT, to_change=_DISSENT, about=find),
    door(
        _ONE + "dissents/<int:dissent>/take-back/", take_back, "judgement_dissent_back",
        needs=_DISSENT, to_change=_DISSENT, about=_dissent, reads=False,
    ),
    door(_ONE + "departure/", departure, "judgement_departure", needs=_ASSURE, to_change=_ASSURE, about=find),
    door(_ONE + "agreed/<int:agreed>/", state, "judgement_state", needs=Permission.JUDGEMENT_READ, about=_state),
]  # fmt: skip
