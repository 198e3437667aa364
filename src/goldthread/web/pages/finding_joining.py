"""Pages: merging a finding into another, and splitting one in two."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.findings import actions, queries
from goldthread.apps.submissions.actions import forget_typed_text
from goldthread.web.checks import or_error
from goldthread.web.doors import door
from goldthread.web.finding_forms import MergeForm, SplitForm


def merge(request: HttpRequest, finding: Any) -> HttpResponse:
    """Merge a draft into another of its area."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    drafts = queries.findings(finding.inspection, actor, area=finding.area, status="draft")
    asks = finding.kind == "enquiry"
    others = [one.finding for one in drafts if one.finding.pk != finding.pk and (one.finding.kind == "enquiry") == asks]
    if request.method != "POST" and (closed := finding.closed_because()):
        messages.error(request, closed)
        return redirect("finding", inspection=finding.inspection_id, finding=finding.pk)
    form = MergeForm(request.POST or None, others=others)
    if request.method == "POST" and form.is_valid():
        held = form.cleaned_data
        into = next(one for one in others if str(one.pk) == held["into"])
        words = {name: held[name] for name in ("because", "version")}
        if or_error(form, "into", actions.merge_findings, finding=finding, into=into, by=actor, **words) is not None:
            _forget("merge", finding, actor)
            messages.success(request, f"{finding.mark} is part of {into.mark} now, with all that it cited.")
            return redirect("finding", inspection=finding.inspection_id, finding=into.pk)
    context = {
        "inspection": finding.inspection, "finding": finding, "form": form, "others": others,
        "key": f"finding-merge-{finding.pk}",
    }  # fmt: skip
    return render(request, "findings/merge.html", context, status=422 if form.errors else 200)


def split(request: HttpRequest, finding: Any) -> HttpResponse:
    """Split a new draft off a draft."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    standing = queries.standing_of(finding, actor)
    if request.method != "POST" and (closed := finding.closed_because()):
        messages.error(request, closed)
        return redirect("finding", inspection=finding.inspection_id, finding=finding.pk)
    form = SplitForm(request.POST or None, citations=[*standing.supports, *standing.contradicts])
    if request.method == "POST" and form.is_valid():
        held = form.cleaned_data
        words = {name: held[name] for name in ("statement", "client_key", "version")}
        made = or_error(
            form, "statement", actions.split_finding, finding=finding, by=actor,
            citations=[int(one) for one in held["citations"]], **words,
        )  # fmt: skip
        if made is not None:
            _forget("split", finding, actor)
            messages.success(request, f"{made.mark} is split off {finding.mark}. Look at the words of both.")
            return redirect("finding", inspection=finding.inspection_id, finding=made.pk)
    context = {"inspection": finding.inspection, "finding": finding, "form": form, "key": f"finding-split-{finding.pk}"}
    return render(request, "findings/split.html", context, status=422 if form.errors else 200)


def _forget(what: str, finding: Any, actor: Actor) -> None:
    forget_typed_text(form=f"finding-{what}-{finding.pk}@{finding.inspection_id}", by=actor)


_ONE = "inspections/<uuid:inspection>/findings/<uuid:finding>/"
_WRITE = Permission.FINDING_WRITE
DOORS = [
    door(_ONE + "merge/", merge, "merge_finding", needs=_WRITE, to_change=_WRITE, about=queries.get),
    door(_ONE + "split/", split, "split_finding", needs=_WRITE, to_change=_WRITE, about=queries.get),
]
