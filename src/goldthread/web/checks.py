"""What pages do where somebody checks what another wrote: decide with a note, or press once on what was seen."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from goldthread.apps.access.actions import Clash
from goldthread.apps.access.policy import Refused
from goldthread.apps.submissions.actions import forget_typed_text
from goldthread.domain.lifecycle import IllegalMove
from goldthread.web.finding_forms import BecauseForm
from goldthread.web.forms import sent_version
from goldthread.web.overtaken import overtaken_page


def or_error(form: Any, field: str, act: Callable[..., Any], **parts: Any) -> Any:
    """What an action gives; None where it refused, and then its reason stands at the field that the refusal names, or
    at this one. Whoever may not know of the thing is told nothing, as everywhere."""
    try:
        return act(**parts)
    except Refused as refusal:
        if refusal.hidden:
            raise
        named = getattr(refusal, "field", None)
        form.add_error(named if named in form.fields else field, refusal.reason)
    except IllegalMove as refusal:
        form.add_error(field, str(refusal))
    return None


def asked_why(request: HttpRequest, moved: Any, act: Callable[..., Any], says: Mapping[str, str]) -> HttpResponse:
    """A step back that needs a reason: the page that asks for it, and the step once it is given.

    `says` has the page's `title`, `explains`, `quote` and `button`, what is told when it is `done`, the `key` of the
    typed text, and the page to which it leads `back` with that page's name, `back_says`.
    """
    form = BecauseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        held = {name: form.cleaned_data[name] for name in ("because", "version")}
        if or_error(form, "because", act, by=request.actor, **held) is not None:  # type: ignore[attr-defined]
            forget_typed_text(form=f"{says['key']}@{moved.inspection_id}", by=request.actor)  # type: ignore[attr-defined]
            messages.success(request, says["done"])
            led: HttpResponse = redirect(says["back"])
            return led
    context = {"inspection": moved.inspection, "form": form, "says": says, "moved": moved, "key": says["key"]}
    return render(request, "findings/because.html", context, status=422 if form.errors else 200)


def decided(
    request: HttpRequest, form: Any, act: Callable[..., Any], *, says: str | Callable[[Any], str]
) -> bool:  # fmt: skip
    """Do what a checker decided, with the note and the version that the form has. False where the page is to be shown
    again: the form then has what is wrong, and what was typed. `says` is told after, or tells it of what was made."""
    words = {name: form.cleaned_data[name] for name in ("note", "version")}
    made = or_error(form, "note", act, by=request.actor, **words)  # type: ignore[attr-defined]
    if made is None:
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
