"""Pages: signing in and out, and one's own account."""

from typing import Any
from uuid import UUID

from allauth.core.internal import ratelimit
from allauth.mfa.totp.internal.auth import clear_totp_secret, get_totp_secret
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from goldthread.apps.access import actions, queries, second_factor, terms
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import NOBODY, Refused
from goldthread.web import credentials, sessions
from goldthread.web.account_forms import ChangePasswordForm, ChoosePasswordForm, CodeForm, FirstCodeForm, SignInForm
from goldthread.web.doors import door
from goldthread.web.pages import own_sessions
from goldthread.web.sign_in import SECOND_FACTOR_KEY

WRONG = "The e-mail address or the password is not right"
_SHOW_CODES = "show_recovery_codes"


def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in with address and password. Says the same whether the address is known or not."""
    following = request.POST.get("next") or request.GET.get("next", "")
    if request.user.is_authenticated:
        return redirect(following if sessions.is_ours(request, following) else "home")
    form = SignInForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        answer, status = _try_password(request, form, following)
        if answer is not None:
            return answer
    elif form.errors:
        status = 422
    context = {"form": form, "next": following, "ended": "signed-out" in request.GET, "hide_sign_in": True}
    return render(request, "account/sign_in.html", context, status=status)


def _try_password(request: HttpRequest, form: SignInForm, following: str) -> tuple[HttpResponse | None, int]:
    held = form.cleaned_data
    try:
        person = credentials.owner_of(request, email=held["email"], password=held["password"])
    except credentials.TooOften:
        form.add_error(None, credentials.TOO_OFTEN)
        return None, 429
    if person is None:
        if known := queries.person_by_email(held["email"]):
            actions.record("SIGN_IN_FAILED", person=known, by=NOBODY)
        form.add_error(None, WRONG)
        return None, 422
    if second_factor.is_set_up(person):
        return sessions.challenge(request, person, following), 302
    return sessions.open_for(request, person, second_factor=False, following=following), 302


def sign_in_code(request: HttpRequest) -> HttpResponse:
    """The second step: a code. A code is good once."""
    held = sessions.challenged(request)
    if held is None:
        messages.warning(request, "Sign in again: the second step was not done within ten minutes.")
        return redirect("sign_in")
    person: Any = queries.person(held["person"])
    form = CodeForm(request.POST or None)
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            if credentials.code_is_right(request, person, form.cleaned_data["code"]):
                return sessions.open_for(request, person, second_factor=True, following=held["following"])
            form.add_error("code", credentials.WRONG_CODE)
            status = 422
        except credentials.TooOften:
            form.add_error(None, credentials.TOO_OFTEN)
            status = 429
        actions.record("SIGN_IN_FAILED", person=person, by=NOBODY)
    return render(request, "account/sign_in_code.html", {"form": form, "hide_sign_in": True}, status=status)


def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out."""
    if request.user.is_authenticated:
        here = request.session[sessions.ID]
        actions.sign_out(person=request.user, session=here, by=request.actor)  # type: ignore[attr-defined]
    answer = redirect("sign_in")
    answer["Location"] += "?signed-out"
    # A page that locks itself leaves what is on the device to be sent home by whoever opens it again.
    return sessions.close(request, answer, keep_storage=request.POST.get("locked") == "yes")


def account(request: HttpRequest) -> HttpResponse:
    """One's own account."""
    person: Any = request.user
    context = {
        "person": person,
        "grants": [grant for grant in queries.site_grants(person) if grant.valid_to is None],
        "second_factor": second_factor.is_set_up(person),
        "codes_left": len(second_factor.unused_codes(person)),
        "sessions": queries.open_sessions(person),
        "here": request.session.get(sessions.ID),
    }
    return render(request, "account/account.html", context)


def terms_of_use(request: HttpRequest) -> HttpResponse:
    """The terms of use, which everybody accepts once before anything else opens."""
    person: Any = request.user
    following = request.POST.get("next") or request.GET.get("next", "")
    if request.method == "POST":
        sent = request.POST.get("terms", "")
        version = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 6 else 0
        actions.accept_terms(person=person, version=version, by=request.actor)  # type: ignore[attr-defined]
        return redirect(following if sessions.is_ours(request, following) else "home")
    accepted = request.actor.terms_accepted  # type: ignore[attr-defined]
    context = {"version": terms.VERSION, "accepted": accepted, "next": following}
    return render(request, "account/terms.html", context)


