"""Page: checks of a whole list, where an inspector samples: everybody who is due, from the data that tell."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goldthread.apps.access.permissions import Permission
from goldthread.apps.cases import queries
from goldthread.apps.inspections import queries as inspections
from goldthread.web.doors import door

PAGE = 50


def whole_lists(request: HttpRequest, own: Any) -> HttpResponse:
    """Whether management decisions and strategy discussions are recorded for everybody, or why it cannot be told."""
    inspection = own.inspection
    found = queries.whole_lists(inspection, request.actor)  # type: ignore[attr-defined]
    chosen = request.GET.get("check", "")
    rows = [one for one in found.rows or () if not chosen or one.code == chosen]
    context = {
        "inspection": inspection, "found": found, "chosen": chosen,
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
    }  # fmt: skip
    return render(request, "cases/whole_lists.html", context)


DOORS = [
    door(
        "inspections/<uuid:inspection>/sample/whole-lists/", whole_lists, "whole_lists",
        needs=Permission.CASE_READ, about=inspections.own_part,
    ),
]  # fmt: skip
