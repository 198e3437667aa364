"""Pages: results of a survey as a file, and beside those of an earlier survey."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Refused
from goldthread.apps.surveys import actions, queries
from goldthread.domain import surveys as domain
from goldthread.web.doors import door
from goldthread.web.exports import FORMATS, Table, export
from goldthread.web.files import attachment, file_name
from goldthread.web.presenters import survey_results as presenter


def survey_file(request: HttpRequest, survey: Any) -> HttpResponse:
    """The results as the page shows them, as a file, the journal saying so first."""
    form = _form(request)
    table = presenter.results_table(survey, by=request.actor.name)  # type: ignore[attr-defined]
    return _out(request, survey, table, form, "survey-results")


def survey_change(request: HttpRequest, survey: Any) -> HttpResponse:
    """The results beside those of an earlier survey that asked the same of the same authority."""
    actor = request.actor  # type: ignore[attr-defined]
    before = queries.wave(actor, survey, _which(request.GET.get("with", "")))
    held = queries.changes(before, survey) if before else []
    context = {
        "inspection": survey.inspection, "survey": survey, "before": before,
        "waves": [(one, presenter.name_of(one)) for one in queries.waves_before(actor, survey)],
        "rows": presenter.changes(before, survey, held) if before else [],
        "looked_at": queries.looked_at(held), "by_chance": max(1, round(queries.looked_at(held) / 20)),
        "ways": [(one.mark, presenter.ways_of(one)) for one in (before, survey) if one],
        "formats": FORMATS, "fewest": domain.FEWEST, "has_results": queries.has_results(survey),
    }  # fmt: skip
    return render(request, "surveys/change.html", context)


def survey_change_file(request: HttpRequest, survey: Any) -> HttpResponse:
    """The results beside those of an earlier survey, as a file, the journal saying so first."""
    form = _form(request)
    actor = request.actor  # type: ignore[attr-defined]
    before = queries.wave(actor, survey, _which(request.POST.get("with", "")))
    if before is None:
        raise Refused("No earlier survey asked the same, so there is no change to take out.")
    table = presenter.changes_table(before, survey, queries.changes(before, survey), by=actor.name)
    return _out(request, survey, table, form, "survey-change")


def _form(request: HttpRequest) -> str:
    form = request.POST.get("format", "")
    if form not in FORMATS:
        raise Refused("Choose an Excel workbook or a CSV file.")
    return form


def _out(request: HttpRequest, survey: Any, table: Table, form: str, what: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    told = what.replace("-", " ")
    actions.record_export(survey=survey, what=told, form=form, rows=len(table.rows), by=actor)
    name = file_name(what, form, of=survey.inspection, narrowed=[survey.mark])
    return attachment(export(table, form), FORMATS[form][1], name)


def _which(told: str) -> UUID | None:
    try:
        return UUID(told) if told else None
    except ValueError:
        return None


_ONE = "inspections/<uuid:inspection>/surveys/<uuid:survey>/"
_READ = Permission.SURVEY_READ

DOORS: list[URLPattern] = [
    door(_ONE + "file/", survey_file, "survey_file", needs=_READ, to_change=_READ, about=queries.survey, reads=False,
         step_up=True, file=True),
    door(_ONE + "change/", survey_change, "survey_change", needs=_READ, about=queries.survey),
    door(_ONE + "change/file/", survey_change_file, "survey_change_file", needs=_READ, to_change=_READ,
         about=queries.survey, reads=False, step_up=True, file=True),
]  # fmt: skip
