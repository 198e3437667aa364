"""Pages: accepting a query with a reason, and taking that back."""

from typing import Any
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, reverse

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Refused
from goldthread.apps.submissions import accepting, actions, queries
from goldthread.web.doors import door
from goldthread.web.forms import GovukForm, KeyForm

LONGEST = 2000
KEPT = ("local", "list", "rule", "severity", "team", "worker", "words", "sort", "page")
"""What of the address of the rows is gone back to."""
READ_BY = (
    "Do not name a child. It is kept with the data, and whoever may read the rows reads it: the team too, once the "
    "data is handed over."
)
READ_BY_OURS = "Do not name a child. It is kept with the data, and whoever of your side may read the rows reads it."
"""What local rules find does not cross to the other side, and neither does why it is right."""


class AcceptForm(KeyForm, GovukForm):
    """Which query, and why it is right."""

    rule = forms.CharField(max_length=12, widget=forms.HiddenInput)
    table = forms.CharField(max_length=40, widget=forms.HiddenInput)
    row = forms.IntegerField(min_value=1, max_value=2_000_000_000, widget=forms.HiddenInput)
    back = forms.CharField(required=False, max_length=600, widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Why is it right as it stands?", max_length=LONGEST, help_text=READ_BY,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip


def accept(request: HttpRequest, row: Any) -> HttpResponse:
    """One query, to be accepted, or with why it was; sent, accepts it or takes that back."""
    if request.method == "POST" and "take_back" in request.POST:
        return _take_back(request, row)
    actor = request.actor  # type: ignore[attr-defined]
    form = AcceptForm(
        request.POST or None, initial={name: request.GET.get(name, "") for name in ("rule", "table", "row", "back")}
    )
    issue = _issue(form, row)
    if issue and issue.rule in {one.rule for one in queries.rules_broken(row, local=True)}:
        form.fields["reason"].help_text = READ_BY_OURS
    if request.method == "POST" and form.is_valid():
        held = form.cleaned_data
        try:
            actions.accept(
                submission=row, rule=held["rule"], table=held["table"], row=held["row"], reason=held["reason"],
                client_key=held["client_key"], by=actor,
            )  # fmt: skip
        except Refused as refusal:
            if refusal.hidden:
                raise
            form.add_error("reason", refusal.reason)
        else:
            actions.forget_typed_text(form=f"{_key(row, issue)}@{row.inspection_id}", by=actor)
            messages.success(request, f"The query of rule {held['rule']} is accepted, and counted apart from now on.")
            return redirect(_rows(row, held["back"], held["rule"]))
    context = {
        "inspection": row.inspection, "submission": row, "form": form, "issue": issue, "key": _key(row, issue),
        "may_accept": accepting.may_accept(actor, row),
        "accepted": accepting.of_issues(row, [issue])[0] if issue else None,
        "back_to": _rows(row, str(form["back"].value() or ""), str(form["rule"].value() or "")),
        "can_be": issue is not None and accepting.key_of(issue) is not None,
    }  # fmt: skip
    return render(request, "submissions/accept.html", context, status=422 if form.errors else 200)


def _take_back(request: HttpRequest, row: Any) -> HttpResponse:
    try:
        wanted = UUID(request.POST.get("take_back", ""))
    except ValueError:
        raise Refused("This acceptance was taken back already, or there is none.") from None
    actions.reopen_accepted(submission=row, acceptance=wanted, by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, "The acceptance is taken back. The query counts again.")
    return redirect(_rows(row, request.POST.get("back", ""), request.POST.get("rule", "")))


def _issue(form: AcceptForm, row: Any) -> Any:
    """The issue that is named, where there is one; for whoever may read rows."""
    rule, table, number = (str(form[name].value() or "") for name in ("rule", "table", "row"))
    if not (row.readable and number.isascii() and number.isdigit() and len(number) < 10):
        return None
    return accepting.issue_at(row, rule, table, int(number))


def _key(row: Any, issue: Any) -> str:
    return f"accept-{row.pk.hex}" + (f"-{issue.rule}-{issue.table}-{issue.row}" if issue else "")


def _rows(row: Any, back: str, rule: str) -> str:
    """The rows with issues as they were filtered and turned to; otherwise those of the rule, where it is one."""
    kept = {name: value for name, value in parse_qsl(back) if name in KEPT}
    found = {one.rule: {"rule": one.rule} for one in queries.rules_broken(row)}
    found |= {one.rule: {"local": "1", "rule": one.rule} for one in queries.rules_broken(row, local=True)}
    asked = kept or found.get(rule, {})
    where = reverse("submission_issue_rows", args=[row.inspection_id, row.pk])
    return f"{where}?{urlencode(asked)}" if asked else where


_UPLOAD = Permission.SUBMISSION_UPLOAD

DOORS: list[URLPattern] = [
    door(
        "inspections/<uuid:inspection>/data/<uuid:submission>/issues/accept/", accept, "submission_accept",
        needs=_UPLOAD, to_change=_UPLOAD, about=queries.get,
    ),
]  # fmt: skip
