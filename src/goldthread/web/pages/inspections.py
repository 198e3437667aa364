"""Pages: an inspection's set-up, overview, timetable, and moving it on."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Refused, decide
from goldthread.apps.cases import queries as cases
from goldthread.apps.drafting import known
from goldthread.apps.inspections import actions, queries
from goldthread.apps.meetings import queries as meetings
from goldthread.apps.programme import queries as programme
from goldthread.apps.referred_back import queries as referred_back
from goldthread.apps.reports import queries as reports
from goldthread.apps.requests import queries as requests
from goldthread.apps.submissions.actions import forget_typed_text
from goldthread.domain import lifecycle
from goldthread.domain.hearing.their_words import LONGEST_RUN, LOOSEST, STRICTEST
from goldthread.web.doors import door
from goldthread.web.forms import DateField, GovukForm, KeyForm, WholeNumberField, sent_version
from goldthread.web.presenters import overview as overview_presenter
from goldthread.web.presenters import timetable as timetable_presenter

KINDS = [
    ("inspection", "Inspection"),
    ("mock", "Mock inspection"),
    ("peer-review", "Peer review"),
    ("internal", "The council's own review programme"),
]


MOST_CHILDREN = 15_000_000
"""More than all of England's children, so that a slip of the keyboard is seen."""

YEARS_BACK, YEARS_AHEAD = 20, 5
"""How far from today the days of an inspection may lie: looking back is of use, and a slip of the keyboard is not."""


class DetailsForm(GovukForm):
    """What an inspection is: used to set one up and to change it."""

    title = forms.CharField(max_length=160, label="What to call it", help_text="For example, Wexcombe, autumn 2026")
    authority = forms.CharField(max_length=120, label="Authority")
    kind = forms.ChoiceField(choices=KINDS, label="What kind of exercise it is", widget=forms.RadioSelect)
    call_day = DateField(label="Day of the call", help_text="The day on which the authority is told")
    fieldwork_from = DateField(label="First day of fieldwork")
    fieldwork_to = DateField(label="Last day of fieldwork")
    children_in_area = WholeNumberField(
        required=False,
        min_value=1,
        max_value=MOST_CHILDREN,
        label="Children aged 0 to 17 in the area",
        help_text="By the mid-year estimate; leave it blank if you do not know. Rates for 10,000 children need it.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "inputmode": "numeric"}),
    )

    def clean(self) -> dict[str, Any]:
        """Dates in order, said at the field that is out of it."""
        held = super().clean() or {}
        call, first, last = (held.get(name) for name in ("call_day", "fieldwork_from", "fieldwork_to"))
        today = timezone.localdate()
        for name, day in (("call_day", call), ("fieldwork_from", first), ("fieldwork_to", last)):
            if day and not today.year - YEARS_BACK <= day.year <= today.year + YEARS_AHEAD:
                self.add_error(name, f"{day.year} is too far from today to be meant: check the year")
        if call and first and first < call:
            self.add_error("fieldwork_from", "Fieldwork must begin on or after the day of the call")
        if first and last and last < first:
            self.add_error("fieldwork_to", "The last day of fieldwork must be on or after its first day")
        return held


class ChangeForm(DetailsForm):
    """What an inspection is, and how close a paraphrase may come to what somebody said."""

    words_alike = WholeNumberField(
        required=False,
        min_value=STRICTEST,
        max_value=LOOSEST,
        label="Words in a row that a paraphrase may share",
        help_text=f"With notes of a conversation or a text of a survey; {LONGEST_RUN} unless you say otherwise. "
        "What is on the shelf already stays.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-2", "inputmode": "numeric"}),
    )


class NewForm(KeyForm, DetailsForm):
    """Setting an inspection up: the framework is chosen once and stays."""

    framework = forms.ChoiceField(label="Framework", widget=forms.RadioSelect)
    field_order = ("title", "authority", "framework", "kind", "call_day", "fieldwork_from", "fieldwork_to",
                   "children_in_area")  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer every framework that comes with Goldthread, and the council's own."""
        super().__init__(*args, **kwargs)
        self.fields["framework"].choices = [(slug, _dated(slug)) for slug in known.offered_frameworks()]  # type: ignore[attr-defined]


