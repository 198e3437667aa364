"""Pages: cases taken offline. The leave, packs and who has them out, and what came home to be chosen between."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Refused
from goldthread.apps.inspections import queries as inspections
from goldthread.apps.inspections.meanwhile import Overtaken
from goldthread.apps.offline import actions, queries
from goldthread.apps.submissions.actions import forget_typed_text
from goldthread.domain.offline_pack import DEFAULT_CASES, DEFAULT_HOURS, MOST_CASES, MOST_HOURS
from goldthread.web.doors import door
from goldthread.web.forms import GovukForm, KeyForm, WholeNumberField, sent_key, sent_version
from goldthread.web.overtaken import overtaken_page
from goldthread.web.pages import offline_device
from goldthread.web.presenters import offline_pack as shown

PAGE = 25


def _narrow() -> forms.TextInput:
    return forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"})


class LeaveForm(KeyForm, GovukForm):
    """Whether cases may be taken offline, how many, for how long, and why."""

    allowed = forms.ChoiceField(
        label="May reviewers take cases offline?", widget=forms.RadioSelect,
        choices=[("yes", "Yes: a few of their own cases, sealed on one device"),
                 ("no", "No: files are reviewed with a connection. Packs that are out are withdrawn")],
    )  # fmt: skip
    most_cases = WholeNumberField(
        label="How many cases a pack may hold", min_value=1, max_value=MOST_CASES,
        help_text=f"1 to {MOST_CASES}. Fewer is safer.", widget=_narrow(),
    )  # fmt: skip
    hours = WholeNumberField(
        label="After how many hours it is purged from the device", min_value=1, max_value=MOST_HOURS,
        help_text=f"1 to {MOST_HOURS}.", widget=_narrow(),
    )  # fmt: skip
    because = forms.CharField(
        label="Why", max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It stands beside the setting, and the journal keeps it. Nothing about any child.",
    )  # fmt: skip


class WithdrawForm(KeyForm, GovukForm):
    """Why a pack is withdrawn."""

    because = forms.CharField(
        label="Why is the pack withdrawn?", max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Its reviewer reads this. Nothing about any child.",
    )  # fmt: skip


def offline(request: HttpRequest, own: Any) -> HttpResponse:
    """One's own packs, and a form to take one."""
    inspection, actor, refusal, status = own.inspection, request.actor, "", 200  # type: ignore[attr-defined]
    chosen = request.POST.getlist("case")
    if request.method == "POST":
        try:
            pack = actions.take(inspection=inspection, cases=chosen, client_key=sent_key(request), by=actor)
        except Refused as refused:
            if refused.hidden:
                raise
            refusal, status = refused.reason, 422
        else:
            return redirect("offline_pack", inspection=inspection.pk, pack=pack.pk)
    mine = list(queries.packs(actor, inspection, mine=True))
    leave, out = queries.setting_of(inspection), queries.out_of(mine)
    context = {
        "inspection": inspection, "leave": leave, "out": out, "packs": mine, "chosen": chosen, "refusal": refusal,
        "cases": queries.packable(actor, inspection) if leave and leave.allowed and not out else [],
        "endings": queries.ENDINGS, "may_lead": queries.may_lead(actor, inspection),
    }  # fmt: skip
    return render(request, "offline/offline.html", context, status=status)


def offline_leave(request: HttpRequest, inspection: Any) -> HttpResponse:
    """How the setting stands, and a form to change it."""
    held = queries.setting_of(inspection)
    first = {
        "allowed": "yes" if held and held.allowed else "no", "most_cases": held.most_cases if held else DEFAULT_CASES,
        "hours": held.hours if held else DEFAULT_HOURS,
    }  # fmt: skip
    form = LeaveForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            actions.set_leave(
                inspection=inspection, allowed=told["allowed"] == "yes", most_cases=told["most_cases"],
                hours=told["hours"], because=told["because"], version=told["version"] or 0,
                by=request.actor,  # type: ignore[attr-defined]
            )  # fmt: skip
        except Refused as refusal:
            if refusal.hidden:
                raise
            form.add_error("because", refusal.reason)
        else:
            _forget(request, f"offline-leave@{inspection.pk}")
            messages.success(request, "The setting is saved. Packs that are out keep the hours they were taken with.")
            return redirect("offline_leave", inspection=inspection.pk)
    context = {"inspection": inspection, "held": held, "form": form, "version": held.version if held else 0}
    return render(request, "offline/leave.html", context, status=422 if form.errors else 200)


