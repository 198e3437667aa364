"""Pages: planning a draw. The design, the plan it asks for, how many files it takes, the frame, and the draw itself."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Refused
from goldthread.apps.cases import actions, queries
from goldthread.apps.cases.drawing import DrawPlan, Particulars
from goldthread.apps.cases.pasted import MOST
from goldthread.apps.inspections import queries as inspections
from goldthread.apps.submissions.queries import typed_text
from goldthread.domain import sampling
from goldthread.domain.sampling import Design
from goldthread.web.doors import door
from goldthread.web.forms import GovukForm, KeyForm
from goldthread.web.presenters.sample_sizes import SizeForm

_NUMBER = {"class": "govuk-input--width-4", "inputmode": "numeric"}
_LONGEST = 300_000

OWN: dict[Design, tuple[str, ...]] = {
    Design.PROPORTIONAL: ("population", "strata", "size", "minimum", "seed", "listed"),
    Design.SIMPLE: ("population", "size", "seed", "listed"),
    Design.NEYMAN: ("population", "strata", "expected", "size", "minimum", "seed", "listed"),
    Design.OVERSAMPLED: ("population", "strata", "times", "size", "minimum", "seed", "listed"),
    Design.SYSTEMATIC: ("population", "strata", "size", "seed", "listed"),
    Design.ONE_OF_SIBLINGS: ("population", "families", "size", "seed", "listed"),
    Design.DIP: ("theme", "size", "seed", "listed"),
    Design.HAND_PICKED: ("population", "picked"),
}
"""What each design asks, beside the submission, the purpose and the instrument, in the order of the page."""


class PlanForm(KeyForm, GovukForm):
    """How to draw: from what, whose files, divided by what, how many, with which seed, and what for."""

    submission = forms.ChoiceField(label="Submission to draw from", widget=forms.RadioSelect)
    population = forms.ChoiceField(label="Whose files", widget=forms.RadioSelect)
    theme = forms.ChoiceField(
        label="What the dip-sample looks at", widget=forms.RadioSelect,
        help_text="The children whom this list names, whether or not their case is still open.",
    )  # fmt: skip
    strata = forms.MultipleChoiceField(
        label="Divide the files by", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Choose one or two; none for a plain draw.",
    )  # fmt: skip
    expected = forms.CharField(
        label="What is expected in each part", required=False, max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="A part a line, a colon, and the share in per cent of what you look for, such as “In care: 80”. A "
        "part that is not named is taken as 50, the most mixed. The more mixed a part, the more of it is drawn.",
    )  # fmt: skip
    times = forms.CharField(
        label="Parts to over-sample", max_length=4000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="A part a line, a colon, and how many times its fair share it gets, such as “Care leaver: 3”. Where "
        "the files are divided by two things, a part has a dot between: “In care · 5 to 9: 2”.",
    )  # fmt: skip
    families = forms.CharField(
        label="Brothers and sisters", max_length=_LONGEST, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="A family a line: its children, by pseudonym or by the authority's ID, with commas between. A child "
        "in no line counts as a family of its own.",
    )  # fmt: skip
    picked = forms.CharField(
        label="Children picked by hand, and why", max_length=_LONGEST, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="A child a line, by pseudonym or by the authority's ID, then a comma and the reason, such as "
        "“C-0ABC123, named in a complaint”. Leave names out.",
    )  # fmt: skip
    size = forms.IntegerField(
        label="How many files", min_value=1, max_value=5000, widget=forms.TextInput(attrs=_NUMBER),
        help_text="The next page says how precise “x of y files” will be.",
    )  # fmt: skip
    minimum = forms.IntegerField(
        label="At least this many of each part (optional)", required=False, min_value=0, max_value=1000,
        widget=forms.TextInput(attrs=_NUMBER),
        help_text="Left empty, two of each part, or one where two would take more than half of the sample.",
    )  # fmt: skip
    seed = forms.CharField(
        label="Seed", max_length=60,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "autocomplete": "off"}),
        help_text="Any word or number. The same seed draws the same children again, so that anybody can check that "
        "nobody was picked. Agree it before the data is seen where you can.",
    )  # fmt: skip
    listed = forms.CharField(
        label="Only these children (optional)", required=False, max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Paste a list, a child a line, by pseudonym or by the authority's ID, to draw from it alone. The "
        "next page names whoever is on it and in none of the lists.",
    )  # fmt: skip
    purpose = forms.CharField(
        label="What the sample is for", max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="For example, files to review in the first week. Leave names out.",
    )  # fmt: skip
    instrument = forms.ChoiceField(
        label="Instrument on which the files are reviewed", widget=forms.RadioSelect,
        help_text="What each asks stands on the page of instruments. Single files can be given another later.",
    )  # fmt: skip

    def __init__(self, *args: Any, inspection: Any, actor: Any, design: Design, **kwargs: Any) -> None:
        """Offer what can be drawn from here, and ask what the design needs and no more."""
        super().__init__(*args, **kwargs)
        self.design = design
        self.submissions = {str(one.pk): one for one in queries.submissions_to_draw_from(inspection, actor)}
        offered = {
            "submission": [(key, _submission_words(one)) for key, one in self.submissions.items()],
            "population": queries.population_choices(),
            "theme": queries.theme_choices(),
            "strata": queries.strata_choices(),
            "instrument": queries.instrument_choices(),
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        for name in {name for names in OWN.values() for name in names} - set(OWN[design]):
            del self.fields[name]
        if design is Design.SYSTEMATIC:
            self.fields["strata"].label = "Put the files in order by"
            self.fields["strata"].help_text = "Then by pseudonym. Every part gets its share by itself."

    def asked(self) -> list[Any]:
        """The fields of the design, in the order of the page."""
        return [self[name] for name in ("submission", *OWN[self.design], "purpose", "instrument")]

    def clean_expected(self) -> Any:
        """The shares expected, by part."""
        return _read(sampling.named_numbers, self.cleaned_data["expected"], "the shares")

    def clean_times(self) -> Any:
        """How many times its fair share each part gets."""
        return _read(sampling.named_numbers, self.cleaned_data["times"], "the parts")

    def clean_families(self) -> Any:
        """Who is whose brother or sister."""
        return _few(_read(sampling.families_in, self.cleaned_data["families"]))

    def clean_picked(self) -> Any:
        """The children picked, with the reasons."""
        return _few(_read(sampling.picked_in, self.cleaned_data["picked"]))

    def clean_listed(self) -> Any:
        """The children of the list; None where nothing was pasted."""
        return _few(_read(sampling.children_in, self.cleaned_data["listed"])) or None

    def plan(self) -> DrawPlan:
        """The plan as it was filled in."""
        held = self.cleaned_data
        listed = held.get("listed")
        more = Particulars(
            held.get("expected") or {}, held.get("times") or {}, held.get("families") or {}, held.get("picked") or (),
            None if listed is None else tuple(listed),
        )  # fmt: skip
        size = held["size"] if "size" in held else len(more.picked)
        return DrawPlan(
            held.get("population") or held["theme"], tuple(held.get("strata") or ()), size, held.get("seed", ""),
            held.get("minimum"), self.design.value, more,
        )  # fmt: skip

    def chosen(self) -> Any:
        """The submission that was chosen."""
        return self.submissions[self.cleaned_data["submission"]]


def _read(how: Any, *words: Any) -> Any:
    try:
        return how(*words)
    except sampling.SamplingError as error:
        raise ValidationError(str(error)) from error


def _few(children: Any) -> Any:
    if len(children) > MOST:
        raise ValidationError(f"The list names {len(children):,} children; it may name {MOST:,}.")
    return children


def _submission_words(submission: Any) -> str:
    day = f", as at {submission.as_at:%-d %B %Y}" if submission.as_at else ""
    return f"{submission.label}{day}, received {timezone.localtime(submission.created_at):%-d %B %Y, %H:%M}"


def draw_new(request: HttpRequest, inspection: Any) -> HttpResponse:
    """Choose a design; plan a draw; check who is in the frame and who is not; draw. Nothing is written before that."""
    actor = request.actor  # type: ignore[attr-defined]
    step, design = request.POST.get("step", ""), _design(request, inspection)
    form = PlanForm(
        request.POST or None, inspection=inspection, actor=actor, design=design, initial=_first_plan(inspection, actor)
    )
    sizes = SizeForm(request.GET if "cases" in request.GET else None)
    context: dict[str, Any] = {
        "inspection": inspection, "form": form, "design": design.value, "designs": queries.design_choices(),
        "design_words": dict(queries.design_choices())[design.value], "sizes": sizes, "told": sizes.told(),
    }  # fmt: skip
    if not form.submissions:
        return render(request, "cases/draw_new.html", context)
    if request.method != "POST" or not form.is_valid() or step == "change":
        return render(request, "cases/draw_new.html", context, status=422 if form.errors else 200)
    try:
        plan = form.plan()
        if step != "draw":
            context |= {"preview": queries.preview(form.chosen(), plan, actor), "plan": plan}
            context |= {"submission": form.chosen(), "words": _plan_words(form, plan), "sent": _sent(request)}
            return render(request, "cases/draw_check.html", context)
        draw = actions.make_draw(
            inspection=inspection, submission=form.chosen(), purpose=form.cleaned_data["purpose"],
            population=plan.population, strata_by=plan.strata_by, size=plan.size, seed=plan.seed,
            minimum_per_stratum=plan.minimum_per_stratum, instrument=form.cleaned_data["instrument"],
            client_key=form.cleaned_data["client_key"], design=plan.design, more=plan.more, by=actor,
        )  # fmt: skip
    except Refused as refusal:
        form.add_error(None, refusal.reason)
        return render(request, "cases/draw_new.html", context, status=422)
    files = "1 file" if draw.size == 1 else f"{draw.size:,} files"
    messages.success(request, f"Draw {draw.number} is made: {files}. Now share them out.")
    return redirect("draw", inspection=inspection.pk, draw=draw.pk)


def _design(request: HttpRequest, inspection: Any) -> Design:
    said: Any = request.POST.get("design") or request.GET.get("design") or ""
    if "restore" in request.GET:
        # What was typed goes back into the form in which it was typed.
        kept = typed_text(request.actor, f"draw-new@{inspection.pk}")  # type: ignore[attr-defined]
        said = kept.fields.get("design", said) if kept else said
    return Design(said) if said in list(Design) else Design.PROPORTIONAL


def _first_plan(inspection: Any, actor: Any) -> dict[str, Any]:
    # A seed that says where it comes from: nobody need wonder whether it was tried out.
    number = queries.draws(inspection, actor).count() + 1
    latest = queries.submissions_to_draw_from(inspection, actor)
    return {
        "submission": str(latest[0].pk) if latest else "", "population": "open-cases", "strata": ["service"],
        "theme": "front-door", "size": 60,
        "seed": f"{inspection.authority}, {inspection.call_day:%-d %B %Y}, draw {number}"[:60],
        "instrument": queries.instrument_choices()[0][0],
    }  # fmt: skip


def _plan_words(form: PlanForm, plan: DrawPlan) -> dict[str, Any]:
    strata = dict(queries.strata_choices())
    whose = dict(queries.theme_choices() if form.design is Design.DIP else queries.population_choices())
    return {
        "population": whose[plan.population],
        "strata": ", ".join(strata[name] for name in plan.strata_by) or "Nothing: the frame is not divided",
        "instrument": dict(queries.instrument_choices())[form.cleaned_data["instrument"]],
        "purpose": form.cleaned_data["purpose"],
        "expected": [f"{name}: {share}%" for name, share in plan.more.expected.items()],
        "times": [f"{name}: {times} times" for name, times in plan.more.times.items()],
    }


def _sent(request: HttpRequest) -> list[tuple[str, str]]:
    left_out = ("csrfmiddlewaretoken", "step", "typed_text")
    return [(name, value) for name in request.POST if name not in left_out for value in request.POST.getlist(name)]


_NEW = "inspections/<uuid:inspection>/sample/new/"
MAKE = Permission.DRAW_MAKE
DOORS = [door(_NEW, draw_new, "draw_new", needs=MAKE, to_change=MAKE, about=inspections.get)]
