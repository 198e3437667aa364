"""Opening and closing a session: what every way in has in common."""

import time
from typing import Any

from allauth.account.internal.flows.login import clear_authentication_records
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from goldthread.apps.access import actions
from goldthread.apps.access.queries import actor_for
from goldthread.web.sign_in import SECOND_FACTOR_KEY

CHALLENGE = "second_factor_challenge"
CHALLENGE_SECONDS = 10 * 60
_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def open_for(request: HttpRequest, person: Any, *, second_factor: bool, following: str = "") -> HttpResponse:
    """Sign somebody in under a fresh session id, tell the journal, and lead them on."""
    request.session.pop(CHALLENGE, None)
    login(request, person, backend=_BACKEND)
    request.session["began_at"] = request.session["seen_at"] = time.time()
    if second_factor:
        request.session[SECOND_FACTOR_KEY] = time.time()
    else:
        request.session.pop(SECOND_FACTOR_KEY, None)
        clear_authentication_records(request)
    actions.record("SIGNED_IN", person=person, by=actor_for(person, second_factor=second_factor))
    return redirect(following if is_ours(request, following) else "home")


def challenge(request: HttpRequest, person: Any, following: str) -> HttpResponse:
    """The password was right and a second factor is set up: ask for its code next."""
    request.session.cycle_key()
    request.session[CHALLENGE] = {"person": str(person.pk), "at": time.time(), "following": following}
    return redirect("sign_in_code")


def challenged(request: HttpRequest) -> dict[str, Any] | None:
    """Who gave the right password and has yet to give a code; None where nobody did in the last ten minutes."""
    held: dict[str, Any] | None = request.session.get(CHALLENGE)
    if held and time.time() - held["at"] > CHALLENGE_SECONDS:
        request.session.pop(CHALLENGE, None)
        return None
    return held


def renew(request: HttpRequest, person: Any) -> None:
    """Keep this one session alive after a change that ended all the others."""
    strengthened = request.session.get(SECOND_FACTOR_KEY)
    login(request, person, backend=_BACKEND)
    # A moment later than the change, which is kept to the microsecond.
    request.session["began_at"] = request.session["seen_at"] = time.time() + 0.001
    if strengthened:
        request.session[SECOND_FACTOR_KEY] = strengthened


def close(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Sign out, and have the browser forget what it holds of us."""
    logout(request)
    answer["Clear-Site-Data"] = '"cookies", "storage"'
    return answer


def is_ours(request: HttpRequest, address: str) -> bool:
    """Whether an address that a request asks to be led to is one of our own pages."""
    return bool(address) and url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()})
