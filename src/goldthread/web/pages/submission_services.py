"""Pages: one for each service in a submission, the rows behind each mark of its pictures, and both as files."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, reverse
from django.utils import timezone

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Refused
from goldthread.apps.comparison.beside_headlines import beside_headlines
from goldthread.apps.comparison.coming_in import rates_beside
from goldthread.apps.submissions import actions, pictures, queries, services
from goldthread.web.doors import door
from goldthread.web.exports import FORMATS, export
from goldthread.web.files import attachment, file_name
from goldthread.web.pages.pictures import PICTURE_FORMS
from goldthread.web.pages.pictures import picture_file as as_picture_file
from goldthread.web.presenters import submissions as presenter
from goldthread.web.presenters.comparison import beside_headline as as_compared

A_PAGE = 50
COUNTS = ("count", "overdue")
"""Columns of a chart's table that count the rows behind a mark."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as the page shows it: drawn, with its table, each row with the address of the list behind it."""

    read: Any
    drawn: pictures.Drawn | None
    rows: Sequence[tuple[Sequence[object], str]]


def service(request: HttpRequest, row: Any) -> HttpResponse:
    """One service: headline measures, and every picture with its table."""
    actor = request.actor  # type: ignore[attr-defined]
    sees_rows = services.may_read_rows(actor, row)
    beside = rates_beside(row, services.rates(row.asked))
    read = services.pictures(row, row.asked, careful=not sees_rows, beside=beside)
    shown = [_shown(row, one, sees_rows=sees_rows) for one in read]
    context = {
        "inspection": row.inspection,
        "submission": row,
        "form_title": queries.form_title(row),
        "service": row.asked,
        "title": services.title_of(row.asked),
        "services": services.to_show(row),
        "lacks": services.LACKS.get(row.asked, "") if row.of_lists else "",
        "measures": _headline(actor, row),
        "pictures": shown,
        # On paper a tall picture has the room of two.
        "rooms": sum(2 if one.drawn is not None and one.drawn.tall else 1 for one in shown if one.read.on_paper),
        "not_printed": [one.read.asks for one in shown if not one.read.on_paper],
        "sees_rows": sees_rows,
        "forms": [(form, words) for form, (words, _) in PICTURE_FORMS.items()],
    }
    return render(request, "submissions/service.html", context)


def _headline(actor: Any, row: Any) -> list[tuple[Any, Any]]:
    """Each headline measure, and in words what stands beside it."""
    held = services.headline(row, row.asked)
    beside = beside_headlines(actor, row, [one.code for one in held])
    return [(one, as_compared(beside[one.code]) if one.code in beside else None) for one in held]


def _shown(row: Any, read: Any, *, sees_rows: bool) -> Shown:
    if read.chart is None:
        return Shown(read, None, [])
    at = (
        reverse("submission_service", args=[row.inspection_id, row.pk, row.asked]) + f"{read.slug}/"
        if sees_rows
        else ""
    )
    marks = read.chart.marks if at else ("",) * len(read.chart.rows)
    rows = [
        (cells, f"{at}{mark}/" if mark and not _nobody(read.chart, cells) else "")
        for cells, mark in zip(read.chart.rows, marks, strict=True)
    ]
    # The picture's links are read beside the page's own address, so that a picture is the same wherever it stands.
    return Shown(read, pictures.of_service(read.chart, f"{read.slug}/" if at else ""), rows)


def _nobody(chart: Any, cells: Sequence[object]) -> bool:
    """Whether a row of a chart's table counts nobody, so that it leads nowhere."""
    return any(name in COUNTS and cell == 0 for name, cell in zip(chart.columns, cells, strict=True))


def picture_file(request: HttpRequest, row: Any) -> HttpResponse:
    """One picture, or its numbers, as a file: small numbers are withheld whoever takes it out, as all that leaves."""
    service, slug = row.asked
    read = services.picture(row, service, slug, careful=True, beside=rates_beside(row, services.rates(service)))
    if read.chart is None:
        raise Refused(read.why_not if read.leaves else services.STAYS)
    return as_picture_file(request, row, read.chart, what=slug, called=slug)


def behind(request: HttpRequest, row: Any) -> HttpResponse:
    """The rows behind one mark of a picture, under pseudonyms."""
    service, slug, mark = row.asked
    found = services.behind(row, service, slug, mark)
    context = {
        "inspection": row.inspection,
        "submission": row,
        "service": service,
        "title": services.title_of(service),
        "picture": slug,
        "picture_words": slug.replace("-", " "),
        "mark": mark,
        "found": found,
        "numbered": any(one.number is not None for one in found.rows),
        "page_obj": Paginator(found.rows, A_PAGE).get_page(request.GET.get("page")),
        "formats": [(form, words) for form, (words, _) in FORMATS.items()],
    }
    return render(request, "submissions/behind.html", context)


def behind_file(request: HttpRequest, row: Any) -> HttpResponse:
    """The rows behind one mark as a file, the journal saying so first."""
    form = request.POST.get("format", "")
    if form not in FORMATS:
        raise Refused("Choose an Excel workbook or a CSV file.")
    actor, (service, slug, mark) = request.actor, row.asked  # type: ignore[attr-defined]
    found = services.behind(row, service, slug, mark)
    actions.record_export(submission=row, what=f"rows of {slug}", rows=len(found.rows), form=form, by=actor)
    table = presenter.rows_behind(row, found, by=actor.name, at=timezone.localtime())
    name = file_name(f"{slug}-{mark}-{row.sha256[:12]}", form, of=row.inspection)
    return attachment(export(table, form), FORMATS[form][1], name)


def _service(actor: Any, inspection: Any, submission: Any, service: str) -> Any:
    row = queries.get(actor, inspection, submission)
    services.title_of(service)
    row.asked = service  # type: ignore[attr-defined]
    return row


def _picture(actor: Any, inspection: Any, submission: Any, service: str, picture: str, mark: str = "") -> Any:
    row = _service(actor, inspection, submission, service)
    row.asked = (service, picture, mark) if mark else (service, picture)
    return row


_AT = "inspections/<uuid:inspection>/data/<uuid:submission>/services/<slug:service>/"
_READ, _ROWS = Permission.SUBMISSION_READ, Permission.LISTS_READ

DOORS: list[URLPattern] = [
    door(_AT, service, "submission_service", needs=_READ, about=_service),
    door(
        _AT + "<slug:picture>/file/", picture_file, "submission_picture_file",
        needs=_READ, to_change=_READ, about=_picture, reads=False, step_up=True, file=True,
    ),
    door(_AT + "<slug:picture>/<slug:mark>/", behind, "submission_behind", needs=_ROWS, about=_picture),
    door(
        _AT + "<slug:picture>/<slug:mark>/export/", behind_file, "submission_behind_export",
        needs=_ROWS, to_change=_ROWS, about=_picture, reads=False, step_up=True, file=True,
    ),
]  # fmt: skip
