"""Pages: signed-off reviews rolled up, from a question to the whole file, by team, and by what falls short."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern
from django.utils import timezone

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Refused
from goldthread.apps.cases import actions, queries
from goldthread.apps.inspections import queries as inspections
from goldthread.apps.submissions import pictures
from goldthread.domain.standard import LEAST_PART, USUAL_PART, USUAL_TEN, Line
from goldthread.kernel.charts import Chart, graded_bars
from goldthread.kernel.charts.themes import themes_chart
from goldthread.web.doors import door
from goldthread.web.exports import FORMATS, export
from goldthread.web.files import attachment, file_name
from goldthread.web.forms import GovukForm, WholeNumberField
from goldthread.web.pages.pictures import PICTURE_FORMS, as_file
from goldthread.web.presenters import roll_up as presenter


class LineForm(GovukForm):
    """Which sample, where the standard lies, and by what the files are told apart."""

    draw = forms.ChoiceField(required=False, label="Sample")
    instrument = forms.ChoiceField(required=False, label="Instrument")
    part = WholeNumberField(
        required=False, label="Part of a file's questions, in %", min_value=LEAST_PART, max_value=100,
        help_text=f"So many must reach the standard for a section or an area to reach it. {USUAL_PART} unless you say "
        "otherwise.",
    )  # fmt: skip
    ten = WholeNumberField(
        required=False, label="Least number of a scale to 10", min_value=1, max_value=10,
        help_text=f"{USUAL_TEN} unless you say otherwise.",
    )  # fmt: skip
    of = forms.ChoiceField(required=False, label="Told by group")
    by = forms.ChoiceField(required=False, label="Groups", choices=list(queries.BY.items()))


@dataclass(frozen=True, slots=True)
class Pictured:
    """One picture of the page: what its file is called, and how it is drawn; None where there is nothing to draw."""

    called: str
    drawn: Callable[[Any], Chart | None]


PICTURED: Mapping[str, Pictured] = {
    "grades": Pictured("grades", lambda told: graded_bars(told.grades) if told.grades else None),
    "themes": Pictured("themes", lambda told: themes_chart(told.themes) if told.themes else None),
}


def _told(request: HttpRequest, inspection: Any, sent: Any) -> tuple[Any, LineForm, list[Any]]:
    """The roll-up that was asked for; a form that is wrong gives the usual one and says what is wrong."""
    actor = request.actor  # type: ignore[attr-defined]
    draws = [one for one in queries.draws(inspection, actor) if one.live]
    form = LineForm(sent or None)
    form.fields["draw"].choices = [(str(one.pk), f"Draw {one.number}: {one.purpose[:60]}") for one in draws]  # type: ignore[attr-defined]
    first = queries.roll_up(inspection, actor, _draw(draws, sent), instrument=sent.get("instrument", ""))
    if first is None:
        return None, form, draws
    form.fields["instrument"].choices = list(first.instruments)  # type: ignore[attr-defined]
    form.fields["of"].choices = list(first.choices)  # type: ignore[attr-defined]
    held = form.cleaned_data if sent and form.is_valid() else {}
    line = Line(held.get("part") or USUAL_PART, held.get("ten") or USUAL_TEN)
    told = queries.roll_up(
        inspection, actor, first.draw, instrument=first.instrument.slug, line=line,
        of=held.get("of") or queries.PRACTICE, by=held.get("by") or "team",
    )  # fmt: skip
    return told, form, draws


def _draw(draws: list[Any], sent: Any) -> Any:
    return next((one for one in draws if str(one.pk) == sent.get("draw", "")), None)


def roll_up(request: HttpRequest, inspection: Any) -> HttpResponse:
    """Every figure with its range, the groups made safe, and the themes of what falls below the standard."""
    told, form, draws = _told(request, inspection, request.GET)
    chart, grades = (PICTURED[name].drawn(told) if told else None for name in ("themes", "grades"))
    context = {
        "inspection": inspection, "told": told, "form": form, "draws": draws, "chart": chart,
        "drawn": pictures.whole(chart) if chart else None, "grades": grades,
        "grade_rows": [list(zip(grades.columns, row, strict=True)) for row in grades.rows] if grades else [],
        "grades_drawn": pictures.whole(grades) if grades else None, "chosen": presenter.chosen(told),
        "usual": (USUAL_PART, USUAL_TEN), "time": queries.time_taken(inspection, request.actor),  # type: ignore[attr-defined]
        "forms": [(name, words) for name, (words, _) in PICTURE_FORMS.items()],
        "formats": [(name, words) for name, (words, _) in FORMATS.items()],
    }  # fmt: skip
    return render(request, "cases/roll_up.html", context, status=422 if form.errors else 200)


def roll_up_file(request: HttpRequest, inspection: Any) -> HttpResponse:
    """Every figure as a file, the journal saying so first."""
    form = request.POST.get("format", "")
    if form not in FORMATS:
        raise Refused("Choose an Excel workbook or a CSV file.")
    actor = request.actor  # type: ignore[attr-defined]
    table = presenter.table(_there(request, inspection), by=actor.name, at=timezone.localtime())
    actions.record_roll_up_export(
        inspection=inspection, what="the roll-up of reviews", form=form, rows=len(table.rows), by=actor
    )
    return attachment(export(table, form), FORMATS[form][1], file_name("roll-up", form, of=inspection))


def roll_up_picture(request: HttpRequest, inspection: Any) -> HttpResponse:
    """The picture of grades, or of themes, as a file, the journal saying so first."""
    told = _there(request, inspection)
    pictured = PICTURED.get(request.POST.get("picture", "themes"))
    chart = pictured.drawn(told) if pictured else None
    if pictured is None or chart is None:
        raise Refused("Choose the picture of grades or of themes; only one that the page shows can be taken.")

    def record(form: str) -> None:
        actions.record_roll_up_export(
            inspection=inspection, what=f"picture of {pictured.called}", form=form, rows=len(chart.rows),
            by=request.actor,  # type: ignore[attr-defined]
        )  # fmt: skip

    return as_file(request, chart, of=inspection, called=pictured.called, record=record)


def _there(request: HttpRequest, inspection: Any) -> Any:
    told, form, _ = _told(request, inspection, request.POST)
    if told is None or not told.files:
        raise Refused("No review is signed off yet, so there is nothing to take.")
    if form.errors:
        raise Refused("Where the standard lies was not understood. Go back and choose it again.")
    return told


_AT = "inspections/<uuid:inspection>/cases/roll-up/"
_READ = Permission.CASE_REVIEW_READ
DOORS: list[URLPattern] = [
    door(_AT, roll_up, "roll_up", needs=_READ, about=inspections.get),
    door(
        _AT + "file/", roll_up_file, "roll_up_file", needs=_READ, to_change=_READ, about=inspections.get, reads=False,
        step_up=True, file=True,
    ),
    door(
        _AT + "picture/", roll_up_picture, "roll_up_picture", needs=_READ, to_change=_READ, about=inspections.get,
        reads=False, step_up=True, file=True,
    ),
]  # fmt: skip
