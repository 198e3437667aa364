"""What every template may rely on."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import NOBODY, Target, decide
from goldthread.web import sessions
from goldthread.web.versions import VERSION


def every_page(request: HttpRequest) -> dict[str, Any]:
    """The actor, the mode of the installation, and what the header may offer."""
    actor = getattr(request, "actor", NOBODY)
    now = timezone.now()
    return {
        "actor": actor,
        "local_mode": settings.LOCAL_MODE,
        "demonstration": settings.DEMONSTRATION,
        "version_of_goldthread": VERSION,
        "may_manage_accounts": decide(actor, Permission.ACCOUNT_MANAGE, Target(), now).allowed,
        "may_create_inspection": decide(actor, Permission.INSPECTION_CREATE, Target(), now).allowed,
        "idle_seconds": settings.SESSION_IDLE_SECONDS - settings.SESSION_SEEN_EVERY_SECONDS,
        "session_left": sessions.seconds_left(request) if actor.signed_in else 0,
    }
