"""Pages: values that were not understood, what they mean, what was said so far, and reading a file again."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern

from goldthread.apps.access.permissions import Permission
from goldthread.apps.inspections import queries as inspection_queries
from goldthread.apps.submissions import actions, corrections, data_queries, earlier, queries
from goldthread.web.doors import door
from goldthread.web.forms import GovukForm, KeyForm, sent_key

A_PAGE = 25


class MeaningForm(KeyForm, GovukForm):
    """A choice of code for each value; what is left alone is not sent on."""

    def __init__(self, asked: Any, values: list[Any]) -> None:
        """One field for each value, named without a word of it."""
        super().__init__(asked)
        self.values = values
        for one in values:
            leave = [] if one.code else [("", "Not said yet")]
            self.fields[f"code-{one.key}"] = forms.ChoiceField(
                required=False, label=f"What “{one.written}” means", initial=one.code,
                choices=[*leave, *corrections.codes(one.field)],
            )  # fmt: skip

    def rows(self) -> list[tuple[Any, Any]]:
        """Each value with the control that gives it a meaning."""
        return [(one, self[f"code-{one.key}"]) for one in self.values]

    def meanings(self) -> dict[tuple[str, str], str]:
        """What was chosen."""
        chosen = ((one, self.cleaned_data.get(f"code-{one.key}", "")) for one in self.values)
        return {(one.field, one.written): code for one, code in chosen if code and code != one.code}


def values(request: HttpRequest, row: Any) -> HttpResponse:
    """What was not understood, field by field, and a code for each."""
    actor = request.actor  # type: ignore[attr-defined]
    found = corrections.values(row) if row.readable else []
    fields = list(dict.fromkeys(one.field for one in found))
    asked = request.GET.get("field", "")
    shown = [one for one in found if one.field == asked] if asked in fields else found
    page = Paginator(shown, A_PAGE).get_page(request.GET.get("page"))
    asked_of = data_queries.asked_of_values(actor, row, page)
    form = MeaningForm(request.POST or None, found if request.method == "POST" else list(page))
    if request.method == "POST" and form.is_valid():
        held = form.cleaned_data
        said = actions.say_meanings(submission=row, meanings=form.meanings(), version=held["version"], by=actor)
        words = f"{said} meaning{' is' if said == 1 else 's are'} remembered." if said else "Nothing new was chosen."
        messages.success(request, f"{words} This reading stays as it is until you have the file read again.")
        return redirect("submission_values", inspection=row.inspection_id, submission=row.pk)
    context = {
        "inspection": row.inspection,
        "submission": row,
        "form": form,
        "shown": [(one, control, asked_of.get(one.key, [])) for one, control in form.rows()],
        "page_obj": page,
        "fields": [(one, corrections.title(one), _left(found, one)) for one in fields],
        "asked": asked if asked in fields else "",
        "left": sum(one.cells for one in found if not one.code),
        "others": corrections.others(row) if row.readable else [],
        "may_correct": corrections.may_correct(actor, row),
        "may_ask": data_queries.may_ask(actor, row),
        "cells": row.lists.get("unread", 0),
        "memory": corrections.Memory(row.inspection, row.side),
        "in_force": len(corrections.in_force(row)),
    }
    return render(request, "corrections/values.html", context, status=422 if form.errors else 200)


def _left(found: list[Any], field: str) -> int:
    return sum(one.cells for one in found if one.field == field and not one.code)


def read_again(request: HttpRequest, row: Any) -> HttpResponse:
    """Have the file read once more; the reading that there is stays."""
    actor = request.actor  # type: ignore[attr-defined]
    if request.method == "POST":
        again = actions.read_again(submission=row, client_key=sent_key(request), by=actor)
        messages.success(request, "The file is being read again. The first reading stays as it was.")
        return redirect("submission", inspection=again.inspection_id, submission=again.pk)
    context = {
        "inspection": row.inspection,
        "submission": row,
        "may_correct": corrections.may_correct(actor, row),
        "in_force": len(corrections.in_force(row)),
        "earlier": earlier.before(row, row.as_at) if row.as_at else None,
    }
    return render(request, "corrections/read_again.html", context)


def remembered(request: HttpRequest, part: Any) -> HttpResponse:
    """What was said so far, with a way to take each back."""
    found = corrections.remembered(part.actor, part.inspection)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "inspection": part.inspection,
        "page_obj": page,
        "rows": [
            (one, corrections.title(one.field), dict(corrections.codes(one.field)).get(one.code, one.code))
            for one in page
        ],
        "elsewhere": corrections.said_elsewhere(part.actor, part.inspection),
        "crossed": [
            (one, corrections.title(one.value.field)) for one in corrections.crossed(part.actor, part.inspection)
        ],
    }
    return render(request, "corrections/remembered.html", context)


def take_back(request: HttpRequest, row: Any) -> HttpResponse:
    """Forget what a value means."""
    actions.take_back(correction=row, by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, "It is taken back. Files read from now on count the value as not understood again.")
    return redirect("corrections", inspection=row.inspection_id)


_ONE = "inspections/<uuid:inspection>/data/<uuid:submission>/"
_ALL = "inspections/<uuid:inspection>/data/corrections/"
_UPLOAD, _ROWS = Permission.SUBMISSION_UPLOAD, Permission.LISTS_READ

DOORS: list[URLPattern] = [
    door(_ONE + "values/", values, "submission_values", needs=_ROWS, to_change=_UPLOAD, about=queries.get),
    door(
        _ONE + "read-again/", read_again, "submission_read_again",
        needs=_UPLOAD, to_change=_UPLOAD, about=queries.get,
    ),
    door(_ALL, remembered, "corrections", needs=_UPLOAD, about=inspection_queries.own_part),
    door(
        _ALL + "<uuid:correction>/take-back/", take_back, "correction_take_back",
        needs=_UPLOAD, to_change=_UPLOAD, about=corrections.get, reads=False,
    ),
]  # fmt: skip
