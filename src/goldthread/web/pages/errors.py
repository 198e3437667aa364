"""Pages for when something could not be done. They say what happened and what to do, and tell nothing else."""

from django.conf import settings
from django.core.exceptions import TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

OF_THE_PAGE = ("csrfmiddlewaretoken", "client_key", "version", "then", "typed_text", "step", "next")
"""How the names of fields begin that a page fills by itself."""


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request made no sense; or held more files than are taken at once, which to try again would not mend."""
    most = settings.DATA_UPLOAD_MAX_NUMBER_FILES if isinstance(exception, TooManyFilesSent) else 0
    return render(request, "errors/bad_request.html", {"most": most}, status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 without a reason of ours."""
    return render(request, "errors/refused.html", {"reason": "You may not do this."}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: not there, or not for this person; the page does not say which."""
    return render(request, "errors/not_found.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault. What was typed is given back in the page where the request held it."""
    return render(request, "errors/server_error.html", {"sent": _typed(request)}, status=500)


def store_damaged(request: HttpRequest) -> HttpResponse:
    """500: what is kept of a submission on disk is not what was put there. Says what to do about it."""
    return render(request, "errors/store_damaged.html", {"sent": _typed(request)}, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was open too long or came from elsewhere. What was typed is given back."""
    return render(request, "errors/stale_form.html", {"sent": _typed(request)}, status=403)


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What a person typed or chose, by the name of its box; not what the page itself put into the form."""
    return [
        (name, value)
        for name in request.POST
        if not name.startswith(OF_THE_PAGE) and (value := request.POST.get(name, "").strip())
    ]
