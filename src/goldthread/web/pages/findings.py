"""Pages: the board of findings, writing one, and one finding with all that it rests on."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.documents import queries as documents
from goldthread.apps.evidence import queries as evidence
from goldthread.apps.findings import actions, queries
from goldthread.apps.submissions.actions import forget_typed_text
from goldthread.domain.search_words import key_words
from goldthread.domain.share_words import SHARE_WORDS
from goldthread.domain.watch.recurrence import THEMES
from goldthread.web.checks import asked_why, or_error
from goldthread.web.doors import door
from goldthread.web.finding_forms import FindingForm
from goldthread.web.forms import sent_version
from goldthread.web.pages import citations, finding_joining, finding_talk
from goldthread.web.pages.evidence import may
from goldthread.web.presenters import areas, board, task


def findings(request: HttpRequest, work: Any) -> HttpResponse:
    """The board: findings grouped by area, with what to be wary of in words."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    inspection = work.inspection
    asked = {
        name: request.GET.get(name, "").strip() for name in ("words", "kind", "area", "theme", "status", "warning")
    }
    asked["mine"] = "1" if request.GET.get("mine") else ""
    filters = {name: value for name, value in asked.items() if name != "mine"}
    found = queries.findings(inspection, actor, owner=actor.id if asked["mine"] else "", **filters)
    context = {
        "inspection": inspection, "asked": asked, "groups": board.groups(inspection, found), "count": len(found),
        "filtered": any(asked.values()), "areas": areas.choices(inspection), "offered": queries.choices(),
        "warnings": board.WARNINGS, "may_write": may(actor, Permission.FINDING_WRITE, work),
        "to_check": len(queries.check_again(inspection, actor)),
    }  # fmt: skip
    return render(request, "findings/board.html", context)


def triangulation(request: HttpRequest, work: Any) -> HttpResponse:
    """Which kinds of evidence speak for and against each finding, and what each area lacks."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    inspection = work.inspection
    library = {area: counts[0] for area, counts in documents.queue(actor, inspection).items()}
    context = {
        "inspection": inspection, "table": queries.triangulation(inspection, actor), "shorts": areas.shorts(inspection),
        "share_words": SHARE_WORDS, "months": queries.MONTHS_OF_EVIDENCE,
        "missing": [
            {"title": areas.titles(inspection)[slug], "slug": slug, "lacks": one,
             "kinds": [board.KIND_WORDS[kind][1] for kind in one.kinds_absent],
             "in_library": library.get(slug, 0) if "document" in one.kinds_absent else 0}
            for slug, one in queries.missing(inspection, actor).items()
        ],
        "unplaced": queries.under_no_area(inspection, actor),
    }  # fmt: skip
    return render(request, "findings/triangulation.html", context)


def new(request: HttpRequest, work: Any) -> HttpResponse:
    """Write a finding; from an item of the shelf, go on to cite it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    inspection = work.inspection
    item = _item(actor, inspection, request.POST.get("item") or request.GET.get("item") or "")
    first = item.areas[0] if item and item.areas else request.GET.get("area", "")
    form = FindingForm(request.POST or None, inspection=inspection, initial={"area": first})
    key = "finding-new"
    if request.method == "POST" and "alike" in request.POST:
        return _said_already(request, inspection, form, {"key": key, "item": item, "template": "findings/new.html"})
    if request.method == "POST" and form.is_valid():
        held = form.cleaned_data
        made = or_error(
            form, "statement", actions.write_finding, inspection=inspection, by=actor, client_key=held["client_key"],
            **_words(held),
        )  # fmt: skip
        if made is not None:
            forget_typed_text(form=f"{key}@{inspection.pk}", by=actor)
            messages.success(request, f"{made.mark} is written. Now cite the evidence that it rests on.")
            if item is not None:
                return redirect("cite", inspection=inspection.pk, finding=made.pk, item=item.pk)
            return redirect("finding", inspection=inspection.pk, finding=made.pk)
    context = {"inspection": inspection, "form": form, "key": key, "item": item}
    return render(request, "findings/new.html", context, status=422 if form.errors else 200)


def finding(request: HttpRequest, finding: Any) -> HttpResponse:
    """One finding: its words, the evidence on both sides, and what may be done with it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    inspection = finding.inspection
    writes = may(actor, Permission.FINDING_WRITE, finding)
    agrees = may(actor, Permission.FINDING_AGREE, finding)
    draft, agreed = finding.status == "draft", finding.status == "agreed"
    context = {
        "inspection": inspection, "finding": finding, "standing": queries.standing_of(finding, actor),
        "thread": board.thread(finding, inspection), "area": areas.titles(inspection).get(finding.area, finding.area),
        "criteria": [
            (one.text, key_words(one.text))
            for one in areas.framework_of(inspection).area(finding.area).criteria
            if one.id in finding.criteria
        ],
        "may_search": task.may(actor, Permission.DOCUMENT_READ, inspection),
        "themes": [THEMES[one].title for one in finding.themes if one in THEMES],
        **finding_talk.shown(actor, finding),
        "may_change": draft and writes, "may_agree": draft and agrees, "may_reopen": agreed and agrees,
        "may_withdraw": (draft and writes) or (agreed and agrees),
    }  # fmt: skip
    return render(request, "findings/finding.html", context)


def change(request: HttpRequest, finding: Any) -> HttpResponse:
    """Change a draft."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    inspection = finding.inspection
    names = ("area", "kind", "statement", "explanation", "confidence", "criteria", "themes")
    initial = {name: getattr(finding, name) for name in names}
    form = FindingForm(request.POST or None, inspection=inspection, initial=initial)
    key = f"finding-{finding.pk}"
    if request.method == "POST" and "alike" in request.POST:
        told = {"key": key, "finding": finding, "template": "findings/change.html"}
        return _said_already(request, inspection, form, told)
    if request.method == "POST" and form.is_valid():
        changed = or_error(
            form, "statement", actions.change_finding, finding=finding, by=actor, version=form.cleaned_data["version"],
            **_words(form.cleaned_data),
        )  # fmt: skip
        if changed is not None:
            forget_typed_text(form=f"{key}@{inspection.pk}", by=actor)
            messages.success(request, f"{finding.mark} is saved.")
            return redirect("finding", inspection=inspection.pk, finding=finding.pk)
    context = {"inspection": inspection, "finding": finding, "form": form, "key": key}
    closed = finding.closed_because()
    if closed and not form.is_bound:
        messages.error(request, closed)
        return redirect("finding", inspection=inspection.pk, finding=finding.pk)
    return render(request, "findings/change.html", context, status=422 if form.errors else 200)


