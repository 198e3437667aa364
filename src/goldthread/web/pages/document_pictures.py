"""Pages of documents as they look: drawn when somebody presses for it, and shown as nothing but a picture."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, reverse

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Refused
from goldthread.apps.documents import actions, queries
from goldthread.web.doors import door
from goldthread.web.files import page_picture
from goldthread.web.presenters import passages as shown

NOT_YET = "This page was not drawn yet. Open it for reading, and choose to show it as it looks."


def picture(request: HttpRequest, row: Any) -> HttpResponse:
    """A page as it looks. Posted, it is drawn, with the few that are read next, and the page of reading shows it."""
    if row.withdrawn:
        raise Refused("This document was taken back, so it is not read any more.")
    sent = request.POST if request.method == "POST" else request.GET
    number = shown.number_of(sent.get("page", ""), row.pages)
    if request.method == "POST":
        actions.draw(document=row, page=number, by=request.actor)  # type: ignore[attr-defined]
        return redirect(reverse("document_read", args=[row.inspection_id, row.pk]) + f"?page={number}")
    jpeg = queries.picture(row, number)
    if jpeg is None:
        raise Refused(NOT_YET)
    return page_picture(jpeg)


_READ = Permission.DOCUMENT_READ

DOORS: list[URLPattern] = [
    door(
        "inspections/<uuid:inspection>/documents/<uuid:document>/picture/", picture, "document_picture", needs=_READ,
        to_change=_READ, about=queries.get,
    ),
]  # fmt: skip
