"""Pages: what may be hard to read in a child's file."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern

from goldthread.apps.access.permissions import Permission
from goldthread.apps.cases import actions, queries
from goldthread.domain.content_notices import KINDS
from goldthread.web.doors import door
from goldthread.web.forms import GovukForm, KeyForm


class ContentNoticeForm(KeyForm, GovukForm):
    """Which kinds of content the file holds."""

    kinds = forms.MultipleChoiceField(
        required=False, label="What may be hard to read in this file?", choices=list(KINDS.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text="Choose whatever the next reader should know before they open it. Choose nothing to take it away.",
    )  # fmt: skip


def content_notice(request: HttpRequest, case: Any) -> HttpResponse:
    """Say of what kind a file is, for whoever opens it next."""
    chosen = {"kinds": case.content_kinds.split(",") if case.content_kinds else []}
    form = ContentNoticeForm(request.POST or None, initial=chosen)
    if request.method == "POST" and form.is_valid():
        held = form.cleaned_data
        actions.set_content_notice(
            case=case, kinds=held["kinds"], version=held["version"],
            by=request.actor,  # type: ignore[attr-defined]
        )  # fmt: skip
        messages.success(request, "Whoever opens this file is told." if held["kinds"] else "The notice is taken away.")
        return redirect("case", inspection=case.inspection_id, case=case.pk)
    context = {"inspection": case.inspection, "case": case, "form": form}
    return render(request, "cases/content_notice.html", context, status=422 if form.errors else 200)


_READ = Permission.CASE_READ

DOORS: list[URLPattern] = [
    door(
        "inspections/<uuid:inspection>/cases/<uuid:case>/content-notice/", content_notice, "content_notice",
        needs=_READ, to_change=_READ, about=queries.case,
    ),
]  # fmt: skip
