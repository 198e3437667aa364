"""Pages: the sample. Planning a draw, checking the frame, drawing, proving, sharing out, letting the authority see."""

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
from goldthread.apps.cases.drawing import DrawPlan
from goldthread.apps.inspections import queries as inspections
from goldthread.apps.submissions import actions as submissions
from goldthread.domain import lifecycle
from goldthread.web.doors import door
from goldthread.web.files import attachment
from goldthread.web.forms import GovukForm, KeyForm, sent_version
from goldthread.web.overtaken import overtaken_page
from goldthread.web.presenters import draw_files

PAGE = 25
STATUSES = [(one.value, one.value.replace("-", " ").capitalize()) for one in lifecycle.Case] + [
    ("reserve", "In reserve")
]


class PlanForm(KeyForm, GovukForm):
    """How to draw: from what, whose files, divided by what, how many, with which seed, and what for."""

    submission = forms.ChoiceField(label="Submission to draw from", widget=forms.RadioSelect)
    population = forms.ChoiceField(label="Whose files", widget=forms.RadioSelect)
    strata = forms.MultipleChoiceField(
        label="Divide the files by", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Each part gets its fair share of the sample. Choose one or two; none for a plain draw.",
    )  # fmt: skip
    size = forms.IntegerField(
        label="How many files", min_value=1, max_value=5000,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"}),
        help_text="The next page says how precise “x of y files” will be.",
    )  # fmt: skip
    minimum = forms.IntegerField(
        label="At least this many of each part (optional)", required=False, min_value=0, max_value=1000,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"}),
        help_text="Left empty, two of each part, or one where two would take more than half of the sample.",
    )  # fmt: skip
    seed = forms.CharField(
        label="Seed", max_length=60,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "autocomplete": "off"}),
        help_text="Any word or number. The same seed draws the same children again, so that anybody can check that "
        "nobody was picked. Agree it before the data is seen where you can.",
    )  # fmt: skip
    purpose = forms.CharField(
        label="What the sample is for", max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="For example, files to review in the first week. Leave names out.",
    )  # fmt: skip
    instrument = forms.ChoiceField(label="Instrument on which the files are reviewed", widget=forms.RadioSelect)

    def __init__(self, *args: Any, inspection: Any, actor: Any, **kwargs: Any) -> None:
        """Offer what can be drawn from here."""
        super().__init__(*args, **kwargs)
        self.submissions = {str(one.pk): one for one in queries.submissions_to_draw_from(inspection, actor)}
        offered = {
            "submission": [(key, _submission_words(one)) for key, one in self.submissions.items()],
            "population": queries.population_choices(),
            "strata": queries.strata_choices(),
            "instrument": queries.instrument_choices(),
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def plan(self) -> DrawPlan:
        """The plan as it was filled in."""
        held = self.cleaned_data
        return DrawPlan(held["population"], tuple(held["strata"]), held["size"], held["seed"], held["minimum"])

    def chosen(self) -> Any:
        """The submission that was chosen."""
        return self.submissions[self.cleaned_data["submission"]]


def _submission_words(submission: Any) -> str:
    day = f", as at {submission.as_at:%-d %B %Y}" if submission.as_at else ""
    return f"{submission.label}{day}, received {timezone.localtime(submission.created_at):%-d %B %Y, %H:%M}"


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


def draw_new(request: HttpRequest, inspection: Any) -> HttpResponse:
    """Plan a draw; check who is in the frame and who is not; draw. Nothing is written before the last step."""
    actor = request.actor  # type: ignore[attr-defined]
    step = request.POST.get("step", "")
    form = PlanForm(request.POST or None, inspection=inspection, actor=actor, initial=_first_plan(inspection, actor))
    context: dict[str, Any] = {"inspection": inspection, "form": form}
    if not form.submissions:
        return render(request, "cases/draw_new.html", context)
    if request.method != "POST" or not form.is_valid() or step == "change":
        return render(request, "cases/draw_new.html", context, status=422 if form.errors else 200)
    try:
        if step != "draw":
            context |= {"preview": queries.preview(form.chosen(), form.plan()), "plan": form.cleaned_data}
            context |= {"submission": form.chosen(), "words": _plan_words(form), "sent": _sent(request)}
            return render(request, "cases/draw_check.html", context)
        held, plan = form.cleaned_data, form.plan()
        draw = actions.make_draw(
            inspection=inspection, submission=form.chosen(), purpose=held["purpose"], population=plan.population,
            strata_by=plan.strata_by, size=plan.size, seed=plan.seed, minimum_per_stratum=plan.minimum_per_stratum,
            instrument=held["instrument"], client_key=held["client_key"], by=actor,
        )  # fmt: skip
    except Refused as refusal:
        form.add_error(None, refusal.reason)
        return render(request, "cases/draw_new.html", context, status=422)
    messages.success(request, f"Draw {draw.number} is made: {draw.size:,} files. Now share them out.")
    return redirect("draw", inspection=inspection.pk, draw=draw.pk)


def _first_plan(inspection: Any, actor: Any) -> dict[str, Any]:
    # A seed that says where it comes from: nobody need wonder whether it was tried out.
    number = queries.draws(inspection, actor).count() + 1
    latest = queries.submissions_to_draw_from(inspection, actor)
    return {
        "submission": str(latest[0].pk) if latest else "", "population": "open-cases", "strata": ["service"],
        "size": 60, "seed": f"{inspection.authority}, {inspection.call_day:%-d %B %Y}, draw {number}"[:60],
        "instrument": queries.instrument_choices()[0][0],
    }  # fmt: skip


def _plan_words(form: PlanForm) -> dict[str, str]:
    held = form.cleaned_data
    strata = dict(queries.strata_choices())
    return {
        "population": dict(queries.population_choices())[held["population"]],
        "strata": ", ".join(strata[name] for name in held["strata"]) or "Nothing: a plain draw",
        "instrument": dict(queries.instrument_choices())[held["instrument"]],
    }


def _sent(request: HttpRequest) -> list[tuple[str, str]]:
    left_out = ("csrfmiddlewaretoken", "step", "typed_text")
    return [(name, value) for name in request.POST if name not in left_out for value in request.POST.getlist(name)]


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
        "strata_words": ", ".join(dict(queries.strata_choices())[name].lower() for name in draw.strata_by),
        "instrument": dict(queries.instrument_choices()).get(draw.instrument, draw.instrument),
        "may_allocate": queries.may(actor, Permission.CASE_ALLOCATE, draw),
        "may_release": queries.may(actor, Permission.DRAW_RELEASE, draw) and draw.released_at is None,
        "may_replace": queries.may(actor, Permission.DRAW_MAKE, draw),
        "may_look": decide(actor, Permission.VAULT_READ, draw.submission.target(), timezone.now()).allowed,
    }
    return render(request, "cases/draw.html", context)


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
    record = queries.draw_record(draw, list(cases))
    made = draw_files.as_file(record, form)
    actions.record_export(draw=draw, form=form, rows=len(record["cases"]), by=request.actor)  # type: ignore[attr-defined]
    return attachment(made, draw_files.TYPES[form], f"draw-{draw.number}.{form}")


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
    context = {"inspection": draw.inspection, "draw": draw, "shares": shares, "free": sum(one.more for one in shares)}
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
    return actions.allocate(cases=cases, to=people[to], by=request.actor, because=because, versions=versions)  # type: ignore[attr-defined]


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
    door(_AT + "new/", draw_new, "draw_new", needs=MAKE, to_change=MAKE, about=inspections.get),
    door(_DRAW, draw, "draw", needs=READ, about=queries.draw),
    door(_DRAW + "again/", draw_verify, "draw_verify", needs=READ, about=queries.draw),
    door(
        _DRAW + "record/", draw_export, "draw_export", needs=READ, to_change=READ, about=queries.draw, reads=False,
        step_up=True,
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
