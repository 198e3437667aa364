"""What every page of conversations does with a form that was sent: act, say where it is wrong, or go on."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from goldthread.apps.access.policy import Refused
from goldthread.apps.submissions.actions import forget_typed_text
from goldthread.domain.lifecycle import IllegalMove


def sent(request: HttpRequest) -> Any:
    """What was sent, for a form; None where the page is only looked at."""
    return request.POST if request.method == "POST" else None


def act(
    request: HttpRequest, form: Any, do: Callable[[], Any], *, says: Callable[[Any], str], key: str = "",
    inspection: Any = None, to: Callable[[Any], tuple[str, dict[str, Any]]],
) -> HttpResponse | None:  # fmt: skip
    """Do what a sound form asks and lead on. None where the page is to be shown (again): the form has what is wrong.

    `key` names the form whose kept text is then forgotten.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        done = do()
    except IllegalMove as refusal:
        if "to" not in form.fields:
            raise
        # What was chosen cannot become of it any more, and what was typed beside it is not lost.
        form.add_error("to", str(refusal))
        return None
    except Refused as refusal:
        if refusal.hidden:
            raise
        field = getattr(refusal, "field", None)
        form.add_error(field if field in form.fields else None, refusal.reason)
        return None
    if key:
        forget_typed_text(form=f"{key}@{inspection.pk}", by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, says(done))
    route, parts = to(done)
    led: HttpResponse = redirect(route, **parts)
    return led
