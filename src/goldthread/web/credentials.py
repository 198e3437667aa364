"""Asking for a password and a code: at signing in, at confirming who one is, and at opening a locked page.

All three share one count of failures, so that none of them is an easier place to guess.
"""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core.internal import ratelimit
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.internal.flows import post_authentication
from django.core.exceptions import ValidationError
from django.http import HttpRequest

TOO_OFTEN = "There were too many tries. Wait a minute, then try again"
WRONG_CODE = "This code is not right, or was used already"


class TooOften(Exception):
    """There were too many tries; the next is only heard after a while."""


def owner_of(request: HttpRequest, *, email: str, password: str) -> Any:
    """The account that the address and the password open; None where they open none. Raises TooOften."""
    if not ratelimit.consume(request, app="allauth.account", action="login"):
        raise TooOften
    try:
        person: Any = get_adapter().authenticate(request, email=email, password=password)
    except ValidationError:
        raise TooOften from None
    return person if person is not None and person.is_active else None


def code_is_right(request: HttpRequest, person: Any, code: str) -> bool:
    """Whether a code of the second factor, or a recovery code, is right. It is good once. Raises TooOften."""
    checked = AuthenticateForm({"code": code}, user=person)
    if checked.is_valid() and person.is_active:
        post_authentication(request, checked.authenticator)
        return True
    if any(error.code == "too_many_login_attempts" for error in checked.errors.as_data().get("code", [])):
        raise TooOften
    return False
