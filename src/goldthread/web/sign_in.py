"""How the sign-in library is fitted to this house: no sign-up, and a second factor that the session remembers."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

SECOND_FACTOR_KEY = "second_factor_at"


def second_factor_used(session: Any) -> bool:
    """Whether this session was opened, or strengthened since, with a second factor."""
    if session.get(SECOND_FACTOR_KEY):
        return True
    return any(record.get("method") == "mfa" for record in session.get("account_authentication_methods", []))


class ClosedDoorAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are given, never taken: nobody signs themselves up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """No mail leaves: an installation on one laptop has no mail server, and says things on screen."""
