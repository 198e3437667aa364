"""Pages: whether every review needs its practitioner's part before it counts, and letting single cases off."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Refused
from goldthread.apps.cases import actions, queries
from goldthread.apps.inspections import queries as inspections
from goldthread.apps.inspections.meanwhile import Overtaken
from goldthread.apps.submissions.actions import forget_typed_text
from goldthread.web.doors import door
from goldthread.web.forms import GovukForm, KeyForm, sent_version


class RequiredForm(KeyForm, GovukForm):
    """Whether every review needs the part, and why that is changed."""

    required = forms.ChoiceField(
        label="Does every review need its practitioner's part before it counts?", widget=forms.RadioSelect,
        choices=[("yes", "Yes: it is signed off once the part is given, or waived with a reason"),
                 ("no", "No: reviewers show a review where they see fit")],
    )  # fmt: skip
    because = forms.CharField(
        label="Why", max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It stands beside the setting, and the journal keeps it. Nothing about any child.",
    )  # fmt: skip


class WaiveForm(KeyForm, GovukForm):
    """Why a review counts without the part."""

    because = forms.CharField(
        label="Why does this review count without its practitioner's part?", max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}), help_text="The team reads it beside the review.",
    )  # fmt: skip


def parts_required(request: HttpRequest, inspection: Any) -> HttpResponse:
    """How the setting stands, and a form to change it."""
    held = queries.setting_of_parts(inspection)
    first = {"required": "yes" if held and held.required else "no"}
    form = RequiredForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            actions.require_parts(
                inspection=inspection, required=told["required"] == "yes", because=told["because"],
                version=told["version"] or 0, by=request.actor,  # type: ignore[attr-defined]
            )  # fmt: skip
        except Refused as refusal:
            if refusal.hidden:
                raise
            form.add_error("because", refusal.reason)
        else:
            key = f"parts-required@{inspection.pk}"
            forget_typed_text(form=key, by=request.actor)  # type: ignore[attr-defined]
            messages.success(request, "The setting is saved. What is signed off already stays as it is.")
            return redirect("parts_required", inspection=inspection.pk)
    context = {"inspection": inspection, "held": held, "form": form, "version": held.version if held else 0}
    return render(request, "practitioners/required.html", context, status=422 if form.errors else 200)


def part_waive(request: HttpRequest, review: Any) -> HttpResponse:
    """Let a case count without its practitioner's part."""
    form = WaiveForm(request.POST if request.method == "POST" else None)
    key = f"part-waive-{review.pk.hex}"
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            actions.waive_part(
                review=review, because=told["because"], client_key=told["client_key"], version=told["version"],
                by=request.actor,  # type: ignore[attr-defined]
            )  # fmt: skip
        except Overtaken:
            raise
        except Refused as refusal:
            if refusal.hidden:
                raise
            form.add_error("because", refusal.reason)
        else:
            forget_typed_text(
                form=f"{key}@{review.inspection_id}", by=request.actor  # type: ignore[attr-defined]
            )  # fmt: skip
            messages.success(request, "The practitioner's part is waived. The reason stands beside the review.")
            return redirect("case_review", inspection=review.inspection_id, review=review.pk)
    need = queries.need_of(review)
    context = {
        "inspection": review.inspection, "review": review, "case": review.case, "form": form, "key": key,
        "nothing": not form.is_bound and (need is None or need.met or not review.draft),
    }  # fmt: skip
    return render(request, "practitioners/waive.html", context, status=422 if form.errors else 200)


def part_require_again(request: HttpRequest, review: Any) -> HttpResponse:
    """Take a waiver back."""
    actions.require_part_again(review=review, version=sent_version(request), by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, "The waiver is taken back: the review needs its practitioner's part again.")
    return redirect("case_review", inspection=review.inspection_id, review=review.pk)


_ALL = "inspections/<uuid:inspection>/cases/practitioners/required/"
_REVIEW = "inspections/<uuid:inspection>/cases/reviews/<uuid:review>/"
_LEADS = Permission.CASE_ALLOCATE

DOORS: list[URLPattern] = [
    door(_ALL, parts_required, "parts_required", needs=_LEADS, to_change=_LEADS, about=inspections.get),
    door(_REVIEW + "waive-part/", part_waive, "part_waive", needs=_LEADS, to_change=_LEADS, about=queries.review),
    door(
        _REVIEW + "require-part/", part_require_again, "part_require_again", needs=_LEADS, to_change=_LEADS,
        about=queries.review, reads=False,
    ),
]  # fmt: skip
