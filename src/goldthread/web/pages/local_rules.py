"""Pages: local rules of whoever hands data in: the versions, one of them with its rules, and withdrawing it."""

from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Refused
from goldthread.apps.inspections import queries as inspection_queries
from goldthread.apps.submissions import actions, local_rules, queries, trying
from goldthread.domain import lifecycle
from goldthread.kernel.local_rules import MOST_BYTES
from goldthread.web.doors import door
from goldthread.web.forms import GovukForm, KeyForm

A_PAGE = 25

MOST_RETURNS = 50
"""So many returns are offered to try a version on, the latest."""

TRIED = (lifecycle.LocalRules.UPLOADED, lifecycle.LocalRules.REPLACED)
"""How a version stands that can be tried: one in force is run anyway, and a withdrawn one is never run again."""


class RulesForm(KeyForm, GovukForm):
    """Handing in a file of local rules."""

    file = forms.FileField(
        label="A file of local rules",
        help_text="TOML, with [[rule]] before each rule. It is read as data, and nothing in it is run as a program.",
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".toml"}),
    )


class BecauseForm(KeyForm, GovukForm):
    """Withdrawing a version."""

    because = forms.CharField(
        max_length=280,
        label="Why it is withdrawn",
        help_text="Do not name a child. Whoever uploads data on your side may read it.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def versions(request: HttpRequest, part: Any) -> HttpResponse:
    """The versions that were uploaded, the latest first, and the form to upload another."""
    actor, inspection = part.actor, part.inspection
    if request.method == "POST" and "carry" in request.POST:
        return _carry(request, part)
    form = RulesForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            made = actions.upload_local_rules(
                inspection=inspection, data=sent.read(MOST_BYTES + 1), name=sent.name,
                client_key=form.cleaned_data["client_key"], by=actor,
            )  # fmt: skip
        except Refused as refusal:
            if refusal.hidden:
                raise
            form.add_error("file", refusal.reason)
        else:
            messages.success(request, f"Version {made.number} is kept. It counts once you put it in force.")
            return redirect("local_rules_version", inspection=inspection.pk, local_rules=made.pk)
    desk = queries.desk(actor, inspection.pk)
    context = {
        "inspection": inspection, "form": form, "fresh_key": uuid4(), "carry_key": uuid4(),
        "elsewhere": local_rules.from_elsewhere(actor, inspection, desk.side)[:MOST_RETURNS],
        "title": local_rules.called(inspection, desk.side), "now": local_rules.in_force(inspection, desk.side),
        "page_obj": Paginator(local_rules.versions(actor, inspection), A_PAGE).get_page(request.GET.get("page")),
    }  # fmt: skip
    return render(request, "local_rules/versions.html", context, status=422 if form.errors else 200)


def _carry(request: HttpRequest, part: Any) -> HttpResponse:
    """Take a copy of a version that another inspection of the authority has."""
    actor, inspection = part.actor, part.inspection
    asked = KeyForm({"client_key": request.POST.get("client_key", "")})
    side = queries.desk(actor, inspection.pk).side
    offered = {str(one.pk): one for one in local_rules.from_elsewhere(actor, inspection, side)}
    chosen = offered.get(request.POST["carry"])
    if chosen is None or not asked.is_valid():
        raise Refused("Choose rules of another inspection of this authority that are not withdrawn.")
    made = actions.carry_local_rules(
        rules=chosen, to=inspection, client_key=asked.cleaned_data["client_key"], by=actor
    )  # fmt: skip
    messages.success(request, f"Version {made.number} is kept: {made.origin}. It counts once you put it in force.")
    return redirect("local_rules_version", inspection=inspection.pk, local_rules=made.pk)


def version(request: HttpRequest, row: Any) -> HttpResponse:
    """The rules of one version, tried on a return where asked; sent, puts it in force."""
    if request.method == "POST":
        actions.put_in_force(rules=row, by=request.actor)  # type: ignore[attr-defined]
        messages.success(request, f"Version {row.number} is in force: returns read from now on are checked with it.")
        return redirect("local_rules", inspection=row.inspection_id)
    actor = request.actor  # type: ignore[attr-defined]
    returns = list(trying.can_be_tried_on(actor, row)[:MOST_RETURNS]) if row.status in TRIED else []
    on = next((one for one in returns if str(one.pk) == request.GET.get("on")), None)
    context = {
        "inspection": row.inspection, "row": row, "rules": local_rules.declared(row),
        "title": local_rules.called(row.inspection, row.side), "now": local_rules.in_force(row.inspection, row.side),
        "returns": returns, "tried": trying.tried(row, on) if on else None, "can_try": row.status in TRIED,
    }  # fmt: skip
    return render(request, "local_rules/version.html", context)


def withdraw(request: HttpRequest, row: Any) -> HttpResponse:
    """Withdraw a version, once it was confirmed with a reason."""
    form = BecauseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        held = form.cleaned_data
        actions.withdraw_local_rules(
            rules=row, because=held["because"], version=held["version"],
            by=request.actor,  # type: ignore[attr-defined]
        )  # fmt: skip
        messages.success(request, f"Version {row.number} is withdrawn. What was checked with it stays as it is.")
        return redirect("local_rules", inspection=row.inspection_id)
    context = {"inspection": row.inspection, "row": row, "form": form}
    return render(request, "local_rules/withdraw.html", context, status=422 if form.errors else 200)


_ALL = "inspections/<uuid:inspection>/data/local-rules/"
_ONE = _ALL + "<uuid:local_rules>/"
_UPLOAD = Permission.SUBMISSION_UPLOAD

DOORS: list[URLPattern] = [
    door(_ALL, versions, "local_rules", needs=_UPLOAD, to_change=_UPLOAD, about=inspection_queries.own_part),
    door(_ONE, version, "local_rules_version", needs=_UPLOAD, to_change=_UPLOAD, about=local_rules.get),
    door(_ONE + "withdraw/", withdraw, "local_rules_withdraw", needs=_UPLOAD, to_change=_UPLOAD, about=local_rules.get),
]
