"""Pages: what is measured of the record in a submission of any form, the rows behind each, and both as files."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern
from django.utils import timezone

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Refused
from goldthread.apps.comparison import watching
from goldthread.apps.submissions import actions, amounts, pictures, queries, record, relative
from goldthread.web.doors import door
from goldthread.web.exports import FORMATS, Table, export
from goldthread.web.files import attachment, file_name
from goldthread.web.pages.pictures import PICTURE_FORMS, picture_file
from goldthread.web.presenters import record as presenter

A_PAGE = 50


def measures(request: HttpRequest, row: Any) -> HttpResponse:
    """Every measure of the record by area, work with a limit, and what could not be asked and why."""
    found = record.measures(row)
    drawn = pictures.chart_rows(found)
    others = amounts.amounts(row)
    context = {
        "inspection": row.inspection,
        "submission": row,
        "form_title": queries.form_title(row),
        "kept": record.kept(row),
        "services": queries.by_service([one for one in found if one.known]),
        "unknown": [one for one in found if not one.known],
        "not_asked": record.not_asked(row),
        "paces": record.paces(row),
        "amounts": others,
        "waits": any(one.waits for one in others),
        "drawn": drawn,
        "chart_says": pictures.chart_says(drawn),
        "picture_forms": [(form, words) for form, (words, _) in PICTURE_FORMS.items()],
        "formats": [(form, words) for form, (words, _) in FORMATS.items()],
    }
    return render(request, "submissions/record.html", context)


def chart(request: HttpRequest, row: Any) -> HttpResponse:
    """The chart of the page, as a picture."""
    drawn = pictures.chart_rows(record.measures(row))
    if not drawn:
        raise Http404
    answer = HttpResponse(pictures.as_svg(drawn), content_type="image/svg+xml")
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def chart_file(request: HttpRequest, row: Any) -> HttpResponse:
    """The chart of the page, or its numbers, as a file: small numbers are withheld, as in all that leaves."""
    found = pictures.leaving(record.measures(row))
    if found is None:
        raise Http404
    return picture_file(
        request, row, found, what="chart of the measures of the record", called="measures-of-the-record"
    )


def measure(request: HttpRequest, row: Any) -> HttpResponse:
    """One measure: its definition and limits, the rows behind it, and what it is for each group of children."""
    found, parts = row.asked
    context = {
        "inspection": row.inspection, "submission": row, "measure": found, "parts": relative.compared(parts),
        "beside": [],
        "by_locality": any(part.title == queries.BREAKDOWN_TITLES["locality"] for part in parts),
        "of_record": True, "states": record.states_of(row, found.code),
        "has_months": watching.has_months(row, found.code),
    }  # fmt: skip
    return render(request, "submissions/measure.html", context)


def take_out(request: HttpRequest, row: Any) -> HttpResponse:
    """The measures as a file, the journal saying so first."""
    found = [(one, record.measure(row, one.code)[1]) for one in record.measures(row)]
    table = presenter.measures_table(row, queries.form_title(row), found, amounts.amounts(row))
    return _file(request, row, table, what="measures of the record", name=f"measures-{row.sha256[:12]}")


def amount(request: HttpRequest, row: Any) -> HttpResponse:
    """One rate, median or average: its definition, the rows behind it, and what it is for each group of children."""
    found = row.asked
    context = {
        "inspection": row.inspection, "submission": row, "amount": found, "parts": amounts.parts(found),
        "of_rate": found.detail["how"] == "rate",
        "states": record.states_of(row, found.code, record.AMOUNT_STATES),
        "has_months": watching.has_months(row, found.code),
    }  # fmt: skip
    return render(request, "submissions/amount.html", context)


DOORS_OF = {
    "lists": "submission_measure", "record": "submission_record_measure", "amount": "submission_record_amount",
}  # fmt: skip
"""Where what the rows are behind is shown."""


def rows(request: HttpRequest, row: Any) -> HttpResponse:
    """The rows behind one measure or amount, under pseudonyms."""
    found = row.asked
    states = record.states_of(row, found.code, found.states)
    asked = request.GET.get("state", "")
    chosen = asked if asked in {name for name, _, _ in states} else ""
    paginator: Any = Paginator(record.behind(row, found.code, chosen), A_PAGE)  # type: ignore[arg-type]
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "inspection": row.inspection,
        "submission": row,
        "measure": found,
        "door": DOORS_OF[found.of],
        "states": states,
        "chosen": chosen,
        "page_obj": page,
        "shown": [(one, found.states.get(one.state, one.state)) for one in page],
        "formats": [(form, words) for form, (words, _) in FORMATS.items()],
    }
    return render(request, "submissions/measure_rows.html", context)


def rows_file(request: HttpRequest, row: Any) -> HttpResponse:
    """The rows behind one measure or amount as a file, the journal saying so first."""
    found = row.asked
    asked = request.POST.get("state", "")
    chosen = asked if asked in found.states else ""
    behind = list(record.behind(row, found.code, chosen))
    table = presenter.rows_table(row, found, behind, found.states.get(chosen, "All of them"))
    name = f"{found.code}-{row.sha256[:12]}"
    return _file(request, row, table, what=f"rows of {found.code}", name=name, narrowed=chosen)


def _file(request: HttpRequest, row: Any, table: Table, *, what: str, name: str, narrowed: str = "") -> HttpResponse:
    form = request.POST.get("format", "")
    if form not in FORMATS:
        raise Refused("Choose an Excel workbook or a CSV file.")
    actor = request.actor  # type: ignore[attr-defined]
    actions.record_export(submission=row, what=what, rows=len(table.rows), form=form, by=actor)
    signed = presenter.signed(table, by=actor.name, at=timezone.localtime())
    return attachment(
        export(signed, form), FORMATS[form][1], file_name(name, form, of=row.inspection, narrowed=[narrowed])
    )


def _find(actor: Any, inspection: Any, submission: Any, measure: str) -> Any:
    row = queries.get(actor, inspection, submission)
    row.asked = record.measure(row, measure)  # type: ignore[attr-defined]
    return row


def _find_any(actor: Any, inspection: Any, submission: Any, code: str) -> Any:
    row = queries.get(actor, inspection, submission)
    row.asked = record.counted(row, code)  # type: ignore[attr-defined]
    return row


def _find_amount(actor: Any, inspection: Any, submission: Any, amount: str) -> Any:
    row = queries.get(actor, inspection, submission)
    row.asked = amounts.one(row, amount)  # type: ignore[attr-defined]
    return row


_ONE = "inspections/<uuid:inspection>/data/<uuid:submission>/"
_AT = _ONE + "record/"
_ROWS_AT = _ONE + "measure-rows/<slug:code>/"
_READ, _ROWS = Permission.SUBMISSION_READ, Permission.LISTS_READ

DOORS: list[URLPattern] = [
    door(_AT, measures, "submission_record", needs=_READ, about=queries.get),
    door(_AT + "chart.svg", chart, "submission_record_chart", needs=_READ, about=queries.get),
    door(
        _AT + "chart/file/", chart_file, "submission_record_chart_file",
        needs=_READ, to_change=_READ, about=queries.get, reads=False, step_up=True, file=True,
    ),
    door(
        _AT + "export/", take_out, "submission_record_export",
        needs=_ROWS, to_change=_ROWS, about=queries.get, reads=False, step_up=True, file=True,
    ),
    door(_AT + "<slug:measure>/", measure, "submission_record_measure", needs=_READ, about=_find),
    door(_AT + "amounts/<slug:amount>/", amount, "submission_record_amount", needs=_READ, about=_find_amount),
    door(_ROWS_AT, rows, "submission_measure_rows", needs=_ROWS, about=_find_any),
    door(
        _ROWS_AT + "export/", rows_file, "submission_measure_rows_export",
        needs=_ROWS, to_change=_ROWS, about=_find_any, reads=False, step_up=True, file=True,
    ),
]  # fmt: skip
