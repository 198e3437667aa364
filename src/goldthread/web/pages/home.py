"""Pages: what is somebody's to do today."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from goldthread.apps.access.permissions import Permission
from goldthread.web.doors import door
from goldthread.web.presenters import today


def home(request: HttpRequest) -> HttpResponse:
    """My tasks, my inspections, and what my roles across the site let me do."""
    person: Any = request.user
    actor: Any = request.actor  # type: ignore[attr-defined]
    if person.must_change_password:
        return redirect("change_password")
    if actor.second_factor_required and not actor.second_factor:
        return redirect("second_factor")
    context = {"tasks": today.tasks(actor), "inspections": today.my_inspections(actor)}
    return render(request, "home.html", context)


DOORS = [door("home/", home, "home", needs=Permission.OWN_ACCOUNT)]
