"""Pages: one's own sessions: ending them, confirming who one is, and opening a page that locked itself."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse

from goldthread.apps.access import actions, queries, second_factor
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import NOBODY
from goldthread.web import credentials, sessions, step_up
from goldthread.web.doors import door

WRONG = "This is not your password"
ANOTHER = "Somebody else is signed in in this browser. Sign out there first, then sign in on a page of its own."


def end(request: HttpRequest, session: Any) -> HttpResponse:
    """End one of one's own sessions, in whatever browser it is."""
    actions.end_session(session=session, by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, f"The session in {session.device} is ended.")
    return redirect("account")


def end_others(request: HttpRequest) -> HttpResponse:
    """End every session of one's own but this one."""
    person: Any = request.user
    here = UUID(request.session[sessions.ID])
    ended = actions.end_other_sessions(person=person, keep=here, by=request.actor)  # type: ignore[attr-defined]
    says = {0: "You had no other session open.", 1: "Your other session is ended."}
    messages.success(request, says.get(ended, f"Your {ended} other sessions are ended."))
    return redirect("account")


def confirm(request: HttpRequest) -> HttpResponse:
    """Confirm who one is before a page or a file that asks for it; then the way on is shown."""
    following = request.POST.get("next") or request.GET.get("next", "")
    following = following if sessions.is_ours(request, following) else reverse("home")
    form = step_up.ConfirmForm(request.POST or None, person=request.user)
    status = step_up.check(request, form) if request.method == "POST" else 200
    if request.method == "POST" and status == 200:
        return render(request, "account/confirmed.html", {"next": following})
    context = {"form": form, "next": following, "address": reverse("confirm")}
    return render(request, "account/confirm.html", context, status=status)


def unlock(request: HttpRequest) -> HttpResponse:
    """Sign in again from a page that locked itself. Asked for first, it gives a token; sent to, it says what came.

    It takes no address but the id of whoever the page belongs to: nobody else can open it here.
    """
    if request.method != "POST":
        return JsonResponse({"token": get_token(request)})
    try:
        person: Any = queries.person(UUID(request.POST.get("who", "")))
    except (ValueError, queries.NoSuchPerson):
        return _refused(WRONG)
    if request.user.is_authenticated and request.user.pk != person.pk:
        return _refused(ANOTHER, status=409)
    try:
        return _try(request, person)
    except credentials.TooOften:
        return _refused(credentials.TOO_OFTEN, status=429)


def _try(request: HttpRequest, person: Any) -> HttpResponse:
    code = "".join(request.POST.get("code", "").split())
    owner = credentials.owner_of(request, email=person.email, password=request.POST.get("password", ""))
    asks = owner is not None and second_factor.is_set_up(person)
    if asks and not code:
        return _refused("Now the code of your second factor", asks_code=True)
    if owner is None or (asks and not credentials.code_is_right(request, person, code)):
        actions.record("SIGN_IN_FAILED", person=person, by=NOBODY)
        return _refused(credentials.WRONG_CODE if asks else WRONG, asks_code=asks)
    if request.user.is_authenticated:
        sessions.prove(request, second_factor=asks)
    else:
        sessions.begin(request, person, second_factor=asks)
    return JsonResponse({"token": get_token(request), "who": str(person.pk), "left": sessions.seconds_left(request)})


def _refused(says: str, *, status: int = 422, asks_code: bool = False) -> HttpResponse:
    return JsonResponse({"says": says, "code": asks_code}, status=status)


_OPEN, _OWN = Permission.PUBLIC, Permission.OWN_ACCOUNT
DOORS = [
    door("sign-in/again/", unlock, "unlock", needs=_OPEN, to_change=_OPEN),
    door("account/confirm/", confirm, "confirm", needs=_OWN, to_change=_OWN),
    door("account/sessions/end-others/", end_others, "end_other_sessions", needs=_OWN, to_change=_OWN, reads=False),
    door(
        "account/sessions/<uuid:session>/end/", end, "end_session",
        needs=_OWN, to_change=_OWN, about=queries.own_session, reads=False,
    ),
]  # fmt: skip
