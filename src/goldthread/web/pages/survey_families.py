"""Pages: asking the family of every drawn child, and how many of them answered."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern
from django.utils import timezone

from goldthread.apps.access.permissions import Permission
from goldthread.apps.surveys import actions, queries
from goldthread.domain import surveys as domain
from goldthread.domain.surveys.drawn_families import LEFT_OUT
from goldthread.web.doors import door
from goldthread.web.forms import DateField, GovukForm, KeyForm
from goldthread.web.pages.surveys import OPEN_FOR
from goldthread.web.presenters import surveys as presenter
from goldthread.web.voice_acts import act, sent


class FamiliesForm(KeyForm, GovukForm):
    """Until when families can answer, and for each whether a letter goes to them."""

    closes = DateField(label="Last day to answer")


def families_form(cases: list[Any], *, opened: bool) -> type[FamiliesForm]:
    """The form of the families that were not written to yet; the day is asked before the survey is opened."""
    offered = [("", "Write to them"), *((slug, f"Leave out: {says}") for slug, says in LEFT_OUT.items())]
    fields: dict[str, Any] = {
        f"out-{one.pk}": forms.ChoiceField(required=False, label=f"Case {one.number}: {one.stratum}", choices=offered)
        for one in cases
    }
    if opened:
        fields["closes"] = None
    declare: Any = type(FamiliesForm)
    made: type[FamiliesForm] = declare("FamiliesOfADraw", (FamiliesForm,), fields)
    return made


def draw_families(request: HttpRequest, asked: Any) -> HttpResponse:
    """Write to the family of every drawn child in one press; afterwards, how many answered."""
    draw, survey = asked.draw, asked.survey
    rows = queries.families_of(draw)
    open_ = [one for one in rows if one.invited is None and not one.gone]
    initial = {f"out-{one.case.pk}": one.left_out for one in open_}
    form = families_form([one.case for one in open_], opened=survey is not None)(
        sent(request), initial={"closes": timezone.localdate() + OPEN_FOR, **initial}
    )

    def do() -> Any:
        told = form.cleaned_data
        out = {one.case.pk: told[name] for one in open_ if told.get(name := f"out-{one.case.pk}")}
        held = {"left_out": out, "closes": told.get("closes"), "client_key": told["client_key"]}
        return actions.ask_families(draw=draw, by=request.actor, **held)  # type: ignore[attr-defined]

    def to(_: Any) -> tuple[str, dict[str, Any]]:
        return "draw_families", {"inspection": draw.inspection_id, "draw": draw.pk}

    def says(_: Any) -> str:
        more = sum(not form.cleaned_data.get(f"out-{one.case.pk}") for one in open_)
        if not more:
            return "Nobody more is written to. Whom you left out, and why, is kept."
        return f"{more} famil{'y is' if more == 1 else 'ies are'} asked. Next: print the letters."

    if done := act(request, form, do, says=says, to=to):
        return done
    context = {
        "inspection": draw.inspection, "draw": draw, "survey": survey, "form": form, "open": open_,
        "left": form["closes"] if "closes" in form.fields else None, "fewest": domain.FEWEST,
        "choices": [form[f"out-{one.case.pk}"] for one in open_],
        "too_late": draw.closed_because() or (survey.closed_because() if survey else ""),
        **presenter.families(survey, rows),
    }  # fmt: skip
    return render(request, "surveys/families.html", context, status=422 if form.errors else 200)


DOORS: list[URLPattern] = [
    door("inspections/<uuid:inspection>/sample/<uuid:draw>/families/", draw_families, "draw_families",
         needs=Permission.SURVEY_RUN, to_change=Permission.SURVEY_RUN, about=queries.draw_families),
]  # fmt: skip
