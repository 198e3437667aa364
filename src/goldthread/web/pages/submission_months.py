"""Pages: how many issues one hand-in after another had, by severity and by rule, and out as a file."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern
from django.utils import timezone

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Refused
from goldthread.apps.submissions import actions, months, pictures, queries
from goldthread.web.doors import door
from goldthread.web.exports import FORMATS, Table, export
from goldthread.web.files import attachment, file_name

A_PAGE = 50


def over_time(request: HttpRequest, row: Any) -> HttpResponse:
    """The chart and the two tables; sent, the counts by rule as a file."""
    actor = request.actor  # type: ignore[attr-defined]
    told = months.over_time(row, actor)
    if request.method == "POST":
        return _file(request, row, told)
    chart = months.chart(told)
    context = {
        "inspection": row.inspection,
        "submission": row,
        "told": told,
        "picture": pictures.whole(chart) if chart else None,
        "severities": list(queries.SEVERITIES.values()),
        "page_obj": Paginator(told.rules, A_PAGE).get_page(request.GET.get("page")),
        "formats": [(form, words) for form, (words, _) in FORMATS.items()],
    }
    return render(request, "submissions/issues_over_time.html", context)


def _file(request: HttpRequest, row: Any, told: Any) -> HttpResponse:
    form = request.POST.get("format", "")
    if form not in FORMATS:
        raise Refused("Choose an Excel workbook or a CSV file.")
    actor = request.actor  # type: ignore[attr-defined]
    severities = [
        ("", words, f"All {words.lower()} issues", *(one.counts[place] for one in told.hand_ins))
        for place, words in enumerate(queries.SEVERITIES.values())
    ]
    rules = [
        (one.rule, queries.SEVERITIES.get(one.severity, one.severity), one.says, *one.counts) for one in told.rules
    ]
    if told.apart:
        severities += [
            ("", words, f"{words} issues of the rules that were run on every hand-in",
             *(one.compared[place] for one in told.hand_ins))
            for place, words in enumerate(queries.SEVERITIES.values())
        ]  # fmt: skip
    table = Table(
        "Issues over time", ("Rule", "Severity", "What is wrong", *(one.title for one in told.hand_ins)),
        [*severities, *rules],
        about=(
            ("Inspection", row.inspection.title), ("Taken by", actor.name),
            ("Taken at", f"{timezone.localtime():%-d %B %Y, %H:%M}"), ("Blank", "The rule was not run on that hand-in"),
        ),
    )  # fmt: skip
    actions.record_picture(submission=row, what="issues over time", rows=len(table.rows), form=form, by=actor)
    return attachment(export(table, form), FORMATS[form][1], file_name("issues-over-time", form, of=row.inspection))


_READ = Permission.SUBMISSION_READ

DOORS: list[URLPattern] = [
    door(
        "inspections/<uuid:inspection>/data/<uuid:submission>/issues/over-time/", over_time,
        "submission_issues_over_time", needs=_READ, to_change=_READ, about=queries.get, step_up=True, file=True,
    ),
]  # fmt: skip
