"""Pages: publishing a version, at once or under embargo, and what is done to an embargo until its moment."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern
from django.utils import timezone

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.reports import actions, queries
from goldthread.domain import lifecycle
from goldthread.domain.embargo import in_words, told_in_days
from goldthread.kernel.working_days import bank_holidays
from goldthread.web.doors import door
from goldthread.web.forms import sent_version
from goldthread.web.presenters import judged, overview, urgent
from goldthread.web.report_forms import EarlyBackForm, EarlyReaderForm, LiftForm, MoveForm, PublishForm


def publish(request: HttpRequest, report: Any) -> HttpResponse:
    """Publish, after a page that says what leaves and what stays; or have it published at a moment that lies ahead."""
    form = PublishForm(_sent(request), early=bool(queries.before_its_time(report)))
    if request.method == "POST" and form.is_valid():
        try:
            held = actions.publish(
                report=report, because=form.cleaned_data.get("because", ""), public_from=form.moment,
                version=sent_version(request), by=request.actor,  # type: ignore[attr-defined]
            )  # fmt: skip
        except actions.NoteNeeded as needed:
            form.add_error("because" if "because" in form.fields else None, needed.reason)
        except actions.WrongMoment as wrong:
            form.add_error("public_on", wrong.reason)
        except Refused as refusal:
            if refusal.hidden:
                raise
            form.add_error(None, refusal.reason)
        else:
            return _published(request, report, held)
    context = {
        "inspection": report.inspection, "report": report, "form": form, **_of_the_check(report),
        "elsewhere": queries.still_elsewhere(report),
        "missing": queries.accepted_not_in(report, queries.document(report)),
        "silent": queries.changed_in_silence(report), "corrects": queries.correcting(report),
        "status": lifecycle.Inspection(report.inspection.status), "unjudged": queries.unjudged(report),
        "unanswered": queries.unanswered(report), "loose": queries.loose(report),
        "unfinished": _unfinished(request, report),
        "phase": queries.publication_phase(report.inspection),
        "there": (there := queries.publication_of(report)), "embargo": queries.from_when(there),
        "disputes": judged.disputes(report.inspection, request.actor),  # type: ignore[attr-defined]
        "concerns": urgent.of_inspection(request.actor, report.inspection),  # type: ignore[attr-defined]
    }  # fmt: skip
    return render(request, "reports/publish.html", context, status=422 if form.errors else 200)


def _unfinished(request: HttpRequest, report: Any) -> list[str]:
    """What of the fieldwork is open. Concerns that forbid publishing are told in the words that forbid it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return overview.unfinished(
        report.inspection, actor, timezone.localdate(), worries=not queries.urgent(report)
    )  # fmt: skip


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _published(request: HttpRequest, report: Any, held: Any) -> HttpResponse:
    if not queries.under_embargo(held):
        messages.success(request, "The report is published.")
        return redirect("published_report", slug=held.slug)
    messages.success(request, f"The report is published under embargo until {in_words(held.published_at)}.")
    return redirect("report_embargo", inspection=report.inspection_id, embargo=held.pk)


def _of_the_check(report: Any) -> dict[str, Any]:
    """What of the check of facts forbids publishing, and what needs a reason."""
    forbids, passed_over = queries.in_the_way(report, timezone.localdate())
    return {"early": queries.early(report), "forbids": forbids or queries.urgent(report), "passed_over": passed_over}


@dataclass(frozen=True, slots=True)
class _Forms:
    """The forms of the page of an embargo; what was sent is in the one whose act it was."""

    give: EarlyReaderForm
    back: EarlyBackForm
    move: MoveForm
    lift: LiftForm

    def wrong(self) -> bool:
        """Whether any of them was refused."""
        return bool(self.give.errors or self.back.errors or self.move.errors or self.lift.errors)


def _forms(request: HttpRequest, held: Any, out: list[Any]) -> _Forms:
    act, sent = request.POST.get("act", ""), _sent(request)
    at = timezone.localtime(held.published_at)
    return _Forms(
        EarlyReaderForm(sent if act == "give" else None), EarlyBackForm(sent if act == "back" else None, copies=out),
        MoveForm(sent if act == "move" else None, initial={"public_on": at.date(), "public_at": at.time()}),
        LiftForm(sent if act == "lift" else None),
    )  # fmt: skip


