"""Opening and closing a session: what every way in has in common."""

import time
from typing import Any

from allauth.account.internal.flows.login import clear_authentication_records
from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from goldthread.apps.access import actions
from goldthread.apps.access.queries import actor_for
from goldthread.web import devices
from goldthread.web.sign_in import SECOND_FACTOR_KEY

CHALLENGE = "second_factor_challenge"
CHALLENGE_SECONDS = 10 * 60
ID = "open_session"
"""Under which a session names itself among those that its owner sees."""
PROVED_AT = "proved_at"
"""When whoever holds the session last gave the password, and the code where one is asked for."""
_BACKEND = "goldthread.web.sign_in.Accounts"


def begin(request: HttpRequest, person: Any, *, second_factor: bool) -> None:
    """Sign somebody in under a fresh session id, and tell the journal."""
    request.session.pop(CHALLENGE, None)
    login(request, person, backend=_BACKEND)
    if second_factor:
        request.session[SECOND_FACTOR_KEY] = time.time()
    else:
        request.session.pop(SECOND_FACTOR_KEY, None)
        clear_authentication_records(request)
    actor = actor_for(person, second_factor=second_factor)
    actions.record("SIGNED_IN", person=person, by=actor)
    _start_clock(request, person, time.time())


def open_for(request: HttpRequest, person: Any, *, second_factor: bool, following: str = "") -> HttpResponse:
    """Sign somebody in, and lead them on."""
    begin(request, person, second_factor=second_factor)
    return redirect(following if is_ours(request, following) else "home")


def _start_clock(request: HttpRequest, person: Any, now: float) -> None:
    said = request.headers.get("User-Agent", "")
    held = actions.begin_session(
        person=person, device=devices.in_words(said), by=actor_for(person, second_factor=False)
    )
    request.session[ID] = str(held.pk)
    request.session["began_at"] = request.session["seen_at"] = request.session[PROVED_AT] = now


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


def proved_lately(request: HttpRequest) -> bool:
    """Whether whoever holds the session gave their password in the last five minutes."""
    age: float = time.time() - request.session.get(PROVED_AT, 0.0)
    return bool(-settings.STEP_UP_SECONDS <= age <= settings.STEP_UP_SECONDS)


def prove(request: HttpRequest, *, second_factor: bool) -> None:
    """Note that whoever holds the session has just shown who they are; it goes on under a fresh id."""
    request.session.cycle_key()
    request.session[PROVED_AT] = time.time()
    if second_factor:
        request.session[SECOND_FACTOR_KEY] = time.time()


def renew(request: HttpRequest, person: Any) -> None:
    """Keep this one session alive after a change that ended all the others."""
    strengthened = request.session.get(SECOND_FACTOR_KEY)
    login(request, person, backend=_BACKEND)
    # A moment later than the change, which is kept to the microsecond.
    _start_clock(request, person, time.time() + 0.001)
    if strengthened:
        request.session[SECOND_FACTOR_KEY] = strengthened


def close(request: HttpRequest, answer: HttpResponse, *, keep_storage: bool = False) -> HttpResponse:
    """Sign out, and have the browser forget what it holds of us; `keep_storage` leaves what waits to be sent home."""
    logout(request)
    answer["Clear-Site-Data"] = '"cookies"' if keep_storage else '"cookies", "storage"'
    return answer


def seconds_left(request: HttpRequest) -> int:
    """How long this session can still last, however busy."""
    began = request.session.get("began_at", 0.0)
    return max(0, int(began + settings.SESSION_COOKIE_AGE - time.time()))


def is_ours(request: HttpRequest, address: str) -> bool:
    """Whether an address that a request asks to be led to is one of our own pages."""
    return bool(address) and url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()})
