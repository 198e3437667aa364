"""What happens to every request before a page sees it and to every answer after."""

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from goldthread.apps.access.actions import note_use
from goldthread.apps.access.policy import NOBODY, PROGRAMME
from goldthread.apps.access.queries import actor_for, open_session
from goldthread.apps.access.remembering import remembering
from goldthread.apps.submissions.actions import forget_typed_text
from goldthread.apps.submissions.queries import is_damage
from goldthread.web import sessions
from goldthread.web.pages import errors
from goldthread.web.sign_in import second_factor_used

Answer = Callable[[HttpRequest], HttpResponse]


class SafeHeaders:
    """Headers that every answer carries, errors and files included."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add them; a page may be stricter than this, never looser."""
        answer = self.get_response(request)
        answer.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        answer.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
        if not request.path.startswith(f"/{settings.STATIC_URL.strip('/')}/"):
            answer.headers.setdefault("Cache-Control", "no-store")
        return answer


class SessionClock:
    """Ends a session after 30 idle minutes, after 12 hours, when its owner ends it, and when access changed (P-25)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Sign out whoever's session has run out; otherwise note that they were here."""
        if request.user.is_authenticated:
            now = time.time()
            held = open_session(request.user, request.session.get(sessions.ID))
            began = request.session.get("began_at", 0.0)
            seen = request.session.get("seen_at", now)
            changed = getattr(request.user, "access_changed_at", None)
            stale = changed is not None and changed.timestamp() > began
            if (
                held is None
                or stale
                or now - seen > settings.SESSION_IDLE_SECONDS
                or now - began > settings.SESSION_COOKIE_AGE
            ):
                logout(request)
            elif now - seen > settings.SESSION_SEEN_EVERY_SECONDS or "seen_at" not in request.session:
                # Not at every request: a write transaction for each page read would queue behind real saves.
                request.session["seen_at"] = now
                note_use(session=held, by=PROGRAMME)
        return self.get_response(request)


class NoBodyToHead:
    """Answers HEAD with the head alone: a server warns of a body that it must not send, and drops it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; then leave the body away, and say how long it would have been."""
        answer = self.get_response(request)
        if request.method == "HEAD":
            if isinstance(answer, StreamingHttpResponse):
                answer.streaming_content = ()
            else:
                answer.headers.setdefault("Content-Length", str(len(answer.content)))
                answer.content = b""
        return answer


class WhoIsAsking:
    """Sets `request.actor`, the only identity that pages, queries and actions know.

    What the actor holds is looked up once where something is only looked at.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Find the actor behind the session."""
        user = request.user
        known = user.is_authenticated
        request.actor = actor_for(user, second_factor=second_factor_used(request.session)) if known else NOBODY  # type: ignore[attr-defined, arg-type]
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        with remembering():
            return self.get_response(request)


class TypedTextSent:
    """Drops the kept text of a form once the form was sent and what it held is saved.

    Saved means: the page answered with a redirect and no message says that something could not be done.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; then look at the answer."""
        answer = self.get_response(request)
        if request.method == "POST" and answer.status_code in (302, 303):
            form = request.POST.get("typed_text", "")
            refused = any(note.level >= messages.WARNING for note in getattr(request._messages, "_queued_messages", []))  # type: ignore[attr-defined]
            if form and not refused and request.actor.signed_in:  # type: ignore[attr-defined]
                forget_typed_text(form=form, by=request.actor)  # type: ignore[attr-defined]
        return answer


class DamagedStore:
    """Says in plain words that what is kept of a submission cannot be read, on whichever page it is met."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for damage; anything else is somebody else's to answer."""
        if not is_damage(exception):
            return None
        logging.getLogger("django.request").error("Damaged store: %s", type(exception).__name__)
        return errors.store_damaged(request)


class Doors:
    """The last lock: a page without a door is never called, even if a start-up check was skipped."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: object, kwargs: object
    ) -> None:
        """Refuse a page that declares no permission."""
        if not hasattr(view, "door"):
            raise Http404
