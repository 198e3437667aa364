"""Pages: a submission's measures beside what is published, one measure among all authorities, and both as files."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern
from django.utils import timezone

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Refused
from goldthread.apps.comparison import actions as actions_of_comparison
from goldthread.apps.comparison import comparing
from goldthread.apps.comparison.ours import Of
from goldthread.apps.comparison.shelved import What, may_shelve, standing
from goldthread.apps.submissions import actions, pictures, queries
from goldthread.web.doors import door
from goldthread.web.exports import FORMATS, export
from goldthread.web.files import attachment, file_name
from goldthread.web.forms import GovukForm
from goldthread.web.pages.pictures import PICTURE_FORMS, picture_file
from goldthread.web.presenters import comparison as presenter

TITLES = {
    "strip": "Where all authorities stand",
    "funnel": "Allowing for size and chance",
    "years": "Over the years",
}
"""What each picture answers, as a heading above its finding."""


DOORS_OF = {
    Of.LISTS: "submission_measure",
    Of.RECORD: "submission_record_measure",
    Of.AMOUNT: "submission_record_amount",
}
"""Where the definition of what is measured stands."""


class SortForm(GovukForm):
    """Which measures are shown, and in which order."""

    service = forms.ChoiceField(required=False, label="Service")
    quarter = forms.ChoiceField(
        required=False, label="Published quarter",
        choices=[("", "Every quarter"), *((band, f"{band}: {words}") for band, words in presenter.QUARTERS.items())],
    )  # fmt: skip
    sort = forms.ChoiceField(required=False, label="Order", choices=[*presenter.SORTS.items()])

    def __init__(self, asked: Any, rows: Any) -> None:
        """Offer the services that have a measure here."""
        super().__init__(asked)
        services = list(dict.fromkeys(one.ours.service for one in rows))
        self.fields["service"].choices = [("", "Every service"), *((one, one) for one in services)]  # type: ignore[attr-defined]

    def chosen(self, rows: Any) -> list[Any]:
        """The rows that are asked for; what is not understood is not asked."""
        self.is_valid()
        held = getattr(self, "cleaned_data", {})
        service, quarter = held.get("service"), held.get("quarter")
        kept = [
            one
            for one in rows
            if (not service or one.ours.service == service) and (not quarter or one.published.quartile_band == quarter)
        ]
        return presenter.in_order(kept, held.get("sort") or "area")


def compare(request: HttpRequest, row: Any) -> HttpResponse:
    """Every measure that has a published counterpart."""
    found = comparing.compared(row) if row.readable else None
    form = SortForm(request.GET or None, found.rows if found else ())
    chosen = form.chosen(found.rows) if found else []
    context = {
        "inspection": row.inspection,
        "submission": row,
        "found": found,
        "form": form,
        "rows": [(presenter.row(one), DOORS_OF[one.ours.of]) for one in chosen],
        "finding": presenter.finding(found.rows, comparing.called(row)) if found else "",
        "called": comparing.called(row),
        "sent": any(request.GET.values()),
        "formats": [(form, words) for form, (words, _) in FORMATS.items()],
    }
    return render(request, "comparison/compare.html", context)


def take_out(request: HttpRequest, row: Any) -> HttpResponse:
    """The comparison as a file, small numbers withheld, the journal saying so first."""
    form = request.POST.get("format", "")
    if form not in FORMATS:
        raise Refused("Choose an Excel workbook or a CSV file.")
    if not row.readable:
        raise Refused("The submission has not been read, so there is nothing to compare.")
    actor = request.actor  # type: ignore[attr-defined]
    found = comparing.compared(row)
    actions.record_picture(submission=row, what="comparison", rows=len(found.rows), form=form, by=actor)
    table = presenter.table(row, found, by=actor.name, at=timezone.localtime())
    name = file_name(f"comparison-{row.sha256[:12]}", form, of=row.inspection)
    return attachment(export(table, form), FORMATS[form][1], name)


def measure(request: HttpRequest, found: Any) -> HttpResponse:
    """One measure: where it stands among all authorities, with its pictures."""
    context = {
        "inspection": found.submission.inspection,
        "submission": found.submission,
        "found": found,
        "row": presenter.row(found.row),
        "called": comparing.called(found.submission),
        "door": DOORS_OF[found.row.ours.of],
        "near": found.row.published.neighbours_named,
        "pictures": [
            (name, TITLES[name], chart, pictures.whole(chart)) for name, chart in comparing.charts(found).items()
        ],
        "forms": [(form, words) for form, (words, _) in PICTURE_FORMS.items()],
        **shelf_of(request, found.submission, What.COMPARISON, found.row.ours.code),
    }
    return render(request, "comparison/measure.html", context)


def shelf_of(request: HttpRequest, submission: Any, what: What, code: str) -> dict[str, Any]:
    """Whether to offer the shelf, and what stands there already, for those who may put it there."""
    may = may_shelve(request.actor, submission)  # type: ignore[attr-defined]
    return {"may_shelve": may, "shelved": standing(submission, what, code) if may else None}


def shelve(request: HttpRequest, found: Any) -> HttpResponse:
    """Keep the comparison on the evidence shelf."""
    return shelved_page(request, lambda by: actions_of_comparison.shelve_comparison(found=found, by=by))


def shelved_page(request: HttpRequest, put: Callable[[Any], Any]) -> HttpResponse:
    """Put something on the shelf and go on to its item there."""
    item = put(request.actor)  # type: ignore[attr-defined]
    messages.success(request, f"It is on the evidence shelf as {item.mark}.")
    return redirect("shelf_item", inspection=item.inspection_id, item=item.pk)


def chart_file(request: HttpRequest, found: Any) -> HttpResponse:
    """One picture, or its numbers, as a file; the submission's own figure only where it may leave."""
    code, name = found.row.ours.code, found.asked
    return picture_file(
        request, found.submission, comparing.chart(found.found, name), what=f"comparison of {code}: {name}",
        called=f"{code}-{name}",
    )  # fmt: skip


class _Asked:
    """One measure with the picture that is asked for."""

    def __init__(self, found: Any, asked: str) -> None:
        self.found, self.asked = found, asked
        self.row, self.submission, self.target = found.row, found.submission, found.target


def _chart(actor: Any, inspection: Any, submission: Any, code: str, chart: str) -> Any:
    found = comparing.one(actor, inspection, submission, code)
    comparing.chart(found, chart)
    return _Asked(found, chart)


_AT = "inspections/<uuid:inspection>/data/<uuid:submission>/compare/"
_READ = Permission.SUBMISSION_READ

DOORS: list[URLPattern] = [
    door(_AT, compare, "submission_compare", needs=_READ, about=queries.get),
    door(
        _AT + "export/", take_out, "submission_compare_export",
        needs=_READ, to_change=_READ, about=queries.get, reads=False, step_up=True, file=True,
    ),
    door(_AT + "measures/<slug:code>/", measure, "submission_compare_measure", needs=_READ, about=comparing.one),
    door(
        _AT + "measures/<slug:code>/shelve/", shelve, "submission_compare_shelve",
        needs=Permission.FINDING_WRITE, to_change=Permission.FINDING_WRITE, about=comparing.one, reads=False,
    ),
    door(
        _AT + "measures/<slug:code>/<slug:chart>/file/", chart_file, "submission_compare_file",
        needs=_READ, to_change=_READ, about=_chart, reads=False, step_up=True, file=True,
    ),
]  # fmt: skip
