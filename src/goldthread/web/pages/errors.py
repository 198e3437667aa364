"""Pages for when something could not be done. They say what happened and what to do, and tell nothing else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request made no sense."""
    return render(request, "errors/bad_request.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 without a reason of ours."""
    return render(request, "errors/refused.html", {"reason": "You may not do this."}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: not there, or not for this person; the page does not say which."""
    return render(request, "errors/not_found.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault. What was typed is given back in the page where the request held it."""
    sent = [(name, request.POST.get(name, "")) for name in request.POST if name != "csrfmiddlewaretoken"]
    return render(request, "errors/server_error.html", {"sent": sent}, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was open too long or came from elsewhere. What was typed is given back."""
    sent = [(name, request.POST.get(name, "")) for name in request.POST if name != "csrfmiddlewaretoken"]
    return render(request, "errors/stale_form.html", {"sent": sent}, status=403)