def change_password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; ends every other session."""
    person: Any = request.user
    form = ChangePasswordForm(request.POST or None, person=person)
    status = 200
    if request.method == "POST":
        if not ratelimit.consume(request, app="allauth.account", action="reauthenticate", user=person):
            form.add_error(None, credentials.TOO_OFTEN)
            status = 429
        elif form.is_valid():
            changed = actions.choose_password(
                person=person, password=form.cleaned_data["new_password"], by=request.actor  # type: ignore[attr-defined]
            )  # fmt: skip
            sessions.renew(request, changed)
            messages.success(request, "Your password is changed. Every other session of yours has ended.")
            return redirect("home")
        else:
            status = 422
    context = {"form": form, "must": person.must_change_password}
    return render(request, "account/change_password.html", context, status=status)


def choose_password(request: HttpRequest, person: UUID, token: str) -> HttpResponse:
    """Choose a password with a link from an administrator. The link is good once."""
    held = queries.person_by_link(person, token)
    if held is None:
        return render(request, "account/link_gone.html", status=410)
    form = ChoosePasswordForm(request.POST or None, person=held)
    if request.method == "POST" and form.is_valid():
        try:
            actions.choose_password(
                person=held, password=form.cleaned_data["new_password"], token=token,
                by=queries.actor_for(held, second_factor=False),
            )  # fmt: skip
        except Refused:
            return render(request, "account/link_gone.html", status=410)
        messages.success(request, "Your password is set. Sign in with it.")
        return redirect("sign_in")
    context = {"form": form, "person": held, "hide_sign_in": True}
    return render(request, "account/choose_password.html", context, status=422 if form.errors else 200)


def set_second_factor(request: HttpRequest) -> HttpResponse:
    """Set up the second factor; where there is one, make new recovery codes."""
    person: Any = request.user
    if second_factor.is_set_up(person):
        return _new_codes(request, person, CodeForm(request.POST or None))
    form = FirstCodeForm(request.POST or None)
    secret = get_totp_secret()
    if request.method == "POST" and form.is_valid():
        if second_factor.code_fits(secret, form.cleaned_data["code"]):
            actions.set_second_factor(person=person, secret=secret, by=request.actor)  # type: ignore[attr-defined]
            clear_totp_secret(request)
            request.session[SECOND_FACTOR_KEY] = request.session["began_at"]
            request.session[_SHOW_CODES] = True
            return redirect("recovery_codes")
        form.add_error("code", "This code does not fit. Check that your device shows the right time, and try the next")
    spaced = " ".join(secret[n : n + 4] for n in range(0, len(secret), 4))
    context = {"form": form, "secret": spaced, "needed": request.actor.second_factor_required}  # type: ignore[attr-defined]
    return render(request, "account/second_factor.html", context, status=422 if form.errors else 200)


def _new_codes(request: HttpRequest, person: Any, form: CodeForm) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            right = credentials.code_is_right(request, person, form.cleaned_data["code"])
        except credentials.TooOften:
            right = False
        if right:
            request.session[SECOND_FACTOR_KEY] = request.session["began_at"]
            actions.renew_recovery_codes(person=person, by=request.actor)  # type: ignore[attr-defined]
            request.session[_SHOW_CODES] = True
            return redirect("recovery_codes")
        form.add_error("code", credentials.WRONG_CODE)
    context = {"form": form, "codes_left": len(second_factor.unused_codes(person))}
    return render(request, "account/second_factor_set.html", context, status=422 if form.errors else 200)


def second_factor_picture(request: HttpRequest) -> HttpResponse:
    """The picture that an authenticator app reads, while a second factor is being set up."""
    person: Any = request.user
    if second_factor.is_set_up(person):
        return HttpResponse(status=410)
    return HttpResponse(second_factor.totp_picture(person, get_totp_secret()), content_type="image/svg+xml")


def recovery_codes(request: HttpRequest) -> HttpResponse:
    """The recovery codes, shown once."""
    person: Any = request.user
    fresh = request.session.pop(_SHOW_CODES, False)
    context = {"codes": second_factor.unused_codes(person) if fresh else []}
    return render(request, "account/recovery_codes.html", context)


def end_sessions(request: HttpRequest) -> HttpResponse:
    """End every session of one's own, this one too."""
    actions.end_sessions(person=request.user, by=request.actor)  # type: ignore[arg-type, attr-defined]
    answer = redirect("sign_in")
    answer["Location"] += "?signed-out"
    return sessions.close(request, answer)


_OPEN, _OWN = Permission.PUBLIC, Permission.OWN_ACCOUNT
_LINK = "choose-password/<uuid:person>/<str:token>/"
DOORS = [
    door("sign-in/", sign_in, "sign_in", needs=_OPEN, to_change=_OPEN),
    door("sign-in/code/", sign_in_code, "sign_in_code", needs=_OPEN, to_change=_OPEN),
    door("sign-out/", sign_out, "sign_out", needs=_OPEN, to_change=_OPEN, reads=False),
    door(
        "choose-password/<uuid:person>/<str:token>/", choose_password, "choose_password", needs=_OPEN, to_change=_OPEN
    ),
    door("account/", account, "account", needs=_OWN),
    door("account/password/", change_password, "change_password", needs=_OWN, to_change=_OWN),
    door("account/second-factor/", set_second_factor, "second_factor", needs=_OWN, to_change=_OWN, step_up=True),
    door("account/second-factor/picture.svg", second_factor_picture, "second_factor_picture", needs=_OWN),
    door("account/recovery-codes/", recovery_codes, "recovery_codes", needs=_OWN),
    door("account/end-sessions/", end_sessions, "end_sessions", needs=_OWN, to_change=_OWN, reads=False),
    door("account/terms/", terms_of_use, "terms", needs=_OWN, to_change=_OWN),
    *own_sessions.DOORS,
]
