"""Pages: what is somebody's to do today."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goldthread.apps.access.permissions import Permission
from goldthread.web.doors import door, first_to_do
from goldthread.web.presenters import today


def home(request: HttpRequest) -> HttpResponse:
    """My tasks, my inspections, and what my roles across the site let me do."""
    actor: Any = request.actor  # type: ignore[attr-defined]
    if (detour := first_to_do(request, actor)) is not None:
        return detour
    context = {"tasks": today.tasks(actor), "inspections": today.my_inspections(actor)}
    return render(request, "home.html", context)


DOORS = [door("home/", home, "home", needs=Permission.OWN_ACCOUNT)]
