"""Pages: whether the files of a draw look like their frame, and who is not in the frame and why."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Refused
from goldthread.apps.cases import queries
from goldthread.web.doors import door

PAGE = 50


def draw_coverage(request: HttpRequest, draw: Any) -> HttpResponse:
    """The files drawn and reviewed, against the frame: by team, age, status, ethnicity and placement."""
    context = {"inspection": draw.inspection, "draw": draw, "coverage": queries.coverage(draw)}
    return render(request, "cases/draw_coverage.html", context)


def draw_left_out(request: HttpRequest, draw: Any) -> HttpResponse:
    """Every row of the lists that is not in the frame, with the reason; for who sees the whole draw."""
    if not queries.sees_every_case(request.actor, draw.inspection):  # type: ignore[attr-defined]
        raise Refused("Only who sees the whole sample may see who is not in it.")
    reason = request.GET.get("reason", "")
    context = {
        "inspection": draw.inspection,
        "draw": draw,
        "chosen": reason,
        "page": Paginator(queries.left_out(draw, reason), PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "cases/draw_left_out.html", context)


_DRAW = "inspections/<uuid:inspection>/sample/<uuid:draw>/"
READ = Permission.CASE_READ
DOORS = [
    door(_DRAW + "coverage/", draw_coverage, "draw_coverage", needs=READ, about=queries.draw),
    door(_DRAW + "left-out/", draw_left_out, "draw_left_out", needs=READ, about=queries.draw),
]
