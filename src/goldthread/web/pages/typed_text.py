"""The address to which forms send what is being typed, and the sign that somebody is still here."""

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect

from goldthread.apps.access.permissions import Permission
from goldthread.apps.conversations import actions as conversations
from goldthread.apps.inspections import queries
from goldthread.apps.submissions import actions as submissions
from goldthread.web.doors import door
from goldthread.web.sessions import is_ours

LONGEST = 400_000
NEVER_KEPT = {"csrfmiddlewaretoken", "client_key", "typed_text"}


def typed_text(request: HttpRequest) -> HttpResponse:
    """Keep what is being typed, or discard what was kept. Answers 204 once it is on disk."""
    if "typed_text_discard" in request.POST:
        submissions.forget_typed_text(form=request.POST.get("typed_text_form", "")[:200], by=request.actor)  # type: ignore[attr-defined]
        following = request.POST.get("typed_text_next", "")
        return redirect(following if is_ours(request, following) else "home")
    form, fields = request.POST.get("form", ""), _fields(request.POST.get("fields", ""))
    if not form or len(form) > 200 or fields is None:
        return HttpResponseBadRequest()
    inspection = _inspection(request, request.POST.get("inspection", ""))
    if form.startswith(conversations.TYPED_HERE):
        if inspection is None:
            return HttpResponseBadRequest()
        conversations.keep_typing(form=form, fields=fields, inspection=inspection, by=request.actor)  # type: ignore[attr-defined]
        return HttpResponse(status=204)
    submissions.keep_typed_text(form=form, fields=fields, inspection=inspection, by=request.actor)  # type: ignore[attr-defined]
    return HttpResponse(status=204)


def _fields(text: str) -> dict[str, str | list[str]] | None:
    if len(text) > LONGEST:
        return None
    try:
        sent = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(sent, dict):
        return None
    kept: dict[str, str | list[str]] = {}
    for name, value in sent.items():
        if name in NEVER_KEPT or "password" in name:
            continue
        many = value if isinstance(value, list) else [value]
        if not all(isinstance(one, str) for one in many):
            return None
        kept[name] = many if isinstance(value, list) else value
    return kept


def _inspection(request: HttpRequest, text: str) -> Any:
    try:
        return queries.visible_to(request.actor).filter(pk=UUID(text)).first()  # type: ignore[attr-defined]
    except ValueError:
        return None


def still_here(request: HttpRequest) -> HttpResponse:
    """Being asked keeps the session alive. Gives a fresh token, so that a form left open can still be sent.

    Says whose session it is, so that a page left open by somebody else in the same browser does not take it.
    """
    return JsonResponse({"token": get_token(request), "who": request.actor.id})  # type: ignore[attr-defined]


_OWN = Permission.OWN_ACCOUNT
DOORS = [
    door("typed-text/", typed_text, "typed_text", needs=_OWN, to_change=_OWN, reads=False),
    door("still-here/", still_here, "still_here", needs=_OWN),
]
