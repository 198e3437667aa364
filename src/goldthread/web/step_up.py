"""Step-up: what takes data out of the house, lets it through the wall, gives access or opens the vault is asked of
somebody who gave their password in the last five minutes, and of nobody else's open screen.

What was sent is not lost: the page that asks for the password holds it, and sends it on together with the password.
"""

from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from goldthread.apps.access import actions, second_factor
from goldthread.web import credentials, sessions
from goldthread.web.account_forms import code_field, password_field
from goldthread.web.forms import GovukForm

PREFIX = "step-up"
_FROM = f"{PREFIX}-from"
_NOT_PASSED_ON = ("csrfmiddlewaretoken", f"{PREFIX}-password", f"{PREFIX}-code", _FROM)


class ConfirmForm(GovukForm):
    """The password, and a code where the account has a second factor. Its names clash with no field of another form."""

    password = password_field("Your password", "current-password")

    def __init__(self, data: Any = None, *, person: Any) -> None:
        """Whose password; in single-user mode the code is not asked for."""
        super().__init__(data, prefix=PREFIX)
        self.person = person
        self.asks_code = second_factor.is_set_up(person) and not settings.LOCAL_MODE
        if self.asks_code:
            self.fields["code"] = code_field()


def question(request: HttpRequest, *, file: bool = False) -> HttpResponse | None:
    """The page that asks who is there, where nobody said so lately; None where the request may go on.

    Where what follows is a file, a right password leads to a page that gives it: a browser that saves a file stays on
    the page that it was asked from, and the one that asks for a password would look as if it had failed.
    """
    if sessions.proved_lately(request):
        _take_out(request)
        return None
    if request.method != "POST":
        return redirect(reverse("confirm") + "?" + urlencode({"next": request.get_full_path()}))
    answered = f"{PREFIX}-password" in request.POST
    form = ConfirmForm(request.POST if answered else None, person=request.user)
    status = check(request, form) if answered else 403
    context = {
        "form": form, "sent": _sent(request), "address": request.get_full_path(), "repeats": True,
        "from_name": _FROM, "came_from": _came_from(request),
    }  # fmt: skip
    if answered and status == 200:
        if file:
            return render(request, "account/confirmed_file.html", context)
        _take_out(request)
        return None
    return render(request, "account/confirm.html", context, status=status)


def check(request: HttpRequest, form: ConfirmForm) -> int:
    """Whether the form proves who is there (200); otherwise it says why not, and the status says how."""
    if not form.is_valid():
        return 422
    person, held, actor = form.person, form.cleaned_data, request.actor  # type: ignore[attr-defined]
    try:
        owner = credentials.owner_of(request, email=person.email, password=held["password"])
        if owner is None or owner.pk != person.pk:
            form.add_error("password", "This is not your password")
        elif form.asks_code and not credentials.code_is_right(request, person, held["code"]):
            form.add_error("code", credentials.WRONG_CODE)
    except credentials.TooOften:
        form.add_error(None, credentials.TOO_OFTEN)
        return 429
    if form.errors:
        actions.record("CONFIRMATION_FAILED", person=person, by=actor)
        return 422
    sessions.prove(request, second_factor=form.asks_code)
    actions.record("IDENTITY_CONFIRMED", person=person, by=actor)
    return 200


def _sent(request: HttpRequest) -> list[tuple[str, str]]:
    names = [name for name in request.POST if name not in _NOT_PASSED_ON]
    return [(name, value) for name in names for value in request.POST.getlist(name)]


def _came_from(request: HttpRequest) -> str:
    """The page of ours on which it was begun, for the way back; empty where that is not known."""
    told = request.POST.get(_FROM) or request.headers.get("Referer", "")
    if not sessions.is_ours(request, told):
        return ""
    parts = urlsplit(told)
    if not parts.path.startswith("/") or parts.path.startswith("//") or parts.path == request.path:
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _take_out(request: HttpRequest) -> None:
    """The page behind the door is not given the password."""
    if any(name in request.POST for name in _NOT_PASSED_ON[1:]):
        passed = request.POST.copy()
        for name in _NOT_PASSED_ON[1:]:
            passed.pop(name, None)
        request.POST = passed  # type: ignore[assignment]
