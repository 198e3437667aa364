"""Pages: the phases of an inspection as days, moving one, and marking the periods that they may fall in."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, reverse
from django.utils import timezone

from goldthread.apps.access.actions import Clash
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused, Target, decide
from goldthread.apps.drafting import known
from goldthread.apps.fieldwork import actions
from goldthread.apps.fieldwork import phases as queries
from goldthread.apps.inspections import queries as inspections
from goldthread.apps.reports import queries as reports
from goldthread.apps.submissions.actions import forget_typed_text
from goldthread.domain.phase_days import PERIODS
from goldthread.domain.statement_of_action import FROM_REPORT
from goldthread.web.doors import door
from goldthread.web.forms import DateField, GovukForm, KeyForm, sent_version
from goldthread.web.overtaken import overtaken_page
from goldthread.web.presenters import timetable as presenter


class PhaseForm(KeyForm, GovukForm):
    """Other days for a phase."""

    starts = DateField(label="First day")
    ends = DateField(label="Last day")
    because = forms.CharField(
        label="Why it moves", max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Both sides read this, and it stays with the phase. Name no child.",
    )  # fmt: skip
    follow = forms.BooleanField(required=False, label="Move what follows by as many working days")
    back = forms.BooleanField(
        required=False, label="Take it back to the days that are worked out, whatever days stand above"
    )


class PeriodForm(KeyForm, GovukForm):
    """School holidays, or the time before an election."""

    kind = forms.ChoiceField(
        label="What kind of period it is", choices=[(str(one), title) for one, (title, _) in PERIODS.items()],
        widget=forms.RadioSelect,
    )  # fmt: skip
    says = forms.CharField(
        required=False, max_length=120, label="What it is called here", help_text="For example, Christmas, or half-term"
    )
    starts = DateField(label="First day")
    ends = DateField(label="Last day")

    def values(self) -> dict[str, Any]:
        """What the action is given."""
        return {name: self.cleaned_data[name] for name in ("kind", "says", "starts", "ends")}


def timetable(request: HttpRequest, inspection: Any) -> HttpResponse:
    """The framework's phases and requests, as days; what was moved, and the periods that are marked."""
    today = timezone.localdate()
    phases = presenter.stretches(inspection, today)
    last = max([one.ends for one in phases] + [inspection.fieldwork_to])
    titles = {one.slug: one.title for one in presenter.plan_of(inspection).phases}
    may_edit = decide(request.actor, Permission.INSPECTION_EDIT, inspection.target(), timezone.now()).allowed  # type: ignore[attr-defined]
    context = {
        "inspection": inspection,
        "framework": known.framework(inspection.framework),
        "phases": phases,
        "moves": [(one, titles.get(one.phase, one.phase)) for one in queries.moves_of(inspection)],
        "periods": [(one, presenter.period_words(one)) for one in queries.marked(inspection)],
        "kinds": list(PERIODS.values()),
        "requests": presenter.requests(inspection, today),
        "holidays": presenter.holidays_between(inspection.call_day, last),
        "weeks": presenter.weeks(inspection.fieldwork_from, inspection.fieldwork_to),
        "says_otherwise": presenter.framework_says(inspection),
        "without_days": presenter.without_days(inspection),
        "today": today,
        "may_edit": may_edit,
    }
    return render(request, "inspections/timetable.html", context)


@dataclass(frozen=True, slots=True)
class _Phase:
    """A phase of an inspection, as the door asks about it."""

    inspection: Any
    laid: Any

    def target(self) -> Target:
        """The inspection itself."""
        found: Target = self.inspection.target()
        return found


def _phase(actor: Actor, inspection: UUID, phase: str) -> _Phase:
    held = inspections.get(actor, inspection)
    found = next((one for one in queries.phases_of(held) if one.phase.slug == phase), None)
    if found is None:
        raise ObjectDoesNotExist
    return _Phase(held, found)


