"""Pages: children referred back to the council, its answers, and what the team made of them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Refused
from goldthread.apps.cases import queries as cases
from goldthread.apps.inspections import queries as inspection_queries
from goldthread.apps.referred_back import actions, queries
from goldthread.apps.submissions import actions as submissions
from goldthread.apps.submissions.actions import forget_typed_text
from goldthread.domain.referring_back import LEVELS, WITHIN
from goldthread.web.doors import door
from goldthread.web.forms import GovukForm, KeyForm

A_PAGE = 20
LONGEST = 4000
NO_NAME = "Do not name the child. The council reads this as you send it."


class SeriousnessMixin(forms.Form):
    """How serious a concern is, and how soon an answer is asked for."""

    seriousness = forms.ChoiceField(
        label="How serious is it?", widget=forms.RadioSelect,
        choices=[(str(one), f"{level.title}. {level.says}") for one, level in LEVELS.items()],
    )  # fmt: skip
    within = forms.ChoiceField(
        required=False, label="How soon should the council answer?",
        choices=[("", "As usual for how serious it is"), *((one, held.title) for one, held in WITHIN.items())],
        help_text="Usual: "
        + "; ".join(f"{WITHIN[level.usual].title.lower()} for “{level.title.lower()}”" for level in LEVELS.values())
        + ".",
    )  # fmt: skip


class ReferForm(KeyForm, SeriousnessMixin, GovukForm):
    """Telling the council of a concern that stands already."""

    says = forms.CharField(
        label="What must the council know?", max_length=LONGEST, help_text=NO_NAME,
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip


class AnswerForm(KeyForm, GovukForm):
    """The council's answer."""

    says = forms.CharField(
        label="What was done for the child, when and by whom?", max_length=LONGEST,
        help_text="Do not name the child. The inspecting team reads this as you send it.",
        widget=forms.Textarea(attrs={"rows": 6}),
    )  # fmt: skip


class SettleForm(KeyForm, GovukForm):
    """What the team makes of an answer."""

    to = forms.ChoiceField(label="Will that do?", widget=forms.RadioSelect)
    because = forms.CharField(
        label="Why", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=f"{NO_NAME} Where you take it further, say to whom: the regulator's senior manager, the police.",
    )  # fmt: skip

    def __init__(self, sent: Any, referral: Any) -> None:
        """Offer what may become of it as it stands."""
        super().__init__(sent)
        # What was sent is held against all of them: if it stands otherwise meanwhile, the clash says so better.
        offered = queries.SETTLEMENTS.items() if sent else queries.settlements(referral)
        self.fields["to"].choices = [(str(to), says) for to, says in offered]  # type: ignore[attr-defined]


class FilterForm(GovukForm):
    """Which are shown."""

    status = forms.ChoiceField(
        required=False, label="State",
        choices=[("", "Every state"), *((str(one), says) for one, says in queries.STATUSES.items())],
    )  # fmt: skip


def referrals_back(request: HttpRequest, part: Any) -> HttpResponse:
    """Every child referred back in an inspection that the reader may know of, those that wait first."""
    actor, inspection = part.actor, part.inspection
    form = FilterForm(request.GET or None)
    status = form.cleaned_data["status"] if form.is_valid() else ""
    page = Paginator(queries.of_inspection(actor, inspection, status=status), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "inspection": inspection, "form": form, "sent": bool(status), "page_obj": page,
        "rows": [(one, one.overdue()) for one in page],
        "counted": queries.counted(queries.of_inspection(actor, inspection)),
        "only_own": queries.only_own(actor, inspection),
        "of_team": "authority" not in inspection_queries.sides_of(inspection, actor),
    }  # fmt: skip
    return render(request, "referred_back/list.html", context)


def referral_back(request: HttpRequest, referral: Any) -> HttpResponse:
    """One of them: how long it has waited, and everything that was said."""
    return render(request, "referred_back/one.html", _about(request, referral))


def _about(request: HttpRequest, referral: Any) -> dict[str, Any]:
    actor = request.actor  # type: ignore[attr-defined]
    answers = queries.may_answer(actor, referral)
    return {
        "inspection": referral.inspection, "referral": referral, "late": referral.overdue(),
        "turns": [(one, queries.TURNS.get(one.kind, one.kind)) for one in referral.turns.all()],
        "case_seen": cases.may(actor, Permission.CASE_READ, referral.concern.case),
        "may_answer": answers, "may_settle": queries.may_settle(actor, referral),
        "may_look": cases.may(actor, Permission.REFERRAL_ANSWER, referral),
    }  # fmt: skip


