"""Pages: the training of a team, when a reviewer is calibrated, and how reviewers agree on practice cases."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern
from django.utils import timezone

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Refused
from goldthread.apps.inspections import queries as inspections
from goldthread.apps.training import actions, queries
from goldthread.domain.agreement import FEW
from goldthread.domain.calibration import FEWEST_CASES, MOST_CASES, PROPOSED, Level
from goldthread.web.doors import door
from goldthread.web.exports import FORMATS, export
from goldthread.web.files import attachment, file_name
from goldthread.web.forms import GovukForm, KeyForm, WholeNumberField, sent_key
from goldthread.web.presenters import moderation as figures
from goldthread.web.presenters import training as presenter

NARROW = {"class": "govuk-input--width-3", "inputmode": "numeric"}


class LevelForm(KeyForm, GovukForm):
    """When a reviewer counts as calibrated."""

    per_cent = WholeNumberField(
        label="Answers as the model, in per cent", min_value=1, max_value=100, widget=forms.TextInput(attrs=NARROW),
        help_text="Of all questions but the urgent concern. That a question does not apply is an answer too.",
    )  # fmt: skip
    cases = WholeNumberField(
        label="Practice cases signed off, at least", min_value=FEWEST_CASES, max_value=MOST_CASES,
        widget=forms.TextInput(attrs=NARROW),
    )  # fmt: skip
    urgent = forms.BooleanField(
        required=False, label="No child whom the model finds unsafe may be overlooked",
        help_text="Whoever does not raise the urgent concern there is not calibrated, however alike the grades are.",
    )  # fmt: skip
    first_sight = forms.BooleanField(
        required=False, label="Only answers count that were given before the model answers were seen",
        help_text="Without it the latest attempt at a case counts.",
    )  # fmt: skip

    def level(self) -> Level:
        """What was written."""
        held = self.cleaned_data
        return Level(held["per_cent"], held["cases"], held["urgent"])


def training_inspection_new(request: HttpRequest) -> HttpResponse:
    """Open a training inspection of an invented authority, whoever presses becoming its lead."""
    if request.method == "POST":
        made = actions.open_training_inspection(client_key=sent_key(request), by=request.actor)  # type: ignore[attr-defined]
        messages.success(request, "The training inspection is open, and you lead it. Next, say who takes part.")
        return redirect("members", inspection=made.inspection_id)
    return render(request, "training/new_inspection.html", {"authority": actions.AUTHORITY, "training_page": True})


def training(request: HttpRequest, part: Any) -> HttpResponse:
    """The training of a team: the one that is open, or the latest, and those before."""
    held = queries.trainings(part.actor, part.inspection)
    return _page(request, part.inspection, held[0] if held else None, held[1:], latest=True)


def training_one(request: HttpRequest, training: Any) -> HttpResponse:
    """One training, whether it is open or was closed."""
    actor = request.actor  # type: ignore[attr-defined]
    others = [one for one in queries.trainings(actor, training.inspection) if one.pk != training.pk]
    return _page(request, training.inspection, training, others, latest=False)


def _page(request: HttpRequest, inspection: Any, training: Any, others: list[Any], *, latest: bool) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    everybody = queries.sees_everybodys(actor, inspection)
    context = {
        "inspection": inspection, "training": training, "others": others, "latest": latest, "training_page": True,
        "may_open": queries.may_open(actor, inspection), "everybody": everybody, "proposed": PROPOSED,
    }  # fmt: skip
    if training is not None:
        aside = queries.stands_aside(training, actor)
        reviews = queries.may(actor, Permission.PRACTICE_WRITE, training) and not aside
        context |= {
            "cases": queries.own_cases(training, actor), "aside": aside, "reviews": reviews,
            "progress": queries.progress(training) if everybody else [],
            "may_stand_aside": queries.may(actor, Permission.TRAINING_OPEN, training) and not aside,
        }  # fmt: skip
    return render(request, "training/training.html", context)


def training_new(request: HttpRequest, inspection: Any) -> HttpResponse:
    """Open a training for the team; where one is open, after saying that it is closed by that."""
    actor = request.actor  # type: ignore[attr-defined]
    if request.method == "POST":
        made = actions.open_training(inspection=inspection, client_key=sent_key(request), by=actor)
        messages.success(request, f"Training {made.number} is open. Its reviewers find the practice cases here.")
        return redirect("training", inspection=inspection.pk)
    held = queries.trainings(actor, inspection)
    context = {"inspection": inspection, "before": held[0] if held else None, "training_page": True}
    return render(request, "training/new.html", context)


def training_level(request: HttpRequest, training: Any) -> HttpResponse:
    """Say when a reviewer counts as calibrated."""
    level = training.level
    initial = {
        "per_cent": level.per_cent, "cases": level.cases, "urgent": level.urgent, "first_sight": training.first_sight,
    }  # fmt: skip
    form = LevelForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_level(
                training=training, level=form.level(), first_sight=form.cleaned_data["first_sight"],
                version=form.cleaned_data["version"], by=request.actor,  # type: ignore[attr-defined]
            )  # fmt: skip
        except Refused as refusal:
            if refusal.hidden:
                raise
            form.add_error("cases" if "cases" in refusal.reason else "per_cent", refusal.reason)
        else:
            messages.success(request, "The level is set. Everybody's standing is reckoned by it from now on.")
            return redirect("calibration", inspection=training.inspection_id, training=training.pk)
    context = {
        "inspection": training.inspection, "training": training, "form": form, "proposed": PROPOSED,
        "training_page": True,
    }  # fmt: skip
    return render(request, "training/level.html", context, status=422 if form.errors else 200)


def training_aside(request: HttpRequest, training: Any) -> HttpResponse:
    """Stand aside, after a page that says what it means."""
    refusal = ""
    if request.method == "POST":
        try:
            actions.stand_aside(training=training, by=request.actor)  # type: ignore[attr-defined]
        except Refused as refused:
            refusal = refused.reason
        else:
            messages.success(request, "You stand aside. You see every answer as it is signed off.")
            return redirect("calibration", inspection=training.inspection_id, training=training.pk)
    context = {"inspection": training.inspection, "training": training, "refusal": refusal, "training_page": True}
    return render(request, "training/aside.html", context, status=422 if refusal else 200)


def calibration(request: HttpRequest, training: Any) -> HttpResponse:
    """How reviewers stand against the model and against each other; a reviewer sees their own."""
    actor = request.actor  # type: ignore[attr-defined]
    told = queries.calibration(training, actor)
    context = {
        "inspection": training.inspection, "training": training, "told": told, "scales": presenter.scales(told),
        "stands": presenter.stands(told), "talk": presenter.talk(told), "few": FEW,
        "proposed": training.level == PROPOSED and training.first_sight,
        "coefficients": [which.value for which in figures.SHOWN], "training_page": True,
        "may_set": queries.may(actor, Permission.TRAINING_OPEN, training),
        "formats": [(name, words) for name, (words, _) in FORMATS.items()],
    }  # fmt: skip
    return render(request, "training/calibration.html", context)


def calibration_file(request: HttpRequest, training: Any) -> HttpResponse:
    """Every figure that the reader may see as a file, the journal saying so first."""
    form = request.POST.get("format", "")
    if form not in FORMATS:
        raise Refused("Choose an Excel workbook or a CSV file.")
    actor = request.actor  # type: ignore[attr-defined]
    table = presenter.table(queries.calibration(training, actor), by=actor.name, at=timezone.localtime())
    actions.record_export(training=training, form=form, rows=len(table.rows), by=actor)
    name = file_name(f"training-{training.number}-calibration", form, of=training.inspection)
    return attachment(export(table, form), FORMATS[form][1], name)


_ALL = "inspections/<uuid:inspection>/training/"
_ONE = _ALL + "<uuid:training>/"
_READ, _OPEN, _CREATE = Permission.TRAINING_READ, Permission.TRAINING_OPEN, Permission.INSPECTION_CREATE
DOORS: list[URLPattern] = [
    door("training/new/", training_inspection_new, "training_inspection_new", needs=_CREATE, to_change=_CREATE),
    door(_ALL, training, "training", needs=_READ, about=inspections.own_part),
    door(_ALL + "new/", training_new, "training_new", needs=_OPEN, to_change=_OPEN, about=inspections.get),
    door(_ONE, training_one, "training_one", needs=_READ, about=queries.training),
    door(_ONE + "level/", training_level, "training_level", needs=_OPEN, to_change=_OPEN, about=queries.training),
    door(_ONE + "aside/", training_aside, "training_aside", needs=_OPEN, to_change=_OPEN, about=queries.training),
    door(_ONE + "calibration/", calibration, "calibration", needs=_READ, about=queries.training),
    door(
        _ONE + "calibration/file/", calibration_file, "calibration_file", needs=_READ, to_change=_READ,
        about=queries.training, reads=False, step_up=True, file=True,
    ),
]  # fmt: skip
