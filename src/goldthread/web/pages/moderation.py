"""Pages: moderation of an inspection, its figures as a file and a picture, and the council's own audit of a case."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern
from django.utils import timezone

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.cases import actions, queries
from goldthread.apps.drafting import known
from goldthread.apps.inspections import queries as inspections
from goldthread.apps.submissions import pictures
from goldthread.domain.agreement import FEW
from goldthread.domain.instrument import NOT_APPLICABLE
from goldthread.web.doors import door
from goldthread.web.exports import FORMATS, export
from goldthread.web.files import attachment, file_name
from goldthread.web.forms import GovukForm, KeyForm
from goldthread.web.pages.pictures import PICTURE_FORMS, as_file
from goldthread.web.presenters import moderation as presenter
from goldthread.web.presenters.review_sheet import answer_words
from goldthread.web.presenters.words import status


def moderation(request: HttpRequest, own: Any) -> HttpResponse:
    """How far second reading has come, how readers agree, who grades more kindly; a reviewer sees their own."""
    actor = request.actor  # type: ignore[attr-defined]
    told = queries.moderation(own.inspection, actor)
    chart = presenter.chart(told)
    context = {
        "inspection": own.inspection, "told": told, "scales": presenter.scales(told), "few": FEW, "chart": chart,
        "drawn": pictures.whole(chart) if chart is not None else None,
        "coefficients": [which.value for which in presenter.SHOWN],
        "audits": [
            {
                "question": one.question,
                "direction": one.direction,
                "steps": presenter.told(one.direction.steps, steps=True),
            }
            for one in told.own_audits
        ],
        "draws": [one for one in queries.draws(own.inspection, actor) if queries.may(actor, ALLOCATE, one)],
        "forms": [(name, words) for name, (words, _) in PICTURE_FORMS.items()],
        "formats": [(name, words) for name, (words, _) in FORMATS.items()],
    }  # fmt: skip
    return render(request, "moderation/moderation.html", context)


def moderation_file(request: HttpRequest, own: Any) -> HttpResponse:
    """Every figure as a file, the journal saying so first."""
    form = request.POST.get("format", "")
    if form not in FORMATS:
        raise Refused("Choose an Excel workbook or a CSV file.")
    actor = request.actor  # type: ignore[attr-defined]
    told = queries.moderation(own.inspection, actor)
    table = presenter.table(own.inspection, told, by=actor.name, at=timezone.localtime())
    actions.record_agreement_export(
        part=own, what="agreement between readers", form=form, rows=len(table.rows), by=actor
    )  # fmt: skip
    return attachment(export(table, form), FORMATS[form][1], file_name("agreement", form, of=own.inspection))


def moderation_picture(request: HttpRequest, own: Any) -> HttpResponse:
    """The picture of agreement as a file, the journal saying so first."""
    actor = request.actor  # type: ignore[attr-defined]
    chart = presenter.chart(queries.moderation(own.inspection, actor))
    if chart is None:
        raise Refused("No file has been read twice yet, so there is no picture to take.")

    def record(form: str) -> None:
        actions.record_agreement_export(
            part=own, what="picture of agreement", form=form, rows=len(chart.rows), by=actor
        )  # fmt: skip

    return as_file(request, chart, of=own.inspection, called="agreement", record=record)


class OwnAuditForm(KeyForm, GovukForm):
    """What the council's own audit graded a file, and where that was read."""

    grade = forms.ChoiceField(label="The grade that the council's own audit gave", widget=forms.RadioSelect)
    source = forms.CharField(
        label="Where it was read", max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="For example, audit of 14 June 2026, page 3. Leave names out.",
    )  # fmt: skip

    def __init__(self, sent: Any, asked: Any) -> None:
        """Offer the grades of the instrument; start from what is written down."""
        held = asked.held
        super().__init__(sent, initial={"grade": held.grade, "source": held.source} if held else {})
        words = answer_words(known.framework(asked.inspection.framework))
        able = [value for value in asked.question.answers if value != NOT_APPLICABLE]
        self.fields["grade"].choices = [(one, words.get(one, status(one))) for one in able]  # type: ignore[attr-defined]


def own_audit(request: HttpRequest, case: Any) -> HttpResponse:
    """Write down what the council's own audit graded the file of a case."""
    form = OwnAuditForm(request.POST or None, case.asked)
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_own_audit(
                case=case, question=case.asked.question.id, by=request.actor,  # type: ignore[attr-defined]
                **{name: form.cleaned_data[name] for name in ("grade", "source", "version")},
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, refusal.reason)
        else:
            messages.success(request, "The council's own grade is written down.")
            return redirect("case", inspection=case.inspection_id, case=case.pk)
    context = {"inspection": case.inspection, "case": case, "form": form, "asked": case.asked}
    return render(request, "moderation/own_audit.html", context, status=422 if form.errors else 200)


class _Asked:
    """One closing question of a case, and the grade that is written down for it."""

    def __init__(self, case: Any, question: Any, held: Any) -> None:
        self.inspection, self.question, self.held = case.inspection, question, held


def _closing(actor: Actor, inspection: UUID, case: UUID, closing: str) -> Any:
    found = queries.case(actor, inspection, case)
    asked = {one.id: one for one in queries.require_held(queries.instrument_of(found)).overall}
    if closing not in asked:
        raise Refused("This question is not part of the instrument.", hidden=True)
    seen = {one.question: one for one in queries.own_audits(found, actor)}
    found.asked = _Asked(found, asked[closing], seen.get(closing))  # type: ignore[attr-defined]
    return found


_AT = "inspections/<uuid:inspection>/cases/"
READ, ALLOCATE, AUDIT = Permission.MODERATION_READ, Permission.CASE_ALLOCATE, Permission.OWN_AUDIT_WRITE
DOORS: list[URLPattern] = [
    door(_AT + "moderation/", moderation, "moderation", needs=READ, about=inspections.own_part),
    door(
        _AT + "moderation/file/", moderation_file, "moderation_file", needs=READ, to_change=READ,
        about=inspections.own_part, reads=False, step_up=True, file=True,
    ),
    door(
        _AT + "moderation/picture/", moderation_picture, "moderation_picture", needs=READ, to_change=READ,
        about=inspections.own_part, reads=False, step_up=True, file=True,
    ),
    door(
        _AT + "<uuid:case>/own-audit/<slug:closing>/", own_audit, "own_audit", needs=AUDIT, to_change=AUDIT,
        about=_closing,
    ),
]  # fmt: skip