def _dated(slug: str) -> str:
    held = known.framework(slug)
    until = f"to {held.in_force_to:%B %Y}" if held.in_force_to else "on"
    return f"{held.title} (in force from {held.in_force_from:%B %Y} {until})"


def _warn_of_dates(request: HttpRequest, inspection: Any) -> None:
    held = known.framework(inspection.framework)
    if not held.in_force_on(inspection.call_day):
        says = (
            f"{held.short_title} is not in force on {inspection.call_day:%-d %B %Y}, the day of the call. "
            "A mock inspection or a look back may use it all the same; the framework stays as chosen."
        )
        messages.info(request, says)


def new(request: HttpRequest) -> HttpResponse:
    """Set up an inspection."""
    form = NewForm(request.POST or None, initial={"kind": "inspection"})
    if request.method == "POST" and form.is_valid():
        held = form.cleaned_data
        inspection = actions.create(
            title=held["title"],
            authority=held["authority"],
            framework=held["framework"],
            kind=held["kind"],
            call_day=held["call_day"],
            fieldwork_from=held["fieldwork_from"],
            fieldwork_to=held["fieldwork_to"],
            children_in_area=held["children_in_area"],
            client_key=held["client_key"],
            by=request.actor,  # type: ignore[attr-defined]
        )
        forget_typed_text(form="inspection-new", by=request.actor)  # type: ignore[attr-defined]
        messages.success(request, f"{inspection.title} is set up. You are its lead. Next, say who takes part.")
        _warn_of_dates(request, inspection)
        return redirect("members", inspection=inspection.pk)
    return render(request, "inspections/new.html", {"form": form}, status=422 if form.errors else 200)


def overview(request: HttpRequest, inspection: Any) -> HttpResponse:
    """What there is, what is missing, what comes next."""
    actor, now = request.actor, timezone.now()  # type: ignore[attr-defined]
    may_see_team_work = decide(actor, Permission.EVIDENCE_READ, inspection.target(), now).allowed
    context = {
        "inspection": inspection,
        "framework": known.framework(inspection.framework),
        "kind": inspection.get_kind_display(),
        "status": lifecycle.Inspection(inspection.status),
        "areas": overview_presenter.area_rows(inspection, actor) if may_see_team_work else [],
        "steps": overview_presenter.steps(inspection, actor, now),
        "clocks": timetable_presenter.clocks(inspection, timezone.localdate()),
        "next": timetable_presenter.next_stretch(inspection, timezone.localdate()),
        "may_edit": decide(actor, Permission.INSPECTION_EDIT, inspection.target(), now).allowed,
        "conflict": None,
        "concerns": cases.open_concerns(actor, inspection),
        "referred_back": _referred_back(actor, inspection),
        "referred_back_own": referred_back.only_own(actor, inspection),
        "requests": _requests(actor, inspection),
        "told": _told(actor, inspection),
        "facts": _facts(actor, inspection),
        "stated": programme.statements(actor, inspection).first(),
        "audit_actions": _audit_actions(actor, inspection),
        "shown": cases.parts_visible_to(actor).filter(inspection=inspection).count(),
    }
    if inspection.for_training:
        # It has practice cases and no path of an inspection.
        context |= {"areas": [], "steps": [], "clocks": [], "next": None, "requests": None, "told": None}
    return render(request, "inspections/overview.html", context)


def _referred_back(actor: Any, inspection: Any) -> Any:
    """How it stands with the children referred back; None for whoever may not know of any."""
    if not referred_back.may_read(actor, inspection):
        return None
    return referred_back.counted(referred_back.of_inspection(actor, inspection))


def _requests(actor: Any, inspection: Any) -> Any:
    """How it stands with what the council is asked for; None for whoever has no part in it."""
    if not requests.may_read(actor, inspection):
        return None
    return requests.counted(requests.of_inspection(actor, inspection))


