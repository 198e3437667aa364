"""Pages: the evidence shelf, one item with all that leans on it, and taking an item off the shelf."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused, decide
from goldthread.apps.evidence import actions, queries
from goldthread.apps.findings import queries as findings
from goldthread.web.doors import door
from goldthread.web.forms import GovukForm, KeyForm
from goldthread.web.presenters import areas, items, sources

A_PAGE = 25


class WithdrawForm(KeyForm, GovukForm):
    """Why an item no longer stands."""

    because = forms.CharField(
        max_length=300, label="Why it is withdrawn", widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Whoever wrote a finding that leans on it will read this. Name no child.",
        error_messages={"required": "Say why the item is withdrawn"},
    )  # fmt: skip


def shelf(request: HttpRequest, work: Any) -> HttpResponse:
    """Every item of the inspection: search, filter, sort, page by page."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    inspection = work.inspection
    asked = {name: request.GET.get(name, "").strip() for name in ("words", "kind", "area", "status", "order")}
    rows = queries.shelf(
        actor, inspection, words=asked["words"], kind=asked["kind"], area=asked["area"], status=asked["status"]
    )
    page = Paginator(rows.order_by("-number") if asked["order"] == "newest" else rows, A_PAGE).get_page(
        request.GET.get("page")
    )
    leaning, origins = findings.leaning_counts(page.object_list), items.origins(page.object_list)
    shorts = areas.shorts(inspection)
    context = {
        "inspection": inspection, "asked": asked, "page": page, "kinds": queries.kinds(),
        "areas": areas.choices(inspection), "statuses": queries.statuses(),
        "filtered": any(asked[name] for name in ("words", "kind", "area", "status")),
        "rows": [
            {"item": one, "areas": [shorts.get(slug, slug) for slug in one.areas], "leaning": leaning.get(one.pk, 0),
             "origin": origins.get(one.pk, "")}
            for one in page.object_list
        ],
        "may_cite": may(actor, Permission.FINDING_WRITE, work),
    }  # fmt: skip
    return render(request, "evidence/shelf.html", context)


def item(request: HttpRequest, item: Any) -> HttpResponse:
    """One item: what it says, where it came from, and what leans on it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    inspection = item.inspection
    source = findings.sources_of([item]).get(item.pk)
    shorts = areas.shorts(inspection)
    context = {
        "inspection": inspection, "item": item, "areas": [shorts.get(slug, slug) for slug in item.areas],
        "facts": items.facts(item), "leaning": findings.leaning_on(item, actor), "source": source,
        "source_address": sources.address(source, inspection),
        "may_cite": item.current and may(actor, Permission.FINDING_WRITE, item),
        "may_withdraw": item.current and may(actor, Permission.EVIDENCE_WITHDRAW, item),
        "replaced": list(item.replaces.all()),
    }  # fmt: skip
    return render(request, "evidence/item.html", context)


def withdraw(request: HttpRequest, item: Any) -> HttpResponse:
    """Take an item off the shelf, after saying what leans on it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    form = WithdrawForm(request.POST or None)
    leaning = findings.leaning_on(item, actor)
    if request.method == "POST" and form.is_valid():
        try:
            words = {name: form.cleaned_data[name] for name in ("because", "version")}
            actions.withdraw(item=item, by=actor, **words)
        except Refused as refusal:
            form.add_error("because", refusal.reason)
        else:
            told = f" {len(leaning)} findings that lean on it are marked “check again”." if leaning else ""
            messages.success(request, f"{item.mark} is withdrawn.{told}")
            return redirect("shelf_item", inspection=item.inspection_id, item=item.pk)
    context = {"inspection": item.inspection, "item": item, "form": form, "leaning": leaning}
    return render(request, "evidence/withdraw.html", context, status=422 if form.errors else 200)


def cite_item(request: HttpRequest, item: Any) -> HttpResponse:
    """Choose the finding in which an item is to be cited."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    asked = {name: request.GET.get(name, "").strip() for name in ("words", "area")}
    already = {one.finding_id for one in findings.leaning_on(item, actor)}
    found = findings.findings(item.inspection, actor, status="draft", words=asked["words"], area=asked["area"])
    shorts = areas.shorts(item.inspection)
    context = {
        "inspection": item.inspection, "item": item, "asked": asked, "areas": areas.choices(item.inspection),
        "rows": [
            {"standing": one, "area": shorts.get(one.finding.area, ""), "already": one.finding.pk in already}
            for one in found
        ],
    }  # fmt: skip
    return render(request, "evidence/cite_item.html", context)


def may(actor: Actor, permission: Permission, thing: Any) -> bool:
    """Whether the page should offer an act; the action asks again."""
    return decide(actor, permission, thing.target(), timezone.now()).allowed


_AT = "inspections/<uuid:inspection>/shelf/"
_ITEM = _AT + "<uuid:item>/"
DOORS = [
    door(_AT, shelf, "shelf", needs=Permission.EVIDENCE_READ, about=findings.team_work),
    door(_ITEM, item, "shelf_item", needs=Permission.EVIDENCE_READ, about=queries.get),
    door(
        _ITEM + "withdraw/", withdraw, "withdraw_item",
        needs=Permission.EVIDENCE_WITHDRAW, to_change=Permission.EVIDENCE_WITHDRAW, about=queries.get,
    ),
    door(_ITEM + "cite/", cite_item, "cite_item", needs=Permission.FINDING_WRITE, about=queries.get),
]  # fmt: skip