def report_embargo(request: HttpRequest, report: Any) -> HttpResponse:
    """The embargo of a published version: its moment, its files, who reads it before, and what may be done to it."""
    held = report.publication
    copies = queries.pre_copies(held)
    forms, error = _forms(request, held, [one.copy for one in copies if one.copy.live]), ""
    if request.method == "POST":
        try:
            done = _act(request, held, forms)
        except Refused as refusal:
            if refusal.hidden:
                raise
            error = _put_on(forms, request.POST.get("act", ""), refusal)
        else:
            if done:
                messages.success(request, done)
                return redirect("report_embargo", inspection=report.inspection_id, embargo=held.pk)
    under = queries.under_embargo(held)
    context = {
        "inspection": report.inspection, "report": report, "held": held, "forms": forms, "error": error,
        "under": under, "held_since": in_words(held.held_at) if held.held_at else "",
        "moment": in_words(held.published_at), "copies": copies,
        "out": any(one.copy.live for one in copies), "phase": queries.publication_phase(report.inspection),
        "days": told_in_days(held.published_at, timezone.localdate(), bank_holidays()) if under else "",
        **(_in_its_way(report, held) if under else {}),
    }  # fmt: skip
    return render(request, "reports/embargo.html", context, status=422 if error or forms.wrong() else 200)


def _in_its_way(report: Any, held: Any) -> dict[str, Any]:
    """What happened since it was published that somebody must know before everybody reads it."""
    return {
        "missing": queries.not_in_it(held), "waiting": queries.waiting_for_answer(held),
        "shaky": len(queries.check_again(report)), "stuck": queries.lets_not_go(held) if held.held_at else "",
    }  # fmt: skip


def _put_on(forms: _Forms, act: str, refusal: Refused) -> str:
    """Put a refusal beside what was typed; what belongs to no form is given back, to stand above."""
    if act == "give":
        forms.give.add_error("email", refusal.reason)
    elif act == "back":
        forms.back.add_error("because", refusal.reason)
    elif act == "move":
        forms.move.add_error("public_on" if isinstance(refusal, actions.WrongMoment) else "because", refusal.reason)
    elif act == "lift":
        forms.lift.add_error("because", refusal.reason)
    else:
        return refusal.reason
    return ""


def _act(request: HttpRequest, held: Any, forms: _Forms) -> str:
    """Do what was asked; what to say of it, or nothing where a form is not filled in."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    act, told = request.POST.get("act", ""), {"publication": held, "version": sent_version(request), "by": actor}
    if act == "give":
        if not forms.give.is_valid():
            return ""
        words = {name: forms.give.cleaned_data[name] for name in ("email", "client_key")}
        copy = actions.give_pre_copy(**words, **told)
        return f"{copy.reader.name} may read the report, until the moment under the words of the embargo."
    if act == "back":
        if not forms.back.is_valid():
            return ""
        words = {"copy": UUID(forms.back.cleaned_data["copy"]), "because": forms.back.cleaned_data["because"]}
        copy = actions.take_pre_copy_back(**words, **told)
        return f"The copy is taken back. {copy.reader.name} cannot read it any more."
    if act == "move":
        if not forms.move.is_valid() or forms.move.moment is None:
            return ""
        moved = actions.move_embargo(to=forms.move.moment, because=forms.move.cleaned_data["because"], **told)
        return f"Everybody may read the report from {in_words(moved.published_at)}."
    if act == "lift":
        if not forms.lift.is_valid():
            return ""
        actions.lift_embargo(because=forms.lift.cleaned_data["because"], **told)
        return "The embargo is lifted. Everybody may read the report."
    raise Refused("Choose what is to be done with the embargo.")


_AT = "inspections/<uuid:inspection>/report/"
_PUBLISH = Permission.REPORT_PUBLISH
DOORS: list[URLPattern] = [
    door(_AT + "<uuid:report>/publish/", publish, "report_publish", needs=_PUBLISH, to_change=_PUBLISH,
         about=queries.get, step_up=True),
    door(_AT + "embargo/<int:embargo>/", report_embargo, "report_embargo", needs=_PUBLISH, to_change=_PUBLISH,
         about=queries.embargo_of, step_up=True),
]  # fmt: skip
