"""Pages: giving files out for a second reading, changing a reader, and settling where two readings differ."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Refused
from goldthread.apps.cases import actions, queries
from goldthread.apps.cases.actions import Typed
from goldthread.domain.agreement import FEW
from goldthread.domain.second_reading import USUAL_SHARE
from goldthread.web.doors import door
from goldthread.web.forms import GovukForm, KeyForm, WholeNumberField, sent_version
from goldthread.web.presenters import moderation as presenter


class GiveForm(KeyForm, GovukForm):
    """Which share of a draw is read twice, by what seed, and by whom."""

    share = WholeNumberField(label="Share of the files, in per cent", min_value=1, max_value=100)
    seed = forms.CharField(
        label="Seed", max_length=60, help_text="A word or number. The same one picks the same files again."
    )
    readers = forms.MultipleChoiceField(label="Who reads a second time", widget=forms.CheckboxSelectMultiple)

    def __init__(self, sent: Any, giving: Any, draw: Any) -> None:
        """Offer whoever can read blind; propose the usual share, and the draw's own seed."""
        plan = giving.plan
        usual = {"share": plan.share, "seed": plan.seed} if plan else {"share": USUAL_SHARE, "seed": draw.seed}
        super().__init__(sent, initial={**usual, "readers": [str(one.pk) for one in giving.readers]})
        self.fields["share"].help_text = f"{USUAL_SHARE} unless you say otherwise. Rounded up to whole files."
        self.fields["readers"].choices = [(str(one.pk), one.name) for one in giving.readers]  # type: ignore[attr-defined]
        if plan:
            self.fields["seed"].help_text = "It stays as it was when files were first given out."