def _audit_actions(actor: Any, inspection: Any) -> Any:
    """How it stands with the actions of audits that the actor may see; None where there are none."""
    found = list(programme.actions_visible_to(actor).filter(inspection=inspection))
    return programme.counted(found) if found else None


def _told(actor: Any, inspection: Any) -> Any:
    """What the council was told, the latest first; None for whoever may not know of it."""
    if not meetings.may_read_messages(actor, inspection):
        return None
    return meetings.messages(actor, inspection).filter(released_at__isnull=False)


def _facts(actor: Any, inspection: Any) -> Any:
    """The council's latest copy of the report, or None."""
    return reports.copies(inspection, actor).first()


def edit(request: HttpRequest, inspection: Any) -> HttpResponse:
    """Change what an inspection is called, its dates, its kind."""
    names = ("title", "authority", "kind", "call_day", "fieldwork_from", "fieldwork_to", "children_in_area",
             "words_alike")  # fmt: skip
    form = ChangeForm(request.POST or None, initial={name: getattr(inspection, name) for name in names})
    if inspection.for_training:
        del form.fields["kind"]
    if request.method == "POST" and form.is_valid():
        actions.change(
            inspection=inspection,
            version=sent_version(request),
            by=request.actor,  # type: ignore[attr-defined]
            **{name: value for name, value in form.cleaned_data.items() if name != "words_alike" or value},
        )
        messages.success(request, "The details are changed.")
        return redirect("inspection_overview", inspection=inspection.pk)
    context = {"form": form, "inspection": inspection}
    return render(request, "inspections/edit.html", context, status=422 if form.errors else 200)


FIELD_STAGES = (lifecycle.Inspection.FIELDWORK, lifecycle.Inspection.MODERATION)
"""Where moving on ends what the team may still have to do."""


def move(request: HttpRequest, inspection: Any) -> HttpResponse:
    """Move the inspection on, or back with a reason, after saying what that means."""
    here = lifecycle.Inspection(inspection.status)
    moves = lifecycle.moves_from(lifecycle.Inspection, here)
    error = ""
    if request.method == "POST" and request.POST.get("to", "") not in set(lifecycle.Inspection):
        # A move that is allowed no more is the action's to say: it tells what happened meanwhile.
        error = "Choose where to move the inspection"
    elif request.method == "POST":
        try:
            actions.move(
                inspection=inspection,
                to=request.POST.get("to", ""),
                because=request.POST.get("because", ""),
                version=sent_version(request),
                by=request.actor,  # type: ignore[attr-defined]
            )
        except Refused as refusal:
            error = refusal.reason
        except lifecycle.IllegalMove as refusal:
            error = str(refusal)
        else:
            messages.success(request, "The inspection has moved on.")
            return redirect("inspection_overview", inspection=inspection.pk)
    unfinished = overview_presenter.unfinished(inspection, request.actor, timezone.localdate())  # type: ignore[attr-defined]
    context = {
        "inspection": inspection,
        "here": here,
        "moves": moves,
        "error": error,
        "sent": request.POST,
        "unfinished": unfinished if here in FIELD_STAGES else [],
    }
    return render(request, "inspections/move.html", context, status=422 if error else 200)


_AT = "inspections/<uuid:inspection>/"
DOORS = [
    door(
        "inspections/new/",
        new,
        "inspection_new",
        needs=Permission.INSPECTION_CREATE,
        to_change=Permission.INSPECTION_CREATE,
    ),
    door(_AT, overview, "inspection_overview", needs=Permission.INSPECTION_READ, about=queries.get),
    door(
        _AT + "details/",
        edit,
        "inspection_edit",
        needs=Permission.INSPECTION_EDIT,
        to_change=Permission.INSPECTION_EDIT,
        about=queries.get,
    ),
    door(
        _AT + "move/",
        move,
        "inspection_move",
        needs=Permission.INSPECTION_EDIT,
        to_change=Permission.INSPECTION_EDIT,
        about=queries.get,
    ),
]
