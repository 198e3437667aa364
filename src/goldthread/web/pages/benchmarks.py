"""Pages: the published figures that a submission is compared with; loading them; and as which authority to compare."""

from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, reverse

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Refused
from goldthread.apps.comparison import actions, files
from goldthread.apps.inspections import queries as inspection_queries
from goldthread.web.doors import door
from goldthread.web.forms import GovukForm, KeyForm


class LoadForm(KeyForm, GovukForm):
    """Handing in a file of published figures."""

    file = forms.FileField(
        label="File of published figures",
        help_text="A download of the Local Authority Interactive Tool, or a table of statistical neighbours: "
        "CSV (packed as .gz or not) or Parquet",
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.gz,.parquet"}),
    )


class CompareAsForm(KeyForm, GovukForm):
    """As which authority an inspection is compared."""

    authority = forms.ChoiceField(required=False, label="Compare as")
    model = forms.ChoiceField(required=False, label="Version of the neighbour model")

    def __init__(self, asked: Any, inspection: Any, found: Any, **more: Any) -> None:
        """Offer every authority, and the versions that are loaded."""
        super().__init__(asked, **more)
        models = list(reversed(found.neighbours.models)) if found.neighbours is not None else []
        itself = f"{inspection.authority} itself" if found.named else "Nobody: England only"
        self.fields["authority"].choices = [  # type: ignore[attr-defined]
            ("", itself), *((one.code, f"{one.name} ({one.region})") for one in files.offered())
        ]  # fmt: skip
        self.fields["model"].choices = [("", "The newest"), *((one, one) for one in models)]  # type: ignore[attr-defined]


def site(request: HttpRequest, shelf: Any) -> HttpResponse:
    """What is loaded for the whole installation."""
    return _page(request, shelf, reverse("site_benchmarks"))


def benchmarks(request: HttpRequest, shelf: Any) -> HttpResponse:
    """What one inspection is compared with."""
    return _page(request, shelf, reverse("benchmarks", args=[shelf.inspection.pk]))


def _page(request: HttpRequest, shelf: Any, here: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    form = LoadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            row = actions.load(
                inspection=shelf.inspection, upload=sent, label=sent.name,
                client_key=form.cleaned_data["client_key"], by=actor,
            )  # fmt: skip
        except Refused as refusal:
            form.add_error("file", refusal.reason)
        else:
            messages.success(request, f"{files.KINDS[row.kind]} loaded, and in force from now on. SHA-256 {row.sha256}")
            return redirect(here)
    context = {
        "inspection": shelf.inspection,
        "form": form,
        "here": here,
        "may_load": files.may_load(actor, shelf),
        # Always a fresh one: where the form is shown again, nothing came of the key that was sent.
        "fresh_key": uuid4(),
        "kinds": [(kind, words, files.loaded(shelf, kind)) for kind, words in files.KINDS.items()],
        "shipped": files.shipped(),
        "cap_megabytes": settings.UPLOAD_CAP_BYTES // (1024 * 1024),
        **(_beside(shelf.inspection) if shelf.inspection is not None else {}),
    }
    return render(request, "comparison/benchmarks.html", context, status=422 if form.errors else 200)


def _beside(inspection: Any) -> dict[str, Any]:
    found = files.beside(inspection)
    return {"beside": found, "choice": files.choice(inspection), "near": list(files.neighbours_here(found))}


def compare_as(request: HttpRequest, inspection: Any) -> HttpResponse:
    """As which authority the inspection is compared, and by which version of the neighbour model."""
    actor = request.actor  # type: ignore[attr-defined]
    held, found = files.choice(inspection), files.beside(inspection)
    form = CompareAsForm(
        request.POST or None, inspection, found, initial={"authority": held.authority, "model": held.model}
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        actions.compare_as(
            inspection=inspection, authority=said["authority"], model=said["model"], version=said["version"], by=actor
        )
        messages.success(request, "From now on the figures are compared so.")
        return redirect("benchmarks", inspection=inspection.pk)
    context = {
        "inspection": inspection, "form": form, "choice": held, "named": found.named,
    }  # fmt: skip
    return render(request, "comparison/compare_as.html", context, status=422 if form.errors else 200)


_AT = "inspections/<uuid:inspection>/benchmarks/"
_LOAD = Permission.BENCHMARK_LOAD

DOORS: list[URLPattern] = [
    door("benchmarks/", site, "site_benchmarks", needs=_LOAD, to_change=_LOAD, about=files.site_shelf),
    door(
        _AT, benchmarks, "benchmarks",
        needs=Permission.INSPECTION_READ, to_change=_LOAD, about=files.shelf,
    ),
    door(
        _AT + "compare-as/", compare_as, "compare_as",
        needs=_LOAD, to_change=_LOAD, about=inspection_queries.get,
    ),
]  # fmt: skip
