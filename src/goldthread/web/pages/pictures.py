"""A picture taken out of the house: as PNG, SVG or its numbers as CSV, the journal saying so first."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from goldthread.apps.access.policy import Refused
from goldthread.apps.submissions import actions, pictures
from goldthread.web.exports import Table, as_csv
from goldthread.web.files import attachment, file_name

PICTURE_FORMS: dict[str, tuple[str, str]] = {
    "png": ("PNG", "image/png"),
    "svg": ("SVG", "image/svg+xml"),
    "csv": ("CSV", "text/csv; charset=utf-8"),
}


def picture_file(request: HttpRequest, submission: Any, chart: Any, *, what: str, called: str) -> HttpResponse:
    """One chart of a submission as a file in the format that was sent. Raises Refused for another.

    A file of invented data says so in its name, which it keeps wherever it is passed on.
    """
    actor = request.actor  # type: ignore[attr-defined]

    def record(form: str) -> None:
        rows = len(chart.rows)
        actions.record_picture(submission=submission, what=f"picture {what}", rows=rows, form=form, by=actor)

    called = f"{called}-{submission.sha256[:12]}"
    return as_file(request, chart, of=submission.inspection, called=called, record=record)


def as_file(request: HttpRequest, chart: Any, *, of: Any, called: str, record: Callable[[str], None]) -> HttpResponse:
    """One chart of an inspection as a file; `record` writes in the journal that it leaves, before it does."""
    form = request.POST.get("format", "")
    if form not in PICTURE_FORMS:
        raise Refused("Choose a PNG, an SVG or a CSV file.")
    record(form)
    held = {
        "png": lambda: pictures.as_png(chart),
        "svg": lambda: pictures.as_svg_file(chart),
        "csv": lambda: as_csv(Table(title=chart.title, columns=chart.columns, rows=chart.rows)),
    }[form]()
    return attachment(held, PICTURE_FORMS[form][1], file_name(called, form, of=of))
