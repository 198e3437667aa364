"""Pages: the sample. What was drawn, proving it, sharing it out, letting the authority see it, replacing it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from goldthread.apps.access.actions import Clash
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Refused, decide
from goldthread.apps.cases import actions, queries
from goldthread.apps.inspections import queries as inspections
from goldthread.apps.submissions import actions as submissions
from goldthread.domain import lifecycle
from goldthread.web.doors import door
from goldthread.web.files import attachment, file_name
from goldthread.web.forms import GovukForm, KeyForm, sent_version
from goldthread.web.overtaken import overtaken_page
from goldthread.web.presenters import draw_files

PAGE = 25
STATUSES = [(one.value, one.value.replace("-", " ").capitalize()) for one in lifecycle.Case] + [
    ("reserve", "In reserve")
]


def draws(request: HttpRequest, own: Any) -> HttpResponse:
    """Every draw of the inspection that the actor may see."""
    inspection = own.inspection
    actor = request.actor  # type: ignore[attr-defined]
    may_draw = decide(actor, Permission.DRAW_MAKE, inspection.target(), timezone.now()).allowed
    context = {
        "inspection": inspection,
        "draws": queries.draws(inspection, actor),
        "may_draw": may_draw,
        "can_draw": may_draw and bool(queries.submissions_to_draw_from(inspection, actor)),
        "team": _team(request, inspection),
    }
    return render(request, "cases/draws.html", context)


def draw(request: HttpRequest, draw: Any) -> HttpResponse:
    """One draw: its record, its cases, who has them. The authority sees which files, and no more."""
    actor = request.actor  # type: ignore[attr-defined]
    team = _team(request, draw.inspection)
    chosen = {name: request.GET.get(name, "") for name in ("stratum", "status", "reviewer")} if team else {}
    cases = queries.cases_of_draw(draw, actor, **chosen)
    if team and not chosen["status"]:
        cases = cases.filter(reserve=False)
    context = {
        "inspection": draw.inspection,
        "draw": draw,
        "team": team,
        "sees_all": team and queries.sees_every_case(actor, draw.inspection),
        "page": Paginator(cases, PAGE).get_page(request.GET.get("page")),
        "chosen": chosen,
        "statuses": STATUSES,
        "reviewers": queries.reviewers(draw.inspection) if team else [],
        "leads": {one.person_id for one in inspections.current_members(draw.inspection, roles=("lead",))},
        "in_reserve": queries.cases_of_draw(draw, actor, status="reserve").count() if team else 0,
        "progress": queries.progress(draw.inspection, actor, draw) if team else None,
        "design": dict(queries.design_choices())[draw.design],
        "unknown": queries.unknown_children(draw) if team and _may_look(actor, draw) else [],
        "strata_words": ", ".join(dict(queries.strata_choices())[name].lower() for name in draw.strata_by),
        "instrument": queries.title_of(draw.instrument),
        "instrument_known": queries.held(draw.instrument) is not None,
        "instruments": queries.instrument_choices(),
        "may_allocate": queries.may(actor, Permission.CASE_ALLOCATE, draw),
        "may_release": queries.may(actor, Permission.DRAW_RELEASE, draw) and draw.released_at is None,
        "may_replace": queries.may(actor, Permission.DRAW_MAKE, draw),
        "may_look": _may_look(actor, draw),
    }
    return render(request, "cases/draw.html", context)


def _may_look(actor: Any, draw: Any) -> bool:
    return decide(actor, Permission.VAULT_READ, draw.submission.target(), timezone.now()).allowed


def draw_verify(request: HttpRequest, draw: Any) -> HttpResponse:
    """Draw again from the stored submission, and say whether it gives the same children."""
    proof, refusal = None, ""
    try:
        proof = queries.verify_draw(draw)
    except Refused as refused:
        refusal = refused.reason
    context = {"inspection": draw.inspection, "draw": draw, "proof": proof, "refusal": refusal}
    return render(request, "cases/draw_verify.html", context)


def draw_export(request: HttpRequest, draw: Any) -> HttpResponse:
    """The record of a draw as a file; the journal tells of it first."""
    form = request.POST.get("form", "")
    if form not in draw_files.TYPES:
        raise Refused("Choose JSON, CSV or Excel.")
    cases = queries.cases_of_draw(draw, request.actor)  # type: ignore[attr-defined]
    record = queries.draw_record(draw, list(cases), request.actor)  # type: ignore[attr-defined]
    made = draw_files.as_file(record, form)
    actions.record_export(draw=draw, form=form, rows=len(record["cases"]), by=request.actor)  # type: ignore[attr-defined]
    return attachment(made, draw_files.TYPES[form], file_name(f"draw-{draw.number}", form, of=draw.inspection))


def draw_allocate(request: HttpRequest, draw: Any) -> HttpResponse:
    """Give the chosen cases to one person, or share the free ones out evenly."""
    people = {str(person.pk): person for person in queries.reviewers(draw.inspection)}
    by = request.actor  # type: ignore[attr-defined]
    try:
        if request.POST.get("how") == "evenly":
            team = [people[key] for key in request.POST.getlist("inspectors") if key in people]
            if team and not request.POST.get("confirmed"):
                return _preview_shares(request, draw, team)
            given = actions.allocate_evenly(draw=draw, inspectors=team, by=by)
            says = f"{_files(len(given))} shared out." if given else "Every file has been given to somebody already."
        else:
            given = _give(request, draw, people)
            says = f"{_files(len(given))} given to {people[request.POST['to']].name}."
        messages.success(request, says)
    except Clash as clash:
        return _overtaken(request, draw, clash)
    except Refused as refusal:
        messages.error(request, refusal.reason)
    return redirect("draw", inspection=draw.inspection_id, draw=draw.pk)


def _preview_shares(request: HttpRequest, draw: Any, team: list[Any]) -> HttpResponse:
    """Who would get how many, before anything is given."""
    shares = queries.even_shares(draw, team)
    context = {
        "inspection": draw.inspection,
        "draw": draw,
        "shares": shares,
        "free": sum(one.more for one in shares),
        "apart": queries.nobody_may_have(draw, team),
    }
    return render(request, "cases/draw_shares.html", context)


def _overtaken(request: HttpRequest, draw: Any, clash: Clash) -> HttpResponse:
    # “All the same” is then said of the cases as they now are.
    sent = request.POST.copy()
    for case in queries.cases_of_draw(draw, request.actor):  # type: ignore[attr-defined]
        if f"version-{case.pk}" in sent:
            sent[f"version-{case.pk}"] = str(case.version)
    request.POST = sent  # type: ignore[assignment]
    return overtaken_page(request, clash, look=reverse("draw", args=[draw.inspection_id, draw.pk]))


def _give(request: HttpRequest, draw: Any, people: dict[str, Any]) -> list[Any]:
    to, wanted = request.POST.get("to", ""), set(request.POST.getlist("cases"))
    if to not in people:
        raise Refused("Choose who the files are given to.")
    seen = queries.cases_of_draw(draw, request.actor)  # type: ignore[attr-defined]
    cases = [case for case in seen if str(case.pk) in wanted]
    if not cases:
        raise Refused("Tick at least one file to give to somebody.")
    because = request.POST.get("because", "")
    versions = {case.pk: _number(request.POST.get(f"version-{case.pk}", "")) for case in cases}
    return actions.allocate(
        cases=cases, to=people[to], because=because, versions=versions,
        instrument=request.POST.get("instrument", ""), by=request.actor,  # type: ignore[attr-defined]
    )  # fmt: skip


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count:,} files"


def draw_release(request: HttpRequest, draw: Any) -> HttpResponse:
    """Let the authority see which files were drawn, after saying what it will see."""
    if request.method == "POST":
        version = sent_version(request)
        actions.release_draw(draw=draw, version=version, by=request.actor)  # type: ignore[attr-defined]
        messages.success(request, "The authority can now see which files were drawn.")
        return redirect("draw", inspection=draw.inspection_id, draw=draw.pk)
    return render(request, "cases/draw_release.html", {"inspection": draw.inspection, "draw": draw})


class ReplaceForm(KeyForm, GovukForm):
    """Why a draw is replaced."""

    because = forms.CharField(
        label="Why this draw is replaced", max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Somebody will ask whether children were picked. Leave names out.",
    )  # fmt: skip


def draw_supersede(request: HttpRequest, draw: Any) -> HttpResponse:
    """Replace a draw, with a reason, after saying what becomes of its cases."""
    form = ReplaceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.supersede_draw(
                draw=draw, because=form.cleaned_data["because"], version=form.cleaned_data["version"],
                by=request.actor,  # type: ignore[attr-defined]
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, refusal.reason)
        else:
            messages.success(request, f"Draw {draw.number} is closed. Make the draw that takes its place.")
            return redirect("draws", inspection=draw.inspection_id)
    progress = queries.progress(draw.inspection, request.actor, draw)  # type: ignore[attr-defined]
    context = {"inspection": draw.inspection, "draw": draw, "form": form, "progress": progress}
    return render(request, "cases/draw_supersede.html", context, status=422 if form.errors else 200)


def draw_who(request: HttpRequest, draw: Any) -> HttpResponse:
    """Which children these are, so that their files can be asked for: one look in the vault, in the journal."""
    cases = queries.cases_of_draw(draw, request.actor)  # type: ignore[attr-defined]
    rows = list(cases.filter(reserve=False).exclude(status=lifecycle.Case.SET_ASIDE))
    known = submissions.look_up(
        pseudonyms=[case.pseudonym for case in rows], inspection=draw.inspection, reason="ask-for-file",
        by=request.actor,  # type: ignore[attr-defined]
    )  # fmt: skip
    context = {
        "inspection": draw.inspection, "draw": draw, "rows": [(case, known.get(case.pseudonym)) for case in rows],
    }  # fmt: skip
    return render(request, "cases/draw_who.html", context)


def _team(request: HttpRequest, inspection: Any) -> bool:
    return queries.on_the_team(request.actor, inspection)  # type: ignore[attr-defined]


def _number(sent: str) -> int:
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0


_AT = "inspections/<uuid:inspection>/sample/"
_DRAW = _AT + "<uuid:draw>/"
READ, MAKE = Permission.DRAW_READ, Permission.DRAW_MAKE
DOORS = [
    door(_AT, draws, "draws", needs=READ, about=inspections.own_part),
    door(_DRAW, draw, "draw", needs=READ, about=queries.draw),
    door(_DRAW + "again/", draw_verify, "draw_verify", needs=READ, about=queries.draw),
    door(
        _DRAW + "record/", draw_export, "draw_export", needs=READ, to_change=READ, about=queries.draw, reads=False,
        step_up=True, file=True,
    ),
    door(
        _DRAW + "children/", draw_who, "draw_who", needs=READ, to_change=READ, about=queries.draw, reads=False,
        step_up=True,
    ),
    door(
        _DRAW + "allocate/", draw_allocate, "draw_allocate", needs=Permission.CASE_ALLOCATE,
        to_change=Permission.CASE_ALLOCATE, about=queries.draw, reads=False,
    ),
    door(
        _DRAW + "release/", draw_release, "draw_release", needs=Permission.DRAW_RELEASE,
        to_change=Permission.DRAW_RELEASE, about=queries.draw, step_up=True,
    ),
    door(_DRAW + "replace/", draw_supersede, "draw_supersede", needs=MAKE, to_change=MAKE, about=queries.draw),
]  # fmt: skip
