"""Pages: the measures of a submission, each with all that a number must carry, and one chart of them."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern

from goldthread.apps.access.permissions import Permission
from goldthread.apps.comparison import watching
from goldthread.apps.submissions import data_queries, pictures, queries, record, relative
from goldthread.web.doors import door
from goldthread.web.pages.pictures import PICTURE_FORMS, picture_file


def measures(request: HttpRequest, row: Any) -> HttpResponse:
    """Every measure, by service, with the chart of those that have a percentage."""
    found = queries.measures(row)
    drawn = pictures.chart_rows(found)
    context = {
        "inspection": row.inspection,
        "submission": row,
        "form_title": queries.form_title(row),
        "services": queries.by_service([one for one in found if one.known]),
        "unknown": [one for one in found if not one.known],
        "drawn": drawn,
        "chart_says": pictures.chart_says(drawn),
        "picture_forms": [(form, words) for form, (words, _) in PICTURE_FORMS.items()],
    }
    return render(request, "submissions/measures.html", context)


def chart(request: HttpRequest, row: Any) -> HttpResponse:
    """The chart of the measures page, as a picture."""
    drawn = pictures.chart_rows(queries.measures(row))
    if not drawn:
        raise Http404
    picture = pictures.as_svg(drawn)
    answer = HttpResponse(picture, content_type="image/svg+xml")
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def chart_file(request: HttpRequest, row: Any) -> HttpResponse:
    """The chart of the page, or its numbers, as a file: small numbers are withheld, as in all that leaves."""
    found = pictures.leaving(queries.measures(row))
    if found is None:
        raise Http404
    return picture_file(request, row, found, what="chart of the measures", called="measures")


def measure(request: HttpRequest, row: Any) -> HttpResponse:
    """One measure: its definition and limits, and what it is for each group of children."""
    found, parts = row.asked
    actor = request.actor  # type: ignore[attr-defined]
    warned_by, number = found.detail.get("warned_by", []), found.detail.get("list")
    beside = data_queries.beside_measure(actor, row, warned_by, number)
    context = {
        "inspection": row.inspection, "submission": row, "measure": found, "parts": relative.compared(parts),
        "beside": beside,
        "states": record.states_of(row, found.code), "has_months": watching.has_months(row, found.code),
    }  # fmt: skip
    return render(request, "submissions/measure.html", context)


def _find(actor: Any, inspection: Any, submission: Any, code: str) -> Any:
    row = queries.get(actor, inspection, submission)
    row.asked = queries.measure(row, code)  # type: ignore[attr-defined]
    return row


_AT = "inspections/<uuid:inspection>/data/<uuid:submission>/measures/"
_READ = Permission.SUBMISSION_READ

DOORS: list[URLPattern] = [
    door(_AT, measures, "submission_measures", needs=_READ, about=queries.get),
    door(_AT + "chart.svg", chart, "submission_chart", needs=_READ, about=queries.get),
    door(
        _AT + "chart/file/", chart_file, "submission_chart_file",
        needs=_READ, to_change=_READ, about=queries.get, reads=False, step_up=True, file=True,
    ),
    door(_AT + "<slug:code>/", measure, "submission_measure", needs=_READ, about=_find),
]  # fmt: skip
