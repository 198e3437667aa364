"""Pages: the watch between inspections; two inspections side by side; what of the past comes back, and how common."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern
from django.utils import timezone

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Refused
from goldthread.apps.comparison import actions, files, grades
from goldthread.apps.improvement.queries import past
from goldthread.apps.improvement.queries import then_and_now as lined_up
from goldthread.apps.improvement.queries import watch as queries
from goldthread.apps.inspections import queries as inspections
from goldthread.apps.reports import queries as reports
from goldthread.apps.submissions import pictures
from goldthread.domain.watch.recurrence import RATES_FROM, THEMES
from goldthread.web.doors import door
from goldthread.web.forms import DateField, GovukForm, KeyForm
from goldthread.web.presenters import between_inspections as presenter
from goldthread.web.presenters import then_and_now as beside

FIRST_MONTH = date(1990, 1, 1)
"""No lists tell of an earlier month."""


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
        "by_chance": presenter.a_year(found.by_chance), "tally": found.tally, "now": presenter.month(found.now),
        "compared": lined_up.compared(part.actor, part.inspection),
    }  # fmt: skip
    return render(request, "improvement/watch.html", context)


def watch_area(request: HttpRequest, asked: Any) -> HttpResponse:
    """One area: what has changed, what evidence there is that it holds, and what tells nothing; or as of a month."""
    on = _last_day_of(request.GET.get("month", ""))
    held = presenter.whole_area(asked.watched(on), asked.part.actor)
    context = {"inspection": asked.inspection, "area": held, "as_of": held["months"] if on else ""}
    return render(request, "improvement/watch_area.html", context)


def _last_day_of(month: str) -> date | None:
    """The last day of a month that is over ("2025-04"); None for anything else, of which today is told."""
    try:
        first = date.fromisoformat(f"{month}-01")
    except ValueError:
        return None
    if not FIRST_MONTH <= first < timezone.localdate().replace(day=1):
        return None
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def then_and_now(request: HttpRequest, part: Any) -> HttpResponse:
    """This inspection beside the one before it: what held, slipped and came back, and when the watch said so."""
    found = lined_up.then_and_now(part.actor, part.inspection)
    instead = None if found.earlier else lined_up.compared(part.actor, part.inspection)
    context = {"inspection": part.inspection, "found": found, "instead": instead, **beside.whole(found)}
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
    found = past.recurrence(actor, inspection)
    chart = grades.picture([one.judged.told for one in found.grades], inspection.authority)
    may_write = files.may_load(actor, files.Shelf(inspection))
    context = {
        "inspection": inspection, "form": form, "fresh_key": uuid4(), "found": found, "rates_from": RATES_FROM,
        "raised": [(one, THEMES[one.theme].title) for one in found.raised if one.theme in THEMES],
        "reports_now": list(reports.published_of(found.now.inspections)),
        "drawn": pictures.whole(chart) if chart is not None else None,
        "may_write": may_write,
        "takes_back": may_write and any(one.written and one.written.inspection == inspection for one in found.raised),
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