def concern_refer(request: HttpRequest, concern: Any) -> HttpResponse:
    """Tell the council of a concern that was raised in a review, or before the council could be told."""
    actor = request.actor  # type: ignore[attr-defined]
    form = ReferForm(request.POST or None, initial={"says": concern.says})
    key = f"refer-back-{concern.pk.hex}"
    if request.method == "POST" and form.is_valid():
        held = form.cleaned_data
        referral = actions.refer_back(
            concern=concern, says=held["says"], seriousness=held["seriousness"], within=held["within"], by=actor
        )
        forget_typed_text(form=f"{key}@{concern.inspection_id}", by=actor)
        messages.success(request, f"The council is told: {referral.mark}. Call its named person as well.")
        return redirect("referral_back", inspection=concern.inspection_id, referral=referral.pk)
    context = {
        "inspection": concern.inspection, "concern": concern, "form": form, "key": key,
        "already": queries.of_concerns(actor, [concern]).get(concern.pk),
    }  # fmt: skip
    return render(request, "referred_back/refer.html", context, status=422 if form.errors else 200)


def answer(request: HttpRequest, referral: Any) -> HttpResponse:
    """Answer for the council."""
    form = AnswerForm(request.POST or None)

    def act(held: dict[str, Any], actor: Any) -> None:
        actions.answer(referral=referral, says=held["says"], version=held["version"], by=actor)

    may = queries.may_answer(request.actor, referral)  # type: ignore[attr-defined]
    return _act(
        request, referral, form, act, ("says",), "Say what was done", "is answered. The team reads it now.", may
    )


def settle(request: HttpRequest, referral: Any) -> HttpResponse:
    """Close it, ask again, or take it further."""
    form = SettleForm(request.POST or None, referral)

    def act(held: dict[str, Any], actor: Any) -> None:
        actions.settle(
            referral=referral, to=held["to"], because=held["because"], version=held["version"], by=actor
        )  # fmt: skip

    may = bool(queries.settlements(referral))
    return _act(request, referral, form, act, ("to", "because"), "Say whether that will do", "is settled.", may)


def _act(
    request: HttpRequest, referral: Any, form: Any, act: Any, names: tuple[str, ...], words: str, done: str, may: bool
) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    key = f"referral-back-{names[0]}-{referral.pk.hex}"
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data, actor)
        except Refused as refusal:
            if refusal.hidden:
                raise
            form.add_error(names[-1], refusal.reason)
        else:
            forget_typed_text(form=f"{key}@{referral.inspection_id}", by=actor)
            messages.success(request, f"{referral.mark} {done}")
            return redirect("referral_back", inspection=referral.inspection_id, referral=referral.pk)
    context = {
        **_about(request, referral), "form": form, "key": key, "words": words, "button": words,
        "fields": [form[name] for name in names], "too_late": not form.is_bound and not may,
    }  # fmt: skip
    return render(request, "referred_back/act.html", context, status=422 if form.errors else 200)


def who(request: HttpRequest, referral: Any) -> HttpResponse:
    """The identity of the child, for the council that has to act; the journal keeps that it was asked for."""
    form, known = GovukForm(request.POST or None), None
    pseudonym = referral.concern.case.pseudonym
    if request.method == "POST":
        found = submissions.look_up(
            pseudonyms=[pseudonym], inspection=referral.inspection, reason="safeguarding",
            by=request.actor,  # type: ignore[attr-defined]
        )  # fmt: skip
        known = found.get(pseudonym)
        if known is None:
            form.add_error(None, "The vault holds nobody under this pseudonym.")
    context = {"inspection": referral.inspection, "referral": referral, "form": form, "known": known}
    return render(request, "referred_back/who.html", context, status=422 if form.errors else 200)


_ALL = "inspections/<uuid:inspection>/referred-back/"
_ONE = _ALL + "<uuid:referral>/"
_READ, _ANSWER, _SETTLE = Permission.REFERRAL_READ, Permission.REFERRAL_ANSWER, Permission.CONCERN_ACKNOWLEDGE

DOORS: list[URLPattern] = [
    door(
        "inspections/<uuid:inspection>/cases/concerns/<uuid:concern>/refer/", concern_refer, "concern_refer",
        needs=Permission.CASE_READ, to_change=Permission.CASE_READ, about=cases.concern,
    ),
    door(_ALL, referrals_back, "referrals_back", needs=_READ, about=inspection_queries.own_part),
    door(_ONE, referral_back, "referral_back", needs=_READ, about=queries.get),
    door(_ONE + "answer/", answer, "referral_back_answer", needs=_ANSWER, to_change=_ANSWER, about=queries.get),
    door(_ONE + "settle/", settle, "referral_back_settle", needs=_SETTLE, to_change=_SETTLE, about=queries.get),
    door(
        _ONE + "who/", who, "referral_back_who", needs=_ANSWER, to_change=_ANSWER, about=queries.get, step_up=True,
    ),
]  # fmt: skip
