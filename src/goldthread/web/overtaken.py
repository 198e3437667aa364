"""The page for a move that somebody else overtook, made at an address that can only be posted to."""

from django.http import HttpRequest, HttpResponse

from goldthread.apps.access.actions import Clash
from goldthread.web.doors import clash_page


def overtaken_page(request: HttpRequest, clash: Clash, *, look: str) -> HttpResponse:
    """What happened meanwhile and what was typed. `look` is where the thing can be seen as it now is."""
    request.look_again = look  # type: ignore[attr-defined]
    return clash_page(request, clash)