def offline_packs(request: HttpRequest, inspection: Any) -> HttpResponse:
    """Which packs are out, with whom, since when, and what became of the others."""
    actor, chosen = request.actor, request.GET.get("status", "")  # type: ignore[attr-defined]
    rows = queries.packs(actor, inspection, status=chosen)
    context = {
        "inspection": inspection, "page": Paginator(rows, PAGE).get_page(request.GET.get("page")), "chosen": chosen,
        "statuses": queries.STATUSES, "endings": queries.ENDINGS, "leave": queries.setting_of(inspection),
    }  # fmt: skip
    return render(request, "offline/packs.html", context)


def offline_withdraw(request: HttpRequest, pack: Any) -> HttpResponse:
    """Take the leave of one pack back, with a reason."""
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    key = f"offline-withdraw-{pack.pk.hex}"
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            actions.withdraw(pack=pack, because=told["because"], version=told["version"], by=request.actor)  # type: ignore[attr-defined]
        except Overtaken:
            raise
        except Refused as refusal:
            if refusal.hidden:
                raise
            form.add_error("because", refusal.reason)
        else:
            _forget(request, f"{key}@{pack.inspection_id}")
            messages.success(request, "The pack is withdrawn. Its device purges it when it is next heard of.")
            return redirect("offline_packs", inspection=pack.inspection_id)
    nothing = not form.is_bound and (pack.ended or pack.withdrawn)
    context = {"inspection": pack.inspection, "pack": pack, "form": form, "key": key, "nothing": nothing}
    return render(request, "offline/withdraw.html", context, status=422 if form.errors else 200)


def offline_pack(request: HttpRequest, pack: Any) -> HttpResponse:
    """One's own pack: put it on this device, open it, send it home; what came home and waits for a choice."""
    actor = request.actor  # type: ignore[attr-defined]
    context = {
        "inspection": pack.inspection, "pack": pack, "endings": queries.ENDINGS, "usable": pack.usable(),
        "kept": shown.choices(actor, pack), "assets": shown.assets(), "packed": list(pack.packed.all()),
    }  # fmt: skip
    return render(request, "offline/pack.html", context)


def offline_give_up(request: HttpRequest, pack: Any) -> HttpResponse:
    """End a pack without its device, after saying what that does."""
    if request.method == "POST":
        actions.give_up(pack=pack, version=sent_version(request), by=request.actor)  # type: ignore[attr-defined]
        messages.success(request, f"Offline pack {pack.number} is given up, and its key destroyed.")
        return redirect("offline", inspection=pack.inspection_id)
    return render(request, "offline/give_up.html", {"inspection": pack.inspection, "pack": pack})


def offline_settle(request: HttpRequest, kept: Any) -> HttpResponse:
    """Choose between an answer made offline and the one that stands."""
    try:
        actions.settle(
            kept=kept, keep=request.POST.get("keep", ""), version=_number(request.POST.get("version", "")),
            by=request.actor,  # type: ignore[attr-defined]
        )  # fmt: skip
    except Overtaken as overtaken:
        return overtaken_page(request, overtaken, look=request.path.split("answers/")[0])
    except Refused as refusal:
        if refusal.hidden:
            raise
        messages.warning(request, refusal.reason)
    else:
        messages.success(request, "Your choice is saved. The other text stays on this page.")
    return redirect("offline_pack", inspection=kept.inspection_id, pack=kept.pack_id)


def _number(sent: str) -> int:
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else -1


def _forget(request: HttpRequest, key: str) -> None:
    forget_typed_text(form=key, by=request.actor)  # type: ignore[attr-defined]


_ALL = "inspections/<uuid:inspection>/cases/offline/"
_PACK = _ALL + "packs/<uuid:pack>/"
LEADS, WRITES = Permission.CASE_ALLOCATE, Permission.CASE_REVIEW_WRITE

DOORS: list[URLPattern] = [
    *offline_device.DOORS,
    door(_ALL, offline, "offline", needs=WRITES, to_change=WRITES, about=inspections.own_part, step_up=True),
    door(_ALL + "leave/", offline_leave, "offline_leave", needs=LEADS, to_change=LEADS, about=inspections.get),
    door(_ALL + "packs/", offline_packs, "offline_packs", needs=LEADS, about=inspections.get),
    door(_PACK, offline_pack, "offline_pack", needs=WRITES, about=queries.pack),
    door(_PACK + "withdraw/", offline_withdraw, "offline_withdraw", needs=LEADS, to_change=LEADS, about=queries.pack),
    door(_PACK + "give-up/", offline_give_up, "offline_give_up", needs=WRITES, to_change=WRITES, about=queries.pack),
    door(
        _PACK + "answers/<uuid:kept>/", offline_settle, "offline_settle", needs=WRITES, to_change=WRITES,
        about=queries.kept, reads=False,
    ),
]  # fmt: skip
