"""Pages: the watch between inspections; two inspections side by side; what of the past comes back, and how common."""

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
from goldthread.apps.improvement.queries import then_and_now as lined_up
from goldthread.apps.improvement.queries import watch as queries
from goldthread.apps.inspections import queries as inspections
from goldthread.apps.submissions import pictures
from goldthread.domain.watch.recurrence import RATES_FROM, THEMES
from goldthread.web.doors import door
from goldthread.web.forms import DateField, GovukForm, KeyForm
from goldthread.web.presenters import between_inspections as presenter
from goldthread.web.presenters import then_and_now as beside


class ThemeForm(KeyForm, GovukForm):
    """One theme that an earlier inspection raised."""

    on = DateField(label="Day of the inspection")
    theme = forms.ChoiceField(label="Theme", choices=[("", "Choose a theme")])
    source = forms.CharField(
        max_length=280, label="Where it was read", help_text="Such as “Report published 4 September 2023, page 2”"
    )

    def __init__(self, asked: Any) -> None:
        """Offer the themes whose national rate is known, the commonest first."""
        super().__init__(asked)
        self.fields["theme"].choices = [  # type: ignore[attr-defined]
            ("", "Choose a theme"), *((one.slug, one.title) for one in THEMES.values())
        ]  # fmt: skip


def watch(request: HttpRequest, part: Any) -> HttpResponse:
    """Every area, what to look at first standing first."""
    found = queries.watch(part.actor, part.inspection)
    context = {
        "inspection": part.inspection, "areas": [presenter.area(one) for one in found.areas],
        "others": [one for one in found.inspections if one.pk != part.inspection.pk], "kinds": presenter.kinds(),
        "by_chance": presenter.a_year(found.by_chance), "watched": found.watched, "now": presenter.month(found.now),
    }  # fmt: skip
    return render(request, "improvement/watch.html", context)


def watch_area(request: HttpRequest, asked: Any) -> HttpResponse:
    """One area: what has changed, what evidence there is that it holds, and what tells nothing."""
    held = presenter.whole_area(asked.watched(), asked.part.actor)
    return render(request, "improvement/watch_area.html", {"inspection": asked.inspection, "area": held})


def then_and_now(request: HttpRequest, part: Any) -> HttpResponse:
    """This inspection beside the one before it: what held, slipped and came back, and when the watch said so."""
    found = lined_up.then_and_now(part.actor, part.inspection)
    context = {"inspection": part.inspection, "found": found, **beside.whole(found, part.actor)}
    return render(request, "improvement/then_and_now.html", context)


def recurrence(request: HttpRequest, part: Any) -> HttpResponse:
    """Themes of the past beside today's, the history of grades, and the form to write a theme down."""
    inspection, actor = part.inspection, part.actor
    form = ThemeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("on", "theme", "source", "client_key")}
        try:
            actions.note_theme(inspection=inspection, by=actor, **said)
        except Refused as refusal:
            form.add_error("theme" if "already" in refusal.reason else "on", refusal.reason)
        else:
            messages.success(request, "The theme is written down.")
            return redirect("improvement_recurrence", inspection=inspection.pk)
    found, chart = queries.recurrence(actor, inspection), grades.picture(inspection)
    context = {
        "inspection": inspection, "form": form, "fresh_key": uuid4(), "found": found, "rates_from": RATES_FROM,
        "written": [(one, THEMES[one.theme].title) for one in grades.themes(inspection) if one.theme in THEMES],
        "drawn": pictures.whole(chart) if chart is not None else None,
        "may_write": files.may_load(actor, files.Shelf(inspection)),
    }  # fmt: skip
    return render(request, "improvement/recurrence.html", context, status=422 if form.errors else 200)


def take_back(request: HttpRequest, theme: Any) -> HttpResponse:
    """Take a theme of the past back."""
    actions.take_back_theme(theme=theme, by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, "The theme is taken back.")
    return redirect("improvement_recurrence", inspection=theme.inspection_id)


_AT = "inspections/<uuid:inspection>/improvement/"
_READ, _WRITE = Permission.IMPROVEMENT_READ, Permission.BENCHMARK_LOAD

DOORS: list[URLPattern] = [
    door(_AT + "watch/", watch, "improvement_watch", needs=_READ, about=inspections.own_part),
    door(_AT + "watch/<slug:watched>/", watch_area, "improvement_watch_area", needs=_READ, about=queries.asked_area),
    door(_AT + "then-and-now/", then_and_now, "improvement_then_and_now", needs=_READ, about=inspections.own_part),
    door(
        _AT + "recurrence/", recurrence, "improvement_recurrence",
        needs=_READ, to_change=_WRITE, about=inspections.own_part,
    ),
    door(
        _AT + "recurrence/<int:past_theme>/take-back/", take_back, "past_theme_take_back",
        needs=_WRITE, to_change=_WRITE, about=grades.get_theme, reads=False,
    ),
]  # fmt: skip
