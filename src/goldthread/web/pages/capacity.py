"""The page of capacity to improve: three kinds of evidence beside what the team holds of it now and held before."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.findings import queries as findings
from goldthread.apps.improvement import actions
from goldthread.apps.improvement.actions.capacity import ASKED
from goldthread.apps.improvement.queries import capacity as queries
from goldthread.apps.submissions.actions import forget_typed_text
from goldthread.web.doors import door
from goldthread.web.forms import GovukForm, KeyForm
from goldthread.web.pages.evidence import may

KINDS = {"sustained": "Change that lasts", "learning": "Learning closed", "recurrence": "What comes back"}
TEXTS = ("statement", *KINDS, "reasons")
WHERE = {
    "sustained": ("improvement_watch", "The watch, area by area"),
    "learning": ("improvement", "The recommendations and their goals"),
    "recurrence": ("improvement_recurrence", "Every theme, with the words in which it was raised"),
}
"""The page on which each kind of evidence is shown whole."""
NOTHING = {
    "sustained": "Nothing is watched that you may see, and no goal is set.",
    "learning": "No recommendation that you may see was given to the authority.",
    "recurrence": "No theme of an earlier inspection is known here.",
}


def _box(label: str, hint: str, asks: str, rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, widget=forms.Textarea(attrs={"rows": rows}), error_messages={"required": asks}
    )


class CapacityForm(KeyForm, GovukForm):
    """What the team holds of capacity to improve."""

    sustained = _box(
        "What change that lasts shows", "What became better and stayed so, and what did not.",
        ASKED["sustained"],
    )  # fmt: skip
    learning = _box("What was learnt and closed", "What was asked for, closed and held.", ASKED["learning"])
    recurrence = _box("What comes back", "What was raised before and is raised again.", ASKED["recurrence"])
    statement = _box(
        "Capacity to improve, in a statement", "No grade is given or worked out. Name no child.",
        ASKED["statement"], 3,
    )  # fmt: skip
    confidence = forms.ChoiceField(
        label="How sure the team is", widget=forms.RadioSelect, choices=queries.CONFIDENCE,
        error_messages={"required": "Choose how sure the team is"},
    )  # fmt: skip
    reasons = _box("Reasons", "Why the evidence carries the statement. Name no child.", ASKED["reasons"])


def capacity(request: HttpRequest, work: Any) -> HttpResponse:
    """The evidence beside the statement; the lead records a decision, and earlier ones stay."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    inspection = work.inspection
    held = queries.capacity_of(actor, inspection)
    last = held[0] if held else None
    form = CapacityForm(
        request.POST or None, initial={name: getattr(last, name, "") for name in (*TEXTS, "confidence")}
    )
    if request.method == "POST" and form.is_valid() and _record(request, inspection, form):
        forget_typed_text(form=f"capacity@{inspection.pk}", by=actor)
        messages.success(request, "The judgement of capacity to improve is recorded. Earlier ones stay.")
        return redirect("capacity", inspection=inspection.pk)
    evidence = queries.evidence_of_capacity(actor, inspection).by_kind()
    context = {
        "inspection": inspection, "form": form, "held": [_told(one) for one in held], "last": last,
        "version": last.number if last else 0, "may_write": may(actor, Permission.JUDGEMENT_AGREE, work),
        "kinds": [
            {"title": title, "lines": evidence[kind], "nothing": NOTHING[kind], "field": form[kind],
             "where": WHERE[kind] if may(actor, Permission.IMPROVEMENT_READ, work) else ()}
            for kind, title in KINDS.items()
        ],
    }  # fmt: skip
    return render(request, "improvement/capacity.html", context, status=422 if form.errors else 200)


def _told(row: Any) -> dict[str, Any]:
    kinds = [
        {"title": title, "says": getattr(row, kind), "lines": row.evidence.get(kind, [])}
        for kind, title in KINDS.items()
    ]
    return {"row": row, "kinds": kinds}


def _record(request: HttpRequest, inspection: Any, form: CapacityForm) -> bool:
    words = form.cleaned_data
    try:
        actions.judge_capacity(
            inspection=inspection, texts={name: words[name] for name in TEXTS}, confidence=words["confidence"],
            version=words["version"], by=request.actor,  # type: ignore[attr-defined]
        )  # fmt: skip
    except actions.NotSaid as refusal:
        form.add_error(refusal.field, refusal.reason)
    except Refused as refusal:
        if refusal.hidden:
            raise
        form.add_error("statement", refusal.reason)
    else:
        return True
    return False


DOORS = [
    door(
        "inspections/<uuid:inspection>/capacity/", capacity, "capacity",
        needs=Permission.JUDGEMENT_READ, to_change=Permission.JUDGEMENT_AGREE, about=findings.team_work,
    )
]  # fmt: skip
