"""How the sign-in library is fitted to this house: no sign-up, and a second factor that the session remembers."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from goldthread.apps.access import queries
from goldthread.web.addresses import address_of

SECOND_FACTOR_KEY = "second_factor_at"


def second_factor_used(session: Any) -> bool:
    """Whether this session was opened, or strengthened since, with a second factor."""
    if session.get(SECOND_FACTOR_KEY):
        return True
    return any(record.get("method") == "mfa" for record in session.get("account_authentication_methods", []))


class Accounts(AuthenticationBackend):  # type: ignore[misc]
    """The sign-in library's own, which asks for the account of a session at every request."""

    def get_user(self, user_id: object) -> Any:
        """The account of a session; None where it is closed or gone."""
        person = queries.account(str(user_id))
        return person if person is not None and self.user_can_authenticate(person) else None


class ClosedDoorAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are given, never taken: nobody signs themselves up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address by which tries to sign in are counted: behind a front server that of whoever asks, if known."""
        return address_of(request) or str(super().get_client_ip(request))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """No mail leaves: an installation on one laptop has no mail server, and says things on screen."""