def second_readings(request: HttpRequest, draw: Any) -> HttpResponse:
    """How many files of a draw are read twice, by whom; and giving more of them out."""
    actor = request.actor  # type: ignore[attr-defined]
    giving = queries.giving(draw)
    form = GiveForm(request.POST or None, giving, draw)
    if request.method == "POST" and form.is_valid():
        chosen = set(form.cleaned_data["readers"])
        try:
            given = actions.give_second_readings(
                draw=draw, share=form.cleaned_data["share"], seed=form.cleaned_data["seed"],
                readers=[one for one in giving.readers if str(one.pk) in chosen],
                version=form.cleaned_data["version"], by=actor,
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, refusal.reason)
        else:
            count = len(given)
            says = f"{count} file{'' if count == 1 else 's'} given to a second reader."
            messages.success(request, says if count else "Nothing more to give out: the share is reached.")
            return redirect("second_readings", inspection=draw.inspection_id, draw=draw.pk)
    context = {
        "inspection": draw.inspection, "draw": draw, "form": form, "giving": giving, "few": FEW,
        "readings": queries.second_readings_of(draw.inspection, actor, draw), "usual": giving.wanted(USUAL_SHARE),
        "usual_share": USUAL_SHARE, "enough": min(100, -(-FEW * 100 // max(1, len(giving.files.in_play)))),
    }  # fmt: skip
    return render(request, "moderation/second_readings.html", context, status=422 if form.errors else 200)


CALL_OFF = "call-off"


class ChangeForm(KeyForm, GovukForm):
    """Who reads instead, or that nobody does; and why."""

    to = forms.ChoiceField(label="Who reads the file a second time?", widget=forms.RadioSelect)
    because = forms.CharField(
        label="Why", max_length=300, widget=forms.Textarea(attrs={"rows": 3}), help_text="Leave children's names out."
    )

    def __init__(self, sent: Any, reading: Any) -> None:
        """Offer those who can still read it blind."""
        super().__init__(sent)
        others = [(str(one.pk), one.name) for one in queries.other_readers(reading)]
        self.fields["to"].choices = [*others, (CALL_OFF, "Nobody: it is read once only")]  # type: ignore[attr-defined]


def second_reading_change(request: HttpRequest, reading: Any) -> HttpResponse:
    """Give a second reading to somebody else, or call it off, with a reason."""
    if not reading.waits and request.method != "POST":
        raise Refused("Both readings are in, or this one was called off: its reader stays as they are.")
    form = ChangeForm(request.POST or None, reading)
    if request.method == "POST" and form.is_valid():
        to, sent = form.cleaned_data["to"], {name: form.cleaned_data[name] for name in ("because", "version")}
        by = request.actor  # type: ignore[attr-defined]
        try:
            if to == CALL_OFF:
                actions.call_off_second_reading(reading=reading, by=by, **sent)
            else:
                person = next(one for one in queries.other_readers(reading) if str(one.pk) == to)
                actions.change_second_reader(reading=reading, to=person, by=by, **sent)
        except Refused as refusal:
            form.add_error(None, refusal.reason)
        else:
            messages.success(request, f"The second reading of case {reading.case.number} is changed.")
            return redirect("second_readings", inspection=reading.inspection_id, draw=reading.case.draw_id)
    context = {"inspection": reading.inspection, "reading": reading, "case": reading.case, "form": form}
    return render(request, "moderation/change.html", context, status=422 if form.errors else 200)


def second_reading(request: HttpRequest, reading: Any) -> HttpResponse:
    """Both readings side by side, differences first; what stands is settled here."""
    if request.method == "POST":
        return _settle(request, reading)
    return _side_by_side(request, reading)


def _side_by_side(
    request: HttpRequest, reading: Any, *, clashes: Any = (), refusal: str = "", status: int = 200
) -> HttpResponse:  # fmt: skip
    items = presenter.settling(reading, clashes=clashes)
    context = {
        "inspection": reading.inspection, "reading": reading, "case": reading.case,
        "differing": [one for one in items if one.differs], "alike": [one for one in items if not one.differs],
        "settled": sum(bool(one.stands and one.why) for one in items), "asked": len(items),
        "clashed": [one for one in items if one.clash],
        "may_settle": queries.may_settle(request.actor, reading), "refusal": refusal,  # type: ignore[attr-defined]
        "audits": presenter.own_audit_rows(reading.case, request.actor),  # type: ignore[attr-defined]
    }  # fmt: skip
    return render(request, "moderation/second_reading.html", context, status=status)


def _settle(request: HttpRequest, reading: Any) -> HttpResponse:
    """Save every difference; close it where that was asked and nobody changed anything meanwhile."""
    actor, opened_on = request.actor, sent_version(request)  # type: ignore[attr-defined]
    clashes = actions.settle(reading=reading, settled=_typed(request.POST, reading), by=actor)
    fresh = queries.second_reading(actor, reading.inspection_id, reading.pk)
    if clashes:
        return _side_by_side(request, fresh, clashes=clashes, status=409)
    here = redirect("second_reading", inspection=reading.inspection_id, reading=reading.pk)
    if request.POST.get("then") != "close":
        messages.success(request, "Everything is saved.")
        return here
    if reading.version != opened_on:
        meanwhile = "Somebody else settled something since you opened this page. Yours is saved. Read it, then close."
        return _side_by_side(request, fresh, refusal=meanwhile, status=409)
    try:
        actions.close_second_reading(reading=fresh, version=fresh.version, by=actor)
    except Refused as refused:
        return _side_by_side(request, fresh, refusal=refused.reason, status=422)
    messages.success(request, f"The second reading of case {reading.case.number} is closed. Both readings are kept.")
    return here


def _typed(post: Mapping[str, Any], reading: Any) -> dict[str, Typed]:
    names = [one.id for one in presenter.settling(reading) if one.differs]
    return {
        name: Typed(
            post.get(f"value-{name}", ""), post.get(f"why-{name}", ""), _number(post.get(f"version-{name}", ""))
        )
        for name in names
        if f"version-{name}" in post
    }


def _number(sent: str) -> int:
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0


class ReopenForm(KeyForm, GovukForm):
    """Why a closed second reading is opened again."""

    because = forms.CharField(
        label="Why it is opened again", max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It stays beside the second reading. Leave names out.",
    )  # fmt: skip


def second_reading_reopen(request: HttpRequest, reading: Any) -> HttpResponse:
    """Open a closed second reading again."""
    form = ReopenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.reopen_second_reading(
                reading=reading, because=form.cleaned_data["because"], version=form.cleaned_data["version"],
                by=request.actor,  # type: ignore[attr-defined]
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, refusal.reason)
        else:
            messages.success(request, "It is open again.")
            return redirect("second_reading", inspection=reading.inspection_id, reading=reading.pk)
    context = {"inspection": reading.inspection, "reading": reading, "case": reading.case, "form": form}
    return render(request, "moderation/reopen.html", context, status=422 if form.errors else 200)


_READING = "inspections/<uuid:inspection>/cases/second-readings/<uuid:reading>/"
ALLOCATE, READ, SETTLE = Permission.CASE_ALLOCATE, Permission.MODERATION_READ, Permission.MODERATION_SETTLE
DOORS: list[URLPattern] = [
    door(
        "inspections/<uuid:inspection>/sample/<uuid:draw>/second-readings/", second_readings, "second_readings",
        needs=ALLOCATE, to_change=ALLOCATE, about=queries.draw,
    ),
    door(_READING, second_reading, "second_reading", needs=READ, to_change=SETTLE, about=queries.second_reading),
    door(
        _READING + "reader/", second_reading_change, "second_reading_change", needs=ALLOCATE, to_change=ALLOCATE,
        about=queries.second_reading,
    ),
    door(
        _READING + "again/", second_reading_reopen, "second_reading_reopen", needs=SETTLE, to_change=SETTLE,
        about=queries.second_reading,
    ),
]  # fmt: skip
