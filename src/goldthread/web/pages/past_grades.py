"""Pages: how earlier inspections graded the authority: a strip, a table with the source of each, and two
ways to write grades down: one by one, or from Ofsted's published table."""

from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Refused
from goldthread.apps.comparison import actions, files, grades
from goldthread.apps.improvement.queries import past
from goldthread.apps.inspections import queries as inspection_queries
from goldthread.apps.submissions import pictures
from goldthread.web.doors import door
from goldthread.web.forms import DateField, GovukForm, KeyForm
from goldthread.web.pages.pictures import PICTURE_FORMS, as_file


class GradeForm(KeyForm, GovukForm):
    """One grade of an earlier inspection."""

    on = DateField(label="Day of the inspection")
    framework = forms.CharField(max_length=60, label="Framework", help_text="Such as SIF or ILACS")
    area = forms.CharField(
        max_length=120, label="What was judged", help_text="Such as “Overall”, or “Children in care”"
    )
    grade = forms.ChoiceField(required=False, label="Grade")
    source = forms.CharField(
        max_length=280, label="Where it was read", help_text="Such as “Report published 4 September 2023, page 2”"
    )

    def __init__(self, asked: Any) -> None:
        """Offer the grades."""
        super().__init__(asked)
        self.fields["grade"].choices = [  # type: ignore[attr-defined]
            ("", "No grade was given"), *((one, one.capitalize()) for one in grades.offered())
        ]  # fmt: skip


def past_grades(request: HttpRequest, inspection: Any) -> HttpResponse:
    """The history, and the form to write a grade down."""
    actor = request.actor  # type: ignore[attr-defined]
    form = GradeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("on", "framework", "area", "grade", "source", "client_key")}
        try:
            actions.note_grade(inspection=inspection, by=actor, **said)
        except Refused as refusal:
            form.add_error("on", refusal.reason)
        else:
            messages.success(request, "The grade is written down.")
            return redirect("past_grades", inspection=inspection.pk)
    held = past.history(actor, inspection)
    chart = grades.picture([one.judged.told for one in held], inspection.authority)
    may_write = files.may_load(actor, files.Shelf(inspection))
    context = {
        "inspection": inspection,
        "form": form,
        "fresh_key": uuid4(),
        "history": held,
        "chart": chart,
        "drawn": pictures.whole(chart) if chart is not None else None,
        "may_write": may_write,
        "takes_back": may_write and any(one.written and one.written.inspection_id == inspection.pk for one in held),
        "forms": [(name, words) for name, (words, _) in PICTURE_FORMS.items()],
    }
    return render(request, "comparison/past_grades.html", context, status=422 if form.errors else 200)


class OutcomesForm(KeyForm, GovukForm):
    """Handing in Ofsted's published table of outcomes."""

    file = forms.FileField(
        label="Ofsted’s table of outcomes",
        help_text="A row for each authority, with the day of its inspection and a column for each judgement: CSV",
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.gz"}),
    )


def from_table(request: HttpRequest, inspection: Any) -> HttpResponse:
    """The grades of the authority's last inspection, taken from Ofsted's published table."""
    form = OutcomesForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            written = actions.note_grades_of_file(
                inspection=inspection, upload=sent, label=sent.name, client_key=form.cleaned_data["client_key"],
                by=request.actor,  # type: ignore[attr-defined]
            )  # fmt: skip
        except Refused as refusal:
            form.add_error("file", refusal.reason)
        else:
            count = len(written)
            messages.success(request, f"{count} grade{' is' if count == 1 else 's are'} written down from the table.")
            return redirect("past_grades", inspection=inspection.pk)
    context = {
        "inspection": inspection, "form": form, "fresh_key": uuid4(), "beside": files.beside(inspection),
    }  # fmt: skip
    return render(request, "comparison/past_grades_from_table.html", context, status=422 if form.errors else 200)


def take_back(request: HttpRequest, grade: Any) -> HttpResponse:
    """Take a grade out of the history."""
    actions.take_back_grade(grade=grade, by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, "The grade is taken back.")
    return redirect("past_grades", inspection=grade.inspection_id)


def strip_file(request: HttpRequest, inspection: Any) -> HttpResponse:
    """The strip as a file, the journal saying so first."""
    actor = request.actor  # type: ignore[attr-defined]
    held = past.history(actor, inspection)
    chart = grades.picture([one.judged.told for one in held], inspection.authority)
    if chart is None:
        raise Refused("No earlier grade is held yet, so there is no picture to take.")

    def record(form: str) -> None:
        actions.record_history(inspection=inspection, rows=len(chart.rows), form=form, by=actor)

    return as_file(request, chart, of=inspection, called="history-of-grades", record=record)


_AT = "inspections/<uuid:inspection>/past-grades/"
_READ, _WRITE = Permission.INSPECTION_READ, Permission.BENCHMARK_LOAD

DOORS: list[URLPattern] = [
    door(_AT, past_grades, "past_grades", needs=_READ, to_change=_WRITE, about=inspection_queries.get),
    door(
        _AT + "file/", strip_file, "past_grades_file",
        needs=_READ, to_change=_READ, about=inspection_queries.get, reads=False, step_up=True, file=True,
    ),
    door(
        _AT + "from-table/", from_table, "past_grades_from_table",
        needs=_WRITE, to_change=_WRITE, about=inspection_queries.get,
    ),
    door(
        _AT + "<int:grade>/take-back/", take_back, "past_grade_take_back",
        needs=_WRITE, to_change=_WRITE, about=grades.get, reads=False,
    ),
]  # fmt: skip
