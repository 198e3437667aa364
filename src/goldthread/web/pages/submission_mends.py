"""Pages: what could be mended in the files of a return, and the corrected copy for whoever handed it in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern

from goldthread.apps.access.permissions import Permission
from goldthread.apps.submissions import actions, mends, queries
from goldthread.web.doors import door
from goldthread.web.files import attachment, file_name


def suggested(request: HttpRequest, row: Any) -> HttpResponse:
    """Each mend with the columns that it would change, to be chosen one by one."""
    context = {
        "inspection": row.inspection,
        "submission": row,
        "suits": mends.suits(row),
        "found": mends.suggestions(row) if mends.suits(row) else None,
        "may_take": mends.may_take(request.actor, row),  # type: ignore[attr-defined]
    }
    return render(request, "submissions/mends.html", context)


def take_out(request: HttpRequest, row: Any) -> HttpResponse:
    """The corrected copy with its log, the journal saying so first."""
    actor = request.actor  # type: ignore[attr-defined]
    held = actions.corrected_copy(submission=row, codes=request.POST.getlist("mend"), by=actor)
    return attachment(held, "application/zip", file_name(f"corrected-{row.sha256[:12]}", "zip", of=row.inspection))


_AT = "inspections/<uuid:inspection>/data/<uuid:submission>/issues/mends/"

DOORS: list[URLPattern] = [
    door(_AT, suggested, "submission_mends", needs=Permission.LISTS_READ, about=queries.get),
    door(
        _AT + "copy/", take_out, "submission_mends_copy", needs=Permission.SUBMISSION_UPLOAD,
        to_change=Permission.SUBMISSION_UPLOAD, about=queries.get, reads=False, step_up=True, file=True,
    ),
]  # fmt: skip