def phase_move(request: HttpRequest, held: Any) -> HttpResponse:
    """Give a phase other days, or take it back to those that are worked out."""
    inspection, laid = held.inspection, held.laid
    actor, key = request.actor, f"phase-{laid.phase.slug}"  # type: ignore[attr-defined]
    form = PhaseForm(request.POST or None, initial={"starts": laid.starts, "ends": laid.ends})
    if request.method == "POST" and form.is_valid():
        try:
            count = _moved(inspection, laid.phase.slug, form.cleaned_data, actor)
        except Refused as refusal:
            if refusal.hidden:
                raise
            form.add_error("because" if "Say why" in refusal.reason else "ends", refusal.reason)
        else:
            _forget(request, key, inspection)
            after = f", and {count - 1} after it" if count > 1 else ""
            messages.success(request, f"“{laid.phase.title}” is moved{after}.")
            return redirect("timetable", inspection=inspection.pk)
    context = {
        "inspection": inspection, "laid": laid, "form": form, "key": key,
        "version": queries.version_of(inspection, laid.phase.slug),
    }  # fmt: skip
    return render(request, "inspections/phase.html", context, status=422 if form.errors else 200)


def _moved(inspection: Any, phase: str, held: dict[str, Any], actor: Actor) -> int:
    """How many phases have moved. Raises Refused for one that is counted from a report that is published."""
    published = reports.published_on(inspection)
    if published and phase in FROM_REPORT:
        raise Refused(
            f"This phase is counted from {published:%-d %B %Y}, when the report was published, so it cannot be moved."
        )
    said: dict[str, Any] = {"because": held["because"], "version": held["version"], "by": actor}
    if held["back"]:
        actions.take_phase_back(inspection=inspection, phase=phase, **said)
        return 1
    days = {name: held[name] for name in ("starts", "ends", "follow")}
    return len(actions.move_phase(inspection=inspection, phase=phase, **days, **said))


def _forget(request: HttpRequest, key: str, inspection: Any) -> None:
    forget_typed_text(form=f"{key}@{inspection.pk}", by=request.actor)  # type: ignore[attr-defined]


def period_new(request: HttpRequest, inspection: Any) -> HttpResponse:
    """Mark a period."""
    form = PeriodForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["client_key"]
        try:
            actions.mark_period(inspection=inspection, client_key=key, by=request.actor, **form.values())  # type: ignore[attr-defined]
        except Refused as refusal:
            form.add_error("ends", refusal.reason)
        else:
            _forget(request, "period-new", inspection)
            messages.success(request, "The period is marked. It is noted at every phase that falls in it.")
            return redirect("timetable", inspection=inspection.pk)
    context = {"inspection": inspection, "form": form, "key": "period-new", "kinds": list(PERIODS.values())}
    return render(request, "inspections/period.html", context, status=422 if form.errors else 200)


def period_change(request: HttpRequest, period: Any) -> HttpResponse:
    """Change a marked period."""
    inspection, key = period.inspection, f"period-{period.pk.hex}"
    initial = {name: getattr(period, name) for name in ("kind", "says", "starts", "ends")}
    form = PeriodForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            actions.change_period(period=period, version=version, by=request.actor, **form.values())  # type: ignore[attr-defined]
        except Refused as refusal:
            form.add_error("ends", refusal.reason)
        else:
            _forget(request, key, inspection)
            messages.success(request, "The period is changed.")
            return redirect("timetable", inspection=inspection.pk)
    context = {
        "inspection": inspection, "form": form, "key": key, "period": period, "kinds": list(PERIODS.values()),
    }  # fmt: skip
    return render(request, "inspections/period.html", context, status=422 if form.errors else 200)


def period_out(request: HttpRequest, period: Any) -> HttpResponse:
    """Take a marked period out."""
    try:
        actions.take_period_out(period=period, version=sent_version(request), by=request.actor)  # type: ignore[attr-defined]
    except Clash as clash:
        return overtaken_page(request, clash, look=reverse("period", args=[period.inspection_id, period.pk]))
    messages.success(request, "The period is taken out.")
    return redirect("timetable", inspection=period.inspection_id)


_AT = "inspections/<uuid:inspection>/timetable/"
_READ, _EDIT = Permission.INSPECTION_READ, Permission.INSPECTION_EDIT

DOORS: list[URLPattern] = [
    door(_AT, timetable, "timetable", needs=_READ, about=inspections.get),
    door(_AT + "phases/<slug:phase>/", phase_move, "phase_move", needs=_EDIT, to_change=_EDIT, about=_phase),
    door(_AT + "periods/new/", period_new, "period_new", needs=_EDIT, to_change=_EDIT, about=inspections.get),
    door(_AT + "periods/<uuid:period>/", period_change, "period", needs=_EDIT, to_change=_EDIT, about=queries.period),
    door(
        _AT + "periods/<uuid:period>/out/", period_out, "period_out", needs=_EDIT, to_change=_EDIT,
        about=queries.period, reads=False,
    ),
]  # fmt: skip
