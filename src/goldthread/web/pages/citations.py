"""Pages: citing the shelf in a finding, removing a citation, answering what speaks against it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused, Target
from goldthread.apps.evidence import queries as evidence
from goldthread.apps.findings import actions, queries
from goldthread.apps.submissions.actions import forget_typed_text
from goldthread.web.checks import or_error
from goldthread.web.doors import door
from goldthread.web.finding_forms import AnswerForm, CiteForm
from goldthread.web.forms import sent_version
from goldthread.web.presenters import areas, items

A_PAGE = 20


class Pair:
    """A finding and the item that is to be cited in it."""

    def __init__(self, finding: Any, item: Any) -> None:
        self.finding, self.item = finding, item

    def target(self) -> Target:
        """The finding is what is changed."""
        target: Target = self.finding.target()
        return target


def find_pair(actor: Actor, inspection: UUID, finding: UUID, item: UUID) -> Pair:
    """Both, where the actor may see both. Raises ObjectDoesNotExist."""
    return Pair(queries.get(actor, inspection, finding), evidence.get(actor, inspection, item))


class Cited:
    """A citation as a door asks about it: it is of its finding."""

    def __init__(self, citation: Any) -> None:
        self.citation = citation

    def target(self) -> Target:
        """The finding is what is changed."""
        target: Target = self.citation.finding.target()
        return target


def find_citation(actor: Actor, inspection: UUID, finding: UUID, citation: int) -> Cited:
    """A citation of a finding that the actor may see, removed or not. Raises ObjectDoesNotExist."""
    return Cited(queries.citation(actor, inspection, finding, citation))


def pick(request: HttpRequest, finding: Any) -> HttpResponse:
    """Search the shelf for what speaks for or against a finding."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    inspection = finding.inspection
    asked = {name: request.GET.get(name, "").strip() for name in ("words", "kind")}
    asked["area"] = request.GET.get("area", finding.area).strip()
    rows = evidence.shelf(actor, inspection, status="current", **asked)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    origins = items.origins(page.object_list)
    standing = queries.standing_of(finding, actor)
    cited = {one.item_id: one.stance for one in (*standing.supports, *standing.contradicts)}
    context = {
        "inspection": inspection, "finding": finding, "asked": asked, "page": page,
        "rows": [
            {"item": one, "stance": cited.get(one.pk, ""), "origin": origins.get(one.pk, "")}
            for one in page.object_list
        ],
        "kinds": evidence.kinds(), "areas": areas.choices(inspection),
    }  # fmt: skip
    return render(request, "findings/pick.html", context)


def cite(request: HttpRequest, pair: Pair) -> HttpResponse:
    """Say on which side of the finding the item stands, and why."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    finding, item = pair.finding, pair.item
    held = queries.live_citation(finding, item)
    form = CiteForm(request.POST or None, initial={"stance": held.stance, "why": held.why} if held else None)
    key = f"cite-{finding.pk}-{item.pk}"
    if request.method == "POST" and form.is_valid():
        words = {name: form.cleaned_data[name] for name in ("stance", "why", "version")}
        if or_error(form, "stance", actions.cite, finding=finding, item=item, by=actor, **words) is not None:
            forget_typed_text(form=f"{key}@{finding.inspection_id}", by=actor)
            side = "for" if form.cleaned_data["stance"] == "for" else "against"
            messages.success(request, f"{item.mark} is cited {side} {finding.mark}.")
            return redirect("finding", inspection=finding.inspection_id, finding=finding.pk)
    context = {
        "inspection": finding.inspection, "finding": finding, "item": item, "form": form, "key": key,
        "facts": items.facts(item), "held": held, "version": held.version if held else 0,
    }  # fmt: skip
    return render(request, "findings/cite.html", context, status=422 if form.errors else 200)


def remove(request: HttpRequest, cited: Cited) -> HttpResponse:
    """Take a citation off, after a page that says what that means."""
    citation = cited.citation
    finding = citation.finding
    if request.method == "POST":
        try:
            actions.remove_citation(citation=citation, version=sent_version(request), by=request.actor)  # type: ignore[attr-defined]
        except Refused as refusal:
            messages.error(request, refusal.reason)
        else:
            messages.success(request, f"{citation.item.mark} is no longer cited in {finding.mark}.")
        return redirect("finding", inspection=finding.inspection_id, finding=finding.pk)
    if citation.removed_at is not None:
        return _gone(request, citation)
    context = {"inspection": finding.inspection, "finding": finding, "citation": citation}
    return render(request, "findings/remove_citation.html", context)


def _gone(request: HttpRequest, citation: Any) -> HttpResponse:
    finding = citation.finding
    messages.info(request, f"{citation.item.mark} is no longer cited in {finding.mark}.")
    return redirect("finding", inspection=finding.inspection_id, finding=finding.pk)


def answer(request: HttpRequest, cited: Cited) -> HttpResponse:
    """Say why the finding stands in spite of an item."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    citation = cited.citation
    finding = citation.finding
    form = AnswerForm(request.POST or None, initial={"answer": citation.answer})
    key = f"answer-{citation.pk}"
    if request.method == "POST" and form.is_valid():
        words = {name: form.cleaned_data[name] for name in ("answer", "version")}
        if or_error(form, "answer", actions.answer_contrary, citation=citation, by=actor, **words) is not None:
            forget_typed_text(form=f"{key}@{finding.inspection_id}", by=actor)
            messages.success(request, f"The answer to {citation.item.mark} is saved.")
            return redirect("finding", inspection=finding.inspection_id, finding=finding.pk)
    if citation.removed_at is not None and not form.is_bound:
        return _gone(request, citation)
    context = {
        "inspection": finding.inspection, "finding": finding, "citation": citation, "form": form, "key": key,
    }  # fmt: skip
    return render(request, "findings/answer.html", context, status=422 if form.errors else 200)


_ONE = "inspections/<uuid:inspection>/findings/<uuid:finding>/"
_WRITE = Permission.FINDING_WRITE
DOORS = [
    door(_ONE + "cite/", pick, "cite_pick", needs=_WRITE, about=queries.get),
    door(_ONE + "cite/<uuid:item>/", cite, "cite", needs=_WRITE, to_change=_WRITE, about=find_pair),
    door(
        _ONE + "citations/<int:citation>/remove/", remove, "remove_citation",
        needs=_WRITE, to_change=_WRITE, about=find_citation,
    ),
    door(
        _ONE + "citations/<int:citation>/answer/", answer, "answer_contrary",
        needs=_WRITE, to_change=_WRITE, about=find_citation,
    ),
]  # fmt: skip
