"""Pages: a practitioner's own part. A review that was shown to them, saved as they type, sent once."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern
from django.utils import timezone

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Refused
from goldthread.apps.cases import actions, queries
from goldthread.apps.cases.actions import Typed
from goldthread.apps.inspections import queries as inspections
from goldthread.web.doors import door
from goldthread.web.forms import sent_version
from goldthread.web.presenters import practitioners_part as presenter

A_PAGE = 20


def my_parts(request: HttpRequest, own: Any) -> HttpResponse:
    """Every review that was shown to me here, those that wait first."""
    rows = list(queries.parts_visible_to(own.actor).filter(inspection=own.inspection))
    rows.sort(key=lambda one: (not one.released, one.due))
    context = {"inspection": own.inspection, "page_obj": Paginator(rows, A_PAGE).get_page(request.GET.get("page"))}
    return render(request, "practitioners/mine.html", context)


def my_part(request: HttpRequest, part: Any) -> HttpResponse:
    """One of them: what the review says, and what I say of it; read only once it was sent or is over."""
    if request.method == "POST":
        return _save_all(request, part)
    return render(request, "practitioners/part.html", _context(part, presenter.shown(part)))


def _context(part: Any, shown: Any) -> dict[str, Any]:
    return {
        "inspection": part.inspection, "part": part, "review": part.review, "case": part.review.case, "shown": shown,
        "closed": part.closed_because(), "overdue": part.overdue(), "taken_back": part.status == "taken-back",
    }  # fmt: skip


def _save_all(request: HttpRequest, part: Any) -> HttpResponse:
    """The whole page as a form: what works without scripts. What clashes is shown with both texts."""
    names = [name.removeprefix("version-") for name in request.POST if name.startswith("version-")]
    typed = {name: _typed(request.POST, name, f"-{name}") for name in names}
    try:
        _, clashes = actions.save_part(part=part, said=typed, by=request.actor)  # type: ignore[attr-defined]
    except Refused as refusal:
        sent = [(name, one.text()) for name, one in typed.items() if one.text()]
        context = {"reason": refusal.reason, "inspection": part.inspection, "part": part, "sent": sent}
        return render(request, "practitioners/refused.html", context, status=403)
    if clashes:
        fresh = queries.part(request.actor, part.inspection_id, part.pk)  # type: ignore[attr-defined]
        kept = {one.question: one.yours for one in clashes}
        shown = presenter.shown(fresh, typed=kept, clashes=clashes)
        return render(request, "practitioners/part.html", _context(fresh, shown), status=409)
    if request.POST.get("then") == "check":
        return redirect("my_part_send", inspection=part.inspection_id, part=part.pk)
    messages.success(request, "Everything is saved. Nothing is sent yet.")
    return redirect("my_part", inspection=part.inspection_id, part=part.pk)


def _typed(post: Mapping[str, Any], name: str, after: str) -> Typed:
    version = post.get(f"version{after}", "")
    number = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
    more = {"correct": post.get(f"more-correct-{name}", "")}
    return Typed(post.get(f"value{after}", ""), post.get(f"why{after}", ""), number, more)


def my_part_save(request: HttpRequest, part: Any) -> HttpResponse:
    """One question, saved as it is typed. Answers in JSON: the new version, or both texts of a clash, or why not."""
    question = request.POST.get("question", "")
    try:
        versions, clashes = actions.save_part(
            part=part, said={question: _typed(request.POST, question, "")}, by=request.actor,  # type: ignore[attr-defined]
        )  # fmt: skip
    except Refused as refusal:
        return JsonResponse({"says": refusal.reason}, status=403)
    if clashes:
        theirs, at = clashes[0].theirs, clashes[0].saved_at
        held = {"value": theirs.value, "why": theirs.why, "version": theirs.version, "more": dict(theirs.more)}
        return JsonResponse({"clash": {**held, "saved_at": f"{timezone.localtime(at):%H:%M}"}}, status=409)
    shown = presenter.shown(part)
    item = next(one for one in shown.items if one.question == question)
    return JsonResponse(
        {
            "version": versions.get(question, item.version), "answered": shown.spoken, "asked": len(shown.items),
            "missing": len(shown.bare), "saved_at": f"{timezone.localtime(item.saved_at or timezone.now()):%H:%M}",
        }
    )  # fmt: skip


def my_part_send(request: HttpRequest, part: Any) -> HttpResponse:
    """Read it through, then send it: once."""
    if (closed := part.closed_because()) and request.method != "POST":
        raise Refused(closed)
    refusal, status = "", 200
    if request.method == "POST":
        try:
            actions.send_part(part=part, version=sent_version(request), by=request.actor)  # type: ignore[attr-defined]
        except Refused as one:
            if closed:
                raise
            refusal, status = one.reason, 422
        else:
            messages.success(request, "Sent. The inspecting team reads it beside its own answers.")
            return redirect("my_part", inspection=part.inspection_id, part=part.pk)
        part = queries.part(request.actor, part.inspection_id, part.pk)  # type: ignore[attr-defined]
    context = {**_context(part, presenter.shown(part)), "refusal": refusal}
    return render(request, "practitioners/send.html", context, status=status)


_ALL = "inspections/<uuid:inspection>/your-part/"
_ONE = _ALL + "<uuid:part>/"
_OWN = Permission.PRACTITIONER_TAKE_PART
DOORS: list[URLPattern] = [
    door(_ALL, my_parts, "my_parts", needs=_OWN, about=inspections.own_part),
    door(_ONE, my_part, "my_part", needs=_OWN, to_change=_OWN, about=queries.part),
    door(_ONE + "save/", my_part_save, "my_part_save", needs=_OWN, to_change=_OWN, about=queries.part, reads=False),
    door(_ONE + "send/", my_part_send, "my_part_send", needs=_OWN, to_change=_OWN, about=queries.part),
]
