"""What pages do where somebody checks what another wrote: decide with a note, or press once on what was seen."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from goldthread.apps.access.actions import Clash
from goldthread.apps.access.policy import Refused
from goldthread.domain.lifecycle import IllegalMove
from goldthread.web.forms import sent_version
from goldthread.web.overtaken import overtaken_page


def decided(
    request: HttpRequest, form: Any, act: Callable[..., Any], *, says: str | Callable[[Any], str]
) -> bool:  # fmt: skip
    """Do what a checker decided, with the note and the version that the form has. False where the page is to be shown
    again: the form then has what is wrong, and what was typed. `says` is told after, or tells it of what was made."""
    words = {name: form.cleaned_data[name] for name in ("note", "version")}
    try:
        made = act(by=request.actor, **words)  # type: ignore[attr-defined]
    except Refused as refusal:
        if refusal.hidden:
            raise
        form.add_error("note", refusal.reason)
        return False
    except IllegalMove as refusal:
        form.add_error("note", str(refusal))
        return False
    messages.success(request, says if isinstance(says, str) else says(made))
    return True


def pressed(request: HttpRequest, act: Callable[..., Any], *, says: str, look: str) -> HttpResponse:
    """Do what a button without a form asks, of what was seen on the page at `look`, and lead back there."""
    try:
        act(version=sent_version(request), by=request.actor)  # type: ignore[attr-defined]
    except Clash as clash:
        return overtaken_page(request, clash, look=look)
    except Refused as refusal:
        if refusal.hidden:
            raise
        messages.error(request, refusal.reason)
    else:
        messages.success(request, says)
    led: HttpResponse = redirect(look)
    return led