def agree(request: HttpRequest, finding: Any) -> HttpResponse:
    """Record that the team agrees, after showing what the finding rests on and what to be wary of."""
    standing = queries.standing_of(finding, request.actor)  # type: ignore[attr-defined]
    if request.method == "POST":
        try:
            actions.agree(finding=finding, by=request.actor, version=sent_version(request))  # type: ignore[attr-defined]
        except Refused as refusal:
            messages.error(request, refusal.reason)
        else:
            messages.success(request, f"{finding.mark} is agreed. It can go into the report.")
        return redirect("finding", inspection=finding.inspection_id, finding=finding.pk)
    lacking = {one.code for one in standing.warnings} & {"no-evidence", "one-item"} or finding.kind == "enquiry"
    context = {"inspection": finding.inspection, "finding": finding, "standing": standing, "may_agree": not lacking,
               "open_comments": [one for one in queries.comments_on(finding) if one.open]}  # fmt: skip
    return render(request, "findings/agree.html", context)


def reopen(request: HttpRequest, finding: Any) -> HttpResponse:
    """Open an agreed finding again, with a reason."""
    says = {
        "title": f"Open {finding.mark} again?", "button": "Open it again",
        "explains": "It becomes a draft and leaves the report until the team agrees it once more. "
        "A judgement that rests on it is marked “check again”.",
        "done": f"{finding.mark} is a draft again.", **_of(finding),
    }  # fmt: skip
    return asked_why(request, finding, partial(actions.reopen, finding=finding), says)


def withdraw(request: HttpRequest, finding: Any) -> HttpResponse:
    """Withdraw a finding for good, with a reason."""
    says = {
        "title": f"Withdraw {finding.mark}?", "button": "Withdraw it",
        "explains": "This is final. The finding, its citations and your reason stay in the record, "
        "and it can go into no report.",
        "done": f"{finding.mark} is withdrawn.", **_of(finding),
    }  # fmt: skip
    return asked_why(request, finding, partial(actions.withdraw, finding=finding), says)


def _of(finding: Any) -> dict[str, str]:
    """What a page that asks for a reason says of a finding."""
    back = reverse("finding", args=[finding.inspection_id, finding.pk])
    return {
        "quote": finding.statement, "back": back, "back_says": finding.mark, "key": f"finding-because-{finding.pk}",
    }  # fmt: skip


def _words(held: dict[str, Any]) -> dict[str, Any]:
    names = ("area", "kind", "statement", "explanation", "confidence", "criteria", "themes")
    return {name: held[name] for name in names}


def _said_already(request: HttpRequest, inspection: Any, form: Any, told: dict[str, Any]) -> HttpResponse:
    """The form again as it was typed, nothing of it saved, with the findings that say most nearly the same."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    words = request.POST.get("statement", "")
    alike = queries.said_already(inspection, actor, words, other_than=told.get("finding"))
    form.errors.clear()
    context = {"inspection": inspection, "form": form, "alike": alike, "asked_alike": True, "words": words.strip()}
    return render(request, told["template"], {**context, **told})


def _item(actor: Actor, inspection: Any, sent: str) -> Any:
    """The item of the shelf from which a finding is begun; None where there is none that this person may see."""
    try:
        return evidence.visible_to(actor).filter(inspection=inspection, pk=UUID(sent)).first()
    except ValueError:
        return None


_AT = "inspections/<uuid:inspection>/findings/"
_ONE = _AT + "<uuid:finding>/"
_WRITE, _AGREE = Permission.FINDING_WRITE, Permission.FINDING_AGREE
DOORS = [
    door(_AT, findings, "findings", needs=Permission.EVIDENCE_READ, about=queries.team_work),
    door(
        _AT + "triangulation/", triangulation, "triangulation",
        needs=Permission.EVIDENCE_READ, about=queries.team_work,
    ),
    door(_AT + "new/", new, "write_finding", needs=_WRITE, to_change=_WRITE, about=queries.team_work),
    door(_ONE, finding, "finding", needs=Permission.EVIDENCE_READ, about=queries.get),
    door(_ONE + "change/", change, "change_finding", needs=_WRITE, to_change=_WRITE, about=queries.get),
    door(_ONE + "agree/", agree, "agree_finding", needs=_AGREE, to_change=_AGREE, about=queries.get),
    door(_ONE + "reopen/", reopen, "reopen_finding", needs=_AGREE, to_change=_AGREE, about=queries.get),
    # A draft is withdrawn by any who write findings; the action asks more of whoever withdraws an agreed one.
    door(_ONE + "withdraw/", withdraw, "withdraw_finding", needs=_WRITE, to_change=_WRITE, about=queries.get),
    *citations.DOORS, *finding_talk.DOORS, *finding_joining.DOORS,
]  # fmt: skip
